//! What stands below a text: its marks, with what is said of them, and its relations.

use super::lanes::Shown;
use crate::{
    format::writer::{ExportedArticle, ExportedLayer},
    model::{
        Annotation, AnnotationId, Attribute, Attributes, Codebook, Flag, Item, LabelId, Origin, Relation, RelationId,
        Value,
    },
    text::{markup::Markup, moment},
};

/// Of a longer mark so many characters are shown in a list; all of it stands in the text.
const LONGEST: usize = 400;
/// As [`LONGEST`], for a member of a relation.
const LONGEST_MEMBER: usize = 80;

/// What marks and relations of a layer are called on the page.
pub struct Names<'a> {
    pub article: ExportedArticle<'a>,
    /// Empty where nobody has said anything.
    annotator: &'a str,
    pub marks: &'a [Shown<'a>],
    /// Those of the article, then those across articles.
    pub relations: Vec<(RelationId, &'a Relation)>,
}

impl<'a> Names<'a> {
    pub fn of(article: &ExportedArticle<'a>, layer: Option<&'a ExportedLayer<'a>>, marks: &'a [Shown<'a>]) -> Self {
        let own = layer.and_then(|layer| layer.layer).into_iter().flat_map(|layer| layer.relations().iter());
        let links = layer.into_iter().flat_map(|layer| layer.links.iter().copied());
        let relations = own.chain(links).map(|(id, row)| (id, &**row)).collect();
        let annotator = layer.map_or("", |layer| layer.annotator.as_str());
        Self { article: *article, annotator, marks, relations }
    }

    fn codebook(&self) -> &'a Codebook {
        self.article.codebook()
    }

    /// The class with the colour and the pattern of a label.
    pub fn class(&self, label: &LabelId) -> String {
        class_of(self.codebook(), label)
    }

    /// Where a mark stands on the page: in the text (`t`) or in the list (`m`).
    fn place(&self, which: char, article: &str, id: AnnotationId) -> String {
        format!("{which}.{article}.{}.{id}", self.annotator)
    }

    /// Writes a mark’s initials and number, which lead to the list.
    pub fn write_number(&self, page: &mut Markup, shown: &Shown<'_>, is_first: bool) {
        let article = self.article.id.as_str();
        let (here, there) = (self.place('t', article, shown.id), self.place('m', article, shown.id));
        let class = format!("n {}", self.class(&shown.mark.label));
        let href = format!("#{there}");
        // An element with a direction of its own does not decide that of the paragraph.
        let mut attributes = vec![("class", class.as_str()), ("dir", "ltr"), ("href", &href)];
        if is_first {
            attributes.push(("id", &here));
        }
        page.open_with("a", &attributes).text(&self.initials(shown)).close("a");
        // The number stays with the word that it stands before.
        page.raw("&#8288;");
    }

    fn initials(&self, shown: &Shown<'_>) -> String {
        let label = self.codebook().label(&shown.mark.label);
        format!("{}\u{2009}{}", label.map_or("?", |label| &label.initials), shown.number)
    }

    /// Writes the list of marks; nothing where there is none.
    pub fn write_marks(&self, page: &mut Markup) {
        if self.marks.is_empty() {
            return;
        }
        page.raw("<table class=\"list\">\n<thead><tr><th scope=\"col\">Mark</th><th scope=\"col\">Words</th>");
        page.raw("<th scope=\"col\">What is said of it</th></tr></thead>\n<tbody>\n");
        for shown in self.marks {
            let place = self.place('m', self.article.id.as_str(), shown.id);
            page.open_with("tr", &[("id", &place)]).raw("<td>");
            let class = format!("n {}", self.class(&shown.mark.label));
            let back = format!("#{}", self.place('t', self.article.id.as_str(), shown.id));
            page.open_with("a", &[("class", &class), ("href", &back)]).text(&self.initials(shown)).raw("</a> ");
            let label = self.codebook().label(&shown.mark.label);
            page.foreign("bdi", "", "", label.map_or(shown.mark.label.as_str(), |label| &label.name)).raw("</td>");
            page.open_foreign("td", "class=\"words\"", &self.article.article.metadata.language);
            page.text(&cut(&self.words(shown.mark), LONGEST)).raw("</td><td>");
            self.write_said(page, shown);
            page.raw("</td></tr>\n");
        }
        page.raw("</tbody>\n</table>\n");
    }

    /// The fragments of a mark with an ellipsis between.
    fn words(&self, mark: &Annotation) -> String {
        let words: Vec<&str> = mark.fragments.iter().filter_map(|range| range.slice(self.article.text)).collect();
        words.join(" … ")
    }

    fn write_said(&self, page: &mut Markup, shown: &Shown<'_>) {
        let mark = shown.mark;
        let asked = self.codebook().label(&mark.label).map_or(&[][..], |label| &label.attributes);
        write_answers(page, asked, &mark.attributes);
        if let Some(percent) = mark.confidence {
            write_line(page, "Confidence", &format!("{percent} %"));
        }
        match mark.flag {
            Some(Flag::Flag) => write_line(page, "Flag", "to be looked at again"),
            Some(Flag::Question) => write_line(page, "Flag", "question about the codebook"),
            None => {}
        }
        write_note(page, &mark.note, &mark.origin);
        for comment in &mark.comments {
            let who = self.article.project.annotator(&comment.by).map_or(comment.by.as_str(), |who| &who.name);
            let when = moment::utc(comment.at_unix_ms);
            write_own_line(page, &format!("{who}, {}", moment::long_date(&when)), &comment.text);
        }
        for (at, (_, row)) in self.relations.iter().enumerate() {
            for member in row.members.iter().filter(|member| member.target.item == shown.id.into()) {
                let kind = self.codebook().relation(&row.kind);
                let role =
                    kind.and_then(|kind| kind.role(&member.role)).map_or(member.role.as_str(), |role| &role.name);
                page.raw("<div class=\"said\">").text(role).raw(" in ");
                self.write_relation_name(page, at);
                page.raw("</div>");
            }
        }
    }

    /// A relation’s place on the page; relations are counted in a layer.
    fn relation_place(&self, at: usize) -> String {
        format!("r.{}.{}.{}", self.article.id, self.annotator, at + 1)
    }

    fn write_relation_name(&self, page: &mut Markup, at: usize) {
        let Some((_, row)) = self.relations.get(at) else { return };
        let name = self.codebook().relation(&row.kind).map_or(row.kind.as_str(), |kind| &kind.name);
        let href = format!("#{}", self.relation_place(at));
        page.open_with("a", &[("href", &href)]).foreign("bdi", "", "", name).text(&format!(" {}", at + 1)).close("a");
    }

    /// Writes the list of relations; nothing where there is none.
    pub fn write_relations(&self, page: &mut Markup) {
        if self.relations.is_empty() {
            return;
        }
        page.raw("<table class=\"list\">\n<thead><tr><th scope=\"col\">Relation</th><th scope=\"col\">Members</th>");
        page.raw("<th scope=\"col\">What is said of it</th></tr></thead>\n<tbody>\n");
        for (at, (_, row)) in self.relations.iter().enumerate() {
            let kind = self.codebook().relation(&row.kind);
            page.open_with("tr", &[("id", &self.relation_place(at))]).raw("<td>");
            page.foreign("bdi", "", "", kind.map_or(row.kind.as_str(), |kind| &kind.name));
            page.text(&format!(" {}", at + 1)).raw("</td><td class=\"words\">");
            for member in &row.members {
                let role =
                    kind.and_then(|kind| kind.role(&member.role)).map_or(member.role.as_str(), |role| &role.name);
                page.raw("<div class=\"said\"><b>").text(role).raw("</b> ");
                self.write_member(page, &member.target);
                page.raw("</div>");
            }
            page.raw("</td><td>");
            write_answers(page, kind.map_or(&[][..], |kind| &kind.attributes), &row.attributes);
            write_note(page, &row.note, &row.origin);
            page.raw("</td></tr>\n");
        }
        page.raw("</tbody>\n</table>\n");
    }

    fn write_member(&self, page: &mut Markup, target: &crate::model::Target) {
        if let Item::Relation(id) = target.item {
            match self.relations.iter().position(|(own, _)| *own == id) {
                Some(at) => self.write_relation_name(page, at),
                None => _ = page.text("a relation of another article"),
            }
            return;
        }
        let Item::Annotation(id) = target.item else { return };
        match self.marks.iter().find(|shown| shown.id == id && target.article == *self.article.id) {
            Some(shown) => {
                let href = format!("#{}", self.place('t', self.article.id.as_str(), id));
                let class = format!("n {}", self.class(&shown.mark.label));
                page.open_with("a", &[("class", &class), ("href", &href)]).text(&self.initials(shown)).raw("</a> ");
                let words = cut(&self.words(shown.mark), LONGEST_MEMBER);
                page.foreign("span", "", &self.article.article.metadata.language, &words);
            }
            None => {
                let href = format!("#{}", self.place('t', target.article.as_str(), id));
                let other = self.article.project.article(&target.article);
                let title = other.map_or(target.article.as_str(), |other| &other.metadata.title);
                page.raw("in ").open_with("a", &[("href", &href)]).foreign("bdi", "", "", title).close("a");
            }
        }
    }
}

/// The class of a label: its place in the codebook.
pub fn class_of(codebook: &Codebook, label: &LabelId) -> String {
    codebook.labels.iter().position(|own| own.id == *label).map_or("l".to_owned(), |at| format!("l{at}"))
}

/// Writes answers as “Form: Direct”.
fn write_answers(page: &mut Markup, asked: &[Attribute], answers: &Attributes) {
    for (id, value) in answers.iter() {
        let asked = asked.iter().find(|asked| asked.id == *id);
        write_line(page, asked.map_or(id.as_str(), |asked| &asked.name), &answer(asked, value));
    }
}

/// An answer in words: choices by their names.
pub fn answer(asked: Option<&Attribute>, value: &Value) -> String {
    let name = |id: &crate::model::ChoiceId| {
        let choice = asked.and_then(|asked| asked.choices().iter().find(|choice| choice.id == *id));
        choice.map_or_else(|| id.to_string(), |choice| choice.name.clone())
    };
    match value {
        Value::Choice(id) => name(id),
        Value::Choices(ids) => ids.iter().map(name).collect::<Vec<_>>().join(", "),
        _ => value.plain(),
    }
}

fn write_note(page: &mut Markup, note: &str, origin: &Origin) {
    if !note.is_empty() {
        write_own_line(page, "Note", note);
    }
    match origin {
        Origin::Hand => {}
        Origin::Imported(from) => write_line(page, "Imported", from),
        Origin::Accepted(why) => write_line(page, "Accepted as suggested", why),
        Origin::Changed(why) => write_line(page, "Suggested, and changed", why),
        Origin::Adjudicated(who) => {
            let who: Vec<&str> = who.iter().map(crate::model::AnnotatorId::as_str).collect();
            write_line(page, "Decided over", &who.join(", "));
        }
    }
}

/// Writes what is asked, and the answer.
pub fn write_line(page: &mut Markup, what: &str, words: &str) {
    page.raw("<div class=\"said\">");
    write_words(page, what, words);
}

/// As [`write_line`], in a line of its own.
fn write_own_line(page: &mut Markup, what: &str, words: &str) {
    page.raw("<div class=\"said own\">");
    write_words(page, what, words);
}

fn write_words(page: &mut Markup, what: &str, words: &str) {
    page.raw("<b>").foreign("bdi", "", "", what).raw(":</b> ").foreign("bdi", "", "", words);
    page.raw("</div>");
}

/// The first characters of a text, with an ellipsis where there are more.
fn cut(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((at, _)) => format!("{} …", words[..at].trim_end()),
        None => words.to_owned(),
    }
}
