//! What keys mean while something is being related.

use super::{Next, Refused, Relating, filling, hints::Meaning, progress::Progress};
use crate::{
    command::{Command, relate::Filling, scene::Scene, table},
    model::LabelId,
};

/// A key as relating knows it; others mean nothing to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelatingKey {
    /// Takes the selected words, or goes on.
    Enter,
    /// Enter with Shift.
    ShiftEnter,
    /// Takes a letter back, or goes back a role.
    Backspace,
    /// Swallowed: it would remove the mark that is being related.
    Delete,
    /// A Latin letter in lower case, or a digit.
    Letter(char),
}

impl Relating {
    /// What a key means: a letter chooses, Enter takes the first kind or the selected words or goes on; with Shift it
    /// takes the words and stays, or goes back for another one. Backspace takes a letter back or goes to the role before.
    /// `None` leaves the key to others.
    pub fn take_key(&mut self, key: RelatingKey, scene: &Scene<'_>, out: &mut Vec<Command>) -> Option<Next> {
        match key {
            RelatingKey::Enter if self.progress.is_some() => Some(self.go_on(scene, out)),
            RelatingKey::Enter => match self.choose_kind(0, scene, out) {
                Next::On if scene.selection().is_some() => Some(self.go_on(scene, out)),
                next => Some(next),
            },
            RelatingKey::ShiftEnter => Some(self.take_another(scene, out)),
            RelatingKey::Backspace => {
                if self.typed.pop().is_none() {
                    self.go_back();
                }
                Some(Next::On)
            }
            // It would remove the mark that is being related.
            RelatingKey::Delete => Some(Next::On),
            RelatingKey::Letter(letter) => self.take_letter(letter, scene, out),
        }
    }

    /// A letter: the key of a label where words are selected, else part of a hint.
    fn take_letter(&mut self, letter: char, scene: &Scene<'_>, out: &mut Vec<Command>) -> Option<Next> {
        let label = scene.codebook().labels.iter().find(|l| l.key == Some(letter));
        let label = label.filter(|_| scene.selection().is_some()).map(|l| &l.id);
        let Some((kind, _)) = self.role(scene) else {
            return self.take_letter_for_kind(letter, label, scene, out);
        };
        if let Some(label) = label {
            return Some(self.take_words(label, scene, out));
        }
        if kind.across_articles && opens_another_article(letter) {
            return None;
        }
        // A digit would relabel the mark that is being related.
        if letter.is_ascii_digit() {
            return Some(Next::On);
        }
        self.typed.push(letter);
        match self.hints.meaning(&self.typed) {
            Meaning::One(target) => return Some(self.fill(scene, filling(&target), out)),
            Meaning::Beginning => {}
            Meaning::Nothing => self.typed.clear(),
        }
        Some(Next::On)
    }

    /// A letter while the kind is to be chosen: it chooses the kind, or, as the key of a label, marks the selected
    /// words where exactly one kind takes them.
    fn take_letter_for_kind(
        &mut self,
        letter: char,
        label: Option<&LabelId>,
        scene: &Scene<'_>,
        out: &mut Vec<Command>,
    ) -> Option<Next> {
        if let Some(at) = self.offered_kinds(scene).iter().position(|(_, key)| *key == Some(letter)) {
            return Some(self.choose_kind(at, scene, out));
        }
        let label = label.filter(|_| self.joins.is_empty())?;
        let Some(progress) = self.only_kind_for(label, scene) else { return Some(Next::On) };
        self.progress = Some(progress);
        Some(self.take_words(label, scene, out))
    }

    /// The selected words fill, with this label, the first role from here on that takes it: a source and then a cue
    /// need no key between them.
    fn take_words(&mut self, label: &LabelId, scene: &Scene<'_>, out: &mut Vec<Command>) -> Next {
        let at = self.progress.as_ref().and_then(|progress| progress.role_for(label, scene));
        let Some((progress, at)) = self.progress.as_mut().zip(at) else {
            self.refused = Some(Refused::Label(label.clone()));
            return Next::On;
        };
        progress.at = at;
        self.fill(scene, Filling::SelectionAs(label.clone()), out)
    }

    /// The one kind in which the label has a role beside what is being related; `None` where there are several.
    fn only_kind_for(&self, label: &LabelId, scene: &Scene<'_>) -> Option<Progress> {
        let kinds = self.kinds.iter().filter_map(|id| scene.codebook().relation(id));
        let begun = kinds.filter_map(|kind| Progress::of(scene, kind, &self.origin));
        let mut fitting = begun.filter(|progress| progress.role_for(label, scene).is_some());
        fitting.next().filter(|_| fitting.next().is_none())
    }
}

/// Whether a letter is the key for the next or previous article, where the other end may lie.
fn opens_another_article(letter: char) -> bool {
    let is_key = |id| table::row(id).is_some_and(|row| row.keys.chars().eq([letter]));
    is_key("next-article") || is_key("previous-article")
}
