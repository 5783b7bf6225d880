//! What the list of articles shows of a layer; the rest of its file is passed over.
//!
//! Counting is much faster than reading the layer, and needs no text; rows that the model would set aside are
//! counted, but for lost ones.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, Visitor},
};

use crate::model::{Conflict, LabelId, LayerSummary, Status};

/// The parts of a layer’s file that are counted.
#[derive(Debug, Deserialize)]
pub struct SummaryFile {
    #[serde(default)]
    status: Status,
    #[serde(default)]
    annotations: Vec<SummaryRow>,
    #[serde(default)]
    relations: Vec<NoteRow>,
}

#[derive(Debug, Deserialize)]
struct SummaryRow {
    label: LabelId,
    #[serde(default)]
    flag: Option<IgnoredAny>,
    #[serde(default)]
    note: Note,
    #[serde(default)]
    lost: bool,
}

#[derive(Debug, Deserialize)]
struct NoteRow {
    #[serde(default)]
    note: Note,
}

/// A note, of which no copy is made.
#[derive(Debug, Default)]
struct Note {
    is_conflict: bool,
}

impl<'de> Deserialize<'de> for Note {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NoteVisitor)
    }
}

struct NoteVisitor;

impl Visitor<'_> for NoteVisitor {
    type Value = Note;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a note")
    }

    fn visit_str<E: de::Error>(self, note: &str) -> Result<Note, E> {
        Ok(Note { is_conflict: Conflict::is_in(note) })
    }
}

impl SummaryFile {
    /// Status, and how many annotations, relations and flags there are.
    pub fn summary(&self) -> LayerSummary {
        let there = || self.annotations.iter().filter(|a| !a.lost);
        let mut labels: Vec<&LabelId> = there().map(|a| &a.label).collect();
        labels.sort_unstable();
        let counts = labels.chunk_by(|a, b| a == b).map(|same| (same[0].clone(), count(same.len()))).collect();
        let flags = there().filter(|a| a.flag.is_some()).count();
        let marks = there().filter(|a| a.note.is_conflict).count();
        let conflicts = count(marks + self.relations.iter().filter(|r| r.note.is_conflict).count());
        let relations = count(self.relations.len());
        LayerSummary { status: self.status, counts, relations, flags: count(flags), conflicts }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
