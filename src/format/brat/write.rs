//! brat standoff written: a folder for each annotator, with a text and its annotations for each article that they have
//! said something of; articles of which nobody has lie beside the folders.

use std::{collections::BTreeMap, fmt::Write as _, io};

use super::{
    conf::{annotation_conf, attribute_name, kind_name, label_name, role_name, visual_conf},
    names::{ANNOTATION_CONF, MEMBER, NOTE, TRIGGER, VISUAL_CONF},
    rows::escaped,
};
use crate::{
    format::{
        options::ExportOptions,
        sink::{Pieces, Sink},
        writer::{ExportedArticle, Writer},
    },
    model::{Attribute, Attributes, Codebook, Item, Layer, Project, Relation, RelationId, Value},
    text::{Fragments, Text},
};

pub fn writer(_options: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Brat)
}

struct Brat;

impl Writer for Brat {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        sink.write(ANNOTATION_CONF, annotation_conf(project.codebook()).as_bytes())?;
        sink.write(VISUAL_CONF, visual_conf(project.codebook()).as_bytes())
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let layers = article.layers();
        let layers: Vec<_> = layers.iter().filter_map(|own| Some((own.annotator, own.layer?))).collect();
        let mut write = |folder: &str, ann: &str| {
            out.piece(&format!("{folder}{}.txt", article.id)).extend_from_slice(article.text.as_bytes());
            out.piece(&format!("{folder}{}.ann", article.id)).extend_from_slice(ann.as_bytes());
        };
        if layers.is_empty() {
            write("", "");
        }
        for (annotator, layer) in layers {
            write(&format!("{annotator}/"), &Ann::of(article, layer));
        }
    }
}

/// The lines of an `.ann` file as they are being written. Writing to a string does not fail.
struct Ann<'a> {
    codebook: &'a Codebook,
    text: &'a Text,
    layer: &'a Layer,
    lines: String,
    /// What marks and relations are called.
    ids: BTreeMap<Item, String>,
    texts: usize,
    attributes: usize,
    notes: usize,
}

impl<'a> Ann<'a> {
    fn of(article: &ExportedArticle<'a>, layer: &'a Layer) -> String {
        let (codebook, text) = (article.codebook(), article.text);
        let (lines, ids) = (String::new(), BTreeMap::new());
        let mut ann = Self { codebook, text, layer, lines, ids, texts: 0, attributes: 0, notes: 0 };
        for (id, mark) in layer.annotations() {
            let name = ann.text(label_name(codebook, &mark.label), &mark.fragments);
            ann.ids.insert(id.into(), name.clone());
            let asked = codebook.label(&mark.label).map_or(&[][..], |label| &label.attributes);
            ann.said(&name, asked, &mark.attributes, &mark.note);
        }
        ann.relations();
        ann.lines
    }

    /// Writes a `T`, and gives its id.
    fn text(&mut self, label: &str, fragments: &Fragments) -> String {
        self.texts += 1;
        let id = format!("T{}", self.texts);
        let place = |range| {
            let (start, end) = self.text.range_to_chars(range);
            format!("{start} {end}")
        };
        let places: Vec<String> = fragments.iter().map(place).collect();
        let words: Vec<&str> = fragments.iter().filter_map(|range| range.slice(self.text.as_str())).collect();
        // A line end or a tab in the words would end the line or the column.
        let words = words.join(" ").replace(['\n', '\r', '\t', '\u{85}', '\u{2028}', '\u{2029}'], " ");
        let _ = writeln!(self.lines, "{id}\t{label} {}\t{words}", places.join(";"));
        id
    }

    fn relations(&mut self) {
        let rows: Vec<(RelationId, &Relation)> = self.layer.relations().iter().map(|(id, row)| (id, &**row)).collect();
        let (mut relations, mut events) = (0, 0);
        for (id, row) in &rows {
            let is_member = !self.layer.relations().of((*id).into()).is_empty();
            if !is_member && self.is_group(row) {
                continue;
            }
            let (letter, count) = match !is_member && is_pair(row) {
                true => ('R', &mut relations),
                false => ('E', &mut events),
            };
            *count += 1;
            let name = format!("{letter}{count}");
            self.ids.insert((*id).into(), name);
        }
        for (id, row) in rows {
            let name = self.ids.get(&id.into()).cloned();
            self.relation(name.as_deref(), row);
        }
    }

    /// Whether a relation has one role alone, that of a `*`, and nothing is said of it.
    fn is_group(&self, row: &Relation) -> bool {
        let kind = self.codebook.relation(&row.kind);
        row.members.iter().all(|m| role_name(kind, &m.role) == MEMBER && matches!(m.target.item, Item::Annotation(_)))
            && row.attributes.is_empty()
            && row.note.is_empty()
    }

    fn relation(&mut self, name: Option<&str>, row: &Relation) {
        let kind = self.codebook.relation(&row.kind);
        let kind_name = kind_name(self.codebook, &row.kind).to_owned();
        let mut trigger = None;
        let (mut members, mut counts): (Vec<String>, BTreeMap<&str, usize>) = (Vec::new(), BTreeMap::new());
        for member in &row.members {
            let Some(target) = self.ids.get(&member.target.item) else { continue };
            let role = role_name(kind, &member.role);
            if role == TRIGGER && trigger.is_none() && target.starts_with('T') {
                trigger = Some(target.clone());
                continue;
            }
            let count = counts.entry(role).and_modify(|count| *count += 1).or_insert(1);
            let number = if *count > 1 { count.to_string() } else { String::new() };
            members.push(if name.is_some() { format!("{role}{number}:{target}") } else { target.clone() });
        }
        let members = members.join(" ");
        match name {
            None => _ = writeln!(self.lines, "*\t{kind_name} {members}"),
            Some(name) if name.starts_with('R') => _ = writeln!(self.lines, "{name}\t{kind_name} {members}"),
            Some(name) => {
                let place = trigger.is_none().then(|| self.place(row, 0)).flatten();
                let trigger = trigger.or_else(|| place.map(|place| self.text(&kind_name, &place)));
                let blank = if members.is_empty() { "" } else { " " };
                let _ = writeln!(self.lines, "{name}\t{kind_name}:{}{blank}{members}", trigger.unwrap_or_default());
            }
        }
        if let Some(name) = name {
            self.said(name, kind.map_or(&[][..], |kind| &kind.attributes), &row.attributes, &row.note);
        }
    }

    /// The words of the first member; of a relation those of its own.
    fn place(&self, row: &Relation, depth: usize) -> Option<Fragments> {
        match row.members.first()?.target.item {
            Item::Annotation(id) => Some(self.layer.annotation(id)?.fragments.clone()),
            // Relations that are members of each other have no words.
            Item::Relation(id) if depth < 16 => self.place(self.layer.relations().get(id)?, depth + 1),
            Item::Relation(_) => None,
        }
    }

    /// Writes what is said of a mark or relation.
    fn said(&mut self, of: &str, asked: &[Attribute], answers: &Attributes, note: &str) {
        for (id, value) in answers.iter() {
            let name = attribute_name(asked, id);
            match value {
                Value::YesNo(true) => self.attribute(name, of, ""),
                Value::YesNo(false) => self.attribute(name, of, " no"),
                Value::Choice(id) => self.attribute(name, of, &format!(" {id}")),
                Value::Choices(ids) => ids.iter().for_each(|id| self.attribute(name, of, &format!(" {id}"))),
                Value::Number(number) => self.attribute(name, of, &format!(" {}", number.get())),
                Value::Text(text) => self.note(name, of, text),
            }
        }
        if !note.is_empty() {
            self.note(NOTE, of, note);
        }
    }

    fn attribute(&mut self, name: &str, of: &str, value: &str) {
        self.attributes += 1;
        let _ = writeln!(self.lines, "A{}\t{name} {of}{value}", self.attributes);
    }

    fn note(&mut self, kind: &str, of: &str, words: &str) {
        self.notes += 1;
        let _ = writeln!(self.lines, "#{}\t{kind} {of}\t{}", self.notes, escaped(words));
    }
}

/// Whether a relation is of two marks in two roles, none of them a trigger’s.
fn is_pair(row: &Relation) -> bool {
    let [one, other] = row.members.as_slice() else { return false };
    let is_mark = |item: Item| matches!(item, Item::Annotation(_));
    let is_trigger = |role: &str| role.eq_ignore_ascii_case(TRIGGER);
    one.role != other.role
        && is_mark(one.target.item)
        && is_mark(other.target.item)
        && ![one, other].into_iter().any(|member| is_trigger(member.role.as_str()))
}
