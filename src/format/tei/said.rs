//! What is said of a mark or a relation: answers, note, flag, comments, origin, members.

use jiff::Timestamp;

use super::{ids, markup::Markup};
use crate::{
    format::writer::ExportedArticle,
    model::{
        Annotation, AnnotationId, AnnotatorId, Attributes, Comment, Flag, Member, Origin, Relation, RelationId, Value,
    },
};

/// What is needed to write what an annotator has said.
pub struct Saying<'a> {
    pub article: &'a ExportedArticle<'a>,
    pub annotator: &'a AnnotatorId,
}

impl Saying<'_> {
    /// A mark, which is of all its spans.
    pub fn mark(&self, xml: &mut Markup, id: AnnotationId, mark: &Annotation) {
        let spans = (1..=mark.fragments.count()).map(|number| ids::pointer(&ids::span(self.annotator, id, number)));
        let motivation = match mark.flag {
            Some(Flag::Flag) => "tagging bookmarking",
            Some(Flag::Question) => "tagging questioning",
            None => "tagging",
        };
        let cert = mark.confidence.map(|percent| (f32::from(percent) / 100.0).to_string()).unwrap_or_default();
        let label = ids::label(&mark.label);
        let attributes = [
            ("xml:id", ids::mark(self.annotator, id)),
            ("motivation", motivation.to_owned()),
            ("target", spans.collect::<Vec<_>>().join(" ")),
            ("ana", analysis(&label, &mark.attributes)),
            ("resp", ids::pointer(&ids::annotator(self.annotator))),
            ("cert", cert),
        ];
        xml.open("annotation", &attributes.each_ref().map(|(name, value)| (*name, value.as_str())));
        self.made(xml, id.0.unix_ms());
        answers(xml, &label, &mark.attributes);
        xml.unless_empty("note", &[("type", "note")], &mark.note);
        mark.comments.iter().for_each(|own| comment(xml, own));
        origin(xml, &mark.origin);
        xml.close().lines(1);
    }

    /// A relation as a triple: its first role, and the others; what nothing but their names tells apart is mutual.
    pub fn relation(&self, xml: &mut Markup, id: RelationId, relation: &Relation) {
        let kind = self.article.codebook().relation(&relation.kind);
        let targets = |of: &mut dyn Iterator<Item = &Member>| of.map(|m| self.member(m)).collect::<Vec<_>>().join(" ");
        let first = relation.members.first().map(|member| &member.role);
        let active = targets(&mut relation.members.iter().filter(|member| Some(&member.role) == first));
        let passive = targets(&mut relation.members.iter().filter(|member| Some(&member.role) != first));
        let is_mutual = passive.is_empty() || kind.is_some_and(crate::model::RelationKind::is_symmetric);
        let mutual = if is_mutual { targets(&mut relation.members.iter()) } else { String::new() };
        let (active, passive) = if is_mutual { (String::new(), String::new()) } else { (active, passive) };
        let attributes = [
            ("xml:id", ids::relation(self.annotator, id)),
            ("name", relation.kind.to_string()),
            ("mutual", mutual),
            ("active", active),
            ("passive", passive),
            ("ana", ids::pointer(&ids::kind(&relation.kind))),
            ("resp", ids::pointer(&ids::annotator(self.annotator))),
        ];
        xml.empty("relation", &attributes.each_ref().map(|(name, value)| (*name, value.as_str()))).lines(1);
    }

    /// What a triple can’t say of a relation: which member has which role, and everything that a mark has too.
    pub fn about_relation(&self, xml: &mut Markup, id: RelationId, relation: &Relation) {
        let kind = ids::kind(&relation.kind);
        let attributes = [
            ("xml:id", ids::about(self.annotator, id)),
            ("motivation", "linking".to_owned()),
            ("target", ids::pointer(&ids::relation(self.annotator, id))),
            ("ana", analysis(&kind, &relation.attributes)),
            ("resp", ids::pointer(&ids::annotator(self.annotator))),
        ];
        xml.open("annotation", &attributes.each_ref().map(|(name, value)| (*name, value.as_str())));
        self.made(xml, id.0.unix_ms());
        for member in &relation.members {
            let ana = ids::pointer(&ids::role(&relation.kind, &member.role));
            xml.empty("ptr", &[("type", "member"), ("target", &self.member(member)), ("ana", &ana)]);
        }
        answers(xml, &kind, &relation.attributes);
        xml.unless_empty("note", &[("type", "note")], &relation.note);
        origin(xml, &relation.origin);
        xml.close().lines(1);
    }

    fn member(&self, member: &Member) -> String {
        ids::item(self.article.id, &member.target.article, self.annotator, member.target.item)
    }

    fn made(&self, xml: &mut Markup, unix_ms: i64) {
        let who = ids::pointer(&ids::annotator(self.annotator));
        xml.open("revisionDesc", &[]);
        xml.empty("change", &[("status", "created"), ("when", &moment(unix_ms)), ("who", &who)]).close();
    }
}

/// What something is analysed as: its label or kind, then the choices.
fn analysis(of: &str, answers: &Attributes) -> String {
    let choices = answers.iter().flat_map(|(id, value)| {
        let asked = ids::attribute(of, id);
        match value {
            Value::Choice(choice) => vec![ids::choice(&asked, choice)],
            Value::Choices(choices) => choices.iter().map(|choice| ids::choice(&asked, choice)).collect(),
            _ => Vec::new(),
        }
    });
    let pointers: Vec<String> = std::iter::once(of.to_owned()).chain(choices).map(|id| ids::pointer(&id)).collect();
    pointers.join(" ")
}

/// Answers that are no choices.
fn answers(xml: &mut Markup, of: &str, answers: &Attributes) {
    for (id, value) in answers.iter().filter(|(_, value)| !matches!(value, Value::Choice(_) | Value::Choices(_))) {
        let asked = ids::pointer(&ids::attribute(of, id));
        xml.element("note", &[("type", "answer"), ("ana", &asked)], &value.plain());
    }
}

fn comment(xml: &mut Markup, comment: &Comment) {
    let who = ids::pointer(&ids::annotator(&comment.by));
    xml.open("note", &[("type", "comment"), ("resp", &who)]);
    xml.empty("date", &[("when", &moment(comment.at_unix_ms))]).text(&comment.text).close();
}

/// How something came to be, where it was not made by hand.
fn origin(xml: &mut Markup, origin: &Origin) {
    let (kind, from) = match origin {
        Origin::Hand => return,
        Origin::Imported(from) => ("imported", from.clone()),
        Origin::Accepted(from) => ("accepted", from.clone()),
        Origin::Changed(from) => ("changed", from.clone()),
        Origin::Adjudicated(who) => ("adjudicated", who.iter().map(AnnotatorId::as_str).collect::<Vec<_>>().join(", ")),
    };
    xml.element("note", &[("type", "origin"), ("subtype", kind)], &from);
}

/// A moment as `xsd:dateTime`, to the millisecond.
fn moment(unix_ms: i64) -> String {
    Timestamp::from_millisecond(unix_ms).unwrap_or_default().to_string()
}
