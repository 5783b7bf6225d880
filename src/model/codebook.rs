//! The codebook: what may be marked, asked and related in a project.
//!
//! A codebook is data: nothing in the program knows a label by name. It can be used when [`Codebook::check`] finds
//! nothing; whether a changed codebook still takes what was marked is `compatible`, and what becomes of marks it no
//! longer takes is decided by commands.

mod compatible;
mod fresh;

use std::fmt;

pub use fresh::SWATCHES;

use serde::{Deserialize, Serialize};

use super::{
    attribute::{Attribute, AttributeKind},
    id::{AttributeId, ChoiceId, KindId, LabelId, RoleId},
    repeated::repeated,
};
use crate::{
    diagnostic::Diagnostic,
    phrase,
    text::{Phrase, phrase::Value as Words},
};

/// What may be marked, asked and related in a project. Ids are unique within each list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codebook {
    pub name: String,
    /// Counts up by one with every change.
    pub version: u32,
    /// How to mark, in Markdown.
    pub guidelines: String,
    /// What stances and the like are about; answers of the kind *target* are completed from them.
    pub targets: Vec<String>,
    /// In the order of the palette.
    pub labels: Vec<Label>,
    /// In the order in which they are offered.
    pub relations: Vec<RelationKind>,
    /// Asked of the article as a whole.
    pub questions: Vec<Question>,
}

/// A label: what a mark can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Known by this in files and exports; stays when the name changes.
    pub id: LabelId,
    /// What it is called on the screen; never empty.
    pub name: String,
    /// When to use it, in Markdown.
    #[serde(default)]
    pub description: String,
    /// Words that would get it, one each.
    #[serde(default)]
    pub examples: Vec<String>,
    /// One or two characters on its badge, which tell it apart without colour.
    pub initials: String,
    /// Of tint, line and badge.
    pub color: LabelColor,
    /// The line below a mark.
    pub pattern: LinePattern,
    /// The key that marks with it, a digit or a letter; no two labels have the same one.
    pub key: Option<char>,
    /// How far its marks reach in quotations.
    #[serde(default)]
    pub extent: Extent,
    /// What is asked of a mark with it, in the order in which it is asked.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
}

/// A label’s colour in light and in dark themes, chosen apart, as contrast differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelColor {
    pub light: Rgb,
    pub dark: Rgb,
}

/// Red, green, blue in sRGB; in files six hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub [u8; 3]);

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "{r:02x}{g:02x}{b:02x}")
    }
}

impl Serialize for Rgb {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rgb {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl std::str::FromStr for Rgb {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        let bad = || format!("“{text}” is not a colour of six hexadecimal digits");
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(bad());
        }
        let value = u32::from_str_radix(digits, 16).ok().ok_or_else(bad)?;
        let [_, r, g, b] = value.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

/// How far the marks of a label reach where the selected words lie inside quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Extent {
    /// Over the selected words alone.
    #[default]
    Words,
    /// Over the words between the quotation marks.
    Quotation,
    /// Over the quotation with its quotation marks.
    QuotationWithMarks,
}

impl Extent {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Words, Self::Quotation, Self::QuotationWithMarks];
}

/// The line below a mark, so that labels can be told apart without colour and on a black-and-white print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinePattern {
    Solid,
    Dashed,
    Dotted,
    Double,
    Wavy,
}

impl LinePattern {
    /// In the order in which they are offered and given to new labels.
    pub const ALL: [Self; 5] = [Self::Solid, Self::Dashed, Self::Dotted, Self::Double, Self::Wavy];
}

/// A kind of relation, such as an attribution: its roles, and what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationKind {
    pub id: KindId,
    pub name: String,
    #[serde(default)]
    pub description: String,
    /// At least one; the first is the one that the relation is *for*.
    pub roles: Vec<Role>,
    /// Whether its members may lie in different articles. Such relations are kept apart from layers, by annotator.
    #[serde(default)]
    pub across_articles: bool,
    /// What is asked of a relation of this kind.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
}

/// A role in a kind of relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    /// What may fill it; empty means a mark of any label, and no relation.
    #[serde(default)]
    pub fillers: Vec<Filler>,
    /// With fewer members the role is shown as missing; it never stops the work.
    #[serde(default)]
    pub least: u32,
    /// With more members a change is refused; `None` is any number.
    pub most: Option<u32>,
}

/// What may fill a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Filler {
    /// Marks of this label.
    Label(LabelId),
    /// Relations of this kind.
    Relation(KindId),
}

impl Filler {
    /// The id of the label or kind, as it is written in a codebook.
    pub fn id(&self) -> &str {
        match self {
            Self::Label(id) => id.as_str(),
            Self::Relation(id) => id.as_str(),
        }
    }
}

impl Codebook {
    /// What a filler is called: the name of its label or kind, or its id where the codebook has no such row.
    pub fn filler_name<'c>(&'c self, filler: &'c Filler) -> &'c str {
        let name = match filler {
            Filler::Label(id) => self.label(id).map(|label| &label.name),
            Filler::Relation(id) => self.relation(id).map(|kind| &kind.name),
        };
        name.map_or(filler.id(), String::as_str)
    }
}

impl RelationKind {
    pub fn role(&self, id: &RoleId) -> Option<&Role> {
        self.roles.iter().find(|r| r.id == *id)
    }

    /// Whether nothing but their names tells its two roles apart: both take the same and as many of it. Then a pair
    /// is the same relation in either direction.
    pub fn is_symmetric(&self) -> bool {
        let [one, other] = self.roles.as_slice() else { return false };
        (&one.fillers, one.least, one.most) == (&other.fillers, other.least, other.most)
    }
}

impl Role {
    /// Whether something of this label or kind may fill the role. A role without fillers takes any label and no
    /// relation.
    pub fn may_be_filled_by(&self, filler: &Filler) -> bool {
        match filler {
            Filler::Label(_) => self.fillers.is_empty() || self.fillers.contains(filler),
            Filler::Relation(_) => self.fillers.contains(filler),
        }
    }
}

/// A question about the article as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What is asked.
    pub attribute: Attribute,
    /// Whether it is asked once for each of the codebook’s targets.
    #[serde(default)]
    pub for_each_target: bool,
}

impl Codebook {
    /// A codebook of version 1 with nothing in it.
    pub fn empty(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: 1,
            guidelines: String::new(),
            targets: Vec::new(),
            labels: Vec::new(),
            relations: Vec::new(),
            questions: Vec::new(),
        }
    }

    pub fn label(&self, id: &LabelId) -> Option<&Label> {
        self.labels.iter().find(|l| l.id == *id)
    }

    pub fn relation(&self, id: &KindId) -> Option<&RelationKind> {
        self.relations.iter().find(|k| k.id == *id)
    }

    pub fn question(&self, id: &AttributeId) -> Option<&Question> {
        self.questions.iter().find(|q| q.attribute.id == *id)
    }

    /// What is wrong with the codebook itself: ids that are there twice, keys of several labels, missing names, roles
    /// that name what is not there. Empty where it can be used; every codebook of a project is.
    pub fn check(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        no_twice(
            self.labels.iter().map(|l| l.id.as_str()),
            |id| phrase!("The label {id} is there twice", id),
            &mut found,
        );
        no_twice(
            self.relations.iter().map(|k| k.id.as_str()),
            |id| phrase!("The relation kind {id} is there twice", id),
            &mut found,
        );
        no_twice(
            self.questions.iter().map(|q| q.attribute.id.as_str()),
            |id| phrase!("The question {id} is there twice", id),
            &mut found,
        );
        for key in self.labels.iter().filter_map(|l| l.key) {
            let holders: Vec<&str> =
                self.labels.iter().filter(|l| l.key == Some(key)).map(|l| l.name.as_str()).collect();
            if holders.len() > 1 {
                let message =
                    phrase!("The key {key} belongs to several labels: {names}", key = &key, names = holders.join(", "));
                found.push(Diagnostic::error("key-clash", message).hint("Give each label a key of its own"));
                break;
            }
        }
        for label in &self.labels {
            check_label(label, &mut found);
        }
        for kind in &self.relations {
            self.check_kind(kind, &mut found);
        }
        for question in &self.questions {
            check_attribute(&question.attribute, &phrase!("the article").into(), &mut found);
        }
        found
    }

    /// What is wrong with a kind of relation.
    fn check_kind(&self, kind: &RelationKind, found: &mut Vec<Diagnostic>) {
        no_twice(kind.roles.iter().map(|r| r.id.as_str()), |id| phrase!("The role {id} is there twice", id), found);
        check_attributes(&kind.attributes, &Words::Text(kind.name.clone()), found);
        if kind.roles.is_empty() {
            found.push(
                Diagnostic::error("no-roles", phrase!("The relation “{name}” has no roles", name = &kind.name))
                    .hint("Give it at least one role"),
            );
        }
        for filler in kind.roles.iter().flat_map(|r| &r.fillers) {
            let unknown = match filler {
                Filler::Label(id) if self.label(id).is_none() => {
                    phrase!("A role of “{name}” names the unknown label {id}", name = &kind.name, id)
                }
                Filler::Relation(id) if self.relation(id).is_none() => {
                    phrase!("A role of “{name}” names the unknown relation {id}", name = &kind.name, id)
                }
                _ => continue,
            };
            found.push(
                Diagnostic::error("unknown-filler", unknown).hint("Name a label or relation kind of this codebook"),
            );
        }
    }
}

fn check_label(label: &Label, found: &mut Vec<Diagnostic>) {
    check_attributes(&label.attributes, &Words::Text(label.name.clone()), found);
    if label.name.trim().is_empty() {
        found.push(
            Diagnostic::error("no-name", phrase!("The label {id} has no name", id = &label.id)).hint("Give it a name"),
        );
    }
    if !(1..=2).contains(&label.initials.chars().count()) {
        found.push(
            Diagnostic::error(
                "bad-initials",
                phrase!("The label “{name}” needs one or two initials", name = &label.name),
            )
            .hint("Write one or two letters, such as Cl for Claim"),
        );
    }
    if label.key.is_some_and(|key| !key.is_ascii_digit() && !key.is_alphabetic()) {
        found.push(
            Diagnostic::error(
                "bad-key",
                phrase!("The key of “{name}” is neither a digit nor a letter", name = &label.name),
            )
            .hint("Choose a digit or a letter"),
        );
    }
}

/// What is wrong with the attributes of a label or kind; `owner` is its name.
fn check_attributes(attributes: &[Attribute], owner: &Words, found: &mut Vec<Diagnostic>) {
    no_twice(attributes.iter().map(|a| a.id.as_str()), |id| phrase!("The attribute {id} is there twice", id), found);
    for attribute in attributes {
        check_attribute(attribute, owner, found);
        if let Some(condition) = &attribute.shown_when
            && !attributes.iter().any(|a| a.id == condition.attribute && a.takes(&condition.is))
        {
            found.push(
                Diagnostic::error(
                    "bad-condition",
                    phrase!(
                        "“{name}” of “{owner}” is shown when an attribute has a value it can’t have",
                        name = &attribute.name,
                        owner = owner.clone()
                    ),
                )
                .hint("Name another attribute of the same thing and one of its values"),
            );
        }
    }
}

fn check_attribute(attribute: &Attribute, owner: &Words, found: &mut Vec<Diagnostic>) {
    let takes_choices = matches!(attribute.kind, AttributeKind::Choice(_) | AttributeKind::Choices(_));
    let choices: Vec<&ChoiceId> = attribute.choices().iter().map(|c| &c.id).collect();
    no_twice(choices.iter().map(|c| c.as_str()), |id| phrase!("The choice {id} is there twice", id), found);
    if takes_choices && choices.is_empty() {
        found.push(
            Diagnostic::error(
                "no-choices",
                phrase!("“{name}” of “{owner}” has no choices", name = &attribute.name, owner = owner.clone()),
            )
            .hint("Give it at least one choice, or make it free text"),
        );
    }
}

/// Reports each id that is there more than once.
fn no_twice<'a>(ids: impl Iterator<Item = &'a str>, twice: impl Fn(&str) -> Phrase, found: &mut Vec<Diagnostic>) {
    let twice = |id| Diagnostic::error("twice", twice(id)).hint("Rename or remove one");
    found.extend(repeated(ids).into_iter().map(twice));
}
