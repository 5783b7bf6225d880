//! Journals: every line of both sides once, in the order of their ids.
//!
//! A journal is only ever appended to, so that merging two versions can lose nothing: a line that both have is there
//! once. Nothing is decided about what the lines say; opening holds them against the files.

use rustc_hash::FxHashMap;

use super::line::{Line, saved_line};
use crate::{
    model::{AnnotatorId, TransactionId},
    phrase,
    store::{
        file::{journal::EntryRow, shape::Moment},
        layout,
        merge::{Versions, markers},
    },
};

/// The lines of both sides of a file with conflict markers; `None` where it has none.
pub fn without_markers(text: &str) -> Option<String> {
    let sides = markers::sides(text)?;
    Some(merged(&Versions { base: sides.base.as_deref(), ours: &sides.ours, theirs: &sides.theirs }))
}

/// The lines of both sides. Before the first that the files of its side may lack stands the line that says that the
/// files hold everything up to there. Where both sides have gone on, an entry tells that they were merged. Lines that
/// can't be read are kept, behind the others.
pub fn merged(texts: &Versions<&str>) -> String {
    let mut both = Both::default();
    for (side, text) in [(None, texts.base.unwrap_or_default()), (Some(0), texts.ours), (Some(1), texts.theirs)] {
        both.take(side, text);
    }
    both.entries.sort_by_key(|entry| entry.id);
    let told = both.told();
    let complete = both.entries.iter().take_while(|entry| entry.is_saved).count();
    let is_all_saved = complete == both.entries.len();
    let mut merged = String::new();
    let mut push = |line: &str| {
        merged.push_str(line);
        merged.push('\n');
    };
    both.entries[..complete].iter().for_each(|entry| push(entry.line));
    told.iter().filter(|_| is_all_saved).for_each(|line| push(line));
    if both.has_saved && !both.entries[..complete].iter().all(|entry| Line::is_old(entry.line)) {
        push(&saved_line());
    }
    both.entries[complete..].iter().for_each(|entry| push(entry.line));
    told.iter().filter(|_| !is_all_saved).for_each(|line| push(line));
    both.unread.into_iter().for_each(push);
    merged
}

/// What is known of the lines of both sides.
#[derive(Default)]
struct Both<'t> {
    entries: Vec<Known<'t>>,
    unread: Vec<&'t str>,
    /// Which sides have an entry.
    seen: FxHashMap<TransactionId, [bool; 2]>,
    has_saved: bool,
}

struct Known<'t> {
    id: TransactionId,
    at: Moment,
    by: Option<AnnotatorId>,
    /// Whether something is done by it.
    is_step: bool,
    is_saved: bool,
    line: &'t str,
}

impl<'t> Both<'t> {
    fn take(&mut self, side: Option<usize>, text: &'t str) {
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let saved = lines.iter().rposition(|line| Line::is_saved(line) || Line::is_old(line));
        self.has_saved |= saved.is_some();
        for (at, line) in lines.into_iter().enumerate() {
            match Line::read(line) {
                Ok(Line::Entry(entry)) => {
                    let is_new = !self.seen.contains_key(&entry.id);
                    let sides = self.seen.entry(entry.id).or_default();
                    side.into_iter().for_each(|side| sides[side] = true);
                    if is_new {
                        let is_saved = saved.is_some_and(|saved| at <= saved);
                        self.entries.push(Known::of(*entry, is_saved, line));
                    }
                }
                Ok(Line::Saved) => {}
                Err(_) if self.unread.contains(&line) => {}
                Err(_) => self.unread.push(line),
            }
        }
    }

    /// The entry that tells of the merge, the same whoever merges; none where one side has everything of the other one.
    fn told(&self) -> Option<String> {
        let only = |side: usize| {
            let is_only = |entry: &&Known<'_>| {
                self.seen.get(&entry.id).is_some_and(|sides| sides[side] && !sides[1 - side]) && entry.is_step
            };
            self.entries.iter().filter(is_only).count()
        };
        let (ours, theirs) = (only(0), only(1));
        let last = self.entries.last().filter(|_| ours > 0 && theirs > 0)?;
        let label = phrase!(
            "Merge two versions: {what} change that only one of them had|Merge two versions: {what} changes that only one of them had",
            what = ours + theirs
        );
        let id = TransactionId(last.id.0.next());
        Some(layout::line(&EntryRow::new(id, last.at, last.by.clone(), label, Vec::new())))
    }
}

impl<'t> Known<'t> {
    fn of(entry: EntryRow<'_>, is_saved: bool, line: &'t str) -> Self {
        let is_step = !entry.tells_of_merge();
        Self { id: entry.id, at: entry.at, by: entry.by, is_step, is_saved, line }
    }
}
