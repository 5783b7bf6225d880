//! What other programs have changed in a project's folder while it is open: found by stamps and bytes, read anew, and
//! brought into the project that is worked on.
//!
//! The folder is read as if it were opened again, beside the one that is open, so that nothing is known of a file here
//! that is not in the project yet. It is for a project of which everything is saved: what is not is merged when it is
//! (see [`super::together`]), and then found here.

use std::{collections::BTreeSet, path::PathBuf};

use super::{
    FileKey, Folder,
    disk::Stamp,
    key::{HISTORY, SCRATCH},
};
use crate::{
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{AnnotatorId, ArticleId, Project},
};

/// The folder as it was found, where it is not as it was read and written here.
#[derive(Debug)]
pub struct Outside {
    /// The files that have changed.
    pub changed: BTreeSet<FileKey>,
    /// What reading them has found, also where nothing has changed.
    pub found: Vec<Diagnostic>,
    /// The project with the changes in it.
    project: Project,
    /// Articles that are taken over with their text and all layers.
    whole: BTreeSet<ArticleId>,
    /// The folder as it was opened for looking, with its stamps.
    folder: Folder,
}

impl Folder {
    /// Whether any of these paths, which a watcher has noticed, is worth looking at: not what was written here.
    pub fn is_news(&self, paths: &[PathBuf]) -> bool {
        paths.iter().any(|path| {
            let Ok(below) = path.strip_prefix(self.root()) else { return true };
            if below.starts_with(SCRATCH) || below.starts_with(HISTORY) {
                return false;
            }
            // Anything else may be a folder with files in it.
            let Some(key) = FileKey::at(below) else { return true };
            let (now, then) = (self.disk.stamp(path).ok().flatten(), self.state().stamps.get(&key).copied());
            match (now, then) {
                (None, None) => false,
                (Some(now), Some(then)) => !now.is_surely(&then),
                _ => true,
            }
        })
    }

    /// Reads what has changed since it was read or written here. Everything in `project` must be saved; articles that
    /// are read in it are read anew.
    ///
    /// # Errors
    /// The folder is gone, `project.ron` or the codebook cannot be read, or it was cancelled.
    pub fn look_outside(&self, project: &Project, progress: &Progress) -> Result<Outside, Diagnostic> {
        self.is_still_there()?;
        let folder = Self::new(self.disk.clone(), self.root().to_owned())?;
        folder.read_version()?;
        let (read, mut found, _) = folder.read_project(progress)?;
        let changed = self.differing(&folder);
        let mut whole: BTreeSet<ArticleId> = changed
            .iter()
            .filter(|key| matches!(key, FileKey::Article(_)))
            .filter_map(FileKey::article)
            .cloned()
            .collect();
        if read.codebook() != project.codebook() {
            // Every row is held against the new one.
            whole.extend(project.articles().map(|(id, _)| id).filter(|id| project.text(id).is_some()).cloned());
        }
        let mut outside = Outside { changed, found: Vec::new(), project: project.clone(), whole, folder };
        outside.project.take_whole(&read, None);
        outside.take_over(&read);
        for id in outside.articles() {
            if project.text(&id).is_some() && outside.project.article(&id).is_some() {
                let read = outside.folder.read_article(&mut outside.project, &id);
                found.extend(read.unwrap_or_else(|why| vec![why]));
            }
        }
        self.is_still_there()?;
        Ok(Outside { found, ..outside })
    }

    /// The files that are not as they were read or written here.
    fn differing(&self, now: &Self) -> BTreeSet<FileKey> {
        let (before, after) = (self.state().stamps.clone(), now.state().stamps.clone());
        let keys = before.keys().chain(after.keys()).collect::<BTreeSet<_>>();
        let differs = |key: &&FileKey| match (before.get(key), after.get(key)) {
            (Some(then), Some(now)) => !now.is_surely(then) && !self.has_same_bytes(key, then, now),
            _ => true,
        };
        keys.into_iter().filter(differs).cloned().collect()
    }

    /// Whether a file that was touched has the same bytes all the same.
    fn has_same_bytes(&self, key: &FileKey, then: &Stamp, now: &Stamp) -> bool {
        let read = || self.inside(&key.path()).and_then(|path| self.disk.read(&path)).ok().and_then(|(_, s)| s.hash);
        then.hash.is_some() && then.hash == now.hash.or_else(read)
    }

    /// Takes note that what was found is in the project from now on.
    pub fn accept(&self, outside: &Outside) {
        let (mut here, there) = (self.state(), outside.folder.state());
        here.version = there.version;
        let of_whole = |key: &&FileKey| key.article().is_some_and(|id| outside.whole.contains(id));
        let mut keys = outside.changed.clone();
        keys.extend(here.stamps.keys().chain(there.stamps.keys()).filter(of_whole).cloned());
        for key in keys {
            match there.stamps.get(&key) {
                Some(stamp) => here.stamps.insert(key.clone(), *stamp),
                None => here.stamps.remove(&key),
            };
            match there.bases.get(&key) {
                Some(base) => here.bases.insert(key, base.clone()),
                None => here.bases.remove(&key),
            };
        }
        here.project_file.clone_from(&there.project_file);
        here.codebook.clone_from(&there.codebook);
    }
}

impl Outside {
    /// Brings the changes into a project in which nothing has changed since the folder was looked at.
    pub fn bring_into(&self, project: &mut Project, at_work: Option<&AnnotatorId>) {
        project.take_whole(&self.project, at_work);
        self.put(&self.project, project);
    }

    /// Takes articles that were read beside the project into it.
    fn take_over(&mut self, read: &Project) {
        let mut project = self.project.clone();
        self.put(read, &mut project);
        self.project = project;
    }

    fn put(&self, from: &Project, to: &mut Project) {
        self.whole.iter().for_each(|id| to.take_article(from, id));
        for key in &self.changed {
            match key {
                FileKey::Layer(article, annotator) => to.take_layer(from, article, annotator),
                FileKey::Links(annotator) => to.take_links(from, annotator),
                FileKey::Project | FileKey::Codebook | FileKey::Article(_) => {}
            }
        }
    }

    /// The articles of which anything has changed.
    pub fn articles(&self) -> BTreeSet<ArticleId> {
        self.changed.iter().filter_map(FileKey::article).chain(&self.whole).cloned().collect()
    }
}
