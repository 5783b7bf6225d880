//! Two versions of a file become one again: what each side has changed since the version that both began with is in
//! the outcome. It knows texts alone, and reads and writes no file.
//!
//! Layers and relations are merged row by row, and a row field by field, a mark attribute by attribute. A row of which
//! both sides have changed the same field differently is kept twice: each version with everything else of the other
//! one, one of them under an id of its own. Which one that is, and the id, follow from the rows, so that two machines
//! that merge the same come to the same, and merging again changes nothing. What can't be kept twice, such as an
//! article's text or the name of a label, is refused: nothing is dropped and nothing is guessed.
//!
//! Where nobody knows what both sides began with, they are taken to have begun with nothing.

mod answers;
mod article;
mod codebook;
mod fields;
mod layer;
mod links;
pub mod markers;
mod marks;
mod project;
mod relations;
mod versions;

#[cfg(test)]
mod tests;

use std::path::{Component, Path};

pub use project::merged as merged_projects;
pub use versions::Versions;

use super::{
    file::{
        ArticleFile, CodebookFile, LayerFile, LinksFile, ProjectFile,
        layer::{LayerRows, LinksRows},
    },
    journal,
    key::{ARTICLES, CODEBOOK_FILE, EXTENSION, HISTORY, LAYERS, LINKS_FILE, PROJECT_FILE},
    layout, read,
};
use crate::{diagnostic::Diagnostic, text::hash::fingerprint};

/// The text of a file in which both versions are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    pub text: String,
    /// What both sides have changed differently: a warning each, which says what became of it.
    pub conflicts: Vec<Diagnostic>,
}

/// What a file is, as far as merging depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Project,
    Codebook,
    Article,
    Layer,
    Links,
    Journal,
}

impl Kind {
    /// By the end of a path, as version control gives it; `None` for what is no file of a project.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let folder = |nth: usize| match path.components().rev().nth(nth) {
            Some(Component::Normal(name)) => name.to_str(),
            _ => None,
        };
        if path.extension().is_none_or(|extension| extension != EXTENSION) {
            return None;
        }
        match (folder(2), folder(1)) {
            (Some(LAYERS), _) if name == LINKS_FILE => Some(Self::Links),
            (Some(LAYERS), _) => Some(Self::Layer),
            (Some(HISTORY), _) => Some(Self::Journal),
            (_, Some(ARTICLES)) => Some(Self::Article),
            _ if name == PROJECT_FILE => Some(Self::Project),
            _ if name == CODEBOOK_FILE => Some(Self::Codebook),
            _ => None,
        }
    }
}

/// Whether what looks like conflict markers in an article’s file is the article’s own text, as its fingerprint tells.
pub fn is_own_text(path: &Path, text: &str) -> bool {
    let file = || read::parse::<ArticleFile>(text).ok().map(ArticleFile::into_parts);
    Kind::of(path) == Some(Kind::Article)
        && file().is_some_and(|(article, text)| article.fingerprint == fingerprint(&text.0))
}

/// Merges the texts of a file. A side that is as the base, or both alike, needs no understanding of the text.
///
/// # Errors
/// A version cannot be read, or both sides have changed what can't be kept twice.
pub fn merged(kind: Kind, texts: &Versions<&str>) -> Result<Merged, Diagnostic> {
    if texts.ours == texts.theirs || texts.base == Some(texts.theirs) {
        return Ok(Merged::plain(texts.ours.to_owned()));
    }
    if texts.base == Some(texts.ours) {
        return Ok(Merged::plain(texts.theirs.to_owned()));
    }
    let mut conflicts = Vec::new();
    let text = match kind {
        Kind::Journal => journal::merged(texts),
        Kind::Layer => {
            let rows = texts.try_map(|text| LayerRows::of(read::parse::<LayerFile<'_>>(text)?))?;
            layout::file(&layer::merged(rows, &mut conflicts).into_file())
        }
        Kind::Links => {
            let rows = texts.try_map(|text| LinksRows::of(read::parse::<LinksFile>(text)?))?;
            layout::file(&links::merged(rows, &mut conflicts).into_file())
        }
        Kind::Project => {
            let files = texts.try_map(read::parse::<ProjectFile>)?;
            // What nobody knows of was there on neither side.
            let was = files.base.unwrap_or_else(|| ProjectFile {
                annotators: Vec::new(),
                stories: Vec::new(),
                ..files.theirs.clone()
            });
            layout::file(&merged_projects(files.theirs, &was, &files.ours)?)
        }
        Kind::Codebook => {
            let files = texts.try_map(read::parse::<CodebookFile>)?.map(Into::into);
            layout::file(&CodebookFile::from(&codebook::merged(&files, &mut conflicts)?))
        }
        Kind::Article => {
            let files = texts.try_map(read::parse::<ArticleFile>)?.map(ArticleFile::into_parts);
            let (article, text) = article::merged(files)?;
            layout::file(&ArticleFile::of(&article, &text.0))
        }
    };
    Ok(Merged { text, conflicts })
}

impl Merged {
    fn plain(text: String) -> Self {
        Self { text, conflicts: Vec::new() }
    }
}
