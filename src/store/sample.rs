//! The sample project, which comes inside the program: what a class sees first.

use std::path::{Path, PathBuf};

use super::disk::Disk;
use crate::diagnostic::Diagnostic;

/// The name of its folder.
const NAME: &str = "harbour-bridge";

macro_rules! files {
    ($($path:literal,)*) => {
        &[$(($path, include_str!(concat!("../../projects/harbour-bridge/", $path))),)*]
    };
}

/// Every file of `projects/harbour-bridge`, by its path in the folder; a test holds the two together.
const FILES: &[(&str, &str)] = files![
    "project.ron",
    ".gitignore",
    "codebook.ron",
    "articles/bridge-toll-passes-after-bitter-debate-kzga9.ron",
    "articles/council-backs-toll-to-mend-harbour-bridge-6nseq.ron",
    "articles/drivers-to-pay-for-crossing-from-spring-7bq1h.ron",
    "layers/ana/bridge-toll-passes-after-bitter-debate-kzga9.ron",
    "layers/ana/council-backs-toll-to-mend-harbour-bridge-6nseq.ron",
    "layers/ana/drivers-to-pay-for-crossing-from-spring-7bq1h.ron",
    "layers/ana/links.ron",
    "layers/ben/bridge-toll-passes-after-bitter-debate-kzga9.ron",
    "layers/ben/council-backs-toll-to-mend-harbour-bridge-6nseq.ron",
];

/// Puts the sample into a folder of projects, unless it is there already, and gives its folder. `project.ron` is
/// written last, so that a sample that was not finished is written again.
///
/// # Errors
/// A file can't be written.
pub fn place(projects: &Path) -> Result<PathBuf, Diagnostic> {
    let folder = projects.join(NAME);
    if folder.join("project.ron").exists() {
        return Ok(folder);
    }
    for (path, text) in FILES.iter().rev() {
        Disk::default().write(&folder.join(path), text.as_bytes())?;
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::*;

    #[test]
    fn every_file_of_the_sample_comes_along() {
        let root = crate::root::root().join("projects").join(NAME);
        let mut folders = vec![root.clone()];
        let mut on_disk = BTreeSet::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                match path.is_dir() {
                    true if name.starts_with('.') => {}
                    true => folders.push(path),
                    false => drop(on_disk.insert(name)),
                }
            }
        }
        assert_eq!(on_disk, FILES.iter().map(|(path, _)| (*path).to_owned()).collect());
    }

    #[test]
    fn the_sample_is_put_in_place_once_and_opens() {
        let folder = tempfile::tempdir().unwrap();
        let path = place(folder.path()).unwrap();
        fs::write(path.join("mine.txt"), "kept").unwrap();
        assert_eq!(place(folder.path()).unwrap(), path);
        assert!(path.join("mine.txt").exists());
        let (_, project, found) = crate::store::open(&path).unwrap();
        assert_eq!(found, []);
        assert_eq!(project.articles().len(), 3);
    }
}
