//! `annotation.conf` and `visual.conf`: what may be marked, in brat’s words.
//! <https://brat.nlplab.org/configuration.html>

use std::{collections::BTreeMap, fmt::Write as _};

use super::super::seen::{Seen, choices, new_attribute};
use crate::{
    model::{
        Attribute, AttributeId, AttributeKind, Codebook, Filler, KindId, Label, LabelId, RelationKind, Role, RoleId,
    },
    text::slug::free_id,
};

/// Reads the labels, relations and events of a file into a codebook, and the attributes of what is there by then. Lines
/// that can’t be understood say nothing of data, and are passed over.
pub fn read(text: &str, codebook: Codebook) -> Codebook {
    let mut seen = Seen::over(codebook);
    let (sections, macros) = sections(text);
    let of = |name: &str| sections.get(name).into_iter().flatten();
    let name_of = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    for line in of("entities").filter(|line| !line.starts_with('!')) {
        seen.label(&name_of(line));
    }
    for line in of("relations").chain(of("events")).filter(|line| !line.starts_with('!')) {
        // Its roles are taken up where data has them.
        let kind = seen.kind(&name_of(line), false);
        let roles = arguments(line, &macros).into_iter().filter(|(role, _)| !role.starts_with('<'));
        let roles: Vec<_> = roles.map(|(role, _)| role.trim_end_matches(['?', '*', '+']).to_owned()).collect();
        let Some(kind) = kind else { continue };
        for role in roles.iter().map(|role| role.split('{').next().unwrap_or_default()).filter(|role| !role.is_empty())
        {
            seen.role(&kind, role, None);
        }
    }
    let mut codebook = seen.into_codebook();
    for line in of("attributes") {
        let arguments = arguments(line, &macros);
        let of = |name: &str| arguments.iter().find(|(key, _)| key == name).map(|(_, values)| values.clone());
        let (name, owners) = (name_of(line), of("Arg").unwrap_or_default());
        let values = of("Value").unwrap_or_default();
        let kind = choices(values).map_or(AttributeKind::YesNo, AttributeKind::Choice);
        put_attribute(&mut codebook, &name, &owners, &kind);
    }
    codebook
}

/// Adds an attribute to every label and kind that it may be of.
fn put_attribute(codebook: &mut Codebook, name: &str, owners: &[String], kind: &AttributeKind) {
    let is_of = |own: &str, group: &str| owners.iter().any(|owner| owner == own || owner == group || owner == "<ANY>");
    let add = |attributes: &mut Vec<Attribute>| {
        let id = free_id(name, AttributeId::new, |id| attributes.iter().any(|asked| asked.id == *id));
        attributes.extend(id.map(|id| new_attribute(id, name, kind.clone())));
    };
    codebook
        .labels
        .iter_mut()
        .filter(|label| is_of(&label.name, "<ENTITY>"))
        .for_each(|label| add(&mut label.attributes));
    let kinds = codebook.relations.iter_mut();
    kinds
        .filter(|kind| is_of(&kind.name, "<EVENT>") || is_of(&kind.name, "<RELATION>"))
        .for_each(|kind| add(&mut kind.attributes));
}

type Sections = BTreeMap<String, Vec<String>>;

/// The lines of each section, without comments, and the macros: `<POG>=Person|Organization`.
fn sections(text: &str) -> (Sections, BTreeMap<String, String>) {
    let (mut sections, mut macros, mut section) = (Sections::new(), BTreeMap::new(), String::new());
    for line in
        text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
    {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name.to_lowercase();
        } else if let Some((name, value)) =
            line.split_once('=').filter(|(name, _)| name.starts_with('<') && name.ends_with('>'))
        {
            macros.insert(name.to_owned(), value.trim().to_owned());
        } else {
            sections.entry(section.clone()).or_default().push(line.to_owned());
        }
    }
    (sections, macros)
}

/// The arguments of a line, each with what it may be: `Arg1:Person|Organization, Arg2:GPE`.
fn arguments(line: &str, macros: &BTreeMap<String, String>) -> Vec<(String, Vec<String>)> {
    let rest = line.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    let argument = |part: &str| {
        let (name, values) = part.trim().split_once(':')?;
        let values = values.split('|').flat_map(|value| {
            let value = value.trim();
            let expanded = macros.get(value).cloned().unwrap_or_else(|| value.to_owned());
            expanded.split('|').map(|value| value.trim().to_owned()).collect::<Vec<_>>()
        });
        Some((name.trim().to_owned(), values.filter(|value| !value.is_empty()).collect()))
    };
    rest.split(',').filter_map(argument).collect()
}

/// A name as brat’s files can have it: the name itself where it may be one, else the id.
pub fn type_name<'n>(name: &'n str, id: &'n str) -> &'n str {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(is_plain) { name } else { id }
}

pub fn label_name<'c>(codebook: &'c Codebook, id: &'c LabelId) -> &'c str {
    codebook.label(id).map_or(id.as_str(), |label| type_name(&label.name, label.id.as_str()))
}

pub fn kind_name<'c>(codebook: &'c Codebook, id: &'c KindId) -> &'c str {
    codebook.relation(id).map_or(id.as_str(), |kind| type_name(&kind.name, kind.id.as_str()))
}

pub fn role_name<'c>(kind: Option<&'c RelationKind>, id: &'c RoleId) -> &'c str {
    kind.and_then(|kind| kind.role(id)).map_or(id.as_str(), |role| type_name(&role.name, role.id.as_str()))
}

pub fn attribute_name<'c>(asked: &'c [Attribute], id: &'c AttributeId) -> &'c str {
    asked.iter().find(|asked| asked.id == *id).map_or(id.as_str(), |asked| type_name(&asked.name, asked.id.as_str()))
}

/// `annotation.conf` of a codebook.
pub fn annotation_conf(codebook: &Codebook) -> String {
    let mut text = "[entities]\n".to_owned();
    for label in &codebook.labels {
        line(&mut text, label_name(codebook, &label.id), "");
    }
    let here: Vec<&RelationKind> = codebook.relations.iter().filter(|kind| !kind.across_articles).collect();
    text.push_str("\n[relations]\n");
    for kind in here.iter().filter(|kind| kind.roles.len() == 2) {
        let roles: Vec<String> = kind.roles.iter().map(|role| argument(codebook, kind, role, "")).collect();
        line(&mut text, kind_name(codebook, &kind.id), &roles.join(", "));
    }
    text.push_str("\n[events]\n");
    for kind in &here {
        let roles: Vec<String> = kind.roles.iter().map(|role| argument(codebook, kind, role, "*")).collect();
        line(&mut text, kind_name(codebook, &kind.id), &roles.join(", "));
    }
    text.push_str("\n[attributes]\n");
    let of_labels = codebook.labels.iter().map(|label| (label_name(codebook, &label.id), &label.attributes));
    let of_kinds = here.iter().map(|kind| (kind_name(codebook, &kind.id), &kind.attributes));
    let mut lines: BTreeMap<(&str, String), Vec<&str>> = BTreeMap::new();
    for (owner, attributes) in of_labels.chain(of_kinds) {
        for asked in attributes {
            let values: Vec<&str> = asked.choices().iter().map(|choice| choice.id.as_str()).collect();
            let values = if values.is_empty() { String::new() } else { format!(", Value:{}", values.join("|")) };
            lines.entry((type_name(&asked.name, asked.id.as_str()), values)).or_default().push(owner);
        }
    }
    for ((name, values), owners) in lines {
        line(&mut text, name, &format!("Arg:{}{values}", owners.join("|")));
    }
    text
}

fn line(text: &mut String, name: &str, rest: &str) {
    text.push_str(name);
    if !rest.is_empty() {
        text.push('\t');
        text.push_str(rest);
    }
    text.push('\n');
}

fn argument(codebook: &Codebook, kind: &RelationKind, role: &Role, count: &str) -> String {
    let filler = |filler: &Filler| match filler {
        Filler::Label(id) => label_name(codebook, id).to_owned(),
        Filler::Relation(id) => kind_name(codebook, id).to_owned(),
    };
    let fillers: Vec<String> = role.fillers.iter().map(filler).collect();
    let fillers = if fillers.is_empty() { "<ENTITY>".to_owned() } else { fillers.join("|") };
    format!("{}{count}:{fillers}", role_name(Some(kind), &role.id))
}

/// `visual.conf` of a codebook: what types are called, and their colours.
pub fn visual_conf(codebook: &Codebook) -> String {
    let mut text = "[labels]\n".to_owned();
    // Writing to a string does not fail.
    for Label { id, name, initials, .. } in &codebook.labels {
        let _ = writeln!(text, "{} | {name} | {initials}", label_name(codebook, id));
    }
    for kind in &codebook.relations {
        let _ = writeln!(text, "{} | {}", kind_name(codebook, &kind.id), kind.name);
    }
    text.push_str("\n[drawing]\n");
    for Label { id, color, .. } in &codebook.labels {
        let _ = writeln!(text, "{}\tbgColor:#{}", label_name(codebook, id), color.dark);
    }
    text
}
