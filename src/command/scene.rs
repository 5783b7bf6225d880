//! What a command sees: the project, who works, and where they are.
//!
//! It borrows everything and owns nothing. What a command needs and is not there (no article open, nobody marks) is
//! an error with the same words wherever it is missing.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::article_order::ArticleOrder;
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, AnnotatorId, ArticleId, Codebook, Item, Layer, Project, Target,
        edit::{Focus, History},
    },
    query::{Relations, SpanIndex},
    text::{ByteRange, Text},
};

/// A place for a page on the screen, counted from 0. Each pane has an open article, a selection and a picked mark of
/// its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaneId(pub u8);

/// The session as a command sees it, from one pane: “open”, “selected” and “picked” are so in this pane.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub project: &'a Project,
    /// Who marks; `None` until somebody has said so.
    pub annotator: Option<&'a AnnotatorId>,
    pub pane: PaneId,
    /// What the list of articles is sorted by.
    pub order: ArticleOrder,
    pub focus: &'a Focus,
    /// The mark that was picked until the caret was put elsewhere.
    pub let_go: Option<AnnotationId>,
    /// The annotator’s own marks of the open article by place; `None` where they are not read.
    pub index: Option<&'a SpanIndex>,
    /// What can be undone and redone.
    pub history: &'a History,
}

impl<'a> Scene<'a> {
    pub fn codebook(&self) -> &'a Codebook {
        self.project.codebook()
    }

    /// Who marks.
    ///
    /// # Errors
    /// Where nobody has said who marks.
    pub fn annotator(&self) -> Result<&'a AnnotatorId, Diagnostic> {
        self.annotator
            .ok_or_else(|| Diagnostic::error("no-annotator", "No annotator is set").hint("Enter your name first"))
    }

    /// The open article.
    ///
    /// # Errors
    /// Where no article is open.
    pub fn article(&self) -> Result<&'a ArticleId, Diagnostic> {
        self.focus
            .article
            .as_ref()
            .ok_or_else(|| Diagnostic::error("no-article", "No article is open").hint("Open an article first"))
    }

    /// The open article's text.
    ///
    /// # Errors
    /// Where no article is open, or its text has not been read.
    pub fn text(&self) -> Result<&'a Text, Diagnostic> {
        self.project.text(self.article()?).ok_or_else(|| {
            Diagnostic::error("not-read", "The article could not be read, so it can’t be marked")
                .hint("See the message about it, repair the file and open the article again")
        })
    }

    /// The annotator’s own layer of the open article; `None` where it is not read or says nothing.
    pub fn layer(&self) -> Option<&'a Layer> {
        self.project.layer(self.focus.article.as_ref()?, self.annotator?)
    }

    /// The annotator’s own relations, as seen from the open article.
    pub fn relations(&self) -> Option<Relations<'a>> {
        Some(Relations::new(self.project, self.focus.article.as_ref()?, self.annotator?))
    }

    /// The picked mark.
    ///
    /// # Errors
    /// Where none is picked.
    pub fn picked(&self) -> Result<(AnnotationId, &'a Arc<Annotation>), Diagnostic> {
        self.focus
            .picked
            .and_then(|id| Some((id, self.layer()?.annotation(id)?)))
            .ok_or_else(|| Diagnostic::error("nothing-picked", "No mark is picked").hint("Click a mark, or press Tab"))
    }

    /// The picked mark as a member of relations.
    pub fn picked_target(&self) -> Option<Target> {
        let (id, _) = self.picked().ok()?;
        Some(Target { article: self.focus.article.clone()?, item: Item::Annotation(id) })
    }

    /// Whether the caret is in the picked mark or at an end of one of its fragments, or there is no caret. Keys for
    /// the picked mark only act then, as it may be out of sight.
    pub fn is_at_picked(&self) -> bool {
        self.picked().is_ok_and(|(_, a)| self.caret().is_none_or(|at| a.fragments.at(at).is_some()))
    }

    /// The selected words in bytes, half-open and never empty; `None` for a mere caret.
    pub fn selection(&self) -> Option<ByteRange> {
        let (anchor, head) = self.focus.selection?;
        (anchor != head).then(|| ByteRange::new(anchor, head))
    }

    /// The selected words, else all from the beginning of the picked mark to its end, as they stand in the text.
    pub fn words_to_copy(&self) -> Option<&'a str> {
        let range = self.selection().or_else(|| self.picked().ok().map(|(_, a)| a.fragments.covering()))?;
        let text: &'a str = self.project.text(self.focus.article.as_ref()?)?.as_str();
        range.slice(text)
    }

    /// The caret, in bytes: the end of the selection that moves.
    pub fn caret(&self) -> Option<usize> {
        self.focus.selection.map(|(_, head)| head)
    }

    /// The focus with this mark picked, the caret at its start and no words selected.
    pub fn pick(&self, id: AnnotationId, annotation: &Annotation) -> Focus {
        let at = annotation.fragments.first().start();
        Focus { picked: Some(id), selection: Some((at, at)), ..self.focus.clone() }
    }
}
