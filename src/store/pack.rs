//! One file to hand around: a whole project, without its history, as a single RON value.
//!
//! It has the same shapes as the files, one after another, so that reading and writing need one article at a time. It
//! can be opened as it is: opening unpacks it beside the file.

mod parts;

use std::{
    collections::BTreeSet,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    FileKey, Folder, VERSION,
    disk::{self, Disk, Durability, NewFile, NewFolder},
    file::{ArticleFile, CodebookFile, LayerFile, LinksFile, ProjectFile, project::VersionOnly},
    folder::own_file,
    ignore::{self, IGNORE_FILE},
    key::PROJECT_FILE,
    layout,
    listing::Listing,
    migrate, read,
};
use crate::{
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{AnnotatorId, ArticleId},
    phrase,
};

/// The first line of a packed project, by which it is recognised.
const FIRST_LINE: &str =
    "// A Pressmark project in one file, without its history. `pressmark unpack` makes a folder of it.";
/// So many articles are in memory at a time.
const CHUNK: usize = 256;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackedFile<'t> {
    /// Read by itself before anything else.
    #[serde(rename = "version")]
    _version: u32,
    project: ProjectFile,
    codebook: CodebookFile,
    #[serde(default)]
    articles: Vec<PackedArticle>,
    #[serde(borrow, default)]
    layers: Vec<PackedLayer<'t>>,
    #[serde(default)]
    links: Vec<PackedLinks>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackedArticle {
    id: ArticleId,
    article: ArticleFile,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackedLayer<'t> {
    article: ArticleId,
    annotator: AnnotatorId,
    #[serde(borrow)]
    layer: LayerFile<'t>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackedLinks {
    annotator: AnnotatorId,
    links: LinksFile,
}

/// Whether a file is a packed project, by its first line.
pub fn is_packed(path: &Path) -> bool {
    is_packed_on(&Disk::default(), path)
}

pub(super) fn is_packed_on(disk: &Disk, path: &Path) -> bool {
    let start = disk.files().read(path, 0, FIRST_LINE.len() as u64);
    start.is_ok_and(|(bytes, _)| bytes == FIRST_LINE.as_bytes())
}

impl Folder {
    /// Writes everything that is on the disk, but the history, as one file; an older packed file is replaced. A step
    /// of the progress is a file of the project. Gives what lies among the project’s files and is left out.
    ///
    /// # Errors
    /// The file would be one of the project's own; or a file or folder of the project cannot be read, so that something
    /// would be missing; or there is something else at the path; or it cannot be written.
    pub fn pack(&self, to: &Path, progress: &Progress) -> Result<Vec<Diagnostic>, Diagnostic> {
        if self.is_own(to) {
            return Err(own_file(to));
        }
        self.pack_if(to, progress, || Ok(()))
    }

    /// As [`Folder::pack`], into a file that may lie in the project; `checked` is asked at the last moment before the
    /// file takes its place.
    ///
    /// # Errors
    /// See [`Folder::pack`].
    pub(super) fn pack_if(
        &self,
        to: &Path,
        progress: &Progress,
        checked: impl FnOnce() -> Result<(), Diagnostic>,
    ) -> Result<Vec<Diagnostic>, Diagnostic> {
        if self.disk.info(to)?.is_some() && !is_packed_on(&self.disk, to) {
            return Err(Diagnostic::error("exists", "There is something else at this place already")
                .at_path(to.display())
                .hint("Choose another name"));
        }
        let mut found = Vec::new();
        let files = Listing::of(self, &mut found).files;
        let (unread, left_out): (Vec<_>, Vec<_>) = found.into_iter().partition(Diagnostic::is_error);
        if let Some(unread) = Diagnostic::in_one(unread) {
            return Err(unread);
        }
        let folder = disk::folder_of(to);
        self.disk.make_folders(folder)?;
        disk::remove_left_overs(&self.disk, folder);
        let mut file = NewFile::begin(&self.disk, to, folder)?;
        let mut out = BufWriter::new(&mut file);
        self.write_packed(&files.into_iter().map(|(key, _)| key).collect::<Vec<_>>(), &mut out, progress)?;
        out.flush().map_err(|error| disk::trouble("write", to, &error))?;
        drop(out);
        file.finish(Durability::Flushed, checked)?;
        self.disk.flush_folder(folder)?;
        Ok(left_out)
    }

    /// Writes all parts, in the order of the files.
    fn write_packed(&self, files: &[FileKey], out: &mut impl Write, progress: &Progress) -> Result<(), Diagnostic> {
        progress.expect(files.len());
        let mut put =
            |text: &str| out.write_all(text.as_bytes()).map_err(|error| disk::trouble("write", self.root(), &error));
        let project: ProjectFile = self.read_file(&FileKey::Project)?.0;
        let codebook: CodebookFile = self.read_file(&FileKey::Codebook)?.0;
        put(&format!("{FIRST_LINE}\n(\n    version: {VERSION},\n    project: {},\n", layout::nested(&project, 1)))?;
        put(&format!("    codebook: {},\n", layout::nested(&codebook, 1)))?;
        for (name, is_part) in PARTS {
            put(&format!("    {name}: [\n"))?;
            let keys: Vec<&FileKey> = files.iter().filter(|key| is_part(key)).collect();
            for chunk in keys.chunks(CHUNK) {
                let part = |key: &&FileKey| progress.step().and_then(|()| self.part(key));
                let parts: Result<Vec<String>, Diagnostic> = chunk.par_iter().map(part).collect();
                parts?.iter().try_for_each(|part| put(part))?;
            }
            put("    ],\n")?;
        }
        put(")\n")
    }

    /// A file of the project as a part of the packed one.
    fn part(&self, key: &FileKey) -> Result<String, Diagnostic> {
        let part = match key {
            FileKey::Article(id) => {
                layout::nested(&PackedArticle { id: id.clone(), article: self.read_file(key)?.0 }, 2)
            }
            FileKey::Layer(article, annotator) => {
                let (text, _) = self.read_newest(key)?;
                let (article, annotator, layer) = (article.clone(), annotator.clone(), self.parse(key, &text)?);
                layout::nested(&PackedLayer { article, annotator, layer }, 2)
            }
            FileKey::Links(annotator) => {
                layout::nested(&PackedLinks { annotator: annotator.clone(), links: self.read_file(key)?.0 }, 2)
            }
            FileKey::Project | FileKey::Codebook => return Ok(String::new()),
        };
        Ok(format!("        {part},\n"))
    }
}

type IsPart = fn(&FileKey) -> bool;

/// The lists of the packed file, and which files go into each.
const PARTS: [(&str, IsPart); 3] = [
    ("articles", |key| matches!(key, FileKey::Article(_))),
    ("layers", |key| matches!(key, FileKey::Layer(..))),
    ("links", |key| matches!(key, FileKey::Links(_))),
];

/// Makes a project’s folder from a packed file; it appears whole or not at all.
///
/// # Errors
/// The file cannot be read or is of a newer version; what is in it breaks a rule, so that the folder could not be opened;
/// there is something at the folder's place already, unless it is an empty folder; or it cannot be written.
pub fn unpack(file: &Path, folder: &Path) -> Result<(), Diagnostic> {
    unpack_on(&Disk::default(), file, folder)
}

/// As [`unpack`], on a disk of one's own.
///
/// # Errors
/// See [`unpack`].
pub fn unpack_on(disk: &Disk, file: &Path, folder: &Path) -> Result<(), Diagnostic> {
    unpack_in_steps(disk, file, folder, &Progress::default())
}

/// As [`unpack_on`]; a step of the progress is a file that is made.
///
/// # Errors
/// See [`unpack`].
pub fn unpack_in_steps(disk: &Disk, file: &Path, folder: &Path, progress: &Progress) -> Result<(), Diagnostic> {
    refuse_if_taken(disk, folder)?;
    let at = |d: Diagnostic| d.at_path(file.display());
    let (bytes, _) = disk.read_up_to(file, disk::MAX_PACKED)?;
    let text = read::utf8(bytes).map_err(at)?;
    let files = files_in(&text).map_err(at)?;
    drop(text);
    let new = NewFolder::begin(disk, folder)?;
    let files: Vec<(PathBuf, String)> = files.into_iter().map(|(path, text)| (new.path().join(path), text)).collect();
    progress.expect(files.len());
    // Where it is made is nobody’s concern.
    let into = |why: Diagnostic| why.at_path(folder.display());
    disk.write_all(&files, progress).map_err(into)?;
    disk.write(&new.path().join(IGNORE_FILE), ignore::LINES.as_bytes()).map_err(into)?;
    // What could not be opened afterwards is not made.
    Folder::new(disk.clone(), new.path().to_owned())?.read_project(progress).map_err(at)?;
    new.finish(PROJECT_FILE)
}

/// The folder that opening a packed file makes: beside the file, by its name without extension.
pub fn unpacked_folder(file: &Path) -> PathBuf {
    match file.file_stem() {
        Some(stem) if file.extension().is_some() => file.with_file_name(stem),
        _ => file.with_extension("project"),
    }
}

fn refuse_if_taken(disk: &Disk, folder: &Path) -> Result<(), Diagnostic> {
    if disk.is_free(folder)? {
        return Ok(());
    }
    Err(Diagnostic::error("exists", "There is something at this place already")
        .at_path(folder.display())
        .hint("Open the project there, or unpack to another place"))
}

/// The files that are packed in a text of any version, in the newest version, each with its path below the folder.
fn files_in(text: &str) -> Result<Vec<(PathBuf, String)>, Diagnostic> {
    let VersionOnly { version } = read::parse(text)?;
    migrate::check(version)?;
    match version {
        VERSION => files_of(read::parse(text)?),
        _ => files_of(read::parse(&parts::newest(text, version)?)?),
    }
}

/// The files of a packed project. Their paths are made from checked ids, so that none leads out of the folder.
fn files_of(packed: PackedFile<'_>) -> Result<Vec<(PathBuf, String)>, Diagnostic> {
    let mut files = vec![
        (FileKey::Codebook, layout::file(&packed.codebook)),
        (FileKey::Project, layout::file(&ProjectFile { version: VERSION, ..packed.project })),
    ];
    files.par_extend(packed.articles.into_par_iter().map(|a| (FileKey::Article(a.id), layout::file(&a.article))));
    let layers = packed.layers.into_par_iter();
    files.par_extend(layers.map(|l| (FileKey::Layer(l.article, l.annotator), layout::file(&l.layer))));
    files.extend(packed.links.into_iter().map(|l| (FileKey::Links(l.annotator), layout::file(&l.links))));
    let mut seen = BTreeSet::new();
    let twice = files.iter().find(|(key, _)| !seen.insert(key)).map(|(key, _)| key.path());
    match twice {
        None => Ok(files.into_iter().map(|(key, text)| (key.path(), text)).collect()),
        Some(path) => {
            let told = phrase!("{path} is there twice", path = &path.display());
            Err(Diagnostic::error("twice", told).hint("Take one away"))
        }
    }
}
