//! Articles: what is known of them field by field; of two texts neither is given up.

use super::{
    fields::pick,
    versions::{Versions, differing},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Article, Metadata},
    phrase,
    store::file::shape::Prose,
};

/// An article of both sides. Fingerprint, words and how it was loaded go with the text.
///
/// # Errors
/// Both sides have changed the text, or the same field, and not alike.
pub fn merged(versions: Versions<(Article, Prose)>) -> Result<(Article, Prose), Diagnostic> {
    let Versions { base, ours, theirs } = versions;
    let text = |version: &(Article, Prose)| version.1.clone();
    // Words, fingerprint and how it was loaded go along with the text.
    let was = base.as_ref().map(text);
    let is_ours = match pick(was.as_ref(), &ours.1, &theirs.1) {
        Some(one) => *one == ours.1,
        None => {
            return Err(differing("Both sides have another text of the article, so neither is taken")
                .about(ours.0.metadata.title));
        }
    };
    let metadata = metadata(base.map(|(article, _)| article.metadata), &ours.0.metadata, &theirs.0.metadata)?;
    let (article, text) = if is_ours { ours } else { theirs };
    Ok((Article { metadata, ..article }, text))
}

/// Metadata field by field.
fn metadata(base: Option<Metadata>, ours: &Metadata, theirs: &Metadata) -> Result<Metadata, Diagnostic> {
    let mut base = base.unwrap_or_default();
    let (mut merged, mut others) = (ours.clone(), theirs.clone());
    for (((field, our, _), (_, their, _)), (_, was, _)) in
        merged.parts_mut().into_iter().zip(others.parts_mut()).zip(base.parts_mut())
    {
        let Some(one) = pick(Some(&*was), &*our, &*their).cloned() else {
            return Err(differing(phrase!("Both sides have changed the {field} of the article", field))
                .about(ours.title.clone()));
        };
        *our = one;
    }
    merged.story = pick(Some(&base.story), &ours.story, &theirs.story)
        .cloned()
        .ok_or_else(|| differing("Both sides have moved the article to another story").about(ours.title.clone()))?;
    Ok(merged)
}
