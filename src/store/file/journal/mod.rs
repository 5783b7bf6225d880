//! The shapes of the journal: an entry is a line, and says of each row that it changed what it was and what it is.
//!
//! The lines that are written are those of `entry`; lines of version 1 are read for ever and become the same. What
//! was and what is are said as shortly as a change allows, because a change can be of 50,000 marks: of a mark that
//! stays only the fields that differ, of a codebook only the rows that differ.

mod codebook;
mod entry;
mod mark;
mod place;
mod rejection;
mod set_aside;
pub mod v1;

pub use codebook::CodebookChange;
pub use entry::{AnswersRow, ChangeRow, EntryRow, KindRow, RelationChange};
pub use mark::{ChangedMarks, MarkChange, MarkRow};
pub use rejection::RejectionChange;

use serde::{Deserialize, Serialize};

/// The version of the lines that are written. Lines say it, as one journal may have several; older ones are read for
/// ever.
pub const VERSION: u32 = 2;

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair<T> {
    was: T,
    is: T,
}

/// A side of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before it.
    Was,
    /// After it.
    Is,
}

impl Side {
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Was => Self::Is,
            Self::Is => Self::Was,
        }
    }
}

impl<T> Pair<T> {
    /// Both values, where they differ.
    pub fn between(was: &T, is: &T) -> Option<Self>
    where
        T: PartialEq + Clone,
    {
        (was != is).then(|| Self { was: was.clone(), is: is.clone() })
    }

    pub fn at(&self, side: Side) -> &T {
        match side {
            Side::Was => &self.was,
            Side::Is => &self.is,
        }
    }
}
