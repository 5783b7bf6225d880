//! What the parts of the view are drawn from, in one place, as all of them take the same.

use super::state::Compare;
use crate::ui::view::annotate::Annotate;

/// What the view is drawn from.
pub struct Drawn<'a> {
    pub view: &'a mut Compare,
    /// The pages, and everything that is done to them.
    pub annotate: &'a mut Annotate,
    /// What was done last, shown for a moment.
    pub said: Option<&'a str>,
}
