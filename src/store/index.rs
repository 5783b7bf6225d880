//! The index: what the list needs of each file, kept so that opening need not read them all again.
//!
//! It may be deleted at any time. A row counts only while its file has the length and time it had when the row was
//! made; an index that cannot be read or written is no trouble, only slower.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    FileKey, Folder,
    disk::{Durability, Stamp},
    file::article::Shape,
    head::Head,
    key::SCRATCH,
};
use crate::model::{AnnotatorId, ArticleId, LayerSummary};

/// Counts up when the rows change their shape; another one is passed over.
const FORMAT: u32 = 2;
/// Its name, in the folder for what can be deleted at any time.
const FILE: &str = "index.json";
/// With fewer files than this, reading them is as fast as reading an index.
const WORTH_IT: usize = 200;

/// Heads of files, with the stamps they had.
#[derive(Debug, Default)]
pub struct Index {
    rows: FxHashMap<FileKey, (Stamp, Head)>,
}

/// The index as JSON. A row has the id, the file’s length in bytes, its time in nanoseconds since 1970, and the head.
#[derive(Debug, Serialize, Deserialize)]
struct IndexFile {
    format: u32,
    articles: Vec<(ArticleId, u64, u64, Shape<()>)>,
    layers: Vec<(ArticleId, AnnotatorId, u64, u64, LayerSummary)>,
}

impl Index {
    /// The index of a project; empty where there is none that can be used.
    pub fn read(folder: &Folder) -> Self {
        let read = folder.inside(&path()).and_then(|path| folder.disk.read(&path)).ok();
        let file = read.and_then(|(bytes, _)| serde_json::from_slice::<IndexFile>(&bytes).ok());
        let Some(file) = file.filter(|f| f.format == FORMAT) else { return Self::default() };
        let stamp = |len, modified_ns| Stamp { len, modified_ns, identity: None, hash: None };
        let articles = file.articles.into_iter().map(|(id, len, modified_ns, head)| {
            (FileKey::Article(id), (stamp(len, modified_ns), Head::Article(head.into_parts().0)))
        });
        let layers = file.layers.into_iter().map(|(article, annotator, len, modified_ns, summary)| {
            (FileKey::Layer(article, annotator), (stamp(len, modified_ns), Head::Layer(summary)))
        });
        Self { rows: articles.chain(layers).collect() }
    }

    /// The head of a file, if the file still has this length and time.
    pub fn get(&self, key: &FileKey, stamp: &Stamp) -> Option<Head> {
        let (then, head) = self.rows.get(key)?;
        then.looks_like(stamp).then(|| head.clone())
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Writes an index of these files, where there are enough of them and the folder can be written.
    pub fn write<'h>(folder: &Folder, rows: impl Iterator<Item = (&'h FileKey, &'h Stamp, &'h Head)>) {
        let mut file = IndexFile { format: FORMAT, articles: Vec::new(), layers: Vec::new() };
        for (key, stamp, head) in rows {
            match (key, head) {
                (FileKey::Article(id), Head::Article(article)) => {
                    file.articles.push((id.clone(), stamp.len, stamp.modified_ns, Shape::head(article)));
                }
                (FileKey::Layer(article, annotator), Head::Layer(summary)) => {
                    let (article, annotator) = (article.clone(), annotator.clone());
                    file.layers.push((article, annotator, stamp.len, stamp.modified_ns, summary.clone()));
                }
                _ => {}
            }
        }
        if file.articles.len() + file.layers.len() < WORTH_IT {
            return;
        }
        if let Ok(bytes) = serde_json::to_vec(&file) {
            // Without it the next opening reads the files again, and says what is wrong with them.
            let _ = folder.replace(&path(), &bytes, Durability::Loose, || Ok(()));
        }
    }
}

/// Its path below the project’s folder.
fn path() -> PathBuf {
    Path::new(SCRATCH).join(FILE)
}
