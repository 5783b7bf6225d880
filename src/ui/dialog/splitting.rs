//! Whether an export is parted for training, and how: the rows of the card of an export, and what the parts come to.

use egui::Ui;

use crate::{
    format::{Shares, SplitOptions, SplitReport, Together},
    ui::{
        kit::{
            form::{self, Form},
            picker::picker,
            words,
        },
        theme::{Tokens, fonts, size},
        words::{phrase, tr},
    },
};

/// What is offered, as the command line writes it.
const SHARES: [&str; 4] = ["80/10/10", "70/15/15", "90/5/5", "80/20"];

/// What stays together besides near duplicates, which always do; the words are English.
const TOGETHER: [(&str, &[Together]); 4] = [
    ("Articles of a story", &[Together::Story]),
    ("Articles of an outlet", &[Together::Source]),
    ("Articles of a story or an outlet", &[Together::Story, Together::Source]),
    ("Near duplicates alone", &[]),
];

/// What is chosen; nothing is parted at first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Splitting {
    /// One of `SHARES`, or empty for no parts.
    shares: &'static str,
    /// An index of `TOGETHER`.
    together: usize,
    /// As it is written.
    seed: String,
}

impl Splitting {
    /// As whoever writes it takes them; `None` where nothing is parted.
    pub fn options(&self) -> Option<SplitOptions> {
        let Shares(shares) = self.shares.parse().ok()?;
        let together = TOGETHER[self.together].1.to_vec();
        Some(SplitOptions { shares, together, seed: self.seed().unwrap_or_default() })
    }

    /// Whether it can be written so.
    pub fn is_valid(&self) -> bool {
        self.shares.is_empty() || self.seed().is_some()
    }

    /// 0 where none is written; `None` where what is written is no number.
    fn seed(&self) -> Option<u64> {
        let seed = self.seed.trim();
        if seed.is_empty() { Some(0) } else { seed.parse().ok() }
    }

    /// Draws the rows; those that say how stand there only where there are parts.
    pub fn ui(&mut self, ui: &mut Ui, form: &mut Form<'_>) {
        form.row(ui, &tr("Split"), |_, ui, label| {
            let parts = SHARES.map(|shares| (shares, said(shares)));
            let choices = std::iter::once(("", tr("Not split").into_owned())).chain(parts).collect();
            let now = &mut self.shares;
            form::line(ui, |ui| picker(ui, "Split", ui.available_width(), now, choices).labelled_by(label));
        });
        if self.shares.is_empty() {
            return;
        }
        form.row(ui, &tr("Kept together"), |_, ui, label| {
            let choices = TOGETHER.iter().enumerate().map(|(at, (name, _))| (at, tr(name).into_owned())).collect();
            let now = &mut self.together;
            form::line(ui, |ui| picker(ui, "Kept together", ui.available_width(), now, choices).labelled_by(label));
        });
        form.text(ui, &tr("Seed"), "0", &mut self.seed);
        if self.seed().is_none() {
            form.problem(ui, &tr("A seed is a whole number"));
        }
    }
}

/// Draws how much is in each part, and what a random split would have torn apart.
pub(super) fn report_ui(ui: &mut Ui, tokens: &Tokens, report: &SplitReport) {
    form::caption(ui, tokens, &tr("Parts"));
    for line in report.lines() {
        words::paragraph_ui(ui, &phrase(&line), fonts::plain(size::SMALL), tokens.ink);
    }
    form::gap(ui);
}

/// Shares in words.
fn said(shares: &str) -> String {
    let Ok(Shares([train, dev, test])) = shares.parse() else { return shares.to_owned() };
    let [train, dev, test] = [train, dev, test].map(|share| share.to_string());
    match dev.as_str() {
        "0" => tr!("Train {train} %, test {test} %", train, test),
        _ => tr!("Train {train} %, dev {dev} %, test {test} %", train, dev, test),
    }
}
