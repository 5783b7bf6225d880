//! What stands on the page where there is no article, or letters of it can't be shown.

use egui::{Align, Align2, Layout, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role};

use crate::{
    command::{Ask, Command},
    ui::{
        context::Ctx,
        kit::{form, words},
        panel::run,
        theme::{fonts, size, space},
        typeset::{noto_family, script_name},
        wish::Wish,
        words::tr,
    },
};

/// Says how to come to an article; in a project without any, offers the ways.
pub fn nothing_ui(ui: &mut Ui, ctx: &Ctx<'_>, rect: Rect, out: &mut Vec<Wish>) {
    let is_empty = ctx.session.project().articles().len() == 0;
    let text = if is_empty {
        tr("Drop articles here, paste one, or open a folder")
    } else {
        tr("Choose an article on the left, or press n")
    };
    let (font, color) = (fonts::serif(size::QUOTED), ctx.tokens.soft_ink);
    let center = rect.center() - Vec2::new(0.0, if is_empty { size::FORM_ROW } else { 0.0 });
    let place = ui.painter().text(center, Align2::CENTER_CENTER, text, font, color);
    if !is_empty {
        return;
    }
    let under = Rect::from_min_max(egui::pos2(rect.left(), place.bottom() + space::L), rect.max);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(under).layout(Layout::top_down(Align::Center)));
    ways_ui(&mut ui, out);
}

/// The buttons by which articles are added, side by side in the middle.
fn ways_ui(ui: &mut Ui, out: &mut Vec<Wish>) {
    let ways = [
        ("Add files…", Ask::AddArticles),
        ("Paste an article…", Ask::PasteArticle),
        ("Open a folder…", Ask::AddFolder),
    ];
    let padding = 2.0 * ui.spacing().button_padding.x;
    let width = |ui: &Ui, text: &str| {
        let font = egui::TextStyle::Button.resolve(ui.style());
        ui.painter().layout_no_wrap(text.to_owned(), font, ui.visuals().text_color()).size().x + padding
    };
    let all: f32 = ways.iter().map(|(text, _)| width(ui, &tr(text))).sum::<f32>() + 2.0 * ui.spacing().item_spacing.x;
    form::line(ui, |ui| {
        ui.add_space(((ui.available_width() - all) / 2.0).max(0.0));
        for (text, ask) in ways {
            if form::button(ui, &tr(text)).clicked() {
                run(out, Command::Ask(ask));
            }
        }
    });
}

/// Says that no installed font has a character in view, and which font would have it. `missing` is the first such
/// character.
pub fn missing_ui(ui: &mut Ui, ctx: &Ctx<'_>, page: Rect, missing: char) {
    let what = script_name(missing).unwrap_or_else(|| format!("“{missing}” U+{:04X}", u32::from(missing)));
    let (what, family) = (what.as_str(), noto_family(missing));
    let text = tr!("No installed font has {what}: install one that does, such as {family}", what, family = &family);
    let padding = Vec2::new(space::M, space::S);
    let width = (page.width() - 2.0 * space::XL - 2.0 * padding.x).max(0.0);
    let words = words::paragraph(ui.painter(), &text, fonts::plain(size::SMALL), ctx.tokens.ink, width);
    let bottom = page.center_bottom() - Vec2::new(0.0, space::M);
    let rect = Align2::CENTER_BOTTOM.anchor_size(bottom, words.size() + 2.0 * padding);
    let response = ui.interact(rect, ui.scope_id().with("missing font"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    let line = Stroke::new(size::LINE, ctx.tokens.warning);
    ui.painter().rect(rect, f32::from(size::RADIUS), ctx.tokens.card, line, StrokeKind::Inside);
    words.paint(ui.painter(), rect.min + padding);
}
