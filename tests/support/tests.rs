//! The camera tells the truth: shapes come out where and as they were asked for, text is painted, always the same.

use egui::epaint::{ClippedPrimitive, ImageDelta, Primitive, Vertex};
use egui::{Color32, ColorImage, Mesh, Pos2, Rect, Shape, TextureId, TextureOptions, pos2, vec2};

use super::raster::{self, Image, Textures};
use super::stage;

const PAPER: Color32 = Color32::from_rgb(250, 250, 240);
const RED: Color32 = Color32::from_rgb(200, 0, 0);

/// What a closure paints on a paper of 40 × 20 points.
fn shoot(pixels_per_point: f32, paint: impl FnMut(&egui::Painter)) -> Image {
    let mut paint = paint;
    let (stage, camera) = stage::<()>(vec2(40.0, 20.0), pixels_per_point);
    let harness = stage.build_ui(|ui| {
        ui.painter().rect_filled(ui.ctx().viewport_rect(), 0.0, PAPER);
        paint(ui.painter());
    });
    camera.shoot(&harness)
}

fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
    Rect::from_min_max(pos2(left, top), pos2(right, bottom))
}

/// A quad over the whole texture, with a colour at each corner: left top, right top, right bottom, left bottom.
fn quad(rect: Rect, texture: TextureId, colors: [Color32; 4]) -> Mesh {
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
    let uvs = [pos2(0.0, 0.0), pos2(1.0, 0.0), pos2(1.0, 1.0), pos2(0.0, 1.0)];
    let mut mesh = Mesh::with_texture(texture);
    for i in 0..4 {
        let uv = if texture == TextureId::default() { egui::epaint::WHITE_UV } else { uvs[i] };
        mesh.vertices.push(Vertex { pos: corners[i], uv, color: colors[i] });
    }
    mesh.indices = vec![0, 1, 2, 0, 2, 3];
    mesh
}

#[test]
fn a_rectangle_covers_its_pixels_and_no_others() {
    for scale in [1, 2] {
        let image = shoot(scale as f32, |painter| {
            painter.rect_filled(rect(10.0, 5.0, 30.0, 15.0), 0.0, RED);
        });
        assert_eq!((image.width, image.height), (40 * scale, 20 * scale));
        assert_eq!(image.pixels.iter().filter(|&&pixel| pixel == RED).count(), 20 * 10 * scale * scale);
        assert_eq!((image.at(10 * scale, 5 * scale), image.at(30 * scale - 1, 15 * scale - 1)), (RED, RED));
        assert_eq!(image.count_other_than(PAPER), 20 * 10 * scale * scale);
    }
}

#[test]
fn the_two_triangles_of_a_quad_neither_overlap_nor_gape() {
    let veil = Color32::from_rgba_premultiplied(0, 0, 0, 128);
    let image = shoot(1.0, |painter| {
        painter.add(Shape::mesh(quad(rect(3.3, 2.7, 33.4, 17.6), TextureId::default(), [veil; 4])));
    });
    assert_eq!(image.distinct_colors(), 2, "a pixel painted twice would be darker");
    assert_eq!(image.count_other_than(PAPER), 30 * 15);
}

#[test]
fn a_gradient_runs_from_one_end_to_the_other_in_gamma_space() {
    let (black, white) = (Color32::BLACK, Color32::WHITE);
    let image = shoot(1.0, |painter| {
        painter.add(Shape::mesh(quad(rect(0.0, 0.0, 40.0, 20.0), TextureId::default(), [black, white, white, black])));
    });
    let reds: Vec<u8> = (0..40).map(|x| image.at(x, 10).r()).collect();
    assert!(reds.is_sorted(), "{reds:?}");
    assert_eq!((reds[0], reds[20], reds[39]), (3, 131, 252), "255 × (x + ½) / 40");
}

#[test]
fn alpha_is_premultiplied() {
    let image = shoot(1.0, |painter| {
        painter.rect_filled(rect(0.0, 0.0, 20.0, 20.0), 0.0, Color32::from_rgba_premultiplied(50, 0, 0, 51));
    });
    assert_eq!(image.at(10, 10), Color32::from_rgb(250, 200, 192), "source + paper × 4/5");
}

#[test]
fn nothing_is_painted_outside_the_clip_rectangle() {
    let image = shoot(2.0, |painter| {
        let painter = painter.with_clip_rect(rect(10.0, 5.0, 20.0, 10.0));
        painter.rect_filled(rect(0.0, 0.0, 40.0, 20.0), 0.0, RED);
    });
    assert_eq!(image.count_other_than(PAPER), 20 * 10);
    assert_eq!((image.at(20, 10), image.at(39, 19)), (RED, RED));
}

#[test]
fn a_label_is_painted_the_same_every_time() {
    let shoot_label = || {
        let (stage, camera) = stage::<()>(vec2(120.0, 30.0), 2.0);
        let mut harness = stage.build_ui(|ui| {
            ui.label("Harbour bridge");
        });
        harness.run();
        camera.shoot(&harness)
    };
    let image = shoot_label();
    assert!(image.distinct_colors() > 16, "letters have soft edges: {}", image.distinct_colors());
    assert!(image == shoot_label(), "the same label gives the same picture");
}

#[test]
fn words_that_appear_later_bring_their_letters_with_them() {
    let (stage, camera) = stage(vec2(120.0, 30.0), 1.0);
    let mut harness = stage.build_ui_state(
        |ui, words: &mut String| {
            ui.label(words.as_str());
        },
        String::from("i"),
    );
    let before = camera.shoot(&harness);
    *harness.state_mut() = "WWWW".to_owned();
    harness.run();
    let after = camera.shoot(&harness);
    let background = before.at(119, 29);
    assert!(after.count_other_than(background) > 4 * before.count_other_than(background));
}

#[test]
fn a_changed_part_of_a_texture_changes_that_part_of_the_picture() {
    let texture = TextureId::User(7);
    let mut textures = Textures::default();
    textures.insert(texture, ColorImage::filled([4, 2], Color32::WHITE), TextureOptions::NEAREST);
    let mut delta = egui::TexturesDelta::default();
    let part = ColorImage::filled([1, 2], RED);
    delta.push(texture, ImageDelta::partial([1, 0], part, TextureOptions::NEAREST));
    textures.apply(&mut delta);
    let image = paint_texture(&textures, texture);
    let row: Vec<bool> = (0..8).map(|x| image.at(x, 1) == RED).collect();
    assert_eq!(row, [false, false, true, true, false, false, false, false]);
}

#[test]
fn a_linear_texture_is_smooth_between_its_texels() {
    let texture = TextureId::User(7);
    let mut textures = Textures::default();
    let two = ColorImage::new([2, 1], vec![Color32::BLACK, Color32::WHITE]);
    textures.insert(texture, two, TextureOptions::LINEAR);
    let image = paint_texture(&textures, texture);
    let reds: Vec<u8> = (0..8).map(|x| image.at(x, 2).r()).collect();
    assert_eq!(reds, [0, 0, 32, 96, 159, 223, 255, 255]);
}

/// The texture, stretched over 8 × 4 pixels.
fn paint_texture(textures: &Textures, texture: TextureId) -> Image {
    let whole = Rect::from_min_size(Pos2::ZERO, vec2(8.0, 4.0));
    let primitive = Primitive::Mesh(quad(whole, texture, [Color32::WHITE; 4]));
    let mut image = Image::filled(8, 4, PAPER);
    raster::paint(&mut image, textures, &[ClippedPrimitive { clip_rect: whole, primitive }], 1.0);
    image
}

#[test]
fn a_picture_survives_being_written_as_png() {
    let image = shoot(1.0, |painter| {
        painter.rect_filled(rect(10.0, 5.0, 30.0, 15.0), 0.0, RED);
    });
    let path = std::env::temp_dir().join(format!("pressmark-raster-{}", std::process::id())).join("picture.png");
    image.write_png(&path);
    let bytes = std::fs::read(&path).expect("it was just written");
    std::fs::remove_dir_all(path.parent().expect("it lies in a folder")).expect("it can be removed");
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("it is a PNG");
    let mut read = vec![0; reader.output_buffer_size().expect("it is small")];
    reader.next_frame(&mut read).expect("it is whole");
    let pixels: Vec<u8> = image.pixels.iter().flat_map(Color32::to_array).collect();
    assert_eq!(read, pixels, "the picture is opaque, so straight and premultiplied alpha are one");
}
