//! Which panels stand at the sides of the page, and how wide they may be. A narrow window has room for one of them, so
//! that lines of the page are never cramped. It draws nothing.

use crate::ui::theme::size;

/// Whether the page is alone on the screen, without panels and bars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FocusMode {
    #[default]
    Off,
    On,
}

/// A panel at a side of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The list of articles, on the left.
    Articles,
    /// Card and lists, on the right.
    Inspector,
}

/// Which panels are shown at the sides of the page.
///
/// What is wanted in a wide window is remembered while the window is narrow, and holds again when it is wide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides {
    /// Whether the articles are wanted in a window with room for both panels.
    articles: bool,
    /// Whether the inspector is wanted there.
    inspector: bool,
    /// The panel that is shown where there is room for one only.
    narrow: Option<Panel>,
    /// Width of the whole view in the last frame, in points.
    width: f32,
}

impl Default for Sides {
    fn default() -> Self {
        Self { articles: true, inspector: true, narrow: Some(Panel::Inspector), width: f32::INFINITY }
    }
}

/// Least width that is kept for the page, in points; the panels give way.
const PAGE: f32 = 420.0;
/// Least widths of the panels, and the greatest of either, in points.
const LEAST_ARTICLES: f32 = 180.0;
const LEAST_INSPECTOR: f32 = 220.0;
const GREATEST: f32 = 480.0;
/// The articles’ share of the room for both panels.
const SHARE: f32 = 0.45;

impl Sides {
    /// Takes up the width of the view, in points; to be called in each frame before anything else.
    pub fn fit(&mut self, width: f32) {
        self.width = width;
    }

    /// Whether a panel is shown at this width.
    pub fn shows(&self, panel: Panel) -> bool {
        match panel {
            _ if self.is_narrow() => self.narrow == Some(panel),
            Panel::Articles => self.articles,
            Panel::Inspector => self.inspector,
        }
    }

    /// Shows or hides a panel. In a narrow window the one that is shown takes the place of the other.
    pub fn toggle(&mut self, panel: Panel) {
        let shown = self.shows(panel);
        self.narrow = (!shown).then_some(panel);
        if !self.is_narrow() {
            *self.wanted(panel) = !shown;
        }
    }

    /// Shows a panel; does nothing where it is shown.
    pub fn show(&mut self, panel: Panel) {
        if !self.shows(panel) {
            self.toggle(panel);
        }
    }

    /// Least, usual and greatest width of a panel, in points. The usual one may be more than the greatest, which
    /// wins.
    pub fn widths(&self, panel: Panel) -> (f32, f32, f32) {
        let (least, usual, share) = match panel {
            Panel::Articles => (LEAST_ARTICLES, size::ARTICLES, SHARE),
            Panel::Inspector => (LEAST_INSPECTOR, size::INSPECTOR, 1.0 - SHARE),
        };
        let share = if self.is_narrow() { 1.0 } else { share };
        let greatest = ((self.width - PAGE) * share).clamp(least, GREATEST);
        (least, usual, greatest)
    }

    /// Whether there is room for one panel only.
    pub(super) fn is_narrow(&self) -> bool {
        self.width < PAGE + LEAST_ARTICLES + LEAST_INSPECTOR
    }

    /// What is remembered for wide windows.
    fn wanted(&mut self, panel: Panel) -> &mut bool {
        match panel {
            Panel::Articles => &mut self.articles,
            Panel::Inspector => &mut self.inspector,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(width: f32) -> Sides {
        let mut sides = Sides::default();
        sides.fit(width);
        sides
    }

    fn shown(sides: &Sides) -> (bool, bool) {
        (sides.shows(Panel::Articles), sides.shows(Panel::Inspector))
    }

    #[test]
    fn the_page_is_never_cramped() {
        for width in [640.0, 700.0, 819.0, 820.0, 900.0, 1440.0, 3840.0] {
            let sides = of(width);
            let panels = [Panel::Articles, Panel::Inspector].into_iter().filter(|panel| sides.shows(*panel));
            let taken: f32 = panels.map(|panel| sides.widths(panel).2).sum();
            assert!(width - taken >= 400.0, "{width}: {taken}");
        }
    }

    #[test]
    fn where_there_is_room_for_one_the_other_gives_way() {
        let mut sides = of(700.0);
        assert_eq!(shown(&sides), (false, true));
        sides.toggle(Panel::Articles);
        assert_eq!(shown(&sides), (true, false));
        sides.toggle(Panel::Articles);
        assert_eq!(shown(&sides), (false, false), "hiding one does not bring up the other");
        sides.show(Panel::Inspector);
        sides.fit(1440.0);
        assert_eq!(shown(&sides), (true, true), "both come back with the room");
        sides.toggle(Panel::Articles);
        assert_eq!(shown(&sides), (false, true));
    }
}
