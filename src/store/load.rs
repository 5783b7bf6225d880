//! Reading an article's text and its layers, when they are looked at. What is read is noted by stamp, so that saving
//! knows whether the file is still the same.

use super::{
    FileKey, Folder,
    disk::Stamp,
    file::{ArticleFile, LayerFile, layer::Moved},
    set_aside,
};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotatorId, ArticleId, LayerSlot, Project, known as known_rows},
    phrase,
    text::Text,
};

impl Folder {
    /// Brings in an article’s text and those of its layers that are not read yet. Gives what was repaired, and which
    /// layers could not be read: those stay unread and are never overwritten.
    ///
    /// # Errors
    /// The project has no such article, or its file cannot be read.
    pub fn read_article(&self, project: &mut Project, id: &ArticleId) -> Result<Vec<Diagnostic>, Diagnostic> {
        let mut found = Vec::new();
        if project.text(id).is_none() {
            let text = self.read_text(project, id, &mut found)?;
            project.load_text(id, text);
        }
        let unread = project.layers(id).filter(|(_, slot)| matches!(slot, LayerSlot::Unread(_)));
        let unread: Vec<AnnotatorId> = unread.map(|(annotator, _)| annotator.clone()).collect();
        for annotator in unread {
            match self.read_layer(project, id, &annotator) {
                Ok(repaired) => found.extend(repaired),
                Err(wrong) => found.extend(wrong),
            }
        }
        Ok(found)
    }

    /// Reads the text; one that was changed from outside is reported.
    fn read_text(&self, project: &Project, id: &ArticleId, found: &mut Vec<Diagnostic>) -> Result<Text, Diagnostic> {
        let known = known_rows::article(project, id)?;
        let key = FileKey::Article(id.clone());
        let before = self.stamp_of(&key);
        let (file, stamp) = self.read_file::<ArticleFile>(&key)?;
        let (article, text) = file.into_parts();
        if article == **known {
            self.remember(key, before, Some(stamp));
        } else if self.is_changed(&key, &stamp) {
            found.push(
                Diagnostic::warning("changed-outside", "What is known of the article was changed by another program")
                    .about(known.metadata.title.clone())
                    .at_path(self.path(&key).display())
                    .hint("Open the project again to see the change"),
            );
        }
        Ok(Text::new(text.0))
    }

    /// Reads a layer; gives what was repaired or set aside.
    fn read_layer(
        &self,
        project: &mut Project,
        id: &ArticleId,
        annotator: &AnnotatorId,
    ) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let key = FileKey::Layer(id.clone(), annotator.clone());
        let path = self.path(&key).display().to_string();
        let title = project.article(id).map_or(String::new(), |a| a.metadata.title.clone());
        let before = self.stamp_of(&key);
        let read = self.read_newest(&key).map_err(|d| vec![d]).and_then(|(file, stamp)| {
            let text_of_file = &file;
            let file: LayerFile<'_> = self.parse(&key, text_of_file).map_err(|d| vec![d])?;
            let text = project.text(id).cloned().unwrap_or_default();
            let (raw, moved) = file.into_raw(id, &text)?;
            let aside = project.load_layer(id, annotator, raw)?;
            Ok((moved, set_aside::told(&aside, text_of_file), stamp))
        });
        match read {
            Ok((moved, aside, stamp)) => {
                if self.remember(key.clone(), before, Some(stamp)) {
                    self.note_base(project, &key);
                }
                let moved = moved.iter().map(|m| repaired(m, &title));
                Ok(moved.chain(aside).map(|d| d.at_path(&path)).collect())
            }
            Err(wrong) => {
                // What is not remembered is never overwritten.
                self.remember(key, before, None);
                Err(wrong.into_iter().map(|d| d.at_path(&path)).collect())
            }
        }
    }

    /// The stamp that is known of a file.
    fn stamp_of(&self, key: &FileKey) -> Option<Stamp> {
        self.state().stamps.get(key).copied()
    }

    /// Takes note of a file’s stamp, unless the file was saved here since the reading began: then that stamp is
    /// newer. Says whether it was noted.
    fn remember(&self, key: FileKey, before: Option<Stamp>, now: Option<Stamp>) -> bool {
        let stamps = &mut self.state().stamps;
        if stamps.get(&key).copied() != before {
            return false;
        }
        match now {
            Some(stamp) => stamps.insert(key, stamp),
            None => stamps.remove(&key),
        };
        true
    }

    /// Whether the file has changed since it was read or written here.
    fn is_changed(&self, key: &FileKey, now: &Stamp) -> bool {
        self.stamp_of(key).is_none_or(|then| !then.looks_like(now))
    }
}

fn repaired(moved: &Moved, title: &str) -> Diagnostic {
    let Moved { words, old, new } = moved;
    let message = phrase!(
        "The words “{words}” are not at {start} to {end} any more; their mark was moved to {new_start} to {new_end}",
        words,
        start = &old.0,
        end = &old.1,
        new_start = &new.0,
        new_end = &new.1
    );
    Diagnostic::warning("re-anchored", message)
        .about(title)
        .hint("Look at the mark; it is kept at its new place when the layer is next saved")
}
