//! A language of the screen: its translations, and which form of a sentence goes with a number.
//!
//! Translations come as a PO file, as `gettext` and its editors write them: `msgid` is the English pattern, `msgstr`
//! the translated one. The forms for numbers stand inside both, parted by `|`, in the order zero, one, two, few, many,
//! other of those that the Unicode Common Locale Data Repository has for the language; so one sentence has one entry,
//! and `msgid_plural` is not read. Fuzzy entries and entries without a translation are left out.

use std::borrow::Cow;

use icu_locale_core::LanguageIdentifier;
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};
use rustc_hash::FxHashMap;

use crate::{diagnostic::Diagnostic, phrase};

/// From an English pattern to its translation.
type Translate = dyn Fn(&str) -> Option<Cow<'_, str>>;

/// A language of the screen other than English.
pub struct Language {
    translate: Box<Translate>,
    rules: PluralRules,
    /// What the language has, in the order in which forms stand in a pattern.
    categories: Vec<PluralCategory>,
}

impl Language {
    /// A language by its BCP 47 tag, such as `pl`, and its translations.
    ///
    /// # Errors
    /// The tag or the file is none.
    pub fn from_po(tag: &str, po: &str) -> Result<Self, Diagnostic> {
        let texts = read_po(po)?;
        Self::new(tag, move |english: &str| texts.get(english).map(|text| Cow::Owned(text.clone())))
    }

    /// A language whose translations are made by a function from patterns to patterns; `None` leaves English.
    ///
    /// # Errors
    /// The tag is none.
    pub fn new(tag: &str, translate: impl Fn(&str) -> Option<Cow<'_, str>> + 'static) -> Result<Self, Diagnostic> {
        let unknown = || Diagnostic::error("bad-language", phrase!("“{tag}” names no language", tag));
        let named: LanguageIdentifier = tag.parse().map_err(|_none| unknown())?;
        let rules = PluralRules::try_new(named.into(), PluralRuleType::Cardinal.into()).map_err(|_none| unknown())?;
        let categories = rules.categories().collect();
        Ok(Self { translate: Box::new(translate), rules, categories })
    }

    /// The pattern that stands for an English one; `None` where it has no translation.
    pub(super) fn translate<'e>(&self, english: &'e str) -> Option<Cow<'e, str>> {
        (self.translate)(english)
    }

    /// Which of the forms in a pattern a number takes, counted from 0.
    pub(super) fn form(&self, n: usize) -> usize {
        let category = self.rules.category_for(n);
        self.categories.iter().position(|c| *c == category).unwrap_or_default()
    }
}

/// The translations in a PO file by their English text:
/// <https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html>.
fn read_po(po: &str) -> Result<FxHashMap<String, String>, Diagnostic> {
    let mut texts = FxHashMap::default();
    for entry in po.split("\n\n") {
        let lines = entry.lines().map(str::trim).filter(|line| !line.is_empty());
        let (comments, lines): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with('#'));
        if comments.iter().any(|line| line.starts_with("#,") && line.contains("fuzzy")) {
            continue;
        }
        let (mut english, mut text) = (String::new(), String::new());
        let mut read = &mut english;
        for line in lines {
            let words = match line.split_once(' ') {
                Some(("msgid", words)) => words,
                Some(("msgstr", words)) => {
                    read = &mut text;
                    words
                }
                _ => line,
            };
            let unquoted = words.trim().strip_prefix('"').and_then(|words| words.strip_suffix('"'));
            let bad = || {
                Diagnostic::error("bad-translation", phrase!("A line of the translations is not read: {line}", line))
            };
            read.push_str(&unescaped(unquoted.ok_or_else(bad)?));
        }
        // The entry for no text is the head of the file.
        if !english.is_empty() && !text.is_empty() {
            texts.insert(english, text);
        }
    }
    Ok(texts)
}

fn unescaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut chars = words.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                escaped => text.extend(escaped),
            },
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_po_file_is_read_without_its_head_and_what_is_not_translated() {
        let po = "msgid \"\"\nmsgstr \"Language: de\\n\"\n\n#: src/a.rs\nmsgid \"Open\"\nmsgstr \"Öffnen\"\n\n\
                  #, fuzzy\nmsgid \"Close\"\nmsgstr \"Offen\"\n\nmsgid \"Name\"\nmsgstr \"\"\n\n\
                  msgid \"Say \"\n\"“\\\"”\"\nmsgstr \"Sag\\n\"\n\"“\\\"”\"\n";
        let mut texts: Vec<_> = read_po(po).unwrap().into_iter().collect();
        texts.sort();
        let expected = [("Open", "Öffnen"), ("Say “\"”", "Sag\n“\"”")];
        assert_eq!(texts, expected.map(|(english, text)| (english.to_owned(), text.to_owned())));
    }

    #[test]
    fn what_is_no_po_file_is_refused_with_its_line() {
        let refused = read_po("msgid \"Open\"\nmsgstr Öffnen").unwrap_err();
        assert_eq!(refused.to_string(), "A line of the translations is not read: msgstr Öffnen");
        assert!(Language::from_po("no language", "").is_err());
    }

    #[test]
    fn languages_differ_in_their_forms() {
        let forms = |tag: &str, numbers: [usize; 5]| {
            let language = Language::new(tag, |_: &str| None).unwrap();
            numbers.map(|n| language.form(n))
        };
        assert_eq!(forms("de", [0, 1, 2, 5, 21]), [1, 0, 1, 1, 1]);
        assert_eq!(forms("ru", [0, 1, 2, 5, 21]), [2, 0, 1, 2, 0]);
        assert_eq!(forms("ar", [0, 1, 2, 5, 11]), [0, 1, 2, 3, 4]);
        assert_eq!(forms("zh", [0, 1, 2, 5, 21]), [0; 5]);
        assert_eq!(forms("fr", [0, 1, 2, 5, 21])[..3], [0, 0, 2]);
        assert_eq!(forms("pl", [0, 1, 2, 5, 22]), [2, 0, 1, 2, 1]);
    }
}
