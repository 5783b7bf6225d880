//! Where words of the text stand in the window, and which marks lie under a point of it, for whoever draws between pages or beside them. It draws nothing.

use egui::{Pos2, Rect, pos2, vec2};

use super::state::PageState;
use crate::text::ByteRange;

impl PageState {
    /// Around all of the words that are in view, in points of the window; `None` where none are.
    pub fn place_of(&self, range: ByteRange) -> Option<Rect> {
        let measures = self.measures.as_ref()?;
        let mut around: Option<Rect> = None;
        self.in_view(measures).each_rect(range, |rect, _| {
            around = Some(around.map_or(rect, |all| all.union(rect)));
        });
        around.map(|rect| measures.to_window(rect))
    }

    /// The marks under a point of the window, innermost first.
    pub fn marks_at(&self, at: Pos2) -> Vec<u64> {
        let Some(measures) = self.measures.as_ref().filter(|measures| measures.rect.contains(at)) else {
            return Vec::new();
        };
        let over = self.character_at(measures, measures.to_page(at));
        over.map(|offset| self.marks.stack_at(offset)).unwrap_or_default()
    }

    /// The column of text, as high as the page, in points of the window; `None` before the first frame.
    pub fn column(&self) -> Option<Rect> {
        let measures = self.measures.as_ref()?;
        let column = Rect::from_min_size(pos2(measures.column_x, 0.0), vec2(measures.column, measures.view));
        Some(measures.to_window(column))
    }

    /// How far down the whole of the page an offset stands, from 0 to 1, as far as heights are known.
    pub fn share_of(&self, offset: usize) -> f32 {
        if self.measures.is_none() {
            return 0.0;
        }
        let top = self.flow.heights.top(self.flow.row_of(offset));
        (top / self.flow.total().max(1.0)).clamp(0.0, 1.0) as f32
    }
}
