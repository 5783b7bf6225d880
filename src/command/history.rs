//! Going about in what was done: reading it, going to a point of it, bringing back what a step took away.
//!
//! The history is never changed by going about in it: going back is undo, several times; restoring is a new step.
//! What the journals say is read by the runner, which an effect asks for it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    plan::{Effect, Plan, Recall},
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        TransactionId,
        edit::{History, PastStep, Transaction},
    },
};

/// What is done with the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HistoryCommand {
    /// Begins to read the log of everybody’s steps, so that it can be shown.
    Read,
    /// Takes back one’s own steps after this one, the last first; or, where it was undone, redoes those up to it.
    /// Each stays a step of its own.
    GoTo(TransactionId),
    /// Brings back what this step took away, or what it brought where it was undone, in a new step. What was done
    /// since stays.
    Restore(TransactionId),
}

impl HistoryCommand {
    pub(super) fn plan(&self, scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
        match self {
            Self::Read => Ok(Plan::effect(Effect::ReadLog)),
            Self::GoTo(id) => go_to(scene.history, *id),
            Self::Restore(id) => Ok(Plan::effect(Effect::Recall(Recall::Restore(*id)))),
        }
    }
}

/// Steps of this session are undone or redone at once; those of before are recalled from the journal first.
fn go_to(history: &History, id: TransactionId) -> Result<Plan, Diagnostic> {
    if !history.is_past_read() {
        return Ok(Plan::effect(Effect::Recall(Recall::Past)));
    }
    let past = |steps: &[PastStep]| steps.iter().rev().map(|step| step.id).collect::<Vec<_>>();
    let own = |steps: &[Arc<Transaction>]| steps.iter().rev().map(|transaction| transaction.id).collect::<Vec<_>>();
    let (undone, past_undone) = (own(history.undone()), past(&history.past().undone));
    if let Some(at) = undone.iter().chain(&past_undone).position(|other| *other == id) {
        let count = at + 1;
        let recalled = past_undone[..count.saturating_sub(undone.len())].to_vec();
        return Ok(if recalled.is_empty() {
            Plan::effect(Effect::Redo(count))
        } else {
            Plan::effect(Effect::Recall(Recall::Steps(recalled)))
        });
    }
    // Steps sort by time, and so one can go back to a step of somebody else too.
    let is_after = |other: &TransactionId| *other > id;
    let own = own(history.done()).into_iter().filter(is_after).count();
    let recalled: Vec<TransactionId> = past(&history.past().done).into_iter().take_while(is_after).collect();
    match (own, recalled.is_empty()) {
        (0, true) => Err(Diagnostic::note("nothing-since", "You have done nothing since then that could be undone")),
        (own, true) => Ok(Plan::effect(Effect::Undo(own))),
        _ => Ok(Plan::effect(Effect::Recall(Recall::Steps(recalled)))),
    }
}
