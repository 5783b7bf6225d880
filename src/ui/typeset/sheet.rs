//! Pixels in one texture, packed on shelves. It grows with what is put there, and starts anew when it has become too
//! large. It does not know what the pixels show.

use std::{ops::Range, sync::Arc};

use egui::{
    Color32, ColorImage, Context, ImageData, Pos2, Rect, Shape, TextureHandle, TextureId, TextureOptions, Vec2,
    epaint::ClippedShape, pos2, vec2,
};

/// Width and height of an empty sheet, in pixels. The width stays, the height is doubled.
const FIRST_SIZE: [usize; 2] = [1024, 256];
/// Above this many rows of pixels the sheet starts anew at the next frame instead of growing.
const COMFORTABLE_ROWS: usize = 2048;
/// It never grows beyond this, nor beyond what the graphics card allows: 32 MiB of pixels.
const MOST_ROWS: usize = 8192;

/// The texture that glyphs and patterns are painted from.
///
/// Rectangles are put on shelves from left to right; a shelf is as high as the highest of them, and the next one begins
/// below it. Between two there is a pixel of nothing, so that none bleeds into the other.
pub struct Sheet {
    /// `None` until something was uploaded.
    texture: Option<TextureHandle>,
    /// Row by row.
    pixels: Vec<Color32>,
    /// Width and height in pixels.
    size: [usize; 2],
    /// Upper left of the free part of the current shelf.
    pen: [usize; 2],
    /// The height of the current shelf.
    shelf: usize,
    /// Rows that the texture does not have yet.
    dirty: Option<Range<usize>>,
    /// Whether the texture has another size.
    is_resized: bool,
    /// How often the sheet was started anew: what was placed in an earlier generation is gone.
    generation: u64,
    /// Whether something found no room.
    is_full: bool,
    /// Rows that one frame took after the sheet was started anew; `None` until that frame is over.
    needed: Option<usize>,
    /// The lower of [`MOST_ROWS`] and what the graphics card allows.
    most_rows: usize,
}

impl Default for Sheet {
    fn default() -> Self {
        let mut sheet = Self {
            texture: None,
            pixels: Vec::new(),
            size: FIRST_SIZE,
            pen: [0, 0],
            shelf: 0,
            dirty: None,
            is_resized: true,
            generation: 0,
            is_full: false,
            needed: None,
            most_rows: MOST_ROWS,
        };
        sheet.clear();
        sheet
    }
}

impl Sheet {
    /// To be called once before a frame is painted: a sheet that became too large starts anew.
    ///
    /// `longest` is the most pixels that a side of a texture may have.
    pub fn begin_frame(&mut self, longest: usize) {
        self.most_rows = MOST_ROWS.min(longest);
        let used = self.pen[1] + self.shelf;
        let needed = *self.needed.get_or_insert(used);
        // What a single frame needs must fit, or every frame would start anew.
        if self.is_full || used > COMFORTABLE_ROWS.max(2 * needed) {
            self.clear();
        }
    }

    /// Another number whenever the sheet was started anew: then nothing is any longer where it was put. Never 0.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Where a pixel is white, in pixels of the texture: rectangles of one colour are painted from it.
    pub fn white(&self) -> Pos2 {
        pos2(1.0, 1.0)
    }

    /// In pixels, as texture coordinates are divided by it.
    fn size(&self) -> Vec2 {
        vec2(self.size[0] as f32, self.size[1] as f32)
    }

    /// Finds room and writes pixels, row by row; `None` where there is nothing to write or no room at all.
    pub fn place(&mut self, width: usize, height: usize, pixel: impl Fn(usize) -> Color32) -> Option<Rect> {
        if width == 0 || height == 0 || width + 1 > self.size[0] {
            return None;
        }
        if self.pen[0] + width + 1 > self.size[0] {
            self.pen = [0, self.pen[1] + self.shelf];
            self.shelf = 0;
        }
        while self.pen[1] + height + 1 > self.size[1] {
            if self.size[1] * 2 > self.most_rows {
                self.is_full = true;
                return None;
            }
            self.size[1] *= 2;
            self.pixels.resize(self.size[0] * self.size[1], Color32::TRANSPARENT);
            self.is_resized = true;
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

    /// Hands the texture what is new in it: all of it where it has grown, else the rows that were written.
    pub fn upload(&mut self, ctx: &Context) -> TextureId {
        if self.is_full {
            // Something found no room: the next frame begins with an empty sheet.
            ctx.request_repaint();
        }
        let is_resized = std::mem::take(&mut self.is_resized);
        let dirty = self.dirty.take();
        match (&mut self.texture, dirty) {
            (Some(texture), _) if is_resized => texture.set(whole(self.size, &self.pixels), TextureOptions::LINEAR),
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

    /// Turns the texels of everything that was painted in a frame into shares of the texture, as egui wants them. The
    /// texture's size is known only now: it may have grown since something was painted.
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

    /// Empties the sheet, but for the white pixel that rectangles are painted with.
    fn clear(&mut self) {
        self.size = FIRST_SIZE;
        self.pixels = vec![Color32::TRANSPARENT; FIRST_SIZE[0] * FIRST_SIZE[1]];
        self.pen = [0, 0];
        self.shelf = 0;
        self.is_full = false;
        self.needed = None;
        self.is_resized = true;
        self.generation += 1;
        // The first pixels are white, and their middle is far enough from their edges not to be mixed with others.
        self.place(2, 2, |_| Color32::WHITE);
    }
}

/// All pixels, to be uploaded in one go.
fn whole(size: [usize; 2], pixels: &[Color32]) -> ImageData {
    ColorImage::new(size, pixels.to_vec()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(sheet: &mut Sheet, glyphs: usize) -> usize {
        (0..glyphs).filter(|_| sheet.place(100, 100, |_| Color32::WHITE).is_some()).count()
    }

    #[test]
    fn the_sheet_grows_within_a_frame_and_starts_anew_at_the_next() {
        let mut sheet = Sheet::default();
        sheet.begin_frame(16_384);
        let first = sheet.generation();
        for _ in 0..4 {
            assert_eq!(fill(&mut sheet, 100), 100);
            sheet.begin_frame(16_384);
        }
        assert_eq!(sheet.generation(), first + 1);
        assert!(sheet.size().y <= 2048.0);
    }

    #[test]
    fn a_frame_that_needs_much_is_not_started_anew_each_time() {
        let mut sheet = Sheet::default();
        sheet.begin_frame(16_384);
        fill(&mut sheet, 300);
        sheet.begin_frame(16_384);
        let after = sheet.generation();
        for _ in 0..5 {
            sheet.begin_frame(16_384);
        }
        assert_eq!(sheet.generation(), after);
    }

    #[test]
    fn what_was_painted_before_the_sheet_grew_is_found_in_it() {
        let (ctx, mut sheet) = (Context::default(), Sheet::default());
        let mut mesh = egui::Mesh::with_texture(sheet.upload(&ctx));
        let uv = pos2(512.0, 128.0);
        mesh.vertices.push(egui::epaint::Vertex { pos: pos2(0.0, 0.0), uv, color: Color32::WHITE });
        fill(&mut sheet, 100);
        sheet.upload(&ctx);
        let shape = Shape::mesh(mesh);
        let mut shapes = [ClippedShape::new(Rect::EVERYTHING, shape)];
        sheet.finish_frame(&mut shapes);
        let Shape::Mesh(mesh) = &shapes[0].shape else { panic!("it is a mesh still") };
        assert!(sheet.size().y > FIRST_SIZE[1] as f32, "the sheet has not grown: the test shows nothing");
        assert_eq!(mesh.vertices[0].uv, pos2(0.5, 128.0 / sheet.size().y));
        ctx.tex_manager().write().take_delta().clear();
    }

    #[test]
    fn what_finds_no_room_finds_it_in_the_next_frame() {
        let mut sheet = Sheet::default();
        sheet.begin_frame(512);
        assert!(fill(&mut sheet, 100) < 100);
        sheet.begin_frame(512);
        assert_eq!(fill(&mut sheet, 10), 10);
    }
}
