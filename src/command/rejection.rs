//! Saying that words of two articles are not the same statement, and taking that back.
//!
//! It is said of words and not of marks: nothing is marked for it, and marks at these words stay.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{article_words::Words, known, plan::Plan, scene::Scene, words::shortened};
use crate::{
    compare::Rejected,
    diagnostic::Diagnostic,
    model::{ArticleId, FormerWords, Mint, Rejection, RejectionId, edit::Change},
    phrase,
};

/// Words of two articles that are not the same statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotSame {
    pub one: Words,
    pub other: Words,
}

/// The changes that remember pairs as rejected, with the words that name the step; those that are rejected already are
/// passed over. All texts must be in memory.
///
/// # Errors
/// Words are not those of two articles, or outside of them.
pub(super) fn rejected(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    pairs: &[NotSame],
) -> Result<(Vec<Change>, String), Diagnostic> {
    let annotator = scene.annotator()?;
    let known = Rejected::by(scene.project, std::slice::from_ref(annotator));
    let (mut changes, mut named) = (Vec::new(), String::new());
    for NotSame { one, other } in pairs {
        let ((a, text_a, at_a), (b, text_b, at_b)) = (one.resolve(scene)?, other.resolve(scene)?);
        if known.has([&a, &b], [&at_a, &at_b]) {
            continue;
        }
        let rejection = Rejection { one: FormerWords::of(a, &at_a, text_a), other: FormerWords::of(b, &at_b, text_b) };
        rejection.check()?;
        if named.is_empty() {
            named = shortened(&rejection.one.words());
        }
        let (id, after) = (RejectionId(mint.uid()), Some(Arc::new(rejection)));
        changes.push(Change::Rejection { annotator: annotator.clone(), id, before: None, after });
    }
    Ok((changes, named))
}

/// Articles whose text is not in memory.
pub(super) fn unread(scene: &Scene<'_>, pairs: &[NotSame]) -> Result<Vec<ArticleId>, Diagnostic> {
    let mut unread = Vec::new();
    for words in pairs.iter().flat_map(|pair| [&pair.one, &pair.other]) {
        let id = known::article(scene.project, &words.article)?;
        if scene.project.text(id).is_none() && !unread.contains(id) {
            unread.push(id.clone());
        }
    }
    Ok(unread)
}

/// The plan that lets these be proposed again. All texts must be in memory.
///
/// # Errors
/// Nothing is rejected there.
pub(super) fn propose_again(scene: &Scene<'_>, pairs: &[NotSame]) -> Result<Plan, Diagnostic> {
    let unread = unread(scene, pairs)?;
    if !unread.is_empty() {
        return Ok(Plan::read_first(unread));
    }
    let named: Vec<[&Words; 2]> = pairs.iter().map(|pair| [&pair.one, &pair.other]).collect();
    let changes = taken_back(scene, &named)?;
    let first = changes.iter().find_map(|change| match change {
        Change::Rejection { before: Some(before), .. } => Some(shortened(&before.one.words())),
        _ => None,
    });
    let what = first
        .ok_or_else(|| Diagnostic::note("not-rejected", "This is not rejected").hint("Look at what is proposed"))?;
    Ok(Plan::change(phrase!("Propose again: “{what}”", what), changes))
}

/// The changes that take back the annotator’s rejections of these words of two articles, as far as there are any.
pub(super) fn taken_back(scene: &Scene<'_>, pairs: &[[&Words; 2]]) -> Result<Vec<Change>, Diagnostic> {
    let annotator = scene.annotator()?;
    let Some(own) = scene.project.rejections(annotator) else { return Ok(Vec::new()) };
    let rejected = Rejected::by(scene.project, std::slice::from_ref(annotator));
    let mut ids: Vec<RejectionId> = Vec::new();
    for [one, other] in pairs {
        let ((a, _, at_a), (b, _, at_b)) = (one.resolve(scene)?, other.resolve(scene)?);
        ids.extend(rejected.at([&a, &b], [&at_a, &at_b]));
    }
    ids.sort_unstable();
    ids.dedup();
    let known = ids.into_iter().filter_map(|id| Some((id, own.get(&id)?)));
    let gone = known.map(|(id, before)| Change::Rejection {
        annotator: annotator.clone(),
        id,
        before: Some(Arc::clone(before)),
        after: None,
    });
    Ok(gone.collect())
}

/// Everybody’s rejections that are of an article, taken back: they go with it.
pub(super) fn without_article(scene: &Scene<'_>, article: &ArticleId) -> Vec<Change> {
    let all = scene.project.all_rejections().flat_map(|(by, own)| own.iter().map(move |row| (by, row)));
    let of_it = all.filter(|(_, (_, rejection))| rejection.is_of(article));
    let gone = of_it.map(|(by, (id, before))| Change::Rejection {
        annotator: by.clone(),
        id: *id,
        before: Some(Arc::clone(before)),
        after: None,
    });
    gone.collect()
}
