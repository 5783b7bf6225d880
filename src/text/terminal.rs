//! Text that is shown on a terminal, and diagnostics as text there.

use crate::diagnostic::{Diagnostic, Severity};

/// The message on a line of its own, then each hint on one. Nothing in it acts on the terminal.
pub fn report(told: &Diagnostic) -> String {
    let severity = match told.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let lines = std::iter::once((severity, told.to_string()));
    let lines = lines.chain(told.hints.iter().map(|hint| ("hint", hint.to_string())));
    lines.map(|(what, text)| format!("{what}: {}\n", plain(&text))).collect()
}

/// Text on one line, without what would act on a terminal: control characters become spaces, and those that turn the
/// direction of writing, with which a name can look like another one, are left out.
pub fn plain(text: &str) -> String {
    let is_direction =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = text.chars().filter(|c| !is_direction(*c));
    shown.map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        assert_eq!(plain("a\u{1b}[2J\nb\u{9b}c\u{202e}d\u{2066}e\u{2028}f\u{7f}"), "a [2J b cde f ");
        assert_eq!(plain("«عنوان» – 雨"), "«عنوان» – 雨");
    }
}
