//! Steps of a journal as transactions, to take them back or repeat them in a project as it stands.
//!
//! The journal says what was and what is of each row as shortly as it can, so a step is completed from the project. Of
//! several steps each is completed from the project as it is with those after it taken back. Where a row is not as the
//! step left it, because somebody else has changed it since, the step can't be taken back.

use std::{collections::BTreeMap, sync::Arc};

use super::{Recorded, aside::Asides};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotator, AnnotatorId, Article, ArticleId, Codebook, Item, LayerSlot, Project, Story,
        edit::{Change, Focus, Home, Kind, Transaction, apply, no_way_back, no_way_on},
    },
    store::file::{
        CodebookFile,
        article::Shape,
        journal::{AnswersRow, ChangeRow, CodebookChange, EntryRow, MarkChange, MarkRow, RelationChange, Side},
        layer::{MemberHome, RelationRow},
    },
    text::Text,
};

/// The steps as transactions: of those that are done the last one first, of those that are undone the next one first.
/// The project is as it is now, with everything read that they [touch](Recorded::articles).
///
/// # Errors
/// Which of them can’t be taken back, or repeated, any more, and why.
pub fn retrace(project: &Project, steps: &[Arc<Recorded>]) -> Result<Vec<Transaction>, Diagnostic> {
    // A snapshot is free, and what is taken back in it goes away with it.
    let mut project = project.clone();
    let mut transactions = Vec::new();
    for step in steps {
        let entry = step.entry()?;
        let retraced = Back { project: &project, texts: &step.texts }.transaction(&entry, step.side);
        let retraced = retraced.and_then(|transaction| {
            let next = if step.side == Side::Is { transaction.inverse() } else { transaction.changes.clone() };
            apply(&mut project, &next).map_err(|refusal| refusal.0)?;
            Ok(transaction)
        });
        transactions.push(retraced.map_err(|why| match step.side {
            Side::Is => no_way_back(&entry.label(), why),
            Side::Was => no_way_on(&entry.label(), why),
        })?);
    }
    Ok(transactions)
}

/// A project in which a step is one side of its changes.
struct Back<'p> {
    project: &'p Project,
    /// Those of the other side, where they are not the project’s.
    texts: &'p BTreeMap<ArticleId, Text>,
}

/// A row is not as the step left it.
fn elsewhere(what: &'static str) -> Diagnostic {
    Diagnostic::error("changed-since", what)
}

fn ensure(is_so: bool, what: &'static str) -> Result<(), Diagnostic> {
    if is_so { Ok(()) } else { Err(elsewhere(what)) }
}

const MARK: &str = "a mark of it was changed since";
const RELATION: &str = "a relation of it was changed since";
const ANSWERS: &str = "answers about the article were changed since";
const ARTICLE: &str = "what is known of the article was changed since";
const TEXT: &str = "the article’s text can’t be read";
const STORY: &str = "the story was changed since";
const ANNOTATOR: &str = "the annotator was changed since";
const CODEBOOK: &str = "this part of the codebook was changed since";
const NAME: &str = "the project’s name was changed since";

impl Back<'_> {
    /// The step as the transaction that it was.
    fn transaction(&self, entry: &EntryRow<'_>, side: Side) -> Result<Transaction, Diagnostic> {
        let mut changes = Vec::new();
        let mut asides = Asides::new(self.project, self.codebook_before(entry, side)?);
        for row in &entry.changes {
            changes.extend(self.complete(row, side, &mut asides)?);
        }
        changes.extend(asides.into_changes());
        if side == Side::Was {
            changes = changes.into_iter().map(Change::inverse).collect();
        }
        let focus = |side: Side| focus(&changes, side);
        let (focus_before, focus_after) = (focus(Side::Was), focus(Side::Is));
        Ok(Transaction {
            id: entry.id,
            kind: Kind::Do,
            at_unix_ms: entry.at.unix_ms(),
            by: entry.by.clone(),
            label: entry.label(),
            changes,
            focus_before,
            focus_after,
        })
    }

    /// The codebook on the other side.
    fn codebook_before(&self, entry: &EntryRow<'_>, side: Side) -> Result<Arc<Codebook>, Diagnostic> {
        let change = entry.changes.iter().find_map(|row| match row {
            ChangeRow::Codebook(change) => Some(self.codebook(change, side)),
            _ => None,
        });
        match change.transpose()? {
            Some(Change::Codebook { before, .. }) => Ok(before),
            _ => Ok(Arc::clone(self.project.codebook())),
        }
    }

    /// The changes that brought rows to a side, each with the whole row on both sides.
    fn complete(&self, row: &ChangeRow<'_>, side: Side, asides: &mut Asides<'_>) -> Result<Vec<Change>, Diagnostic> {
        Ok(match row {
            ChangeRow::Marks { article, annotator, changes } => {
                self.marks((article, annotator), changes, side, asides)?
            }
            ChangeRow::Relations { article, annotator, changes } => {
                let home = article.clone().map_or(Home::Links, Home::Article);
                let mut change = |of: &RelationChange| self.relation(&home, annotator, of, side, asides);
                changes.iter().filter_map(|of| change(of).transpose()).collect::<Result<_, _>>()?
            }
            ChangeRow::Answers { article, annotator, was, is } => {
                let now = self.project.layer(article, annotator).map(|layer| AnswersRow::of(layer.whole()));
                let (from, to) = sides(was, is, side);
                ensure(now.unwrap_or_default() == *to, ANSWERS)?;
                let (before, after) = (from.clone().into_model(), to.clone().into_model());
                vec![Change::Whole { article: article.clone(), annotator: annotator.clone(), before, after }]
            }
            ChangeRow::Article { id, was, is, .. } => {
                let (from, to) = sides(was, is, side);
                vec![self.article(id, from.as_ref(), to.as_ref())?]
            }
            ChangeRow::Text { .. } => return Err(elsewhere(TEXT)),
            ChangeRow::Story { id, was, is } => {
                let (from, to) = sides(was, is, side);
                ensure(self.project.story(id).map(|story| &story.name) == to.as_ref(), STORY)?;
                let story = |name: &String| Arc::new(Story { name: name.clone() });
                vec![Change::Story { id: id.clone(), before: from.as_ref().map(story), after: to.as_ref().map(story) }]
            }
            ChangeRow::Annotator { id, was, is } => {
                let (from, to) = sides(was, is, side);
                ensure(self.project.annotator(id).map(|annotator| &annotator.name) == to.as_ref(), ANNOTATOR)?;
                let annotator = |name: &String| Arc::new(Annotator { name: name.clone() });
                let (before, after) = (from.as_ref().map(annotator), to.as_ref().map(annotator));
                vec![Change::Annotator { id: id.clone(), before, after }]
            }
            ChangeRow::Codebook(change) => vec![self.codebook(change, side)?],
            ChangeRow::Name { was, is } => {
                let (from, to) = sides(was, is, side);
                ensure(self.project.name() == to, NAME)?;
                vec![Change::Name { before: from.clone(), after: to.clone() }]
            }
        })
    }

    /// The text on one side of the step.
    fn text(&self, article: &ArticleId, is_other_side: bool) -> Result<&Text, Diagnostic> {
        let other = self.texts.get(article).filter(|_| is_other_side);
        other.or_else(|| self.project.text(article)).ok_or_else(|| elsewhere(TEXT))
    }

    fn marks(
        &self,
        (article, annotator): (&ArticleId, &AnnotatorId),
        changes: &[MarkChange<'_>],
        side: Side,
        asides: &mut Asides<'_>,
    ) -> Result<Vec<Change>, Diagnostic> {
        let slot = self.project.layer_slot(article, annotator);
        ensure(!matches!(slot, Some(LayerSlot::Unread(_))), "its layer can’t be read")?;
        let layer = self.project.layer(article, annotator);
        let home = Home::Article(article.clone());
        let mut all = Vec::new();
        for (change, id) in changes.iter().flat_map(|change| change.ids().iter().map(move |id| (change, *id))) {
            let after = layer.and_then(|layer| layer.annotation(id)).cloned();
            let is_aside = after.is_none().then(|| asides.mark(&home, annotator, id)).flatten();
            let now = match (&after, is_aside) {
                (Some(annotation), _) => Some(MarkRow::of(id, annotation, self.text(article, false)?)),
                (None, aside) => aside,
            };
            ensure(change.holds(now.as_ref(), side), MARK)?;
            let was_aside = now.is_some() && after.is_none();
            let before = change.carried_to(now, side.other());
            if was_aside {
                asides.take(&home, annotator, Item::Annotation(id));
            }
            let before = match before {
                Some(mark) => asides.place(&home, annotator, mark, self.text(article, true)?),
                None => None,
            };
            if before.is_some() || after.is_some() {
                let (article, annotator) = (article.clone(), annotator.clone());
                all.push(Change::Annotation { article, annotator, id, before: before.map(Arc::new), after });
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
        asides: &mut Asides<'_>,
    ) -> Result<Option<Change>, Diagnostic> {
        let id = change.id().ok_or_else(|| elsewhere(RELATION))?;
        let (set, member_home, article) = match home {
            Home::Article(article) => {
                let layer = self.project.layer(article, annotator);
                (layer.map(crate::model::Layer::relations), MemberHome::Layer, Some(article))
            }
            Home::Links => (self.project.links(annotator), MemberHome::Links, None),
        };
        let after = set.and_then(|set| set.get(id)).cloned();
        let is_aside = after.is_none().then(|| asides.relation(home, annotator, id)).flatten();
        let now = after.as_deref().or(is_aside.as_ref()).map(|relation| RelationRow::of(id, relation, member_home));
        let (from, to) = sides(&change.was, &change.is, side);
        ensure(now == *to, RELATION)?;
        let mut wrong = Vec::new();
        let before = from.clone().map(|row| row.into_model(article, &mut wrong).1);
        wrong.into_iter().next().map_or(Ok(()), Err)?;
        if is_aside.is_some() {
            asides.take(home, annotator, Item::Relation(id));
        }
        let before = before.and_then(|relation| asides.fit(home, annotator, id, relation)).map(Arc::new);
        let is_change = before.is_some() || after.is_some();
        let change = || Change::Relation { home: home.clone(), annotator: annotator.clone(), id, before, after };
        Ok(is_change.then(change))
    }

    fn article(&self, id: &ArticleId, from: Option<&Shape<()>>, to: Option<&Shape<()>>) -> Result<Change, Diagnostic> {
        let after = self.project.article(id).cloned();
        ensure(after.as_deref().map(Shape::head).as_ref() == to, ARTICLE)?;
        let before: Option<Arc<Article>> = from.map(|shape| Arc::new(shape.clone().into_parts().0));
        let text = match (&before, &after) {
            (None, Some(_)) => Some(self.text(id, false)?.clone()),
            (Some(_), None) => Some(self.text(id, true)?.clone()),
            _ => None,
        };
        Ok(Change::Article { id: id.clone(), before, after, text })
    }

    fn codebook(&self, change: &CodebookChange, side: Side) -> Result<Change, Diagnostic> {
        let after = self.project.codebook();
        let mut file = CodebookFile::from(&**after);
        ensure(change.holds(&file, side), CODEBOOK)?;
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
pub(super) fn focus(changes: &[Change], side: Side) -> Focus {
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
