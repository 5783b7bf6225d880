//! What is ticked in the concordance, and marking it.
//!
//! What is ticked is places, not rows, so that it stays right when hits are sorted otherwise. Marking them all is one
//! command and one step of undo.

use super::state::{Concordance, Pending, TableFocus};
use crate::{
    command::{
        Command, MarkRef, Scene,
        mark::Mark,
        occurrences::{Occurrence, outlook},
    },
    model::LabelId,
    query::concordance::{ConcordanceRow, Run},
    ui::{panel::run, wish::Wish},
};

impl Concordance {
    /// Whether something is ticked, and the row for marking is shown.
    pub(super) fn is_marking(&self) -> bool {
        !self.ticked.is_empty()
    }

    /// Takes a label’s key while the table has the focus and something is ticked: marks, instead of marking on the
    /// page. Says whether it did.
    pub fn take_label(&mut self, label: &LabelId, scene: &Scene<'_>, out: &mut Vec<Wish>) -> bool {
        let takes = self.is_open() && self.focus == TableFocus::Yes && self.is_marking();
        if takes {
            self.choose(label, scene, out);
        }
        takes
    }

    /// Marks what is ticked with a label. Where something lies in the way, shows that first; choosing the label a
    /// second time marks what is free.
    pub(super) fn choose(&mut self, label: &LabelId, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let is_meant = self.pending.as_ref().is_some_and(|pending| pending.label == *label);
        self.look_ahead(label, scene);
        if self.pending.as_ref().is_none_or(|p| p.outlook.is_clear() || is_meant && p.outlook.free > 0) {
            self.mark(label, out);
        }
    }

    /// Works out anew what lies in the way of the chosen label, where marks have changed since.
    pub(super) fn look_ahead_again(&mut self, scene: &Scene<'_>) {
        if let Some(pending) = self.pending.take_if(|pending| pending.stale) {
            self.look_ahead(&pending.label, scene);
        }
    }

    /// Works out what marks of the label would meet with; nothing while nobody marks.
    fn look_ahead(&mut self, label: &LabelId, scene: &Scene<'_>) {
        let places: Vec<Occurrence> = self.ticked.iter().cloned().collect();
        let look = |annotator| outlook(scene.project, annotator, label, &places);
        let pending = |annotator| Pending { label: label.clone(), outlook: look(annotator), stale: false };
        self.pending = scene.annotator.map(pending);
    }

    /// Marks what is ticked and can be marked; everything is unticked by it.
    pub(super) fn mark(&mut self, label: &LabelId, out: &mut Vec<Wish>) {
        self.pending = None;
        let places = std::mem::take(&mut self.ticked).into_iter().collect();
        run(out, Command::Mark(Mark::Occurrences { label: label.clone(), places }, MarkRef::Picked));
    }

    /// Unticks the places that would cross another mark, and shows what is left.
    pub(super) fn untick_crossing(&mut self, scene: &Scene<'_>) {
        let Some(Pending { label, outlook, .. }) = self.pending.take() else { return };
        self.ticked.retain(|place| !outlook.crossing.contains(place));
        if self.is_marking() {
            self.look_ahead(&label, scene);
        }
    }

    /// Ticks places as well; a label that was chosen has to be chosen again.
    pub(super) fn tick(&mut self, places: Vec<Occurrence>) {
        self.ticked.extend(places);
        self.pending = None;
    }

    /// Ticks a row, or unticks it where every place of it is ticked.
    pub(super) fn toggle(&mut self, at: usize) {
        let Some(row) = self.rows().get(at) else { return };
        let places: Vec<Occurrence> = self.places(*row).collect();
        if places.iter().all(|place| self.ticked.contains(place)) {
            places.iter().for_each(|place| {
                self.ticked.remove(place);
            });
            self.pending = None;
        } else {
            self.tick(places);
        }
    }

    /// Whether every place of the row is ticked.
    pub(super) fn is_ticked(&self, at: usize) -> bool {
        let Some(row) = self.rows().get(at) else { return false };
        let mut places = self.places(*row).peekable();
        places.peek().is_some() && places.all(|place| self.ticked.contains(&place))
    }

    /// The place of a hit, or the first place of a group.
    pub(super) fn place_of(&self, at: usize) -> Option<Occurrence> {
        self.places(*self.rows().get(at)?).next()
    }

    /// The places of a row: one for a hit, all unmarked ones for a group.
    pub(super) fn places(&self, row: ConcordanceRow) -> impl Iterator<Item = Occurrence> {
        let places = self.run.iter().map(Run::results).flat_map(move |results| results.places(row));
        places.map(|(article, range)| Occurrence::new(article.clone(), range))
    }
}
