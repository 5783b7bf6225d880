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
        AnnotationId, Annotator, AnnotatorId, Article, ArticleId, Codebook, Item, Layer, LayerSlot, Project,
        RelationId, Story,
        edit::{Change, Focus, Home, Kind, TextVersion, Transaction, apply, no_way_back, no_way_on},
    },
    store::file::{
        CodebookFile,
        article::Shape,
        journal::{
            AnswersRow, ChangeRow, CodebookChange, EntryRow, MarkChange, MarkRow, RejectionChange, RelationChange, Side,
        },
        layer::{MemberHome, RejectionRow, RelationRow},
        shape::Hash,
    },
    text::{Text, hash::content_hash},
};

/// Steps as transactions, each completed from the project as it is once those before it in the list are taken back
/// (or done again). For steps that are done, the last comes first; for undone ones, the next to redo. Everything that
/// they touch must have been read (see [`Recorded::articles`]).
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

/// The project in which a step is on one side of its changes.
struct Back<'p> {
    project: &'p Project,
    /// Texts of the other side, where these are not the project’s.
    texts: &'p BTreeMap<ArticleId, Text>,
}

/// A row is not as the step left it, so that the step can’t be taken back.
fn elsewhere(what: &'static str) -> Diagnostic {
    Diagnostic::error("changed-since", what)
}

fn ensure(is_so: bool, what: &'static str) -> Result<(), Diagnostic> {
    if is_so { Ok(()) } else { Err(elsewhere(what)) }
}

/// What can have changed since, in the words that follow “can’t be undone any more: ”.
const MARK: &str = "a mark of it was changed since";
const RELATION: &str = "a relation of it was changed since";
const REJECTION: &str = "what was said not to be the same was changed since";
const ANSWERS: &str = "answers about the article were changed since";
const ARTICLE: &str = "what is known of the article was changed since";
const TEXT: &str = "the article’s text can’t be read";
const CORRECTED: &str = "the article’s text was changed since";
const LAYER: &str = "its layer can’t be read";
const STORY: &str = "the story was changed since";
const ANNOTATOR: &str = "the annotator was changed since";
const CODEBOOK: &str = "this part of the codebook was changed since";
const NAME: &str = "the project’s name was changed since";

impl Back<'_> {
    /// The step as the transaction that it was; nothing of the project is changed.
    fn transaction(&self, entry: &EntryRow<'_>, side: Side) -> Result<Transaction, Diagnostic> {
        let mut changes = Vec::new();
        let mut asides = Asides::new(self.project, self.codebook_before(entry, side)?);
        let mut rows = Layers::default();
        for row in &entry.changes {
            match row {
                ChangeRow::Marks { article, annotator, changes } => rows.add_marks(article, annotator, changes),
                ChangeRow::Relations { article, annotator, changes } => {
                    rows.add_relations(article.as_ref(), annotator, changes);
                }
                ChangeRow::Rejections { annotator, changes: rows } => {
                    for change in backwards(rows.iter().collect(), side) {
                        changes.push(self.rejection(annotator, change, side)?);
                    }
                }
                _ => changes.push(self.complete(row, side)?),
            }
        }
        for ((article, annotator, id), of_mark) in rows.marks {
            changes.extend(self.mark((article, annotator, id), of_mark, side, &mut asides)?);
        }
        // One is set aside where a member is.
        for ((home, annotator, id), of_relation) in rows.relations {
            changes.extend(self.relation((&home, annotator, id), of_relation, side, &mut asides)?);
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

    /// The codebook on the other side of the step.
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

    /// The change that brought a row to this side, with the whole row on both sides.
    fn complete(&self, row: &ChangeRow<'_>, side: Side) -> Result<Change, Diagnostic> {
        Ok(match row {
            ChangeRow::Marks { .. } | ChangeRow::Relations { .. } | ChangeRow::Rejections { .. } => {
                return Err(elsewhere(MARK));
            }
            ChangeRow::Answers { article, annotator, was, is } => {
                let now = self.project.layer(article, annotator).map(|layer| AnswersRow::of(layer.article_answers()));
                let (from, to) = sides(was, is, side);
                ensure(now.unwrap_or_default() == *to, ANSWERS)?;
                let (before, after) = (from.clone().into_model(), to.clone().into_model());
                Change::Answers { article: article.clone(), annotator: annotator.clone(), before, after }
            }
            ChangeRow::Article { id, was, is, .. } => {
                let (from, to) = sides(was, is, side);
                self.article(id, from.as_ref(), to.as_ref())?
            }
            ChangeRow::Text { id, was, is, was_text, is_text, layers } => {
                let (from, to) = sides(was, is, side);
                let hash = if side == Side::Is { is_text } else { was_text };
                self.corrected(id, (from, to), *hash, layers)?
            }
            ChangeRow::Story { id, was, is } => {
                let (from, to) = sides(was, is, side);
                ensure(self.project.story(id).map(|story| &story.name) == to.as_ref(), STORY)?;
                let story = |name: &String| Arc::new(Story { name: name.clone() });
                Change::Story { id: id.clone(), before: from.as_ref().map(story), after: to.as_ref().map(story) }
            }
            ChangeRow::Annotator { id, was, is } => {
                let (from, to) = sides(was, is, side);
                ensure(self.project.annotator(id).map(|annotator| &annotator.name) == to.as_ref(), ANNOTATOR)?;
                let annotator = |name: &String| Arc::new(Annotator { name: name.clone() });
                let (before, after) = (from.as_ref().map(annotator), to.as_ref().map(annotator));
                Change::Annotator { id: id.clone(), before, after }
            }
            ChangeRow::Codebook(change) => self.codebook(change, side)?,
            ChangeRow::Name { was, is } => {
                let (from, to) = sides(was, is, side);
                ensure(self.project.name() == to, NAME)?;
                Change::Name { before: from.clone(), after: to.clone() }
            }
        })
    }

    /// An article’s text on one side of the step.
    fn text(&self, article: &ArticleId, is_other_side: bool) -> Result<&Text, Diagnostic> {
        let other = self.texts.get(article).filter(|_| is_other_side);
        other.or_else(|| self.project.text(article)).ok_or_else(|| elsewhere(TEXT))
    }

    /// The change of a mark, which may have been set aside by the step or come back from there; `None` where it is
    /// set aside on both sides.
    fn mark(
        &self,
        (article, annotator, id): MarkKey<'_>,
        changes: Vec<&MarkChange<'_>>,
        side: Side,
        asides: &mut Asides<'_>,
    ) -> Result<Option<Change>, Diagnostic> {
        let slot = self.project.layer_slot(article, annotator);
        ensure(!matches!(slot, Some(LayerSlot::Unread(_))), LAYER)?;
        let home = Home::Article(article.clone());
        let after = self.project.layer(article, annotator).and_then(|layer| layer.annotation(id)).cloned();
        let mut row = match &after {
            Some(annotation) => Some(MarkRow::of(id, annotation, self.text(article, false)?).into_owned()),
            None => asides.mark(&home, annotator, id),
        };
        if after.is_none() && row.is_some() {
            asides.take(&home, annotator, Item::Annotation(id));
        }
        for change in backwards(changes, side) {
            ensure(change.holds(row.as_ref(), side), MARK)?;
            row = change.carried_to(row, side.other()).map(MarkRow::into_owned);
        }
        let before = match row {
            Some(mark) => {
                let now = after.as_deref().zip(self.project.text(article));
                asides.place(&home, annotator, (mark, now), self.text(article, true)?)
            }
            None => None,
        };
        let is_change = before.is_some() || after.is_some();
        let (article, annotator) = (article.clone(), annotator.clone());
        let change = || Change::Annotation { article, annotator, id, before: before.map(Arc::new), after };
        Ok(is_change.then(change))
    }

    /// The change of a relation, which may have been set aside by the step or come back from there.
    fn relation(
        &self,
        (home, annotator, id): (&Home, &AnnotatorId, RelationId),
        changes: Vec<&RelationChange>,
        side: Side,
        asides: &mut Asides<'_>,
    ) -> Result<Option<Change>, Diagnostic> {
        let (set, member_home, article) = match home {
            Home::Article(article) => {
                (self.project.layer(article, annotator).map(Layer::relations), MemberHome::Layer, Some(article))
            }
            Home::Links => (self.project.links(annotator), MemberHome::Links, None),
        };
        let after = set.and_then(|set| set.get(id)).cloned();
        let aside = after.is_none().then(|| asides.relation(home, annotator, id)).flatten();
        if aside.is_some() {
            asides.take(home, annotator, Item::Relation(id));
        }
        let now = after.as_deref().or(aside.as_ref());
        let mut row = now.map(|relation| RelationRow::of(id, relation, member_home));
        for change in backwards(changes, side) {
            let (from, to) = sides(&change.was, &change.is, side);
            ensure(row == *to, RELATION)?;
            row.clone_from(from);
        }
        let mut wrong = Vec::new();
        let before = row.map(|row| row.into_model(article, &mut wrong).1);
        wrong.into_iter().next().map_or(Ok(()), Err)?;
        let before = before.and_then(|relation| asides.fit(home, annotator, id, relation)).map(Arc::new);
        let is_change = before.is_some() || after.is_some();
        let change = || Change::Relation { home: home.clone(), annotator: annotator.clone(), id, before, after };
        Ok(is_change.then(change))
    }

    /// The change of what is not the same statement.
    fn rejection(&self, by: &AnnotatorId, change: &RejectionChange, side: Side) -> Result<Change, Diagnostic> {
        let id = change.id().ok_or_else(|| elsewhere(REJECTION))?;
        let (from, to) = sides(&change.was, &change.is, side);
        let now = self.project.rejections(by).and_then(|own| own.get(&id));
        ensure(now.map(|now| RejectionRow::of(id, now)).as_ref() == to.as_ref(), REJECTION)?;
        let before = from.clone().map(|row| Arc::new(row.into_model().1));
        Ok(Change::Rejection { annotator: by.clone(), id, before, after: now.cloned() })
    }

    /// The change of a text that was corrected.
    fn corrected(
        &self,
        id: &ArticleId,
        (from, to): (&Shape<()>, &Shape<()>),
        hash: Hash,
        layers: &[AnnotatorId],
    ) -> Result<Change, Diagnostic> {
        let (article, text) = (self.project.article(id), self.text(id, false)?);
        let article = article.filter(|article| Shape::head(article) == *to).ok_or_else(|| elsewhere(ARTICLE))?;
        ensure(content_hash(text.as_str()) == hash.0, CORRECTED)?;
        let other = self.texts.get(id).ok_or_else(|| elsewhere(TEXT))?;
        let before = TextVersion { article: Arc::new(from.clone().into_parts().0), text: other.clone() };
        let after = TextVersion { article: Arc::clone(article), text: text.clone() };
        Ok(Change::Text { id: id.clone(), before, after, layers: layers.to_vec() })
    }

    /// The change of an article, with its text where it came or went.
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

    /// The change of the codebook.
    fn codebook(&self, change: &CodebookChange, side: Side) -> Result<Change, Diagnostic> {
        let after = self.project.codebook();
        let mut file = CodebookFile::from(&**after);
        ensure(change.holds(&file, side), CODEBOOK)?;
        change.put(&mut file, side.other());
        Ok(Change::Codebook { before: Arc::new(Codebook::from(file)), after: Arc::clone(after) })
    }
}

/// Names a mark: article, annotator, id.
type MarkKey<'e> = (&'e ArticleId, &'e AnnotatorId, AnnotationId);

/// What a step says of each mark and each relation, in its order. Several changes can be of one: a mark that is set
/// aside goes from the layer and stays in its file.
#[derive(Default)]
struct Layers<'e, 't> {
    marks: BTreeMap<MarkKey<'e>, Vec<&'e MarkChange<'t>>>,
    relations: BTreeMap<(Home, &'e AnnotatorId, RelationId), Vec<&'e RelationChange>>,
}

impl<'e, 't> Layers<'e, 't> {
    fn add_marks(&mut self, article: &'e ArticleId, annotator: &'e AnnotatorId, changes: &'e [MarkChange<'t>]) {
        for (change, id) in changes.iter().flat_map(|change| change.ids().iter().map(move |id| (change, *id))) {
            self.marks.entry((article, annotator, id)).or_default().push(change);
        }
    }

    fn add_relations(
        &mut self,
        article: Option<&'e ArticleId>,
        annotator: &'e AnnotatorId,
        changes: &'e [RelationChange],
    ) {
        let home = article.cloned().map_or(Home::Links, Home::Article);
        for (change, id) in changes.iter().filter_map(|change| Some((change, change.id()?))) {
            self.relations.entry((home.clone(), annotator, id)).or_default().push(change);
        }
    }
}

/// Changes in the order in which they are gone back over from a side.
fn backwards<C>(mut changes: Vec<C>, side: Side) -> Vec<C> {
    if side == Side::Is {
        changes.reverse();
    }
    changes
}

/// What there was on the other side, and what there is on this one.
fn sides<'v, V>(was: &'v V, is: &'v V, side: Side) -> (&'v V, &'v V) {
    match side {
        Side::Is => (was, is),
        Side::Was => (is, was),
    }
}

/// Where to look to see what changed, since the journal does not keep where one was looking.
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
        Change::Answers { article, .. } => Some((article, None)),
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
