//! The keys of the view on one card: by menu, the labels' own, and what the mouse does.
//!
//! It is made of the command table and the settings in every frame, so that it is true also of keys that were
//! changed. To change them is the settings’ matter.

use egui::{Key, Modifiers, Rect, RichText, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2};

use super::{
    around::{Around, Outcome},
    card,
};
use crate::{
    command::table::{self, Menu},
    ui::{
        keys,
        kit::{
            form,
            keycap::{Keycap, spelled},
            words::paragraph,
        },
        theme::{Tokens, fonts, size, space},
        words::tr,
    },
};

/// The card.
pub(super) struct Keys {
    /// Which keys are shown.
    pub view: KeysOf,
}

/// What is on the screen when the card is asked for, and so which keys mean something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeysOf {
    /// The article alone.
    #[default]
    Article,
    /// The article, and the concordance below it.
    Concordance,
    /// A view that stands in the page’s place, such as the codebook: only keys that work there too are shown, and
    /// nothing of marking.
    BesideThePage,
}

/// A part of the card with a heading.
struct Group {
    /// In the language of the screen.
    heading: String,
    /// Keys, parted by spaces, and what they do.
    lines: Vec<(String, String)>,
}

/// What the mouse does on the page: gesture, and in words. English, for the screen’s door.
const GESTURES: &[(&str, &str)] = &[
    ("Drag", "Select words"),
    ("Double-click", "Select the word"),
    ("Triple-click", "Select the sentence"),
    ("Alt drag", "Turn snapping over"),
    ("Click a mark", "Pick the innermost"),
    ("Click again", "Pick the next one out"),
    ("Drag a handle", "Move an end of the mark"),
    ("Shift arrows", "Select from the caret on"),
];

/// What keys do in the concordance, which has some of its own: the table of commands does not know them.
const IN_CONCORDANCE: &[(&str, &str)] = &[
    ("Enter", "From the words to the hits"),
    ("Up Down", "Go from hit to hit"),
    ("Enter", "Show the hit in its article"),
    ("Space", "Tick the hit, or untick it"),
    ("Ctrl+A", "Tick all hits"),
    ("A label’s key", "Mark what is ticked"),
];

/// Stands for the spaces in a gesture, so that it is painted as one key cap rather than one for each word.
const NO_BREAK: &str = "\u{a0}";

/// At most so many columns.
const COLUMNS: usize = 4;
/// The least width of a column, in points, below which there are fewer of them.
const COLUMN: f32 = 240.0;
/// Least height of a line, in points.
const LINE: f32 = 24.0;

impl Keys {
    /// Draws the card, which has nothing to confirm: Esc, a click beside it, or *Close* leave it.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let tokens = around.tokens;
        let groups = groups(around, self.view);
        let shown = card::over(around.egui, tokens, ("Keys", card::CardPosition::Middle), size::KEY_CARD, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(tr("Keys")).font(fonts::strong(size::HEADING)));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    form::button(ui, &tr("Close")).clicked()
                })
                .inner
            })
            .inner
            .then_some(())
            .or_else(|| {
                ScrollArea::vertical().show(ui, |ui| {
                    scroll_by_keys(ui);
                    columns(ui, tokens, &groups);
                });
                None
            })
        });
        match shown {
            None | Some(Some(())) => Outcome::Leave,
            Some(None) => Outcome::Stay,
        }
    }
}

/// The groups in as many columns as fit.
fn columns(ui: &mut Ui, tokens: &Tokens, groups: &[Group]) {
    ui.add_space(space::S);
    ui.spacing_mut().item_spacing.x = space::XL;
    let count = ((ui.available_width() / COLUMN) as usize).clamp(1, COLUMNS);
    ui.columns(count, |columns| {
        for (column, part) in columns.iter_mut().zip(spread(groups, count)) {
            column.spacing_mut().item_spacing.y = 0.0;
            for group in part {
                form::caption(column, tokens, &group.heading);
                column.add_space(space::XS);
                for (keys, text) in &group.lines {
                    line_ui(column, tokens, keys, text);
                }
                column.add_space(space::L);
            }
        }
    });
}

/// Puts groups into at most `count` columns of about the same height, in their order; a group is never parted.
fn spread(groups: &[Group], count: usize) -> Vec<Vec<&Group>> {
    let height = |g: &Group| g.lines.len() + 2;
    let tallest = groups.iter().map(height).max().unwrap_or(0);
    let target = tallest.max(groups.iter().map(height).sum::<usize>().div_ceil(count));
    let mut columns: Vec<Vec<&Group>> = vec![Vec::new()];
    let mut filled = 0;
    for group in groups {
        if filled > 0 && filled + height(group) > target && columns.len() < count {
            columns.push(Vec::new());
            filled = 0;
        }
        filled += height(group);
        if let Some(column) = columns.last_mut() {
            column.push(group);
        }
    }
    columns
}

/// What a key does, with its caps at the right; over several lines where the words are longer than the column.
fn line_ui(ui: &mut Ui, tokens: &Tokens, keys: &str, text: &str) {
    let width = ui.available_width();
    let caps: f32 = caps(ui, tokens, keys).map(|cap| cap.size().x + space::XS).sum();
    let room = (width - caps - space::XS).max(COLUMN / 4.0);
    let words = paragraph(ui.painter(), text, fonts::plain(size::SMALL), tokens.ink, room);
    let height = LINE.max(words.size().y + space::XS);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{text}: {keys}")));
    keycaps(ui, tokens, keys, rect);
    words.paint_middle_left(ui.painter(), rect.left_center());
}

/// Scrolls by arrows and page keys, as nothing in the card has the focus.
fn scroll_by_keys(ui: &mut Ui) {
    let view = ui.clip_rect().height();
    for (key, by) in
        [(Key::ArrowDown, LINE), (Key::ArrowUp, -LINE), (Key::PageDown, view - LINE), (Key::PageUp, LINE - view)]
    {
        let times = ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
        if times > 0 {
            ui.scroll_with_delta(Vec2::new(0.0, -by * times as f32));
        }
    }
}

/// The groups that have lines: the menus, the labels’ own keys, the concordance, the mouse.
fn groups(around: Around<'_>, view: KeysOf) -> Vec<Group> {
    let mut groups: Vec<Group> = Menu::ALL.into_iter().map(|menu| of_menu(menu, around, view)).collect();
    if view == KeysOf::BesideThePage {
        groups.retain(|g| !g.lines.is_empty());
        return groups;
    }
    if let Some(ctx) = around.ctx {
        let keyed = ctx.codebook().labels.iter().filter_map(|l| Some((l.key?.to_string(), l.name.clone())));
        groups.push(Group { heading: tr("Labels").into_owned(), lines: keyed.collect() });
    }
    if view == KeysOf::Concordance {
        groups.push(of_gestures("In the concordance", IN_CONCORDANCE));
    }
    groups.push(of_gestures("In the article", GESTURES));
    groups.retain(|g| !g.lines.is_empty());
    groups
}

/// A group of fixed lines; both texts are translated.
fn of_gestures(heading: &str, gestures: &[(&str, &str)]) -> Group {
    let lines = gestures.iter().map(|(gesture, what)| (tr(gesture).replace(' ', NO_BREAK), tr(what).into_owned()));
    Group { heading: tr(heading).into_owned(), lines: lines.collect() }
}

/// The commands of a menu that have a key which works in this view.
fn of_menu(menu: Menu, around: Around<'_>, view: KeysOf) -> Group {
    let scene = around.ctx.map(|ctx| ctx.session.scene());
    let keyed = table::ROWS.iter().filter(|r| r.menu == menu).filter_map(|row| {
        let mut keys = around.settings.keys_of(row).to_owned();
        if view == KeysOf::BesideThePage {
            let holds = scene.as_ref().is_some_and(|scene| keys::holds_beside_the_page(&(row.command)(scene)));
            keys = if holds { keys::beside_the_page(&keys) } else { String::new() };
        }
        (!keys.is_empty()).then(|| (keys, tr(row.text).into_owned()))
    });
    Group { heading: tr(menu.text()).into_owned(), lines: keyed.collect() }
}

/// Paints keys as caps at the right end of a rectangle; gives the width they take, with a gap before them, in points.
pub(super) fn keycaps(ui: &Ui, tokens: &Tokens, keys: &str, within: Rect) -> f32 {
    let mut right = within.right();
    for cap in caps(ui, tokens, keys).rev() {
        right -= cap.size().x;
        cap.paint(ui.painter(), tokens, pos2(right, within.center().y));
        right -= space::XS;
    }
    within.right() - right
}

/// A cap for each key of a text such as `Ctrl+Z Esc`.
fn caps<'k>(ui: &Ui, tokens: &Tokens, keys: &'k str) -> impl DoubleEndedIterator<Item = Keycap> + use<'k> {
    let (painter, tokens) = (ui.painter().clone(), tokens.clone());
    keys.split(' ').filter(|k| !k.is_empty()).map(move |key| Keycap::new(&painter, &tokens, &spelled(key)))
}
