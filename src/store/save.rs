//! Saving: each file whole or not at all, only where something changed, and never over somebody else's change.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    FileKey, Folder, VERSION,
    disk::{self, Durability, MAX_FILE, Stamp},
    file::{ArticleFile, CodebookFile, LayerFile, LinksFile, ProjectFile},
    filesystem::FileKind,
    layout,
    open::all_in_one,
};
use crate::{
    diagnostic::Diagnostic,
    model::{LayerSlot, Project},
};

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Write,
    Remove,
    /// What was not read is left as it is.
    Keep,
}

/// And the folder in which a name changed.
type Written = (Stamp, PathBuf);

impl Folder {
    /// Brings the files on the disk to what the project says, and returns when they are there for good.
    ///
    /// A file whose bytes would be the same is not touched. The project may be an older snapshot or a newer one;
    /// only the files named are looked at.
    ///
    /// # Errors
    /// The folder is read-only, a file was changed by another program since it was read or written here, or it
    /// cannot be written. The other files are saved all the same, so that as little as possible is only in memory.
    pub fn save(&self, project: &Project, keys: &BTreeSet<FileKey>) -> Result<(), Diagnostic> {
        let _writing = self.writing();
        if let Some(diagnostic) = self.read_only() {
            return Err(diagnostic);
        }
        let mut failed = Vec::new();
        let (mut to_write, mut to_remove) = (Vec::new(), Vec::new());
        for key in keys {
            let fate = fate(project, key);
            match (fate, self.known_as(key)) {
                (Fate::Keep, _) => {}
                (_, Err(diagnostic)) => failed.push(diagnostic),
                (Fate::Write, Ok(then)) => to_write.push((key, then)),
                (Fate::Remove, Ok(_)) => to_remove.push(key),
            }
        }
        let written: Vec<_> = to_write.par_iter().map(|(key, then)| self.write(*then, project, key)).collect();
        let mut folders = BTreeSet::new();
        for ((key, _), written) in to_write.into_iter().zip(written) {
            match written {
                Ok(Some((stamp, folder))) => {
                    self.state().stamps.insert(key.clone(), stamp);
                    folders.insert(folder);
                }
                Ok(None) => {}
                Err(diagnostic) => failed.push(diagnostic),
            }
        }
        // What others refer to goes last, and only when all that refers to something else is written.
        for key in to_remove.into_iter().rev().filter(|_| failed.is_empty()) {
            folders.extend(self.remove(key)?);
        }
        // One that went with its last file has no names any more.
        folders.retain(|folder| self.disk.has(folder, FileKind::Folder));
        folders.iter().try_for_each(|folder| self.disk.flush_folder(folder))?;
        if failed.is_empty() { Ok(()) } else { Err(all_in_one(failed)) }
    }

    /// How the file on the disk was when it was read or written here, where it still is so; `None` where there is none.
    ///
    /// # Errors
    /// It is another one, or was never read here.
    fn known_as(&self, key: &FileKey) -> Result<Option<Stamp>, Diagnostic> {
        let path = self.inside(&key.path())?;
        let Some(now) = self.disk.stamp(&path)? else { return Ok(None) };
        let then = self.state().stamps.get(key).copied();
        let Some(then) = then else {
            return Err(Diagnostic::error("not-ours", "There is a file here that was not read, so it is not replaced")
                .at_path(path.display())
                .hint("Repair the file, or move it elsewhere, and save again"));
        };
        if now.is_surely(&then) {
            return Ok(Some(then));
        }
        // A program may have written the same bytes again, as version control does; or others of the same length, and
        // put the time back, as synchronising programs do.
        let (_, read) = self.disk.read(&path)?;
        if then.hash.is_some() && read.hash == then.hash {
            self.state().stamps.insert(key.clone(), read);
            return Ok(Some(read));
        }
        Err(Diagnostic::error("changed-outside", "Another program has changed the file, so it is not replaced")
            .at_path(path.display())
            .hint("Move that file elsewhere and save again to keep what is here")
            .hint("Or open the project again to go on with what the file says"))
    }

    /// Gives the new stamp and the folder in which a name changed; `None` where the file is so already.
    fn write(&self, then: Option<Stamp>, project: &Project, key: &FileKey) -> Result<Option<Written>, Diagnostic> {
        let path = self.path(key);
        let Some(content) = self.content(project, key)? else { return Ok(None) };
        if content.len() as u64 > MAX_FILE {
            return Err(too_large(&path));
        }
        if self.is_so_already(then, &path, content.as_bytes()) {
            return Ok(None);
        }
        // Writing takes its time, and another program may have used it.
        let still_known = || self.known_as(key).map(drop);
        let stamp = self.replace(&key.path(), content.as_bytes(), Durability::Flushed, still_known)?;
        Ok(Some((stamp, disk::folder_of(&path).to_owned())))
    }

    fn is_so_already(&self, then: Option<Stamp>, path: &Path, content: &[u8]) -> bool {
        let Some(then) = then else { return false };
        if then.len != content.len() as u64 {
            return false;
        }
        match then.hash {
            Some(hash) => hash == disk::hash(content),
            None => self.disk.read(path).is_ok_and(|(bytes, _)| bytes == content),
        }
    }

    fn remove(&self, key: &FileKey) -> Result<Option<PathBuf>, Diagnostic> {
        let path = self.inside(&key.path())?;
        if self.disk.stamp(&path)?.is_none() {
            return Ok(None);
        }
        self.disk.remove(&path)?;
        self.state().stamps.remove(key);
        let folder = disk::folder_of(&path);
        // An annotator's folder goes with their last layer; one that is not empty stays.
        let is_of_layers = matches!(key, FileKey::Layer(..) | FileKey::Links(_));
        if is_of_layers && self.disk.files().remove_folder(folder).is_ok() {
            return Ok(folder.parent().map(Path::to_owned));
        }
        Ok(Some(folder.to_owned()))
    }

    /// The file's text as the project says it, `None` where there is nothing to write.
    fn content(&self, project: &Project, key: &FileKey) -> Result<Option<String>, Diagnostic> {
        Ok(Some(match key {
            FileKey::Project => layout::file(&ProjectFile::of(project, VERSION)),
            FileKey::Codebook => layout::file(&CodebookFile::from(&**project.codebook())),
            FileKey::Article(id) => {
                let Some(article) = project.article(id) else { return Ok(None) };
                match project.text(id) {
                    Some(text) => layout::file(&ArticleFile::of(article, text.as_str())),
                    // Metadata may change while the text was never looked at; it stays as the file has it.
                    None => {
                        let (_, text) = self.read_file::<ArticleFile>(key)?.0.into_parts();
                        layout::file(&ArticleFile::of(article, &text.0))
                    }
                }
            }
            FileKey::Layer(article, annotator) => {
                let (Some(layer), Some(text)) = (project.layer(article, annotator), project.text(article)) else {
                    return Ok(None);
                };
                layout::file(&LayerFile::of(layer, text))
            }
            FileKey::Links(annotator) => {
                let (links, set_aside) = (project.links(annotator), project.links_set_aside(annotator));
                if links.is_none() && set_aside.is_empty() {
                    return Ok(None);
                }
                layout::file(&LinksFile::of(links, set_aside))
            }
        }))
    }
}

fn fate(project: &Project, key: &FileKey) -> Fate {
    let here = |is_here: bool| if is_here { Fate::Write } else { Fate::Remove };
    match key {
        FileKey::Project | FileKey::Codebook => Fate::Write,
        FileKey::Article(id) => here(project.article(id).is_some()),
        FileKey::Layer(article, annotator) => match project.layer_slot(article, annotator) {
            Some(LayerSlot::Unread(_)) => Fate::Keep,
            Some(LayerSlot::Read(layer)) => here(!layer.is_blank()),
            None => Fate::Remove,
        },
        FileKey::Links(annotator) => {
            let has_links = project.links(annotator).is_some_and(|links| links.count() > 0);
            here(has_links || !project.links_set_aside(annotator).is_empty())
        }
    }
}

fn too_large(path: &Path) -> Diagnostic {
    Diagnostic::error("too-large", format!("The file would be larger than {} MB, so it is not written", MAX_FILE >> 20))
        .at_path(path.display())
        .hint("Take back the last change: marks over long passages are kept with their words")
}
