//! Layers: marks, relations, and what is said of the whole article. Nothing is refused here: what differs is kept
//! twice or told.

use super::{answers, marks, relations, versions::Versions};
use crate::{diagnostic::Diagnostic, model::Item, phrase, store::file::layer::LayerRows};

/// Both sides’ rows; a relation whose member is gone with a side goes with it.
pub fn merged<'t>(versions: Versions<LayerRows<'t>>, conflicts: &mut Vec<Diagnostic>) -> LayerRows<'t> {
    let Versions { base, ours, theirs } = versions;
    let base = base.unwrap_or_default();
    let mut annotations = marks::merged(&base.annotations, &ours.annotations, &theirs.annotations, conflicts);
    let article_answers =
        answers::merged(&base.article_answers, &ours.article_answers, &theirs.article_answers, conflicts);
    let was = base.relations.clone();
    let versions = Versions { base: Some(base.relations), ours: ours.relations, theirs: theirs.relations };
    let relations = relations::merged(versions, conflicts);
    // A mark that one side has removed, and the other related to something, is still needed.
    let related = relations.iter().filter(|(id, relation)| was.get(*id) != Some(*relation));
    for item in related.flat_map(|(_, relation)| relation.items()) {
        let Item::Annotation(id) = item else { continue };
        let Some(mark) = base.annotations.get(&id).filter(|_| !annotations.contains_key(&id)) else { continue };
        annotations.insert(id, marks::as_removed(mark.clone()));
        conflicts.push(
            Diagnostic::warning(
                "changed-and-removed",
                phrase!(
                    "The mark {id} was removed on one side and related on the other, so it is kept",
                    id = id.to_string()
                ),
            )
            .about(mark.words())
            .hint("Go through the conflicts in the window, and keep it or remove it"),
        );
    }
    LayerRows { annotations, relations, article_answers }
}
