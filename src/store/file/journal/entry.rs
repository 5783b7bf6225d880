//! An entry: a transaction on a line of its own.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    super::{
        CodebookFile,
        article::Shape,
        layer::{AnswerRow, MemberHome, RelationRow},
        shape::{Hash, Moment, Prose, usual},
    },
    CodebookChange, MarkChange, MarkRow, Side, VERSION,
    set_aside::Asides,
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotator, AnnotatorId, ArticleAnswers, ArticleId, Item, RelationId, SetAside, Status, Story, StoryId,
        TransactionId,
        edit::{Change, Home, Kind, TextVersion, Transaction},
    },
    phrase,
    store::FileKey,
    text::{Phrase, Text, hash::content_hash, phrase::Value},
};

/// A transaction as it was carried out.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryRow<'t> {
    v: u32,
    pub id: TransactionId,
    pub kind: KindRow,
    pub at: Moment,
    #[serde(default, skip_serializing_if = "usual")]
    pub by: Option<AnnotatorId>,
    /// What was done, as undo names it.
    did: String,
    #[serde(default, skip_serializing_if = "usual")]
    what: Option<String>,
    /// None for what takes back or repeats another entry: its changes are those of the other one.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeRow<'t>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KindRow {
    Do,
    Undo(TransactionId),
    Redo(TransactionId),
}

/// Changes of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum ChangeRow<'t> {
    Marks {
        article: ArticleId,
        annotator: AnnotatorId,
        #[serde(borrow)]
        changes: Vec<MarkChange<'t>>,
    },
    Relations {
        /// Not there for relations across articles.
        #[serde(default, skip_serializing_if = "usual")]
        article: Option<ArticleId>,
        annotator: AnnotatorId,
        changes: Vec<RelationChange>,
    },
    /// Status, and answers about the whole article.
    Answers {
        article: ArticleId,
        annotator: AnnotatorId,
        was: AnswersRow,
        is: AnswersRow,
    },
    Article {
        id: ArticleId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<Shape<()>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        is: Option<Shape<()>>,
        /// Of the text that came or went with it, by which the file with the text is found.
        #[serde(default, skip_serializing_if = "usual")]
        text: Option<Hash>,
        /// Of a removed article, in entries of version 1 alone.
        #[serde(skip)]
        removed_text: Option<Prose>,
    },
    /// The text was corrected. Marks that it moved or lost are changes of their own.
    Text {
        id: ArticleId,
        was: Shape<()>,
        is: Shape<()>,
        /// By which the files with both texts are found.
        was_text: Hash,
        is_text: Hash,
        /// Whose layers repeat words of the text.
        layers: Vec<AnnotatorId>,
    },
    Story {
        id: StoryId,
        #[serde(default, skip_serializing_if = "usual")]
        was: Option<String>,
        #[serde(default, skip_serializing_if = "usual")]
        is: Option<String>,
    },
    Annotator {
        id: AnnotatorId,
        #[serde(default, skip_serializing_if = "usual")]
        was: Option<String>,
        #[serde(default, skip_serializing_if = "usual")]
        is: Option<String>,
    },
    Codebook(Box<CodebookChange>),
    Name {
        was: String,
        is: String,
    },
}

/// What became of a relation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<RelationRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<RelationRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswersRow {
    #[serde(default, skip_serializing_if = "usual")]
    pub status: Status,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerRow>,
}

impl<'t> EntryRow<'t> {
    /// # Errors
    /// The text of a marked article, as it was or is, is not at hand.
    pub fn of(transaction: &Transaction, text: impl Fn(&ArticleId, Side) -> Option<Text>) -> Result<Self, Diagnostic> {
        let changes = match transaction.kind {
            Kind::Do => ChangeRow::all_of(&transaction.changes, text)?,
            Kind::Undo(_) | Kind::Redo(_) => Vec::new(),
        };
        Ok(Self {
            v: VERSION,
            id: transaction.id,
            kind: transaction.kind.into(),
            at: Moment::from_unix_ms(transaction.at_unix_ms),
            by: transaction.by.clone(),
            did: did_of(&transaction.label),
            what: what_of(&transaction.label),
            changes,
        })
    }

    pub fn new(
        id: TransactionId,
        at: Moment,
        by: Option<AnnotatorId>,
        label: Phrase,
        changes: Vec<ChangeRow<'t>>,
    ) -> Self {
        let (did, what) = (did_of(&label), what_of(&label));
        Self { v: VERSION, id, kind: KindRow::Do, at, by, did, what, changes }
    }

    #[must_use]
    pub fn of_version(self, v: u32) -> Self {
        Self { v, ..self }
    }

    /// Whether it is of version 1, and so was written after its files.
    pub fn is_old(&self) -> bool {
        self.v < VERSION
    }

    /// Whether nothing is done by it but that its annotator comes: that is not undone.
    pub fn is_coming_of(&self, by: Option<&AnnotatorId>) -> bool {
        let is_own = |row: &ChangeRow<'_>| matches!(row, ChangeRow::Annotator { id, was: None, .. } if Some(id) == by);
        self.kind == KindRow::Do && self.changes.iter().all(is_own)
    }

    pub fn label(&self) -> Phrase {
        called(&self.did, self.what.as_deref())
    }

    /// The files that it touches.
    pub fn files(&self) -> BTreeSet<FileKey> {
        self.changes.iter().map(ChangeRow::file).collect()
    }
}

/// What a line was called, from what it says of it. In the first journals `%{what}` stands where `{what}` does now. A
/// pattern with several forms is one with a number.
pub fn called(did: &str, what: Option<&str>) -> Phrase {
    let value = |what: &str| match what.parse::<usize>() {
        Ok(count) if did.contains('|') => Value::Count(count),
        _ => Value::from(what),
    };
    Phrase::new(did.replace("%{what}", "{what}"), what.map(|what| ("what", value(what))))
}

/// The pattern, where nothing but `{what}` is put into it; else all of it in English.
fn did_of(label: &Phrase) -> String {
    let pattern = label.pattern();
    if pattern.replace("{what}", "").contains('{') { label.to_string() } else { pattern.to_owned() }
}

fn what_of(label: &Phrase) -> Option<String> {
    label.value("what").map(|what| match what {
        Value::Count(count) => count.to_string(),
        other => other.to_string(),
    })
}

impl From<Kind> for KindRow {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Do => Self::Do,
            Kind::Undo(of) => Self::Undo(of),
            Kind::Redo(of) => Self::Redo(of),
        }
    }
}

impl From<KindRow> for Kind {
    fn from(kind: KindRow) -> Self {
        match kind {
            KindRow::Do => Self::Do,
            KindRow::Undo(of) => Self::Undo(of),
            KindRow::Redo(of) => Self::Redo(of),
        }
    }
}

impl ChangeRow<'_> {
    fn all_of(changes: &[Change], text: impl Fn(&ArticleId, Side) -> Option<Text>) -> Result<Vec<Self>, Diagnostic> {
        let mut rows: Vec<Self> = Vec::new();
        let asides = Asides::of(changes);
        for change in changes {
            let of_change = match change {
                Change::SetAside { home, annotator, before, after } => {
                    Self::of_set_aside(home, annotator, (before.as_slice(), after.as_slice()), &asides)?
                }
                _ => vec![Self::of(change, &asides, &text)?],
            };
            for row in of_change {
                let rest = match rows.last_mut() {
                    Some(last) => last.join(row),
                    None => Some(row),
                };
                rows.extend(rest);
            }
        }
        Ok(rows)
    }

    fn of_set_aside<'c>(
        home: &Home,
        annotator: &'c AnnotatorId,
        (before, after): (&'c [SetAside], &'c [SetAside]),
        asides: &Asides<'c>,
    ) -> Result<Vec<Self>, Diagnostic> {
        let (article, members) = match home {
            Home::Article(article) => (Some(article.clone()), MemberHome::Layer),
            Home::Links => (None, MemberHome::Links),
        };
        let (mut marks, mut relations) = (Vec::new(), Vec::new());
        for item in asides.untold(annotator, before, after) {
            match item {
                Item::Annotation(id) => {
                    let at = |side| asides.mark(annotator, id, side);
                    marks.push(MarkChange::of(at(Side::Was), at(Side::Is)).ok_or_else(of_nothing)?);
                }
                Item::Relation(id) => {
                    let at = |side| asides.relation(annotator, id, side).map(|row| RelationRow::of(id, row, members));
                    relations.push(RelationChange { was: at(Side::Was), is: at(Side::Is) });
                }
            }
        }
        let mut rows = Vec::new();
        if let (false, Some(article)) = (marks.is_empty(), &article) {
            rows.push(Self::Marks { article: article.clone(), annotator: annotator.clone(), changes: marks });
        }
        if !relations.is_empty() {
            rows.push(Self::Relations { article, annotator: annotator.clone(), changes: relations });
        }
        Ok(rows)
    }

    /// Takes up the changes of another row of the same file and kind; gives it back where it is of another.
    pub fn join(&mut self, other: Self) -> Option<Self> {
        match (self, other) {
            (
                Self::Marks { article, annotator, changes },
                Self::Marks { article: of, annotator: by, changes: more },
            ) if *article == of && *annotator == by => {
                for change in more {
                    let rest = match changes.last_mut() {
                        Some(last) => last.join(change),
                        None => Some(change),
                    };
                    changes.extend(rest);
                }
                None
            }
            (
                Self::Relations { article, annotator, changes },
                Self::Relations { article: of, annotator: by, changes: more },
            ) if *article == of && *annotator == by => {
                changes.extend(more);
                None
            }
            (_, other) => Some(other),
        }
    }

    fn of(
        change: &Change,
        asides: &Asides<'_>,
        text: &impl Fn(&ArticleId, Side) -> Option<Text>,
    ) -> Result<Self, Diagnostic> {
        Ok(match change {
            Change::Annotation { article, annotator, id, before, after } => {
                let row = |annotation: &Option<Arc<_>>, side| {
                    let row = |annotation| {
                        let text = needed(text(article, side), article)?;
                        Ok::<_, Diagnostic>(MarkRow::of(*id, annotation, &text))
                    };
                    annotation.as_deref().map(row).transpose()
                };
                let was = row(before, Side::Was)?.or_else(|| asides.mark(annotator, *id, Side::Was));
                let is = row(after, Side::Is)?.or_else(|| asides.mark(annotator, *id, Side::Is));
                let change = MarkChange::of(was, is).ok_or_else(of_nothing)?;
                Self::Marks { article: article.clone(), annotator: annotator.clone(), changes: vec![change] }
            }
            Change::Relation { home, annotator, id, before, after } => {
                let (article, home) = match home {
                    Home::Article(article) => (Some(article.clone()), MemberHome::Layer),
                    Home::Links => (None, MemberHome::Links),
                };
                let row = |relation: &Option<Arc<_>>, side| {
                    let aside = || asides.relation(annotator, *id, side);
                    relation.as_deref().or_else(aside).map(|relation| RelationRow::of(*id, relation, home))
                };
                let change = RelationChange { was: row(before, Side::Was), is: row(after, Side::Is) };
                Self::Relations { article, annotator: annotator.clone(), changes: vec![change] }
            }
            Change::SetAside { .. } => return Err(of_nothing()),
            Change::Answers { article, annotator, before, after } => Self::Answers {
                article: article.clone(),
                annotator: annotator.clone(),
                was: AnswersRow::of(before),
                is: AnswersRow::of(after),
            },
            Change::Article { id, before, after, text } => Self::Article {
                id: id.clone(),
                was: before.as_deref().map(Shape::head),
                is: after.as_deref().map(Shape::head),
                text: text.as_ref().map(|text| Hash(content_hash(text.as_str()))),
                removed_text: None,
            },
            Change::Text { id, before, after, layers } => {
                let hash = |version: &TextVersion| Hash(content_hash(version.text.as_str()));
                Self::Text {
                    id: id.clone(),
                    was: Shape::head(&before.article),
                    is: Shape::head(&after.article),
                    was_text: hash(before),
                    is_text: hash(after),
                    layers: layers.clone(),
                }
            }
            Change::Story { id, before, after } => {
                let name = |story: &Arc<Story>| story.name.clone();
                Self::Story { id: id.clone(), was: before.as_ref().map(name), is: after.as_ref().map(name) }
            }
            Change::Annotator { id, before, after } => {
                let name = |annotator: &Arc<Annotator>| annotator.name.clone();
                Self::Annotator { id: id.clone(), was: before.as_ref().map(name), is: after.as_ref().map(name) }
            }
            Change::Codebook { before, after } => {
                let (was, is) = (CodebookFile::from(&**before), CodebookFile::from(&**after));
                Self::Codebook(Box::new(CodebookChange::between(&was, &is)))
            }
            Change::Name { before, after } => Self::Name { was: before.clone(), is: after.clone() },
        })
    }

    /// The article of which it changes marks, relations, answers or the text; not where that comes or goes as a whole
    /// with what is known of it alone.
    pub fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::Marks { article, .. } | Self::Answers { article, .. } => Some(article),
            Self::Relations { article, .. } => article.as_ref(),
            Self::Article { id, text: Some(_), .. } | Self::Text { id, .. } => Some(id),
            _ => None,
        }
    }

    /// The file that it changes; of a text that of its article.
    pub fn file(&self) -> FileKey {
        match self {
            Self::Marks { article, annotator, .. }
            | Self::Answers { article, annotator, .. }
            | Self::Relations { article: Some(article), annotator, .. } => {
                FileKey::Layer(article.clone(), annotator.clone())
            }
            Self::Relations { article: None, annotator, .. } => FileKey::Links(annotator.clone()),
            Self::Article { id, .. } | Self::Text { id, .. } => FileKey::Article(id.clone()),
            Self::Story { .. } | Self::Annotator { .. } | Self::Name { .. } => FileKey::Project,
            Self::Codebook(_) => FileKey::Codebook,
        }
    }
}

impl RelationChange {
    /// The relation that it is of; `None` where it is of nothing.
    pub fn id(&self) -> Option<RelationId> {
        self.is.as_ref().or(self.was.as_ref()).map(|row| row.id)
    }
}

impl AnswersRow {
    pub fn of(article_answers: &ArticleAnswers) -> Self {
        Self { status: article_answers.status, answers: article_answers.answers.iter().map(AnswerRow::of).collect() }
    }

    pub fn into_model(self) -> Arc<ArticleAnswers> {
        let answers = self.answers.into_iter().map(AnswerRow::into_model).collect();
        Arc::new(ArticleAnswers { status: self.status, answers })
    }
}

fn needed(text: Option<Text>, article: &ArticleId) -> Result<Text, Diagnostic> {
    text.ok_or_else(|| {
        Diagnostic::error("not-read", phrase!("The text of {article} is not at hand", article))
            .hint("Open the article first")
    })
}

fn of_nothing() -> Diagnostic {
    Diagnostic::error("bad-value", "A change is of nothing, or of two things").hint("Restore the history from a copy")
}
