//! Copies of a project's files in a folder that is being made: byte by byte, whatever version they are of.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Folder, filesystem::FileKind, folder::link};
use crate::{diagnostic::Diagnostic, jobs::Progress};

/// So many files are in memory at a time, and read at the same time.
const CHUNK: usize = 64;

impl Folder {
    /// Every file in a folder of the project and in those in it, given below the project's folder and sorted; none
    /// where there is no such folder. Hidden ones are passed over: they are unfinished, or nobody's of the project.
    ///
    /// # Errors
    /// A folder cannot be listed to its end, or a link is in it.
    pub(super) fn all_below(&self, below: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
        let mut all = Vec::new();
        for path in self.disk.list(&self.inside(below)?)? {
            let Some(name) = path.file_name().filter(|name| !name.to_string_lossy().starts_with('.')) else { continue };
            let below = below.join(name);
            match self.disk.files().look_at(&path).map(|info| info.kind) {
                Ok(FileKind::Folder) => all.extend(self.all_below(&below)?),
                Ok(FileKind::File) => all.push(below),
                Ok(FileKind::Link) => return Err(link(&path)),
                // A pipe or a device is no file of a project.
                Ok(FileKind::Other) => {}
                Err(error) => return Err(super::disk::trouble("read", &path, &error)),
            }
        }
        Ok(all)
    }

    /// Copies files, given below the project's folder, to the same places below another folder; returns when they are
    /// on the disk. Each is a step of the progress.
    ///
    /// # Errors
    /// It was cancelled, or one cannot be read or written.
    pub(super) fn copy_files(&self, files: &[PathBuf], to: &Path, progress: &Progress) -> Result<(), Diagnostic> {
        for chunk in files.chunks(CHUNK) {
            let read = |below: &PathBuf| Ok((to.join(below), self.disk.read(&self.inside(below)?)?.0));
            let copies: Vec<(PathBuf, Vec<u8>)> = chunk.par_iter().map(read).collect::<Result<_, Diagnostic>>()?;
            self.disk.write_all(&copies, progress)?;
        }
        Ok(())
    }
}
