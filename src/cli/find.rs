//! The concordance: words in all articles, a line for each hit, for a person or as JSON.
//!
//! Articles are read one after the other in the order of the list, and what cannot be read is told without ending the
//! search.

use serde::Serialize;

use super::{
    args::FindArgs,
    out::{self, Failure, Out, plain},
};
use crate::{
    command::{
        Command,
        article::{ArticleCommand, listed},
    },
    diagnostic::Diagnostic,
    format,
    model::{AnnotatorId, Article, ArticleId, LabelId, LayerSlot, Project},
    phrase,
    query::{
        concordance::KeywordInContext,
        search::{Case, Hit, Kind, Marked, MarksFilter, Matcher, Pattern, Query},
    },
    runner::Runner,
    session::Run,
    text::Text,
};

/// Characters on either side of a hit in a line.
const AROUND: usize = 40;

/// Searches, prints the hits, and says how many there are.
///
/// # Errors
/// The project or the expression can’t be read, or an article could not be: then the other hits are printed all the
/// same.
pub fn run(args: &FindArgs) -> Result<(), Failure> {
    let mut runner = Runner::open(&args.project)?;
    let mut told = runner.diagnostics();
    let query = query(args, runner.session().project())?;
    let articles: Vec<ArticleId> = listed(runner.session().project()).into_iter().map(|(id, _)| id.clone()).collect();
    let (mut rows, mut lines) = (Vec::new(), String::new());
    let (mut hits, mut with_hits) = (0, 0);
    for id in &articles {
        // What was read before may be let go of again: a project can be larger than the memory.
        let opened = runner.run(&Command::Article(ArticleCommand::Open(id.clone())));
        told.extend(opened.err());
        told.extend(runner.diagnostics());
        let project = runner.session().project();
        let found = query.hits(project, id);
        hits += found.len();
        with_hits += usize::from(!found.is_empty());
        let Some((article, text)) = project.article(id).zip(project.text(id)) else { continue };
        for hit in found {
            let place = Place { project, id, article, text, hit };
            match args.json {
                true => rows.extend(place.row().json()),
                false => lines.push_str(&place.line()),
            }
        }
    }
    out::tell(&told);
    if args.json {
        let json = serde_json::to_string_pretty(&rows).expect("names and numbers can be written");
        lines = format::on_lines(json + "\n");
    }
    Out::new().write(&lines)?;
    let articles = phrase!("{n} article|{n} articles", n = with_hits);
    out::say(&phrase!("{n} hit in {articles}|{n} hits in {articles}", n = hits, articles));
    out::fail_if_errors(&told)
}

/// What the arguments ask for.
fn query(args: &FindArgs, project: &Project) -> Result<Query, Diagnostic> {
    let (kind, case) = match () {
        () if args.regex => (Kind::Expression, Case::Folded),
        () if args.exactly => (Kind::Exactly, Case::Exact),
        () => (Kind::Words, Case::Folded),
    };
    let pattern = Pattern { text: args.words.clone(), kind, case, ..Pattern::default() };
    let label = args.label.as_deref().map(|wanted| label(wanted, project)).transpose()?;
    Ok(Query {
        matcher: Some(Matcher::new(&pattern)?),
        filter: MarksFilter { label, ..MarksFilter::default() },
        marked: if args.not_marked { Marked::No } else { Marked::Either },
    })
}

/// The label of this id or name.
fn label(wanted: &str, project: &Project) -> Result<LabelId, Diagnostic> {
    let labels = &project.codebook().labels;
    let found = labels.iter().find(|label| label.id.as_str() == wanted || label.name == wanted);
    found.map(|label| label.id.clone()).ok_or_else(|| {
        let names: Vec<&str> = labels.iter().map(|label| label.id.as_str()).collect();
        Diagnostic::error("no-label", phrase!("The codebook has no label “{name}”", name = wanted))
            .hint(phrase!("Use one of {names}", names = names.join(", ")))
    })
}

/// A hit in its article.
struct Place<'p> {
    project: &'p Project,
    id: &'p ArticleId,
    article: &'p Article,
    text: &'p Text,
    hit: Hit,
}

/// A hit as JSON. Its offsets are half-open.
#[derive(Debug, Serialize)]
struct HitRow<'p> {
    article: &'p ArticleId,
    title: &'p str,
    /// In code points of the article’s text.
    start: usize,
    /// One after the last code point.
    end: usize,
    /// The same in bytes of UTF-8.
    start_byte: usize,
    end_byte: usize,
    /// What is read before it, as the concordance shows it.
    left: &'p str,
    hit: &'p str,
    /// What is read after it.
    right: &'p str,
    /// Of the innermost mark over it that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'p LabelId>,
    /// Who has marked the hit, where somebody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    annotator: Option<&'p AnnotatorId>,
}

impl HitRow<'_> {
    fn json(&self) -> Option<serde_json::Value> {
        serde_json::to_value(self).ok()
    }
}

impl<'p> Place<'p> {
    fn row(&self) -> HitRow<'p> {
        let range = self.hit.range;
        let (start, end) = self.text.range_to_chars(range);
        let KeywordInContext { left, right, .. } = KeywordInContext::of(self.text, range);
        let mark = self.mark();
        HitRow {
            article: self.id,
            title: &self.article.metadata.title,
            start,
            end,
            start_byte: range.start(),
            end_byte: range.end(),
            left,
            hit: range.slice(self.text).unwrap_or_default(),
            right,
            label: mark.map(|(label, _)| label),
            annotator: mark.map(|(_, annotator)| annotator),
        }
    }

    /// The label of the mark over the hit, and whose it is.
    fn mark(&self) -> Option<(&'p LabelId, &'p AnnotatorId)> {
        let id = self.hit.mark?;
        self.project.layers(self.id).find_map(|(annotator, slot)| match slot {
            LayerSlot::Read(layer) => layer.annotation(id).map(|mark| (&mark.label, annotator)),
            LayerSlot::Unread(_) => None,
        })
    }

    /// The hit in the middle of what stands around it, then the article and where the hit begins there.
    fn line(&self) -> String {
        let KeywordInContext { left, hit, right } = KeywordInContext::of(self.text, self.hit.range);
        let (left, right) = (plain(left), plain(right));
        let skipped = left.chars().count().saturating_sub(AROUND);
        let left: String = left.chars().skip(skipped).collect();
        let right: String = right.chars().take(AROUND).collect();
        let (start, _) = self.text.range_to_chars(self.hit.range);
        let label = self.mark().map(|(label, _)| format!("  {label}")).unwrap_or_default();
        format!("{left:>AROUND$}{}{right:<AROUND$}  {}:{start}{label}\n", bracketed(&plain(&hit)), self.id)
    }
}

/// So that the hit is seen in a line without colour.
fn bracketed(hit: &str) -> String {
    format!("[{hit}]")
}
