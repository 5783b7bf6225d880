//! Files in an exchange format, as a reader asks for them: by names, one opened at a time. What they mean is the room
//! `format`'s to say.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use super::{
    archive::{Archive, is_archive},
    disk,
    sources::all_files,
};
use crate::{
    diagnostic::Diagnostic,
    format::{HEAD, Sources},
};

/// Of so many files it is looked how they begin.
const HEADS: usize = 32;

/// Files that were named, those in folders and archives that were named, and what stands beside a file under the same name.
#[derive(Debug, Default)]
pub struct Exchanged {
    names: Vec<String>,
    paths: BTreeMap<String, PathBuf>,
    /// The names that belong to what was named itself, not to what stands beside it.
    named: Vec<String>,
    archives: Vec<Archive>,
    /// What is in archives: which one, and the entry’s name there.
    entries: BTreeMap<String, (usize, String)>,
}

impl Exchanged {
    /// Looks which files there are; gives also what could not be looked at, and is left out.
    ///
    /// A file comes with those beside it whose names begin alike: `toll.ann` with `toll.txt`, `out.jsonl` with
    /// `out.codebook.json`.
    pub fn of(paths: &[PathBuf]) -> (Self, Vec<Diagnostic>) {
        let (mut found, mut told) = (Self::default(), Vec::new());
        for path in paths {
            match fs::metadata(path) {
                Ok(metadata) if metadata.is_dir() => {
                    // Several folders are told apart by their names.
                    let prefix = if paths.len() > 1 { format!("{}/", file_name(path)) } else { String::new() };
                    for file in all_files(path) {
                        match file {
                            // What is packed in a folder may well be what stands beside it.
                            Ok(file) if is_archive(&file) && extension(&file) != "zip" => {
                                let prefix = format!("{prefix}{}/", below(path, &file));
                                told.extend(found.add_archive(&file, &prefix));
                            }
                            Ok(file) => found.add(format!("{prefix}{}", below(path, &file)), &file, true),
                            Err(why) => told.push(why),
                        }
                    }
                }
                Ok(metadata) if metadata.is_file() && is_archive(path) => {
                    let prefix = if paths.len() > 1 { format!("{}/", file_name(path)) } else { String::new() };
                    told.extend(found.add_archive(path, &prefix));
                }
                Ok(_) => found.add_with_siblings(path),
                Err(why) => told.push(disk::trouble("read", path, &why)),
            }
        }
        found.names = found.paths.keys().cloned().collect();
        (found, told)
    }

    /// How the first files begin, those that were named before those beside them.
    ///
    /// # Errors
    /// One can’t be read.
    pub fn heads(&mut self) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
        let mut heads = Vec::new();
        let names = self.named.clone();
        for (at, name) in names.into_iter().enumerate() {
            let mut bytes = Vec::new();
            if at < HEADS {
                let path = self.path(&name);
                let read = self.open(&name)?.take(HEAD as u64).read_to_end(&mut bytes);
                read.map_err(|why| disk::trouble("read", &path, &why))?;
            }
            heads.push((name, bytes));
        }
        Ok(heads)
    }

    /// Where the source of this name lies; the name itself where there is none.
    pub fn path(&self, name: &str) -> PathBuf {
        self.paths.get(name).cloned().unwrap_or_else(|| name.into())
    }

    fn add(&mut self, name: String, path: &Path, is_named: bool) {
        if is_named {
            self.named.push(name.clone());
        }
        self.paths.insert(name, path.to_owned());
    }

    /// Adds what is in an archive; gives what is passed over of it.
    fn add_archive(&mut self, path: &Path, prefix: &str) -> Vec<Diagnostic> {
        let (archive, told) = match Archive::open(path) {
            Ok(opened) => opened,
            Err(told) => return vec![told],
        };
        let names: Vec<String> = archive.names().map(str::to_owned).collect();
        for entry in names {
            let name = format!("{prefix}{entry}");
            self.add(name.clone(), &path.join(&entry), true);
            self.entries.insert(name, (self.archives.len(), entry));
        }
        self.archives.push(archive);
        told
    }

    fn add_with_siblings(&mut self, path: &Path) {
        self.add(file_name(path), path, true);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned() + ".";
        let siblings = fs::read_dir(disk::folder_of(path)).into_iter().flatten().flatten().map(|entry| entry.path());
        for sibling in siblings.filter(|sibling| sibling != path && sibling.is_file()) {
            let name = file_name(&sibling);
            if name.starts_with(&stem) && !self.paths.contains_key(&name) {
                self.add(name, &sibling, false);
            }
        }
    }
}

impl Sources for Exchanged {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn open(&mut self, name: &str) -> Result<Box<dyn BufRead + '_>, Diagnostic> {
        if let Some((archive, entry)) = self.entries.get(name) {
            return self.archives[*archive].read(entry);
        }
        let path = self.path(name);
        let failed = |why| disk::trouble("read", &path, &why);
        // A pipe could hold the reader for ever.
        if !fs::metadata(&path).map_err(failed)?.is_file() {
            let told = Diagnostic::error("not-a-file", "This is neither a file nor a folder");
            return Err(told.at_path(path.display()).hint("Name a file or a folder"));
        }
        Ok(Box::new(BufReader::new(File::open(&path).map_err(failed)?)))
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn extension(path: &Path) -> String {
    path.extension().map_or_else(String::new, |extension| extension.to_string_lossy().to_ascii_lowercase())
}

/// A path below a folder, with `/` between its parts.
fn below(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}
