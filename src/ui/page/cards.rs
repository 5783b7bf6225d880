//! Cards at the upper and lower edge of the view, one for each end of a relation that is out of view: what it says, and
//! a click to go there.
//!
//! They lie over the text. So they never cover the end that is in view, and few are shown until more are asked for; which
//! place they were asked for is kept in [`PageState`].

use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::frame::Frame;
use super::gesture::{Gesture, LinkEnd};
use super::source::{Link, LinkTo};
use super::state::PageState;
use crate::ui::typeset::{Direction, ENDLESS, FittedText, Language, TextRequest, with_engine, words};

/// Cards at one edge; more would hide the text until they are asked for.
const MOST_CARDS: usize = 3;
/// Of the view, at most so much is covered by the cards of one edge when all are asked for.
const MOST_COVERED: f32 = 0.4;
/// Of a sentence in the name of a card, in bytes.
const LONGEST_NAME: usize = 240;
/// Text on a card, against that of the body.
const CARD_TEXT: f32 = 0.85;
/// Inside a card, in points.
const CARD_PADDING: f32 = 10.0;
/// Room for the arrow before a card's label, in points.
const ARROW: f32 = 14.0;

/// Where an end that is not in view lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FarEnd {
    /// Above the view: the card stands at its upper edge, if it does not hide the near end there.
    Above,
    /// Below the view: the card stands at its lower edge, if it does not hide the near end there.
    Below,
    /// In another text.
    Elsewhere,
}

/// An end out of view.
#[derive(Clone, Copy)]
pub(super) struct Card<'a> {
    /// Of the link, among those of the page.
    pub index: usize,
    /// The relation, and which of its ends is out of view.
    pub link: &'a Link,
    pub end: LinkEnd,
    /// Where that end is.
    pub far: FarEnd,
    /// The words at the other end, which the card must not hide; on the page in pixels.
    pub near: Rect,
}

/// The cards at an edge of the view, and how much of it they may cover, in pixels.
struct Stack<'a> {
    /// The edge of the view they stand at, one next to the other towards the middle.
    edge: ViewEdge,
    /// In the order that the links were given in.
    cards: Vec<Card<'a>>,
    /// The height there is between that edge and the near end, in pixels.
    room: f32,
}

/// An edge of the view that cards stand at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ViewEdge {
    /// Cards grow downwards from it.
    Top,
    /// Cards grow upwards from it.
    Bottom,
}

/// What there is to draw with.
struct Drawing<'a> {
    /// For clicks and accessible names.
    ui: &'a Ui,
    /// Clipped to the page.
    painter: &'a Painter,
    frame: &'a Frame<'a>,
}

/// Shows the cards, and tells when one was clicked.
pub(super) fn cards_ui(
    ui: &Ui,
    painter: &Painter,
    state: &mut PageState,
    frame: &Frame<'_>,
    cards: Vec<Card<'_>>,
    gestures: &mut Vec<Gesture>,
) {
    let drawing = Drawing { ui, painter, frame };
    for stack in drawing.stacks(cards) {
        drawing.stack_ui(state, &stack, gestures);
    }
}

impl Drawing<'_> {
    /// The cards by edges: at the one their ends lie beyond, or where that would hide the near end, at the other.
    fn stacks<'c>(&self, cards: Vec<Card<'c>>) -> [Stack<'c>; 2] {
        let near = cards.iter().map(|card| card.near).reduce(Rect::union);
        let (mut above, mut below): (Vec<_>, Vec<_>) = cards.into_iter().partition(|card| card.far == FarEnd::Above);
        let view = self.frame.measures.view;
        let (top, bottom) = near.map_or((view, view), |near| (near.min.y, view - near.max.y));
        let least = 2.0 * self.card_step();
        if top < least {
            below.append(&mut above);
        } else if bottom < least {
            above.append(&mut below);
        }
        [
            Stack { edge: ViewEdge::Top, cards: above, room: top },
            Stack { edge: ViewEdge::Bottom, cards: below, room: bottom },
        ]
    }

    /// The cards of one edge: a few, or as many as fit where all were asked for.
    fn stack_ui(&self, state: &mut PageState, stack: &Stack<'_>, gestures: &mut Vec<Gesture>) {
        if stack.cards.is_empty() {
            return;
        }
        let page = self.frame.page;
        let is_open = state.open_cards.is_some();
        let most = |room: f32| ((room / self.card_step()) as usize).max(1);
        let fit = most(self.frame.measures.view * MOST_COVERED).max(MOST_CARDS);
        // One step is for the button.
        let fit = if is_open { fit } else { MOST_CARDS }.min(most(stack.room - self.card_step()));
        let shown = stack.cards.len().min(fit);
        for (nth, card) in stack.cards.iter().take(shown).enumerate() {
            if self.card_ui(card, stack.edge, nth) {
                gestures.push(Gesture::FollowLink { link: card.index, end: card.end });
            }
        }
        let text = match stack.cards.len() - shown {
            0 if is_open && shown > MOST_CARDS => page.names.fewer_links.to_owned(),
            0 => return,
            more => (page.names.more_links)(more),
        };
        if self.more_ui(&text, stack.edge, shown) {
            state.open_cards = if is_open { None } else { page.links.first().map(|link| link.from) };
        }
    }

    /// From one card to the next, in pixels.
    fn card_step(&self) -> f32 {
        self.card_height() + 0.5 * CARD_PADDING * self.frame.measures.scale
    }

    /// In pixels; it follows the scale of the screen, not the size of the text.
    fn card_height(&self) -> f32 {
        self.line_height() + CARD_PADDING * self.frame.measures.scale
    }

    /// Of a card's sentence, in pixels.
    fn line_height(&self) -> f32 {
        let style = self.frame.page.style;
        ((style.line_height * style.text_scale * self.frame.measures.scale).round() * CARD_TEXT).round()
    }

    /// The place of the card so many from an edge, on the page in pixels.
    fn place(&self, edge: ViewEdge, nth: usize) -> Rect {
        let (measures, height) = (&self.frame.measures, self.card_height());
        let offset = nth as f32 * self.card_step() + CARD_PADDING * measures.scale;
        let top = if edge == ViewEdge::Top { offset } else { measures.view - offset - height };
        Rect::from_min_size(pos2(measures.column_x, top.round()), vec2(measures.column, height))
    }

    /// One card: an arrow to where the end lies, what the end is to the other, and the sentence there. True where it was
    /// clicked.
    fn card_ui(&self, card: &Card<'_>, edge: ViewEdge, nth: usize) -> bool {
        let (page, measures) = (self.frame.page, &self.frame.measures);
        let (sentence, label) = (self.sentence_of(card.link, card.end), &card.link.label);
        let place = self.place(edge, nth);
        let rect = measures.to_window(place);
        let response = self.ui.interact(rect, page.id.with(("link card", card.index)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label}: {}", beginning(sentence))));
        let is_pointed = response.hovered() || response.has_focus();
        self.paint_ground(rect, edge, nth);
        let style = page.style;
        let width = if is_pointed { style.outline_width } else { style.outline_width / 2.0 };
        let line = Stroke::new(width, card.link.colour);
        self.painter.rect(rect, style.outline_radius, style.paper, line, StrokeKind::Inside);
        self.paint_words(card, place, rect, sentence);
        response.clicked()
    }

    /// Between two cards, and between a card and its edge, no slice of a line is to be seen.
    fn paint_ground(&self, rect: Rect, edge: ViewEdge, nth: usize) {
        let (page, ground) = (self.frame.measures.rect, rect.expand(CARD_PADDING / 4.0));
        let ground = match edge {
            _ if nth > 0 => ground,
            ViewEdge::Top => ground.with_min_y(page.top()),
            ViewEdge::Bottom => ground.with_max_y(page.bottom()),
        };
        self.painter.rect_filled(ground, 0.0, self.frame.page.style.paper);
    }

    /// The words on a card, which stands at `place` on the page and at `rect` in the window.
    fn paint_words(&self, card: &Card<'_>, place: Rect, rect: Rect, sentence: &str) {
        let (painter, style, measures) = (self.painter, self.frame.page.style, &self.frame.measures);
        let colour = card.link.colour;
        paint_arrow(painter, pos2(rect.left() + CARD_PADDING, rect.center().y), card.far, colour);
        let label = words::elided(painter, &card.link.label, style.card_font.clone(), colour, f32::INFINITY);
        let label_width = (label.size().x + ARROW + CARD_PADDING) * measures.scale;
        let label_top = rect.center().y - label.size().y / 2.0;
        label.paint(painter, pos2(rect.left() + CARD_PADDING + ARROW, label_top));

        let padding = CARD_PADDING * measures.scale;
        let room = measures.column - label_width - 2.0 * padding;
        let line = self.fitted(sentence, room);
        // A sentence that is read from the right ends at the right of the card.
        let indent = if line.rtl { (room - line.width).max(0.0) } else { 0.0 };
        let corner = place.min + vec2((padding + label_width + indent).round(), (padding / 2.0).round());
        let at = measures.to_window(Rect::from_min_size(corner, Vec2::ZERO)).min;
        with_engine(painter.ctx(), |engine| engine.paint(painter, line, at, (0.0, line.baseline), style.ink));
    }

    /// The sentence at an end, or what is said of one in another text.
    fn sentence_of<'l>(&'l self, link: &'l Link, end: LinkEnd) -> &'l str {
        let range = match (end, &link.to) {
            (LinkEnd::From, _) => link.from,
            (LinkEnd::To, LinkTo::Place(range)) => *range,
            (LinkEnd::To, LinkTo::Elsewhere(words)) => return words,
        };
        let source = self.frame.page.source;
        source.sentence_at(range.start()).slice(source.text()).unwrap_or_default()
    }

    /// As much of a sentence as a width in pixels has room for on one line, in the letters of the text.
    fn fitted(&self, sentence: &str, room: f32) -> FittedText {
        let page = self.frame.page;
        let size = page.style.body_size * page.style.text_scale * self.frame.measures.scale * CARD_TEXT;
        let request = TextRequest {
            text: &words::on_one_line(sentence),
            families: &page.style.family,
            weight: 400.0,
            size,
            line_height: self.line_height(),
            width: room.clamp(size * 4.0, ENDLESS),
            rows: 1,
            direction: Direction::Auto,
            language: page.language.and_then(|tag| Language::parse(tag).ok()),
        };
        with_engine(self.painter.ctx(), |engine| engine.fit(&request))
    }

    /// A small button after the last card, in the middle of the column; true where it was clicked.
    fn more_ui(&self, text: &str, edge: ViewEdge, nth: usize) -> bool {
        let (page, painter) = (self.frame.page, self.painter);
        let style = page.style;
        let galley = painter.layout_no_wrap(text.to_owned(), style.card_font.clone(), style.ink);
        let size = galley.size() + vec2(2.0 * CARD_PADDING, CARD_PADDING);
        let next = self.frame.measures.to_window(self.place(edge, nth));
        let align = if edge == ViewEdge::Top { Align2::CENTER_TOP } else { Align2::CENTER_BOTTOM };
        let rect = align.align_size_within_rect(size, next);
        let id = page.id.with(("more cards", edge == ViewEdge::Top));
        let response = self.ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
        let is_pointed = response.hovered() || response.has_focus();
        let width = if is_pointed { style.outline_width } else { style.outline_width / 2.0 };
        painter.rect(rect, rect.height() / 2.0, style.paper, Stroke::new(width, style.soft_ink), StrokeKind::Inside);
        painter.galley(rect.center() - galley.size() / 2.0, galley, style.ink);
        response.clicked()
    }
}

/// As much of a sentence as any card could show, cut at a character: what is longer would only cost time to set.
fn beginning(words: &str) -> &str {
    &words[..words.floor_char_boundary(LONGEST_NAME)]
}

/// Points to where the end lies, its middle on the left at a point.
fn paint_arrow(painter: &Painter, at: Pos2, far: FarEnd, colour: Color32) {
    let along = match far {
        FarEnd::Above => vec2(0.0, -1.0),
        FarEnd::Below => vec2(0.0, 1.0),
        FarEnd::Elsewhere => vec2(1.0, 0.0),
    };
    let middle = at + vec2(4.0, 0.0);
    let side: Vec2 = along.rot90() * 4.0;
    let points = vec![middle - along * 2.0 - side, middle - along * 2.0 + side, middle + along * 4.0];
    painter.add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
}
