//! The labels and kinds of relation as doccano's pages take them: a JSON list of label types.

use serde_json::{Value as Json, json};

use super::super::{json::string, seen::Seen};
use crate::{
    diagnostic::Diagnostic,
    model::{Codebook, SWATCHES},
    phrase,
};

/// The piece with the labels, as doccano names what it exports, and the one with the kinds of relation.
pub const LABELS: &str = "label_config.json";
pub const RELATIONS: &str = "relation_config.json";

/// What a file declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declares {
    Labels,
    Relations,
}

impl Declares {
    /// What a file of this name declares; `None` where it is none of these.
    pub fn named(file_name: &str) -> Option<Self> {
        match file_name {
            LABELS => Some(Self::Labels),
            RELATIONS => Some(Self::Relations),
            _ => None,
        }
    }
}

/// The label types of a file.
///
/// # Errors
/// It is no list.
pub fn types(json: &[u8]) -> Result<Vec<Json>, Diagnostic> {
    serde_json::from_slice(json).map_err(|why| {
        let message = phrase!("The labels can’t be understood: {why}", why = &why);
        Diagnostic::error("bad-json", message).hint("Repair them, or leave them out")
    })
}

/// The codebook with what label types declare.
pub fn declared(types: &[Json], declares: Declares, codebook: Codebook) -> Codebook {
    let mut seen = Seen::over(codebook);
    for one in types.iter().filter_map(Json::as_object) {
        let Some(name) = string(one, "text") else { continue };
        match declares {
            Declares::Labels => _ = seen.label(&name),
            Declares::Relations => _ = seen.kind(&name, false),
        }
    }
    let mut codebook = seen.into_codebook();
    // A colour is taken over where it is one of those that a dark theme has a partner for.
    for one in types.iter().filter_map(Json::as_object) {
        let (name, color) = (string(one, "text"), string(one, "background_color"));
        let color = color.and_then(|color| color.parse().ok());
        let swatch = SWATCHES.into_iter().find(|own| Some(own.light) == color);
        let label = codebook.labels.iter_mut().find(|label| Some(&label.name) == name.as_ref());
        if let (Some(label), Some(swatch)) = (label, swatch) {
            label.color = swatch;
        }
    }
    codebook
}

/// The labels of a codebook.
pub fn labels(codebook: &Codebook) -> Json {
    let of = |label: &crate::model::Label| {
        let key = label.key.filter(|key| key.is_ascii_digit() || key.is_ascii_lowercase());
        let color = format!("#{}", label.color.light);
        json!({ "text": label.name, "suffix_key": key.map(String::from), "background_color": color, "text_color": "#ffffff" })
    };
    codebook.labels.iter().map(of).collect()
}

/// Its kinds of relation within an article.
pub fn relations(codebook: &Codebook) -> Json {
    let kinds = codebook.relations.iter().filter(|kind| !kind.across_articles);
    kinds.map(|kind| json!({ "text": kind.name, "background_color": "#55606e", "text_color": "#ffffff" })).collect()
}
