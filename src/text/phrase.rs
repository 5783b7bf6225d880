//! A sentence for people that is still in its parts: an English pattern, and the values that are put into it.
//!
//! Whoever reports something makes a phrase with [`phrase!`](crate::phrase!). Whoever shows it puts the parts together:
//! `Display` in English, the window in the language of the screen. A phrase translates nothing.
//!
//! In a pattern `{name}` stands for the value of that name. Where the wording depends on a number, the pattern has one
//! form for one thing and another for any other number of them, with `|` between: `{n} mark|{n} marks`. The number is
//! the first value that is a count.

use std::{borrow::Cow, fmt};

use super::grouped;

/// A sentence in its parts.
///
/// ```
/// use pressmark::phrase;
/// let title = "The toll";
/// assert_eq!(phrase!("Add “{title}”", title).to_string(), "Add “The toll”");
/// assert_eq!(phrase!("{n} mark|{n} marks", n = 1).to_string(), "1 mark");
/// assert_eq!(phrase!("{n} mark|{n} marks", n = 1200).to_string(), "1,200 marks");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// English, with `{name}` for values.
    pattern: Cow<'static, str>,
    /// By name; the first count decides the form.
    values: Vec<(&'static str, Value)>,
}

/// What is put into a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Words that are the same in every language: names, paths, what another program said.
    Text(String),
    /// How many; it is shown with its thousands parted. A number that is no count, such as a version, is a text.
    Count(usize),
    /// A part that is translated itself.
    Phrase(Box<Phrase>),
}

impl Phrase {
    /// A pattern and its values by name. With a literal pattern [`phrase!`](crate::phrase!) is shorter, and checked.
    pub fn new(pattern: impl Into<Cow<'static, str>>, values: impl IntoIterator<Item = (&'static str, Value)>) -> Self {
        Self { pattern: pattern.into(), values: values.into_iter().collect() }
    }

    /// A pattern without values.
    pub fn plain(pattern: &'static str) -> Self {
        Self::new(pattern, [])
    }

    /// A pattern with one value, whose name is `what`.
    pub fn with(pattern: &'static str, what: impl Into<Value>) -> Self {
        Self::new(pattern, [("what", what.into())])
    }

    /// Words that are shown as they are in every language, such as what a library said.
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self::new("{words}", [("words", Value::Text(words.into()))])
    }

    /// Parts with commas between; `None` where there are none.
    pub fn list(parts: impl IntoIterator<Item = Value>) -> Option<Self> {
        let parts = parts.into_iter().map(|part| crate::phrase!("{part}", part));
        parts.reduce(|first, then| crate::phrase!("{first}, {then}", first, then))
    }

    /// In English, with a place for each value: what a translation is found by.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// The value of a name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The values put into a pattern: that of the phrase, or its translation. A value may look like a place for
    /// another; it is put in as it is. Names that are not known stay.
    ///
    /// `form` says which of the forms, counted from 0, a number takes; the last one stands for all that are not there.
    pub fn fill(&self, pattern: &str, form: impl Fn(usize) -> usize, mut say: impl FnMut(&Value) -> String) -> String {
        let count = self.values.iter().find_map(|(_, value)| match value {
            Value::Count(n) => Some(*n),
            _ => None,
        });
        let pattern = count.map_or(pattern, |n| chosen(pattern, form(n)));
        let mut filled = String::with_capacity(pattern.len() * 2);
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            let place = after.split_once('}').and_then(|(name, after)| Some((self.value(name)?, after)));
            rest = match place {
                Some((value, after)) => {
                    filled.push_str(before);
                    filled.push_str(&say(value));
                    after
                }
                None => {
                    filled.push_str(before);
                    filled.push('{');
                    after
                }
            };
        }
        filled + rest
    }
}

/// The form of a pattern; the last where it has fewer.
fn chosen(pattern: &str, form: usize) -> &str {
    pattern.split('|').take(form + 1).last().unwrap_or(pattern)
}

/// In English.
impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fill(&self.pattern, |n| usize::from(n != 1), Value::to_string))
    }
}

/// In English.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Count(n) => f.write_str(&grouped(*n)),
            Self::Phrase(phrase) => phrase.fmt(f),
        }
    }
}

/// Compares what is said in English.
impl PartialEq<&str> for Phrase {
    fn eq(&self, english: &&str) -> bool {
        let said = self.to_string();
        said == *english
    }
}

impl From<&'static str> for Phrase {
    fn from(pattern: &'static str) -> Self {
        Self::plain(pattern)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: fmt::Display + ?Sized> From<&T> for Value {
    fn from(text: &T) -> Self {
        Self::Text(text.to_string())
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<Phrase> for Value {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(Box::new(phrase))
    }
}

/// A [`Phrase`](crate::text::Phrase): a literal pattern, and a value for each name in it. `name` alone takes the
/// variable of that name. The compiler refuses a name that has no value and a value that has no name.
#[macro_export]
macro_rules! phrase {
    (@value $name:ident) => { $crate::text::phrase::Value::from($name) };
    (@value $name:ident $value:expr) => { $crate::text::phrase::Value::from($value) };
    ($pattern:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        if false {
            let _ = ::std::format_args!($pattern $(, $name = "")*);
        }
        $crate::text::Phrase::new($pattern, [$((stringify!($name), $crate::phrase!(@value $name $($value)?))),*])
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_as_they_are() {
        let label = "Claim";
        let words = "{label} {";
        assert_eq!(phrase!("“{words}” as {label}", words, label), "“{label} {” as Claim");
        assert_eq!(Phrase::verbatim("50 % {n} | more"), "50 % {n} | more");
        assert_eq!(Phrase::plain("{n} of {all"), "{n} of {all");
        assert_eq!(phrase!("Undone: {what}", what = phrase!("Mark as {label}", label)), "Undone: Mark as Claim");
    }

    #[test]
    fn a_number_chooses_the_form() {
        let marks = [0, 1, 2, 1_000].map(|n| phrase!("{n} mark|{n} marks", n).to_string());
        assert_eq!(marks, ["0 marks", "1 mark", "2 marks", "1,000 marks"]);
        let said = phrase!("{n} mark|{n} marks", n = 21usize);
        let translated = said.fill("{n} a|{n} b|{n} c", |n| usize::from(n % 10 != 1), Value::to_string);
        assert_eq!(translated, "21 a");
        assert_eq!(said.fill("{n} the same", |_| 5, Value::to_string), "21 the same");
    }
}
