//! A CAS read from JSON CAS 0.4: <https://github.com/apache/uima-uimaj-io-jsoncas>.

use serde_json::{Map, Value as Json};

use super::{
    names::SOFA,
    structure::{Cas, Held, Sofa, Structure},
    types::{Feature, Type, TypeSystem},
};
use crate::{diagnostic::Diagnostic, phrase};

/// Reads a file, and the types in it on top of those that are known already. What is no structure is among `damaged`.
///
/// # Errors
/// It is no JSON, or no CAS; told with its place.
pub fn read(json: &str, mut types: TypeSystem, damaged: &mut Vec<Diagnostic>) -> Result<(Cas, TypeSystem), Diagnostic> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let read: Json = serde_json::from_str(json).map_err(|why| {
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let message = phrase!("The file can’t be understood: {why}", why = &why);
        let told = Diagnostic::error("bad-json", message).at_line(place(why.line()), place(why.column()));
        told.hint("Repair it, or export it again")
    })?;
    let whole = match &read {
        // A list alone is the structures alone.
        Json::Array(_) => Map::from_iter([("%FEATURE_STRUCTURES".to_owned(), read)]),
        Json::Object(whole) if whole.keys().any(|key| key.starts_with('%')) => whole.clone(),
        _ => return Err(Diagnostic::error("no-cas", "This is no JSON CAS").hint("Leave it out")),
    };
    for (name, own) in whole.get("%TYPES").and_then(Json::as_object).into_iter().flatten() {
        if let Some(own) = own.as_object() {
            types.add(name, type_of(own));
        }
    }
    Ok((cas(&whole, damaged), types))
}

fn words(object: &Map<String, Json>, key: &str) -> String {
    object.get(key).and_then(Json::as_str).unwrap_or_default().to_owned()
}

fn type_of(own: &Map<String, Json>) -> Type {
    let feature = |(name, own): (&String, &Json)| {
        let own = own.as_object().filter(|_| !name.starts_with('%'))?;
        let (range, description) = (words(own, "%RANGE"), words(own, "%DESCRIPTION"));
        let element = range.strip_suffix("[]").map_or_else(|| words(own, "%ELEMENT_TYPE"), str::to_owned);
        Some(Feature { name: name.clone(), description, range, element })
    };
    let features = own.iter().filter_map(feature).collect();
    Type { above: words(own, "%SUPER_TYPE"), description: words(own, "%DESCRIPTION"), features, allowed: Vec::new() }
}

fn cas(whole: &Map<String, Json>, damaged: &mut Vec<Diagnostic>) -> Cas {
    let mut cas = Cas::default();
    let structures: Vec<(Option<u32>, &Json)> = match whole.get("%FEATURE_STRUCTURES") {
        Some(Json::Array(list)) => list.iter().map(|own| (None, own)).collect(),
        Some(Json::Object(by_id)) => by_id.iter().map(|(id, own)| (id.parse().ok(), own)).collect(),
        _ => Vec::new(),
    };
    for ((key, own), number) in structures.into_iter().zip(1u32..) {
        let own = own.as_object().and_then(|own| Some((own, key.or_else(|| id(own.get("%ID")?))?)));
        let Some((own, id)) = own else {
            let told = Diagnostic::error("bad-record", "This is no feature structure with an id").hint("Leave it out");
            damaged.push(told.about(phrase!("feature structure {n}", n = number.to_string())));
            continue;
        };
        let own = structure(id, own);
        match own.type_name.as_str() {
            SOFA => {
                let text = own.get("sofaString").map(|_| own.text("sofaString").to_owned());
                cas.sofas.push(Sofa { id, name: own.text("sofaID").to_owned(), text });
            }
            _ => _ = cas.add(own),
        }
    }
    for (_, view) in whole.get("%VIEWS").and_then(Json::as_object).into_iter().flatten() {
        cas.listed.extend(view.get("%MEMBERS").and_then(Json::as_array).into_iter().flatten().filter_map(id));
    }
    cas
}

fn id(value: &Json) -> Option<u32> {
    value.as_u64().and_then(|id| u32::try_from(id).ok())
}

fn structure(id: u32, own: &Map<String, Json>) -> Structure {
    let mut made = Structure { id, ..Structure::new(&words(own, "%TYPE")) };
    let is_of_values =
        |name: &str| name.starts_with("uima.cas.") && !matches!(name, "uima.cas.FSArray" | "uima.cas.TOP[]");
    for (key, value) in own {
        let held = match key.as_str() {
            "%ELEMENTS" if is_of_values(&made.type_name) => Held::Texts(list(value).filter_map(plain).collect()),
            "%ELEMENTS" => Held::References(list(value).filter_map(self::id).collect()),
            "@sofa" => Held::Text(plain(value).unwrap_or_default()),
            _ if key.starts_with('%') => continue,
            _ if key.starts_with('@') => Held::References(self::id(value).into_iter().collect()),
            _ => match plain(value) {
                Some(words) => Held::Text(words),
                None => continue,
            },
        };
        let name = if key == "%ELEMENTS" { "elements" } else { key.trim_start_matches(['@', '#', '^']) };
        made.put(name, held);
    }
    made
}

fn list(value: &Json) -> impl Iterator<Item = &Json> {
    value.as_array().into_iter().flatten()
}

/// A text, a number or a flag in words; `None` for nothing, or for what is none of these.
fn plain(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(is) => Some(is.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structures_and_types_are_read() {
        let json = r##"{"%TYPES": {"a.Host": {"%NAME": "a.Host", "%SUPER_TYPE": "uima.tcas.Annotation", "links":
            {"%NAME": "links", "%RANGE": "a.Link[]"}}}, "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa",
            "sofaID": "_InitialView", "sofaString": "One"}, {"%ID": 2, "%TYPE": "a.Host", "@sofa": 1, "begin": 0, "end": 3,
            "@links": 3, "is": true}, {"%ID": 3, "%TYPE": "a.Link[]", "%ELEMENTS": [4, null]}, {"%ID": 4, "%TYPE": "a.Link",
            "@target": 2, "#sure": "NaN"}, 7, {}], "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2]}}}"##;
        let mut damaged = Vec::new();
        let (cas, types) = read(json, TypeSystem::default(), &mut damaged).unwrap();
        assert_eq!(damaged.iter().map(|told| &*told.code).collect::<Vec<_>>(), ["bad-record", "bad-record"]);
        let host = cas.get(2).unwrap();
        assert_eq!((host.text("sofa"), host.text("is"), host.number("end")), ("1", "true", Some(3)));
        assert_eq!(cas.referred(host.get("links")).iter().map(|link| link.text("sure")).collect::<Vec<_>>(), ["NaN"]);
        assert_eq!(types.feature("a.Host", "links").map(|own| own.element.as_str()), Some("a.Link"));
        assert_eq!((cas.sofas.len(), cas.listed.len()), (1, 1));
        assert_eq!(read("[{]", TypeSystem::default(), &mut damaged).unwrap_err().code, "bad-json");
        assert_eq!(read("{}", TypeSystem::default(), &mut damaged).unwrap_err().code, "no-cas");
    }
}
