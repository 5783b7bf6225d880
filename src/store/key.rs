//! Which file of a project holds what. It is the only place that knows the names of folders and files.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::model::{
    AnnotatorId, ArticleId, Project,
    edit::{Change, Home},
};

/// A file of a project. The order is that in which files are written: what others refer to comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKey {
    /// `codebook.ron`.
    Codebook,
    /// `project.ron`.
    Project,
    /// `articles/<article>.ron`.
    Article(ArticleId),
    /// `layers/<annotator>/<article>.ron`.
    Layer(ArticleId, AnnotatorId),
    /// `layers/<annotator>/links.ron`: one annotator’s relations across articles.
    Links(AnnotatorId),
}

pub const EXTENSION: &str = "ron";
pub const PROJECT_FILE: &str = "project.ron";
pub const CODEBOOK_FILE: &str = "codebook.ron";
pub const LINKS_FILE: &str = "links.ron";
pub const ARTICLES: &str = "articles";
pub const LAYERS: &str = "layers";
pub const HISTORY: &str = "history";
/// The folder of backups, which nothing reads unless it is asked to.
pub const BACKUPS: &str = "backups";
/// The folder of what can be deleted at any time: index, locks, unfinished files.
pub const SCRATCH: &str = ".pressmark";

impl FileKey {
    /// Every file that the project would have.
    pub fn all(project: &Project) -> BTreeSet<Self> {
        let mut keys = BTreeSet::from([Self::Project, Self::Codebook]);
        for (article, _) in project.articles() {
            keys.insert(Self::Article(article.clone()));
            keys.extend(project.layers(article).map(|(by, _)| Self::Layer(article.clone(), by.clone())));
        }
        keys.extend(project.all_links().map(|(by, _)| Self::Links(by.clone())));
        keys.extend(project.all_rejections().map(|(by, _)| Self::Links(by.clone())));
        let aside = project.annotators().filter(|(by, _)| !project.links_set_aside(by).is_empty());
        keys.extend(aside.map(|(by, _)| Self::Links(by.clone())));
        keys
    }

    /// The file at a path below the project’s folder; `None` for a path that no file of a project has.
    pub fn at(below: &Path) -> Option<Self> {
        let parts: Vec<&str> = below.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
        let article = |name: &str| ArticleId::new(name.strip_suffix(EXTENSION)?.strip_suffix('.')?).ok();
        match parts.as_slice() {
            [PROJECT_FILE] => Some(Self::Project),
            [CODEBOOK_FILE] => Some(Self::Codebook),
            [ARTICLES, name] => article(name).map(Self::Article),
            [LAYERS, annotator, LINKS_FILE] => AnnotatorId::new(annotator).ok().map(Self::Links),
            [LAYERS, annotator, name] => Some(Self::Layer(article(name)?, AnnotatorId::new(annotator).ok()?)),
            _ => None,
        }
    }

    /// Whether several annotators write it: such files are changed under the project’s lock.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Codebook | Self::Project | Self::Article(_))
    }

    /// The article that the file is of.
    pub fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::Article(article) | Self::Layer(article, _) => Some(article),
            Self::Codebook | Self::Project | Self::Links(_) => None,
        }
    }

    /// The path below the project’s folder. Ids are safe file names: see [`crate::model::id::is_name`].
    pub fn path(&self) -> PathBuf {
        let layers = |annotator: &AnnotatorId| PathBuf::from(LAYERS).join(annotator.as_str());
        match self {
            Self::Codebook => CODEBOOK_FILE.into(),
            Self::Project => PROJECT_FILE.into(),
            Self::Article(id) => PathBuf::from(ARTICLES).join(ron(id)),
            Self::Layer(article, annotator) => layers(annotator).join(ron(article)),
            Self::Links(annotator) => layers(annotator).join(LINKS_FILE),
        }
    }
}

fn ron(id: &ArticleId) -> String {
    format!("{id}.{EXTENSION}")
}

/// The files that changes touch; a corrected text touches everybody’s layer of the article.
pub fn touched(changes: &[Change]) -> BTreeSet<FileKey> {
    let mut keys = BTreeSet::new();
    for change in changes {
        if let Change::Text { id, layers, .. } = change {
            keys.extend(layers.iter().map(|annotator| FileKey::Layer(id.clone(), annotator.clone())));
        }
        keys.insert(key_of(change));
    }
    keys
}

/// The file that a change is of.
fn key_of(change: &Change) -> FileKey {
    match change {
        Change::Annotation { article, annotator, .. }
        | Change::Answers { article, annotator, .. }
        | Change::Relation { home: Home::Article(article), annotator, .. }
        | Change::SetAside { home: Home::Article(article), annotator, .. } => {
            FileKey::Layer(article.clone(), annotator.clone())
        }
        Change::Relation { home: Home::Links, annotator, .. }
        | Change::Rejection { annotator, .. }
        | Change::SetAside { home: Home::Links, annotator, .. } => FileKey::Links(annotator.clone()),
        Change::Article { id, .. } | Change::Text { id, .. } => FileKey::Article(id.clone()),
        Change::Story { .. } | Change::Annotator { .. } | Change::Name { .. } => FileKey::Project,
        Change::Codebook { .. } => FileKey::Codebook,
    }
}
