//! A CAS read from XMI: <https://uima.apache.org/d/uimaj-current/references.html#ugr.ref.xmi>.

use std::borrow::Cow;

use quick_xml::{
    NsReader,
    escape::unescape,
    events::{BytesStart, Event},
    name::ResolveResult,
};

use super::{
    super::xml_tree::{XmlLines, bad, referred},
    names::{SOFA, VIEW},
    structure::{Cas, Held, Sofa, Structure},
    types::{Holds, TypeSystem},
};
use crate::diagnostic::Diagnostic;

/// Reads a file. Types tell references from numbers; a type that is not among them is no error.
///
/// # Errors
/// It is no XML that is whole, or no XMI; told with its line.
pub fn read(xml: &str, types: &TypeSystem) -> Result<Cas, Diagnostic> {
    let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
    let (mut reader, mut lines) = (NsReader::from_str(xml), XmlLines::of(xml));
    let mut reading = Reading::of(types);
    loop {
        let event = reader.read_event();
        let line = lines.at(reader.buffer_position());
        let event = event.map_err(|why| bad(line, &why))?;
        let name = |tag: &BytesStart<'_>| match reader.resolver().resolve_element(tag.name()) {
            (ResolveResult::Bound(namespace), local) => type_name(namespace.as_ref(), local.as_ref()),
            (_, local) => String::from_utf8_lossy(local.as_ref()).into_owned(),
        };
        match event {
            Event::Eof => break,
            Event::Start(tag) => reading.start(&tag, name(&tag), line)?,
            Event::Empty(tag) => {
                reading.start(&tag, name(&tag), line)?;
                reading.end();
            }
            Event::End(_) => reading.end(),
            Event::Text(text) => reading.words(&text.xml10_content().map_err(|why| bad(line, &why))?),
            Event::CData(text) => reading.words(&text.xml10_content().map_err(|why| bad(line, &why))?),
            Event::GeneralRef(name) => reading.words(&referred(&name)),
            _ => {}
        }
    }
    if reading.depth > 0 {
        return Err(bad(lines.at(u64::MAX), &"an element does not end"));
    }
    if !reading.is_xmi {
        return Err(bad(1, &"it is no XMI"));
    }
    let mut cas = reading.cas;
    cas.resolve(|type_name, feature| match types.feature(type_name, feature) {
        Some(feature) => Some(types.holds(&feature.range) == Holds::Structures),
        None => types.get(type_name).filter(|_| !super::names::is_own(feature)).map(|_| false),
    });
    Ok(cas)
}

/// The name of a type by its namespace: `http:///a/b.ecore` is the package `a.b`.
fn type_name(namespace: &[u8], local: &[u8]) -> String {
    let (namespace, local) = (String::from_utf8_lossy(namespace), String::from_utf8_lossy(local));
    let package = namespace.strip_prefix("http:///").and_then(|rest| rest.strip_suffix(".ecore"));
    match package {
        None | Some("uima/noNamespace") => local.into_owned(),
        Some(package) => format!("{}.{local}", package.replace('/', ".")),
    }
}

/// What has been read so far.
struct Reading<'t> {
    types: &'t TypeSystem,
    cas: Cas,
    is_xmi: bool,
    depth: usize,
    /// The structure that is open.
    open: Structure,
    /// The name of the feature that stands in an element of its own, and its words.
    value: (String, String),
}

impl<'t> Reading<'t> {
    fn of(types: &'t TypeSystem) -> Self {
        let (cas, open, value) = (Cas::default(), Structure::default(), Default::default());
        Self { types, cas, is_xmi: false, depth: 0, open, value }
    }

    fn start(&mut self, tag: &BytesStart<'_>, name: String, line: u32) -> Result<(), Diagnostic> {
        self.depth += 1;
        match self.depth {
            1 => self.is_xmi = name == "XMI",
            2 => {
                self.open = Structure { type_name: name, line, ..Structure::default() };
                for attribute in tag.attributes() {
                    let attribute = attribute.map_err(|why| bad(line, &why))?;
                    let raw = String::from_utf8_lossy(&attribute.value);
                    let value = unescape(&raw).map_or_else(|_| raw.clone().into_owned(), Cow::into_owned);
                    self.attribute(&String::from_utf8_lossy(attribute.key.as_ref()), value);
                }
            }
            3 => self.value = (String::from_utf8_lossy(tag.local_name().as_ref()).into_owned(), String::new()),
            _ => return Err(bad(line, &"its elements stand too deep in each other")),
        }
        Ok(())
    }

    fn attribute(&mut self, key: &str, value: String) {
        match key.split_once(':') {
            Some((_, "id")) => self.open.id = value.trim().parse().unwrap_or(0),
            Some(_) => {}
            None if key == "xmlns" => {}
            None => {
                let range = self.types.feature(&self.open.type_name, key).map(|own| self.types.holds(&own.range));
                let held = match range {
                    Some(Holds::SeveralWords | Holds::Numbers) if value.parse::<u32>().is_err() => {
                        Held::Texts(value.split_ascii_whitespace().map(str::to_owned).collect())
                    }
                    _ => Held::Text(value),
                };
                self.open.put(key, held);
            }
        }
    }

    fn words(&mut self, words: &str) {
        if self.depth == 3 {
            self.value.1.push_str(words);
        }
    }

    fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        match self.depth {
            2 => {
                let (name, words) = std::mem::take(&mut self.value);
                let known = self.open.features.iter_mut().find(|(own, _)| *own == name);
                match known {
                    Some((_, Held::Texts(texts))) => texts.push(words),
                    Some(_) => {}
                    None => self.open.put(&name, Held::Texts(vec![words])),
                }
            }
            1 => self.take(),
            _ => {}
        }
    }

    /// Takes up the structure that has ended.
    fn take(&mut self) {
        let own = std::mem::take(&mut self.open);
        match own.type_name.as_str() {
            "uima.cas.NULL" => {}
            SOFA => {
                let text = own.get("sofaString").map(|_| own.text("sofaString").to_owned());
                self.cas.sofas.push(Sofa { id: own.id, name: own.text("sofaID").to_owned(), text });
            }
            VIEW => self
                .cas
                .listed
                .extend(own.text("members").split_ascii_whitespace().filter_map(|id| id.parse::<u32>().ok())),
            _ => _ = self.cas.add(own),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XMI: &str = "<?xml version=\"1.0\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" \
        xmlns:cas=\"http:///uima/cas.ecore\" xmlns:a=\"http:///a/b.ecore\" xmlns:n=\"http:///uima/noNamespace.ecore\">\n\
        <cas:NULL xmi:id=\"0\"/>\n<a:Host xmi:id=\"3\" sofa=\"1\" begin=\"0\" end=\"3\" id=\"7\" links=\"4\">\n\
        <tags>one</tags><tags>t&amp;wo</tags></a:Host>\n<n:Link xmi:id=\"4\" target=\"3\"/>\n\
        <cas:Sofa xmi:id=\"1\" sofaID=\"_InitialView\" sofaString=\"One&#10;two\"/><cas:View sofa=\"1\" members=\"3\"/></xmi:XMI>";

    #[test]
    fn structures_are_read_without_a_type_system() {
        let cas = read(XMI, &TypeSystem::default()).unwrap();
        let host = cas.get(3).unwrap();
        assert_eq!((host.type_name.as_str(), host.text("id"), host.line), ("a.b.Host", "7", 4));
        assert_eq!(host.get("tags").map(|held| cas.words(held)), Some(vec!["one".to_owned(), "t&wo".to_owned()]));
        assert_eq!(cas.referred(host.get("links"))[0].type_name, "Link");
        assert_eq!((cas.sofas[0].text.as_deref(), cas.listed.len()), (Some("One\ntwo"), 1));
    }

    #[test]
    fn what_is_not_whole_is_told_with_its_line() {
        assert_eq!(read("<a/>", &TypeSystem::default()).unwrap_err().code, "bad-xml");
        let cut = &XMI[..XMI.len() - 12];
        assert_eq!(read(cut, &TypeSystem::default()).unwrap_err().location.line_column, Some((7, 1)));
        assert!(read("", &TypeSystem::default()).is_err());
    }
}
