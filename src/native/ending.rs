//! What is said on standard error when the window could not be opened, or is gone without having been closed.

use super::{
    display::Display,
    libraries::{self, Protocol},
};
use crate::{diagnostic::Diagnostic, phrase};

/// Where no window can be.
const ELSEWHERE: &str = "Start it on a desktop, or use the command line: see `pressmark --help`";

/// Why there is no window, as far as it can be told apart. Each has the words of the library that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Of the display: it can’t be reached, or it does not let us in.
    Display(String),
    /// Of OpenGL: there is none, or none that is new enough.
    Graphics(String),
    Other(String),
}

impl From<&eframe::Error> for Failure {
    fn from(error: &eframe::Error) -> Self {
        match error {
            // Before its reason winit names a place in its own source, which helps nobody here.
            eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
                Self::Display(error.to_string().rsplit(": ").next().unwrap_or_default().to_owned())
            }
            // The template of what was looked for is long, and its reader can change nothing of it.
            eframe::Error::NoGlutinConfigs(_, why) => Self::Graphics(why.to_string()),
            eframe::Error::Glutin(why) => Self::Graphics(why.to_string()),
            eframe::Error::OpenGL(why) => Self::Graphics(why.to_string()),
            other => Self::Other(other.to_string()),
        }
    }
}

/// Where no display is named.
pub fn no_display() -> Diagnostic {
    Diagnostic::error("no-display", "No display found").hint(ELSEWHERE)
}

/// Libraries that are missing; `None` where none is.
pub fn no_library(display: &Display) -> Option<Diagnostic> {
    Some(libraries::told(&display.missing)?.hint(ELSEWHERE))
}

/// Why no window could be opened on the display. `has_opengl` says whether its library is there.
pub fn no_window(failure: &Failure, display: &Display, has_opengl: bool) -> Diagnostic {
    let software = libraries::installed_by(libraries::SOFTWARE_OPENGL);
    let told = match failure {
        Failure::Display(why) => {
            let what = phrase!("The display {display} can’t be used: {why}", display = &display.name, why);
            Diagnostic::error("no-display", what).hint("Check that it runs and lets you in")
        }
        Failure::Graphics(_) if !has_opengl => {
            Diagnostic::error("no-opengl", "The window needs OpenGL, and libGL.so.1 is missing").hint(software)
        }
        Failure::Graphics(why) => {
            let what = phrase!("The window needs OpenGL 2 or newer, and could not start it: {why}", why);
            let told = Diagnostic::error("no-opengl", what).hint("Update the driver of the graphics card");
            let has_packages = display.protocol != Protocol::Own;
            if has_packages { told.hint(phrase!("Without one: {what}", what = software)) } else { told }
        }
        Failure::Other(why) => Diagnostic::error("no-window", phrase!("The window could not be opened: {why}", why)),
    };
    told.hint(ELSEWHERE)
}

/// The window was there, and the display has gone. `is_saved` says whether nothing was lost; else that is said beside it.
pub fn broken(failure: &Failure, display: &Display, is_saved: bool) -> Diagnostic {
    let what = phrase!("The connection to the display {display} broke", display = &display.name);
    let mut told = Diagnostic::error("display-broke", what);
    // Winit gives a number where it knows no more.
    if let Failure::Display(why) | Failure::Graphics(why) | Failure::Other(why) = failure
        && why.parse::<i64>().is_err()
    {
        told = told.about(why);
    }
    if !is_saved {
        return told;
    }
    told.hint("All marks are saved; start Pressmark again to continue where you were")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::terminal::report;

    fn on_x() -> Display {
        Display { name: ":0".to_owned(), protocol: Protocol::X, missing: Vec::new() }
    }

    #[test]
    fn what_keeps_the_window_from_opening_is_said_in_a_few_words() {
        let why = "refused".to_owned();
        for (failure, has_opengl, wanted) in [
            (Failure::Display(why.clone()), true, ["The display :0 can’t be used: refused", "lets you in"]),
            (Failure::Graphics(why.clone()), true, ["could not start it: refused", "apt install libgl1 "]),
            (Failure::Graphics(why.clone()), false, ["libGL.so.1 is missing", "apt install libgl1 "]),
            (Failure::Other(why), true, ["The window could not be opened: refused", "--help"]),
        ] {
            let said = report(&no_window(&failure, &on_x(), has_opengl)).to_string();
            assert!(wanted.iter().all(|words| said.contains(words)), "{said}");
            assert!(said.len() < 350, "{said}");
        }
    }

    #[test]
    fn libraries_are_named_before_the_window_is_tried() {
        assert_eq!(no_library(&on_x()), None);
    }

    #[test]
    fn a_display_that_broke_says_whether_everything_is_saved() {
        let failure = Failure::Display("broken pipe".to_owned());
        let said = report(&broken(&failure, &on_x(), true)).to_string();
        assert!(said.contains("display :0 broke (broken pipe)") && said.contains("All marks are saved"), "{said}");
        assert!(!report(&broken(&failure, &on_x(), false)).to_string().contains("are saved"), "what is lost is told");
    }
}
