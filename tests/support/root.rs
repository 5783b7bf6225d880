//! Where the package's files are, found when a test runs: a folder that was renamed after the build does no harm.

use std::path::PathBuf;

/// The package's folder: Cargo names it to what it runs, and runs it there.
pub fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from)
}
