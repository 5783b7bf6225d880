//! What a project says, to be compared: all but the ids of marks and relations, which the program makes itself.

use pressmark::model::{AnnotatorId, ArticleId, Item, LayerSlot, Project, Relation, Target};

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
                lines.push(format!("whole {place} {:?} {:?}", layer.article_answers(), layer.set_aside()));
            }
        }
    }
    for (annotator, links) in project.all_links() {
        lines.extend(links.iter().map(|(_, r)| format!("link by {annotator} {}", relation(project, annotator, r))));
    }
    lines.sort_unstable();
    lines
}

fn relation(project: &Project, annotator: &AnnotatorId, relation: &Relation) -> String {
    let member = |target: &Target| member(project, annotator, &target.article, target.item);
    let members = relation.members.iter().map(|m| format!("{}={}", m.role, member(&m.target)));
    let members = members.collect::<Vec<_>>().join("; ");
    format!("{} {:?} {:?}: {members}", relation.kind, relation.attributes, relation.note)
}

fn member(project: &Project, annotator: &AnnotatorId, article: &ArticleId, item: Item) -> String {
    match item {
        Item::Annotation(id) => {
            let mark = project.layer(article, annotator).and_then(|layer| layer.annotation(id));
            format!("{article} {mark:?}")
        }
        Item::Relation(_) => format!("a relation in {article}"),
    }
}

/// The lines that only one of two has, the first’s with −, the second’s with +.
pub fn difference(expected: &Content, found: &Content) -> String {
    let only = |here: &Content, there: &Content, sign: char| {
        let lines = here.iter().filter(|line| !there.contains(line)).take(8);
        lines.map(|line| format!("\n{sign} {}", line.chars().take(400).collect::<String>())).collect::<String>()
    };
    only(expected, found, '−') + &only(found, expected, '+')
}
