//! Takes a project of an older version to the newest one, whole, before anything else is written in it.
//!
//! Opening one only reads it. With the first write its files are kept as they are, in a folder of their own among the
//! backups, which is a project that can be opened too; then each is brought to the newest version, `project.ron` last.
//! What is interrupted is done again: a [step](super::migrate) leaves a file alone that it has taken along already, so
//! that until `project.ron` says the new version, files of either are read alike. The journal is not among them: it is
//! appended to and never written anew, and each of its lines says its own version.

use std::path::{Path, PathBuf};

use super::{
    FileKey, Folder, VERSION,
    disk::{self, Durability, NewFolder},
    file::ProjectFile,
    folder::Area,
    key::{BACKUPS, HISTORY, PROJECT_FILE},
    layout,
    listing::Listing,
    migrate, read,
};
use crate::{diagnostic::Diagnostic, jobs::Progress, model::AnnotatorId, phrase};

impl Folder {
    /// Brings the project’s files to the newest version; nothing is done where another program was faster.
    ///
    /// # Errors
    /// Another Pressmark is at work on the project, or a file cannot be read, kept or written. Everything can still be
    /// read then, and this is tried again with the next write.
    pub(super) fn upgrade(&self) -> Result<(), Diagnostic> {
        let _others = self.lock_everybody()?;
        let _shared = self.lock_project()?;
        let _layers = self.writing(Area::Layers);
        // Another Pressmark may have been faster.
        let from = self.version_on_disk()?;
        if from < VERSION {
            let files = self.files_of_version()?;
            self.keep_as_is(from, &files)?;
            for (key, below) in &files {
                self.upgrade_file(key, below, from)?;
            }
            self.upgrade_project_file(from)?;
        }
        let mut state = self.state();
        state.version = VERSION;
        if let Some(file) = &mut state.project_file {
            file.version = VERSION;
        }
        Ok(())
    }

    /// The locks of all annotators, so that nobody writes in the old version meanwhile.
    ///
    /// # Errors
    /// Somebody else is at work.
    fn lock_everybody(&self) -> Result<Vec<impl Sized + use<>>, Diagnostic> {
        let own: Vec<AnnotatorId> = self.locks().iter().map(|lock| lock.annotator.clone()).collect();
        let named = self.state().project_file.clone().map_or_else(Vec::new, |file| file.annotators);
        let listed = Listing::of(self, &mut Vec::new()).annotators.into_iter().map(|(by, _)| by);
        let mut all: Vec<AnnotatorId> = named.into_iter().map(|row| row.id).chain(listed).collect();
        all.sort_unstable();
        all.dedup();
        let mut locks = Vec::new();
        for by in all.into_iter().filter(|by| !own.contains(by)) {
            let lock = self.lock_for_a_moment(&by).ok_or_else(|| {
                Diagnostic::error(
                    "in-use",
                    phrase!("The project is of an older version, and {by} is at work on it", by = self.name_of(&by)),
                )
                .at_path(self.root().display())
                .hint("It is brought to the newest version when the others have closed it; then this is saved too")
            })?;
            locks.push(lock);
        }
        Ok(locks)
    }

    /// The files that are in the project’s version, below its folder, without `project.ron`.
    fn files_of_version(&self) -> Result<Vec<(FileKey, PathBuf)>, Diagnostic> {
        let mut found = Vec::new();
        let listing = Listing::of(self, &mut found);
        if let Some(unread) = Diagnostic::in_one(found.into_iter().filter(Diagnostic::is_error)) {
            return Err(unread);
        }
        let listed = listing.files.into_iter().map(|(key, _)| key);
        let files = listed.chain([FileKey::Codebook]).map(|key| (key.clone(), key.path()));
        let aside = self.texts_aside()?.into_iter().map(|(id, path)| (FileKey::Article(id), path));
        Ok(files.chain(aside).collect())
    }

    /// Keeps a copy of everything under a name that nothing has.
    fn keep_as_is(&self, version: u32, files: &[(FileKey, PathBuf)]) -> Result<(), Diagnostic> {
        let names = std::iter::once(format!("format-{version}")).chain((2..).map(|n| format!("format-{version}-{n}")));
        let free = |name: &String| self.disk.files().look_at(&self.root().join(BACKUPS).join(name)).is_err();
        let name = names.into_iter().find(free).unwrap_or_default();
        let target = self.place_for(&Path::new(BACKUPS).join(name))?;
        let new = NewFolder::begin(&self.disk, &target)?;
        let mut all: Vec<PathBuf> = files.iter().map(|(_, below)| below.clone()).collect();
        all.push(PathBuf::from(PROJECT_FILE));
        all.extend(self.all_below(Path::new(HISTORY))?);
        all.sort_unstable();
        all.dedup();
        self.copy_files(&all, new.path(), &Progress::default())?;
        new.finish(PROJECT_FILE)
    }

    /// Brings one file on; it is left alone where it is in the new version already.
    fn upgrade_file(&self, key: &FileKey, below: &Path, from: u32) -> Result<(), Diagnostic> {
        let path = self.inside(below)?;
        let (bytes, then) = self.disk.read(&path)?;
        let at = |d: Diagnostic| d.at_path(path.display());
        let old = read::utf8(bytes).map_err(at)?;
        let new = migrate::newest(key, from, old.clone()).map_err(at)?;
        if new == old {
            return Ok(());
        }
        let is_known = self.state().stamps.get(key).is_some_and(|known| then.is_surely(known));
        let stamp = self.replace(below, new.as_bytes(), Durability::Flushed, || Ok(()))?;
        self.disk.flush_folder(disk::folder_of(&path))?;
        if is_known && below == key.path() {
            self.state().stamps.insert(key.clone(), stamp);
        }
        Ok(())
    }

    /// Brings `project.ron` on, which says the version: done last.
    fn upgrade_project_file(&self, from: u32) -> Result<(), Diagnostic> {
        let key = FileKey::Project;
        let path = self.inside(&key.path())?;
        let (bytes, _) = self.disk.read(&path)?;
        let text = read::utf8(bytes).and_then(|text| migrate::newest(&key, from, text));
        let file: ProjectFile = text.and_then(|text| read::parse(&text)).map_err(|d| d.at_path(path.display()))?;
        let newest = layout::file(&ProjectFile { version: VERSION, ..file });
        // What it says of the others must not be on the disk before they are.
        self.disk.flush_folder(self.root())?;
        let stamp = self.replace(&key.path(), newest.as_bytes(), Durability::Flushed, || Ok(()))?;
        self.disk.flush_folder(self.root())?;
        self.state().stamps.insert(key, stamp);
        Ok(())
    }
}
