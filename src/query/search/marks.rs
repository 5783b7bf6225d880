//! Which marks count in a search, and which of them lie over a hit.

use crate::{
    model::{Annotation, AnnotationId, AnnotatorId, ArticleId, AttributeId, LabelId, LayerSlot, Project, Value},
    text::ByteRange,
};

/// Whether hits have to be marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marked {
    /// Marked or not.
    #[default]
    Either,
    /// Only hits under a mark.
    Yes,
    /// Only hits under none.
    No,
}

/// Which marks count as marks. Without anything chosen, everybody's do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarksFilter {
    /// `None` counts everybody’s.
    pub annotator: Option<AnnotatorId>,
    /// `None` counts every label.
    pub label: Option<LabelId>,
    /// An attribute that is answered so; several choices answer with each of them.
    pub attribute: Option<(AttributeId, Value)>,
}

impl MarksFilter {
    /// Whether it is about certain marks, so that words which are not marked at all are not meant.
    pub fn is_narrow(&self) -> bool {
        self.label.is_some() || self.attribute.is_some()
    }

    /// Whether a mark has the label and the answer that are asked for.
    pub fn fits(&self, annotation: &Annotation) -> bool {
        let answered = |(id, wanted): &(AttributeId, Value)| match (annotation.attributes.get(id), wanted) {
            (Some(Value::Choices(chosen)), Value::Choice(one)) => chosen.contains(one),
            (found, wanted) => found == Some(wanted),
        };
        self.label.as_ref().is_none_or(|label| annotation.label == *label)
            && self.attribute.as_ref().is_none_or(answered)
    }
}

/// The fragments of an article's marks that count, by place.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Every fragment with its mark, sorted by start.
    fragments: Vec<(ByteRange, AnnotationId)>,
    /// The furthest end of all fragments up to and with each.
    reach: Vec<usize>,
}

impl Marks {
    /// Layers that were not read have none.
    pub fn of(project: &Project, article: &ArticleId, filter: &MarksFilter) -> Self {
        let mut fragments = Vec::new();
        for (who, slot) in project.layers(article) {
            let LayerSlot::Read(layer) = slot else { continue };
            if filter.annotator.as_ref().is_some_and(|wanted| wanted != who) {
                continue;
            }
            let fitting = layer.annotations().filter(|(_, a)| filter.fits(a));
            fragments.extend(fitting.flat_map(|(id, a)| a.fragments.iter().map(move |range| (range, id))));
        }
        fragments.sort_unstable();
        let mut furthest = 0;
        let reach = fragments.iter().map(|(range, _)| {
            furthest = range.end().max(furthest);
            furthest
        });
        let reach = reach.collect();
        Self { fragments, reach }
    }

    /// In order of place.
    pub fn fragments(&self) -> &[(ByteRange, AnnotationId)] {
        &self.fragments
    }

    /// Those that share a byte with the range, in order of place.
    pub fn over(&self, range: ByteRange) -> impl Iterator<Item = (ByteRange, AnnotationId)> + '_ {
        let first = self.reach.partition_point(|end| *end <= range.start());
        let end = self.fragments.partition_point(|(fragment, _)| fragment.start() < range.end());
        self.fragments[first.min(end)..end].iter().copied().filter(move |(fragment, _)| fragment.overlaps(range))
    }

    /// The shortest of those that share a byte with the range.
    pub fn innermost_over(&self, range: ByteRange) -> Option<AnnotationId> {
        self.over(range).min_by_key(|(fragment, id)| (fragment.len(), *id)).map(|(_, id)| id)
    }
}
