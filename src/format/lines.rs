//! Lines of a file, with their numbers, and what keeps a JSON value on one line for every reader.

use std::io::{BufRead, Read};

use crate::{diagnostic::Diagnostic, phrase};

/// JSON whose strings hold no character that ends a line, or that would act on a terminal: they become escapes.
///
/// Besides what JSON asks for, these are the other control characters of Unicode, the line and the paragraph separator
/// (UAX #14), and the embeddings, overrides and isolates that turn the direction of writing (UAX #9).
pub fn on_lines(json: String) -> String {
    let acts = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !json.contains(acts) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if acts(c) {
            escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// The longest line that is read, in bytes; a longer one is damaged, or is of another format.
const MAX_LINE: u64 = 256 << 20;

/// The lines of a source, one in memory at a time. What is no UTF-8 is told and passed over.
pub struct Lines<'s> {
    source: Box<dyn BufRead + 's>,
    /// The name of the source, for messages.
    name: &'s str,
    line: Vec<u8>,
    /// Of the line that was read last, from 1.
    number: u32,
}

impl<'s> Lines<'s> {
    pub fn of(source: Box<dyn BufRead + 's>, name: &'s str) -> Self {
        Self { source, name, line: Vec::new(), number: 0 }
    }

    /// The next line with its number from 1, without its line end (and, of the first, a byte order mark); `None` at the end.
    ///
    /// A line that can’t be read is an error with its place; whoever goes on has the line after it.
    pub fn next_line(&mut self) -> Option<Result<(u32, &str), Diagnostic>> {
        self.line.clear();
        let read = (&mut *self.source).take(MAX_LINE).read_until(b'\n', &mut self.line);
        self.number = self.number.saturating_add(1);
        let at = |told: Diagnostic| told.at_line(self.number, 1).at_path(self.name);
        match read {
            Ok(0) => return None,
            Ok(_) => {}
            Err(why) => {
                // What cannot be read once is not read again for ever.
                self.source = Box::new(std::io::empty());
                let message = phrase!("Can’t read it: {why}", why = &why);
                return Some(Err(at(Diagnostic::error("io", message).hint("Check the disk, and try again"))));
            }
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = if self.number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        Some(std::str::from_utf8(line).map(|line| (self.number, line)).map_err(|why| {
            let message = phrase!("The line is no UTF-8: {why}", why = &why);
            at(Diagnostic::error("not-utf-8", message).hint("Save the file as UTF-8"))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers_and_what_is_no_text_is_passed_over() {
        let bytes: &[u8] = b"\xef\xbb\xbfone\r\n\xff\nthree";
        let mut lines = Lines::of(Box::new(bytes), "a.txt");
        assert_eq!(lines.next_line().unwrap().unwrap(), (1, "one"));
        assert_eq!(lines.next_line().unwrap().unwrap_err().location.line_column, Some((2, 1)));
        assert_eq!(lines.next_line().unwrap().unwrap(), (3, "three"));
        assert!(lines.next_line().is_none());
    }

    #[test]
    fn a_line_of_json_is_one_line_for_every_reader() {
        let text = "a\u{85}b\u{2028}c\u{2029}d\u{9b}e\u{202e}f é 雨";
        let json = on_lines(serde_json::to_string(text).unwrap());
        assert_eq!(json, r#""a\u0085b\u2028c\u2029d\u009be\u202ef é 雨""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
