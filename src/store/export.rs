//! Writes a whole project in an exchange format, a few articles in memory at a time.
//!
//! The format says how an article is written (`format`); this reads what is not in memory and puts the parts together
//! in order. Nothing that can’t be read is silently missing: then the export fails.

use std::{
    io::{BufWriter, Write},
    path::Path,
};

use rayon::prelude::*;

use super::{
    Folder,
    disk::{self, Durability, NewFile},
    folder::own_file,
    listing::Listing,
};
use crate::{
    diagnostic::Diagnostic,
    format::Format,
    jobs::Progress,
    model::{ArticleId, Project},
};

/// So many articles are in memory, and made into text, at a time.
const CHUNK: usize = 256;

/// Why an export came to an end.
#[derive(Debug)]
pub enum ExportError {
    /// Something of the project can’t be read, so that it would be missing.
    Unread(Vec<Diagnostic>),
    /// The output can’t be written.
    Write(std::io::Error),
}

impl Folder {
    /// Writes every article of the project to `out`, sorted by id, reading those from the disk that are not in
    /// memory. Gives what was repaired on the way. A step of the progress is an article.
    ///
    /// # Errors
    /// See [`ExportError`]; what was written before it stays written.
    pub fn export(
        &self,
        project: &Project,
        format: &Format,
        out: &mut dyn Write,
        progress: &Progress,
    ) -> Result<Vec<Diagnostic>, ExportError> {
        let mut found = Vec::new();
        Listing::of(self, &mut found);
        found.retain(Diagnostic::is_error);
        if !found.is_empty() {
            return Err(ExportError::Unread(found));
        }
        let ids: Vec<&ArticleId> = project.articles().map(|(id, _)| id).collect();
        progress.expect(ids.len());
        let mut repaired = Vec::new();
        for chunk in ids.chunks(CHUNK) {
            let exported = |id: &&ArticleId| {
                progress.step().map_err(|cancelled| vec![cancelled])?;
                self.exported(project, format, id)
            };
            let parts: Vec<_> = chunk.par_iter().map(exported).collect();
            let (good, bad): (Vec<_>, Vec<_>) = parts.into_iter().partition(Result::is_ok);
            let bad: Vec<Diagnostic> = bad.into_iter().filter_map(Result::err).flatten().collect();
            if !bad.is_empty() {
                return Err(ExportError::Unread(bad));
            }
            for (part, found) in good.into_iter().flatten() {
                out.write_all(part.as_bytes()).map_err(ExportError::Write)?;
                repaired.extend(found);
            }
        }
        out.flush().map_err(ExportError::Write)?;
        Ok(repaired)
    }

    /// As [`Folder::export`], into a file, which appears whole or not at all.
    ///
    /// # Errors
    /// The file is one of the project's own, something of the project could not be read, or the file cannot be written;
    /// then it is as it was.
    pub fn export_file(
        &self,
        project: &Project,
        format: &Format,
        to: &Path,
        progress: &Progress,
    ) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        self.write_outside(to, |out| self.export(project, format, out, progress))
    }

    /// Writes a text into a file outside of the project, which appears whole or not at all.
    ///
    /// # Errors
    /// The file is one of the project's own, or cannot be written; then it is as it was.
    pub fn write_text(&self, to: &Path, text: &str) -> Result<(), Vec<Diagnostic>> {
        self.write_outside(to, |out| {
            out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(ExportError::Write)
        })
    }

    fn write_outside<T>(
        &self,
        to: &Path,
        write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>,
    ) -> Result<T, Vec<Diagnostic>> {
        if self.is_own(to) {
            return Err(vec![own_file(to)]);
        }
        let failed = |diagnostic| vec![diagnostic];
        let folder = disk::folder_of(to);
        self.disk.make_folders(folder).map_err(failed)?;
        disk::remove_left_overs(&self.disk, folder);
        let mut file = NewFile::begin(&self.disk, to, folder).map_err(failed)?;
        let written = write(&mut BufWriter::new(&mut file)).map_err(|error| match error {
            ExportError::Write(error) => vec![disk::trouble("write", to, &error)],
            ExportError::Unread(found) => found,
        })?;
        file.finish(Durability::Flushed, || Ok(())).map_err(failed)?;
        self.disk.flush_folder(folder).map_err(failed)?;
        Ok(written)
    }

    /// Writes some bytes into a file, which appears whole or not at all.
    ///
    /// # Errors
    /// The file is one of the project's own, or cannot be written; then it is as it was.
    pub fn write_file(&self, to: &Path, content: &[u8]) -> Result<(), Diagnostic> {
        if self.is_own(to) {
            return Err(own_file(to));
        }
        let folder = disk::folder_of(to);
        self.disk.make_folders(folder)?;
        disk::remove_left_overs(&self.disk, folder);
        let mut file = NewFile::begin(&self.disk, to, folder)?;
        file.write_all(content).map_err(|error| disk::trouble("write", to, &error))?;
        file.finish(Durability::Flushed, || Ok(()))?;
        self.disk.flush_folder(folder)
    }

    /// An article as a part of the file, and what was repaired.
    fn exported(
        &self,
        project: &Project,
        format: &Format,
        id: &ArticleId,
    ) -> Result<(String, Vec<Diagnostic>), Vec<Diagnostic>> {
        // A snapshot is free, and what is read into it goes away with it.
        let mut project = project.clone();
        let found =
            if project.is_read(id) { Vec::new() } else { self.read_article(&mut project, id).map_err(|d| vec![d])? };
        let part = format.article(&project, id).filter(|_| project.is_read(id));
        part.map(|part| (part, found.clone())).ok_or(found)
    }
}
