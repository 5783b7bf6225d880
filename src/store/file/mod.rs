//! The shapes of the files. Apart from the model, so that the model can change and old files still open.
//!
//! Each shape is made from the model and makes the model's values; the rules of what is valid are the model's
//! own. Unknown fields are errors, fields with their usual value are not written. Single values (a status, a flag, an
//! answer, an origin) are the model's own types; `words` holds them to how they are written.

pub mod article;
pub mod codebook;
pub mod journal;
pub mod layer;
pub mod project;
pub(super) mod shape;
#[cfg(test)]
mod words;

pub use article::{ArticleFile, ArticleHead};
pub use codebook::CodebookFile;
pub use layer::{LayerFile, LinksFile, SummaryFile};
pub use project::ProjectFile;
