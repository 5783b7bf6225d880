//! Applying changes: all of them or none, and only onto the rows they were made for.

use std::sync::Arc;

use super::{
    super::{ArticleId, Codebook, Layer, LayerSlot, Project, RelationSet, SetAside, valid},
    Change, Home,
};
use crate::{
    diagnostic::Diagnostic,
    phrase,
    text::{Phrase, Text},
};

/// Why nothing was applied; code `stale-change` where a row is not what the change says it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub Diagnostic);

/// Applies all changes in order, or none.
///
/// A snapshot of a project is free (`imbl`), so the changes go onto a snapshot, which becomes the project when every
/// row was as expected and every touched row is valid in the end. In between, a row may be invalid: a mark may go
/// before its relation. The cost follows what is touched.
///
/// # Errors
/// A row is not what a change says it was, or the project would no longer be valid; then the project is as it was.
pub fn apply(project: &mut Project, changes: &[Change]) -> Result<(), Refusal> {
    let mut next = project.clone();
    for change in changes {
        put(&mut next, change)?;
    }
    for change in changes {
        valid::check(&next, change).map_err(Refusal)?;
    }
    *project = next;
    Ok(())
}

/// Puts one row, if it is what the change says it was before.
fn put(project: &mut Project, change: &Change) -> Result<(), Refusal> {
    match change {
        Change::Annotation { article, annotator, id, before, after } => {
            let layer = layer_mut(project, article, annotator)?;
            expect(layer.annotations.get(id) == before.as_ref(), "annotation")?;
            layer.put_annotation(*id, after.clone());
        }
        Change::Relation { home, annotator, id, before, after } => {
            let set = relations_mut(project, home, annotator)?;
            expect(set.get(*id) == before.as_ref(), "relation")?;
            set.put(*id, after.clone());
            if *home == Home::Links && set.count() == 0 {
                project.links.remove(annotator);
            }
        }
        Change::Rejection { annotator, id, before, after } => {
            let rejections = project.rejections.entry(annotator.clone()).or_default();
            expect(rejections.get(id) == before.as_ref(), "rejection")?;
            put_row(rejections, id, after.as_ref());
            if rejections.is_empty() {
                project.rejections.remove(annotator);
            }
        }
        Change::Answers { article, annotator, before, after } => {
            let layer = layer_mut(project, article, annotator)?;
            expect(layer.article_answers == *before, "answers about the article")?;
            layer.article_answers = Arc::clone(after);
        }
        Change::SetAside { home, annotator, before, after } => {
            let rows = set_aside_mut(project, home, annotator)?;
            // Why a row was set aside follows from the codebook and the text.
            let same = rows.len() == before.len() && rows.iter().zip(&**before).all(|(a, b)| a.row == b.row);
            expect(same, "list of what is set aside")?;
            *rows = Arc::clone(after);
            if *home == Home::Links && after.is_empty() {
                project.links_set_aside.remove(annotator);
            }
        }
        Change::Article { id, before, after, text } => {
            expect(project.articles.get(id) == before.as_ref(), "article")?;
            project.put_article(id, after.clone());
            match (before, after) {
                (None, Some(_)) => put_text(project, id, text.as_ref())?,
                (Some(_), None) => take_text(project, id, text.as_ref())?,
                _ => {}
            }
        }
        Change::Text { id, before, after, .. } => {
            expect(project.articles.get(id) == Some(&before.article), "article")?;
            expect(project.texts.get(id) == Some(&before.text), "article’s text")?;
            project.put_article(id, Some(Arc::clone(&after.article)));
            project.texts.insert(id.clone(), after.text.clone());
        }
        Change::Story { id, before, after } => {
            expect(project.stories.get(id) == before.as_ref(), "story")?;
            put_row(&mut project.stories, id, after.as_ref());
        }
        Change::Annotator { id, before, after } => {
            expect(project.annotators.get(id) == before.as_ref(), "annotator")?;
            put_row(&mut project.annotators, id, after.as_ref());
        }
        Change::Codebook { before, after } => {
            expect(same_codebook(&project.codebook, before), "codebook")?;
            project.codebook = Arc::clone(after);
        }
        Change::Name { before, after } => {
            expect(project.name == *before, "project’s name")?;
            project.name.clone_from(after);
        }
    }
    drop_blank_layer(project, change);
    Ok(())
}

/// Puts the text of an article that comes, which must come with it.
fn put_text(project: &mut Project, id: &ArticleId, text: Option<&Text>) -> Result<(), Refusal> {
    let text = text.ok_or_else(|| stale("article’s text"))?;
    project.texts.insert(id.clone(), text.clone());
    Ok(())
}

/// Takes the text of an article that goes, which must be the one that goes with it: only then can it come back.
fn take_text(project: &mut Project, id: &ArticleId, text: Option<&Text>) -> Result<(), Refusal> {
    expect(text.is_some() && project.texts.get(id) == text, "article’s text")?;
    project.texts.remove(id);
    Ok(())
}

/// Puts a row of a table, or takes it out.
fn put_row<K: Ord + Clone, V: Clone>(rows: &mut imbl::OrdMap<K, V>, id: &K, after: Option<&V>) {
    match after {
        Some(row) => rows.insert(id.clone(), row.clone()),
        None => rows.remove(id),
    };
}

/// Removes a layer that says nothing any more, so that undoing the first mark gives back the project exactly.
fn drop_blank_layer(project: &mut Project, change: &Change) {
    let (Change::Annotation { article, annotator, .. }
    | Change::Answers { article, annotator, .. }
    | Change::Relation { home: Home::Article(article), annotator, .. }
    | Change::SetAside { home: Home::Article(article), annotator, .. }) = change
    else {
        return;
    };
    if !project.layer(article, annotator).is_some_and(Layer::is_blank) {
        return;
    }
    if let Some(slots) = project.layers.get_mut(article) {
        slots.remove(annotator);
        if slots.is_empty() {
            project.layers.remove(article);
        }
    }
}

/// The layer to change, made where there is none; refused where it has not been read, as a row in it would be lost.
fn layer_mut<'p>(
    project: &'p mut Project,
    article: &ArticleId,
    annotator: &super::super::AnnotatorId,
) -> Result<&'p mut Layer, Refusal> {
    let slots = project.layers.entry(article.clone()).or_default();
    match slots.entry(annotator.clone()).or_insert_with(|| LayerSlot::Read(Layer::default())) {
        LayerSlot::Read(layer) => Ok(layer),
        LayerSlot::Unread(_) => Err(Refusal(
            Diagnostic::error("not-read", "This layer has not been read yet").hint("Open the article first"),
        )),
    }
}

fn relations_mut<'p>(
    project: &'p mut Project,
    home: &Home,
    annotator: &super::super::AnnotatorId,
) -> Result<&'p mut RelationSet, Refusal> {
    match home {
        Home::Article(article) => Ok(&mut layer_mut(project, article, annotator)?.relations),
        Home::Links => Ok(project.links.entry(annotator.clone()).or_default()),
    }
}

fn set_aside_mut<'p>(
    project: &'p mut Project,
    home: &Home,
    annotator: &super::super::AnnotatorId,
) -> Result<&'p mut Arc<Vec<SetAside>>, Refusal> {
    match home {
        Home::Article(article) => Ok(&mut layer_mut(project, article, annotator)?.set_aside),
        Home::Links => Ok(project.links_set_aside.entry(annotator.clone()).or_default()),
    }
}

/// Compared by address first: a codebook is rarely another one.
fn same_codebook(a: &Arc<Codebook>, b: &Arc<Codebook>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

fn expect(is_so: bool, what: &'static str) -> Result<(), Refusal> {
    if is_so { Ok(()) } else { Err(stale(what)) }
}

/// `what` is the English name of the row that is not as it was.
fn stale(what: &'static str) -> Refusal {
    Refusal(
        Diagnostic::error(
            "stale-change",
            phrase!("The {what} is no longer what this change was made for", what = Phrase::plain(what)),
        )
        .hint("Look at it again and repeat the change"),
    )
}
