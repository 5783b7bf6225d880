//! Glyphs and line patterns as pixels: each is drawn once, and found in the texture from then on.
//!
//! Glyphs are drawn at quarters of a pixel or whole ones, as [`Atlas::steps`] says, in greys: colours of subpixels
//! would have to know how the screen’s pixels are made and which way it is turned. Slots are valid for one
//! [`Atlas::generation`].

use egui::{Color32, Context, Pos2, Rect, TextureId, Vec2, epaint::ClippedShape, vec2};
use parley::FontData;
use parley::fontique::Synthesis;
use rustc_hash::FxHashMap;
use swash::FontRef;
use swash::scale::image::{Content, Image};
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Angle, Format, Transform, Vector};

use super::pattern::{STRIP_WIDTH, Strip};
use super::sheet::Sheet;

/// Larger glyphs stand on whole pixels, in pixels an em: a fraction would not be seen.
const SUBPIXEL_BELOW: f32 = 48.0;

/// Where the pixels of a glyph or a pattern are, and where they belong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// In pixels of the texture.
    pub texels: Rect,
    /// From the glyph's origin on the baseline to the upper left pixel.
    pub offset: Vec2,
    /// Whether its pixels are ink or a picture.
    pub content: SlotContent,
}

/// How the pixels of a slot are to be painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotContent {
    /// To be painted in the ink.
    Mask,
    /// To be painted as it is, such as an emoji.
    Colour,
}

/// A face in a size: glyphs of the same number are kept apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Face {
    /// The font's data, and which face in it.
    blob: u64,
    /// Which face of a font collection it is.
    index: u32,
    /// Pixels an em, by its bits.
    size: u32,
    /// Whether it is made bold or slanted because the family has no such face.
    synthesis: u32,
    /// Of a variable font, a hash of where on its axes it stands.
    coords: u64,
}

/// What a slot is looked up by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    /// `step` tells by how many steps of a pixel it stands to the right of a whole one: see [`Atlas::steps`].
    Glyph {
        /// Font, size and variation.
        face: Face,
        /// The glyph’s number in its font.
        glyph: u16,
        step: u8,
    },
    /// A pattern of lines, at the scale given by the bits of a number of pixels.
    Strip { pattern: Strip, scale: u32 },
}

/// All glyphs and patterns of a window that were painted since the sheet was started anew.
pub struct Atlas {
    /// The texture.
    sheet: Sheet,
    /// `None` for a glyph that has no pixels.
    slots: FxHashMap<Key, Option<Slot>>,
    /// What drawing a glyph works in, kept to be used again.
    scaler: ScaleContext,
    /// The pixels of the glyph that was drawn last, kept to be used again.
    image: Image,
}

impl Default for Atlas {
    fn default() -> Self {
        let scaler = ScaleContext::with_max_entries(16);
        Self { sheet: Sheet::default(), slots: FxHashMap::default(), scaler, image: Image::new() }
    }
}

impl Atlas {
    /// To be called once before a frame is painted. `longest` is the most pixels that a side of a texture may have.
    pub fn begin_frame(&mut self, longest: usize) {
        let before = self.sheet.generation();
        self.sheet.begin_frame(longest);
        if self.sheet.generation() != before {
            self.slots.clear();
        }
    }

    /// Another number whenever slots that were handed out before are no longer good. Never 0.
    pub fn generation(&self) -> u64 {
        self.sheet.generation()
    }

    /// Where a pixel is white, in pixels of the texture.
    pub fn white(&self) -> Pos2 {
        self.sheet.white()
    }

    /// Hands the texture what is new in it.
    pub fn upload(&mut self, ctx: &Context) -> TextureId {
        self.sheet.upload(ctx)
    }

    /// To be called once when everything is painted: see [`Sheet::finish_frame`].
    pub fn finish_frame(&self, shapes: &mut [ClippedShape]) {
        self.sheet.finish_frame(shapes);
    }

    /// The face of a run of glyphs, in a size in pixels.
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

    /// In how many steps of a pixel a face of this size is placed: between two pixels, small letters would otherwise
    /// stand too near to or too far from each other.
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

    /// A long strip of a pattern; the scale is half the thickness of the line, in pixels.
    pub fn strip(&mut self, pattern: Strip, scale: f32) -> Option<Slot> {
        let key = Key::Strip { pattern, scale: scale.to_bits() };
        if let Some(slot) = self.slots.get(&key) {
            return *slot;
        }
        let coverage = |i: usize| {
            let (x, y) = ((i % STRIP_WIDTH) as f32 + 0.5, (i / STRIP_WIDTH) as f32 + 0.5);
            Color32::from_white_alpha((pattern.coverage(x, y, scale) * 255.0).round() as u8)
        };
        let texels = self.sheet.place(STRIP_WIDTH, Strip::height(scale), coverage);
        let slot = texels.map(|texels| Slot { texels, offset: Vec2::ZERO, content: SlotContent::Mask });
        self.slots.insert(key, slot);
        slot
    }

    /// Draws a glyph so many pixels to the right of a whole one, in colours where the font has them.
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

    /// Puts what was drawn on the sheet.
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
        let texels = self.sheet.place(width, height, pixel)?;
        let offset = vec2(image.placement.left as f32, -(image.placement.top as f32));
        Some(Slot { texels, offset, content })
    }
}
