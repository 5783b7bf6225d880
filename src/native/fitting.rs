//! Whether all of the window can be seen on the monitors there are; it moves nothing itself.
//!
//! A window is as large as it is at first, or stands where it was kept on another screen. Winit tells where monitors
//! are, and no more: what bars of the desktop take of one is known to the window manager, which fills what is left.

use egui::{Rect, Vec2};

/// What the window has to do to be seen whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fitting {
    /// Nothing: all of it is seen.
    Stays,
    /// To go by so much: there is a monitor with room for it.
    Moves(Vec2),
    /// To go by so much first, and then to fill the monitor, which is too small for it.
    Fills(Vec2),
}

/// So much of a window’s frame may lie outside of the monitors, in pixels: edges to pull at, which nobody sees.
const EDGE: f32 = 8.0;

/// How the window fits on its monitor: the one with most of it, else the nearest. All in pixels of one plane, the
/// window with its frame. A window that lies across monitors is seen whole too.
pub fn fitting(window: Rect, monitors: &[Rect]) -> Fitting {
    let seen: f32 = monitors.iter().map(|monitor| shared(window, *monitor)).sum();
    let inner = window.shrink(EDGE);
    if !window.is_positive() || seen >= inner.width() * inner.height() {
        return Fitting::Stays;
    }
    let nearer = |a: &&Rect, b: &&Rect| {
        let key = |m: &Rect| (-shared(window, *m), m.distance_sq_to_pos(window.center()));
        let (a, b) = (key(a), key(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    };
    let Some(monitor) = monitors.iter().filter(|monitor| monitor.is_positive()).min_by(nearer) else {
        return Fitting::Stays;
    };
    let room = monitor.size() - window.size();
    let corner = window.min.clamp(monitor.min, monitor.min + room.max(Vec2::ZERO));
    let way = corner - window.min;
    if room.min_elem() < -EDGE { Fitting::Fills(way) } else { Fitting::Moves(way) }
}

/// How much of a rectangle is in another one, in square pixels.
fn shared(one: Rect, other: Rect) -> f32 {
    let both = one.intersect(other);
    if both.is_positive() { both.area() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    fn at(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(width, height))
    }

    #[test]
    fn a_window_is_seen_whole_on_the_monitors_there_are() {
        let laptop = at(0.0, 0.0, 1366.0, 768.0);
        let large = at(0.0, 0.0, 1920.0, 1080.0);
        let right = at(1920.0, 0.0, 1366.0, 768.0);
        let none = Vec2::ZERO;
        for (window, monitors, wanted) in [
            (at(100.0, 60.0, 1440.0, 930.0), vec![large], Fitting::Stays),
            (at(0.0, 0.0, 1366.0, 768.0), vec![laptop], Fitting::Stays),
            // The frame that a window manager puts around it.
            (at(0.0, 0.0, 1368.0, 798.0), vec![laptop], Fitting::Fills(none)),
            (at(0.0, 0.0, 1366.0, 798.0), vec![laptop], Fitting::Fills(none)),
            // Kept on a larger screen, or on one that is no longer there.
            (at(900.0, 500.0, 800.0, 500.0), vec![laptop], Fitting::Moves(vec2(-334.0, -232.0))),
            (at(2500.0, 200.0, 800.0, 500.0), vec![laptop], Fitting::Moves(vec2(-1934.0, 0.0))),
            (at(2500.0, 200.0, 1440.0, 900.0), vec![laptop], Fitting::Fills(vec2(-2500.0, -200.0))),
            (at(-300.0, -20.0, 800.0, 500.0), vec![laptop], Fitting::Moves(vec2(300.0, 20.0))),
            // Across two monitors, and where only one of them has room.
            (at(1500.0, 100.0, 800.0, 500.0), vec![large, right], Fitting::Stays),
            (at(2000.0, 300.0, 1000.0, 600.0), vec![large, right], Fitting::Moves(vec2(0.0, -132.0))),
            (at(3000.0, 2000.0, 400.0, 300.0), vec![large, right], Fitting::Moves(vec2(-114.0, -1532.0))),
            // Where nobody knows.
            (at(0.0, 0.0, 1440.0, 900.0), vec![], Fitting::Stays),
            (at(0.0, 0.0, 1440.0, 900.0), vec![at(0.0, 0.0, 0.0, 0.0)], Fitting::Stays),
            (at(0.0, 0.0, 0.0, 0.0), vec![laptop], Fitting::Stays),
        ] {
            assert_eq!(fitting(window, &monitors), wanted, "{window} on {monitors:?}");
        }
    }
}
