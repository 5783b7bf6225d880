//! Marks that layers hold and no journal tells of, because the line that did was torn.
//!
//! It happens to journals of the first version alone: there the layer was written before the line.

use crate::{
    diagnostic::Diagnostic,
    model::{AnnotationId, AnnotatorId, ArticleId, RelationId, TransactionId, Uid},
    store::{
        FileKey, Folder,
        file::{
            journal::{ChangeRow, EntryRow, MarkChange, MarkRow, RelationChange},
            layer::{LayerFile, LayerRows},
            shape::Moment,
        },
        listing::Listing,
    },
    text::Phrase,
};

impl Folder {
    /// Writes an entry for what an annotator’s layers hold that is younger than the last entry of their journal.
    ///
    /// # Errors
    /// The journal cannot be written. A layer that cannot be read is passed over.
    pub(super) fn note_what_layers_hold(&self, by: &AnnotatorId) -> Result<(), Diagnostic> {
        let (pages, _) = self.journal(Some(by));
        let Some(last) = pages.entries().0.iter().map(|entry| entry.id).max() else { return Ok(()) };
        let listing = Listing::of(self, &mut Vec::new());
        let mut changes = Vec::new();
        let mut newest: Uid = last.0;
        for (key, _) in &listing.files {
            let FileKey::Layer(article, annotator) = key else { continue };
            if annotator == by
                && let Ok((text, _)) = self.read_newest(key)
                && let Ok(file) = self.parse::<LayerFile<'_>>(key, &text)
                && let Ok(rows) = LayerRows::of(file)
            {
                let found = FoundInLayer::younger_than(last, rows);
                newest = newest.max(found.newest());
                changes.extend(found.into_changes(article, by));
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        let id = TransactionId(newest.next());
        let at = Moment::from_unix_ms(newest.unix_ms());
        let label = Phrase::plain("Found in the layers, and not in the history");
        self.append_entries(Some(by), &[EntryRow::new(id, at, Some(by.clone()), label, changes)])
    }
}

/// Rows of a layer that are younger than an entry.
struct FoundInLayer {
    marks: Vec<MarkRow<'static>>,
    relations: Vec<RelationChange>,
}

impl FoundInLayer {
    fn younger_than(last: TransactionId, rows: LayerRows<'_>) -> Self {
        let marks = rows.annotations.range(AnnotationId(last.0)..).map(|(_, row)| MarkRow::from(row).into_owned());
        let relations = rows.relations.range(RelationId(last.0)..);
        let relations = relations.map(|(_, row)| RelationChange { was: None, is: Some(row.clone()) });
        Self { marks: marks.collect(), relations: relations.collect() }
    }

    fn newest(&self) -> Uid {
        let marks = self.marks.iter().map(|mark| mark.id.0);
        let relations = self.relations.iter().filter_map(RelationChange::id).map(|id| id.0);
        marks.chain(relations).max().unwrap_or(Uid::from_u64(0))
    }

    fn into_changes(self, article: &ArticleId, by: &AnnotatorId) -> Vec<ChangeRow<'static>> {
        let mut changes = Vec::new();
        if !self.marks.is_empty() {
            let marks = self.marks.into_iter().map(MarkChange::Added).collect();
            changes.push(ChangeRow::Marks { article: article.clone(), annotator: by.clone(), changes: marks });
        }
        if !self.relations.is_empty() {
            changes.push(ChangeRow::Relations {
                article: Some(article.clone()),
                annotator: by.clone(),
                changes: self.relations,
            });
        }
        changes
    }
}
