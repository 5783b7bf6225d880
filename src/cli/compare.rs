//! Articles against each other: the statements that two of them share, one a line of JSON, or as a table for people.
//!
//! Every pair of the articles of a story is compared, or of the articles that are named. What is found is a proposal;
//! nothing is changed. What some annotator has said not to be the same statement is left out, unless another one has
//! said that it is.

use std::{fmt::Write as _, path::Path};

use rayon::prelude::*;
use serde::Serialize;

use super::{
    args::CompareArgs,
    input::is_standard,
    out::{self, Failure, Out, plain},
    tables,
};
use crate::{
    command::{
        Command,
        article::{ArticleCommand, listed},
    },
    compare::{Accepted, Match, Prepared, Rejected, marks_of, statements},
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{ArticleId, Project, StoryId, known::unknown_article},
    phrase,
    poster::Which,
    runner::Runner,
    session::Run,
    text::{Fragments, Text},
};

/// So many pairs are compared before what they share is printed.
const AT_ONCE: usize = 1_024;

/// Compares and prints, pair by pair in the order of the list of articles.
///
/// # Errors
/// The project can’t be read, or has no such story or article; or an article could not be read: then the others are
/// compared all the same.
pub fn run(args: &CompareArgs) -> Result<(), Failure> {
    let mut runner = Runner::open(&args.project)?;
    let mut told = runner.diagnostics();
    let groups = groups(args, runner.session().project())?;
    if let Some(to) = &args.html {
        out::tell(&told);
        let which = if args.accepted { Which::Accepted } else { Which::All };
        return poster(&runner, groups, which, to);
    }
    if let Some(table) = args.table {
        out::tell(&told);
        return tables::print(&runner, &one_group(groups)?, table, args);
    }
    let mut compared = Compared::default();
    let mut out = Out::new();
    let pairs: usize = groups.iter().map(|group| group.len() * group.len().saturating_sub(1) / 2).sum();
    let articles = phrase!("{n} article|{n} articles", n = groups.iter().map(Vec::len).sum::<usize>());
    out::say(&phrase!("Comparing {n} pair of {articles}|Comparing {n} pairs of {articles}", n = pairs, articles));
    for group in groups {
        let mut accepted = Accepted::new(runner.session().project());
        let mut rejected = Rejected::by_anybody(runner.session().project());
        let mut prepared = Vec::new();
        for id in group {
            // What was read before may be let go of again: a project can be larger than the memory.
            told.extend(runner.run(&Command::Article(ArticleCommand::Open(id.clone()))).err());
            told.extend(runner.diagnostics());
            let project = runner.session().project();
            let Some(text) = project.text(&id) else { continue };
            prepared.push((id.clone(), Prepared::new(text, marks_of(project, &id))));
            accepted.read(project, &id);
            rejected.read(project, &id);
        }
        compared.print(&prepared, (&accepted, &rejected), args.json, &mut out)?;
    }
    out::tell(&told);
    let pairs = phrase!("{n} pair|{n} pairs", n = compared.pairs);
    out::say(&phrase!("{n} statement in {pairs}|{n} statements in {pairs}", n = compared.found, pairs));
    out::fail_if_errors(&told)
}

/// Writes the page on which these articles are compared, with what everybody has marked and related.
fn poster(runner: &Runner, groups: Vec<Vec<ArticleId>>, which: Which, to: &Path) -> Result<(), Failure> {
    let articles = one_group(groups)?;
    let annotators = runner.session().project().annotators().map(|(id, _)| id.clone()).collect();
    let (page, found) = runner.poster(articles, annotators, which)(&Progress::default()).map_err(Failure::Many)?;
    out::tell(&found);
    if is_standard(to) {
        return Out::new().write(&page);
    }
    runner.writing_text(to)(&page).map_err(Failure::Many)?;
    out::say(&phrase!("Wrote the comparison to {path}", path = &to.display()));
    Ok(())
}

/// The articles of the only group there is.
fn one_group(groups: Vec<Vec<ArticleId>>) -> Result<Vec<ArticleId>, Diagnostic> {
    if groups.len() > 1 {
        let message = phrase!("The project has {n} story|The project has {n} stories", n = groups.len());
        return Err(Diagnostic::error("many-stories", message).hint("Name one with --story, or two or three articles"));
    }
    Ok(groups.into_iter().next().unwrap_or_default())
}

/// The articles that are compared with each other: those that are named, those of a story, or of every story.
fn groups(args: &CompareArgs, project: &Project) -> Result<Vec<Vec<ArticleId>>, Diagnostic> {
    if !args.articles.is_empty() {
        let mut named = Vec::new();
        for id in args.articles.iter().map(|wanted| article(wanted, project)) {
            let id = id?;
            if !named.contains(&id) {
                named.push(id);
            }
        }
        return Ok(vec![named]);
    }
    let wanted = args.story.as_deref().map(|wanted| story(wanted, project)).transpose()?;
    let of = |id: &StoryId| -> Vec<ArticleId> {
        let own = listed(project).into_iter().filter(|(_, article)| article.metadata.story.as_ref() == Some(id));
        own.map(|(id, _)| id.clone()).collect()
    };
    Ok(match wanted {
        Some(story) => vec![of(&story)],
        None => project.stories().map(|(id, _)| of(id)).collect(),
    })
}

/// The article of this id, or the only one whose id begins so.
fn article(wanted: &str, project: &Project) -> Result<ArticleId, Diagnostic> {
    let mut known = project.articles().map(|(id, _)| id).filter(|id| id.as_str().starts_with(wanted));
    let exact = project.articles().map(|(id, _)| id).find(|id| id.as_str() == wanted);
    let only = exact.or_else(|| known.next().filter(|_| known.next().is_none()));
    only.cloned().ok_or_else(|| unknown_article(wanted))
}

/// The story of this id or name.
fn story(wanted: &str, project: &Project) -> Result<StoryId, Diagnostic> {
    let found = project.stories().find(|(id, story)| id.as_str() == wanted || story.name == wanted);
    found.map(|(id, _)| id.clone()).ok_or_else(|| {
        let names: Vec<&str> = project.stories().map(|(_, story)| story.name.as_str()).collect();
        let missing = Diagnostic::error("no-story", phrase!("The project has no story “{name}”", name = wanted));
        if names.is_empty() { missing } else { missing.hint(phrase!("Use one of {names}", names = names.join(", "))) }
    })
}

/// How much was compared and found.
#[derive(Default)]
struct Compared {
    pairs: usize,
    found: usize,
}

impl Compared {
    /// Prints what each pair shares.
    fn print(
        &mut self,
        articles: &[(ArticleId, Prepared)],
        (accepted, rejected): (&Accepted, &Rejected),
        is_json: bool,
        out: &mut Out,
    ) -> Result<(), Failure> {
        let all = (0..articles.len()).flat_map(|a| (a + 1..articles.len()).map(move |b| (a, b)));
        let mut all = all.peekable();
        while all.peek().is_some() {
            let some: Vec<(usize, usize)> = all.by_ref().take(AT_ONCE).collect();
            let found: Vec<(usize, String)> = some
                .par_iter()
                .map(|(a, b)| {
                    let (a, b) = (&articles[*a], &articles[*b]);
                    let mut matches = statements(&a.1, &b.1);
                    matches.retain(|found| {
                        accepted.has(&a.0, &b.0, found) || !rejected.has([&a.0, &b.0], [&found.a, &found.b])
                    });
                    let pair = Beside { a: (&a.0, a.1.text()), b: (&b.0, b.1.text()), accepted };
                    (matches.len(), if is_json { pair.json(&matches) } else { pair.table(&matches) })
                })
                .collect();
            self.pairs += found.len();
            self.found += found.iter().map(|(count, _)| count).sum::<usize>();
            out.write(&found.into_iter().map(|(_, lines)| lines).collect::<String>())?;
        }
        Ok(())
    }
}

/// Two articles whose statements are printed.
struct Beside<'p> {
    a: (&'p ArticleId, &'p Text),
    b: (&'p ArticleId, &'p Text),
    accepted: &'p Accepted,
}

/// A statement as a line of JSON. The names of its fields are part of the command line: programs read them, so that they
/// stay.
#[derive(Debug, Serialize)]
struct StatementLine<'p> {
    a: &'p ArticleId,
    b: &'p ArticleId,
    a_fragments: Vec<FragmentLine<'p>>,
    b_fragments: Vec<FragmentLine<'p>>,
    r#type: &'static str,
    kind: &'static str,
    confidence: &'static str,
    why: String,
    accepted: bool,
}

/// Words of an article. The offsets are half-open and count code points of the article’s text.
#[derive(Debug, Serialize)]
struct FragmentLine<'p> {
    start: usize,
    end: usize,
    text: &'p str,
}

impl<'p> Beside<'p> {
    fn line(&self, found: &Match) -> StatementLine<'p> {
        StatementLine {
            a: self.a.0,
            b: self.b.0,
            a_fragments: fragments(self.a.1, &found.a),
            b_fragments: fragments(self.b.1, &found.b),
            r#type: found.form.name(),
            kind: found.kind.name(),
            confidence: found.confidence.name(),
            why: found.why.to_string(),
            accepted: self.accepted.has(self.a.0, self.b.0, found),
        }
    }

    fn json(&self, matches: &[Match]) -> String {
        let line = |found| serde_json::to_string(&self.line(found)).expect("names and numbers can be written") + "\n";
        crate::format::on_lines(matches.iter().map(line).collect())
    }

    /// The names of both articles, then each statement with both wordings under each other.
    fn table(&self, matches: &[Match]) -> String {
        let mut text = format!("{}  {}\n", self.a.0, self.b.0);
        for line in matches.iter().map(|found| self.line(found)) {
            let StatementLine { r#type, kind, confidence, why, accepted, .. } = &line;
            let accepted = if *accepted { ", accepted" } else { "" };
            // A string takes everything that is written to it.
            let _ = writeln!(text, "  {type}, {kind}, {confidence}{accepted}: {}", plain(why));
            for fragments in [&line.a_fragments, &line.b_fragments] {
                let words: Vec<&str> = fragments.iter().map(|fragment| fragment.text).collect();
                let start = fragments.first().map_or(0, |fragment| fragment.start);
                let _ = writeln!(text, "    {start:>6}  {}", plain(&words.join(" … ")));
            }
        }
        text.push('\n');
        text
    }
}

fn fragments<'t>(text: &'t Text, place: &Fragments) -> Vec<FragmentLine<'t>> {
    let line = |range: crate::text::ByteRange| {
        let (start, end) = text.range_to_chars(range);
        FragmentLine { start, end, text: &text[range.as_range()] }
    };
    place.iter().map(line).collect()
}
