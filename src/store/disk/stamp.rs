//! By what a file is known again.
//!
//! A stamp answers “is this still the file that I read?” without reading it again, as surely as the system allows.

use super::super::filesystem::{FileInfo, Identity};

/// What a file is known again by: length, times, identity, and a hash where its bytes were read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub len: u64,
    /// When its bytes were changed last, as it says itself: nanoseconds since 1970, 0 where the system does not tell.
    pub modified_ns: u64,
    /// What the system knows it by; `None` where that does not tell.
    pub identity: Option<Identity>,
    /// [`hash`] of its bytes; `None` where they were not at hand.
    pub hash: Option<u64>,
}

impl Stamp {
    pub fn of(info: &FileInfo) -> Self {
        Self { len: info.len, modified_ns: info.modified_ns, identity: info.identity, hash: None }
    }

    /// Whether length and time are the same. Enough for what is only read; a program may set both.
    pub fn looks_like(&self, other: &Self) -> bool {
        (self.len, self.modified_ns) == (other.len, other.modified_ns)
    }

    /// Whether nothing can have happened to the file between the two stamps, so that its bytes need not be looked at.
    ///
    /// A program can give a file the length and the time of another; it can’t give it the inode and the time of the
    /// inode’s last change. False where the system does not tell these.
    pub fn is_surely(&self, other: &Self) -> bool {
        self.looks_like(other) && self.identity.is_some() && self.identity == other.identity
    }

    /// The stamp with the hash of these bytes.
    pub fn with(self, bytes: &[u8]) -> Self {
        Self { hash: Some(hash(bytes)), ..self }
    }
}

/// A hash that is good enough to tell whether a file is as it was in this session; never written to a file.
pub fn hash(bytes: &[u8]) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}
