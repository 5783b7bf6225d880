//! Setting text: fonts, shaping, glyphs as pixels, and where every character stands. It knows no widget and no mark.
//!
//! It stands below the page and below the words of all other widgets: one engine for a window serves both.
//!
//! The parts build on each other: `script` says what a text needs, `shaper` finds fonts and shapes, `shaped` holds
//! one laid-out piece and `caret` finds places in it, `atlas` and `sheet` turn glyphs into pixels, `canvas` collects
//! what is painted; `fitted` and `words` are for short texts outside the page.

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
