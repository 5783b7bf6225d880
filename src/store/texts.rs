//! Articles' files that are not among the articles: those of articles that are about to come, of removed ones, and of
//! texts that were corrected.
//!
//! The text of an article is too long for the journal, so the article's file is written aside first; then comes the
//! entry that tells of it, and then the file takes its place with a single rename. A removed article goes the same
//! way back, and the file with a text that was corrected is kept here too. So an entry stays short, and no text is
//! lost.

use std::path::{Path, PathBuf};

use super::{
    FileKey, Folder,
    disk::{self, Durability},
    file::ArticleFile,
    filesystem::FileKind,
    journal::NOBODY,
    key::{EXTENSION, HISTORY},
    layout, read,
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Article, ArticleId,
        edit::{Change, Transaction},
    },
    phrase,
    text::hash::content_hash,
};

/// Where a text is kept, by the hash of the text; below the project’s folder.
fn aside(id: &ArticleId, hash: u64) -> PathBuf {
    Path::new(HISTORY).join(NOBODY).join("texts").join(format!("{id}-{hash:016x}.{EXTENSION}"))
}

impl Folder {
    /// All texts that are kept, each with its article, below the project’s folder.
    ///
    /// # Errors
    /// They cannot be listed.
    pub(super) fn texts_aside(&self) -> Result<Vec<(ArticleId, PathBuf)>, Diagnostic> {
        let files = self.all_below(&Path::new(HISTORY).join(NOBODY).join("texts"))?;
        let article = |path: &PathBuf| {
            let (id, _) = path.file_stem()?.to_str()?.rsplit_once('-')?;
            ArticleId::new(id).ok()
        };
        Ok(files.into_iter().filter_map(|path| Some((article(&path)?, path))).collect())
    }

    /// Writes the texts that a transaction brings into files of their own; returns when they have reached the disk.
    /// To be called before the transaction is in the journal.
    ///
    /// # Errors
    /// One cannot be written, or is too large to be read again.
    pub(super) fn put_texts_aside(&self, transaction: &Transaction) -> Result<(), Diagnostic> {
        let mut folder = None;
        for change in &transaction.changes {
            let (id, article, text) = match change {
                Change::Article { id, after: Some(article), text: Some(text), .. } => (id, article, text),
                Change::Text { id, after, .. } => (id, &after.article, &after.text),
                _ => continue,
            };
            let below = aside(id, content_hash(text.as_str()));
            if self.disk.has(&self.inside(&below)?, FileKind::File) {
                continue;
            }
            self.write_aside(&below, article, text.as_str())?;
            folder = below.parent().map(|below| self.root().join(below));
        }
        folder.map_or(Ok(()), |folder| self.disk.flush_folder(&folder))
    }

    fn write_aside(&self, below: &Path, article: &Article, text: &str) -> Result<(), Diagnostic> {
        let content = layout::file(&ArticleFile::of(article, text));
        if content.len() as u64 > disk::MAX_FILE {
            return Err(Diagnostic::error(
                "too-large",
                phrase!(
                    "The article’s file would be larger than {most} MB, so it is not added",
                    most = &(disk::MAX_FILE >> 20)
                ),
            )
            .about(article.metadata.title.clone())
            .hint("Add it in several parts"));
        }
        self.replace(below, content.as_bytes(), Durability::Flushed, || Ok(())).map(drop)
    }

    /// A text that is kept, with its article’s metadata; `None` where it can’t be read.
    pub(super) fn text_aside(&self, id: &ArticleId, hash: u64) -> Option<ArticleFile> {
        let path = self.inside(&aside(id, hash)).ok()?;
        let (bytes, _) = self.disk.read(&path).ok()?;
        read::parse(&read::utf8(bytes).ok()?).ok()
    }

    /// An article’s file in its place, if it has this text: it may have gone and come back.
    pub(super) fn text_in_place(&self, id: &ArticleId, hash: u64) -> Option<ArticleFile> {
        let (file, _) = self.read_file::<ArticleFile>(&FileKey::Article(id.clone())).ok()?;
        (content_hash(&file.text().0) == hash).then_some(file)
    }

    /// Puts a kept file in its place, if it has exactly this content; `None` where there is none.
    ///
    /// # Errors
    /// What was checked is not so, or it cannot be put there.
    pub(super) fn bring_back(
        &self,
        id: &ArticleId,
        text: &str,
        content: &str,
        checked: impl FnOnce() -> Result<(), Diagnostic>,
    ) -> Result<Option<disk::Stamp>, Diagnostic> {
        let from = self.inside(&aside(id, content_hash(text)))?;
        let Ok((bytes, _)) = self.disk.read(&from) else { return Ok(None) };
        if bytes != content.as_bytes() {
            return Ok(None);
        }
        let to = self.place_for(&FileKey::Article(id.clone()).path())?;
        checked()?;
        self.disk.files().rename(&from, &to).map_err(|error| disk::trouble("write", &to, &error))?;
        let stamp = self.disk.stamp(&to)?.map(|stamp| stamp.with(&bytes));
        // It is there before it is gone from here.
        self.disk.flush_folder(disk::folder_of(&to))?;
        self.disk.flush_folder(disk::folder_of(&from))?;
        Ok(stamp)
    }

    /// Takes the file of a removed article out of its place, and keeps it.
    ///
    /// # Errors
    /// It cannot be read or moved; then it is where it was.
    pub(super) fn take_away(&self, id: &ArticleId) -> Result<(), Diagnostic> {
        let key = FileKey::Article(id.clone());
        let from = self.inside(&key.path())?;
        let (file, _) = self.read_file::<ArticleFile>(&key)?;
        let to = self.place_for(&aside(id, content_hash(&file.into_parts().1.0)))?;
        self.disk.files().rename(&from, &to).map_err(|error| disk::trouble("remove", &from, &error))?;
        self.disk.flush_folder(disk::folder_of(&to))
    }

    /// Keeps a copy of an article’s file whose text is about to become another one.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub(super) fn keep_old_text(&self, id: &ArticleId, text: &str) -> Result<(), Diagnostic> {
        let (file, _) = self.read_file::<ArticleFile>(&FileKey::Article(id.clone()))?;
        let (article, old) = file.into_parts();
        if old.0 == text {
            return Ok(());
        }
        let below = aside(id, content_hash(&old.0));
        self.write_aside(&below, &article, &old.0)?;
        self.disk.flush_folder(&self.root().join(disk::folder_of(&below)))
    }
}
