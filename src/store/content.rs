//! What a file is to say, and whether it may be replaced by it.
//!
//! A file is only replaced where its bytes on the disk are those that were read or written here last (by stamp, and
//! where that is not sure, by hash). Any other file is merged with (`store/merging`) or left alone.

use super::{
    FileKey, Folder, VERSION,
    disk::Stamp,
    file::{ArticleFile, CodebookFile, LayerFile, LinksFile, ProjectFile},
    layout,
    merge::merged_projects,
    together::is_foreign,
};
use crate::{diagnostic::Diagnostic, model::Project, phrase};

impl Folder {
    /// The text of a file as the project says it; `None` where there is nothing to write. What others have written
    /// into `project.ron` since it was read stays in it.
    ///
    /// # Errors
    /// Something that it takes from a file cannot be read, or others have changed the same.
    pub(super) fn content(&self, project: &Project, key: &FileKey) -> Result<Option<String>, Diagnostic> {
        Ok(Some(match key {
            FileKey::Project => return self.project_content(project),
            FileKey::Codebook => layout::file(&CodebookFile::from(&**project.codebook())),
            FileKey::Article(id) => {
                let Some(article) = project.article(id) else { return Ok(None) };
                match project.text(id) {
                    Some(text) => layout::file(&ArticleFile::of(article, text.as_str())),
                    // Metadata may change while the text was never looked at; it stays as the file has it.
                    None => {
                        let (_, text) = self.read_file::<ArticleFile>(key)?.0.into_parts();
                        layout::file(&ArticleFile::of(article, &text.0))
                    }
                }
            }
            FileKey::Layer(article, annotator) => {
                let (Some(layer), Some(text)) = (project.layer(article, annotator), project.text(article)) else {
                    return Ok(None);
                };
                layout::file(&LayerFile::of(layer, text))
            }
            FileKey::Links(annotator) => {
                let (links, rejections) = (project.links(annotator), project.rejections(annotator));
                let set_aside = project.links_set_aside(annotator);
                if links.is_none() && rejections.is_none() && set_aside.is_empty() {
                    return Ok(None);
                }
                layout::file(&LinksFile::of(links, rejections, set_aside))
            }
        }))
    }

    /// The text of `project.ron`, merged with what is on the disk; `None` where it says so already.
    fn project_content(&self, project: &Project) -> Result<Option<String>, Diagnostic> {
        let is = ProjectFile::of(project, VERSION);
        let was = self.state().project_file.clone();
        let path = self.inside(&FileKey::Project.path())?;
        let file = match was {
            Some(was) if self.disk.info(&path)?.is_some() => {
                let (disk, stamp) = self.read_file::<ProjectFile>(&FileKey::Project)?;
                // What is written is put together of just these bytes.
                self.state().stamps.insert(FileKey::Project, stamp);
                if was == is || disk == is {
                    return Ok(None);
                }
                merged_projects(disk, &was, &is).map_err(|why| why.at_path(path.display()))?
            }
            _ => is,
        };
        Ok(Some(layout::file(&file)))
    }

    /// Whether a file may be replaced by what the project says, or merged with it, as far as that can be told before
    /// writing. So a change that could not be saved is refused before it is in the journal.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn may_replace(&self, project: &Project, key: &FileKey) -> Result<(), Diagnostic> {
        self.is_still_there()?;
        match key {
            FileKey::Project => {
                let Some(was) = self.state().project_file.clone() else { return Ok(()) };
                let (disk, _) = self.read_file::<ProjectFile>(key)?;
                let merged = merged_projects(disk, &was, &ProjectFile::of(project, VERSION));
                merged.map(drop).map_err(|why| why.at_path(self.path(key).display()))
            }
            FileKey::Article(_) | FileKey::Codebook => {
                let content = self.content(project, key)?;
                match (self.known_as(key, content.as_deref().map(str::as_bytes)), content) {
                    (Err(why), Some(ours)) if is_foreign(&why) => {
                        self.merged_with_disk(project, key, &ours, &why).map(drop)
                    }
                    (known, _) => known.map(drop),
                }
            }
            _ => self.known_as(key, None).map(drop),
        }
    }

    /// The stamp of the file on the disk, where that is the one that was read or written here; `None` where there is
    /// no file. One with the very bytes of `content` counts as known.
    ///
    /// # Errors
    /// It is another one, or was never read here.
    pub(super) fn known_as(&self, key: &FileKey, content: Option<&[u8]>) -> Result<Option<Stamp>, Diagnostic> {
        let path = self.inside(&key.path())?;
        let Some(now) = self.disk.stamp(&path)? else { return Ok(None) };
        let then = self.state().stamps.get(key).copied();
        if then.is_some_and(|then| now.is_surely(&then)) {
            return Ok(then);
        }
        // A program may have written the same bytes again, as version control does; or others of the same length, and
        // put the time back, as synchronising programs do.
        let (bytes, read) = self.disk.read(&path)?;
        let is_as_then = then.is_some_and(|then| then.hash.is_some() && then.hash == read.hash);
        if is_as_then || content.is_some_and(|content| content == bytes) {
            self.state().stamps.insert(key.clone(), read);
            return Ok(Some(read));
        }
        Err(match then {
            None => Diagnostic::error("not-ours", "There is a file here that was not read, so it is not replaced")
                .at_path(path.display())
                .hint("Repair the file, or move it elsewhere, and save again"),
            Some(_) => {
                Diagnostic::error("changed-outside", "Another program has changed the file, so it is not replaced")
                    .at_path(path.display())
                    .hint("Move that file elsewhere and save again to keep what is here")
                    .hint("Or open the project again to go on with what the file says")
            }
        })
    }

    /// Refuses where the file is not as it was a moment ago; asked right before it is replaced.
    ///
    /// # Errors
    /// The file is not as it was when it was read a moment ago.
    pub(super) fn is_unchanged(&self, key: &FileKey, then: Option<Stamp>) -> Result<(), Diagnostic> {
        let path = self.inside(&key.path())?;
        let is_same = match (then, self.disk.stamp(&path)?) {
            (None, None) => true,
            (Some(then), Some(now)) => now.is_surely(&then) || self.disk.read(&path)?.1.hash == then.hash,
            _ => false,
        };
        if is_same {
            return Ok(());
        }
        Err(Diagnostic::error("changed-outside", "Another program is changing the file, so it is not replaced")
            .at_path(path.display()))
    }

    /// Refuses a layer that uses something the codebook’s file does not have yet, because it could not be read again.
    /// It is written once the codebook is.
    ///
    /// # Errors
    /// The layer says something that the codebook on the disk does not know.
    pub(super) fn codebook_is_saved(&self, project: &Project, key: &FileKey) -> Result<(), Diagnostic> {
        let FileKey::Layer(article, annotator) = key else { return Ok(()) };
        let Some(saved) = self.state().codebook.clone() else { return Ok(()) };
        project.check_layer_under(&saved, article, annotator).map_err(|why| {
            Diagnostic::error("codebook-first", "The layer refers to what the codebook’s file does not have yet")
                .at_path(self.path(key).display())
                .hint(phrase!("See why the codebook can’t be saved ({why})", why = why.message))
        })
    }
}
