//! What is set aside in the annotator's own layers, until it is decided: placed on other words, or removed.
//!
//! What that means, and why rows are set aside, is `model::set_aside`’s matter. A mark that is placed again brings
//! back the relations that were set aside for its sake, in the same transaction.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    known,
    plan::{Plan, Show},
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        AnnotationId, AnnotatorId, ArticleId, AsideRow, AttributeId, Item, LayerSlot, Project, RelationId, SetAside,
        edit::{Change, Home, Refusal, apply},
        set_aside::without_member,
    },
    phrase,
    text::Fragments,
};

/// What is done with something that is set aside in the open article or across articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum SetAsideCommand {
    /// Puts a mark on the selected words: with its id, answers and note, and with the relations that were set aside
    /// because it was missing.
    Place(AsideRef),
    /// Removes it for good, but for undo.
    Remove(AsideRef),
}

/// Names something that is set aside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum AsideRef {
    /// A mark, by its id.
    Mark(AnnotationId),
    /// A relation of the article, or across articles.
    Relation(RelationId),
    /// An answer about the article.
    Answer {
        question: AttributeId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<String>,
    },
    /// The mark that had these words; of several the first.
    Words(String),
}

impl AsideRef {
    /// The shortest name of a row.
    pub fn of(aside: &SetAside) -> Self {
        match &aside.row {
            AsideRow::Annotation(id, _) => Self::Mark(*id),
            AsideRow::Relation(id, _) => Self::Relation(*id),
            AsideRow::Answer(answer) => {
                Self::Answer { question: answer.question.clone(), target: answer.target.clone() }
            }
        }
    }

    /// Whether it names this row.
    fn names(&self, aside: &SetAside) -> bool {
        match (self, &aside.row) {
            (Self::Words(words), AsideRow::Annotation(_, unplaced)) => unplaced.words() == *words,
            _ => *self == Self::of(aside),
        }
    }
}

impl SetAsideCommand {
    pub(super) fn plan(&self, scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
        let article = scene.article()?;
        let annotator = scene.annotator()?;
        if matches!(scene.project.layer_slot(article, annotator), Some(LayerSlot::Unread(_))) {
            return Err(known::not_read(article));
        }
        let mut own = Own::of(scene, article, annotator);
        match self {
            Self::Remove(which) => {
                let (home, at) = own.find(which)?;
                own.rows(home).remove(at);
                Ok(Plan::change(phrase!("Remove what was set aside"), own.changes(Vec::new())))
            }
            Self::Place(which) => own.place(scene, which),
        }
    }
}

/// In which of the annotator’s two lists a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    /// That of the article.
    Layer,
    /// That of relations across articles.
    Links,
}

/// What an annotator has set aside in an article and across articles, while it is being changed.
struct Own<'a> {
    scene: &'a Scene<'a>,
    article: &'a ArticleId,
    annotator: &'a AnnotatorId,
    layer: Vec<SetAside>,
    links: Vec<SetAside>,
}

impl<'a> Own<'a> {
    fn of(scene: &'a Scene<'a>, article: &'a ArticleId, annotator: &'a AnnotatorId) -> Self {
        let layer = scene.layer().map_or(&[][..], |layer| layer.set_aside()).to_vec();
        let links = scene.project.links_set_aside(annotator).to_vec();
        Self { scene, article, annotator, layer, links }
    }

    fn rows(&mut self, home: Where) -> &mut Vec<SetAside> {
        match home {
            Where::Layer => &mut self.layer,
            Where::Links => &mut self.links,
        }
    }

    /// List and index of the row that is named.
    fn find(&mut self, which: &AsideRef) -> Result<(Where, usize), Diagnostic> {
        for home in [Where::Layer, Where::Links] {
            if let Some(at) = self.rows(home).iter().position(|aside| which.names(aside)) {
                return Ok((home, at));
            }
        }
        Err(Diagnostic::error("not-set-aside", "Nothing of this kind is set aside in the article")
            .hint("See the list of what is set aside"))
    }

    /// Puts a mark on the selected words.
    fn place(mut self, scene: &Scene<'_>, which: &AsideRef) -> Result<Plan, Diagnostic> {
        let (home, at) = self.find(which)?;
        if !matches!(self.rows(home)[at].row, AsideRow::Annotation(..)) {
            return Err(Diagnostic::error("not-a-mark", "Only a mark can be placed on words").hint("Remove it instead"));
        }
        let fragments = scene.selection().and_then(Fragments::one).ok_or_else(|| {
            Diagnostic::note("nothing-selected", "No words are selected").hint("Select the words for the mark first")
        })?;
        let AsideRow::Annotation(id, unplaced) = self.rows(home).remove(at).row else { return Ok(Plan::default()) };
        let mark = Arc::new(unplaced.content.at(fragments.clone()));
        let focus = scene.pick(id, &mark);
        let name = scene.codebook().label(&mark.label).map_or_else(|| mark.label.to_string(), |l| l.name.clone());
        let placed = Change::Annotation {
            article: self.article.clone(),
            annotator: self.annotator.clone(),
            id,
            before: None,
            after: Some(mark),
        };
        let changes = self.with_relations(id, placed)?;
        let label = phrase!("Place a {what} again", what = name);
        Ok(Plan::change(label, self.changes(changes)).and_look(focus).and(Show::Reveal(fragments.covering())))
    }

    /// That change, which places the mark, and those that take back the relations that had been missing it, and those
    /// that had been missing these.
    ///
    /// A relation that keeps no rule now, since what it joins or the codebook has changed meanwhile, stays set aside,
    /// for that reason.
    fn with_relations(&mut self, mark: AnnotationId, placed: Change) -> Result<Vec<Change>, Diagnostic> {
        let mut project = self.scene.project.clone();
        let mut changes = vec![placed];
        apply(&mut project, &changes).map_err(|Refusal(why)| why)?;
        let mut left = vec![Item::Annotation(mark)];
        while let Some(item) = left.pop() {
            for home in [Where::Layer, Where::Links] {
                for mut aside in std::mem::take(self.rows(home)) {
                    match self.again(home, item, &aside, &project) {
                        Some(Ok((id, change))) => {
                            apply(&mut project, std::slice::from_ref(&change)).map_err(|Refusal(why)| why)?;
                            left.push(Item::Relation(id));
                            changes.push(change);
                            continue;
                        }
                        Some(Err(why)) => aside.why = why,
                        None => {}
                    }
                    self.rows(home).push(aside);
                }
            }
        }
        Ok(changes)
    }

    /// The change that takes back a relation that had been missing this item, or why it stays set aside now; `None`
    /// for what has to do with other items or misses others too.
    fn again(
        &self,
        home: Where,
        item: Item,
        aside: &SetAside,
        project: &Project,
    ) -> Option<Result<(RelationId, Change), Diagnostic>> {
        let AsideRow::Relation(id, relation) = &aside.row else { return None };
        let missing = without_member().code;
        if aside.why.code != missing || relation.members.iter().all(|m| m.target.item != item) {
            return None;
        }
        let home = if home == Where::Links { Home::Links } else { Home::Article(self.article.clone()) };
        match project.check_relation(&home, self.annotator, *id, relation) {
            Ok(()) => {
                let (annotator, after) = (self.annotator.clone(), Some(Arc::new(relation.clone())));
                Some(Ok((*id, Change::Relation { home, annotator, id: *id, before: None, after })))
            }
            Err(why) if why.code == missing => None,
            Err(why) => Some(Err(why)),
        }
    }

    /// These changes, with those of the lists themselves.
    fn changes(self, mut changes: Vec<Change>) -> Vec<Change> {
        let was_in_layer = self.scene.layer().map_or(&[][..], |layer| layer.set_aside());
        let was_in_links = self.scene.project.links_set_aside(self.annotator);
        let both =
            [(Home::Article(self.article.clone()), was_in_layer, self.layer), (Home::Links, was_in_links, self.links)];
        for (home, before, after) in both {
            if before != after {
                let (before, after) = (Arc::new(before.to_vec()), Arc::new(after));
                changes.push(Change::SetAside { home, annotator: self.annotator.clone(), before, after });
            }
        }
        changes
    }
}
