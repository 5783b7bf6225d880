//! The handbook: a page for each task that goes beyond the window, to be read here or in `assets/handbook`.
//!
//! The commands on the pages are run as they stand when the program is tested.

use egui::{ScrollArea, Ui, vec2};

use super::{
    around::{Around, Outcome},
    card::{self, CardPosition},
};
use crate::ui::{
    kit::{
        button::{self, Chosen},
        markdown::markdown_ui,
    },
    theme::{Tokens, size, space},
    words::tr,
};

/// What a page is called in the list, and the page.
const PAGES: &[(&str, &str)] = &[
    ("Move a brat corpus", include_str!("../../../assets/handbook/move-a-brat-corpus.md")),
    ("Work with INCEpTION", include_str!("../../../assets/handbook/work-with-inception.md")),
    ("Make a training split", include_str!("../../../assets/handbook/make-a-training-split.md")),
    ("Train a span categoriser with spaCy", include_str!("../../../assets/handbook/train-with-spacy.md")),
    ("Hand over to MAXQDA or ATLAS.ti", include_str!("../../../assets/handbook/hand-over-to-maxqda-or-atlas-ti.md")),
    ("Load into datasets", include_str!("../../../assets/handbook/load-into-datasets.md")),
    ("Query with DuckDB", include_str!("../../../assets/handbook/query-with-duckdb.md")),
];

/// Width of the list of pages, and height of the card, in points.
const LIST: f32 = 190.0;
const HEIGHT: f32 = 520.0;

/// The card.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Handbook {
    /// The index of the page that is shown.
    page: usize,
}

impl Handbook {
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let place = ("Handbook", CardPosition::Middle);
        let closed = card::over(around.egui, around.tokens, place, size::PALETTE + LIST, |ui| {
            let closed = card::heading_ui(ui, "Handbook");
            ui.add_space(space::M);
            let height = ui.available_height().min(HEIGHT);
            ui.horizontal_top(|ui| {
                ui.allocate_ui(vec2(LIST, height), |ui| ui.vertical(|ui| self.list_ui(ui, around.tokens)));
                ui.vertical(|ui| self.page_ui(ui, around.tokens, height));
            });
            closed
        });
        if closed == Some(false) { Outcome::Stay } else { Outcome::Leave }
    }

    fn list_ui(&mut self, ui: &mut Ui, tokens: &Tokens) {
        ui.set_width(LIST);
        for (at, (title, _)) in PAGES.iter().enumerate() {
            let (title, chosen) = (tr(title), Chosen::from(at == self.page));
            if button::quiet(ui, tokens, &title, &title, chosen).clicked() {
                self.page = at;
            }
        }
    }

    fn page_ui(&self, ui: &mut Ui, tokens: &Tokens, height: f32) {
        let (_, page) = PAGES[self.page];
        ScrollArea::vertical().id_salt(self.page).max_height(height).auto_shrink([false, false]).show(ui, |ui| {
            ui.set_width(ui.available_width() - space::S);
            ui.spacing_mut().item_spacing.y = space::S;
            markdown_ui(ui, tokens, page);
        });
    }
}
