//! An export: the part of the project that is asked for, in one of the formats, how much that is, and what the format does
//! not keep of it.

use super::{
    args::ExportArgs,
    input::is_standard,
    out::{self, Failure, Out, plain},
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        Cells, ExportOptions, FORMATS, Format, Invalid, Losses, OffsetUnit, Shares, SplitOptions, SplitReport, Together,
    },
    jobs::Progress,
    model::{Project, Subset},
    phrase,
    runner::Runner,
    session::Run,
    store::{ExportError, ExportReport},
    text::Phrase,
};

/// So many places are named of each kind of loss.
const PLACES: usize = 3;

/// Carries out `pressmark export`, to a file, a folder or standard output, and says how much was written.
///
/// # Errors
/// An unknown format, annotator, status, story or label; something of the project can’t be read, or the output can’t be
/// written. Where something invalid was left out, a check has found something.
pub fn run(args: &ExportArgs) -> Result<(), Failure> {
    let format = named(&args.format)?;
    let mut runner = Runner::open(&args.project)?;
    let opened = runner.diagnostics();
    out::tell(&opened);
    let options = options(args, runner.session().project())?;
    format.check(&options)?;
    if options.invalid == Invalid::Stop {
        out::fail_if_errors(&opened)?;
    }
    let report = match &args.to {
        Some(to) if !args.dry_run => match is_standard(to) {
            true => runner.export_to(format, &options, &mut Out::new()).map_err(|error| match error {
                ExportError::Unread(found) => Failure::Many(found),
                ExportError::Write(error) => Failure::Output(error),
            })?,
            false => runner.exporting(format, &options, to)(&Progress::default()).map_err(Failure::Many)?,
        },
        _ => runner.preflight(format, &options)(&Progress::default()).map_err(Failure::Many)?,
    };
    out::tell(&report.told);
    out::tell(&report.left_out.iter().filter(|told| !opened.contains(told)).cloned().collect::<Vec<_>>());
    let lost = lost(&report.losses);
    if args.dry_run {
        let lines: String = lost.iter().map(|line| plain(&line.to_string()) + "\n").collect();
        Out::new().write(&lines)?;
    } else {
        lost.iter().for_each(out::say);
    }
    report.split.iter().flat_map(SplitReport::lines).for_each(|line| out::say(&line));
    say_how_much(&report, runner.session().project(), (format, args.dry_run));
    if report.left_out.is_empty() && !opened.iter().any(Diagnostic::is_error) { Ok(()) } else { Err(Failure::Found) }
}

/// The format of a name.
///
/// # Errors
/// There is none; the hint says which there are.
pub fn named(name: &str) -> Result<&'static Format, Diagnostic> {
    Format::named(name).ok_or_else(|| {
        let names: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
        Diagnostic::error("no-format", phrase!("There is no format “{name}”", name))
            .hint(phrase!("Use one of {names}", names = names.join(", ")))
    })
}

/// A line for each kind of loss, with the first places.
fn lost(losses: &Losses) -> Vec<Phrase> {
    let line = |(keeps, loss): (crate::format::Keeps, &crate::format::Loss)| {
        let what = keeps.counted(loss.count);
        match loss.places_in_words(PLACES) {
            Some(places) => phrase!("Not kept: {what} ({places})", what, places),
            None => phrase!("Not kept: {what}", what),
        }
    };
    losses.iter().map(line).collect()
}

/// Says how much was written, or would be, and left out.
fn say_how_much(report: &ExportReport, project: &Project, (format, is_dry): (&Format, bool)) {
    let marks = phrase!("{n} mark|{n} marks", n = report.size.annotations);
    let (n, title) = (report.size.articles, Phrase::plain(format.title));
    out::say(&match is_dry {
        true => phrase!(
            "Would export {n} article with {marks} as {title}|Would export {n} articles with {marks} as {title}",
            n,
            marks,
            title
        ),
        false => phrase!(
            "Exported {n} article with {marks} as {title}|Exported {n} articles with {marks} as {title}",
            n,
            marks,
            title
        ),
    });
    let n = project.size().links - report.size.links;
    if n > 0 {
        out::say(&phrase!(
            "{n} relation across articles is left out: not all of its articles are exported|\
             {n} relations across articles are left out: not all of their articles are exported",
            n
        ));
    }
    let n = report.left_out.len();
    if n > 0 {
        out::say(&phrase!("{n} thing is left out, as it is invalid|{n} things are left out, as they are invalid", n));
    }
}

/// What the arguments ask for.
fn options(args: &ExportArgs, project: &Project) -> Result<ExportOptions, Diagnostic> {
    let mut subset = Subset::default();
    args.annotator.iter().try_for_each(|name| subset.add_annotator(project, name))?;
    args.status.iter().try_for_each(|name| subset.add_status(name))?;
    args.story.iter().try_for_each(|name| subset.add_story(project, name))?;
    args.label.iter().try_for_each(|name| subset.add_label(project, name))?;
    let unit = |name: &String| {
        OffsetUnit::named(name).ok_or_else(|| {
            let names: Vec<&str> = OffsetUnit::ALL.into_iter().map(OffsetUnit::name).collect();
            Diagnostic::error("unknown-unit", phrase!("Offsets can’t count “{name}”", name))
                .hint(phrase!("Use one of {names}", names = names.join(", ")))
        })
    };
    Ok(ExportOptions {
        subset,
        offsets: args.offsets.as_ref().map(unit).transpose()?,
        cells: if args.spreadsheet_safe { Cells::SpreadsheetSafe } else { Cells::Plain },
        invalid: if args.strict { Invalid::Stop } else { Invalid::LeaveOut },
        split: args.split.as_ref().map(|shares| split(shares, args)).transpose()?,
    })
}

fn split(shares: &str, args: &ExportArgs) -> Result<SplitOptions, Diagnostic> {
    let Shares(shares) = shares.parse()?;
    let together = args.by.iter().map(|name| Together::named(name)).collect::<Result<_, _>>()?;
    Ok(SplitOptions { shares, together, seed: args.seed })
}
