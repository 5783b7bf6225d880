//! Correcting an article's text: every annotator's marks go where their words are now, and what is lost is set aside.
//!
//! Where words are now is `text::correction`’s matter; this makes changes of it. A mark moves with all of its
//! fragments or is lost as a whole. Lost marks, and relations that need them, are set aside rather than removed
//! (`model::set_aside`), so that somebody can place them again.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{known, plan::Plan, scene::Scene};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, AnnotatorId, Article, ArticleId, AsideRow, FormerPlace, Item, Layer, LayerSlot,
        Project, RelationId, RelationSet, SetAside, Unplaced,
        edit::{Change, Focus, Home, TextVersion},
        set_aside::{lost_words, without_member},
    },
    phrase,
    text::{
        Anchor, Fragments, Text, anchor,
        correction::{Correction, Fate},
        hash, unify_line_ends,
    },
};

/// Corrects the text of an article, which need not be the open one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectText {
    pub article: ArticleId,
    /// The whole corrected text; line ends of any kind become `\n`.
    pub text: String,
    /// What was done to bytes to get the text; `None` keeps what was known of the text before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loaded: Option<Vec<String>>,
    /// What comes of it, where that was worked out before, on a thread. Never written down; worked out anew where
    /// text or marks have changed since.
    #[serde(skip)]
    pub prepared: Option<Arc<Corrected>>,
}

/// What becomes of one mark, of any annotator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub annotator: AnnotatorId,
    pub id: AnnotationId,
    /// The mark as it is in the text before.
    pub mark: Arc<Annotation>,
    /// Where it is in the corrected text, in bytes, and what became of its words; `None` where they are lost.
    pub placed: Option<(Fragments, Fate)>,
}

/// What comes of correcting a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrected {
    pub article: ArticleId,
    /// The article with the text as it was.
    pub before: TextVersion,
    /// The article with the corrected text, its fingerprint and number of words.
    pub after: TextVersion,
    /// By annotator, then in the order in which the marks were made.
    pub outcomes: Vec<Outcome>,
    /// Everything in one transaction: the text, the marks, what is set aside.
    changes: Vec<Change>,
}

impl Corrected {
    /// Works out what comes of correcting a text. It takes time in proportion to both texts and the marks.
    ///
    /// # Errors
    /// The project has no such article, not all of it has been read, or the corrected text has no words.
    pub fn of(project: &Project, correct: &CorrectText) -> Result<Self, Diagnostic> {
        let id = known::article(project, &correct.article)?;
        let article = known::article_row(project, id)?;
        let text = project.text(id).filter(|_| project.is_read(id)).ok_or_else(|| known::not_read(id))?;
        let corrected = unify_line_ends(&correct.text).0;
        if corrected.trim().is_empty() {
            return Err(Diagnostic::error("empty-article", "The corrected text has no words in it")
                .hint("To get rid of the article, remove it instead"));
        }
        let before = TextVersion { article: Arc::clone(article), text: text.clone() };
        let after = version(article, Text::new(corrected), correct.loaded.as_ref());
        let correction = Correction::between(&before.text, &after.text);
        let mut outcomes = Vec::new();
        let mut changes = Vec::new();
        for (annotator, slot) in project.layers(id) {
            let LayerSlot::Read(layer) = slot else { continue };
            let first = outcomes.len();
            outcomes.extend(layer.annotations().map(|(id, mark)| Outcome {
                annotator: annotator.clone(),
                id,
                mark: Arc::clone(mark),
                placed: place(&correction, &mark.fragments),
            }));
            let own = OfLayer { project, article: id, annotator, layer, before: &before.text, after: &after.text };
            own.changes(&correction, &outcomes[first..], &mut changes);
        }
        let layers = project.layers(id).map(|(annotator, _)| annotator.clone()).collect();
        changes.push(Change::Text { id: id.clone(), before: before.clone(), after: after.clone(), layers });
        Ok(Self { article: id.clone(), before, after, outcomes, changes })
    }

    /// Whether the text stays as it is.
    pub fn is_idle(&self) -> bool {
        self.before.text == self.after.text
    }

    /// Whether the same would be worked out now, as far as texts and marks are concerned. Everything else is checked
    /// when the transaction is applied.
    fn holds(&self, project: &Project, correct: &CorrectText) -> bool {
        let mut own = self.outcomes.iter();
        let has_same = |(annotator, slot): (&AnnotatorId, &LayerSlot)| match slot {
            LayerSlot::Read(layer) => layer.annotations().all(|(id, mark)| {
                own.next().is_some_and(|own| own.id == id && own.annotator == *annotator && own.mark == *mark)
            }),
            LayerSlot::Unread(_) => false,
        };
        known::article(project, &correct.article).is_ok_and(|id| *id == self.article)
            && project.text(&self.article) == Some(&self.before.text)
            && self.after.text.as_str() == unify_line_ends(&correct.text).0
            && project.layers(&self.article).all(has_same)
            && own.next().is_none()
    }
}

pub(super) fn plan(scene: &Scene<'_>, correct: &CorrectText) -> Result<Plan, Diagnostic> {
    let id = known::article(scene.project, &correct.article)?;
    if !scene.project.is_read(id) {
        return Ok(Plan::read_first(vec![id.clone()]));
    }
    let prepared = correct.prepared.clone().filter(|prepared| prepared.holds(scene.project, correct));
    let corrected = prepared.map_or_else(|| Corrected::of(scene.project, correct).map(Arc::new), Ok)?;
    if corrected.is_idle() {
        return Ok(Plan::default());
    }
    let label = phrase!("Correct the text of “{what}”", what = &corrected.before.article.metadata.title);
    let plan = Plan::change(label, corrected.changes.clone());
    if scene.focus.article.as_ref() != Some(id) {
        return Ok(plan);
    }
    let lost = |picked: &AnnotationId| corrected.outcomes.iter().any(|o| o.id == *picked && o.placed.is_none());
    let picked = scene.focus.picked.filter(|picked| !lost(picked));
    Ok(plan.and_look(Focus { selection: None, picked, ..scene.focus.clone() }))
}

/// The article with another text: metadata stay, fingerprint and words are counted anew.
fn version(article: &Article, text: Text, loaded: Option<&Vec<String>>) -> TextVersion {
    let article = Article {
        fingerprint: hash::fingerprint(&text),
        words: u32::try_from(text.word_count()).unwrap_or(u32::MAX),
        loaded: loaded.unwrap_or(&article.loaded).clone(),
        ..article.clone()
    };
    TextVersion { article: Arc::new(article), text }
}

/// Where all fragments of a mark are now; `None` where one of them is lost. Of several fates the most serious counts;
/// fragments that run together count as changed.
fn place(correction: &Correction<'_>, fragments: &Fragments) -> Option<(Fragments, Fate)> {
    let placed: Option<Vec<_>> = fragments.iter().map(|range| correction.place(range)).collect();
    let placed = placed?;
    let fate = placed.iter().map(|placed| placed.fate).max()?;
    let joined = Fragments::new(placed.iter().map(|placed| placed.range))?;
    let fate = if joined.count() == placed.len() { fate } else { Fate::Changed };
    Some((joined, fate))
}

/// One annotator’s layer while the text is corrected.
struct OfLayer<'a> {
    project: &'a Project,
    article: &'a ArticleId,
    annotator: &'a AnnotatorId,
    layer: &'a Layer,
    before: &'a Text,
    after: &'a Text,
}

impl OfLayer<'_> {
    /// The changes of moved and lost marks and of the relations that need a lost one; appended in the order in which
    /// they can be applied.
    fn changes(&self, correction: &Correction<'_>, outcomes: &[Outcome], changes: &mut Vec<Change>) {
        let mut aside: Vec<SetAside> =
            self.layer.set_aside().iter().map(|row| self.still_aside(correction, row)).collect();
        let lost = outcomes.iter().filter(|outcome| outcome.placed.is_none());
        let needing = self.needing(lost.clone().map(|outcome| Item::Annotation(outcome.id)).collect());
        aside.extend(lost.map(|outcome| {
            let unplaced = Unplaced { lost: true, ..Unplaced::of(&outcome.mark, self.before) };
            SetAside { row: AsideRow::Annotation(outcome.id, Box::new(unplaced)), why: lost_words() }
        }));
        changes.extend(outcomes.iter().filter_map(|outcome| self.mark_change(outcome)));
        let home = Home::Article(self.article.clone());
        self.set_relations_aside(&home, Some(self.layer.relations()), &needing, &mut aside, changes);
        let links = self.project.links(self.annotator);
        let mut links_aside = self.project.links_set_aside(self.annotator).to_vec();
        self.set_relations_aside(&Home::Links, links, &needing, &mut links_aside, changes);
        let before = self.project.links_set_aside(self.annotator);
        for (home, before, after) in [(home, self.layer.set_aside(), aside), (Home::Links, before, links_aside)] {
            if before != after {
                let (before, after) = (Arc::new(before.to_vec()), Arc::new(after));
                changes.push(Change::SetAside { home, annotator: self.annotator.clone(), before, after });
            }
        }
    }

    /// The change of one mark; `None` where it stays where it is.
    fn mark_change(&self, outcome: &Outcome) -> Option<Change> {
        let after = match &outcome.placed {
            Some((fragments, _)) if *fragments == outcome.mark.fragments => return None,
            Some((fragments, _)) => {
                Some(Arc::new(Annotation { fragments: fragments.clone(), ..(*outcome.mark).clone() }))
            }
            None => None,
        };
        Some(Change::Annotation {
            article: self.article.clone(),
            annotator: self.annotator.clone(),
            id: outcome.id,
            before: Some(Arc::clone(&outcome.mark)),
            after,
        })
    }

    /// A row that was set aside before: its former places move with the words, so that they can still be found,
    /// except where it was lost by a correction.
    fn still_aside(&self, correction: &Correction<'_>, aside: &SetAside) -> SetAside {
        let AsideRow::Annotation(id, unplaced) = &aside.row else { return aside.clone() };
        let places: Option<Vec<FormerPlace>> = unplaced.places.iter().map(|at| self.moved(correction, at)).collect();
        match places.filter(|_| !unplaced.lost) {
            Some(places) => {
                let row = AsideRow::Annotation(*id, Box::new(Unplaced { places, ..(**unplaced).clone() }));
                SetAside { row, why: aside.why.clone() }
            }
            None => aside.clone(),
        }
    }

    /// A former place in the corrected text. `None` where its words do not stand there, or are lost now.
    fn moved(&self, correction: &Correction<'_>, place: &FormerPlace) -> Option<FormerPlace> {
        let range = self.before.range_from_chars(place.start_chars, place.end_chars)?;
        let Anchor { exact, prefix, suffix } = &place.anchor;
        let is_there = range.slice(self.before.as_str()) == Some(exact.as_str())
            && anchor::surroundings_agree(self.before, range, prefix, suffix);
        let placed = correction.place(range).filter(|_| is_there)?.range;
        let (start_chars, end_chars) = self.after.range_to_chars(placed);
        Some(FormerPlace { start_chars, end_chars, anchor: Anchor::of(self.after, placed) })
    }

    /// The relations that have something lost as a member, and those that have one of these as a member, and so on.
    fn needing(&self, mut lost: Vec<Item>) -> BTreeSet<RelationId> {
        let sets = [Some(self.layer.relations()), self.project.links(self.annotator)];
        let mut needing = BTreeSet::new();
        while let Some(item) = lost.pop() {
            for relation in sets.iter().flatten().flat_map(|set| set.of(item)) {
                if needing.insert(*relation) {
                    lost.push(Item::Relation(*relation));
                }
            }
        }
        needing
    }

    /// Takes these relations out of a set and sets them aside.
    fn set_relations_aside(
        &self,
        home: &Home,
        set: Option<&RelationSet>,
        needing: &BTreeSet<RelationId>,
        aside: &mut Vec<SetAside>,
        changes: &mut Vec<Change>,
    ) {
        // A relation goes before what it joins, and after those that join it.
        for (id, relation) in needing.iter().rev().filter_map(|id| Some((*id, set?.get(*id)?))) {
            aside.push(SetAside { row: AsideRow::Relation(id, (**relation).clone()), why: without_member() });
            changes.push(Change::Relation {
                home: home.clone(),
                annotator: self.annotator.clone(),
                id,
                before: Some(Arc::clone(relation)),
                after: None,
            });
        }
    }
}
