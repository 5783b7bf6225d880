//! The change that adds a mark. The same words never get the same label twice.

use std::sync::Arc;

use super::{known, scene::Scene};
use crate::{
    diagnostic::Diagnostic,
    model::{Annotation, AnnotationId, LabelId, Mint, edit::Change},
    phrase,
    text::Fragments,
};

/// The change that adds a mark to the open article, with the mark and its id.
///
///
/// # Errors
/// There is no such label, nobody marks, no article is open, or exactly these words have the label already.
pub(super) fn addition(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    label: &LabelId,
    fragments: Fragments,
) -> Result<(AnnotationId, Arc<Annotation>, Change), Diagnostic> {
    let name = &known::label(scene.codebook(), label)?.name;
    if is_marked(scene, label, &fragments) {
        return Err(Diagnostic::error(
            "marked-twice",
            phrase!("These words are already marked as {label}", label = name),
        )
        .hint("Choose another label, or press Tab to pick the mark"));
    }
    let annotation = Arc::new(Annotation::new(label.clone(), fragments, scene.codebook().version));
    let id = AnnotationId(mint.uid());
    let change = Change::Annotation {
        article: scene.article()?.clone(),
        annotator: scene.annotator()?.clone(),
        id,
        before: None,
        after: Some(Arc::clone(&annotation)),
    };
    Ok((id, annotation, change))
}

/// Whether a mark of the annotator’s own has this label on exactly these fragments.
pub(super) fn is_marked(scene: &Scene<'_>, label: &LabelId, fragments: &Fragments) -> bool {
    marked_as(scene, label, fragments).is_some()
}

/// The mark that gives exactly these words the label.
pub(super) fn marked_as(scene: &Scene<'_>, label: &LabelId, fragments: &Fragments) -> Option<AnnotationId> {
    let (index, layer) = scene.index.zip(scene.layer())?;
    let is_it =
        |id: &AnnotationId| layer.annotation(*id).is_some_and(|a| a.label == *label && a.fragments == *fragments);
    index.in_range(fragments.first()).into_iter().find(is_it)
}
