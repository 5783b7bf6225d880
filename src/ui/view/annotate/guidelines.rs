//! The codebook’s guidelines, to be read beside the page in place of the list of articles.
//!
//! They are Markdown, drawn as in the codebook’s editor, and read only here: *Write them…* leads to the editor.

use egui::{Align, Frame, Layout, Margin, Panel, RichText, ScrollArea, Ui};

use super::state::{Annotate, Guidelines};
use crate::{
    command::{Ask, Command},
    ui::{
        context::Ctx,
        kit::{button::cross, form, markdown::markdown_ui},
        panel::{Part, definition::definition_ui, run},
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// The least, usual and greatest width of the panel, in points.
const WIDTHS: (f32, f32, f32) = (240.0, 340.0, 480.0);

pub fn guidelines_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Annotate, out: &mut Vec<Wish>) {
    let frame = Frame::NONE.fill(ctx.tokens.panel).inner_margin(Margin { left: 16, right: 8, top: 12, bottom: 0 });
    let (least, usual, greatest) = WIDTHS;
    let panel = Panel::left("guidelines").frame(frame).default_size(usual).size_range(least..=greatest);
    panel.show(ui, |ui| {
        Part::List.begins(ui);
        ui.horizontal(|ui| {
            ui.label(RichText::new(tr("Guidelines")).font(fonts::strong(size::HEADING)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if cross(ui, ctx.tokens, &tr("Close the guidelines")).clicked() {
                    view.shown.guidelines = Guidelines::Hidden;
                }
            });
        });
        ui.add_space(space::S);
        ScrollArea::vertical().id_salt("guidelines").auto_shrink([false, false]).show(ui, |ui| {
            ui.set_width(ui.available_width() - space::S);
            ui.spacing_mut().item_spacing.y = space::S;
            guidelines_of(ui, ctx, out);
            ui.add_space(space::XL);
        });
    });
}

/// The guidelines, and below them what each label means.
fn guidelines_of(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    let codebook = ctx.codebook();
    if codebook.guidelines.trim().is_empty() {
        ui.label(RichText::new(tr("This codebook has no guidelines yet")).color(ctx.tokens.soft_ink));
        if form::button(ui, &tr("Write them…")).clicked() {
            run(out, Command::Ask(Ask::Codebook));
        }
    } else {
        markdown_ui(ui, ctx.tokens, &codebook.guidelines);
    }
    for label in &codebook.labels {
        ui.add_space(space::S);
        ui.label(RichText::new(&label.name).font(fonts::serif_strong(size::LEAD)).color(ctx.tokens.ink));
        definition_ui(ui, ctx.tokens, label);
    }
}
