//! The log: what was done in a project, by everybody, as people read it. Nothing can be applied from it.
//!
//! An entry says a step in words that a line has room for; what the step changed is in the journal and read only when
//! it is to be restored. Times and names are as the journal has them.

use std::{collections::BTreeSet, sync::Arc};

use rustc_hash::FxHashMap;

use super::{
    super::{Annotation, AnnotatorId, ArticleId, Codebook, LabelId, Project, TransactionId},
    Change, Home, Kind, Transaction,
};
use crate::text::{Phrase, Text};

/// So many characters of a mark’s words are kept in an entry.
const WORDS: usize = 40;

/// A step that somebody has done, for people to read, with what has become of it since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: TransactionId,
    /// When, in milliseconds since 1970 (UTC).
    pub at_unix_ms: i64,
    /// Who; `None` for a step that nobody signed.
    pub by: Option<AnnotatorId>,
    /// Its name, as undo shows it.
    pub label: Phrase,
    /// The articles that it touches; sorted.
    pub articles: BTreeSet<ArticleId>,
    /// The labels of its marks, before and after, and those that it changes in the codebook.
    pub labels: BTreeSet<LabelId>,
    /// The beginning of its first mark’s words; empty where it has none or they are not known.
    pub words: String,
    /// How many marks it touches.
    pub marks: usize,
    /// Whether it took something away that can be restored: marks, relations, articles, stories, rows of the
    /// codebook.
    pub takes: bool,
    /// Whether it brought something, which is gone where the step is undone.
    pub brings: bool,
    /// Whether it holds.
    pub standing: Standing,
}

/// What has become of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    #[default]
    Done,
    /// It was taken back and not done again.
    Undone,
}

impl Entry {
    /// An entry of which only id, time, annotator and name are known.
    pub fn new(id: TransactionId, at_unix_ms: i64, by: Option<AnnotatorId>, label: Phrase) -> Self {
        Self {
            id,
            at_unix_ms,
            by,
            label,
            articles: BTreeSet::new(),
            labels: BTreeSet::new(),
            words: String::new(),
            marks: 0,
            takes: false,
            brings: false,
            standing: Standing::Done,
        }
    }

    /// Whether something of it is gone now, as far as can be told from the step alone.
    pub fn is_restorable(&self) -> bool {
        match self.standing {
            Standing::Done => self.takes,
            Standing::Undone => self.brings,
        }
    }

    /// Takes up a mark that the step changed, with its words; those of the first one are kept.
    pub fn add_mark(&mut self, label: &LabelId, words: &str) {
        self.marks += 1;
        self.labels.insert(label.clone());
        if self.words.is_empty() {
            self.words = beginning(words);
        }
    }

    /// Takes up that a row came, went, or stayed.
    pub fn add_presence<T>(&mut self, before: Option<&T>, after: Option<&T>) {
        self.takes |= before.is_some() && after.is_none();
        self.brings |= after.is_some() && before.is_none();
    }

    /// Of a transaction that was just applied, and the project after it.
    pub fn of(transaction: &Transaction, project: &Project) -> Self {
        let (at, by) = (transaction.at_unix_ms, transaction.by.clone());
        let mut entry = Self::new(transaction.id, at, by, transaction.label.clone());
        let gone = |id: &ArticleId| {
            transaction.changes.iter().find_map(|change| match change {
                Change::Article { id: of, text, .. } if of == id => text.as_ref(),
                _ => None,
            })
        };
        for change in &transaction.changes {
            entry.add(change, |id| project.text(id).or_else(|| gone(id)));
        }
        entry
    }

    fn add<'t>(&mut self, change: &Change, text: impl Fn(&ArticleId) -> Option<&'t Text>) {
        match change {
            Change::Annotation { article, before, after, .. } => {
                self.add_presence(before.as_ref(), after.as_ref());
                self.articles.insert(article.clone());
                if let (Some(before), Some(_)) = (before, after) {
                    self.labels.insert(before.label.clone());
                }
                if let Some(mark) = after.as_ref().or(before.as_ref()) {
                    // Of tens of thousands of marks the words of one are wanted.
                    let text = text(article).filter(|_| self.words.is_empty());
                    self.add_mark(&mark.label, &text.map(|text| words_of(mark, text)).unwrap_or_default());
                }
            }
            Change::Relation { home, before, after, .. } => {
                self.add_presence(before.as_ref(), after.as_ref());
                let members = before.iter().chain(after).flat_map(|relation| &relation.members);
                match home {
                    Home::Article(article) => _ = self.articles.insert(article.clone()),
                    Home::Links => self.articles.extend(members.map(|member| member.target.article.clone())),
                }
            }
            Change::Rejection { before, after, .. } => {
                self.add_presence(before.as_ref(), after.as_ref());
                let sides = before.iter().chain(after).flat_map(|rejection| rejection.sides());
                self.articles.extend(sides.map(|side| side.article.clone()));
            }
            Change::Answers { article, .. } | Change::SetAside { home: Home::Article(article), .. } => {
                self.articles.insert(article.clone());
            }
            Change::Text { id, .. } => _ = self.articles.insert(id.clone()),
            Change::Article { id, before, after, .. } => {
                self.add_presence(before.as_ref(), after.as_ref());
                self.articles.insert(id.clone());
            }
            Change::Story { before, after, .. } => self.add_presence(before.as_ref(), after.as_ref()),
            Change::Codebook { before, after } => self.add_codebook(before, after),
            Change::SetAside { home: Home::Links, .. } | Change::Annotator { .. } | Change::Name { .. } => {}
        }
    }

    fn add_codebook(&mut self, before: &Codebook, after: &Codebook) {
        let differ = before.labels.iter().filter(|label| !after.labels.contains(label));
        let differ = differ.chain(after.labels.iter().filter(|label| !before.labels.contains(label)));
        self.labels.extend(differ.map(|label| label.id.clone()));
        let counts = |of: &Codebook| [of.labels.len(), of.relations.len(), of.questions.len()];
        let (before, after) = (counts(before), counts(after));
        self.takes |= before.iter().zip(after).any(|(before, after)| *before > after);
        self.brings |= before.iter().zip(after).any(|(before, after)| *before < after);
    }
}

/// The beginning of each fragment’s words, parted by “…”.
fn words_of(mark: &Annotation, text: &Text) -> String {
    let mut words = String::new();
    for fragment in mark.fragments.iter().filter_map(|range| range.slice(text.as_str())) {
        if !words.is_empty() {
            words.push_str(" … ");
        }
        words.extend(fragment.chars().take(WORDS + 1));
    }
    words
}

/// The first [`WORDS`] characters on one line, with “…” where more follows.
fn beginning(words: &str) -> String {
    let line: String = words.chars().take(WORDS).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let is_cut = words.chars().nth(WORDS).is_some();
    if is_cut { format!("{}…", line.trim_end_matches([' ', '…'])) } else { line }
}

/// All entries in the order in which they were done.
///
/// Undoing a step, or doing it again, is no entry of its own: the step’s standing says it.
#[derive(Clone, Debug, Default)]
pub struct Log {
    entries: Vec<Arc<Entry>>,
    by_id: FxHashMap<TransactionId, usize>,
    /// Another number after every change, so that lists know when to look again.
    stamp: u64,
}

impl Log {
    /// Plays entries of journals, oldest first, each with its kind. What takes back an unknown step is passed over.
    pub fn of(entries: impl IntoIterator<Item = (Kind, Entry)>) -> Self {
        let mut log = Self::default();
        entries.into_iter().for_each(|(kind, entry)| log.put(kind, entry));
        log
    }

    /// Takes up an entry, or what one of kind `Undo` or `Redo` says of another. One that is known already is passed
    /// over.
    pub fn put(&mut self, kind: Kind, entry: Entry) {
        self.stamp += 1;
        match kind {
            Kind::Do if !self.by_id.contains_key(&entry.id) => {
                self.by_id.insert(entry.id, self.entries.len());
                self.entries.push(Arc::new(entry));
            }
            Kind::Do => {}
            Kind::Undo(of) => self.set_standing(of, Standing::Undone),
            Kind::Redo(of) => self.set_standing(of, Standing::Done),
        }
    }

    fn set_standing(&mut self, of: TransactionId, standing: Standing) {
        if let Some(entry) = self.by_id.get(&of).and_then(|at| self.entries.get_mut(*at)) {
            Arc::make_mut(entry).standing = standing;
        }
    }

    /// Oldest first.
    pub fn entries(&self) -> &[Arc<Entry>] {
        &self.entries
    }

    pub fn entry(&self, id: TransactionId) -> Option<&Arc<Entry>> {
        self.by_id.get(&id).and_then(|at| self.entries.get(*at))
    }

    /// Another number whenever something in it has changed.
    pub fn stamp(&self) -> u64 {
        self.stamp
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Uid;

    fn entry(n: u64) -> Entry {
        Entry::new(TransactionId(Uid::from_u64(n)), 0, None, Phrase::verbatim(n.to_string()))
    }

    #[test]
    fn what_takes_a_step_back_is_told_of_the_step() {
        let id = |n| TransactionId(Uid::from_u64(n));
        let kinds = [Kind::Do, Kind::Do, Kind::Undo(id(2)), Kind::Undo(id(1)), Kind::Redo(id(1)), Kind::Undo(id(9))];
        let log = Log::of(kinds.into_iter().zip(1..).map(|(kind, n)| (kind, entry(n))));
        let standing: Vec<Standing> = log.entries().iter().map(|entry| entry.standing).collect();
        assert_eq!(standing, [Standing::Done, Standing::Undone]);
    }

    #[test]
    fn an_entry_has_the_words_of_its_first_mark_on_one_line() {
        let mut entry = entry(1);
        entry.add_mark(&"claim".parse().unwrap(), "The toll\nis fair");
        entry.add_mark(&"quote".parse().unwrap(), "other");
        assert_eq!((entry.words.as_str(), entry.marks, entry.labels.len()), ("The toll is fair", 2, 2));
        assert_eq!(beginning(&"é".repeat(50)), format!("{}…", "é".repeat(40)));
    }
}
