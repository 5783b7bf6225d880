//! Chips in the margin, at the upper and lower edge of the view, one for each place out of view that a relation leads to:
//! its words, and a click to go there.
//!
//! They stand beside the text, not over it: where the margin is narrow a chip is only an arrow, and the words come while it
//! is pointed at. Few are shown until more are asked for; which place they were asked for is kept in [`PageState`].

use egui::{Align2, Color32, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::frame::Frame;
use super::gesture::{Gesture, LinkEnd};
use super::margin::Margin;
use super::source::{FarEnds, Link, LinkTo};
use super::state::PageState;
use crate::{text::ByteRange, ui::typeset::words};

/// Chips at one edge, until more are asked for.
const MOST_CHIPS: usize = 3;
/// Of the view's height, at most so much is taken by the chips of one edge when all are asked for.
const MOST_COVERED: f32 = 0.4;
/// Of the words in the name of a chip, in bytes.
const LONGEST_NAME: usize = 240;
/// In points.
const HEIGHT: f32 = 26.0;
const GAP: f32 = 4.0;
/// To the edges of the page, in points.
const INSET: f32 = 8.0;
/// Inside a chip, on either side of its words, in points.
const PADDING: f32 = 8.0;
/// Room for the arrow before the words, in points.
const ARROW: f32 = 14.0;
/// A margin that leaves less than this for a chip has arrows only, in points.
const LEAST_WITH_WORDS: f32 = 72.0;
/// The widest chip while it is pointed at, in points.
const WIDEST: f32 = 420.0;

/// Where an end that is not in view lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FarSide {
    /// Above the view: the chip stands at its upper edge.
    Above,
    /// Below the view: the chip stands at its lower edge.
    Below,
    /// In another text.
    Elsewhere,
}

/// An end out of view.
#[derive(Clone, Copy)]
pub(super) struct FarEnd<'a> {
    /// Of the link, among those of the page.
    pub index: usize,
    /// The relation, and which of its ends is out of view.
    pub link: &'a Link,
    pub end: LinkEnd,
    /// Where that end is.
    pub side: FarSide,
    /// Whether the paragraph at the end that is in view goes from right to left: its margin is the left one.
    pub rtl: bool,
}

/// What one chip stands for: all links that lead to the same words.
struct Chip<'a> {
    first: FarEnd<'a>,
    /// What the end is to those in view, such as “Source”; several where several links lead there.
    labels: Vec<&'a str>,
    words: &'a str,
}

/// An edge of the view that chips stand at, and grow from towards its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ViewEdge {
    Top,
    Bottom,
}

/// What there is to draw with.
struct Drawing<'a> {
    ui: &'a Ui,
    painter: &'a Painter,
    frame: &'a Frame<'a>,
}

/// Shows the chips, and tells when one was clicked: those that lie above at the upper edge, all others at the lower one.
pub(super) fn chips_ui(
    ui: &Ui,
    painter: &Painter,
    state: &mut PageState,
    frame: &Frame<'_>,
    ends: Vec<FarEnd<'_>>,
    gestures: &mut Vec<Gesture>,
) {
    let drawing = Drawing { ui, painter, frame };
    let (above, below): (Vec<_>, Vec<_>) = ends.into_iter().partition(|end| end.side == FarSide::Above);
    drawing.edge_ui(state, ViewEdge::Top, above, gestures);
    drawing.edge_ui(state, ViewEdge::Bottom, below, gestures);
}

impl<'a> Drawing<'a> {
    /// The chips of one edge: a few, or as many as there is room for where all were asked for. Where relations are only
    /// counted, none until they are asked for.
    fn edge_ui(&self, state: &mut PageState, edge: ViewEdge, ends: Vec<FarEnd<'a>>, gestures: &mut Vec<Gesture>) {
        let Some(rtl) = ends.first().map(|end| end.rtl) else { return };
        let page = self.frame.page;
        let chips = self.chips(ends);
        let is_open = state.open_chips.is_some();
        let usual = if page.options.far_ends == FarEnds::Counted { 0 } else { MOST_CHIPS };
        let room = self.frame.measures.rect.height() * MOST_COVERED;
        let fit = if is_open { ((room / (HEIGHT + GAP)) as usize).max(usual) } else { usual };
        let shown = chips.len().min(fit);
        for (nth, chip) in chips.iter().take(shown).enumerate() {
            if self.chip_ui(chip, edge, nth) {
                gestures.push(Gesture::FollowLink { link: chip.first.index, end: chip.first.end });
            }
        }
        let text = match chips.len() - shown {
            0 if is_open && shown > usual => page.names.fewer_links.to_owned(),
            0 => return,
            more => (page.names.more_links)(more),
        };
        if self.more_ui(&text, (edge, shown), rtl) {
            state.open_chips = if is_open { None } else { page.links.first().map(|link| link.from) };
        }
    }

    /// One chip for each place that is led to.
    fn chips(&self, ends: Vec<FarEnd<'a>>) -> Vec<Chip<'a>> {
        let mut chips: Vec<Chip<'a>> = Vec::new();
        for end in ends {
            let (place, words) = self.place_of(&end);
            let label: &'a str = &end.link.label;
            match chips.iter_mut().find(|chip| self.place_of(&chip.first) == (place, words)) {
                Some(chip) if chip.labels.contains(&label) => {}
                Some(chip) => chip.labels.push(label),
                None => chips.push(Chip { first: end, labels: vec![label], words }),
            }
        }
        chips
    }

    /// Where an end lies in this text, if it does, and its words, or what is said of one in another text.
    fn place_of(&self, far: &FarEnd<'a>) -> (Option<ByteRange>, &'a str) {
        let range = match (far.end, &far.link.to) {
            (LinkEnd::From, _) => far.link.from,
            (LinkEnd::To, LinkTo::Place(range)) => *range,
            (LinkEnd::To, LinkTo::Elsewhere(words)) => return (None, words),
        };
        (Some(range), range.slice(self.frame.page.source.text()).unwrap_or_default())
    }

    /// An arrow to where the end lies, and its words, as many as there is room for; all of them, and what the end is to
    /// the other, while it is pointed at. True where it was clicked.
    fn chip_ui(&self, chip: &Chip<'_>, edge: ViewEdge, nth: usize) -> bool {
        let page = self.frame.page;
        let label = chip.labels.join(", ");
        let id = page.id.with(("far end", chip.first.index, chip.first.end == LinkEnd::From));
        let is_pointed = self.ui.read_response(id).is_some_and(|last| last.hovered() || last.has_focus());
        let colour = chip.first.link.colour;
        let words = self.words(chip.words, &label, colour, (chip.first.rtl, is_pointed));
        let width = words.as_ref().map_or(HEIGHT, |words| words.size().x + ARROW + 2.0 * PADDING);
        let rect = self.place((edge, nth), width, chip.first.rtl);
        let response = self.ground_ui(id, rect, &format!("{label}: {}", beginning(chip.words)), colour);
        let at = if words.is_some() { rect.left() + PADDING } else { rect.center().x - 4.0 };
        paint_arrow(self.painter, pos2(at, rect.center().y), chip.first.side, colour);
        if let Some(words) = words {
            let top = rect.center().y - words.size().y / 2.0;
            words.paint(self.painter, pos2(rect.left() + PADDING + ARROW, top));
        }
        response.clicked()
    }

    /// The words on a chip; `None` where there is only room for its arrow.
    fn words(&self, text: &str, label: &str, colour: Color32, (rtl, is_pointed): (bool, bool)) -> Option<words::Words> {
        let style = self.frame.page.style;
        let margin = Margin::of(self.frame, rtl).width() - INSET;
        let set = |text: &str, ink, width: f32| {
            words::elided(self.painter, text, style.card_font.clone(), ink, width - ARROW - 2.0 * PADDING)
        };
        if is_pointed {
            let most = WIDEST.min(self.frame.measures.rect.width() - 2.0 * INSET);
            return Some(set(&format!("{label} · {text}"), colour, most));
        }
        (margin >= LEAST_WITH_WORDS).then(|| set(text, style.ink, margin))
    }

    /// The place of the chip so many from an edge, in points of the window: it ends at the outer edge of its margin.
    fn place(&self, (edge, nth): (ViewEdge, usize), width: f32, rtl: bool) -> Rect {
        let page = self.frame.measures.rect;
        let step = nth as f32 * (HEIGHT + GAP);
        let top = match edge {
            ViewEdge::Top => page.top() + INSET + step,
            ViewEdge::Bottom => page.bottom() - INSET - HEIGHT - step,
        };
        let outer = Margin::of(self.frame, rtl).outer;
        let left = if rtl { outer + INSET } else { outer - INSET / 2.0 - width };
        Rect::from_min_size(pos2(left, top), vec2(width, HEIGHT))
    }

    /// The button itself, edged in a colour, stronger while it is pointed at.
    fn ground_ui(&self, id: egui::Id, rect: Rect, name: &str, colour: Color32) -> Response {
        let style = self.frame.page.style;
        let response = self.ui.interact(rect, id, Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, name));
        let is_pointed = response.hovered() || response.has_focus();
        let width = if is_pointed { style.outline_width } else { style.outline_width / 2.0 };
        let edge = Stroke::new(width, colour);
        self.painter.rect(rect, HEIGHT / 2.0, style.paper, edge, StrokeKind::Inside);
        response
    }

    /// A button after the last chip: how many more there are, or to put them away again. True where it was clicked.
    fn more_ui(&self, text: &str, (edge, nth): (ViewEdge, usize), rtl: bool) -> bool {
        let style = self.frame.page.style;
        let words = words::whole(self.painter, text, style.card_font.clone(), style.ink);
        let rect = self.place((edge, nth), words.size().x + 2.0 * PADDING, rtl);
        let id = self.frame.page.id.with(("more far ends", edge == ViewEdge::Top));
        let response = self.ground_ui(id, rect, text, style.soft_ink);
        let corner = Align2::CENTER_CENTER.anchor_size(rect.center(), words.size()).min;
        words.paint(self.painter, corner);
        response.clicked()
    }
}

/// As much of the words as any chip could show, cut at a character: what is longer would only cost time to set.
fn beginning(words: &str) -> &str {
    &words[..words.floor_char_boundary(LONGEST_NAME)]
}

/// Points to where the end lies, its middle on the left at a point.
fn paint_arrow(painter: &Painter, at: Pos2, side: FarSide, colour: Color32) {
    let along = match side {
        FarSide::Above => vec2(0.0, -1.0),
        FarSide::Below => vec2(0.0, 1.0),
        FarSide::Elsewhere => vec2(1.0, 0.0),
    };
    let middle = at + vec2(4.0, 0.0);
    let across: Vec2 = along.rot90() * 4.0;
    let points = vec![middle - along * 2.0 - across, middle - along * 2.0 + across, middle + along * 4.0];
    painter.add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
}
