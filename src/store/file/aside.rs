//! What was set aside of a layer, as the journal's rows keep it. In the layer's own file it stands among the rest.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::layer::{AnnotationRow, AnswerRow, MemberHome, RelationRow};
use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, AsideRow, SetAside, edit::Home},
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsideRows<'t> {
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    annotations: Vec<AnnotationRow<'t>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    answers: Vec<AnswerRow>,
}

impl AsideRows<'_> {
    pub fn of(rows: &[SetAside], home: &Home) -> Self {
        let members = if *home == Home::Links { MemberHome::Links } else { MemberHome::Layer };
        let mut file = Self { annotations: Vec::new(), relations: Vec::new(), answers: Vec::new() };
        for SetAside { row, .. } in rows {
            match row {
                AsideRow::Annotation(id, unplaced) => file.annotations.push(AnnotationRow::of_unplaced(*id, unplaced)),
                AsideRow::Relation(id, relation) => file.relations.push(RelationRow::of(*id, relation, members)),
                AsideRow::Answer(answer) => file.answers.push(AnswerRow::of(answer)),
            }
        }
        file
    }

    /// The rows; why they were set aside is not kept, because it follows from the text and the codebook.
    ///
    /// # Errors
    /// A relation that names no article where it must.
    pub fn into_model(self, article: Option<&ArticleId>) -> Result<Arc<Vec<SetAside>>, Diagnostic> {
        let mut wrong = Vec::new();
        let annotations = self.annotations.into_iter().map(|row| {
            let (id, unplaced) = row.into_unplaced();
            AsideRow::Annotation(id, Box::new(unplaced))
        });
        let relations = self.relations.into_iter().map(|row| {
            let (id, relation) = row.into_model(article, &mut wrong);
            AsideRow::Relation(id, relation)
        });
        let answers = self.answers.into_iter().map(|row| AsideRow::Answer(row.into_model()));
        let why = || Diagnostic::warning("set-aside", "This was set aside before").hint("Mend it, or remove it");
        let rows = annotations.chain(relations).chain(answers).map(|row| SetAside { row, why: why() }).collect();
        wrong.into_iter().next().map_or(Ok(Arc::new(rows)), Err)
    }
}
