//! What of a codebook means what: which relation says who said something, which label is a stance, which relations join
//! what belongs together.
//!
//! No label is known by name. What the codebook tells by its structure is taken from there: a stance is what asks for a
//! target, a source is what may fill the role of one. Where structure can’t tell, as with the sides of a stance, ids and
//! names are read, in the words that codebooks use.

use crate::model::{
    Attribute, AttributeId, AttributeKind, Attributes, Codebook, Filler, KindId, Label, LabelId, Question,
    RelationKind, Role, RoleId, Value,
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

/// A kind of relation that says who said what.
#[derive(Clone, Debug)]
pub(super) struct AttributionTerm {
    pub kind: KindId,
    pub said: RoleId,
    pub source: RoleId,
    pub cue: Option<RoleId>,
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

/// A kind of relation that joins what belongs together.
#[derive(Clone, Debug)]
pub(super) struct TieTerm {
    pub tie: Tie,
    /// The first role, which the relation starts from, and the other one.
    pub roles: [RoleId; 2],
}

/// What a relation says of two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tie {
    /// They say the same.
    Same,
    /// They cannot both be true.
    Contradicts,
    /// The first speaks for the other.
    Supports,
    /// The first speaks against the other.
    Disputes,
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

const SOURCE: &[&str] = &["source", "speaker", "holder", "who"];
const CUE: &[&str] = &["cue", "verb", "trigger"];
const IDENTITY: &[&str] = &["who", "identity", "entity", "canonical", "person", "name"];
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
        let attributions: Vec<AttributionTerm> = codebook.relations.iter().filter_map(attribution).collect();
        let sources: Vec<&Label> = labels().filter(|label| may_be_source(codebook, &attributions, label)).collect();
        let identity = |label: &&Label| {
            let attribute = identity(label)?;
            Some(IdentityTerm { label: label.id.clone(), attribute: attribute.id.clone() })
        };
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

/// Whether an id or a name is one of these words.
fn is_called(id: &str, name: &str, words: &[&str]) -> bool {
    words.contains(&id) || words.contains(&name.to_lowercase().as_str())
}

fn role_called<'k>(kind: &'k RelationKind, words: &[&str]) -> Option<&'k Role> {
    kind.roles.iter().find(|role| is_called(role.id.as_str(), &role.name, words))
}

/// The id of the first attribute with one of these words for an id or a name.
fn called<'a>(mut attributes: impl Iterator<Item = &'a Attribute>, words: &[&str]) -> Option<AttributeId> {
    attributes.find(|asked| is_called(asked.id.as_str(), &asked.name, words)).map(|asked| asked.id.clone())
}

/// A relation in one article is an attribution where it has a role for the source and one for what is said.
fn attribution(kind: &RelationKind) -> Option<AttributionTerm> {
    if kind.across_articles {
        return None;
    }
    let (source, cue) = (role_called(kind, SOURCE)?, role_called(kind, CUE));
    let said = kind.roles.iter().find(|role| role.id != source.id && Some(&role.id) != cue.map(|cue| &cue.id))?;
    Some(AttributionTerm {
        kind: kind.id.clone(),
        said: said.id.clone(),
        source: source.id.clone(),
        cue: cue.map(|cue| cue.id.clone()),
    })
}

fn may_be_source(codebook: &Codebook, attributions: &[AttributionTerm], label: &Label) -> bool {
    let filler = Filler::Label(label.id.clone());
    attributions.iter().any(|term| {
        let role = codebook.relation(&term.kind).and_then(|kind| kind.role(&term.source));
        role.is_some_and(|role| role.may_be_filled_by(&filler))
    })
}

/// The attribute that says who a source is: one called so, else the only one that is free text.
fn identity(label: &Label) -> Option<&Attribute> {
    let texts: Vec<&Attribute> = label.attributes.iter().filter(|asked| asked.kind == AttributeKind::Text).collect();
    let is_named = |asked: &&&Attribute| is_called(asked.id.as_str(), &asked.name, IDENTITY);
    texts.iter().find(is_named).copied().or(if texts.len() == 1 { texts.first().copied() } else { None })
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

/// Two roles that nothing tells apart join what says the same, unless the kind is called the opposite.
fn tie(kind: &RelationKind) -> Option<(KindId, TieTerm)> {
    let [one, other, ..] = kind.roles.as_slice() else { return None };
    let (id, name) = (kind.id.as_str(), kind.name.to_lowercase());
    let says = |parts: &[&str]| parts.iter().any(|part| id.contains(part) || name.contains(part));
    let tie = match () {
        () if says(&["contradict", "conflict", "denie", "deny"]) => Tie::Contradicts,
        () if says(&["attack", "disput", "refut", "rebut", "doubt", "oppose", "against"]) => Tie::Disputes,
        () if says(&["support", "back"]) => Tie::Supports,
        () if kind.is_symmetric() && (kind.across_articles || says(&["same", "equal"])) => Tie::Same,
        () => return None,
    };
    Some((kind.id.clone(), TieTerm { tie, roles: [one.id.clone(), other.id.clone()] }))
}
