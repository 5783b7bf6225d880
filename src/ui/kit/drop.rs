//! One of a few behind a quiet word: a click drops them down, with a tick at the one that holds.
//!
//! By keys: Enter opens it, arrows move in it, Enter chooses, Esc leaves all as it was; then the word has the focus again.

use egui::{Align, Button, Layout, Popup, Response, Ui, Vec2, accesskit::Role};

use super::{
    access,
    button::{Chosen, quiet_of_more},
    glyph,
    list::Cursor,
    words,
};
use crate::ui::theme::{Tokens, fonts, size, space};

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
    let memory = button.id.with("cursor");
    let mut cursor: Cursor = ui.data(|data| data.get_temp(memory)).unwrap_or_default();
    let was_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&button));
    let mut chosen = None;
    let shown = Popup::menu(&button).show(|ui| {
        cursor.step(ui, all.len(), all.len());
        access::name_menu(ui, name, Some(all.len()));
        for (row, (value, text)) in all.iter().enumerate() {
            let response = ticked(ui, tokens, text, Chosen::from(*value == now));
            access::is_one_of(&response, *value == now);
            cursor.follow(ui, row, &response);
            if response.clicked() {
                chosen = Some(*value);
                ui.close();
            }
        }
    });
    let is_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&button));
    if was_open && !is_open && (chosen.is_some() || !button.clicked_elsewhere()) {
        button.request_focus();
    } else if shown.is_some() && button.has_focus() {
        cursor.enter(all.iter().position(|(value, _)| *value == now).unwrap_or_default());
    }
    ui.data_mut(|data| data.insert_temp(memory, cursor));
    chosen
}

/// The title of a list, and on the right one of a few that it is of or sorted by; gives what was chosen.
pub fn header_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    tokens: &Tokens,
    title: &str,
    name: &str,
    (now, all): (T, &[(T, String)]),
) -> Option<T> {
    ui.horizontal(|ui| {
        words::line_ui(ui, Role::Label, title, fonts::strong(size::TINY + 0.5), tokens.soft_ink);
        let at_right = Layout::right_to_left(Align::Center);
        ui.with_layout(at_right, |ui| drop_ui(ui, tokens, name, now, all)).inner
    })
    .inner
}

/// A row with a tick where it holds.
fn ticked(ui: &mut Ui, tokens: &Tokens, text: &str, state: Chosen) -> Response {
    ui.spacing_mut().button_padding.x = TICK;
    let response = ui.add(Button::selectable(false, text).min_size(Vec2::new(size::FIELD_NAME, 0.0)));
    if state == Chosen::Yes {
        let at = response.rect.left_center() + Vec2::new(space::M, 0.0);
        glyph::paint_tick(ui.painter(), at, tokens.ink);
    }
    response
}
