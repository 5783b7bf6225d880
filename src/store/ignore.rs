//! The project's own `.gitignore`, by which version control passes over what is not to be kept in it. One that is there
//! is never changed.

use std::path::Path;

use super::{Folder, disk::Durability};

/// Its name.
pub const IGNORE_FILE: &str = ".gitignore";

/// What stands in it: what can be made again, what is unfinished, and backups.
pub const LINES: &str = "\
# What Pressmark can make again, files that it has not finished, and its backups of this folder.
/.pressmark/
.pressmark-*
/backups/
";

impl Folder {
    /// Writes the file where there is none. Nothing depends on it, so that failing is no error.
    pub(super) fn write_ignore_file(&self) {
        let below = Path::new(IGNORE_FILE);
        if self.disk.files().look_at(&self.root().join(below)).is_err() {
            // Without it only version control sees more than it should, so nothing fails for it.
            let _ = self.replace(below, LINES.as_bytes(), Durability::Loose, || Ok(()));
        }
    }
}
