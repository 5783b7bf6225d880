//! The lines of JSONL as they are written and read: one schema for both. Every key is always written, with a value of its
//! own type (an empty string, list, or −1), so that a program that finds out types from the data finds the same ones
//! everywhere. What earlier versions wrote is read too: keys that they left out, nulls, and objects for lists of rows.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value as Json;

/// The piece with the articles.
pub const ARTICLES: &str = "articles.jsonl";
/// The piece with the codebook.
pub const CODEBOOK: &str = "codebook.json";
/// The version of these rows.
pub const VERSION: u32 = 2;

type Words<'a> = Cow<'a, str>;

/// An article: the outermost object.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Line<'a> {
    /// Of the rows; 0 is before there was one.
    pub pressmark: u32,
    #[serde(borrow)]
    pub id: Words<'a>,
    pub title: Words<'a>,
    pub outlet: Words<'a>,
    pub byline: Words<'a>,
    pub published: Words<'a>,
    pub language: Words<'a>,
    pub url: Words<'a>,
    pub story: Words<'a>,
    pub story_name: Words<'a>,
    /// What offsets count: a name of a unit, or the words of version 1.
    pub offsets: Words<'a>,
    pub text: Words<'a>,
    pub layers: Vec<LayerRow<'a>>,
}

/// What one annotator has said of the article.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LayerRow<'a> {
    #[serde(borrow)]
    pub annotator: Words<'a>,
    pub annotator_name: Words<'a>,
    pub status: Words<'a>,
    pub annotations: Vec<AnnotationRow<'a>>,
    pub relations: Vec<RelationRow<'a>>,
    pub answers: Vec<AnswerRow<'a>>,
    /// Relations across articles that have a member in this one.
    pub links: Vec<RelationRow<'a>>,
}

/// A mark.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnnotationRow<'a> {
    #[serde(borrow)]
    pub id: Words<'a>,
    pub label: Words<'a>,
    pub label_name: Words<'a>,
    pub fragments: Vec<FragmentRow<'a>>,
    #[serde(deserialize_with = "attributes")]
    pub attributes: Vec<AttributeRow>,
    pub note: Words<'a>,
    /// `flag`, `question`, or empty.
    #[serde(deserialize_with = "or_usual")]
    pub flag: Words<'a>,
    /// Per cent; −1 where nobody said.
    #[serde(default = "unsaid", deserialize_with = "percent")]
    pub confidence: i16,
    pub origin: OriginRow,
    pub comments: Vec<CommentRow<'a>>,
    pub codebook_version: u32,
}

/// A fragment, half-open, in the unit that the line says.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FragmentRow<'a> {
    pub start: usize,
    pub end: usize,
    #[serde(borrow)]
    pub text: Words<'a>,
}

/// An answer to what a label or a kind of relation asks; several values of several choices.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AttributeRow {
    pub attribute: String,
    pub values: Vec<String>,
}

/// How a mark or a relation came to be.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct OriginRow {
    pub kind: String,
    #[serde(deserialize_with = "text_or_list")]
    pub from: String,
}

impl Default for OriginRow {
    fn default() -> Self {
        Self { kind: "hand".to_owned(), from: String::new() }
    }
}

/// A remark on a mark.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CommentRow<'a> {
    #[serde(borrow)]
    pub by: Words<'a>,
    /// RFC 3339 in UTC; milliseconds since 1970 where that is no moment.
    #[serde(deserialize_with = "text_or_number")]
    pub at: String,
    pub text: Words<'a>,
}

/// A relation.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RelationRow<'a> {
    #[serde(borrow)]
    pub id: Words<'a>,
    pub kind: Words<'a>,
    pub kind_name: Words<'a>,
    #[serde(deserialize_with = "members")]
    pub members: Vec<MemberRow>,
    #[serde(deserialize_with = "attributes")]
    pub attributes: Vec<AttributeRow>,
    pub note: Words<'a>,
    pub origin: OriginRow,
}

/// A member: an annotation or a relation, of which the other is empty.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberRow {
    pub role: String,
    /// Empty in version 1 for members of the same article.
    pub article: String,
    pub annotation: String,
    pub relation: String,
}

/// An answer about the article.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerRow<'a> {
    #[serde(borrow)]
    pub question: Words<'a>,
    /// Empty where it is not asked for each target.
    pub target: Words<'a>,
    pub values: Vec<String>,
    /// Of version 1.
    #[serde(skip_serializing)]
    pub value: Option<Json>,
}

/// The words of a JSON value: several of a list.
pub fn words(value: &Json) -> Vec<String> {
    match value {
        Json::Null => Vec::new(),
        Json::Array(values) => values.iter().flat_map(words).collect(),
        Json::Bool(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        Json::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

/// A list of rows, or an object of version 1.
#[derive(Deserialize)]
#[serde(untagged)]
enum RowsOrObject<T, O> {
    Rows(Vec<T>),
    Object(BTreeMap<String, O>),
}

fn attributes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<AttributeRow>, D::Error> {
    Ok(match RowsOrObject::<AttributeRow, Json>::deserialize(deserializer)? {
        RowsOrObject::Rows(rows) => rows,
        RowsOrObject::Object(object) => {
            object.into_iter().map(|(attribute, value)| AttributeRow { attribute, values: words(&value) }).collect()
        }
    })
}

fn members<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<MemberRow>, D::Error> {
    Ok(match RowsOrObject::<MemberRow, Vec<MemberRow>>::deserialize(deserializer)? {
        RowsOrObject::Rows(rows) => rows,
        RowsOrObject::Object(object) => {
            let of_role = |(role, rows): (String, Vec<MemberRow>)| {
                rows.into_iter().map(move |row| MemberRow { role: role.clone(), ..row })
            };
            object.into_iter().flat_map(of_role).collect()
        }
    })
}

/// A value, or the usual one for null.
fn or_usual<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// The confidence that nobody has said.
fn unsaid() -> i16 {
    -1
}

fn percent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i16, D::Error> {
    Option::deserialize(deserializer).map(|percent| percent.unwrap_or_else(unsaid))
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let value = Json::deserialize(deserializer)?;
    Ok(words(&value).concat())
}

fn text_or_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let value = Json::deserialize(deserializer)?;
    Ok(words(&value).join(", "))
}
