//! What the list of articles shows of a layer; the rest of its file is passed over.
//!
//! Counting is much faster than reading the layer, and needs no text; rows that the model would set aside are
//! counted, but for lost ones.

use serde::{Deserialize, de::IgnoredAny};

use crate::model::{LabelId, LayerSummary, Status};

/// The parts of a layer’s file that are counted.
#[derive(Debug, Deserialize)]
pub struct SummaryFile {
    #[serde(default)]
    status: Status,
    #[serde(default)]
    annotations: Vec<SummaryRow>,
    #[serde(default)]
    relations: Vec<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct SummaryRow {
    label: LabelId,
    #[serde(default)]
    flag: Option<IgnoredAny>,
    #[serde(default)]
    lost: bool,
}

impl SummaryFile {
    /// Status, and how many annotations, relations and flags there are.
    pub fn summary(&self) -> LayerSummary {
        let there = || self.annotations.iter().filter(|a| !a.lost);
        let mut labels: Vec<&LabelId> = there().map(|a| &a.label).collect();
        labels.sort_unstable();
        let counts = labels.chunk_by(|a, b| a == b).map(|same| (same[0].clone(), count(same.len()))).collect();
        let flags = there().filter(|a| a.flag.is_some()).count();
        LayerSummary { status: self.status, counts, relations: count(self.relations.len()), flags: count(flags) }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
