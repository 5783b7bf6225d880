//! What the list of articles needs of a file, without the rest of it.
//!
//! Reading a head passes over texts and rows as fast as the parser can; the index keeps heads so that even that is
//! rarely needed.

use super::{
    FileKey, Folder,
    file::{ArticleHead, SummaryFile},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Article, LayerSummary},
};

/// What a list shows of a file.
#[derive(Clone, Debug)]
pub enum Head {
    /// An article without its text.
    Article(Article),
    /// A layer in numbers.
    Layer(LayerSummary),
}

impl Folder {
    /// Reads the head of an article or a layer.
    ///
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
