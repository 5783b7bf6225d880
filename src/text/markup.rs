//! Writing HTML: every text that comes in is escaped, so that nothing of it becomes markup. It knows no page.

use std::borrow::Cow;

/// HTML that is being written.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// What was written.
    pub fn finish(self) -> String {
        self.0
    }

    /// Writes markup of one’s own as it is: it must not hold words of an article.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Writes words.
    pub fn text(&mut self, words: &str) -> &mut Self {
        self.0.push_str(&escaped(words));
        self
    }

    /// Writes an element with words in it. The attributes come as they are.
    pub fn element(&mut self, name: &'static str, attributes: &'static str, words: &str) -> &mut Self {
        self.open(name, attributes).text(words).close(name)
    }

    /// Begins an element.
    pub fn open(&mut self, name: &'static str, attributes: &'static str) -> &mut Self {
        let space = if attributes.is_empty() { "" } else { " " };
        ["<", name, space, attributes, ">"].iter().for_each(|part| self.0.push_str(part));
        self
    }

    /// Begins an element with attributes whose values are made from something: they are escaped.
    pub fn open_with(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) -> &mut Self {
        self.raw("<").raw(name);
        for (attribute, value) in attributes {
            self.raw(" ").raw(attribute).raw("=\"").text(value).raw("\"");
        }
        self.raw(">")
    }

    /// Begins an element whose words are of an article in this language: they have a direction of their own, and no
    /// direction character in them reaches beyond its end.
    pub fn open_foreign(&mut self, name: &'static str, attributes: &'static str, language: &str) -> &mut Self {
        let space = if attributes.is_empty() { "" } else { " " };
        ["<", name, space, attributes, " dir=\"auto\""].iter().for_each(|part| self.0.push_str(part));
        if is_language(language) {
            [" lang=\"", language, "\""].iter().for_each(|part| self.0.push_str(part));
        }
        self.raw(">")
    }

    /// An element with words of an article.
    pub fn foreign(&mut self, name: &'static str, attributes: &'static str, language: &str, words: &str) -> &mut Self {
        self.open_foreign(name, attributes, language).text(words).close(name)
    }

    /// Ends an element.
    pub fn close(&mut self, name: &'static str) -> &mut Self {
        ["</", name, ">"].iter().for_each(|part| self.0.push_str(part));
        self
    }

    /// Breaks the line, for whoever reads the source.
    pub fn line(&mut self) -> &mut Self {
        self.raw("\n")
    }
}

/// Whether it looks like a language tag (BCP 47): an attribute that is none would be an error of the page.
fn is_language(tag: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.split('-').next().is_some_and(|first| first.len() > 1 && first.bytes().all(|b| b.is_ascii_alphabetic()))
        && tag.split('-').all(is_part)
}

/// A text as HTML shows it. Characters that a page must not have (HTML Living Standard, “Text”: controls, and code points
/// that stand for no character) are shown as a replacement.
fn escaped(words: &str) -> Cow<'_, str> {
    if words.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
        return words.into();
    }
    let mut escaped = String::with_capacity(words.len() + words.len() / 8);
    for c in words.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            c if c.is_control() || is_noncharacter(c) => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped.into()
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_markup() {
        let mut markup = Markup::default();
        markup.element("p", "class=\"x\"", "</style><script>&\"'\u{0}\u{1b}\u{ffff}").line();
        markup.open_with("a", &[("id", "x"), ("href", "#\"><b>")]).close("a");
        assert_eq!(
            markup.finish(),
            "<p class=\"x\">&lt;/style&gt;&lt;script&gt;&amp;&quot;'\u{fffd}\u{fffd}\u{fffd}</p>\n\
             <a id=\"x\" href=\"#&quot;&gt;&lt;b&gt;\"></a>"
        );
    }

    #[test]
    fn only_a_language_is_said_to_be_one() {
        for (tag, is_one) in [("en", true), ("pt-BR", true), ("zh-Hans-CN", true), ("", false), ("e", false)] {
            assert_eq!(is_language(tag), is_one, "{tag}");
        }
        for tag in ["en\" onload=\"", "en us", "languages-of-it", "42", "en--us"] {
            assert!(!is_language(tag), "{tag}");
            let mut markup = Markup::default();
            markup.foreign("td", "", tag, "x");
            assert_eq!(markup.finish(), "<td dir=\"auto\">x</td>");
        }
    }
}
