//! What is done with marks and relations that were changed on two sides and kept until somebody decides, and going
//! from one to the next.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    article::{self, ArticleCommand},
    cascade::{self, Cascade},
    mark_ref::MarkRef,
    marked::Marked,
    plan::{Plan, Show},
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, AnnotatorId, ArticleId, Conflict, Flag, Item, Layer, LayerSlot, Relation, RelationId,
        RelationSet, Target,
        edit::{Change, Home},
    },
    phrase,
    text::Phrase,
};

/// What becomes of a conflict of the annotator's own, which either of its versions names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConflictCommand {
    /// The first version stays as it is, and the second goes. What one side has removed stays.
    KeepFirst,
    /// The first becomes what the second says, and the second goes. What one side has removed goes.
    KeepSecond,
    /// Both stay, and nothing says any more that they are to be decided on.
    KeepBoth,
    /// Picks it, or a mark that it joins.
    Show,
    /// Picks the next in the order of the list, in the next article that has some where there is none in this one.
    Next,
    Previous,
}

impl ConflictCommand {
    pub(super) fn plan(&self, scene: &Scene<'_>, which: &MarkRef) -> Result<Plan, Diagnostic> {
        match self {
            Self::Next => step(scene, 1),
            Self::Previous => step(scene, -1),
            Self::Show => {
                Decided::of(scene, which).and_then(|decided| show(scene, decided.first.unwrap_or(decided.item)))
            }
            Self::KeepFirst => Decided::of(scene, which)?.keep_first(),
            Self::KeepSecond => Decided::of(scene, which)?.keep_second(),
            Self::KeepBoth => Decided::of(scene, which)?.keep_both(),
        }
    }
}

/// The conflicts of the annotator's own in the open article and across articles, as the list has them.
pub fn listed(scene: &Scene<'_>) -> Vec<(Item, Conflict)> {
    let links = scene.annotator.and_then(|annotator| scene.project.links(annotator));
    all(scene.layer(), links)
}

/// Those of a layer, its marks first, and those across articles.
fn all(layer: Option<&Layer>, links: Option<&RelationSet>) -> Vec<(Item, Conflict)> {
    let layer = layer.filter(|layer| layer.conflicts() > 0);
    let marks = layer.into_iter().flat_map(Layer::annotations);
    let marks = marks.filter_map(|(id, mark)| Some((Item::Annotation(id), Conflict::of(&mark.note)?)));
    let sets = layer.map(Layer::relations).into_iter().chain(links).filter(|set| set.conflicts() > 0);
    let relations = sets.flat_map(RelationSet::iter);
    let relations = relations.filter_map(|(id, relation)| Some((Item::Relation(id), Conflict::of(&relation.note)?)));
    marks.chain(relations).collect()
}

/// The other articles in which the annotator has conflicts, as lists show articles, with how many.
pub fn elsewhere<'a>(scene: &Scene<'a>) -> Vec<(&'a ArticleId, u32)> {
    let Some(annotator) = scene.annotator else { return Vec::new() };
    let count = |id: &ArticleId| {
        scene.project.layer_slot(id, annotator).map_or(0, |slot| match slot {
            LayerSlot::Read(layer) => layer.conflicts(),
            LayerSlot::Unread(summary) => summary.conflicts,
        })
    };
    let there = scene.project.articles().map(|(id, _)| (id, count(id)));
    let others: Vec<_> = there.filter(|(id, count)| *count > 0 && scene.focus.article.as_ref() != Some(*id)).collect();
    if others.is_empty() {
        return others;
    }
    let order = article::listed(scene.project);
    order.into_iter().filter_map(|(id, _)| others.iter().find(|(other, _)| *other == id).copied()).collect()
}

/// How many conflicts the annotator has in all articles.
pub fn count(scene: &Scene<'_>) -> usize {
    let others: u32 = elsewhere(scene).into_iter().map(|(_, count)| count).sum();
    listed(scene).len() + usize::try_from(others).unwrap_or(usize::MAX)
}

fn step(scene: &Scene<'_>, by: isize) -> Result<Plan, Diagnostic> {
    let here = listed(scene);
    let picked = scene.focus.picked.map(Item::Annotation);
    let is_picked = |(item, conflict): &(Item, Conflict)| Some(*item) == picked || first(*conflict, *item) == picked;
    let next = match here.iter().position(is_picked) {
        Some(at) => at.checked_add_signed(by),
        None if by < 0 => here.len().checked_sub(1),
        None => Some(0),
    };
    if let Some((item, _)) = next.and_then(|at| here.get(at)) {
        return show(scene, *item);
    }
    let others = elsewhere(scene);
    let order = article::listed(scene.project);
    let place = |id: &ArticleId| order.iter().position(|(other, _)| *other == id);
    let own = scene.focus.article.as_ref().and_then(place);
    let beyond = |(id, _): &&(&ArticleId, u32)| if by > 0 { place(id) > own } else { place(id) < own };
    let found = if by > 0 {
        others.iter().find(beyond).or(others.first())
    } else {
        others.iter().rev().find(beyond).or(others.last())
    };
    let Some((id, _)) = found else { return Err(none(&here)) };
    ArticleCommand::Open((*id).clone()).plan(scene)
}

/// The plan that shows a mark, or the first mark that a relation joins in the open article.
fn show(scene: &Scene<'_>, item: Item) -> Result<Plan, Diagnostic> {
    let layer = scene.layer();
    let mark = match item {
        Item::Annotation(id) => Some(id),
        Item::Relation(id) => {
            let links = scene.annotator.and_then(|annotator| scene.project.links(annotator));
            let sets = layer.map(Layer::relations).into_iter().chain(links);
            sets.filter_map(|set| set.get(id)).flat_map(|relation| &relation.members).find_map(|member| {
                match member.target.item {
                    Item::Annotation(id) => Some(id),
                    Item::Relation(_) => None,
                }
            })
        }
    };
    let found = mark.and_then(|id| Some((id, layer?.annotation(id)?)));
    let Some((id, annotation)) = found else { return Ok(Plan::default()) };
    Ok(Plan::look(scene.pick(id, annotation)).and(Show::Reveal(annotation.fragments.covering())))
}

/// The first version, where there are two; it may be gone.
pub fn first(conflict: Conflict, of: Item) -> Option<Item> {
    match (conflict, of) {
        (Conflict::VersionOf(id), Item::Annotation(_)) => Some(Item::Annotation(AnnotationId(id))),
        (Conflict::VersionOf(id), Item::Relation(_)) => Some(Item::Relation(RelationId(id))),
        (Conflict::Removed, _) => None,
    }
}

/// A conflict, and what is known of where it lies.
struct Decided<'a> {
    scene: &'a Scene<'a>,
    article: ArticleId,
    annotator: &'a AnnotatorId,
    layer: &'a Layer,
    /// What says that it is to be decided on.
    item: Item,
    /// The first of two versions, where it is still there.
    first: Option<Item>,
}

impl<'a> Decided<'a> {
    fn of(scene: &'a Scene<'a>, which: &MarkRef) -> Result<Self, Diagnostic> {
        let Target { article, item } = which.resolve(scene)?;
        let annotator = scene.annotator()?;
        let layer = scene.project.layer(&article, annotator).ok_or_else(|| none(&[]))?;
        let links = scene.project.links(annotator);
        let all = all(Some(layer), links);
        let named = all.iter().find(|(own, _)| *own == item);
        let named = named.or_else(|| all.iter().find(|(own, conflict)| first(*conflict, *own) == Some(item)));
        let (item, conflict) = *named.ok_or_else(|| none(&[]))?;
        let is_there = |first: &Item| match first {
            Item::Annotation(id) => layer.annotation(*id).is_some(),
            Item::Relation(id) => {
                [Some(layer.relations()), links].into_iter().flatten().any(|set| set.get(*id).is_some())
            }
        };
        Ok(Self { scene, article, annotator, layer, item, first: first(conflict, item).filter(is_there) })
    }

    fn keep_first(self) -> Result<Plan, Diagnostic> {
        let (label, changes) = match self.first {
            Some(_) => (phrase!("Keep the first version"), self.removed()),
            None => (phrase!("Keep what one side has removed"), self.changed(self.item, self.item)),
        };
        self.planned(label, changes, self.first.unwrap_or(self.item))
    }

    fn keep_second(self) -> Result<Plan, Diagnostic> {
        let Some(first) = self.first else {
            return Ok(Plan::change(phrase!("Remove what one side has removed"), self.removed()));
        };
        let mut changes = self.removed();
        changes.extend(self.changed(first, self.item));
        let again = self.unfit_roles(first, &changes)?;
        changes.extend(again);
        self.planned(phrase!("Keep the second version"), changes, first)
    }

    /// The changes that take the first mark out of roles that it may not fill with the label of the second.
    fn unfit_roles(&self, first: Item, changes: &[Change]) -> Result<Vec<Change>, Diagnostic> {
        let (Item::Annotation(_), Item::Annotation(second)) = (first, self.item) else { return Ok(Vec::new()) };
        let Some(second) = self.layer.annotation(second) else { return Ok(Vec::new()) };
        let target = Target { article: self.article.clone(), item: first };
        let marked = Marked::of(&MarkRef::Elsewhere(target), self.scene)?;
        let mut again = cascade::relabelled(self.scene, &marked, &second.label)?;
        let is_changed =
            |id: RelationId| changes.iter().any(|c| matches!(c, Change::Relation { id: of, .. } if *of == id));
        again.retain(|change| matches!(change, Change::Relation { id, .. } if !is_changed(*id)));
        Ok(again)
    }

    fn keep_both(self) -> Result<Plan, Diagnostic> {
        self.planned(phrase!("Keep both versions"), self.changed(self.item, self.item), self.item)
    }

    fn planned(&self, label: Phrase, changes: Vec<Change>, shown: Item) -> Result<Plan, Diagnostic> {
        let plan = Plan::change(label, changes);
        let Item::Annotation(id) = shown else { return Ok(plan) };
        let is_here = self.scene.focus.article.as_ref() == Some(&self.article);
        let mark = self.layer.annotation(id).filter(|_| is_here);
        Ok(mark.map_or(plan.clone(), |mark| plan.and_look(self.scene.pick(id, mark))))
    }

    /// The changes that make `of` say what `as_is` does, decided on.
    fn changed(&self, of: Item, as_is: Item) -> Vec<Change> {
        let change = match (of, as_is) {
            (Item::Annotation(of), Item::Annotation(as_is)) => self.changed_mark(of, as_is),
            (Item::Relation(of), Item::Relation(as_is)) => self.changed_relation(of, as_is),
            _ => None,
        };
        change.into_iter().collect()
    }

    fn changed_mark(&self, id: AnnotationId, as_is: AnnotationId) -> Option<Change> {
        let (before, is) = (self.layer.annotation(id)?, self.layer.annotation(as_is)?);
        // The flag was set so that it is seen.
        let flag = if id == as_is { None } else { before.flag };
        let flag = is.flag.filter(|flag| *flag != Flag::Flag).or(flag);
        let after = Annotation { note: Conflict::without(&is.note), flag, ..(**is).clone() };
        let (article, annotator) = (self.article.clone(), self.annotator.clone());
        Some(Change::Annotation {
            article,
            annotator,
            id,
            before: Some(Arc::clone(before)),
            after: Some(Arc::new(after)),
        })
    }

    fn changed_relation(&self, id: RelationId, as_is: RelationId) -> Option<Change> {
        let (home, set) = self.home_of(id)?;
        let (before, is) = (set.get(id)?, set.get(as_is)?);
        let after = Relation { note: Conflict::without(&is.note), ..(**is).clone() };
        let (before, after) = (Some(Arc::clone(before)), Some(Arc::new(after)));
        Some(Change::Relation { home, annotator: self.annotator.clone(), id, before, after })
    }

    fn home_of(&self, id: RelationId) -> Option<(Home, &'a RelationSet)> {
        let links = || self.scene.project.links(self.annotator).map(|set| (Home::Links, set));
        let own = (Home::Article(self.article.clone()), self.layer.relations());
        Some(own).filter(|(_, set)| set.get(id).is_some()).or_else(links)
    }

    /// The changes that remove what says that it is to be decided on, out of relations too.
    fn removed(&self) -> Vec<Change> {
        match self.item {
            Item::Relation(_) => Cascade::in_article(self.scene, &self.article, self.annotator, [self.item]).changes(
                self.scene,
                &self.article,
                self.annotator,
            ),
            Item::Annotation(id) => {
                let mut changes = cascade::without(self.scene, &self.article, self.annotator, &[id]);
                changes.push(Change::Annotation {
                    article: self.article.clone(),
                    annotator: self.annotator.clone(),
                    id,
                    before: self.layer.annotation(id).cloned(),
                    after: None,
                });
                changes
            }
        }
    }
}

fn none(here: &[(Item, Conflict)]) -> Diagnostic {
    if here.is_empty() {
        return Diagnostic::note("no-conflict", "There is no conflict to decide on here")
            .hint("See the list of conflicts beside the article");
    }
    Diagnostic::note("no-further-conflict", "There is no further conflict")
}
