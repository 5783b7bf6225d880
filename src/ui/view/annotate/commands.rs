//! What keys and the commands of views do to the view Annotate: relating, answering, finding, going about, letting go.
//!
//! Each changes what the view shows or asks for, and pushes commands for what changes the project.

use std::collections::BTreeSet;

use egui::Modifiers;

use super::{
    links::Drawn,
    relating::{self, Next, Relating},
    sides::{self, FocusMode},
    state::{Annotate, Listing},
};
use crate::{
    command::{Command, Scene, View, occurrences::Occurrence, relate::Relate, select::Select},
    diagnostic::Diagnostic,
    model::{AnnotatorId, ArticleId, Item, Label, Layer, Target, edit::Change},
    query::{is_incomplete, list::Only},
    ui::{
        context::WayBack,
        keys::Press,
        panel::{inspector::Taken, run},
        wish::Wish,
    },
};

/// Whether there was something to let go of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Something,
    Nothing,
}

impl Annotate {
    /// What a key without Ctrl or Alt, with Shift where it is Enter, means just now, from what is nearest to the user outward: a label that the
    /// concordance waits for, a mark to relate to, the chosen relation, an attribute that is being answered. Taken keys are
    /// no commands any more.
    pub fn take_key(&mut self, press: Press, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Taken {
        let Press { key, modifiers } = press;
        if self.relating.is_some() && key == egui::Key::Enter {
            return self.take_relating_key(press, scene, out);
        }
        if modifiers != Modifiers::NONE {
            return Taken::No;
        }
        let is_of = |label: &&Label| label.key.is_some_and(|k| key.name().to_lowercase().chars().eq(k.to_lowercase()));
        let label = scene.codebook().labels.iter().find(is_of);
        if label.is_some_and(|label| self.concordance.take_label(&label.id, scene, out)) {
            return Taken::Yes;
        }
        if self.relating.is_some() {
            return self.take_relating_key(press, scene, out);
        }
        if let (Some(chosen), egui::Key::Delete | egui::Key::Backspace) = (&self.chosen, key) {
            run(out, Command::Relate(Relate::Remove(chosen.id.into())));
            self.chosen = None;
            return Taken::Yes;
        }
        if !self.inspector.goes_on_answering(self.card(scene)) {
            return Taken::No;
        }
        let letter = key.name().to_lowercase();
        match letter.chars().next() {
            _ if key == egui::Key::Enter => {
                self.inspector.stop_answering();
                Taken::Yes
            }
            Some(letter_key) if letter.len() == 1 => self.inspector.take_key(letter_key, scene, out),
            _ => Taken::No,
        }
    }

    fn take_relating_key(&mut self, press: Press, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Taken {
        let Some(key) = relating::key_of(press) else { return Taken::No };
        let mut taken = Taken::Yes;
        relating::go_on(&mut self.relating, out, |relating, out| {
            relating.take_key(key, scene, out).unwrap_or_else(|| {
                taken = Taken::No;
                Next::On
            })
        });
        taken
    }

    /// What Escape does: lets go of one thing, the first there is of relating, answering, the chosen relation,
    /// finding, the mark and the selection, the concordance, focus mode.
    pub fn leave(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Left {
        if self.relating.take().is_some() {
            return Left::Something;
        }
        if self.inspector.goes_on_answering(self.card(scene)) {
            self.inspector.stop_answering();
            return Left::Something;
        }
        if self.chosen.take().is_some() {
            return Left::Something;
        }
        if self.find.is_open() {
            self.find.close(out);
            return Left::Something;
        }
        if scene.focus.picked.is_some() || scene.selection().is_some() {
            run(out, Command::Select(Select::Nothing));
            return Left::Something;
        }
        if self.concordance.is_open() {
            self.concordance.close();
            return Left::Something;
        }
        match std::mem::take(&mut self.shown.focus) {
            FocusMode::On => Left::Something,
            FocusMode::Off => Left::Nothing,
        }
    }

    /// Begins to relate the chosen relation, where it has a role in another one, or else the picked mark.
    ///
    /// # Errors
    /// Where neither has a role in any relation.
    pub fn relate(&mut self, scene: &Scene<'_>) -> Result<(), Diagnostic> {
        self.find.leave();
        self.joined_at = None;
        let chosen = self.chosen.as_ref().zip(scene.focus.article.clone());
        let chosen = chosen.map(|(chosen, article)| Target { article, item: Item::Relation(chosen.id) });
        self.relating = chosen.and_then(|origin| Relating::begin(scene, origin));
        if self.relating.is_some() {
            return Ok(());
        }
        scene.picked()?;
        self.relating = scene.picked_target().and_then(|origin| Relating::begin(scene, origin));
        if self.relating.is_some() {
            return Ok(());
        }
        Err(Diagnostic::note("no-role", "A mark of this label has no role in any relation")
            .hint("Pick another mark, or add the role in the codebook"))
    }

    /// Goes to the next of the marks that the picked one is related to, and after the last one back to it.
    ///
    /// # Errors
    /// Where no mark is picked, or it is in no relation.
    pub fn go_to_other_end(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Result<(), Diagnostic> {
        self.chosen = None;
        self.navigation.go_round(scene, out)?;
        self.arrive(scene, out);
        Ok(())
    }

    /// Goes back to the location before the last jump.
    ///
    /// # Errors
    /// Where there is nothing to go back to.
    pub fn go_back(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Result<(), Diagnostic> {
        self.chosen = None;
        self.navigation.go_back(scene, out)?;
        self.arrive(scene, out);
        Ok(())
    }

    /// Whether there is anything to go back to; the menu’s row is disabled where there is not.
    pub fn way_back(&self, scene: &Scene<'_>) -> WayBack {
        self.navigation.way_back(scene)
    }

    /// Shows the table of relations in place of the list of marks, or that list again.
    pub fn toggle_relations_table(&mut self) {
        self.toggle_listing(Listing::Relations);
    }

    /// Shows the history in place of the list of marks, or that list again.
    pub fn toggle_history(&mut self) {
        self.toggle_listing(Listing::History);
    }

    /// Shows a list below the card; where it is seen already, the marks again.
    fn toggle_listing(&mut self, listing: Listing) {
        let is_seen = self.shown.sides.shows(sides::Panel::Inspector) && self.shown.focus == FocusMode::Off;
        let is_shown = self.shown.listing == listing && is_seen;
        self.shown.listing = if is_shown { Listing::Marks } else { listing };
        self.show_inspector();
    }

    /// Shows what is set aside in place of the list of marks.
    pub fn list_set_aside(&mut self) {
        self.shown.listing = Listing::SetAside;
        self.show_inspector();
    }

    /// The marks that lack an answer in the list, or the relations where only these are incomplete.
    pub fn list_incomplete(&mut self, scene: &Scene<'_>) {
        let lacks = |layer: &Layer| layer.annotations().any(|(_, a)| is_incomplete(scene.codebook(), a));
        let of_relations = !scene.layer().is_some_and(lacks)
            && scene.relations().is_some_and(|relations| relations.all().any(|(_, r)| relations.is_incomplete(r)));
        self.shown.listing = if of_relations { Listing::Relations } else { Listing::Marks };
        self.marks.list_only(Only::Incomplete);
        self.relations.list_only(Only::Incomplete);
        self.show_inspector();
    }

    /// The list of what is to be decided on in place of the list of marks.
    pub fn list_conflicts(&mut self) {
        self.shown.listing = Listing::Conflicts;
        self.show_inspector();
    }

    /// From now on keys answer what is asked of the card’s mark or relation.
    pub fn answer(&mut self, scene: &Scene<'_>) {
        self.show_inspector();
        self.inspector.answer(self.card(scene));
    }

    /// What the inspector’s card is of: the chosen relation, or else the picked mark; `None` where it is of the
    /// article.
    pub(super) fn card(&self, scene: &Scene<'_>) -> Option<Item> {
        let chosen = self.chosen.as_ref().map(|chosen| Item::Relation(chosen.id));
        chosen.or_else(|| scene.picked().ok().map(|(id, _)| Item::Annotation(id)))
    }

    /// Brings the focus into the note of the picked mark.
    pub fn write_note(&mut self, scene: &Scene<'_>) {
        self.show_inspector();
        self.inspector.write_note(scene);
    }

    /// Shows the inspector, and leaves focus mode for it.
    pub(super) fn show_inspector(&mut self) {
        self.shown.sides.show(sides::Panel::Inspector);
        self.shown.focus = FocusMode::Off;
    }

    /// Goes to words of an article, and selects them as soon as it is read. The location before can be gone back to.
    pub(super) fn open_words(&mut self, words: Occurrence, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        self.navigation.go_to_words(words, scene, out);
        self.arrive(scene, out);
    }

    /// Opens the concordance, with the selected words as what to look for.
    pub fn search(&mut self, scene: &Scene<'_>) {
        self.find.leave();
        self.shown.focus = FocusMode::Off;
        self.concordance.open(scene);
    }

    /// Whether the concordance is seen: in focus mode it stays open and is not.
    pub fn shows_concordance(&self) -> bool {
        self.concordance.is_open() && self.shown.focus == FocusMode::Off
    }

    /// Takes note of what a transaction has changed; the concordance looks again at those articles.
    pub fn take_note(&mut self, changes: &[Change]) {
        self.concordance.take_note(changes);
    }

    /// Takes note of articles that have been read, or turned out not to be readable, so that the search goes on.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        self.concordance.was_read(articles);
    }

    /// Articles whose texts must stay in memory: the concordance shows words of them, or will read them next.
    pub fn needed(&self) -> impl Iterator<Item = &ArticleId> {
        self.concordance.needed()
    }

    /// Opens the find bar; ends relating, as both want the upper edge of the page and the letter keys.
    pub fn find(&mut self, scene: &Scene<'_>) {
        self.relating = None;
        self.find.open(scene);
    }

    /// Goes on by `by` hits, around at the ends; negative goes back.
    pub fn find_next(&mut self, by: isize, scene: &Scene<'_>) {
        self.relating = None;
        self.find.step(by, scene);
    }

    /// Whether a widget belongs to the find bar or is the concordance’s field: there Escape means leaving that.
    pub fn is_of_search(&self, egui: &egui::Context, widget: Option<egui::Id>) -> bool {
        self.is_search_field(widget) || widget.is_some_and(|widget| self.find.holds(egui, widget))
    }

    /// Whether a widget is one of the two fields for words to find.
    pub fn is_search_field(&self, widget: Option<egui::Id>) -> bool {
        widget.is_some() && [self.find.field(), self.concordance.field()].contains(&widget)
    }

    /// Draws all relations on the page, or only those of the picked mark and the one under the pointer.
    pub fn toggle_relations(&mut self) {
        self.shown.drawn = match self.shown.drawn {
            Drawn::OfMark => Drawn::All,
            Drawn::All => Drawn::OfMark,
        };
    }

    /// The switches that are on: panels, lists and what is drawn.
    pub fn switches(&self) -> Vec<View> {
        let shown = &self.shown;
        let all = [
            (shown.sides.shows(sides::Panel::Articles), View::Articles),
            (shown.sides.shows(sides::Panel::Inspector), View::Inspector),
            (shown.focus == FocusMode::On, View::FocusMode),
            (shown.drawn == Drawn::All, View::AllRelations),
            (shown.listing == Listing::Relations, View::Relations),
            (shown.listing == Listing::History, View::History),
            (shown.listing == Listing::SetAside, View::SetAside),
        ];
        all.into_iter().filter(|(is_on, _)| *is_on).map(|(_, view)| view).collect()
    }

    /// Shows or hides another annotator’s marks.
    pub fn toggle_layer(&mut self, who: &AnnotatorId) {
        if !self.shown.layers.remove(who) {
            self.shown.layers.insert(who.clone());
        }
    }

    /// Whose marks are shown besides those of whoever marks.
    pub fn layers(&self) -> &BTreeSet<AnnotatorId> {
        &self.shown.layers
    }

    pub fn show_layers(&mut self, layers: BTreeSet<AnnotatorId>) {
        self.shown.layers = layers;
    }

    /// Ends a draft, as before anything else is done: gives the command for what was written, if it differs.
    pub fn end_writing(&mut self) -> Option<Command> {
        self.inspector.end_writing()
    }
}
