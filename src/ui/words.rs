//! The one door through which all screen text goes: the English text is the key, a language is a file in
//! `assets/locales/`, and no view knows which one is shown.

use std::borrow::Cow;

use crate::model::edit::Phrase;

/// A text in the language of the screen.
pub fn tr(english: &str) -> Cow<'_, str> {
    rust_i18n::t!(english)
}

/// A text with things put in: each `%{name}` stands for its value, which may look like one itself.
pub fn tr_with(english: &str, values: &[(&str, &str)]) -> String {
    let text = tr(english);
    let mut parts = text.split("%{");
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let value = part
            .split_once('}')
            .and_then(|(name, rest)| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, rest)));
        let (value, rest) = value.unwrap_or(("%{", part));
        said.push_str(&isolated(value));
        said.push_str(rest);
    }
    said
}

/// Words that are put among others: where they are read from the right, so that they do not take along what stands
/// around them (Unicode Standard Annex 9, first strong isolate).
pub fn isolated(words: &str) -> Cow<'_, str> {
    let from_right = |c: char| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    if words.contains(from_right) { format!("\u{2068}{words}\u{2069}").into() } else { words.into() }
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

    #[test]
    fn words_read_from_the_right_keep_to_themselves() {
        let values = [("a", "שלום"), ("b", "2019"), ("c", "Claim")];
        assert_eq!(tr_with("%{a}: %{b}, %{c}", &values), "\u{2068}שלום\u{2069}: 2019, Claim");
    }

    #[test]
    fn words_of_an_article_are_put_in_as_they_are() {
        let values = [("words", "%{label} %{"), ("label", "Claim")];
        assert_eq!(tr_with("“%{words}” as %{label}, %{n}", &values), "“%{label} %{” as Claim, %{n}");
    }
}
