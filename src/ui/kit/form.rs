//! Forms: fields with their names before them, and what is wrong with one right under it.
//!
//! It knows neither what is asked nor where the answer goes.
//!
//! Nothing is said to be missing before somebody meant to be done ([`FormState::try_it`]): whoever has just opened a
//! form has done nothing wrong.

use egui::{
    Button, Color32, CompletionPopup, Context, CornerRadius, Id, Key, Margin, Modifiers, Response, RichText, Slider,
    Suggestion, TextEdit, Ui, Vec2,
};

use super::words::paragraph_ui;
use crate::ui::theme::{Tokens, fonts, size, space};

/// What a form remembers from frame to frame.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// Whether its first field has had the focus.
    began: bool,
    /// Whether somebody meant to be done.
    tried: bool,
    /// Whether something was written.
    written: bool,
    /// Whether it is being asked whether that is to be discarded.
    leaving: bool,
    /// The field in which Enter was pressed in the last frame: where the form stays, so does the focus.
    entered: Option<Id>,
}

impl FormState {
    /// Says that somebody meant to be done: from now on what is missing is said.
    pub fn try_it(&mut self) {
        self.tried = true;
    }

    /// Whether something was written that would go with the form.
    pub fn is_written(&self) -> bool {
        self.written
    }

    /// Whether it is being asked whether what was written is to be discarded.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// Asks that, or goes on with the first field.
    pub fn set_leaving(&mut self, leaving: bool) {
        (self.leaving, self.began) = (leaving, leaving);
    }
}

/// A form on the screen, for one frame.
pub struct Form<'f> {
    /// The theme’s colours.
    pub tokens: &'f Tokens,
    /// `None` for a form that stands in the window and asks for nothing.
    state: Option<&'f mut FormState>,
    /// Whether Enter was pressed in a field of one line.
    entered: bool,
    /// Whether a text field has the focus.
    editing: bool,
    /// Whether a text field has lost the focus in this frame: what it holds is then taken over.
    left: bool,
}

impl<'f> Form<'f> {
    /// A form whose first field takes the focus when it appears.
    pub fn asking(tokens: &'f Tokens, state: &'f mut FormState) -> Self {
        Self { tokens, state: Some(state), entered: false, editing: false, left: false }
    }

    /// A form that leaves the focus where it is.
    pub fn standing(tokens: &'f Tokens) -> Self {
        Self { tokens, state: None, entered: false, editing: false, left: false }
    }

    /// Whether somebody meant to be done already, so that what is missing is to be said.
    pub fn was_tried(&self) -> bool {
        self.state.as_ref().is_some_and(|s| s.tried)
    }

    /// Whether Enter was pressed in a field of one line.
    pub fn was_entered(&self) -> bool {
        self.entered
    }

    /// Whether a text field has the focus, and had it before this frame.
    pub fn is_editing(&self) -> bool {
        self.editing && !self.left
    }

    /// A name, and to its right whatever belongs to it; `content` is given the id of the name, to be called by it.
    pub fn row<R>(&mut self, ui: &mut Ui, name: &str, content: impl FnOnce(&mut Self, &mut Ui, Id) -> R) -> R {
        ui.horizontal_top(|ui| {
            let soft = self.tokens.soft_ink;
            let label = ui
                .allocate_ui_with_layout(
                    Vec2::new(size::FIELD_NAME, size::FORM_ROW),
                    egui::Layout::left_to_right(egui::Align::Center),
                    |ui| {
                        ui.set_min_size(Vec2::new(size::FIELD_NAME, size::FORM_ROW));
                        ui.add(egui::Label::new(RichText::new(name).color(soft)).selectable(false).wrap())
                    },
                )
                .inner;
            ui.vertical(|ui| content(self, ui, label.id)).inner
        })
        .inner
    }

    /// A field of one line.
    pub fn text(&mut self, ui: &mut Ui, name: &str, hint: &str, value: &mut String) -> Response {
        self.row(ui, name, |form, ui, label| {
            let field = one_line(name, value, form.tokens, hint).desired_width(f32::INFINITY);
            let response = ui.add(field).labelled_by(label);
            form.watch(ui, &response);
            response
        })
    }

    /// A field of one line without a name before it, `width` wide.
    pub fn bare_text(&mut self, ui: &mut Ui, name: &str, hint: &str, width: f32, value: &mut String) -> Response {
        let response = ui.add(one_line(name, value, self.tokens, hint).desired_width(width)).accessible_name(name);
        self.watch(ui, &response);
        response
    }

    /// A field of one line that offers what is known already.
    pub fn completed(&mut self, ui: &mut Ui, name: &str, hint: &str, value: &mut String, known: &[String]) -> Response {
        self.row(ui, name, |form, ui, label| {
            let id = ui.make_persistent_id(name);
            let field = one_line(name, value, form.tokens, hint).desired_width(f32::INFINITY);
            let popup = CompletionPopup::new(id).word_boundary(|_| false).align(egui::RectAlign::BOTTOM_START);
            let response = popup.show(ui, field, |query| matches_of(query.text, known)).text_edit.response.response;
            let response = response.labelled_by(label);
            form.watch(ui, &response);
            response
        })
    }

    /// A field of several lines: `rows` of them to begin with, and more as they are written.
    pub fn paragraph(&mut self, ui: &mut Ui, name: &str, hint: &str, rows: usize, value: &mut String) -> Response {
        self.row(ui, name, |form, ui, label| {
            let field = TextEdit::multiline(value)
                .id_salt(name)
                .hint_text(RichText::new(hint).color(form.tokens.soft_ink))
                .margin(Margin::symmetric(8, 7))
                .desired_rows(rows)
                .desired_width(f32::INFINITY);
            let response = ui.add(field).labelled_by(label);
            form.look(&response);
            response
        })
    }

    /// What is wrong, under the field it is about.
    pub fn problem(&self, ui: &mut Ui, text: &str) {
        self.under(ui, text, self.tokens.danger);
    }

    /// What is worth knowing, under the field it is about.
    pub fn note(&self, ui: &mut Ui, text: &str) {
        self.under(ui, text, self.tokens.soft_ink);
    }

    /// Small words in the column of the fields.
    fn under(&self, ui: &mut Ui, text: &str, color: Color32) {
        ui.horizontal_top(|ui| {
            ui.add_space(size::FIELD_NAME + ui.spacing().item_spacing.x);
            paragraph_ui(ui, text, fonts::plain(size::SMALL), color);
        });
    }

    /// Keeps an eye on a field of one line: whether it is written in, and whether Enter was pressed there.
    fn watch(&mut self, ui: &Ui, response: &Response) {
        self.look(response);
        if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
            self.entered = true;
            if let Some(state) = &mut self.state {
                state.entered = Some(response.id);
            }
        }
    }

    /// Takes note of what is written in a field that stands on its own.
    pub fn note_written(&mut self, response: &Response) {
        if let Some(state) = self.state.as_mut().filter(|_| response.changed()) {
            state.written = true;
        }
    }

    /// Sees where the focus is.
    fn look(&mut self, response: &Response) {
        self.focus_first(response);
        self.note_written(response);
        if let Some(state) = &mut self.state
            && state.entered.take_if(|entered| *entered == response.id).is_some()
        {
            response.request_focus();
        }
        self.editing |= response.has_focus();
        self.left |= response.lost_focus();
    }

    /// Gives the focus to the first field, once.
    fn focus_first(&mut self, response: &Response) {
        if let Some(state) = &mut self.state
            && !state.began
        {
            response.request_focus();
            state.began = true;
        }
    }
}

/// The name makes the id, so that a field keeps the focus when something comes up above it.
fn one_line<'t>(name: &str, value: &'t mut String, tokens: &Tokens, hint: &str) -> TextEdit<'t> {
    TextEdit::singleline(value)
        .id_salt(name)
        .hint_text(RichText::new(hint).color(tokens.soft_ink))
        .margin(Margin::symmetric(8, 7))
        .align(egui::Align2::LEFT_CENTER)
}

/// Those that have the text in them; none for nothing, and none where there is nothing left to complete.
fn matches_of(text: &str, known: &[String]) -> Vec<Suggestion> {
    let needle = text.trim().to_lowercase();
    if needle.is_empty() || known.iter().any(|k| k == text) {
        return Vec::new();
    }
    known.iter().filter(|k| k.to_lowercase().contains(&needle)).map(|k| Suggestion::new(k.as_str())).collect()
}

/// Things beside each other, as high as a field.
pub fn line<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let room = Vec2::new(ui.available_width(), size::FORM_ROW);
    ui.allocate_ui_with_layout(room, egui::Layout::left_to_right(egui::Align::Center), content).inner
}

/// One of several, named by its text.
pub fn radio<T: PartialEq>(ui: &mut Ui, tokens: &Tokens, value: &mut T, is: T, text: &str) -> Response {
    let response = seen(ui, tokens, |ui| ui.radio_value(value, is, text));
    remember_choice(response)
}

/// Yes or no, named by its text.
pub fn tick(ui: &mut Ui, tokens: &Tokens, value: &mut bool, text: &str) -> Response {
    let response = seen(ui, tokens, |ui| ui.checkbox(value, text));
    remember_choice(response)
}

/// Takes Enter where one of several, or yes or no, has the focus, which are pressed with the space bar; true where it
/// was pressed. To be called before they are drawn.
pub fn take_enter(egui: &Context) -> bool {
    let focused = egui.memory(egui::Memory::focused);
    let is_choice = focused.is_some() && egui.data(|data| data.get_temp(choice_id())) == focused;
    is_choice && egui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
}

/// Remembers that the widget with the focus is one that Enter could choose, for [`take_enter`] in the next frame.
fn remember_choice(response: Response) -> Response {
    if response.has_focus() {
        response.ctx.data_mut(|data| data.insert_temp(choice_id(), response.id));
    }
    response
}

/// Under which egui’s memory keeps the choice that has the focus, for Enter to leave it alone.
fn choice_id() -> Id {
    Id::unique("choice with the focus")
}

/// A number to pull along a line, named by the label of its row.
pub fn slider(ui: &mut Ui, tokens: &Tokens, slider: Slider<'_>, label: Id) -> Response {
    line(ui, |ui| {
        let line = tokens.line;
        let widgets = &mut ui.visuals_mut().widgets;
        for look in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            look.bg_fill = line;
        }
        widgets.inactive.fg_stroke.color = tokens.soft_ink;
        ui.visuals_mut().selection.bg_fill = tokens.accent;
        ui.spacing_mut().slider_width = SLIDER;
        ui.spacing_mut().slider_rail_height = space::XS;
        ui.add(slider.trailing_fill(true)).labelled_by(label)
    })
}

/// Things to tick beside each other; one that finds no room goes to the next line whole.
pub fn wrapped<R>(ui: &mut Ui, tokens: &Tokens, content: impl FnOnce(&mut Ui) -> R) -> R {
    let wrapped = |ui: &mut Ui| {
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
        content(ui)
    };
    seen(ui, tokens, |ui| ui.horizontal_wrapped(wrapped).inner)
}

/// Width of a slider without its number, in points.
const SLIDER: f32 = 280.0;

/// Rings and boxes with nothing in them are drawn as strongly as words.
fn seen<R>(ui: &mut Ui, tokens: &Tokens, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for look in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            look.bg_stroke.color = tokens.soft_ink;
            look.bg_fill = tokens.bar;
        }
        content(ui)
    })
    .inner
}

/// The button of what is done next.
pub fn primary_button(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    let text = RichText::new(text).font(fonts::strong(size::TEXT)).color(tokens.on_accent);
    ui.add(
        Button::new(text)
            .fill(tokens.accent)
            .stroke(egui::Stroke::new(size::LINE, tokens.accent))
            .corner_radius(CornerRadius::same(size::RADIUS))
            .min_size(Vec2::new(0.0, size::FORM_ROW)),
    )
}

/// A button next to it, for what else can be done.
pub fn button(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(text).min_size(Vec2::new(0.0, size::FORM_ROW)))
}

/// A button that looks like a word.
pub fn link_button(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = space::S;
        ui.add(Button::new(RichText::new(text).color(tokens.accent)).frame_when_inactive(false))
    })
    .inner
}

/// A button that takes something away.
pub fn danger_button(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    let text = RichText::new(text).color(tokens.danger);
    ui.add(Button::new(text).min_size(Vec2::new(0.0, size::FORM_ROW)))
}

/// Small words above a group.
pub fn caption(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    let text = RichText::new(text).font(fonts::strong(size::TINY)).color(tokens.soft_ink);
    ui.add(egui::Label::new(text).selectable(false))
}

/// Adds a distance of the grid between groups of fields.
pub fn gap(ui: &mut Ui) {
    ui.add_space(space::S);
}
