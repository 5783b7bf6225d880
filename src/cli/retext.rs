//! Correcting the text of an article: what becomes of each mark is printed, and then it is done. With `--dry-run`
//! nothing is done after printing.

use std::fmt::Write as _;

use serde::Serialize;

use super::{
    args::RetextArgs,
    input::{is_standard, standard_input},
    out::{self, Failure, Out, plain},
};
use crate::{
    command::{
        Command,
        article::ArticleCommand,
        correct::{CorrectText, Corrected, Outcome},
    },
    format,
    jobs::Progress,
    model::{ArticleId, known::unknown_article},
    phrase,
    runner::{self, Gathered, Runner},
    session::Run,
    source,
    text::{Text, correction::Fate},
};

/// Reads the file, works out what becomes of the marks, and does it unless it is only to be looked at.
pub fn run(args: &RetextArgs) -> Result<(), Failure> {
    let mut runner = Runner::open(&args.project)?;
    out::tell(&runner.diagnostics());
    let (new, told) = runner::only_article(gathered(args)?, &args.file).map_err(Failure::Many)?;
    out::tell(&told);
    let Ok(id) = ArticleId::new(&args.article) else { return Err(unknown_article(&args.article).into()) };
    runner.run(&Command::Article(ArticleCommand::Open(id)))?;
    let opened = runner.diagnostics();
    out::tell(&opened);
    out::fail_if_errors(&opened)?;
    let article = runner.session().focus().article.clone().ok_or_else(|| unknown_article(&args.article))?;
    let correct = CorrectText { article, text: new.text, loaded: Some(new.loaded), prepared: None };
    let corrected = Corrected::of(runner.session().project(), &correct)?;
    Out::new().write(&if args.json { json(&corrected) } else { lines(&corrected) })?;
    let is_idle = corrected.is_idle();
    if !is_idle && !args.dry_run {
        let prepared = Some(std::sync::Arc::new(corrected));
        runner.run(&Command::Article(ArticleCommand::Correct(CorrectText { prepared, ..correct })))?;
        runner.flush()?;
    }
    out::tell(&runner.diagnostics());
    out::say(&match (is_idle, args.dry_run) {
        (true, _) => phrase!("The text has not changed"),
        (false, true) => phrase!("Nothing was changed"),
        (false, false) => phrase!("Corrected the text"),
    });
    Ok(())
}

/// The corrected text, read as a source.
fn gathered(args: &RetextArgs) -> Result<Gathered, Failure> {
    if is_standard(&args.file) {
        let bytes = standard_input(source::MAX_BYTES)?;
        return Ok(runner::gather_bytes("", "standard input", &bytes, "", ""));
    }
    Ok(runner::gather(std::slice::from_ref(&args.file), "", "", &Progress::default()))
}

/// What became of a mark, as it is called on the command line.
fn fate(outcome: &Outcome) -> &'static str {
    match outcome.placed {
        None => "lost",
        Some((_, Fate::Changed)) => "changed",
        Some((_, Fate::Moved)) => "moved",
        Some((_, Fate::Same)) => "same",
    }
}

/// In the order in which they are to be looked at.
const FATES: [&str; 4] = ["changed", "lost", "moved", "same"];

/// A mark a line, and at last how many there are of each kind.
fn lines(corrected: &Corrected) -> String {
    let mut text = String::new();
    for outcome in by_fate(corrected) {
        let row = OutcomeLine::of(outcome, corrected);
        let after = row.after.filter(|_| row.outcome == "changed");
        let after = after.map_or(String::new(), |after| format!(" → “{}”", plain(&after)));
        // A string takes everything that is written to it.
        let _ = writeln!(
            text,
            "{}  {}  {}  {}  “{}”{after}",
            row.outcome,
            row.annotator,
            row.id,
            row.label,
            plain(&row.before)
        );
    }
    let counts = FATES.map(|name| {
        let count = corrected.outcomes.iter().filter(|outcome| fate(outcome) == name).count();
        format!("{name} {}", crate::text::grouped(count))
    });
    let _ = writeln!(text, "{}", counts.join(", "));
    text
}

/// Outcomes in the order of [`FATES`]: what is to be looked at first.
fn by_fate(corrected: &Corrected) -> Vec<&Outcome> {
    let mut outcomes: Vec<&Outcome> = corrected.outcomes.iter().collect();
    outcomes.sort_by_key(|outcome| FATES.iter().position(|name| fate(outcome) == *name));
    outcomes
}

/// A mark’s fate as JSON.
#[derive(Serialize)]
struct OutcomeLine {
    outcome: &'static str,
    annotator: String,
    id: String,
    label: String,
    /// Its words before.
    before: String,
    /// Its words now; `null` where they are lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// Code points in the corrected text, half-open.
    #[serde(skip_serializing_if = "Option::is_none")]
    places: Option<Vec<(usize, usize)>>,
}

impl OutcomeLine {
    fn of(outcome: &Outcome, corrected: &Corrected) -> Self {
        let placed = outcome.placed.as_ref().map(|(fragments, _)| fragments);
        let after: &Text = &corrected.after.text;
        Self {
            outcome: fate(outcome),
            annotator: outcome.annotator.to_string(),
            id: outcome.id.to_string(),
            label: outcome.mark.label.to_string(),
            before: outcome.mark.fragments.words(&corrected.before.text),
            after: placed.map(|fragments| fragments.words(after)),
            places: placed.map(|fragments| fragments.iter().map(|range| after.range_to_chars(range)).collect()),
        }
    }
}

/// All outcomes as JSON, on lines of their own.
fn json(corrected: &Corrected) -> String {
    let rows: Vec<OutcomeLine> =
        by_fate(corrected).into_iter().map(|outcome| OutcomeLine::of(outcome, corrected)).collect();
    let mut json = serde_json::to_string_pretty(&rows).expect("names and numbers can be written");
    json.push('\n');
    format::on_lines(json)
}
