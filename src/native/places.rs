//! Where what is the program’s own is kept: where the platform keeps such things, or beside the program.
//!
//! Beside it, where a file named `portable` stands there too: then a stick that is carried from machine to machine has the
//! settings and the projects with it. It reads and writes none of them.

use std::{
    env, mem,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use directories::{ProjectDirs, UserDirs};

use crate::ui::settings::Settings;

/// The file that makes a program portable; what is in it does not matter.
const PORTABLE: &str = "portable";
const PROJECTS: &str = "projects";

/// The folder of the program, where it is portable.
static BESIDE: LazyLock<Option<PathBuf>> =
    LazyLock::new(|| portable_folder(env::current_exe().ok()?.canonicalize().ok()?.parent()?));

/// The folder, where a portable program would stand in it.
fn portable_folder(folder: &Path) -> Option<PathBuf> {
    folder.join(PORTABLE).exists().then(|| folder.to_owned())
}

/// Where the platform keeps what is ours; `None` where there is no home.
fn of_platform() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "pressmark")
}

/// The file with the settings; `None` where there is no home, and then nothing is kept.
pub fn settings() -> Option<PathBuf> {
    let folder = BESIDE.clone().or_else(|| Some(of_platform()?.config_dir().to_owned()))?;
    Some(folder.join("settings.ron"))
}

/// The file in which a portable program keeps where its window was; `None` where the platform has a place for that.
pub fn window() -> Option<PathBuf> {
    Some(BESIDE.as_ref()?.join("window.ron"))
}

/// The folder for projects that the program brings itself.
pub fn own_projects() -> Option<PathBuf> {
    let folder = BESIDE.clone().or_else(|| Some(of_platform()?.data_dir().to_owned()))?;
    Some(folder.join(PROJECTS))
}

/// Where new projects stand at first: beside a portable program, else among the user’s documents, or at home where there
/// is no folder for those.
pub fn projects_of_user() -> Option<PathBuf> {
    if let Some(beside) = &*BESIDE {
        return Some(beside.join(PROJECTS));
    }
    let user = UserDirs::new()?;
    Some(user.document_dir().unwrap_or(user.home_dir()).to_owned())
}

/// Settings as they are kept: those of a portable program find their projects wherever its folder is next time.
pub fn to_keep(settings: Settings) -> Settings {
    match &*BESIDE {
        Some(beside) => with_paths(settings, |path| relative(beside, path)),
        None => settings,
    }
}

/// Settings as they were kept, with their projects where they are now.
pub fn as_kept(settings: Settings) -> Settings {
    match &*BESIDE {
        Some(beside) => with_paths(settings, |path| absolute(beside, path)),
        None => settings,
    }
}

/// A path below the folder from there on, in names joined by `/` on every system; any other as it is.
fn relative(beside: &Path, path: &str) -> String {
    let Ok(below) = Path::new(path).strip_prefix(beside) else { return path.to_owned() };
    below.iter().map(|name| name.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The opposite of [`relative`].
fn absolute(beside: &Path, path: &str) -> String {
    if Path::new(path).is_absolute() {
        return path.to_owned();
    }
    path.split('/').fold(beside.to_owned(), |folder, name| folder.join(name)).to_string_lossy().into_owned()
}

/// The settings, with every path of a project in them made another one.
fn with_paths(mut settings: Settings, made: impl Fn(&str) -> String) -> Settings {
    settings.recent.iter_mut().for_each(|path| *path = made(path));
    settings.places = mem::take(&mut settings.places).into_iter().map(|(path, last)| (made(&path), last)).collect();
    settings.layers = mem::take(&mut settings.layers).into_iter().map(|(path, shown)| (made(&path), shown)).collect();
    settings
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::ui::settings::LastPlace;

    #[test]
    fn a_file_beside_the_program_makes_it_portable() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(portable_folder(folder.path()), None);
        fs::write(folder.path().join("portable"), "").unwrap();
        assert_eq!(portable_folder(folder.path()), Some(folder.path().to_owned()));
    }

    #[test]
    fn projects_are_found_where_the_stick_is_next() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let (news, home) = (text(here.path().join("projects").join("Ana’s news")), text(there.path().join("other")));
        let mut settings = Settings { recent: vec![news.clone(), home.clone()], ..Settings::default() };
        settings.places.insert(news.clone(), LastPlace::default());
        settings.layers.insert(news, [].into());

        let kept = with_paths(settings.clone(), |path| relative(here.path(), path));
        assert_eq!(kept.recent, ["projects/Ana’s news", &home]);
        assert_eq!(with_paths(kept.clone(), |path| absolute(here.path(), path)), settings);
        let moved = with_paths(kept, |path| absolute(there.path(), path));
        let found = text(there.path().join("projects").join("Ana’s news"));
        assert_eq!(moved.recent, [found.clone(), home]);
        assert_eq!((moved.places.contains_key(&found), moved.layers.contains_key(&found)), (true, true));
    }
}
