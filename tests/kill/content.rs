//! What a project says, to be compared: all but the ids of marks and relations, which the program makes itself.

use std::{fs, path::Path};

use pressmark::{
    diagnostic::Diagnostic,
    model::{AnnotatorId, ArticleId, AsideRow, Item, Layer, LayerSlot, Project, Relation, SetAside, Target},
    store,
};

/// A line for each thing, sorted.
pub type Content = Vec<String>;

pub fn content(project: &Project) -> Content {
    let mut lines = vec![format!("project {:?}", project.name()), format!("codebook {:?}", project.codebook())];
    lines.extend(project.annotators().map(|(id, annotator)| format!("annotator {id} {annotator:?}")));
    lines.extend(project.stories().map(|(id, story)| format!("story {id} {story:?}")));
    for (article, about) in project.articles() {
        lines.push(format!("article {article} {about:?}"));
        lines.push(format!("text {article} {:?}", project.text(article).map(pressmark::text::Text::as_str)));
        for (annotator, slot) in project.layers(article) {
            let LayerSlot::Read(layer) = slot else {
                lines.push(format!("layer {article} of {annotator} can’t be read"));
                continue;
            };
            let place = format!("{article} by {annotator}");
            lines.extend(layer.annotations().map(|(_, mark)| format!("mark {place} {mark:?}")));
            let relations = layer.relations().iter();
            lines.extend(relations.map(|(_, r)| format!("relation {place} {}", relation(project, annotator, r))));
            if !layer.is_blank() {
                lines.push(format!("whole {place} {:?}", layer.article_answers()));
            }
            lines.extend(
                layer.set_aside().iter().map(|row| format!("aside {place} {}", aside(project, annotator, row))),
            );
        }
    }
    for (annotator, links) in project.all_links() {
        lines.extend(links.iter().map(|(_, r)| format!("link by {annotator} {}", relation(project, annotator, r))));
    }
    for (annotator, own) in project.all_rejections() {
        lines.extend(own.values().map(|rejection| format!("rejected by {annotator} {rejection:?}")));
    }
    for (annotator, _) in project.annotators() {
        let rows = project.links_set_aside(annotator).iter();
        lines.extend(rows.map(|row| format!("link aside by {annotator} {}", aside(project, annotator, row))));
    }
    lines.sort_unstable();
    lines
}

/// What is set aside; not why, which a file that is read says in other words than a command.
fn aside(project: &Project, annotator: &AnnotatorId, SetAside { row, .. }: &SetAside) -> String {
    match row {
        AsideRow::Annotation(_, unplaced) => format!("{unplaced:?}"),
        AsideRow::Relation(_, row) => relation(project, annotator, row),
        AsideRow::Answer(answer) => format!("{answer:?}"),
    }
}

fn relation(project: &Project, annotator: &AnnotatorId, relation: &Relation) -> String {
    let member = |target: &Target| member(project, annotator, &target.article, target.item);
    let members = relation.members.iter().map(|m| format!("{}={}", m.role, member(&m.target)));
    let members = members.collect::<Vec<_>>().join("; ");
    format!("{} {:?} {:?}: {members}", relation.kind, relation.attributes, relation.note)
}

fn member(project: &Project, annotator: &AnnotatorId, article: &ArticleId, item: Item) -> String {
    let layer = project.layer(article, annotator);
    let aside = layer.map_or(&[][..], Layer::set_aside).iter().find(|aside| aside.item() == Some(item));
    match item {
        Item::Annotation(id) => {
            format!(
                "{article} {:?} {:?}",
                layer.and_then(|layer| layer.annotation(id)),
                aside.map(|aside| {
                    let AsideRow::Annotation(_, unplaced) = &aside.row else { unreachable!() };
                    unplaced
                })
            )
        }
        Item::Relation(_) => format!("a relation in {article}"),
    }
}

/// The project in a folder with everything read, opened as for work; nothing is wrong with it afterwards but that a
/// correction has left marks without their words.
pub fn opened(path: &Path) -> Project {
    opened_but(path, "words-lost")
}

/// The same, where a check may tell of this besides.
pub fn opened_but(path: &Path, told_of: &str) -> Project {
    let (folder, mut project, found) = store::open(path).unwrap();
    for diagnostic in found {
        assert!(["recovered", "torn-line"].contains(&&*diagnostic.code), "{diagnostic}");
    }
    let is_lost = |told: &Diagnostic| told.code == "words-lost" && !told.is_error();
    let ids: Vec<ArticleId> = project.articles().map(|(id, _)| id.clone()).collect();
    for id in ids {
        let found = folder.read_article(&mut project, &id).unwrap();
        assert!(found.iter().all(is_lost), "{found:?}");
    }
    drop(folder);
    let found = store::check_project(path).unwrap();
    let is_expected = |told: &Diagnostic| is_lost(told) || told.code == told_of && !told.is_error();
    assert!(found.iter().all(is_expected), "{}: {found:#?}", path.display());
    project
}

/// The lines that only one of two has, the first’s with −, the second’s with +.
pub fn difference(expected: &Content, found: &Content) -> String {
    let only = |here: &Content, there: &Content, sign: char| {
        let lines = here.iter().filter(|line| !there.contains(line)).take(8);
        lines.map(|line| format!("\n{sign} {}", line.chars().take(400).collect::<String>())).collect::<String>()
    };
    only(expected, found, '−') + &only(found, expected, '+')
}

/// What no project and no user has put into a folder: files and folders that are made out of sight.
pub fn litter(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".tmp") || name.ends_with(".new") {
            found.push(path.display().to_string());
        } else if path.is_dir() {
            found.extend(litter(&path));
        }
    }
    found
}
