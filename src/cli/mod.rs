//! The command line: arguments in, a session run, results out.
//!
//! Data goes to standard output, talk to standard error. The exit code is 0 where all is well, 1 where a check found
//! something, 2 where something failed. It opens no window: who wants one is sent on.
//!
//! Each subcommand opens a `Runner`, as the window does, and runs the same commands; files of the same name carry out
//! the larger ones. Printing is in `out` alone.

mod args;
mod compare;
mod export;
mod find;
mod formats;
mod history;
mod import;
mod input;
mod integrate;
mod interrupt;
mod list;
mod merge;
mod out;
mod retext;
pub mod script;
mod tables;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser;

use args::{AddArgs, Args, Task};
use input::{is_standard, standard_input};
use out::{Failure, Out};

use crate::{
    command::article::Twin,
    diagnostic::Diagnostic,
    jobs::Progress,
    phrase,
    runner::{self, Gathered, Runner},
    session::Run,
    source, store,
};

/// What is left to do after the arguments were read.
#[derive(Debug)]
pub enum Next {
    /// Nothing.
    Exit(ExitCode),
    /// The window, on this project, or on the last one.
    Window {
        project: Option<PathBuf>,
        /// Whether it prints how many changes are saved.
        is_acknowledging: bool,
    },
}

/// Reads the arguments, the program's name first, and does what they ask.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Next {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // A reader who has gone away needs no help text.
            let _ = error.print();
            return Next::Exit(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)));
        }
    };
    match args.task {
        None => Next::Window { project: args.project, is_acknowledging: args.ack },
        Some(task) => Next::Exit(out::exit_code(carry_out(task))),
    }
}

/// Says that this Pressmark has no window.
pub fn no_window() -> ExitCode {
    out::exit_code(Err(Diagnostic::error("no-window", "This Pressmark was built without its window")
        .hint("Name something to do; see `pressmark --help`")
        .into()))
}

/// Carries out one subcommand.
fn carry_out(task: Task) -> Result<(), Failure> {
    match task {
        Task::New { project, name, codebook } => {
            let codebook = if codebook == "empty" { "" } else { &codebook };
            Runner::create(&project, &name, codebook)?;
            out::say(&phrase!("Made the project in {path}", path = &project.display()));
            Ok(())
        }
        Task::Add(args) => add(&args),
        Task::List { project, json } => {
            let mut runner = Runner::open(&project)?;
            let opened = runner.diagnostics();
            out::tell(&opened);
            let listing = list::Listing::of(runner.session().project());
            Out::new().write(&if json { listing.json() } else { listing.text() })?;
            out::fail_if_errors(&opened)
        }
        Task::Find(args) => find::run(&args),
        Task::Compare(args) => compare::run(&args),
        Task::Check { project } => check(&project),
        Task::Run(args) => script::run(&args),
        Task::Retext(args) => retext::run(&args),
        Task::Export(args) => export::run(&args),
        Task::Import(args) => import::run(&args),
        Task::Formats { json } => formats::run(json),
        Task::Pack { project, file } => {
            let mut runner = Runner::open(&project)?;
            let opened = runner.diagnostics();
            out::tell(&opened);
            let left_out = runner.packing(&file)(&Progress::default()).map_err(Failure::Many)?;
            out::tell(&left_out.into_iter().filter(|told| !opened.contains(told)).collect::<Vec<_>>());
            out::say(&phrase!("Packed the project into {path}", path = &file.display()));
            Ok(())
        }
        Task::History(args) => history::run(&args),
        Task::Merge(args) => merge::run(&args),
        Task::Unpack { file, project } => {
            store::unpack(&file, &project)?;
            out::say(&phrase!("Unpacked the project into {path}", path = &project.display()));
            Ok(())
        }
        Task::Integrate { remove } => integrate::run(remove),
        Task::Backups { project, restore } => backups(&project, restore.as_deref()),
    }
}

/// Carries out `pressmark add`: files, folders and standard input, in the order given.
fn add(args: &AddArgs) -> Result<(), Failure> {
    let mut runner = Runner::open(&args.project)?;
    out::tell(&runner.diagnostics());
    let mut gathered = Gathered::default();
    for part in args.paths.chunk_by(|a, b| !is_standard(a) && !is_standard(b)) {
        gathered.extend(match part {
            [path] if is_standard(path) => {
                let bytes = standard_input(source::MAX_BYTES)?;
                runner::gather_bytes("", "standard input", &bytes, &args.outlet, &args.story)
            }
            paths => runner::gather(paths, &args.outlet, &args.story, &Progress::default()),
        });
    }
    if args.twins {
        gathered.articles.iter_mut().for_each(|article| article.twin = Twin::Add);
    }
    let added = runner.add(gathered);
    let saved = runner.flush();
    out::tell(&added.diagnostics);
    let twins = added.twins.iter().map(|(article, twin)| {
        let title = &article.metadata.title;
        let message = phrase!("“{title}” is in the project already, as {twin}; nothing was added", title, twin);
        Diagnostic::note("article-known", message).hint("Add it anyway with --twins")
    });
    out::tell(&twins.collect::<Vec<_>>());
    saved?;
    let mut lines = String::new();
    for id in &added.added {
        let title = runner.session().project().article(id).map_or("", |a| a.metadata.title.as_str());
        lines.push_str(&format!("{id}  {}\n", out::plain(title)));
    }
    Out::new().write(&lines)?;
    out::fail_if_errors(&added.diagnostics)
}

/// Carries out `pressmark backups`: lists days, or restores one.
fn backups(project: &Path, restore: Option<&[PathBuf]>) -> Result<(), Failure> {
    if let Some([day, to]) = restore {
        let day = day.to_string_lossy();
        store::restore_backup(project, &day, to)?;
        out::say(&phrase!(
            "Restored the project as it was on {day}, in {path}",
            day = day.as_ref(),
            path = &to.display()
        ));
        return Ok(());
    }
    let days: String = store::backups(project)?.iter().map(|backup| format!("{}\n", backup.day)).collect();
    if days.is_empty() {
        out::say(&phrase!("There is no backup yet; one is made when the window is open and something has changed"));
    }
    Out::new().write(&days)
}

/// Carries out `pressmark check`; exit code 1 where anything was found.
fn check(project: &Path) -> Result<(), Failure> {
    let found = store::check_project(project)?;
    out::tell(&found);
    if found.is_empty() {
        return Out::new().write("Every offset, word and reference agrees\n");
    }
    let found = phrase!("{n} disagreement found|{n} disagreements found", n = found.len());
    Out::new().write(&format!("{found}\n"))?;
    Err(Failure::Found)
}
