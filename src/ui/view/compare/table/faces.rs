//! The strip above the columns: the statements or one of the tables; for a table its filter, copying and saving, and the
//! name of a source while it is written.

use egui::{Align, Frame, Key, Layout, Margin, Modifiers, Panel, Ui, UiBuilder, accesskit::Role, vec2};

use super::{super::state::Compare, state::Face};
use crate::ui::{
    context::Ctx,
    kit::{
        button::{Chip, Chosen, chip},
        field, form,
        segmented::{Among, Choice, Fill, filled_choices_ui},
        words,
    },
    theme::{LabelLook, fonts, size, space},
    wish::{Choice as Path, Wish},
    words::tr,
};

/// The least and the most width of the segments.
const FACES: (f32, f32) = (320.0, 440.0);
const FILTER: f32 = 200.0;
/// Below this width the strip has two lines.
const ONE_LINE: f32 = 680.0;

/// Draws the strip along the upper edge of the room there is.
pub fn faces_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, out: &mut Vec<Wish>) {
    let frame = Frame::NONE.fill(ctx.tokens.bar).inner_margin(Margin::symmetric(14, 6));
    Panel::top("tables").resizable(false).frame(frame).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
        strip_ui(ui, ctx, view, out);
        if view.tables.naming.is_some() {
            naming_ui(ui, ctx, view, out);
        }
    });
}

fn strip_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, out: &mut Vec<Wish>) {
    let width = ui.available_width();
    let line = |ui: &mut Ui| ui.allocate_exact_size(vec2(width, size::FIELD), egui::Sense::hover()).0;
    let whole = line(ui);
    let faces = whole.with_max_x(whole.left() + (width * 0.5).clamp(FACES.0, FACES.1).min(width));
    let mut left = ui.new_child(UiBuilder::new().id_salt("faces").max_rect(faces));
    segments_ui(&mut left, ctx, view);
    if !view.tables.is_shown() {
        return;
    }
    // Where all of it does not fit beside each other, the tools have a line of their own.
    let rest = if width < ONE_LINE { line(ui) } else { whole.with_min_x(faces.right() + space::M) };
    let tools = UiBuilder::new().id_salt("table tools").max_rect(rest);
    let mut right = ui.new_child(tools.layout(Layout::right_to_left(Align::Center)));
    tools_ui(&mut right, ctx, view, out);
}

fn segments_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare) {
    let texts: Vec<_> = Face::ALL.iter().map(|face| tr(face.text())).collect();
    let choices: Vec<Choice<'_>> = Face::ALL
        .iter()
        .zip(&texts)
        .map(|(face, text)| Choice { name: text, text, state: Chosen::from(view.tables.face == *face), key: None })
        .collect();
    let look = LabelLook { line: ctx.tokens.accent, tint: ctx.tokens.selection, on_line: ctx.tokens.on_accent };
    let id = ui.scope_id().with("face");
    if let Some(at) = filled_choices_ui(ui, ctx.tokens, id, (Among::One, Fill::Label(look)), &choices) {
        view.show_face(Face::ALL[at]);
    }
}

/// From the right: saving, copying, the filter.
fn tools_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, out: &mut Vec<Wish>) {
    let chip_of = |ui: &mut Ui, name: &str| {
        let name = tr(name);
        chip(ui, ctx.tokens, &Chip { name: &name, badge: None, text: &name, key: "", state: Chosen::No })
    };
    if chip_of(ui, "Save as CSV…").clicked() {
        out.push(Wish::Choose(Path::FileForTable));
    }
    if chip_of(ui, "Copy").on_hover_text(tr("Put the table on the clipboard, with tabs between its columns")).clicked()
    {
        view.copy_table(out);
    }
    let room = ui.available_width().min(FILTER);
    ui.allocate_ui_with_layout(vec2(room, size::FIELD), Layout::left_to_right(Align::Center), |ui| {
        let id = ui.scope_id().with("filter");
        view.tables.field = Some(id);
        let response = field::line(ui, id, &mut view.tables.filter, &tr("Filter the table"), &tr("Filter"));
        view.tables.cursor.enter_from(ui, &response, view.tables.lines.len());
    });
}

/// The name of a source, while it is written.
fn naming_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, out: &mut Vec<Wish>) {
    let known: Vec<String> = view.tables.data.iter().flat_map(|data| data.sources.names()).map(str::to_owned).collect();
    let Some(naming) = &mut view.tables.naming else { return };
    let (mut is_done, mut is_left) = (false, false);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        is_left = form::button(ui, &tr("Cancel")).clicked();
        is_done = form::primary_button(ui, ctx.tokens, &tr("Name the source")).clicked();
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            words::line_ui(ui, Role::Label, &tr("Name"), fonts::plain(size::TEXT), ctx.tokens.soft_ink);
            let id = ui.scope_id().with("name of a source");
            let response = field::line(ui, id, &mut naming.name, &tr("Name of the source"), &known.join(", "));
            if std::mem::take(&mut naming.is_new) {
                response.request_focus();
            }
            let pressed = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key)) > 0;
            if response.has_focus() || response.lost_focus() {
                is_done |= pressed(Key::Enter) || ui.input(|i| i.key_pressed(Key::Enter));
                is_left |= pressed(Key::Escape);
            }
        });
    });
    if is_done {
        view.name_source(out);
    } else if is_left {
        view.tables.naming = None;
        view.tables.cursor.come_back();
    }
}
