//! Articles' files, of which what is known and the text are changed apart, and the texts that marks are held against.

use super::{
    super::{
        chain::{Link, RowChange, follow},
        plan::{ArticleChange, ArticleRow},
    },
    Files, Mode,
};
use crate::{
    diagnostic::Diagnostic,
    model::ArticleId,
    store::{
        FileKey, Folder,
        file::{
            ArticleFile, ArticleHead,
            article::Shape,
            journal::{MarkRow, Side},
            layer::{AnnotationRow, LayerRows},
            shape::Hash,
        },
        layout,
    },
    text::{Text, hash::content_hash},
};

impl Files<'_> {
    pub(super) fn article(
        &mut self,
        key: &FileKey,
        id: &ArticleId,
        chain: &[Link<ArticleChange>],
    ) -> Result<(), Diagnostic> {
        let read = self.read(key)?;
        let now = read.as_ref().map(|(file, _)| self.row_of(key, file, chain)).transpose()?;
        let Some(row) = self.outcome(key, "article", follow(chain, now.clone())) else { return Ok(()) };
        if self.mode != Mode::CarryOut {
            return Ok(());
        }
        let Some(row) = row else { return self.folder.take_away(id) };
        let is_same_text = now.as_ref().is_some_and(|now| now.text == row.text);
        let text = match row.text.filter(|_| !is_same_text) {
            Some(hash) => text_of(self.folder, id, hash, chain),
            None if now.is_some() => Some(self.folder.read_file::<ArticleFile>(key)?.0.into_parts().1.0),
            None => None,
        };
        let text = text.ok_or_else(|| lost_text(id))?;
        let content = layout::file(&ArticleFile::of(&row.head.into_parts().0, &text));
        let stamp = read.as_ref().map(|(_, stamp)| *stamp);
        let unchanged = || self.folder.is_unchanged(key, stamp);
        if stamp.is_some() {
            self.folder.keep_old_text(id, &text)?;
        }
        if self.folder.bring_back(id, &text, &content, unchanged)?.is_some() {
            return self.folder.flush_folder_of(key);
        }
        self.write(key, stamp, &content)
    }

    /// The text is looked at only where it was corrected.
    fn row_of(&self, key: &FileKey, file: &str, chain: &[Link<ArticleChange>]) -> Result<ArticleRow, Diagnostic> {
        if chain.iter().any(|link| link.change.text.was.is_some() && link.change.text.is.is_some()) {
            let (article, text) = self.folder.parse::<ArticleFile>(key, file)?.into_parts();
            return Ok(ArticleRow { head: Shape::head(&article), text: Some(Hash(content_hash(&text.0))) });
        }
        let (article, _) = self.folder.parse::<ArticleHead>(key, file)?.into_parts();
        Ok(ArticleRow { head: Shape::head(&article), text: None })
    }

    /// Marks that stand in a corrected text as they stood before it are written with what stands around them now;
    /// gives whether there are any.
    pub(super) fn in_corrected_text(&self, rows: &mut LayerRows<'_>, texts: &mut Texts<'_>) -> bool {
        if self.mode != Mode::CarryOut || texts.old.is_empty() {
            return false;
        }
        let Ok(new) = texts.now().cloned() else { return false };
        let mut is_changed = false;
        for old in texts.old() {
            for row in rows.annotations.values_mut() {
                if let Some(anew) = row.in_corrected(&old, &new).filter(|anew| anew.fragments != row.fragments) {
                    (*row, is_changed) = (anew, true);
                }
            }
        }
        is_changed
    }
}

/// The text of an article as it is now, and as it was before it was corrected; each read when it is needed.
pub(super) struct Texts<'f> {
    folder: &'f Folder,
    article: &'f ArticleId,
    old: &'f [Hash],
    now: Option<Text>,
}

impl<'f> Texts<'f> {
    pub fn of(folder: &'f Folder, article: &'f ArticleId, old: &'f [Hash]) -> Self {
        Self { folder, article, old, now: None }
    }

    /// The row of a layer's file that says of a mark what the history says. A lost one has its words in an older text.
    pub fn row_of<'t>(
        &mut self,
        mark: MarkRow<'t>,
        old: Option<&AnnotationRow<'t>>,
    ) -> Result<AnnotationRow<'t>, Diagnostic> {
        if mark.is_lost() && old.is_none() {
            let mut texts = self.old();
            texts.reverse();
            if let Some(row) = texts.iter().find_map(|text| mark.clone().into_layer_row(None, text).ok()) {
                return Ok(row);
            }
        }
        mark.into_layer_row(old, self.now()?)
    }

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

    /// Those that are still kept.
    fn old(&self) -> Vec<Text> {
        let files = self.old.iter().filter_map(|hash| self.folder.text_aside(self.article, hash.0));
        files.map(|file| Text::new(file.into_parts().1.0)).collect()
    }
}

impl RowChange<ArticleRow> for ArticleChange {
    fn holds(&self, row: Option<&ArticleRow>, side: Side) -> bool {
        let text = self.text.at(side).zip(row.and_then(|row| row.text.as_ref()));
        self.head.at(side) == row.map(|row| &row.head) && text.is_none_or(|(own, text)| own == text)
    }

    fn carried(&self, row: Option<ArticleRow>, side: Side) -> Option<ArticleRow> {
        let text = self.text.at(side).copied().or_else(|| row.and_then(|row| row.text));
        self.head.at(side).map(|head| ArticleRow { head: head.clone(), text })
    }
}

pub(super) fn is_removed(chain: &[Link<ArticleChange>]) -> bool {
    chain.last().is_some_and(|link| link.change.head.at(link.side).is_none())
}

/// A text that came, went or was corrected.
fn text_of(folder: &Folder, id: &ArticleId, hash: Hash, chain: &[Link<ArticleChange>]) -> Option<String> {
    let aside = folder.text_aside(id, hash.0).map(|file| file.into_parts().1.0);
    let in_entry = || chain.iter().rev().find_map(|link| link.change.removed_text.as_ref());
    aside.or_else(|| in_entry().map(|text| text.0.clone()).filter(|text| content_hash(text) == hash.0))
}

fn lost_text(id: &ArticleId) -> Diagnostic {
    Diagnostic::error("not-found", format!("The text of {id} is in no file of the history"))
        .hint("Restore the folder history from a copy")
}
