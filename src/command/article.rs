//! Opening, adding, describing and removing articles.
//!
//! Reading files, and deciding what in them is the text, is over by the time a command is planned: `Add` takes the
//! finished article. Layers that have not been read are never removed; the plan asks for them to be read first.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    article_order::{ArticleOrder, listed_in, status_of},
    cascade,
    correct::{self, CorrectText},
    known,
    layer::LayerCommand,
    plan::{Effect, Plan, Show},
    project, rejection,
    scene::Scene,
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Article, ArticleId, LayerSlot, Metadata, Status, StoryId,
        edit::{Change, Focus},
    },
    phrase,
    text::{Phrase, Text, hash},
};

/// What is done with articles. Ids may be shortened to a beginning that no other id has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum ArticleCommand {
    /// Opens an article in the pane that is worked in; its text and layers are read if they have not been.
    Open(ArticleId),
    /// In the order of the list.
    Next,
    /// Opens the article before the open one.
    Previous,
    /// The next one of the list that the annotator has not said to be done; after the last one the first.
    NextToDo,
    /// Says that the open article is done, and opens the next one to do.
    DoneAndNext,
    /// What the list is sorted by from now on, within each story.
    Sort(ArticleOrder),
    /// Begins to read articles’ texts and layers, so that they can be searched. Shows none of them; ids that do not
    /// exist are passed over.
    Read(Vec<ArticleId>),
    /// Adds an article. One that is in the project already is refused, unless [`Twin::Add`] is said; the same words
    /// with another outlet, date or address are another article ([`twin_of`]).
    Add(NewArticle),
    /// Adds several in one transaction; none where one of them is refused.
    AddAll(Vec<NewArticle>),
    /// Replaces an article’s metadata. A title of white space alone is refused.
    Describe {
        article: ArticleId,
        metadata: Metadata,
        /// The name of its story, which is made where there is none; empty takes the article out of its story. `None`
        /// takes the story that `metadata` names by id.
        #[serde(default)]
        story: Option<String>,
    },
    /// Corrects the text: everybody's marks go where their words are now, and those whose words are lost are set aside.
    Correct(CorrectText),
    /// Removes the article with everybody’s layers of it and what they rejected of it, and takes its marks out of
    /// relations across articles.
    Remove(ArticleId),
}

/// An article to add.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewArticle {
    pub metadata: Metadata,
    /// The name of its story, which is made where there is none; empty for none.
    pub story: String,
    /// The text, with line ends `\n`; at least one word.
    pub text: String,
    /// What was done to the bytes to get the text, a sentence each; kept with the article.
    pub loaded: Vec<String>,
    /// What to do where the project has it already.
    pub twin: Twin,
}

/// What to do where the same article is in the project already ([`twin_of`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Twin {
    /// Refuse to add it.
    #[default]
    Refuse,
    /// Add it all the same, with an id of its own.
    Add,
}

impl ArticleCommand {
    pub(super) fn plan(&self, scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
        match self {
            Self::Open(id) => open(scene, id),
            Self::Next => step(scene, 1),
            Self::Previous => step(scene, -1),
            Self::NextToDo => match next_to_do(scene) {
                Some(id) => open(scene, id),
                None => Err(nothing_to_do()),
            },
            Self::DoneAndNext => done_and_next(scene),
            Self::Sort(order) => Ok(Plan { order: Some(*order), ..Plan::default() }),
            Self::Read(ids) => {
                let known = ids.iter().filter_map(|id| known::article(scene.project, id).ok().cloned());
                Ok(Plan::effect(Effect::ReadAhead(known.collect())))
            }
            Self::Add(new) => add_all(scene, std::slice::from_ref(new)),
            Self::AddAll(new) => add_all(scene, new),
            Self::Describe { article, metadata, story } => {
                describe(scene, known::article(scene.project, article)?, metadata, story.as_deref())
            }
            Self::Correct(correct) => correct::plan(scene, correct),
            Self::Remove(id) => remove(scene, known::article(scene.project, id)?),
        }
    }
}

pub use super::article_order::listed;

/// An article of the project with the same words (white space and case do not count) that outlet, date and address do
/// not tell apart from this one.
///
/// Two papers that print the same report have two articles; see [`Metadata::may_be`].
pub fn twin_of<'p>(
    project: &'p crate::model::Project,
    metadata: &Metadata,
    text: &str,
) -> Option<(&'p ArticleId, &'p Arc<Article>)> {
    project.articles_like(hash::fingerprint(text)).find(|(_, other)| other.metadata.may_be(metadata))
}

fn open(scene: &Scene<'_>, id: &ArticleId) -> Result<Plan, Diagnostic> {
    let id = known::article(scene.project, id)?;
    let plan = Plan::look(Focus { article: Some(id.clone()), selection: None, picked: None });
    if scene.project.is_read(id) { Ok(plan) } else { Ok(plan.and(Effect::Read(vec![id.clone()]))) }
}

/// The plan for the article `by` places further in the list, negative is back.
fn step(scene: &Scene<'_>, by: isize) -> Result<Plan, Diagnostic> {
    let order = listed_in(scene.order, scene.project, scene.annotator);
    let here = scene.focus.article.as_ref().and_then(|id| order.iter().position(|(other, _)| *other == id));
    let next = match here {
        Some(at) => at.checked_add_signed(by),
        None => Some(0),
    };
    let Some((id, _)) = next.and_then(|at| order.get(at)) else {
        let message = if by > 0 { "This is the last article" } else { "This is the first article" };
        return Err(Diagnostic::note("no-further-article", message));
    };
    open(scene, id)
}

/// The next article after the open one, around at the end, that the annotator has not said to be done.
fn next_to_do<'a>(scene: &Scene<'a>) -> Option<&'a ArticleId> {
    let order = listed_in(scene.order, scene.project, scene.annotator);
    let open = scene.focus.article.as_ref();
    let after = open.and_then(|id| order.iter().position(|(other, _)| *other == id)).map_or(0, |at| at + 1);
    let (before, rest) = order.split_at(after);
    let is_to_do = |id: &ArticleId| status_of(scene.project, id, scene.annotator) != Status::Done;
    rest.iter().chain(before).map(|(id, _)| *id).find(|id| Some(*id) != open && is_to_do(id))
}

fn nothing_to_do() -> Diagnostic {
    Diagnostic::note("nothing-to-do", "Every other article is done").hint("Add articles, or set one back to To do")
}

fn done_and_next(scene: &Scene<'_>) -> Result<Plan, Diagnostic> {
    let done = LayerCommand::Status(Status::Done).plan(scene, None)?;
    match next_to_do(scene).map(|id| open(scene, id)).transpose()? {
        Some(next) => Ok(Plan { focus: next.focus, effects: [done.effects, next.effects].concat(), ..done }),
        None if done.changes.is_empty() => Err(nothing_to_do()),
        None => Ok(done.and(Show::Say(Phrase::plain("Every article is done")))),
    }
}

fn add_all(scene: &Scene<'_>, new: &[NewArticle]) -> Result<Plan, Diagnostic> {
    let mut batch = Batch::default();
    for article in new {
        batch.add(scene, article)?;
    }
    let label = match batch.titles.as_slice() {
        [] => return Ok(Plan::default()),
        [title] => phrase!("Add “{what}”", what = title),
        titles => phrase!("Add {what} article|Add {what} articles", what = titles.len()),
    };
    Ok(Plan::change(label, batch.changes))
}

/// Articles on their way into the project: they must be told apart from each other too, and may share a new story.
#[derive(Default)]
struct Batch {
    changes: Vec<Change>,
    /// For the name of the transaction.
    titles: Vec<String>,
    /// Ids that are taken by the batch.
    ids: BTreeSet<ArticleId>,
    /// Metadata of the articles that were added, by the fingerprint of their text.
    texts: BTreeMap<u64, Vec<Metadata>>,
    /// Stories that are made by the batch, by name.
    stories: BTreeMap<String, StoryId>,
}

impl Batch {
    fn add(&mut self, scene: &Scene<'_>, new: &NewArticle) -> Result<(), Diagnostic> {
        if new.text.trim().is_empty() {
            return Err(
                Diagnostic::error("empty-article", "The article has no text").hint("Add one that has words in it")
            );
        }
        let given = new.metadata.title.trim();
        let title = if given.is_empty() { first_words(&new.text) } else { given.to_owned() };
        let fingerprint = hash::fingerprint(&new.text);
        let alike = self.texts.entry(fingerprint).or_default();
        let is_new = !alike.iter().any(|other| other.may_be(&new.metadata));
        alike.push(new.metadata.clone());
        if new.twin == Twin::Refuse {
            match twin_of(scene.project, &new.metadata, &new.text) {
                Some((id, twin)) => {
                    return Err(known(phrase!("The project has this article already, as {id}", id))
                        .about(twin.metadata.title.clone()));
                }
                None if !is_new => {
                    return Err(
                        known(phrase!("The project has this article already, or would have it twice")).about(title)
                    );
                }
                None => {}
            }
        }
        let id = self.free_id(scene, &title, &new.text)?;
        let mut metadata = Metadata { title: title.clone(), ..new.metadata.clone() };
        if !new.story.trim().is_empty() {
            metadata.story = Some(self.story(scene, new.story.trim())?);
        }
        let text = Text::new(new.text.clone());
        let words = u32::try_from(text.word_count()).unwrap_or(u32::MAX);
        let article = Article { metadata, loaded: new.loaded.clone(), fingerprint, words };
        self.changes.push(Change::Article { id, before: None, after: Some(Arc::new(article)), text: Some(text) });
        self.titles.push(title);
        Ok(())
    }

    /// The story of this name: of the batch, of the project, or a new one.
    fn story(&mut self, scene: &Scene<'_>, name: &str) -> Result<StoryId, Diagnostic> {
        if let Some(id) = self.stories.get(name) {
            return Ok(id.clone());
        }
        let added = |id: &StoryId| self.stories.values().any(|other| other == id);
        let (id, change) = project::story_beside(scene.project, name, added)?;
        self.changes.extend(change);
        self.stories.insert(name.to_owned(), id.clone());
        Ok(id)
    }

    /// An id made of title and text, so that the same article has the same one on every machine; numbered from 2
    /// where it is taken.
    fn free_id(&mut self, scene: &Scene<'_>, title: &str, text: &str) -> Result<ArticleId, Diagnostic> {
        let stem = ArticleId::of(title, text);
        let numbered = (2..1000).filter_map(|n| ArticleId::new(&format!("{stem}-{n}")).ok());
        let id = std::iter::once(stem.clone())
            .chain(numbered)
            .find(|id| scene.project.article(id).is_none() && !self.ids.contains(id))
            .ok_or_else(|| {
                Diagnostic::error("too-many-twins", "The project has this article a thousand times")
                    .hint("Remove some of them")
            })?;
        self.ids.insert(id.clone());
        Ok(id)
    }
}

fn known(message: Phrase) -> Diagnostic {
    Diagnostic::note("article-known", message).hint("Nothing was added; its marks stay as they are")
}

/// A title for a text without one: its first words, at most eight and 80 characters, with “…” where the line goes on.
pub(super) fn first_words(text: &str) -> String {
    let line = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default().trim();
    let words: Vec<&str> = line.split_whitespace().take(8).collect();
    let title: String = words.join(" ").chars().take(80).collect();
    if title.len() < line.len() { format!("{title}…") } else { title }
}

fn describe(scene: &Scene<'_>, id: &ArticleId, metadata: &Metadata, story: Option<&str>) -> Result<Plan, Diagnostic> {
    let before = known::article_row(scene.project, id)?;
    if metadata.title.trim().is_empty() {
        return Err(Diagnostic::error("no-title", "An article needs a title").hint("Write a title for it"));
    }
    let (story, new_story) = match story.map(str::trim) {
        None => (metadata.story.clone(), None),
        Some("") => (None, None),
        Some(name) => project::story_named(scene.project, name).map(|(id, change)| (Some(id), change))?,
    };
    let after = Article { metadata: Metadata { story, ..metadata.clone() }, ..(**before).clone() };
    if **before == after {
        return Ok(Plan::default());
    }
    let mut changes = Vec::from_iter(new_story);
    let (before, after) = (Some(Arc::clone(before)), Some(Arc::new(after)));
    changes.push(Change::Article { id: id.clone(), before, after, text: None });
    Ok(Plan::change(Phrase::plain("Edit the article’s details"), changes))
}

fn remove(scene: &Scene<'_>, id: &ArticleId) -> Result<Plan, Diagnostic> {
    let article = known::article_row(scene.project, id)?;
    if !scene.project.is_read(id) {
        return Ok(Plan::read_first(vec![id.clone()]));
    }
    let mut changes = Vec::new();
    for (annotator, slot) in scene.project.layers(id) {
        let LayerSlot::Read(layer) = slot else { continue };
        changes.extend(cascade::remove_layer(scene, id, annotator, layer));
    }
    changes.extend(rejection::without_article(scene, id));
    changes.push(Change::Article {
        id: id.clone(),
        before: Some(Arc::clone(article)),
        after: None,
        text: scene.project.text(id).cloned(),
    });
    let plan = Plan::change(Phrase::with("Remove “{what}”", article.metadata.title.clone()), changes);
    if scene.focus.article.as_ref() != Some(id) {
        return Ok(plan);
    }
    let next = neighbour(scene.project, id);
    let unread = next.clone().filter(|next| !scene.project.is_read(next));
    let plan = plan.and_look(Focus { article: next, ..Focus::default() });
    Ok(unread.into_iter().fold(plan, |plan, article| plan.and(Effect::Read(vec![article]))))
}

/// The article below in the list, or the one above the last one.
fn neighbour(project: &crate::model::Project, id: &ArticleId) -> Option<ArticleId> {
    let order = listed(project);
    let here = order.iter().position(|(other, _)| *other == id)?;
    let next = order.get(here + 1).or_else(|| order.get(here.checked_sub(1)?));
    next.map(|(id, _)| (*id).clone())
}
