//! `history/<annotator>/<year>-<month>.ron`: every transaction on a line of its own, with each row before and after.

use serde::{Deserialize, Serialize};

use super::{
    CodebookFile,
    article::Shape,
    aside::AsideRows,
    layer::{AnnotationRow, AnswerRow, MemberHome, RelationRow},
    shape::{Moment, Prose, usual},
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, Annotator, AnnotatorId, ArticleId, Relation, Status, Story, StoryId, TransactionId,
        Whole,
        edit::{Change, Focus, Home, Phrase, Transaction},
    },
    text::Text,
};
use std::sync::Arc;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalRow<'t> {
    id: TransactionId,
    pub at: Moment,
    #[serde(default, skip_serializing_if = "usual")]
    pub by: Option<AnnotatorId>,
    /// What was done, as undo names it.
    did: String,
    #[serde(default, skip_serializing_if = "usual")]
    what: Option<String>,
    #[serde(borrow)]
    pub changes: Vec<ChangeRow<'t>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum ChangeRow<'t> {
    Annotation {
        article: ArticleId,
        annotator: AnnotatorId,
        #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
        before: Option<AnnotationRow<'t>>,
        #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
        after: Option<AnnotationRow<'t>>,
    },
    Relation {
        /// Not there for a relation across articles.
        #[serde(default, skip_serializing_if = "usual")]
        article: Option<ArticleId>,
        annotator: AnnotatorId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<RelationRow>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<RelationRow>,
    },
    /// All that is set aside in a file.
    SetAside {
        /// Not there for relations across articles.
        #[serde(default, skip_serializing_if = "usual")]
        article: Option<ArticleId>,
        annotator: AnnotatorId,
        #[serde(borrow)]
        before: AsideRows<'t>,
        #[serde(borrow)]
        after: AsideRows<'t>,
    },
    Whole {
        article: ArticleId,
        annotator: AnnotatorId,
        before: WholeRow,
        after: WholeRow,
    },
    Article {
        id: ArticleId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Shape<()>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Shape<()>>,
        /// Of an article that was taken away, which is nowhere else; an added one has it in its file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Prose>,
    },
    Story {
        id: StoryId,
        #[serde(default, skip_serializing_if = "usual")]
        before: Option<String>,
        #[serde(default, skip_serializing_if = "usual")]
        after: Option<String>,
    },
    Annotator {
        id: AnnotatorId,
        #[serde(default, skip_serializing_if = "usual")]
        before: Option<String>,
        #[serde(default, skip_serializing_if = "usual")]
        after: Option<String>,
    },
    Codebook {
        before: Box<CodebookFile>,
        after: Box<CodebookFile>,
    },
    Name {
        before: String,
        after: String,
    },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WholeRow {
    #[serde(default, skip_serializing_if = "usual")]
    status: Status,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    answers: Vec<AnswerRow>,
}

impl JournalRow<'_> {
    /// # Errors
    /// The text of a marked article is not at hand.
    pub fn of(transaction: &Transaction, text: impl Fn(&ArticleId) -> Option<Text>) -> Result<Self, Diagnostic> {
        Ok(Self {
            id: transaction.id,
            at: Moment::from_unix_ms(transaction.at_unix_ms),
            by: transaction.by.clone(),
            did: transaction.label.pattern().to_owned(),
            what: transaction.label.value("what").map(ToString::to_string),
            changes: transaction.changes.iter().map(|c| ChangeRow::of(c, &text)).collect::<Result<_, _>>()?,
        })
    }

    /// The transaction, without where one was looking.
    ///
    /// # Errors
    /// A row that cannot be understood without guessing, or that needs a text that is not at hand.
    pub fn into_model(self, text: impl Fn(&ArticleId) -> Option<Text>) -> Result<Transaction, Diagnostic> {
        Ok(Transaction {
            id: self.id,
            at_unix_ms: self.at.unix_ms(),
            by: self.by,
            label: called(&self.did, self.what),
            changes: self.changes.into_iter().map(|c| c.into_model(&text)).collect::<Result<_, _>>()?,
            focus_before: Focus::default(),
            focus_after: Focus::default(),
        })
    }
}

/// What undo names; the first journals have `%{what}` in it where `{what}` stands now.
fn called(did: &str, what: Option<String>) -> Phrase {
    Phrase::new(did.replace("%{what}", "{what}"), what.map(|what| ("what", what.into())))
}

fn needed(text: Option<Text>, article: &ArticleId) -> Result<Text, Diagnostic> {
    text.ok_or_else(|| {
        Diagnostic::error("not-read", format!("The text of {article} is not at hand")).hint("Open the article first")
    })
}

impl ChangeRow<'_> {
    fn of(change: &Change, text: &impl Fn(&ArticleId) -> Option<Text>) -> Result<Self, Diagnostic> {
        Ok(match change {
            Change::Annotation { article, annotator, id, before, after } => {
                let text = needed(text(article), article)?;
                let row = |a: &Arc<Annotation>| AnnotationRow::of(*id, a, &text);
                let (before, after) = (before.as_ref().map(row), after.as_ref().map(row));
                Self::Annotation { article: article.clone(), annotator: annotator.clone(), before, after }
            }
            Change::Relation { home, annotator, id, before, after } => {
                let (article, home) = match home {
                    Home::Article(article) => (Some(article.clone()), MemberHome::Layer),
                    Home::Links => (None, MemberHome::Links),
                };
                let row = |r: &Arc<Relation>| RelationRow::of(*id, r, home);
                let (before, after) = (before.as_ref().map(row), after.as_ref().map(row));
                Self::Relation { article, annotator: annotator.clone(), before, after }
            }
            Change::SetAside { home, annotator, before, after } => Self::SetAside {
                article: if let Home::Article(article) = home { Some(article.clone()) } else { None },
                annotator: annotator.clone(),
                before: AsideRows::of(before, home),
                after: AsideRows::of(after, home),
            },
            Change::Whole { article, annotator, before, after } => Self::Whole {
                article: article.clone(),
                annotator: annotator.clone(),
                before: WholeRow::of(before),
                after: WholeRow::of(after),
            },
            Change::Article { id, before, after, text } => Self::Article {
                id: id.clone(),
                before: before.as_deref().map(Shape::head),
                after: after.as_deref().map(Shape::head),
                text: text.as_ref().filter(|_| after.is_none()).map(|t| Prose(t.as_str().to_owned())),
            },
            Change::Story { id, before, after } => {
                let name = |s: &Arc<Story>| s.name.clone();
                Self::Story { id: id.clone(), before: before.as_ref().map(name), after: after.as_ref().map(name) }
            }
            Change::Annotator { id, before, after } => {
                let name = |a: &Arc<Annotator>| a.name.clone();
                Self::Annotator { id: id.clone(), before: before.as_ref().map(name), after: after.as_ref().map(name) }
            }
            Change::Codebook { before, after } => Self::Codebook {
                before: Box::new(CodebookFile::from(&**before)),
                after: Box::new(CodebookFile::from(&**after)),
            },
            Change::Name { before, after } => Self::Name { before: before.clone(), after: after.clone() },
        })
    }

    fn into_model(self, text: &impl Fn(&ArticleId) -> Option<Text>) -> Result<Change, Diagnostic> {
        Ok(match self {
            Self::Annotation { article, annotator, before, after } => {
                let text = needed(text(&article), &article)?;
                let (before, after) = (annotation(before, &text)?, annotation(after, &text)?);
                let id = id_of(before.as_ref().map(|b| b.0), after.as_ref().map(|a| a.0))?;
                let (before, after) = (before.map(|b| b.1), after.map(|a| a.1));
                Change::Annotation { article, annotator, id, before, after }
            }
            Self::Relation { article, annotator, before, after } => {
                let (before, after) = (relation(before, article.as_ref())?, relation(after, article.as_ref())?);
                let id = id_of(before.as_ref().map(|b| b.0), after.as_ref().map(|a| a.0))?;
                let (before, after) = (before.map(|b| b.1), after.map(|a| a.1));
                Change::Relation { home: article.map_or(Home::Links, Home::Article), annotator, id, before, after }
            }
            Self::SetAside { article, annotator, before, after } => {
                let (before, after) = (before.into_model(article.as_ref())?, after.into_model(article.as_ref())?);
                Change::SetAside { home: article.map_or(Home::Links, Home::Article), annotator, before, after }
            }
            Self::Whole { article, annotator, before, after } => {
                Change::Whole { article, annotator, before: before.into_model(), after: after.into_model() }
            }
            Self::Article { id, before, after, text: own } => {
                let text = match (&before, &after, own) {
                    (_, _, Some(own)) => Some(Text::new(own.0)),
                    (None, Some(_), None) => Some(needed(text(&id), &id)?),
                    _ => None,
                };
                let article = |shape: Shape<()>| Arc::new(shape.into_parts().0);
                Change::Article { id, before: before.map(article), after: after.map(article), text }
            }
            Self::Story { id, before, after } => {
                let story = |name| Arc::new(Story { name });
                Change::Story { id, before: before.map(story), after: after.map(story) }
            }
            Self::Annotator { id, before, after } => {
                let annotator = |name| Arc::new(Annotator { name });
                Change::Annotator { id, before: before.map(annotator), after: after.map(annotator) }
            }
            Self::Codebook { before, after } => {
                Change::Codebook { before: Arc::new((*before).into()), after: Arc::new((*after).into()) }
            }
            Self::Name { before, after } => Change::Name { before, after },
        })
    }
}

type Row<I, T> = Option<(I, Arc<T>)>;

fn annotation(row: Option<AnnotationRow<'_>>, text: &Text) -> Result<Row<AnnotationId, Annotation>, Diagnostic> {
    let Some(row) = row else { return Ok(None) };
    let (id, annotation, _) = row.into_model(text).map_err(|aside| aside.why)?;
    Ok(Some((id, Arc::new(annotation))))
}

fn relation(
    row: Option<RelationRow>,
    home: Option<&ArticleId>,
) -> Result<Row<crate::model::RelationId, Relation>, Diagnostic> {
    let Some(row) = row else { return Ok(None) };
    let mut wrong = Vec::new();
    let (id, relation) = row.into_model(home, &mut wrong);
    wrong.into_iter().next().map_or(Ok(Some((id, Arc::new(relation)))), Err)
}

fn id_of<I: PartialEq>(before: Option<I>, after: Option<I>) -> Result<I, Diagnostic> {
    match (before, after) {
        (Some(before), Some(after)) if before == after => Ok(before),
        (Some(id), None) | (None, Some(id)) => Ok(id),
        _ => Err(Diagnostic::error("bad-value", "A change is of nothing, or of two things")
            .hint("Restore the history from a copy")),
    }
}

impl WholeRow {
    fn of(whole: &Whole) -> Self {
        Self { status: whole.status, answers: whole.answers.iter().map(AnswerRow::of).collect() }
    }

    fn into_model(self) -> Arc<Whole> {
        let answers = self.answers.into_iter().map(AnswerRow::into_model).collect();
        Arc::new(Whole { status: self.status, answers })
    }
}
