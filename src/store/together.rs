//! Saving a file that another program has changed: what is here and what is there become one.
//!
//! What others have written is then on the disk and not in memory, until the folder is looked at: so what is known of
//! the file stays what it was, and the next save merges again, from what was said here last.

use std::collections::BTreeSet;

use super::{
    FileKey, Folder,
    base::Base,
    disk::{Durability, Stamp},
    file::{LayerFile, LinksFile},
    layout,
    merge::{self, Kind, Merged, Versions},
};
use crate::{
    diagnostic::{Diagnostic, Severity},
    model::{ArticleId, Project},
};

/// So often in a row it is merged anew, where another program writes at the same moment.
const TRIES: usize = 3;

/// Whether a file may not be replaced because another program has written it, so that it can be merged.
pub fn is_foreign(why: &Diagnostic) -> bool {
    matches!(why.code.as_ref(), "changed-outside" | "not-ours")
}

/// The file of somebody who has said nothing; `None` for files that are always there.
pub fn blank(key: &FileKey) -> Option<String> {
    match key {
        FileKey::Layer(..) => Some(layout::file(&LayerFile::default())),
        FileKey::Links(_) => Some(layout::file(&LinksFile::default())),
        FileKey::Project | FileKey::Codebook | FileKey::Article(_) => None,
    }
}

impl Folder {
    /// Takes note of a file as the project has it, right after it was read or written.
    pub(super) fn note_base(&self, project: &Project, key: &FileKey) {
        let base = Base::of(project, key);
        let bases = &mut self.state().bases;
        match base {
            Some(base) => bases.insert(key.clone(), base),
            None => bases.remove(key),
        };
    }

    /// Forgets what layers said of articles that are released from memory: they are read again before anything in
    /// them changes.
    pub fn forget(&self, articles: &[ArticleId]) {
        let articles: BTreeSet<&ArticleId> = articles.iter().collect();
        let is_kept = |key: &FileKey| !matches!(key, FileKey::Layer(article, _) if articles.contains(article));
        self.state().bases.retain(|key, _| is_kept(key));
    }

    /// What came of merging since this was last asked.
    pub fn take_merged(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.state().merged)
    }

    /// What a file is to say where another program has changed it, and the stamp of the file on the disk that it was
    /// made of.
    ///
    /// # Errors
    /// The given reason why it can't be replaced, where it can't be merged either.
    pub(super) fn merged_with_disk(
        &self,
        project: &Project,
        key: &FileKey,
        ours: &str,
        why: &Diagnostic,
    ) -> Result<(Merged, Stamp), Diagnostic> {
        let below = key.path();
        let kind = Kind::of(&below).ok_or_else(|| why.clone())?;
        let base = self.state().bases.get(key).cloned();
        let text = key.article().and_then(|id| project.text(id));
        let now = key.article().and_then(|id| project.article(id));
        let base = base.and_then(|base| base.file(now.map(|article| &**article), text)).or_else(|| blank(key));
        let base = base.ok_or_else(|| why.clone())?;
        let (theirs, stamp) = self.read_newest(key)?;
        let merged =
            merge::merged(kind, &Versions { base: Some(&base), ours, theirs: &theirs }).map_err(|refused| {
                let hints = refused.hints.into_iter();
                hints.fold(why.clone().hint(refused.message), Diagnostic::hint)
            })?;
        Ok((merged, stamp))
    }

    /// Saves a file that another program has changed, merged with it.
    ///
    /// # Errors
    /// The given reason why it can't be replaced, where it can't be merged either; or it cannot be written.
    pub(super) fn write_merged(
        &self,
        project: &Project,
        key: &FileKey,
        ours: &str,
        why: Diagnostic,
    ) -> Result<(), Diagnostic> {
        let mut why = why;
        for _ in 0..TRIES {
            let (merged, stamp) = self.merged_with_disk(project, key, ours, &why)?;
            let still_so = || self.is_unchanged(key, Some(stamp));
            let path = self.inside(&key.path())?;
            let written = if blank(key).is_some_and(|blank| blank == merged.text) {
                still_so().and_then(|()| self.disk.remove(&path))
            } else {
                self.replace(&key.path(), merged.text.as_bytes(), Durability::Flushed, still_so).map(drop)
            };
            match written {
                Ok(()) => {
                    self.note_base(project, key);
                    let both = Diagnostic::note("merged", "Another program has changed the file too; it has both now");
                    let told = std::iter::once(both).chain(merged.conflicts);
                    let told = told.map(|told| told.at_path(path.display()));
                    self.state().merged.extend(told);
                    return Ok(());
                }
                Err(again) if is_foreign(&again) => why = again,
                Err(why) => return Err(why),
            }
        }
        Err(Diagnostic { severity: Severity::Error, ..why })
    }
}
