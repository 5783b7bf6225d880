//! What everything that sets text in a window shares: fonts, shaping memory, glyphs, and the words of the last frame.

use egui::{Color32, Context, FullOutput, Painter, Plugin, Pos2, Rangef, Ui};
use std::ops::Range;

use super::{
    atlas::Atlas,
    fitted::{FittedCache, FittedText, TextRequest},
    shaper::Shaper,
};

/// Sets text and paints it. One for a window; it is no view state.
#[derive(Default)]
pub struct Engine {
    /// Fonts, and what shaping works in.
    pub shaper: Shaper,
    /// Glyphs as pixels.
    pub atlas: Atlas,
    /// Short texts of this frame and the last one.
    fitted: FittedCache,
}

/// The engine of a window, as egui keeps it; `None` while it is lent.
struct Lender(Option<Box<Engine>>);

/// Lends the engine of a window for as long as something is laid out or painted with it.
///
/// No lock is held meanwhile, so whoever has it may make widgets and ask egui anything.
///
/// # Panics
///
/// Where it is asked for while it is lent, which would otherwise wait for itself: functions of [`super::words`] borrow
/// it on their own, and are not to be called by whoever has it.
pub fn with_engine<R>(ctx: &Context, work: impl FnOnce(&mut Engine) -> R) -> R {
    let lender = ctx.plugin_or_default::<Lender>();
    let engine = lender.lock().0.take();
    let mut engine = engine.expect("whoever has the engine does not ask for it again");
    let result = work(&mut engine);
    lender.lock().0 = Some(engine);
    result
}

impl Default for Lender {
    fn default() -> Self {
        Self(Some(Box::default()))
    }
}

impl Plugin for Lender {
    fn debug_name(&self) -> &'static str {
        "typesetting"
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        if let Some(engine) = &mut self.0 {
            engine.begin_frame(ui.input(|i| i.max_texture_side));
        }
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        if let Some(engine) = &self.0 {
            engine.atlas.finish_frame(&mut output.shapes);
        }
    }
}

impl Engine {
    /// To be called before anything of a frame is laid out. `longest` is the most pixels a texture's side may have.
    fn begin_frame(&mut self, longest: usize) {
        self.atlas.begin_frame(longest);
        self.fitted.begin_frame();
    }

    /// Sets a text in its room, unless it was set like this in the last frame.
    pub fn fit(&mut self, request: &TextRequest<'_>) -> FittedText {
        self.fitted.fit(&mut self.shaper, request)
    }

    /// Sets a line with words on it that stand out: see [`FittedCache::fit_around`].
    pub fn fit_around(
        &mut self,
        request: &TextRequest<'_>,
        hit: Range<usize>,
        weight: f32,
    ) -> (FittedText, Vec<Rangef>) {
        self.fitted.fit_around(&mut self.shaper, request, hit, weight)
    }

    /// Paints a text that was set in this frame: see [`FittedCache::paint`].
    pub fn paint(&mut self, painter: &Painter, text: FittedText, at: Pos2, heights: (f32, f32), ink: Color32) {
        self.fitted.paint(&mut self.atlas, painter, text, at, heights, ink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::typeset::words;

    #[test]
    fn whoever_has_the_engine_may_ask_egui_anything() {
        let ctx = Context::default();
        let size = with_engine(&ctx, |_| ctx.plugin_or_default::<Lender>().lock().0.is_none());
        assert!(size, "nothing of it is locked");
        assert!(with_engine(&ctx, |_| true), "it was given back");
    }

    #[test]
    #[should_panic(expected = "does not ask for it again")]
    fn asking_for_the_engine_twice_is_told_and_not_waited_for() {
        egui::__run_test_ui(|ui| {
            let (font, ink) = (egui::FontId::proportional(14.0), Color32::BLACK);
            with_engine(ui.ctx(), |_| words::whole(ui.painter(), "שלום", font, ink));
        });
    }
}
