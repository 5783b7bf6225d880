//! An annotation as JSON-LD has it: one thing may stand for a list of it, and a name for what it names.

use serde_json::{Map, Value as Json};

/// An object of JSON.
pub type Object = Map<String, Json>;

/// So deep do selectors, items and pages stand in each other at most.
const MAX_DEPTH: usize = 32;

/// The name of a resource; of a text, the text itself.
pub fn iri(value: &Json) -> Option<&str> {
    match value {
        Json::String(name) => Some(name),
        Json::Object(object) => id(object),
        _ => None,
    }
}

pub fn id(object: &Object) -> Option<&str> {
    object.get("id").or_else(|| object.get("@id"))?.as_str()
}

/// Whether an object is of a type, whatever prefix it is written with.
pub fn is_a(object: &Object, name: &str) -> bool {
    let types = object.get("type").or_else(|| object.get("@type"));
    let plain = |given: &str| given.rsplit([':', '#', '/']).next() == Some(name);
    match types {
        Some(Json::String(own)) => plain(own),
        Some(Json::Array(several)) => several.iter().filter_map(Json::as_str).any(plain),
        _ => false,
    }
}

/// What stands under a key: nothing, one thing, or several.
pub fn list<'o>(object: &'o Object, key: &str) -> &'o [Json] {
    match object.get(key) {
        None | Some(Json::Null) => &[],
        Some(Json::Array(several)) => several,
        Some(one) => std::slice::from_ref(one),
    }
}

/// A text under a key: as such, with a type or a language, or the first of several.
pub fn text<'o>(object: &'o Object, key: &str) -> Option<&'o str> {
    list(object, key).iter().find_map(|value| match value {
        Json::String(text) => Some(text.as_str()),
        Json::Object(object) => object.get("@value")?.as_str(),
        _ => None,
    })
}

/// A text or a number under a key, in words.
pub fn words(object: &Object, key: &str) -> Option<String> {
    match object.get(key) {
        Some(Json::Number(number)) => Some(number.to_string()),
        Some(Json::Bool(is)) => Some(if *is { "yes" } else { "no" }.to_owned()),
        _ => text(object, key).map(str::to_owned),
    }
}

pub fn number(object: &Object, key: &str) -> Option<usize> {
    let value = object.get(key)?;
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok());
    number.or_else(|| value.get("@value")?.as_u64()).and_then(|number| usize::try_from(number).ok())
}

/// The names of motivations or purposes, without prefixes.
pub fn motives<'o>(object: &'o Object, key: &str) -> Vec<&'o str> {
    let names = list(object, key).iter().filter_map(iri);
    names.filter_map(|name| name.rsplit([':', '#', '/']).next()).collect()
}

/// Who made it: by name, else by the end of the address.
pub fn creator(object: &Object) -> Option<String> {
    list(object, "creator").iter().find_map(|who| match who {
        Json::String(name) => last_part(name).map(str::to_owned),
        Json::Object(who) => {
            let name = ["name", "nickname", "foaf:name", "email"].into_iter().find_map(|key| text(who, key));
            name.or_else(|| last_part(id(who)?)).map(str::to_owned)
        }
        _ => None,
    })
}

/// The end of an address, without query and fragment: `page1.html`.
pub fn last_part(iri: &str) -> Option<&str> {
    let plain = iri.split(['?', '#']).next().unwrap_or(iri).trim_end_matches('/');
    plain.rsplit(['/', ':']).next().filter(|part| !part.is_empty())
}

/// Gives every annotation in a record: itself, or those of a collection, a page or a graph.
pub fn annotations(record: Json, found: &mut Vec<Object>) {
    gather(record, found, 0);
}

fn gather(record: Json, found: &mut Vec<Object>, depth: usize) {
    let mut object = match record {
        Json::Array(several) if depth < MAX_DEPTH => {
            return several.into_iter().for_each(|one| gather(one, found, depth + 1));
        }
        Json::Object(object) => object,
        _ => return,
    };
    let is_annotation = is_a(&object, "Annotation") || object.contains_key("target");
    if is_annotation || depth >= MAX_DEPTH {
        found.extend(is_annotation.then_some(object));
        return;
    }
    for key in ["first", "items", "@graph", "next", "annotations", "rows"] {
        if let Some(inside) = object.remove(key) {
            gather(inside, found, depth + 1);
        }
    }
}

/// What is annotated: every target, and every item of one that is a list.
pub fn targets(annotation: &Object) -> Vec<&Json> {
    let mut found = Vec::new();
    list(annotation, "target").iter().for_each(|target| items(target, &mut found, 0));
    found
}

fn items<'o>(target: &'o Json, found: &mut Vec<&'o Json>, depth: usize) {
    match target.as_object().filter(|object| object.contains_key("items") && depth < MAX_DEPTH) {
        Some(several) => list(several, "items").iter().for_each(|one| items(one, found, depth + 1)),
        None => found.push(target),
    }
}

/// The resource that a target is of.
pub fn source(target: &Json) -> Option<&str> {
    target.as_object().and_then(|object| iri(list(object, "source").first()?)).or_else(|| iri(target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_are_found_wherever_they_stand() {
        let record = serde_json::json!({ "type": "AnnotationCollection", "first": { "items": [
            { "type": ["oa:Annotation"], "target": "a" }, { "@type": "http://www.w3.org/ns/oa#Annotation" }, 5,
        ] } });
        let mut found = Vec::new();
        annotations(record, &mut found);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn one_thing_stands_for_a_list() {
        let object = serde_json::json!({ "creator": ["http://example.org/people/ann?x#y"], "n": "7", "target":
            { "type": "List", "items": ["a", { "source": { "id": "b" } }] } });
        let object = object.as_object().unwrap();
        assert_eq!((creator(object).as_deref(), number(object, "n")), (Some("ann"), Some(7)));
        assert_eq!(targets(object).into_iter().filter_map(source).collect::<Vec<_>>(), ["a", "b"]);
    }
}
