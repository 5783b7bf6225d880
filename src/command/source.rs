//! Saying who sources are: marks of one person, body or text in several articles get one name, whatever the articles call
//! it.
//!
//! The name is the answer to an attribute of the mark’s label. Where the codebook has none for it, the same step adds one.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{mark_ref::MarkRef, plan::Plan, scene::Scene};
use crate::{
    compare::tables::Terms,
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, ArticleId, Attribute, AttributeId, AttributeKind, Codebook, Item, LabelId, LayerSlot,
        Value, edit::Change,
    },
    phrase,
    text::Phrase,
};

/// What is said of sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum SourceCommand {
    /// These marks are the source of this name; with `None` nothing is said of who they are any more.
    Name { marks: Vec<MarkRef>, name: Option<String> },
}

/// The ids that are tried for an attribute that is added; the first that the label has not got.
const IDS: [&str; 3] = ["who", "identity", "canonical"];

impl SourceCommand {
    pub(super) fn plan(&self, scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
        let Self::Name { marks, name } = self;
        let name = name.as_ref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let annotator = scene.annotator()?;
        let mut places: Vec<(ArticleId, AnnotationId)> = Vec::new();
        for mark in marks {
            let target = mark.resolve(scene)?;
            let Item::Annotation(id) = target.item else { return Err(no_source()) };
            places.push((target.article, id));
        }
        let is_unread =
            |article: &ArticleId| matches!(scene.project.layer_slot(article, annotator), Some(LayerSlot::Unread(_)));
        let mut unread: Vec<ArticleId> =
            places.iter().map(|(article, _)| article).filter(|a| is_unread(a)).cloned().collect();
        unread.dedup();
        if !unread.is_empty() {
            return Ok(Plan::read_first(unread));
        }
        let mut codebook = scene.codebook().clone();
        let mut changes = Vec::new();
        for (article, id) in places {
            let before = scene.project.layer(&article, annotator).and_then(|layer| layer.annotation(id));
            let before = before.ok_or_else(no_source)?;
            let attribute = attribute(&mut codebook, &before.label, name.is_some())?;
            let mut after: Annotation = (**before).clone();
            after.attributes.set(attribute, name.clone().map(Value::Text));
            let (before, after) = (Some(Arc::clone(before)), Some(Arc::new(after)));
            changes.push(Change::Annotation { article, annotator: annotator.clone(), id, before, after });
        }
        changes.retain(|change| !change.is_idle());
        if changes.is_empty() {
            return Ok(Plan::default());
        }
        if codebook != *scene.codebook() {
            codebook.version += 1;
            let before = Arc::clone(scene.project.codebook());
            changes.insert(0, Change::Codebook { before, after: Arc::new(codebook) });
        }
        Ok(Plan::change(said(name), changes))
    }
}

fn said(name: Option<String>) -> Phrase {
    match name {
        Some(name) => phrase!("Name the source {name}", name),
        None => phrase!("Take away the name of a source"),
    }
}

/// The attribute of a label that says who a source is; it is added where there is none and `is_new` allows it.
fn attribute(codebook: &mut Codebook, id: &LabelId, may_add: bool) -> Result<AttributeId, Diagnostic> {
    let terms = Terms::of(codebook);
    if let Some(known) = terms.identity(id) {
        return Ok(known.clone());
    }
    if !may_add || !terms.is_source(id) {
        return Err(no_source());
    }
    let label = codebook.labels.iter_mut().find(|label| label.id == *id).ok_or_else(no_source)?;
    let is_free = |id: &&&str| !label.attributes.iter().any(|asked| asked.id.as_str() == **id);
    let free = IDS.iter().find(is_free).and_then(|id| AttributeId::new(id).ok()).ok_or_else(no_source)?;
    label.attributes.push(Attribute {
        id: free.clone(),
        name: "Who".to_owned(),
        description: DESCRIPTION.to_owned(),
        kind: AttributeKind::Text,
        required: false,
        shown_when: None,
    });
    Ok(free)
}

/// As in the codebook that ships.
const DESCRIPTION: &str = "Who the source is, by one name in every article, so that “Owen Pryce”, “Mr Pryce” and “the \
    chairman of the traders” are known to be one. The fullest name, without title; leave it empty where the articles do \
    not tell.";

fn no_source() -> Diagnostic {
    Diagnostic::error("no-source", "This is not the mark of a source of yours")
        .hint("Name a mark whose label may be the source in an attribution")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Extent, Filler, Label, LabelColor, LinePattern, RelationKind, Rgb, Role};

    fn label(id: &str) -> Label {
        Label {
            id: id.parse().unwrap(),
            name: id.to_owned(),
            description: String::new(),
            examples: Vec::new(),
            initials: "X".to_owned(),
            color: LabelColor { light: Rgb([0; 3]), dark: Rgb([0; 3]) },
            pattern: LinePattern::Solid,
            key: None,
            extent: Extent::default(),
            attributes: Vec::new(),
        }
    }

    fn role(id: &str, label: &str) -> Role {
        let fillers = vec![Filler::Label(label.parse().unwrap())];
        Role { id: id.parse().unwrap(), name: id.to_owned(), fillers, least: 0, most: None }
    }

    #[test]
    fn the_attribute_is_added_to_the_label_of_a_source_where_there_is_none() {
        let said_by = RelationKind {
            id: "said-by".parse().unwrap(),
            name: "Said by".to_owned(),
            description: String::new(),
            roles: vec![role("words", "utterance"), role("speaker", "voice")],
            across_articles: false,
            attributes: Vec::new(),
        };
        let mut codebook = Codebook::empty("Other");
        codebook.labels = vec![label("utterance"), label("voice")];
        codebook.relations = vec![said_by];
        let voice: LabelId = "voice".parse().unwrap();
        assert!(attribute(&mut codebook.clone(), &voice, false).is_err(), "there is no name to take away");
        assert_eq!(attribute(&mut codebook, &voice, true).unwrap().as_str(), "who");
        assert_eq!((codebook.check(), codebook.labels[1].attributes.len()), (vec![], 1));
        assert_eq!(attribute(&mut codebook, &voice, true).unwrap().as_str(), "who");
        assert_eq!(codebook.labels[1].attributes.len(), 1);
        assert!(attribute(&mut codebook, &"utterance".parse().unwrap(), true).is_err());
    }
}
