//! brat standoff read: a text with its `.ann` files at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    conf,
    names::{ANNOTATION_CONF, MEMBER, TRIGGER},
    rows::{RelationRow, Rows, Said, TextRow},
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        lines::Lines,
        reader::{Head, Placing, Sources, Take, extension_of, file_name, origin, whole},
        seen::Seen,
        unified::Unified,
        units::{Claimed, OffsetUnit},
    },
    model::{
        Annotation, ArticleId, Attributes, ChoiceId, Codebook, CountedIds, Filler, IncomingArticle, IncomingLayer,
        Item, Member, Metadata, Origin, Relation, Target, Value,
    },
    phrase,
    text::Fragments,
};

/// Whether there is an `.ann` among the names, or a configuration.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| head.extension() == "ann" || file_name(head.name) == ANNOTATION_CONF)
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let names = sources.names().to_vec();
    let mut codebook = Codebook::empty("brat");
    for name in names.iter().filter(|name| file_name(name) == ANNOTATION_CONF) {
        match whole(sources, name) {
            Ok(text) => codebook = conf::read(&text, codebook),
            Err(told) => take.tell(told),
        }
    }
    let mut seen = Seen::over(codebook);
    let folders = Folders::of(&names);
    for name in names.iter().filter(|name| extension_of(name) == "txt") {
        match whole(sources, name) {
            Ok(text) if text.trim().is_empty() => {
                let told = Diagnostic::error("empty-article", "The article has no text").at_path(name);
                take.tell(told.hint("Add one that has words in it"));
            }
            Ok(text) => {
                let article = read_article(sources, (name, text), &folders, (&mut seen, take));
                take.article(article)?;
            }
            Err(told) => take.tell(told),
        }
    }
    for name in names.iter().filter(|name| extension_of(name) == "ann" && folders.text_of(name).is_none()) {
        let told = Diagnostic::error("no-text", "There is no text for these annotations").at_path(name);
        take.tell(told.hint("Put the .txt of the same name beside it"));
    }
    Ok(seen.finish())
}

/// Which `.ann` files belong to which text, and whose they are.
struct Folders<'n> {
    names: &'n [String],
    /// Whether a folder is an annotator’s.
    annotators: BTreeSet<&'n str>,
}

impl<'n> Folders<'n> {
    fn of(names: &'n [String]) -> Self {
        let texts = names.iter().filter(|name| extension_of(name) == "txt");
        let mut same: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for name in texts {
            same.entry(file_name(name)).or_default().insert(folder_of(name));
        }
        let has_conf = |folder: &str| names.iter().any(|n| file_name(n) == ANNOTATION_CONF && folder_of(n) == folder);
        let several = same.values().filter(|folders| folders.len() > 1).flatten().copied();
        let below_conf = same.values().flatten().copied().filter(|folder| {
            !folder.is_empty() && !has_conf(folder) && has_conf(folder.rsplit_once('/').map_or("", |(above, _)| above))
        });
        let annotators = several.chain(below_conf).filter(|folder| !folder.is_empty()).collect();
        Self { names, annotators }
    }

    /// The `.ann` files of a text, each with who made it, where that is said.
    fn of_text(&self, text: &str) -> Vec<(&'n str, Option<String>)> {
        let Some(stem) = text.strip_suffix(".txt") else { return Vec::new() };
        let folder = Some(folder_of(text)).filter(|folder| self.annotators.contains(folder));
        let folder = folder.map(|folder| file_name(folder).to_owned());
        let own = self.names.iter().filter_map(|name| {
            let middle = name.strip_suffix(".ann")?.strip_prefix(stem)?;
            match middle.strip_prefix('.') {
                _ if middle.is_empty() => Some((name.as_str(), folder.clone())),
                Some(suffix) if !suffix.is_empty() => Some((name.as_str(), Some(suffix.to_owned()))),
                _ => None,
            }
        });
        own.collect()
    }

    /// The text of an `.ann` file.
    fn text_of(&self, ann: &str) -> Option<&'n str> {
        let stem = ann.strip_suffix(".ann")?;
        let shorter = stem.rsplit_once('.').map(|(shorter, _)| shorter);
        let texts = [Some(stem), shorter].into_iter().flatten().map(|stem| format!("{stem}.txt"));
        texts.into_iter().find_map(|text| self.names.iter().find(|name| **name == text)).map(String::as_str)
    }
}

/// The folder that a source lies in; empty for one that lies in none.
fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn read_article(
    sources: &mut dyn Sources,
    (name, text): (&str, String),
    folders: &Folders<'_>,
    (seen, take): (&mut Seen, &mut dyn Take),
) -> IncomingArticle {
    let unified = Unified::of(text);
    let title = file_name(name).strip_suffix(".txt").unwrap_or_default().to_owned();
    let id = ArticleId::new(&title).unwrap_or_else(|_| ArticleId::of(&title, &unified.text));
    let mut layers = Vec::new();
    for (ann, annotator) in folders.of_text(name) {
        let rows = sources.open(ann).map(|source| Rows::of(Lines::of(source, ann), ann));
        match rows {
            Ok(mut rows) => {
                rows.damaged.drain(..).for_each(|told| take.tell(told));
                let claimed: Vec<&Claimed> = rows.texts.iter().flat_map(|row| &row.claimed).collect();
                let placing = Placing::of(&unified.source, OffsetUnit::CodePoints, claimed, take);
                let origin = origin("brat", ann);
                let layer = IncomingLayer { annotator, ..IncomingLayer::default() };
                let (items, ids) = (BTreeMap::new(), CountedIds::default());
                let mut of_ann =
                    OfAnn { seen, take, unified: &unified, placing, article: &id, ann, origin, items, ids, layer };
                of_ann.take_in(&rows);
                layers.push(of_ann.layer);
            }
            Err(told) => take.tell(told),
        }
    }
    let metadata = Metadata { title, ..Metadata::default() };
    let Unified { text, notes: loaded, .. } = unified;
    IncomingArticle { id, metadata, story: String::new(), text, loaded, layers, source: name.to_owned() }
}

/// What is needed to read an `.ann` file.
struct OfAnn<'a> {
    seen: &'a mut Seen,
    take: &'a mut dyn Take,
    unified: &'a Unified,
    placing: Placing<'a>,
    article: &'a ArticleId,
    ann: &'a str,
    origin: Origin,
    /// What became of each id.
    items: BTreeMap<String, (Item, Filler)>,
    ids: CountedIds,
    layer: IncomingLayer,
}

impl OfAnn<'_> {
    fn take_in(&mut self, rows: &Rows) {
        let anchors = anchors(rows);
        for row in rows.texts.iter().filter(|row| !anchors.contains(row.id.as_str())) {
            self.text(row, rows);
        }
        // Events may name each other, so all have their ids first.
        let mut kinds = Vec::new();
        for row in &rows.relations {
            let Some(kind) = self.seen.kind(&row.kind, false) else { continue };
            let id = self.ids.relation();
            if !row.id.is_empty() {
                self.items.insert(row.id.clone(), (id.into(), Filler::Relation(kind.clone())));
            }
            kinds.push((row, id, kind));
        }
        for (row, id, kind) in kinds {
            let trigger = row.trigger.as_deref().filter(|trigger| !anchors.contains(trigger));
            let trigger = trigger.map(|trigger| (TRIGGER.to_owned(), trigger.to_owned()));
            let mut members = Vec::new();
            for (role, target) in trigger.into_iter().chain(row.members.iter().cloned()) {
                let Some((item, filler)) = self.items.get(&target).cloned() else {
                    self.tell_missing(row, &target);
                    continue;
                };
                let role = self.role_name(row, &role);
                if let Some(role) = self.seen.role(&kind, &role, Some(&filler)) {
                    members.push(Member { role, target: Target { article: self.article.clone(), item } });
                }
            }
            if members.is_empty() {
                continue;
            }
            let (attributes, note) = self.said(&Filler::Relation(kind.clone()), rows.said.get(&row.id));
            let origin = self.origin.clone();
            self.layer.relations.push((id, Relation { kind, members, attributes, note, origin }));
        }
    }

    fn text(&mut self, row: &TextRow, rows: &Rows) {
        let at = |told: Diagnostic| told.about(row.id.clone()).at_line(row.line, 1).at_path(self.ann);
        let Some(label) = self.seen.label(&row.label) else { return };
        let places = row.claimed.iter().map(|claimed| self.placing.place(claimed, at, self.take));
        let ranges: Vec<_> = places.collect::<Vec<_>>().into_iter().flatten().collect();
        let Some(fragments) = Fragments::new(ranges.into_iter().map(|range| self.unified.carried(range))) else {
            let told = Diagnostic::error("no-fragments", "A mark covers no words");
            self.take.tell(at(told.hint("Give it a range, or leave it out")));
            return;
        };
        let filler = Filler::Label(label.clone());
        let (attributes, note) = self.said(&filler, rows.said.get(&row.id));
        let id = self.ids.annotation();
        let origin = self.origin.clone();
        let annotation = Annotation { attributes, note, origin, ..Annotation::new(label, fragments, 1) };
        self.layer.annotations.push((id, annotation));
        self.items.insert(row.id.clone(), (id.into(), filler));
    }

    /// Answers and note of a mark or relation; several notes are lines of one.
    fn said(&mut self, owner: &Filler, said: Option<&Vec<Said>>) -> (Attributes, String) {
        let (mut values, mut notes): (BTreeMap<&str, Vec<Option<&str>>>, Vec<&str>) = (BTreeMap::new(), Vec::new());
        for said in said.into_iter().flatten() {
            match said {
                Said::Note(words) => notes.push(words),
                Said::Value(name, value) => values.entry(name).or_default().push(value.as_deref()),
            }
        }
        let mut attributes = Attributes::default();
        for (name, given) in values {
            let value = value(&given);
            if let Some(id) = self.seen.attribute(owner, name, &value) {
                attributes.set(id, Some(value));
            }
        }
        (attributes, notes.join("\n"))
    }

    /// The role that a name of the file means: `Theme2` is a further `Theme` of an event that has no role of this name.
    fn role_name(&self, row: &RelationRow, name: &str) -> String {
        if name.is_empty() {
            return MEMBER.to_owned();
        }
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let kind =
            self.seen.codebook().relations.iter().find(|kind| kind.name == row.kind || kind.id.as_str() == row.kind);
        let is_known =
            kind.is_some_and(|kind| kind.roles.iter().any(|role| role.name == name || role.id.as_str() == name));
        let is_further = row.trigger.is_some() && !stem.is_empty() && !is_known;
        if is_further { stem.to_owned() } else { name.to_owned() }
    }

    fn tell_missing(&mut self, row: &RelationRow, target: &str) {
        let message = phrase!("It names {target}, which is not in the file or could not be read", target);
        let told = Diagnostic::error("no-such-member", message).about(row.id.clone());
        self.take.tell(told.at_line(row.line, 1).at_path(self.ann).hint("Repair the line, or take it out"));
    }
}

/// The texts that are nothing but the place of an event: triggers of one event alone, called as it is, over exactly the
/// words of one of its members.
fn anchors(rows: &Rows) -> BTreeSet<&str> {
    let texts: BTreeMap<&str, &TextRow> = rows.texts.iter().map(|row| (row.id.as_str(), row)).collect();
    let triggers: BTreeMap<&str, &str> =
        rows.relations.iter().filter_map(|row| Some((row.id.as_str(), row.trigger.as_deref()?))).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows.relations {
        for id in row.trigger.iter().chain(row.members.iter().map(|(_, id)| id)) {
            *uses.entry(id).or_default() += 1;
        }
    }
    let places = |id: &str| {
        let text = texts.get(id).or_else(|| texts.get(triggers.get(id)?));
        text.map(|row| row.claimed.iter().map(|claimed| (claimed.start, claimed.end)).collect::<Vec<_>>())
    };
    let is_anchor = |row: &&RelationRow| {
        let Some(trigger) = row.trigger.as_deref() else { return false };
        texts.get(trigger).is_some_and(|text| text.label == row.kind)
            && uses.get(trigger) == Some(&1)
            && !rows.said.contains_key(trigger)
            && row.members.iter().any(|(_, member)| places(member) == places(trigger))
    };
    rows.relations.iter().filter(is_anchor).filter_map(|row| row.trigger.as_deref()).collect()
}

/// What values of an attribute mean: none is yes, several are choices.
fn value(given: &[Option<&str>]) -> Value {
    match given {
        [None, ..] | [] => Value::YesNo(true),
        [Some(one)] => Value::Text((*one).to_owned()),
        several => {
            let texts: Vec<&str> = several.iter().flatten().copied().collect();
            let ids: Option<Vec<ChoiceId>> = texts.iter().map(|text| ChoiceId::new(text).ok()).collect();
            let sorted = |mut ids: Vec<ChoiceId>| {
                ids.sort_unstable();
                ids.dedup();
                ids
            };
            ids.map_or_else(|| Value::Text(texts.join(", ")), |ids| Value::Choices(sorted(ids)))
        }
    }
}
