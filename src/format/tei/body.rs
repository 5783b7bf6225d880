//! The text of an article with its anchors.

use super::{ids, markup::Markup};
use crate::{format::writer::ExportedLayer, model::Layer, text::Text};

/// Where a fragment begins or ends, and what the anchor there is called; sorted by place.
struct Anchors {
    anchors: Vec<(usize, String)>,
    /// How many of them are written.
    next: usize,
}

/// Writes the text. A paragraph is a line with anything in it; the line feeds between them stay between them.
pub fn write(xml: &mut Markup, text: &Text, layers: &[ExportedLayer<'_>], language: &str) {
    let mut anchors = Anchors::of(layers);
    xml.open("text", &[("xml:id", ids::TEXT), ("xml:lang", language)]).lines(1);
    xml.open("body", &[("xml:space", "preserve")]);
    let mut has_paragraphs = false;
    for index in 0..text.paragraph_count() {
        let range = text.paragraph_range(index);
        xml.lines(usize::from(index > 0));
        if range.start() < range.end() {
            has_paragraphs = true;
            xml.open("p", &[]);
            anchors.write(xml, text, range.start(), range.end());
            xml.close();
        } else {
            anchors.write(xml, text, range.start(), range.end());
        }
    }
    if !has_paragraphs {
        xml.empty("p", &[]);
    }
    anchors.write(xml, text, text.len(), text.len());
    xml.close().lines(1).close().lines(1);
}

impl Anchors {
    fn of(layers: &[ExportedLayer<'_>]) -> Self {
        let mut anchors = Vec::new();
        for layer in layers {
            let who = layer.annotator;
            for (id, mark) in layer.layer.into_iter().flat_map(Layer::annotations) {
                for (number, range) in (1..).zip(mark.fragments.iter()) {
                    anchors.push((range.start(), ids::from(who, id, number)));
                    anchors.push((range.end(), ids::to(who, id, number)));
                }
            }
        }
        anchors.sort();
        Self { anchors, next: 0 }
    }

    /// Writes the words from one byte to another, with the anchors that lie there and at both ends.
    fn write(&mut self, xml: &mut Markup, text: &str, from: usize, to: usize) {
        let mut at = from;
        while let Some((byte, id)) = self.anchors.get(self.next).filter(|(byte, _)| *byte <= to) {
            let byte = (*byte).max(at);
            xml.text(text.get(at..byte).unwrap_or_default()).empty("anchor", &[("xml:id", id)]);
            at = byte;
            self.next += 1;
        }
        xml.text(text.get(at..to).unwrap_or_default());
    }
}
