//! Messages over the lower edge of the page: what was lost or refused stays until it is dismissed, a remark fades.
//!
//! A message is a `Diagnostic` and is worded here and nowhere else: sentence, hints, place. Who pushes it decides how
//! long it stays. The page is never blocked by it.

use egui::{Align, Area, CornerRadius, Frame, Id, Layout, Margin, Order, Pos2, Rect, Response, Stroke, Ui, Vec2};

use super::{Part, run};
use crate::{
    command::{Command, View},
    diagnostic::{Diagnostic, Severity},
    model::TransactionId,
    ui::{
        kit::{
            button::{Chosen, cross, quiet},
            form, words,
        },
        theme::{Tokens, fonts, size, space},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// Seconds that a remark stays.
const REMARK_FOR: f64 = 6.0;
/// Seconds that something can be done about what a message says.
const OFFER_FOR: f64 = 30.0;
/// At most so many messages are on the screen at once: the newest. Older ones that stay come back when those are
/// dismissed.
const SHOWN: usize = 3;

/// How long a message is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// For a few seconds, or until the next command: a remark, or why a command was refused. Nothing was lost.
    Moment,
    /// Something can be done about it with one click.
    Offer,
    /// Until it is dismissed: something was lost, repaired or could not be done.
    UntilDismissed,
}

impl Stay {
    /// In seconds.
    fn length(self) -> f64 {
        match self {
            Self::Moment => REMARK_FOR,
            Self::Offer => OFFER_FOR,
            Self::UntilDismissed => f64::INFINITY,
        }
    }
}

/// What the button of a message does.
#[derive(Clone, Debug, PartialEq)]
enum Button {
    /// Takes this step back, as long as it is the last one.
    Undo(TransactionId),
    Show(View),
}

impl Button {
    /// What it is called, in English.
    fn text(&self) -> &'static str {
        match self {
            Self::Undo(_) => "Undo",
            Self::Show(_) => "Show",
        }
    }

    fn command(&self) -> Command {
        match self {
            Self::Undo(_) => Command::Undo,
            Self::Show(view) => Command::View(view.clone()),
        }
    }
}

/// Messages in the order in which they came. View state: closing the window loses them.
#[derive(Debug, Default)]
pub struct Messages {
    /// Oldest first.
    cards: Vec<Card>,
    /// How many there have been; the last one’s id.
    count: u64,
    /// Where they were drawn last.
    area: Option<Rect>,
    /// Those that came since they were asked for.
    new: Vec<Diagnostic>,
}

/// A message on the screen.
#[derive(Debug)]
struct Card {
    /// Tells it from the others, for egui.
    id: u64,
    /// What is said.
    diagnostic: Diagnostic,
    /// How long it stays.
    stay: Stay,
    button: Option<Button>,
    /// When it was first drawn, in seconds of egui’s clock; `None` until then, as it may be pushed between two
    /// frames.
    since: Option<f64>,
}

impl Messages {
    /// Adds a message. One that is there already moves to the end and begins anew, so that the same sentence never
    /// stands there twice.
    pub fn push(&mut self, diagnostic: Diagnostic, stay: Stay) {
        self.add(diagnostic, stay, None);
    }

    /// With a button that takes a step back; it goes when another step is the last one.
    pub fn push_undo(&mut self, diagnostic: Diagnostic, step: TransactionId) {
        self.add(diagnostic, Stay::Offer, Some(Button::Undo(step)));
    }

    /// As a remark, with a button that takes a step back.
    pub fn push_remark(&mut self, diagnostic: Diagnostic, step: TransactionId) {
        self.add(diagnostic, Stay::Moment, Some(Button::Undo(step)));
    }

    /// With a button that shows something.
    pub fn push_offer(&mut self, diagnostic: Diagnostic, view: View) {
        self.add(diagnostic, Stay::Offer, Some(Button::Show(view)));
    }

    /// The same until it is dismissed.
    pub fn push_showing(&mut self, diagnostic: Diagnostic, view: View) {
        self.add(diagnostic, Stay::UntilDismissed, Some(Button::Show(view)));
    }

    fn add(&mut self, diagnostic: Diagnostic, stay: Stay, button: Option<Button>) {
        self.cards.retain(|card| card.diagnostic != diagnostic);
        self.count += 1;
        self.new.push(diagnostic.clone());
        self.cards.push(Card { id: self.count, diagnostic, stay, button, since: None });
    }

    /// Takes away what offers to undo another step than the last one.
    pub fn follow(&mut self, last: Option<TransactionId>) {
        self.cards.retain(|card| !matches!(card.button, Some(Button::Undo(step)) if Some(step) != last));
    }

    /// Takes a message away that does not hold any more.
    pub fn withdraw(&mut self, diagnostic: &Diagnostic) {
        self.cards.retain(|card| card.diagnostic != *diagnostic);
    }

    /// The messages that are kept, whether or not there is room for them.
    pub fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.cards.iter().map(|card| &card.diagnostic)
    }

    /// The messages that came since this was last asked.
    pub fn take_new(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.new)
    }

    /// Takes remarks away, as a command is about to run: the user has gone on.
    pub fn pass(&mut self) {
        self.cards.retain(|card| card.stay != Stay::Moment);
    }
}

/// Shows the newest messages in a column; `bottom` is the middle of its lower edge. Drops remarks whose time is over;
/// no time passes while the pointer is on them, so that no button moves away from under it.
pub fn messages_ui(ui: &Ui, tokens: &Tokens, messages: &mut Messages, bottom: Pos2, out: &mut Vec<Wish>) {
    let now = ui.input(|i| i.time);
    let is_held = messages.area.zip(ui.input(|i| i.pointer.hover_pos())).is_some_and(|(area, at)| area.contains(at));
    messages.cards.retain_mut(|card| {
        let since = card.since.get_or_insert(now);
        if is_held {
            *since = now;
        }
        now - *since < card.stay.length()
    });
    if messages.cards.iter().any(|card| card.stay != Stay::UntilDismissed) {
        ui.request_repaint_after(std::time::Duration::from_secs(1));
    }
    if messages.cards.is_empty() {
        messages.area = None;
        return;
    }
    let mut dismissed = None;
    let area = Area::new(Id::unique("messages")).order(Order::Foreground).fixed_pos(bottom - Vec2::new(0.0, space::L));
    let shown = area.pivot(egui::Align2::CENTER_BOTTOM).constrain(true).show(ui.ctx(), |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::S);
        Part::Messages.begins(ui);
        let newest = messages.cards.len().saturating_sub(SHOWN);
        for card in &messages.cards[newest..] {
            ui.push_id(card.id, |ui| {
                if card_ui(ui, tokens, card, out) == Wanted::Gone {
                    dismissed = Some(card.id);
                }
            });
        }
    });
    messages.area = Some(shown.response.rect);
    messages.cards.retain(|card| Some(card.id) != dismissed);
}

/// Whether a card goes on being shown.
#[derive(PartialEq, Eq)]
enum Wanted {
    /// It is shown on.
    Stays,
    /// It was dismissed.
    Gone,
}

/// One message with its cross and, where it stays, a button that copies all of it.
fn card_ui(ui: &mut Ui, tokens: &Tokens, card: &Card, out: &mut Vec<Wish>) -> Wanted {
    let diagnostic = &card.diagnostic;
    let color = match (card.stay, diagnostic.severity) {
        (Stay::Moment | Stay::Offer, _) | (_, Severity::Note) => tokens.line,
        (_, Severity::Warning) => tokens.warning,
        (_, Severity::Error) => tokens.danger,
    };
    let frame = Frame::NONE
        .fill(tokens.bar)
        .stroke(Stroke::new(size::LINE, color))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(12, 8));
    let mut wanted = Wanted::Stays;
    frame.show(ui, |ui| {
        ui.set_width(size::MESSAGE);
        ui.spacing_mut().item_spacing.y = space::XS;
        // Its buttons stand on the line of its first words.
        ui.spacing_mut().interact_size.y = 0.0;
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if cross(ui, tokens, &tr("Dismiss")).clicked() {
                wanted = Wanted::Gone;
            }
            if card.stay == Stay::UntilDismissed
                && quiet(ui, tokens, &tr("Copy the message"), &tr("Copy"), Chosen::No).clicked()
            {
                out.push(Wish::Copy(whole(diagnostic)));
            }
            if let Some(button) = &card.button {
                let name = tr(button.text());
                if form::link_button(ui, tokens, &name).clicked() {
                    run(out, button.command());
                    wanted = Wanted::Gone;
                }
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                message_ui(ui, tokens, diagnostic);
                if let Some(place) = diagnostic.location.phrase() {
                    words::paragraph_ui(ui, &phrase(&place), fonts::plain(size::SMALL), tokens.soft_ink);
                }
            });
        });
    });
    wanted
}

/// Sentence and hints of a diagnostic, without its place; the response is that of the sentence.
pub fn message_ui(ui: &mut Ui, tokens: &Tokens, diagnostic: &Diagnostic) -> Response {
    let message = words::paragraph_ui(ui, &phrase(&diagnostic.message), fonts::strong(size::TEXT), tokens.ink);
    for hint in &diagnostic.hints {
        words::paragraph_ui(ui, &phrase(hint), fonts::plain(size::TEXT), tokens.soft_ink);
    }
    message
}

/// Everything about it (sentence, place, code, hints) in English, to be sent to somebody.
fn whole(diagnostic: &Diagnostic) -> String {
    let mut text = format!("{diagnostic} [{}]", diagnostic.code);
    for hint in &diagnostic.hints {
        text.push('\n');
        text.push_str(&hint.to_string());
    }
    text
}
