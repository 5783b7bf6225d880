//! What a step took away, brought back without undoing what came after it.
//!
//! Restoring is a new transaction, made from the project as it is now and from what the journal says was there. What
//! has been made anew since, or has no place any more, is left out and told.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Recorded, history::focus};
use crate::{
    diagnostic::Diagnostic,
    model::{
        AnnotatorId, Article, ArticleId, Codebook, Item, Layer, Project, Relation, RelationId, Story, Target,
        edit::{Change, Focus, Home, apply},
    },
    phrase,
    store::file::{
        CodebookFile,
        journal::{ChangeRow, CodebookChange, MarkRow, RelationChange, Side},
    },
    text::{Phrase, Text},
};

/// The changes that bring back what a step took away.
#[derive(Debug)]
pub struct Restored {
    /// The step’s name.
    pub label: Phrase,
    /// In the order in which they can be applied.
    pub changes: Vec<Change>,
    /// Where to look afterwards.
    pub focus: Focus,
    /// Annotators whose marks and relations come back while nothing shared does: their locks are needed for it.
    pub layers: BTreeSet<AnnotatorId>,
    /// What can’t be brought back, and why.
    pub left: Vec<Diagnostic>,
}

/// What is missing in a project as it is now of what a step took away; for a step that was taken back, of what it
/// brought. Everything the step [touches](Recorded::articles) must have been read.
///
/// Marks come back with those of their relations whose other members are there.
///
/// # Errors
/// Nothing is missing, or nothing of it can be brought back.
pub fn restored(project: &Project, step: &Recorded) -> Result<Restored, Diagnostic> {
    let entry = step.entry()?;
    let mut back = Restoring {
        next: project.clone(),
        side: step.side,
        texts: &step.texts,
        changes: Vec::new(),
        items: BTreeSet::new(),
        layers: BTreeSet::new(),
        is_shared: false,
        left: Vec::new(),
    };
    for row in &entry.changes {
        back.shared(row)?;
    }
    for row in &entry.changes {
        back.in_layer(row);
    }
    back.relations(&entry.changes);
    back.rejections(&entry.changes);
    let Restoring { changes, left, layers, is_shared, .. } = back;
    if changes.is_empty() {
        return Err(left.into_iter().next().unwrap_or_else(nothing_missing));
    }
    let layers = if is_shared { BTreeSet::new() } else { layers };
    Ok(Restored { label: entry.label(), focus: focus(&changes, Side::Is), changes, layers, left })
}

/// What is being brought back.
struct Restoring<'s> {
    /// The project with what has been brought back so far: later rows are held against it.
    next: Project,
    side: Side,
    texts: &'s BTreeMap<ArticleId, Text>,
    changes: Vec<Change>,
    /// Marks and relations that have come back.
    items: BTreeSet<Item>,
    layers: BTreeSet<AnnotatorId>,
    /// Whether something comes back that belongs to everybody, such as an article.
    is_shared: bool,
    left: Vec<Diagnostic>,
}

impl Restoring<'_> {
    /// The row on the other side of the step, if there is none on this one.
    fn gone<'v, V>(&self, was: &'v Option<V>, is: &'v Option<V>) -> Option<&'v V> {
        match self.side {
            Side::Is => was.as_ref().filter(|_| is.is_none()),
            Side::Was => is.as_ref().filter(|_| was.is_none()),
        }
    }

    /// Adds a change, if the project takes it.
    fn bring(&mut self, change: Change) -> Result<(), Diagnostic> {
        apply(&mut self.next, std::slice::from_ref(&change)).map_err(|refusal| refusal.0)?;
        self.changes.push(change);
        Ok(())
    }

    /// Brings back what belongs to the whole project: stories, articles, rows of the codebook.
    fn shared(&mut self, row: &ChangeRow<'_>) -> Result<(), Diagnostic> {
        match row {
            ChangeRow::Story { id, was, is } => {
                let gone = self.gone(was, is).filter(|_| self.next.story(id).is_none());
                let Some(name) = gone else { return Ok(()) };
                let after = Some(Arc::new(Story { name: name.clone() }));
                self.is_shared = true;
                self.bring(Change::Story { id: id.clone(), before: None, after })
            }
            ChangeRow::Article { id, was, is, .. } => {
                let gone = self.gone(was, is).filter(|_| self.next.article(id).is_none());
                let Some(shape) = gone else { return Ok(()) };
                let article = shape.clone().into_parts().0;
                self.article(id, article)
            }
            ChangeRow::Codebook(change) if change.lacks(self.side) => self.codebook(change),
            _ => Ok(()),
        }
    }

    /// Brings an article back with its text, without its story where that is gone.
    fn article(&mut self, id: &ArticleId, mut article: Article) -> Result<(), Diagnostic> {
        let text = self.texts.get(id).cloned().ok_or_else(|| {
            Diagnostic::error("no-text", "The text of the removed article is not in the history any more")
                .about(article.metadata.title.clone())
                .hint("Add the article again")
        })?;
        article.metadata.story.take_if(|story| self.next.story(story).is_none());
        self.is_shared = true;
        self.bring(Change::Article { id: id.clone(), before: None, after: Some(Arc::new(article)), text: Some(text) })
    }

    /// Puts rows of the codebook back that are missing now.
    fn codebook(&mut self, change: &CodebookChange) -> Result<(), Diagnostic> {
        let before = Arc::clone(self.next.codebook());
        let mut file = CodebookFile::from(&*before);
        change.restore(&mut file, self.side);
        let mut after = Codebook::from(file);
        if after == *before {
            return Ok(());
        }
        after.version += 1;
        self.is_shared = true;
        self.bring(Change::Codebook { before, after: Arc::new(after) })
    }

    /// Brings back marks of a layer, and answers where there are none now.
    fn in_layer(&mut self, row: &ChangeRow<'_>) {
        match row {
            ChangeRow::Marks { article, annotator, changes } => {
                let there = self.side.other();
                for mark in changes.iter().filter_map(|change| change.only_at(there)) {
                    if let Err(why) = self.mark(article, annotator, mark) {
                        self.left.push(why);
                    }
                }
            }
            // They go with their article alone.
            ChangeRow::Answers { article, annotator, was, is } if self.is_back(article) => {
                let answers = if self.side == Side::Is { was } else { is };
                let before = self.next.layer(article, annotator).map(|layer| Arc::new(layer.article_answers().clone()));
                let (before, after) = (before.unwrap_or_default(), answers.clone().into_model());
                let change = Change::Answers { article: article.clone(), annotator: annotator.clone(), before, after };
                if !change.is_idle()
                    && let Err(why) = self.bring(change)
                {
                    self.left.push(why);
                }
            }
            _ => {}
        }
    }

    /// Whether the article has come back by this.
    fn is_back(&self, article: &ArticleId) -> bool {
        self.changes.iter().any(|change| matches!(change, Change::Article { id, .. } if id == article))
    }

    /// Brings a mark back, where it is missing and its words are where they were.
    fn mark(&mut self, article: &ArticleId, annotator: &AnnotatorId, mark: &MarkRow<'_>) -> Result<(), Diagnostic> {
        let id = mark.id;
        let layer = self.next.layer(article, annotator);
        let is_aside = |layer: &Layer| layer.set_aside().iter().any(|aside| aside.item() == Some(Item::Annotation(id)));
        if layer.is_some_and(|layer| layer.annotation(id).is_some() || is_aside(layer)) {
            return Ok(());
        }
        let text = self.next.text(article).ok_or_else(|| no_article(mark))?;
        let after = mark.clone().into_model(text).map_err(|_moved| other_words(mark))?;
        let (article, annotator) = (article.clone(), annotator.clone());
        self.layers.insert(annotator.clone());
        self.bring(Change::Annotation { article, annotator, id, before: None, after: Some(Arc::new(after)) })?;
        self.items.insert(Item::Annotation(id));
        Ok(())
    }

    /// Brings back what was said not to be the same statement, where its articles are there.
    fn rejections(&mut self, rows: &[ChangeRow<'_>]) {
        for row in rows {
            let ChangeRow::Rejections { annotator, changes } = row else { continue };
            for change in changes {
                let Some((id, rejection)) = self.gone(&change.was, &change.is).map(|row| row.clone().into_model())
                else {
                    continue;
                };
                let is_there = self.next.rejections(annotator).is_some_and(|own| own.contains_key(&id));
                let (annotator, after) = (annotator.clone(), Some(Arc::new(rejection)));
                let change = Change::Rejection { annotator: annotator.clone(), id, before: None, after };
                if !is_there && self.bring(change).is_ok() {
                    self.layers.insert(annotator);
                }
            }
        }
    }

    /// Brings back relations whose members are there, over and over, as one may be a member of another.
    fn relations(&mut self, rows: &[ChangeRow<'_>]) {
        let mut left: Vec<(Home, &AnnotatorId, &RelationChange)> = Vec::new();
        for row in rows {
            if let ChangeRow::Relations { article, annotator, changes } = row {
                let home = article.clone().map_or(Home::Links, Home::Article);
                left.extend(changes.iter().map(|change| (home.clone(), annotator, change)));
            }
        }
        loop {
            let before = left.len();
            left.retain(|(home, annotator, change)| self.relation(home, annotator, change).is_none());
            if left.len() == before {
                return;
            }
        }
    }

    /// Brings one relation back; `None` where it can’t be, for now at least.
    fn relation(&mut self, home: &Home, annotator: &AnnotatorId, change: &RelationChange) -> Option<()> {
        let id = change.id()?;
        let (from, to) = if self.side == Side::Is { (&change.was, &change.is) } else { (&change.is, &change.was) };
        let article = match home {
            Home::Article(article) => Some(article),
            Home::Links => None,
        };
        let was = from.clone()?.into_model(article, &mut Vec::new()).1;
        let now = self.relation_now(home, annotator, id);
        let after = match &now {
            None if to.is_none() => {
                Some(was).filter(|was| was.members.iter().all(|m| self.is_there(annotator, &m.target)))
            }
            None => None,
            Some(now) => self.with_members(now, was),
        }?;
        let (home, annotator) = (home.clone(), annotator.clone());
        self.layers.insert(annotator.clone());
        self.bring(Change::Relation { home, annotator, id, before: now, after: Some(Arc::new(after)) }).ok()?;
        self.items.insert(Item::Relation(id));
        Some(())
    }

    fn relation_now(&self, home: &Home, annotator: &AnnotatorId, id: RelationId) -> Option<Arc<Relation>> {
        let set = match home {
            Home::Article(article) => self.next.layer(article, annotator).map(Layer::relations),
            Home::Links => self.next.links(annotator),
        };
        set.and_then(|set| set.get(id)).cloned()
    }

    /// The relation with those of its former members that have come back; `None` where none has.
    fn with_members(&self, now: &Relation, was: Relation) -> Option<Relation> {
        let mut after = now.clone();
        let missing =
            was.members.into_iter().filter(|m| self.items.contains(&m.target.item) && !now.members.contains(m));
        after.members.extend(missing);
        (after != *now).then_some(after)
    }

    fn is_there(&self, annotator: &AnnotatorId, target: &Target) -> bool {
        let layer = self.next.layer(&target.article, annotator);
        match target.item {
            Item::Annotation(id) => layer.is_some_and(|layer| layer.annotation(id).is_some()),
            Item::Relation(id) => {
                layer.is_some_and(|layer| layer.relations().get(id).is_some())
                    || self.next.links(annotator).is_some_and(|links| links.get(id).is_some())
            }
        }
    }
}

fn nothing_missing() -> Diagnostic {
    Diagnostic::note("nothing-missing", "Nothing of this is missing, so there is nothing to restore")
        .hint("It was restored before, or somebody has made it anew")
}

fn no_article(mark: &MarkRow<'_>) -> Diagnostic {
    let words = mark.words();
    Diagnostic::error(
        "no-article",
        phrase!("The article of the mark on “{words}” is not in the project any more", words),
    )
    .hint("Restore the article first")
}

fn other_words(mark: &MarkRow<'_>) -> Diagnostic {
    let words = mark.words();
    Diagnostic::error(
        "words-disagree",
        phrase!("The mark on “{words}” can’t be restored: the text there is another one now", words),
    )
    .hint("Mark the words where they stand now")
}
