//! One of many, in a list that drops down.
//!
//! By keys: Enter opens it, arrows move in it, Enter chooses, Esc leaves all as it was. Then its button has the focus
//! again, unless one has clicked elsewhere.
//!
//! For three or four choices take [`one_of`](super::segmented::one_of), which shows them all at once.

use egui::{ComboBox, IdSalt, Response, Ui};

use super::list::Cursor;

/// Of what drops down, in points, before it has to be scrolled.
const HEIGHT: f32 = 360.0;

/// Gives the button; what is chosen is `now` at once. It has changed where something was chosen, be it what was chosen
/// before.
pub fn picker<T: PartialEq>(ui: &mut Ui, salt: &str, width: f32, now: &mut T, all: Vec<(T, String)>) -> Response {
    let at = all.iter().position(|(value, _)| value == now);
    let text = at.map(|at| all[at].1.clone()).unwrap_or_default();
    let id = ui.make_persistent_id(IdSalt::new(salt));
    let was_open = ComboBox::is_open(ui.ctx(), id);
    let mut cursor: Cursor = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let mut has_chosen = false;
    let combo = ComboBox::from_id_salt(salt).width(width).height(HEIGHT).truncate().selected_text(text);
    let below = ui.layer_id();
    let button = combo.show_ui(ui, |ui| {
        // The press that opens it raises the card below it too, and egui leaves both in the order they were in.
        if ui.layer_id().order == below.order {
            ui.ctx().set_sublayer(below, ui.layer_id());
        }
        cursor.step(ui, all.len(), all.len());
        for (row, (value, text)) in all.into_iter().enumerate() {
            let response = ui.selectable_label(value == *now, text);
            cursor.follow(ui, row, &response);
            if response.gained_focus() {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                has_chosen = true;
                *now = value;
                ui.close();
            }
        }
    });
    let mut button = button.response;
    if has_chosen {
        button.mark_changed();
    }
    let is_open = ComboBox::is_open(ui.ctx(), id);
    if was_open && !is_open && (has_chosen || !button.clicked_elsewhere()) {
        button.request_focus();
    } else if is_open && button.has_focus() {
        cursor.enter(at.unwrap_or_default());
    }
    ui.data_mut(|data| data.insert_temp(id, cursor));
    button
}
