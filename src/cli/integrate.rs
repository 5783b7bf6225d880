//! Pressmark among the desktop’s programs: its entry in the menu, its icon, and packed projects that open with it.
//!
//! It writes for one user alone, where every free desktop looks (XDG Base Directory Specification 0.8), and touches
//! nothing that a package has installed. What programs are called and how files are opened there: Desktop Entry
//! Specification 1.5, Shared MIME-info Database 0.21.

use std::{
    env, fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    process::Command,
};

use super::out::{self, Failure, Out};
use crate::{diagnostic::Diagnostic, phrase};

/// The desktop’s entry; it names the program as one that is found by its name.
const ENTRY: &str = include_str!("../../assets/desktop/pressmark.desktop");
const ENTRY_PATH: &str = "applications/pressmark.desktop";

/// What is written besides the entry, each with its path below the data folder.
const FILES: [(&str, &[u8]); 3] = [
    ("icons/hicolor/scalable/apps/pressmark.svg", include_bytes!("../../assets/desktop/pressmark.svg")),
    ("icons/hicolor/256x256/apps/pressmark.png", include_bytes!("../../assets/desktop/pressmark.png")),
    ("mime/packages/pressmark.xml", include_bytes!("../../assets/desktop/pressmark.xml")),
];

/// Programs that tell the desktop about the files, each with the folder that it reads and the package that brings it.
const TELLERS: [(&str, &str, &str); 2] = [
    ("update-desktop-database", "applications", "desktop-file-utils"),
    ("update-mime-database", "mime", "shared-mime-info"),
];

/// Carries out `pressmark integrate`: prints each file that is written, or with `remove` taken out.
///
/// # Errors
/// The system has no such desktops, there is no home, or a file can’t be written or removed.
pub fn run(remove: bool) -> Result<(), Failure> {
    let data = data_home()?;
    let mut out = Out::new();
    let mut print =
        |what: &str, path: &Path| out.write(&format!("{what} {}\n", out::plain(&path.display().to_string())));
    if remove {
        let paths = FILES.iter().map(|(path, _)| *path).chain([ENTRY_PATH]);
        let mut removed = 0;
        for path in paths.map(|path| data.join(path)) {
            if remove_file(&path)? {
                print("Removed", &path)?;
                removed += 1;
            }
        }
        if removed == 0 {
            out::say(&phrase!("Nothing of Pressmark was there"));
            return Ok(());
        }
    } else {
        let program = env::current_exe().map_err(|error| failed("read", Path::new("pressmark"), &error))?;
        let entry = entry_for(&program)?;
        for (path, bytes) in FILES.into_iter().chain([(ENTRY_PATH, entry.as_bytes())]) {
            let path = data.join(path);
            write_file(&path, bytes)?;
            print("Wrote", &path)?;
        }
    }
    out::tell(&tell_desktop(&data));
    Ok(())
}

/// Where the data of one user is: `$XDG_DATA_HOME` where it is absolute, as the specification asks, or `~/.local/share`.
fn data_home() -> Result<PathBuf, Diagnostic> {
    if cfg!(any(windows, target_os = "macos")) {
        return Err(Diagnostic::error("no-entries", "This system has no desktop entries")
            .hint("Here the installer puts Pressmark among the programs"));
    }
    let named = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let usual = || env::home_dir().filter(|home| home.is_absolute()).map(|home| home.join(".local/share"));
    named.or_else(usual).ok_or_else(|| {
        Diagnostic::error("no-home", "There is no folder of your own to write to").hint("Set HOME or XDG_DATA_HOME")
    })
}

/// The entry, with the program by its whole path: it need not stand where programs are looked for.
///
/// # Errors
/// An entry is Unicode, and the program’s path is not.
fn entry_for(program: &Path) -> Result<String, Diagnostic> {
    let path = program.to_str().ok_or_else(|| {
        Diagnostic::error("bad-path", "The program’s path is not Unicode, so no desktop entry can name it")
            .at_path(program.display())
            .hint("Put the program into another folder")
    })?;
    Ok(ENTRY.replace("\nExec=pressmark ", &format!("\nExec={} ", quoted(path))))
}

/// A path as one argument in the value of `Exec`. Quotation escapes some characters with a backslash, strings escape
/// the backslash once more, and `%` begins a field code (Desktop Entry Specification, “The Exec key”).
fn quoted(path: &str) -> String {
    let mut quoted = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '`' | '$' => quoted.extend(["\\\\", c.encode_utf8(&mut [0; 4])]),
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes));
    written.map_err(|error| failed("write", path, &error))
}

/// Whether there was a file to remove.
fn remove_file(path: &Path) -> Result<bool, Diagnostic> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(failed("remove", path, &error)),
    }
}

fn failed(what: &str, path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error("io", phrase!("Can’t {what} the file: {why}", what, why = error))
        .at_path(path.display())
        .hint("Check that the folder can be written")
}

/// Has the desktop read what was changed; what could not be told to it.
fn tell_desktop(data: &Path) -> Vec<Diagnostic> {
    TELLERS.iter().filter_map(|(program, folder, package)| tell_with(program, &data.join(folder), package)).collect()
}

fn tell_with(program: &str, folder: &Path, package: &str) -> Option<Diagnostic> {
    if !folder.is_dir() {
        return None;
    }
    let told = |message| Diagnostic::warning("desktop-not-told", message);
    match Command::new(program).arg(folder).output() {
        Ok(output) if output.status.success() => None,
        Ok(output) => {
            let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Some(told(phrase!("{program} failed: {why}", program, why)).hint("Log out and in, and it may be noticed"))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let message = phrase!("{program} was not found, so the desktop may not notice", program);
            Some(told(message).hint(phrase!("Install {package}, and run this again", package)))
        }
        Err(error) => Some(
            told(phrase!("{program} failed: {why}", program, why = &error))
                .hint("Log out and in, and it may be noticed"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_named_by_its_whole_path() {
        let cases = [
            ("/opt/pressmark", r#"Exec="/opt/pressmark" %f"#),
            ("/media/Ana’s stick/pressmark", r#"Exec="/media/Ana’s stick/pressmark" %f"#),
            (r#"/a"b$c`d\e%f"#, r#"Exec="/a\\"b\\$c\\`d\\\\e%%f" %f"#),
            ("/a\nb", r#"Exec="/a\nb" %f"#),
        ];
        for (path, line) in cases {
            let entry = entry_for(Path::new(path)).unwrap();
            assert_eq!(entry.lines().find(|found| found.starts_with("Exec=")), Some(line));
            assert_eq!(entry.lines().count(), ENTRY.lines().count());
        }
    }
}
