//! Journals: every line of both sides once, in the order of their ids.
//!
//! A journal is only ever appended to, so that merging two versions can lose nothing: a line that both have is there
//! once. Nothing is decided about what the lines say; opening holds them against the files.

use rustc_hash::FxHashSet;

use super::line::{Line, saved_line};
use crate::{
    model::TransactionId,
    store::merge::{Versions, markers},
};

/// The lines of both sides of a file with conflict markers; `None` where it has none.
pub fn without_markers(text: &str) -> Option<String> {
    let sides = markers::sides(text)?;
    Some(merged(&Versions { base: sides.base.as_deref(), ours: &sides.ours, theirs: &sides.theirs }))
}

/// The lines of both sides, by id. Before the first line that the files of its side may lack stands the line that
/// says the files hold everything up to there. Lines that can’t be read are kept, at the end.
pub fn merged(texts: &Versions<&str>) -> String {
    let mut entries: Vec<(TransactionId, bool, &str)> = Vec::new();
    let mut unread: Vec<&str> = Vec::new();
    let mut seen: FxHashSet<TransactionId> = FxHashSet::default();
    let mut has_saved = false;
    for text in texts.base.into_iter().chain([texts.ours, texts.theirs]) {
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let saved = lines.iter().rposition(|line| Line::is_saved(line) || Line::is_old(line));
        has_saved |= saved.is_some();
        for (at, line) in lines.into_iter().enumerate() {
            match Line::read(line) {
                Ok(Line::Entry(entry)) if seen.insert(entry.id) => {
                    entries.push((entry.id, saved.is_some_and(|saved| at <= saved), line));
                }
                Ok(_) => {}
                Err(_) if unread.contains(&line) => {}
                Err(_) => unread.push(line),
            }
        }
    }
    entries.sort_by_key(|(id, ..)| *id);
    let complete = entries.iter().take_while(|(_, is_saved, _)| *is_saved).count();
    let mut merged = String::new();
    let mut push = |line: &str| {
        merged.push_str(line);
        merged.push('\n');
    };
    entries[..complete].iter().for_each(|(.., line)| push(line));
    if has_saved && !entries[..complete].iter().all(|(.., line)| Line::is_old(line)) {
        push(&saved_line());
    }
    entries[complete..].iter().for_each(|(.., line)| push(line));
    unread.into_iter().for_each(push);
    merged
}
