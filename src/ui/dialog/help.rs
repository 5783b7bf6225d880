//! What helps to begin, and what this program is: cards to read.
//!
//! Neither asks for anything nor changes anything; what is said here about keys has to agree with the command table.

use egui::{RichText, Ui};

use super::{
    around::{Around, Outcome},
    card::{self, CardPosition},
};
use crate::{
    command::{Ask, Command, View},
    ui::{
        kit::{form, words::paragraph_ui},
        theme::{Tokens, fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// Which card it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Help {
    FirstSteps,
    About,
}

/// What to do first, each with how.
const STEPS: &[(&str, &str)] = &[
    ("Add an article", "Drop files on the window, paste a text with Ctrl+V, or use the File menu"),
    (
        "Mark some words",
        "Select them and press a label’s key, such as 1 for the first label; one word is enough for a quotation",
    ),
    ("Say who said it", "Pick a quote, press r, and choose its source and its cue by their letters"),
    ("Answer the questions", "Press Enter on a mark, then the letter beside an answer"),
    ("Move around", "Tab and Shift+Tab go from mark to mark, n and p from article to article"),
    ("Undo", "Ctrl+Z undoes every step; everything is saved automatically"),
    ("Find the rest", "Ctrl+K lists every command, F1 shows the keys, F2 the guidelines of the codebook"),
];

impl Help {
    pub fn ui(&self, around: Around<'_>) -> Outcome {
        let tokens = around.tokens;
        let name = match self {
            Self::FirstSteps => "First steps",
            Self::About => "About Pressmark",
        };
        let shown = card::over(around.egui, tokens, (name, CardPosition::Middle), size::DIALOG, |ui| {
            let closed = card::heading_ui(ui, name);
            ui.add_space(space::M);
            let wish = match self {
                Self::FirstSteps => steps_ui(ui, tokens),
                Self::About => about_ui(ui, tokens),
            };
            (closed, wish)
        });
        match shown {
            Some((_, Some(wish))) => Outcome::Done(vec![wish]),
            Some((false, None)) => Outcome::Stay,
            Some((true, None)) | None => Outcome::Leave,
        }
    }
}

fn steps_ui(ui: &mut Ui, tokens: &Tokens) -> Option<Wish> {
    for (number, (what, how)) in (1..).zip(STEPS) {
        ui.horizontal_top(|ui| {
            let number = RichText::new(format!("{number}")).font(fonts::strong(size::HEADING)).color(tokens.accent);
            ui.add_sized([space::XL, size::FIELD], egui::Label::new(number));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                paragraph_ui(ui, &tr(what), fonts::strong(size::TEXT), tokens.ink);
                paragraph_ui(ui, &tr(how), fonts::plain(size::TEXT), tokens.soft_ink);
            });
        });
        ui.add_space(space::XS);
    }
    ui.add_space(space::S);
    ui.horizontal_wrapped(|ui| {
        let sample = form::button(ui, &tr("Open the sample project")).clicked();
        let keys = form::button(ui, &tr("Show the keys")).clicked();
        match (sample, keys) {
            (true, _) => Some(Wish::Run(Command::Ask(Ask::OpenSample))),
            (_, true) => Some(Wish::Run(Command::View(View::Keys))),
            _ => None,
        }
    })
    .inner
}

fn about_ui(ui: &mut Ui, tokens: &Tokens) -> Option<Wish> {
    let version = tr!("Version {version}", version = env!("CARGO_PKG_VERSION"));
    paragraph_ui(ui, &version, fonts::strong(size::TEXT), tokens.ink);
    for text in [
        "Mark claims, quotes and stances in the news, and say who said them",
        "Your work stays on this computer: Pressmark never uses a network",
        "Free software under the MIT License or the Apache License 2.0, as you choose",
    ] {
        paragraph_ui(ui, &tr(text), fonts::plain(size::TEXT), tokens.ink);
    }
    None
}
