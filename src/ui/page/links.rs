//! Relations between two places: a thin curve in the margin, and a card at the edge for an end that is out of view.

use egui::epaint::CubicBezierShape;
use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};
use parley::Language;

use super::Page;
use super::frame::Measures;
use super::marks::each_rect;
use super::source::{Gesture, Link, LinkEnd, LinkTo};
use super::state::PageState;
use crate::{
    text::{ByteRange, grouped},
    ui::typeset::{Direction, ENDLESS, FittedText, TextRequest, with_engine, words},
};

/// Cards at one edge; more would hide the text until they are asked for.
const MOST_CARDS: usize = 3;
/// Of the view, at most so much is covered by the cards of one edge when all are asked for.
const MOST_COVERED: f32 = 0.4;
/// Of a sentence on a card, in bytes: it shows one line.
const LONGEST_WORDS: usize = 240;
/// Text on a card, against that of the body.
const CARD_TEXT: f32 = 0.85;
/// Between the column and a curve, in points.
const CURVE_GAP: f32 = 8.0;
const CARD_PADDING: f32 = 10.0;
/// From one curve in the margin to the next, in points.
const STEP: f32 = 7.0;
/// Room for the arrow before a card's label, in points.
const ARROW: f32 = 14.0;

/// Where an end of a link is.
#[derive(Clone, Copy, Debug)]
enum End {
    Far(Way),
    Seen(Seen),
}

/// Where an end that is not in view lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Above,
    Below,
    /// In another text.
    Elsewhere,
}

/// An end in view.
#[derive(Clone, Copy, Debug)]
struct Seen {
    /// Its words on its first line in view, on the page in pixels.
    rect: Rect,
    /// Whether its paragraph goes from right to left: then its margin is the left one.
    rtl: bool,
}

/// An end out of view that has a card.
#[derive(Clone, Copy)]
struct Card<'a> {
    index: usize,
    link: &'a Link,
    end: LinkEnd,
    way: Way,
    /// The other end, which the card must not hide.
    near: Rect,
}

/// The cards at an edge of the view, and how much of it they may cover, in pixels.
struct Edge<'a> {
    side: Side,
    cards: Vec<Card<'a>>,
    room: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Top,
    Bottom,
}

/// What there is to draw with, for every part of a link.
struct Drawing<'a> {
    ui: &'a Ui,
    painter: &'a Painter,
    page: &'a Page<'a>,
    measures: &'a Measures,
}

/// Draws the links, and tells when a card was clicked.
pub(super) fn links_ui(
    ui: &Ui,
    painter: &Painter,
    state: &mut PageState,
    page: &Page<'_>,
    measures: &Measures,
    gestures: &mut Vec<Gesture>,
) {
    let first = page.links.first().map(|link| link.from);
    state.open_cards.take_if(|from| Some(*from) != first);
    let drawing = Drawing { ui, painter, page, measures };
    let view = rows_in_view(state);
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let mut curves = Vec::new();
    // Many links may begin at one place.
    let mut begins: Option<(ByteRange, End)> = None;
    for (index, link) in page.links.iter().enumerate() {
        let known = begins.filter(|(range, _)| *range == link.from).map(|(_, end)| end);
        let from = known.unwrap_or_else(|| end_of(state, measures, view, link.from));
        begins = Some((link.from, from));
        let to = match &link.to {
            LinkTo::Place(range) => end_of(state, measures, view, *range),
            LinkTo::Elsewhere(_) => End::Far(Way::Elsewhere),
        };
        let (end, way, near) = match (from, to) {
            (End::Seen(from), End::Seen(to)) => {
                curves.push((link, from, to));
                continue;
            }
            (End::Seen(near), End::Far(way)) => (LinkEnd::To, way, near.rect),
            (End::Far(way), End::Seen(near)) => (LinkEnd::From, way, near.rect),
            _ => continue,
        };
        let edge = if way == Way::Above { &mut above } else { &mut below };
        edge.push(Card { index, link, end, way, near });
    }
    let mut labels = Vec::new();
    for (nth, (link, from, to)) in curves.iter().enumerate() {
        drawing.curve(link, (nth, curves.len()), (*from, *to), &mut labels);
    }
    for edge in drawing.edges(above, below) {
        drawing.cards_ui(state, &edge, gestures);
    }
}

/// The text of the rows in view, as a whole.
fn rows_in_view(state: &PageState) -> ByteRange {
    let mut rows = state.rows.iter().filter(|row| row.row > 0).map(|row| state.flow.blocks().get(row.row - 1).range());
    let first = rows.next().unwrap_or_default();
    rows.next_back().map_or(first, |last| first.cover(last))
}

fn end_of(state: &PageState, measures: &Measures, view: ByteRange, range: ByteRange) -> End {
    // Most ends of many links are far away, and nothing more is asked of these.
    if range.end() <= view.start() {
        return End::Far(Way::Above);
    }
    if range.start() >= view.end() {
        return End::Far(Way::Below);
    }
    let mut seen: Option<Rect> = None;
    each_rect(&state.flow, &state.rows, measures.view, measures.column_x, range, |rect, _| {
        seen = Some(match seen {
            Some(first) if first.min.y == rect.min.y => first.union(rect),
            Some(first) => first,
            None => rect,
        });
    });
    let row = state.flow.row_of(range.start());
    match seen {
        Some(rect) => {
            let rtl = state.flow.laid_out(row).is_some_and(|shaped| shaped.rtl);
            End::Seen(Seen { rect, rtl })
        }
        None => {
            let is_above = match state.rows.iter().find(|seen| seen.row == row) {
                Some(seen) => seen.top < 0.0,
                None => row < state.flow.anchor.row,
            };
            End::Far(if is_above { Way::Above } else { Way::Below })
        }
    }
}

impl Drawing<'_> {
    /// Below both lines to the margin where lines begin no paragraph number, and there from one to the other. Its
    /// label stands beyond the curves, or where the margin is too narrow for that below them, and keeps off the labels
    /// that are there already.
    fn curve(&self, link: &Link, (nth, count): (usize, usize), (from, to): (Seen, Seen), labels: &mut Vec<Rect>) {
        let (painter, page, measures) = (self.painter, self.page, self.measures);
        let leftwards = from.rtl;
        let (from, to) = (measures.to_window(from.rect), measures.to_window(to.rect));
        let stroke = Stroke::new(page.style.outline_width * 0.75, link.colour);
        let dot = |at: Pos2| painter.circle_filled(at, page.style.handle_radius * 0.6, link.colour);
        if from.min.y == to.min.y {
            let (left, right) = if from.min.x < to.min.x { (from, to) } else { (to, from) };
            painter.hline(left.max.x..=right.min.x, from.max.y, stroke);
            dot(if from.min.x < to.min.x { to.left_bottom() } else { to.right_bottom() });
            return;
        }
        let column = Rect::from_min_size(pos2(measures.column_x, 0.0), vec2(measures.column, measures.view));
        let column = measures.to_window(column);
        // Everything to the right of the column, or the same seen in a mirror.
        let out = if leftwards { -1.0 } else { 1.0 };
        let (edge, border) = if leftwards {
            (column.left() - CURVE_GAP, measures.rect.left())
        } else {
            (column.right() + CURVE_GAP, measures.rect.right() - page.style.scrollbar_width)
        };
        let near = |rect: Rect| if leftwards { rect.left_bottom() } else { rect.right_bottom() };
        painter.line_segment([near(from), pos2(edge, from.max.y)], stroke);
        painter.line_segment([near(to), pos2(edge, to.max.y)], stroke);
        dot(near(to));
        let margin = (border - edge) * out;
        let room = (margin - 4.0).max(4.0);
        let bulge = (14.0 + (from.max.y - to.max.y).abs() * 0.06 + STEP * nth as f32).min(room);
        let (start, end) = (pos2(edge, from.max.y), pos2(edge, to.max.y));
        let reach = vec2(out * bulge * 4.0 / 3.0, 0.0);
        let points = [start, start + reach, end + reach, end];
        painter.add(CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
        // Beyond the curves that still come, so that none of them crosses the words.
        let beside = bulge + STEP * (count - nth) as f32;
        let font = page.style.number_font.clone();
        let label = words::elided(painter, &link.label, font, link.colour, margin + CURVE_GAP);
        let (at, align) = if beside + label.size().x < room {
            (pos2(edge + out * beside, (start.y + end.y) / 2.0), [Align2::LEFT_CENTER, Align2::RIGHT_CENTER])
        } else {
            (pos2(border, start.y.max(end.y)), [Align2::RIGHT_TOP, Align2::LEFT_TOP])
        };
        let place = below_all(align[usize::from(leftwards)].anchor_size(at, label.size()), labels);
        label.paint(painter, place.min);
        labels.push(place);
    }

    /// The cards by edges: at the one their ends lie beyond, or where that would hide the near end, at the other.
    fn edges<'l>(&self, mut above: Vec<Card<'l>>, mut below: Vec<Card<'l>>) -> [Edge<'l>; 2] {
        let near = above.iter().chain(&below).map(|card| card.near).reduce(Rect::union);
        let view = self.measures.view;
        let (top, bottom) = near.map_or((view, view), |near| (near.min.y, view - near.max.y));
        let least = 2.0 * self.card_step();
        if top < least {
            below.append(&mut above);
        } else if bottom < least {
            above.append(&mut below);
        }
        [Edge { side: Side::Top, cards: above, room: top }, Edge { side: Side::Bottom, cards: below, room: bottom }]
    }

    /// The cards of one edge: a few, or as many as fit where all were asked for.
    fn cards_ui(&self, state: &mut PageState, edge: &Edge<'_>, gestures: &mut Vec<Gesture>) {
        if edge.cards.is_empty() {
            return;
        }
        let is_open = state.open_cards.is_some();
        let most = |room: f32| ((room / self.card_step()) as usize).max(1);
        let fit = most(self.measures.view * MOST_COVERED).max(MOST_CARDS);
        // One step is for the button.
        let fit = if is_open { fit } else { MOST_CARDS }.min(most(edge.room - self.card_step()));
        let shown = edge.cards.len().min(fit);
        for (nth, card) in edge.cards.iter().take(shown).enumerate() {
            self.card_ui(card, (edge.side, nth), gestures);
        }
        let more = edge.cards.len() - shown;
        let text = match more {
            0 if is_open && shown > MOST_CARDS => self.page.names.fewer_links.to_owned(),
            0 => return,
            more => self.page.names.more_links.replace("%{n}", &grouped(more)),
        };
        if self.more_ui(&text, edge.side, shown) {
            state.open_cards = if is_open { None } else { self.page.links.first().map(|link| link.from) };
        }
    }

    /// From one card to the next, in pixels.
    fn card_step(&self) -> f32 {
        self.card_height() + 0.5 * CARD_PADDING * self.measures.scale
    }

    fn card_height(&self) -> f32 {
        let style = self.page.style;
        let line = (style.line_height * style.text_scale * self.measures.scale).round();
        (line * CARD_TEXT).round() + CARD_PADDING * self.measures.scale
    }

    /// The sentence at an end, or what is said of one in another text.
    fn words_of<'l>(&'l self, link: &'l Link, end: LinkEnd) -> &'l str {
        let range = match (end, &link.to) {
            (LinkEnd::From, _) => link.from,
            (LinkEnd::To, LinkTo::Place(range)) => *range,
            (LinkEnd::To, LinkTo::Elsewhere(words)) => return words,
        };
        let source = self.page.source;
        source.sentence_at(range.start()).slice(source.text()).unwrap_or_default()
    }

    /// The place of the card so many from an edge, on the page in pixels.
    fn place(&self, side: Side, nth: usize) -> Rect {
        let (measures, height) = (self.measures, self.card_height());
        let offset = nth as f32 * self.card_step() + CARD_PADDING * measures.scale;
        let top = if side == Side::Top { offset } else { measures.view - offset - height };
        Rect::from_min_size(pos2(measures.column_x, top.round()), vec2(measures.column, height))
    }

    fn card_ui(&self, card: &Card<'_>, (side, nth): (Side, usize), gestures: &mut Vec<Gesture>) {
        let words = self.words_of(card.link, card.end);
        let (style, measures, painter) = (self.page.style, self.measures, self.painter);
        let padding = CARD_PADDING * measures.scale;
        let (label, colour) = (&card.link.label, card.link.colour);
        let name = words::elided(painter, label, style.card_font.clone(), colour, f32::INFINITY);
        let label_width = (name.size().x + ARROW + CARD_PADDING) * measures.scale;
        let room = measures.column - label_width - 2.0 * padding;
        let sentence = self.sentence(words, room);

        let place = self.place(side, nth);
        let rect = measures.to_window(place);
        let response = self.ui.interact(rect, self.ui.unique_id().with(("link card", card.index)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{label}: {}", beginning(words))));
        if response.clicked() {
            gestures.push(Gesture::FollowLink { link: card.index, end: card.end });
        }
        let width =
            if response.hovered() || response.has_focus() { style.outline_width } else { style.outline_width / 2.0 };
        // Between two cards, and between a card and its edge, no slice of a line is to be seen.
        let ground = rect.expand(CARD_PADDING / 4.0);
        let ground = match side {
            _ if nth > 0 => ground,
            Side::Top => ground.with_min_y(measures.rect.top()),
            Side::Bottom => ground.with_max_y(measures.rect.bottom()),
        };
        painter.rect_filled(ground, 0.0, style.paper);
        painter.rect(rect, style.outline_radius, style.paper, Stroke::new(width, colour), StrokeKind::Inside);
        let name_top = rect.center().y - name.size().y / 2.0;
        paint_arrow(painter, pos2(rect.left() + CARD_PADDING, rect.center().y), card.way, colour);
        name.paint(painter, pos2(rect.left() + CARD_PADDING + ARROW, name_top));
        // A sentence that is read from the right ends at the right of the card.
        let indent = if sentence.rtl { (room - sentence.width).max(0.0) } else { 0.0 };
        let corner = place.min + vec2((padding + label_width + indent).round(), (padding / 2.0).round());
        let at = measures.to_window(Rect::from_min_size(corner, Vec2::ZERO)).min;
        with_engine(painter.ctx(), |engine| engine.paint(painter, sentence, at, (0.0, sentence.baseline), style.ink));
    }

    /// As much of a sentence as a line of a card has room for, in the letters of the text.
    fn sentence(&self, words: &str, room: f32) -> FittedText {
        let (style, scale) = (self.page.style, self.measures.scale * self.page.style.text_scale);
        let size = style.body_size * scale * CARD_TEXT;
        let request = TextRequest {
            text: &words::on_one_line(words),
            families: &style.family,
            weight: 400.0,
            size,
            line_height: ((style.line_height * scale).round() * CARD_TEXT).round(),
            width: room.clamp(size * 4.0, ENDLESS),
            rows: 1,
            direction: Direction::Auto,
            language: self.page.language.and_then(|tag| Language::parse(tag).ok()),
        };
        with_engine(self.painter.ctx(), |engine| engine.fit(&request))
    }

    /// A small button after the last card, in the middle of the column; true where it was clicked.
    fn more_ui(&self, text: &str, side: Side, nth: usize) -> bool {
        let (style, painter) = (self.page.style, self.painter);
        let galley = painter.layout_no_wrap(text.to_owned(), style.card_font.clone(), style.ink);
        let size = galley.size() + vec2(2.0 * CARD_PADDING, CARD_PADDING);
        let next = self.measures.to_window(self.place(side, nth));
        let align = if side == Side::Top { Align2::CENTER_TOP } else { Align2::CENTER_BOTTOM };
        let rect = align.align_size_within_rect(size, next);
        let response =
            self.ui.interact(rect, self.ui.unique_id().with(("more cards", side == Side::Top)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
        let is_pointed = response.hovered() || response.has_focus();
        let width = if is_pointed { style.outline_width } else { style.outline_width / 2.0 };
        painter.rect(rect, rect.height() / 2.0, style.paper, Stroke::new(width, style.soft_ink), StrokeKind::Inside);
        painter.galley(rect.center() - galley.size() / 2.0, galley, style.ink);
        response.clicked()
    }
}

fn beginning(words: &str) -> &str {
    &words[..words.floor_char_boundary(LONGEST_WORDS)]
}

/// The place, or the next one below it that is clear of all others.
fn below_all(mut place: Rect, others: &[Rect]) -> Rect {
    while let Some(other) = others.iter().find(|other| other.shrink(0.5).intersects(place)) {
        place = place.translate(vec2(0.0, other.max.y - place.min.y));
    }
    place
}

/// Points to where the end lies, its middle on the left at a point.
fn paint_arrow(painter: &Painter, at: Pos2, way: Way, colour: Color32) {
    let along = match way {
        Way::Above => vec2(0.0, -1.0),
        Way::Below => vec2(0.0, 1.0),
        Way::Elsewhere => vec2(1.0, 0.0),
    };
    let middle = at + vec2(4.0, 0.0);
    let side: Vec2 = along.rot90() * 4.0;
    let points = vec![middle - along * 2.0 - side, middle - along * 2.0 + side, middle + along * 4.0];
    painter.add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
}
