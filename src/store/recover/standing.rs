//! What is known of the entries of journals when they are held against files, and what came of it. Small types that
//! the other files of recovery share.

use crate::diagnostic::Diagnostic;

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// What is missing is carried out.
    CarryOut,
    /// What is missing is only told.
    Look,
    /// What differs is only told, whoever is behind.
    Compare,
}

/// What is known of an entry before the files are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The files had it once: a row that lacks it was changed by somebody since.
    Saved,
    /// The files may lack it.
    Waiting,
    /// The files may lack it, and another program is about to bring them on.
    OfOthers,
}

/// What came of holding journals against files.
#[derive(Debug)]
pub struct Held {
    pub found: Vec<Diagnostic>,
    /// Whether everything is now as the journals say, but for what other programs have changed.
    pub is_complete: bool,
}
