//! A project read: its texts one after another, each with the layers of its selections, then the links between them.

use std::collections::BTreeMap;

use super::{
    super::xml_tree::{self, Element},
    marks::{OfSource, Reading},
    project::QdaProject,
    write::VARIABLES,
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

/// Whether there is a project among the sources.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| head.extension() == "qde")
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let names = sources.names().to_vec();
    let mut codebook = Codebook::empty("REFI-QDA");
    for name in names.iter().filter(|name| extension_of(name) == "qde") {
        let read = whole(sources, name).and_then(|xml| xml_tree::read(&xml)).map_err(|told| told.at_path(name));
        match read {
            Ok(root) if root.name == "Project" => codebook = read_project(sources, (name, &root), codebook, take)?,
            Ok(_) => take.tell(
                Diagnostic::error("no-project", "This is no REFI-QDA project").at_path(name).hint("Leave it out"),
            ),
            Err(told) => take.tell(told),
        }
    }
    Ok(codebook)
}

fn read_project(
    sources: &mut dyn Sources,
    (name, root): (&str, &Element),
    mut codebook: Codebook,
    take: &mut dyn Take,
) -> Result<Codebook, Diagnostic> {
    let project = QdaProject::of(root, &mut codebook);
    let mut reading = Reading::over(codebook, name);
    let at = |told: Diagnostic, element: &Element| told.at_line(element.line, 1).at_path(name);
    let notes = notes(sources, name, &project, take);
    for (text, source) in &project.texts {
        let title = [text, source].into_iter().map(|own| own.attribute("name").trim()).find(|name| !name.is_empty());
        let title = title.unwrap_or("Text").to_owned();
        match text_of(sources, name, text) {
            Ok((words, source_name)) if !words.trim().is_empty() => {
                // NVivo does not count the mark.
                let unmarked = words.strip_prefix('\u{feff}');
                let unified = Unified::of(unmarked.unwrap_or(&words).to_owned());
                let without = unmarked.map(|_| "The byte order mark was left out".to_owned());
                let metadata = metadata(&project, source, title);
                let id = ArticleId::of(&metadata.title, &unified.text);
                let layers =
                    OfSource { reading: &mut reading, project: &project, notes: &notes, unified: &unified, take }
                        .layers(text);
                let story = project.case(source).unwrap_or_default().to_owned();
                let (text, loaded) = (unified.text, without.into_iter().chain(unified.notes).collect());
                let source = source_name.unwrap_or_else(|| name.to_owned());
                reading.articles.push(IncomingArticle { id, metadata, story, text, loaded, layers, source });
            }
            Ok(_) => {
                let message = phrase!("The source “{title}” has no plain text", title);
                let told = Diagnostic::error("no-text", message).hint("Add one that has words in it");
                take.tell(at(told, text));
            }
            Err(told) => take.tell(at(told, text)),
        }
    }
    for other in &project.others {
        let message =
            phrase!("The source “{name}” is no text: {what}", name = other.attribute("name"), what = &other.name);
        let told = Diagnostic::warning("no-text-source", message).hint("Add its words as a text");
        take.tell(at(told, other));
    }
    if project.has_more {
        let told =
            Diagnostic::note("sets-and-graphs", "Sets and graphs have no place in a project and were passed over");
        take.tell(told.at_path(name).hint("Keep the file"));
    }
    reading.links(&project, &notes, take);
    let (articles, codebook) = reading.finish();
    articles.into_iter().try_for_each(|article| take.article(article))?;
    Ok(codebook)
}

/// The words of all notes, by their GUIDs.
fn notes(
    sources: &mut dyn Sources,
    name: &str,
    project: &QdaProject<'_>,
    take: &mut dyn Take,
) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    for (id, note) in &project.notes {
        match text_of(sources, name, note) {
            Ok((text, _)) => _ = words.insert(id.clone(), text),
            Err(told) => take.tell(told.at_line(note.line, 1).at_path(name)),
        }
    }
    words
}

/// The plain text of a source or a note, and the name of the file that it stands in, where it is one.
fn text_of(sources: &mut dyn Sources, project: &str, text: &Element) -> Result<(String, Option<String>), Diagnostic> {
    let path = text.attribute("plainTextPath").trim();
    if path.is_empty() {
        return Ok((text.words("PlainTextContent").to_owned(), None));
    }
    let file = file_of(sources.names(), project, path).ok_or_else(|| {
        let message = phrase!("The text of “{name}” is not there: {path}", name = text.attribute("name"), path);
        Diagnostic::error("no-text", message).hint("Export the project with its sources")
    })?;
    Ok((whole(sources, &file)?, Some(file)))
}

/// The source that a path of a project names. `internal://` is the folder beside the project, whose name is written with a
/// small or a capital letter; elsewhere nothing is looked for.
fn file_of(names: &[String], project: &str, path: &str) -> Option<String> {
    let folder = project.rfind('/').map_or("", |end| &project[..=end]);
    let own = path.strip_prefix("internal://").or_else(|| path.strip_prefix("relative://")).unwrap_or(path);
    let own = own.replace('\\', "/");
    let own = own.trim_start_matches("./").trim_start_matches('/');
    let beside = names.iter().filter(|name| name.starts_with(folder));
    let below = |name: &&String| {
        let rest = &name[folder.len()..];
        let inner =
            rest.split_once('/').filter(|(first, _)| first.eq_ignore_ascii_case("sources")).map(|(_, rest)| rest);
        rest == own || inner == Some(own)
    };
    let exact = beside.clone().find(below);
    let same = |name: &&String| extension_of(name) == "txt" && file_name(name).eq_ignore_ascii_case(file_name(own));
    exact.or_else(|| beside.clone().find(same)).cloned()
}

fn metadata<'e>(project: &QdaProject<'e>, source: &'e Element, title: String) -> Metadata {
    let [outlet, byline, published, language, url] =
        VARIABLES.map(|name| project.value(source, name).unwrap_or_default().trim().to_owned());
    Metadata { title, outlet, byline, published, language, url, story: None }
}
