//! Which panels stand beside the page, and how wide they may be. A narrow window has room for one, so that lines of
//! the page are never cramped. Pure.

use crate::ui::theme::size;

/// A panel beside the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    Articles,
    Inspector,
}

/// Which panels are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides {
    articles: bool,
    inspector: bool,
    /// The one that is shown where there is room for one.
    narrow: Option<Panel>,
    /// Of the whole view, in points.
    width: f32,
}

impl Default for Sides {
    fn default() -> Self {
        Self { articles: true, inspector: true, narrow: Some(Panel::Inspector), width: f32::INFINITY }
    }
}

/// The page's share of a window, the panels' least and greatest widths, and the share that the articles have of the
/// room for both, in points.
const PAGE: f32 = 420.0;
const LEAST_ARTICLES: f32 = 180.0;
const LEAST_INSPECTOR: f32 = 220.0;
const GREATEST: f32 = 480.0;
const SHARE: f32 = 0.45;

impl Sides {
    /// Takes up how wide the view is.
    pub fn fit(&mut self, width: f32) {
        self.width = width;
    }

    pub fn shows(&self, panel: Panel) -> bool {
        match panel {
            _ if self.is_narrow() => self.narrow == Some(panel),
            Panel::Articles => self.articles,
            Panel::Inspector => self.inspector,
        }
    }

    pub fn toggle(&mut self, panel: Panel) {
        let shown = self.shows(panel);
        self.narrow = (!shown).then_some(panel);
        if !self.is_narrow() {
            *self.wanted(panel) = !shown;
        }
    }

    pub fn show(&mut self, panel: Panel) {
        if !self.shows(panel) {
            self.toggle(panel);
        }
    }

    /// The least, the usual and the greatest width of a panel, in points. The greatest goes before the usual.
    pub fn widths(&self, panel: Panel) -> (f32, f32, f32) {
        let (least, usual, share) = match panel {
            Panel::Articles => (LEAST_ARTICLES, size::ARTICLES, SHARE),
            Panel::Inspector => (LEAST_INSPECTOR, size::INSPECTOR, 1.0 - SHARE),
        };
        let share = if self.is_narrow() { 1.0 } else { share };
        let greatest = ((self.width - PAGE) * share).clamp(least, GREATEST);
        (least, usual, greatest)
    }

    fn is_narrow(&self) -> bool {
        self.width < PAGE + LEAST_ARTICLES + LEAST_INSPECTOR
    }

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
