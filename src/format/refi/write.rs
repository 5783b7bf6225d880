//! A project written: users, codes and variables, then each text with its selections, then notes and links.

use std::{fmt::Write as _, io};

use jiff::Timestamp;

use super::{
    super::xml::{escaped, one_line},
    codes::{choice_code, code_of, codes, has_codes},
    guid::guid,
};
use crate::{
    format::{
        options::ExportOptions,
        sink::{Pieces, Sink},
        units::OffsetUnit,
        writer::{ExportedArticle, ExportedLayer, Writer},
    },
    model::{
        Annotation, AnnotationId, AnnotatorId, ArticleId, Attribute, AttributeId, Item, Label, Layer, Metadata,
        Project, Relation, RelationId, Target, Value,
    },
    text::ByteRange,
};

/// The piece with everything but the texts, and what is put behind it at the end.
pub const PROJECT: &str = "project.qde";
const NOTES: &str = "notes.part";
const LINKS: &str = "links.part";

/// What notes are called that are no answers.
pub const NOTE: &str = "Note";
pub const COMMENT: &str = "Comment";
/// What leads from a fragment to the next one of its mark.
pub const CONTINUED: &str = "continued";

/// What is known of an article, by the names of the variables.
pub const VARIABLES: [&str; 5] = ["Outlet", "Byline", "Published", "Language", "URL"];

pub fn writer(options: &ExportOptions) -> Box<dyn Writer> {
    let unit = options.offsets.unwrap_or(OffsetUnit::Utf16);
    Box::new(Refi { unit, has_articles: false, has_notes: false, has_links: false })
}

struct Refi {
    unit: OffsetUnit,
    has_articles: bool,
    has_notes: bool,
    has_links: bool,
}

impl Writer for Refi {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        self.has_articles = project.articles().len() > 0;
        sink.write(PROJECT, head(project).as_bytes())?;
        sink.write(PROJECT, if self.has_articles { b"<Sources>\n" } else { b"" })
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let layers = article.layers();
        let mut writing =
            Writing { article, unit: self.unit, source: String::new(), notes: String::new(), links: String::new() };
        let id = guid("article", article.id.as_str());
        let title = one_line(&article.article.metadata.title);
        let _ = writeln!(
            writing.source,
            "<TextSource guid=\"{id}\" name=\"{}\" plainTextPath=\"internal://{id}.txt\">",
            escaped(&title)
        );
        for layer in &layers {
            for (id, mark) in layer.layer.into_iter().flat_map(Layer::annotations) {
                writing.mark(layer, id, mark);
            }
            let own = layer.layer.into_iter().flat_map(|own| own.relations().iter());
            let links = layer.links.iter().filter(|(_, link)| article.is_home_of(link)).copied();
            own.chain(links).for_each(|(id, row)| writing.relation(layer.annotator, id, row));
        }
        writing.variables();
        writing.source.push_str("</TextSource>\n");
        let Writing { source, notes, links, .. } = writing;
        out.piece(&format!("sources/{id}.txt")).extend_from_slice(article.text.as_bytes());
        for (piece, xml) in [(PROJECT, source), (NOTES, notes), (LINKS, links)] {
            if !xml.is_empty() {
                out.piece(piece).extend_from_slice(xml.as_bytes());
            }
        }
    }

    fn put(&mut self, made: Pieces, sink: &mut dyn Sink) -> io::Result<()> {
        self.has_notes |= made.get(NOTES).is_some();
        self.has_links |= made.get(LINKS).is_some();
        made.iter().try_for_each(|(piece, bytes)| sink.write(piece, bytes))
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        if self.has_articles {
            sink.write(PROJECT, b"</Sources>\n")?;
        }
        if self.has_notes {
            sink.write(PROJECT, b"<Notes>\n")?;
            sink.join(NOTES, PROJECT)?;
            sink.write(PROJECT, b"</Notes>\n")?;
        }
        if self.has_links {
            sink.write(PROJECT, b"<Links>\n")?;
            sink.join(LINKS, PROJECT)?;
            sink.write(PROJECT, b"</Links>\n")?;
        }
        sink.write(PROJECT, b"</Project>\n")
    }
}

/// What stands before the sources.
fn head(project: &Project) -> String {
    let name = one_line(project.name());
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        xml,
        "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{}\" origin=\"Pressmark\" basePath=\".\">",
        escaped(&name)
    );
    if project.annotators().len() > 0 {
        xml.push_str("<Users>\n");
        for (id, who) in project.annotators() {
            let name = one_line(&who.name);
            let _ = writeln!(xml, "<User guid=\"{}\" name=\"{}\" id=\"{id}\"/>", user(id), escaped(&name));
        }
        xml.push_str("</Users>\n");
    }
    if !project.codebook().labels.is_empty() {
        let _ = write!(xml, "<CodeBook>\n{}</CodeBook>\n", codes(project.codebook()));
    }
    xml.push_str("<Variables>\n");
    for name in VARIABLES {
        let _ =
            writeln!(xml, "<Variable guid=\"{}\" name=\"{name}\" typeOfVariable=\"Text\"/>", guid("variable", name));
    }
    xml.push_str("</Variables>\n");
    let mut cases = String::new();
    for (id, story) in project.stories() {
        let of_story = project.articles().filter(|(_, article)| article.metadata.story.as_ref() == Some(id));
        let refs: String =
            of_story.map(|(id, _)| format!("<SourceRef targetGUID=\"{}\"/>", guid("article", id.as_str()))).collect();
        if !refs.is_empty() {
            let (guid, name) = (guid("story", id.as_str()), one_line(&story.name));
            let _ = writeln!(cases, "<Case guid=\"{guid}\" name=\"{}\">{refs}</Case>", escaped(&name));
        }
    }
    if !cases.is_empty() {
        let _ = write!(xml, "<Cases>\n{cases}</Cases>\n");
    }
    xml
}

fn user(id: &AnnotatorId) -> String {
    guid("user", id.as_str())
}

/// What is written of an article, in the parts of the file.
struct Writing<'a> {
    article: &'a ExportedArticle<'a>,
    unit: OffsetUnit,
    source: String,
    notes: String,
    links: String,
}

/// Where a fragment of a mark is told from all others.
fn fragment(article: &ArticleId, annotator: &AnnotatorId, id: AnnotationId, at: usize) -> String {
    format!("{article}/{annotator}/{id}/{at}")
}

impl Writing<'_> {
    fn mark(&mut self, layer: &ExportedLayer<'_>, id: AnnotationId, mark: &Annotation) {
        let label = self.article.codebook().label(&mark.label);
        let codes: Vec<String> = label.map(|label| codes_of(label, mark)).unwrap_or_default();
        let (user, made) = (user(layer.annotator), moment(id.0.unix_ms()));
        for (at, range) in mark.fragments.iter().enumerate() {
            let place = fragment(self.article.id, layer.annotator, id, at);
            self.selection(&place, range, &format!(" creatingUser=\"{user}\" creationDateTime=\"{made}\""));
            for (n, code) in codes.iter().enumerate() {
                let coding = guid("coding", &format!("{place}/{n}"));
                let _ = write!(
                    self.source,
                    "<Coding guid=\"{coding}\" creatingUser=\"{user}\" creationDateTime=\"{made}\">\
                     <CodeRef targetGUID=\"{code}\"/></Coding>"
                );
            }
            match at {
                0 => self.said(layer.annotator, (id, mark), label),
                _ => {
                    let before = fragment(self.article.id, layer.annotator, id, at - 1);
                    let _ = writeln!(
                        self.links,
                        "<Link guid=\"{}\" name=\"{CONTINUED}\" direction=\"OneWay\" originGUID=\"{}\" targetGUID=\"{}\"/>",
                        guid("continued", &place),
                        guid("selection", &before),
                        guid("selection", &place)
                    );
                }
            }
            self.source.push_str("</PlainTextSelection>\n");
        }
    }

    /// Begins a selection, which is called as its words are.
    fn selection(&mut self, place: &str, range: ByteRange, who: &str) {
        let (start, end) = self.unit.of_bytes(self.article.text, range);
        let words = range.slice(self.article.text).unwrap_or_default();
        let _ = write!(
            self.source,
            "<PlainTextSelection guid=\"{}\" name=\"{}\" startPosition=\"{start}\" endPosition=\"{end}\"{who}>",
            guid("selection", place),
            escaped(words)
        );
    }

    /// Answers that are no codes, note and comments of a mark.
    fn said(&mut self, annotator: &AnnotatorId, (id, mark): (AnnotationId, &Annotation), label: Option<&Label>) {
        let place = fragment(self.article.id, annotator, id, 0);
        let (who, made) = (user(annotator), moment(id.0.unix_ms()));
        let mut notes: Vec<(String, String, String, String)> = Vec::new();
        for (id, value) in mark.attributes.iter() {
            let asked = label.and_then(|label| label.attributes.iter().find(|asked| asked.id == *id));
            if !asked.is_some_and(has_codes) {
                let name = asked.map_or(id.as_str(), |asked| &asked.name).to_owned();
                notes.push((name, value.plain(), who.clone(), made.clone()));
            }
        }
        if !mark.note.is_empty() {
            notes.push((NOTE.to_owned(), mark.note.clone(), who, made));
        }
        for comment in &mark.comments {
            notes.push((COMMENT.to_owned(), comment.text.clone(), user(&comment.by), moment(comment.at_unix_ms)));
        }
        for (n, (name, words, who, made)) in notes.into_iter().enumerate() {
            let id = guid("note", &format!("{place}/{n}"));
            let _ = write!(self.source, "<NoteRef targetGUID=\"{id}\"/>");
            self.note(&id, &name, &words, &format!(" creatingUser=\"{who}\" creationDateTime=\"{made}\""));
        }
    }

    fn note(&mut self, id: &str, name: &str, words: &str, who: &str) {
        let name = one_line(name);
        let _ = writeln!(
            self.notes,
            "<Note guid=\"{id}\" name=\"{}\"{who}><PlainTextContent>{}</PlainTextContent></Note>",
            escaped(&name),
            escaped(words)
        );
    }

    /// A link from the first member to each of the others; a relation of relations, or of one member, is left out.
    fn relation(&mut self, annotator: &AnnotatorId, id: RelationId, relation: &Relation) {
        let kind = self.article.codebook().relation(&relation.kind);
        let [first, others @ ..] = relation.members.as_slice() else { return };
        if relation.members.iter().any(|member| matches!(member.target.item, Item::Relation(_))) {
            return;
        }
        let role = |id: &crate::model::RoleId| {
            kind.and_then(|kind| kind.role(id)).map_or_else(|| id.to_string(), |role| role.name.clone())
        };
        let selection = |target: &Target| match target.item {
            Item::Annotation(id) => guid("selection", &fragment(&target.article, annotator, id, 0)),
            Item::Relation(_) => String::new(),
        };
        for (n, other) in others.iter().enumerate() {
            let kind = kind.map_or(relation.kind.as_str(), |kind| &kind.name);
            let name = one_line(&link_name(kind, &role(&first.role), &role(&other.role)));
            let link = guid("link", &format!("{}/{annotator}/{id}/{n}", self.article.id));
            let (origin, target) = (selection(&first.target), selection(&other.target));
            let _ = write!(
                self.links,
                "<Link guid=\"{link}\" name=\"{}\" direction=\"OneWay\" originGUID=\"{origin}\" targetGUID=\"{target}\"",
                escaped(&name)
            );
            if n == 0 && !relation.note.is_empty() {
                let note = guid("note", &link);
                let _ = writeln!(self.links, "><NoteRef targetGUID=\"{note}\"/></Link>");
                self.note(&note, NOTE, &relation.note, &format!(" creatingUser=\"{}\"", user(annotator)));
            } else {
                self.links.push_str("/>\n");
            }
        }
    }

    fn variables(&mut self) {
        let Metadata { outlet, byline, published, language, url, .. } = &self.article.article.metadata;
        let values = VARIABLES.into_iter().zip([outlet, byline, published, language, url]);
        for (name, value) in values.filter(|(_, value)| !value.is_empty()) {
            let _ = writeln!(
                self.source,
                "<VariableValue><VariableRef targetGUID=\"{}\"/><TextValue>{}</TextValue></VariableValue>",
                guid("variable", name),
                escaped(value)
            );
        }
    }
}

/// The codes of a mark: its label’s, then those of its answers.
fn codes_of(label: &Label, mark: &Annotation) -> Vec<String> {
    let asked =
        |id: &AttributeId| label.attributes.iter().find(|asked: &&Attribute| asked.id == *id && has_codes(asked));
    let answers = mark.attributes.iter().filter_map(|(id, value)| Some((asked(id)?, value)));
    let choices = answers.flat_map(|(asked, value)| {
        let ids: Vec<String> = match value {
            Value::Choices(ids) => ids.iter().map(ToString::to_string).collect(),
            _ => vec![value.plain()],
        };
        ids.into_iter().map(|id| choice_code(label, asked, &id)).collect::<Vec<_>>()
    });
    std::iter::once(code_of(label)).chain(choices).collect()
}

/// What a link is called: `Attribution (Quote → Source)`.
fn link_name(kind: &str, from: &str, to: &str) -> String {
    format!("{kind} ({from} → {to})")
}

/// The kind and the two roles in the name of a link; the whole name where it has no roles.
pub fn kind_and_roles(name: &str) -> (&str, Option<(&str, &str)>) {
    let parts = || {
        let (kind, roles) = name.trim().strip_suffix(')')?.rsplit_once(" (")?;
        let (from, to) = roles.split_once(" → ")?;
        (!kind.is_empty() && !from.is_empty() && !to.is_empty()).then_some((kind, Some((from, to))))
    };
    parts().unwrap_or((name.trim(), None))
}

/// A moment as `xsd:dateTime`.
fn moment(unix_ms: i64) -> String {
    Timestamp::from_millisecond(unix_ms).unwrap_or_default().to_string()
}
