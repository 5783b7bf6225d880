//! Words of an article as a command about statements names them.

use serde::{Deserialize, Serialize};

use super::{known, scene::Scene};
use crate::{
    diagnostic::Diagnostic,
    model::ArticleId,
    text::{ByteRange, Fragments, Text},
};

/// Words of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// By its id, or by how it begins.
    pub article: ArticleId,
    /// In bytes of its text, half-open.
    pub fragments: Vec<(usize, usize)>,
}

impl Words {
    /// Fragments of an article.
    pub fn new(article: ArticleId, fragments: &Fragments) -> Self {
        Self { article, fragments: fragments.iter().map(|range| (range.start(), range.end())).collect() }
    }

    /// The article, its text, and the words in it.
    ///
    /// # Errors
    /// There is no such article, its text is not in memory, or the words lie outside of it.
    pub(super) fn resolve<'a>(&self, scene: &Scene<'a>) -> Result<(ArticleId, &'a Text, Fragments), Diagnostic> {
        let article = known::article(scene.project, &self.article)?.clone();
        let text = scene.project.text(&article).ok_or_else(|| known::not_read(&article))?;
        let ranges = self.fragments.iter().map(|(start, end)| ByteRange::new(*start, *end));
        let fragments = Fragments::new(ranges).filter(|fragments| fragments.fits(text)).ok_or_else(outside)?;
        Ok((article, text, fragments))
    }
}

fn outside() -> Diagnostic {
    Diagnostic::error("outside", "The words lie outside the text").hint("Compare the articles again")
}
