//! The one door through which all screen text goes. The English text is the key; no view knows which language is shown.
//!
//! A text without values is said with [`tr()`], one with values with [`tr!`](crate::tr), a [`Phrase`] that somebody else
//! made with [`phrase!`](crate::phrase!). Each thread has a language of its own, English until [`speak`] is called: all views are drawn
//! on one thread, and what other threads report are phrases.
//!
//! The door is ours and not a library's: `rust-i18n` built 28 crates for a lookup, `fluent` a dozen and its texts stand
//! under made-up names instead of in the source. What is hard about it, which form of a sentence goes with which
//! number, is `icu_plurals`, of whose family the page of text has most crates already.

mod language;

use std::{borrow::Cow, cell::RefCell, rc::Rc};

pub use language::Language;

pub use crate::tr;

use crate::text::{Phrase, grouped, phrase::Value};

thread_local! {
    /// `None` is English.
    static SPOKEN: RefCell<Option<Rc<Language>>> = const { RefCell::new(None) };
}

/// Shows everything that is drawn on this thread from now on in a language; `None` is English.
pub fn speak(language: Option<Rc<Language>>) {
    SPOKEN.set(language);
}

fn spoken() -> Option<Rc<Language>> {
    SPOKEN.with_borrow(Clone::clone)
}

/// A text in the language of the screen, or as it is where that has no translation of it.
pub fn tr(english: &str) -> Cow<'_, str> {
    let translated = spoken().and_then(|language| language.translate(english).map(Cow::into_owned));
    translated.map_or(Cow::Borrowed(english), Cow::Owned)
}

/// A phrase in the language of the screen. Values that are read from the right are isolated.
pub fn phrase(phrase: &Phrase) -> String {
    let value = |value: &Value| match value {
        Value::Text(words) => isolated(words).into_owned(),
        Value::Count(count) => grouped(*count),
        Value::Phrase(inner) => self::phrase(inner),
    };
    let language = spoken();
    let translated = language.as_ref().and_then(|l| Some((l, l.translate(phrase.pattern())?)));
    match translated {
        Some((language, pattern)) => phrase.fill(&pattern, |n| language.form(n), value),
        None => phrase.fill(phrase.pattern(), |n| usize::from(n != 1), value),
    }
}

/// [`phrase!`](crate::phrase!) said at once, in the language of the screen.
#[macro_export]
macro_rules! tr {
    ($($phrase:tt)*) => { $crate::ui::words::phrase(&$crate::phrase!($($phrase)*)) };
}

/// A text with words put in, where the pattern is no literal; else [`tr!`](crate::tr) is shorter.
pub fn tr_with(english: &str, values: &[(&'static str, &str)]) -> String {
    let values = values.iter().map(|(name, value)| (*name, (*value).into()));
    phrase(&Phrase::new(english.to_owned(), values))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase;

    const POLISH: &str = r#"
msgid "Open the article first"
msgstr "Najpierw otwórz artykuł"

#. {what} is the name of a change.
msgid "Undone: {what}"
msgstr "Cofnięto: {what}"

msgid "Mark as {label}"
msgstr "Oznacz: {label}"

msgid "{n} mark|{n} marks"
msgstr ""
"{n} znacznik|{n} znaczniki|"
"{n} znaczników"
"#;

    fn in_polish<T>(say: impl FnOnce() -> T) -> T {
        speak(Some(Rc::new(Language::from_po("pl", POLISH).unwrap())));
        let said = say();
        speak(None);
        said
    }

    #[test]
    fn a_text_without_a_translation_is_itself() {
        assert_eq!(tr("Drop articles here"), "Drop articles here");
        assert_eq!(tr!("{n} mark|{n} marks", n = 3), "3 marks");
        assert_eq!(in_polish(|| tr("Drop articles here").into_owned()), "Drop articles here");
    }

    #[test]
    fn what_is_put_into_a_text_is_translated_where_it_is_no_name() {
        let undone = phrase!("Undone: {what}", what = phrase!("Mark as {label}", label = "Claim"));
        assert_eq!(phrase(&undone), "Undone: Mark as Claim");
        assert_eq!(in_polish(|| phrase(&undone)), "Cofnięto: Oznacz: Claim");
        assert_eq!(in_polish(|| tr("Open the article first").into_owned()), "Najpierw otwórz artykuł");
        assert_eq!(phrase(&Phrase::verbatim("Open the article first")), "Open the article first");
    }

    #[test]
    fn a_number_takes_the_form_that_the_language_has_for_it() {
        let marks = |n: usize| phrase(&phrase!("{n} mark|{n} marks", n));
        let said = in_polish(|| [1, 3, 5, 22].map(marks));
        assert_eq!(said, ["1 znacznik", "3 znaczniki", "5 znaczników", "22 znaczniki"]);
        assert_eq!([1, 22].map(marks), ["1 mark", "22 marks"]);
    }

    #[test]
    fn words_read_from_the_right_keep_to_themselves() {
        let said = tr!("{a}: {b}, {c}", a = "שלום", b = "2019", c = "Claim");
        assert_eq!(said, "\u{2068}שלום\u{2069}: 2019, Claim");
    }

    #[test]
    fn words_of_an_article_are_put_in_as_they_are() {
        let (words, label) = ("{label} {", "Claim");
        assert_eq!(tr!("“{words}” as {label}", words, label), "“{label} {” as Claim");
    }
}
