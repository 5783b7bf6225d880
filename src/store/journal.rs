//! The journal: every transaction, appended and never changed. Who did nothing by name is written under `_`.

use std::{
    cell::RefCell,
    fs::{self, OpenOptions},
    io::{ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use rustc_hash::FxHashMap;

use super::{
    FileKey, Folder, disk,
    file::{
        ArticleFile,
        journal::{ChangeRow, JournalRow},
    },
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
        let folder = self.journal_of(transaction.by.as_ref());
        let path = folder.join(format!("{}.ron", month.get(..7).unwrap_or("unknown")));
        append(&path, &layout::line(&row)).map_err(|error| disk::trouble("write", &path, &error))
    }

    /// One annotator's transactions, or nobody's, oldest first, and what of them could not be read.
    ///
    /// Where one was looking is not kept. Texts come from the project, from the files, or, of articles that were taken
    /// away, from the journal itself.
    pub fn read_journal(&self, project: &Project, by: Option<&AnnotatorId>) -> (Vec<Transaction>, Vec<Diagnostic>) {
        let folder = self.journal_of(by);
        let (mut files, mut rows, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for path in months(&folder, &mut found) {
            match disk::read(&path).and_then(|(bytes, _)| read::utf8(bytes)) {
                Ok(text) => files.push((path, text)),
                Err(diagnostic) => found.push(diagnostic.at_path(path.display())),
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

    fn journal_of(&self, by: Option<&AnnotatorId>) -> PathBuf {
        self.root().join(HISTORY).join(by.map_or(NOBODY, AnnotatorId::as_str))
    }
}

/// Appends a line in one write; a line that was torn by a crash keeps its own line.
fn append(path: &Path, line: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().create(true).append(true).read(true).open(path)?;
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    let before = if last == [b'\n'] { "" } else { "\n" };
    file.write_all(format!("{before}{line}\n").as_bytes())?;
    file.sync_data()
}

fn months(folder: &Path, found: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            found.push(disk::trouble("read", folder, &error));
            return Vec::new();
        }
    };
    let mut months: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "ron")).collect();
    months.sort_unstable();
    months
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
