//! The window: eframe, the desktop’s dialogs, background threads. It carries out what the views wish for.
//!
//! It is the only room that knows eframe and rfd, and the only one that may be left out (`--no-default-features`): views
//! and runner are tested without it. It decides nothing about annotations.

mod appearance;
mod desktop;
mod display;
mod ending;
mod fitting;
mod libraries;
mod places;
mod settings;
mod signals;
mod watching;
mod window;

use std::{
    cell::Cell,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, PoisonError},
};

use display::Display;
use ending::Failure;
use window::{Lost, Window};
pub use window::{Seen, Watch};

use crate::{diagnostic::Diagnostic, text::terminal::report};

/// Opens the window on a project (its folder, its `project.ron`, or a packed `.ron`), or on the last one, or on the
/// sample where there was none yet. Comes back when the window is closed.
///
/// The exit code is 0, or 2 where there is no display or no graphics; then why stands on standard error.
pub fn run(project: Option<PathBuf>) -> ExitCode {
    run_and_watch(project, None)
}

/// [`run`], printing the number of changes of the project that are saved whenever the window shows that there are more.
pub fn run_and_acknowledge(project: Option<PathBuf>) -> ExitCode {
    let mut told = 0;
    run_and_watch(
        project,
        Some(Box::new(move |seen| {
            if seen.saved > told {
                // Whoever no longer reads needs no answer.
                let _ = writeln!(io::stdout(), "{}", seen.saved);
            }
            told = seen.saved;
        })),
    )
}

/// [`run`], with somebody who watches the frames.
pub fn run_and_watch(project: Option<PathBuf>, watch: Option<Watch>) -> ExitCode {
    let told = open_window(project, watch);
    told.iter().for_each(|told| eprint!("{}", report(told)));
    if told.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

/// Comes back when the window is closed; gives what is to be said then.
fn open_window(project: Option<PathBuf>, watch: Option<Watch>) -> Vec<Diagnostic> {
    let Some(display) = Display::of_environment() else { return vec![ending::no_display()] };
    if let Some(told) = ending::no_library(&display) {
        return vec![told];
    }
    desktop::Failures::watch();

    let (lost, was_open) = (Lost::default(), Cell::new(false));
    let told = Arc::clone(&lost);
    let create: eframe::AppCreator<'_> = Box::new(|creation| {
        was_open.set(true);
        Ok(Box::new(Window::new(creation, project, watch, told)))
    });
    let ended = eframe::run_native("pressmark", shown_on(options(), &display), create);
    let mut lost = std::mem::take(&mut *lost.lock().unwrap_or_else(PoisonError::into_inner));
    if let Err(error) = ended {
        let failure = Failure::from(&error);
        let told = if was_open.get() {
            ending::broken(&failure, &display, lost.is_empty())
        } else {
            ending::no_window(&failure, &display, libraries::has_opengl())
        };
        lost.insert(0, told);
    }
    lost
}

/// The window on that display and no other that the environment names.
fn shown_on(mut options: eframe::NativeOptions, display: &Display) -> eframe::NativeOptions {
    #[cfg(all(unix, not(target_os = "macos")))]
    if display.protocol == libraries::Protocol::X {
        use winit::platform::x11::EventLoopBuilderExtX11;

        options.event_loop_builder = Some(Box::new(|builder| _ = builder.with_x11()));
    }
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    let _ = (&mut options, display);
    options
}

/// How every window of ours is made.
///
/// Sizes are in points; the least is small enough for 1280 × 720 pixels of twice the usual density. `glow` starts faster
/// than `wgpu`, is smaller, and paints more smoothly without a graphics card.
pub fn options() -> eframe::NativeOptions {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Pressmark")
        .with_app_id("pressmark")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([560.0, 320.0])
        .with_drag_and_drop(true);
    // The system's fonts are looked for in one place, `ui::theme::system_fonts`.
    let system_font_fallback = false;
    let (viewport, renderer) = (viewport.with_icon(icon()), eframe::Renderer::Glow);
    let persistence_path = places::window();
    eframe::NativeOptions { viewport, renderer, system_font_fallback, persistence_path, ..Default::default() }
}

/// The window’s icon, where a window brings its own: Wayland takes that of the desktop’s entry.
fn icon() -> egui::IconData {
    // It comes with the program, so it can be read; a window without an icon is better than none all the same.
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/desktop/pressmark.png")).unwrap_or_default()
}
