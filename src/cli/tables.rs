//! The tables over several articles: who is heard, who is for or against what, what is claimed, and in which order each
//! article tells it; as CSV, or with the filled cells of each row under its first one for people. They are readings of
//! what somebody has marked: nothing is changed.

use super::{
    args::{CompareArgs, TableArg},
    out::{self, Failure, Out, plain},
};
use crate::{
    compare::{
        Statements, beginning, compared,
        tables::{Cell, Claims, Order, Reports, Sheet, Sources, StanceRows, Stances},
    },
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{AnnotatorId, ArticleId, Project, Subset},
    phrase,
    runner::Runner,
    session::Run,
    text::Phrase,
};

/// So much of a statement’s words is enough to know it by, in bytes.
const WORDS: usize = 200;

/// Prints a table of some articles.
///
/// # Errors
/// The annotator is not known, or not said where there are several; or an article can’t be read.
pub fn print(runner: &Runner, articles: &[ArticleId], table: TableArg, args: &CompareArgs) -> Result<(), Failure> {
    let annotators = annotators(args, runner.session().project())?;
    let (project, found) = runner.reading(articles)(&Progress::default()).map_err(Failure::Many)?;
    out::tell(&found);
    let (sheet, missing) = match (table, annotators.as_slice()) {
        (TableArg::Order, all) => order(&project, articles, all)?,
        (_, [annotator]) => marked(&project, annotator, articles, table),
        (_, all) => {
            let told = phrase!("The project has {n} annotator|The project has {n} annotators", n = all.len());
            return Err(Diagnostic::error("many-annotators", told).hint("Name one with --annotator").into());
        }
    };
    missing.iter().for_each(out::say);
    let text = if args.csv { sheet.csv(Phrase::to_string) } else { for_people(&sheet) };
    Out::new().write(&text)
}

/// Whose marks are meant: theirs who are named, else everybody’s.
fn annotators(args: &CompareArgs, project: &Project) -> Result<Vec<AnnotatorId>, Diagnostic> {
    let mut named = Subset::default();
    args.annotator.iter().try_for_each(|name| named.add_annotator(project, name))?;
    if args.annotator.is_none() {
        return Ok(project.annotators().map(|(id, _)| id.clone()).collect());
    }
    Ok(named.annotators.into_iter().collect())
}

/// What an annotator has marked; and why there is nothing, where that is so.
fn marked(
    project: &Project,
    annotator: &AnnotatorId,
    articles: &[ArticleId],
    table: TableArg,
) -> (Sheet, Option<Phrase>) {
    let reports = Reports::read(project, annotator, articles);
    let sources = Sources::of(&reports);
    match table {
        TableArg::Stances => {
            let stances = Stances::of(&reports, &sources);
            (stances.sheet(StanceRows::Articles, &reports, &sources), stances.missing)
        }
        TableArg::Claims => {
            let claims = Claims::of(&reports, &sources);
            (claims.sheet(&reports, &sources), claims.missing)
        }
        TableArg::Sources | TableArg::Order => (sources.sheet(&reports), sources.missing),
    }
}

/// At which place each article has what several of them share: what is proposed, and what these annotators have said.
fn order(
    project: &Project,
    articles: &[ArticleId],
    annotators: &[AnnotatorId],
) -> Result<(Sheet, Option<Phrase>), Diagnostic> {
    let found = compared(project, articles.to_vec(), || Ok(()))?;
    let statements = Statements::of(&found, articles, project, annotators);
    let places: Vec<_> = statements.all.iter().map(|statement| statement.places.clone()).collect();
    let words = statements.all.iter().map(|statement| {
        let column = statement.fullest();
        let place = statement.places[column].as_ref().zip(project.text(&articles[column]));
        place.map(|(place, text)| beginning(place, text, WORDS)).unwrap_or_default()
    });
    let words: Vec<String> = words.collect();
    let sheet = Order::of(&places).sheet(&Reports::named(project, articles), &words);
    let missing = sheet.rows.is_empty().then(|| phrase!("These articles share no statement"));
    Ok((sheet, missing))
}

/// The first cell of each row, then those that say something, each with its title.
fn for_people(sheet: &Sheet) -> String {
    let mut text = String::new();
    for row in &sheet.rows {
        let mut cells = row.iter().zip(&sheet.header);
        let first = cells.next().map(|(cell, _)| cell.read(Phrase::to_string)).unwrap_or_default();
        let filled = cells.filter(|(cell, _)| !matches!(cell, Cell::Empty | Cell::Count(0)));
        text.push_str(&format!("{}\n", plain(&first)));
        for (cell, title) in filled {
            text.push_str(&format!("    {title}: {}\n", plain(&cell.read(Phrase::to_string))));
        }
    }
    text
}
