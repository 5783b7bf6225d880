//! One line for whoever sees a page for the first time: how to mark. It goes for good with one click.

use egui::{Align, Frame, Layout, Margin, Panel, RichText, Ui};

use crate::{
    command::table,
    model::Codebook,
    ui::{
        context::Ctx,
        kit::{button::cross, keycap::spelled},
        settings::Settings,
        theme::{fonts, size},
        wish::Wish,
        words::tr,
    },
};

/// Shows the line below the page, as long as it was not put away.
pub fn hint_ui(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    let keys = label_keys(ctx.codebook()).filter(|_| !ctx.settings.knows_first_hint);
    let Some(keys) = keys.filter(|_| ctx.session.focus().article.is_some()) else { return };
    let frame = Frame::NONE.fill(ctx.tokens.panel).inner_margin(Margin::symmetric(16, 0));
    Panel::bottom("first hint").exact_size(size::FORM_ROW + 4.0).resizable(false).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if cross(ui, ctx.tokens, &tr("Don’t show this again")).clicked() {
                let settings = Settings { knows_first_hint: true, ..ctx.settings.clone() };
                out.push(Wish::Settings(Box::new(settings)));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let card = table::row("keys").map_or("", |row| ctx.settings.keys_of(row));
                let text = tr!("Select words, press {keys} · {key} shows the keys", keys, key = spelled(card));
                let text = RichText::new(text).font(fonts::plain(size::TEXT)).color(ctx.tokens.ink);
                ui.add(egui::Label::new(text).truncate());
            });
        });
    });
}

/// “1 to 5”: the keys of the labels; `None` where none has one.
fn label_keys(codebook: &Codebook) -> Option<String> {
    let mut keys = codebook.labels.iter().filter_map(|label| label.key);
    let first = keys.next()?;
    Some(match keys.next_back() {
        Some(last) => tr!("{first} to {last}", first = &first, last = &last),
        None => first.to_string(),
    })
}
