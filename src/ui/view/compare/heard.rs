//! Who is heard with a statement, as the annotator has marked it: the source and the cue of the mark at its words.

use crate::{
    command::Scene,
    compare::shares_half,
    model::{Item, Relation, Target},
    query::Relations,
    text::Fragments,
    ui::panel::wording,
};

const ATTRIBUTION: &str = "attribution";
const SOURCE: &str = "source";
const CUE: &str = "cue";

/// Source and cue in the words of the article; empty where they are not marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    pub source: String,
    pub cue: String,
}

impl Heard {
    /// With a statement at these words of the scene’s article.
    pub fn with(scene: &Scene<'_>, place: &Fragments) -> Self {
        let (Some(index), Some(layer), Some(relations)) = (scene.index, scene.layer(), scene.relations()) else {
            return Self::default();
        };
        let is_there = |mark: &crate::model::AnnotationId| {
            layer.annotation(*mark).is_some_and(|mark| shares_half(&mark.fragments, place))
        };
        let marks = index.in_range(place.covering()).into_iter().filter(is_there);
        let attributions = marks.flat_map(|mark| relations.of(Item::Annotation(mark)));
        let attribution = attributions.map(|(_, relation)| relation).find(|r| r.kind.as_str() == ATTRIBUTION);
        let words = |role| attribution.map(|relation| words(scene, &relations, relation, role)).unwrap_or_default();
        Self { source: words(SOURCE), cue: words(CUE) }
    }

    /// “Owen Pryce · said”.
    pub fn told(&self) -> String {
        wording::dotted([self.source.as_str(), &self.cue])
    }
}

/// The words of the members in a role.
fn words(scene: &Scene<'_>, relations: &Relations<'_>, relation: &Relation, role: &str) -> String {
    let members = relation.members.iter().filter(|member| member.role.as_str() == role);
    let said = |target: &Target| {
        let text = scene.project.text(&target.article)?;
        Some(relations.annotation(target)?.fragments.words(text))
    };
    members.filter_map(|member| said(&member.target)).collect::<Vec<_>>().join(", ")
}
