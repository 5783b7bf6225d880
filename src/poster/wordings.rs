//! Every statement with the wordings of all articles under each other, and what stands in one article alone.

use super::{
    columns::write_number,
    said,
    shown::{Entry, Poster, Standing, form},
};
use crate::{
    compare::{Change, Confidence, Difference, Heard, Likeness, Statement, cut_to},
    phrase,
    text::{Fragments, Phrase, markup::Markup},
};

/// Of a longer wording so many bytes are shown here; all of it stands in its column.
const LONGEST: usize = 2_000;

impl Poster<'_> {
    /// Writes the statements that several articles have.
    pub(super) fn write_statements(&self, page: &mut Markup) {
        let mut shared = self.entries.iter().filter(|entry| !entry.is_alone()).peekable();
        if shared.peek().is_none() {
            return;
        }
        page.raw("<h2 class=\"part\">").text(&said(&phrase!("In more than one report"))).raw("</h2>\n");
        page.element("p", "class=\"note\"", &said(&phrase!(
            "The fullest wording comes first. In the others, words of it that are missing are struck, and other words are \
             underlined; case and punctuation do not count."
        )));
        page.raw("\n<div class=\"statements\">\n");
        shared.for_each(|entry| self.write_statement(page, entry));
        page.raw("</div>\n");
    }

    /// Writes what stands in one article alone, in the order of the columns.
    pub(super) fn write_alone(&self, page: &mut Markup) {
        let mut alone = self.entries.iter().filter(|entry| entry.is_alone()).peekable();
        if alone.peek().is_none() {
            return;
        }
        page.raw("<h2 class=\"part\">").text(&said(&phrase!("In one report alone"))).raw("</h2>\n");
        page.raw("<div class=\"statements compact\">\n");
        for entry in alone {
            page.raw("<dl class=\"statement\">\n");
            self.write_wording(page, entry, entry.statement.fullest());
            page.raw("</dl>\n");
        }
        page.raw("</div>\n");
    }

    /// Writes a statement: its number, how it stands, and every wording, the fullest one first.
    fn write_statement(&self, page: &mut Markup, entry: &Entry) {
        let statement = &entry.statement;
        page.raw("<section class=\"statement\">\n<div class=\"about\">");
        write_number(page, entry);
        page.raw(" <span>").text(&said(&standing(entry))).raw("</span></div>\n<dl>\n");
        let base = statement.fullest();
        self.write_wording(page, entry, base);
        for column in (0..self.articles.len()).filter(|column| *column != base) {
            self.write_wording(page, entry, column);
        }
        page.raw("</dl>\n</section>\n");
    }

    /// Writes an outlet with who is heard there, its wording, and how that goes with the fullest one. The number stands
    /// beside what one article alone has.
    fn write_wording(&self, page: &mut Markup, entry: &Entry, column: usize) {
        let statement = &entry.statement;
        page.raw("<dt>");
        if entry.is_alone() {
            write_number(page, entry);
            page.raw(" ");
        }
        page.foreign("bdi", "", "", self.name(column));
        let Some(place) = &statement.places[column] else {
            page.raw("</dt>\n<dd class=\"absent\">").text(&said(&phrase!("absent"))).raw("</dd>\n");
            return;
        };
        let article = &self.articles[column];
        write_heard(page, &article.attributions.with(place));
        page.raw("</dt>\n").open_foreign("dd", "", &article.metadata.language);
        let how = self.write_words(page, statement, (column, place));
        if place.covered_len() > LONGEST {
            page.raw(" …");
        }
        page.raw("</dd>\n");
        if let Some(how) = how {
            page.element("dd", "class=\"how\"", &said(&how)).line();
        }
    }

    /// Writes the words of a wording, and gives how it goes with the fullest one.
    fn write_words(&self, page: &mut Markup, statement: &Statement, at: (usize, &Fragments)) -> Option<Phrase> {
        let (column, place) = at;
        let text = self.articles[column].text;
        let shown = cut_to(place, text, LONGEST);
        let base = statement.fullest();
        let likeness = statement.likeness(column);
        let fullest = statement.places[base].as_ref().filter(|_| likeness.is_some_and(has_words_in_common));
        let Some(fullest) = fullest else {
            page.text(&shown.words(text));
            return likeness.map(form);
        };
        let base_text = self.articles[base].text;
        let difference = Difference::between((base_text, &cut_to(fullest, base_text, LONGEST)), (text, &shown));
        for (words, change) in difference.told(base_text, (text, &shown)) {
            match change {
                Change::Kept => page.text(words),
                Change::Cut => page.element("del", "", words),
                Change::Added => page.element("ins", "", words),
            };
        }
        let counts = counts(&difference);
        likeness.map(|likeness| phrase!("{form}: {counts}", form = form(likeness), counts))
    }
}

/// Whether wordings are told word by word: a paraphrase is in other words, and that all of them differ says nothing.
fn has_words_in_common(likeness: Likeness) -> bool {
    !matches!(likeness, Likeness::Paraphrased | Likeness::Contradicted)
}

/// Whether somebody has confirmed it; where nobody has, what speaks for it.
fn standing(entry: &Entry) -> Phrase {
    let said = match entry.standing {
        Standing::Accepted | Standing::Alone => return phrase!("Confirmed"),
        Standing::AcceptedInPart => return phrase!("Confirmed in part"),
        Standing::Proposed => phrase!("Not confirmed"),
    };
    let surest = entry.statement.pairs.iter().filter(|pair| pair.why.is_some()).max_by_key(|pair| pair.confidence);
    match surest.and_then(|pair| Some((pair.confidence, pair.why.clone()?))) {
        Some((Confidence::Sure, why)) => phrase!("{said}; proposed: {why}", said, why),
        Some((Confidence::Maybe, why)) => phrase!("{said}; perhaps: {why}", said, why),
        None => said,
    }
}

/// “12 kept, 4 changed”.
fn counts(difference: &Difference) -> Phrase {
    let parts = [
        (difference.kept, phrase!("{n} kept", n = difference.kept)),
        (difference.changed, phrase!("{n} changed", n = difference.changed)),
        (difference.cut, phrase!("{n} cut", n = difference.cut)),
        (difference.added, phrase!("{n} added", n = difference.added)),
    ];
    let there = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, part)| part.into());
    match Phrase::list(there) {
        Some(counts) if !difference.is_same() => counts,
        _ => phrase!("word for word"),
    }
}

/// Source and cue as the article gives them.
fn write_heard(page: &mut Markup, heard: &Heard) {
    let parts: Vec<&str> = [heard.source.as_str(), &heard.cue].into_iter().filter(|words| !words.is_empty()).collect();
    if parts.is_empty() {
        return;
    }
    page.raw("<span class=\"heard\">");
    for (at, words) in parts.into_iter().enumerate() {
        page.raw(if at > 0 { " · " } else { "" }).foreign("bdi", "", "", words);
    }
    page.raw("</span>");
}
