//! Pressmark: the window and the command line.

use std::process::ExitCode;

use pressmark::cli::{self, Next};

/// The command line decides: most commands end here, `pressmark` alone or with a project opens the window.
fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Next::Exit(code) => code,
        #[cfg(feature = "native")]
        Next::Window { project, is_acknowledging: false } => pressmark::native::run(project),
        #[cfg(feature = "native")]
        Next::Window { project, is_acknowledging: true } => pressmark::native::run_and_acknowledge(project),
        #[cfg(not(feature = "native"))]
        Next::Window { .. } => cli::no_window(),
    }
}
