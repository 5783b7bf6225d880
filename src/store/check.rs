//! Holds everything on the disk against everything else: offsets, words, references, the journal, and files that
//! belong to nothing.
//!
//! `pressmark check` prints what is found. It changes nothing, takes no lock, and reads with as many threads as there
//! are processors.

use std::{path::Path, sync::Arc};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{FileKey, Folder, disk::Disk, filesystem::FileKind, open::open_to_look};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotatorId, ArticleId, Item, Layer, LayerSlot, Project, Relation, RelationId, Target},
    phrase,
    query::{Fault, Relations},
    text::hash,
};

/// What is wrong with the project in a folder, in the order of its files; empty where all agrees. Everything is read
/// anew from the disk, and let go of article by article.
///
/// # Errors
/// It cannot be opened at all.
pub fn check_project(path: &Path) -> Result<Vec<Diagnostic>, Diagnostic> {
    let (folder, project, mut found) = open_to_look(&Disk::default(), path)?;
    let wanted = Wanted::of(&project);
    let ids: Vec<&ArticleId> = project.articles().map(|(id, _)| id).collect();
    let of_articles: Vec<Vec<Diagnostic>> =
        ids.into_par_iter().map(|id| check_article(&folder, &project, &wanted, id)).collect();
    found.extend(of_articles.into_iter().flatten());
    found.extend(wanted.of_no_article(&folder, &project));
    for (annotator, links) in project.all_links() {
        found.extend(undecided(&folder, &FileKey::Links(annotator.clone()), links.conflicts()));
        let Some(first) = links.iter().find_map(|(_, relation)| relation.members.first()) else { continue };
        let path = folder.path(&FileKey::Links(annotator.clone()));
        let relations = Relations::new(&project, &first.target.article, annotator);
        found.extend(faults(&project, relations, links.iter()).map(|d| d.at_path(path.display())));
    }
    found.extend(rejections_of_no_article(&folder, &project));
    let behind = folder.not_in_files();
    // What is behind differs, of course.
    let differing = if behind.is_empty() { folder.compare_with_journals() } else { Vec::new() };
    found.extend(behind.into_iter().chain(differing));
    // A file that can't be read can't be held against the journal either; that is said once, whatever is advised then.
    let mut seen = FxHashSet::default();
    found.retain(|told| seen.insert((told.code.clone(), told.message.clone(), told.location.clone())));
    Ok(found)
}

/// What is wrong with one article and everybody’s layers of it.
fn check_article(folder: &Folder, project: &Project, wanted: &Wanted, id: &ArticleId) -> Vec<Diagnostic> {
    // A snapshot is free, and what is read into it goes away with it.
    let mut project = project.clone();
    let mut found = match folder.read_article(&mut project, id) {
        Ok(found) => found,
        Err(diagnostic) => return vec![diagnostic],
    };
    let path = folder.path(&FileKey::Article(id.clone()));
    if let (Some(article), Some(text)) = (project.article(id), project.text(id)) {
        let counted = u32::try_from(text.word_count()).unwrap_or(u32::MAX);
        if article.fingerprint != hash::fingerprint(text.as_str()) || article.words != counted {
            found.push(
                Diagnostic::warning(
                    "text-changed",
                    "The text is not the one that was added: its fingerprint or its words differ",
                )
                .about(article.metadata.title.clone())
                .at_path(path.display())
                .hint("Restore the text, or correct the fields “fingerprint” and “words”"),
            );
        }
    }
    found.extend(wanted.missing_in(folder, &project, id));
    for (annotator, slot) in project.layers(id) {
        let LayerSlot::Read(layer) = slot else { continue };
        let key = FileKey::Layer(id.clone(), annotator.clone());
        let rows = layer.relations().iter();
        found.extend(
            faults(&project, Relations::new(&project, id, annotator), rows)
                .map(|d| d.at_path(folder.path(&key).display())),
        );
        found.extend(undecided(folder, &key, layer.conflicts()));
    }
    found
}

/// What is wrong with relations that can be read and are valid: each that lacks a member, joins something to itself, or is
/// there twice, of which the one that was made first is not told.
fn faults<'a>(
    project: &'a Project,
    relations: Relations<'a>,
    rows: impl Iterator<Item = (RelationId, &'a Arc<Relation>)>,
) -> impl Iterator<Item = Diagnostic> {
    rows.flat_map(move |(id, relation)| {
        let first = project.codebook().relation(&relation.kind).and_then(|kind| kind.roles.first());
        let told = move |fault| match fault {
            // A role that nobody stands in is an answer too, such as the source of a quote that names none; without what
            // it leads from there is no relation.
            Fault::MissingMember(role) if first.is_some_and(|first| first.id == role.id) => Some(
                Diagnostic::warning(
                    "missing-member",
                    phrase!("The relation {id} has no {role}", id = &id, role = role.name.to_lowercase()),
                )
                .hint("Choose one, or remove the relation"),
            ),
            Fault::OwnMember => Some(
                Diagnostic::warning("own-member", phrase!("The relation {id} joins a mark to itself", id = &id))
                    .hint("Remove the relation, or choose another mark for one of its roles"),
            ),
            Fault::Twin(other) if other < id => Some(
                Diagnostic::warning(
                    "related-twice",
                    phrase!("The relation {id} joins the same as {other}", id = &id, other = &other),
                )
                .hint("Remove one of them"),
            ),
            _ => None,
        };
        relations.faults(id, relation).into_iter().filter_map(told).collect::<Vec<_>>()
    })
}

/// What was changed on two sides, and is kept until somebody decides.
fn undecided(folder: &Folder, key: &FileKey, count: u32) -> Option<Diagnostic> {
    let told = phrase!(
        "{count} conflict is to be decided|{count} conflicts are to be decided",
        count = usize::try_from(count).unwrap_or(usize::MAX)
    );
    (count > 0).then(|| {
        Diagnostic::warning("undecided", told)
            .at_path(folder.path(key).display())
            .hint("Open the project, and go through the list of conflicts beside the article")
    })
}

/// The members of relations across articles, which can only be looked for when their article is read.
struct Wanted {
    by_article: FxHashMap<ArticleId, Vec<(AnnotatorId, RelationId, Item)>>,
}

impl Wanted {
    fn of(project: &Project) -> Self {
        let mut by_article: FxHashMap<ArticleId, Vec<_>> = FxHashMap::default();
        for (annotator, links) in project.all_links() {
            for (id, relation) in links.iter() {
                for Target { article, item } in relation.members.iter().map(|m| &m.target) {
                    by_article.entry(article.clone()).or_default().push((annotator.clone(), id, *item));
                }
            }
        }
        Self { by_article }
    }

    /// Members in an article that do not exist.
    fn missing_in(&self, folder: &Folder, project: &Project, article: &ArticleId) -> Vec<Diagnostic> {
        let wanted = self.by_article.get(article).into_iter().flatten();
        // What a layer holds that could not be read is not known, and that it could not be was said.
        let unread = |by: &AnnotatorId| matches!(project.layer_slot(article, by), Some(LayerSlot::Unread(_)));
        let missing = wanted.filter(|(by, _, item)| !unread(by) && !is_there(project, article, by, *item));
        missing.map(|(annotator, relation, _)| dangling(folder, annotator, *relation, article)).collect()
    }

    /// Members in articles that do not exist.
    fn of_no_article(&self, folder: &Folder, project: &Project) -> Vec<Diagnostic> {
        let has_file = |id: &ArticleId| folder.disk.has(&folder.path(&FileKey::Article(id.clone())), FileKind::File);
        let is_gone = |id: &ArticleId| project.article(id).is_none() && !has_file(id);
        let mut articles: Vec<_> = self.by_article.iter().filter(|(id, _)| is_gone(id)).collect();
        articles.sort_unstable_by_key(|(id, _)| (*id).clone());
        let rows = articles.into_iter().flat_map(|(id, wanted)| wanted.iter().map(move |row| (id, row)));
        rows.map(|(id, (annotator, relation, _))| dangling(folder, annotator, *relation, id)).collect()
    }
}

/// Whether an item exists, in the layer or among relations across articles, or is set aside there, which is told of itself.
fn is_there(project: &Project, article: &ArticleId, annotator: &AnnotatorId, item: Item) -> bool {
    let layer = project.layer(article, annotator);
    let exists = match item {
        Item::Annotation(id) => layer.is_some_and(|l| l.annotation(id).is_some()),
        Item::Relation(id) => {
            layer.is_some_and(|l| l.relations().get(id).is_some())
                || project.links(annotator).is_some_and(|links| links.get(id).is_some())
        }
    };
    let mut aside = layer.map_or(&[][..], Layer::set_aside).iter().chain(project.links_set_aside(annotator));
    exists || aside.any(|row| row.item() == Some(item))
}

/// What is said not to be the same statement, of an article that is not in the project.
fn rejections_of_no_article(folder: &Folder, project: &Project) -> Vec<Diagnostic> {
    let has_file = |id: &ArticleId| folder.disk.has(&folder.path(&FileKey::Article(id.clone())), FileKind::File);
    let is_gone = |id: &ArticleId| project.article(id).is_none() && !has_file(id);
    let all = project.all_rejections().flat_map(|(by, own)| own.iter().map(move |row| (by, row)));
    let told = all.filter_map(|(by, (id, rejection))| {
        let article = rejection.sides().map(|side| &side.article).into_iter().find(|id| is_gone(id))?;
        let path = folder.path(&FileKey::Links(by.clone()));
        let message = phrase!("The rejection {id} names {article}, which is not in the project", id, article);
        let told = Diagnostic::warning("no-such-article", message).at_path(path.display());
        Some(told.hint("Restore the article, or remove the rejection from the file"))
    });
    told.collect()
}

fn dangling(folder: &Folder, annotator: &AnnotatorId, relation: RelationId, article: &ArticleId) -> Diagnostic {
    let path = folder.path(&FileKey::Links(annotator.clone()));
    Diagnostic::error(
        "no-such-member",
        phrase!("The relation {relation} names a mark in {article} that does not exist", relation = &relation, article),
    )
    .at_path(path.display())
    .hint("Remove the relation, or restore the layer with the mark")
}
