//! Relations: field by field, and twice where that does not go together.

use std::collections::BTreeMap;

use super::{
    fields::{rows, together},
    marks::{as_removed_note, attributes_together, id_of_copy, notes_together},
    versions::Versions,
};
use crate::{
    diagnostic::Diagnostic,
    model::{Conflict, Origin, RelationId},
    phrase,
    store::{file::layer::RelationRow, layout},
};

type Relations = BTreeMap<RelationId, RelationRow>;

/// Both sides’ relations, with a conflict for each that is kept twice.
pub fn merged(versions: Versions<Relations>, conflicts: &mut Vec<Diagnostic>) -> Relations {
    let Versions { base, ours, theirs } = versions;
    let base = base.unwrap_or_default();
    let mut copies = Vec::new();
    let mut relations = rows(&base, &ours, &theirs, |id, ours, theirs| match (ours, theirs) {
        (Some(ours), Some(theirs)) => {
            let (relation, other) = both_in_one(base.get(id), ours.clone(), theirs.clone());
            copies.extend(other);
            Some(relation)
        }
        (Some(relation), None) | (None, Some(relation)) => {
            let id = id.to_string();
            conflicts.push(
                Diagnostic::warning(
                    "changed-and-removed",
                    phrase!("The relation {id} was removed on one side and changed on the other, so it is kept", id),
                )
                .hint("Go through the conflicts in the window, and keep it or remove it"),
            );
            Some(RelationRow { note: as_removed_note(&relation.note), ..relation.clone() })
        }
        (None, None) => None,
    });
    for copy in copies {
        let of = copy.id.to_string();
        let id = RelationId(id_of_copy(copy.id.0, &layout::line(&copy)));
        let note = Conflict::VersionOf(copy.id.0).noted(&copy.note);
        relations.entry(id).or_insert(RelationRow { id, note, ..copy });
        conflicts.push(
            Diagnostic::warning(
                "kept-twice",
                phrase!("The relation {of} was changed differently on two sides, so both versions are kept", of),
            )
            .hint("Go through the conflicts in the window, and keep one of the two or both"),
        );
    }
    relations
}

/// A relation with everything that both sides say of it; or two, where its kind, members, note or an answer differ.
fn both_in_one(
    base: Option<&RelationRow>,
    mut ours: RelationRow,
    mut theirs: RelationRow,
) -> (RelationRow, Option<RelationRow>) {
    together(base.map(|relation| &relation.kind), &mut ours.kind, &mut theirs.kind);
    together(base.map(|relation| &relation.members), &mut ours.members, &mut theirs.members);
    notes_together(base.map_or("", |relation| &relation.note), &mut ours.note, &mut theirs.note);
    attributes_together(base.map(|relation| &relation.attributes), &mut ours.attributes, &mut theirs.attributes);
    let by_hand = Origin::default();
    together(Some(base.map_or(&by_hand, |relation| &relation.origin)), &mut ours.origin, &mut theirs.origin);
    if ours == theirs {
        return (ours, None);
    }
    let is_ours_first = layout::line(&ours) <= layout::line(&theirs);
    let (first, second) = if is_ours_first { (ours, theirs) } else { (theirs, ours) };
    (first, Some(second))
}
