//! Glyphs as pixels in one texture, which grows and, when it is full, starts anew.

use std::{ops::Range, sync::Arc};

use egui::{
    Color32, ColorImage, Context, ImageData, Rect, Shape, TextureHandle, TextureId, TextureOptions,
    epaint::ClippedShape, pos2, vec2,
};
use parley::FontData;
use parley::fontique::Synthesis;
use rustc_hash::FxHashMap;
use swash::FontRef;
use swash::scale::image::{Content, Image};
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Angle, Format, Transform, Vector};

const FIRST_SIZE: [usize; 2] = [1024, 256];
/// Above this many rows the atlas starts anew at the next frame instead of growing.
const COMFORTABLE_ROWS: usize = 2048;
const MOST_ROWS: usize = 8192;
/// Glyphs larger than this stand on whole pixels: a fraction would not be seen.
const SUBPIXEL_BELOW: f32 = 48.0;
/// A period of each baked pattern is drawn this often side by side, so that a line takes few rectangles.
const STRIP: usize = 256;
/// Smaller dots are squares: they would only look blurred.
const ROUND_DOTS_FROM: f32 = 1.5;

/// Position and place of a glyph's pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// In pixels of the texture.
    pub texels: Rect,
    /// From the glyph's origin on the baseline to the upper left pixel.
    pub offset: egui::Vec2,
    pub content: SlotContent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotContent {
    /// To be painted in the ink.
    Mask,
    /// To be painted as it is.
    Colour,
}

/// A face in a size, as glyphs are kept apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Face {
    blob: u64,
    index: u32,
    size: u32,
    synthesis: u32,
    coords: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Glyph { face: Face, glyph: u16, step: u8 },
    Strip { pattern: Strip, scale: u32 },
}

/// The patterns that are baked because rectangles would draw them badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strip {
    Wavy,
    Dotted,
}

pub struct Atlas {
    texture: Option<TextureHandle>,
    pixels: Vec<Color32>,
    size: [usize; 2],
    /// Upper left of the free part of the current shelf, and the shelf's height.
    pen: [usize; 2],
    shelf: usize,
    dirty: Option<Range<usize>>,
    grown: bool,
    slots: FxHashMap<Key, Option<Slot>>,
    generation: u64,
    full: bool,
    /// Rows that one frame took after the atlas was started anew; `None` until that frame is over.
    needed: Option<usize>,
    most_rows: usize,
    scaler: ScaleContext,
    image: Image,
}

impl Default for Atlas {
    fn default() -> Self {
        let mut atlas = Self {
            texture: None,
            pixels: Vec::new(),
            size: FIRST_SIZE,
            pen: [0, 0],
            shelf: 0,
            dirty: None,
            grown: true,
            slots: FxHashMap::default(),
            generation: 0,
            full: false,
            needed: None,
            most_rows: MOST_ROWS,
            scaler: ScaleContext::with_max_entries(16),
            image: Image::new(),
        };
        atlas.clear();
        atlas
    }
}

impl Atlas {
    /// To be called once before a frame is painted: an atlas that became too large starts anew.
    ///
    /// `longest` is the most pixels that a side of a texture may have.
    pub fn begin_frame(&mut self, longest: usize) {
        self.most_rows = MOST_ROWS.min(longest);
        let used = self.pen[1] + self.shelf;
        let needed = *self.needed.get_or_insert(used);
        // What a single frame needs must fit, or every frame would start anew.
        if self.full || used > COMFORTABLE_ROWS.max(2 * needed) {
            self.clear();
        }
    }

    /// Changes whenever slots handed out before are no longer good.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Where a pixel is white, in pixels of the texture.
    pub fn white(&self) -> egui::Pos2 {
        pos2(1.0, 1.0)
    }

    fn size(&self) -> egui::Vec2 {
        vec2(self.size[0] as f32, self.size[1] as f32)
    }

    pub fn face(font: &FontData, size: f32, synthesis: Synthesis, coords: impl Iterator<Item = i16>) -> Face {
        let mut hash = 0_u64;
        for coord in coords {
            hash = hash.wrapping_mul(0x0100_0000_01b3) ^ u64::from(coord as u16) ^ 0xcbf2_9ce4;
        }
        Face {
            blob: font.data.id(),
            index: font.index,
            size: size.to_bits(),
            synthesis: u32::from(synthesis.embolden()) | (synthesis.skew().unwrap_or(0.0) as i8 as u8 as u32) << 1,
            coords: hash,
        }
    }

    /// In how many steps of a pixel a face of this size is placed.
    pub fn steps(size: f32) -> f32 {
        if size < SUBPIXEL_BELOW { 4.0 } else { 1.0 }
    }

    /// The pixels of a glyph; `None` where it has none, such as a space. `step` counts [`Atlas::steps`].
    pub fn glyph(&mut self, face: Face, run: &parley::Run<'_, ()>, glyph: u16, step: u8) -> Option<Slot> {
        let key = Key::Glyph { face, glyph, step };
        if let Some(slot) = self.slots.get(&key) {
            return *slot;
        }
        let slot = self.rasterise(run, glyph, f32::from(step) / Self::steps(run.font_size()));
        self.slots.insert(key, slot);
        slot
    }

    fn rasterise(&mut self, run: &parley::Run<'_, ()>, glyph: u16, fraction: f32) -> Option<Slot> {
        let font = run.font();
        let face = FontRef::from_index(font.data.as_ref(), font.index as usize)?;
        let size = run.font_size();
        let coords = run.normalized_coords().iter().map(|coord| coord.to_bits());
        let mut scaler = self.scaler.builder(face).size(size).hint(false).normalized_coords(coords).build();
        let sources = [
            Source::ColorOutline(0),
            Source::ColorBitmap(StrikeWith::BestFit),
            Source::Outline,
            Source::Bitmap(StrikeWith::BestFit),
        ];
        let mut render = Render::new(&sources);
        render.format(Format::Alpha).offset(Vector::new(fraction, 0.0));
        if let Some(degrees) = run.synthesis().skew() {
            render.transform(Some(Transform::skew(Angle::from_degrees(degrees), Angle::ZERO)));
        }
        if run.synthesis().embolden() {
            render.embolden(size / 40.0);
        }
        self.image.clear();
        let mut image = std::mem::take(&mut self.image);
        let slot = render.render_into(&mut scaler, glyph, &mut image).then(|| self.place_image(&image)).flatten();
        self.image = image;
        slot
    }

    fn place_image(&mut self, image: &Image) -> Option<Slot> {
        let (width, height) = (image.placement.width as usize, image.placement.height as usize);
        let content = match image.content {
            Content::Color => SlotContent::Colour,
            Content::Mask | Content::SubpixelMask => SlotContent::Mask,
        };
        let pixel = |i: usize| match content {
            SlotContent::Mask => Color32::from_white_alpha(image.data[i]),
            SlotContent::Colour => {
                let c = &image.data[i * 4..i * 4 + 4];
                Color32::from_rgba_unmultiplied(c[0], c[1], c[2], c[3])
            }
        };
        let texels = self.place(width, height, pixel)?;
        let offset = vec2(image.placement.left as f32, -(image.placement.top as f32));
        Some(Slot { texels, offset, content })
    }

    /// Finds room and writes pixels, row by row; `None` where there is nothing to write or no room at all.
    fn place(&mut self, width: usize, height: usize, pixel: impl Fn(usize) -> Color32) -> Option<Rect> {
        if width == 0 || height == 0 || width + 1 > self.size[0] {
            return None;
        }
        if self.pen[0] + width + 1 > self.size[0] {
            self.pen = [0, self.pen[1] + self.shelf];
            self.shelf = 0;
        }
        while self.pen[1] + height + 1 > self.size[1] {
            if self.size[1] * 2 > self.most_rows {
                self.full = true;
                return None;
            }
            self.size[1] *= 2;
            self.pixels.resize(self.size[0] * self.size[1], Color32::TRANSPARENT);
            self.grown = true;
        }
        let [x, y] = self.pen;
        for row in 0..height {
            let start = (y + row) * self.size[0] + x;
            for column in 0..width {
                self.pixels[start + column] = pixel(row * width + column);
            }
        }
        let dirty = self.dirty.take().unwrap_or(y..y);
        self.dirty = Some(dirty.start.min(y)..dirty.end.max(y + height));
        self.pen[0] += width + 1;
        self.shelf = self.shelf.max(height + 1);
        Some(Rect::from_min_size(pos2(x as f32, y as f32), vec2(width as f32, height as f32)))
    }

    /// A long strip of a pattern whose period and thickness follow `scale`, in pixels a point.
    pub fn strip(&mut self, pattern: Strip, scale: f32) -> Option<Slot> {
        let key = Key::Strip { pattern, scale: scale.to_bits() };
        if let Some(slot) = self.slots.get(&key) {
            return *slot;
        }
        let height = (4.0 * scale).ceil() as usize;
        let coverage = |i: usize| {
            let (x, y) = ((i % STRIP) as f32 + 0.5, (i / STRIP) as f32 + 0.5);
            Color32::from_white_alpha((pattern.coverage(x, y, scale) * 255.0).round() as u8)
        };
        let slot = self.place(STRIP, height, coverage).map(|texels| Slot {
            texels,
            offset: egui::Vec2::ZERO,
            content: SlotContent::Mask,
        });
        self.slots.insert(key, slot);
        slot
    }

    /// Hands the texture what is new in it.
    pub fn upload(&mut self, ctx: &Context) -> TextureId {
        if self.full {
            // Some glyph found no room: the next frame begins with an empty atlas.
            ctx.request_repaint();
        }
        let grown = std::mem::take(&mut self.grown);
        let dirty = self.dirty.take();
        match (&mut self.texture, dirty) {
            (Some(texture), _) if grown => texture.set(whole(self.size, &self.pixels), TextureOptions::LINEAR),
            (Some(texture), Some(rows)) => {
                let part = &self.pixels[rows.start * self.size[0]..rows.end * self.size[0]];
                let image = ColorImage::new([self.size[0], rows.len()], part.to_vec());
                texture.set_partial([0, rows.start], image, TextureOptions::LINEAR);
            }
            (Some(_), None) => {}
            (none, _) => {
                *none = Some(ctx.load_texture("page glyphs", whole(self.size, &self.pixels), TextureOptions::LINEAR));
            }
        }
        self.texture.as_ref().map_or(TextureId::default(), TextureHandle::id)
    }

    /// Turns the texels of everything that was painted into shares of the texture, whose size is known only now: it
    /// may have grown since something was painted.
    pub fn finish_frame(&self, shapes: &mut [ClippedShape]) {
        let Some(texture) = self.texture.as_ref().map(TextureHandle::id) else { return };
        let size = self.size();
        for shape in shapes {
            let Shape::Mesh(mesh) = &mut shape.shape else { continue };
            if mesh.texture_id == texture {
                for vertex in &mut Arc::make_mut(mesh).vertices {
                    vertex.uv = pos2(vertex.uv.x / size.x, vertex.uv.y / size.y);
                }
            }
        }
    }

    fn clear(&mut self) {
        self.size = FIRST_SIZE;
        self.pixels = vec![Color32::TRANSPARENT; FIRST_SIZE[0] * FIRST_SIZE[1]];
        self.pen = [0, 0];
        self.shelf = 0;
        self.slots.clear();
        self.full = false;
        self.needed = None;
        self.grown = true;
        self.generation += 1;
        // The first pixels are white: rectangles of one colour are painted from the middle of them.
        self.place(2, 2, |_| Color32::WHITE);
    }
}

fn whole(size: [usize; 2], pixels: &[Color32]) -> ImageData {
    ColorImage::new(size, pixels.to_vec()).into()
}

impl Strip {
    /// The share of a pixel that is ink, at the middle of the pixel.
    fn coverage(self, x: f32, y: f32, scale: f32) -> f32 {
        match self {
            Self::Wavy => {
                let period = self.period(scale);
                let phase = (x / period * std::f32::consts::TAU).sin();
                let slope = (x / period * std::f32::consts::TAU).cos() * std::f32::consts::TAU / period * scale * 0.95;
                let distance = (y - scale * 1.9 - phase * scale * 0.95).abs() / (1.0 + slope * slope).sqrt();
                (scale * 0.55 + 0.5 - distance).clamp(0.0, 1.0)
            }
            Self::Dotted => {
                let period = self.period(scale);
                if scale < ROUND_DOTS_FROM {
                    let inked = x % period < 2.0 * scale && y < 2.0 * scale;
                    return if inked { 1.0 } else { 0.0 };
                }
                let across = (x % period) - period / 2.0;
                let distance = (across * across + (y - scale).powi(2)).sqrt();
                (scale + 0.5 - distance).clamp(0.0, 1.0)
            }
        }
    }

    /// In pixels, whole ones, so that strips can be laid end to end.
    fn period(self, scale: f32) -> f32 {
        match self {
            Self::Wavy => (6.0 * scale).round(),
            Self::Dotted => (4.0 * scale).round(),
        }
    }

    /// How much of a strip holds whole periods.
    pub fn length(self, scale: f32) -> f32 {
        let period = self.period(scale);
        (STRIP as f32 / period).floor() * period
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(atlas: &mut Atlas, glyphs: usize) -> usize {
        (0..glyphs).filter(|_| atlas.place(100, 100, |_| Color32::WHITE).is_some()).count()
    }

    #[test]
    fn the_atlas_grows_within_a_frame_and_starts_anew_at_the_next() {
        let mut atlas = Atlas::default();
        atlas.begin_frame(16_384);
        let first = atlas.generation();
        for _ in 0..4 {
            assert_eq!(fill(&mut atlas, 100), 100);
            atlas.begin_frame(16_384);
        }
        assert_eq!(atlas.generation(), first + 1);
        assert!(atlas.size().y <= 2048.0);
    }

    #[test]
    fn a_frame_that_needs_much_is_not_started_anew_each_time() {
        let mut atlas = Atlas::default();
        atlas.begin_frame(16_384);
        fill(&mut atlas, 300);
        atlas.begin_frame(16_384);
        let after = atlas.generation();
        for _ in 0..5 {
            atlas.begin_frame(16_384);
        }
        assert_eq!(atlas.generation(), after);
    }

    #[test]
    fn what_was_painted_before_the_atlas_grew_is_found_in_it() {
        let (ctx, mut atlas) = (Context::default(), Atlas::default());
        let mut mesh = egui::Mesh::with_texture(atlas.upload(&ctx));
        let uv = pos2(512.0, 128.0);
        mesh.vertices.push(egui::epaint::Vertex { pos: pos2(0.0, 0.0), uv, color: Color32::WHITE });
        fill(&mut atlas, 100);
        atlas.upload(&ctx);
        let shape = Shape::mesh(mesh);
        let mut shapes = [ClippedShape::new(Rect::EVERYTHING, shape)];
        atlas.finish_frame(&mut shapes);
        let Shape::Mesh(mesh) = &shapes[0].shape else { panic!("it is a mesh still") };
        assert!(atlas.size().y > FIRST_SIZE[1] as f32, "the atlas has not grown: the test shows nothing");
        assert_eq!(mesh.vertices[0].uv, pos2(0.5, 128.0 / atlas.size().y));
        ctx.tex_manager().write().take_delta().clear();
    }

    #[test]
    fn what_finds_no_room_finds_it_in_the_next_frame() {
        let mut atlas = Atlas::default();
        atlas.begin_frame(512);
        assert!(fill(&mut atlas, 100) < 100);
        atlas.begin_frame(512);
        assert_eq!(fill(&mut atlas, 10), 10);
    }
}
