//! A row of the codebook as it stands, as it is being written, and the commands that keep it.
//!
//! It changes nothing: what can't be kept stays a draft, and says why.
//!
//! The editor’s forms write into [`RowDraft::now`]. A draft that the codebook would refuse is kept on the screen and
//! told, never sent. Names lose white space at their ends before they are compared or kept.

use super::{codebook::CodebookCommand, table};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Attribute, AttributeId, AttributeKind, Codebook, Condition, KindId, Label, LabelId, Question, RelationKind,
        Value,
    },
    phrase,
    text::Phrase,
};

/// Which row of the codebook is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowId {
    Label(LabelId),
    Relation(KindId),
    Question(AttributeId),
    /// The list of targets.
    Targets,
    /// Name and guidelines.
    About,
}

/// A row of the codebook, with everything in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodebookRow {
    Label(Box<Label>),
    Relation(Box<RelationKind>),
    Question(Box<Question>),
    Targets(Vec<String>),
    About { name: String, guidelines: String },
}

/// A row as the codebook has it, and as it is being written.
#[derive(Clone, Debug)]
pub struct RowDraft {
    /// As the codebook had it when it was last looked at.
    base: CodebookRow,
    /// As it is written; the form changes this.
    pub now: CodebookRow,
}

impl RowDraft {
    pub fn of(row: CodebookRow) -> Self {
        Self { now: row.clone(), base: row }
    }

    /// Takes up that the codebook’s row has become another one, as by undo; what was written is lost then.
    pub fn follow(&mut self, row: CodebookRow) {
        if row != self.base {
            *self = Self::of(row);
        }
    }

    /// Goes back to the codebook’s row.
    pub fn discard(&mut self) {
        self.now = self.base.clone();
    }

    /// The commands that make the codebook’s row what is written; none where nothing differs or the codebook would
    /// refuse it. The draft then counts as kept.
    pub fn settle(&mut self, codebook: &Codebook) -> Vec<CodebookCommand> {
        let now = self.now.clone().tidy();
        if now == self.base || now.problem(codebook).is_some() {
            return Vec::new();
        }
        let commands = now.clone().commands(&self.base);
        *self = Self::of(now);
        commands
    }
}

impl CodebookRow {
    /// The row as it stands; `None` where the codebook does not have it.
    pub fn of(codebook: &Codebook, picked: &RowId) -> Option<Self> {
        match picked {
            RowId::Label(id) => codebook.label(id).cloned().map(Box::new).map(Self::Label),
            RowId::Relation(id) => codebook.relation(id).cloned().map(Box::new).map(Self::Relation),
            RowId::Question(id) => codebook.question(id).cloned().map(Box::new).map(Self::Question),
            RowId::Targets => Some(Self::Targets(codebook.targets.clone())),
            RowId::About => Some(Self::About { name: codebook.name.clone(), guidelines: codebook.guidelines.clone() }),
        }
    }

    /// The first thing that would be refused of what is written: a key that a command has, a missing name, or what
    /// [`Codebook::check`] finds.
    pub fn problem(&self, codebook: &Codebook) -> Option<Diagnostic> {
        if let Self::Label(label) = self
            && let Some(row) = label.key.and_then(row_of_key)
        {
            let key = label.key.unwrap_or_default();
            let text = phrase!("The key {key} is taken: {what}", key = &key, what = Phrase::plain(row.text));
            return Some(Diagnostic::error("key-clash", text).hint("Choose another key"));
        }
        let is_empty = |name: &&str| name.trim().is_empty();
        if self.name().as_ref().is_some_and(is_empty) {
            return Some(Diagnostic::error("no-name", "It needs a name").hint("Write one"));
        }
        if self.inner_names().iter().any(is_empty) {
            let text = "A role, an attribute or a choice has no name";
            return Some(Diagnostic::error("no-inner-name", text).hint("Write one, or remove it"));
        }
        let mut after = codebook.clone();
        match self.clone().tidy() {
            Self::Label(label) => replace(&mut after.labels, *label, |l| l.id.as_str()),
            Self::Relation(kind) => replace(&mut after.relations, *kind, |k| k.id.as_str()),
            Self::Question(question) => replace(&mut after.questions, *question, |q| q.attribute.id.as_str()),
            Self::Targets(_) | Self::About { .. } => return None,
        }
        after.check().into_iter().next()
    }

    /// Its own name, where it has one.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Label(label) => Some(&label.name),
            Self::Relation(kind) => Some(&kind.name),
            Self::Question(question) => Some(&question.attribute.name),
            Self::About { name, .. } => Some(name),
            Self::Targets(_) => None,
        }
    }

    /// The names of roles, attributes and choices in it: none of them may be empty.
    fn inner_names(&self) -> Vec<&str> {
        let attributes: &[Attribute] = match self {
            Self::Label(label) => &label.attributes,
            Self::Relation(kind) => &kind.attributes,
            Self::Question(question) => std::slice::from_ref(&question.attribute),
            Self::Targets(_) | Self::About { .. } => &[],
        };
        let roles = match self {
            Self::Relation(kind) => kind.roles.as_slice(),
            _ => &[],
        };
        let mut names: Vec<&str> = roles.iter().map(|r| r.name.as_str()).collect();
        for attribute in attributes {
            names.push(&attribute.name);
            names.extend(attribute.choices().iter().map(|c| c.name.as_str()));
        }
        names
    }

    /// The row as it is kept: no white space around names, no empty lines in lists, no condition that can never hold.
    fn tidy(self) -> Self {
        match self {
            Self::Label(mut label) => {
                trim(&mut label.name);
                trim(&mut label.description);
                label.examples = lines(&label.examples);
                tidy_attributes(&mut label.attributes);
                Self::Label(label)
            }
            Self::Relation(mut kind) => {
                trim(&mut kind.name);
                trim(&mut kind.description);
                kind.roles.iter_mut().for_each(|r| trim(&mut r.name));
                tidy_attributes(&mut kind.attributes);
                Self::Relation(kind)
            }
            Self::Question(mut question) => {
                tidy_attributes(std::slice::from_mut(&mut question.attribute));
                Self::Question(question)
            }
            Self::Targets(targets) => Self::Targets(lines(&targets)),
            Self::About { name, guidelines } => Self::About { name: name.trim().to_owned(), guidelines },
        }
    }

    /// The commands that make it of `base`; only what differs, where a row has two commands.
    fn commands(self, base: &Self) -> Vec<CodebookCommand> {
        match (self, base) {
            (Self::Label(label), _) => vec![CodebookCommand::PutLabel(label)],
            (Self::Relation(kind), _) => vec![CodebookCommand::PutRelation(kind)],
            (Self::Question(question), _) => vec![CodebookCommand::PutQuestion(question)],
            (Self::Targets(targets), _) => vec![CodebookCommand::Targets(targets)],
            (Self::About { name, guidelines }, Self::About { name: old_name, guidelines: old_text }) => {
                let rename = (name != *old_name).then_some(CodebookCommand::Rename(name));
                let write = (guidelines != *old_text).then_some(CodebookCommand::Guidelines(guidelines));
                rename.into_iter().chain(write).collect()
            }
            (Self::About { .. }, _) => Vec::new(),
        }
    }
}

/// The command that has this bare key, in upper or lower case: a label may not have it.
fn row_of_key(key: char) -> Option<&'static table::CommandRow> {
    let key = key.to_lowercase().to_string();
    table::ROWS.iter().find(|r| r.keys.split(' ').any(|k| k.to_lowercase() == key))
}

/// Replaces the row of the same id; does nothing where there is none.
fn replace<T>(rows: &mut [T], row: T, id: impl Fn(&T) -> &str) {
    if let Some(place) = rows.iter_mut().find(|r| id(r) == id(&row)) {
        *place = row;
    }
}

fn trim(text: &mut String) {
    *text = text.trim().to_owned();
}

fn lines(lines: &[String]) -> Vec<String> {
    lines.iter().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect()
}

fn tidy_attributes(attributes: &mut [Attribute]) {
    for attribute in attributes.iter_mut() {
        trim(&mut attribute.name);
        trim(&mut attribute.description);
        if let AttributeKind::Choice(choices) | AttributeKind::Choices(choices) = &mut attribute.kind {
            choices.iter_mut().for_each(|c| trim(&mut c.name));
        }
    }
    let conditions = conditions(attributes);
    for attribute in attributes {
        let still = |wanted: &Condition| conditions.iter().any(|(condition, _)| condition == wanted);
        let own = attribute.id.clone();
        attribute.shown_when.take_if(|c| c.attribute == own || !still(c));
    }
}

/// Every answer that another attribute may be shown for (choices, and yes or no), with the words for it: “Form:
/// direct”.
pub fn conditions(attributes: &[Attribute]) -> Vec<(Condition, Phrase)> {
    let mut found = Vec::new();
    for attribute in attributes {
        let name = attribute.name.as_str();
        let mut add = |is: Value, answer: Phrase| {
            let words = phrase!("{attribute}: {answer}", attribute = name, answer);
            found.push((Condition { attribute: attribute.id.clone(), is }, words));
        };
        match &attribute.kind {
            AttributeKind::Choice(choices) => {
                choices.iter().for_each(|c| add(Value::Choice(c.id.clone()), Phrase::verbatim(c.name.clone())));
            }
            AttributeKind::YesNo => {
                add(Value::YesNo(true), phrase!("Yes"));
                add(Value::YesNo(false), phrase!("No"));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Choice, ChoiceId, Extent, LabelColor, LinePattern, Rgb};

    fn attribute(name: &str, kind: AttributeKind) -> Attribute {
        Attribute {
            id: AttributeId::new(name).unwrap(),
            name: name.to_owned(),
            description: String::new(),
            kind,
            required: false,
            shown_when: None,
        }
    }

    fn label(name: &str, key: char) -> Label {
        let gray = Rgb([0x80; 3]);
        Label {
            id: LabelId::new(name).unwrap(),
            name: name.to_owned(),
            description: String::new(),
            examples: Vec::new(),
            initials: name[..1].to_owned(),
            color: LabelColor { light: gray, dark: gray },
            pattern: LinePattern::Solid,
            key: Some(key),
            extent: Extent::default(),
            attributes: Vec::new(),
        }
    }

    fn codebook() -> Codebook {
        Codebook { labels: vec![label("claim", '1'), label("quote", '2')], ..Codebook::empty("News") }
    }

    /// A draft of the first label with something written in it.
    fn written(write: impl FnOnce(&mut Label)) -> RowDraft {
        let codebook = codebook();
        let row = CodebookRow::of(&codebook, &RowId::Label(codebook.labels[0].id.clone())).unwrap();
        let mut draft = RowDraft::of(row);
        let CodebookRow::Label(label) = &mut draft.now else { panic!("it is a label") };
        write(label);
        draft
    }

    #[test]
    fn a_draft_is_kept_once_and_without_blanks() {
        let mut draft = written(|label| {
            label.name = "  Assertion ".to_owned();
            label.examples = ["", " The toll fell. "].map(str::to_owned).to_vec();
        });
        let commands = draft.settle(&codebook());
        let [CodebookCommand::PutLabel(kept)] = commands.as_slice() else { panic!("it keeps a label") };
        assert_eq!((kept.name.as_str(), kept.examples.join("|").as_str()), ("Assertion", "The toll fell."));
        assert_eq!(draft.settle(&codebook()), [], "nothing was written since");
        assert_eq!(written(|label| label.name.push(' ')).settle(&codebook()), [], "blanks alone are no change");
    }

    #[test]
    fn what_the_codebook_can_not_be_stays_a_draft_and_says_why() {
        let check = |write: fn(&mut Label), code: &str| {
            let mut draft = written(write);
            assert_eq!(draft.now.problem(&codebook()).map(|p| p.code.into_owned()).as_deref(), Some(code));
            assert_eq!(draft.settle(&codebook()), []);
        };
        check(|label| label.name.clear(), "no-name");
        check(|label| label.key = Some('2'), "key-clash");
        check(
            |label| {
                label.attributes = vec![Attribute { name: String::new(), ..attribute("form", AttributeKind::Text) }];
            },
            "no-inner-name",
        );
    }

    #[test]
    fn what_was_changed_elsewhere_takes_the_place_of_a_draft() {
        let mut draft = written(|label| label.name = "Assertion".to_owned());
        draft.follow(draft.base.clone());
        assert_ne!(draft.now, draft.base, "it stands as it did");
        draft.follow(CodebookRow::Label(Box::new(label("claim", '7'))));
        assert_eq!(draft.now, CodebookRow::Label(Box::new(label("claim", '7'))));
    }

    #[test]
    fn a_condition_goes_with_the_choice_that_it_needs() {
        let choice = |name: &str| Choice { id: ChoiceId::new(name).unwrap(), name: name.to_owned() };
        let form = attribute("form", AttributeKind::Choice(vec![choice("direct"), choice("mixed")]));
        let sure = attribute("sure", AttributeKind::YesNo);
        let all = conditions(&[form.clone(), sure]);
        let words: Vec<String> = all.iter().map(|(_, words)| words.to_string()).collect();
        assert_eq!(words, ["form: direct", "form: mixed", "sure: Yes", "sure: No"]);
        let of = |kind: AttributeKind| {
            let why = Attribute { shown_when: Some(all[1].0.clone()), ..attribute("why", AttributeKind::Text) };
            let mut attributes = [Attribute { kind, ..form.clone() }, why];
            tidy_attributes(&mut attributes);
            attributes[1].shown_when.is_some()
        };
        assert!(of(form.kind.clone()));
        assert!(!of(AttributeKind::Choice(vec![choice("direct")])));
    }
}
