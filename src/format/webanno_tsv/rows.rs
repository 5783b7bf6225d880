//! The sentences and rows of a WebAnno TSV, and the text that they make together.

use super::{
    super::{
        lines::Lines,
        units::{Claimed, Evidence, OffsetUnit},
    },
    escape::unescaped_text,
    header::{Column, FORMAT, columns},
};
use crate::{diagnostic::Diagnostic, phrase, text::Text};

/// What a file holds.
#[derive(Debug, Default)]
pub struct Rows {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    sentences: Vec<Sentence>,
    pub damaged: Vec<Diagnostic>,
}

/// A token, or a part of one.
#[derive(Debug)]
pub struct Row {
    /// `1-2`, or `1-2.1` for a part.
    pub id: String,
    pub begin: usize,
    pub end: usize,
    /// What stands in the columns.
    pub cells: Vec<String>,
    pub line: u32,
    pub sentence: usize,
}

#[derive(Debug, Default)]
struct Sentence {
    text: String,
    tokens: Vec<Claimed>,
}

impl Rows {
    /// Reads all lines; what can’t be understood is among `damaged`.
    pub fn of(mut lines: Lines<'_>, source: &str) -> Self {
        let mut rows = Self::default();
        let mut is_begun = false;
        while let Some(line) = lines.next_line() {
            match line {
                Err(told) => rows.damaged.push(told),
                Ok((_, line)) if line.trim().is_empty() => is_begun = false,
                Ok((_, line)) if line.starts_with('#') => is_begun = rows.header(line, is_begun),
                Ok((number, line)) => {
                    is_begun = false;
                    if let Err(told) = rows.row(line, number) {
                        rows.damaged.push(told.at_line(number, 1).at_path(source));
                    }
                }
            }
        }
        rows
    }

    /// Takes a line of a header; `is_begun` says whether the sentence has a line already, and whether it has one now is
    /// given back.
    fn header(&mut self, line: &str, is_begun: bool) -> bool {
        let Some(text) = line.strip_prefix("#Text=") else {
            if self.sentences.is_empty() {
                self.columns.extend(columns(line));
            }
            return is_begun;
        };
        let text = unescaped_text(text);
        match self.sentences.last_mut().filter(|_| is_begun) {
            Some(sentence) => {
                sentence.text.push('\n');
                sentence.text.push_str(&text);
            }
            None => self.sentences.push(Sentence { text, tokens: Vec::new() }),
        }
        true
    }

    fn row(&mut self, line: &str, number: u32) -> Result<(), Diagnostic> {
        let bad = || {
            let start: String = line.chars().take(40).collect();
            let message = phrase!("The line can’t be understood: {start}", start);
            Diagnostic::error("bad-line", message).hint("Repair it, or take it out")
        };
        let mut fields = line.split('\t');
        let (id, place, words) = (fields.next(), fields.next(), fields.next());
        let place = place.and_then(|place| place.split_once('-'));
        let place = place.and_then(|(begin, end)| Some((begin.parse::<usize>().ok()?, end.parse::<usize>().ok()?)));
        let (Some(id), Some((begin, end)), Some(words)) = (id, place, words) else { return Err(bad()) };
        if begin > end || !id.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(bad());
        }
        let Some(sentence) = self.sentences.last_mut() else {
            return Err(Diagnostic::error("no-text", "There is no text for this token")
                .hint("Put a line with its sentence before it"));
        };
        if !id.contains('.') {
            sentence.tokens.push(Claimed { start: begin, end, words: Some(unescaped_text(words)) });
        }
        let cells: Vec<String> = fields.map(str::to_owned).collect();
        let (few, needed) = (cells.len() < self.columns.len(), self.columns.len());
        let sentence = self.sentences.len() - 1;
        let has = cells.len();
        self.rows.push(Row { id: id.to_owned(), begin, end, cells, line: number, sentence });
        if few {
            let message =
                phrase!("The line has {has} of {needed} columns", has = has.to_string(), needed = needed.to_string());
            return Err(Diagnostic::error("few-columns", message).hint("Repair it: what its columns say is left out"));
        }
        Ok(())
    }

    /// Whether something of the file could be understood.
    pub fn is_empty(&self) -> bool {
        self.sentences.iter().all(|sentence| sentence.tokens.is_empty())
    }

    /// How the offsets of the tokens agree with the words of their sentences.
    pub fn evidence(&self) -> Evidence {
        let mut evidence = Evidence::default();
        for Sentence { text, tokens } in &self.sentences {
            let Some(start) = tokens.first().map(|token| token.start) else { continue };
            let shifted: Vec<Claimed> = tokens
                .iter()
                .filter_map(|token| {
                    let (start, end) = (token.start.checked_sub(start)?, token.end.checked_sub(start)?);
                    Some(Claimed { start, end, words: token.words.clone() })
                })
                .collect();
            evidence.extend(Evidence::of(&Text::from(text.as_str()), &shifted));
        }
        evidence
    }

    /// The text, whose offsets count in a unit: sentences end with a line end, unless the next one begins right behind
    /// them; where there is more room, it is filled with blanks. Also how far each sentence stands from where its tokens
    /// say: all are 0 in a file that is whole.
    pub fn text(&self, unit: OffsetUnit) -> (String, Vec<isize>) {
        let length = |text: &str| match unit {
            OffsetUnit::CodePoints => text.chars().count(),
            OffsetUnit::Utf16 => text.encode_utf16().count(),
            OffsetUnit::Utf8 => text.len(),
        };
        let (mut text, mut at, mut shifts) = (String::new(), 0, Vec::new());
        for sentence in &self.sentences {
            let begin = sentence.tokens.first().map_or(at, |token| token.start);
            if at == begin + 1 && text.ends_with('\n') {
                text.pop();
                at -= 1;
            }
            // A damaged offset is no reason to fill the memory.
            let room = begin.saturating_sub(at).min(1 << 16);
            text.extend(std::iter::repeat_n(' ', room));
            at += room;
            shifts.push(isize::try_from(at).unwrap_or(0) - isize::try_from(begin).unwrap_or(0));
            text.push_str(&sentence.text);
            text.push('\n');
            at += length(&sentence.text) + 1;
        }
        text.pop();
        (text, shifts)
    }
}

/// Whether a file begins as these do.
pub fn is_tsv(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.starts_with(FORMAT.as_bytes())
}
