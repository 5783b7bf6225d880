//! What stands on the page where there is no article, or letters of it can't be shown.

use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role};

use crate::ui::{
    context::Ctx,
    kit::words,
    theme::{fonts, size, space},
    typeset::{noto_family, script_name},
    words::tr,
};

/// Says in the middle of the page how to come to an article, where none is open.
pub fn nothing_ui(ui: &Ui, ctx: &Ctx<'_>, rect: Rect) {
    let text = if ctx.session.project().articles().len() == 0 {
        tr("Drop articles here, paste one, or open a folder")
    } else {
        tr("Choose an article on the left, or press n")
    };
    let (font, color) = (fonts::serif(size::QUOTED), ctx.tokens.soft_ink);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, color);
}

/// Says that no installed font has a character in view, and which font would have it. `missing` is the first such
/// character.
pub fn missing_ui(ui: &mut Ui, ctx: &Ctx<'_>, page: Rect, missing: char) {
    let what = script_name(missing).unwrap_or_else(|| format!("“{missing}” U+{:04X}", u32::from(missing)));
    let (what, family) = (what.as_str(), noto_family(missing));
    let text = tr!("No font here has {what}: install one that has, such as {family}", what, family = &family);
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
