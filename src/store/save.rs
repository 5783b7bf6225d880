//! Saving: each file whole or not at all, only where something changed, and never over somebody else's change.
//!
//! It brings files to what a snapshot of the project says. Which files are behind is the caller’s knowledge; that a
//! change is safe before is the journal’s.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    FileKey, Folder, VERSION,
    disk::{self, Durability, MAX_FILE, Stamp},
    file::ProjectFile,
    filesystem::FileKind,
    folder::Area,
    lock::ProjectLock,
    together::{blank, is_foreign},
};
use crate::{
    diagnostic::Diagnostic,
    model::{LayerSlot, Project},
    phrase,
};

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The project says something of it.
    Write,
    /// The project says that there is none.
    Remove,
    /// It was not read, so that nothing is known of it; it is left as it is.
    Keep,
}

/// What became of a file that was to be written.
enum Written {
    /// It is as the project says.
    Ours(Stamp),
    /// It is as the project says, together with what another program has written.
    Merged,
    /// It was so already, and is untouched.
    SoAlready,
    /// The project has nothing to write into it.
    Nothing,
}

/// The files that could not be brought to what a project says, each with the reason.
pub type NotSaved = Vec<(FileKey, Diagnostic)>;

impl Folder {
    /// As [`Folder::save_each`], with all reasons in one.
    ///
    /// # Errors
    /// Where a file could not be saved; the others are.
    pub fn save(&self, project: &Project, keys: &BTreeSet<FileKey>) -> Result<(), Diagnostic> {
        let failed = self.save_each(project, keys).into_iter().map(|(_, why)| why);
        Diagnostic::in_one(failed).map_or(Ok(()), Err)
    }

    /// Brings files to what the project says; returns when they have reached the disk.
    ///
    /// A file whose bytes would be the same is not touched. The project may be an older snapshot or a newer one; only
    /// the files named are looked at. Gives the files for which it could not be done, as few as possible: the folder
    /// is read-only or gone, another program has changed the file in a way that can’t be merged, it refers to what
    /// another file does not say yet, or it can’t be written.
    pub fn save_each(&self, project: &Project, keys: &BTreeSet<FileKey>) -> NotSaved {
        if let Err(why) = self.may_write(None) {
            return keys.iter().map(|key| (key.clone(), why.clone())).collect();
        }
        let (shared, layers): (BTreeSet<FileKey>, BTreeSet<FileKey>) =
            keys.iter().cloned().partition(|key| key.is_shared() && fate(project, key) == Fate::Write);
        let mut failed = NotSaved::new();
        if !shared.is_empty() {
            match self.lock_project() {
                Ok(lock) => failed.extend(self.save_shared(project, &shared, &lock)),
                Err(why) => failed.extend(shared.into_iter().map(|key| (key, why.clone()))),
            }
        }
        failed.extend(self.save_layers(project, &layers));
        failed
    }

    /// Writes files that belong to everybody, under the project’s lock.
    pub(super) fn save_shared(&self, project: &Project, keys: &BTreeSet<FileKey>, _lock: &ProjectLock<'_>) -> NotSaved {
        let failed = self.write_all(project, keys.iter());
        let is_known = |key| keys.contains(key) && !failed.iter().any(|(failed, _)| failed == key);
        let mut state = self.state();
        if is_known(&FileKey::Codebook) {
            state.codebook = Some(project.codebook().clone());
        }
        if is_known(&FileKey::Project) {
            state.project_file = Some(ProjectFile::of(project, VERSION));
        }
        failed
    }

    /// Writes layers, and removes what is no more. What others refer to is removed last, and only when everything
    /// that refers to something is written.
    fn save_layers(&self, project: &Project, keys: &BTreeSet<FileKey>) -> NotSaved {
        let _writing = self.writing(Area::Layers);
        let to_write = keys.iter().filter(|key| fate(project, key) == Fate::Write);
        let mut failed = self.write_all(project, to_write);
        let to_remove: Vec<&FileKey> = keys.iter().rev().filter(|key| fate(project, key) == Fate::Remove).collect();
        let mut folders = BTreeSet::new();
        for key in to_remove {
            let waits = key.is_shared() && failed.iter().any(|(failed, _)| failed.article() == key.article());
            let removed = if waits { Err(self.waits_for_layers(key)) } else { self.remove(project, key) };
            match removed {
                Ok(folder) => folders.extend(folder),
                Err(why) => failed.push((key.clone(), why)),
            }
        }
        self.flush_folders(folders, keys, &mut failed);
        failed
    }

    /// Writes files with all threads.
    fn write_all<'k>(&self, project: &Project, keys: impl Iterator<Item = &'k FileKey>) -> NotSaved {
        let keys: Vec<&FileKey> = keys.collect();
        let written: Vec<_> = keys.par_iter().map(|key| self.write(project, key)).collect();
        let (mut failed, mut folders) = (NotSaved::new(), BTreeSet::new());
        let all: BTreeSet<FileKey> = keys.iter().map(|key| (*key).clone()).collect();
        for (key, written) in keys.into_iter().zip(written) {
            match written {
                Ok(Written::Ours(stamp)) => {
                    folders.insert(disk::folder_of(&self.path(key)).to_owned());
                    self.state().stamps.insert(key.clone(), stamp);
                    self.note_base(project, key);
                }
                Ok(Written::Merged) => _ = folders.insert(disk::folder_of(&self.path(key)).to_owned()),
                Ok(Written::SoAlready) => self.note_base(project, key),
                Ok(Written::Nothing) => {}
                Err(why) => failed.push((key.clone(), why)),
            }
        }
        self.flush_folders(folders, &all, &mut failed);
        failed
    }

    /// Flushes folders; files in one that can’t be flushed count as not saved.
    fn flush_folders(&self, mut folders: BTreeSet<PathBuf>, keys: &BTreeSet<FileKey>, failed: &mut NotSaved) {
        // One that went with its last file has no names any more.
        folders.retain(|folder| self.disk.has(folder, FileKind::Folder));
        for folder in folders {
            if let Err(why) = self.disk.flush_folder(&folder) {
                let inside = keys.iter().filter(|key| disk::folder_of(&self.path(key)) == folder);
                failed.extend(inside.map(|key| (key.clone(), why.clone())));
            }
        }
    }

    /// Writes a file, merged with what another program has written there.
    fn write(&self, project: &Project, key: &FileKey) -> Result<Written, Diagnostic> {
        self.codebook_is_saved(project, key)?;
        let Some(content) = self.content(project, key)? else { return Ok(Written::Nothing) };
        if content.len() as u64 > MAX_FILE {
            return Err(too_large(&self.path(key)));
        }
        match self.write_ours(project, key, &content) {
            Ok(stamp) => Ok(stamp.map_or(Written::SoAlready, Written::Ours)),
            Err(why) if is_foreign(&why) => self.write_merged(project, key, &content, why).map(|()| Written::Merged),
            Err(why) => Err(why),
        }
    }

    /// Writes a file that nobody else has changed; gives the new stamp, or `None` where it is so already.
    fn write_ours(&self, project: &Project, key: &FileKey, content: &str) -> Result<Option<Stamp>, Diagnostic> {
        let path = self.path(key);
        let then = self.known_as(key, Some(content.as_bytes()))?;
        if self.is_so_already(then, &path, content.as_bytes()) {
            return Ok(None);
        }
        // Writing takes its time, and another program may have used it.
        let still_known = || self.known_as(key, None).map(drop);
        if let (FileKey::Article(id), Some(text)) = (key, key.article().and_then(|id| project.text(id))) {
            if then.is_some() {
                self.keep_old_text(id, text.as_str())?;
            }
            if let Some(stamp) = self.bring_back(id, text.as_str(), content, still_known)? {
                return Ok(Some(stamp));
            }
        }
        self.replace(&key.path(), content.as_bytes(), Durability::Flushed, still_known).map(Some)
    }

    /// Whether the file has these bytes already.
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

    /// Removes a file that nobody else has changed; gives the folder that is to be flushed.
    fn remove(&self, project: &Project, key: &FileKey) -> Result<Option<PathBuf>, Diagnostic> {
        self.is_still_there()?;
        let path = self.inside(&key.path())?;
        let folder = disk::folder_of(&path);
        match (self.known_as(key, None), blank(key)) {
            (Ok(Some(_)), _) => {}
            (Ok(None), _) => return Ok(None),
            (Err(why), Some(blank)) if is_foreign(&why) => {
                return self.write_merged(project, key, &blank, why).map(|()| Some(folder.to_owned()));
            }
            (Err(why), _) => return Err(why),
        }
        if let FileKey::Article(id) = key {
            let _lock = self.lock_project()?;
            self.take_away(id)?;
            self.state().stamps.remove(key);
            return Ok(Some(folder.to_owned()));
        }
        self.disk.remove(&path)?;
        self.state().stamps.remove(key);
        self.note_base(project, key);
        // An annotator's folder goes with their last layer; one that is not empty stays.
        if self.disk.files().remove_folder(folder).is_ok() {
            return Ok(folder.parent().map(Path::to_owned));
        }
        Ok(Some(folder.to_owned()))
    }

    fn waits_for_layers(&self, article: &FileKey) -> Diagnostic {
        Diagnostic::error("layers-first", "The article can’t be removed before its layers are")
            .at_path(self.path(article).display())
            .hint("See why a layer of it can’t be saved")
    }
}

/// What becomes of a file, by what the project says.
pub(super) fn fate(project: &Project, key: &FileKey) -> Fate {
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
            let has_rejections = project.rejections(annotator).is_some();
            here(has_links || has_rejections || !project.links_set_aside(annotator).is_empty())
        }
    }
}

fn too_large(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "too-large",
        phrase!("The file would be larger than {most} MB, so it is not written", most = &(MAX_FILE >> 20)),
    )
    .at_path(path.display())
    .hint("Take back the last change: marks over long passages are kept with their words")
}
