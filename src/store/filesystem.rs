//! What the store asks of a file system: one small trait, so that tests can put one in its place that fails.
//!
//! It knows no project and no format, only paths and bytes, and gives the system's own errors.

use std::{
    fmt::Debug,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// Files are read in pieces of so many bytes. A whole piece of zeros is taken for a hole that a crash left in the
/// file, and refused.
const PIECE: u64 = 1 << 20;

/// A file system. Every call is whole when it returns; what it did has reached the disk only once it is flushed.
pub trait FileSystem: Debug + Send + Sync {
    /// What stands at a path itself: for a link, the link.
    ///
    /// # Errors
    /// There is nothing (`NotFound`), or it cannot be told.
    fn look_at(&self, path: &Path) -> io::Result<FileInfo>;

    /// What a path leads to, through links.
    ///
    /// # Errors
    /// It leads to nothing (`NotFound`), or it cannot be told.
    fn follow(&self, path: &Path) -> io::Result<FileInfo>;

    /// The paths of everything in a folder, in no order.
    ///
    /// # Errors
    /// Also where the listing breaks off in the middle.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// At most `most` bytes of a file, from the byte `from` on, and what the file was when it was opened.
    ///
    /// # Errors
    /// Also where it is a folder (`IsADirectory`), or a pipe or device (`Unsupported`): those are never opened.
    fn read(&self, path: &Path, from: u64, most: u64) -> io::Result<(Vec<u8>, FileInfo)>;

    /// Opens a file to be written.
    ///
    /// # Errors
    /// See [`Opening`].
    fn open(&self, path: &Path, how: Opening) -> io::Result<Box<dyn OpenFile>>;

    /// Puts a file or folder in another's place; both must lie on one disk.
    ///
    /// # Errors
    /// Then both are as they were.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// There is none, or it cannot be removed.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes one folder; the one that it lies in must be there.
    ///
    /// # Errors
    /// There is something already (`AlreadyExists`), or it cannot be made.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a folder with nothing in it.
    ///
    /// # Errors
    /// Something is in it, or it cannot be removed.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// Returns when the names in a folder are on the disk for good.
    ///
    /// # Errors
    /// They may not be.
    fn flush_folder(&self, folder: &Path) -> io::Result<()>;
}

/// A file that is open to be written. What the system holds for it, such as a lock, goes with it.
pub trait OpenFile: Write + Debug + Send {
    /// What it is now.
    ///
    /// # Errors
    /// It cannot be told.
    fn info(&self) -> io::Result<FileInfo>;

    /// Returns when every byte written is on the disk for good.
    ///
    /// # Errors
    /// Some may not be, and whether they are cannot be found out.
    fn flush_to_disk(&mut self) -> io::Result<()>;

    /// Cuts the file off after so many bytes.
    ///
    /// # Errors
    /// Then it is as it was.
    fn cut(&mut self, len: u64) -> io::Result<()>;

    /// Gives it the permissions of another file.
    ///
    /// # Errors
    /// They cannot be read or set.
    fn take_permissions_of(&self, path: &Path) -> io::Result<()>;

    /// Locks it for this open file alone; false where somebody else has it locked.
    ///
    /// # Errors
    /// Also where the file system knows no locks (`Unsupported`).
    fn try_lock(&self) -> io::Result<bool>;
}

/// How a file is opened to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Made anew; it is an error where there is one.
    New,
    /// Made where there is none; what is written goes to its end.
    Append,
    /// Must be there; what is written goes to its start.
    Existing,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileInfo {
    pub kind: FileKind,
    /// Bytes.
    pub len: u64,
    /// When its bytes were last changed, as it says itself: nanoseconds since 1970, 0 where the system does not tell.
    pub modified_ns: u64,
    /// `None` where the system does not tell.
    pub identity: Option<Identity>,
}

/// By what a system that tells it knows a file, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    pub device: u64,
    pub inode: u64,
    /// When anything of it was last changed; no program can put this back. Nanoseconds since 1970.
    pub changed_ns: i128,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    File,
    Folder,
    Link,
    /// A pipe, a device, a socket.
    Other,
}

impl FileInfo {
    fn of(metadata: &fs::Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let kind = match metadata.file_type() {
            kind if kind.is_symlink() => FileKind::Link,
            kind if kind.is_dir() => FileKind::Folder,
            kind if kind.is_file() => FileKind::File,
            _ => FileKind::Other,
        };
        Self {
            kind,
            len: metadata.len(),
            modified_ns: since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(0),
            identity: identity(metadata),
        }
    }

    /// Whether both are one file or folder; where the system does not tell, they are taken for one.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let place = |info: &Self| info.identity.map(|identity| (identity.device, identity.inode));
        self.kind == other.kind && (place(self) == place(other) || place(self).is_none() || place(other).is_none())
    }
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let changed_ns = i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec());
    Some(Identity { device: metadata.dev(), inode: metadata.ino(), changed_ns })
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Option<Identity> {
    None
}

/// The system's own file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealFileSystem;

impl FileSystem for RealFileSystem {
    fn look_at(&self, path: &Path) -> io::Result<FileInfo> {
        fs::symlink_metadata(path).map(|metadata| FileInfo::of(&metadata))
    }

    fn follow(&self, path: &Path) -> io::Result<FileInfo> {
        fs::metadata(path).map(|metadata| FileInfo::of(&metadata))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
    }

    fn read(&self, path: &Path, from: u64, most: u64) -> io::Result<(Vec<u8>, FileInfo)> {
        // Opening a pipe would wait for whoever writes into it.
        match self.follow(path)?.kind {
            FileKind::File => {}
            FileKind::Folder => return Err(ErrorKind::IsADirectory.into()),
            FileKind::Link | FileKind::Other => return Err(ErrorKind::Unsupported.into()),
        }
        let mut file = File::open(path)?;
        let info = FileInfo::of(&file.metadata()?);
        file.seek(SeekFrom::Start(from))?;
        let expected = info.len.saturating_sub(from).min(most);
        let mut bytes = Vec::with_capacity(usize::try_from(expected.min(PIECE)).unwrap_or(0) + 1);
        loop {
            let start = bytes.len();
            let wanted = PIECE.min(most - start as u64);
            let read = (&mut file).take(wanted).read_to_end(&mut bytes)?;
            if read as u64 == PIECE && bytes[start..].iter().all(|byte| *byte == 0) {
                return Err(io::Error::new(ErrorKind::InvalidData, "there is a hole in it"));
            }
            if (read as u64) < wanted || bytes.len() as u64 == most {
                return Ok((bytes, info));
            }
        }
    }

    fn open(&self, path: &Path, how: Opening) -> io::Result<Box<dyn OpenFile>> {
        let mut options = OpenOptions::new();
        match how {
            Opening::New => options.write(true).create_new(true),
            Opening::Append => options.append(true).create(true),
            Opening::Existing => options.write(true),
        };
        Ok(Box::new(RealFile(options.open(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir(folder)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    /// Systems that cannot flush a folder are trusted to do it.
    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        #[cfg(not(unix))]
        let _ = folder;
        Ok(())
    }
}

#[derive(Debug)]
struct RealFile(File);

impl Write for RealFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl OpenFile for RealFile {
    fn info(&self) -> io::Result<FileInfo> {
        self.0.metadata().map(|metadata| FileInfo::of(&metadata))
    }

    fn flush_to_disk(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn take_permissions_of(&self, path: &Path) -> io::Result<()> {
        self.0.set_permissions(fs::metadata(path)?.permissions())
    }

    fn try_lock(&self) -> io::Result<bool> {
        match self.0.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
