//! The journal: every transaction, appended and never changed. It is the truth, and the other files are made from it.
//!
//! Each annotator has one, `history/<annotator>/`, in which only they write; what was done by nobody in particular is
//! written down by `_`. A file holds a month and is called after it, `2026-11.ron`; one that has become long is
//! followed by `2026-11-2.ron`, and so on. A line is an entry, in RON:
//!
//! ```ron
//! (v: 2, id: "0sct49ceqb092", kind: Do, at: "2026-11-30T08:00:19.573Z", by: "ana", did: "Mark as %{what}",
//!  what: "Claim", changes: [Marks(article: "toll-hht65", annotator: "ana", changes: [Added((id: "0sct49ceqb091",
//!  label: "claim", at: [(start: 0, end: 16, words: "The toll is fair")], codebook_version: 1))])])
//! ```
//!
//! - `v` is the version of the line. Lines without it are of version 1 and are read for ever.
//! - `id` is unique and sorts by time. `kind` is `Do`, or `Undo` or `Redo` with the id of the entry whose changes are
//!   taken back or repeated; such an entry has no changes of its own.
//! - `did` and `what` are its name: an English phrase, and what stands for `%{what}` in it.
//! - `changes` name the file by its article and annotator, and say what each row of it was and what it is. Offsets
//!   count Unicode code points. The text of an article that came or went is in a file of its own, found by its hash:
//!   see [`super::texts`].
//!
//! An entry is on the disk before anybody is told that something is saved, and before any file that it changes: those
//! are written behind it. `Saved(v: 2)` on a line of its own says that the files hold everything up to there. What
//! comes after the last of these is held against the files when the project is opened, and carried out where they
//! lack it: see [`super::recover`]. A last line that has no end was never acknowledged; it is put aside into a file
//! `.torn`.

mod append;
mod aside;
mod history;
mod line;
mod log;
mod merged;
mod pages;
mod parts;
mod past;
mod restore;

pub use history::retrace;
pub use merged::merged;
pub use pages::{JournalStep, Pages, steps};
pub use past::Recorded;
pub use restore::{Restored, restored};

/// The folder of steps that nobody signed; no annotator’s id begins like this.
pub const NOBODY: &str = "_";
