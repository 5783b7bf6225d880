//! The articles side by side, each with its statements marked and numbered.

use super::{
    said,
    shown::{Column, Entry, Poster, Standing},
};
use crate::{
    phrase,
    text::{ByteRange, Fragments, markup::Markup, moment::long_date},
};

impl Poster<'_> {
    /// Writes the columns. Their heads are repeated on every page.
    pub(super) fn write_columns(&self, page: &mut Markup) {
        page.raw("<table class=\"articles\">\n<thead>\n<tr>\n");
        for column in &self.articles {
            write_head(page, column);
        }
        page.raw("</tr>\n</thead>\n<tbody>\n<tr>\n");
        for (at, column) in self.articles.iter().enumerate() {
            page.open_foreign("td", "", &column.metadata.language).line();
            write_text(page, column, &self.entries, at);
            page.raw("</td>\n");
        }
        page.raw("</tr>\n</tbody>\n</table>\n");
    }
}

/// Outlet, date and headline, then whose it is and where it was found.
fn write_head(page: &mut Markup, column: &Column<'_>) {
    let metadata = column.metadata;
    page.open("th", "scope=\"col\"").line();
    page.raw("<p class=\"whence\">").foreign("bdi", "", "", &metadata.outlet);
    if !metadata.outlet.is_empty() && !metadata.published.is_empty() {
        page.raw(" · ");
    }
    page.foreign("bdi", "", "", &long_date(&metadata.published)).raw("</p>\n");
    page.foreign("h2", "", &metadata.language, &metadata.title).line();
    page.raw("</th>\n");
}

/// The paragraphs with what is marked in them, then byline and address.
fn write_text(page: &mut Markup, column: &Column<'_>, entries: &[Entry], at: usize) {
    let mut marking = Marking::of(entries, at);
    let text = column.text;
    for paragraph in (0..text.paragraph_count()).map(|index| text.paragraph_range(index)) {
        if paragraph.slice(text).is_none_or(|words| words.trim().is_empty()) {
            continue;
        }
        page.raw("<p dir=\"auto\">");
        marking.write(page, text, paragraph);
        page.raw("</p>\n");
    }
    if text.trim().is_empty() {
        page.element("p", "class=\"note\"", &said(&phrase!("This article has no text"))).line();
    }
    let foot = [&column.metadata.byline, &column.metadata.url];
    for words in foot.into_iter().filter(|words| !words.is_empty()) {
        page.foreign("p", "class=\"note\"", "", words).line();
    }
}

/// What is marked in an article, from its beginning to its end.
struct Marking<'e> {
    /// Where fragments of statements begin and end: the byte, then what ends before what begins, then which entry.
    turns: Vec<(usize, Turn, &'e Entry)>,
    /// How many of them are passed.
    next: usize,
    /// Entries with a fragment that has begun and not ended.
    open: Vec<&'e Entry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    End,
    Begin,
}

impl<'e> Marking<'e> {
    fn of(entries: &'e [Entry], column: usize) -> Self {
        let mut turns = Vec::new();
        for entry in entries {
            let fragments = entry.statement.places[column].as_ref().map(Fragments::as_slice).unwrap_or_default();
            for range in fragments {
                turns.push((range.start(), Turn::Begin, entry));
                turns.push((range.end(), Turn::End, entry));
            }
        }
        turns.sort_by_key(|(byte, turn, entry)| (*byte, *turn, entry.number));
        Self { turns, next: 0, open: Vec::new() }
    }

    /// Writes a paragraph. They are written in order.
    fn write(&mut self, page: &mut Markup, text: &str, paragraph: ByteRange) {
        let mut at = paragraph.start();
        while let Some((byte, turn, entry)) = self.turns.get(self.next).filter(|turn| turn.0 <= paragraph.end()) {
            // What begins right after this paragraph belongs to the next one.
            if *turn == Turn::Begin && *byte == paragraph.end() {
                break;
            }
            let to = (*byte).clamp(at, paragraph.end());
            self.write_words(page, text, ByteRange::new(at, to));
            at = to;
            self.next += 1;
            match turn {
                Turn::End => self.open.retain(|own| own.number != entry.number),
                Turn::Begin => {
                    self.open.push(entry);
                    write_number(page, entry);
                    // The number stays with the word that it stands before.
                    page.raw("&#8288;");
                }
            }
        }
        self.write_words(page, text, ByteRange::new(at, paragraph.end()));
    }

    /// Writes words as what they are part of: what is confirmed is shown before what is not.
    fn write_words(&self, page: &mut Markup, text: &str, range: ByteRange) {
        let Some(words) = range.slice(text).filter(|words| !words.is_empty()) else { return };
        let strongest = self.open.iter().map(|entry| entry.standing).min_by_key(|standing| match standing {
            Standing::Accepted | Standing::AcceptedInPart => 0,
            Standing::Proposed => 1,
            Standing::Alone => 2,
        });
        match strongest {
            None => page.text(words),
            Some(Standing::Accepted | Standing::AcceptedInPart) => page.element("span", "class=\"shared\"", words),
            Some(Standing::Proposed) => page.element("span", "class=\"shared proposed\"", words),
            Some(Standing::Alone) => page.element("span", "class=\"alone\"", words),
        };
    }
}

/// The number of a statement in a frame that tells how it stands.
pub(super) fn write_number(page: &mut Markup, entry: &Entry) {
    let attributes = match entry.standing {
        Standing::Accepted | Standing::AcceptedInPart => "class=\"n\"",
        Standing::Proposed => "class=\"n proposed\"",
        Standing::Alone => "class=\"n alone\"",
    };
    page.element("b", attributes, &entry.number.to_string());
}
