//! Going through the statements, and scrolling the columns together: what keys and the wheel do here.

use egui::{Key, Modifiers};

use super::state::{Compare, Scrolled, Together};
use crate::{
    command::{Command, PaneId, Scene, select::Select},
    compare::Likeness,
    session::Session,
    text::ByteRange,
    ui::{
        keys::Press,
        panel::{inspector::Taken, run},
        view::annotate::Annotate,
        wish::Wish,
    },
};

/// A column that has moved by so many bytes was scrolled; less is what rounding does.
const MOVED: f64 = 2.0;

impl Compare {
    /// What a key without Ctrl or Alt means here. Keys of the pen come first where there is something for it to act on.
    pub fn take_key(&mut self, press: Press, session: &Session, annotate: &mut Annotate, out: &mut Vec<Wish>) -> Taken {
        if self.is_shown() && self.is_choosing() {
            return self.take_choosing_key(press, session, annotate, out);
        }
        if self.is_shown() && self.tables.is_shown() {
            return self.take_table_key(press, session, annotate, out);
        }
        let Press { key, modifiers } = press;
        if !self.is_shown() || modifiers != Modifiers::NONE || is_for_the_pen(key, &session.scene()) {
            return Taken::No;
        }
        match key {
            Key::J => self.step(1, session, annotate, out),
            Key::K => self.step(-1, session, annotate, out),
            Key::L => self.shown.toggle_together(),
            Key::O => self.shown.toggle_alone(),
            Key::W => self.shown.toggle_carried(),
            Key::C => self.next_column(session, out),
            Key::Enter if self.in_hand().is_some() => self.accept(session, out),
            Key::X => self.reject(session, annotate, out),
            Key::Num1 | Key::Num2 | Key::Num3 | Key::Num4 if self.in_hand().is_some_and(|s| !s.pairs.is_empty()) => {
                let at = [Key::Num1, Key::Num2, Key::Num3, Key::Num4].iter().position(|own| *own == key);
                at.into_iter().for_each(|at| self.correct(Likeness::FORMS[at], session, out));
            }
            _ => return Taken::No,
        }
        Taken::Yes
    }

    /// Goes on by so many statements, negative is back; stays at the ends. The first step goes to the first one.
    pub(super) fn step(&mut self, by: isize, session: &Session, annotate: &mut Annotate, out: &mut Vec<Wish>) {
        let Some(last) = self.statements.all.len().checked_sub(1) else { return };
        let to = match self.at {
            Some(at) => at.saturating_add_signed(by).min(last),
            None => 0,
        };
        self.go_to(to, session, annotate, out);
    }

    /// Goes to the statement of several reports that comes after the one in hand, or before where it is the last.
    pub(super) fn go_on(&mut self, session: &Session, annotate: &mut Annotate, out: &mut Vec<Wish>) {
        let Some(at) = self.at else { return };
        let next = Some(at + 1).filter(|next| *next < self.statements.shared).or(at.checked_sub(1));
        match next {
            Some(next) => self.go_to(next, session, annotate, out),
            None => self.at = None,
        }
    }

    /// Takes a statement in hand, and brings it into the middle of every column; one that has not got it shows where it
    /// would stand. The mark that was picked is let go of: keys are the statement’s now.
    pub(super) fn go_to(&mut self, at: usize, session: &Session, annotate: &mut Annotate, out: &mut Vec<Wish>) {
        self.take_in_hand(at);
        if has_something_selected(&session.scene()) {
            run(out, Command::Select(Select::Nothing));
        }
        let Some(statement) = self.statements.all.get(at) else { return };
        let base = statement.fullest();
        let Some(start) = statement.places[base].as_ref().map(|place| place.first().start()) else { return };
        let lengths = self.lengths(session);
        for (column, pane) in self.columns.panes().iter().enumerate() {
            let range = match &statement.places[column] {
                Some(place) => place.covering(),
                None if self.shown.together == Together::Free => continue,
                None => {
                    let (from, to) = ((base, lengths[base]), (column, lengths[column]));
                    let place = self.statements.linked_place(from, to, start as f64) as usize;
                    ByteRange::at(floor(session, *pane, place))
                }
            };
            annotate.pages.of(*pane).centre(range);
        }
    }

    /// Has the other columns read where the one that was scrolled by hand is read now.
    pub(super) fn scroll_together(&mut self, ui: &egui::Ui, session: &Session, annotate: &mut Annotate) {
        let panes = self.columns.panes().to_vec();
        let state =
            |annotate: &Annotate, pane: PaneId| annotate.pages.shown(pane).map(|page| page.state().is_gliding());
        let glides = panes.iter().any(|pane| state(annotate, *pane) == Some(true));
        // What has come to a place by itself was not scrolled by hand.
        let who = if glides { Scrolled::Along } else { Scrolled::ByHand };
        let mut moved: Vec<(usize, f64)> = Vec::new();
        for (column, pane) in panes.iter().enumerate() {
            let Some(now) = annotate.pages.shown(*pane).and_then(|page| page.state().reading_place()) else { continue };
            let before = self.read.insert(*pane, (now, who));
            let is_moved = before.is_some_and(|(at, who)| who == Scrolled::ByHand && (at - now).abs() > MOVED);
            moved.extend(is_moved.then_some((column, now)));
        }
        if glides || self.shown.together == Together::Free {
            return;
        }
        let pointed = ui.input(|i| i.pointer.latest_pos()).and_then(|at| {
            panes.iter().position(|pane| {
                let column = annotate.pages.shown(*pane).and_then(|page| page.state().column());
                column.is_some_and(|column| column.expand(super::header::MARGIN).contains(at))
            })
        });
        let leader = moved.iter().find(|(column, _)| Some(*column) == pointed).or(moved.first()).copied();
        let Some((from, place)) = leader else { return };
        let lengths = self.lengths(session);
        for (to, pane) in panes.iter().enumerate().filter(|(to, _)| *to != from) {
            let place = self.statements.linked_place((from, lengths[from]), (to, lengths[to]), place);
            annotate.pages.of(*pane).state_mut().read_at(place);
            self.read.entry(*pane).and_modify(|(_, who)| *who = Scrolled::Along);
        }
        ui.request_repaint();
    }

    /// Of each column the length of its text in bytes.
    fn lengths(&self, session: &Session) -> Vec<usize> {
        let length = |pane: &PaneId| session.scene_of(*pane).text().map_or(0, |text| text.len());
        self.columns.panes().iter().map(length).collect()
    }
}

/// Whether a key means something to the pen: a label’s, where words are selected or a mark is picked.
fn is_for_the_pen(key: Key, scene: &Scene<'_>) -> bool {
    let name = key.name().to_lowercase();
    let is_of = |key: char| name.chars().eq(key.to_lowercase());
    let is_label = || scene.codebook().labels.iter().any(|label| label.key.is_some_and(is_of));
    has_something_selected(scene) && (key == Key::Enter || is_label())
}

/// Whether the pen has something to act on.
fn has_something_selected(scene: &Scene<'_>) -> bool {
    scene.selection().is_some() || scene.focus.picked.is_some()
}

/// A place of a pane’s text that it can be cut at.
fn floor(session: &Session, pane: PaneId, at: usize) -> usize {
    session.scene_of(pane).text().map_or(0, |text| text.floor_char_boundary(at))
}
