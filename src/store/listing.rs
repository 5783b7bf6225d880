//! What is in a project's folders, by names and stamps alone. It opens no file.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    FileKey,
    disk::{self, Stamp},
    key::{ARTICLES, EXTENSION, LAYERS, LINKS_FILE},
};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotatorId, ArticleId},
};

/// The files of a project, sorted by their keys, and the folders of layers.
#[derive(Debug, Default)]
pub struct Listing {
    pub files: Vec<(FileKey, Stamp)>,
    pub annotators: Vec<(AnnotatorId, PathBuf)>,
}

impl Listing {
    pub fn of(root: &Path, found: &mut Vec<Diagnostic>) -> Self {
        let mut listing = Self::default();
        let article = |name: &str| ArticleId::new(name).ok().map(FileKey::Article);
        listing.add(&root.join(ARTICLES), article, found);
        for (name, path) in entries(&root.join(LAYERS), found) {
            let Ok(annotator) = AnnotatorId::new(&name) else {
                found.push(stray(&path));
                continue;
            };
            if !path.is_dir() {
                found.push(stray(&path));
                continue;
            }
            let links = LINKS_FILE.strip_suffix(".ron").unwrap_or(LINKS_FILE);
            let key = |name: &str| match name {
                _ if name == links => Some(FileKey::Links(annotator.clone())),
                _ => ArticleId::new(name).ok().map(|article| FileKey::Layer(article, annotator.clone())),
            };
            listing.add(&path, key, found);
            listing.annotators.push((annotator, path));
        }
        listing.files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        listing
    }

    fn add(&mut self, folder: &Path, key: impl Fn(&str) -> Option<FileKey> + Sync, found: &mut Vec<Diagnostic>) {
        let entries = entries(folder, found);
        let stamped = |(name, path): (String, PathBuf)| {
            let key = name.strip_suffix(EXTENSION).and_then(|n| n.strip_suffix('.')).and_then(&key);
            let key = key.ok_or_else(|| stray(&path))?;
            let metadata = fs::metadata(&path).map_err(|error| disk::trouble("read", &path, &error))?;
            if metadata.is_file() { Ok((key, Stamp::of(&metadata))) } else { Err(stray(&path)) }
        };
        let all: Vec<Result<_, Diagnostic>> = entries.into_par_iter().map(stamped).collect();
        for one in all {
            match one {
                Ok(file) => self.files.push(file),
                Err(diagnostic) => found.push(diagnostic),
            }
        }
    }
}

/// Names and paths in a folder, without hidden ones; nothing where there is no such folder.
fn entries(folder: &Path, found: &mut Vec<Diagnostic>) -> Vec<(String, PathBuf)> {
    if !folder.exists() {
        return Vec::new();
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            found.push(disk::trouble("read", folder, &error));
            return Vec::new();
        }
    };
    let named = entries.flatten().map(|e| (e.file_name().to_string_lossy().into_owned(), e.path()));
    let mut named: Vec<_> = named.filter(|(name, _)| !name.starts_with('.')).collect();
    named.sort_unstable();
    named
}

fn stray(path: &Path) -> Diagnostic {
    Diagnostic::warning("stray-file", "This is not a file of the project")
        .at_path(path.display())
        .hint("It is left alone; move it elsewhere if it does not belong here")
}
