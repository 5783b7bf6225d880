//! The libraries of the system that the window opens while it starts, and what to say where one is missing.
//!
//! They are opened by name, so nothing says so when the program starts; the libraries that open them panic, or name no
//! file. It is looked before the window is made, with the same doors that they use.

use crate::{diagnostic::Diagnostic, phrase};

/// What the window can be shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    Wayland,
    X,
    /// Of Windows and macOS, which have one display and bring what the window needs.
    Own,
}

/// A library: as its file is called, and Debian’s package of it. Two of one package are told in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Library {
    pub file: &'static str,
    pub package: &'static str,
}

const X11: Library = Library { file: "libX11.so.6", package: "libx11-6" };
const X11_XCB: Library = Library { file: "libX11-xcb.so.1", package: "libx11-xcb1" };
const XCURSOR: Library = Library { file: "libXcursor.so.1", package: "libxcursor1" };
const XI: Library = Library { file: "libXi.so.6", package: "libxi6" };
const XKBCOMMON: Library = Library { file: "libxkbcommon.so.0", package: "libxkbcommon0" };
const XKBCOMMON_X11: Library = Library { file: "libxkbcommon-x11.so.0", package: "libxkbcommon-x11-0" };
const WAYLAND_CLIENT: Library = Library { file: "libwayland-client.so.0", package: "libwayland-client0" };
const WAYLAND_EGL: Library = Library { file: "libwayland-egl.so.1", package: "libwayland-egl1" };
/// Of the graphics; without it there may still be EGL.
const GL: Library = Library { file: "libGL.so.1", package: "libgl1" };

/// What draws where the graphics card has no driver.
pub const SOFTWARE_OPENGL: &str = "libgl1 libegl1 libgl1-mesa-dri";

impl Protocol {
    /// What the window needs on it, the graphics aside.
    const fn needs(self) -> &'static [Library] {
        match self {
            Self::X => &[X11, X11_XCB, XCURSOR, XI, XKBCOMMON, XKBCOMMON_X11],
            Self::Wayland => &[WAYLAND_CLIENT, WAYLAND_EGL, XKBCOMMON],
            Self::Own => &[],
        }
    }
}

/// What the window needs there and what is not on this system.
pub fn missing(protocol: Protocol) -> Vec<Library> {
    missing_where(protocol, system::is_there)
}

/// The same, asking somebody else.
fn missing_where(protocol: Protocol, is_there: impl Fn(Library) -> bool) -> Vec<Library> {
    protocol.needs().iter().copied().filter(|library| !is_there(*library)).collect()
}

/// Whether the door to the graphics is there.
pub fn has_opengl() -> bool {
    system::is_there(GL)
}

/// Says which libraries are missing and how to get them; `None` where none is.
pub fn told(missing: &[Library]) -> Option<Diagnostic> {
    let files: Vec<&str> = missing.iter().map(|library| library.file).collect();
    let packages: Vec<&str> = missing.iter().map(|library| library.package).collect();
    let (n, files) = (files.len(), files.join(", "));
    let what = phrase!(
        "{n} library that the window needs is missing: {files}|{n} libraries that the window needs are missing: {files}",
        n,
        files
    );
    (n > 0).then(|| Diagnostic::error("no-library", what).hint(installed_by(&packages.join(" "))))
}

/// The line that installs packages, which are parted by blanks.
pub fn installed_by(packages: &str) -> crate::text::Phrase {
    phrase!("On Debian and Ubuntu: sudo apt install {packages}", packages)
}

/// Where libraries are opened by name.
#[cfg(all(unix, not(target_os = "macos")))]
mod system {
    use x11_dl::{glx::Glx, xcursor::Xcursor, xinput2::XInput2, xlib::Xlib, xlib_xcb::Xlib_xcb};
    use xkbcommon_dl::{x11::xkbcommon_x11_option, xkbcommon_option};

    use super::{GL, Library, WAYLAND_CLIENT, WAYLAND_EGL, X11, X11_XCB, XCURSOR, XI, XKBCOMMON, XKBCOMMON_X11};

    pub fn is_there(library: Library) -> bool {
        match library {
            X11 => Xlib::open().is_ok(),
            X11_XCB => Xlib_xcb::open().is_ok(),
            XCURSOR => Xcursor::open().is_ok(),
            XI => XInput2::open().is_ok(),
            XKBCOMMON => xkbcommon_option().is_some(),
            XKBCOMMON_X11 => xkbcommon_x11_option().is_some(),
            WAYLAND_CLIENT => wayland_sys::client::is_lib_available(),
            WAYLAND_EGL => wayland_sys::egl::is_lib_available(),
            GL => Glx::open().is_ok(),
            _ => true,
        }
    }
}

/// Everywhere else the system brings what the window needs.
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod system {
    pub fn is_there(_: super::Library) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::terminal::report;

    #[test]
    fn every_missing_library_is_named_with_the_line_that_installs_it() {
        let said = |protocol, hidden: &[Library]| {
            told(&missing_where(protocol, |library| !hidden.contains(&library))).map(|told| report(&told).to_string())
        };
        assert_eq!(said(Protocol::X, &[]), None);
        assert_eq!(said(Protocol::Wayland, &[X11, XKBCOMMON_X11]), None, "of the other protocol");
        for protocol in [Protocol::X, Protocol::Wayland] {
            for library in protocol.needs() {
                let said = said(protocol, &[*library]).unwrap();
                let [what, hint] = said.lines().collect::<Vec<_>>()[..] else { panic!("{said}") };
                assert_eq!(what, format!("error: 1 library that the window needs is missing: {}", library.file));
                assert_eq!(hint, format!("hint: On Debian and Ubuntu: sudo apt install {}", library.package));
            }
        }
        let both = said(Protocol::X, &[XCURSOR, XI]).unwrap();
        assert!(both.contains("2 libraries that the window needs are missing: libXcursor.so.1, libXi.so.6"), "{both}");
        assert!(both.contains("apt install libxcursor1 libxi6"), "{both}");
    }
}
