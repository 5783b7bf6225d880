//! Menus, made of the command table: a row's text, its key, and why it can't be done now.
//!
//! By keys: arrows move along the menus and up and down in one, Enter opens and chooses, Esc leaves.
//!
//! A menu knows no command: `command::table` says which rows it has, what they are called now, and what they run.
//! Egui’s menus have no keys of their own; here the arrows are taken before egui moves the focus with them.

use egui::{
    Button, EventFilter, FocusDirection, Id, Key, Modifiers, Popup, PopupCloseBehavior, Response, RichText, Ui,
    accesskit::{Role, Toggled},
    containers::menu::{MenuButton, MenuConfig, menu_style},
};

use super::{Part, run};
use crate::{
    command::{
        Scene,
        table::{self, CommandRow, Menu},
    },
    ui::{
        context::Ctx,
        kit::{access, focus, glyph, keycap, list::Cursor},
        theme::{fonts, size},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// Draws the buttons of all menus side by side, and the open one below its button.
pub fn menus_ui(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    Part::Menus.begins(ui);
    let (mut buttons, mut turned) = (Vec::new(), None);
    for (at, menu) in Menu::ALL.into_iter().enumerate() {
        let text = RichText::new(tr(menu.text())).font(fonts::plain(size::TEXT)).color(ctx.tokens.soft_ink);
        let button = Button::new(text).frame_when_inactive(false);
        let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClick).style(menu_style);
        let (response, _) = MenuButton::from_button(button).config(config).ui(ui, |ui| {
            if let Some(by) = menu_ui(ui, ctx, menu, out) {
                turned = Some((at, by));
            }
        });
        if response.has_focus() {
            if response.clicked() {
                enter(ui, menu);
            }
            along(ui, &response, at, &mut turned);
        }
        buttons.push(response);
    }
    if let Some((at, by)) = turned {
        let to = match by {
            Turn::Down => at,
            Turn::Right => (at + 1) % buttons.len(),
            Turn::Left => (at + buttons.len() - 1) % buttons.len(),
        };
        turn(ui, &buttons[at], &buttons[to], Menu::ALL[to], by);
    }
}

/// Draws one button for all menus, where there is no room for one each: below it they open to its side.
pub fn all_in_one_ui(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    Part::Menus.begins(ui);
    let text = RichText::new(tr("Menu")).font(fonts::plain(size::TEXT)).color(ctx.tokens.soft_ink);
    let button = Button::new(text).frame_when_inactive(false);
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClick).style(menu_style);
    MenuButton::from_button(button).config(config).ui(ui, |ui| {
        access::name_menu(ui, &tr("Menu"), None);
        for menu in Menu::ALL {
            ui.menu_button(tr(menu.text()), |ui| menu_ui(ui, ctx, menu, out));
        }
    });
}

/// Where an arrow key leads from a menu’s button or rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// Into the menu.
    Down,
    /// To the menu on the left; from the first one to the last.
    Left,
    /// To the menu on the right; from the last one to the first.
    Right,
}

/// What the arrow keys mean on a menu’s button: `turned` becomes the button and the direction.
fn along(ui: &Ui, button: &Response, at: usize, turned: &mut Option<(usize, Turn)>) {
    let arrows = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(button.id, arrows));
    let keys = [(Key::ArrowDown, Turn::Down), (Key::ArrowLeft, Turn::Left), (Key::ArrowRight, Turn::Right)];
    if let Some(turn) = pressed(ui, &keys) {
        *turned = Some((at, turn));
    }
}

/// Moves the focus from one menu to another, and into its rows where it is opened now or the first one was open.
fn turn(ui: &Ui, from: &Response, to: &Response, menu: Menu, by: Turn) {
    let was_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(from));
    if was_open || by == Turn::Down {
        Popup::open_id(ui.ctx(), Popup::default_response_id(to));
        enter(ui, menu);
    } else {
        to.request_focus();
    }
    ui.request_repaint();
}

/// The direction of the first of these keys that was pressed; takes the key, and keeps egui from moving the focus
/// with it.
fn pressed(ui: &Ui, keys: &[(Key, Turn)]) -> Option<Turn> {
    let (_, turn) = *keys.iter().find(|(key, _)| ui.input_mut(|i| i.consume_key(Modifiers::NONE, *key)))?;
    ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    Some(turn)
}

/// The rows of a menu, and the direction of an arrow key that leads out of it.
///
/// The cursor is kept in egui’s memory, with the number of rows that could be chosen in the last frame: how many
/// there are is only known once they are drawn.
fn menu_ui(ui: &mut Ui, ctx: &Ctx<'_>, menu: Menu, out: &mut Vec<Wish>) -> Option<Turn> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let scene = ctx.session.scene();
    let rows: Vec<&CommandRow> = table::ROWS.iter().filter(|row| row.menu == menu).collect();
    // Only rows that can be chosen count; how many there are is known once they were drawn.
    let (mut cursor, count) = ui.data(|data| data.get_temp::<(Cursor, usize)>(cursor_id(menu))).unwrap_or_default();
    cursor.step(ui, count, count);
    let mut live = 0;
    ui.spacing_mut().button_padding.x = TICK;
    access::name_menu(ui, &tr(menu.text()), Some(rows.len()));
    for (at, row) in rows.into_iter().enumerate() {
        if GROUPS.contains(&row.id) {
            ui.separator();
        }
        let response = row_ui(ui, ctx, &scene, row, out);
        if response.enabled() {
            cursor.follow(ui, live, &response);
            live += 1;
        }
        access::place(&response, at);
    }
    ui.data_mut(|data| data.insert_temp(cursor_id(menu), (cursor, live)));
    pressed(ui, &[(Key::ArrowLeft, Turn::Left), (Key::ArrowRight, Turn::Right)])
}

/// Brings the focus to the first row of a menu as soon as it is drawn.
fn enter(ui: &Ui, menu: Menu) {
    let mut cursor = Cursor::default();
    cursor.enter(0);
    ui.data_mut(|data| data.insert_temp(cursor_id(menu), (cursor, 0_usize)));
}

/// Where a menu’s cursor stands in egui’s memory.
fn cursor_id(menu: Menu) -> Id {
    Id::unique(("menu", menu.text()))
}

/// Rows that begin a group of a menu.
const GROUPS: [&str; 19] = [
    "add-articles",
    "import",
    "save",
    "settings",
    "quit",
    "copy",
    "select-nothing",
    "find",
    "annotator",
    "next-in-stack",
    "attributes",
    "start-out",
    "add-fragment",
    "to-do",
    "metadata",
    "larger",
    "light",
    "show-articles",
    "all-relations",
];

/// Room for a tick before a row.
const TICK: f32 = 24.0;

/// What can be done to the words or the mark that one points at.
pub fn mark_menu_ui(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    access::name_menu(ui, &tr("Mark"), None);
    rows_ui(ui, ctx, &["copy", "concordance", "select-quotation"], out);
    if ctx.session.scene().picked().is_ok() {
        ui.separator();
        rows_ui(ui, ctx, &["relate", "attributes", "note", "flag", "question"], out);
        ui.separator();
        rows_ui(ui, ctx, &["add-fragment", "remove-fragment", "delete"], out);
    }
}

/// Rows of the command table by their ids.
pub fn rows_ui(ui: &mut Ui, ctx: &Ctx<'_>, ids: &[&str], out: &mut Vec<Wish>) {
    ui.spacing_mut().button_padding.x = TICK;
    let scene = ctx.session.scene();
    for row in ids.iter().filter_map(|id| table::row(id)) {
        row_ui(ui, ctx, &scene, row, out);
    }
}

/// One row of a menu, with a tick where what it chooses holds.
pub fn row_ui(ui: &mut Ui, ctx: &Ctx<'_>, scene: &Scene<'_>, row: &CommandRow, out: &mut Vec<Wish>) -> Response {
    let command = (row.command)(scene);
    let available = ctx.available(&command);
    let keys = ctx.settings.keys_of(row);
    let key = RichText::new(keycap::spelled(keys)).font(fonts::monospace(size::TINY)).color(ctx.tokens.soft_ink);
    let text = phrase(&table::text_now(row, scene));
    let response = ui.add_enabled(available.is_ok(), Button::new(text.clone()).shortcut_text(key).min_size(MENU_ROW));
    let response = response.accessible_name(text);
    access::is_a(&response, if ctx.holds(row) { Role::MenuItemCheckBox } else { Role::MenuItem });
    if ctx.holds(row) {
        let at = response.rect.left_center() + egui::vec2(TICK / 2.0, 0.0);
        glyph::paint_tick(ui.painter(), at, ctx.tokens.ink);
        response.ctx.accesskit_node_builder(response.id, |node| node.set_toggled(Toggled::True));
    }
    if response.has_focus() {
        focus::paint_ring(ui, ctx.tokens, response.rect.shrink(ctx.tokens.focus().width));
    }
    match available {
        Ok(()) => {
            let response = response.on_hover_text(tr(row.hint));
            if response.clicked() {
                run(out, command);
                ui.close();
            }
            response
        }
        Err(why) => {
            let hints: Vec<_> = why.hints.iter().map(phrase).collect();
            response.on_disabled_hover_text(format!("{}\n{}", phrase(&why.message), hints.join("\n")).trim().to_owned())
        }
    }
}

/// Least size of a row, in points: wide enough for text and keys of nearly all.
const MENU_ROW: egui::Vec2 = egui::vec2(240.0, 0.0);
