//! Where a writer puts what it makes: named pieces of bytes, which become one file, several, or the entries of an
//! archive. Neither a writer nor a sink of this room knows a path.

use std::{collections::BTreeMap, io};

use crate::diagnostic::Diagnostic;

/// Takes named pieces of bytes. A name is a relative path with `/` between its parts, such as `ana/toll.ann`: at least one
/// part, each made of letters, digits, `-`, `_` and `.`, none beginning with a dot.
pub trait Sink {
    /// Adds bytes to the end of a piece, which begins with its first bytes. A piece may go on after others have been
    /// written.
    ///
    /// # Errors
    /// The bytes can’t be written; then nothing more is to be given.
    fn write(&mut self, piece: &str, bytes: &[u8]) -> io::Result<()>;

    /// Moves all of a piece to the end of another one: so something can be put before what has been written long ago. The
    /// first is gone then.
    ///
    /// # Errors
    /// As of [`Sink::write`].
    fn join(&mut self, rest: &str, to: &str) -> io::Result<()>;
}

/// Pieces in memory: those of one article, before they are given on, or a whole export in a test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Sorted by name.
    bytes: BTreeMap<String, Vec<u8>>,
    /// What could not be written as it is, with its place.
    told: Vec<Diagnostic>,
    /// What the writer has to know of the article when it gives the pieces on; means nothing to anybody else.
    pub note: u32,
}

impl Pieces {
    /// A piece, empty until something is added to it.
    pub fn piece(&mut self, name: &str) -> &mut Vec<u8> {
        // Asking for the entry would copy the name each time.
        if !self.bytes.contains_key(name) {
            self.bytes.insert(name.to_owned(), Vec::new());
        }
        self.bytes.get_mut(name).expect("it was put there right before")
    }

    /// The bytes of a piece; `None` where there is none of this name.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.bytes.get(name).map(Vec::as_slice)
    }

    /// All of them, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.bytes.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// Says what could not be written as it is.
    pub fn tell(&mut self, told: Diagnostic) {
        self.told.push(told);
    }

    /// What was told since this was last asked.
    pub fn take_told(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.told)
    }
}

impl Sink for Pieces {
    fn write(&mut self, piece: &str, bytes: &[u8]) -> io::Result<()> {
        self.piece(piece).extend_from_slice(bytes);
        Ok(())
    }

    fn join(&mut self, rest: &str, to: &str) -> io::Result<()> {
        let rest = self.bytes.remove(rest).unwrap_or_default();
        self.write(to, &rest)
    }
}
