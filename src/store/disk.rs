//! Files, whole or not at all. It knows no project, only paths and bytes, and says what went wrong with which.

use std::{
    fs::{self, File, Metadata},
    io::{self, ErrorKind, Read, Write},
    path::Path,
    time::UNIX_EPOCH,
};

use tempfile::NamedTempFile;

use crate::diagnostic::Diagnostic;

/// No file of a project is larger, in bytes; a larger one is not read.
pub const MAX_FILE: u64 = 256 << 20;
/// The same for a packed project.
pub const MAX_PACKED: u64 = 2 << 30;
const TEMPORARY: &str = ".pressmark-";

/// By what a file is known again: its length and time, and a hash of its bytes where they were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub len: u64,
    /// Nanoseconds since 1970; 0 where the system does not tell.
    pub modified_ns: u64,
    pub hash: Option<u64>,
}

impl Stamp {
    pub fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
        let modified_ns = since.and_then(|d| u64::try_from(d.as_nanos()).ok()).unwrap_or(0);
        Self { len: metadata.len(), modified_ns, hash: None }
    }

    /// Whether the length and the time are the same.
    pub fn looks_like(&self, other: &Self) -> bool {
        (self.len, self.modified_ns) == (other.len, other.modified_ns)
    }

    fn with(self, bytes: &[u8]) -> Self {
        Self { hash: Some(hash(bytes)), ..self }
    }
}

/// A hash that is good enough to tell whether a file is as it was; never written to a file.
pub fn hash(bytes: &[u8]) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

/// The stamp of what is there, `None` where there is nothing.
pub fn stamp(path: &Path) -> Result<Option<Stamp>, Diagnostic> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(Stamp::of(&metadata))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(trouble("read", path, &error)),
    }
}

/// A file's bytes and its stamp.
///
/// # Errors
/// A file that cannot be read, or is larger than [`MAX_FILE`].
pub fn read(path: &Path) -> Result<(Vec<u8>, Stamp), Diagnostic> {
    read_up_to(path, MAX_FILE)
}

/// As [`read`], of a file of at most so many bytes.
pub fn read_up_to(path: &Path, most: u64) -> Result<(Vec<u8>, Stamp), Diagnostic> {
    let failed = |error| trouble("read", path, &error);
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(trouble("read", path, &ErrorKind::IsADirectory.into()));
    }
    if metadata.len() > most {
        return Err(Diagnostic::error("too-large", format!("The file is larger than {} MB", most >> 20))
            .at_path(path.display())
            .hint("Restore it from a copy: Pressmark writes no such file"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // A file that grows while it is read, or a pipe, is read no further than this.
    file.take(most).read_to_end(&mut bytes).map_err(failed)?;
    let stamp = Stamp::of(&metadata).with(&bytes);
    Ok((bytes, stamp))
}

/// Whether a file has reached the disk for good before the call returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    Flushed,
    /// For what can be made again.
    Loose,
}

/// Replaces a file, or makes it, and the folders it lies in. Call [`flush_folder`] after the last one in a folder.
///
/// # Errors
/// Where it cannot; then the old file is as it was.
pub fn write(path: &Path, bytes: &[u8], durability: Durability) -> Result<Stamp, Diagnostic> {
    let stamp =
        write_with(path, durability, |file| file.write_all(bytes).map_err(|error| trouble("write", path, &error)))?;
    Ok(stamp.with(bytes))
}

/// As [`write`], with what a function writes. Where it fails, the old file is as it was.
pub fn write_with(
    path: &Path,
    durability: Durability,
    fill: impl FnOnce(&mut File) -> Result<(), Diagnostic>,
) -> Result<Stamp, Diagnostic> {
    let failed = |error: io::Error| trouble("write", path, &error);
    let mut temporary = temporary_beside(path).map_err(failed)?;
    fill(temporary.as_file_mut())?;
    if durability == Durability::Flushed {
        temporary.as_file().sync_all().map_err(failed)?;
    }
    let file = temporary.persist(path).map_err(|e| failed(e.error))?;
    Ok(Stamp::of(&file.metadata().map_err(failed)?))
}

fn temporary_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY).suffix(".tmp");
    #[cfg(unix)]
    let everybody = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(everybody);
    let temporary = builder.tempfile_in(folder)?;
    if let Ok(metadata) = fs::metadata(path) {
        temporary.as_file().set_permissions(metadata.permissions())?;
    }
    Ok(temporary)
}

/// Makes sure that the names in a folder have reached the disk; systems that cannot are trusted to do it.
pub fn flush_folder(folder: &Path) -> Result<(), Diagnostic> {
    #[cfg(unix)]
    File::open(folder).and_then(|f| f.sync_all()).map_err(|error| trouble("write", folder, &error))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Removes a file if it is there.
pub fn remove(path: &Path) -> Result<(), Diagnostic> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(trouble("remove", path, &error)),
        _ => Ok(()),
    }
}

/// What went wrong with a file or folder, and what to do.
pub fn trouble(action: &str, path: &Path, error: &io::Error) -> Diagnostic {
    let message = |why: &str| format!("Can’t {action} it: {why}");
    let (code, why, hint) = match error.kind() {
        ErrorKind::NotFound => ("not-found", "there is nothing here", "Check the path"),
        ErrorKind::PermissionDenied => {
            ("no-permission", "you have no permission", "Change its permissions, or copy it to a place of your own")
        }
        ErrorKind::ReadOnlyFilesystem => {
            ("read-only", "the disk is read-only", "Copy the project to a place that can be written")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("disk-full", "the disk is full", "Make room on the disk and save again")
        }
        ErrorKind::IsADirectory => ("is-a-folder", "it is a folder", "Name a file"),
        ErrorKind::NotADirectory => ("not-a-folder", "a part of the path is a file", "Check the path"),
        _ => {
            return Diagnostic::error("io", message(&error.to_string()))
                .at_path(path.display())
                .hint("Check the disk and the path, and try again");
        }
    };
    Diagnostic::error(code, message(why)).at_path(path.display()).hint(hint)
}
