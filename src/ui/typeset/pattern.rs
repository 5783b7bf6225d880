//! Patterns of the lines under words, as shares of ink: what can't be drawn well with a few rectangles.

/// How the line under words is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// One stroke.
    #[default]
    Solid,
    /// Strokes with gaps.
    Dashed,
    Dotted,
    /// Two thin strokes.
    Double,
    Wavy,
}

/// A period of a baked pattern is drawn as often side by side as fits into so many pixels, so that a line takes few
/// rectangles.
pub const STRIP_WIDTH: usize = 256;
/// Dots of a smaller scale are squares: round ones would only look blurred.
const ROUND_DOTS_FROM: f32 = 1.5;

/// The patterns that are baked into the texture because rectangles would draw them badly.
///
/// All their measures follow a scale, in pixels: half the thickness of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strip {
    Wavy,
    Dotted,
}

impl Strip {
    /// The share of a pixel that is ink, from 0 to 1, at a distance in pixels from the strip's upper left corner.
    pub fn coverage(self, x: f32, y: f32, scale: f32) -> f32 {
        let period = self.period(scale);
        match self {
            Self::Wavy => {
                let (sin, cos) = (x / period * std::f32::consts::TAU).sin_cos();
                let slope = cos * std::f32::consts::TAU / period * scale * 0.95;
                // Across the wave instead of straight down: else its steep parts would be thicker.
                let distance = (y - scale * 1.9 - sin * scale * 0.95).abs() / (1.0 + slope * slope).sqrt();
                (scale * 0.55 + 0.5 - distance).clamp(0.0, 1.0)
            }
            Self::Dotted if scale < ROUND_DOTS_FROM => {
                let is_inked = x % period < 2.0 * scale && y < 2.0 * scale;
                if is_inked { 1.0 } else { 0.0 }
            }
            Self::Dotted => {
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

    /// How much of a strip holds whole periods, in pixels.
    pub fn length(self, scale: f32) -> f32 {
        let period = self.period(scale);
        (STRIP_WIDTH as f32 / period).floor() * period
    }

    /// How high a strip is, in pixels.
    pub fn height(scale: f32) -> usize {
        (4.0 * scale).ceil() as usize
    }
}
