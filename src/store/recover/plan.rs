//! What the steps of journals say of each row of each file. It is made of the entries alone and reads no file; what
//! is removed and made again is a chain like any other.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    chain::{Chains, Link, WholeRow},
    standing::Standing,
};
use crate::{
    model::{AnnotationId, AnnotatorId, ArticleId, RejectionId, RelationId, StoryId, TransactionId},
    store::{
        FileKey,
        file::{
            article::Shape,
            journal::{AnswersRow, ChangeRow, CodebookChange, MarkChange, RejectionChange, Side},
            layer::{RejectionRow, RelationRow},
            shape::{Hash, Prose},
        },
        journal::JournalStep,
    },
    text::hash::content_hash,
};

/// The changes of every row of every file, oldest first.
#[derive(Debug, Default)]
pub struct Plan<'e, 't> {
    pub codebook: Vec<Link<&'e CodebookChange>>,
    pub project: ProjectPlan,
    pub articles: Chains<ArticleId, ArticleChange>,
    pub layers: BTreeMap<(ArticleId, AnnotatorId), LayerPlan<'e, 't>>,
    pub links: BTreeMap<AnnotatorId, LinksPlan>,
}

/// The changes of the file of what was said across articles.
#[derive(Debug, Default)]
pub struct LinksPlan {
    pub relations: Chains<RelationId, WholeRow<RelationRow>>,
    pub rejections: Chains<RejectionId, WholeRow<RejectionRow>>,
}

/// The changes of `project.ron`.
#[derive(Debug, Default)]
pub struct ProjectPlan {
    pub name: Vec<Link<WholeRow<String>>>,
    pub annotators: Chains<AnnotatorId, WholeRow<String>>,
    pub stories: Chains<StoryId, WholeRow<String>>,
}

/// The changes of a layer’s file.
#[derive(Debug, Default)]
pub struct LayerPlan<'e, 't> {
    pub marks: Chains<AnnotationId, &'e MarkChange<'t>>,
    pub relations: Chains<RelationId, WholeRow<RelationRow>>,
    pub answers: Vec<Link<WholeRow<AnswersRow>>>,
    /// The hashes of the article’s texts before corrections, oldest first.
    pub old_texts: Vec<Hash>,
}

/// An article’s file as a row: its metadata, and the hash of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleRow {
    pub head: Shape<()>,
    /// `None` where the text is not looked at.
    pub text: Option<Hash>,
}

/// A change of an article’s file.
#[derive(Clone, Debug)]
pub struct ArticleChange {
    pub head: WholeRow<Shape<()>>,
    /// Hashes of the texts that it speaks of.
    pub text: WholeRow<Hash>,
    pub removed_text: Option<Prose>,
}

impl<'e, 't> Plan<'e, 't> {
    /// The plan of these steps; `standing_of` says what is known of each entry.
    pub fn of(steps: &[JournalStep<'e, 't>], standing_of: impl Fn(TransactionId) -> Standing) -> Self {
        let mut plan = Self::default();
        let merges = steps.iter().filter(|step| step.entry.tells_of_merge()).map(|step| step.entry);
        let last_merges: BTreeMap<_, _> = merges.map(|entry| (&entry.by, entry.id)).collect();
        for (number, step) in steps.iter().enumerate() {
            let is_merged = last_merges.get(&step.entry.by).is_some_and(|merge| step.entry.id < *merge);
            let standing = standing_of(step.entry.id);
            let place = ChainPosition { side: step.side, step: number, standing, is_merged };
            // What is taken back is taken back from its end.
            let changes: Box<dyn Iterator<Item = &'e ChangeRow<'t>>> = match step.side {
                Side::Is => Box::new(step.changes.iter()),
                Side::Was => Box::new(step.changes.iter().rev()),
            };
            changes.for_each(|change| plan.add(change, place));
        }
        plan
    }

    /// The plan without these files.
    #[must_use]
    pub fn without(mut self, keys: &BTreeSet<FileKey>) -> Self {
        self.layers.retain(|(article, by), _| !keys.contains(&FileKey::Layer(article.clone(), by.clone())));
        self.links.retain(|by, _| !keys.contains(&FileKey::Links(by.clone())));
        self.articles.retain(|article, _| !keys.contains(&FileKey::Article(article.clone())));
        if keys.contains(&FileKey::Codebook) {
            self.codebook.clear();
        }
        if keys.contains(&FileKey::Project) {
            self.project = ProjectPlan::default();
        }
        self
    }

    fn add(&mut self, change: &'e ChangeRow<'t>, place: ChainPosition) {
        match change {
            ChangeRow::Marks { article, annotator, changes } => {
                let marks = &mut self.layer(article, annotator).marks;
                for change in changes {
                    for id in change.ids() {
                        marks.entry(*id).or_default().push(place.link(change));
                    }
                }
            }
            ChangeRow::Relations { article, annotator, changes } => {
                let relations = match article {
                    Some(article) => &mut self.layer(article, annotator).relations,
                    None => &mut self.links.entry(annotator.clone()).or_default().relations,
                };
                for change in changes {
                    let Some(id) = change.id() else { continue };
                    relations.entry(id).or_default().push(place.link(change.into()));
                }
            }
            ChangeRow::Rejections { annotator, changes } => {
                let rejections = &mut self.links.entry(annotator.clone()).or_default().rejections;
                for RejectionChange { was, is } in changes {
                    let Some(row) = is.as_ref().or(was.as_ref()) else { continue };
                    let change = WholeRow { was: was.clone(), is: is.clone() };
                    rejections.entry(row.id).or_default().push(place.link(change));
                }
            }
            ChangeRow::Answers { article, annotator, was, is } => {
                let change = WholeRow { was: Some(was.clone()), is: Some(is.clone()) };
                self.layer(article, annotator).answers.push(place.link(change));
            }
            ChangeRow::Article { id, was, is, text, removed_text } => {
                let head = WholeRow { was: was.clone(), is: is.clone() };
                let text = text.or_else(|| removed_text.as_ref().map(|text| Hash(content_hash(&text.0))));
                let text = match (was, is) {
                    (None, _) => WholeRow { was: None, is: text },
                    (_, None) => WholeRow { was: text, is: None },
                    _ => WholeRow { was: None, is: None },
                };
                let change = ArticleChange { head, text, removed_text: removed_text.clone() };
                self.articles.entry(id.clone()).or_default().push(place.link(change));
            }
            ChangeRow::Text { id, was, is, was_text, is_text, layers } => {
                let head = WholeRow { was: Some(was.clone()), is: Some(is.clone()) };
                let text = WholeRow { was: Some(*was_text), is: Some(*is_text) };
                let old = if place.side == Side::Is { *was_text } else { *is_text };
                let change = ArticleChange { head, text, removed_text: None };
                self.articles.entry(id.clone()).or_default().push(place.link(change));
                layers.iter().for_each(|annotator| self.layer(id, annotator).old_texts.push(old));
            }
            ChangeRow::Story { id, was, is } => {
                let change = WholeRow { was: was.clone(), is: is.clone() };
                self.project.stories.entry(id.clone()).or_default().push(place.link(change));
            }
            ChangeRow::Annotator { id, was, is } => {
                let change = WholeRow { was: was.clone(), is: is.clone() };
                self.project.annotators.entry(id.clone()).or_default().push(place.link(change));
            }
            ChangeRow::Codebook(change) => self.codebook.push(place.link(change)),
            ChangeRow::Name { was, is } => {
                let change = WholeRow { was: Some(was.clone()), is: Some(is.clone()) };
                self.project.name.push(place.link(change));
            }
        }
    }

    fn layer(&mut self, article: &ArticleId, annotator: &AnnotatorId) -> &mut LayerPlan<'e, 't> {
        self.layers.entry((article.clone(), annotator.clone())).or_default()
    }
}

/// Where a change stands in its chain.
#[derive(Clone, Copy)]
struct ChainPosition {
    side: Side,
    step: usize,
    standing: Standing,
    is_merged: bool,
}

impl ChainPosition {
    fn link<C>(self, change: C) -> Link<C> {
        let Self { side, step, standing, is_merged } = self;
        Link { change, side, step, standing, is_merged }
    }
}

impl ProjectPlan {
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.annotators.is_empty() && self.stories.is_empty()
    }
}
