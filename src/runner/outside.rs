//! Work that writes a project outside of its folder, over a snapshot: whoever asks for it does it at once, or as a job.

use std::{io::Write, path::Path, sync::Arc};

use super::Runner;
use crate::{
    diagnostic::Diagnostic,
    format::Format,
    jobs::{Outcome, Progress},
    session::Run,
    store::ExportError,
};

impl Runner {
    /// The work of writing the whole project, as it is now, in an exchange format into a file, which is made or replaced
    /// whole or not at all. It gives what was repaired on the way.
    ///
    /// It fails where something of the project can’t be read, or the file can’t be written; then that is as it was.
    pub fn exporting(
        &self,
        format: &'static Format,
        to: &Path,
    ) -> impl FnOnce(&Progress) -> Outcome<Vec<Diagnostic>> + Send + use<> {
        let (folder, project, to) = (Arc::clone(&self.folder), self.session().project().clone(), to.to_owned());
        move |progress| folder.export_file(&project, format, &to, progress)
    }

    /// Writes the whole project in an exchange format; what was written before an error stays written.
    ///
    /// # Errors
    /// See [`ExportError`].
    pub fn export_to(&self, format: &Format, out: &mut dyn Write) -> Result<Vec<Diagnostic>, ExportError> {
        self.folder.export(self.session.project(), format, out, &Progress::default())
    }

    /// The work of writing the whole project, without its history, as one file to hand around; what was changed until
    /// now is saved before.
    ///
    /// It fails where not everything is saved, something can’t be read, or the file can’t be written.
    pub fn packing(&self, to: &Path) -> impl FnOnce(&Progress) -> Outcome<()> + Send + use<> {
        let (folder, saver, to) = (Arc::clone(&self.folder), Arc::clone(&self.saver), to.to_owned());
        move |progress| saver.flush().and_then(|()| folder.pack(&to, progress)).map_err(|told| vec![told])
    }
}
