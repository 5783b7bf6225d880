//! The page driven as a user would, without a window.

mod gestures;
mod initials;
mod layout;
mod two_pages;

use egui::{Id, Pos2, Rect, Vec2, pos2, vec2};
use egui_kittest::Harness;

use super::frame::Measures;
use super::*;
use crate::text::{Fragments, Text};

/// A text with its marks, written as `⟦marked⟧`; marks may nest.
pub(super) struct Doc {
    pub text: Text,
    pub marks: Vec<Mark>,
}

impl Doc {
    pub fn new(picture: &str) -> Self {
        let (mut text, mut open, mut ranges) = (String::new(), Vec::new(), Vec::new());
        for c in picture.chars() {
            match c {
                '⟦' => open.push(text.len()),
                '⟧' => ranges.push(ByteRange::new(open.pop().unwrap(), text.len())),
                c => text.push(c),
            }
        }
        let mark = |(id, range): (usize, ByteRange)| {
            let colour = egui::Color32::from_rgb(0, 103, 165);
            let fragments = Fragments::one(range).unwrap();
            Mark::plain(id as u64, fragments, colour.gamma_multiply(0.15), colour, Pattern::Solid)
        };
        let marks = ranges.into_iter().enumerate().map(mark).collect();
        Self { text: Text::new(text), marks }
    }
}

impl PageSource for Doc {
    fn text(&self) -> &Text {
        &self.text
    }

    fn text_version(&self) -> u64 {
        self.text.len() as u64
    }

    fn marks_in(&self, range: ByteRange, out: &mut Vec<Mark>) {
        out.extend(self.marks.iter().filter(|m| m.fragments.overlaps(range)).cloned());
    }

    fn mark_name(&self, id: u64) -> String {
        let mark = self.marks.iter().find(|m| m.id == id).unwrap();
        format!("Mark “{}”", mark.fragments.words(&self.text))
    }

    fn mark_label(&self, id: u64) -> String {
        format!("Mark {id}")
    }
}

/// A page and what came of it.
pub(super) struct Stage {
    pub state: PageState,
    pub doc: Doc,
    pub selection: TextSelection,
    pub options: PageOptions,
    pub links: Vec<Link>,
    pub style: PageStyle,
    pub gestures: Vec<Gesture>,
    pub visible: ByteRange,
    pub rect: Rect,
    /// Keys that the page did not take.
    pub left: Vec<egui::Key>,
}

impl Stage {
    fn new(picture: &str) -> Self {
        Self {
            state: PageState::default(),
            doc: Doc::new(picture),
            selection: TextSelection::default(),
            links: Vec::new(),
            options: PageOptions { motion: Motion::Reduced, ..PageOptions::default() },
            style: PageStyle::light(),
            gestures: Vec::new(),
            visible: ByteRange::at(0),
            rect: Rect::NOTHING,
            left: Vec::new(),
        }
    }

    /// Shows the page over all the room there is, by a name that no other page has.
    fn show(&mut self, ui: &mut Ui, name: &str) {
        let page = Page {
            id: Id::unique(name),
            source: &self.doc,
            heading: Heading { title: "A title", byline: "A paper · today" },
            selection: self.selection,
            style: &self.style,
            options: self.options,
            links: &self.links,
            language: None,
            names: Names {
                page: name,
                scrollbar: &format!("Scroll the {}", name.to_lowercase()),
                more_links: |n| format!("{n} more"),
                fewer_links: "Fewer",
            },
        };
        let out = page_ui(ui, &mut self.state, &page);
        self.rect = out.response.rect;
        self.visible = out.visible;
        let pressed = |e: &egui::Event| match e {
            egui::Event::Key { key, pressed: true, .. } => Some(*key),
            _ => None,
        };
        ui.input(|i| self.left.extend(i.events.iter().filter_map(pressed)));
        for gesture in out.gestures {
            if let Gesture::Select(selection) = gesture {
                self.selection = selection;
            }
            self.gestures.push(gesture);
        }
    }

    fn measures(&self) -> Measures {
        Measures::new(self.rect, 1.0, &self.style)
    }

    /// Where a place in the text stands in the window.
    pub fn at(&self, offset: usize) -> Pos2 {
        let line = self.state.caret_line(&self.measures(), Caret::new(offset)).unwrap();
        pos2(line.x, line.baseline - 4.0) + self.measures().origin
    }

    pub fn selected(&self) -> &str {
        self.selection.range().slice(&self.doc.text).unwrap()
    }

    pub fn take(&mut self) -> Vec<Gesture> {
        std::mem::take(&mut self.gestures)
    }
}

/// A page of 900 by 600 with reduced motion, shown once.
pub(super) fn stage(picture: &str) -> Harness<'static, Stage> {
    stage_sized(picture, vec2(900.0, 600.0))
}

pub(super) fn stage_sized(picture: &str, size: Vec2) -> Harness<'static, Stage> {
    let show = |ui: &mut Ui, stage: &mut Stage| stage.show(ui, "Article");
    let builder = Harness::builder().with_size(size).with_step_dt(1.0 / 60.0);
    let mut harness = builder.build_ui_state(show, Stage::new(picture));
    harness.step();
    harness
}
