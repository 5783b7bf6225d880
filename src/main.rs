//! Pressmark: the window and the command line.

use std::process::ExitCode;

use pressmark::cli::{self, Next};

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Next::Exit(code) => code,
        #[cfg(feature = "native")]
        Next::Window(project) => pressmark::native::run(project),
        #[cfg(not(feature = "native"))]
        Next::Window(_) => cli::no_window(),
    }
}
