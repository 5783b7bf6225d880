//! What was said across articles: relations, and what was rejected. A rejection never changes, so that those of both sides
//! are there, but for those that a side has taken back.

use super::{fields::rows, relations, versions::Versions};
use crate::{diagnostic::Diagnostic, store::file::layer::LinksRows};

/// Both sides’ rows, with a conflict for each relation that is kept twice.
pub fn merged(versions: Versions<LinksRows>, conflicts: &mut Vec<Diagnostic>) -> LinksRows {
    let Versions { base, ours, theirs } = versions;
    let base = base.unwrap_or_default();
    let rejections = rows(&base.rejections, &ours.rejections, &theirs.rejections, |_, ours, theirs| {
        // The same id with other words was written by hand: the same is kept whoever merges.
        let mut both: Vec<_> = ours.into_iter().chain(theirs).collect();
        both.sort_by_key(crate::store::layout::line);
        both.first().map(|row| (*row).clone())
    });
    let relations = Versions { base: Some(base.relations), ours: ours.relations, theirs: theirs.relations };
    LinksRows { relations: relations::merged(relations, conflicts), rejections }
}
