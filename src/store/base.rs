//! What was last read of a file here, or written to it: what both sides began with when another program has changed it.
//!
//! Bases stand in the folder’s state for files that were changed here since: three-way merging (`store/merge`) needs
//! what both sides began with. Nothing of them is written to the disk.

use std::sync::Arc;

use super::{
    FileKey, VERSION,
    file::{ArticleFile, CodebookFile, LayerFile, LinksFile, ProjectFile},
    layout,
};
use crate::{
    model::{Article, Codebook, Layer, Project, Rejections, RelationSet, SetAside},
    text::Text,
};

/// A file as the project had it when it was last read or written. Cheap to clone: it shares nearly everything with
/// the project.
#[derive(Clone, Debug)]
pub enum Base {
    /// `project.ron`.
    Project(Box<ProjectFile>),
    /// `codebook.ron`.
    Codebook(Arc<Codebook>),
    /// An article without its text, which a project rarely changes.
    Article(Arc<Article>),
    /// One annotator’s layer of an article.
    Layer(Layer),
    /// What one annotator has said across articles.
    Links(Option<RelationSet>, Option<Rejections>, Vec<SetAside>),
}

impl Base {
    /// The base of a file as the project is now; `None` where the project says nothing of it, or has not read it.
    pub fn of(project: &Project, key: &FileKey) -> Option<Self> {
        Some(match key {
            FileKey::Project => Self::Project(Box::new(ProjectFile::of(project, VERSION))),
            FileKey::Codebook => Self::Codebook(Arc::clone(project.codebook())),
            FileKey::Article(id) => Self::Article(Arc::clone(project.article(id)?)),
            FileKey::Layer(article, annotator) => Self::Layer(project.layer(article, annotator)?.clone()),
            FileKey::Links(annotator) => {
                let (links, rejections) = (project.links(annotator), project.rejections(annotator));
                if links.is_none() && rejections.is_none() {
                    return None;
                }
                let set_aside = project.links_set_aside(annotator).to_vec();
                Self::Links(links.cloned(), rejections.cloned(), set_aside)
            }
        })
    }

    /// The text of the file as it was. `now` and `text` are those of its article now; `None` where the text may have
    /// been another one then.
    pub fn file(&self, now: Option<&Article>, text: Option<&Text>) -> Option<String> {
        Some(match self {
            Self::Project(file) => layout::file(file),
            Self::Codebook(codebook) => layout::file(&CodebookFile::from(&**codebook)),
            Self::Article(article) => {
                now.filter(|now| now.fingerprint == article.fingerprint)?;
                layout::file(&ArticleFile::of(article, text?.as_str()))
            }
            Self::Layer(layer) => layout::file(&LayerFile::of(layer, text?)),
            Self::Links(links, rejections, set_aside) => {
                layout::file(&LinksFile::of(links.as_ref(), rejections.as_ref(), set_aside))
            }
        })
    }
}
