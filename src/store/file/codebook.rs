//! `codebook.ron`: what may be marked, asked and related.
//!
//! Each row mirrors a type of `model::codebook` field by field: `From` in both directions, nothing is decided here.
//! That the rows are apart lets the model change while old files stay readable.

use serde::{Deserialize, Serialize};

use super::shape::{Hex, Prose, usual};
use crate::model::{
    Attribute, AttributeId, AttributeKind, Choice, ChoiceId, Codebook, Condition, Extent, Filler, KindId, Label,
    LabelColor, LabelId, LinePattern, Number, Question, RelationKind, Role, RoleId, Value,
};

/// The whole file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodebookFile {
    pub name: String,
    /// The codebook’s own version, which counts up with every change; not that of the format.
    pub version: u32,
    #[serde(default, skip_serializing_if = "usual")]
    pub guidelines: Prose,
    #[serde(default, skip_serializing_if = "usual")]
    pub targets: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<RelationKindRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<QuestionRow>,
}

/// See [`Label`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelRow {
    id: LabelId,
    name: String,
    #[serde(default, skip_serializing_if = "usual")]
    description: Prose,
    #[serde(default, skip_serializing_if = "usual")]
    examples: Vec<String>,
    initials: String,
    light: Hex,
    dark: Hex,
    pattern: LinePattern,
    #[serde(default, skip_serializing_if = "usual")]
    key: Option<char>,
    #[serde(default, skip_serializing_if = "usual")]
    extent: Extent,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<AttributeRow>,
}

/// See [`Attribute`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttributeRow {
    id: AttributeId,
    name: String,
    #[serde(default, skip_serializing_if = "usual")]
    description: Prose,
    kind: KindRow,
    #[serde(default, skip_serializing_if = "usual")]
    required: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shown_when: Option<ConditionRow>,
}

/// See [`AttributeKind`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum KindRow {
    Choice(Vec<ChoiceRow>),
    Choices(Vec<ChoiceRow>),
    Text,
    Target,
    Number {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<Number>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<Number>,
    },
    YesNo,
}

/// See [`Choice`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceRow {
    id: ChoiceId,
    name: String,
}

/// See [`Condition`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionRow {
    attribute: AttributeId,
    is: Value,
}

/// See [`RelationKind`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationKindRow {
    id: KindId,
    name: String,
    #[serde(default, skip_serializing_if = "usual")]
    description: Prose,
    roles: Vec<RoleRow>,
    #[serde(default, skip_serializing_if = "usual")]
    across_articles: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<AttributeRow>,
}

/// See [`Role`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleRow {
    id: RoleId,
    name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fillers: Vec<Filler>,
    #[serde(default, skip_serializing_if = "usual")]
    least: u32,
    #[serde(default, skip_serializing_if = "usual")]
    most: Option<u32>,
}

/// See [`Question`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionRow {
    attribute: AttributeRow,
    #[serde(default, skip_serializing_if = "usual")]
    for_each_target: bool,
}

/// Model values as rows.
fn rows<'a, A: 'a, B: From<&'a A>>(items: &'a [A]) -> Vec<B> {
    items.iter().map(B::from).collect()
}

/// Rows as model values.
fn values<A, B: From<A>>(rows: Vec<A>) -> Vec<B> {
    rows.into_iter().map(B::from).collect()
}

/// A row with an id, which tells it from the others of its list: merging and the journal compare rows by it.
pub trait Identified {
    fn id(&self) -> &str;
}

impl Identified for LabelRow {
    fn id(&self) -> &str {
        self.id.as_str()
    }
}

impl Identified for RelationKindRow {
    fn id(&self) -> &str {
        self.id.as_str()
    }
}

impl Identified for QuestionRow {
    fn id(&self) -> &str {
        self.attribute.id.as_str()
    }
}

impl From<&Codebook> for CodebookFile {
    fn from(codebook: &Codebook) -> Self {
        Self {
            name: codebook.name.clone(),
            version: codebook.version,
            guidelines: Prose(codebook.guidelines.clone()),
            targets: codebook.targets.clone(),
            labels: rows(&codebook.labels),
            relations: rows(&codebook.relations),
            questions: rows(&codebook.questions),
        }
    }
}

impl From<CodebookFile> for Codebook {
    fn from(file: CodebookFile) -> Self {
        Self {
            name: file.name,
            version: file.version,
            guidelines: file.guidelines.0,
            targets: file.targets,
            labels: values(file.labels),
            relations: values(file.relations),
            questions: values(file.questions),
        }
    }
}

impl From<&Label> for LabelRow {
    fn from(label: &Label) -> Self {
        Self {
            id: label.id.clone(),
            name: label.name.clone(),
            description: Prose(label.description.clone()),
            examples: label.examples.clone(),
            initials: label.initials.clone(),
            light: Hex(label.color.light),
            dark: Hex(label.color.dark),
            pattern: label.pattern,
            key: label.key,
            extent: label.extent,
            attributes: rows(&label.attributes),
        }
    }
}

impl From<LabelRow> for Label {
    fn from(row: LabelRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            description: row.description.0,
            examples: row.examples,
            initials: row.initials,
            color: LabelColor { light: row.light.0, dark: row.dark.0 },
            pattern: row.pattern,
            key: row.key,
            extent: row.extent,
            attributes: values(row.attributes),
        }
    }
}

impl From<&Attribute> for AttributeRow {
    fn from(attribute: &Attribute) -> Self {
        let shown_when = attribute.shown_when.as_ref();
        Self {
            id: attribute.id.clone(),
            name: attribute.name.clone(),
            description: Prose(attribute.description.clone()),
            kind: (&attribute.kind).into(),
            required: attribute.required,
            shown_when: shown_when.map(|c| ConditionRow { attribute: c.attribute.clone(), is: c.is.clone() }),
        }
    }
}

impl From<AttributeRow> for Attribute {
    fn from(row: AttributeRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            description: row.description.0,
            kind: row.kind.into(),
            required: row.required,
            shown_when: row.shown_when.map(|c| Condition { attribute: c.attribute, is: c.is }),
        }
    }
}

impl From<&AttributeKind> for KindRow {
    fn from(kind: &AttributeKind) -> Self {
        match kind {
            AttributeKind::Choice(choices) => Self::Choice(rows(choices)),
            AttributeKind::Choices(choices) => Self::Choices(rows(choices)),
            AttributeKind::Text => Self::Text,
            AttributeKind::Target => Self::Target,
            AttributeKind::Number { least, most } => Self::Number { least: *least, most: *most },
            AttributeKind::YesNo => Self::YesNo,
        }
    }
}

impl From<KindRow> for AttributeKind {
    fn from(row: KindRow) -> Self {
        match row {
            KindRow::Choice(choices) => Self::Choice(values(choices)),
            KindRow::Choices(choices) => Self::Choices(values(choices)),
            KindRow::Text => Self::Text,
            KindRow::Target => Self::Target,
            KindRow::Number { least, most } => Self::Number { least, most },
            KindRow::YesNo => Self::YesNo,
        }
    }
}

impl From<&Choice> for ChoiceRow {
    fn from(choice: &Choice) -> Self {
        Self { id: choice.id.clone(), name: choice.name.clone() }
    }
}

impl From<ChoiceRow> for Choice {
    fn from(row: ChoiceRow) -> Self {
        Self { id: row.id, name: row.name }
    }
}

impl From<&RelationKind> for RelationKindRow {
    fn from(kind: &RelationKind) -> Self {
        Self {
            id: kind.id.clone(),
            name: kind.name.clone(),
            description: Prose(kind.description.clone()),
            roles: rows(&kind.roles),
            across_articles: kind.across_articles,
            attributes: rows(&kind.attributes),
        }
    }
}

impl From<RelationKindRow> for RelationKind {
    fn from(row: RelationKindRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            description: row.description.0,
            roles: values(row.roles),
            across_articles: row.across_articles,
            attributes: values(row.attributes),
        }
    }
}

impl From<&Role> for RoleRow {
    fn from(role: &Role) -> Self {
        Self {
            id: role.id.clone(),
            name: role.name.clone(),
            fillers: role.fillers.clone(),
            least: role.least,
            most: role.most,
        }
    }
}

impl From<RoleRow> for Role {
    fn from(row: RoleRow) -> Self {
        Self { id: row.id, name: row.name, fillers: row.fillers, least: row.least, most: row.most }
    }
}

impl From<&Question> for QuestionRow {
    fn from(question: &Question) -> Self {
        Self { attribute: (&question.attribute).into(), for_each_target: question.for_each_target }
    }
}

impl From<QuestionRow> for Question {
    fn from(row: QuestionRow) -> Self {
        Self { attribute: row.attribute.into(), for_each_target: row.for_each_target }
    }
}
