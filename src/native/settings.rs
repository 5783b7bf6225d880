//! The user’s settings, kept in `settings.ron` where the platform keeps configuration (`~/.config/pressmark` on Linux),
//! or beside a portable program (see `places`).
//!
//! They belong to the user of this machine, never to a project. No trouble with them keeps the program from working: what
//! can’t be read gives the defaults and a warning, and the unread file is put aside before a new one is written.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::places;
use crate::{
    diagnostic::Diagnostic,
    phrase,
    store::read::explain,
    text::Phrase,
    ui::settings::{Settings, VERSION},
};

/// The settings as they were kept; the usual ones where there are none or they can't be read.
pub fn load() -> (Settings, Option<Diagnostic>) {
    let Some(path) = places::settings() else { return (Settings::default(), None) };
    match read(&path) {
        Ok(settings) => (places::as_kept(settings.unwrap_or_default()), None),
        Err(told) => {
            (Settings::default(), Some(told.hint("It is kept beside the new one as soon as you change a setting")))
        }
    }
}

/// Keeps the settings, whole or not at all. A file that can't be read is put aside, not replaced.
///
/// # Errors
/// Where the file can't be written.
pub fn save(settings: &Settings) -> Result<(), Diagnostic> {
    places::settings().map_or(Ok(()), |path| write(&places::to_keep(settings.clone()), &path))
}

/// `None` where there is no file.
///
/// # Errors
/// A file that can’t be read, is not valid RON, has fields that are not known, or is of a newer version. Numbers out of
/// bounds are no errors: they are brought back into them.
fn read(path: &Path) -> Result<Option<Settings>, Diagnostic> {
    let unread = |what: Phrase| Diagnostic::warning("bad-settings", what).at_path(path.display());
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(unread(phrase!(
                "The settings could not be read, so the usual ones are used: {why}",
                why = &error
            )));
        }
    };
    // A newer version may have values that this one does not know; its number can be read all the same.
    let version = ron::from_str(&text).map_or(VERSION, |Header { version }| version);
    if version > VERSION {
        let what = "The settings are of a newer version of Pressmark, so the usual ones are used";
        return Err(unread(Phrase::plain(what)));
    }
    let read: Settings = ron::from_str(&text).map_err(|error| {
        let why = explain(error).at_path(path.display());
        let told =
            unread(phrase!("The settings could not be read, so the usual ones are used: {why}", why = why.message));
        Diagnostic { location: why.location, hints: why.hints, ..told }
    })?;
    Ok(Some(read.within_bounds()))
}

/// The version alone, whatever else stands in the file. A file without one counts as 0.
#[derive(Deserialize)]
struct Header {
    /// The version of the file’s shape, read before the rest.
    #[serde(default)]
    version: u32,
}

/// A temporary file in the same folder, flushed to the disk and then renamed, so that a crash leaves the old or the new
/// file.
///
/// # Errors
/// The folder can’t be made or written.
fn write(settings: &Settings, path: &Path) -> Result<(), Diagnostic> {
    let failed = |error: std::io::Error| {
        Diagnostic::warning("settings-not-saved", phrase!("The settings could not be saved: {why}", why = &error))
            .at_path(path.display())
            .hint("Check that the folder can be written")
    };
    let folder = path.parent().unwrap_or(path);
    let text = ron::ser::to_string_pretty(settings, ron::ser::PrettyConfig::default())
        .map_err(|error| failed(std::io::Error::other(error)))?;
    fs::create_dir_all(folder).map_err(failed)?;
    let mut temporary = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    temporary.write_all(text.as_bytes()).and_then(|()| temporary.as_file().sync_all()).map_err(failed)?;
    if read(path).is_err() {
        fs::rename(path, free_beside(path)).map_err(failed)?;
    }
    temporary.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A name for a file that could not be read, which no file has yet.
fn free_beside(path: &Path) -> PathBuf {
    let names = std::iter::once("unread.ron".to_owned()).chain((2..).map(|n| format!("unread-{n}.ron")));
    names.map(|name| path.with_extension(name)).find(|free| !free.exists()).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn settings_come_back_as_they_were_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deeper/settings.ron");
        assert_eq!(read(&path), Ok(None));
        let mut settings = Settings { high_contrast: true, annotator: "Åsa".to_owned(), ..Settings::default() };
        settings.keys.insert("done".to_owned(), "Ctrl+J".to_owned());
        write(&settings, &path).unwrap();
        assert_eq!(read(&path), Ok(Some(settings)));
    }

    #[test]
    fn what_can_not_be_read_is_told_and_put_aside() {
        for text in
            ["(theme: Sepia)", "not settings", "(text_size: 120)", "(version: 2, theme: Sepia, pages: [(1, 2)])"]
        {
            let (folder, path) = kept(text);
            let told = read(&path).unwrap_err();
            assert_eq!(told.code, "bad-settings");
            assert_eq!(
                text.contains("text_size"),
                told.to_string().contains("There is no field “text_size”"),
                "{told}"
            );
            assert_eq!(text.contains("version: 2"), told.to_string().contains("newer version"), "{told}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text, "reading changes nothing");
            write(&Settings::default(), &path).unwrap();
            assert_eq!(fs::read_to_string(folder.path().join("settings.unread.ron")).unwrap(), text);
            assert_eq!(read(&path), Ok(Some(Settings::default())));
        }
    }

    #[test]
    fn what_was_put_aside_is_never_replaced() {
        let (folder, path) = kept("first");
        write(&Settings::default(), &path).unwrap();
        fs::write(&path, "second").unwrap();
        write(&Settings::default(), &path).unwrap();
        let aside = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(
            (aside("settings.unread.ron").as_str(), aside("settings.unread-2.ron").as_str()),
            ("first", "second")
        );
    }

    #[test]
    fn numbers_out_of_bounds_are_brought_back() {
        let (_folder, path) = kept("(text_percent: 9000, line_characters: 1)");
        let settings = read(&path).unwrap().unwrap();
        assert_eq!((settings.text_percent, settings.line_characters), (300, 50));
    }
}
