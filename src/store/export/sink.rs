//! Where the pieces of an export go: to a stream, into one file with others beside it, or into a folder. Files and folders
//! lie out of sight until all of it is written: what fails or is cancelled leaves nothing that looks whole.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, ErrorKind, Read, Seek, Write},
    path::{Path, PathBuf},
};

use crate::{
    diagnostic::Diagnostic,
    format::Sink,
    store::{
        Disk, Folder,
        disk::{self, Durability, NewFile, NewFolder},
        filesystem::{OpenFile, Opening},
        folder::own_file,
    },
};

/// So many bytes are moved at a time.
pub(super) const BLOCK: u64 = 1 << 20;
/// So many bytes of a piece that is only moved later are kept in memory.
const IN_MEMORY: usize = 8 << 20;
/// So many files of a folder are open at a time.
const MAX_OPEN: usize = 16;

/// Lets everything go.
pub struct Nowhere;

impl Sink for Nowhere {
    fn write(&mut self, _: &str, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn join(&mut self, _: &str, _: &str) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the main piece to a stream, in order, and lets all others go that are not joined to it.
pub struct StreamSink<'o> {
    out: &'o mut dyn Write,
    main: &'static str,
    /// Pieces that may be joined to the main one; beyond some size they lie on the disk.
    others: BTreeMap<String, tempfile::SpooledTempFile>,
}

impl<'o> StreamSink<'o> {
    pub fn of(out: &'o mut dyn Write, main: &'static str) -> Self {
        Self { out, main, others: BTreeMap::new() }
    }

    pub fn finish(self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Sink for StreamSink<'_> {
    fn write(&mut self, piece: &str, bytes: &[u8]) -> io::Result<()> {
        if piece == self.main {
            return self.out.write_all(bytes);
        }
        if !self.others.contains_key(piece) {
            self.others.insert(piece.to_owned(), tempfile::SpooledTempFile::new(IN_MEMORY));
        }
        self.others.get_mut(piece).map_or(Ok(()), |file| file.write_all(bytes))
    }

    fn join(&mut self, rest: &str, to: &str) -> io::Result<()> {
        let Some(mut file) = self.others.remove(rest) else { return Ok(()) };
        file.rewind()?;
        let mut block = Vec::new();
        while (&mut file).take(BLOCK).read_to_end(&mut block)? > 0 {
            self.write(to, &block)?;
            block.clear();
        }
        Ok(())
    }
}

/// Writes the main piece into a file, and each other one beside it: `codebook.json` beside `out.jsonl` is
/// `out.codebook.json`.
pub struct FileSink<'f> {
    folder: &'f Folder,
    to: PathBuf,
    main: &'static str,
    files: BTreeMap<String, BufWriter<NewFile<'f>>>,
}

impl<'f> FileSink<'f> {
    /// # Errors
    /// The folder that the file is to lie in can’t be made.
    pub fn over(folder: &'f Folder, to: &Path, main: &'static str) -> Result<Self, Diagnostic> {
        folder.disk.make_folders(disk::folder_of(to))?;
        disk::remove_left_overs(&folder.disk, disk::folder_of(to));
        Ok(Self { folder, to: to.to_owned(), main, files: BTreeMap::new() })
    }

    /// Puts every file in its place, the main one last.
    ///
    /// # Errors
    /// One can’t be put there; those that were stay there.
    pub fn finish(mut self) -> Result<(), Diagnostic> {
        let main = self.files.remove(self.main);
        for file in self.files.into_values().chain(main) {
            let file = file.into_inner().map_err(|error| disk::trouble("write", &self.to, error.error()))?;
            file.finish(Durability::Flushed, || Ok(()))?;
        }
        self.folder.disk.flush_folder(disk::folder_of(&self.to))
    }

    /// Where a piece will be.
    fn path(&self, piece: &str) -> PathBuf {
        if piece == self.main {
            return self.to.clone();
        }
        let mut name = self.to.file_stem().unwrap_or_default().to_owned();
        name.push(".");
        name.push(piece.replace('/', "."));
        self.to.with_file_name(name)
    }

    fn file(&mut self, piece: &str) -> io::Result<&mut BufWriter<NewFile<'f>>> {
        if !self.files.contains_key(piece) {
            checked(piece)?;
            let path = self.path(piece);
            if self.folder.is_own(&path) {
                return Err(io::Error::other(own_file(&path)));
            }
            let file = NewFile::begin(&self.folder.disk, &path, disk::folder_of(&path));
            self.files.insert(piece.to_owned(), BufWriter::new(file.map_err(io::Error::other)?));
        }
        self.files.get_mut(piece).ok_or_else(|| ErrorKind::NotFound.into())
    }
}

impl Sink for FileSink<'_> {
    fn write(&mut self, piece: &str, bytes: &[u8]) -> io::Result<()> {
        self.file(piece)?.write_all(bytes)
    }

    fn join(&mut self, rest: &str, to: &str) -> io::Result<()> {
        let Some(rest) = self.files.remove(rest) else { return Ok(()) };
        let rest = rest.into_inner().map_err(io::IntoInnerError::into_error)?;
        let mut from = 0;
        loop {
            let block = rest.read(from, BLOCK)?;
            if block.is_empty() {
                return Ok(());
            }
            from += block.len() as u64;
            self.write(to, &block)?;
        }
    }
}

/// Writes each piece into a file of a new folder. The files are not flushed to the disk one by one: what a computer loses
/// that goes off in the middle can be exported again.
pub struct FolderSink<'d> {
    disk: &'d Disk,
    folder: NewFolder<'d>,
    /// The files that were written to last, the latest at the end.
    open: Vec<(String, BufWriter<Box<dyn OpenFile>>)>,
}

impl<'d> FolderSink<'d> {
    pub fn over(disk: &'d Disk, folder: NewFolder<'d>) -> Self {
        Self { disk, folder, open: Vec::new() }
    }

    /// Puts the folder in its place; `last` is the piece by which one sees that it is whole.
    ///
    /// # Errors
    /// It can’t be put there.
    pub fn finish(self, last: &str) -> Result<(), Diagnostic> {
        let path = self.folder.path().to_owned();
        self.closed().map_err(|error| disk::trouble("write", &path, &error))?.finish(last)
    }

    /// The folder, with all that was written in it.
    ///
    /// # Errors
    /// Not all could be written.
    pub fn closed(mut self) -> io::Result<NewFolder<'d>> {
        while !self.open.is_empty() {
            self.close(0)?;
        }
        Ok(self.folder)
    }

    /// Closes one of the open files.
    fn close(&mut self, at: usize) -> io::Result<()> {
        let (_, mut file) = self.open.remove(at);
        file.flush()
    }

    fn close_piece(&mut self, piece: &str) -> io::Result<()> {
        match self.open.iter().position(|(name, _)| name == piece) {
            Some(at) => self.close(at),
            None => Ok(()),
        }
    }

    fn open_piece(&mut self, piece: &str) -> io::Result<()> {
        let path = self.folder.path().join(checked(piece)?);
        let mut missing: Vec<&Path> = Vec::new();
        let mut above = disk::folder_of(&path);
        while above != self.folder.path() && self.disk.files().look_at(above).is_err() {
            missing.push(above);
            above = disk::folder_of(above);
        }
        missing.into_iter().rev().try_for_each(|folder| self.disk.files().make_folder(folder))?;
        if self.open.len() >= MAX_OPEN {
            self.close(0)?;
        }
        let file = self.disk.files().open(&path, Opening::Append)?;
        self.open.push((piece.to_owned(), BufWriter::new(file)));
        Ok(())
    }
}

impl Sink for FolderSink<'_> {
    fn write(&mut self, piece: &str, bytes: &[u8]) -> io::Result<()> {
        match self.open.iter().position(|(name, _)| name == piece) {
            Some(at) => self.open[at..].rotate_left(1),
            None => self.open_piece(piece)?,
        }
        self.open.last_mut().map_or(Ok(()), |(_, file)| file.write_all(bytes))
    }

    fn join(&mut self, rest: &str, to: &str) -> io::Result<()> {
        self.close_piece(rest)?;
        let path = self.folder.path().join(checked(rest)?);
        let mut from = 0;
        loop {
            let block = self.disk.files().read(&path, from, BLOCK)?.0;
            if block.is_empty() {
                return self.disk.files().remove(&path);
            }
            from += block.len() as u64;
            self.write(to, &block)?;
        }
    }
}

/// Puts every piece into a folder of another sink.
pub struct InFolder<'s> {
    pub sink: &'s mut dyn Sink,
    pub folder: &'static str,
}

impl Sink for InFolder<'_> {
    fn write(&mut self, piece: &str, bytes: &[u8]) -> io::Result<()> {
        self.sink.write(&format!("{}/{piece}", self.folder), bytes)
    }

    fn join(&mut self, rest: &str, to: &str) -> io::Result<()> {
        self.sink.join(&format!("{}/{rest}", self.folder), &format!("{}/{to}", self.folder))
    }
}

/// A piece's name, which may be a path below a folder.
///
/// # Errors
/// It would lead elsewhere, or to a hidden file.
fn checked(piece: &str) -> io::Result<&str> {
    let is_plain = |part: &str| {
        let mut chars = part.chars();
        !part.starts_with('.') && !part.is_empty() && chars.all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    if piece.split('/').all(is_plain) { Ok(piece) } else { Err(ErrorKind::InvalidInput.into()) }
}
