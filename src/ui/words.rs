//! The one door through which all screen text goes: the English text is the key, a language is a file in
//! `assets/locales/`, and no view knows which one is shown.

use std::borrow::Cow;

use crate::model::edit::Phrase;

/// A text in the language of the screen.
pub fn tr(english: &str) -> Cow<'_, str> {
    rust_i18n::t!(english)
}

/// A text with things put in: each `%{name}` stands for its value.
pub fn tr_with(english: &str, values: &[(&str, &str)]) -> String {
    let mut text = tr(english).into_owned();
    for (name, value) in values {
        text = text.replace(&format!("%{{{name}}}"), value);
    }
    text
}

/// What a transaction or an effect says.
pub fn phrase(phrase: &Phrase) -> String {
    match &phrase.what {
        Some(what) => tr_with(&phrase.pattern, &[("what", what)]),
        None => tr(&phrase.pattern).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_translation_is_itself() {
        assert_eq!(
            tr("Drop articles here, paste one, or open a folder"),
            "Drop articles here, paste one, or open a folder"
        );
        assert_eq!(tr_with("%{n} marks", &[("n", "3")]), "3 marks");
    }
}
