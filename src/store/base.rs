//! What was last read of a file here, or written to it: what both sides began with when another program has changed it.

use std::sync::Arc;

use super::{
    FileKey, VERSION,
    file::{ArticleFile, CodebookFile, LayerFile, LinksFile, ProjectFile},
    layout,
};
use crate::{
    model::{Article, Codebook, Layer, Project, RelationSet, SetAside},
    text::Text,
};

/// A file as the project had it. Cheap to clone: it shares nearly all with the project.
#[derive(Clone, Debug)]
pub enum Base {
    Project(Box<ProjectFile>),
    Codebook(Arc<Codebook>),
    /// Without its text, which a project rarely changes.
    Article(Arc<Article>),
    Layer(Layer),
    Links(RelationSet, Vec<SetAside>),
}

impl Base {
    /// What a project says of a file; `None` where it says nothing, or has not read it.
    pub fn of(project: &Project, key: &FileKey) -> Option<Self> {
        Some(match key {
            FileKey::Project => Self::Project(Box::new(ProjectFile::of(project, VERSION))),
            FileKey::Codebook => Self::Codebook(Arc::clone(project.codebook())),
            FileKey::Article(id) => Self::Article(Arc::clone(project.article(id)?)),
            FileKey::Layer(article, annotator) => Self::Layer(project.layer(article, annotator)?.clone()),
            FileKey::Links(annotator) => {
                Self::Links(project.links(annotator)?.clone(), project.links_set_aside(annotator).to_vec())
            }
        })
    }

    /// The file's text. `text` is that of its article, as it is now; `None` where it may have been another one then.
    pub fn file(&self, now: Option<&Article>, text: Option<&Text>) -> Option<String> {
        Some(match self {
            Self::Project(file) => layout::file(file),
            Self::Codebook(codebook) => layout::file(&CodebookFile::from(&**codebook)),
            Self::Article(article) => {
                now.filter(|now| now.fingerprint == article.fingerprint)?;
                layout::file(&ArticleFile::of(article, text?.as_str()))
            }
            Self::Layer(layer) => layout::file(&LayerFile::of(layer, text?)),
            Self::Links(links, set_aside) => layout::file(&LinksFile::of(Some(links), set_aside)),
        })
    }
}
