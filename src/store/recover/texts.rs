//! Articles' texts: which one an article's file has and is to have, and those that marks are held against.

use super::{
    chain::{Link, RowChange},
    plan::{ArticleChange, ArticleRow},
};
use crate::{
    diagnostic::Diagnostic,
    model::ArticleId,
    phrase,
    store::{
        FileKey, Folder,
        file::{
            ArticleFile, ArticleHead,
            article::Shape,
            journal::{MarkRow, Side},
            layer::{AnnotationRow, LayerRows},
            shape::Hash,
        },
    },
    text::{Text, hash::content_hash},
};

/// The text of an article as it is now and as it was before corrections; each read when it is needed.
pub struct Texts<'f> {
    folder: &'f Folder,
    article: &'f ArticleId,
    /// The hashes of its texts before corrections, oldest first.
    old: &'f [Hash],
    now: Option<Text>,
}

impl<'f> Texts<'f> {
    pub fn of(folder: &'f Folder, article: &'f ArticleId, old: &'f [Hash]) -> Self {
        Self { folder, article, old, now: None }
    }

    /// Rewrites the surroundings of marks that stand in the corrected text where they stood before it; says whether
    /// there are any.
    pub fn bring_into_corrected(&mut self, rows: &mut LayerRows<'_>) -> bool {
        if self.old.is_empty() {
            return false;
        }
        let Ok(new) = self.now().cloned() else { return false };
        let mut is_changed = false;
        for old in self.old() {
            for row in rows.annotations.values_mut() {
                if let Some(anew) = row.in_corrected(&old, &new).filter(|anew| anew.fragments != row.fragments) {
                    (*row, is_changed) = (anew, true);
                }
            }
        }
        is_changed
    }

    /// The row of a layer’s file for a mark of the history.
    pub fn row_of<'t>(
        &mut self,
        mark: MarkRow<'t>,
        old: Option<&AnnotationRow<'t>>,
    ) -> Result<AnnotationRow<'t>, Diagnostic> {
        mark.into_layer_row(old, self.now()?)
    }

    /// The text as it is now.
    fn now(&mut self) -> Result<&Text, Diagnostic> {
        let text = match self.now.take() {
            Some(text) => text,
            None => {
                let (file, _) = self.folder.read_file::<ArticleFile>(&FileKey::Article(self.article.clone()))?;
                Text::new(file.into_parts().1.0)
            }
        };
        Ok(self.now.insert(text))
    }

    /// The former texts that are still kept.
    fn old(&self) -> Vec<Text> {
        let text = |hash: &Hash| Some(Text::new(self.folder.text_aside(self.article, hash.0)?.into_parts().1.0));
        self.old.iter().filter_map(text).collect()
    }
}

impl ArticleRow {
    /// What an article's file says, whose changes these are. The text is looked at only where it was corrected.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of(folder: &Folder, key: &FileKey, file: &str, chain: &[Link<ArticleChange>]) -> Result<Self, Diagnostic> {
        if chain.iter().any(|link| link.change.text.was.is_some() && link.change.text.is.is_some()) {
            let (article, text) = folder.parse::<ArticleFile>(key, file)?.into_parts();
            return Ok(Self { head: Shape::head(&article), text: Some(Hash(content_hash(&text.0))) });
        }
        let (article, _) = folder.parse::<ArticleHead>(key, file)?.into_parts();
        Ok(Self { head: Shape::head(&article), text: None })
    }
}

impl RowChange<ArticleRow> for ArticleChange {
    fn holds(&self, row: Option<&ArticleRow>, side: Side) -> bool {
        let text = self.text.at(side).zip(row.and_then(|row| row.text.as_ref()));
        self.head.at(side) == row.map(|row| &row.head) && text.is_none_or(|(own, text)| own == text)
    }

    fn says_all(&self) -> bool {
        true
    }

    fn carried(&self, row: Option<ArticleRow>, side: Side) -> Option<ArticleRow> {
        let text = self.text.at(side).copied().or_else(|| row.and_then(|row| row.text));
        self.head.at(side).map(|head| ArticleRow { head: head.clone(), text })
    }

    fn forks_from(&self, side: Side, before: &Self, to: Side) -> bool {
        self.head.forks_from(side, &before.head, to)
    }
}

/// Whether the last change removes the article.
pub fn is_removed(chain: &[Link<ArticleChange>]) -> bool {
    chain.last().is_some_and(|link| link.change.head.at(link.side).is_none())
}

/// A text that came, went or was corrected, by its hash: kept in the history, or, in entries of version 1, in the
/// line.
pub fn text_of(folder: &Folder, id: &ArticleId, hash: Hash, chain: &[Link<ArticleChange>]) -> Option<String> {
    let aside = folder.text_aside(id, hash.0).map(|file| file.into_parts().1.0);
    let in_entry = || chain.iter().rev().find_map(|link| link.change.removed_text.as_ref());
    aside.or_else(|| in_entry().map(|text| text.0.clone()).filter(|text| content_hash(text) == hash.0))
}

pub fn lost_text(id: &ArticleId) -> Diagnostic {
    Diagnostic::error("not-found", phrase!("The text of {id} is in no file of the history", id))
        .hint("Restore the folder history from a copy")
}
