//! What a screen reader says by itself: what a step did, which mark is picked, what the window tells, why nothing was done.
//!
//! One node that is always there has the last of it as its name. A reader hears a name only when it changes, so one that
//! is said twice in a row ends differently the second time, by a space that nobody hears.

use egui::{
    Id, Rect, Sense, Ui, Vec2, WidgetInfo,
    accesskit::{Live, Role},
};

use crate::{
    diagnostic::{Diagnostic, Severity},
    model::{AnnotationId, ArticleId},
    ui::words,
};

/// Added to a name that is said again: a no-break space of no width.
const AGAIN: char = '\u{feff}';

/// What is to be said, and what was said last.
#[derive(Debug, Default)]
pub struct Spoken {
    /// Sentences of what happened since the last frame.
    waiting: Vec<String>,
    /// Whether one of them is not to wait until the reader has finished another sentence.
    is_urgent: bool,
    /// The name of the node, and whether it interrupts.
    said: String,
    interrupts: bool,
    /// The open article and the picked mark, as they were said last.
    pub place: (Option<ArticleId>, Option<AnnotationId>),
}

impl Spoken {
    /// Says a sentence with the next frame.
    pub fn say(&mut self, sentence: String) {
        if !sentence.is_empty() {
            self.waiting.push(sentence);
        }
    }

    /// Says a message with its hints; errors interrupt.
    pub fn tell(&mut self, told: &Diagnostic) {
        self.is_urgent |= told.severity == Severity::Error;
        self.say(words::phrase(&told.message));
        told.hints.iter().for_each(|hint| self.say(words::phrase(hint)));
    }

    /// Lets what is said with the next frame interrupt whatever is being read out.
    pub fn interrupt(&mut self) {
        self.is_urgent = true;
    }

    /// The node, at a corner of the window: nothing of it is seen.
    pub fn ui(&mut self, ui: &Ui) {
        if !self.waiting.is_empty() {
            let anew = std::mem::take(&mut self.waiting).join(". ");
            let again = anew == self.said;
            self.said = anew;
            self.said.extend(again.then_some(AGAIN));
            self.interrupts = std::mem::take(&mut self.is_urgent);
        }
        let corner = Rect::from_min_size(ui.max_rect().left_bottom(), Vec2::ZERO);
        let response = ui.interact(corner, Id::unique("spoken"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &self.said));
        let live = if self.interrupts { Live::Assertive } else { Live::Polite };
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(live));
    }
}
