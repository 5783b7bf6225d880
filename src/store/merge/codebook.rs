//! Codebooks: labels, relations and questions by their ids, and each of them field by field.
//!
//! Nothing of a codebook can be there twice, so what both sides have changed differently is refused; all such places
//! are told at once.

use super::{
    fields::{lists, pick},
    versions::{Versions, differing},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Attribute, AttributeKind, Choice, Codebook, Label, Question, RelationKind, Role},
    phrase,
};

/// A codebook of both sides.
///
/// # Errors
/// A side breaks a rule, as where an id is there twice: then its rows can't be told apart by their ids. Or every field
/// that both sides have changed and not alike, as one.
pub fn merged(versions: &Versions<Codebook>, conflicts: &mut Vec<Diagnostic>) -> Result<Codebook, Diagnostic> {
    let Versions { base, ours, theirs } = versions;
    if let Some(broken) = [ours, theirs].into_iter().flat_map(Codebook::check).next() {
        return Err(broken);
    }
    let base = base.as_ref();
    let mut differ = Differ::default();
    let mut codebook = Codebook {
        name: differ.field("name", "the codebook", base.map(|b| &b.name), &ours.name, &theirs.name),
        version: ours.version.max(theirs.version),
        guidelines: differ.field(
            "guidelines",
            "the codebook",
            base.map(|b| &b.guidelines),
            &ours.guidelines,
            &theirs.guidelines,
        ),
        targets: lists(list(base, |b| &b.targets), &ours.targets, &theirs.targets, String::clone, |_, ours, _| {
            ours.cloned()
        }),
        labels: lists(
            list(base, |b| &b.labels),
            &ours.labels,
            &theirs.labels,
            |l| l.id.clone(),
            |was, our, their| differ.row(was, our, their, Differ::label),
        ),
        relations: lists(
            list(base, |b| &b.relations),
            &ours.relations,
            &theirs.relations,
            |kind| kind.id.clone(),
            |was, our, their| differ.row(was, our, their, Differ::relation),
        ),
        questions: lists(
            list(base, |b| &b.questions),
            &ours.questions,
            &theirs.questions,
            |question| question.attribute.id.clone(),
            |was, our, their| differ.row(was, our, their, Differ::question),
        ),
    };
    if let Some(refused) = differ.into_refusal() {
        return Err(refused);
    }
    each_key_once(&mut codebook, conflicts);
    codebook.check().into_iter().next().map_or(Ok(codebook), Err)
}

/// Takes a key away from a label where another has it: both sides may have given the same key.
fn each_key_once(codebook: &mut Codebook, conflicts: &mut Vec<Diagnostic>) {
    let mut taken = Vec::new();
    for label in &mut codebook.labels {
        let Some(key) = label.key else { continue };
        if !taken.contains(&key) {
            taken.push(key);
            continue;
        }
        label.key = None;
        let (label, key) = (label.name.clone(), key.to_string());
        conflicts.push(
            Diagnostic::warning(
                "key-clash",
                phrase!("“{label}” has no key any more: both sides have given {key} to a label", label, key),
            )
            .hint("Give it another key in the codebook"),
        );
    }
}

/// Fields that both sides have changed and not alike, gathered to be told at once.
#[derive(Default)]
struct Differ(Vec<Diagnostic>);

impl Differ {
    /// All of them as one refusal; `None` where there are none.
    fn into_refusal(self) -> Option<Diagnostic> {
        let mut all = self.0.into_iter();
        let first = all.next()?;
        Some(all.fold(first, |first, other| first.hint(phrase!("Also: {other}", other = other.message))))
    }

    /// The version of a field that holds; ours where neither does, as the outcome is refused then.
    fn field<T: PartialEq + Clone>(&mut self, field: &str, of: &str, base: Option<&T>, ours: &T, theirs: &T) -> T {
        let one = pick(base, ours, theirs);
        if one.is_none() {
            self.0.push(differing(phrase!("Both sides have changed the {field} of {of}", field, of)));
        }
        one.unwrap_or(ours).clone()
    }

    /// A row that is on both sides, merged; one that one side removed and the other changed stays.
    fn row<T: Clone>(
        &mut self,
        base: Option<&T>,
        ours: Option<&T>,
        theirs: Option<&T>,
        merge: impl FnOnce(&mut Self, Option<&T>, &T, &T) -> T,
    ) -> Option<T> {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => Some(merge(self, base, ours, theirs)),
            (one, other) => one.or(other).cloned(),
        }
    }

    fn label(&mut self, base: Option<&Label>, ours: &Label, theirs: &Label) -> Label {
        let of = format!("“{}”", ours.name);
        Label {
            id: ours.id.clone(),
            name: self.field("name", &of, base.map(|b| &b.name), &ours.name, &theirs.name),
            description: self.field(
                "description",
                &of,
                base.map(|b| &b.description),
                &ours.description,
                &theirs.description,
            ),
            examples: lists(list(base, |b| &b.examples), &ours.examples, &theirs.examples, String::clone, |_, o, _| {
                o.cloned()
            }),
            initials: self.field("initials", &of, base.map(|b| &b.initials), &ours.initials, &theirs.initials),
            color: self.field("colour", &of, base.map(|b| &b.color), &ours.color, &theirs.color),
            pattern: self.field("line", &of, base.map(|b| &b.pattern), &ours.pattern, &theirs.pattern),
            key: self.field("key", &of, base.map(|b| &b.key), &ours.key, &theirs.key),
            extent: self.field("extent", &of, base.map(|b| &b.extent), &ours.extent, &theirs.extent),
            attributes: self.attributes(list(base, |b| &b.attributes), &ours.attributes, &theirs.attributes),
        }
    }

    fn relation(&mut self, base: Option<&RelationKind>, ours: &RelationKind, theirs: &RelationKind) -> RelationKind {
        let of = format!("“{}”", ours.name);
        let (was, across) = (list(base, |b| &b.roles), base.map(|b| &b.across_articles));
        RelationKind {
            id: ours.id.clone(),
            name: self.field("name", &of, base.map(|b| &b.name), &ours.name, &theirs.name),
            description: self.field(
                "description",
                &of,
                base.map(|b| &b.description),
                &ours.description,
                &theirs.description,
            ),
            roles: lists(
                was,
                &ours.roles,
                &theirs.roles,
                |role| role.id.clone(),
                |was, our, their| {
                    self.row(was, our, their, |differ, base: Option<&Role>, our: &Role, their: &Role| {
                        differ.field("roles", &of, base, our, their)
                    })
                },
            ),
            across_articles: self.field("reach", &of, across, &ours.across_articles, &theirs.across_articles),
            attributes: self.attributes(list(base, |b| &b.attributes), &ours.attributes, &theirs.attributes),
        }
    }

    fn question(&mut self, base: Option<&Question>, ours: &Question, theirs: &Question) -> Question {
        let of = format!("“{}”", ours.attribute.name);
        let each = base.map(|b| &b.for_each_target);
        Question {
            attribute: self.attribute(base.map(|b| &b.attribute), &ours.attribute, &theirs.attribute),
            for_each_target: self.field("targets", &of, each, &ours.for_each_target, &theirs.for_each_target),
        }
    }

    fn attributes(&mut self, base: &[Attribute], ours: &[Attribute], theirs: &[Attribute]) -> Vec<Attribute> {
        lists(
            base,
            ours,
            theirs,
            |attribute| attribute.id.clone(),
            |was, our, their| self.row(was, our, their, Self::attribute),
        )
    }

    fn attribute(&mut self, base: Option<&Attribute>, ours: &Attribute, theirs: &Attribute) -> Attribute {
        let of = format!("“{}”", ours.name);
        let (was, when) = (base.map(|b| &b.description), base.map(|b| &b.shown_when));
        Attribute {
            id: ours.id.clone(),
            name: self.field("name", &of, base.map(|b| &b.name), &ours.name, &theirs.name),
            description: self.field("description", &of, was, &ours.description, &theirs.description),
            kind: self.kind(&of, base.map(|b| &b.kind), &ours.kind, &theirs.kind),
            required: self.field("need", &of, base.map(|b| &b.required), &ours.required, &theirs.required),
            shown_when: self.field("condition", &of, when, &ours.shown_when, &theirs.shown_when),
        }
    }

    fn kind(
        &mut self,
        of: &str,
        base: Option<&AttributeKind>,
        ours: &AttributeKind,
        theirs: &AttributeKind,
    ) -> AttributeKind {
        type Of = fn(Vec<Choice>) -> AttributeKind;
        let (kind, our, their): (Of, _, _) = match (ours, theirs) {
            (AttributeKind::Choice(our), AttributeKind::Choice(their)) => (AttributeKind::Choice, our, their),
            (AttributeKind::Choices(our), AttributeKind::Choices(their)) => (AttributeKind::Choices, our, their),
            _ => return self.field("kind", of, base, ours, theirs),
        };
        let was: &[Choice] = match base {
            Some(AttributeKind::Choice(was) | AttributeKind::Choices(was)) => was,
            _ => &[],
        };
        kind(lists(
            was,
            our,
            their,
            |choice| choice.id.clone(),
            |was, our, their| {
                self.row(was, our, their, |differ, was: Option<&Choice>, our: &Choice, their: &Choice| {
                    differ.field("choices", of, was, our, their)
                })
            },
        ))
    }
}

/// A list of the base; empty where there is no base.
fn list<'b, B, T>(base: Option<&'b B>, of: impl FnOnce(&'b B) -> &'b Vec<T>) -> &'b [T] {
    base.map_or(&[], |base| of(base).as_slice())
}
