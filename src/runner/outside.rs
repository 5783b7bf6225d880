//! Work that writes a project outside of its folder, or keeps it as it is, over a snapshot: whoever asks for it does it at once, or as a job.

use std::{io::Write, path::Path, sync::Arc};

use super::Runner;
use crate::{
    compare,
    diagnostic::Diagnostic,
    format::{ExportOptions, Format},
    jobs::{Outcome, Progress},
    model::{AnnotatorId, ArticleId, Project},
    poster::{self, Poster, Which},
    session::Run,
    store::{Backup, ExportError, ExportReport},
};

impl Runner {
    /// The work of writing a part of the project, as it is now, in an exchange format into a file, which is made or replaced
    /// whole or not at all, or into a folder. It gives what was written, lost, left out and repaired.
    ///
    /// It fails where something of the project can’t be read, or the file can’t be written; then that is as it was.
    pub fn exporting(
        &self,
        format: &'static Format,
        options: &ExportOptions,
        to: &Path,
    ) -> impl FnOnce(&Progress) -> Outcome<ExportReport> + Send + use<> {
        let (folder, project) = (Arc::clone(&self.folder), self.session().project().clone());
        let (options, to) = (options.clone(), to.to_owned());
        move |progress| folder.export_file(&project, (format, &options), &to, progress)
    }

    /// The work of finding out what an export would lose and leave out. Nothing is written.
    ///
    /// It fails where something of the project can’t be read.
    pub fn preflight(
        &self,
        format: &'static Format,
        options: &ExportOptions,
    ) -> impl FnOnce(&Progress) -> Outcome<ExportReport> + Send + use<> {
        let (folder, project) = (Arc::clone(&self.folder), self.session().project().clone());
        let options = options.clone();
        move |progress| folder.preflight(&project, (format, &options), progress)
    }

    /// The work of writing some text into a file, which is made or replaced whole or not at all.
    ///
    /// It fails where the file is one of the project’s own, or can’t be written; then that is as it was.
    pub fn writing(&self, to: &Path, text: String) -> impl FnOnce() -> Outcome<()> + Send + use<> {
        let (folder, to) = (Arc::clone(&self.folder), to.to_owned());
        move || folder.write_file(&to, text.as_bytes()).map_err(|told| vec![told])
    }

    /// Writes a part of the project in an exchange format; what was written before an error stays written.
    ///
    /// # Errors
    /// See [`ExportError`].
    pub fn export_to(
        &self,
        format: &Format,
        options: &ExportOptions,
        out: &mut dyn Write,
    ) -> Result<ExportReport, ExportError> {
        self.folder.export(self.session.project(), (format, options), out, &Progress::default())
    }

    /// The work of comparing articles, as they are now, on a page of HTML, with what these annotators have marked and
    /// related. It gives the page, and what was repaired on the way.
    ///
    /// It fails where there are too few or too many articles, or something of them can’t be read.
    pub fn poster(
        &self,
        articles: Vec<ArticleId>,
        annotators: Vec<AnnotatorId>,
        which: Which,
    ) -> impl FnOnce(&Progress) -> Outcome<(String, Vec<Diagnostic>)> + Send + use<> {
        let reading = self.reading(&articles);
        move |progress| {
            let failed = |told| vec![told];
            poster::check(articles.len()).map_err(failed)?;
            progress.expect(articles.len() + compare::steps(articles.len()));
            let (project, found) = reading(progress)?;
            let comparison = compare::compared(&project, articles.clone(), || progress.step()).map_err(failed)?;
            Ok((Poster::new(&project, &comparison, (&articles, &annotators), which).html(), found))
        }
    }

    /// The work of reading articles: it gives the project as it is now with these in memory, and what was repaired.
    ///
    /// It fails where one of them can’t be read.
    pub fn reading(
        &self,
        articles: &[ArticleId],
    ) -> impl FnOnce(&Progress) -> Outcome<(Project, Vec<Diagnostic>)> + Send + use<> {
        let (folder, mut project) = (Arc::clone(&self.folder), self.session().project().clone());
        let articles = articles.to_vec();
        move |progress| {
            let failed = |told| vec![told];
            let mut found = Vec::new();
            for id in &articles {
                progress.step().map_err(failed)?;
                found.extend(folder.read_article(&mut project, id).map_err(failed)?);
                if !project.is_read(id) {
                    return Err(found);
                }
            }
            Ok((project, found))
        }
    }

    /// The work of writing a text into a file outside of the project, which is made or replaced whole or not at all.
    ///
    /// It fails where the file is one of the project’s own, or can’t be written; then that is as it was.
    pub fn writing_text(&self, to: &Path) -> impl FnOnce(&str) -> Outcome<()> + Send + use<> {
        let (folder, to) = (Arc::clone(&self.folder), to.to_owned());
        move |text| folder.write_text(&to, text)
    }

    /// The work of writing the whole project, without its history, as one file to hand around; what was changed until
    /// now is saved before.
    ///
    /// It gives what lies among the project’s files and is left out. It fails where not everything is saved, something
    /// can’t be read, or the file can’t be written.
    pub fn packing(&self, to: &Path) -> impl FnOnce(&Progress) -> Outcome<Vec<Diagnostic>> + Send + use<> {
        let (folder, saver, to) = (Arc::clone(&self.folder), Arc::clone(&self.saver), to.to_owned());
        move |progress| saver.flush().and_then(|()| folder.pack(&to, progress)).map_err(|told| vec![told])
    }

    /// The work of trying again, at once, to save what is not saved.
    ///
    /// It fails where that can’t be saved still.
    pub fn saving(&self) -> impl FnOnce(&Progress) -> Outcome<()> + Send + use<> {
        let saver = Arc::clone(&self.saver);
        move |_| saver.flush().map_err(|told| vec![told])
    }

    /// The work of keeping the last state of the day on which the project was last changed, where it is not kept yet.
    ///
    /// It fails where not everything is saved, something can’t be read, or the backup can’t be written.
    pub fn backing_up(&self) -> impl FnOnce(&Progress) -> Outcome<()> + Send + use<> {
        let (folder, saver) = (Arc::clone(&self.folder), Arc::clone(&self.saver));
        move |progress| {
            let kept = saver.flush().and_then(|()| folder.back_up(progress));
            kept.map(drop).map_err(|told| vec![told])
        }
    }

    /// The work of listing the states that are kept, the newest first.
    pub fn listing_backups(&self) -> impl FnOnce(&Progress) -> Outcome<Vec<Backup>> + Send + use<> {
        let folder = Arc::clone(&self.folder);
        move |_| folder.backups().map_err(|told| vec![told])
    }
}
