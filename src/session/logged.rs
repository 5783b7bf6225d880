//! What everybody has done, once somebody wants to see it: read from the journals, then following every transaction.

use crate::model::{
    Project,
    edit::{Entry, Kind, Log, Transaction},
};

/// How far it is known what was done.
#[derive(Debug, Default)]
pub(super) enum Logged {
    /// Nobody has asked.
    #[default]
    No,
    /// It is being read; meanwhile this was done.
    Reading(Vec<(Kind, Entry)>),
    /// It has been read, and follows every transaction.
    Yes(Log),
}

impl Logged {
    /// Somebody is reading it: transactions are remembered until it is there.
    pub fn begin(&mut self) {
        *self = Self::Reading(Vec::new());
    }

    /// Takes up what was read, which may or may not have what was done meanwhile.
    pub fn finish(&mut self, mut log: Log) {
        if let Self::Reading(since) = std::mem::take(self) {
            since.into_iter().for_each(|(kind, entry)| log.put(kind, entry));
        }
        *self = Self::Yes(log);
    }

    /// Takes up a transaction that was applied, the project as it is after it.
    pub fn follow(&mut self, transaction: &Transaction, project: &Project) {
        match self {
            Self::No => {}
            Self::Reading(since) => since.push((transaction.kind, Entry::of(transaction, project))),
            Self::Yes(log) => log.put(transaction.kind, Entry::of(transaction, project)),
        }
    }
}
