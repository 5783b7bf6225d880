//! What a project knows of what an article says: its quotes and claims with their sources, and which statements
//! somebody has said to be the same.
//!
//! The names are those of the news codebook. Where a codebook has other ones nothing is known, and nothing goes wrong.

use rustc_hash::FxHashMap;

use super::{
    found::Match,
    mark::{Mark, shares_half},
};
use crate::{
    model::{AnnotationId, ArticleId, Item, Layer, LayerSlot, Project, Target},
    text::Fragments,
};

pub(super) const QUOTE: &str = "quote";
const SAID: [&str; 3] = [QUOTE, "claim", "stance"];
pub(super) const ATTRIBUTION: &str = "attribution";
pub(super) const SOURCE: &str = "source";
/// The relation that says that two marks are one statement.
pub(super) const SAME_STATEMENT: &str = "same-statement";

/// What all annotators have marked as said in an article; layers that are not read count for nothing.
pub fn marks_of(project: &Project, article: &ArticleId) -> Vec<Mark> {
    let Some(text) = project.text(article) else { return Vec::new() };
    let layers = project.layers(article).filter_map(|(_, slot)| match slot {
        LayerSlot::Read(layer) => Some(layer),
        LayerSlot::Unread(_) => None,
    });
    let mut marks = Vec::new();
    for layer in layers {
        let mut sources = sources(layer, text);
        let said = layer.annotations().filter(|(_, mark)| SAID.contains(&mark.label.as_str()));
        marks.extend(said.map(|(id, mark)| Mark {
            fragments: mark.fragments.clone(),
            is_quote: mark.label.as_str() == QUOTE,
            sources: sources.remove(&id).unwrap_or_default(),
        }));
    }
    marks
}

/// The words of each mark’s sources.
fn sources(layer: &Layer, text: &str) -> FxHashMap<AnnotationId, Vec<String>> {
    let mut sources: FxHashMap<AnnotationId, Vec<String>> = FxHashMap::default();
    for (_, relation) in layer.relations().iter().filter(|(_, relation)| relation.kind.as_str() == ATTRIBUTION) {
        let in_role = |name: &'static str| {
            let members = relation.members.iter().filter(move |member| member.role.as_str() == name);
            members.filter_map(|member| annotation(&member.target))
        };
        let words: Vec<String> =
            in_role(SOURCE).filter_map(|source| Some(layer.annotation(source)?.fragments.words(text))).collect();
        for said in in_role(QUOTE) {
            sources.entry(said).or_default().extend(words.iter().cloned());
        }
    }
    sources
}

pub(super) fn annotation(target: &Target) -> Option<AnnotationId> {
    match target.item {
        Item::Annotation(id) => Some(id),
        Item::Relation(_) => None,
    }
}

/// The statements of a project that are said to be the same, by the places of their marks.
#[derive(Debug, Default)]
pub struct Accepted {
    /// The members of each relation.
    relations: Vec<Vec<Target>>,
    places: FxHashMap<AnnotationId, Fragments>,
}

impl Accepted {
    /// What everybody has related. Where the marks stand is not known before [`Accepted::read`].
    pub fn new(project: &Project) -> Self {
        let all = project.all_links().flat_map(|(_, links)| links.iter());
        let same = all.filter(|(_, relation)| relation.kind.as_str() == SAME_STATEMENT);
        let members = same.map(|(_, relation)| relation.members.iter().map(|member| member.target.clone()).collect());
        Self { relations: members.collect(), places: FxHashMap::default() }
    }

    /// Notes where the related marks of an article stand, once its layers are read.
    pub fn read(&mut self, project: &Project, article: &ArticleId) {
        let own = self.relations.iter().flatten().filter(|target| target.article == *article);
        for mark in own.filter_map(annotation) {
            let place = project.layers(article).find_map(|(_, slot)| match slot {
                LayerSlot::Read(layer) => layer.annotation(mark).map(|mark| mark.fragments.clone()),
                LayerSlot::Unread(_) => None,
            });
            self.places.extend(place.map(|place| (mark, place)));
        }
    }

    /// Whether marks at the places of a match are said to be the same statement.
    pub fn has(&self, a: &ArticleId, b: &ArticleId, found: &Match) -> bool {
        let is_at = |target: &Target, article: &ArticleId, place: &Fragments| {
            let mark = annotation(target).filter(|_| target.article == *article);
            mark.and_then(|mark| self.places.get(&mark)).is_some_and(|mark| shares_half(mark, place))
        };
        self.relations.iter().any(|members| {
            members.iter().any(|one| is_at(one, a, &found.a)) && members.iter().any(|other| is_at(other, b, &found.b))
        })
    }
}
