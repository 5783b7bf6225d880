//! The history: every step for a person or as JSON, going to one of them, restoring what one took away. A step is
//! named by its id, as `pressmark history` prints it.

use serde::Serialize;

use super::{
    args::HistoryArgs,
    out::{self, Failure, Out, plain},
};
use crate::{
    command::{Command, history::HistoryCommand, project::ProjectCommand},
    diagnostic::Diagnostic,
    format,
    model::{
        AnnotatorId, ArticleId, LabelId, Project, TransactionId,
        edit::{Entry, Log, Standing},
    },
    phrase,
    runner::Runner,
    session::Run,
    text::moment,
};

/// Carries out `pressmark history`.
pub fn run(args: &HistoryArgs) -> Result<(), Failure> {
    let mut runner = Runner::open(&args.project)?;
    let opened = runner.diagnostics();
    out::tell(&opened);
    runner.run(&Command::History(HistoryCommand::Read))?;
    out::tell(&runner.diagnostics());
    match (&args.restore, &args.go_to) {
        (Some(step), _) => carry_out(&mut runner, step, HistoryCommand::Restore),
        (_, Some(step)) => carry_out(&mut runner, step, HistoryCommand::GoTo),
        (None, None) => {
            Out::new().write(&listed(&runner, args))?;
            out::fail_if_errors(&opened)
        }
    }
}

/// The steps that pass the arguments’ filters, newest first, as text or JSON.
fn listed(runner: &Runner, args: &HistoryArgs) -> String {
    let project = runner.session().project();
    let entries = runner.session().log().map(Log::entries).unwrap_or_default();
    let entries = entries.iter().rev().filter(|entry| passes(entry, project, args));
    if args.json {
        let rows: Vec<HistoryLine<'_>> = entries.map(|entry| HistoryLine::of(entry, project)).collect();
        let mut json = serde_json::to_string_pretty(&rows).expect("names and numbers can be written");
        json.push('\n');
        return format::on_lines(json);
    }
    entries.map(|entry| line(entry, project)).collect()
}

/// Does something with a step, as whoever has done it.
fn carry_out(runner: &mut Runner, step: &str, what: fn(TransactionId) -> HistoryCommand) -> Result<(), Failure> {
    let unknown = || {
        Diagnostic::error("unknown-step", phrase!("The history has no step “{step}”", step))
            .hint("Steps are named by what stands first in the lines of `pressmark history`")
    };
    let id = step.parse().map(TransactionId).map_err(|_not_an_id| unknown())?;
    let entry = runner.session().log().and_then(|log| log.entry(id)).cloned().ok_or_else(unknown)?;
    if let Some(by) = &entry.by {
        runner.run(&Command::Project(ProjectCommand::WorkAs(by.to_string())))?;
    }
    let shown = runner.run(&Command::History(what(id)));
    let saved = runner.flush();
    out::tell(&runner.diagnostics());
    let shown = shown?;
    saved?;
    for show in shown {
        if let crate::command::Show::Say(said) = show {
            out::say(&said);
        }
    }
    Ok(())
}

/// Whether a step passes the filters by label, annotator, article and words.
fn passes(entry: &Entry, project: &Project, args: &HistoryArgs) -> bool {
    let is_label = |wanted: &str| {
        let name = |id| project.codebook().label(id).map(|label| label.name.as_str());
        entry.labels.iter().any(|id| id.as_str() == wanted || name(id) == Some(wanted))
    };
    let is_by =
        |wanted: &str| entry.by.as_ref().is_some_and(|by| by.as_str() == wanted || name_of(project, by) == wanted);
    args.article.as_ref().is_none_or(|wanted| entry.articles.iter().any(|id| id.as_str().starts_with(wanted.as_str())))
        && args.label.as_deref().is_none_or(is_label)
        && args.by.as_deref().is_none_or(is_by)
}

/// The name of an annotator; the id where the project does not know them.
fn name_of<'p>(project: &'p Project, by: &'p AnnotatorId) -> &'p str {
    project.annotator(by).map_or(by.as_str(), |annotator| &annotator.name)
}

/// The step, when, who, what with the words, where, and whether it was undone.
fn line(entry: &Entry, project: &Project) -> String {
    let at = moment::utc(entry.at_unix_ms).replace('T', " ").replace('Z', "");
    let by = entry.by.as_ref().map_or("–", |by| name_of(project, by));
    let mut what = entry.label.to_string();
    if !entry.words.is_empty() {
        what.push_str(&format!(": “{}”", entry.words));
    }
    if entry.marks > 1 {
        what.push_str(&format!(" {}", phrase!("and {n} more mark|and {n} more marks", n = entry.marks - 1)));
    }
    let mut line = format!("{}  {at}  {}  {}", entry.id, plain(by), plain(&what));
    if let Some(article) = entry.articles.first() {
        line.push_str(&format!("  {article}"));
    }
    if entry.articles.len() > 1 {
        line.push_str(&format!(" {}", phrase!("and {n} other|and {n} others", n = entry.articles.len() - 1)));
    }
    if entry.standing == Standing::Undone {
        line.push_str("  (undone)");
    }
    line + "\n"
}

/// A step as JSON. The names of the fields are part of the command line and stay.
#[derive(Debug, Serialize)]
struct HistoryLine<'e> {
    step: TransactionId,
    /// Date and time in UTC, as RFC 3339.
    at: String,
    by: Option<&'e AnnotatorId>,
    name: &'e str,
    what: String,
    words: &'e str,
    marks: usize,
    articles: Vec<&'e str>,
    labels: Vec<&'e str>,
    /// Whether it was taken back and not done again.
    undone: bool,
    /// Whether something is gone by it.
    restorable: bool,
}

impl<'e> HistoryLine<'e> {
    fn of(entry: &'e Entry, project: &'e Project) -> Self {
        Self {
            step: entry.id,
            at: moment::utc(entry.at_unix_ms),
            by: entry.by.as_ref(),
            name: entry.by.as_ref().map_or("", |by| name_of(project, by)),
            what: entry.label.to_string(),
            words: &entry.words,
            marks: entry.marks,
            articles: entry.articles.iter().map(ArticleId::as_str).collect(),
            labels: entry.labels.iter().map(LabelId::as_str).collect(),
            undone: entry.standing == Standing::Undone,
            restorable: entry.is_restorable(),
        }
    }
}
