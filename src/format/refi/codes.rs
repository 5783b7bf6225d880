//! A codebook: labels as codes, what they ask and its choices as codes below them.

use std::{collections::BTreeMap, fmt::Write as _, io};

use super::{
    super::xml::{escaped, one_line},
    guid::{guid, plain},
    tree::{self, Element},
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        options::ExportOptions,
        reader::{Head, Sources, Take, extension_of, whole},
        seen::{choices, new_attribute},
        sink::{Pieces, Sink},
        writer::{ExportedArticle, Writer},
    },
    model::{Attribute, AttributeId, AttributeKind, Codebook, Label, LabelColor, Project, Rgb, SWATCHES},
    text::slug::free_id,
};

/// The piece that a codebook is.
pub const CODEBOOK: &str = "codebook.qdc";

pub fn writer(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Alone)
}

struct Alone;

impl Writer for Alone {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        let codes = codes(project.codebook());
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"Pressmark\">\n\
             {codes}</CodeBook>\n"
        );
        sink.write(CODEBOOK, xml.as_bytes())
    }

    fn article(&self, _: &ExportedArticle<'_>, _: &mut Pieces) {}
}

/// The codes of a codebook.
pub fn codes(codebook: &Codebook) -> String {
    let mut xml = String::from("<Codes>\n");
    for label in &codebook.labels {
        open(&mut xml, &code_of(label), &label.name, true, Some(label.color.light));
        description(&mut xml, &label.description);
        for asked in label.attributes.iter().filter(|asked| has_codes(asked)) {
            open(&mut xml, &guid("attribute", &format!("{}/{}", label.id, asked.id)), &asked.name, false, None);
            description(&mut xml, &asked.description);
            for (id, name) in choices_of(asked) {
                open(&mut xml, &choice_code(label, asked, &id), &name, true, Some(label.color.light));
                xml.push_str("</Code>\n");
            }
            xml.push_str("</Code>\n");
        }
        xml.push_str("</Code>\n");
    }
    xml.push_str("</Codes>\n");
    xml
}

fn open(xml: &mut String, guid: &str, name: &str, is_codable: bool, color: Option<Rgb>) {
    let color = color.map_or_else(String::new, |color| format!(" color=\"#{color}\""));
    let name = one_line(name);
    let _ = write!(xml, "<Code guid=\"{guid}\" name=\"{}\" isCodable=\"{is_codable}\"{color}>", escaped(&name));
}

fn description(xml: &mut String, words: &str) {
    if !words.is_empty() {
        let _ = write!(xml, "<Description>{}</Description>", escaped(words));
    }
    xml.push('\n');
}

/// Whether the answers to an attribute are codes.
pub fn has_codes(asked: &Attribute) -> bool {
    matches!(asked.kind, AttributeKind::Choice(_) | AttributeKind::Choices(_) | AttributeKind::YesNo)
}

/// What may be answered, by ids and names.
fn choices_of(asked: &Attribute) -> Vec<(String, String)> {
    match asked.kind {
        AttributeKind::YesNo => ["yes", "no"].map(|word| (word.to_owned(), word.to_owned())).to_vec(),
        _ => asked.choices().iter().map(|choice| (choice.id.to_string(), choice.name.clone())).collect(),
    }
}

/// The code of a label.
pub fn code_of(label: &Label) -> String {
    guid("label", label.id.as_str())
}

/// The code of a choice.
pub fn choice_code(label: &Label, asked: &Attribute, choice: &str) -> String {
    guid("choice", &format!("{}/{}/{choice}", label.id, asked.id))
}

/// What a code means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// A label, by its name.
    Label(String),
    /// A choice of what a label asks, all by their names.
    Choice { label: String, asked: String, choice: String },
}

/// The codes of a file, by their GUIDs; adds what they stand for to a codebook, where what is there already stays.
pub fn read_codes(codes: &Element, codebook: &mut Codebook) -> BTreeMap<String, Code> {
    let mut known = BTreeMap::new();
    codes.all("Code").for_each(|code| read_code(code, "", codebook, &mut known));
    known
}

fn read_code(code: &Element, above: &str, codebook: &mut Codebook, known: &mut BTreeMap<String, Code>) {
    let name = code.attribute("name").trim();
    let name = if name.is_empty() { "Code" } else { name };
    let is_taken = codebook.labels.iter().any(|label| label.name == name);
    // Codes of one name below different ones are told apart by the way to them.
    let name = if is_taken && !above.is_empty() { format!("{above} / {name}") } else { name.to_owned() };
    if is_codable(code) {
        add_label(code, &name, codebook);
        known.insert(plain(code.attribute("guid")), Code::Label(name.clone()));
    }
    for below in code.all("Code") {
        match is_codable(code) && is_attribute(below) {
            true => read_attribute(below, &name, codebook, known),
            false => read_code(below, &name, codebook, known),
        }
    }
}

fn is_codable(code: &Element) -> bool {
    !matches!(code.attribute("isCodable"), "false" | "0")
}

/// Whether a code below a label is what the label asks: it can’t be applied, and what stands below it can.
fn is_attribute(code: &Element) -> bool {
    !is_codable(code)
        && code.child("Code").is_some()
        && code.all("Code").all(|choice| is_codable(choice) && choice.child("Code").is_none())
}

fn add_label(code: &Element, name: &str, codebook: &mut Codebook) {
    if codebook.labels.iter().any(|label| label.name == name) {
        return;
    }
    let Some(mut label) = codebook.new_label(name) else { return };
    if let Some(color) = color(code.attribute("color")) {
        label.color = color;
    }
    label.description = code.words("Description").trim().to_owned();
    codebook.labels.push(label);
}

/// A colour with its partner on dark: that of a swatch, or the same mixed with white.
fn color(hex: &str) -> Option<LabelColor> {
    let digits = hex.strip_prefix('#')?;
    let doubled: String = digits.chars().flat_map(|digit| [digit, digit]).collect();
    let light: Rgb = if digits.len() == 3 { doubled.parse() } else { digits.parse() }.ok()?;
    let swatch = SWATCHES.into_iter().find(|swatch| swatch.light == light);
    let lighter = |part: u8| part + (u8::MAX - part) / 2;
    Some(swatch.unwrap_or(LabelColor { light, dark: Rgb(light.0.map(lighter)) }))
}

fn read_attribute(code: &Element, label: &str, codebook: &mut Codebook, known: &mut BTreeMap<String, Code>) {
    let asked = code.attribute("name").trim();
    let names: Vec<String> = code.all("Code").map(|choice| choice.attribute("name").trim().to_owned()).collect();
    for (choice, name) in code.all("Code").zip(&names) {
        let (label, asked, choice_name) = (label.to_owned(), asked.to_owned(), name.clone());
        known.insert(plain(choice.attribute("guid")), Code::Choice { label, asked, choice: choice_name });
    }
    let Some(label) = codebook.labels.iter_mut().find(|own| own.name == label) else { return };
    let is_taken = |id: &AttributeId| label.attributes.iter().any(|attribute| attribute.id == *id);
    if label.attributes.iter().any(|attribute| attribute.name == asked) || asked.is_empty() {
        return;
    }
    let is_yes_no = names.len() == 2 && ["yes", "no"].iter().all(|word| names.iter().any(|name| name == word));
    let kind = match choices(names) {
        _ if is_yes_no => AttributeKind::YesNo,
        Some(choices) => AttributeKind::Choices(choices),
        None => return,
    };
    if let Some(id) = free_id(asked, AttributeId::new, is_taken) {
        let attribute = new_attribute(id, asked, kind);
        label.attributes.push(Attribute { description: code.words("Description").trim().to_owned(), ..attribute });
    }
}

/// Whether there is a codebook among the sources.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| head.extension() == "qdc")
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let mut codebook = Codebook::empty("REFI-QDA");
    let names = sources.names().to_vec();
    for name in names.iter().filter(|name| matches!(extension_of(name).as_str(), "qdc" | "xml")) {
        match whole(sources, name).and_then(|xml| tree::read(&xml)) {
            Ok(root) => match root.child("Codes") {
                Some(codes) => _ = read_codes(codes, &mut codebook),
                None => take.tell(
                    Diagnostic::error("no-codes", "There are no codes in it").at_path(name).hint("Name a codebook"),
                ),
            },
            Err(told) => take.tell(told.at_path(name)),
        }
    }
    Ok(codebook)
}
