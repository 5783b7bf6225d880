//! Bringing every layer under a changed codebook: what of marks, answers and relations no longer fits goes.
//!
//! It never refuses: what does not fit is taken away, in the same transaction as the codebook’s change, so that undo
//! brings both back. All layers must have been read.

use super::codebook_command::{Asked, Fate, Recoding};
use std::{collections::BTreeSet, sync::Arc};

use super::marked;
use crate::model::{
    Annotation, AnnotationId, AnnotatorId, ArticleAnswers, ArticleId, Attribute, AttributeId, AttributeKind,
    Attributes, ChoiceId, Codebook, Filler, Item, LabelId, Layer, LayerSlot, Member, Project, RelationId, RelationKind,
    RelationSet, Value,
    edit::{Change, Home},
};

impl Recoding {
    fn answers(&self, of: &Asked, answers: &Attributes) -> Attributes {
        let recoded = |(id, value): (&AttributeId, &Value)| {
            let is_meant = *of == self.of && *id == self.attribute;
            (id.clone(), if is_meant { self.value(value) } else { value.clone() })
        };
        answers.iter().map(recoded).collect()
    }

    fn value(&self, value: &Value) -> Value {
        let choice = |id: &ChoiceId| if *id == self.from { self.to.clone() } else { id.clone() };
        match value {
            Value::Choice(id) => Value::Choice(choice(id)),
            Value::Choices(ids) => {
                Value::Choices(ids.iter().map(choice).collect::<BTreeSet<_>>().into_iter().collect())
            }
            other => other.clone(),
        }
    }
}

/// What something that is removed from the codebook is replaced by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Replaced<'a> {
    Nothing,
    /// The marks of a label.
    Label(&'a LabelId, &'a Fate),
    Choice(&'a Recoding),
    /// Targets that answers name, each by another one, or by none where they stay.
    Targets(&'a [(&'a str, Option<&'a str>)]),
}

impl Replaced<'_> {
    /// What an answer that names a target names then.
    fn target<'t>(&'t self, named: &'t str) -> &'t str {
        let Self::Targets(targets) = self else { return named };
        targets.iter().find(|(from, _)| *from == named).and_then(|(_, to)| *to).unwrap_or(named)
    }
}

/// The changes that bring all layers, which have been read, under a codebook: marks relabelled or removed, answers and
/// members taken away that no longer fit. A label that is removed says what becomes of its marks.
pub(super) fn changes(project: &Project, after: &Codebook, replaced: Replaced<'_>) -> Vec<Change> {
    Refit { project, after, replaced, gone: BTreeSet::new() }.changes()
}

/// The articles with layers that have to be read before that.
pub(super) fn unread(project: &Project) -> Vec<ArticleId> {
    let is_unread = |id: &ArticleId| project.layers(id).any(|(_, slot)| matches!(slot, LayerSlot::Unread(_)));
    project.articles().map(|(id, _)| id).filter(|id| is_unread(id)).cloned().collect()
}

/// The codebook that layers are brought under.
struct Refit<'a> {
    project: &'a Project,
    after: &'a Codebook,
    replaced: Replaced<'a>,
    /// Relations that are removed so far, and may have been members of others.
    gone: BTreeSet<RelationId>,
}

impl Refit<'_> {
    /// All changes. What a removed relation leaves behind can be too little for another one, so it is worked out
    /// again until no further relation goes.
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

    /// All changes, given the relations that are known to be gone.
    fn once(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        let project = self.project;
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

    /// The changes of one layer.
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
        let mut whole = layer.article_answers().clone();
        self.retarget(&mut whole);
        if let Replaced::Choice(recoding) = self.replaced {
            let meant =
                whole.answers.iter_mut().filter(|a| recoding.of == Asked::Article && a.question == recoding.attribute);
            meant.for_each(|answer| answer.value = recoding.value(&answer.value));
        }
        whole.answers.retain(|a| {
            self.after
                .question(&a.question)
                .is_some_and(|q| q.attribute.takes(&a.value) && q.for_each_target == a.target.is_some())
        });
        changes.push(Change::Answers {
            article: article.clone(),
            annotator: annotator.clone(),
            before: Arc::new(layer.article_answers().clone()),
            after: Arc::new(whole),
        });
    }

    /// What a mark becomes; `None` where it is removed.
    fn annotation(&self, before: &Annotation) -> Option<Annotation> {
        let label = self.label_of(before)?;
        let asked = &self.after.label(&label)?.attributes;
        let answers = self.recoded(Asked::Label(label.clone()), asked, &before.attributes);
        Some(Annotation { attributes: marked::fitting(&answers, asked), label, ..before.clone() })
    }

    fn recoded(&self, of: Asked, asked: &[Attribute], answers: &Attributes) -> Attributes {
        match self.replaced {
            Replaced::Choice(recoding) => recoding.answers(&of, answers),
            Replaced::Targets(_) => {
                let is_target = |id: &AttributeId| asked.iter().any(|a| a.id == *id && a.kind == AttributeKind::Target);
                let named = |(id, value): (&AttributeId, &Value)| match value {
                    Value::Text(text) if is_target(id) => {
                        (id.clone(), Value::Text(self.replaced.target(text).to_owned()))
                    }
                    value => (id.clone(), value.clone()),
                };
                answers.iter().map(named).collect()
            }
            _ => answers.clone(),
        }
    }

    /// Lets answers about the article, and those for each target, name other targets. Where there is an answer for the
    /// other one already, both stay.
    fn retarget(&self, whole: &mut ArticleAnswers) {
        let Replaced::Targets(_) = self.replaced else { return };
        for answer in whole.answers.clone() {
            let question = self.after.question(&answer.question);
            let is_target = question.is_some_and(|question| question.attribute.kind == AttributeKind::Target);
            let value = match &answer.value {
                Value::Text(text) if is_target => Value::Text(self.replaced.target(text).to_owned()),
                value => value.clone(),
            };
            let target = answer.target.as_deref().map(|target| self.replaced.target(target).to_owned());
            if target != answer.target && whole.answer(&answer.question, target.as_deref()).is_some() {
                continue;
            }
            whole.set_answer(answer.question.clone(), answer.target, None);
            whole.set_answer(answer.question, target, Some(value));
        }
    }

    /// The label a mark will have; `None` where it is removed.
    fn label_of(&self, annotation: &Annotation) -> Option<LabelId> {
        match self.replaced {
            Replaced::Label(label, Fate::Relabel(to)) if *label == annotation.label => Some(to.clone()),
            Replaced::Label(label, Fate::Remove) if *label == annotation.label => None,
            _ => Some(annotation.label.clone()),
        }
    }

    /// The changes of one annotator’s relations in an article or across articles.
    fn relations(&self, home: &Home, annotator: &AnnotatorId, changes: &mut Vec<Change>) {
        let project = self.project;
        let set = match home {
            Home::Article(article) => project.layer(article, annotator).map(Layer::relations),
            Home::Links => project.links(annotator),
        };
        for (id, before) in set.into_iter().flat_map(RelationSet::iter) {
            let after = self.after.relation(&before.kind).and_then(|kind| {
                let mut after = (**before).clone();
                let answers = self.recoded(Asked::Relation(kind.id.clone()), &kind.attributes, &after.attributes);
                after.attributes = marked::fitting(&answers, &kind.attributes);
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

    /// Whether a member may fill its role under the new codebook.
    fn still_fills(&self, annotator: &AnnotatorId, kind: &RelationKind, member: &Member) -> bool {
        let Some(role) = kind.roles.iter().find(|r| r.id == member.role) else { return false };
        let layer = self.project.layer(&member.target.article, annotator);
        let filler = match member.target.item {
            Item::Annotation(id) => self.new_label(layer, id).map(Filler::Label),
            Item::Relation(id) if self.gone.contains(&id) => None,
            Item::Relation(id) => {
                let own = layer.and_then(|l| l.relations().get(id));
                let found = own.or_else(|| self.project.links(annotator)?.get(id));
                found.filter(|r| self.after.relation(&r.kind).is_some()).map(|r| Filler::Relation(r.kind.clone()))
            }
        };
        filler.is_some_and(|f| role.may_be_filled_by(&f))
    }

    fn new_label(&self, layer: Option<&Layer>, id: AnnotationId) -> Option<LabelId> {
        self.annotation(layer?.annotation(id)?).map(|a| a.label)
    }
}
