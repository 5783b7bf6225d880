//! Words cut or wrapped to the room there is for them. It paints nothing itself.

use std::sync::Arc;

use egui::{
    Color32, FontId, Galley, Painter,
    text::{LayoutJob, TextFormat, TextWrapping},
};

/// As many bytes are enough for the few lines that anything but the page shows.
const ENOUGH: usize = 480;

/// One line, ended with `…` where it is wider than the room.
pub fn elided(painter: &Painter, text: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    let format = TextFormat::simple(font, color);
    let mut job = LayoutJob::single_section(on_one_line(text), format);
    job.wrap = TextWrapping { max_rows: 1, break_anywhere: true, ..TextWrapping::wrap_at_width(width.max(0.0)) };
    painter.layout_job(job)
}

/// At most so many lines of a height, the last one ended with `…` where there is more.
pub fn wrapped(
    painter: &Painter,
    text: &str,
    (font, color): (FontId, Color32),
    width: f32,
    (max_rows, line_height): (usize, f32),
) -> Arc<Galley> {
    let format = TextFormat { line_height: Some(line_height), ..TextFormat::simple(font, color) };
    let mut job = LayoutJob::single_section(on_one_line(text), format);
    job.wrap = TextWrapping { max_rows, ..TextWrapping::wrap_at_width(width) };
    painter.layout_job(job)
}

/// The beginning of a text, with blanks for line ends.
pub fn on_one_line(text: &str) -> String {
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let cut = &text[..end];
    if cut.contains(['\n', '\r', '\t']) { cut.replace(['\n', '\r', '\t'], " ") } else { cut.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let long = "é".repeat(1000);
        assert_eq!(on_one_line(&long).len(), ENOUGH);
        let odd = format!("a{long}");
        assert_eq!(on_one_line(&odd).len(), ENOUGH - 1);
        assert_eq!(on_one_line("two\nlines"), "two lines");
    }
}
