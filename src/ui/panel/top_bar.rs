//! The bar at the top: what the program is called, its views, its menus, and the way to every command.
//!
//! It has no state; the menus keep theirs in egui’s memory.

use egui::{Align, Align2, Frame, Layout, Margin, Panel, Response, Sense, Ui, Vec2, WidgetInfo, accesskit::Role};

use super::{menus, run};
use crate::{
    command::{Command, View, table},
    ui::{
        context::Ctx,
        kit::{
            button::{Chip, Chosen, chip, chip_width},
            focus, keycap,
        },
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

const BRAND: &str = "Pressmark";

/// The views, each with its command in the table.
const TABS: [(&str, View); 2] = [("annotate", View::Annotate), ("compare", View::Compare)];

/// Draws the bar along the upper edge of the window. Where it is narrow the name is left out, then the menus are one.
pub fn top_bar_ui(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    let frame = Frame::NONE.fill(ctx.tokens.bar).inner_margin(Margin::symmetric(14, 0));
    Panel::top("top bar").exact_size(size::BAR).resizable(false).frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let fits = Fits::of(ui, ctx);
            if fits == Fits::Whole {
                brand(ui, ctx);
                ui.add_space(space::L);
            }
            tabs(ui, ctx, out);
            match fits {
                Fits::WithoutMenus => menus::all_in_one_ui(ui, ctx, out),
                Fits::Whole | Fits::WithoutBrand => {
                    parting(ui, ctx);
                    menus::menus_ui(ui, ctx, out);
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                for button in BUTTONS {
                    button_ui(ui, ctx, &button, out);
                }
            });
        });
    });
}

/// How much of the bar has room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fits {
    Whole,
    WithoutBrand,
    /// The menus are one.
    WithoutMenus,
}

impl Fits {
    /// By the width of what stands in the bar; at the right there must be room for a key.
    fn of(ui: &Ui, ctx: &Ctx<'_>) -> Self {
        const KEY: f32 = 88.0;
        let width = |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, ctx.tokens.ink).size().x;
        let gap = ui.spacing().item_spacing.x;
        let tabs = TABS.iter().filter_map(|(id, _)| table::row(id));
        let tabs: f32 = tabs.map(|row| width(&tr(row.text), fonts::strong(size::TEXT)) + 2.0 * space::M + gap).sum();
        let menu = |menu: &table::Menu| {
            width(&tr(menu.text()), fonts::plain(size::TEXT)) + 2.0 * ui.spacing().button_padding.x + gap
        };
        let menus: f32 = table::Menu::ALL.iter().map(menu).sum();
        let left = ui.available_width() - tabs - menus - 2.0 * space::M - gap - KEY;
        let brand = width(BRAND, fonts::serif_strong(size::BRAND)) + space::L + 2.0 * gap;
        match () {
            () if left >= brand => Self::Whole,
            () if left >= 0.0 => Self::WithoutBrand,
            () => Self::WithoutMenus,
        }
    }
}

/// The program’s name, which is the same in every language.
fn brand(ui: &mut Ui, ctx: &Ctx<'_>) {
    let font = fonts::serif_strong(size::BRAND);
    let text = ui.painter().layout_no_wrap(BRAND.to_owned(), font, ctx.tokens.ink);
    let (rect, response) = ui.allocate_exact_size(text.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, BRAND));
    ui.painter().galley(rect.min, text, ctx.tokens.ink);
}

/// The views, the one that is shown as chosen; a click shows the other.
fn tabs(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    let compares = ctx.shown.contains(&View::Compare);
    for (id, view) in TABS {
        let is_shown = compares == (view == View::Compare);
        let Some(row) = table::row(id) else { continue };
        let response = tab(ui, ctx, &tr(row.text), is_shown);
        let keys = keycap::spelled(ctx.settings.keys_of(row));
        let hint = format!("{}  {keys}", tr(row.hint));
        if response.on_hover_text(hint.trim_end()).clicked() && !is_shown {
            run(out, Command::View(view));
        }
    }
}

/// The tab of a view.
fn tab(ui: &mut Ui, ctx: &Ctx<'_>, name: &str, is_shown: bool) -> Response {
    let (font, color) = match is_shown {
        true => (fonts::strong(size::TEXT), ctx.tokens.ink),
        false => (fonts::plain(size::TEXT), ctx.tokens.soft_ink),
    };
    // As wide as the chosen one, so that nothing moves.
    let widest = ui.painter().layout_no_wrap(name.to_owned(), fonts::strong(size::TEXT), color).size().x;
    let text = ui.painter().layout_no_wrap(name.to_owned(), font, color);
    let wanted = Vec2::new(widest + 2.0 * space::M, size::FIELD + 2.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_shown, name));
    if is_shown || response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, ctx.tokens.hover);
    }
    if response.has_focus() {
        focus::paint_ring(ui, ctx.tokens, rect);
    }
    let at = Align2::CENTER_CENTER.anchor_size(rect.center(), text.size()).min;
    ui.painter().galley(at, text, color);
    response
}

/// A line between the views and the menus.
fn parting(ui: &mut Ui, ctx: &Ctx<'_>) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(2.0 * space::M, size::BADGE), Sense::hover());
    ui.painter().vline(rect.center().x, rect.y_range(), ctx.tokens.edge());
}

/// A button at the right of the bar.
struct Button {
    /// Of its command in the table, for its keys.
    id: &'static str,
    text: &'static str,
    hint: &'static str,
    view: View,
}

/// From the right; one that has no room is only its keys, and then nothing.
const BUTTONS: [Button; 2] = [
    Button { id: "commands", text: "Commands", hint: "Find any command by name", view: View::Commands },
    Button {
        id: "concordance",
        text: "Find in the project",
        hint: "Find words in all articles, one hit per line, and mark many at once",
        view: View::Concordance,
    },
];

fn button_ui(ui: &mut Ui, ctx: &Ctx<'_>, button: &Button, out: &mut Vec<Wish>) {
    let keys = table::row(button.id).map_or("", |row| ctx.settings.keys_of(row));
    let (text, key) = (tr(button.text), keycap::spelled(keys));
    let whole = Chip { name: &text, badge: None, text: &text, key: &key, state: Chosen::No };
    let fits = |looks: &Chip<'_>| chip_width(ui, ctx.tokens, looks) + space::M <= ui.available_width();
    let looks = if key.is_empty() || fits(&whole) { whole } else { Chip { text: "", ..whole } };
    if !fits(&looks) && button.id != BUTTONS[0].id {
        return;
    }
    if chip(ui, ctx.tokens, &looks).on_hover_text(tr(button.hint)).clicked() {
        run(out, Command::View(button.view.clone()));
    }
}
