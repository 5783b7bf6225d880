//! Changing the codebook, and what becomes of the marks that used it.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Command, Plan, Scene, relate};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, AnnotatorId, ArticleId, AttributeId, Codebook, Filler, KindId, Label, LabelId, Layer,
        LayerSlot, Question, RelationId, RelationKind, RelationSet,
        edit::{Change, Home, Phrase},
    },
};

/// What is done to the codebook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum OfCodebook {
    Rename(String),
    /// Markdown.
    Guidelines(String),
    Targets(Vec<String>),
    /// Adds a label, or replaces the one of this id. Answers it no longer asks are taken away.
    PutLabel(Box<Label>),
    /// Moves a label to a place (from 0) in the palette.
    MoveLabel {
        label: LabelId,
        to: usize,
    },
    RemoveLabel {
        label: LabelId,
        marks: Fate,
    },
    /// Adds a relation kind, or replaces the one of this id.
    PutRelation(Box<RelationKind>),
    /// Removes a relation kind and the relations of this kind.
    RemoveRelation(KindId),
    PutQuestion(Box<Question>),
    /// Removes a question and its answers.
    RemoveQuestion(AttributeId),
}

/// What becomes of the marks of a label that is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    Relabel(LabelId),
    Remove,
}

impl OfCodebook {
    pub(super) fn plan(&self, scene: &Scene<'_>, command: &Command) -> Result<Plan, Diagnostic> {
        let mut after = scene.codebook().clone();
        let label = self.edit(&mut after)?;
        if after == *scene.codebook() {
            return Ok(Plan::default());
        }
        after.version += 1;
        let may_touch_marks = !matches!(self, Self::Rename(_) | Self::Guidelines(_) | Self::Targets(_));
        let unread = || {
            let is_unread = |id: &ArticleId| scene.project.layers(id).any(|(_, s)| matches!(s, LayerSlot::Unread(_)));
            scene.project.articles().map(|(id, _)| id).filter(|id| is_unread(id)).cloned().collect()
        };
        let unread: Vec<ArticleId> = if may_touch_marks { unread() } else { Vec::new() };
        if !unread.is_empty() {
            return Ok(Plan::read_then(unread, command.clone()));
        }
        let mut changes = if may_touch_marks {
            Refit { scene, after: &after, command: self, gone: BTreeSet::new() }.changes()
        } else {
            vec![]
        };
        changes.push(Change::Codebook { before: Arc::clone(scene.project.codebook()), after: Arc::new(after) });
        Ok(Plan::change(label, changes))
    }

    fn edit(&self, codebook: &mut Codebook) -> Result<Phrase, Diagnostic> {
        match self {
            Self::Rename(name) => {
                name.trim().clone_into(&mut codebook.name);
                Ok(Phrase::plain("Rename the codebook"))
            }
            Self::Guidelines(text) => {
                codebook.guidelines.clone_from(text);
                Ok(Phrase::plain("Write the guidelines"))
            }
            Self::Targets(targets) => {
                codebook.targets = targets.iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
                codebook.targets.dedup();
                Ok(Phrase::plain("Change the targets"))
            }
            Self::PutLabel(label) => {
                let new = put(&mut codebook.labels, (**label).clone(), |l| &l.id);
                Ok(Phrase::with(if new { "Add the label %{what}" } else { "Change the label %{what}" }, &label.name))
            }
            Self::MoveLabel { label, to } => move_label(codebook, label, *to),
            Self::RemoveLabel { label, marks } => remove_label(codebook, label, marks),
            Self::PutRelation(kind) => {
                let new = put(&mut codebook.relations, (**kind).clone(), |k| &k.id);
                let pattern = if new { "Add the relation %{what}" } else { "Change the relation %{what}" };
                Ok(Phrase::with(pattern, &kind.name))
            }
            Self::RemoveRelation(id) => {
                let name = relate::kind_of(codebook, id)?.name.clone();
                codebook.relations.retain(|k| k.id != *id);
                forget_filler(codebook, Filler::Relation(id.clone()));
                Ok(Phrase::with("Remove the relation %{what}", name))
            }
            Self::PutQuestion(question) => {
                put(&mut codebook.questions, (**question).clone(), |q| &q.attribute.id);
                Ok(Phrase::with("Change the question %{what}", &question.attribute.name))
            }
            Self::RemoveQuestion(id) => {
                let question = codebook.question(id).ok_or_else(|| {
                    Diagnostic::error("unknown-question", format!("The codebook asks no “{id}”"))
                        .hint("See the codebook’s questions")
                })?;
                let name = question.attribute.name.clone();
                codebook.questions.retain(|q| q.attribute.id != *id);
                Ok(Phrase::with("Remove the question %{what}", name))
            }
        }
    }
}

/// Replaces the row of the same id, or adds it at the end; says whether it was added.
fn put<T, K: PartialEq>(rows: &mut Vec<T>, row: T, id: impl Fn(&T) -> &K) -> bool {
    match rows.iter_mut().find(|r| id(r) == id(&row)) {
        Some(place) => {
            *place = row;
            false
        }
        None => {
            rows.push(row);
            true
        }
    }
}

fn known_label<'c>(codebook: &'c Codebook, id: &LabelId) -> Result<(usize, &'c Label), Diagnostic> {
    codebook.labels.iter().enumerate().find(|(_, l)| l.id == *id).ok_or_else(|| {
        Diagnostic::error("unknown-label", format!("The codebook has no label “{id}”"))
            .hint("See the codebook’s labels")
    })
}

fn move_label(codebook: &mut Codebook, id: &LabelId, to: usize) -> Result<Phrase, Diagnostic> {
    let (from, _) = known_label(codebook, id)?;
    let label = codebook.labels.remove(from);
    let name = label.name.clone();
    let to = to.min(codebook.labels.len());
    codebook.labels.insert(to, label);
    Ok(Phrase::with("Move the label %{what}", name))
}

fn remove_label(codebook: &mut Codebook, id: &LabelId, marks: &Fate) -> Result<Phrase, Diagnostic> {
    let name = known_label(codebook, id)?.1.name.clone();
    if let Fate::Relabel(to) = marks {
        known_label(codebook, to)?;
        if to == id {
            return Err(Diagnostic::error("same-label", "The marks can’t get the label that is removed")
                .hint("Choose another label for them"));
        }
    }
    codebook.labels.retain(|l| l.id != *id);
    forget_filler(codebook, Filler::Label(id.clone()));
    Ok(Phrase::with("Remove the label %{what}", name))
}

/// A role whose only filler goes would take anything; it takes nothing that is left, so it goes too. So does a kind
/// without roles, and then that is a filler that goes.
fn forget_filler(codebook: &mut Codebook, gone: Filler) {
    let mut left = vec![gone];
    while let Some(gone) = left.pop() {
        for kind in &mut codebook.relations {
            kind.roles.retain(|r| r.fillers.as_slice() != std::slice::from_ref(&gone));
            for role in &mut kind.roles {
                role.fillers.retain(|f| *f != gone);
            }
        }
        let (stay, go): (Vec<_>, Vec<_>) =
            std::mem::take(&mut codebook.relations).into_iter().partition(|k| !k.roles.is_empty());
        codebook.relations = stay;
        left.extend(go.into_iter().map(|kind| Filler::Relation(kind.id)));
    }
}

/// Brings every layer under a new codebook: marks relabelled or removed, answers and members taken away
/// that no longer fit.
struct Refit<'a> {
    scene: &'a Scene<'a>,
    after: &'a Codebook,
    command: &'a OfCodebook,
    /// Relations that are removed, which can be members of others.
    gone: BTreeSet<RelationId>,
}

impl Refit<'_> {
    /// What a removed relation leaves behind can be too little for another one, so this goes on until no more are.
    fn changes(mut self) -> Vec<Change> {
        loop {
            let changes = self.once();
            let gone = changes.iter().filter_map(|change| match change {
                Change::Relation { id, after: None, .. } => Some(*id),
                _ => None,
            });
            let known = self.gone.len();
            self.gone.extend(gone);
            if self.gone.len() == known {
                return changes;
            }
        }
    }

    fn once(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        let project = self.scene.project;
        for (article, _) in project.articles() {
            for (annotator, slot) in project.layers(article) {
                if let LayerSlot::Read(layer) = slot {
                    self.layer(article, annotator, layer, &mut changes);
                }
            }
        }
        for (annotator, _) in project.all_links() {
            self.relations(&Home::Links, annotator, &mut changes);
        }
        changes.retain(|c| !c.is_idle());
        changes
    }

    fn layer(&self, article: &ArticleId, annotator: &AnnotatorId, layer: &Layer, changes: &mut Vec<Change>) {
        self.relations(&Home::Article(article.clone()), annotator, changes);
        for (id, before) in layer.annotations() {
            let after = self.annotation(before);
            if after.as_ref() != Some(&**before) {
                changes.push(Change::Annotation {
                    article: article.clone(),
                    annotator: annotator.clone(),
                    id,
                    before: Some(Arc::clone(before)),
                    after: after.map(Arc::new),
                });
            }
        }
        let mut whole = layer.whole().clone();
        whole.answers.retain(|a| {
            self.after
                .question(&a.question)
                .is_some_and(|q| q.attribute.takes(&a.value) && q.for_each_target == a.target.is_some())
        });
        changes.push(Change::Whole {
            article: article.clone(),
            annotator: annotator.clone(),
            before: Arc::new(layer.whole().clone()),
            after: Arc::new(whole),
        });
    }

    /// What an annotation becomes; `None` where it is removed.
    fn annotation(&self, before: &Annotation) -> Option<Annotation> {
        let label = self.label_of(before)?;
        let asked = &self.after.label(&label)?.attributes;
        Some(Annotation { attributes: relate::fitting(&before.attributes, asked), label, ..before.clone() })
    }

    fn label_of(&self, annotation: &Annotation) -> Option<LabelId> {
        match self.command {
            OfCodebook::RemoveLabel { label, marks } if *label == annotation.label => match marks {
                Fate::Relabel(to) => Some(to.clone()),
                Fate::Remove => None,
            },
            _ => Some(annotation.label.clone()),
        }
    }

    fn relations(&self, home: &Home, annotator: &AnnotatorId, changes: &mut Vec<Change>) {
        let project = self.scene.project;
        let set = match home {
            Home::Article(article) => project.layer(article, annotator).map(Layer::relations),
            Home::Links => project.links(annotator),
        };
        for (id, before) in set.into_iter().flat_map(RelationSet::iter) {
            let after = self.after.relation(&before.kind).and_then(|kind| {
                let mut after = (**before).clone();
                after.attributes = relate::fitting(&after.attributes, &kind.attributes);
                after.members.retain(|m| self.still_fills(annotator, kind, m));
                let stays = after.members.len() >= 2 || after.members.len() == before.members.len();
                (stays && kind.across_articles == (*home == Home::Links)).then_some(after)
            });
            changes.push(Change::Relation {
                home: home.clone(),
                annotator: annotator.clone(),
                id,
                before: Some(Arc::clone(before)),
                after: after.map(Arc::new),
            });
        }
    }

    fn still_fills(&self, annotator: &AnnotatorId, kind: &RelationKind, member: &crate::model::Member) -> bool {
        let Some(role) = kind.roles.iter().find(|r| r.id == member.role) else { return false };
        let layer = self.scene.project.layer(&member.target.article, annotator);
        let filler = match member.target.item {
            crate::model::Item::Annotation(id) => self.new_label(layer, id).map(Filler::Label),
            crate::model::Item::Relation(id) if self.gone.contains(&id) => None,
            crate::model::Item::Relation(id) => {
                let own = layer.and_then(|l| l.relations().get(id));
                let found = own.or_else(|| self.scene.project.links(annotator)?.get(id));
                found.filter(|r| self.after.relation(&r.kind).is_some()).map(|r| Filler::Relation(r.kind.clone()))
            }
        };
        filler.is_some_and(|f| role.may_be_filled_by(&f))
    }

    fn new_label(&self, layer: Option<&Layer>, id: AnnotationId) -> Option<LabelId> {
        self.annotation(layer?.annotation(id)?).map(|a| a.label)
    }
}
