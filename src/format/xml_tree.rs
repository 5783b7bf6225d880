//! A file of XML as a tree. Namespaces are let go: the same element is the same in every file.

use quick_xml::{
    Reader,
    escape::{resolve_predefined_entity, unescape},
    events::{BytesRef, BytesStart, Event},
};

use crate::{diagnostic::Diagnostic, phrase};

/// Elements stand in each other so deep at most; a deeper file is none of these.
const MAX_DEPTH: usize = 64;

/// An element with what is in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Self>,
    /// The words that stand in it directly.
    pub text: String,
    /// From 1.
    pub line: u32,
}

impl Element {
    /// The value of an attribute; empty where it has none.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    pub fn all<'e>(&'e self, name: &'static str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The words of a child; empty where there is none.
    pub fn words(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| &child.text)
    }
}

/// Reads a file.
///
/// # Errors
/// It is no XML that is whole, or elements stand too deep in each other; told with its line.
pub fn read(xml: &str) -> Result<Element, Diagnostic> {
    let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    let mut lines = XmlLines::of(xml);
    loop {
        let event = reader.read_event();
        let line = lines.at(reader.buffer_position());
        match event.map_err(|why| bad(line, &why))? {
            Event::Eof => break,
            Event::Start(tag) => {
                if open.len() > MAX_DEPTH {
                    return Err(bad(line, &"its elements stand too deep in each other"));
                }
                open.push(element(&tag, line));
            }
            Event::Empty(tag) => {
                let element = element(&tag, line);
                inside(&mut open, |above| above.children.push(element));
            }
            Event::End(_) => {
                let element = open.pop().unwrap_or_default();
                inside(&mut open, |above| above.children.push(element));
            }
            Event::Text(text) => {
                let text = text.xml10_content().map_err(|why| bad(line, &why))?;
                inside(&mut open, |above| above.text.push_str(&text));
            }
            Event::CData(text) => {
                let text = text.xml10_content().map_err(|why| bad(line, &why))?;
                inside(&mut open, |above| above.text.push_str(&text));
            }
            Event::GeneralRef(name) => inside(&mut open, |above| above.text.push_str(&referred(&name))),
            _ => {}
        }
    }
    match open.as_mut_slice() {
        [above] if !above.children.is_empty() => Ok(above.children.swap_remove(0)),
        [_, .., unfinished] => Err(bad(unfinished.line, &"an element does not end")),
        _ => Err(bad(1, &"there is nothing in it")),
    }
}

/// What a reference such as `&amp;` stands for; a replacement where it is of nothing known.
pub fn referred(name: &BytesRef<'_>) -> String {
    let known = name.resolve_char_ref().ok().flatten().map(String::from);
    let words = known.or_else(|| Some(resolve_predefined_entity(&name.decode().ok()?)?.to_owned()));
    words.unwrap_or_else(|| "\u{fffd}".to_owned())
}

/// Adds to the element that is read.
fn inside(open: &mut [Element], add: impl FnOnce(&mut Element)) {
    if let Some(element) = open.last_mut() {
        add(element);
    }
}

fn element(tag: &BytesStart<'_>, line: u32) -> Element {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let attributes = tag.attributes().flatten().map(|attribute| {
        let value = text(&attribute.value);
        let value = unescape(&value).map_or_else(|_| value.clone(), std::borrow::Cow::into_owned);
        (text(attribute.key.local_name().as_ref()), value)
    });
    Element { name: text(tag.local_name().as_ref()), attributes: attributes.collect(), line, ..Element::default() }
}

/// A file that can’t be understood, told with its line.
pub fn bad(line: u32, why: &dyn std::fmt::Display) -> Diagnostic {
    let message = phrase!("The file can’t be understood: {why}", why = why.to_string());
    Diagnostic::error("bad-xml", message).at_line(line, 1).hint("Repair it, or export it again")
}

/// Counts lines on the way through a file.
pub struct XmlLines<'x> {
    xml: &'x str,
    at: usize,
    line: u32,
}

impl<'x> XmlLines<'x> {
    pub fn of(xml: &'x str) -> Self {
        Self { xml, at: 0, line: 1 }
    }

    /// The line, from 1, of a position that lies behind all those asked for before.
    pub fn at(&mut self, position: u64) -> u32 {
        let to = usize::try_from(position).unwrap_or(usize::MAX).min(self.xml.len());
        let passed = self.xml.as_bytes().get(self.at..to).unwrap_or_default();
        self.line = self.line.saturating_add(u32::try_from(memchr::memchr_iter(b'\n', passed).count()).unwrap_or(0));
        self.at = self.at.max(to);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_have_their_words_and_lines() {
        let xml = "<?xml version=\"1.0\"?>\n<q:a xmlns:q=\"x\" n=\"1 &amp; 2&#10;\">\n<b>one &lt;&#x2014;<![CDATA[ & ]]></b>\n<c/></q:a>";
        let root = read(xml).unwrap();
        assert_eq!((root.name.as_str(), root.attribute("n"), root.line), ("a", "1 & 2\n", 2));
        assert_eq!((root.words("b"), root.children[1].line), ("one <— & ", 4));
    }

    #[test]
    fn what_is_not_whole_is_an_error_with_its_line() {
        assert_eq!(read("<a>\n<b>\n</a>").unwrap_err().location.line_column, Some((3, 1)));
        assert_eq!(read("<a>\n<b>").unwrap_err().location.line_column, Some((2, 1)));
        assert_eq!(read("").unwrap_err().code, "bad-xml");
        assert_eq!(read(&"<a>".repeat(10_000)).unwrap_err().code, "bad-xml");
    }
}
