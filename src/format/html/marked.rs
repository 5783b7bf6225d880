//! A text with its marks: parted wherever one begins or ends.

use super::{lanes::Shown, list::Names};
use crate::text::{ByteRange, markup::Markup};

/// With more lanes than this the lines lie on each other; the style has so many.
const LANES: usize = 12;

/// Writes the paragraphs of a text.
pub fn write_text(page: &mut Markup, names: &Names<'_>) {
    let (text, marks) = (names.article.text, names.marks);
    let lanes = marks.iter().map(|shown| shown.lane + 1).max().unwrap_or_default().min(LANES);
    page.open_with("div", &[("class", "text"), ("style", &format!("--lanes: {lanes}"))]).line();
    let mut marking = Marking::of(names);
    for paragraph in (0..text.paragraph_count()).map(|index| text.paragraph_range(index)) {
        if paragraph.slice(text).is_none_or(|words| words.trim().is_empty()) {
            // What begins here is shown to begin in the next one.
            continue;
        }
        page.open_foreign("p", "", &names.article.article.metadata.language);
        marking.write(page, text, paragraph);
        page.raw("</p>\n");
    }
    page.raw("</div>\n");
}

/// What is marked in a text, from its beginning to its end.
struct Marking<'m> {
    names: &'m Names<'m>,
    /// Where fragments begin and end: the byte, then what ends before what begins, then which mark.
    turns: Vec<(usize, Turn, &'m Shown<'m>)>,
    /// How many of them are passed.
    next: usize,
    /// Marks with a fragment that has begun and not ended.
    open: Vec<&'m Shown<'m>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    End,
    /// Whether it is the first fragment of its mark.
    Begin(bool),
}

impl<'m> Marking<'m> {
    fn of(names: &'m Names<'m>) -> Self {
        let mut turns = Vec::new();
        for shown in names.marks {
            for (at, range) in shown.mark.fragments.iter().enumerate() {
                turns.push((range.start(), Turn::Begin(at == 0), shown));
                turns.push((range.end(), Turn::End, shown));
            }
        }
        turns.sort_by_key(|(byte, turn, shown)| (*byte, *turn != Turn::End, shown.number));
        Self { names, turns, next: 0, open: Vec::new() }
    }

    /// The next turns that lie before a byte, or end at it.
    fn turn(&mut self, to: usize) -> Option<(usize, Turn, &'m Shown<'m>)> {
        let turn =
            *self.turns.get(self.next).filter(|(byte, turn, _)| *byte < to || (*byte == to && *turn == Turn::End))?;
        self.next += 1;
        Some(turn)
    }

    /// Writes a paragraph. They are written in order.
    fn write(&mut self, page: &mut Markup, text: &str, paragraph: ByteRange) {
        let mut at = paragraph.start();
        let mut begun: Vec<(&'m Shown<'m>, bool)> = Vec::new();
        while let Some((byte, turn, shown)) = self.turn(paragraph.end()) {
            let to = byte.clamp(at, paragraph.end());
            let is_over = turn == Turn::End && begun.iter().any(|(own, _)| own.number == shown.number);
            if to > at || is_over {
                self.write_words(page, ByteRange::new(at, to).slice(text).unwrap_or_default(), &begun);
                self.open.extend(begun.drain(..).map(|(shown, _)| shown));
            }
            at = to;
            match turn {
                Turn::End => self.open.retain(|own| own.number != shown.number),
                Turn::Begin(is_first) => begun.push((shown, is_first)),
            }
        }
        self.write_words(page, ByteRange::new(at, paragraph.end()).slice(text).unwrap_or_default(), &begun);
        self.open.extend(begun.drain(..).map(|(shown, _)| shown));
    }

    /// Writes words that the same marks cover. The numbers of those that begin here stand inside of the others, so that
    /// their lines go on below.
    fn write_words(&self, page: &mut Markup, words: &str, begun: &[(&'m Shown<'m>, bool)]) {
        if words.is_empty() && begun.is_empty() {
            return;
        }
        self.open.iter().for_each(|shown| self.begin(page, shown));
        for (shown, is_first) in begun {
            self.names.write_number(page, shown, *is_first);
        }
        begun.iter().for_each(|(shown, _)| self.begin(page, shown));
        page.text(words);
        for _ in 0..self.open.len() + begun.len() {
            page.raw("</span>");
        }
    }

    fn begin(&self, page: &mut Markup, shown: &Shown<'_>) {
        let class = format!("m {} d{}", self.names.class(&shown.mark.label), shown.lane.min(LANES - 1));
        page.open_with("span", &[("class", &class)]);
    }
}
