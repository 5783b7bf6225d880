//! The nodes and edges of what one annotator has said of an article.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use crate::{
    format::{
        lines::on_lines,
        writer::{ExportedArticle, ExportedLayer},
    },
    model::{
        Annotation, AnnotationId, Codebook, Filler, Item, KindId, LabelId, Layer, Relation, RelationId, RoleId, Target,
        Uid, Value,
        meaning::{AttributionTerm, Tie, TieTerm, identity},
    },
    text::hash::content_hash,
};

/// So deep may relations be members of each other.
const MAX_DEPTH: usize = 16;

/// What of a codebook argues.
#[derive(Debug, Default)]
pub struct Terms {
    attributions: Vec<AttributionTerm>,
    ties: Vec<(KindId, TieTerm)>,
    /// The labels whose marks are statements.
    statements: BTreeSet<LabelId>,
}

/// Rows of a map, each an object of JSON in a line.
#[derive(Debug, Default)]
pub struct Graph {
    pub nodes: Vec<String>,
    pub edges: Vec<String>,
    pub locutions: Vec<String>,
    pub participants: Vec<String>,
    /// How many marks are neither a statement nor the source of one.
    pub other_marks: usize,
    /// How many relations say nothing that a map can.
    pub other_relations: usize,
}

impl Terms {
    pub fn of(codebook: &Codebook) -> Self {
        let attributions: Vec<_> = codebook.relations.iter().filter_map(AttributionTerm::of).collect();
        let tie = |kind: &crate::model::RelationKind| Some((kind.id.clone(), TieTerm::of(kind)?));
        let ties: Vec<_> = codebook.relations.iter().filter_map(tie).collect();
        let said = attributions.iter().map(|term| (&term.kind, &term.said));
        let sides = ties.iter().flat_map(|(kind, term)| term.roles.iter().map(move |role| (kind, role)));
        let roles: Vec<_> = said.chain(sides).filter_map(|(kind, role)| codebook.relation(kind)?.role(role)).collect();
        let labels = codebook.labels.iter().map(|label| label.id.clone());
        let is_statement = |id: &LabelId| roles.iter().any(|role| role.may_be_filled_by(&Filler::Label(id.clone())));
        let statements = labels.filter(is_statement).collect();
        Self { attributions, ties, statements }
    }

    fn tie(&self, kind: &KindId) -> Option<&TieTerm> {
        self.ties.iter().find(|(of, _)| of == kind).map(|(_, term)| term)
    }

    fn attribution(&self, kind: &KindId) -> Option<&AttributionTerm> {
        self.attributions.iter().find(|term| term.kind == *kind)
    }
}

impl Graph {
    pub fn of(terms: &Terms, article: &ExportedArticle<'_>, layer: &ExportedLayer<'_>) -> Self {
        let mut graph = Self::default();
        let reading = Reading { terms, article, layer };
        let mut sources = BTreeSet::new();
        let own = layer.layer.into_iter().flat_map(|own| own.relations().iter());
        let links = layer.links.iter().filter(|(_, link)| article.is_home_of(link));
        let relations: Vec<(RelationId, &Relation)> =
            own.map(|(id, row)| (id, &**row)).chain(links.map(|(id, row)| (*id, &***row))).collect();
        for (id, relation) in relations {
            let is_written = match terms.attribution(&relation.kind) {
                Some(term) => graph.add_locutions(&reading, id, relation, term, &mut sources),
                None => graph.add_tie(&reading, id, relation),
            };
            graph.other_relations += usize::from(!is_written);
        }
        for (id, mark) in layer.layer.into_iter().flat_map(Layer::annotations) {
            match terms.statements.contains(&mark.label) {
                true => graph.node(&statement(article.id.as_str(), id), &reading.words(mark), "I", id.0),
                false => graph.other_marks += usize::from(!sources.contains(&id)),
            }
        }
        graph
    }

    fn node(&mut self, id: &str, text: &str, kind: &str, made: Uid) {
        let node = json!({ "nodeID": id, "text": text, "type": kind, "timestamp": moment(made) });
        self.nodes.push(row(&node));
    }

    fn edge(&mut self, from: &str, to: &str) {
        let edge = json!({ "edgeID": format!("{from}>{to}"), "fromID": from, "toID": to, "formEdgeID": null });
        self.edges.push(row(&edge));
    }

    /// Adds an inference, a conflict or a rephrase; false where the relation is none.
    fn add_tie(&mut self, reading: &Reading<'_>, id: RelationId, relation: &Relation) -> bool {
        let Some((tie, [from, to])) = reading.sides(relation, 0) else { return false };
        let (kind, text) = match tie {
            Tie::Supports => ("RA", "Default Inference"),
            Tie::Disputes | Tie::Contradicts => ("CA", "Default Conflict"),
            Tie::Same => ("MA", "Default Rephrase"),
        };
        let node = scheme(id);
        self.node(&node, text, kind, id.0);
        from.iter().for_each(|from| self.edge(from, &node));
        to.iter().for_each(|to| self.edge(&node, to));
        if tie == Tie::Contradicts {
            let back = format!("{node}.back");
            self.node(&back, text, kind, id.0);
            to.iter().for_each(|to| self.edge(to, &back));
            from.iter().for_each(|from| self.edge(&back, from));
        }
        true
    }

    /// Adds a locution for each source of what was said; false where there is none.
    fn add_locutions(
        &mut self,
        reading: &Reading<'_>,
        id: RelationId,
        relation: &Relation,
        term: &AttributionTerm,
        sources: &mut BTreeSet<AnnotationId>,
    ) -> bool {
        let said: Vec<_> = relation.in_role(&term.said).filter_map(|target| reading.mark(target)).collect();
        let by: Vec<_> = relation.in_role(&term.source).filter_map(|target| reading.mark(target)).collect();
        let pairs = said.iter().flat_map(|said| by.iter().map(move |by| (said, by)));
        for (number, ((said_id, said), (by_id, by))) in (1..).zip(pairs) {
            let name = reading.name(by);
            let (locution, asserting) = (format!("l.{id}.{number}"), format!("y.{id}.{number}"));
            self.node(&locution, &format!("{name}: {}", reading.words(said)), "L", id.0);
            self.node(&asserting, "Asserting", "YA", id.0);
            self.edge(&locution, &asserting);
            self.edge(&asserting, &statement(reading.article.id.as_str(), *said_id));
            let person = format!("p.{:016x}", content_hash(&name));
            self.locutions.push(row(&json!({ "nodeID": locution, "personID": person, "timestamp": moment(id.0),
                "start": null, "end": null, "source": null })));
            let (first, last) = name.rsplit_once(' ').unwrap_or(("", &name));
            let participant = row(&json!({ "participantID": person, "firstname": first, "surname": last }));
            self.participants.push(participant);
            sources.insert(*by_id);
        }
        !said.is_empty() && !by.is_empty()
    }
}

/// What is needed to read what one annotator has said of an article.
struct Reading<'a> {
    terms: &'a Terms,
    article: &'a ExportedArticle<'a>,
    layer: &'a ExportedLayer<'a>,
}

impl Reading<'_> {
    /// What a relation says, and the nodes on its two sides; `None` where it is no argument, or a side is empty or not in
    /// the map.
    fn sides(&self, relation: &Relation, depth: usize) -> Option<(Tie, [Vec<String>; 2])> {
        let term = self.terms.tie(&relation.kind)?;
        let nodes = |role: &RoleId| {
            relation.in_role(role).map(|target| self.node_of(target, depth)).collect::<Option<Vec<String>>>()
        };
        let sides = [nodes(&term.roles[0])?, nodes(&term.roles[1])?];
        let count: usize = sides.iter().map(Vec::len).sum();
        let is_whole = sides.iter().all(|side| !side.is_empty()) && count == relation.members.len();
        is_whole.then_some((term.tie, sides))
    }

    fn node_of(&self, target: &Target, depth: usize) -> Option<String> {
        self.article.project.article(&target.article)?;
        match target.item {
            // Whatever may be a side of an argument is a statement.
            Item::Annotation(id) => Some(statement(target.article.as_str(), id)),
            Item::Relation(_) if depth >= MAX_DEPTH => None,
            Item::Relation(id) => {
                let own = self.layer.layer.and_then(|own| own.relations().get(id));
                let link = self.layer.links.iter().find(|(other, _)| *other == id).map(|(_, link)| *link);
                self.sides(own.or(link)?, depth + 1).map(|_| scheme(id))
            }
        }
    }

    /// A mark of the article.
    fn mark(&self, target: &Target) -> Option<(AnnotationId, &Annotation)> {
        let Item::Annotation(id) = target.item else { return None };
        let mark = self.layer.layer?.annotation(id).filter(|_| target.article == *self.article.id)?;
        Some((id, mark))
    }

    /// What a mark covers, in a line.
    fn words(&self, mark: &Annotation) -> String {
        let words: Vec<&str> = mark.fragments.iter().filter_map(|range| range.slice(self.article.text)).collect();
        words.join(" … ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Who a source is: as the annotator has named it, else by its words.
    fn name(&self, mark: &Annotation) -> String {
        let asked = self.article.codebook().label(&mark.label).and_then(identity);
        match asked.and_then(|asked| mark.attributes.get(&asked.id)) {
            Some(Value::Text(name)) => name.trim().to_owned(),
            _ => self.words(mark),
        }
    }
}

/// The node of a statement.
fn statement(article: &str, id: AnnotationId) -> String {
    format!("i.{article}.{id}")
}

/// The node of an inference, a conflict or a rephrase.
fn scheme(id: RelationId) -> String {
    format!("r.{id}")
}

fn row(object: &Json) -> String {
    on_lines(object.to_string())
}

/// When something was made, to the second, in UTC.
fn moment(made: Uid) -> String {
    let at = Timestamp::from_millisecond(made.unix_ms()).unwrap_or_default();
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
