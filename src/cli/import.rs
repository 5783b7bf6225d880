//! An import: files of other programs become articles and layers, and what that comes to is told.

use super::{
    args::ImportArgs,
    export::named,
    out::{self, Failure, Out, plain},
};
use crate::{
    command::{
        Command,
        import::{Becomes, Clash, How, Import, ImportOptions, ImportSummary},
        project::ProjectCommand,
    },
    diagnostic::Diagnostic,
    jobs::Progress,
    phrase,
    runner::{ReadIn, Runner, read_in},
    session::Run,
    text::Phrase,
};

/// Carries out `pressmark import`; prints the articles that were added.
///
/// # Errors
/// An unknown format; files that can’t be read, or that do not say whose marks they are. Where something was damaged, lost
/// or set aside, a check has found something.
pub fn run(args: &ImportArgs) -> Result<(), Failure> {
    let format = args.format.as_deref().map(named).transpose()?;
    let options = options(args)?;
    let mut runner = Runner::open(&args.project)?;
    out::tell(&runner.diagnostics());
    let read = read_in(&args.paths, format, &Progress::default()).map_err(Failure::Many)?;
    out::tell(&read.diagnostics);
    say_what_was_read(&read);
    if let Some(annotator) = args.annotator.as_ref().filter(|_| !args.dry_run) {
        // A step is taken back by whoever has done it.
        runner.run(&Command::Project(ProjectCommand::WorkAs(annotator.clone())))?;
    }
    let import = Import { incoming: read.incoming.clone(), options };
    let planned = runner.planning_import(import)(&Progress::default()).map_err(Failure::Many)?;
    let summary = if args.dry_run {
        planned.summary().clone()
    } else {
        let (summary, _) = runner.import(planned)?;
        let saved = runner.flush();
        out::tell(&runner.diagnostics());
        saved?;
        summary
    };
    out::tell(&summary.told);
    out::tell(&summary.set_aside);
    summary.labels.iter().filter_map(|label| becomes(&phrase!("label"), label)).for_each(|line| out::say(&line));
    summary.kinds.iter().filter_map(|kind| becomes(&phrase!("relation"), kind)).for_each(|line| out::say(&line));
    let lines: String = summary.added.iter().map(|id| format!("{id}\n")).collect();
    Out::new().write(&plain_lines(&lines))?;
    out::say(&how_much(&summary, args.dry_run));
    let is_damaged = read.diagnostics.iter().any(Diagnostic::is_error) || !summary.set_aside.is_empty();
    if is_damaged { Err(Failure::Found) } else { Ok(()) }
}

fn plain_lines(lines: &str) -> String {
    lines.lines().map(|line| plain(line) + "\n").collect()
}

fn options(args: &ImportArgs) -> Result<ImportOptions, Diagnostic> {
    let pair = |words: &String| {
        let pair = words.split_once('=').map(|(old, new)| (old.trim().to_owned(), new.trim().to_owned()));
        pair.filter(|(old, new)| !old.is_empty() && !new.is_empty()).ok_or_else(|| {
            Diagnostic::error("bad-label", phrase!("“{words}” does not say which label becomes which", words))
                .hint("Write --label OLD=NEW")
        })
    };
    Ok(ImportOptions {
        annotator: args.annotator.clone(),
        labels: args.label.iter().map(pair).collect::<Result<_, _>>()?,
        clash: if args.merge { Clash::Merge } else { Clash::Apart },
    })
}

fn say_what_was_read(read: &ReadIn) {
    let (n, title) = (read.incoming.articles.len(), Phrase::plain(read.format.title));
    let name = read.format.name;
    out::say(&match read.is_guessed {
        true => phrase!(
            "Looks like {name} ({title}): {n} article|Looks like {name} ({title}): {n} articles",
            n,
            name,
            title
        ),
        false => phrase!("Read {n} article as {name} ({title})|Read {n} articles as {name} ({title})", n, name, title),
    });
    if let Some(offsets) = &read.offsets {
        out::say(&phrase!("Offsets: {offsets}", offsets = offsets.clone()));
    }
}

/// What becomes of a label or kind, where that is to be said.
fn becomes(what: &Phrase, becomes: &Becomes) -> Option<Phrase> {
    let Becomes { from, to, how } = becomes;
    let what = what.clone();
    Some(match how {
        How::Same => return None,
        _ => phrase!("The {what} “{from}” is {to}, {how}", what, from, to, how = how.name()),
    })
}

fn how_much(summary: &ImportSummary, is_dry: bool) -> Phrase {
    let what = summary.said();
    if is_dry { phrase!("Would import {what}", what) } else { phrase!("Imported {what}", what) }
}
