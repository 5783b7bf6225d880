//! Conflict copies: second versions of files that synchronising programs put beside them, told by their names.
//!
//! Dropbox, Nextcloud, Syncthing, Google Drive, OneDrive and iCloud each have a way of their own to name them. A name
//! counts only where the file that it would be a copy of is there.

use std::path::{Path, PathBuf};

use super::{
    Folder,
    key::{ARTICLES, CODEBOOK_FILE, EXTENSION, HISTORY, LAYERS, PROJECT_FILE},
};
use crate::{diagnostic::Diagnostic, phrase};

/// A second version of a file of the project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConflictCopy {
    /// The file of the project, below the project’s folder.
    pub of: PathBuf,
    /// The copy, below the project’s folder.
    pub path: PathBuf,
}

impl ConflictCopy {
    /// The warning that says so.
    pub fn told(&self, folder: &Folder) -> Diagnostic {
        let name = self.of.display().to_string();
        Diagnostic::warning(
            "conflict-copy",
            phrase!("A synchronising program has put a second version of {name} here", name),
        )
        .at_path(folder.root().join(&self.path).display())
        .hint("Put the two together, mark by mark, with `pressmark merge` and the project’s folder")
    }
}

impl Folder {
    /// The conflict copies in all of the project’s folders, sorted. A folder that can’t be listed is passed over.
    pub(super) fn conflict_copies(&self) -> Vec<ConflictCopy> {
        let mut folders = vec![PathBuf::new(), ARTICLES.into()];
        for above in [LAYERS, HISTORY] {
            folders.extend(self.names_in(Path::new(above)).into_iter().map(|name| Path::new(above).join(name)));
        }
        let mut copies = Vec::new();
        for folder in folders {
            let names = self.names_in(&folder);
            let is_own = |name: &str| !folder.as_os_str().is_empty() || [PROJECT_FILE, CODEBOOK_FILE].contains(&name);
            for name in &names {
                let of = original(name, |original| is_own(original) && names.iter().any(|other| other == original));
                copies.extend(of.map(|of| ConflictCopy { of: folder.join(of), path: folder.join(name) }));
            }
        }
        copies.sort_unstable();
        copies
    }

    /// Names of everything in a folder of the project; empty where it can’t be listed.
    fn names_in(&self, below: &Path) -> Vec<String> {
        let paths = self.inside(below).and_then(|path| self.disk.list(&path)).unwrap_or_default();
        paths.iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect()
    }
}

/// The name of the file that one of this name would be a conflict copy of, where `is_there` knows one.
pub fn original(name: &str, is_there: impl Fn(&str) -> bool) -> Option<String> {
    let stem = name.strip_suffix(EXTENSION)?.strip_suffix('.')?;
    let ends = stem.char_indices().rev().filter(|(_, c)| matches!(c, ' ' | '.' | '-' | '_'));
    ends.filter(|(at, _)| is_suffix(&stem[*at..]))
        .map(|(at, _)| format!("{}.{EXTENSION}", &stem[..at]))
        .find(|original| is_there(original))
}

/// Whether synchronising programs put such a text behind the name of a file.
fn is_suffix(suffix: &str) -> bool {
    // ` (Ana's conflicted copy 2026-11-30)`, ` (conflicted copy 2026-11-30 081500)`, `.sync-conflict-20261130-…`, `_conflict-…`
    if suffix.to_lowercase().contains("conflict") {
        return true;
    }
    let is_number = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(rest) = suffix.strip_prefix(' ') {
        // ` (1)`, ` 2`
        return is_number(rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest));
    }
    // `-DESKTOP-4711`: no name of an article has capitals.
    suffix.strip_prefix('-').is_some_and(|computer| {
        computer.bytes().any(|b| b.is_ascii_uppercase())
            && computer.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_by_their_names() {
        let there = ["toll-4n9t6.ron", "toll.ron", "2026-11.ron"];
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(original(name, |name| there.contains(&name)).as_deref(), expected, "{name}");
        };
        for suffix in [
            " (Ana's conflicted copy 2026-11-30)",
            " (Ana’s conflicted copy 2026-11-30 (1))",
            " (conflicted copy 2026-11-30 081500)",
            ".sync-conflict-20261130-081500-ABCDEFG",
            "_conflict-20261130-081500",
            " (1)",
            " 2",
            "-DESKTOP-4711",
        ] {
            check(&format!("toll-4n9t6{suffix}.ron"), Some("toll-4n9t6.ron"));
            check(&format!("toll{suffix}.ron"), Some("toll.ron"));
            check(&format!("bridge{suffix}.ron"), None);
        }
        check("2026-11.sync-conflict-20261130-081500-ABCDEFG.ron", Some("2026-11.ron"));
        check("2026-11-2.ron", None);
        check("toll-4n9t6.ron", None);
        check("toll-bridge.ron", None);
        check("toll (draft).ron", None);
        check("toll (1).txt", None);
    }
}
