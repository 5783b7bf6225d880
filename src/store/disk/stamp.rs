//! By what a file is known again.

use super::super::filesystem::{FileInfo, Identity};

/// A file's length and times, what the system knows it by, and a hash of its bytes where they were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub len: u64,
    /// Nanoseconds since 1970; 0 where the system does not tell.
    pub modified_ns: u64,
    pub identity: Option<Identity>,
    pub hash: Option<u64>,
}

impl Stamp {
    pub fn of(info: &FileInfo) -> Self {
        Self { len: info.len, modified_ns: info.modified_ns, identity: info.identity, hash: None }
    }

    /// Whether the length and the time are the same: enough for what is only read.
    pub fn looks_like(&self, other: &Self) -> bool {
        (self.len, self.modified_ns) == (other.len, other.modified_ns)
    }

    /// Whether nothing can have happened to the file between the two, so that its bytes need not be looked at.
    ///
    /// A program can give a file of its own the length and the time of another; it cannot give it its inode and the
    /// time of its last change too.
    pub fn is_surely(&self, other: &Self) -> bool {
        self.looks_like(other) && self.identity.is_some() && self.identity == other.identity
    }

    pub fn with(self, bytes: &[u8]) -> Self {
        Self { hash: Some(hash(bytes)), ..self }
    }
}

/// A hash that is good enough to tell whether a file is as it was; never written to a file.
pub fn hash(bytes: &[u8]) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}
