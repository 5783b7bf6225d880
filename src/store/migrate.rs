//! Old formats: a chain of steps, each from one version to the next.
//!
//! A step takes a file's text in its version and gives it in the next one, so that only the newest shapes stay in
//! [`super::file`]. A text that is in the next one already it gives back as it is: where bringing a whole project on was
//! interrupted, there are files of both. A newer version than the newest is refused, its files untouched.

use super::FileKey;
use crate::{diagnostic::Diagnostic, phrase};

/// Takes a file of one version to the same file of the next one.
type Migration = fn(&FileKey, &str) -> Result<String, Diagnostic>;

/// The step at index 0 leads from version 1 to version 2, and so on; a new format appends one.
const STEPS: &[Migration] = &[as_it_is];

/// The version that is written.
pub const VERSION: u32 = 1 + STEPS.len() as u32;

/// Version 2 says more than version 1 could: how far the marks of a label reach, rows that were set aside, and a journal
/// that is written before the files. What version 1 says, it says alike.
#[expect(clippy::unnecessary_wraps, reason = "other steps may find a file that they can’t take along")]
fn as_it_is(_: &FileKey, text: &str) -> Result<String, Diagnostic> {
    Ok(text.to_owned())
}

/// Whether a project of this version can be opened here.
///
/// # Errors
/// A version newer than [`VERSION`], or one that never was.
pub fn check(version: u32) -> Result<(), Diagnostic> {
    match version {
        0 => Err(Diagnostic::error("bad-version", "There never was a project of version 0")
            .hint(phrase!("Write the version it was made with; the newest is {version}", version = &VERSION))),
        1..=VERSION => Ok(()),
        _ => Err(Diagnostic::error(
            "newer-version",
            phrase!(
                "The project has format {version}, and this Pressmark knows no newer one than {newest}",
                version = &version,
                newest = &VERSION
            ),
        )
        .hint("Open it with a newer Pressmark; nothing was changed here")),
    }
}

/// A file’s text in the newest version, from its text in `version`.
pub fn newest(key: &FileKey, version: u32, text: String) -> Result<String, Diagnostic> {
    through(STEPS, key, version, text)
}

fn through(steps: &[Migration], key: &FileKey, version: u32, text: String) -> Result<String, Diagnostic> {
    let done = usize::try_from(version.saturating_sub(1)).unwrap_or(usize::MAX);
    steps.iter().skip(done).try_fold(text, |text, step| step(key, &text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_goes_through_the_steps_after_its_version() {
        let steps: &[Migration] = &[|_, text| Ok(format!("{text}2")), |_, text| Ok(format!("{text}3"))];
        let key = FileKey::Project;
        for (version, expected) in [(1, "v23"), (2, "v3"), (3, "v")] {
            assert_eq!(through(steps, &key, version, "v".to_owned()).unwrap(), expected);
        }
    }

    #[test]
    fn a_newer_version_is_refused() {
        assert!(check(VERSION).is_ok());
        assert_eq!(check(VERSION + 1).unwrap_err().code, "newer-version");
        assert_eq!(check(0).unwrap_err().code, "bad-version");
    }
}
