//! The user's settings, kept where the platform keeps them.

use std::{fs, io::Write, path::PathBuf};

use directories::ProjectDirs;

use crate::{diagnostic::Diagnostic, ui::settings::Settings};

/// Where the platform keeps what is ours; `None` where there is no home.
fn places() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "pressmark")
}

fn file() -> Option<PathBuf> {
    Some(places()?.config_dir().join("settings.ron"))
}

/// The folder for projects that the program brings itself.
pub fn own_projects() -> Option<PathBuf> {
    Some(places()?.data_dir().join("projects"))
}

/// The settings as they were kept; the usual ones where there are none or they can't be read.
pub fn load() -> (Settings, Option<Diagnostic>) {
    let Some(path) = file() else { return (Settings::default(), None) };
    let Ok(text) = fs::read_to_string(&path) else { return (Settings::default(), None) };
    match ron::from_str(&text) {
        Ok(settings) => (settings, None),
        Err(error) => {
            let told =
                Diagnostic::warning("bad-settings", "The settings could not be read, so the usual ones are used")
                    .at_line(error.span.start.line as u32, error.span.start.col as u32)
                    .at_path(path.display())
                    .hint("Change any setting to write the file anew");
            (Settings::default(), Some(told))
        }
    }
}

/// Keeps the settings, whole or not at all.
///
/// # Errors
/// Where the file can't be written.
pub fn save(settings: &Settings) -> Result<(), Diagnostic> {
    let Some(path) = file() else { return Ok(()) };
    let failed = |error: std::io::Error| {
        Diagnostic::warning("settings-not-saved", format!("The settings could not be saved: {error}"))
            .at_path(path.display())
            .hint("Check that the folder can be written")
    };
    let folder = path.parent().unwrap_or(&path);
    let text = ron::ser::to_string_pretty(settings, ron::ser::PrettyConfig::default())
        .map_err(|error| failed(std::io::Error::other(error)))?;
    fs::create_dir_all(folder).map_err(failed)?;
    let mut temporary = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    temporary.write_all(text.as_bytes()).and_then(|()| temporary.as_file().sync_all()).map_err(failed)?;
    temporary.persist(&path).map_err(|error| failed(error.error))?;
    Ok(())
}
