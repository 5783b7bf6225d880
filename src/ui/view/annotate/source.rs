//! The open article as the page asks for it: its text, and the marks of the layers that are shown, each as it looks just
//! now. It reads the project and changes nothing.
//!
//! It is what `ui::page` asks through `PageSource`; in it annotations become marks with colours, patterns and
//! emphasis.

use rustc_hash::FxHashSet;

use super::{find::PageHits, relating::Eligible};
use crate::{
    model::{Annotation, AnnotationId, ArticleId, Codebook, Item, Layer, Target, Uid},
    query::SpanIndex,
    text::{ByteRange, Fragments, Text},
    ui::{
        page::{Edge, Emphasis, Handles, Highlight, Mark, Owner, PageSource, Pattern, Strength},
        panel::wording,
        theme::Tokens,
        view::drawn,
    },
};

/// An end of a mark that is being dragged, and not yet moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drag {
    /// The mark whose end it is.
    pub mark: AnnotationId,
    /// Which of its fragments, from 0.
    pub fragment: usize,
    /// Which end of the fragment.
    pub edge: Edge,
    /// Where it is dragged to, in bytes of the text, on a character boundary.
    pub offset: usize,
}

/// A layer whose marks are shown.
pub struct ShownLayer<'a> {
    /// The marks of one annotator.
    pub layer: &'a Layer,
    /// Finds the marks in view without going through all of them.
    pub index: &'a SpanIndex,
    /// The annotator’s name; `None` for one’s own layer.
    pub whose: Option<&'a str>,
}

impl ShownLayer<'_> {
    /// Own marks can be picked; others’ look paler and can’t.
    fn owner(&self) -> Owner {
        if self.whose.is_some() { Owner::Foreign } else { Owner::Own }
    }
}

/// An article with its marks, made anew in each frame: nothing but references, and what is pointed at.
pub struct ArticleSource<'a> {
    /// The article on the page.
    pub article: &'a ArticleId,
    /// Its text.
    pub text: &'a Text,
    /// Another number for another text: the page keeps layouts by it (see [`PageSource::text_version`]).
    pub version: u64,
    /// Gives labels their looks.
    pub codebook: &'a Codebook,
    /// The theme that they look so in.
    pub tokens: &'a Tokens,
    /// One’s own comes last, to be drawn above the others.
    pub layers: Vec<ShownLayer<'a>>,
    /// The picked mark, with its handles.
    pub picked: Option<AnnotationId>,
    /// The mark under the pointer, on the page or in a list.
    pub hovered: Option<AnnotationId>,
    /// Marks that are related to the picked one, or to the one under the pointer.
    pub members: &'a FxHashSet<AnnotationId>,
    /// An end that is being dragged: its mark is shown as it would be if the drag ended now.
    pub drag: Option<Drag>,
    /// Whether marks begin with their label's initials.
    pub initials: bool,
    /// While a role is to be filled: the marks that may fill it have hint letters, the others are dimmed.
    pub eligible: Option<Eligible<'a>>,
    /// Hits of the find bar.
    pub found: PageHits<'a>,
    /// Words that other pages have too, sorted by where they begin.
    pub shared: &'a [Highlight],
}

impl PageSource for ArticleSource<'_> {
    fn text(&self) -> &Text {
        self.text
    }

    fn text_version(&self) -> u64 {
        self.version
    }

    fn marks_in(&self, range: ByteRange, out: &mut Vec<Mark>) {
        for shown in &self.layers {
            for id in shown.index.in_range(range) {
                if let Some(annotation) = shown.layer.annotation(id) {
                    out.push(self.mark(shown.owner(), id, annotation));
                }
            }
        }
    }

    fn highlights_in(&self, range: ByteRange, out: &mut Vec<Highlight>) {
        let before = self.shared.partition_point(|shared| shared.range.start() < range.end());
        out.extend(self.shared[..before].iter().filter(|shared| shared.range.end() > range.start()));
        let PageHits { hits, current } = self.found;
        let first = hits.partition_point(|hit| hit.end() <= range.start());
        let seen = hits[first..].iter().take_while(|hit| hit.start() < range.end());
        out.extend(seen.map(|hit| {
            let strength = if current == Some(*hit) { Strength::Current } else { Strength::Usual };
            Highlight { range: *hit, strength }
        }));
    }

    fn mark_name(&self, id: u64) -> String {
        let id = AnnotationId(Uid::from_u64(id));
        let Some((whose, mark)) = self.find(id) else { return String::new() };
        let name = wording::mark_name(self.codebook, self.text, mark);
        whose.map(|who| wording::dotted([who, name.as_str()])).unwrap_or(name)
    }

    fn mark_label(&self, id: u64) -> String {
        let Some((whose, mark)) = self.find(AnnotationId(Uid::from_u64(id))) else { return String::new() };
        let label = self.codebook.label(&mark.label).map_or(mark.label.as_str(), |label| &label.name);
        whose.map(|who| wording::dotted([who, label])).unwrap_or(label.to_owned())
    }
}

impl ArticleSource<'_> {
    /// A mark of a shown layer, with the annotator’s name where it is another’s.
    pub fn find(&self, id: AnnotationId) -> Option<(Option<&str>, &Annotation)> {
        self.layers.iter().find_map(|shown| Some((shown.whose, &**shown.layer.annotation(id)?)))
    }

    /// A mark in the colours of its label, with how it stands out just now. A label that the codebook does not know
    /// is painted in soft ink.
    fn mark(&self, owner: Owner, id: AnnotationId, annotation: &Annotation) -> Mark {
        let label = self.codebook.label(&annotation.label);
        let (tint, line, pattern) = match label {
            Some(label) => {
                let look = self.tokens.label(label.color);
                (look.tint, look.line, drawn(label.pattern))
            }
            None => (self.tokens.hover, self.tokens.soft_ink, Pattern::Solid),
        };
        let fragments = self.dragged(id, &annotation.fragments);
        let mut mark = Mark::plain(id.0.as_u64(), fragments, tint, line, pattern);
        mark.owner = owner;
        mark.initials = label.filter(|_| self.initials).map(|label| label.initials.as_str().into());
        if owner == Owner::Own {
            mark.emphasis = self.emphasis(id);
            mark.hint = self.eligible.as_ref().and_then(|e| e.hints.get(&id).cloned());
            if self.picked == Some(id) && self.eligible.is_none() {
                mark.handles = Handles::Shown;
            }
        }
        mark
    }

    /// How a mark stands out: the first that holds of picked, dimmed, hovered and related.
    fn emphasis(&self, id: AnnotationId) -> Emphasis {
        if self.picked == Some(id) {
            return Emphasis::Picked;
        }
        match () {
            () if self.is_dimmed(id) => Emphasis::Dimmed,
            () if self.hovered == Some(id) => Emphasis::Hovered,
            () if self.members.contains(&id) => Emphasis::Member,
            () => Emphasis::Plain,
        }
    }

    /// Whether a role is to be filled that neither the mark nor a relation it leads may fill.
    fn is_dimmed(&self, id: AnnotationId) -> bool {
        let Some(eligible) = &self.eligible else { return false };
        let target = Target { article: self.article.clone(), item: Item::Annotation(id) };
        !eligible.hints.contains_key(&id) && eligible.refusal(&target).is_some()
    }

    /// The fragments as they would be if the drag ended now; unchanged where its end would pass the other one.
    fn dragged(&self, id: AnnotationId, fragments: &Fragments) -> Fragments {
        let Some(drag) = self.drag.filter(|drag| drag.mark == id) else { return fragments.clone() };
        let mut ranges: Vec<ByteRange> = fragments.iter().collect();
        if let Some(range) = ranges.get_mut(drag.fragment) {
            *range = match drag.edge {
                Edge::Start if drag.offset < range.end() => ByteRange::new(drag.offset, range.end()),
                Edge::End if drag.offset > range.start() => ByteRange::new(range.start(), drag.offset),
                _ => *range,
            };
        }
        Fragments::new(ranges).unwrap_or_else(|| fragments.clone())
    }
}
