//! Adding articles: what was found on the disk or given otherwise becomes articles of the project.

use std::{collections::BTreeMap, path::PathBuf};

use rayon::prelude::*;

use super::Runner;
use crate::{
    command::{
        Command, Show,
        article::{NewArticle, OfArticles, Twin, twin_of},
    },
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{ArticleId, edit::Change},
    phrase,
    session::Run,
    source::{self, Source},
    store,
    text::hash,
};

/// Articles read from outside, in the order they were named; nothing of the project has changed yet.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    pub articles: Vec<NewArticle>,
    /// What was guessed, and what could not be read, with its path.
    pub diagnostics: Vec<Diagnostic>,
}

/// What became of gathered articles.
#[derive(Clone, Debug, Default)]
pub struct Added {
    pub added: Vec<ArticleId>,
    /// Articles that the project has already, each with the one it has; they were not added. An article of the same
    /// text, but of another outlet, date or address, is another one, and is added with a note.
    pub twins: Vec<(NewArticle, ArticleId)>,
    /// What a window is to show of it.
    pub shown: Vec<Show>,
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

/// Reads one article from its bytes; of the name, only the extension is looked at. The place is for messages.
pub fn gather_bytes(name: &str, place: &str, bytes: &[u8], outlet: &str, story: &str) -> Gathered {
    let mut gathered = Gathered::default();
    gathered.take(read(name, place, bytes), outlet, story);
    gathered
}

fn read(name: &str, place: &str, bytes: &[u8]) -> source::Outcome {
    let at = |d: Diagnostic| d.at_path(place);
    let (source, notes) = source::read(name, bytes).map_err(at)?;
    Ok((source, notes.into_iter().map(at).collect()))
}

impl Gathered {
    pub fn extend(&mut self, other: Self) {
        self.articles.extend(other.articles);
        self.diagnostics.extend(other.diagnostics);
    }

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

fn new_article(source: Source, outlet: &str, story: &str) -> NewArticle {
    let Source { mut metadata, text, notes: loaded, .. } = source;
    if !outlet.trim().is_empty() {
        outlet.trim().clone_into(&mut metadata.outlet);
    }
    NewArticle { metadata, story: story.trim().to_owned(), text, loaded, twin: Twin::Refuse }
}

impl Runner {
    /// Adds articles as one step. One that the project has already is left out, unless it says to add it all the same.
    pub fn add(&mut self, gathered: Gathered) -> Added {
        let mut added = Added { diagnostics: gathered.diagnostics, ..Added::default() };
        let (mut new, mut twins) = (Vec::new(), Vec::new());
        // Of each text, the places of its articles among the new ones.
        let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for article in gathered.articles {
            let fingerprint = hash::fingerprint(&article.text);
            let places = places.entry(fingerprint).or_default();
            let is_twin = |place: &&usize| {
                new.get(**place).is_some_and(|other: &NewArticle| article.metadata.may_be(&other.metadata))
            };
            let here = twin_of(self.session.project(), &article.metadata, &article.text).map(|(id, _)| id.clone());
            let twin = here.map(TwinIs::Here).or_else(|| places.iter().find(is_twin).map(|place| TwinIs::New(*place)));
            match twin {
                Some(twin) if article.twin == Twin::Refuse => twins.push((article, twin)),
                _ => {
                    let is_alike =
                        !places.is_empty() || self.session.project().articles_like(fingerprint).next().is_some();
                    if is_alike && article.twin == Twin::Refuse {
                        added.diagnostics.push(same_text(&article));
                    }
                    places.push(new.len());
                    new.push(article);
                }
            }
        }
        if !new.is_empty() {
            match self.run(&Command::Article(OfArticles::AddAll(new))) {
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

fn articles_added(show: &Show) -> Vec<ArticleId> {
    let Show::Changed(transaction) = show else { return Vec::new() };
    let added = transaction.changes.iter().filter_map(|change| match change {
        Change::Article { id, before: None, .. } => Some(id.clone()),
        _ => None,
    });
    added.collect()
}

fn same_text(article: &NewArticle) -> Diagnostic {
    let message = "The text is that of another article; both are kept, because outlet, date or address differ";
    Diagnostic::note("same-text", message)
        .about(phrase!("“{title}”", title = &article.metadata.title))
        .hint("Remove one of them if they are the same after all")
}

/// Where the article is that another one equals.
enum TwinIs {
    Here(ArticleId),
    /// Among those that are added with it, by its place.
    New(usize),
}
