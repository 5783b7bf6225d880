//! The window: eframe, the desktop’s dialogs, background threads. It carries out what the views wish for.
//!
//! It is the only room that knows eframe and rfd, and the only one that may be left out (`--no-default-features`): views
//! and runner are tested without it. It decides nothing about annotations.

mod desktop;
mod fitting;
mod settings;
mod signals;
mod watching;
mod window;

use std::{
    env,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, PoisonError},
};

use window::{Lost, Window};
pub use window::{Seen, Watch};

use crate::{diagnostic::Diagnostic, phrase, text::terminal::report};

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
    desktop::Failures::watch();

    let lost = Lost::default();
    let told = Arc::clone(&lost);
    let create: eframe::AppCreator<'_> =
        Box::new(move |creation| Ok(Box::new(Window::new(creation, project, watch, told))));
    let ended = eframe::run_native("pressmark", options(), create);
    let lost = std::mem::take(&mut *lost.lock().unwrap_or_else(PoisonError::into_inner));
    lost.iter().for_each(|told| eprint!("{}", report(told)));
    match ended {
        Ok(()) if lost.is_empty() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(2),
        Err(error) => {
            // In the order in which they are tried.
            let mut named = ["WAYLAND_DISPLAY", "DISPLAY"].into_iter().filter_map(|name| env::var(name).ok());
            let display = named.find(|name| !name.is_empty());
            eprint!("{}", report(&explain(&error, &display.unwrap_or_default())));
            ExitCode::from(2)
        }
    }
}

/// How every window of ours is made.
///
/// Sizes are in points; the least is small enough for 1280 × 720 pixels of twice the usual density. `glow` starts faster than `wgpu`, is smaller, and paints more smoothly without a graphics card.
pub fn options() -> eframe::NativeOptions {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Pressmark")
        .with_app_id("pressmark")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([560.0, 320.0])
        .with_drag_and_drop(true);
    // The system's fonts are looked for in one place, `ui::theme::system_fonts`.
    let system_font_fallback = false;
    eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, system_font_fallback, ..Default::default() }
}

/// Why no window could be opened. `display` is what the environment names (`WAYLAND_DISPLAY`, `DISPLAY`), or empty.
fn explain(error: &eframe::Error, display: &str) -> Diagnostic {
    let hint = "Start it on a desktop, or use the command line: see `pressmark --help`";
    match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) if display.is_empty() => {
            Diagnostic::error("no-display", "No display found").hint(hint)
        }
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
            // Before its reason winit names a place in its own source, which helps nobody here.
            let error = error.to_string();
            let why = error.rsplit(": ").next().unwrap_or_default();
            Diagnostic::error(
                "no-display",
                phrase!("The display {display} can’t be used: {why}", display = &display, why),
            )
            .hint("Check that it runs and lets you in")
            .hint(hint)
        }
        other => {
            Diagnostic::error("no-window", phrase!("The window could not be opened: {why}", why = &other)).hint(hint)
        }
    }
}
