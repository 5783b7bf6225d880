//! Paints what egui wants shown into an image, in software, so that tests can look at the real views.
//!
//! It does what egui's own painters do: textured triangles, colours multiplied and blended in gamma space with
//! premultiplied alpha, clip rectangles. It refuses paint callbacks, which need a graphics card.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use egui::epaint::{ImageData, ImageDelta, Primitive, Vertex};
use egui::{
    ClippedPrimitive, Color32, ColorImage, Mesh, Pos2, Rect, TextureFilter, TextureId, TextureOptions, TextureWrapMode,
    TexturesDelta,
};

/// An image in pixels, row by row from the top; premultiplied alpha, in gamma space.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<Color32>,
}

impl Image {
    pub fn filled(width: usize, height: usize, color: Color32) -> Self {
        Self { width, height, pixels: vec![color; width * height] }
    }

    pub fn at(&self, x: usize, y: usize) -> Color32 {
        self.pixels[y * self.width + x]
    }

    /// How many colours there are: one means that nothing was painted.
    pub fn distinct_colors(&self) -> usize {
        let mut colors: Vec<[u8; 4]> = self.pixels.iter().map(Color32::to_array).collect();
        colors.sort_unstable();
        colors.dedup();
        colors.len()
    }

    /// How many pixels differ from `color`.
    pub fn count_other_than(&self, color: Color32) -> usize {
        self.pixels.iter().filter(|&&pixel| pixel != color).count()
    }

    /// Writes an RGBA PNG, and the folder it goes to where that is missing.
    pub fn write_png(&self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).expect("the picture's folder can be made");
        }
        std::fs::write(path, self.to_png()).expect("the picture can be written");
    }

    /// The bytes of an RGBA PNG.
    pub fn to_png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let side =
            |length: usize| u32::try_from(length).expect("a picture is smaller than four thousand million pixels");
        let mut encoder = png::Encoder::new(&mut bytes, side(self.width), side(self.height));
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().expect("memory takes every byte");
        let straight: Vec<[u8; 4]> = self.pixels.iter().map(Color32::to_srgba_unmultiplied).collect();
        writer.write_image_data(straight.as_flattened()).expect("the rows have the size the header says");
        writer.finish().expect("memory takes every byte");
        bytes
    }
}

/// The textures that egui has handed out so far. Every frame's changes must be applied, painted or not.
#[derive(Default)]
pub struct Textures {
    kept: BTreeMap<TextureId, Texture>,
    freed: Vec<TextureId>,
}

struct Texture {
    image: ColorImage,
    options: TextureOptions,
}

impl Textures {
    /// Takes a frame's changes, leaving none. What the frame frees is kept until the next, since it may still be painted.
    pub fn apply(&mut self, delta: &mut TexturesDelta) {
        for id in self.freed.drain(..) {
            self.kept.remove(&id);
        }
        for (id, changes) in delta.set.drain() {
            for change in changes {
                self.change(id, change);
            }
        }
        self.freed.extend(delta.free.drain());
    }

    /// Gives the image for a texture that egui does not manage itself.
    pub fn insert(&mut self, id: TextureId, image: ColorImage, options: TextureOptions) {
        self.kept.insert(id, Texture { image, options });
    }

    fn change(&mut self, id: TextureId, ImageDelta { image, options, pos }: ImageDelta) {
        let ImageData::Color(part) = image;
        let Some([left, top]) = pos else {
            return self.insert(id, ColorImage::clone(&part), options);
        };
        let texture = self.kept.get_mut(&id).expect("a texture is given whole before a part of it changes");
        let stride = texture.image.size[0];
        for (y, row) in part.pixels.chunks_exact(part.size[0].max(1)).enumerate() {
            let at = (top + y) * stride + left;
            texture.image.pixels[at..at + row.len()].copy_from_slice(row);
        }
    }
}

/// Paints primitives over `image`, in their order.
///
/// # Panics
/// Where a texture was never given, or a primitive is a paint callback.
pub fn paint(image: &mut Image, textures: &Textures, primitives: &[ClippedPrimitive], pixels_per_point: f32) {
    for ClippedPrimitive { clip_rect, primitive } in primitives {
        let Primitive::Mesh(mesh) = primitive else { panic!("a paint callback cannot be painted in software") };
        let texture = textures.kept.get(&mesh.texture_id).expect("every texture is given before it is painted");
        let clip = Clip::new(*clip_rect, pixels_per_point, image);
        for corners in mesh.triangles() {
            paint_triangle(image, texture, &clip, Triangle::new(mesh, corners, pixels_per_point));
        }
    }
}

/// The pixels that may be painted, half-open.
struct Clip {
    columns: Range<i32>,
    rows: Range<i32>,
}

impl Clip {
    /// Rounds as egui's painters do.
    fn new(rect: Rect, pixels_per_point: f32, image: &Image) -> Self {
        let pixel = |points: f32, limit: usize| ((points * pixels_per_point).round() as i32).clamp(0, limit as i32);
        Self {
            columns: pixel(rect.min.x, image.width)..pixel(rect.max.x, image.width),
            rows: pixel(rect.min.y, image.height)..pixel(rect.max.y, image.height),
        }
    }
}

/// Three corners in pixels.
struct Triangle([Vertex; 3]);

impl Triangle {
    fn new(mesh: &Mesh, corners: [u32; 3], pixels_per_point: f32) -> Self {
        Self(corners.map(|index| {
            let vertex = mesh.vertices[index as usize];
            Vertex { pos: (vertex.pos.to_vec2() * pixels_per_point).to_pos2(), ..vertex }
        }))
    }

    /// The rows whose pixel centres lie between the top and the bottom.
    fn rows(&self) -> Range<i32> {
        let ys = self.0.map(|corner| corner.pos.y);
        let (top, bottom) = (ys[0].min(ys[1]).min(ys[2]), ys[0].max(ys[1]).max(ys[2]));
        centres(top, bottom)
    }

    /// The columns of a row whose pixel centres lie inside. Triangles that share an edge share no pixel and leave no gap,
    /// because an edge gives the same crossing from whichever side it is looked at.
    fn columns(&self, row: i32) -> Range<i32> {
        let y = row as f32 + 0.5;
        let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
        for (a, b) in [(0, 1), (1, 2), (2, 0)] {
            let (a, b) = (self.0[a].pos, self.0[b].pos);
            let (upper, lower) = if (a.y, a.x) <= (b.y, b.x) { (a, b) } else { (b, a) };
            if upper.y <= y && y < lower.y {
                let x = upper.x + (y - upper.y) / (lower.y - upper.y) * (lower.x - upper.x);
                (left, right) = (left.min(x), right.max(x));
            }
        }
        if left <= right { centres(left, right) } else { 0..0 }
    }

    fn has_one_uv(&self) -> bool {
        self.0[0].uv == self.0[1].uv && self.0[0].uv == self.0[2].uv
    }

    fn has_one_color(&self) -> bool {
        self.0[0].color == self.0[1].color && self.0[0].color == self.0[2].color
    }
}

/// The whole numbers whose half lies in `low..high`.
fn centres(low: f32, high: f32) -> Range<i32> {
    ((low - 0.5).ceil() as i32)..((high - 0.5).ceil() as i32)
}

fn paint_triangle(image: &mut Image, texture: &Texture, clip: &Clip, triangle: Triangle) {
    let Some(plane) = Plane::new(&triangle) else { return };
    // Most triangles are plain: they are sampled once. The edges that egui softens vary in colour alone.
    let plain = triangle.has_one_uv().then(|| texture.sample(triangle.0[0].uv));
    let one_color = triangle.has_one_color().then(|| channels(triangle.0[0].color));
    for row in intersection(&triangle.rows(), &clip.rows) {
        let columns = intersection(&triangle.columns(row), &clip.columns);
        if columns.is_empty() {
            continue;
        }
        let start = row as usize * image.width;
        let pixels = &mut image.pixels[start + columns.start as usize..start + columns.end as usize];
        if let (Some(texel), Some(color)) = (plain, one_color) {
            blend_row(pixels, multiply(color, texel));
            continue;
        }
        for (pixel, column) in pixels.iter_mut().zip(columns) {
            let (x, y) = (column as f32 + 0.5, row as f32 + 0.5);
            let texel = plain.unwrap_or_else(|| texture.sample(plane.uv(x, y)));
            let color = one_color.unwrap_or_else(|| plane.color(x, y));
            *pixel = blend(*pixel, multiply(color, texel));
        }
    }
}

fn intersection(a: &Range<i32>, b: &Range<i32>) -> Range<i32> {
    a.start.max(b.start)..a.end.min(b.end)
}

/// Red, green, blue and alpha as numbers from 0 to 255.
type Channels = [f32; 4];

fn channels(color: Color32) -> Channels {
    color.to_array().map(f32::from)
}

fn multiply(a: Channels, b: Channels) -> Channels {
    std::array::from_fn(|i| a[i] * b[i] / 255.0)
}

fn blend_row(pixels: &mut [Color32], source: Channels) {
    if source == [0.0; 4] {
        return;
    }
    if source[3] >= 255.0 {
        return pixels.fill(blend(Color32::BLACK, source));
    }
    for pixel in pixels {
        *pixel = blend(*pixel, source);
    }
}

/// Premultiplied: what lies below shines through as far as the alpha lets it.
fn blend(below: Color32, source: Channels) -> Color32 {
    let through = 1.0 - source[3] / 255.0;
    let below = below.to_array();
    let [r, g, b, a] = std::array::from_fn(|i| (source[i] + f32::from(below[i]) * through + 0.5) as u8);
    Color32::from_rgba_premultiplied(r, g, b, a)
}

/// What varies over a triangle: the value at its first corner, and the change for each pixel right and down.
struct Plane {
    origin: Pos2,
    values: [f32; 6],
    right: [f32; 6],
    down: [f32; 6],
}

impl Plane {
    /// `None` where the triangle has no area.
    fn new(Triangle([a, b, c]): &Triangle) -> Option<Self> {
        let (u, v) = (b.pos - a.pos, c.pos - a.pos);
        let area = u.x * v.y - u.y * v.x;
        if area == 0.0 || !area.is_finite() {
            return None;
        }
        let [at_a, at_b, at_c] = [a, b, c].map(varying);
        let change = |i: usize| (at_b[i] - at_a[i], at_c[i] - at_a[i]);
        Some(Self {
            origin: a.pos,
            values: at_a,
            right: std::array::from_fn(|i| (change(i).0 * v.y - change(i).1 * u.y) / area),
            down: std::array::from_fn(|i| (change(i).1 * u.x - change(i).0 * v.x) / area),
        })
    }

    fn value(&self, i: usize, x: f32, y: f32) -> f32 {
        self.values[i] + self.right[i] * (x - self.origin.x) + self.down[i] * (y - self.origin.y)
    }

    fn uv(&self, x: f32, y: f32) -> Pos2 {
        Pos2::new(self.value(4, x, y), self.value(5, x, y))
    }

    fn color(&self, x: f32, y: f32) -> Channels {
        std::array::from_fn(|i| self.value(i, x, y).clamp(0.0, 255.0))
    }
}

fn varying(vertex: &Vertex) -> [f32; 6] {
    let [r, g, b, a] = channels(vertex.color);
    [r, g, b, a, vertex.uv.x, vertex.uv.y]
}

impl Texture {
    fn sample(&self, uv: Pos2) -> Channels {
        let [width, height] = self.image.size;
        let (x, y) = (uv.x * width as f32, uv.y * height as f32);
        if self.options.magnification == TextureFilter::Nearest {
            return self.texel(x.floor() as i64, y.floor() as i64);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (fx, fy) = (x - left, y - top);
        let (column, row) = (left as i64, top as i64);
        let upper = mix(self.texel(column, row), self.texel(column + 1, row), fx);
        let lower = mix(self.texel(column, row + 1), self.texel(column + 1, row + 1), fx);
        mix(upper, lower, fy)
    }

    fn texel(&self, column: i64, row: i64) -> Channels {
        let [width, height] = self.image.size;
        let (column, row) = (self.wrap(column, width), self.wrap(row, height));
        channels(self.image.pixels[row * width + column])
    }

    fn wrap(&self, at: i64, length: usize) -> usize {
        let length = length as i64;
        let wrapped = match self.options.wrap_mode {
            TextureWrapMode::ClampToEdge => at.clamp(0, length - 1),
            TextureWrapMode::Repeat => at.rem_euclid(length),
            TextureWrapMode::MirroredRepeat => {
                let around = at.rem_euclid(2 * length);
                around.min(2 * length - 1 - around)
            }
        };
        wrapped as usize
    }
}

fn mix(a: Channels, b: Channels, share: f32) -> Channels {
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * share)
}
