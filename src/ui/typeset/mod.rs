//! Setting text: fonts, shaping, glyphs as pixels, and where every character stands. It knows no widget and no mark.
//!
//! It stands below the page and below the words of all other widgets: one engine for a window serves both.

mod atlas;
mod canvas;
mod caret;
mod engine;
mod fitted;
mod pattern;
mod script;
mod shaped;
mod shaper;
mod sheet;
pub mod words;

pub use parley::Language;

pub use self::canvas::Canvas;
pub use self::caret::{Affinity, Caret, Toward};
pub use self::engine::{Engine, with_engine};

pub use self::pattern::Pattern;
pub use self::script::{Direction, direction_of, needs_engine, noto_family, script_name};
pub use self::shaped::{ClusterBox, Shaped};
pub use self::shaper::{Shaper, Slant, TextStyle};
