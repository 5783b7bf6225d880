//! Runs the program itself in a place of its own on the disk.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A folder that goes away with the test; paths in arguments are relative to it.
pub struct Place(tempfile::TempDir);

/// What the program said.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A place with the project `p` in it, and in that one article with a mark of every label and an attribution.
    pub fn with_marked_project() -> Self {
        let place = Self::new();
        place.write("toll.txt", TEXT);
        place.write("marks.ron", MARKS);
        place.ok(&["new", "p", "--name", "Toll"]);
        place.ok(&["add", "p", "toll.txt", "--outlet", "The Courier", "--story", "The toll"]);
        place.ok(&["run", "p", "marks.ron", "--annotator", "Ana"]);
        place
    }

    /// Another place with the same in it.
    pub fn copied(&self) -> Self {
        let place = Self::new();
        copy(self.0.path(), place.0.path());
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The only file in a folder.
    pub fn only(&self, folder: &str) -> String {
        let entries: Vec<_> = fs::read_dir(self.path(folder)).unwrap().flatten().collect();
        assert_eq!(entries.len(), 1, "{folder}");
        format!("{folder}/{}", entries[0].file_name().to_str().unwrap())
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, b"")
    }

    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = program(self.0.path(), arguments);
        // A program that does not read its input may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs what must go well, and gives its standard output.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        ran.out
    }

    /// Every file of a folder with its bytes, without what can be deleted at any time.
    pub fn snapshot(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        gather(&self.path(folder), &self.path(folder), &mut files);
        files
    }
}

/// The program, begun in a folder.
pub fn program(folder: &Path, arguments: &[&str]) -> std::process::Child {
    let mut command = Command::new(path_of_program());
    command.args(arguments).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Where the program is.
pub fn path_of_program() -> PathBuf {
    // Cargo puts it beside the folder of the tests.
    let tests = std::env::current_exe().unwrap();
    let built = tests.parent().and_then(Path::parent).unwrap();
    built.join("pressmark").with_extension(std::env::consts::EXE_EXTENSION)
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for path in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        if path.is_dir() && path.file_name().unwrap() != ".pressmark" {
            gather(root, &path, files);
        } else if path.is_file() {
            files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
}

impl Ran {
    /// Holds a failure against what it must say: what, where, and what to do.
    pub fn says(&self, code: i32, needles: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        for needle in needles.iter().chain(&["hint: "]) {
            assert!(self.err.contains(needle), "“{needle}” is not said: {}", self.err);
        }
    }
}

const TEXT: &str = "Council backs toll 🌉\n\n“We have put this off,” Mayor Ines Calder told the council, “and the \
    bridge keeps count.”\n\nIts cables 👩‍👩‍👧 will not last, engineers warned. The cafe\u{301} owners call it unfair.\n";

const MARKS: &str = r#"[
    Article(Next),
    Select(Words(words: "We have put this off,")),
    Mark(Label("quote")),
    Mark(Set(attribute: "form", value: Choice("direct"))),
    Mark(Note("One quote")),
    Select(Words(words: "Mayor Ines Calder")),
    Mark(Label("source")),
    Select(Words(words: "told")),
    Mark(Label("cue")),
    Relate(Make(kind: "attribution", members: [
        ("quote", Words(words: "We have put this off,")),
        ("source", Words(words: "Mayor Ines Calder")),
        ("cue", Words(words: "told")),
    ])),
    Select(Words(words: "cables 👩‍👩‍👧 will not last")),
    Mark(Label("claim")),
    Select(Words(words: "unfair")),
    Mark(Label("stance")),
    Mark(Flag(Question)),
    Whole(Status(InProgress)),
]"#;
