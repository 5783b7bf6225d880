//! `TypeSystem.xml`: a type system as a file of its own, which stands beside the CASes that use it.

use std::fmt::Write as _;

use super::{
    super::{
        xml::escaped,
        xml_tree::{self, Element},
    },
    types::{Feature, Type, TypeSystem},
};
use crate::{diagnostic::Diagnostic, phrase};

/// What the file is called.
pub const TYPE_SYSTEM: &str = "TypeSystem.xml";

/// Reads a file. What has no name is passed over.
///
/// # Errors
/// It is no XML that is whole, or no type system; told with its line.
pub fn read(xml: &str) -> Result<TypeSystem, Diagnostic> {
    let root = xml_tree::read(xml)?;
    if root.name != "typeSystemDescription" {
        let message = phrase!("This is no type system, but “{name}”", name = &root.name);
        return Err(Diagnostic::error("no-type-system", message).at_line(root.line, 1).hint("Leave it out"));
    }
    let mut types = TypeSystem::default();
    for own in root.all("types").flat_map(|types| types.all("typeDescription")) {
        let name = own.words("name").trim();
        if !name.is_empty() {
            types.add(name, type_of(own));
        }
    }
    Ok(types)
}

fn type_of(own: &Element) -> Type {
    let features = own.all("features").flat_map(|features| features.all("featureDescription"));
    let feature = |own: &Element| Feature {
        name: own.words("name").trim().to_owned(),
        description: own.words("description").trim().to_owned(),
        range: own.words("rangeTypeName").trim().to_owned(),
        element: own.words("elementType").trim().to_owned(),
    };
    let allowed = own.all("allowedValues").flat_map(|values| values.all("value"));
    Type {
        above: own.words("supertypeName").trim().to_owned(),
        description: own.words("description").trim().to_owned(),
        features: features.map(feature).filter(|feature| !feature.name.is_empty()).collect(),
        allowed: allowed
            .map(|value| value.words("string").trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect(),
    }
}

/// A file with all types. Writing to a string does not fail.
pub fn written(types: &TypeSystem) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
    );
    for (name, own) in types.iter() {
        let _ = write!(
            xml,
            "    <typeDescription>\n      <name>{name}</name>\n      <description>{}</description>\n      \
             <supertypeName>{}</supertypeName>\n",
            escaped(&own.description),
            own.above
        );
        if !own.features.is_empty() {
            xml.push_str("      <features>\n");
            own.features.iter().for_each(|feature| put(&mut xml, feature));
            xml.push_str("      </features>\n");
        }
        xml.push_str("    </typeDescription>\n");
    }
    xml.push_str("  </types>\n</typeSystemDescription>\n");
    xml
}

fn put(xml: &mut String, feature: &Feature) {
    let Feature { name, description, range, element } = feature;
    let element = if element.is_empty() { String::new() } else { format!("<elementType>{element}</elementType>") };
    let _ = writeln!(
        xml,
        "        <featureDescription><name>{name}</name><description>{}</description>\
         <rangeTypeName>{range}</rangeTypeName>{element}</featureDescription>",
        escaped(description)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut types = TypeSystem::default();
        let links = Feature { element: "a.Link".to_owned(), ..Feature::new("links", "uima.cas.FSArray") };
        let described =
            Feature { description: "One & two\nof it".to_owned(), ..Feature::new("value", "uima.cas.String") };
        let own =
            Type { above: "uima.tcas.Annotation".to_owned(), features: vec![links, described], ..Type::default() };
        types.add("a.Host", own);
        assert_eq!(read(&written(&types)), Ok(types));
        assert_eq!(read("<a>\n<b/></a>").unwrap_err().code, "no-type-system");
    }

    #[test]
    fn kinds_of_string_have_their_values() {
        let xml = "<typeSystemDescription><types><typeDescription><name>a.Tone</name><supertypeName>uima.cas.String\
            </supertypeName><allowedValues><value><string>calm</string></value><value><string>loud</string></value>\
            </allowedValues></typeDescription></types></typeSystemDescription>";
        let types = read(xml).unwrap();
        assert_eq!(types.allowed(&Feature::new("tone", "a.Tone")), ["calm", "loud"]);
    }
}
