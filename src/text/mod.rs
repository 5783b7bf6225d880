//! Strings and offsets: ranges, offset conversion, segmentation, quotation marks, anchors.
//!
//! Pure, and it knows nothing of annotations: bytes in, bytes out. Every offset inside Pressmark is a
//! byte on a character boundary; other units exist only in [`offset`], where they are converted.

pub mod body;
pub mod range;

pub use body::Text;
pub use range::{ByteRange, Fragments};
