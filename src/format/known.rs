//! What is known of an article, in formats that let one write what one likes beside a text: the same keys everywhere, so
//! that it comes back.

use serde_json::{Map, Value as Json};

use super::{json::string, writer::ExportedArticle};
use crate::model::{ArticleId, Metadata};

/// The keys, in the order in which they are written.
pub const KEYS: [&str; 8] = ["pressmark_id", "title", "outlet", "byline", "published", "language", "url", "story"];

/// Every key with what is known, empty where nothing is: tables have a column for each.
pub fn known_of<'a>(article: &ExportedArticle<'a>) -> [(&'static str, &'a str); 8] {
    let Metadata { title, outlet, byline, published, language, url, story } = &article.article.metadata;
    let story = story.as_ref().and_then(|id| article.project.story(id)).map_or("", |story| &story.name);
    let values: [&str; 8] = [article.id.as_str(), title, outlet, byline, published, language, url, story];
    std::array::from_fn(|at| (KEYS[at], values[at]))
}

/// What was read of an article.
#[derive(Debug)]
pub struct Known {
    /// Where Pressmark wrote it.
    id: Option<ArticleId>,
    pub metadata: Metadata,
    pub story: String,
}

impl Known {
    /// What objects say of an article, the first one that says something first. `title` is what it is called where none
    /// does.
    pub fn of(objects: &[&Map<String, Json>], title: impl FnOnce() -> String) -> Self {
        let said = |key: &str| objects.iter().find_map(|object| string(object, key));
        let text = |key: &str| said(key).unwrap_or_default();
        let metadata = Metadata {
            title: said("title").unwrap_or_else(title),
            outlet: text("outlet"),
            byline: text("byline"),
            published: text("published"),
            language: text("language"),
            url: text("url"),
            story: None,
        };
        Self { id: said(KEYS[0]).and_then(|id| ArticleId::new(&id).ok()), metadata, story: text("story") }
    }

    /// Whether Pressmark wrote an id.
    pub fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// The id that Pressmark wrote, or one of its title and text.
    pub fn id(&self, text: &str) -> ArticleId {
        self.id.clone().unwrap_or_else(|| ArticleId::of(&self.metadata.title, text))
    }
}
