//! What the bodies of an annotation say: labels, answers, notes, flags, comments.

use serde_json::Value as Json;

use super::{
    annotation::{Object, creator, id, iri, is_a, last_part, list, motives, text, words},
    names,
};
use crate::model::{AnnotatorId, Comment, Flag, Origin};

/// What is said of a mark, a relation or an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Names of labels or kinds.
    pub tags: Vec<String>,
    /// Each with what it is about, where that is said.
    pub answers: Vec<Given>,
    pub notes: Vec<String>,
    pub flag: Option<Flag>,
    pub comments: Vec<Comment>,
}

/// A value of an attribute.
#[derive(Debug, PartialEq, Eq)]
pub struct Given {
    pub name: String,
    pub words: String,
    /// The id of the question that it answers, where Pressmark has written it.
    pub question: Option<String>,
    pub about: Option<String>,
}

/// The attribute that the address of a body becomes.
pub const LINK: &str = "Link";

impl Said {
    pub fn of(annotation: &Object) -> Self {
        let mut said = Self::default();
        let motives = motives(annotation, "motivation");
        for body in list(annotation, "body") {
            said.add(body, &motives, 0);
        }
        if let Some(words) = text(annotation, "bodyValue") {
            said.add_words(words, motives.first().copied().unwrap_or_default());
        }
        said
    }

    fn add(&mut self, body: &Json, motives: &[&str], depth: usize) {
        let Some(object) = body.as_object() else {
            return iri(body).into_iter().for_each(|name| self.add_resource(name, motives));
        };
        let own = self::motives(object, "purpose");
        let motives = if own.is_empty() { motives } else { &own };
        if object.contains_key("items") && depth < 8 {
            // Of a choice, the first is the one to be shown where nothing is known of the reader.
            let several = list(object, "items");
            let shown = if is_a(object, "Choice") { several.get(..1).unwrap_or_default() } else { several };
            return shown.iter().for_each(|one| self.add(one, motives, depth + 1));
        }
        let value = words(object, "value").or_else(|| words(object, "rdf:value"));
        let purpose = motives.first().copied().unwrap_or_default();
        match (value, text(object, "label"), purpose) {
            (Some(value), Some(label), "classifying" | "tagging" | "assessing") if is_textual(object) => {
                let words = text(object, names::CHOICE).map_or(value, str::to_owned);
                let about = text(object, names::ABOUT).map(str::to_owned);
                let question = text(object, names::QUESTION).map(str::to_owned);
                self.answers.push(Given { name: label.to_owned(), words, question, about });
            }
            (Some(value), _, "replying") => self.comments.push(comment(object, value)),
            (Some(value), _, purpose) => self.add_words(&value, purpose),
            (None, label, _) => {
                let name = list(object, "source").first().and_then(iri).or_else(|| id(object));
                match (label, name) {
                    (Some(label), _) if matches!(purpose, "tagging" | "classifying" | "identifying") => {
                        self.tags.push(label.to_owned());
                    }
                    (_, Some(name)) => self.add_resource(name, motives),
                    _ => {}
                }
            }
        }
    }

    fn add_words(&mut self, words: &str, purpose: &str) {
        if words.trim().is_empty() {
            return;
        }
        match purpose {
            "tagging" | "classifying" | "identifying" => self.tags.push(words.to_owned()),
            "questioning" | "bookmarking" => {
                let flag = if purpose == "questioning" { Flag::Question } else { Flag::Flag };
                self.flag.get_or_insert(flag);
                if !matches!(words, "question" | "flag") {
                    self.notes.push(words.to_owned());
                }
            }
            _ => self.notes.push(words.to_owned()),
        }
    }

    /// A body that is elsewhere: what it is tagged with, or where more is to be found.
    fn add_resource(&mut self, name: &str, motives: &[&str]) {
        let fragment = name.rsplit_once('#').map(|(_, fragment)| fragment).filter(|fragment| !fragment.is_empty());
        match fragment.or_else(|| last_part(name)) {
            Some(tag) if motives.iter().any(|motive| matches!(*motive, "tagging" | "classifying")) => {
                self.tags.push(tag.to_owned());
            }
            _ => {}
        }
        self.answers.push(Given { name: LINK.to_owned(), words: name.to_owned(), question: None, about: None });
    }
}

/// Whether the words of a body are its own, not those of a resource that is known elsewhere.
fn is_textual(object: &Object) -> bool {
    is_a(object, "TextualBody") || id(object).is_none()
}

pub fn comment(object: &Object, text: String) -> Comment {
    let moment = self::text(object, "created").and_then(|at| at.parse::<jiff::Timestamp>().ok());
    let who = list(object, "creator").first().and_then(iri).and_then(|name| name.strip_prefix(names::ANNOTATOR));
    let who = who.map(str::to_owned).or_else(|| creator(object)).unwrap_or_default();
    let by = AnnotatorId::new(&who).ok().or_else(|| crate::text::slug::free_id(&who, AnnotatorId::new, |_| false));
    let by = by.unwrap_or_else(|| AnnotatorId::new("unknown").expect("it is an id"));
    Comment { by, at_unix_ms: moment.map_or(0, jiff::Timestamp::as_millisecond), text }
}

/// How a mark came to be, where Pressmark has written it; else `imported`.
pub fn origin(annotation: &Object, imported: Origin) -> Origin {
    let from = || text(annotation, names::ORIGIN_FROM).unwrap_or_default().to_owned();
    match text(annotation, names::ORIGIN) {
        Some("hand") => Origin::Hand,
        Some("imported") => Origin::Imported(from()),
        Some("accepted") => Origin::Accepted(from()),
        Some("changed") => Origin::Changed(from()),
        Some("adjudicated") => {
            Origin::Adjudicated(from().split(", ").filter_map(|id| AnnotatorId::new(id).ok()).collect())
        }
        _ => imported,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(annotation: Json) -> Said {
        Said::of(annotation.as_object().unwrap())
    }

    #[test]
    fn bodies_say_what_their_purpose_is() {
        let said = said(serde_json::json!({ "motivation": "commenting", "body": [
            { "type": "TextualBody", "purpose": "tagging", "value": "love" },
            { "type": "Choice", "items": [{ "type": "TextualBody", "value": "one" }, { "value": "other" }] },
            { "type": "TextualBody", "purpose": "questioning", "value": "Why?" },
            "http://example.org/review#x",
        ] }));
        assert_eq!((said.tags, said.notes), (vec!["love".to_owned()], vec!["one".to_owned(), "Why?".to_owned()]));
        assert_eq!((said.flag, said.answers[0].words.as_str()), (Some(Flag::Question), "http://example.org/review#x"));
    }

    #[test]
    fn what_a_text_is_classified_as_is_a_label() {
        let said =
            said(serde_json::json!({ "motivation": "classifying", "body": "http://example.org/vocab/art/portrait" }));
        assert_eq!(said.tags, ["portrait"]);
    }
}
