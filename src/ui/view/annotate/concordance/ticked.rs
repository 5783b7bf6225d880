//! What is ticked in the concordance, and marking it.

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
    /// Whether there is something to mark.
    pub(super) fn is_marking(&self) -> bool {
        !self.ticked.is_empty()
    }

    /// What a label's key means while the table has the focus and something is ticked; gives whether it means that.
    pub fn take_label(&mut self, label: &LabelId, scene: &Scene<'_>, out: &mut Vec<Wish>) -> bool {
        let takes = self.is_open() && self.focus == TableFocus::Yes && self.is_marking();
        if takes {
            self.choose(label, scene, out);
        }
        takes
    }

    /// Marks what is ticked, or shows first what lies in the way of it; chosen again, the label is meant.
    pub(super) fn choose(&mut self, label: &LabelId, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let is_meant = self.pending.as_ref().is_some_and(|pending| pending.label == *label);
        self.look_ahead(label, scene);
        if self.pending.as_ref().is_none_or(|p| p.outlook.is_clear() || is_meant && p.outlook.free > 0) {
            self.mark(label, out);
        }
    }

    /// Looks again at what marks of the chosen label would meet with, where marks have changed.
    pub(super) fn look_ahead_again(&mut self, scene: &Scene<'_>) {
        if let Some(pending) = self.pending.take_if(|pending| pending.stale) {
            self.look_ahead(&pending.label, scene);
        }
    }

    /// Looks at what marks of the label would meet with.
    fn look_ahead(&mut self, label: &LabelId, scene: &Scene<'_>) {
        let places: Vec<Occurrence> = self.ticked.iter().cloned().collect();
        let look = |annotator| outlook(scene.project, annotator, label, &places);
        let pending = |annotator| Pending { label: label.clone(), outlook: look(annotator), stale: false };
        self.pending = scene.annotator.map(pending);
    }

    pub(super) fn mark(&mut self, label: &LabelId, out: &mut Vec<Wish>) {
        self.pending = None;
        let places = std::mem::take(&mut self.ticked).into_iter().collect();
        run(out, Command::Mark(Mark::Occurrences { label: label.clone(), places }, MarkRef::Picked));
    }

    /// Unticks what would cross another mark.
    pub(super) fn untick_crossing(&mut self, scene: &Scene<'_>) {
        let Some(Pending { label, outlook, .. }) = self.pending.take() else { return };
        self.ticked.retain(|place| !outlook.crossing.contains(place));
        if self.is_marking() {
            self.look_ahead(&label, scene);
        }
    }

    /// Ticks places.
    pub(super) fn tick(&mut self, places: Vec<Occurrence>) {
        self.ticked.extend(places);
        self.pending = None;
    }

    /// Ticks a row, or unticks it where all of it is ticked.
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

    pub(super) fn is_ticked(&self, at: usize) -> bool {
        let Some(row) = self.rows().get(at) else { return false };
        let mut places = self.places(*row).peekable();
        places.peek().is_some() && places.all(|place| self.ticked.contains(&place))
    }

    /// What the row stands for, or the first of it.
    pub(super) fn place_of(&self, at: usize) -> Option<Occurrence> {
        self.places(*self.rows().get(at)?).next()
    }

    /// The places that a row stands for.
    pub(super) fn places(&self, row: ConcordanceRow) -> impl Iterator<Item = Occurrence> {
        let places = self.run.iter().map(Run::results).flat_map(move |results| results.places(row));
        places.map(|(article, range)| Occurrence::new(article.clone(), range))
    }
}
