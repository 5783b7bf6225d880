//! Every colour, size, font and icon, by role. Nothing outside this room names a hue or a number of points.

mod contrast;
pub mod fonts;
mod mode;
mod page;
pub mod size;
pub mod space;
mod style;
mod swatches;
pub mod system_fonts;
mod tokens;

pub use mode::{Mode, SystemLook, ThemeChoice};
pub use page::{PageStyle, ReadingFont};
pub use style::{Motion, apply, blink};
pub use swatches::{SWATCH_NAMES, SWATCHES};
pub use tokens::{LabelLook, Tokens};
