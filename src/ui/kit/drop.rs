//! One of a few behind a quiet word: a click drops them down, with a tick at the one that holds.

use egui::{Button, Popup, Ui, Vec2};

use super::{
    button::{Chosen, quiet_of_more},
    glyph,
};
use crate::ui::theme::{Tokens, size, space};

/// Room for the tick, on either side.
const TICK: f32 = 24.0;

/// Shows what holds now; gives what was chosen.
pub fn drop_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    now: T,
    all: &[(T, String)],
) -> Option<T> {
    let text = all.iter().find(|(value, _)| *value == now).map_or("", |(_, text)| text);
    let button = quiet_of_more(ui, tokens, name, text);
    let mut chosen = None;
    Popup::menu(&button).show(|ui| {
        for (value, text) in all {
            if ticked(ui, tokens, text, Chosen::from(*value == now)) {
                chosen = Some(*value);
                ui.close();
            }
        }
    });
    chosen
}

/// A row with a tick where it holds; whether it was clicked.
fn ticked(ui: &mut Ui, tokens: &Tokens, text: &str, state: Chosen) -> bool {
    ui.spacing_mut().button_padding.x = TICK;
    let response = ui.add(Button::selectable(false, text).min_size(Vec2::new(size::FIELD_NAME, 0.0)));
    if state == Chosen::Yes {
        let at = response.rect.left_center() + Vec2::new(space::M, 0.0);
        glyph::paint_tick(ui.painter(), at, tokens.ink);
    }
    response.clicked()
}
