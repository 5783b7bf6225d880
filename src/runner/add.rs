//! Adding articles: what was found on the disk or given otherwise becomes articles of the project.
//!
//! Reading files and deciding which of them are twins takes long, and is a job over a snapshot; only the transaction
//! at the end needs the session. Every file that is no article gives a diagnostic, none is passed over in silence.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{Runner, SystemMint};
use crate::{
    command::{
        Command, Show,
        article::{ArticleCommand, NewArticle, Twin, twin_of},
    },
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{Article, ArticleId, Project, edit::Change},
    phrase,
    session::{self, Run, Session},
    source::{self, Source},
    store,
    text::hash,
};

/// Articles read from outside, in the order they were named; nothing of the project has changed yet.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// In the order in which they were found.
    pub articles: Vec<NewArticle>,
    /// What was guessed, and what could not be read, with its path.
    pub diagnostics: Vec<Diagnostic>,
}

/// What became of gathered articles.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// The new articles.
    pub added: Vec<ArticleId>,
    /// Articles that the project has already, each with the one it has; they were not added. An article of the same
    /// text, but of another outlet, date or address, is another one, and is added with a note.
    pub twins: Vec<(NewArticle, ArticleId)>,
    /// What a window is to show of it.
    pub shown: Vec<Show>,
    /// What was repaired or could not be added.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads files, and of folders all that look like articles; several at a time, on any thread.
///
/// Outlet and story are those of every article where they are not empty. A step of the progress is a file; where it is
/// cancelled, what is gathered is of no use.
pub fn gather(paths: &[PathBuf], outlet: &str, story: &str, progress: &Progress) -> Gathered {
    let found = store::read_paths(paths);
    progress.expect(found.len());
    let read = found.enumerate().par_bridge().map(|(order, found)| {
        let found = progress.step().and(found);
        (order, found.and_then(|file| read(&file.name, &file.path.display().to_string(), &file.bytes)))
    });
    let mut read: Vec<(usize, source::Outcome)> = read.collect();
    read.sort_unstable_by_key(|(order, _)| *order);
    let mut gathered = Gathered::default();
    for (_, article) in read {
        gathered.take(article, outlet, story);
    }
    gathered
}

/// Reads one article from its bytes. By its extension the name tells the kind, and a text without a headline is called
/// by it. The place is for messages.
pub fn gather_bytes(name: &str, place: &str, bytes: &[u8], outlet: &str, story: &str) -> Gathered {
    let mut gathered = Gathered::default();
    gathered.take(read(name, place, bytes), outlet, story);
    gathered
}

/// An article from bytes; `place` is where they came from, for messages.
fn read(name: &str, place: &str, bytes: &[u8]) -> source::Outcome {
    let at = |d: Diagnostic| d.at_path(place);
    let (mut source, notes) = source::read(name, bytes).map_err(at)?;
    if let Some(stem) = Path::new(name).file_stem().map(|stem| stem.to_string_lossy())
        && source.has_no_headline()
        && !stem.trim().is_empty()
    {
        source.notes.push(Article::called_by_file(&stem));
        source.metadata.title = stem.into_owned();
    }
    Ok((source, notes.into_iter().map(at).collect()))
}

impl Gathered {
    /// Takes up what was found elsewhere too.
    pub fn extend(&mut self, other: Self) {
        self.articles.extend(other.articles);
        self.diagnostics.extend(other.diagnostics);
    }

    /// Takes up one article, or why there is none.
    fn take(&mut self, article: source::Outcome, outlet: &str, story: &str) {
        match article {
            Ok((source, notes)) => {
                self.articles.push(new_article(source, outlet, story));
                self.diagnostics.extend(notes);
            }
            Err(diagnostic) => self.diagnostics.push(diagnostic),
        }
    }
}

/// An article to add; an outlet that was given wins over the source’s own.
fn new_article(source: Source, outlet: &str, story: &str) -> NewArticle {
    let Source { mut metadata, text, notes: loaded, .. } = source;
    if !outlet.trim().is_empty() {
        outlet.trim().clone_into(&mut metadata.outlet);
    }
    NewArticle { metadata, story: story.trim().to_owned(), text, loaded, twin: Twin::Refuse }
}

/// Gathered articles with what they come to in a project, planned over a snapshot of it; nothing has changed yet.
#[derive(Debug)]
pub struct Planned {
    command: Option<Command>,
    plan: Option<session::Planned>,
    twins: Vec<(NewArticle, TwinIs)>,
    diagnostics: Vec<Diagnostic>,
}

impl Runner {
    /// Adds articles as one step. One that the project has already is left out, unless it says to add it all the same.
    pub fn add(&mut self, gathered: Gathered) -> Added {
        let planned = plan(self.session.project(), gathered);
        self.add_planned(planned)
    }

    /// The work of planning what gathered articles come to, over the project as it is now.
    pub fn planning(&self) -> impl FnOnce(Gathered) -> Planned + Send + use<> {
        let project = self.session.project().clone();
        move |gathered| {
            let mut planned = plan(&project, gathered);
            if let Some(command) = &planned.command {
                // What is wrong with it is told when it is carried out.
                planned.plan = Session::new(project).plan(command, &mut SystemMint::default()).ok();
            }
            planned
        }
    }

    /// As [`Runner::add`], of articles that were planned before. Where the project has changed so that it does not go
    /// that way any more, they are planned anew.
    pub fn add_planned(&mut self, planned: Planned) -> Added {
        let Planned { command, plan, twins, diagnostics } = planned;
        let mut added = Added { diagnostics, ..Added::default() };
        if let Some(command) = command {
            let shown = match plan.map(|plan| self.run_planned(plan)) {
                Some(Ok(shown)) => Ok(shown),
                _ => self.run(&command),
            };
            match shown {
                Ok(shown) => {
                    added.added = shown.iter().flat_map(articles_added).collect();
                    added.shown = shown;
                }
                Err(diagnostic) => added.diagnostics.push(diagnostic),
            }
        }
        let of = |twin| match twin {
            TwinIs::Here(id) => Some(id),
            TwinIs::New(place) => added.added.get(place).cloned(),
        };
        added.twins = twins.into_iter().filter_map(|(article, twin)| Some((article, of(twin)?))).collect();
        added
    }
}

/// Tells the articles that the project has already from those that are new to it.
fn plan(project: &Project, gathered: Gathered) -> Planned {
    let mut diagnostics = gathered.diagnostics;
    let (mut new, mut twins) = (Vec::new(), Vec::new());
    // Of each text, the places of its articles among the new ones.
    let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for article in gathered.articles {
        let fingerprint = hash::fingerprint(&article.text);
        let places = places.entry(fingerprint).or_default();
        let is_twin = |place: &&usize| {
            new.get(**place).is_some_and(|other: &NewArticle| article.metadata.may_be(&other.metadata))
        };
        let here = twin_of(project, &article.metadata, &article.text).map(|(id, _)| id.clone());
        let twin = here.map(TwinIs::Here).or_else(|| places.iter().find(is_twin).map(|place| TwinIs::New(*place)));
        match twin {
            Some(twin) if article.twin == Twin::Refuse => twins.push((article, twin)),
            _ => {
                let is_alike = !places.is_empty() || project.articles_like(fingerprint).next().is_some();
                if is_alike && article.twin == Twin::Refuse {
                    diagnostics.push(same_text(&article));
                }
                places.push(new.len());
                new.push(article);
            }
        }
    }
    let command = (!new.is_empty()).then(|| Command::Article(ArticleCommand::AddAll(new)));
    Planned { command, plan: None, twins, diagnostics }
}

/// The articles that a transaction has brought.
fn articles_added(show: &Show) -> Vec<ArticleId> {
    let Show::Changed(transaction) = show else { return Vec::new() };
    let added = transaction.changes.iter().filter_map(|change| match change {
        Change::Article { id, before: None, .. } => Some(id.clone()),
        _ => None,
    });
    added.collect()
}

/// A note about an article with the words of another one, from which outlet, date or address tell it apart.
fn same_text(article: &NewArticle) -> Diagnostic {
    let message = "The text is that of another article; both are kept, because outlet, date or address differ";
    Diagnostic::note("same-text", message)
        .about(phrase!("“{title}”", title = &article.metadata.title))
        .hint("Remove one of them if they are the same after all")
}

/// Where the article is that another one equals.
#[derive(Debug)]
enum TwinIs {
    /// In the project.
    Here(ArticleId),
    /// Among those that are added with it, by its place.
    New(usize),
}
