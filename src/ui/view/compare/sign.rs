//! A report’s sign beside a statement: how its wording goes with the fullest one, told by shape and by words.

use egui::{Align2, Color32, CornerRadius, Painter, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::{
    compare::{Likeness, Statement},
    ui::{
        kit::words,
        theme::{Tokens, fonts, size, space},
        words::tr,
    },
};

/// Height of a pill.
pub const HEIGHT: f32 = 20.0;
/// The room of a sign.
const SIGN: f32 = 9.0;

/// How a report carries a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carries {
    /// All that any of them has.
    Whole,
    As(Likeness),
    No,
}

impl Carries {
    pub fn of(statement: &Statement, column: usize) -> Self {
        match (&statement.places[column], statement.likeness(column)) {
            (None, _) => Self::No,
            (Some(_), None | Some(Likeness::Verbatim)) => Self::Whole,
            (Some(_), Some(likeness)) => Self::As(likeness),
        }
    }

    /// English, for the screen’s door.
    pub fn text(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::As(Likeness::Verbatim) => "word for word",
            Self::As(Likeness::Truncated) => "cut",
            Self::As(Likeness::Altered) => "altered",
            Self::As(Likeness::Paraphrased) => "paraphrased",
            Self::As(Likeness::Contradicted) => "contradicted",
            Self::No => "absent",
        }
    }
}

/// What a statement is called to those who cannot see it: which report carries it how.
pub fn told(statement: &Statement, outlets: &[String]) -> String {
    let told = |(column, outlet): (usize, &String)| format!("{outlet} {}", tr(Carries::of(statement, column).text()));
    outlets.iter().enumerate().map(told).collect::<Vec<_>>().join(", ")
}

/// Draws a pill for each report from a corner on, in rows of a width; gives their height.
pub fn pills(ui: &Ui, tokens: &Tokens, statement: &Statement, outlets: &[String], place: Rect) -> f32 {
    let (mut x, mut y) = (place.left(), place.top());
    for (column, outlet) in outlets.iter().enumerate() {
        let carries = Carries::of(statement, column);
        let color = match carries {
            Carries::No => tokens.soft_ink,
            Carries::As(Likeness::Contradicted) => tokens.danger,
            _ => tokens.ink,
        };
        let sign = if carries == Carries::No { 0.0 } else { SIGN + space::XS };
        let room = place.width() - sign - 2.0 * space::S;
        let text = words::elided(ui.painter(), outlet, fonts::plain(size::TINY), color, room);
        let width = text.size().x + sign + 2.0 * space::S;
        if x + width > place.right() && x > place.left() {
            (x, y) = (place.left(), y + HEIGHT + space::XS);
        }
        let rect = Rect::from_min_size(pos2(x, y), vec2(width, HEIGHT));
        frame(ui.painter(), tokens, rect, carries);
        paint(ui.painter(), tokens, pos2(x + space::S + SIGN / 2.0, rect.center().y), carries);
        text.paint_middle_left(ui.painter(), pos2(x + space::S + sign, rect.center().y));
        x += width + space::XS + 2.0;
    }
    y + HEIGHT - place.top()
}

fn frame(painter: &Painter, tokens: &Tokens, rect: Rect, carries: Carries) {
    let radius = CornerRadius::same((HEIGHT / 2.0) as u8);
    match carries {
        Carries::No => {
            let inner = rect.shrink(0.5);
            let line: Vec<_> =
                [inner.left_top(), inner.right_top(), inner.right_bottom(), inner.left_bottom(), inner.left_top()]
                    .to_vec();
            painter.extend(Shape::dashed_line(&line, tokens.edge(), 2.0, 3.0));
        }
        Carries::As(Likeness::Contradicted) => {
            let line = Stroke::new(tokens.edge().width, tokens.danger);
            painter.rect(rect, radius, tokens.paper, line, StrokeKind::Inside);
        }
        _ => {
            painter.rect(rect, radius, tokens.paper, tokens.edge(), StrokeKind::Inside);
        }
    }
}

/// A sign around a point; nothing for a report that has not got the statement.
pub fn paint(painter: &Painter, tokens: &Tokens, center: egui::Pos2, carries: Carries) {
    let square = Rect::from_center_size(center, Vec2::splat(SIGN - 1.0));
    let text = |sign: &str, color: Color32| {
        painter.text(center, Align2::CENTER_CENTER, sign, fonts::serif(size::HEADING), color);
    };
    match carries {
        Carries::Whole | Carries::As(Likeness::Verbatim) => {
            painter.rect_filled(square, 2.0, tokens.accent);
        }
        Carries::As(Likeness::Truncated) => {
            painter.rect_filled(
                square.with_max_x(center.x),
                CornerRadius { nw: 2, sw: 2, ..CornerRadius::ZERO },
                tokens.accent,
            );
            painter.rect_stroke(square, 2.0, Stroke::new(1.0, tokens.accent), StrokeKind::Inside);
        }
        Carries::As(Likeness::Altered) => text("≈", tokens.accent),
        Carries::As(Likeness::Paraphrased) => text("~", tokens.accent),
        Carries::As(Likeness::Contradicted) => text("≠", tokens.danger),
        Carries::No => {}
    }
}
