//! A stage for the real views: a harness of a given size and pixel density, and a camera that shows what it paints.
//!
//! It knows nothing of Pressmark: a test gives it any interface.
//!
//! ```ignore
//! let (stage, camera) = support::stage(vec2(1440.0, 900.0), 2.0);
//! let mut harness = stage.build_ui_state(|ui, state| view_ui(ui, state), state);
//! harness.run();
//! camera.shoot(&harness).write_png("assets/screenshot.png");
//! ```

pub mod raster;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;

use egui::{Color32, TexturesDelta, Vec2};
use egui_kittest::{Harness, HarnessBuilder, TestRenderer};

use raster::{Image, Textures};

/// A builder for a harness of `size` in points, and the camera that goes with the one harness it builds.
pub fn stage<State>(size: Vec2, pixels_per_point: f32) -> (HarnessBuilder<State>, Camera) {
    let camera = Camera::default();
    let film = Film(Rc::clone(&camera.textures));
    (Harness::builder().with_size(size).with_pixels_per_point(pixels_per_point).renderer(film), camera)
}

/// Shows what a harness paints.
#[derive(Default)]
pub struct Camera {
    textures: Rc<RefCell<Textures>>,
}

impl Camera {
    /// The last frame, in pixels, over black.
    pub fn shoot<State>(&self, harness: &Harness<'_, State>) -> Image {
        let output = harness.output();
        let scale = output.pixels_per_point;
        let size = harness.ctx.viewport_rect().size() * scale;
        let mut image = Image::filled(size.x.round() as usize, size.y.round() as usize, Color32::BLACK);
        let primitives = harness.ctx.tessellate(output.shapes.clone(), scale);
        raster::paint(&mut image, &self.textures.borrow(), &primitives, scale);
        image
    }
}

/// Keeps the textures of every frame, which a harness gives away only once.
struct Film(Rc<RefCell<Textures>>);

impl TestRenderer for Film {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.borrow_mut().apply(delta);
    }
}
