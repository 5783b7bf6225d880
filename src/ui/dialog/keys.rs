//! The keys of the view on one card: first the twelve that most of the work is done with, then all of them by menu, the
//! labels' own, and what the mouse does. What is written in its field leaves those that have the words.
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
    text::as_read,
    ui::{
        keys,
        kit::{
            field, form,
            keycap::{Keycap, spelled},
            words::paragraph,
        },
        theme::{Tokens, fonts, size, space},
        words::tr,
    },
};

#[derive(Default)]
/// The card.
pub(super) struct Keys {
    view: KeysOf,
    /// Only what has these words is shown.
    wanted: String,
    focused: bool,
}

/// The keys that come first, by what one does with them: of commands by their place in the table, or as they are written.
const FIRST: [(&str, [First; 4]); 3] = [
    ("Mark", [First::Labels, First::Row("select-sentence"), First::Row("attributes"), First::Row("undo")]),
    ("Relate", [First::Row("relate"), First::Row("other-end"), First::Row("note"), First::Row("delete")]),
    ("Move", [First::Row("next-mark"), First::Row("next-article"), First::Row("find"), First::Row("commands")]),
];

enum First {
    /// A row of the table of commands, by its id.
    Row(&'static str),
    /// The labels' own keys.
    Labels,
}

/// What is on the screen when the card is asked for, and so which keys mean something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeysOf {
    /// The article alone.
    #[default]
    Article,
    /// The article, and the concordance below it.
    Concordance,
    /// Articles side by side.
    Compare,
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
    ("Alt drag", "Switch snapping for this drag"),
    ("Click a mark", "Pick the innermost mark"),
    ("Click again", "Pick the next mark outwards"),
    ("Drag a handle", "Move an end of the mark"),
    ("Shift arrows", "Select from the caret"),
];

/// What keys do in the concordance, which has some of its own: the table of commands does not know them.
const IN_CONCORDANCE: &[(&str, &str)] = &[
    ("Enter", "Go from the search field to the hits"),
    ("Up Down", "Go from hit to hit"),
    ("Enter", "Show the hit in its article"),
    ("Space", "Tick the hit, or untick it"),
    ("Ctrl+A", "Tick all hits"),
    ("A label’s key", "Mark the ticked hits"),
];

/// What keys do among the statements that articles share; those of the pen come first where something is selected.
const IN_COMPARE: &[(&str, &str)] = &[
    ("j", "Next statement"),
    ("k", "Previous statement"),
    ("Enter", "Same statement"),
    ("1 2 3 4", "Verbatim, truncated, altered, paraphrased"),
    ("x", "Not the same after all"),
    ("l", "Scroll the columns together, or not"),
    ("o", "Point out what only one report has"),
    ("w", "Grey what is the same word for word"),
    ("c", "Next column"),
];

/// The keys of the tables that stand in the place of the columns.
const IN_TABLES: &[(&str, &str)] = &[
    ("j k", "Next line, previous line"),
    ("Enter", "Open the row, or go to the place"),
    ("g", "Go to the place"),
    ("s", "Sort by the next column; with Shift the other way round"),
    ("y", "Sources: these names are one"),
    ("x", "Sources: this name is somebody else’s"),
    ("e", "Sources: write the name"),
    ("b", "Stances: articles, outlets or sources"),
    ("Escape", "Back to the statements"),
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
    pub fn of(view: KeysOf) -> Self {
        Self { view, ..Self::default() }
    }

    /// Draws the card, which has nothing to confirm: Esc, a click beside it, or *Close* leave it.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let tokens = around.tokens;
        let mut groups = groups(around, self.view);
        let written = as_read(&self.wanted).to_lowercase();
        let wanted: Vec<&str> = written.split_whitespace().collect();
        let leads = wanted.is_empty() && self.view != KeysOf::BesideThePage;
        let first = if leads { first(around) } else { Vec::new() };
        groups.retain_mut(|group| {
            group.lines.retain(|(keys, text)| {
                let said = as_read(&format!("{text} {keys}")).to_lowercase();
                wanted.iter().all(|word| said.contains(word))
            });
            !group.lines.is_empty()
        });
        let shown = card::over(around.egui, tokens, ("Keys", card::CardPosition::Middle), size::KEY_CARD, |ui| {
            let closes = self.heading_ui(ui);
            ScrollArea::vertical().show(ui, |ui| {
                scroll_by_keys(ui);
                if !first.is_empty() {
                    first_ui(ui, tokens, &first);
                }
                if groups.is_empty() {
                    ui.label(RichText::new(tr("No key matches")).color(tokens.soft_ink));
                }
                columns(ui, tokens, &groups);
            });
            closes.then_some(())
        });
        match shown {
            None | Some(Some(())) => Outcome::Leave,
            Some(None) => Outcome::Stay,
        }
    }
}

impl Keys {
    /// The card's name, the field that looks among the keys, and the button that closes it; true where it was clicked.
    fn heading_ui(&mut self, ui: &mut Ui) -> bool {
        ui.horizontal(|ui| {
            ui.label(RichText::new(tr("Keys")).font(fonts::strong(size::HEADING)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let closes = form::button(ui, &tr("Close")).clicked();
                let room = Vec2::new(size::FIND_FIELD.min(ui.available_width()), size::FIELD);
                ui.allocate_ui(room, |ui| {
                    let id = egui::Id::unique("find a key");
                    let field = field::line(ui, id, &mut self.wanted, &tr("Find a key"), &tr("Find a key"));
                    if !std::mem::replace(&mut self.focused, true) {
                        field.request_focus();
                    }
                });
                closes
            })
            .inner
        })
        .inner
    }
}

/// The keys that come first, larger than the others, in a column for each thing that is done with them.
fn first_ui(ui: &mut Ui, tokens: &Tokens, groups: &[Group]) {
    ui.add_space(space::S);
    ui.spacing_mut().item_spacing.x = space::XL;
    ui.columns(groups.len(), |columns| {
        for (column, group) in columns.iter_mut().zip(groups) {
            column.spacing_mut().item_spacing.y = 0.0;
            column.label(RichText::new(&group.heading).font(fonts::strong(size::HEADING)).color(tokens.ink));
            column.add_space(space::XS);
            for (keys, text) in &group.lines {
                line_ui(column, tokens, keys, text, size::HEADING);
            }
        }
    });
    ui.add_space(space::M);
    let line = ui.available_rect_before_wrap();
    ui.painter().hline(line.x_range(), line.top(), tokens.edge());
    ui.add_space(space::S);
}

fn first(around: Around<'_>) -> Vec<Group> {
    let labels = || {
        let keys: Vec<String> =
            around.ctx?.codebook().labels.iter().filter_map(|label| label.key).map(String::from).collect();
        let (first, last) = (keys.first()?, keys.last()?);
        let spelled = if keys.len() > 1 { format!("{first} … {last}") } else { first.clone() };
        Some((spelled.replace(' ', NO_BREAK), tr("Mark the selected words").into_owned()))
    };
    let line = |first: &First| match first {
        First::Labels => labels(),
        First::Row(id) => {
            let row = table::row(id)?;
            // One of several ways is enough here.
            let keys = around.settings.keys_of(row).split(' ').next().unwrap_or_default().to_owned();
            (!keys.is_empty()).then(|| (keys, tr(row.text).into_owned()))
        }
    };
    let group = |(heading, firsts): &(&str, [First; 4])| Group {
        heading: tr(heading).into_owned(),
        lines: firsts.iter().filter_map(line).collect(),
    };
    FIRST.iter().map(group).filter(|group| !group.lines.is_empty()).collect()
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
                    line_ui(column, tokens, keys, text, size::SMALL);
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

/// A gesture with its keys; over several lines where the words are longer than the column.
fn line_ui(ui: &mut Ui, tokens: &Tokens, keys: &str, text: &str, letters: f32) {
    let width = ui.available_width();
    let caps: f32 = caps(ui, tokens, keys).map(|cap| cap.size().x + space::XS).sum();
    let room = (width - caps - space::XS).max(COLUMN / 4.0);
    let words = paragraph(ui.painter(), text, fonts::plain(letters), tokens.ink, room);
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
        let digit = || {
            (
                tr("A digit’s key").replace(' ', NO_BREAK),
                tr("Marks first, whatever sign the same key types").into_owned(),
            )
        };
        let has_digits = ctx.codebook().labels.iter().any(|l| l.key.is_some_and(|key| key.is_ascii_digit()));
        let lines = keyed.chain(has_digits.then(digit)).collect();
        groups.push(Group { heading: tr("Labels").into_owned(), lines });
    }
    if view == KeysOf::Concordance {
        groups.push(of_gestures("In “Find in the project”", IN_CONCORDANCE));
    }
    if view == KeysOf::Compare {
        let lines = IN_COMPARE.iter().map(|(keys, what)| ((*keys).to_owned(), tr(what).into_owned()));
        let drag = (tr("Drag a mark").replace(' ', NO_BREAK), tr("Relate it to one in another column").into_owned());
        groups.insert(0, Group { heading: tr("Statements").into_owned(), lines: lines.chain([drag]).collect() });
        let lines = IN_TABLES.iter().map(|(keys, what)| ((*keys).to_owned(), tr(what).into_owned()));
        groups.insert(1, Group { heading: tr("Tables").into_owned(), lines: lines.collect() });
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
