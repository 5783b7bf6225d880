//! The bar at the bottom: the labels to mark with, who marks, and how the saving stands.
//!
//! It shows the state of saving in every frame, since work that is not saved must be seen without looking for it. In
//! focus mode there is no bar, and [`said_ui`] stands in for it.

use std::borrow::Cow;

use egui::{
    Align, Align2, Button, Color32, Frame, Layout, Margin, Panel, Rect, RichText, ScrollArea, Sense, Ui, Vec2,
    WidgetInfo, accesskit::Role,
};

use super::{Part, definition::definition_ui, run, wording};
use crate::{
    command::{Ask, Command, table},
    model::{Label, Layer, Status},
    ui::{
        context::{Ctx, SaveState},
        kit::{
            button::{Chip, Chosen, chip, chip_width, quiet},
            glyph, words,
        },
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// Draws the bar along the lower edge of the window.
///
/// `said` is what was done last (“Undone: Mark as Claim”); for the few seconds it is given, it stands in the place of
/// status and annotator.
pub fn bottom_bar_ui(ui: &mut Ui, ctx: &Ctx<'_>, said: Option<&str>, out: &mut Vec<Wish>) {
    bar_with(ui, ctx, said, out, palette);
}

/// The same with something else at its left end than the labels.
pub fn bar_with(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    said: Option<&str>,
    out: &mut Vec<Wish>,
    left: impl FnOnce(&mut Ui, &Ctx<'_>, &mut Vec<Wish>),
) {
    let frame = Frame::NONE.fill(ctx.tokens.bar).inner_margin(Margin::symmetric(14, 0));
    Panel::bottom("bottom bar").exact_size(size::BAR).resizable(false).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            standing(ui, ctx, said, out);
            ui.add_space(space::L);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| left(ui, ctx, out));
        });
    });
}

/// In focus mode, where there is no bar: what was done last, or that something is not saved, in the lower right
/// corner of `page`.
///
/// A failure to save and a read-only project win over `said`: they are never hidden.
pub fn said_ui(ui: &Ui, ctx: &Ctx<'_>, said: Option<&str>, page: Rect) {
    let (saving, color) = save_state(ctx);
    let (text, color) = match (said, ctx.save) {
        (_, SaveState::Failed | SaveState::ReadOnly) => (saving.as_ref(), color),
        (Some(said), _) => (said, ctx.tokens.soft_ink),
        (None, _) => return,
    };
    let words = words::whole(ui.painter(), text, fonts::plain(size::SMALL), color);
    let corner = page.right_bottom() - Vec2::splat(space::L);
    let rect = Align2::RIGHT_BOTTOM.anchor_size(corner, words.size());
    let response = ui.interact(rect, ui.scope_id().with("said"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_filled(rect.expand2(Vec2::new(space::S, space::XS)), size::RADIUS, ctx.tokens.bar);
    words.paint(ui.painter(), rect.min);
}

/// The labels as chips, with their names only where there is room for all of them; the one of the picked mark is
/// shown as chosen. Scrolls sideways where even the initials do not fit.
fn palette(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    ui.spacing_mut().item_spacing.x = space::S;
    Part::Labels.begins(ui);
    let labels = &ctx.codebook().labels;
    let picked = ctx.session.scene().picked().ok().map(|(_, a)| &a.label);
    let wide: f32 = labels.iter().map(|l| label_chip(ui, ctx, l, &l.name, None).1 + space::S).sum();
    let short = wide > ui.available_width();
    let scroll = ScrollArea::horizontal().id_salt("labels").auto_shrink([false, true]);
    scroll.scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden).show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            for label in labels {
                let text = if short { "" } else { label.name.as_str() };
                let (clicked, _) = label_chip(ui, ctx, label, text, Some(Chosen::from(picked == Some(&label.id))));
                if clicked {
                    run(out, table::label_command(label, ctx.settings.roles()));
                }
            }
        });
    });
}

/// Draws a label’s chip and says whether it was clicked; with no `state` it only measures the chip. Gives (clicked,
/// width in points), of which only one means something each time.
fn label_chip(ui: &mut Ui, ctx: &Ctx<'_>, label: &Label, text: &str, state: Option<Chosen>) -> (bool, f32) {
    let name = tr!("Mark as {what}", what = &label.name);
    let key = label.key.map(String::from).unwrap_or_default();
    let look = ctx.tokens.label(label.color);
    let looks =
        Chip { name: &name, badge: Some((&label.initials, look)), text, key: &key, state: state.unwrap_or_default() };
    if state.is_none() {
        return (false, chip_width(ui, ctx.tokens, &looks));
    }
    let response = chip(ui, ctx.tokens, &looks);
    let is_defined = !label.description.is_empty() || !label.examples.is_empty();
    let response = if !is_defined && !text.is_empty() {
        response
    } else {
        response.on_hover_ui(|ui| {
            ui.set_max_width(size::INSPECTOR);
            words::paragraph_ui(ui, &label.name, fonts::strong(size::TEXT), ctx.tokens.ink);
            definition_ui(ui, ctx.tokens, label);
        })
    };
    (response.clicked(), 0.0)
}

/// The right end of the bar, laid out from right to left: text size, saving, status, number of marks, and who marks.
/// A click on the annotator’s name asks who marks from now on.
fn standing(ui: &mut Ui, ctx: &Ctx<'_>, said: Option<&str>, out: &mut Vec<Wish>) {
    soft(ui, ctx, &format!("{} %", ctx.settings.text_percent));
    soft(ui, ctx, "  ·  ");
    saving(ui, ctx, out);
    if let Some(said) = said {
        soft(ui, ctx, "  ·  ");
        soft(ui, ctx, said);
        return;
    }
    let scene = ctx.session.scene();
    let who = scene.annotator.and_then(|id| ctx.session.project().annotator(id));
    if scene.focus.article.is_some() {
        let layer = scene.layer();
        let marks = layer.map_or(0, Layer::annotation_count);
        let status = layer.map_or(Status::ToDo, Layer::status);
        let count = tr!("{n} mark|{n} marks", n = marks);
        soft(ui, ctx, "  ·  ");
        soft(ui, ctx, &format!("· {count} · {}", tr(wording::status(status)).to_lowercase()));
    } else {
        soft(ui, ctx, "· ");
    }
    let name = who.map_or_else(|| tr("Who is annotating?").into_owned(), |a| a.name.clone());
    let response = quiet(ui, ctx.tokens, &tr("Annotator"), &name, Chosen::No);
    if response.on_hover_text(tr("Choose who is annotating")).clicked() {
        run(out, Command::Ask(Ask::Annotator));
    }
}

/// The word for the state of saving, and the colour that goes with how much it matters.
fn save_state(ctx: &Ctx<'_>) -> (Cow<'static, str>, Color32) {
    match ctx.save {
        SaveState::Saved => (tr("saved"), ctx.tokens.soft_ink),
        SaveState::Saving => (tr("saving…"), ctx.tokens.soft_ink),
        SaveState::Failed => (tr("not saved"), ctx.tokens.danger),
        SaveState::ReadOnly => (tr("read-only"), ctx.tokens.warning),
    }
}

/// The state of saving. Where it failed it is a button that tries again, which also brings the reason back on the
/// screen.
fn saving(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    let (text, color) = save_state(ctx);
    if ctx.save == SaveState::Failed {
        let words = RichText::new(text.as_ref()).font(fonts::plain(size::SMALL)).color(color);
        let response = ui.add(Button::new(words).frame_when_inactive(false));
        if response.on_hover_text(tr("Save now; if it fails, you are told why")).clicked() {
            run(out, Command::Ask(Ask::Save));
        }
        return;
    }
    colored(ui, &text, color);
    if ctx.save == SaveState::Saved {
        let (rect, _) = ui.allocate_exact_size(Vec2::new(space::L, space::M), Sense::hover());
        glyph::paint_tick(ui.painter(), rect.center() - Vec2::new(2.0, 0.0), color);
    }
}

/// Words that matter less than their neighbours.
fn soft(ui: &mut Ui, ctx: &Ctx<'_>, text: &str) {
    colored(ui, text, ctx.tokens.soft_ink);
}

fn colored(ui: &mut Ui, text: &str, color: Color32) {
    words::line_ui(ui, Role::Label, text, fonts::plain(size::SMALL), color);
}
