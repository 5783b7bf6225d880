//! How well a colour can be told from another, and colours made strong enough.
//!
//! Contrast is that of WCAG 2.2, <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.

use std::sync::LazyLock;

use egui::Color32;

/// From 1 (the same) to 21 (black on white), of opaque colours.
pub(super) fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colour, moved away from the ground until it has the contrast: towards black on a light ground, towards
/// white on a dark one.
pub(super) fn strengthened(color: Color32, ground: Color32, least: f32) -> Color32 {
    const STEP: f32 = 0.06;
    let away = if luminance(ground) > 0.18 { Color32::BLACK } else { Color32::WHITE };
    let mut strong = color;
    while contrast(strong, ground) < least && strong != away {
        let next = strong.lerp_to_gamma(away, STEP);
        strong = if next == strong { away } else { next };
    }
    strong
}

/// Relative luminance as WCAG 2.2 defines it for sRGB, from 0 for black to 1 for white; a translucent colour counts
/// as if it were opaque.
fn luminance(color: Color32) -> f32 {
    let linear = |value: u8| LINEAR[usize::from(value)];
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

/// The light of each value of a channel. It is looked up: every mark on the screen asks for its colours in every frame.
static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|value| {
        let value = value as f32 / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_the_most_there_is() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(Color32::RED, Color32::RED) - 1.0).abs() < 0.01);
    }

    #[test]
    fn a_colour_becomes_strong_enough_and_no_stronger() {
        let amber = Color32::from_rgb(0xb3, 0x6b, 0x00);
        for (ground, least) in [(Color32::WHITE, 7.0), (Color32::BLACK, 7.0), (Color32::from_gray(100), 21.0)] {
            let strong = strengthened(amber, ground, least);
            assert!(contrast(strong, ground) >= least || [Color32::BLACK, Color32::WHITE].contains(&strong));
        }
        assert_eq!(strengthened(Color32::BLACK, Color32::WHITE, 7.0), Color32::BLACK);
    }
}
