//! A change of the codebook in the journal: the rows that differ, with how many stand before them.
//!
//! A codebook is kilobytes and a change of it a few bytes, so that the journal has the difference alone. It is put
//! onto a codebook only where that is as the change found it.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    super::{
        codebook::{CodebookFile, Identified, LabelRow, QuestionRow, RelationKindRow},
        shape::Prose,
    },
    Pair, Side,
};

/// What became of the codebook; what is not named stayed as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodebookChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Pair<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<Pair<u32>>,
    /// Line by line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guidelines: Option<Splice<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    targets: Option<Splice<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    labels: Option<Splice<LabelRow>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    relations: Option<Splice<RelationKindRow>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    questions: Option<Splice<QuestionRow>>,
}

/// The part of a list that differs: a run of items that was replaced by another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "T: DeserializeOwned"))]
struct Splice<T> {
    /// So many items stand before it, unchanged.
    after: usize,
    /// The items before the change.
    was: Vec<T>,
    /// The items after it.
    is: Vec<T>,
}

impl CodebookChange {
    /// The difference of two codebooks.
    pub fn between(was: &CodebookFile, is: &CodebookFile) -> Self {
        Self {
            name: Pair::between(&was.name, &is.name),
            version: Pair::between(&was.version, &is.version),
            guidelines: Splice::between(&lines(&was.guidelines), &lines(&is.guidelines)),
            targets: Splice::between(&was.targets, &is.targets),
            labels: Splice::between(&was.labels, &is.labels),
            relations: Splice::between(&was.relations, &is.relations),
            questions: Splice::between(&was.questions, &is.questions),
        }
    }

    /// Whether a codebook is on this side of the change, as far as the change speaks of it.
    pub fn holds(&self, codebook: &CodebookFile, side: Side) -> bool {
        self.name.as_ref().is_none_or(|name| *name.at(side) == codebook.name)
            && self.version.as_ref().is_none_or(|version| *version.at(side) == codebook.version)
            && is_at(self.guidelines.as_ref(), &lines(&codebook.guidelines), side)
            && is_at(self.targets.as_ref(), &codebook.targets, side)
            && is_at(self.labels.as_ref(), &codebook.labels, side)
            && is_at(self.relations.as_ref(), &codebook.relations, side)
            && is_at(self.questions.as_ref(), &codebook.questions, side)
    }

    /// Brings a codebook from the other side, on which it must be, to this side.
    pub fn put(&self, codebook: &mut CodebookFile, side: Side) {
        if let Some(name) = &self.name {
            codebook.name.clone_from(name.at(side));
        }
        if let Some(version) = &self.version {
            codebook.version = *version.at(side);
        }
        if let Some(guidelines) = &self.guidelines {
            let mut all = lines(&codebook.guidelines);
            guidelines.put(&mut all, side);
            codebook.guidelines = Prose(all.concat());
        }
        put(self.targets.as_ref(), &mut codebook.targets, side);
        put(self.labels.as_ref(), &mut codebook.labels, side);
        put(self.relations.as_ref(), &mut codebook.relations, side);
        put(self.questions.as_ref(), &mut codebook.questions, side);
    }
}

impl CodebookChange {
    /// The codebook's version on a side, where the change says it.
    pub fn version_at(&self, side: Side) -> Option<u32> {
        self.version.as_ref().map(|version| *version.at(side))
    }

    /// The ids of the labels that it changes, adds or removes.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        let rows = self.labels.iter().flat_map(|labels| labels.was.iter().chain(&labels.is));
        let is_same =
            |id: &str| self.labels.as_ref().is_some_and(|labels| labels.row(Side::Was, id) == labels.row(Side::Is, id));
        rows.map(Identified::id).filter(move |id| !is_same(id))
    }

    /// Whether labels, kinds or questions of the other side are missing on this one.
    pub fn lacks(&self, side: Side) -> bool {
        self.labels.as_ref().is_some_and(|splice| splice.lacks(side))
            || self.relations.as_ref().is_some_and(|splice| splice.lacks(side))
            || self.questions.as_ref().is_some_and(|splice| splice.lacks(side))
    }

    /// Puts back rows of the other side that are missing on this one, and undoes changes to other rows that still are
    /// as the change left them.
    pub fn restore(&self, codebook: &mut CodebookFile, side: Side) {
        restore(self.labels.as_ref(), &mut codebook.labels, side);
        restore(self.relations.as_ref(), &mut codebook.relations, side);
        restore(self.questions.as_ref(), &mut codebook.questions, side);
    }
}

fn restore<T: Identified + Clone + PartialEq>(splice: Option<&Splice<T>>, items: &mut Vec<T>, side: Side) {
    if let Some(splice) = splice {
        splice.restore(items, side);
    }
}

/// Lines with their ends, so that joining them gives the text again.
fn lines(text: &Prose) -> Vec<String> {
    text.0.split_inclusive('\n').map(str::to_owned).collect()
}

/// Whether a list is on this side; true where the change does not speak of it.
fn is_at<T: Clone + PartialEq>(splice: Option<&Splice<T>>, items: &[T], side: Side) -> bool {
    splice.is_none_or(|splice| splice.is_at(items, side))
}

fn put<T: Clone + PartialEq>(splice: Option<&Splice<T>>, items: &mut Vec<T>, side: Side) {
    if let Some(splice) = splice {
        splice.put(items, side);
    }
}

impl<T: Clone + PartialEq> Splice<T> {
    fn between(was: &[T], is: &[T]) -> Option<Self> {
        if was == is {
            return None;
        }
        let after = was.iter().zip(is).take_while(|(was, is)| was == is).count();
        let (was, is) = (&was[after..], &is[after..]);
        let same_end = was.iter().rev().zip(is.iter().rev()).take_while(|(was, is)| was == is).count();
        let (was, is) = (&was[..was.len() - same_end], &is[..is.len() - same_end]);
        Some(Self { after, was: was.to_vec(), is: is.to_vec() })
    }

    /// The items on a side.
    fn at(&self, side: Side) -> &[T] {
        match side {
            Side::Was => &self.was,
            Side::Is => &self.is,
        }
    }

    fn is_at(&self, items: &[T], side: Side) -> bool {
        items.get(self.after..).is_some_and(|items| items.starts_with(self.at(side)))
    }

    fn put(&self, items: &mut Vec<T>, side: Side) {
        let start = self.after.min(items.len());
        let end = (start + self.at(side.other()).len()).min(items.len());
        items.splice(start..end, self.at(side).iter().cloned());
    }
}

impl<T: Identified + Clone + PartialEq> Splice<T> {
    fn row(&self, side: Side, id: &str) -> Option<&T> {
        self.at(side).iter().find(|row| row.id() == id)
    }

    fn lacks(&self, side: Side) -> bool {
        self.at(side.other()).iter().any(|row| self.row(side, row.id()).is_none())
    }

    fn restore(&self, items: &mut Vec<T>, side: Side) {
        for (at, row) in (self.after..).zip(self.at(side.other())) {
            let here = self.row(side, row.id());
            match (items.iter_mut().find(|item| item.id() == row.id()), here) {
                (None, None) => items.insert(at.min(items.len()), row.clone()),
                (Some(item), Some(here)) if item == here => item.clone_from(row),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_splice_leads_from_one_list_to_the_other_and_back(
            was in prop::collection::vec(0u8..4, 0..8),
            is in prop::collection::vec(0u8..4, 0..8),
        ) {
            let Some(splice) = Splice::between(&was, &is) else {
                prop_assert_eq!(was, is);
                return Ok(());
            };
            for (side, from, to) in [(Side::Is, &was, &is), (Side::Was, &is, &was)] {
                prop_assert!(splice.is_at(from, side.other()) && splice.is_at(to, side));
                let mut list = from.clone();
                splice.put(&mut list, side);
                prop_assert_eq!(&list, to);
            }
        }
    }
}
