//! What an annotator can take back, from their journal: their own steps, across restarts.
//!
//! The journal says what was and what is of each row as shortly as it can, so a step is completed from the project as
//! it stands: the steps are gone back over from the newest. Where a row is not as a step left it, because somebody
//! else has changed it since, that step can't be taken back, nor can what lies before it.

use std::sync::Arc;

use super::{Step, steps};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotator, AnnotatorId, Article, ArticleId, Codebook, Item, LayerSlot, Project, Story, TransactionId,
        edit::{Change, Focus, History, Home, Kind, Transaction, apply},
    },
    store::{
        Folder,
        file::{
            CodebookFile,
            article::Shape,
            journal::{AnswersRow, ChangeRow, CodebookChange, MarkChange, MarkRow, RelationChange, Side},
            layer::{MemberHome, RelationRow},
            shape::{Hash, Prose},
        },
    },
    text::Text,
};

impl Folder {
    /// The last steps of an annotator, at most so many, as a history that can be undone and redone.
    ///
    /// The project is as it is now, with everything that was recorded. Articles that the steps touch are read, but the
    /// project given stays as it is.
    pub fn history(&self, project: &Project, by: Option<&AnnotatorId>, most: usize) -> History {
        let (pages, _) = self.journal(by);
        let entries = pages.entries().0;
        let all = steps(&entries).0;
        // A snapshot is free, and what is read into it, or taken back in it, goes away with it.
        let mut back = Back { folder: self, project: project.clone() };
        let mut transactions = Vec::new();
        for step in all.iter().rev().take(most) {
            match back.over(step) {
                Ok(transaction) => transactions.push(transaction),
                // What lies before it can't be taken back either.
                Err(_) => break,
            }
        }
        transactions.reverse();
        in_order(transactions)
    }
}

/// Plays steps, oldest first, into what is done and what is undone.
fn in_order(steps: Vec<Transaction>) -> History {
    let (mut done, mut undone): (Vec<Arc<Transaction>>, Vec<Arc<Transaction>>) = (Vec::new(), Vec::new());
    let take = |from: &mut Vec<Arc<Transaction>>, of| from.pop_if(|last: &mut Arc<Transaction>| last.id == of);
    for step in steps {
        match step.kind {
            Kind::Do => {
                undone.clear();
                done.push(Arc::new(step));
            }
            Kind::Undo(of) => {
                let taken = take(&mut done, of).unwrap_or_else(|| Arc::new(original(step, of)));
                undone.push(taken);
            }
            Kind::Redo(of) => {
                let taken = take(&mut undone, of).unwrap_or_else(|| Arc::new(original(step, of)));
                done.push(taken);
            }
        }
    }
    History::restored(done, undone)
}

/// The step that another one takes back or repeats, where it lies too far back.
fn original(step: Transaction, of: TransactionId) -> Transaction {
    let changes = if matches!(step.kind, Kind::Undo(_)) { step.inverse() } else { step.changes };
    Transaction { id: of, kind: Kind::Do, changes, ..step }
}

/// A project that goes back in time.
struct Back<'f> {
    folder: &'f Folder,
    project: Project,
}

/// A row is not as a step left it.
fn elsewhere() -> Diagnostic {
    Diagnostic::note("changed-since", "This was changed since")
}

fn ensure(is_so: bool) -> Result<(), Diagnostic> {
    if is_so { Ok(()) } else { Err(elsewhere()) }
}

impl Back<'_> {
    /// The step as a transaction, and the project as it was before it.
    fn over(&mut self, step: &Step<'_, '_>) -> Result<Transaction, Diagnostic> {
        let mut changes = Vec::new();
        for row in step.changes {
            self.read(row)?;
            changes.extend(self.complete(row, step.side)?);
        }
        if step.side == Side::Was {
            changes.reverse();
        }
        let focus = |side: Side| focus(&changes, side);
        let (focus_before, focus_after) = (focus(Side::Was), focus(Side::Is));
        let entry = step.entry;
        let transaction = Transaction {
            id: entry.id,
            kind: entry.kind.into(),
            at_unix_ms: entry.at.unix_ms(),
            by: entry.by.clone(),
            label: entry.label(),
            changes,
            focus_before,
            focus_after,
        };
        apply(&mut self.project, &transaction.inverse()).map_err(|refusal| refusal.0)?;
        Ok(transaction)
    }

    fn read(&mut self, row: &ChangeRow<'_>) -> Result<(), Diagnostic> {
        let article = match row {
            ChangeRow::Marks { article, .. } | ChangeRow::Answers { article, .. } => Some(article),
            ChangeRow::Relations { article, .. } => article.as_ref(),
            ChangeRow::Article { id, text: Some(_), .. } => Some(id),
            _ => None,
        };
        match article {
            Some(id) if self.project.article(id).is_some() && !self.project.is_read(id) => {
                self.folder.read_article(&mut self.project, id).map(drop)
            }
            _ => Ok(()),
        }
    }

    /// The changes that brought rows to a side, each with the whole row on both sides.
    fn complete(&self, row: &ChangeRow<'_>, side: Side) -> Result<Vec<Change>, Diagnostic> {
        Ok(match row {
            ChangeRow::Marks { article, annotator, changes } => self.marks(article, annotator, changes, side)?,
            ChangeRow::Relations { article, annotator, changes } => {
                let home = article.clone().map_or(Home::Links, Home::Article);
                let change = |change: &RelationChange| self.relation(&home, annotator, change, side);
                changes.iter().map(change).collect::<Result<_, _>>()?
            }
            ChangeRow::Answers { article, annotator, was, is } => {
                let now = self.project.layer(article, annotator).map(|layer| AnswersRow::of(layer.whole()));
                let (from, to) = sides(was, is, side);
                ensure(now.unwrap_or_default() == *to)?;
                let (before, after) = (from.clone().into_model(), to.clone().into_model());
                vec![Change::Whole { article: article.clone(), annotator: annotator.clone(), before, after }]
            }
            ChangeRow::Article { id, was, is, text, removed_text } => {
                let (from, to) = sides(was, is, side);
                vec![self.article(id, from.as_ref(), to.as_ref(), *text, removed_text.as_ref())?]
            }
            // TODO
            ChangeRow::Text { .. } => return Err(elsewhere()),
            ChangeRow::Story { id, was, is } => {
                let (from, to) = sides(was, is, side);
                ensure(self.project.story(id).map(|story| &story.name) == to.as_ref())?;
                let story = |name: &String| Arc::new(Story { name: name.clone() });
                vec![Change::Story { id: id.clone(), before: from.as_ref().map(story), after: to.as_ref().map(story) }]
            }
            ChangeRow::Annotator { id, was, is } => {
                let (from, to) = sides(was, is, side);
                ensure(self.project.annotator(id).map(|annotator| &annotator.name) == to.as_ref())?;
                let annotator = |name: &String| Arc::new(Annotator { name: name.clone() });
                let (before, after) = (from.as_ref().map(annotator), to.as_ref().map(annotator));
                vec![Change::Annotator { id: id.clone(), before, after }]
            }
            ChangeRow::Codebook(change) => vec![self.codebook(change, side)?],
            ChangeRow::Name { was, is } => {
                let (from, to) = sides(was, is, side);
                ensure(self.project.name() == to)?;
                vec![Change::Name { before: from.clone(), after: to.clone() }]
            }
        })
    }

    fn marks(
        &self,
        article: &ArticleId,
        annotator: &AnnotatorId,
        changes: &[MarkChange<'_>],
        side: Side,
    ) -> Result<Vec<Change>, Diagnostic> {
        let text = self.project.text(article).ok_or_else(elsewhere)?;
        let slot = self.project.layer_slot(article, annotator);
        ensure(!matches!(slot, Some(LayerSlot::Unread(_))))?;
        let layer = self.project.layer(article, annotator);
        let mut all = Vec::new();
        for change in changes {
            for id in change.ids() {
                let after = layer.and_then(|layer| layer.annotation(*id)).cloned();
                let now = after.as_ref().map(|annotation| MarkRow::of(*id, annotation, text));
                ensure(change.holds(now.as_ref(), side))?;
                let before = change.carried_to(now, side.other()).map(|mark| mark.into_model(text));
                let before = before.transpose()?.map(Arc::new);
                all.push(Change::Annotation {
                    article: article.clone(),
                    annotator: annotator.clone(),
                    id: *id,
                    before,
                    after,
                });
            }
        }
        Ok(all)
    }

    fn relation(
        &self,
        home: &Home,
        annotator: &AnnotatorId,
        change: &RelationChange,
        side: Side,
    ) -> Result<Change, Diagnostic> {
        let id = change.id().ok_or_else(elsewhere)?;
        let (set, member_home, article) = match home {
            Home::Article(article) => {
                let layer = self.project.layer(article, annotator);
                (layer.map(crate::model::Layer::relations), MemberHome::Layer, Some(article))
            }
            Home::Links => (self.project.links(annotator), MemberHome::Links, None),
        };
        let after = set.and_then(|set| set.get(id)).cloned();
        let now = after.as_ref().map(|relation| RelationRow::of(id, relation, member_home));
        let (from, to) = sides(&change.was, &change.is, side);
        ensure(now == *to)?;
        let mut wrong = Vec::new();
        let before = from.clone().map(|row| Arc::new(row.into_model(article, &mut wrong).1));
        wrong.into_iter().next().map_or(Ok(()), Err)?;
        Ok(Change::Relation { home: home.clone(), annotator: annotator.clone(), id, before, after })
    }

    fn article(
        &self,
        id: &ArticleId,
        from: Option<&Shape<()>>,
        to: Option<&Shape<()>>,
        text: Option<Hash>,
        removed_text: Option<&Prose>,
    ) -> Result<Change, Diagnostic> {
        let after = self.project.article(id).cloned();
        ensure(after.as_deref().map(Shape::head).as_ref() == to)?;
        let before: Option<Arc<Article>> = from.map(|shape| Arc::new(shape.clone().into_parts().0));
        let aside = || {
            let file = text.and_then(|hash| self.folder.text_aside(id, hash.0));
            file.map(|file| file.into_parts().1.0).or_else(|| removed_text.map(|text| text.0.clone())).map(Text::new)
        };
        let text = match (&before, &after) {
            (None, Some(_)) => Some(self.project.text(id).cloned().ok_or_else(elsewhere)?),
            (Some(_), None) => Some(aside().ok_or_else(elsewhere)?),
            _ => None,
        };
        Ok(Change::Article { id: id.clone(), before, after, text })
    }

    fn codebook(&self, change: &CodebookChange, side: Side) -> Result<Change, Diagnostic> {
        let after = self.project.codebook();
        let mut file = CodebookFile::from(&**after);
        ensure(change.holds(&file, side))?;
        change.put(&mut file, side.other());
        Ok(Change::Codebook { before: Arc::new(Codebook::from(file)), after: Arc::clone(after) })
    }
}

/// From where a change came to a side, and what is there.
fn sides<'v, V>(was: &'v V, is: &'v V, side: Side) -> (&'v V, &'v V) {
    match side {
        Side::Is => (was, is),
        Side::Was => (is, was),
    }
}

/// Where one looks to see what changed: the journal does not keep where one was looking.
fn focus(changes: &[Change], side: Side) -> Focus {
    let place = changes.iter().find_map(|change| match change {
        Change::Annotation { article, id, before, after, .. } => {
            let is_there = matches!((side, before, after), (Side::Was, Some(_), _) | (Side::Is, _, Some(_)));
            Some((article, is_there.then_some(*id)))
        }
        Change::Relation { home: Home::Article(article), before, after, .. } => {
            let relation = if side == Side::Was { before } else { after };
            let first = relation.as_ref().and_then(|relation| relation.members.first());
            let picked = first.and_then(|member| match member.target.item {
                Item::Annotation(id) => Some(id),
                Item::Relation(_) => None,
            });
            Some((article, picked))
        }
        Change::Whole { article, .. } => Some((article, None)),
        Change::Article { id, before, after, .. } => {
            let is_there = if side == Side::Was { before.is_some() } else { after.is_some() };
            is_there.then_some((id, None))
        }
        _ => None,
    });
    place.map_or_else(Focus::default, |(article, picked)| Focus {
        article: Some(article.clone()),
        selection: None,
        picked,
    })
}
