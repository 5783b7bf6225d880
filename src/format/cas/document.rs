//! What a CAS says of its document as a whole: title and the like, tagsets, and who annotated it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::{
    super::{
        known::{Known, known_of},
        writer::ExportedArticle,
    },
    codebook::CasCodebook,
    names::{DOCUMENT, FIELD, FIRST, METADATA, TAGSET, WHO, is_structure},
    structure::{Cas, Held, Structure},
};
use crate::model::Status;

/// The field that says how far the work has come.
const STATUS: &str = "status";

/// What was read of a document.
#[derive(Debug)]
pub struct Document {
    pub known: Known,
    pub annotator: Option<String>,
    pub status: Option<Status>,
}

impl Document {
    /// What a CAS says; `title` is what it is called where it does not.
    pub fn of(cas: &Cas, title: &str) -> Self {
        let mut fields = Map::new();
        for own in cas.iter().filter(|own| own.type_name == FIELD) {
            fields.insert(own.text("key").to_owned(), own.text("value").into());
        }
        let about = |own: &&Structure| own.type_name == METADATA || own.type_name == DOCUMENT;
        let said = |feature: &str| {
            let all = cas.iter().filter(about).map(|own| own.text(feature).trim());
            all.into_iter().find(|words| !words.is_empty()).unwrap_or_default()
        };
        let (title_said, url) =
            (said("documentTitle"), Some(said("documentUri")).filter(|uri| uri.starts_with("http")));
        let language = Some(said("language")).filter(|language| *language != "x-unspecified");
        let own = [("title", Some(title_said)), ("url", url), ("language", language)];
        let own: Map<String, Json> =
            own.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into()))).collect();
        let known = Known::of(&[&fields, &own], || title.to_owned());
        let status = fields.get(STATUS).and_then(Json::as_str);
        let status = Status::ALL.into_iter().find(|known| Some(known.as_str()) == status);
        let who = cas.iter().find(|own| own.type_name == WHO).map(|own| own.text("username").to_owned());
        Self { known, annotator: who.filter(|who| !who.trim().is_empty()), status }
    }
}

/// How many structures there are of each type of which an article has no place: they lie on no words, and nothing refers to
/// them.
pub fn without_place(cas: &Cas) -> BTreeMap<&str, usize> {
    let mut referred: BTreeSet<u32> = BTreeSet::new();
    for (_, held) in cas.iter().flat_map(|own| &own.features) {
        if let Held::References(ids) = held {
            referred.extend(ids);
        }
    }
    let is_left = |own: &&Structure| {
        let is_known = is_structure(&own.type_name) || own.type_name.starts_with("uima.");
        !own.is_annotation() && own.get(FIRST).is_none() && !is_known && !referred.contains(&own.id)
    };
    let mut counts = BTreeMap::new();
    for own in cas.iter().filter(is_left) {
        *counts.entry(own.type_name.as_str()).or_default() += 1;
    }
    counts
}

/// Takes the tagsets of a CAS into a codebook.
pub fn take_tagsets(cas: &Cas, codebook: &mut CasCodebook) {
    for own in cas.iter().filter(|own| own.type_name == TAGSET) {
        let tags: Vec<String> = cas.referred(own.get("tags")).iter().map(|tag| tag.text("name").to_owned()).collect();
        let tags: Vec<String> = tags.into_iter().filter(|tag| !tag.trim().is_empty()).collect();
        if !tags.is_empty() && !own.text("layer").is_empty() {
            codebook.put_tags(own.text("layer"), own.text("name"), tags);
        }
    }
}

/// Adds what is known of an article, and who has said something of it.
pub fn put(cas: &mut Cas, article: &ExportedArticle<'_>, length: usize, who: Option<(&str, Status)>) {
    let own = |type_name: &str, end: usize| Structure::new(type_name).with("sofa", 1).with("begin", 0).with("end", end);
    let metadata = &article.article.metadata;
    let language = if metadata.language.is_empty() { "x-unspecified" } else { &metadata.language };
    let document = own(METADATA, length)
        .with("language", language)
        .with("documentTitle", &metadata.title)
        .with("documentId", article.id)
        .with("documentUri", &metadata.url);
    list(cas, document);
    let status = who.map_or("", |(_, status)| status.as_str());
    for (key, value) in known_of(article).into_iter().chain([(STATUS, status)]).filter(|(_, value)| !value.is_empty()) {
        list(cas, own(FIELD, 0).with("key", key).with("value", value));
    }
    if let Some((who, _)) = who {
        list(cas, own(WHO, 0).with("username", who).with("sourceDocumentName", article.id));
    }
}

/// Adds a structure that the view lists.
pub fn list(cas: &mut Cas, own: Structure) -> u32 {
    let id = cas.add(own);
    cas.listed.insert(id);
    id
}

/// Adds a structure with references.
pub fn with_references(mut own: Structure, feature: &str, ids: Vec<u32>) -> Structure {
    own.put(feature, Held::References(ids));
    own
}
