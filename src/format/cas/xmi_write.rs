//! A CAS written as XMI.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    super::xml::escaped,
    structure::{Cas, Held, Structure},
};

/// What stands in names that are no types of a package.
const NO_NAMESPACE: &str = "uima.noNamespace";

/// A file. Writing to a string does not fail.
pub fn written(cas: &Cas) -> String {
    let prefixes = prefixes(cas);
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"");
    for (package, prefix) in &prefixes {
        let _ = write!(xml, " xmlns:{prefix}=\"http:///{}.ecore\"", package.replace('.', "/"));
    }
    xml.push_str(" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n");
    for own in cas.iter() {
        put(&mut xml, own, &prefixes);
    }
    for (at, sofa) in cas.sofas.iter().enumerate() {
        let text = sofa.text.as_deref().unwrap_or_default();
        let _ = writeln!(
            xml,
            "<cas:Sofa xmi:id=\"{}\" sofaNum=\"{}\" sofaID=\"{}\" mimeType=\"text\" sofaString=\"{}\"/>",
            sofa.id,
            at + 1,
            escaped(&sofa.name),
            escaped(text)
        );
        let members: Vec<String> = cas.listed.iter().map(u32::to_string).collect();
        let _ = writeln!(xml, "<cas:View sofa=\"{}\" members=\"{}\"/>", sofa.id, members.join(" "));
    }
    xml.push_str("</xmi:XMI>\n");
    xml
}

/// The package of a type and its own name in it.
fn parts(type_name: &str) -> (&str, &str) {
    type_name.rsplit_once('.').unwrap_or((NO_NAMESPACE, type_name))
}

/// A prefix for each package.
fn prefixes(cas: &Cas) -> BTreeMap<String, String> {
    let mut prefixes = BTreeMap::from([("uima.cas".to_owned(), "cas".to_owned())]);
    for own in cas.iter() {
        let (package, _) = parts(&own.type_name);
        if !prefixes.contains_key(package) {
            let stem = package.rsplit('.').next().unwrap_or(package);
            let is_taken = |name: &str| prefixes.values().any(|own| own == name) || name == "xmi";
            let numbered = (2..).map(|n| format!("{stem}{n}"));
            let prefix = std::iter::once(stem.to_owned()).chain(numbered).find(|name| !is_taken(name));
            prefixes.insert(package.to_owned(), prefix.unwrap_or_default());
        }
    }
    prefixes
}

fn put(xml: &mut String, own: &Structure, prefixes: &BTreeMap<String, String>) {
    let (package, name) = parts(&own.type_name);
    let prefix = prefixes.get(package).map_or("cas", String::as_str);
    let _ = write!(xml, "<{prefix}:{name} xmi:id=\"{}\"", own.id);
    let mut inside = String::new();
    for (feature, held) in &own.features {
        match held {
            Held::Text(text) => _ = write!(xml, " {feature}=\"{}\"", escaped(text)),
            Held::References(ids) => {
                let ids: Vec<String> = ids.iter().map(u32::to_string).collect();
                let _ = write!(xml, " {feature}=\"{}\"", ids.join(" "));
            }
            Held::Texts(texts) => {
                texts.iter().for_each(|text| _ = write!(inside, "<{feature}>{}</{feature}>", escaped(text)));
            }
        }
    }
    let _ = match inside.is_empty() {
        true => writeln!(xml, "/>"),
        false => writeln!(xml, ">{inside}</{prefix}:{name}>"),
    };
}
