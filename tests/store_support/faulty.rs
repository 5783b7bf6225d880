//! A file system that fails: at one call, or from one call on, as when the power goes.
//!
//! It works on the real one. Calls that change something are counted from when it is armed. What was not flushed when
//! the power went can be lost in several ways, because disks write in an order of their own.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use pressmark::store::filesystem::{FileInfo, FileSystem, OpenFile, Opening, RealFileSystem};

/// What goes wrong at the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does nothing and fails; later ones work.
    Fails,
    /// Half of it is written, then it fails; later ones work.
    Tears,
    /// From it on nothing works, and what was not flushed is lost.
    PowerCut(Lost),
}

/// What of the things not flushed is lost in a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// As when a program is killed.
    Nothing,
    /// Bytes; the names are there.
    Bytes,
    /// Names that were made, changed or removed; what has a name still has its bytes.
    Names,
    All,
}

#[derive(Clone, Debug, Default)]
pub struct Faulty(Arc<Mutex<State>>);

/// What another program does at a moment.
type Meanwhile = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct State {
    is_armed: bool,
    calls: usize,
    fault: Option<(usize, Fault)>,
    meanwhile: Option<(usize, Meanwhile)>,
    is_cut: bool,
    /// Files with bytes that were not flushed, and how many of them were.
    loose: BTreeMap<PathBuf, u64>,
    /// What happened to names since their folder was flushed, oldest first.
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    folder: PathBuf,
    undo: Undo,
}

#[derive(Debug)]
enum Undo {
    RemoveFile(PathBuf),
    RemoveFolder(PathBuf),
    Restore(PathBuf, Vec<u8>),
    MakeFolder(PathBuf),
    /// Back from the second to the first, in whose place nothing is now.
    Rename(PathBuf, PathBuf),
}

impl Name {
    /// A folder on the way to it has got another name; its own name is another matter.
    fn follow(&mut self, from: &Path, to: &Path) {
        if !self.folder.starts_with(from) {
            return;
        }
        let follow = |path: &mut PathBuf| *path = moved(std::mem::take(path), from, to);
        follow(&mut self.folder);
        match &mut self.undo {
            Undo::RemoveFile(path) | Undo::RemoveFolder(path) | Undo::Restore(path, _) | Undo::MakeFolder(path) => {
                follow(path);
            }
            Undo::Rename(one, other) => [one, other].into_iter().for_each(follow),
        }
    }
}

/// A path after something on it was renamed.
fn moved(path: PathBuf, from: &Path, to: &Path) -> PathBuf {
    match path.strip_prefix(from) {
        Ok(rest) if rest.as_os_str().is_empty() => to.to_owned(),
        Ok(rest) => to.join(rest),
        Err(_) => path,
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} calls, {:?}", self.calls, self.fault)
    }
}

impl Faulty {
    /// Counts calls from now on; the one of this number, from 0, goes wrong.
    pub fn arm(&self, fault: Option<(usize, Fault)>) {
        let mut state = self.0.lock().unwrap();
        state.is_armed = true;
        state.calls = 0;
        state.fault = fault;
    }

    /// Counts calls from now on; at the one of this number, from 0, another program does something.
    pub fn meanwhile(&self, at: usize, then: impl FnOnce() + Send + 'static) {
        self.arm(None);
        self.0.lock().unwrap().meanwhile = Some((at, Box::new(then)));
    }

    /// Everything works again; gives how many calls there were.
    pub fn disarm(&self) -> usize {
        let mut state = self.0.lock().unwrap();
        state.is_armed = false;
        state.calls
    }

    /// After a power cut: takes away what is lost.
    pub fn lose(&self) {
        let mut state = self.0.lock().unwrap();
        let Some((_, Fault::PowerCut(lost))) = state.fault.filter(|_| state.is_cut) else { return };
        if matches!(lost, Lost::Bytes | Lost::All) {
            for (path, len) in std::mem::take(&mut state.loose) {
                if let Ok(file) = fs::OpenOptions::new().write(true).open(path) {
                    file.set_len(len).unwrap();
                }
            }
        }
        if matches!(lost, Lost::Names | Lost::All) {
            while let Some(name) = state.names.pop() {
                // Where a later flush has kept a part of it, the rest may not be possible any more.
                let _ = match name.undo {
                    Undo::RemoveFile(path) => fs::remove_file(path),
                    Undo::RemoveFolder(path) => fs::remove_dir(path),
                    Undo::Restore(path, bytes) => fs::write(path, bytes),
                    Undo::MakeFolder(path) => fs::create_dir(path),
                    Undo::Rename(from, to) => fs::rename(to, from),
                };
            }
        }
    }

    /// Whether the call is to do its work; false where it is to do half of it, which only a write can.
    fn call(&self) -> io::Result<bool> {
        let mut state = self.0.lock().unwrap();
        if !state.is_armed {
            return Ok(true);
        }
        let number = state.calls;
        state.calls += 1;
        if let Some((_, then)) = state.meanwhile.take_if(|(at, _)| *at == number) {
            then();
        }
        match state.fault {
            _ if state.is_cut => Err(fault()),
            Some((at, Fault::Fails)) if at == number => Err(fault()),
            Some((at, Fault::Tears)) if at == number => Ok(false),
            Some((at, Fault::PowerCut(_))) if at == number => {
                state.is_cut = true;
                Ok(false)
            }
            _ => Ok(true),
        }
    }

    /// As [`Faulty::call`], of a call that is done whole or not at all.
    fn whole_call(&self) -> io::Result<()> {
        if self.call()? { Ok(()) } else { Err(fault()) }
    }

    fn note(&self, path: &Path, undo: Undo) {
        let folder = path.parent().unwrap().to_owned();
        self.0.lock().unwrap().names.push(Name { folder, undo });
    }
}

fn fault() -> io::Error {
    ErrorKind::StorageFull.into()
}

impl FileSystem for Faulty {
    fn look_at(&self, path: &Path) -> io::Result<FileInfo> {
        RealFileSystem.look_at(path)
    }

    fn follow(&self, path: &Path) -> io::Result<FileInfo> {
        RealFileSystem.follow(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        RealFileSystem.list(folder)
    }

    fn read(&self, path: &Path, from: u64, most: u64) -> io::Result<(Vec<u8>, FileInfo)> {
        RealFileSystem.read(path, from, most)
    }

    fn open(&self, path: &Path, how: Opening) -> io::Result<Box<dyn OpenFile>> {
        let is_new = !path.exists();
        if is_new {
            self.whole_call()?;
        }
        let file = RealFileSystem.open(path, how)?;
        if is_new {
            self.note(path, Undo::RemoveFile(path.to_owned()));
        }
        Ok(Box::new(FaultyFile { path: path.to_owned(), file, on: self.clone() }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        // No program can look and rename in one, so others come before their call or after it.
        let meanwhile = self.0.lock().unwrap().meanwhile.take();
        self.whole_call()?;
        let old = fs::read(to).ok();
        RealFileSystem.rename(from, to)?;
        match meanwhile {
            Some((at, then)) if self.0.lock().unwrap().calls > at => then(),
            later => self.0.lock().unwrap().meanwhile = later,
        }
        if let Some(old) = old {
            self.note(to, Undo::Restore(to.to_owned(), old));
        }
        self.note(to, Undo::Rename(from.to_owned(), to.to_owned()));
        let mut state = self.0.lock().unwrap();
        state.loose.remove(to);
        let loose = std::mem::take(&mut state.loose).into_iter();
        state.loose = loose.map(|(path, len)| (moved(path, from, to), len)).collect();
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.whole_call()?;
        let old = fs::read(path)?;
        RealFileSystem.remove(path)?;
        self.note(path, Undo::Restore(path.to_owned(), old));
        Ok(())
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if folder.exists() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        self.whole_call()?;
        RealFileSystem.make_folder(folder)?;
        self.note(folder, Undo::RemoveFolder(folder.to_owned()));
        Ok(())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.whole_call()?;
        RealFileSystem.remove_folder(folder)?;
        self.note(folder, Undo::MakeFolder(folder.to_owned()));
        Ok(())
    }

    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        self.whole_call()?;
        let mut state = self.0.lock().unwrap();
        let is_kept = |name: &Name| name.folder == folder;
        let renamed = state.names.iter().enumerate().filter(|(_, name)| is_kept(name));
        let renamed: Vec<(usize, PathBuf, PathBuf)> = renamed
            .filter_map(|(at, name)| match &name.undo {
                Undo::Rename(from, to) => Some((at, from.clone(), to.clone())),
                _ => None,
            })
            .collect();
        // What was done before in a folder that has another name for good is taken back under that.
        for (at, from, to) in renamed {
            state.names[..at].iter_mut().for_each(|name| name.follow(&from, &to));
        }
        state.names.retain(|name| name.folder != folder);
        Ok(())
    }
}

#[derive(Debug)]
struct FaultyFile {
    path: PathBuf,
    file: Box<dyn OpenFile>,
    on: Faulty,
}

impl Write for FaultyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let len = self.file.info()?.len;
        let is_whole = self.on.call()?;
        self.on.0.lock().unwrap().loose.entry(self.path.clone()).or_insert(len);
        if is_whole {
            self.file.write_all(bytes)?;
            return Ok(bytes.len());
        }
        self.file.write_all(&bytes[..bytes.len() / 2])?;
        Err(fault())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl OpenFile for FaultyFile {
    fn info(&self) -> io::Result<FileInfo> {
        self.file.info()
    }

    fn flush_to_disk(&mut self) -> io::Result<()> {
        self.on.whole_call()?;
        self.on.0.lock().unwrap().loose.remove(&self.path);
        Ok(())
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.on.whole_call()?;
        self.file.cut(len)
    }

    fn take_permissions_of(&self, path: &Path) -> io::Result<()> {
        self.file.take_permissions_of(path)
    }

    fn try_lock(&self) -> io::Result<bool> {
        self.file.try_lock()
    }
}
