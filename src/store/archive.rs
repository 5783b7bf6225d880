//! Archives (ZIP) as they are read: their entries become named sources, and none of them a path. What leads elsewhere, can’t
//! be read or would not fit in memory is told and passed over.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader, ErrorKind, Read},
    path::{Path, PathBuf},
};

use zip::ZipArchive;

use super::disk;
use crate::{diagnostic::Diagnostic, format::ARCHIVES, phrase};

/// An archive with more entries is none that holds articles.
const MAX_ENTRIES: usize = 200_000;
/// The largest entry that is read, in bytes.
const MAX_ENTRY: u64 = 1 << 30;
/// The most that all entries may have together, in bytes.
const MAX_ALL: u64 = 16 << 30;
/// An entry may become so many times as large as it is packed. Plain text becomes some tens of times as large at most.
const MAX_RATIO: u64 = 1000;
/// Below this size, in bytes, an entry does no harm, however it is packed.
const HARMLESS: u64 = 16 << 20;

/// An archive whose entries are named.
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    archive: ZipArchive<File>,
    /// The place of each entry in the archive, by its name.
    entries: BTreeMap<String, usize>,
}

/// Whether a file’s name says that it is an archive.
pub fn is_archive(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| ARCHIVES.contains(&extension.as_str()))
}

impl Archive {
    /// Looks what is in an archive; gives also what is passed over, but for folders and hidden files.
    ///
    /// # Errors
    /// It can’t be read, has too many entries, or these would be too large.
    pub fn open(path: &Path) -> Result<(Self, Vec<Diagnostic>), Diagnostic> {
        let file = File::open(path).map_err(|why| disk::trouble("read", path, &why))?;
        let mut archive = ZipArchive::new(file).map_err(|why| bad(path, &why.into()))?;
        if archive.len() > MAX_ENTRIES {
            let message = phrase!("The archive has {n} entry|The archive has {n} entries", n = archive.len());
            return Err(Diagnostic::error("many-entries", message)
                .at_path(path.display())
                .hint("Unpack it, and name the files"));
        }
        let (mut entries, mut told, mut all) = (BTreeMap::new(), Vec::new(), 0u64);
        for index in 0..archive.len() {
            match entry(&mut archive, index) {
                Ok(Some((name, size))) => {
                    all = all.saturating_add(size);
                    entries.insert(name, index);
                }
                Ok(None) => {}
                Err(why) => told.push(why.at_path(path.display())),
            }
        }
        if all > MAX_ALL {
            let message = phrase!(
                "What is in the archive would be {n} bytes large",
                n = usize::try_from(all).unwrap_or(usize::MAX)
            );
            return Err(Diagnostic::error("too-large", message)
                .at_path(path.display())
                .hint("Unpack it, and name the files"));
        }
        Ok((Self { path: path.to_owned(), archive, entries }, told))
    }

    /// Every entry’s name: a relative path with `/` between its parts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The bytes of an entry. It gives an error where they are more than the archive says.
    ///
    /// # Errors
    /// There is no such entry, or it can’t be read.
    pub fn read(&mut self, name: &str) -> Result<Box<dyn BufRead + '_>, Diagnostic> {
        let Some(index) = self.entries.get(name).copied() else {
            let told = Diagnostic::error("not-found", phrase!("There is no “{name}” in the archive", name));
            return Err(told.at_path(self.path.display()).hint("Export it again"));
        };
        let entry = self.archive.by_index(index).map_err(|why| bad(&self.path, &why.into()))?;
        let left = entry.size();
        Ok(Box::new(BufReader::new(AsLarge { entry, left })))
    }
}

/// The name and size of an entry that can be read; `None` for a folder and for what is hidden.
fn entry(archive: &mut ZipArchive<File>, index: usize) -> Result<Option<(String, u64)>, Diagnostic> {
    let left_out = |message, hint: &'static str| Diagnostic::warning("entry-left-out", message).hint(hint);
    // Raw, as what is packed in another way, or encrypted, is told by its name.
    let entry = archive.by_index_raw(index).map_err(|why| {
        left_out(phrase!("An entry of the archive can’t be read: {why}", why = why.to_string()), "Export it again")
    })?;
    let name = entry.name().map(|name| name.replace('\\', "/")).map_err(|why| {
        left_out(phrase!("An entry of the archive can’t be read: {why}", why = why.to_string()), "Export it again")
    })?;
    if entry.is_dir() || name.split('/').any(|part| part.starts_with('.') && part != ".." || part == "__MACOSX") {
        return Ok(None);
    }
    let is_plain = |part: &str| !part.is_empty() && part != ".." && !part.contains([':', '\0']);
    if !name.split('/').all(is_plain) || entry.is_symlink() {
        return Err(left_out(phrase!("The entry “{name}” would lead out of the archive", name), "Leave it out"));
    }
    if entry.encrypted() {
        return Err(left_out(phrase!("The entry “{name}” is encrypted", name), "Export it without a password"));
    }
    let (size, packed) = (entry.size(), entry.compressed_size());
    let is_bomb = size > HARMLESS && size / packed.max(1) > MAX_RATIO;
    if is_bomb || size > MAX_ENTRY {
        let bytes = usize::try_from(size).unwrap_or(usize::MAX);
        let message = phrase!(
            "The entry “{name}” would be {n} byte large|The entry “{name}” would be {n} bytes large",
            name,
            n = bytes
        );
        return Err(left_out(message, "Unpack it, and name the files"));
    }
    Ok(Some((name, size)))
}

fn bad(path: &Path, why: &io::Error) -> Diagnostic {
    Diagnostic::error("bad-archive", phrase!("The archive can’t be read: {why}", why = why.to_string()))
        .at_path(path.display())
        .hint("Export it again, or unpack it and name the folder")
}

/// An entry that is not larger than it says.
struct AsLarge<R> {
    entry: R,
    left: u64,
}

impl<R: Read> Read for AsLarge<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            // At the end it is looked whether it is whole, too.
            return match self.entry.read(&mut [0])? {
                0 => Ok(0),
                _ => Err(io::Error::new(ErrorKind::InvalidData, "the entry is larger than the archive says")),
            };
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(to.len());
        let read = self.entry.read(&mut to[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn packed(entries: &[(&str, &[u8])]) -> tempfile::TempPath {
        let file = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
        let mut zip = ZipWriter::new(file.reopen().unwrap());
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        file.into_temp_path()
    }

    #[test]
    fn entries_are_sources_and_none_of_them_leads_elsewhere() {
        let path = packed(&[
            ("project.qde", b"one"),
            ("Sources\\a.txt", b"two"),
            ("../../evil.txt", b"x"),
            ("/etc/passwd", b"x"),
            ("c:/x.txt", b"x"),
            (".hidden", b"x"),
            ("__MACOSX/a.txt", b"x"),
        ]);
        let (mut archive, told) = Archive::open(&path).unwrap();
        assert_eq!(archive.names().collect::<Vec<_>>(), ["Sources/a.txt", "project.qde"]);
        assert_eq!(told.len(), 3);
        let mut text = String::new();
        archive.read("Sources/a.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "two");
        assert_eq!(archive.read("../../evil.txt").err().map(|told| told.code), Some("not-found".into()));
    }

    #[test]
    fn what_would_fill_the_memory_is_left_out() {
        let zeros = vec![0u8; 32 << 20];
        let path = packed(&[("bomb.txt", &zeros), ("a.txt", b"words")]);
        let (archive, told) = Archive::open(&path).unwrap();
        assert_eq!(archive.names().collect::<Vec<_>>(), ["a.txt"]);
        assert_eq!(told[0].code, "entry-left-out");
    }

    #[test]
    fn an_entry_that_is_damaged_or_larger_than_it_says_is_an_error() {
        let path = packed(&[("a.txt", &b"words and more words ".repeat(100))]);
        let mut bytes = std::fs::read(&path).unwrap();
        // The size of the unpacked entry stands in the directory at the end.
        let at = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap() + 24;
        bytes[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
        std::fs::write(&path, &bytes).unwrap();
        let (mut archive, _) = Archive::open(&path).unwrap();
        assert!(archive.read("a.txt").unwrap().read_to_end(&mut Vec::new()).is_err());
        std::fs::write(&path, b"PK no archive").unwrap();
        assert_eq!(Archive::open(&path).unwrap_err().code, "bad-archive");
    }
}
