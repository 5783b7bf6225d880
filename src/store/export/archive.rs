//! An export as an archive: its pieces are gathered in a folder out of sight, and packed at the end.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::sink::{BLOCK, FolderSink};
use crate::{
    diagnostic::Diagnostic,
    format::Sink,
    store::{
        Disk, Folder,
        disk::{self, Durability, NewFile, NewFolder},
        filesystem::FileKind,
    },
};

/// Packs every piece into one file, which appears whole or not at all.
pub struct ArchiveSink<'f> {
    folder: &'f Folder,
    to: PathBuf,
    pieces: FolderSink<'f>,
}

impl<'f> ArchiveSink<'f> {
    /// # Errors
    /// The folder that it is to lie in can’t be made or written to.
    pub fn over(folder: &'f Folder, to: &Path) -> Result<Self, Diagnostic> {
        folder.disk.make_folders(disk::folder_of(to))?;
        disk::remove_left_overs(&folder.disk, disk::folder_of(to));
        let pieces = FolderSink::over(&folder.disk, NewFolder::begin(&folder.disk, to)?);
        Ok(Self { folder, to: to.to_owned(), pieces })
    }

    /// Packs the pieces, those beside folders before those in them, and puts the archive in its place.
    ///
    /// # Errors
    /// It can’t be written; then what was there before is as it was.
    pub fn finish(self) -> Result<(), Diagnostic> {
        let Self { folder, to, pieces } = self;
        let failed = |why: io::Error| disk::trouble("write", &to, &why);
        let gathered = pieces.closed().map_err(failed)?;
        let file = NewFile::begin(&folder.disk, &to, disk::folder_of(&to))?;
        let mut zip = ZipWriter::new_stream(BufWriter::new(file));
        pack(&mut zip, &folder.disk, gathered.path(), "").map_err(failed)?;
        let file = zip.finish().map_err(|why| failed(why.into()))?.into_inner();
        let file = file.into_inner().map_err(|why| failed(why.into_error()))?;
        drop(gathered);
        file.finish(Durability::Flushed, || Ok(()))?;
        folder.disk.flush_folder(disk::folder_of(&to))
    }
}

/// Packs what is in a folder.
fn pack<W: Write + io::Seek>(zip: &mut ZipWriter<W>, disk: &Disk, folder: &Path, above: &str) -> io::Result<()> {
    let mut paths = disk.files().list(folder)?;
    paths.sort_by_cached_key(|path| (disk.has(path, FileKind::Folder), path.clone()));
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if disk.has(&path, FileKind::Folder) {
            pack(zip, disk, &path, &format!("{above}{name}/"))?;
            continue;
        }
        let is_large = disk.files().look_at(&path)?.len >= u64::from(u32::MAX);
        zip.start_file(format!("{above}{name}"), SimpleFileOptions::default().large_file(is_large))?;
        let mut from = 0;
        loop {
            let block = disk.files().read(&path, from, BLOCK)?.0;
            if block.is_empty() {
                break;
            }
            from += block.len() as u64;
            zip.write_all(&block)?;
        }
    }
    Ok(())
}

impl Sink for ArchiveSink<'_> {
    fn write(&mut self, piece: &str, bytes: &[u8]) -> io::Result<()> {
        self.pieces.write(piece, bytes)
    }

    fn join(&mut self, rest: &str, to: &str) -> io::Result<()> {
        self.pieces.join(rest, to)
    }
}
