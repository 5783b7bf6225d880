//! What pieces, resources and terms are called in what Pressmark writes.

use crate::model::{AnnotatorId, ArticleId, Item};

/// The piece with all annotations.
pub const ANNOTATIONS: &str = "annotations.jsonld";
/// The context of the Recommendation.
pub const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// What the terms of Pressmark begin with, in the context and in names of resources.
pub const PREFIX: &str = "urn:pressmark:";
/// The text of an article.
const ARTICLE: &str = "urn:pressmark:article/";
/// The name of an annotator.
pub const ANNOTATOR: &str = "urn:pressmark:annotator/";

pub const ROLE: &str = "pressmark:role";
pub const ACROSS: &str = "pressmark:acrossArticles";
pub const CONFIDENCE: &str = "pressmark:confidence";
/// How a mark came to be, and from where.
pub const ORIGIN: &str = "pressmark:origin";
pub const ORIGIN_FROM: &str = "pressmark:originFrom";
pub const STATUS: &str = "pressmark:status";
/// What an answer about an article is about.
pub const ABOUT: &str = "pressmark:about";
/// The id of a question about articles, where `label` has what it asks.
pub const QUESTION: &str = "pressmark:question";
/// The id of a choice, where `value` has its name.
pub const CHOICE: &str = "pressmark:choice";

/// What is known of an article, as its text says it.
pub const TITLE: &str = "dcterms:title";
pub const OUTLET: &str = "dcterms:publisher";
pub const BYLINE: &str = "dc:creator";
pub const PUBLISHED: &str = "dc:date";
pub const URL: &str = "dc:source";
pub const STORY: &str = "dc:relation";

/// The text of an article as a resource.
pub fn article(id: &ArticleId) -> String {
    format!("{ARTICLE}{id}")
}

/// The article of a resource that is its text.
pub fn article_of(iri: &str) -> Option<&str> {
    iri.strip_prefix(ARTICLE)
}

pub fn annotator(id: &AnnotatorId) -> String {
    format!("{ANNOTATOR}{id}")
}

/// A mark or a relation as a resource. Marks of several articles may have the same id.
pub fn item(article: &ArticleId, annotator: &AnnotatorId, item: Item) -> String {
    match item {
        Item::Annotation(id) => format!("{PREFIX}mark/{article}/{annotator}/{id}"),
        Item::Relation(id) => format!("{PREFIX}relation/{annotator}/{id}"),
    }
}
