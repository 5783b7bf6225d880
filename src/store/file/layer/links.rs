//! `layers/<annotator>/links.ron`: relations across articles, and what was said not to be the same statement.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{MemberHome, RejectionRow, RelationRow, relation_twice, rows::by_id};
use crate::{
    diagnostic::Diagnostic,
    model::{AsideRow, Rejection, RejectionId, Rejections, Relation, RelationId, RelationSet, SetAside, Uid, repeated},
    phrase,
};

/// What one annotator has said across articles.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinksFile {
    #[serde(default)]
    relations: Vec<RelationRow>,
    /// Sorted by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rejections: Vec<RejectionRow>,
}

/// The relations, and what is rejected, as the model has them.
pub type LinksContent = (Vec<(RelationId, Relation)>, Rejections);

/// The rows of the file by their ids, to change single ones without knowing what they mean.
#[derive(Clone, Debug, Default)]
pub struct LinksRows {
    pub relations: BTreeMap<RelationId, RelationRow>,
    pub rejections: BTreeMap<RejectionId, RejectionRow>,
}

impl LinksFile {
    /// Relations, with what is set aside among them in order, and rejections.
    pub fn of(links: Option<&RelationSet>, rejections: Option<&Rejections>, set_aside: &[SetAside]) -> Self {
        let row = |(id, relation): (RelationId, &Relation)| (id, RelationRow::of(id, relation, MemberHome::Links));
        let links = links.into_iter().flat_map(RelationSet::iter).map(|(id, relation)| row((id, &**relation)));
        let aside = set_aside.iter().filter_map(|aside| match &aside.row {
            AsideRow::Relation(id, relation) => Some(row((*id, relation))),
            AsideRow::Annotation(..) | AsideRow::Answer(_) => None,
        });
        let mut rows: Vec<_> = links.chain(aside).collect();
        rows.sort_by_key(|(id, _)| *id);
        let rejections = rejections.into_iter().flatten().map(|(id, rejection)| RejectionRow::of(*id, rejection));
        Self { relations: rows.into_iter().map(|(_, row)| row).collect(), rejections: rejections.collect() }
    }

    /// The relations and the rejections.
    ///
    /// # Errors
    /// Every row that cannot be understood without guessing.
    pub fn into_model(self) -> Result<LinksContent, Vec<Diagnostic>> {
        let mut wrong = Vec::new();
        let relations: Vec<_> = self.relations.into_iter().map(|r| r.into_model(None, &mut wrong)).collect();
        wrong.extend(repeated(relations.iter().map(|(id, _)| id.0)).into_iter().map(relation_twice));
        wrong.extend(repeated(self.rejections.iter().map(|row| row.id.0)).into_iter().map(rejection_twice));
        let rejections: Vec<(RejectionId, Rejection)> =
            self.rejections.into_iter().map(RejectionRow::into_model).collect();
        wrong.extend(rejections.iter().filter_map(|(_, rejection)| rejection.check().err()));
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok((relations, rejections.into_iter().map(|(id, rejection)| (id, Arc::new(rejection))).collect()))
    }
}

impl LinksRows {
    /// The rows of a file.
    ///
    /// # Errors
    /// An id is there twice.
    pub fn of(file: LinksFile) -> Result<Self, Diagnostic> {
        let mut rejections = BTreeMap::new();
        for row in file.rejections {
            let id = row.id;
            if rejections.insert(id, row).is_some() {
                return Err(rejection_twice(id.0));
            }
        }
        Ok(Self { relations: by_id(file.relations)?, rejections })
    }

    pub fn into_file(self) -> LinksFile {
        LinksFile {
            relations: self.relations.into_values().collect(),
            rejections: self.rejections.into_values().collect(),
        }
    }

    /// Whether it says nothing; then its file is removed.
    pub fn is_blank(&self) -> bool {
        self.relations.is_empty() && self.rejections.is_empty()
    }
}

/// Two rejections of a file have the same id.
fn rejection_twice(id: Uid) -> Diagnostic {
    Diagnostic::error("twice", phrase!("The rejection {id} is there twice", id = &id))
        .hint("Take one away, or give it another id")
}
