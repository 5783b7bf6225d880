//! Strings and offsets: ranges, offset conversion, segmentation, quotation marks, anchors, sentences
//! in their parts and counts as they are read.
//!
//! Pure, and it knows nothing of annotations: bytes in, bytes out. Every offset inside Pressmark is a
//! byte on a character boundary; other units exist only in [`offset`], where they are converted.

pub mod anchor;
pub mod as_read;
pub mod body;
mod checkpoints;
pub mod correction;
pub mod hash;
mod line_ends;
pub mod markup;
pub mod moment;
pub mod number;
pub mod offset;
pub mod phrase;
pub mod quotation;
pub mod range;
pub mod segment;
pub mod slug;
pub mod terminal;

#[cfg(test)]
mod properties;

pub use anchor::Anchor;
pub use as_read::{AsRead, as_read};
pub use body::Text;
pub use correction::Correction;
pub use line_ends::unify_line_ends;
pub use number::grouped;
pub use phrase::Phrase;
pub use quotation::Quotation;
pub use range::{ByteRange, Fragments};
