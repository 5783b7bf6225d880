//! The model: project, codebook, articles, layers, annotations, relations, in the field's words.
//!
//! It is always valid: its fields are private to this room, what comes from a file goes through
//! [`load`], and what changes goes through [`edit`]. It refuses to know of files, clocks and screens.
//!
//! The types are in the files of their names; `valid` has the rules, `edit` applies changes and holds every touched
//! row against them. Everything big is shared (`Arc`, `imbl`), so that a snapshot for a thread is a clone.

pub mod annotation;
mod answer;
pub mod article;
pub mod attribute;
pub mod codebook;
mod conflict;
pub mod edit;
mod fitted;
pub mod id;
mod incoming;
pub mod known;
pub mod layer;
pub mod load;
pub mod meaning;
pub mod project;
mod rejection;
pub mod relation;
mod reload;
mod repeated;
pub mod set_aside;
mod subset;
mod valid;

pub use annotation::{Annotation, AnnotationContent, Comment, Flag, Origin};
pub use answer::Answer;
pub use article::{Article, Metadata, Story, bounded};
pub use attribute::{Attribute, AttributeKind, Attributes, Choice, Condition, Number, Value, unanswered};
pub use codebook::{
    Codebook, Extent, Filler, Label, LabelColor, LinePattern, Question, RelationKind, Rgb, Role, SWATCHES,
};
pub use conflict::Conflict;
pub use id::{
    AnnotationId, AnnotatorId, ArticleId, AttributeId, ChoiceId, KindId, LabelId, Mint, RejectionId, RelationId,
    RoleId, StoryId, TransactionId, Uid,
};
pub use incoming::{CountedIds, Incoming, IncomingArticle, IncomingIds, IncomingLayer};
pub use layer::{ArticleAnswers, Layer, LayerSummary, RelationSet, Status};
pub use project::{Annotator, LayerSlot, Project};
pub use rejection::{FormerWords, Rejection, Rejections};
pub use relation::{Item, Member, Relation, Target};
pub use repeated::repeated;
pub use set_aside::{AsideRow, FormerPlace, SetAside, Unplaced};
pub use subset::{Size, Subset};
