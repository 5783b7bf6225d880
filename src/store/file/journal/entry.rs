//! An entry: a transaction on a line of its own.
//!
//! A line says of each row what it was and what it is, so that it can be carried out after a failure, taken back, and
//! shown as history. What takes back or repeats another entry names that and says no changes.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    super::{
        CodebookFile,
        article::Shape,
        layer::{AnswerRow, MemberHome, RejectionRow, RelationRow},
        shape::{Hash, Moment, Prose, usual},
    },
    CodebookChange, MarkChange, MarkRow, RejectionChange, Side, VERSION,
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

/// A transaction as it was carried out, on one line of RON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryRow<'t> {
    /// The version of the line’s own shape.
    v: u32,
    pub id: TransactionId,
    /// Whether it is new work.
    pub kind: KindRow,
    /// When it was made.
    pub at: Moment,
    /// Who did it.
    #[serde(default, skip_serializing_if = "usual")]
    pub by: Option<AnnotatorId>,
    /// The pattern of its name, English, with `{what}` for a value (see [`called`]).
    did: String,
    /// The value for `{what}`, where the pattern has one.
    #[serde(default, skip_serializing_if = "usual")]
    what: Option<String>,
    /// What changed, in order; empty for what takes back or repeats another entry, whose changes it has.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeRow<'t>>,
}

/// See `Kind` of the model.
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
    /// Marks of one layer.
    Marks {
        article: ArticleId,
        annotator: AnnotatorId,
        #[serde(borrow)]
        changes: Vec<MarkChange<'t>>,
    },
    /// Relations of one layer or across articles.
    Relations {
        /// Missing for relations across articles.
        #[serde(default, skip_serializing_if = "usual")]
        article: Option<ArticleId>,
        annotator: AnnotatorId,
        changes: Vec<RelationChange>,
    },
    /// What is not the same statement.
    Rejections { annotator: AnnotatorId, changes: Vec<RejectionChange> },
    /// An article’s status, with all answers about it.
    Answers { article: ArticleId, annotator: AnnotatorId, was: AnswersRow, is: AnswersRow },
    /// An article that comes, goes or is described anew.
    Article {
        id: ArticleId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<Shape<()>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        is: Option<Shape<()>>,
        /// Hash of the text that came or went with it, by which the file with the text is found (`store/texts`).
        #[serde(default, skip_serializing_if = "usual")]
        text: Option<Hash>,
        /// The text of a removed article, in lines of version 1 alone; never written.
        #[serde(skip)]
        removed_text: Option<Prose>,
    },
    /// The text was corrected. Marks that moved or are lost by it are changes of their own.
    Text {
        id: ArticleId,
        was: Shape<()>,
        is: Shape<()>,
        /// Hashes by which the files with both texts are found.
        was_text: Hash,
        is_text: Hash,
        /// Whose layers repeat words of the text and have to be written again.
        layers: Vec<AnnotatorId>,
    },
    /// A story’s name.
    Story {
        id: StoryId,
        #[serde(default, skip_serializing_if = "usual")]
        was: Option<String>,
        #[serde(default, skip_serializing_if = "usual")]
        is: Option<String>,
    },
    /// An annotator’s name.
    Annotator {
        id: AnnotatorId,
        #[serde(default, skip_serializing_if = "usual")]
        was: Option<String>,
        #[serde(default, skip_serializing_if = "usual")]
        is: Option<String>,
    },
    /// What differs in the codebook.
    Codebook(Box<CodebookChange>),
    /// The project’s name.
    Name { was: String, is: String },
}

/// A relation before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<RelationRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<RelationRow>,
}

/// An article’s status, with all answers about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswersRow {
    #[serde(default, skip_serializing_if = "usual")]
    pub status: Status,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerRow>,
}

impl<'t> EntryRow<'t> {
    /// The line of a transaction. `text` gives an article’s text on a side of the transaction.
    ///
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

    /// A line of the newest version for new work.
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

    /// The same, as if it had been read from a line of this version.
    #[must_use]
    pub fn of_version(self, v: u32) -> Self {
        Self { v, ..self }
    }

    /// Whether it is of version 1. Such lines were written *after* the files, so that the files hold them.
    pub fn is_old(&self) -> bool {
        self.v < VERSION
    }

    /// Whether it tells that two versions of the journal were merged: that is new work without a change of its own.
    pub fn tells_of_merge(&self) -> bool {
        self.kind == KindRow::Do && self.changes.is_empty()
    }

    /// Whether it does nothing but add its own annotator: that is not offered to be undone.
    pub fn is_coming_of(&self, by: Option<&AnnotatorId>) -> bool {
        let is_own = |row: &ChangeRow<'_>| matches!(row, ChangeRow::Annotator { id, was: None, .. } if Some(id) == by);
        self.kind == KindRow::Do && self.changes.iter().all(is_own)
    }

    /// The step’s name.
    pub fn label(&self) -> Phrase {
        called(&self.did, self.what.as_deref())
    }

    /// The files that it touches.
    pub fn files(&self) -> BTreeSet<FileKey> {
        self.changes.iter().map(ChangeRow::file).collect()
    }
}

/// A step’s name, from what its line says. In the first journals `%{what}` stands for `{what}`. A pattern with forms
/// for numbers has a number for its value.
pub fn called(did: &str, what: Option<&str>) -> Phrase {
    let value = |what: &str| match what.parse::<usize>() {
        Ok(count) if did.contains('|') => Value::Count(count),
        _ => Value::from(what),
    };
    Phrase::new(did.replace("%{what}", "{what}"), what.map(|what| ("what", value(what))))
}

/// The pattern, where nothing but `{what}` is put into it; otherwise the whole name in English.
fn did_of(label: &Phrase) -> String {
    let pattern = label.pattern();
    if pattern.replace("{what}", "").contains('{') { label.to_string() } else { pattern.to_owned() }
}

/// The value for `{what}`.
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
    /// All changes as rows, neighbours of the same file joined.
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

    /// What became of rows that were set aside and that no other change speaks of.
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
            (Self::Rejections { annotator, changes }, Self::Rejections { annotator: by, changes: more })
                if *annotator == by =>
            {
                changes.extend(more);
                None
            }
            (_, other) => Some(other),
        }
    }

    /// One change as a row. What is set aside has rows of its own.
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
            Change::Rejection { annotator, id, before, after } => {
                let row = |rejection: &Option<Arc<_>>| rejection.as_deref().map(|of| RejectionRow::of(*id, of));
                let change = RejectionChange { was: row(before), is: row(after) };
                Self::Rejections { annotator: annotator.clone(), changes: vec![change] }
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

    /// The article whose text has to be at hand to complete it; `None` where none has.
    pub fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::Marks { article, .. } | Self::Answers { article, .. } => Some(article),
            Self::Relations { article, .. } => article.as_ref(),
            Self::Article { id, text: Some(_), .. } | Self::Text { id, .. } => Some(id),
            _ => None,
        }
    }

    /// The file that it changes.
    pub fn file(&self) -> FileKey {
        match self {
            Self::Marks { article, annotator, .. }
            | Self::Answers { article, annotator, .. }
            | Self::Relations { article: Some(article), annotator, .. } => {
                FileKey::Layer(article.clone(), annotator.clone())
            }
            Self::Relations { article: None, annotator, .. } | Self::Rejections { annotator, .. } => {
                FileKey::Links(annotator.clone())
            }
            Self::Article { id, .. } | Self::Text { id, .. } => FileKey::Article(id.clone()),
            Self::Story { .. } | Self::Annotator { .. } | Self::Name { .. } => FileKey::Project,
            Self::Codebook(_) => FileKey::Codebook,
        }
    }
}

impl RelationChange {
    /// The relation that it is of; `None` for a malformed line that says neither side.
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
