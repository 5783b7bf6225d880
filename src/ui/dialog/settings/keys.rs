//! Every command with its keys: one is picked, the next key that is pressed becomes its key.
//!
//! Which key may be given to what is decided in `ui::keys` (`change::clash`). Escape leaves a command as it is,
//! Backspace and Delete take its key away; both can therefore not be given here without a modifier.

use egui::{
    Event, FocusDirection, Key, Rect, RichText, ScrollArea, Sense, TextStyle, Ui, Vec2, WidgetInfo, accesskit::Role,
};

use crate::{
    command::table::{self, CommandRow},
    ui::{
        dialog::{around::Around, keys::keycaps},
        keys::{
            Chord,
            change::{self, Clash},
        },
        kit::{
            form::{self, Form},
            keycap::spelled,
            list::{self, Cursor, Ground},
            words::elided,
        },
        settings::Settings,
        theme::{Tokens, fonts, size, space},
        words::tr,
    },
};

/// The list’s view state.
#[derive(Default)]
pub(super) struct KeyList {
    /// As it is typed; a command is found by its name and by its keys.
    filter: String,
    cursor: Cursor,
    /// The command that was last looked at, whose keys can be reset.
    picked: Option<&'static CommandRow>,
    state: State,
    /// How far the list is scrolled, in points.
    scrolled: f32,
}

/// What the list waits for.
#[derive(Default)]
enum State {
    /// For nothing.
    #[default]
    Idle,
    /// For the next key that is pressed, to give it to this command; with the reason why the last one could not be
    /// given.
    Waiting(&'static CommandRow, Option<&'static str>),
    /// For an answer: the key belongs to somebody else.
    Asking(&'static CommandRow, Chord, Clash),
}

impl KeyList {
    /// Takes the key that is waited for, with all keyboard events of the frame, before anybody else sees them. To be
    /// called before the rest of the card is drawn, as Escape would close it.
    pub fn catch(&mut self, around: Around<'_>, settings: &mut Settings) {
        let State::Waiting(row, _) = self.state else { return };
        let events = around.egui.input_mut(|input| {
            let (keys, rest) = std::mem::take(&mut input.events).into_iter().partition(is_of_keyboard);
            input.events = rest;
            keys
        });
        around.egui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        let Some(event) = pressed(&events) else { return };
        match event {
            Event::Key { key: Key::Escape, .. } => self.settle(row),
            Event::Key { key: Key::Backspace | Key::Delete, modifiers, .. } if modifiers.is_none() => {
                change::clear(settings, row);
                self.settle(row);
            }
            event => {
                let Some(chord) = Chord::of(event) else { return };
                let codebook = around.ctx.map(crate::ui::context::Ctx::codebook);
                match change::clash(&chord, row, settings, codebook) {
                    Some(Clash::Refused(why)) => self.state = State::Waiting(row, Some(why)),
                    Some(clash) => self.state = State::Asking(row, chord, clash),
                    None => {
                        change::give(settings, &chord, row);
                        self.settle(row);
                    }
                }
            }
        }
    }

    /// Draws the filter, the list, and below it what is waited for.
    pub fn ui(&mut self, ui: &mut Ui, around: Around<'_>, settings: &mut Settings) {
        let tokens = around.tokens;
        let width = ui.available_width();
        let mut form = Form::standing(tokens);
        let (name, hint) = (tr("Filter the commands"), tr("Find a command or a key"));
        let field = form.bare_text(ui, &name, &hint, width, &mut self.filter);
        let wanted = self.filter.trim().to_lowercase();
        let rows: Vec<&'static CommandRow> = table::ROWS.iter().filter(|row| has(row, settings, &wanted)).collect();
        self.cursor.enter_from(ui, &field, rows.len());
        // Below the list stand a line of words and a row of buttons.
        let below = ui.text_style_height(&TextStyle::Body) + size::FORM_ROW + ui.spacing().item_spacing.y;
        let height = ui.available_height() - below - space::S - ui.spacing().item_spacing.y;
        if rows.is_empty() {
            ui.allocate_space(Vec2::new(width, size::FORM_ROW));
            ui.label(RichText::new(tr("No command matches")).color(tokens.soft_ink));
            ui.add_space(height - 2.0 * size::FORM_ROW);
        } else {
            self.list_ui(ui, tokens, settings, &rows, height);
        }
        ui.add_space(space::S);
        self.below_ui(ui, tokens, settings);
    }

    /// The rows in view, in `height` points.
    fn list_ui(
        &mut self,
        ui: &mut Ui,
        tokens: &Tokens,
        settings: &Settings,
        rows: &[&'static CommandRow],
        height: f32,
    ) {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut area = ScrollArea::vertical().max_height(height).auto_shrink([false, false]);
            let page = (height / size::FORM_ROW) as usize;
            if let Some(at) = self.cursor.step(ui, rows.len(), page) {
                let top = at as f32 * size::FORM_ROW;
                let view = self.scrolled..self.scrolled + height;
                if let Some(offset) = list::scroll_to_show(top, size::FORM_ROW, view) {
                    area = area.vertical_scroll_offset(offset);
                }
            }
            let shown = area.show_rows(ui, size::FORM_ROW, rows.len(), |ui, seen| {
                for at in seen.clone() {
                    let sense = self.cursor.sense(at, &seen);
                    self.row_ui(ui, (tokens, settings), (at, rows[at]), sense);
                }
            });
            self.scrolled = shown.state.clamped_offset().y;
        });
    }

    /// One command; a click makes it wait for its new key.
    fn row_ui(
        &mut self,
        ui: &mut Ui,
        (tokens, settings): (&Tokens, &Settings),
        (at, row): (usize, &'static CommandRow),
        sense: Sense,
    ) {
        let width = ui.available_width() - space::M;
        let (rect, response) = ui.allocate_exact_size(Vec2::new(width, size::FORM_ROW), sense);
        let keys = settings.keys_of(row);
        let (text, waits) = (tr(row.text), self.waits_for(row));
        response.widget_info(|| {
            let said = if keys.is_empty() { tr("no key").into_owned() } else { keys.to_owned() };
            WidgetInfo::selected(Role::ListItem, true, waits, format!("{text}: {said}"))
        });
        self.cursor.follow(ui, at, &response);
        let is_picked = self.picked.is_some_and(|picked| picked.id == row.id);
        list::paint_ground(ui, tokens, rect, &response, if is_picked { Ground::Raised } else { Ground::Plain });
        paint_row(ui, tokens, rect.shrink2(Vec2::new(space::M, 0.0)), row, if waits { None } else { Some(keys) });
        if response.has_focus() && matches!(self.state, State::Idle) {
            self.picked = Some(row);
        }
        if response.clicked() {
            response.request_focus();
            self.picked = Some(row);
            self.state = State::Waiting(row, None);
        }
    }

    /// Two lines below the list: what is waited for, the question, or what can be reset.
    fn below_ui(&mut self, ui: &mut Ui, tokens: &Tokens, settings: &mut Settings) {
        let soft = |ui: &mut Ui, text: &str| {
            ui.add(egui::Label::new(RichText::new(text).color(tokens.soft_ink)).wrap());
        };
        match &self.state {
            State::Waiting(row, refused) => {
                let name = tr(row.text);
                if let Some(why) = refused {
                    ui.label(RichText::new(tr(why)).color(tokens.danger));
                }
                let asked = tr!("Press a new key for “{command}”", command = name.trim_end_matches('…'));
                ui.label(RichText::new(asked).font(fonts::strong(size::TEXT)));
                if refused.is_none() {
                    soft(ui, &tr("Esc keeps it as it is, Backspace removes the key"));
                }
            }
            State::Asking(row, chord, clash) => {
                let (row, chord) = (*row, chord.clone());
                ui.label(RichText::new(question(&chord, clash)).font(fonts::strong(size::TEXT)));
                ui.horizontal(|ui| {
                    if form::primary_button(ui, tokens, &tr("Use it here")).clicked() {
                        change::give(settings, &chord, row);
                        self.settle(row);
                    }
                    if form::button(ui, &tr("Keep")).clicked() {
                        self.settle(row);
                    }
                });
            }
            State::Idle => self.idle_ui(ui, tokens, settings),
        }
    }

    /// What to do, and the buttons that reset one or all keys.
    fn idle_ui(&self, ui: &mut Ui, tokens: &Tokens, settings: &mut Settings) {
        let hint = tr("Press Enter on a command or click it, then press its new key");
        ui.label(RichText::new(hint).color(tokens.soft_ink));
        ui.horizontal(|ui| {
            if let Some(row) = self.picked.filter(|row| settings.keys.contains_key(row.id)) {
                let text = tr!("Reset “{command}”", command = tr(row.text).trim_end_matches('…'));
                if form::button(ui, &text).clicked() {
                    change::reset(settings, row);
                }
            }
            let any = !settings.keys.is_empty();
            if ui.add_enabled_ui(any, |ui| form::button(ui, &tr("Reset all keys"))).inner.clicked() {
                settings.keys.clear();
            }
        });
    }

    /// Whether the next key will be this command’s.
    fn waits_for(&self, row: &CommandRow) -> bool {
        matches!(self.state, State::Waiting(waiting, _) if waiting.id == row.id)
    }

    /// Goes back to the list, with the focus on it.
    fn settle(&mut self, row: &'static CommandRow) {
        self.picked = Some(row);
        self.state = State::Idle;
        self.cursor.come_back();
    }
}

/// Paints a command’s name, what it does and its keys; where the keys are `None`, a request to press the new one.
fn paint_row(ui: &Ui, tokens: &Tokens, rect: Rect, row: &CommandRow, keys: Option<&str>) {
    let middle = rect.center().y;
    let caps = match keys {
        Some(keys) => keycaps(ui, tokens, keys, rect),
        None => {
            let font = fonts::strong(size::SMALL);
            let galley = ui.painter().layout_no_wrap(tr("Press the new key…").into_owned(), font, tokens.accent);
            let width = galley.size().x;
            let at = egui::pos2(rect.right() - width, middle - galley.size().y / 2.0);
            ui.painter().galley(at, galley, tokens.accent);
            width
        }
    };
    let room = rect.width() - caps - space::S;
    let text = elided(ui.painter(), &tr(row.text), fonts::plain(size::TEXT), tokens.ink, room);
    let left = rect.left() + text.size().x + space::M;
    text.paint_middle_left(ui.painter(), egui::pos2(rect.left(), middle));
    let rest = rect.left() + room - left;
    if rest > space::XL {
        let hint = elided(ui.painter(), &tr(row.hint), fonts::plain(size::SMALL), tokens.soft_ink, rest);
        hint.paint_middle_left(ui.painter(), egui::pos2(left, middle));
    }
}

/// What is asked where a key belongs to another command or to a label.
fn question(chord: &Chord, clash: &Clash) -> String {
    let key = spelled(&chord.to_string());
    match clash {
        Clash::Command(row) => {
            let name = tr(row.text);
            tr!("{key} is already “{command}” – use it here instead?", key, command = name.trim_end_matches('…'))
        }
        Clash::Label(label) => {
            tr!("{key} is the key of the label {label}, which would lose it – use it here instead?", key, label)
        }
        Clash::Refused(why) => tr(why).into_owned(),
    }
}

/// Whether a command’s name or one of its keys has what was written in it, in any case; `wanted` is in lower case.
fn has(row: &CommandRow, settings: &Settings, wanted: &str) -> bool {
    let keys = settings.keys_of(row);
    let spelt = || keys.split(' ').any(|key| spelled(key).to_lowercase().contains(wanted));
    tr(row.text).to_lowercase().contains(wanted) || keys.to_lowercase().contains(wanted) || spelt()
}

/// Copy, cut and paste are the keyboard’s too: egui reports them instead of the keys.
fn is_of_keyboard(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_))
}

/// The first key that was pressed, without what a held key repeats.
fn pressed(events: &[Event]) -> Option<&Event> {
    events.iter().find(|event| match event {
        Event::Key { pressed, repeat, .. } => *pressed && !*repeat,
        Event::Copy | Event::Cut | Event::Paste(_) => true,
        _ => false,
    })
}
