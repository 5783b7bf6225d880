//! Which line each mark of a text has, so that those of marks which share words do not lie on each other.

use crate::{
    model::{Annotation, AnnotationId, Layer},
    text::ByteRange,
};

/// A mark as it stands on the page.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// In the order of the text, from 1.
    pub number: usize,
    pub id: AnnotationId,
    pub mark: &'a Annotation,
    /// The line below the words, from 0, which is the nearest; no other mark that shares words with it has the same one.
    pub lane: usize,
}

/// The marks of a layer in the order of the text, longer ones before those that begin at the same place.
pub fn shown(layer: &Layer) -> Vec<Shown<'_>> {
    let mut marks: Vec<_> = layer.annotations().collect();
    marks.sort_by_key(|(id, mark)| (mark.fragments.first().start(), usize::MAX - reach(mark).end(), *id));
    // The end of the last mark in each lane. All of a mark has one lane: so lanes are kept free between its fragments.
    let mut ends: Vec<usize> = Vec::new();
    let lane = |(number, (id, mark)): (usize, (AnnotationId, &'_ std::sync::Arc<Annotation>))| {
        let reach = reach(mark);
        let lane = ends.iter().position(|end| *end <= reach.start()).unwrap_or_else(|| {
            ends.push(0);
            ends.len() - 1
        });
        ends[lane] = reach.end();
        (number, id, lane)
    };
    let lanes: Vec<_> = (1..).zip(marks.iter().copied()).map(lane).collect();
    let marks = marks.into_iter().zip(lanes);
    marks.map(|((_, mark), (number, id, lane))| Shown { number, id, mark, lane }).collect()
}

/// From the first fragment to the last.
fn reach(mark: &Annotation) -> ByteRange {
    mark.fragments.covering()
}
