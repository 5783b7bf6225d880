//! Merging on the disk: files that version control or a synchronising program has left in two versions, and the three
//! files that git gives a merge driver.
//!
//! A file is replaced when the merged one is whole and flushed; only then are conflict copies taken away. What was there
//! before is kept in `.pressmark/merged/`, until somebody deletes it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, Unit};

use super::{
    Folder,
    copies::ConflictCopy,
    disk::{self, Disk, Durability, Stamp},
    key::{EXTENSION, HISTORY, LAYERS, SCRATCH},
    listing::Listing,
    merge::{self, Kind, Merged, Versions, markers},
    open, read,
};
use crate::{diagnostic::Diagnostic, model::AnnotatorId, phrase};

/// What came of merging a project’s files.
#[derive(Debug, Default)]
pub struct MergedProject {
    /// Files that are whole again, below the project’s folder.
    pub files: Vec<PathBuf>,
    /// What both sides have changed differently, and files that can’t be merged, which are as they were.
    pub found: Vec<Diagnostic>,
}

/// Merges every file of a project that has conflict markers or conflict copies.
///
/// # Errors
/// There is no project, it can't be written, or another Pressmark is changing it.
pub fn merge_project(path: &Path) -> Result<MergedProject, Diagnostic> {
    merge_project_on(&Disk::default(), path)
}

/// As [`merge_project`], on a disk of one's own.
///
/// # Errors
/// See [`merge_project`].
pub fn merge_project_on(disk: &Disk, path: &Path) -> Result<MergedProject, Diagnostic> {
    let folder = open::to_mend(disk, path)?;
    let lock = folder.lock_project()?;
    let mut done = MergedProject::default();
    let set_aside = Path::new(SCRATCH).join("merged").join(now());
    for (below, copies) in folder.in_two_versions(&mut done.found) {
        match folder.merge_file(&below, &copies, &set_aside) {
            Ok(conflicts) => {
                let at = |told: Diagnostic| told.at_path(folder.root().join(&below).display());
                done.found.extend(conflicts.into_iter().map(at));
                done.files.push(below);
            }
            Err(why) => done.found.push(match why.location.path {
                Some(_) => why,
                None => why.at_path(folder.root().join(&below).display()),
            }),
        }
    }
    drop(lock);
    Ok(done)
}

/// Merges the files that git hands to a merge driver: what both sides began with, ours, and theirs. The outcome takes
/// the place of ours. `path` is where the file lies in the repository, and tells what it is.
///
/// Gives what both sides have changed differently. Where the two can't be merged, ours becomes both of them with
/// conflict markers, so that no side is taken for the whole, and that is what is given.
///
/// # Errors
/// A file can't be read or written; then ours may not be merged.
pub fn merge_files(base: &Path, ours: &Path, theirs: &Path, path: &Path) -> Result<Vec<Diagnostic>, Diagnostic> {
    let disk = Disk::default();
    let read = |path: &Path| -> Result<String, Diagnostic> {
        let (bytes, _) = disk.read(path)?;
        read::utf8(bytes).map_err(|why| why.at_path(path.display()))
    };
    let (base, our, their) = (read(base)?, read(ours)?, read(theirs)?);
    // Git gives an empty file where both have added it.
    let base = (!base.trim().is_empty()).then_some(base.as_str());
    let texts = Versions { base, ours: &our, theirs: &their };
    let merged = Kind::of(path)
        .ok_or_else(|| Diagnostic::error("no-project-file", "This is no file of a project"))
        .and_then(|kind| merge::merged(kind, &texts))
        .unwrap_or_else(|why| Merged { text: markers::with_markers(&texts), conflicts: vec![why] });
    disk.write(ours, merged.text.as_bytes())?;
    Ok(merged.conflicts.into_iter().map(|told| told.at_path(path.display())).collect())
}

fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now).to_string().replace(':', "-")
}

impl Folder {
    /// Files with conflict markers, and files with conflict copies, each with those.
    fn in_two_versions(&self, found: &mut Vec<Diagnostic>) -> BTreeMap<PathBuf, Vec<ConflictCopy>> {
        let mut all: BTreeMap<PathBuf, Vec<ConflictCopy>> = BTreeMap::new();
        for copy in self.conflict_copies() {
            all.entry(copy.of.clone()).or_default().push(copy);
        }
        let mut looked = Vec::new();
        let listed = Listing::of(self, &mut looked).files.into_iter().map(|(key, _)| key.path());
        found.extend(looked.into_iter().filter(Diagnostic::is_error));
        let own = [super::FileKey::Project, super::FileKey::Codebook].map(|key| key.path());
        for below in own.into_iter().chain(listed).chain(self.journal_files()) {
            let text = self.inside(&below).and_then(|path| self.disk.read(&path)).and_then(|(b, _)| read::utf8(b));
            if text.is_ok_and(|text| markers::sides(&text).is_some_and(|_| !merge::is_own_text(&below, &text))) {
                all.entry(below).or_default();
            }
        }
        all
    }

    /// Every file of every journal, below the project’s folder.
    fn journal_files(&self) -> Vec<PathBuf> {
        let list = |below: &Path| self.inside(below).and_then(|path| self.disk.list(&path)).unwrap_or_default();
        let folders = list(Path::new(HISTORY)).into_iter().filter_map(|path| path.file_name().map(PathBuf::from));
        let files = folders.flat_map(|folder| {
            let below = Path::new(HISTORY).join(folder);
            let names = list(&below).into_iter().filter_map(|path| path.file_name().map(PathBuf::from));
            names.map(|name| below.join(name)).collect::<Vec<_>>()
        });
        files.filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION)).collect()
    }

    /// Merges a file with its conflict copies, keeps what was there before, and removes the copies. Gives what both
    /// sides have changed differently.
    fn merge_file(
        &self,
        below: &Path,
        copies: &[ConflictCopy],
        set_aside: &Path,
    ) -> Result<Vec<Diagnostic>, Diagnostic> {
        let kind =
            Kind::of(below).ok_or_else(|| Diagnostic::error("no-project-file", "This is no file of a project"))?;
        let _nobody_else = self.nobody_at_work_on(below)?;
        let (mut merged, stamp) = self.version_of(kind, below)?;
        for copy in copies {
            let (other, _) = self.version_of(kind, &copy.path)?;
            let texts = Versions { base: None, ours: merged.text.as_str(), theirs: other.text.as_str() };
            let Merged { text, conflicts } = merge::merged(kind, &texts)?;
            merged.text = text;
            merged.conflicts.extend(other.conflicts.into_iter().chain(conflicts));
        }
        for before in std::iter::once(below).chain(copies.iter().map(|copy| copy.path.as_path())) {
            let (bytes, _) = self.disk.read(&self.inside(before)?)?;
            let kept = set_aside.join(before);
            self.replace(&kept, &bytes, Durability::Flushed, || Ok(()))?;
            // It is kept for good before the file is another one.
            self.disk.flush_folder(&self.root().join(disk::folder_of(&kept)))?;
        }
        self.replace(below, merged.text.as_bytes(), Durability::Flushed, || self.is_as(below, stamp))?;
        let path = self.inside(below)?;
        self.disk.flush_folder(disk::folder_of(&path))?;
        for copy in copies {
            self.disk.remove(&self.inside(&copy.path)?)?;
        }
        self.disk.flush_folder(disk::folder_of(&path))?;
        Ok(merged.conflicts)
    }

    /// A file with its stamp; where it has conflict markers, its two sides merged.
    fn version_of(&self, kind: Kind, below: &Path) -> Result<(Merged, Stamp), Diagnostic> {
        let path = self.inside(below)?;
        let at = |why: Diagnostic| why.at_path(path.display());
        let (bytes, stamp) = self.disk.read(&path)?;
        let text = read::utf8(bytes).map_err(at)?;
        let sides = markers::sides(&text).filter(|_| !merge::is_own_text(below, &text));
        let Some(sides) = sides else { return Ok((Merged { text, conflicts: Vec::new() }, stamp)) };
        let texts = Versions { base: sides.base.as_deref(), ours: &sides.ours, theirs: &sides.theirs };
        Ok((merge::merged(kind, &texts).map_err(at)?, stamp))
    }

    /// Holds the lock of the annotator whose file it is; refuses where a program works for them.
    fn nobody_at_work_on(&self, below: &Path) -> Result<Option<impl Sized + use<>>, Diagnostic> {
        let mut parts = below.iter().filter_map(|part| part.to_str());
        let by = match (parts.next(), parts.next()) {
            (Some(LAYERS | HISTORY), Some(by)) => AnnotatorId::new(by).ok(),
            _ => None,
        };
        let Some(by) = by else { return Ok(None) };
        let lock = self.lock_for_a_moment(&by);
        lock.map(Some).ok_or_else(|| {
            let by = self.name_of(&by);
            Diagnostic::error(
                "in-use",
                phrase!("A Pressmark is at work on this project as {by}, so it is not merged", by),
            )
            .hint("Close the project there, and merge again")
        })
    }

    /// Refuses where the file is not as it was a moment ago.
    fn is_as(&self, below: &Path, then: Stamp) -> Result<(), Diagnostic> {
        let path = self.inside(below)?;
        let now = self.disk.stamp(&path)?;
        if now.is_some_and(|now| now.is_surely(&then)) || self.disk.read(&path)?.1.hash == then.hash {
            return Ok(());
        }
        Err(Diagnostic::error("changed-outside", "Another program is changing the file, so it is not replaced")
            .hint("Merge again when it is done"))
    }
}
