//! What of journals was there when the project was opened, for undo to go back to; and single steps of them.
//!
//! Names are read for all steps at once, as undo lists them; a step’s changes are read when it is about to be taken
//! back.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rustc_hash::FxHashMap;

use super::line::Line;
use crate::{
    diagnostic::Diagnostic,
    model::{
        AnnotatorId, ArticleId, TransactionId,
        edit::{Kind, Past, PastStep},
    },
    phrase,
    store::{
        Folder,
        file::journal::{ChangeRow, EntryRow, KindRow, Side},
    },
    text::Text,
};

/// A line says within so many bytes which entry it is, or which one it takes back or repeats: the rest need not be
/// read to find it.
const BEGINNING: usize = 120;

/// A step as a journal tells it, with the texts that are needed to complete it.
#[derive(Debug)]
pub struct Recorded {
    pub id: TransactionId,
    /// Its line, as it is read again for each use.
    line: String,
    /// The side of its changes that the project is on: after them, or before them where the step was taken back.
    pub(super) side: Side,
    /// Texts of articles that are not in the project on this side, or have another text there.
    pub(super) texts: BTreeMap<ArticleId, Text>,
}

impl Recorded {
    /// The entry that the line says.
    ///
    /// # Errors
    /// It can’t be understood.
    pub(super) fn entry(&self) -> Result<EntryRow<'_>, Diagnostic> {
        match Line::read(&self.line)? {
            Line::Entry(entry) => Ok(*entry),
            Line::Saved => Err(gone()),
        }
    }

    /// Whether it was taken back and not done again.
    pub fn is_undone(&self) -> bool {
        self.side == Side::Was
    }

    /// The articles that have to be read before it can become a transaction; some may not be in the project.
    pub fn articles(&self) -> BTreeSet<ArticleId> {
        let Ok(entry) = self.entry() else { return BTreeSet::new() };
        entry.changes.iter().filter_map(ChangeRow::article).cloned().collect()
    }
}

impl Folder {
    /// What an annotator had done when the project was opened and can take back, by name.
    ///
    /// # Errors
    /// Why not all of their journal can be read: then nothing is sure.
    pub fn past(&self, by: Option<&AnnotatorId>) -> Result<Past, Vec<Diagnostic>> {
        let (pages, unread) = self.journal(by);
        if !unread.is_empty() {
            return Err(unread);
        }
        // A line that can’t be read was told of by opening or is by checking; what is around it can be taken back.
        let entries = pages.entries().0;
        let opened = self.state().appended.first.get(&by.cloned()).copied();
        let before = entries.iter().take_while(|entry| opened != Some(entry.id));
        Ok(Past::of(before.filter(|entry| !entry.is_coming_of(by)).map(|entry| {
            let kind: Kind = entry.kind.into();
            (kind, PastStep { id: entry.id, label: entry.label() })
        })))
    }

    /// Steps by their ids, as they stand now, in the order of the ids.
    ///
    /// # Errors
    /// One of them is not there, or can’t be read.
    pub fn recorded(&self, ids: &[TransactionId]) -> Result<Vec<Arc<Recorded>>, Vec<Diagnostic>> {
        let mut found: FxHashMap<TransactionId, (String, Side)> = FxHashMap::default();
        let wanted: FxHashMap<String, TransactionId> = ids.iter().map(|id| (id.to_string(), *id)).collect();
        for by in self.journals().map_err(|why| vec![why])? {
            let (pages, _) = self.journal(by.as_ref());
            for line in pages.lines() {
                let beginning = line.get(..line.floor_char_boundary(BEGINNING)).unwrap_or(line);
                if beginning.split('"').any(|part| wanted.contains_key(part)) {
                    take_up(line, &wanted, &mut found);
                }
            }
        }
        let steps = ids.iter().map(|id| {
            let (line, side) = found.remove(id).ok_or_else(|| vec![gone()])?;
            let mut step = Recorded { id: *id, line, side, texts: BTreeMap::new() };
            step.texts = self.texts_of(&step).map_err(|why| vec![why])?;
            Ok(Arc::new(step))
        });
        steps.collect()
    }

    /// The texts that a step needs and the project does not have on this side.
    fn texts_of(&self, step: &Recorded) -> Result<BTreeMap<ArticleId, Text>, Diagnostic> {
        let entry = step.entry()?;
        let text = |row: &ChangeRow<'_>| -> Option<(ArticleId, Text)> {
            if let ChangeRow::Text { id, was_text, is_text, .. } = row {
                let hash = if step.side == Side::Is { was_text } else { is_text };
                return self.text_aside(id, hash.0).map(|file| (id.clone(), Text::new(file.into_parts().1.0)));
            }
            let ChangeRow::Article { id, was, is, text, removed_text } = row else { return None };
            if (if step.side == Side::Is { is } else { was }).is_some() {
                return None;
            }
            let kept = text.and_then(|hash| self.text_aside(id, hash.0).or_else(|| self.text_in_place(id, hash.0)));
            let kept = kept.map(|file| file.into_parts().1.0);
            let text = kept.or_else(|| removed_text.as_ref().map(|text| text.0.clone()))?;
            Some((id.clone(), Text::new(text)))
        };
        Ok(entry.changes.iter().filter_map(text).collect())
    }
}

/// Takes up a line that is one of the wanted entries, or takes one back or repeats it.
fn take_up(
    line: &str,
    wanted: &FxHashMap<String, TransactionId>,
    found: &mut FxHashMap<TransactionId, (String, Side)>,
) {
    let Ok(Line::Entry(entry)) = Line::read(line) else { return };
    let (of, side) = match entry.kind {
        KindRow::Do => (entry.id, Side::Is),
        KindRow::Undo(of) => (of, Side::Was),
        KindRow::Redo(of) => (of, Side::Is),
    };
    match found.get_mut(&of) {
        Some((_, standing)) => *standing = side,
        None if entry.kind == KindRow::Do && wanted.contains_key(&of.to_string()) => {
            found.insert(of, (line.to_owned(), side));
        }
        None => {}
    }
}

fn gone() -> Diagnostic {
    Diagnostic::error("unknown-step", phrase!("The history has no such step"))
        .hint("See the steps with `pressmark history`")
}
