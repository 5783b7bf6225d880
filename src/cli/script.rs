//! Scripts: a list of commands in RON, run one after another as the window would. A step that fails ends the script;
//! what was done before it stays done and is saved. Steps are told by their number and their place in the file.

use std::{fs, io, path::Path};

use ron::{Options, extensions::Extensions, value::RawValue};

use super::{
    args::RunArgs,
    input::{STANDARD, is_standard, standard_input},
    interrupt::Interrupt,
    out::{self, Failure, Out},
};
use crate::{
    command::{Command, Show, Told, project::ProjectCommand},
    diagnostic::{Diagnostic, Severity},
    phrase,
    runner::Runner,
    session::Run,
    store::read,
    text::Phrase,
};

/// The longest script, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Runs a script on a project, and waits until all of it is on the disk.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    let at = |d: Diagnostic| d.at_path(args.script.display());
    let text = text_of(&args.script)?;
    let steps = parse(&text).map_err(at)?;
    let mut runner = Runner::open(&args.project)?;
    out::tell(&runner.diagnostics());
    let interrupt = Interrupt::watch();
    let stopped = run_all(&mut runner, args, &steps, &interrupt).err();
    let unsaved = runner.flush().err();
    out::tell(&runner.diagnostics());
    let failed: Vec<Diagnostic> = stopped.into_iter().chain(unsaved).collect();
    if !failed.is_empty() {
        return Err(Failure::Many(failed));
    }
    out::say(&phrase!("Ran {n} command|Ran {n} commands", n = steps.len()));
    Ok(())
}

/// Runs the steps one after another, as the annotator; stops between two of them where a signal has come.
fn run_all(runner: &mut Runner, args: &RunArgs, steps: &[ScriptStep], interrupt: &Interrupt) -> Result<(), Diagnostic> {
    runner.run(&Command::Project(ProjectCommand::WorkAs(args.annotator.clone())))?;
    for (number, step) in (1..).zip(steps) {
        if interrupt.came() {
            return Err(interrupted(number, step).at_path(args.script.display()));
        }
        let at = |d: Diagnostic| d.at_path(args.script.display());
        let shown = runner.run(&step.command).map_err(|why| at(failed(number, step, why)))?;
        out::tell(&shown.into_iter().filter_map(|show| told(step, show)).map(at).collect::<Vec<_>>());
        if args.ack {
            runner.record()?;
            // Whoever no longer reads needs no answer; the rest of the script is run all the same.
            let _ = Out::new().write(&format!("{number}\n"));
        }
    }
    Ok(())
}

/// What a command has taken away beside what it was given to, and what else is to be known of it.
fn told(step: &ScriptStep, show: Show) -> Option<Diagnostic> {
    let Show::Tell(Told { what, .. }) = show else { return None };
    Some(Diagnostic::note("told", what).at_line(step.line, step.column))
}

/// The script’s text, from a file or standard input.
fn text_of(path: &Path) -> Result<String, Failure> {
    let failed = |why: Phrase| {
        let hint = phrase!(
            "Name a file with a list of commands, or {sign} for standard input; see `pressmark run --help`",
            sign = STANDARD
        );
        let message = phrase!("Can’t read the script: {why}", why);
        Diagnostic::error("no-script", message).at_path(path.display()).hint(hint)
    };
    let by_system = |error: io::Error| failed(Phrase::verbatim(error.to_string()));
    let bytes = if is_standard(path) {
        standard_input(MAX_BYTES)?
    } else {
        let metadata = fs::metadata(path).map_err(by_system)?;
        // A pipe may hold the reader for ever.
        if !metadata.is_file() {
            return Err(failed(phrase!("it is not a file")).into());
        }
        if metadata.len() > MAX_BYTES {
            return Err(failed(phrase!("it is too large")).into());
        }
        fs::read(path).map_err(by_system)?
    };
    Ok(read::utf8(bytes).map_err(|d| d.at_path(path.display()))?)
}

/// A command and where it begins in its script.
#[derive(Debug)]
pub struct ScriptStep {
    /// What to run.
    pub command: Command,
    /// Where it begins in the script, counted from 1.
    line: u32,
    column: u32,
}

/// Reads all commands of a script before any of them is run.
///
/// # Errors
/// RON that cannot be read, commands that are not known, and commands that only a window can run.
pub fn parse(text: &str) -> Result<Vec<ScriptStep>, Diagnostic> {
    let parts: Vec<&RawValue> = from_ron(text)?;
    let mut cursor = Cursor { text, at: 0, line: 1, column: 1 };
    let steps = parts.into_iter().zip(1..).map(|(part, number)| step(&mut cursor, part, number));
    steps.collect()
}

/// A place in a script that goes forward only, so that a script of any length is counted through once.
struct Cursor<'t> {
    /// The whole script.
    text: &'t str,
    /// In bytes.
    at: usize,
    /// One-based, the column in characters.
    line: usize,
    column: usize,
}

impl Cursor<'_> {
    /// Line and column of a byte offset that is not before the last one asked for.
    fn go_to(&mut self, offset: usize) -> (u32, u32) {
        let passed = &self.text[self.at..offset];
        match passed.rfind('\n') {
            Some(end) => {
                self.line += passed.matches('\n').count();
                self.column = 1 + passed[end + 1..].chars().count();
            }
            None => self.column += passed.chars().count(),
        }
        self.at = offset;
        (u32::try_from(self.line).unwrap_or(u32::MAX), u32::try_from(self.column).unwrap_or(u32::MAX))
    }
}

/// One step, with its place in the script.
fn step(cursor: &mut Cursor<'_>, part: &RawValue, number: usize) -> Result<ScriptStep, Diagnostic> {
    let part = part.trim().get_ron();
    // The part is a slice of the text, so that its place is the distance of the two.
    let (line, column) = cursor.go_to(part.as_ptr().addr() - cursor.text.as_ptr().addr());
    let command = from_ron(part).map_err(|d| {
        let (in_line, in_column) = d.location.line_column.unwrap_or((1, 1));
        let column = if in_line == 1 { column + in_column - 1 } else { in_column };
        let message = phrase!("Command {number} can’t be understood: {why}", number, why = d.message);
        Diagnostic { message, ..d }.at_line(line + in_line - 1, column)
    })?;
    if matches!(command, Command::History(_)) {
        return Err(Diagnostic::error(
            "needs-history",
            phrase!("Command {number} can’t be used in a script", number = &number),
        )
        .at_line(line, column)
        .hint("Take it out of the script, and use `pressmark history`"));
    }
    if matches!(command, Command::Ask(_) | Command::View(_)) {
        return Err(Diagnostic::error("needs-window", phrase!("Command {number} needs a window", number = &number))
            .at_line(line, column)
            .hint("Take it out of the script"));
    }
    Ok(ScriptStep { command, line, column })
}

/// Reads a command; a newtype variant may leave out the inner brackets (RON’s `unwrap_variant_newtypes`).
fn from_ron<'t, T: serde::Deserialize<'t>>(text: &'t str) -> Result<T, Diagnostic> {
    let extensions = Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES;
    Options::default().with_default_extension(extensions).from_str(text).map_err(read::explain)
}

/// The error of a script that was ended from outside before a command.
fn interrupted(number: usize, step: &ScriptStep) -> Diagnostic {
    let done = number - 1;
    Diagnostic::error("interrupted", phrase!("The script was ended before command {number}", number))
        .at_line(step.line, step.column)
        .hint(phrase!("{n} command before it is done and saved|{n} commands before it are done and saved", n = done))
        .hint("Run the script from there on to go on")
}

/// The error of a script whose command failed.
fn failed(number: usize, step: &ScriptStep, why: Diagnostic) -> Diagnostic {
    let message = phrase!("Command {number} failed: {why}", number, why = why.message);
    let kept = match number {
        1 => phrase!("Nothing was done; correct the command and run the script again"),
        _ => phrase!(
            "The {n} command before it stays done; correct the command and run the script from there on|\
             The {n} commands before it stay done; correct the command and run the script from there on",
            n = number - 1
        ),
    };
    Diagnostic { severity: Severity::Error, message, ..why }.at_line(step.line, step.column).hint(kept)
}
