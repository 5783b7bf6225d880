//! Menus, made of the command table: a row's text, its key, and why it can't be done now.

use egui::{
    Button, PopupCloseBehavior, RichText, Ui,
    containers::menu::{MenuConfig, menu_style},
};

use super::run;
use crate::{
    command::{
        Scene,
        table::{self, Menu, Row},
    },
    ui::{
        context::Ctx,
        kit::keycap,
        theme::{fonts, size},
        wish::Wish,
        words::tr,
    },
};

/// All menus, side by side.
pub fn menus_ui(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    let scene = ctx.session.scene();
    for menu in Menu::ALL {
        let text = RichText::new(tr(menu.text())).font(fonts::plain(size::TEXT)).color(ctx.tokens.soft_ink);
        let button = Button::new(text).frame_when_inactive(false);
        let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClick).style(menu_style);
        let menu_button = egui::containers::menu::MenuButton::from_button(button).config(config);
        menu_button.ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for row in table::ROWS.iter().filter(|row| row.menu == menu) {
                row_ui(ui, ctx, &scene, row, out);
            }
        });
    }
}

/// One row of a menu.
pub fn row_ui(ui: &mut Ui, ctx: &Ctx<'_>, scene: &Scene<'_>, row: &Row, out: &mut Vec<Wish>) {
    let command = (row.command)(scene);
    let available = table::available(&command, scene);
    let keys = ctx.settings.keys_of(row);
    let key = RichText::new(keycap::spelled(keys)).font(fonts::monospace(size::TINY)).color(ctx.tokens.soft_ink);
    let text = text_now(row, scene);
    let response = ui.add_enabled(available.is_ok(), Button::new(text.clone()).shortcut_text(key).min_size(MENU_ROW));
    let response = response.accessible_name(text);
    match available {
        Ok(()) => {
            if response.on_hover_text(tr(row.hint)).clicked() {
                run(out, command);
            }
        }
        Err(why) => {
            let hints: Vec<_> = why.hints.iter().map(|h| tr(h).into_owned()).collect();
            response.on_disabled_hover_text(format!("{}\n{}", tr(&why.message), hints.join("\n")).trim().to_owned());
        }
    }
}

const MENU_ROW: egui::Vec2 = egui::vec2(240.0, 0.0);

/// The row's text with what it would undo or redo, in the language of the screen.
fn text_now(row: &Row, scene: &Scene<'_>) -> String {
    let named = match row.id {
        "undo" => scene.history.to_undo(),
        "redo" => scene.history.to_redo(),
        _ => None,
    };
    match named {
        Some(transaction) => format!("{}: {}", tr(row.text), crate::ui::words::phrase(&transaction.label)),
        None => tr(row.text).into_owned(),
    }
}
