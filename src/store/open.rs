//! Opening and making projects: what the list needs is read, article bodies and layers are not kept.
//!
//! One bad article or layer never keeps a project from opening: it is reported, and left alone. Checking what an
//! article and its layers say waits until they are looked at (`load`).

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    FileKey, Folder,
    base::Base,
    codebooks,
    disk::{self, Disk, NewFolder, Stamp},
    file::{
        CodebookFile, LinksFile, ProjectFile,
        project::{AnnotatorRow, VersionOnly},
    },
    filesystem::FileKind,
    head::Head,
    index::Index,
    key::{BACKUPS, CODEBOOK_FILE, PROJECT_FILE, SCRATCH},
    listing::Listing,
    merge::{self, markers},
    migrate, pack, read, set_aside,
};
use crate::{
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{Annotator, AnnotatorId, Codebook, LayerSummary, Project, repeated},
    phrase,
    text::Phrase,
};

/// Makes a project’s folder with everything the project holds; it appears whole or not at all.
///
/// # Errors
/// Something is at the path already that is not an empty folder, or it cannot be written; then what was begun is
/// taken away again.
pub fn create(path: &Path, project: &Project) -> Result<Folder, Diagnostic> {
    create_on(&Disk::default(), path, project)
}

/// As [`create`], on a disk of one's own.
///
/// # Errors
/// See [`create`].
pub fn create_on(disk: &Disk, path: &Path, project: &Project) -> Result<Folder, Diagnostic> {
    remove_unfinished(disk, path);
    if !disk.is_free(path)? {
        return Err(Diagnostic::error("exists", "There is something at this place already")
            .at_path(path.display())
            .hint("Choose a place where nothing is yet, or an empty folder"));
    }
    let new = NewFolder::begin(disk, path)?;
    let folder = Folder::new(disk.clone(), new.path().to_owned())?;
    folder.save(project, &FileKey::all(project)).map_err(|why| why.at_path(path.display()))?;
    new.finish(PROJECT_FILE)?;
    folder.moved_to(path)
}

/// Removes what is left of a project that a program had begun to make when it ended: a codebook nobody has changed,
/// and what can be made again.
fn remove_unfinished(disk: &Disk, path: &Path) {
    disk::remove_left_overs(disk, path);
    let paths = disk.list(path).unwrap_or_default();
    let (codebook, scratch) = (path.join(CODEBOOK_FILE), path.join(SCRATCH));
    if !paths.iter().all(|path| *path == scratch || (*path == codebook && is_fresh(disk, &codebook))) {
        return;
    }
    if disk.files().look_at(&scratch).is_ok_and(|info| info.kind == FileKind::Folder) {
        disk.remove_all(&scratch);
    }
    // What is still there is in the way, and told.
    let _ = disk.remove(&codebook);
}

/// Whether a codebook’s file is one that nobody has changed since the project was made.
fn is_fresh(disk: &Disk, path: &Path) -> bool {
    let text = disk.read(path).and_then(|(bytes, _)| read::utf8(bytes));
    let Some(file) = text.ok().and_then(|text| read::parse::<CodebookFile>(&text).ok()) else { return false };
    let shipped = codebooks().iter().map(|shipped| shipped.codebook().name);
    file.version == 1 && shipped.chain([Codebook::empty("Codebook").name]).any(|name| name == file.name)
}

/// Whether [`open`] would find a project here: in the folder, by its `project.ron`, or packed in a file.
pub fn is_project(path: &Path) -> bool {
    let disk = Disk::default();
    let own_file = path.file_name().is_some_and(|name| name == PROJECT_FILE) && disk.has(path, FileKind::File);
    own_file || disk.has(&path.join(PROJECT_FILE), FileKind::File) || super::is_packed(path)
}

/// Opens the project in a folder, or whose `project.ron` this is; a packed one is unpacked beside its file first.
///
/// Carries out what the journals tell and the files lack; gives what was repaired or left out.
///
/// # Errors
/// Where there is no project, `project.ron` or `codebook.ron` cannot be read, or the project is of a newer version.
pub fn open(path: &Path) -> Result<(Folder, Project, Vec<Diagnostic>), Diagnostic> {
    open_on(&Disk::default(), path)
}

/// As [`open`], on a disk of one's own.
///
/// # Errors
/// See [`open`].
pub fn open_on(disk: &Disk, path: &Path) -> Result<(Folder, Project, Vec<Diagnostic>), Diagnostic> {
    open_in_steps(disk, path, &Progress::default())
}

/// As [`open_on`]; a step of the progress is a file. What is unpacked stays where the opening is cancelled after it.
///
/// # Errors
/// See [`open`].
pub fn open_in_steps(
    disk: &Disk,
    path: &Path,
    progress: &Progress,
) -> Result<(Folder, Project, Vec<Diagnostic>), Diagnostic> {
    if pack::is_packed_on(disk, path) {
        let folder = pack::unpacked_folder(path);
        pack::unpack_in_steps(disk, path, &folder, progress)?;
        return open_in_steps(disk, &folder, progress);
    }
    let folder = Folder::new(disk.clone(), root_of(disk, path)?)?;
    folder.read_version()?;
    let recovered = folder.recover();
    let (project, mut found, unfinished) = folder.read_project(progress)?;
    let own = [SCRATCH, BACKUPS].into_iter().filter_map(|own| folder.inside(Path::new(own)).ok());
    for place in unfinished.into_iter().chain([folder.root().to_owned()]).chain(own) {
        disk::remove_left_overs(disk, &place);
    }
    found.splice(..0, recovered);
    Ok((folder, project, found))
}

/// As [`open`], but nothing in the folder is changed.
///
/// # Errors
/// See [`open`].
pub(super) fn open_to_look(disk: &Disk, path: &Path) -> Result<(Folder, Project, Vec<Diagnostic>), Diagnostic> {
    if pack::is_packed_on(disk, path) {
        return open_on(disk, path);
    }
    let folder = Folder::new(disk.clone(), root_of(disk, path)?)?;
    folder.read_version()?;
    let (project, found, _) = folder.read_project(&Progress::default())?;
    Ok((folder, project, found))
}

/// The folder of a project of which files may have to be mended before it can be opened; nothing in it is read.
///
/// # Errors
/// There is no project.
pub(super) fn to_mend(disk: &Disk, path: &Path) -> Result<Folder, Diagnostic> {
    Folder::new(disk.clone(), root_of(disk, path)?)
}

/// The folder that a path names, by itself or by the `project.ron` in it.
fn root_of(disk: &Disk, path: &Path) -> Result<PathBuf, Diagnostic> {
    let info = disk.files().follow(path).map_err(|error| disk::trouble("open", path, &error))?;
    let is_folder = info.kind == FileKind::Folder;
    let root = if is_folder { path } else { disk::folder_of(path) };
    if !is_folder && path.file_name().is_none_or(|name| name != PROJECT_FILE) {
        return Err(Diagnostic::error("no-project", "The file is not a project")
            .at_path(path.display())
            .hint("Name a project’s folder, its project.ron, or a packed project"));
    }
    if !disk.has(&root.join(PROJECT_FILE), FileKind::File) {
        return Err(Diagnostic::error("no-project", "The folder has no project.ron in it")
            .at_path(path.display())
            .hint("Name a project’s folder, or make a new project with `pressmark new`"));
    }
    Ok(root.to_owned())
}

/// The annotators that the project names, and those who have layers all the same, who are reported.
fn annotators(file: &ProjectFile, listing: &Listing, found: &mut Vec<Diagnostic>) -> Vec<(AnnotatorId, Annotator)> {
    let mut annotators: Vec<_> =
        file.annotators.iter().map(|row| (row.id.clone(), Annotator { name: row.name.clone() })).collect();
    for (id, folder) in &listing.annotators {
        if annotators.iter().any(|(known, _)| known == id) {
            continue;
        }
        found.push(
            Diagnostic::warning(
                "unknown-annotator",
                phrase!("The annotator “{id}” has layers and is not in project.ron", id = &id),
            )
            .at_path(folder.display())
            .hint("They are shown under this name; add them to project.ron to give their own"),
        );
        annotators.push((id.clone(), Annotator { name: id.to_string() }));
    }
    annotators
}

fn no_twice<'a>(ids: impl Iterator<Item = &'a str>, twice: impl Fn(&str) -> Phrase) -> Result<(), Diagnostic> {
    match repeated(ids).first() {
        None => Ok(()),
        Some(id) => Err(Diagnostic::error("twice", twice(id)).hint("Take one away")),
    }
}

fn unreadable() -> Diagnostic {
    Diagnostic::error("io", "It could not be read")
}

/// A file of the list, with its head, read or known from the index.
struct ListedFile {
    key: FileKey,
    stamp: Stamp,
    head: Result<Head, Diagnostic>,
    /// Whether the index did not know it, so that a new index is worth writing.
    is_news: bool,
}

impl Folder {
    /// Reads the format’s version and keeps it; done before anything else is read.
    ///
    /// # Errors
    /// It cannot be read, or is newer than what is known.
    pub(super) fn read_version(&self) -> Result<(), Diagnostic> {
        let version = self.version_on_disk()?;
        self.state().version = version;
        Ok(())
    }

    /// The version that `project.ron` says.
    ///
    /// # Errors
    /// See [`Folder::read_version`].
    pub(super) fn version_on_disk(&self) -> Result<u32, Diagnostic> {
        let path = self.inside(&FileKey::Project.path())?;
        let at = |d: Diagnostic| d.at_path(path.display());
        let (bytes, _) = self.disk.read(&path)?;
        let text = read::utf8(bytes).map_err(at)?;
        let VersionOnly { version } = read::parse(&text).map_err(|why| match markers::line_of_first(&text) {
            Some(line) => at(markers::told(line)),
            None => at(why),
        })?;
        migrate::check(version).map_err(at)?;
        Ok(version)
    }

    /// Reads what the list needs. Gives also what was repaired or left out, and the folders with unfinished files.
    pub(super) fn read_project(
        &self,
        progress: &Progress,
    ) -> Result<(Project, Vec<Diagnostic>, Vec<PathBuf>), Diagnostic> {
        let mut found = Vec::new();
        // Before the names: whoever begins to work meanwhile has a name first and then a layer.
        let mut listing = Listing::of(self, &mut found);
        let file: ProjectFile = self.read_remembered(FileKey::Project)?;
        let codebook: CodebookFile = self.read_remembered(FileKey::Codebook)?;
        let unfinished = std::mem::take(&mut listing.unfinished);
        found.extend(self.conflict_copies().iter().map(|copy| copy.told(self)));
        let annotators = annotators(&file, &listing, &mut found);
        // A name that was only made up here is none that was changed here.
        let named = annotators.iter().map(|(id, who)| AnnotatorRow { id: id.clone(), name: who.name.clone() });
        self.state().project_file = Some(ProjectFile { annotators: named.collect(), ..file.clone() });
        let stories: Vec<_> = file.stories.into_iter().map(Into::into).collect();
        no_twice(annotators.iter().map(|(id, _)| id.as_str()), |id| phrase!("The annotator {id} is there twice", id))
            .and_then(|()| {
                no_twice(stories.iter().map(|(id, _): &(crate::model::StoryId, _)| id.as_str()), |id| {
                    phrase!("The story {id} is there twice", id)
                })
            })
            .map_err(|d| d.at_path(self.path(&FileKey::Project).display()))?;
        let mut project = Project::load(file.name, Codebook::from(codebook), annotators, stories)
            .map_err(Diagnostic::in_one)
            .map_err(|wrong| wrong.unwrap_or_else(unreadable).at_path(self.path(&FileKey::Codebook).display()))?;
        self.state().codebook = Some(project.codebook().clone());
        self.note_base(&project, &FileKey::Codebook);
        self.fill(&mut project, listing, &mut found, progress)?;
        Ok((project, found, unfinished))
    }

    /// A file’s text in the newest version, and its stamp. A file with conflict markers is refused.
    pub(super) fn read_newest(&self, key: &FileKey) -> Result<(String, Stamp), Diagnostic> {
        let path = self.inside(&key.path())?;
        let (bytes, stamp) = self.disk.read(&path)?;
        let text = read::utf8(bytes).and_then(|text| match markers::line_of_first(&text) {
            // Of two versions neither is taken for the whole.
            Some(line) if !merge::is_own_text(&key.path(), &text) => Err(markers::told(line)),
            _ => migrate::newest(key, self.state().version, text),
        });
        Ok((text.map_err(|d| d.at_path(path.display()))?, stamp))
    }

    /// Reads a file of the project, of whatever version.
    pub(super) fn read_file<T: DeserializeOwned>(&self, key: &FileKey) -> Result<(T, Stamp), Diagnostic> {
        let (text, stamp) = self.read_newest(key)?;
        Ok((self.parse(key, &text)?, stamp))
    }

    pub(super) fn parse<'t, T: Deserialize<'t>>(&self, key: &FileKey, text: &'t str) -> Result<T, Diagnostic> {
        read::parse(text).map_err(|d| d.at_path(self.path(key).display()))
    }

    fn read_remembered<T: DeserializeOwned>(&self, key: FileKey) -> Result<T, Diagnostic> {
        let (value, stamp) = self.read_file(&key)?;
        self.state().stamps.insert(key, stamp);
        Ok(value)
    }

    /// Brings in what the list needs of each file: from the index, where it knows the file, else from the file.
    ///
    /// # Errors
    /// It was cancelled; nothing is brought in then.
    fn fill(
        &self,
        project: &mut Project,
        listing: Listing,
        found: &mut Vec<Diagnostic>,
        progress: &Progress,
    ) -> Result<(), Diagnostic> {
        let known = Index::read(self);
        let (links, files): (Vec<_>, Vec<_>) =
            listing.files.into_iter().partition(|(key, _)| matches!(key, FileKey::Links(_)));
        progress.expect(files.len());
        let row = |(key, stamp): (FileKey, Stamp)| {
            progress.step()?;
            Ok(match known.get(&key, &stamp) {
                Some(head) => ListedFile { head: Ok(head), is_news: false, key, stamp },
                None => ListedFile { head: self.read_head(&key), is_news: true, key, stamp },
            })
        };
        let rows = files.into_par_iter().map(row).collect::<Result<Vec<ListedFile>, Diagnostic>>()?;
        let readable = || rows.iter().filter_map(|row| Some((row, row.head.as_ref().ok()?)));
        if readable().count() != known.len() || readable().any(|(row, _)| row.is_news) {
            Index::write(self, readable().map(|(row, head)| (&row.key, &row.stamp, head)));
        }
        self.bring_in(project, rows, found);
        self.bring_in_links(project, links, found);
        Ok(())
    }

    /// Brings in heads; files that can’t be read are reported and left alone.
    fn bring_in(&self, project: &mut Project, rows: Vec<ListedFile>, found: &mut Vec<Diagnostic>) {
        let mut state = self.state();
        let (mut articles, mut layers, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
        for ListedFile { key, stamp, head, .. } in rows {
            let readable = head.is_ok();
            match (&key, head) {
                (FileKey::Article(id), Ok(Head::Article(article))) => articles.push((id.clone(), article)),
                (FileKey::Layer(article, by), Ok(Head::Layer(summary))) => {
                    layers.push((article.clone(), by.clone(), summary));
                }
                (FileKey::Layer(article, by), Err(diagnostic)) => {
                    // It stands in the project as a layer that was not read, so that nobody marks over it.
                    layers.push((article.clone(), by.clone(), LayerSummary::default()));
                    found.push(diagnostic);
                }
                (_, Err(diagnostic)) => {
                    if let FileKey::Article(id) = &key {
                        unreadable.push((id.clone(), self.path(&key).display().to_string()));
                    }
                    found.push(diagnostic);
                }
                _ => {}
            }
            if readable {
                state.stamps.insert(key, stamp);
            }
        }
        project.load_unreadable(unreadable);
        found.extend(project.load_articles(articles));
        let bases =
            project.articles().map(|(id, article)| (FileKey::Article(id.clone()), Base::Article(Arc::clone(article))));
        state.bases.extend(bases);
        for (article, annotator, summary) in layers {
            if project.article(&article).is_some() {
                project.load_summary(&article, &annotator, summary);
                continue;
            }
            if self.disk.has(&self.path(&FileKey::Article(article.clone())), FileKind::File) {
                // It could not be read, and that was said.
                continue;
            }
            let path = self.path(&FileKey::Layer(article.clone(), annotator));
            found.push(
                Diagnostic::warning(
                    "orphan-layer",
                    phrase!("The layer’s article “{article}” is not in the project", article = &article),
                )
                .at_path(path.display())
                .hint("It is left alone; restore the article, or move the layer elsewhere"),
            );
        }
    }

    /// Brings in relations across articles.
    fn bring_in_links(&self, project: &mut Project, links: Vec<(FileKey, Stamp)>, found: &mut Vec<Diagnostic>) {
        for (key, _) in links {
            let FileKey::Links(annotator) = &key else { continue };
            let path = self.path(&key);
            let loaded = self.read_file::<LinksFile>(&key).map_err(|d| vec![d]).and_then(|(file, stamp)| {
                let (relations, rejections) = file.into_model()?;
                let aside = project.load_links(annotator, relations);
                project.load_rejections(annotator, rejections);
                Ok((set_aside::told(&aside, ""), stamp))
            });
            match loaded {
                Ok((aside, stamp)) => {
                    found.extend(aside.into_iter().map(|d| d.at_path(path.display())));
                    self.state().stamps.insert(key.clone(), stamp);
                    self.note_base(project, &key);
                }
                Err(wrong) => found.extend(wrong.into_iter().map(|d| d.at_path(path.display()))),
            }
        }
    }
}
