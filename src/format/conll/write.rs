//! Columns written: a file for each annotator with the articles of which they have said something; articles of which nobody
//! has are in a file of nobody.

use std::{io, ops::Range};

use serde_json::json;

use super::{
    super::{
        json::line_of,
        known::known_of,
        options::ExportOptions,
        sink::{Pieces, Sink},
        tokens::{Tokens, levels},
        writer::{ExportedArticle, Writer},
    },
    document::TOKEN,
    names::{LEVELS, UNMARKED},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Codebook, LabelId, Layer, Project},
    phrase,
    text::{ByteRange, segment::next_sentence_start},
};

pub fn writer(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Conll)
}

struct Conll;

impl Writer for Conll {
    fn begin(&mut self, _: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        let columns = json!({
            "separator": " ",
            "scheme": "IOB2",
            "columns": ["token", "tags: marks of the third level", "tags: marks of the second level",
                "tags: outermost marks"],
            "further_files": "NAME.2.conll has the fourth to sixth level, NAME.3.conll the next three, and so on, of the \
                articles that have them",
        });
        sink.write("columns.json", format!("{columns:#}\n").as_bytes())
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let layers = article.layers();
        let layers: Vec<_> = layers.iter().filter_map(|own| Some((own.annotator.as_str(), Some(own.layer?)))).collect();
        let layers = if layers.is_empty() { vec![(UNMARKED, None)] } else { layers };
        for (stem, layer) in layers {
            let rows = Rows::of(article, layer);
            rows.tell(article, stem, out);
            for file in 0..rows.depth().div_ceil(LEVELS).max(1) {
                let name = if file == 0 { format!("{stem}.conll") } else { format!("{stem}.{}.conll", file + 1) };
                rows.write(file * LEVELS, out.piece(&name));
            }
            let known = known_of(article).into_iter().filter(|(_, value)| !value.is_empty());
            let known = known.map(|(key, value)| (key, value.into()));
            let own = [("levels", rows.depth().into()), ("layout", rows.layout.as_str().into())];
            let line = line_of(known.chain(own)) + "\n";
            out.piece(&format!("{stem}.articles.jsonl")).extend_from_slice(line.as_bytes());
        }
    }
}

/// White space for every reader: Python takes the separators of ASCII for some too.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// The tokens of a layer's article, and what marks are over them.
struct Rows<'a> {
    text: &'a str,
    /// Those that are no white space.
    tokens: Vec<ByteRange>,
    /// Whether a sentence begins with each of them.
    begins: Vec<bool>,
    /// Marks as rows, outermost first, with their names and levels.
    spans: Vec<(Range<usize>, &'a str, usize)>,
    layout: String,
    /// How many marks have white space at an edge, and how many are nothing else.
    edged: usize,
    blank: usize,
}

impl<'a> Rows<'a> {
    fn of(article: &ExportedArticle<'a>, layer: Option<&'a Layer>) -> Self {
        let (text, codebook) = (article.text.as_str(), article.codebook());
        let marks = layer.into_iter().flat_map(Layer::annotations);
        let ranges = marks.flat_map(|(_, mark)| mark.fragments.iter().map(|range| (range, &mark.label)));
        let ranges: Vec<(ByteRange, &LabelId)> = ranges.collect();
        let all = Tokens::of(text, ranges.iter().map(|(range, _)| *range));
        let all = all.as_slice().iter().map(|token| token.range);
        let is_seen = |range: &ByteRange| !text[range.as_range()].chars().all(is_blank);
        let tokens: Vec<ByteRange> = all.filter(is_seen).collect();
        let mut rows = Self {
            text,
            layout: layout(text, &tokens),
            begins: vec![false; tokens.len()],
            tokens,
            spans: Vec::new(),
            edged: 0,
            blank: 0,
        };
        for (range, label) in ranges {
            let first = rows.tokens.partition_point(|token| token.start() < range.start());
            let end = rows.tokens.partition_point(|token| token.end() <= range.end());
            if first >= end {
                rows.blank += 1;
                continue;
            }
            let is_whole = rows.tokens[first].start() == range.start() && rows.tokens[end - 1].end() == range.end();
            rows.edged += usize::from(!is_whole);
            rows.spans.push((first..end, tag_name(codebook, label), 0));
        }
        rows.spans.sort_by_key(|(range, name, _)| (range.start, std::cmp::Reverse(range.end), *name));
        let levels = levels(&rows.spans.iter().map(|(range, ..)| range.clone()).collect::<Vec<_>>());
        rows.spans.iter_mut().zip(levels).for_each(|(span, level)| span.2 = level);
        rows.sentences();
        rows
    }

    /// Finds where sentences begin: not where a mark goes on.
    fn sentences(&mut self) {
        let mut next = 0;
        for (begins, token) in self.begins.iter_mut().zip(&self.tokens) {
            if token.start() >= next {
                *begins = true;
                next = next_sentence_start(self.text, token.start()).max(token.start() + 1);
            }
        }
        for (range, ..) in &self.spans {
            self.begins[range.start + 1..range.end].fill(false);
        }
    }

    /// How many levels there are.
    fn depth(&self) -> usize {
        self.spans.iter().map(|(.., level)| level + 1).max().unwrap_or(0)
    }

    /// Writes the levels from one on.
    fn write(&self, first: usize, out: &mut Vec<u8>) {
        let mut tags = vec![vec![String::from("O"); LEVELS]; self.tokens.len()];
        for (range, name, level) in &self.spans {
            let Some(level) = level.checked_sub(first).filter(|level| *level < LEVELS) else { continue };
            for at in range.clone() {
                tags[at][level] = format!("{}-{name}", if at == range.start { "B" } else { "I" });
            }
        }
        out.extend_from_slice(b"-DOCSTART- -X- O O\n");
        for ((token, tags), begins) in self.tokens.iter().zip(tags).zip(&self.begins) {
            if *begins {
                out.push(b'\n');
            }
            out.extend_from_slice(&self.text.as_bytes()[token.as_range()]);
            for tag in tags.iter().rev() {
                out.push(b' ');
                out.extend_from_slice(tag.as_bytes());
            }
            out.push(b'\n');
        }
        out.push(b'\n');
    }

    fn tell(&self, article: &ExportedArticle<'_>, who: &str, out: &mut Pieces) {
        let about = |told: Diagnostic| told.about(format!("{} {who}", article.id));
        if self.edged > 0 {
            let message = phrase!(
                "{n} mark begins or ends with white space, and is written without it|\
                 {n} marks begin or end with white space, and are written without it",
                n = self.edged
            );
            out.tell(about(Diagnostic::warning("blank-edges", message).hint("Mark the words alone")));
        }
        if self.blank > 0 {
            let message = phrase!(
                "{n} mark of white space alone is not written|{n} marks of white space alone are not written",
                n = self.blank
            );
            out.tell(about(Diagnostic::warning("blank-mark", message).hint("Mark words, or remove it")));
        }
    }
}

/// The text with an `x` for each token.
fn layout(text: &str, tokens: &[ByteRange]) -> String {
    let (mut layout, mut at) = (String::with_capacity(tokens.len() * 2), 0);
    for token in tokens {
        layout.push_str(&text[at..token.start()]);
        layout.push(TOKEN);
        at = token.end();
    }
    layout.push_str(&text[at..]);
    layout
}

/// A label as tags can have it: its name where that has nothing but letters, digits, `-` and `_`, else its id.
fn tag_name<'c>(codebook: &'c Codebook, id: &'c LabelId) -> &'c str {
    let is_plain = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    let name = codebook.label(id).map(|label| label.name.as_str()).filter(is_plain);
    name.unwrap_or(id.as_str())
}
