//! A packed project of an older version, brought to the newest part by part: each part is a file of the project.
//! Parts are taken as raw text, since only the steps of `migrate` know what an older version says.

use std::fmt::Write;

use ron::value::RawValue;
use serde::Deserialize;

use crate::{
    diagnostic::Diagnostic,
    model::{AnnotatorId, ArticleId},
    store::{FileKey, VERSION, migrate, read},
};

/// The packed file with its parts unread.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts<'t> {
    #[serde(rename = "version")]
    _version: u32,
    #[serde(borrow)]
    project: &'t RawValue,
    #[serde(borrow)]
    codebook: &'t RawValue,
    #[serde(borrow, default)]
    articles: Vec<ArticlePart<'t>>,
    #[serde(borrow, default)]
    layers: Vec<LayerPart<'t>>,
    #[serde(borrow, default)]
    links: Vec<LinksPart<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticlePart<'t> {
    id: ArticleId,
    #[serde(borrow)]
    article: &'t RawValue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayerPart<'t> {
    article: ArticleId,
    annotator: AnnotatorId,
    #[serde(borrow)]
    layer: &'t RawValue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinksPart<'t> {
    annotator: AnnotatorId,
    #[serde(borrow)]
    links: &'t RawValue,
}

/// The text of a packed project in the newest version, from a text of `version`.
///
/// # Errors
/// It cannot be read, or a part cannot be brought on.
pub(super) fn newest(text: &str, version: u32) -> Result<String, Diagnostic> {
    let parts: Parts<'_> = read::options().from_str(text).map_err(read::explain)?;
    let newest = |key: &FileKey, part: &RawValue| migrate::newest(key, version, part.trim().get_ron().to_owned());
    let (project, codebook) = (newest(&FileKey::Project, parts.project)?, newest(&FileKey::Codebook, parts.codebook)?);
    let mut out = format!("(version: {VERSION}, project: {project}, codebook: {codebook}, articles: [");
    for ArticlePart { id, article } in parts.articles {
        let article = newest(&FileKey::Article(id.clone()), article)?;
        let _ = write!(out, "(id: \"{id}\", article: {article}),");
    }
    out.push_str("], layers: [");
    for LayerPart { article, annotator, layer } in parts.layers {
        let layer = newest(&FileKey::Layer(article.clone(), annotator.clone()), layer)?;
        let _ = write!(out, "(article: \"{article}\", annotator: \"{annotator}\", layer: {layer}),");
    }
    out.push_str("], links: [");
    for LinksPart { annotator, links } in parts.links {
        let links = newest(&FileKey::Links(annotator.clone()), links)?;
        let _ = write!(out, "(annotator: \"{annotator}\", links: {links}),");
    }
    out.push_str("])");
    Ok(out)
}
