//! The marks that an audit holds the words of an article against.

use crate::{
    model::{AnnotationId, ArticleId, LabelId, Project},
    query::search::{Marks, MarksFilter},
    text::ByteRange,
};

/// The marks of an article: of every label, but of the annotator that the audit is about.
pub(super) struct Against<'p> {
    project: &'p Project,
    article: &'p ArticleId,
    /// All marks of whose work is audited, by place.
    marks: Marks,
}

impl<'p> Against<'p> {
    /// The marks of an article; the filter’s annotator counts, not its label.
    pub fn of(project: &'p Project, article: &'p ArticleId, filter: &MarksFilter) -> Self {
        let own = MarksFilter { annotator: filter.annotator.clone(), ..MarksFilter::default() };
        Self { project, article, marks: Marks::of(project, article, &own) }
    }

    /// Whether the words count as marked with a label: a mark of the label touches them, or one of another label covers
    /// just them.
    pub fn is_marked(&self, words: ByteRange, label: &LabelId) -> bool {
        self.marks.over(words).any(|(fragment, id)| fragment == words || self.label_of(id) == Some(label))
    }

    /// The label of a mark, whoever made it.
    fn label_of(&self, mark: AnnotationId) -> Option<&LabelId> {
        let mut layers = self.project.layers(self.article).filter_map(|(who, _)| self.project.layer(self.article, who));
        layers.find_map(|layer| layer.annotation(mark)).map(|a| &a.label)
    }
}
