//! XML that is being written: every word that comes in is escaped, and what is opened is closed.

use crate::format::xml::escaped;

/// XML that is being written.
#[derive(Debug, Default)]
pub struct Markup {
    xml: String,
    /// The elements that are open, the innermost last.
    open: Vec<&'static str>,
}

/// Attributes with their values; those with an empty one are left out.
pub type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Markup {
    /// What was written.
    pub fn finish(self) -> String {
        debug_assert!(self.open.is_empty(), "{:?} is open", self.open);
        self.xml
    }

    /// Writes markup of one’s own as it is: it must not hold words of an article.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.xml.push_str(markup);
        self
    }

    /// Writes words.
    pub fn text(&mut self, words: &str) -> &mut Self {
        self.xml.push_str(&escaped(words));
        self
    }

    /// Writes line feeds as they are, for whoever reads the source.
    pub fn lines(&mut self, count: usize) -> &mut Self {
        self.xml.extend(std::iter::repeat_n('\n', count));
        self
    }

    /// Begins an element.
    pub fn open(&mut self, name: &'static str, attributes: Attributes<'_>) -> &mut Self {
        self.tag(name, attributes).raw(">");
        self.open.push(name);
        self
    }

    /// Ends the innermost element that is open.
    pub fn close(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            ["</", name, ">"].iter().for_each(|part| self.xml.push_str(part));
        }
        self
    }

    /// Writes an element with words in it.
    pub fn element(&mut self, name: &'static str, attributes: Attributes<'_>, words: &str) -> &mut Self {
        self.open(name, attributes).text(words).close()
    }

    /// As [`Self::element`], where there are any words.
    pub fn unless_empty(&mut self, name: &'static str, attributes: Attributes<'_>, words: &str) -> &mut Self {
        if words.is_empty() { self } else { self.element(name, attributes, words) }
    }

    /// Writes an element with nothing in it.
    pub fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) -> &mut Self {
        self.tag(name, attributes).raw("/>")
    }

    fn tag(&mut self, name: &'static str, attributes: Attributes<'_>) -> &mut Self {
        self.raw("<").raw(name);
        for (attribute, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.raw(" ").raw(attribute).raw("=\"").text(value).raw("\"");
        }
        self
    }
}
