//! Whether a changed codebook still takes everything that the one before took.
//!
//! It looks at the codebooks alone, not at what was marked: that is the quick answer when not every layer can be
//! read. Where it says no, the marks themselves would have to be looked at.

use super::{AttributeKind, Codebook, Label, Question, RelationKind, Role};
use crate::model::attribute::{Attribute, Choice};

impl Codebook {
    /// Whether every mark, relation and answer that `other` takes is valid under this codebook too, whatever they
    /// are. True for a change that only adds or renames.
    pub fn takes_all_of(&self, other: &Self) -> bool {
        let labels = other.labels.iter().all(|old| self.label(&old.id).is_some_and(|new| label(new, old)));
        let kinds = other.relations.iter().all(|old| self.relation(&old.id).is_some_and(|new| kind(new, old)));
        let asked = |old: &Question| self.question(&old.attribute.id).is_some_and(|new| question(new, old));
        labels && kinds && other.questions.iter().all(asked)
    }
}

fn label(new: &Label, old: &Label) -> bool {
    attributes(&new.attributes, &old.attributes)
}

fn kind(new: &RelationKind, old: &RelationKind) -> bool {
    let role_of = |old: &Role| new.roles.iter().find(|new| new.id == old.id).is_some_and(|new| role(new, old));
    new.across_articles == old.across_articles
        && old.roles.iter().all(role_of)
        && attributes(&new.attributes, &old.attributes)
}

/// Fillers may become more, `most` may grow; fewer would refuse members that were fine.
fn role(new: &Role, old: &Role) -> bool {
    let fillers = new.fillers.is_empty()
        || (!old.fillers.is_empty() && old.fillers.iter().all(|filler| new.fillers.contains(filler)));
    let most = match (new.most, old.most) {
        (None, _) => true,
        (Some(new), Some(old)) => new >= old,
        (Some(_), None) => false,
    };
    fillers && most
}

fn question(new: &Question, old: &Question) -> bool {
    new.for_each_target == old.for_each_target && attribute(&new.attribute, &old.attribute)
}

fn attributes(new: &[Attribute], old: &[Attribute]) -> bool {
    old.iter().all(|old| new.iter().find(|new| new.id == old.id).is_some_and(|new| attribute(new, old)))
}

/// Choices may become more; the bounds of numbers must stay as they were.
fn attribute(new: &Attribute, old: &Attribute) -> bool {
    let choices = |new: &[Choice], old: &[Choice]| old.iter().all(|old| new.iter().any(|new| new.id == old.id));
    match (&new.kind, &old.kind) {
        (AttributeKind::Choice(new), AttributeKind::Choice(old))
        | (AttributeKind::Choices(new), AttributeKind::Choices(old)) => choices(new, old),
        (new, old) => new == old,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChoiceId, LabelColor, LabelId, LinePattern, Rgb};

    fn codebook(choices: &[&str]) -> Codebook {
        let choice = |id: &&str| Choice { id: ChoiceId::new(id).unwrap(), name: id.to_uppercase() };
        let kind = AttributeKind::Choice(choices.iter().map(choice).collect());
        let attribute = Attribute {
            id: "form".parse().unwrap(),
            name: "Form".to_owned(),
            description: String::new(),
            kind,
            required: false,
            shown_when: None,
        };
        let label = Label {
            id: LabelId::new("quote").unwrap(),
            name: "Quote".to_owned(),
            description: String::new(),
            examples: Vec::new(),
            initials: "Qu".to_owned(),
            color: LabelColor { light: Rgb([0; 3]), dark: Rgb([255; 3]) },
            pattern: LinePattern::Solid,
            key: None,
            extent: super::super::Extent::Words,
            attributes: vec![attribute],
        };
        Codebook { labels: vec![label], ..Codebook::empty("Test") }
    }

    #[test]
    fn what_only_adds_takes_everything_and_what_takes_away_does_not() {
        let (small, large) = (codebook(&["direct"]), codebook(&["direct", "indirect"]));
        assert!(small.takes_all_of(&small) && large.takes_all_of(&small) && !small.takes_all_of(&large));
        assert!(small.takes_all_of(&Codebook::empty("Test")) && !Codebook::empty("Test").takes_all_of(&small));
        let mut other_kind = small.clone();
        other_kind.labels[0].attributes[0].kind = AttributeKind::Text;
        assert!(!other_kind.takes_all_of(&small));
        let mut renamed = small.clone();
        renamed.labels[0].name = "Quotation".to_owned();
        assert!(renamed.takes_all_of(&small));
    }
}
