//! Finds the files that may be articles, and reads their bytes. What they mean is the room `source`'s to say.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::{
    disk,
    key::{PROJECT_FILE, SCRATCH},
};
use crate::{
    diagnostic::Diagnostic,
    phrase,
    source::{self, SourceKind},
};

/// Folders are looked into to this depth, so that links that lead in circles come to an end.
const MAX_DEPTH: usize = 32;

/// A file that may be an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The file’s name with its extension, by which its kind is told.
    pub name: String,
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

/// Reads files as they are named; of folders, with all folders in them, the files that have the extension of a
/// source.
///
/// One file at a time is read, as the iterator is asked for it. Within a folder they come sorted. Hidden ones,
/// projects of Pressmark, and folders that browsers save beside a page are passed over. Only regular files are
/// opened: a pipe could hold the reader for ever.
///
/// The iterator gives an error for each path that is not there, can’t be read or is too large for an article, and a
/// note for each folder that belongs to a page.
pub fn read_paths(paths: &[PathBuf]) -> impl ExactSizeIterator<Item = Result<SourceFile, Diagnostic>> + Send + use<> {
    let mut files = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => gather(path, &mut files),
            Ok(_) => files.push(Ok(path.clone())),
            Err(error) => files.push(Err(disk::trouble("read", path, &error))),
        }
    }
    files.into_iter().map(|file| file.and_then(|path| read(&path)))
}

fn read(path: &Path) -> Result<SourceFile, Diagnostic> {
    let metadata = fs::metadata(path).map_err(|error| disk::trouble("read", path, &error))?;
    if !metadata.is_file() {
        return Err(Diagnostic::error("not-a-file", "This is neither a file nor a folder")
            .at_path(path.display())
            .hint("Name a file or a folder"));
    }
    source::check_len(metadata.len()).map_err(|d| d.at_path(path.display()))?;
    let (bytes, _) = disk::Disk::default().read(path)?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(SourceFile { name, path: path.to_owned(), bytes })
}

/// The files of a folder that may be articles; an error where there is none.
fn gather(folder: &Path, files: &mut Vec<Result<PathBuf, Diagnostic>>) {
    let before = files.len();
    let mut seen = BTreeSet::new();
    walk(folder, MAX_DEPTH, &mut seen, files, &has_known_extension);
    if files.len() == before {
        files.push(Err(Diagnostic::error("empty-folder", "The folder has no articles in it")
            .at_path(folder.display())
            .hint(phrase!("Name a folder with files that end in {endings}", endings = extensions().join(", ")))));
    }
}

/// Every file of a folder, with all folders in it, sorted; hidden ones and projects of Pressmark are passed over.
pub(super) fn all_files(folder: &Path) -> Vec<Result<PathBuf, Diagnostic>> {
    let mut files = Vec::new();
    walk(folder, MAX_DEPTH, &mut BTreeSet::new(), &mut files, &|path: &Path| path.is_file());
    files
}

/// Goes through a folder; `seen` are real paths, so that none is visited twice.
fn walk(
    folder: &Path,
    depth: usize,
    seen: &mut BTreeSet<PathBuf>,
    files: &mut Vec<Result<PathBuf, Diagnostic>>,
    is_wanted: &dyn Fn(&Path) -> bool,
) {
    let is_new = fs::canonicalize(folder).is_ok_and(|real| seen.insert(real));
    if depth == 0 || !is_new || is_project(folder) {
        return;
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return files.push(Err(disk::trouble("read", folder, &error))),
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|p| !is_hidden(p)).collect();
    paths.sort_unstable();
    for path in &paths {
        if path.is_dir() {
            match page_of(path, &paths) {
                Some(page) => files.push(Err(passed_over(path, page))),
                None => walk(path, depth - 1, seen, files, is_wanted),
            }
        } else if is_wanted(path) {
            files.push(Ok(path.clone()));
        }
    }
}

/// What browsers put behind a page’s name for the folder of its pictures, styles and frames, in their languages.
///
/// Source: the *connected files* of the Windows shell, which are those that Internet Explorer, Word and Firefox write;
/// Chrome and Safari write `_files` everywhere.
const COMPANIONS: &[&str] = &[
    "_files",
    ".files",
    "-files",
    "-Dateien",
    "_Dateien",
    "_fichiers",
    "_bestanden",
    "_file",
    "_archivos",
    "-filer",
    "_filer",
    "_tiedostot",
    "_pliki",
    "_soubory",
    "_elemei",
    "_ficheiros",
    "_arquivos",
    "_dosyalar",
    "_datoteke",
    "_fitxers",
    "_failid",
    "_fails",
    "_bylos",
    "_fajlovi",
    "_fitxategiak",
    "_súbory",
    "_файлы",
    "_файлове",
    "_файли",
    "_αρχεία",
    "_קבצים",
    "_ملفات",
    "_文件",
    "_檔案",
    "_ファイル",
    "_파일",
];

/// The page beside which a browser has saved a folder: `Toll rises.html` for `Toll rises_files`.
fn page_of<'p>(folder: &Path, pages: &'p [PathBuf]) -> Option<&'p Path> {
    let name = folder.file_name()?.to_str()?;
    let stem = COMPANIONS.iter().find_map(|companion| {
        let (stem, end) = name.split_at_checked(name.len().checked_sub(companion.len())?)?;
        (end.to_lowercase() == companion.to_lowercase() && !stem.is_empty()).then_some(stem)
    })?;
    let is_page = |path: &&PathBuf| {
        let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        let is_html = source::KINDS.iter().any(|k| k.kind == SourceKind::Html && k.extensions.contains(&&*extension));
        is_html && path.file_stem().is_some_and(|other| other == stem) && path.is_file()
    };
    pages.iter().find(is_page).map(PathBuf::as_path)
}

fn passed_over(folder: &Path, page: &Path) -> Diagnostic {
    let page = page.file_name().unwrap_or_default().display();
    Diagnostic::note(
        "companion-folder",
        phrase!("The folder belongs to the page “{page}” beside it; nothing in it was added", page = &page),
    )
    .at_path(folder.display())
    .hint("Name the folder itself to add what is in it")
}

fn is_project(folder: &Path) -> bool {
    folder.join(PROJECT_FILE).is_file() || folder.join(SCRATCH).is_dir()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'))
}

fn has_known_extension(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| extensions().contains(&extension.as_str()))
}

fn extensions() -> Vec<&'static str> {
    source::KINDS.iter().flat_map(|kind| kind.extensions).copied().collect()
}
