//! Marks made of selections, in a layer for each user, and relations made of links.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::xml_tree::Element,
    codes::Code,
    guid::plain,
    project::{QdaProject, guid, target},
    write::{COMMENT, CONTINUED, NOTE, kind_and_roles},
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        reader::{self, Placing, Take},
        seen::Seen,
        unified::Unified,
        units::{Claimed, OffsetUnit},
    },
    model::{
        Annotation, AnnotationId, AnnotatorId, Attributes, ChoiceId, Codebook, Comment, CountedIds, Filler,
        IncomingArticle, IncomingLayer, LabelId, Member, Origin, Relation, Target, Value,
    },
    phrase,
    text::{Fragments, slug::free_id},
};

/// What a selection without a code is called, as ATLAS.ti has them.
const NO_CODE: &str = "Selection";

/// What goes from source to source.
pub struct Reading {
    seen: Seen,
    ids: CountedIds,
    origin: Origin,
    /// The name of the project’s file, for messages.
    name: String,
    /// The marks of selections and codings, by their GUIDs; the first of several.
    marks: BTreeMap<String, Made>,
    /// Marks that have become fragments of others.
    joined: BTreeMap<AnnotationId, AnnotationId>,
    pub articles: Vec<IncomingArticle>,
}

#[derive(Clone)]
struct Made {
    /// The place of its article, and of its layer there.
    home: (usize, usize),
    id: AnnotationId,
    label: LabelId,
}

/// What is needed to read the selections of a source.
pub struct OfSource<'a, 'e> {
    pub reading: &'a mut Reading,
    pub project: &'a QdaProject<'e>,
    pub notes: &'a BTreeMap<String, String>,
    pub unified: &'a Unified,
    pub take: &'a mut dyn Take,
}

/// What one user says of a selection.
#[derive(Default)]
struct Coded {
    /// Names of labels, each with the GUIDs of its codings.
    labels: Vec<(String, Vec<String>)>,
    /// Label, attribute and choice.
    choices: Vec<(String, String, String)>,
}

impl OfSource<'_, '_> {
    /// The layers of a source’s selections.
    pub fn layers(mut self, source: &Element) -> Vec<IncomingLayer> {
        let mut layers = Vec::new();
        let selections: Vec<(&Element, Claimed)> = source
            .all("PlainTextSelection")
            .filter_map(|selection| Some((selection, self.claimed(selection)?)))
            .collect();
        let claimed = selections.iter().map(|(_, claimed)| claimed);
        let placing = Placing::of(&self.unified.source, OffsetUnit::Utf16, claimed, self.take);
        let name = self.reading.name.clone();
        for (selection, claimed) in &selections {
            let at = |told: Diagnostic| told.at_line(selection.line, 1).at_path(&name);
            let range = placing.place(claimed, at, self.take).map(|range| self.unified.carried(range));
            match range.and_then(Fragments::one) {
                Some(fragments) => self.selection(selection, &fragments, &mut layers),
                None => {
                    let told = Diagnostic::error("no-fragments", "A mark covers no words");
                    self.take.tell(at(told.hint("Give it a range, or leave it out")));
                }
            }
        }
        let whole = source.all("Coding").count();
        if whole > 0 {
            let message = phrase!(
                "{n} code is of the whole of “{name}”, so it is no mark|{n} codes are of the whole of “{name}”, so they are no marks",
                n = whole,
                name = source.attribute("name")
            );
            let told = Diagnostic::warning("whole-text", message).hint("Code the words that it is about");
            self.take.tell(told.at_line(source.line, 1).at_path(&name));
        }
        layers
    }

    /// Where a selection is said to be; its name is taken for its words where it is exactly as long.
    fn claimed(&mut self, selection: &Element) -> Option<Claimed> {
        let number = |name: &str| selection.attribute(name).trim().parse::<usize>().ok();
        let (Some(start), Some(end)) = (number("startPosition"), number("endPosition")) else {
            let told = Diagnostic::error("no-range", "A selection has no positions").hint("Give it a start and an end");
            self.take.tell(told.at_line(selection.line, 1).at_path(&self.reading.name));
            return None;
        };
        let (name, len) = (selection.attribute("name"), end.saturating_sub(start));
        let is_words = !name.is_empty() && (name.encode_utf16().count() == len || name.chars().count() == len);
        Some(Claimed { start, end, words: is_words.then(|| name.to_owned()) })
    }

    /// What each user says of a selection, in the order in which they come first.
    fn coded(&self, selection: &Element) -> Vec<(Option<String>, Coded)> {
        let own = self.project.user(selection).map(str::to_owned);
        let mut users: Vec<(Option<String>, Coded)> = Vec::new();
        for coding in selection.all("Coding") {
            let who = self.project.user(coding).map(str::to_owned).or_else(|| own.clone());
            let at = users.iter().position(|(known, _)| *known == who).unwrap_or_else(|| {
                users.push((who, Coded::default()));
                users.len() - 1
            });
            let coded = &mut users[at].1;
            match coding.child("CodeRef").and_then(|code| self.project.codes.get(&target(code))) {
                Some(Code::Label(name)) => coded.label(name).push(guid(coding)),
                Some(Code::Choice { label, asked, choice }) => {
                    coded.choices.push((label.clone(), asked.clone(), choice.clone()));
                    coded.label(label).push(guid(coding));
                }
                None => coded.label("Code").push(guid(coding)),
            }
        }
        if users.is_empty() {
            let mut coded = Coded::default();
            coded.label(NO_CODE);
            users.push((own, coded));
        }
        users
    }

    fn selection(&mut self, selection: &Element, fragments: &Fragments, layers: &mut Vec<IncomingLayer>) {
        let mut said = self.said(selection);
        let article = self.reading.articles.len();
        // What is told of the selection is said once: of the first mark.
        for (annotator, Coded { labels, choices }) in self.coded(selection) {
            let layer = layers.iter().position(|layer: &IncomingLayer| layer.annotator == annotator);
            let layer = layer.unwrap_or_else(|| {
                layers.push(IncomingLayer { annotator, ..IncomingLayer::default() });
                layers.len() - 1
            });
            for (name, codings) in labels {
                let Some(label) = self.reading.seen.label(&name) else { continue };
                let said = std::mem::take(&mut said);
                let mut answers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
                let own = choices.iter().filter(|(of, ..)| *of == name).map(|(_, asked, choice)| (asked, choice));
                own.for_each(|(asked, choice)| answers.entry(asked).or_default().push(choice));
                said.answers.iter().for_each(|(asked, words)| answers.entry(asked).or_default().push(words));
                let attributes = self.attributes(&label, answers);
                let annotation = Annotation {
                    attributes,
                    note: said.notes.join("\n"),
                    comments: said.comments,
                    origin: self.reading.origin.clone(),
                    ..Annotation::new(label.clone(), fragments.clone(), 1)
                };
                let id = self.reading.ids.annotation();
                layers[layer].annotations.push((id, annotation));
                let made = Made { home: (article, layer), id, label };
                for name in codings.into_iter().chain([guid(selection)]) {
                    self.reading.marks.entry(name).or_insert_with(|| made.clone());
                }
            }
        }
    }

    fn attributes(&mut self, label: &LabelId, answers: BTreeMap<&str, Vec<&str>>) -> Attributes {
        let mut attributes = Attributes::default();
        for (name, words) in answers {
            let value = value(&words, self.reading.seen.codebook(), (label, name));
            if let Some(id) = self.reading.seen.attribute(&Filler::Label(label.clone()), name, &value) {
                attributes.set(id, Some(value));
            }
        }
        attributes
    }

    /// Notes, comments and answers of a selection.
    fn said(&self, selection: &Element) -> Said {
        let mut said = Said::default();
        said.notes
            .extend(Some(selection.words("Description").trim()).filter(|words| !words.is_empty()).map(str::to_owned));
        let own = selection.all("Coding").flat_map(|coding| coding.all("NoteRef"));
        for name in selection.all("NoteRef").chain(own).map(target) {
            let (Some(note), Some(words)) = (self.project.notes.get(&name), self.notes.get(&name)) else { continue };
            let title = note.attribute("name").trim();
            match title {
                COMMENT => said.comments.push(self.comment(note, words)),
                _ if words.trim().is_empty() => said.notes.extend((!title.is_empty()).then(|| title.to_owned())),
                NOTE => said.notes.push(words.clone()),
                _ if self.project.is_own && !title.is_empty() => said.answers.push((title.to_owned(), words.clone())),
                // A memo’s title says something too.
                "" => said.notes.push(words.clone()),
                _ if words.trim_start().starts_with(title) => said.notes.push(words.clone()),
                _ => said.notes.push(format!("{title}: {words}")),
            }
        }
        said
    }

    fn comment(&self, note: &Element, words: &str) -> Comment {
        let moment = note.attribute("creationDateTime").trim().parse::<jiff::Timestamp>();
        let who = self.project.user(note).unwrap_or("unknown");
        let by = free_id(who, AnnotatorId::new, |_| false);
        Comment {
            by: by.unwrap_or_else(|| AnnotatorId::new("unknown").expect("it is an id")),
            at_unix_ms: moment.map_or(0, jiff::Timestamp::as_millisecond),
            text: words.to_owned(),
        }
    }
}

#[derive(Default)]
struct Said {
    notes: Vec<String>,
    comments: Vec<Comment>,
    answers: Vec<(String, String)>,
}

impl Coded {
    fn label(&mut self, name: &str) -> &mut Vec<String> {
        let at = self.labels.iter().position(|(own, _)| own == name).unwrap_or_else(|| {
            self.labels.push((name.to_owned(), Vec::new()));
            self.labels.len() - 1
        });
        &mut self.labels[at].1
    }
}

/// Answers as the attribute takes them where it is known: by the ids of its choices.
fn value(words: &[&str], codebook: &Codebook, (label, name): (&LabelId, &str)) -> Value {
    let asked = codebook.label(label).and_then(|label| label.attributes.iter().find(|asked| asked.name == name));
    let id = |word: &&str| {
        let choice = asked.and_then(|asked| asked.choices().iter().find(|choice| choice.name == **word));
        choice.map(|choice| choice.id.clone()).or_else(|| ChoiceId::new(word).ok())
    };
    match words {
        [one] => Value::Text((*one).to_owned()),
        several => {
            let ids: Option<Vec<ChoiceId>> = several.iter().map(id).collect();
            let Some(mut ids) = ids else { return Value::Text(several.join(", ")) };
            ids.sort_unstable();
            ids.dedup();
            Value::Choices(ids)
        }
    }
}

impl Reading {
    pub fn over(codebook: Codebook, name: &str) -> Self {
        Self {
            seen: Seen::over(codebook),
            ids: CountedIds::default(),
            origin: reader::origin("refi-qda", name),
            name: name.to_owned(),
            marks: BTreeMap::new(),
            joined: BTreeMap::new(),
            articles: Vec::new(),
        }
    }

    /// Joins the fragments of marks, and makes relations of all other links between selections of one user.
    pub fn links(&mut self, project: &QdaProject<'_>, notes: &BTreeMap<String, String>, take: &mut dyn Take) {
        let (joins, others): (Vec<&Element>, Vec<&Element>) =
            project.links.iter().copied().partition(|link| link.attribute("name") == CONTINUED);
        joins.into_iter().for_each(|link| self.join(link));
        for layer in self.articles.iter_mut().flat_map(|article| &mut article.layers) {
            layer.annotations.retain(|(id, _)| !self.joined.contains_key(id));
        }
        let found: Vec<(&Element, Option<[Made; 2]>)> =
            others.into_iter().map(|link| (link, self.ends(link))).collect();
        let is_across = |ends: &[Made; 2]| ends[0].home.0 != ends[1].home.0;
        let across = found.iter().filter(|(_, ends)| ends.as_ref().is_some_and(is_across));
        let across: BTreeSet<&str> = across.map(|(link, _)| kind_and_roles(link.attribute("name")).0).collect();
        let mut passed = 0;
        for (link, ends) in &found {
            match ends {
                Some(ends) => {
                    let notes = link.all("NoteRef").filter_map(|note| notes.get(&target(note)).cloned());
                    self.relation(link, ends, &across, notes.collect::<Vec<_>>().join("\n"));
                }
                None => passed += 1,
            }
        }
        if passed > 0 {
            let message = phrase!(
                "{n} link does not join two selections of one user, and was passed over|\
                 {n} links do not join two selections of one user, and were passed over",
                n = passed
            );
            take.tell(Diagnostic::warning("links-passed", message).at_path(&self.name).hint("Keep the file"));
        }
    }

    /// The marks that a link joins; `None` where it does not join two of one user.
    fn ends(&self, link: &Element) -> Option<[Made; 2]> {
        let end = |name: &str| {
            let made = self.marks.get(&plain(link.attribute(name)))?;
            let id = std::iter::successors(Some(made.id), |id| self.joined.get(id).copied()).last()?;
            Some(Made { id, ..made.clone() })
        };
        let ends = [end("originGUID")?, end("targetGUID")?];
        let who = |made: &Made| self.articles[made.home.0].layers[made.home.1].annotator.as_deref();
        (who(&ends[0]) == who(&ends[1])).then_some(ends)
    }

    /// Puts what one mark covers to the one that it continues.
    fn join(&mut self, link: &Element) {
        let Some([first, further]) =
            self.ends(link).filter(|[one, other]| one.home == other.home && one.id != other.id)
        else {
            return;
        };
        let marks = &mut self.articles[first.home.0].layers[first.home.1].annotations;
        // They are in the order of their ids, and none is gone yet.
        let at = |id| marks.binary_search_by_key(&id, |(own, _)| *own);
        let (Ok(one), Ok(other)) = (at(first.id), at(further.id)) else { return };
        let fragments = marks[one].1.fragments.iter().chain(marks[other].1.fragments.iter());
        if let Some(fragments) = Fragments::new(fragments.collect::<Vec<_>>()) {
            marks[one].1.fragments = fragments;
            self.joined.insert(further.id, first.id);
        }
    }

    fn relation(&mut self, link: &Element, ends: &[Made; 2], across: &BTreeSet<&str>, note: String) {
        let (name, roles) = kind_and_roles(link.attribute("name"));
        let (from, to) = roles.unwrap_or(("from", "to"));
        let Some(kind) = self.seen.kind(if name.is_empty() { "Link" } else { name }, across.contains(name)) else {
            return;
        };
        let mut members = Vec::new();
        for (made, role) in ends.iter().zip([from, to]) {
            let Some(role) = self.seen.role(&kind, role, Some(&Filler::Label(made.label.clone()))) else { return };
            let article = self.articles[made.home.0].id.clone();
            members.push(Member { role, target: Target { article, item: made.id.into() } });
        }
        let id = self.ids.relation();
        let relation = Relation { kind, members, attributes: Attributes::default(), note, origin: self.origin.clone() };
        let (article, layer) = ends[0].home;
        self.articles[article].layers[layer].relations.push((id, relation));
    }

    /// The articles, and the codebook that goes with them.
    pub fn finish(self) -> (Vec<IncomingArticle>, Codebook) {
        (self.articles, self.seen.finish())
    }
}
