//! Which display the window is shown on; it opens none itself.
//!
//! `WAYLAND_DISPLAY` may be left over from another session, as in a terminal that outlived it. Winit takes it all the
//! same, and would not look at `DISPLAY` beside it.

use std::env;

use super::libraries::{self, Library, Protocol};

/// What the environment says of displays. Empty variables count as none.
#[derive(Clone, Debug, Default)]
struct Named {
    /// `WAYLAND_DISPLAY`; a socket that is handed over (`WAYLAND_SOCKET`) has no name.
    wayland: Option<String>,
    is_handed_over: bool,
    /// `DISPLAY`
    x: Option<String>,
}

/// A display to try, by the name that its user knows it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Display {
    pub name: String,
    pub protocol: Protocol,
    /// What is missing for it on this system.
    pub missing: Vec<Library>,
}

impl Display {
    /// The one that the window is to be shown on; `None` where the environment names none.
    pub fn of_environment() -> Option<Self> {
        if !cfg!(all(unix, not(target_os = "macos"))) {
            return Some(Self { name: String::new(), protocol: Protocol::Own, missing: Vec::new() });
        }
        let named = Named {
            wayland: variable("WAYLAND_DISPLAY"),
            is_handed_over: variable("WAYLAND_SOCKET").is_some(),
            x: variable("DISPLAY"),
        };
        choose(named, answers, libraries::missing)
    }
}

/// Wayland where it is named, unless X is named beside it and Wayland does not answer or lacks a library.
fn choose(
    named: Named,
    wayland_answers: impl FnOnce(&str) -> bool,
    missing: impl Fn(Protocol) -> Vec<Library>,
) -> Option<Display> {
    let Named { wayland, is_handed_over, x } = named;
    let display = |name, protocol| Display { name, protocol, missing: missing(protocol) };
    let name = wayland.or_else(|| is_handed_over.then(String::new));
    let Some(name) = name else { return Some(display(x?, Protocol::X)) };
    let is_good = is_handed_over || wayland_answers(&name);
    let wayland = display(name, Protocol::Wayland);
    match x {
        Some(x) if !is_good || !wayland.missing.is_empty() => Some(display(x, Protocol::X)),
        _ => Some(wayland),
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether somebody listens at the socket of a Wayland display: a path, or a name in `XDG_RUNTIME_DIR`.
#[cfg(unix)]
fn answers(wayland: &str) -> bool {
    use std::{os::unix::net::UnixStream, path::PathBuf};

    let folder = variable("XDG_RUNTIME_DIR").map(PathBuf::from).unwrap_or_default();
    UnixStream::connect(folder.join(wayland)).is_ok()
}

#[cfg(not(unix))]
fn answers(_: &str) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_that_answers_is_chosen() {
        let lacking = Library { file: "libexample.so.1", package: "libexample1" };
        for (wayland, socket, x, answers, lacks, wanted) in [
            (None, false, None, false, None, None),
            (None, false, Some(":0"), false, None, Some((":0", Protocol::X))),
            (Some("wayland-0"), false, None, true, None, Some(("wayland-0", Protocol::Wayland))),
            (Some("wayland-0"), false, Some(":0"), true, None, Some(("wayland-0", Protocol::Wayland))),
            // Left over from another session.
            (Some("wayland-0"), false, Some(":0"), false, None, Some((":0", Protocol::X))),
            (Some("wayland-0"), false, None, false, None, Some(("wayland-0", Protocol::Wayland))),
            // A library is missing for one of them.
            (Some("wayland-0"), false, Some(":0"), true, Some(Protocol::Wayland), Some((":0", Protocol::X))),
            (Some("wayland-0"), false, Some(":0"), true, Some(Protocol::X), Some(("wayland-0", Protocol::Wayland))),
            (None, true, Some(":0"), false, None, Some(("", Protocol::Wayland))),
        ] {
            let named = Named { wayland: wayland.map(str::to_owned), is_handed_over: socket, x: x.map(str::to_owned) };
            let missing = |protocol| if lacks == Some(protocol) { vec![lacking] } else { Vec::new() };
            let chosen = choose(named.clone(), |_| answers, missing);
            let chosen = chosen.as_ref().map(|display| (display.name.as_str(), display.protocol));
            assert_eq!(chosen, wanted, "{named:?}, which answers: {answers}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_socket_that_nobody_listens_at_does_not_answer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wayland-9");
        assert!(!answers(&path.to_string_lossy()));
        let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
        assert!(answers(&path.to_string_lossy()));
        drop(listener);
        assert!(!answers(&path.to_string_lossy()), "the file is left over");
    }
}
