//! The labeling config: which texts there are, which labels, and what is asked of a region or of the whole text.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _};

use quick_xml::{
    Reader,
    escape::escape,
    events::{BytesStart, Event},
};

use super::{
    super::seen::{choices, new_attribute},
    names::{LABELS, TEXT},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Attribute, AttributeId, AttributeKind, Codebook, Label, Question, RelationKind},
    phrase,
    text::slug::free_id,
};

/// How a text is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    Plain,
    Html,
    /// Who says what: a list of objects.
    Dialogue,
}

/// What of a config is needed to read tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The texts by their names, each with the key of a task's data that has it.
    pub texts: BTreeMap<String, (String, TextKind)>,
}

/// A control that is being read.
#[derive(Debug)]
struct Control {
    name: String,
    is_per_region: bool,
    takes_several: bool,
    /// The labels whose regions it is asked of; all where empty.
    labels: Vec<String>,
    is_required: bool,
    kind: ControlKind,
}

#[derive(Debug)]
enum ControlKind {
    Labels,
    Choices(Vec<String>),
    Text,
    Number { least: Option<f64>, most: Option<f64> },
    Relations,
}

/// Reads a config, and adds what it declares to the codebook: what is there already stays.
///
/// # Errors
/// It is no XML, or no labeling config.
pub fn read(xml: &str, codebook: &mut Codebook) -> Result<Config, Diagnostic> {
    let mut reader = Reader::from_str(xml);
    let (mut config, mut open, mut is_ours) = (Config::default(), Vec::<Control>::new(), false);
    loop {
        let event = reader.read_event().map_err(|why| bad(xml, reader.error_position(), &why))?;
        match &event {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name();
                let name = String::from_utf8_lossy(name.as_ref()).to_lowercase();
                is_ours |= name == "view";
                if let Some(kind) = text_kind(&name) {
                    let key = attribute(tag, "value").unwrap_or_default();
                    let key = key.trim_start_matches('$').to_owned();
                    config.texts.insert(attribute(tag, "name").unwrap_or_default().into_owned(), (key, kind));
                } else if let Some(control) = control(&name, tag) {
                    match event {
                        Event::Start(_) => open.push(control),
                        _ => add(control, codebook),
                    }
                } else if let (Some(control), Some(value)) = (open.last_mut(), attribute(tag, "value")) {
                    item(control, &name, tag, &value, codebook);
                }
            }
            Event::End(tag) => {
                let name = String::from_utf8_lossy(tag.local_name().as_ref()).to_lowercase();
                if is_control(&name) {
                    open.pop().into_iter().for_each(|control| add(control, codebook));
                }
            }
            _ => {}
        }
    }
    if is_ours {
        Ok(config)
    } else {
        Err(Diagnostic::note("no-config", "This is no labeling config").hint("Leave it out"))
    }
}

fn bad(xml: &str, position: u64, why: &quick_xml::Error) -> Diagnostic {
    let before = &xml[..xml.floor_char_boundary(usize::try_from(position).unwrap_or(usize::MAX))];
    let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
    Diagnostic::error("bad-xml", phrase!("The labeling config can’t be understood: {why}", why))
        .at_line(line, 1)
        .hint("Repair it, or leave it out")
}

fn text_kind(tag: &str) -> Option<TextKind> {
    match tag {
        "text" => Some(TextKind::Plain),
        "hypertext" => Some(TextKind::Html),
        "paragraphs" => Some(TextKind::Dialogue),
        _ => None,
    }
}

fn is_control(tag: &str) -> bool {
    matches!(
        tag,
        "labels"
            | "hypertextlabels"
            | "paragraphlabels"
            | "choices"
            | "taxonomy"
            | "textarea"
            | "rating"
            | "number"
            | "relations"
    )
}

fn control(tag: &str, start: &BytesStart<'_>) -> Option<Control> {
    if !is_control(tag) {
        return None;
    }
    let number = |name: &str| attribute(start, name).and_then(|value| value.trim().parse::<f64>().ok());
    let kind = match tag {
        "choices" | "taxonomy" => ControlKind::Choices(Vec::new()),
        "textarea" => ControlKind::Text,
        "rating" => ControlKind::Number { least: Some(0.0), most: number("maxRating").or(Some(5.0)) },
        "number" => ControlKind::Number { least: number("min"), most: number("max") },
        "relations" => ControlKind::Relations,
        _ => ControlKind::Labels,
    };
    let is = |name: &str| attribute(start, name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let labels = attribute(start, "whenLabelValue").unwrap_or_default();
    Some(Control {
        name: attribute(start, "name").unwrap_or_default().into_owned(),
        is_per_region: is("perRegion"),
        takes_several: attribute(start, "choice").is_some_and(|choice| choice == "multiple") || tag == "taxonomy",
        labels: labels.split(',').filter(|label| !label.is_empty()).map(str::to_owned).collect(),
        is_required: is("required"),
        kind,
    })
}

/// Takes up what stands inside a control.
fn item(control: &mut Control, tag: &str, start: &BytesStart<'_>, value: &str, codebook: &mut Codebook) {
    match (&mut control.kind, tag) {
        (ControlKind::Labels, "label") => label(value, attribute(start, "background").as_deref(), codebook),
        (ControlKind::Choices(choices), "choice") => choices.push(value.to_owned()),
        (ControlKind::Relations, "relation") => kind(value, codebook),
        _ => {}
    }
}

fn label(name: &str, background: Option<&str>, codebook: &mut Codebook) {
    if codebook.labels.iter().any(|label| label.name == name) {
        return;
    }
    let Some(mut label) = codebook.new_label(name) else { return };
    // A colour is taken over where it is one of those that a dark theme has a partner for.
    let swatch = background.and_then(|color| color.parse().ok());
    if let Some(swatch) = crate::model::SWATCHES.into_iter().find(|own| Some(own.light) == swatch) {
        label.color = swatch;
    }
    codebook.labels.push(label);
}

fn kind(name: &str, codebook: &mut Codebook) {
    if codebook.relations.iter().any(|kind| kind.name == name) {
        return;
    }
    let Some(id) = free_id(name, crate::model::KindId::new, |id| codebook.relation(id).is_some()) else { return };
    // The data says which roles there are.
    let (name, description, roles) = (name.to_owned(), String::new(), Vec::new());
    codebook.relations.push(RelationKind { id, name, description, roles, across_articles: false, attributes: vec![] });
}

/// Adds what a control asks to the labels, or as a question about the article.
fn add(control: Control, codebook: &mut Codebook) {
    let kind = match control.kind {
        ControlKind::Labels | ControlKind::Relations => return,
        ControlKind::Choices(names) => match choices(names) {
            Some(choices) if control.takes_several => AttributeKind::Choices(choices),
            Some(choices) => AttributeKind::Choice(choices),
            None => return,
        },
        ControlKind::Text => AttributeKind::Text,
        ControlKind::Number { least, most } => {
            let number = |value: Option<f64>| value.and_then(crate::model::Number::new);
            AttributeKind::Number { least: number(least), most: number(most) }
        }
    };
    if !control.is_per_region {
        return question(&control.name, kind, codebook);
    }
    let is_asked = |label: &Label| {
        control.labels.is_empty() || control.labels.iter().any(|name| *name == label.name || label.id.as_str() == name)
    };
    for label in codebook.labels.iter_mut().filter(|label| is_asked(label)) {
        let name = own_name(&control.name, label);
        let asked = |attribute: &Attribute| attribute.name == name || attribute.id.as_str() == name;
        let is_taken = |id: &AttributeId| label.attributes.iter().any(|attribute| attribute.id == *id);
        if let (false, Some(id)) = (label.attributes.iter().any(asked), free_id(name, AttributeId::new, is_taken)) {
            let attribute = new_attribute(id, name, kind.clone());
            label.attributes.push(Attribute { required: control.is_required, ..attribute });
        }
    }
}

fn question(name: &str, kind: AttributeKind, codebook: &mut Codebook) {
    let (name, target) = name.split_once(": ").map_or((name, None), |(name, target)| (name, Some(target)));
    if let Some(target) = target.filter(|target| codebook.targets.iter().all(|known| known != target)) {
        codebook.targets.push(target.to_owned());
    }
    let asked = |question: &Question| question.attribute.name == name || question.attribute.id.as_str() == name;
    if codebook.questions.iter().any(asked) {
        return;
    }
    let is_taken = |id: &AttributeId| codebook.question(id).is_some();
    if let Some(id) = free_id(name, AttributeId::new, is_taken) {
        let attribute = new_attribute(id, name, kind);
        codebook.questions.push(Question { attribute, for_each_target: target.is_some() });
    }
}

/// The name of an attribute in a control's name, which Pressmark writes as `label.attribute`.
pub fn own_name<'n>(control: &'n str, label: &Label) -> &'n str {
    control.strip_prefix(label.id.as_str()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(control)
}

fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<Cow<'t, str>> {
    let found =
        tag.attributes().flatten().find(|a| a.key.local_name().as_ref().eq_ignore_ascii_case(name.as_bytes()))?;
    let text = String::from_utf8_lossy(&found.value).into_owned();
    Some(quick_xml::escape::unescape(&text).map_or_else(|_| text.clone().into(), |value| value.into_owned().into()))
}

/// The config of a codebook.
pub fn write(codebook: &Codebook) -> String {
    let mut xml = String::from("<View>\n");
    let _ = writeln!(xml, "  <Labels name=\"{LABELS}\" toName=\"{TEXT}\">");
    for label in &codebook.labels {
        let key = label.key.map_or_else(String::new, |key| format!(" hotkey=\"{}\"", escape(key.to_string())));
        let (name, color) = (escape(label.name.as_str()), label.color.light);
        let _ = writeln!(xml, "    <Label value=\"{name}\" background=\"#{color}\"{key}/>");
    }
    let _ = writeln!(xml, "  </Labels>\n  <Text name=\"{TEXT}\" value=\"${TEXT}\"/>");
    for label in &codebook.labels {
        for asked in &label.attributes {
            let name = format!("{}.{}", label.id, asked.id);
            let when = format!(
                " perRegion=\"true\" whenTagName=\"{LABELS}\" whenLabelValue=\"{}\"",
                escape(label.name.as_str())
            );
            write_control(&mut xml, &name, &when, asked);
        }
    }
    for question in &codebook.questions {
        let id = question.attribute.id.as_str();
        match question.for_each_target {
            true => codebook.targets.iter().for_each(|target| {
                write_control(&mut xml, &format!("{id}: {target}"), "", &question.attribute);
            }),
            false => write_control(&mut xml, id, "", &question.attribute),
        }
    }
    xml.push_str("  <Relations>\n");
    for kind in codebook.relations.iter().filter(|kind| !kind.across_articles) {
        let _ = writeln!(xml, "    <Relation value=\"{}\"/>", escape(kind.name.as_str()));
    }
    xml.push_str("  </Relations>\n</View>\n");
    xml
}

fn write_control(xml: &mut String, name: &str, when: &str, asked: &Attribute) {
    let name = escape(name).into_owned();
    let required = if asked.required { " required=\"true\"" } else { "" };
    let _ = match &asked.kind {
        AttributeKind::Choice(_) | AttributeKind::Choices(_) => {
            let choice = if matches!(asked.kind, AttributeKind::Choices(_)) { "multiple" } else { "single-radio" };
            let _ = writeln!(xml, "  <Choices name=\"{name}\" toName=\"{TEXT}\" choice=\"{choice}\"{when}{required}>");
            for choice in asked.choices() {
                let _ = writeln!(xml, "    <Choice value=\"{}\"/>", escape(choice.name.as_str()));
            }
            writeln!(xml, "  </Choices>")
        }
        AttributeKind::YesNo => {
            let _ =
                writeln!(xml, "  <Choices name=\"{name}\" toName=\"{TEXT}\" choice=\"single-radio\"{when}{required}>");
            writeln!(xml, "    <Choice value=\"yes\"/>\n    <Choice value=\"no\"/>\n  </Choices>")
        }
        AttributeKind::Number { least, most } => {
            let bound = |name: &str, value: &Option<crate::model::Number>| {
                value.map_or_else(String::new, |value| format!(" {name}=\"{}\"", value.get()))
            };
            let (least, most) = (bound("min", least), bound("max", most));
            writeln!(xml, "  <Number name=\"{name}\" toName=\"{TEXT}\"{least}{most}{when}{required}/>")
        }
        AttributeKind::Text | AttributeKind::Target => {
            writeln!(xml, "  <TextArea name=\"{name}\" toName=\"{TEXT}\" maxSubmissions=\"1\"{when}{required}/>")
        }
    };
}
