//! Looks, when the window has just come up, whether all of it can be seen; else it is moved, or fills its monitor.
//!
//! Window managers pass over what is asked of a hidden window, and put their frame around a shown one a little later.
//! So this is looked at a few times, and never again: where somebody puts the window afterwards is theirs to say.

use std::time::{Duration, Instant};

use egui::{Pos2, Rect, ViewportCommand, pos2, vec2};

use super::super::fitting::{Fitting, fitting};

/// After the window was first shown; the last is when every window manager has put its frame around it.
const LOOKS: [Duration; 3] = [Duration::ZERO, Duration::from_millis(150), Duration::from_millis(500)];

/// How far the looking has come.
#[derive(Debug, Default)]
pub(super) struct Placing {
    /// The first frame is painted before the window is shown.
    shown: Option<Instant>,
    looks: usize,
}

impl Placing {
    /// To be called with every frame.
    pub fn look(&mut self, ctx: &egui::Context, frame: &eframe::Frame) {
        let Some(&after) = LOOKS.get(self.looks) else { return };
        let Some(shown) = self.shown else {
            self.shown = Some(Instant::now());
            ctx.request_repaint();
            return;
        };
        let left = after.saturating_sub(shown.elapsed());
        if !left.is_zero() {
            ctx.request_repaint_after(left);
            return;
        }
        self.looks += 1;
        ctx.request_repaint();
        place(ctx, frame);
    }
}

/// Moves the window to where all of it is seen, or lets it fill its monitor.
fn place(ctx: &egui::Context, frame: &eframe::Frame) {
    let is_large = ctx.input(|input| {
        let viewport = input.viewport();
        viewport.maximized == Some(true) || viewport.fullscreen == Some(true)
    });
    let (Some(window), monitors) = in_pixels(frame) else { return };
    let fitting = fitting(window, &monitors);
    let (Fitting::Moves(way) | Fitting::Fills(way)) = fitting else { return };
    if is_large {
        return;
    }
    if way.length() >= 1.0 {
        let corner = (window.min + way) / ctx.pixels_per_point();
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(corner));
    }
    if matches!(fitting, Fitting::Fills(_)) {
        ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
    }
}

/// The window with its frame, and the monitors. Where the desktop does not tell where the window is (Wayland), it is
/// taken to stand in the corner of its monitor, so that its size counts alone.
fn in_pixels(frame: &eframe::Frame) -> (Option<Rect>, Vec<Rect>) {
    let Some(window) = frame.winit_window() else { return (None, Vec::new()) };
    let corner = |x: i32, y: i32| pos2(x as f32, y as f32);
    let monitors = window.available_monitors().map(|monitor| {
        let (at, size) = (monitor.position(), monitor.size());
        Rect::from_min_size(corner(at.x, at.y), vec2(size.width as f32, size.height as f32))
    });
    let monitors = monitors.collect();
    let at: Option<Pos2> = window.outer_position().map(|at| corner(at.x, at.y)).ok();
    let on = || window.current_monitor().map(|monitor| corner(monitor.position().x, monitor.position().y));
    let size = window.outer_size();
    let size = vec2(size.width as f32, size.height as f32);
    (at.or_else(on).map(|at| Rect::from_min_size(at, size)), monitors)
}
