//! What of a codebook means what: which relation says who said something, which label is a stance, which relations join
//! what belongs together.
//!
//! No label is known by name. What the codebook tells by its structure is taken from there: a stance is what asks for a
//! target, a source is what may fill the role of one. Where structure can’t tell, as with the sides of a stance, ids and
//! names are read, in the words that codebooks use.

use crate::model::{
    Attribute, AttributeId, AttributeKind, Attributes, Codebook, Filler, KindId, Label, LabelId, Question,
    RelationKind, Value,
    meaning::{AttributionTerm, TieTerm, identity, is_called},
};

/// What of a codebook means what.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    pub(super) attributions: Vec<AttributionTerm>,
    pub(super) stances: Vec<StanceTerm>,
    pub(super) questions: Vec<QuestionTerm>,
    pub(super) manners: Vec<MannerTerm>,
    ties: Vec<(KindId, TieTerm)>,
    sources: Vec<LabelId>,
    identities: Vec<IdentityTerm>,
    kinds: Vec<(LabelId, AttributeId)>,
}

/// A label that puts somebody for or against a target.
#[derive(Clone, Debug)]
pub(super) struct StanceTerm {
    pub label: LabelId,
    pub target: AttributeId,
    /// The attribute for the side, and the side of each of its choices.
    pub side: Option<(AttributeId, Vec<(Value, Side)>)>,
    /// The answer that says that the side is implied.
    pub implied: Option<(AttributeId, Value)>,
}

/// A question about the article’s own side, asked for each target.
#[derive(Clone, Debug)]
pub(super) struct QuestionTerm {
    pub question: AttributeId,
    pub sides: Vec<(Value, Side)>,
}

/// An attribute of a label that says whether something is asserted, denied or doubted.
#[derive(Clone, Debug)]
pub(super) struct MannerTerm {
    pub label: LabelId,
    pub attribute: AttributeId,
    pub asserted: Vec<Value>,
    pub denied: Vec<Value>,
    pub doubted: Vec<Value>,
}

/// On which side somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Favor,
    Against,
    Neutral,
    /// Another answer, or none.
    Other,
}

/// The attribute of a source that says who it is, the same in every article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityTerm {
    pub label: LabelId,
    pub attribute: AttributeId,
}

const FAVOR: &[&str] = &[
    "favor",
    "favour",
    "for",
    "pro",
    "support",
    "supports",
    "supportive",
    "positive",
    "agree",
    "in-favor",
    "in-favour",
];
const AGAINST: &[&str] = &["against", "con", "anti", "oppose", "opposes", "opposed", "negative", "disagree"];
const NEUTRAL: &[&str] = &["neutral", "none", "balanced", "no-side", "neither"];
const IMPLIED: &[&str] = &["implied", "implicit", "indirect"];
const ASSERTED: &[&str] = &["asserted", "assert", "asserts", "affirmed", "stated", "confirmed"];
const DENIED: &[&str] = &["denied", "deny", "denies", "rejected", "refuted", "negated"];
const DOUBTED: &[&str] = &["doubted", "doubt", "doubts", "uncertain", "questioned", "disputed"];

impl Terms {
    pub fn of(codebook: &Codebook) -> Self {
        let labels = || codebook.labels.iter();
        let attributions: Vec<AttributionTerm> = codebook.relations.iter().filter_map(AttributionTerm::of).collect();
        let sources: Vec<&Label> = labels().filter(|label| may_be_source(codebook, &attributions, label)).collect();
        let identity = |label: &&Label| {
            let attribute = identity(label)?;
            Some(IdentityTerm { label: label.id.clone(), attribute: attribute.id.clone() })
        };
        let tie = |kind: &RelationKind| Some((kind.id.clone(), TieTerm::of(kind)?));
        let kind = |label: &&Label| Some((label.id.clone(), called(label.attributes.iter(), &["kind", "type"])?));
        Self {
            stances: labels().filter_map(stance).collect(),
            questions: codebook.questions.iter().filter_map(question).collect(),
            manners: labels().filter_map(manner).collect(),
            ties: codebook.relations.iter().filter_map(tie).collect(),
            sources: sources.iter().map(|label| label.id.clone()).collect(),
            identities: sources.iter().filter_map(identity).collect(),
            kinds: sources.iter().filter_map(kind).collect(),
            attributions,
        }
    }

    /// Whether marks of this label may be the source in an attribution.
    pub fn is_source(&self, label: &LabelId) -> bool {
        self.sources.contains(label)
    }

    /// The attribute that says who a source of this label is; `None` where the codebook has none.
    pub fn identity(&self, label: &LabelId) -> Option<&AttributeId> {
        self.identities.iter().find(|term| term.label == *label).map(|term| &term.attribute)
    }

    /// The name that an annotator has given to a source.
    pub(super) fn name_given<'m>(&self, label: &LabelId, answers: &'m Attributes) -> Option<&'m str> {
        match answers.get(self.identity(label)?)? {
            Value::Text(name) => Some(name.trim()),
            _ => None,
        }
    }

    /// What a source is said to be, such as `person`.
    pub(super) fn source_kind<'m>(&self, label: &LabelId, answers: &'m Attributes) -> Option<&'m str> {
        let (_, attribute) = self.kinds.iter().find(|(of, _)| of == label)?;
        match answers.get(attribute)? {
            Value::Choice(choice) => Some(choice.as_str()),
            _ => None,
        }
    }

    pub(super) fn tie(&self, kind: &KindId) -> Option<&TieTerm> {
        self.ties.iter().find(|(of, _)| of == kind).map(|(_, term)| term)
    }

    /// Whether any relation joins what belongs together.
    pub(super) fn has_ties(&self) -> bool {
        !self.ties.is_empty()
    }
}

impl Side {
    pub const ALL: [Self; 4] = [Self::Favor, Self::Against, Self::Neutral, Self::Other];

    fn of(word: &str) -> Self {
        match word {
            word if FAVOR.contains(&word) => Self::Favor,
            word if AGAINST.contains(&word) => Self::Against,
            word if NEUTRAL.contains(&word) => Self::Neutral,
            _ => Self::Other,
        }
    }
}

/// The id of the first attribute with one of these words for an id or a name.
fn called<'a>(mut attributes: impl Iterator<Item = &'a Attribute>, words: &[&str]) -> Option<AttributeId> {
    attributes.find(|asked| is_called(asked.id.as_str(), &asked.name, words)).map(|asked| asked.id.clone())
}

fn may_be_source(codebook: &Codebook, attributions: &[AttributionTerm], label: &Label) -> bool {
    let filler = Filler::Label(label.id.clone());
    attributions.iter().any(|term| {
        let role = codebook.relation(&term.kind).and_then(|kind| kind.role(&term.source));
        role.is_some_and(|role| role.may_be_filled_by(&filler))
    })
}

fn stance(label: &Label) -> Option<StanceTerm> {
    let target = label.attributes.iter().find(|asked| asked.kind == AttributeKind::Target)?;
    let side = label.attributes.iter().find_map(|asked| Some((asked.id.clone(), sides(asked)?)));
    let implied = label.attributes.iter().find_map(implied);
    Some(StanceTerm { label: label.id.clone(), target: target.id.clone(), side, implied })
}

/// The sides of an attribute’s choices; `None` where they do not stand for and against.
fn sides(asked: &Attribute) -> Option<Vec<(Value, Side)>> {
    let AttributeKind::Choice(choices) = &asked.kind else { return None };
    let side = |id: &str, name: &str| match Side::of(id) {
        Side::Other => Side::of(&name.to_lowercase()),
        side => side,
    };
    let sides: Vec<(Value, Side)> = choices
        .iter()
        .map(|choice| (Value::Choice(choice.id.clone()), side(choice.id.as_str(), &choice.name)))
        .collect();
    let has = |wanted| sides.iter().any(|(_, side)| *side == wanted);
    (has(Side::Favor) && has(Side::Against)).then_some(sides)
}

fn implied(asked: &Attribute) -> Option<(AttributeId, Value)> {
    let value = match &asked.kind {
        AttributeKind::YesNo if is_called(asked.id.as_str(), &asked.name, IMPLIED) => Value::YesNo(true),
        AttributeKind::Choice(choices) => {
            let choice = choices.iter().find(|choice| is_called(choice.id.as_str(), &choice.name, IMPLIED))?;
            Value::Choice(choice.id.clone())
        }
        _ => return None,
    };
    Some((asked.id.clone(), value))
}

fn question(question: &Question) -> Option<QuestionTerm> {
    let sides = sides(&question.attribute).filter(|_| question.for_each_target)?;
    Some(QuestionTerm { question: question.attribute.id.clone(), sides })
}

fn manner(label: &Label) -> Option<MannerTerm> {
    label.attributes.iter().find_map(|asked| {
        let AttributeKind::Choice(choices) = &asked.kind else { return None };
        let of = |words: &[&str]| -> Vec<Value> {
            let are = choices.iter().filter(|choice| is_called(choice.id.as_str(), &choice.name, words));
            are.map(|choice| Value::Choice(choice.id.clone())).collect()
        };
        let (asserted, denied, doubted) = (of(ASSERTED), of(DENIED), of(DOUBTED));
        let has_others = !denied.is_empty() || !doubted.is_empty();
        let (label, attribute) = (label.id.clone(), asked.id.clone());
        (has_others && !asserted.is_empty()).then_some(MannerTerm { label, attribute, asserted, denied, doubted })
    })
}
