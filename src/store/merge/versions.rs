//! The versions that are merged, of whatever.

use crate::{diagnostic::Diagnostic, text::Phrase};

/// Versions of the same thing.
#[derive(Clone, Copy, Debug)]
pub struct Versions<T> {
    /// What both began with; `None` where nobody knows.
    pub base: Option<T>,
    /// The side into which the other is merged.
    pub ours: T,
    /// The other side.
    pub theirs: T,
}

impl<T> Versions<T> {
    /// Each version as something else.
    pub fn map<U>(self, mut each: impl FnMut(T) -> U) -> Versions<U> {
        Versions { base: self.base.map(&mut each), ours: each(self.ours), theirs: each(self.theirs) }
    }
}

impl<'t> Versions<&'t str> {
    /// Each version read; a base that can’t be read counts as unknown.
    ///
    /// # Errors
    /// Our version can’t be taken, or theirs.
    pub fn try_map<U>(&self, each: impl Fn(&'t str) -> Result<U, Diagnostic>) -> Result<Versions<U>, Diagnostic> {
        // A version that both have left behind may be of an older format.
        let base = self.base.and_then(|base| each(base).ok());
        Ok(Versions { base, ours: each(self.ours)?, theirs: each(self.theirs)? })
    }
}

/// Why a merge is refused: both sides say something else of what can be there only once.
pub fn differing(what: impl Into<Phrase>) -> Diagnostic {
    Diagnostic::error("both-changed", what)
        .hint("Decide which of the two holds, write it into both versions, and merge them again")
}
