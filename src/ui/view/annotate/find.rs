//! Finding words in the open article: a bar over the page says what is sought, the page shows every place.
//!
//! It changes nothing: when it closes, the place it has come to is left selected.
//!
//! The scan is `query::search::Finder`, which is pure; this gives it a share of each frame. Texts are searched as
//! they are read: see `text::as_read` for what is taken as the same.

use egui::{Align, Id, Key, Layout, Modifiers, Rect, Sense, Ui, UiBuilder, vec2};

use super::pattern::{Presence, before_end, pattern_ui, says, search_field, take_focus};
use crate::{
    command::{Command, Scene, select::Select},
    query::search::{Finder, Kind, Pattern},
    text::{ByteRange, grouped},
    ui::{
        context::Ctx,
        kit::{
            button::{Sign, cross, sign},
            focus,
        },
        panel::run,
        theme::{Tokens, size, space},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// So many bytes are searched in a frame; the rest waits for the next ones.
const IN_A_FRAME: usize = 1 << 20;

/// The bar, and where it has come to. View state; what was sought stays when it closes.
#[derive(Default)]
pub struct FindBar {
    /// What is sought.
    pattern: Pattern,
    shown: Presence,
    /// The hits so far, and which of them is current.
    finder: Finder,
    /// Id of the field, once it was drawn.
    field: Option<Id>,
    /// The rectangle of the bar, in points of the window, and its last widget: Tab goes round between field and this.
    place: Option<(Rect, Id)>,
}

/// Hits that are pointed out on the page, in bytes of its text.
#[derive(Clone, Copy, Default)]
pub struct PageHits<'a> {
    /// Sorted by where they begin, disjoint.
    pub hits: &'a [ByteRange],
    /// The one that is gone to.
    pub current: Option<ByteRange>,
}

impl FindBar {
    /// Shows the bar; words that are selected, without a line break, are what is sought. The search begins at the
    /// selection.
    pub fn open(&mut self, scene: &Scene<'_>) {
        let selected = scene.selection().zip(scene.text().ok());
        let words = selected.and_then(|(range, text)| range.slice(text)).filter(|words| !words.contains('\n'));
        if let Some(words) = words {
            self.pattern = Pattern { text: words.to_owned(), kind: Kind::Words, ..self.pattern.clone() };
        }
        self.begin(scene.selection().map(ByteRange::start).or(scene.caret()).unwrap_or(0), 0);
    }

    /// Begins at `origin`, in bytes, and goes on by `steps` hits as soon as they are found.
    fn begin(&mut self, origin: usize, steps: isize) {
        self.finder.begin(origin, steps);
        self.shown = Presence::Opening;
    }

    /// Goes on by `by` hits, negative is back, around at the ends; opens the bar where nothing is sought yet.
    pub fn step(&mut self, by: isize, scene: &Scene<'_>) {
        if self.is_open() {
            self.finder.step(by);
        } else if self.pattern.text.is_empty() {
            self.open(scene);
        } else {
            let at = |s: ByteRange| if by > 0 { s.end() } else { s.start() };
            let origin = scene.selection().map(at).or(scene.caret()).unwrap_or(0);
            self.begin(origin, by.min(0));
        }
    }

    /// Whether the bar is on the screen.
    pub fn is_open(&self) -> bool {
        self.shown != Presence::Hidden
    }

    /// Closes the bar and selects the current hit, so that a label’s key marks it.
    pub fn close(&mut self, out: &mut Vec<Wish>) {
        if let Some(range) = self.finder.current() {
            run(out, Command::Select(Select::To { anchor: range.start(), head: range.end() }));
        }
        *self = Self { pattern: std::mem::take(&mut self.pattern), ..Self::default() };
    }

    /// Closes the bar and leaves the selection as it is.
    pub fn leave(&mut self) {
        self.shown = Presence::Hidden;
    }

    /// Id of the field, where it is shown.
    pub fn field(&self) -> Option<Id> {
        self.field.filter(|_| self.is_open())
    }

    /// Whether a widget lies in the bar.
    pub fn holds(&self, egui: &egui::Context, widget: Id) -> bool {
        let place = self.place.filter(|_| self.is_open()).map(|(rect, _)| rect);
        place.zip(egui.read_response(widget)).is_some_and(|(bar, held)| bar.contains(held.rect.center()))
    }

    /// The hits to point out; none while it is closed.
    pub fn hits(&self) -> PageHits<'_> {
        if !self.is_open() {
            return PageHits::default();
        }
        PageHits { hits: self.finder.hits(), current: self.finder.current() }
    }

    /// Searches on by a frame’s share; gives the hit to show where another one has become the current one.
    pub fn go_on(&mut self, ui: &Ui, scene: &Scene<'_>) -> Option<ByteRange> {
        let text = scene.text().ok().filter(|_| self.is_open())?;
        self.finder.follow(text, &self.pattern);
        let place = self.finder.advance(IN_A_FRAME);
        if self.finder.is_searching() && !self.finder.is_done() {
            ui.request_repaint();
        }
        place
    }
}

/// Draws the bar over the upper edge of the page, which does not move for it. In two rows where it is narrow, with
/// another for what is wrong with an expression.
pub fn find_ui(ui: &mut Ui, ctx: &Ctx<'_>, find: &mut FindBar, out: &mut Vec<Wish>) {
    let scene = ctx.session.scene();
    if !find.is_open() || scene.text().is_err() {
        return;
    }
    let wrong = find.finder.wrong().cloned();
    // It lies over the page, whose lines must not jump when it comes and goes.
    let narrow = ui.max_rect().width() < 2.4 * size::FIND_FIELD;
    let rows = 1 + usize::from(narrow) + usize::from(wrong.is_some());
    let rect = Rect::from_min_size(ui.max_rect().min, vec2(ui.max_rect().width(), rows as f32 * size::FIND));
    ui.interact(rect, ui.scope_id().with("find"), Sense::click_and_drag());
    ui.painter().rect_filled(rect, 0.0, ctx.tokens.panel);
    ui.painter().hline(rect.x_range(), rect.bottom(), (size::LINE, ctx.tokens.line));
    let row = |at: usize| {
        let top = rect.min + vec2(0.0, at as f32 * size::FIND);
        Rect::from_min_size(top, vec2(rect.width(), size::FIND)).shrink2(vec2(space::L, 0.0))
    };
    if let Some((first, (_, last))) = find.field.zip(find.place) {
        focus::go_round(ui, first, last);
    }
    let mut last = in_row(ui, row(0), |ui| {
        before_end(ui, ctx.tokens, !narrow, |ui| words_ui(ui, ctx.tokens, find));
        if !narrow {
            pattern_ui(ui, ctx.tokens, &mut find.pattern);
        }
        cross(ui, ctx.tokens, &tr("Close the find bar"))
    });
    let closed = last.clicked();
    if narrow {
        last = in_row(ui, row(1), |ui| pattern_ui(ui, ctx.tokens, &mut find.pattern));
    }
    if let Some(wrong) = wrong {
        in_row(ui, row(rows - 1), |ui| {
            says(ui, ctx.tokens.danger, &phrase(&wrong.message));
            for hint in &wrong.hints {
                says(ui, ctx.tokens.soft_ink, &phrase(hint));
            }
        });
    }
    find.place = Some((rect, last.id));
    if closed {
        find.close(out);
    }
}

/// Lays its content out in one row of the bar.
fn in_row<R>(ui: &mut Ui, rect: Rect, content: impl FnOnce(&mut Ui) -> R) -> R {
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
    inner.spacing_mut().item_spacing.x = space::S;
    content(&mut inner)
}

/// The field with the buttons for previous and next, and how far one is.
fn words_ui(ui: &mut Ui, tokens: &Tokens, find: &mut FindBar) {
    let id = ui.scope_id().with("words");
    let opening = find.shown == Presence::Opening;
    (find.field, find.shown) = (Some(id), if find.is_open() { Presence::Shown } else { Presence::Hidden });
    find.finder.step(steps(ui, id));
    // The rest is for the buttons, and for how far one is.
    let width = size::FIND_FIELD.min(ui.available_width() * 0.5);
    search_field(ui, id, &mut find.pattern, &tr("Find in the article"), width);
    if opening {
        take_focus(ui, id, &find.pattern.text);
    }
    if sign(ui, tokens, Sign::Up, &tr("Find previous"), &tr("Previous match · Shift+Enter")).clicked() {
        find.finder.step(-1);
    }
    if sign(ui, tokens, Sign::Down, &tr("Find next"), &tr("Next match · Enter")).clicked() {
        find.finder.step(1);
    }
    if find.finder.is_searching() {
        says(ui, tokens.soft_ink, &standing(&find.finder, find.pattern.kind));
    }
}

/// “2 of 17”, with a sign after it while there may be more.
fn standing(finder: &Finder, kind: Kind) -> String {
    let more = if finder.is_done() { "" } else { "…" };
    let count = grouped(finder.hits().len()) + more;
    match finder.position() {
        Some(at) => tr!("{n} of {all}", n = at + 1, all = &count),
        None if !finder.is_done() => tr("Searching…").into_owned(),
        None => match kind {
            Kind::Words => tr("No hits").into_owned(),
            Kind::Exactly | Kind::Expression => tr("No exact hits").into_owned(),
        },
    }
}

/// How many hits Enter, or Shift+Enter backwards, goes on by in this frame.
fn steps(ui: &Ui, field: Id) -> isize {
    if !ui.memory(|m| m.has_focus(field)) {
        return 0;
    }
    ui.input_mut(|i| {
        let back = i.count_and_consume_key(Modifiers::SHIFT, Key::Enter) as isize;
        i.count_and_consume_key(Modifiers::NONE, Key::Enter) as isize - back
    })
}
