//! What one annotator has said of an article, standing off from it.

use super::{ids, markup::Markup, said::Saying};
use crate::{
    format::writer::{ExportedArticle, ExportedLayer},
    model::{AnnotationId, AnnotatorId, Layer, Relation, RelationId, Status, Value},
};

/// Writes a layer, where anything is in it.
pub fn write(xml: &mut Markup, article: &ExportedArticle<'_>, layer: &ExportedLayer<'_>) {
    let writing = Writing { article, layer, saying: Saying { article, annotator: layer.annotator } };
    let relations = writing.relations();
    let has_marks = layer.layer.is_some_and(|own| own.annotation_count() > 0);
    if !has_marks && relations.is_empty() && !writing.has_answers() {
        return;
    }
    xml.open("standOff", &[("type", "layer"), ("xml:id", &ids::layer(layer.annotator))]).lines(1);
    if has_marks {
        writing.spans(xml);
    }
    xml.open("listAnnotation", &[]).lines(1);
    writing.answers(xml);
    layer.layer.into_iter().flat_map(Layer::annotations).for_each(|(id, mark)| writing.saying.mark(xml, id, mark));
    relations.iter().for_each(|(id, relation)| writing.saying.about_relation(xml, *id, relation));
    xml.close().lines(1);
    if !relations.is_empty() {
        xml.open("listRelation", &[]).lines(1);
        relations.iter().for_each(|(id, relation)| writing.saying.relation(xml, *id, relation));
        xml.close().lines(1);
    }
    xml.close().lines(1);
}

struct Writing<'a> {
    article: &'a ExportedArticle<'a>,
    layer: &'a ExportedLayer<'a>,
    saying: Saying<'a>,
}

impl Writing<'_> {
    /// The relations that are written with this article.
    fn relations(&self) -> Vec<(RelationId, &Relation)> {
        let own = self.layer.layer.into_iter().flat_map(|own| own.relations().iter());
        let links = self.layer.links.iter().filter(|(_, link)| self.article.is_home_of(link));
        own.map(|(id, row)| (id, &**row)).chain(links.map(|(id, row)| (*id, &***row))).collect()
    }

    fn has_answers(&self) -> bool {
        let said = self.layer.layer.map(Layer::article_answers);
        said.is_some_and(|said| !said.answers.is_empty() || said.status != Status::ToDo)
    }

    /// Every fragment, with the name of its label.
    fn spans(&self, xml: &mut Markup) {
        let who = self.layer.annotator;
        let resp = ids::pointer(&ids::annotator(who));
        xml.open("spanGrp", &[("type", "marks"), ("resp", &resp)]).lines(1);
        for (id, mark) in self.layer.layer.into_iter().flat_map(Layer::annotations) {
            let name = self.article.codebook().label(&mark.label).map_or(mark.label.as_str(), |label| &label.name);
            let ana = ids::pointer(&ids::label(&mark.label));
            let count = mark.fragments.count();
            let of = |number: usize, to: fn(&AnnotatorId, AnnotationId, usize) -> String| match number {
                number if (1..=count).contains(&number) => ids::pointer(&to(who, id, number)),
                _ => String::new(),
            };
            for number in 1..=count {
                let (from, to) = (of(number, ids::from), of(number, ids::to));
                let (next, prev) = (of(number + 1, ids::span), of(number - 1, ids::span));
                let span = ids::span(who, id, number);
                let attributes =
                    [("xml:id", &span), ("from", &from), ("to", &to), ("ana", &ana), ("next", &next), ("prev", &prev)];
                xml.element("span", &attributes.map(|(name, value)| (name, value.as_str())), name).lines(1);
            }
        }
        xml.close().lines(1);
    }

    /// How far the work has come, and each answer about the article.
    fn answers(&self, xml: &mut Markup) {
        let (Some(own), who) = (self.layer.layer, self.layer.annotator) else { return };
        let said = own.article_answers();
        let (text, resp) = (ids::pointer(ids::TEXT), ids::pointer(&ids::annotator(who)));
        let mut about = |number: usize, ana: &str, notes: &[(&'static str, &str)]| {
            let id = ids::answer(who, number);
            let attributes = [
                ("xml:id", id.as_str()),
                ("motivation", "assessing"),
                ("target", &text),
                ("resp", &resp),
                ("ana", ana),
            ];
            xml.open("annotation", &attributes);
            for (kind, words) in notes {
                xml.element("note", &[("type", kind)], words);
            }
            xml.close().lines(1);
        };
        if said.status != Status::ToDo {
            about(0, "", &[("status", said.status.as_str())]);
        }
        for (number, answer) in (1..).zip(&said.answers) {
            let question = ids::question(&answer.question);
            let chosen: Vec<String> = match &answer.value {
                Value::Choice(id) => vec![ids::choice(&question, id)],
                Value::Choices(ids) => ids.iter().map(|id| ids::choice(&question, id)).collect(),
                _ => vec![question],
            };
            let ana: Vec<String> = chosen.iter().map(|id| ids::pointer(id)).collect();
            let words = answer.value.plain();
            let target = answer.target.as_deref().map(|target| ("about", target));
            let notes: Vec<_> = target.into_iter().chain([("answer", words.as_str())]).collect();
            about(number, &ana.join(" "), &notes);
        }
    }
}
