//! The annotations of all sources gathered, and each text with those that are of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{
    annotation::{Object, id, is_a, last_part, list, source, targets, text},
    found::{Found, gathered},
    layers::{OfText, Reading},
    names,
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        reader::{Head, Sources, Take, extension_of, file_name, whole},
        unified::Unified,
    },
    model::{ArticleId, Codebook, IncomingArticle, Metadata},
    phrase,
};

/// Whether a source has annotations, as its first bytes show it.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| {
        let has = |part: &str| head.bytes.windows(part.len()).any(|own| own == part.as_bytes());
        let is_json = matches!(head.extension().as_str(), "json" | "jsonld");
        let is_said = has("/ns/anno.jsonld") || has("/ns/oa#") || has("\"TextQuoteSelector\"");
        is_json && (is_said || has("\"TextPositionSelector\"") || (has("\"Annotation\"") && has("\"target\"")))
    })
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let found = gathered(sources, take)?;
    let texts = texts(&found);
    let known: BTreeSet<&str> = found.iter().filter_map(|found| id(&found.annotation)).collect();
    let mut groups = Groups::default();
    texts.keys().filter(|name| names::article_of(name).is_some()).for_each(|name| _ = groups.of(name));
    for (at, one) in found.iter().enumerate().filter(|(_, one)| !one.is_text()) {
        for target in targets(&one.annotation) {
            match source(target) {
                Some(name) if known.contains(name) => {}
                Some(name) => groups.of(name).push((at, target)),
                None => take.tell(one.at(no_target())),
            }
        }
    }
    let mut reading = Reading::default();
    let beside: Vec<String> = sources.names().iter().filter(|name| extension_of(name) == "txt").cloned().collect();
    for (name, members) in &groups.groups {
        let is_only = groups.groups.len() == 1;
        let given = texts.get(name).map(|text| Given::of(text)).or_else(|| {
            let file = file_of(name, &beside, is_only)?;
            let text = whole(sources, file).map_err(|told| take.tell(told)).ok()?;
            Some(Given { text, about: None, file: Some(file.to_owned()) })
        });
        match given {
            Some(given) if !given.text.trim().is_empty() => {
                read_text((name, given), members, &found, (&mut reading, take));
            }
            _ => take.tell(no_text(name, members, &found)),
        }
    }
    reading.relations(&found, take);
    let (articles, codebook) = reading.finish();
    articles.into_iter().try_for_each(|article| take.article(article))?;
    Ok(codebook)
}

/// Annotations by the resource that they are of, in the order in which these come first.
#[derive(Default)]
struct Groups<'f> {
    groups: Vec<(&'f str, Vec<(usize, &'f Json)>)>,
    known: BTreeMap<&'f str, usize>,
}

impl<'f> Groups<'f> {
    fn of(&mut self, name: &'f str) -> &mut Vec<(usize, &'f Json)> {
        let at = *self.known.entry(name).or_insert_with(|| {
            self.groups.push((name, Vec::new()));
            self.groups.len() - 1
        });
        &mut self.groups[at].1
    }
}

/// The texts that stand in the annotations themselves, by their names.
fn texts(found: &[Found]) -> BTreeMap<&str, &Object> {
    let mut texts = BTreeMap::new();
    for one in found {
        let sources = targets(&one.annotation).into_iter().flat_map(|target| {
            let source = target.as_object().map_or(&[][..], |target| list(target, "source"));
            source.iter().chain([target])
        });
        let bodies = list(&one.annotation, "body").iter();
        for object in bodies.chain(sources.collect::<Vec<_>>()).filter_map(Json::as_object) {
            if let (Some(name), Some(_)) = (id(object), text(object, "value"))
                && (is_a(object, "TextualBody") || is_a(object, "Text"))
            {
                texts.entry(name).or_insert(object);
            }
        }
    }
    texts
}

/// A text, and what is said of it.
struct Given<'f> {
    text: String,
    about: Option<&'f Object>,
    /// The source that it stands in, where that is not the one of the annotations.
    file: Option<String>,
}

impl<'f> Given<'f> {
    fn of(object: &'f Object) -> Self {
        Self { text: text(object, "value").unwrap_or_default().to_owned(), about: Some(object), file: None }
    }
}

/// The file with the text of a resource: of the same name, or of the same but for the extension.
fn file_of<'n>(name: &str, beside: &'n [String], is_only: bool) -> Option<&'n str> {
    let last = last_part(name)?;
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let same = beside.iter().find(|file| *file == name || file_name(file) == last);
    let like = || beside.iter().find(|file| stem(file_name(file)) == stem(last));
    let alone = || beside.first().filter(|_| is_only && beside.len() == 1);
    same.or_else(like).or_else(alone).map(String::as_str)
}

/// Reads what is said of a text.
fn read_text(
    (name, given): (&str, Given<'_>),
    members: &[(usize, &Json)],
    found: &[Found],
    (reading, take): (&mut Reading, &mut dyn Take),
) {
    let unified = Unified::of(given.text);
    let said = |key: &str| given.about.and_then(|about| text(about, key)).unwrap_or_default().to_owned();
    let named = given.file.as_deref().map(file_name).or_else(|| last_part(name)).unwrap_or("Text");
    let title = Some(said(names::TITLE)).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| named.rsplit_once('.').map_or(named, |(stem, _)| stem).to_owned());
    let own = names::article_of(name).and_then(|id| ArticleId::new(id).ok());
    let id = own.unwrap_or_else(|| ArticleId::of(&title, &unified.text));
    let is_address = |name: &&str| name.starts_with("http://") || name.starts_with("https://");
    let url = Some(said(names::URL)).filter(|url| !url.is_empty());
    let metadata = Metadata {
        title,
        outlet: said(names::OUTLET),
        byline: said(names::BYLINE),
        published: said(names::PUBLISHED),
        language: said("language"),
        url: url.or_else(|| Some(name).filter(is_address).map(str::to_owned)).unwrap_or_default(),
        story: None,
    };
    let first = members.first().map(|(at, _)| found[*at].source.clone());
    let source = given.file.or(first).unwrap_or_default();
    let story = said(names::STORY);
    let layers = OfText::new(reading, &unified, take).layers(members, found);
    let Unified { text, notes: loaded, .. } = unified;
    reading.articles.push(IncomingArticle { id, metadata, story, text, loaded, layers, source });
}

fn no_target() -> Diagnostic {
    Diagnostic::error("no-target", "An annotation does not say what it is of").hint("Leave it out")
}

fn no_text(name: &str, members: &[(usize, &Json)], found: &[Found]) -> Diagnostic {
    let n = members.len();
    let message = phrase!(
        "{n} annotation is of “{name}”, whose text is not there|{n} annotations are of “{name}”, whose text is not there",
        n,
        name
    );
    let told = Diagnostic::error("no-text", message).hint("Put its plain text beside it, as a .txt of the same name");
    match members.first() {
        Some((at, _)) => found[*at].at(told),
        None => told,
    }
}
