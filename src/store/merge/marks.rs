//! Marks: field by field, and twice where that does not go together.

use std::collections::BTreeMap;

use super::fields::{pick, rows, together};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotationId, AttributeId, Attributes, Conflict, Flag, Origin, Uid},
    phrase,
    store::{
        file::{
            layer::{AnnotationRow, CommentRow},
            shape::Answers,
        },
        layout,
    },
    text::hash::content_hash,
};

type Marks<'t> = BTreeMap<AnnotationId, AnnotationRow<'t>>;

/// Both sides’ marks, with a conflict for each that is kept twice or was removed on one side and changed on the
/// other.
pub fn merged<'t>(
    base: &Marks<'t>,
    ours: &Marks<'t>,
    theirs: &Marks<'t>,
    conflicts: &mut Vec<Diagnostic>,
) -> Marks<'t> {
    let mut copies = Vec::new();
    let mut marks = rows(base, ours, theirs, |id, ours, theirs| match (ours, theirs) {
        (Some(ours), Some(theirs)) => {
            let (mark, other) = both_in_one(base.get(id), ours.clone(), theirs.clone());
            copies.extend(other);
            Some(mark)
        }
        (Some(mark), None) | (None, Some(mark)) => {
            conflicts.push(changed_and_removed(mark));
            Some(as_removed(mark.clone()))
        }
        (None, None) => None,
    });
    for copy in copies {
        let id = id_of_copy(copy.id.0, &layout::line(&copy));
        conflicts.push(kept_twice(&copy));
        // Where they were merged before, it is there already, and somebody may have worked on it.
        marks.entry(AnnotationId(id)).or_insert_with(|| as_copy(copy, AnnotationId(id)));
    }
    marks
}

/// A mark with everything that both sides say of it. Where a field differs, two marks: each with everything that goes
/// together.
fn both_in_one<'t>(
    base: Option<&AnnotationRow<'t>>,
    mut ours: AnnotationRow<'t>,
    mut theirs: AnnotationRow<'t>,
) -> (AnnotationRow<'t>, Option<AnnotationRow<'t>>) {
    // What need not be said counts as not said where nobody knows what was.
    let (flag, confidence, origin) = (None, None, Origin::default());
    together(base.map(|mark| &mark.label), &mut ours.label, &mut theirs.label);
    together(base.map(|mark| &mark.fragments), &mut ours.fragments, &mut theirs.fragments);
    notes_together(base.map_or("", |mark| &mark.note), &mut ours.note, &mut theirs.note);
    together(Some(base.map_or(&flag, |mark| &mark.flag)), &mut ours.flag, &mut theirs.flag);
    together(Some(base.map_or(&confidence, |mark| &mark.confidence)), &mut ours.confidence, &mut theirs.confidence);
    together(Some(base.map_or(&origin, |mark| &mark.origin)), &mut ours.origin, &mut theirs.origin);
    together(Some(base.map_or(&false, |mark| &mark.lost)), &mut ours.lost, &mut theirs.lost);
    attributes_together(base.map(|mark| &mark.attributes), &mut ours.attributes, &mut theirs.attributes);
    let comments = comments(base.map_or(&[], |mark| &mark.comments), &ours.comments, &theirs.comments);
    let newest = ours.codebook_version.max(theirs.codebook_version);
    for mark in [&mut ours, &mut theirs] {
        mark.comments.clone_from(&comments);
        mark.codebook_version = newest;
    }
    if ours == theirs {
        return (ours, None);
    }
    // Told by what they say, so that it does not depend on who merges.
    let is_ours_first = layout::line(&ours) <= layout::line(&theirs);
    let (first, second) = if is_ours_first { (ours, theirs) } else { (theirs, ours) };
    (first, Some(second))
}

/// As [`together`]; what notes say of a conflict is held against each other apart from the rest.
pub fn notes_together(base: &str, ours: &mut String, theirs: &mut String) {
    let parts = |note: &str| (Conflict::without(note), Conflict::of(note));
    let ((was, was_told), (mut our, mut our_told), (mut their, mut their_told)) =
        (parts(base), parts(ours), parts(theirs));
    together(Some(&was), &mut our, &mut their);
    together(Some(&was_told), &mut our_told, &mut their_told);
    let whole = |note: String, told: Option<Conflict>| told.map_or(note.clone(), |told| told.noted(&note));
    (*ours, *theirs) = (whole(our, our_told), whole(their, their_told));
}

/// Makes each attribute the version that holds, as [`together`] does.
pub fn attributes_together(base: Option<&Answers>, ours: &mut Answers, theirs: &mut Answers) {
    let ids = ours.0.iter().chain(theirs.0.iter()).map(|(id, _)| id.clone());
    for id in ids.collect::<Vec<AttributeId>>() {
        let value = |answers: &Attributes| answers.get(&id).cloned();
        let (was, mut our, mut their) = (base.and_then(|base| value(&base.0)), value(&ours.0), value(&theirs.0));
        together(Some(&was), &mut our, &mut their);
        ours.0.set(id.clone(), our);
        theirs.0.set(id, their);
    }
}

/// The comments of both sides but those that a side has removed, by time.
fn comments(base: &[CommentRow], ours: &[CommentRow], theirs: &[CommentRow]) -> Vec<CommentRow> {
    let new = theirs.iter().filter(|comment| !ours.contains(comment));
    let all = ours.iter().chain(new).filter(|comment| {
        let is_in = |comments: &[CommentRow]| comments.contains(comment);
        pick(Some(&is_in(base)), &is_in(ours), &is_in(theirs)).copied().unwrap_or(true)
    });
    let mut all: Vec<CommentRow> = all.cloned().collect();
    all.sort_by_key(CommentRow::unix_ms);
    all
}

/// The id of the second version of a row. It follows from the row’s id and text, so that it is the same whoever
/// merges.
pub fn id_of_copy(id: Uid, line: &str) -> Uid {
    let hash = content_hash(line);
    let random = u32::try_from((hash ^ (hash >> 32)) & u64::from(u32::MAX)).unwrap_or(0);
    let copy = Uid::from_parts(id.unix_ms(), random);
    if copy == id { copy.next() } else { copy }
}

/// The second version of a mark, with a flag, and a note that says of which mark it is.
fn as_copy(mark: AnnotationRow<'_>, id: AnnotationId) -> AnnotationRow<'_> {
    let note = Conflict::VersionOf(mark.id.0).noted(&mark.note);
    AnnotationRow { id, note, flag: mark.flag.or(Some(Flag::Flag)), ..mark }
}

/// A mark that one side has removed, to be decided on.
pub fn as_removed(mark: AnnotationRow<'_>) -> AnnotationRow<'_> {
    AnnotationRow { note: as_removed_note(&mark.note), flag: mark.flag.or(Some(Flag::Flag)), ..mark }
}

/// The note of what one side has removed; it says so once, however often it is merged.
pub fn as_removed_note(note: &str) -> String {
    if Conflict::is_in(note) { note.to_owned() } else { Conflict::Removed.noted(note) }
}

fn kept_twice(mark: &AnnotationRow<'_>) -> Diagnostic {
    let id = mark.id.to_string();
    Diagnostic::warning(
        "kept-twice",
        phrase!("The mark {id} was changed differently on two sides, so both versions are kept", id),
    )
    .about(mark.words())
    .hint("Go through the conflicts in the window, and keep one of the two or both")
    .hint("The second has a flag, and its note says of which mark it is another version")
}

fn changed_and_removed(mark: &AnnotationRow<'_>) -> Diagnostic {
    let id = mark.id.to_string();
    Diagnostic::warning(
        "changed-and-removed",
        phrase!("The mark {id} was removed on one side and changed on the other, so it is kept", id),
    )
    .about(mark.words())
    .hint("Go through the conflicts in the window, and keep it or remove it; it has a flag, and its note says it")
}
