//! What is in a project's folders, by names and stamps alone. It opens no file. Folders are read with all threads, as
//! a project may have tens of thousands of files.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{
    FileKey, Folder, copies,
    disk::{self, Stamp},
    filesystem::FileKind,
    folder::link,
    key::{ARTICLES, EXTENSION, LAYERS, LINKS_FILE},
};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotatorId, ArticleId},
};

/// The files of a project, sorted by key, with their stamps.
#[derive(Debug, Default)]
pub struct Listing {
    pub files: Vec<(FileKey, Stamp)>,
    /// Annotators with a folder of layers, and that folder.
    pub annotators: Vec<(AnnotatorId, PathBuf)>,
    /// Folders in which there are unfinished files of programs.
    pub unfinished: Vec<PathBuf>,
}

impl Listing {
    /// Everything in the folder that is a file of the project; `found` gets what else was there (warnings) and what
    /// could not be listed (errors: of that nothing is known).
    pub fn of(folder: &Folder, found: &mut Vec<Diagnostic>) -> Self {
        let mut listing = Self::default();
        let article = |name: &str| ArticleId::new(name).ok().map(FileKey::Article);
        listing.add(folder, Path::new(ARTICLES), article, found);
        for (name, path) in listing.entries(folder, Path::new(LAYERS), found) {
            let kind = folder.disk.files().look_at(&path).map(|info| info.kind);
            let (Ok(annotator), Ok(FileKind::Folder)) = (AnnotatorId::new(&name), &kind) else {
                found.push(if matches!(kind, Ok(FileKind::Link)) { link(&path) } else { stray(&path) });
                continue;
            };
            let links = LINKS_FILE.strip_suffix(".ron").unwrap_or(LINKS_FILE);
            let key = |name: &str| match name {
                _ if name == links => Some(FileKey::Links(annotator.clone())),
                _ => ArticleId::new(name).ok().map(|article| FileKey::Layer(article, annotator.clone())),
            };
            listing.add(folder, &Path::new(LAYERS).join(&name), key, found);
            listing.annotators.push((annotator, path));
        }
        listing.files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        listing
    }

    /// Adds the files of one folder; `key` makes a file’s key from its name without extension.
    fn add(
        &mut self,
        folder: &Folder,
        below: &Path,
        key: impl Fn(&str) -> Option<FileKey> + Sync,
        found: &mut Vec<Diagnostic>,
    ) {
        let entries = self.entries(folder, below, found);
        let names: FxHashSet<String> = entries.iter().map(|(name, _)| name.clone()).collect();
        let stamped = |(name, path): (String, PathBuf)| {
            let key = name.strip_suffix(EXTENSION).and_then(|n| n.strip_suffix('.')).and_then(&key);
            let key = key.ok_or_else(|| stray(&path))?;
            let info = folder.disk.files().look_at(&path).map_err(|error| disk::trouble("read", &path, &error))?;
            match info.kind {
                FileKind::File => Ok((key, Stamp::of(&info))),
                FileKind::Link => Err(link(&path)),
                FileKind::Folder | FileKind::Other => Err(stray(&path)),
            }
        };
        let all: Vec<Result<_, Diagnostic>> = entries.into_par_iter().map(stamped).collect();
        let is_copy = |told: &Diagnostic| {
            told.location.path.as_deref().is_some_and(|path| {
                let name = Path::new(path).file_name().and_then(|name| name.to_str());
                name.is_some_and(|name| copies::original(name, |original| names.contains(original)).is_some())
            })
        };
        for one in all {
            match one {
                Ok(file) => self.files.push(file),
                // It is told as one.
                Err(stray) if stray.code == "stray-file" && is_copy(&stray) => {}
                Err(diagnostic) => found.push(diagnostic),
            }
        }
    }

    /// Names and paths in a folder, sorted, without hidden ones; nothing where there is no such folder.
    fn entries(&mut self, folder: &Folder, below: &Path, found: &mut Vec<Diagnostic>) -> Vec<(String, PathBuf)> {
        let paths = folder.inside(below).and_then(|path| folder.disk.list(&path)).unwrap_or_else(|diagnostic| {
            found.push(diagnostic);
            Vec::new()
        });
        let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let named = paths.into_iter().filter_map(|path| Some((name(&path)?, path)));
        let (hidden, shown): (Vec<_>, Vec<_>) = named.partition(|(name, _)| name.starts_with('.'));
        if hidden.iter().any(|(name, _)| disk::is_temporary(name)) {
            self.unfinished.push(folder.root().join(below));
        }
        shown
    }
}

fn stray(path: &Path) -> Diagnostic {
    Diagnostic::warning("stray-file", "This is not a file of the project")
        .at_path(path.display())
        .hint("It is left alone; move it elsewhere if it does not belong here")
}
