//! The bar at the bottom of Compare: going through the statements, and the switches of what is shown, each with its key.

use egui::Ui;

use super::{
    drawn::Drawn,
    state::{Alone, Carried, Together},
};
use crate::ui::{
    context::Ctx,
    kit::{
        button::{Chip, Chosen, chip, chip_width},
        keycap,
    },
    panel::{Part, bottom_bar::bar_with},
    theme::space,
    wish::Wish,
    words::tr,
};

/// What a chip does.
#[derive(Clone, Copy)]
enum Does {
    Previous,
    Next,
    Together,
    Alone,
    Carried,
}

/// Draws the bar along the lower edge of the window.
pub fn bar_ui(ui: &mut Ui, ctx: &Ctx<'_>, drawn: &mut Drawn<'_>, out: &mut Vec<Wish>) {
    let Drawn { view, annotate, said } = drawn;
    bar_with(ui, ctx, *said, out, |ui, ctx, out| {
        ui.spacing_mut().item_spacing.x = space::S;
        Part::Labels.begins(ui);
        let shown = view.shown;
        let chips = [
            (Does::Next, "Next statement", "j", Chosen::No),
            (Does::Previous, "Previous", "k", Chosen::No),
            (Does::Together, "Scroll together", "l", Chosen::from(shown.together == Together::Linked)),
            (Does::Alone, "Only here", "o", Chosen::from(shown.alone == Alone::Shown)),
            (Does::Carried, "Word for word", "w", Chosen::from(shown.carried == Carried::Shown)),
        ];
        for (does, text, key, state) in chips {
            let name = tr(text);
            let key = keycap::spelled(key);
            let looks = Chip { name: &name, badge: None, text: &name, key: &key, state };
            if chip_width(ui, ctx.tokens, &looks) > ui.available_width() {
                break;
            }
            if !chip(ui, ctx.tokens, &looks).clicked() {
                continue;
            }
            match does {
                Does::Next => view.step(1, ctx.session, annotate, out),
                Does::Previous => view.step(-1, ctx.session, annotate, out),
                Does::Together => view.shown.toggle_together(),
                Does::Alone => view.shown.toggle_alone(),
                Does::Carried => view.shown.toggle_carried(),
            }
        }
    });
}
