//! Which article of the project each article that was read is: one that is there with the same text, or a new one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::super::{article::first_words, project};
use crate::{
    diagnostic::Diagnostic,
    model::{Article, ArticleId, Incoming, IncomingArticle, Metadata, Project, StoryId, edit::Change},
    phrase,
    text::{Text, hash},
};

/// Where each article goes, and what it takes to have the new ones.
#[derive(Debug, Default)]
pub struct Placed {
    /// By the place of the article among those that were read.
    pub ids: Vec<ArticleId>,
    pub added: Vec<ArticleId>,
    /// Stories, then articles.
    pub changes: Vec<Change>,
    /// Articles of the project that have to be read first, to be compared or marked.
    pub unread: BTreeSet<ArticleId>,
    /// How many of the articles the project has already.
    pub known: usize,
    pub told: Vec<Diagnostic>,
    stories: BTreeMap<String, StoryId>,
    /// New articles by the fingerprint of their text.
    new: BTreeMap<u64, Vec<(ArticleId, usize)>>,
}

impl Placed {
    /// # Errors
    /// There are too many articles or stories of one name.
    pub fn of(project: &Project, incoming: &Incoming) -> Result<Self, Diagnostic> {
        let mut placed = Self::default();
        for (at, article) in incoming.articles.iter().enumerate() {
            let fingerprint = hash::fingerprint(&article.text);
            let id = match placed.known(project, incoming, article, fingerprint) {
                Some(id) => id,
                None => placed.add(project, article, (at, fingerprint))?,
            };
            placed.ids.push(id);
        }
        let mut known = BTreeSet::new();
        known.extend(placed.ids.iter().filter(|id| project.article(id).is_some()));
        placed.known = known.len();
        placed.unread.extend(known.into_iter().filter(|id| !project.is_read(id)).cloned());
        Ok(placed)
    }

    /// The article of the project, or of those that are added, with exactly this text, which outlet, date and address do
    /// not tell apart from it. One whose text is not in memory is taken, and has to be read before it is sure.
    fn known(
        &self,
        project: &Project,
        incoming: &Incoming,
        article: &IncomingArticle,
        fingerprint: u64,
    ) -> Option<ArticleId> {
        let like = project.articles_like(fingerprint).find(|(id, other)| {
            let is_same = project.text(id).is_none_or(|text| text.as_str() == article.text);
            is_same && other.metadata.may_be(&article.metadata)
        });
        let new = || {
            let alike = self.new.get(&fingerprint).into_iter().flatten();
            alike.filter(|(_, at)| {
                let other = &incoming.articles[*at];
                other.text == article.text && other.metadata.may_be(&article.metadata)
            })
        };
        like.map(|(id, _)| id.clone()).or_else(|| new().next().map(|(id, _)| id.clone()))
    }

    fn add(
        &mut self,
        project: &Project,
        article: &IncomingArticle,
        (at, fingerprint): (usize, u64),
    ) -> Result<ArticleId, Diagnostic> {
        let given = article.metadata.title.trim();
        let title = if given.is_empty() { first_words(&article.text) } else { given.to_owned() };
        let id = self.free_id(project, &article.id)?;
        let mut metadata = Metadata { title, story: None, ..article.metadata.clone() };
        shorten(&mut metadata);
        if !article.story.trim().is_empty() {
            metadata.story = Some(self.story(project, article.story.trim())?);
        }
        if project.articles_like(fingerprint).next().is_some() {
            let message =
                "The text is that of another article but for white space, outlet, date or address; both are kept";
            self.told.push(Diagnostic::note("same-text", message).about(metadata.title.clone()));
        }
        let text = Text::new(article.text.clone());
        let words = u32::try_from(text.word_count()).unwrap_or(u32::MAX);
        let row = Article { metadata, loaded: article.loaded.clone(), fingerprint, words };
        self.changes.push(Change::Article {
            id: id.clone(),
            before: None,
            after: Some(Arc::new(row)),
            text: Some(text),
        });
        self.new.entry(fingerprint).or_default().push((id.clone(), at));
        self.added.push(id.clone());
        Ok(id)
    }

    /// The id that was read, numbered from 2 where it is taken.
    fn free_id(&self, project: &Project, stem: &ArticleId) -> Result<ArticleId, Diagnostic> {
        let is_free = |id: &ArticleId| project.article(id).is_none() && !self.added.contains(id);
        let numbered = (2..1000).filter_map(|n| ArticleId::new(&format!("{stem}-{n}")).ok());
        std::iter::once(stem.clone()).chain(numbered).find(is_free).ok_or_else(|| {
            Diagnostic::error("too-many-twins", phrase!("There are a thousand articles called {id}", id = stem))
                .hint("Give them other names")
        })
    }

    fn story(&mut self, project: &Project, name: &str) -> Result<StoryId, Diagnostic> {
        if let Some(id) = self.stories.get(name) {
            return Ok(id.clone());
        }
        let added = |id: &StoryId| self.stories.values().any(|other| other == id);
        let (id, change) = project::story_beside(project, name, added)?;
        self.changes.extend(change);
        self.stories.insert(name.to_owned(), id.clone());
        Ok(id)
    }
}

/// Cuts off what is longer than it may be.
fn shorten(metadata: &mut Metadata) {
    for (_, words, most) in metadata.parts_mut() {
        if let Some((end, _)) = words.char_indices().nth(most) {
            words.truncate(end);
        }
    }
}
