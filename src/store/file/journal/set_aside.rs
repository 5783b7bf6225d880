//! What a transaction sets aside, or takes back from there: it stands in its file among the rest, so that in the journal
//! it comes and goes as the rest does. A mark that is set aside is one that stays, with other words said of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{MarkRow, Side};
use crate::model::{AnnotationId, AnnotatorId, AsideRow, Item, Relation, RelationId, SetAside, edit::Change};

type Key<'c> = (&'c AnnotatorId, Item);

/// The rows that changes set aside or take back from there. Answers are left out: only removing their article takes
/// them away, and that says all of them.
pub struct Asides<'c> {
    was: BTreeMap<Key<'c>, &'c AsideRow>,
    is: BTreeMap<Key<'c>, &'c AsideRow>,
    /// Items that other changes of the transaction speak of.
    told: BTreeSet<Key<'c>>,
}

impl<'c> Asides<'c> {
    /// The rows that differ between the two sides of these changes.
    pub fn of(changes: &'c [Change]) -> Self {
        let mut asides = Self { was: BTreeMap::new(), is: BTreeMap::new(), told: BTreeSet::new() };
        if !changes.iter().any(|change| matches!(change, Change::SetAside { .. })) {
            return asides;
        }
        for change in changes {
            match change {
                Change::SetAside { annotator, before, after, .. } => {
                    asides.was.extend(only_in(annotator, before, after));
                    asides.is.extend(only_in(annotator, after, before));
                }
                Change::Annotation { annotator, id, .. } => _ = asides.told.insert((annotator, Item::Annotation(*id))),
                Change::Relation { annotator, id, .. } => _ = asides.told.insert((annotator, Item::Relation(*id))),
                _ => {}
            }
        }
        asides
    }

    /// A mark that is set aside on this side and not on the other.
    pub fn mark(&self, annotator: &AnnotatorId, id: AnnotationId, side: Side) -> Option<MarkRow<'static>> {
        match self.at(side).get(&(annotator, Item::Annotation(id)))? {
            AsideRow::Annotation(_, unplaced) => Some(MarkRow::of_unplaced(id, unplaced)),
            AsideRow::Relation(..) | AsideRow::Answer(_) => None,
        }
    }

    /// A relation that is set aside on this side and not on the other.
    pub fn relation(&self, annotator: &AnnotatorId, id: RelationId, side: Side) -> Option<&'c Relation> {
        match self.at(side).get(&(annotator, Item::Relation(id)))? {
            AsideRow::Relation(_, relation) => Some(relation),
            AsideRow::Annotation(..) | AsideRow::Answer(_) => None,
        }
    }

    /// The items of a list that differ and that no other change speaks of.
    pub fn untold(&self, annotator: &'c AnnotatorId, before: &'c [SetAside], after: &'c [SetAside]) -> BTreeSet<Item> {
        let items = before.iter().chain(after).filter_map(SetAside::item);
        let differs = |item: &Item| {
            let key = (annotator, *item);
            !self.told.contains(&key) && (self.was.contains_key(&key) || self.is.contains_key(&key))
        };
        items.filter(differs).collect()
    }

    fn at(&self, side: Side) -> &BTreeMap<Key<'c>, &'c AsideRow> {
        match side {
            Side::Was => &self.was,
            Side::Is => &self.is,
        }
    }
}

fn only_in<'c>(
    annotator: &'c AnnotatorId,
    rows: &'c [SetAside],
    others: &'c [SetAside],
) -> impl Iterator<Item = (Key<'c>, &'c AsideRow)> {
    let others: BTreeMap<Item, &AsideRow> =
        others.iter().filter_map(|aside| Some((aside.item()?, &aside.row))).collect();
    rows.iter().filter_map(move |aside| {
        let item = aside.item()?;
        (others.get(&item) != Some(&&aside.row)).then_some(((annotator, item), &aside.row))
    })
}
