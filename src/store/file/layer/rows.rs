//! The rows of a layer's file by their ids, to change single ones without knowing what they mean.
//!
//! Merging and carrying out a journal change single rows; a row that this program would not accept passes through
//! untouched.

use std::collections::BTreeMap;

use super::{
    super::{journal::AnswersRow, shape::Offsets},
    AnnotationRow, LayerFile, RelationRow, annotation_twice, relation_twice,
};
use crate::{
    diagnostic::Diagnostic,
    model::{AnnotationId, RelationId},
};

/// Everything that a layer’s file says, by id.
#[derive(Debug, Default)]
pub struct LayerRows<'t> {
    pub annotations: BTreeMap<AnnotationId, AnnotationRow<'t>>,
    pub relations: BTreeMap<RelationId, RelationRow>,
    pub article_answers: AnswersRow,
}

impl<'t> LayerRows<'t> {
    /// The rows of a file.
    ///
    /// # Errors
    /// An id is there twice.
    pub fn of(file: LayerFile<'t>) -> Result<Self, Diagnostic> {
        let article_answers = AnswersRow { status: file.status, answers: file.answers };
        let mut annotations = BTreeMap::new();
        for row in file.annotations {
            let id = row.id;
            if annotations.insert(id, row).is_some() {
                return Err(annotation_twice(id.0));
            }
        }
        Ok(Self { annotations, relations: by_id(file.relations)?, article_answers })
    }

    pub fn into_file(self) -> LayerFile<'t> {
        LayerFile {
            offsets: Offsets,
            status: self.article_answers.status,
            answers: self.article_answers.answers,
            annotations: self.annotations.into_values().collect(),
            relations: self.relations.into_values().collect(),
        }
    }

    /// Whether it says nothing; then its file is removed.
    pub fn is_blank(&self) -> bool {
        self.annotations.is_empty() && self.relations.is_empty() && self.article_answers == AnswersRow::default()
    }
}

/// Relations by id.
///
/// # Errors
/// An id is there twice.
pub(super) fn by_id(rows: Vec<RelationRow>) -> Result<BTreeMap<RelationId, RelationRow>, Diagnostic> {
    let mut relations = BTreeMap::new();
    for row in rows {
        let id = row.id;
        if relations.insert(id, row).is_some() {
            return Err(relation_twice(id.0));
        }
    }
    Ok(relations)
}
