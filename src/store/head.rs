//! What the list of articles needs of a file, without the rest of it.

use super::{
    FileKey, Folder,
    file::{ArticleHead, SummaryFile},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Article, LayerSummary},
};

/// The beginning of an article, or a layer in numbers.
#[derive(Clone, Debug)]
pub enum Head {
    Article(Article),
    Layer(LayerSummary),
}

impl Folder {
    /// # Errors
    /// The file cannot be read; with its path.
    pub(super) fn read_head(&self, key: &FileKey) -> Result<Head, Diagnostic> {
        let (text, _) = self.read_newest(key)?;
        if !matches!(key, FileKey::Layer(..)) {
            return self.parse(key, &text).map(|file: ArticleHead| Head::Article(file.into_parts().0));
        }
        self.parse(key, &text).map(|file: SummaryFile| Head::Layer(file.summary()))
    }
}
