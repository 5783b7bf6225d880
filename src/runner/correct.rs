//! Correcting a text: what a file says, and what would become of the marks, worked out over a snapshot.

use std::{path::Path, sync::Arc};

use super::{Gathered, Runner, gather};
use crate::{
    command::{
        article::NewArticle,
        correct::{CorrectText, Corrected},
    },
    diagnostic::Diagnostic,
    jobs::{Outcome, Progress},
    model::{AnnotatorId, LayerSlot, edit::Change},
    phrase,
    session::Run,
    store::{FileKey, touched},
};

/// What is to be the text of an article.
#[derive(Clone, Debug)]
pub enum NewText {
    /// As it was written.
    Written(String),
    /// As adding the file would read it.
    File(std::path::PathBuf),
}

impl Runner {
    /// The work of finding out what comes of correcting a text, over the project as it is now, in which the article has
    /// been read. It changes nothing; running the command that it gives does.
    ///
    /// It fails where the file can’t be read or has not just one article in it, or the text has no words.
    pub fn correcting(
        &self,
        article: crate::model::ArticleId,
        text: NewText,
    ) -> impl FnOnce(&Progress) -> Outcome<(CorrectText, Vec<Diagnostic>)> + Send + use<> {
        let project = self.session().project().clone();
        move |progress| {
            let (text, loaded, told) = match text {
                NewText::Written(text) => (text, None, Vec::new()),
                NewText::File(path) => {
                    let (new, told) = only_article(gather(std::slice::from_ref(&path), "", "", progress), &path)?;
                    (new.text, Some(new.loaded), told)
                }
            };
            let correct = CorrectText { article, text, loaded, prepared: None };
            let corrected = Corrected::of(&project, &correct).map_err(|why| vec![why])?;
            progress.step().map_err(|cancelled| vec![cancelled])?;
            Ok((CorrectText { prepared: Some(Arc::new(corrected)), ..correct }, told))
        }
    }

    /// Whether nobody else is at work for those whose layers a plan changes along with others.
    ///
    /// # Errors
    /// Somebody is, with the file that would be changed.
    pub(super) fn permit_of_others(&self, changes: &[Change]) -> Result<(), Diagnostic> {
        let own = self.session.annotator();
        let of_others = |change: &Change| match change {
            Change::Annotation { annotator, .. }
            | Change::Relation { annotator, .. }
            | Change::Rejection { annotator, .. }
            | Change::Answers { annotator, .. }
            | Change::SetAside { annotator, .. } => Some(annotator) != own,
            Change::Text { .. } => true,
            _ => false,
        };
        if !changes.iter().any(of_others) {
            return Ok(());
        }
        let is_others = |by: &AnnotatorId| Some(by) != own;
        touched(changes).iter().try_for_each(|key| match key {
            FileKey::Layer(_, by) | FileKey::Links(by) if is_others(by) => {
                self.folder.is_free(by).map_err(|why| why.at_path(self.root().join(key.path()).display()))
            }
            _ => Ok(()),
        })
    }

    /// The first file of an article that could not be read.
    pub(super) fn unread_file(&self, article: &crate::model::ArticleId) -> FileKey {
        let project = self.session.project();
        let unread = project.layers(article).find(|(_, slot)| matches!(slot, LayerSlot::Unread(_)));
        match unread {
            Some((annotator, _)) if project.text(article).is_some() => {
                FileKey::Layer(article.clone(), annotator.clone())
            }
            _ => FileKey::Article(article.clone()),
        }
    }
}

/// The one article that was read, and what was guessed of it.
///
/// # Errors
/// There is none, or more than one.
pub fn only_article(gathered: Gathered, path: &Path) -> Outcome<(NewArticle, Vec<Diagnostic>)> {
    let Gathered { mut articles, diagnostics } = gathered;
    match (articles.pop(), articles.len()) {
        (Some(only), 0) => Ok((only, diagnostics)),
        (None, _) if !diagnostics.is_empty() => Err(diagnostics),
        (None, _) => Err(vec![
            Diagnostic::error("no-article", "There is no article in it")
                .at_path(path.display())
                .hint("Name a file with the corrected text"),
        ]),
        (Some(_), others) => {
            let message = phrase!("There are {n} articles in it, and the text of one is wanted", n = others + 1);
            Err(vec![
                Diagnostic::error("several-articles", message)
                    .at_path(path.display())
                    .hint("Name a file with the corrected text alone"),
            ])
        }
    }
}
