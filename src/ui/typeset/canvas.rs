//! One mesh for all that has the atlas as its texture: rectangles, patterned lines and glyphs. Everything given to it is
//! in pixels; only the finished mesh is in points.

use egui::epaint::Vertex;
use egui::{Color32, Mesh, Pos2, Rect, Shape, TextureId, Vec2, pos2, vec2};

use super::atlas::Atlas;
use super::pattern::{Pattern, Strip};
use super::shaped::Quad;

/// Collects what is painted, in the order of painting: one mesh is one call of the graphics card.
pub struct Canvas<'a> {
    /// Where glyphs and patterns are found, drawn if they are new.
    atlas: &'a mut Atlas,
    /// What was painted so far; positions in points of the window.
    mesh: Mesh,
    /// From where positions count: a point of the window, in whole pixels.
    origin: Vec2,
    /// Pixels a point.
    scale: f32,
}

impl<'a> Canvas<'a> {
    /// An empty canvas whose upper left is at `origin` of the window, in pixels; `scale` is the pixels a point has.
    pub fn new(atlas: &'a mut Atlas, origin: Vec2, scale: f32) -> Self {
        Self { atlas, mesh: Mesh::default(), origin, scale }
    }

    /// A rectangle of one colour, which may be translucent.
    pub fn fill(&mut self, rect: Rect, colour: Color32) {
        let white = Rect::from_min_max(self.atlas.white(), self.atlas.white());
        self.push(rect.translate(self.origin), white, colour);
    }

    /// Glyphs moved by `at`, which is to be whole pixels: they were drawn for those.
    pub fn glyphs(&mut self, quads: &[Quad], at: Vec2, ink: Color32) {
        self.mesh.vertices.reserve(quads.len() * 4);
        self.mesh.indices.reserve(quads.len() * 6);
        let offset = self.origin + at;
        for quad in quads {
            self.push(quad.rect.translate(offset), quad.texels, quad.colour(ink));
        }
    }

    /// A line of a pattern, `width` thick, its upper edge at the given height.
    pub fn line(&mut self, pattern: Pattern, left: f32, right: f32, top: f32, width: f32, colour: Color32) {
        let band = |top: f32, height: f32| Rect::from_min_max(pos2(left, top), pos2(right, top + height));
        match pattern {
            Pattern::Solid => self.fill(band(top, width), colour),
            Pattern::Double => {
                let thin = (width / 2.0).round().max(1.0);
                self.fill(band(top, thin), colour);
                self.fill(band(top + 2.0 * thin, thin), colour);
            }
            Pattern::Dashed => self.dashes(left, right, top, width, colour),
            Pattern::Dotted => self.strip(Strip::Dotted, left, right, top, width / 2.0, colour),
            Pattern::Wavy => self.strip(Strip::Wavy, left, right, top, width / 2.0, colour),
        }
    }

    /// Three thicknesses of ink, then half as much of nothing.
    fn dashes(&mut self, left: f32, right: f32, top: f32, width: f32, colour: Color32) {
        let (dash, gap) = ((width * 3.0).round(), (width * 1.5).round().max(1.0));
        let mut x = left;
        while x < right {
            let end = (x + dash).min(right);
            self.fill(Rect::from_min_max(pos2(x, top), pos2(end, top + width)), colour);
            x += dash + gap;
        }
    }

    /// A baked pattern laid end to end, the last part cut off.
    fn strip(&mut self, strip: Strip, left: f32, right: f32, top: f32, scale: f32, colour: Color32) {
        let Some(slot) = self.atlas.strip(strip, scale) else { return };
        let length = strip.length(scale);
        let height = slot.texels.height();
        let mut x = left;
        while x < right {
            let part = length.min(right - x);
            let texels = Rect::from_min_size(slot.texels.min, vec2(part, height));
            let rect = Rect::from_min_size(pos2(x, top), vec2(part, height));
            self.push(rect.translate(self.origin), texels, colour);
            x += part;
        }
    }

    /// Two triangles.
    fn push(&mut self, rect: Rect, texels: Rect, color: Color32) {
        let first = self.mesh.vertices.len() as u32;
        let mut corner = |pos: Pos2, uv: Pos2| self.mesh.vertices.push(Vertex { pos, uv, color });
        corner(rect.left_top(), texels.left_top());
        corner(rect.right_top(), texels.right_top());
        corner(rect.left_bottom(), texels.left_bottom());
        corner(rect.right_bottom(), texels.right_bottom());
        self.mesh.indices.extend([first, first + 1, first + 2, first + 2, first + 1, first + 3]);
    }

    /// The mesh in points; where its glyphs stand in the texture is still told in texels, until
    /// [`Atlas::finish_frame`].
    pub fn finish(self, ctx: &egui::Context) -> Shape {
        let mut mesh = self.mesh;
        for vertex in &mut mesh.vertices {
            vertex.pos = pos2(vertex.pos.x / self.scale, vertex.pos.y / self.scale);
        }
        let texture: TextureId = self.atlas.upload(ctx);
        mesh.texture_id = texture;
        Shape::mesh(mesh)
    }

    /// A rectangle of the page in points of the window.
    pub fn to_window(&self, rect: Rect) -> Rect {
        let rect = rect.translate(self.origin);
        Rect::from_min_max(pos2(rect.min.x, rect.min.y), pos2(rect.max.x, rect.max.y)) / self.scale
    }
}
