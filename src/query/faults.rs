//! What is wrong with a relation, as a list of things to mend. It says nothing of how they are worded.

use super::Relations;
use crate::{
    diagnostic::Diagnostic,
    model::{Annotation, Attribute, Codebook, KindId, Relation, RelationId, RelationKind, Role, unanswered},
};

/// One thing that is wrong with a relation.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault<'a> {
    /// The codebook has no relation of this kind (any longer); nothing else can be said of it then.
    UnknownKind(&'a KindId),
    /// A role has fewer members than it wants at least.
    MissingMember(&'a Role),
    /// A required attribute that is asked has no answer.
    MissingAnswer(&'a Attribute),
    /// A mark, or a relation, stands in it twice.
    OwnMember,
    /// Another relation of its kind joins the same; that one is named.
    Twin(RelationId),
    /// A rule that every relation must keep, such as what may fill a role: the codebook was another when it was made.
    Broken(Diagnostic),
}

impl<'a> Relations<'a> {
    /// What is wrong with a relation of the annotator's own: what is missing, in the order of the codebook, then the
    /// first rule that it breaks. Members in layers that were not read are taken on trust.
    pub fn faults(&self, id: RelationId, relation: &'a Relation) -> Vec<Fault<'a>> {
        let Some(kind) = self.project.codebook().relation(&relation.kind) else {
            return vec![Fault::UnknownKind(&relation.kind)];
        };
        let missing = missing_members(kind, relation).map(Fault::MissingMember);
        let unanswered = unanswered(&kind.attributes, &relation.attributes);
        let own = joins_itself(relation).then_some(Fault::OwnMember);
        let twin = self.twin(kind, relation, Some(id)).map(Fault::Twin);
        let home = Self::home(kind, self.article);
        let broken = self.project.check_relation(&home, self.annotator, id, relation).err().map(Fault::Broken);
        missing.chain(unanswered.map(Fault::MissingAnswer)).chain(own).chain(twin).chain(broken).collect()
    }

    /// Whether something is missing of a relation: a member, or an answer.
    pub fn is_incomplete(&self, relation: &Relation) -> bool {
        let kind = self.project.codebook().relation(&relation.kind);
        kind.is_some_and(|kind| {
            missing_members(kind, relation).next().is_some()
                || unanswered(&kind.attributes, &relation.attributes).next().is_some()
        })
    }
}

/// Whether something stands in a relation twice.
pub fn joins_itself(relation: &Relation) -> bool {
    let mut members = relation.members.iter().enumerate();
    members.any(|(at, member)| relation.members[..at].iter().any(|other| other.target.item == member.target.item))
}

/// Whether a required answer to what is asked of a mark is missing.
pub fn is_incomplete(codebook: &Codebook, annotation: &Annotation) -> bool {
    let label = codebook.label(&annotation.label);
    label.is_some_and(|label| unanswered(&label.attributes, &annotation.attributes).next().is_some())
}

/// The roles with fewer members than they need.
fn missing_members<'a>(kind: &'a RelationKind, relation: &'a Relation) -> impl Iterator<Item = &'a Role> {
    kind.roles.iter().filter(|role| relation.in_role(&role.id).count() < role.least as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Attribute, AttributeId, AttributeKind, Item},
        query::testing::{id, kind, names, project_with, relation, relation_id},
    };

    /// The faults of a relation among the marks 1 to 3, under a codebook with one kind called pair.
    fn faults(pair: RelationKind, relation: &Relation) -> Vec<String> {
        let (project, (article, annotator)) = (project_with(pair), names());
        let relations = Relations::new(&project, &article, &annotator);
        let shown = |fault: &Fault<'_>| match fault {
            Fault::UnknownKind(kind) => format!("unknown {kind}"),
            Fault::MissingMember(role) => format!("missing {}", role.id),
            Fault::MissingAnswer(attribute) => format!("unanswered {}", attribute.id),
            Fault::OwnMember => "twice".to_owned(),
            Fault::Twin(other) => format!("as {}", other.0.as_u64()),
            Fault::Broken(why) => why.code.to_string(),
        };
        relations.faults(relation_id(7), relation).iter().map(shown).collect()
    }

    #[test]
    fn what_is_missing_comes_before_the_rule_that_is_broken() {
        let mut pair = kind("pair", [None; 3]);
        assert_eq!(faults(pair.clone(), &relation("pair", &[id(1).into()])), [""; 0]);
        pair.roles[1].least = 1;
        pair.attributes.push(Attribute {
            id: AttributeId::new("sure").unwrap(),
            name: "Sure".to_owned(),
            description: String::new(),
            kind: AttributeKind::YesNo,
            required: true,
            shown_when: None,
        });
        assert_eq!(faults(pair.clone(), &relation("pair", &[id(1).into()])), ["missing other", "unanswered sure"]);
        let twice: [Item; 2] = [id(1).into(), id(1).into()];
        assert_eq!(faults(pair.clone(), &relation("pair", &twice)), ["unanswered sure", "twice"]);
        let same: [Item; 2] = [id(1).into(), id(2).into()];
        assert_eq!(faults(pair.clone(), &relation("pair", &same)), ["unanswered sure", "as 8"]);
        let gone: [Item; 2] = [id(1).into(), id(99).into()];
        assert_eq!(faults(pair, &relation("pair", &gone)), ["unanswered sure", "no-such-member"]);
    }

    #[test]
    fn of_a_kind_that_the_codebook_does_not_have_nothing_else_is_said() {
        assert_eq!(faults(kind("pair", [None; 3]), &relation("link", &[])), ["unknown link"]);
    }
}
