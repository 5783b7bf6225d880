//! Appending to a journal, so that an entry is on the disk whole or not at all.
//!
//! An entry counts once `append_entries` has returned; then its line is flushed. A line without its end was being
//! written when the program or the power failed: nobody was told that it is there, so it is put aside and not carried
//! out.

use std::path::{Path, PathBuf};

use super::{
    line::{Line, Marker},
    parts::Part,
};
use crate::{
    diagnostic::Diagnostic,
    model::AnnotatorId,
    store::{
        Folder,
        disk::{self, MAX_FILE},
        file::journal::EntryRow,
        filesystem::{FileKind, OpenFile, Opening},
        folder::Area,
        layout,
    },
};

impl Folder {
    /// Appends entries to an annotator’s journal; returns when they have reached the disk.
    ///
    /// # Errors
    /// None of them is there then; or, where even that fails, the last line is torn, and put aside the next time.
    pub(in crate::store) fn append_entries(
        &self,
        by: Option<&AnnotatorId>,
        entries: &[EntryRow<'_>],
    ) -> Result<(), Diagnostic> {
        let Some(first) = entries.first() else { return Ok(()) };
        let mut lines = String::new();
        for entry in entries {
            lines.push_str(&layout::line(entry));
            lines.push('\n');
        }
        let month = first.at.to_string();
        self.append_lines(by, month.get(..7).unwrap_or("0000-00"), &lines, true)?;
        let mut state = self.state();
        let count = entries.len() as u64;
        state.appended.total += count;
        *state.appended.unmarked.entry(by.cloned()).or_default() += count;
        state.appended.first.entry(by.cloned()).or_insert(first.id);
        Ok(())
    }

    /// Appends the line that says the files hold everything before it. It is not flushed: where it is lost, the next
    /// opening only looks at more entries.
    ///
    /// # Errors
    /// It cannot be written.
    pub(in crate::store) fn append_saved(&self, by: Option<&AnnotatorId>) -> Result<(), Diagnostic> {
        self.append_lines(by, "", &format!("{}\n", layout::line(&Marker::saved())), false)
    }

    /// How many entries were appended to journals here.
    pub fn entries_appended(&self) -> u64 {
        self.state().appended.total
    }

    /// Takes note that the files hold everything, if no more than `appended` entries were appended here: a later
    /// opening need not look at those.
    pub fn files_are_complete(&self, appended: u64) {
        let _writing = self.writing(Area::Journals);
        let journals = {
            let mut state = self.state();
            if state.appended.total != appended || state.is_behind {
                return;
            }
            std::mem::take(&mut state.appended.unmarked)
        };
        for by in journals.keys() {
            let _ = self.append_saved(by.as_ref());
        }
    }

    /// Appends whole lines to the last file of a journal, or to a new one for this month (`YYYY-MM`) where that is
    /// long. `is_flushed` says whether to wait for the disk.
    fn append_lines(
        &self,
        by: Option<&AnnotatorId>,
        month: &str,
        lines: &str,
        is_flushed: bool,
    ) -> Result<(), Diagnostic> {
        let parts = self.parts(by)?;
        let last = parts.last().map(|part| Ok((part, self.len_of(&part.path)?))).transpose()?;
        let part = Part::after(last, by, month);
        let path = self.place_for(&part.path)?;
        let failed = |error| disk::trouble("write", &path, &error);
        if lines.len() as u64 > MAX_FILE / 4 {
            return Err(Diagnostic::error("too-large", "The change is too large to be written down in the history")
                .at_path(path.display())
                .hint("Undo it, and make it in smaller steps"));
        }
        let mut file = self.opened(&path)?;
        self.put_torn_line_aside(&path, &mut *file)?;
        let len = file.info().map_err(failed)?.len;
        let files = self.disk.files();
        let written = file.write_all(lines.as_bytes()).and_then(|()| match (is_flushed, len) {
            (true, 0) => file.flush_to_disk().and_then(|()| files.flush_folder(disk::folder_of(&path))),
            (true, _) => file.flush_to_disk(),
            (false, _) => Ok(()),
        });
        written.map_err(|error| {
            // What may or may not be on the disk must not be there: it is written again the next time.
            let _ = file.cut(len).and_then(|()| file.flush_to_disk());
            failed(error)
        })
    }

    /// Bytes of a file of the journal; 0 where there is none.
    fn len_of(&self, below: &Path) -> Result<u64, Diagnostic> {
        Ok(self.disk.stamp(&self.inside(below)?)?.map_or(0, |stamp| stamp.len))
    }

    /// Opens a file of a journal to append to it; a pipe or device in its place is refused.
    fn opened(&self, path: &Path) -> Result<Box<dyn OpenFile>, Diagnostic> {
        let failed = |error| disk::trouble("write", path, &error);
        let files = self.disk.files();
        if files.look_at(path).is_ok_and(|info| info.kind != FileKind::File) {
            return Err(failed(std::io::ErrorKind::Unsupported.into()));
        }
        files.open(path, Opening::Append).map_err(failed)
    }

    /// Takes a last line without an end out of a file of a journal, into a file of its own. Gives whether one was
    /// lost by it; a line that is whole but for its end gets that instead.
    ///
    /// # Errors
    /// The files cannot be read or written.
    fn put_torn_line_aside(&self, path: &Path, file: &mut dyn OpenFile) -> Result<bool, Diagnostic> {
        let failed = |error| disk::trouble("write", path, &error);
        let len = file.info().map_err(failed)?.len;
        let files = self.disk.files();
        let last = files.read(path, len.saturating_sub(1), 1).map_err(failed)?.0;
        if matches!(last.as_slice(), [] | [b'\n']) {
            return Ok(false);
        }
        let (bytes, _) = self.disk.read(path)?;
        let start = memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1);
        let line = &bytes[start..];
        // An editor may have left out the last line end.
        if str::from_utf8(line).is_ok_and(|line| Line::read(line).is_ok()) {
            file.write_all(b"\n").and_then(|()| file.flush_to_disk()).map_err(failed)?;
            return Ok(false);
        }
        let mut aside = self.opened(&torn(path))?;
        aside.write_all(&[line, b"\n"].concat()).and_then(|()| aside.flush_to_disk()).map_err(failed)?;
        file.cut(start as u64).and_then(|()| file.flush_to_disk()).map_err(failed)?;
        Ok(!Line::is_beginning_of_saved(line))
    }

    /// Puts a torn last line of a journal aside, as appending does; gives the file that had one.
    ///
    /// # Errors
    /// The files cannot be read or written.
    pub(in crate::store) fn mend_journal(&self, by: Option<&AnnotatorId>) -> Result<Option<PathBuf>, Diagnostic> {
        let Some(part) = self.parts(by)?.pop() else { return Ok(None) };
        let path = self.place_for(&part.path)?;
        let mut file = self.opened(&path)?;
        Ok(self.put_torn_line_aside(&path, &mut *file)?.then_some(path))
    }
}

/// The file in which torn lines of a journal’s file are kept.
fn torn(path: &Path) -> PathBuf {
    path.with_extension("torn")
}
