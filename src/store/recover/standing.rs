//! What is known of the entries of journals when they are held against files, and what came of it.

use crate::diagnostic::Diagnostic;

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// What is lacking is carried out.
    CarryOut,
    /// What is lacking is only told.
    Look,
    /// What differs is only told, whoever is behind.
    Compare,
}

/// What is known of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The files had it once.
    Saved,
    /// The files may lack it.
    Waiting,
    /// The files may lack it, and another Pressmark is about to bring them on.
    OfOthers,
}

/// What came of holding journals against files.
#[derive(Debug)]
pub struct Held {
    pub found: Vec<Diagnostic>,
    /// Whether everything is now as the journals say, but for what other programs have changed.
    pub is_complete: bool,
}
