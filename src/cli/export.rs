//! An export: the part of the project that is asked for, in one of the formats, and how much that is.

use super::{
    args::ExportArgs,
    input::is_standard,
    out::{self, Failure, Out},
};
use crate::{
    diagnostic::Diagnostic,
    format::{FORMATS, Format},
    jobs::Progress,
    model::{Project, Subset},
    phrase,
    runner::Runner,
    session::Run,
    store::ExportError,
    text::Phrase,
};

/// Carries out `pressmark export`, to a file or to standard output, and says how much was written.
///
/// # Errors
/// An unknown format, annotator, status or story; something of the project can’t be read, or the output can’t be
/// written.
pub fn run(args: &ExportArgs) -> Result<(), Failure> {
    let format = Format::named(&args.format).ok_or_else(|| {
        let names: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
        Diagnostic::error("no-format", phrase!("There is no format “{name}”", name = &args.format))
            .hint(phrase!("Use one of {names}", names = names.join(", ")))
    })?;
    let mut runner = Runner::open(&args.project)?;
    let opened = runner.diagnostics();
    out::tell(&opened);
    // An article that could not be opened would be missing.
    out::fail_if_errors(&opened)?;
    let subset = subset(args, runner.session().project())?;
    let repaired = if is_standard(&args.to) {
        runner.export_to(format, &subset, &mut Out::new()).map_err(|error| match error {
            ExportError::Unread(found) => Failure::Many(found),
            ExportError::Write(error) => Failure::Output(error),
        })?
    } else {
        runner.exporting(format, &subset, &args.to)(&Progress::default()).map_err(Failure::Many)?
    };
    out::tell(&repaired);
    let (all, part) = (runner.session().project().size(), runner.session().project().narrowed(&subset).size());
    let marks = phrase!("{n} mark|{n} marks", n = part.annotations);
    let (n, title) = (part.articles, Phrase::plain(format.title));
    out::say(&phrase!(
        "Exported {n} article with {marks} as {title}|Exported {n} articles with {marks} as {title}",
        n,
        marks,
        title
    ));
    if part.links < all.links {
        let n = all.links - part.links;
        out::say(&phrase!(
            "{n} relation across articles is left out: not all of its articles are exported|\
             {n} relations across articles are left out: not all of their articles are exported",
            n
        ));
    }
    Ok(())
}

/// The part of the project that the arguments name.
fn subset(args: &ExportArgs, project: &Project) -> Result<Subset, Diagnostic> {
    let mut subset = Subset::default();
    args.annotator.iter().try_for_each(|name| subset.add_annotator(project, name))?;
    args.status.iter().try_for_each(|name| subset.add_status(name))?;
    args.story.iter().try_for_each(|name| subset.add_story(project, name))?;
    Ok(subset)
}
