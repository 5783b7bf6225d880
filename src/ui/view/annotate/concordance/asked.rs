//! What is asked of the concordance, and which articles that is about.

use crate::{
    command::{Scene, article::listed},
    diagnostic::Diagnostic,
    model::{ArticleId, StoryId},
    query::{
        concordance::Subject,
        search::{Marked, MarksFilter, Matcher, Pattern, Query},
    },
};

/// What is asked for, as the controls show it. Two equal values find the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Asked {
    /// Which table: hits, or the audit.
    pub face: Face,
    /// Words or regular expression; empty to find marks whatever their words.
    pub pattern: Pattern,
    /// Where to look.
    pub scope: Scope,
    /// Which marks count: of what label, answer and annotator.
    pub filter: MarksFilter,
    /// Whether hits must be marked, must not be, or may be either.
    pub marked: Marked,
}

/// Which of its two tables the dock shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Face {
    /// A line for each hit.
    #[default]
    Hits,
    /// Words that are marked somewhere and not everywhere.
    Audit,
}

/// Where to look, as seen from the open article; at first in the whole project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Scope {
    /// In the open article.
    Article,
    /// The story of the open article; the article alone where it has none.
    Story,
    #[default]
    Project,
}

/// A scope with what it means while one article is open: as long as this stays the same, so does what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scoped {
    /// `None` where no article is open; nothing is found then.
    Article(Option<ArticleId>),
    Story(StoryId),
    Project,
}

impl Asked {
    /// Whether there is something to look for: opening the dock alone reads nothing.
    pub fn is_something(&self) -> bool {
        let of_marks = self.marked == Marked::Yes || self.filter.is_narrow();
        self.face == Face::Audit || !self.pattern.text.is_empty() || of_marks && self.marked != Marked::No
    }

    /// What a [`Run`](crate::query::concordance::Run) looks for.
    ///
    /// # Errors
    /// The pattern can't be searched for.
    pub fn subject(&self) -> Result<Subject, Diagnostic> {
        if self.face == Face::Audit {
            return Ok(Subject::Audit(self.filter.clone()));
        }
        let matcher = if self.pattern.text.is_empty() { None } else { Some(Matcher::new(&self.pattern)?) };
        Ok(Subject::Hits(Query { matcher, filter: self.filter.clone(), marked: self.marked }))
    }
}

impl Scoped {
    /// What the scope means now; a story that the open article does not have leaves the article.
    pub fn of(scope: Scope, scene: &Scene<'_>) -> Self {
        let open = scene.focus.article.as_ref();
        let story = open.and_then(|id| scene.project.article(id)).and_then(|a| a.metadata.story.clone());
        match (scope, story) {
            (Scope::Project, _) => Self::Project,
            (Scope::Story, Some(story)) => Self::Story(story),
            (Scope::Story | Scope::Article, _) => Self::Article(open.cloned()),
        }
    }

    /// The articles to look through, in the order of the list, which is the order of the hits.
    pub fn articles(&self, scene: &Scene<'_>) -> Vec<ArticleId> {
        let listed = || listed(scene.project).into_iter();
        match self {
            Self::Article(id) => id.iter().cloned().collect(),
            Self::Story(story) => {
                let of_story = listed().filter(|(_, article)| article.metadata.story.as_ref() == Some(story));
                of_story.map(|(id, _)| id.clone()).collect()
            }
            Self::Project => listed().map(|(id, _)| id.clone()).collect(),
        }
    }
}
