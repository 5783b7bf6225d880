//! What elements are called, so that others can point to them. Names of Pressmark may begin with a digit, which those of
//! XML may not: each has its kind before it.

use crate::model::{
    AnnotationId, AnnotatorId, ArticleId, AttributeId, ChoiceId, Item, KindId, LabelId, RelationId, RoleId,
};

/// The text of an article.
pub const TEXT: &str = "text";

pub fn annotator(id: &AnnotatorId) -> String {
    format!("annotator.{id}")
}

pub fn label(id: &LabelId) -> String {
    format!("label.{id}")
}

pub fn kind(id: &KindId) -> String {
    format!("kind.{id}")
}

pub fn role(kind: &KindId, role: &RoleId) -> String {
    format!("role.{kind}.{role}")
}

pub fn question(id: &AttributeId) -> String {
    format!("question.{id}")
}

/// An attribute of what is called `of`.
pub fn attribute(of: &str, id: &AttributeId) -> String {
    format!("{of}.{id}")
}

/// A choice of an attribute.
pub fn choice(of: &str, id: &ChoiceId) -> String {
    format!("{of}.{id}")
}

pub fn layer(annotator: &AnnotatorId) -> String {
    format!("layer.{annotator}")
}

/// What is said of an article by the number of the answer, from 1.
pub fn answer(annotator: &AnnotatorId, number: usize) -> String {
    format!("answer.{annotator}.{number}")
}

pub fn mark(annotator: &AnnotatorId, id: AnnotationId) -> String {
    format!("mark.{annotator}.{id}")
}

/// A fragment by its number, from 1.
pub fn span(annotator: &AnnotatorId, id: AnnotationId, number: usize) -> String {
    format!("span.{annotator}.{id}.{number}")
}

/// Where a fragment begins.
pub fn from(annotator: &AnnotatorId, id: AnnotationId, number: usize) -> String {
    format!("from.{annotator}.{id}.{number}")
}

/// Where a fragment ends.
pub fn to(annotator: &AnnotatorId, id: AnnotationId, number: usize) -> String {
    format!("to.{annotator}.{id}.{number}")
}

/// A relation.
pub fn relation(annotator: &AnnotatorId, id: RelationId) -> String {
    format!("relation.{annotator}.{id}")
}

/// What is said of a relation.
pub fn about(annotator: &AnnotatorId, id: RelationId) -> String {
    format!("about.{annotator}.{id}")
}

/// The piece that the document of an article is.
pub fn document(article: &ArticleId) -> String {
    format!("{article}.xml")
}

/// Points to an element of the same document.
pub fn pointer(id: &str) -> String {
    format!("#{id}")
}

/// Points to a mark or a relation from the document of an article.
pub fn item(here: &ArticleId, there: &ArticleId, annotator: &AnnotatorId, item: Item) -> String {
    let id = match item {
        Item::Annotation(id) => mark(annotator, id),
        Item::Relation(id) => relation(annotator, id),
    };
    if here == there { pointer(&id) } else { format!("{}#{id}", document(there)) }
}
