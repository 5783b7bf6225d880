//! The journal: every transaction, appended and never changed. Who did nothing by name is written under `_`.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use rustc_hash::FxHashMap;

use super::{
    FileKey, Folder, disk,
    file::{
        ArticleFile,
        journal::{ChangeRow, JournalRow},
    },
    filesystem::{FileKind, Opening},
    key::HISTORY,
    layout, read,
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        AnnotatorId, ArticleId, Project,
        edit::{Change, Transaction},
    },
    text::Text,
};

/// Stands for nobody; no annotator's name begins like this.
const NOBODY: &str = "_";

impl Folder {
    /// Appends a transaction that was applied to the project, and returns when it is on the disk.
    ///
    /// # Errors
    /// The folder is read-only or cannot be written.
    pub fn append_journal(&self, project: &Project, transaction: &Transaction) -> Result<(), Diagnostic> {
        let _writing = self.writing();
        if let Some(diagnostic) = self.read_only() {
            return Err(diagnostic);
        }
        let removed = |id: &ArticleId| {
            transaction.changes.iter().find_map(|change| match change {
                Change::Article { id: of, text, .. } if of == id => text.clone(),
                _ => None,
            })
        };
        let row = JournalRow::of(transaction, |id| project.text(id).cloned().or_else(|| removed(id)))?;
        let month = row.at.to_string();
        let name = format!("{}.ron", month.get(..7).unwrap_or("unknown"));
        self.append_line(&journal_of(transaction.by.as_ref()).join(name), &layout::line(&row))
    }

    /// Appends a line in one write, and returns when it is on the disk; a line that was torn by a crash keeps its own.
    ///
    /// # Errors
    /// Then the file is as it was, or where even that fails ends in a torn line.
    fn append_line(&self, below: &Path, line: &str) -> Result<(), Diagnostic> {
        let path = self.place_for(below)?;
        let failed = |error| disk::trouble("write", &path, &error);
        let files = self.disk.files();
        if files.look_at(&path).is_ok_and(|info| info.kind != FileKind::File) {
            return Err(failed(std::io::ErrorKind::Unsupported.into()));
        }
        let mut file = files.open(&path, Opening::Append).map_err(failed)?;
        let len = file.info().map_err(failed)?.len;
        let last = files.read(&path, len.saturating_sub(1), 1).map_err(failed)?.0;
        let before = if matches!(last.as_slice(), [] | [b'\n']) { "" } else { "\n" };
        let written = file.write_all(format!("{before}{line}\n").as_bytes()).and_then(|()| file.flush_to_disk());
        if let Err(error) = written {
            // What is not known to be on the disk is written anew the next time.
            let _ = file.cut(len);
            return Err(failed(error));
        }
        if len == 0 { self.disk.flush_folder(disk::folder_of(&path)) } else { Ok(()) }
    }

    /// One annotator's transactions, or nobody's, oldest first, and what of them could not be read.
    ///
    /// Where one was looking is not kept. Texts come from the project, from the files, or, of articles that were taken
    /// away, from the journal itself.
    pub fn read_journal(&self, project: &Project, by: Option<&AnnotatorId>) -> (Vec<Transaction>, Vec<Diagnostic>) {
        let folder = self.root().join(journal_of(by));
        let (mut files, mut rows, mut found) = (Vec::new(), Vec::new(), Vec::new());
        let months = self.months(by).unwrap_or_else(|diagnostic| {
            found.push(diagnostic);
            Vec::new()
        });
        for path in months {
            let read = self.inside(&path).and_then(|path| self.disk.read(&path));
            match read.and_then(|(bytes, _)| read::utf8(bytes)) {
                Ok(text) => files.push((self.root().join(path), text)),
                Err(diagnostic) => found.push(diagnostic.at_path(self.root().join(path).display())),
            }
        }
        for (path, text) in &files {
            rows_of(text, path, &mut rows, &mut found);
        }
        let texts = Texts { folder: self, project, kept: RefCell::new(removed_texts(&rows)) };
        let mut transactions = Vec::new();
        for row in rows {
            match row.into_model(|id| texts.get(id)) {
                Ok(transaction) => transactions.push(transaction),
                Err(diagnostic) => found.push(diagnostic.at_path(folder.display())),
            }
        }
        (transactions, found)
    }

    /// The files of a journal, below the folder, oldest first.
    fn months(&self, by: Option<&AnnotatorId>) -> Result<Vec<PathBuf>, Diagnostic> {
        let below = journal_of(by);
        let paths = self.disk.list(&self.inside(&below)?)?;
        let is_month = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "ron");
        Ok(paths.into_iter().filter(is_month).filter_map(|path| Some(below.join(path.file_name()?))).collect())
    }
}

/// Below the project's folder.
fn journal_of(by: Option<&AnnotatorId>) -> PathBuf {
    Path::new(HISTORY).join(by.map_or(NOBODY, AnnotatorId::as_str))
}

fn rows_of<'t>(text: &'t str, path: &Path, rows: &mut Vec<JournalRow<'t>>, found: &mut Vec<Diagnostic>) {
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match read::parse(line) {
            Ok(row) => rows.push(row),
            Err(diagnostic) => {
                let column = diagnostic.location.line_column.map_or(1, |(_, column)| column);
                found.push(diagnostic.at_line(number, column).at_path(path.display()));
            }
        }
    }
}

fn removed_texts(rows: &[JournalRow<'_>]) -> FxHashMap<ArticleId, Option<Text>> {
    let texts = rows.iter().flat_map(|row| &row.changes).filter_map(|change| match change {
        ChangeRow::Article { id, text: Some(text), .. } => Some((id.clone(), Some(Text::from(text.0.as_str())))),
        _ => None,
    });
    texts.collect()
}

/// Texts by article, each looked for once.
struct Texts<'f> {
    folder: &'f Folder,
    project: &'f Project,
    kept: RefCell<FxHashMap<ArticleId, Option<Text>>>,
}

impl Texts<'_> {
    fn get(&self, id: &ArticleId) -> Option<Text> {
        if let Some(text) = self.project.text(id) {
            return Some(text.clone());
        }
        let mut kept = self.kept.borrow_mut();
        kept.entry(id.clone()).or_insert_with(|| self.read(id)).clone()
    }

    fn read(&self, id: &ArticleId) -> Option<Text> {
        let read = self.folder.read_file::<ArticleFile>(&FileKey::Article(id.clone()));
        read.ok().map(|(file, _)| Text::new(file.into_parts().1.0))
    }
}
