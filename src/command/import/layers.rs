//! The layers after an import: what was read beside what is there, held against the codebook as a layer from a file is.
//! What breaks a rule is set aside.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{asked::ImportSummary, merged::Merged};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, AnnotatorId, Answer, ArticleAnswers, ArticleId, AsideRow, Filler, Incoming,
        IncomingIds, IncomingLayer, Item, Layer, Member, Mint, Project, Relation, RelationId, RelationSet, SetAside,
        Status, Target,
        edit::{Change, Home},
        load::RawLayer,
    },
    phrase,
};

/// What is being taken in.
pub struct Taking<'a> {
    pub incoming: &'a Incoming,
    pub merged: &'a Merged,
    /// The project with codebook, annotators and articles as they will be; layers are added as they are taken in.
    pub scratch: Project,
    pub changes: Vec<Change>,
    pub summary: ImportSummary,
    /// What became of each mark and relation, for relations across articles.
    became: BTreeMap<(ArticleId, AnnotatorId, Item), Item>,
    links: BTreeMap<(AnnotatorId, RelationId), Relation>,
    /// Answers that fit nothing: the label or kind, the attribute, the words; and how often.
    unfit: BTreeMap<(String, String, String), usize>,
}

impl<'a> Taking<'a> {
    pub fn new(incoming: &'a Incoming, merged: &'a Merged, scratch: Project, summary: ImportSummary) -> Self {
        let (changes, became, links, unfit) = (Vec::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { incoming, merged, scratch, changes, summary, became, links, unfit }
    }

    /// Takes in one layer, of an article that is in the scratch project.
    pub fn layer(&mut self, article: &ArticleId, annotator: &AnnotatorId, row: &IncomingLayer, mint: &mut dyn Mint) {
        let before = self.scratch.layer(article, annotator).cloned().unwrap_or_default();
        let mut raw = RawLayer {
            annotations: before.annotations().map(|(id, mark)| (id, Annotation::clone(mark))).collect(),
            relations: before.relations().iter().map(|(id, row)| (id, Relation::clone(row))).collect(),
            article_answers: before.article_answers().clone(),
            set_aside: before.set_aside().to_vec(),
        };
        let mut own = BTreeMap::new();
        for (id, mark) in &row.annotations {
            let mark = self.fitted(mark);
            let to = match repeated(&before, *id, &mark, self.incoming.ids) {
                Some(known) => {
                    self.summary.repeated += 1;
                    known
                }
                None => {
                    let is_free = |id: AnnotationId| before.annotation(id).is_none();
                    let new = match self.incoming.ids {
                        IncomingIds::OfFiles if is_free(*id) => *id,
                        _ => AnnotationId(mint.uid()),
                    };
                    raw.annotations.push((new, mark));
                    new
                }
            };
            own.insert(Item::Annotation(*id), Item::Annotation(to));
        }
        self.relations(article, annotator, row, (&before, &mut raw, &mut own), mint);
        self.answers(row, &mut raw.article_answers);
        for (from, to) in own {
            self.became.insert((article.clone(), annotator.clone(), from), to);
        }
        self.load(article, annotator, &before, raw);
    }

    /// A mark under the project’s codebook.
    fn fitted(&mut self, mark: &Annotation) -> Annotation {
        let from = Filler::Label(mark.label.clone());
        let (attributes, left) = self.merged.fitted(&self.incoming.codebook, &from, &mark.attributes);
        self.note_unfit(mark.label.as_str(), left);
        let codebook_version = match self.incoming.ids {
            IncomingIds::OfFiles => mark.codebook_version,
            IncomingIds::Counted => self.merged.codebook.version,
        };
        Annotation { label: self.merged.label(&mark.label), attributes, codebook_version, ..mark.clone() }
    }

    fn note_unfit(&mut self, owner: &str, left: Vec<(String, String)>) {
        for (attribute, words) in left {
            *self.unfit.entry((owner.to_owned(), attribute, words)).or_default() += 1;
        }
    }

    /// Takes in relations of the article; those across articles are kept until all layers are there.
    fn relations(
        &mut self,
        article: &ArticleId,
        annotator: &AnnotatorId,
        row: &IncomingLayer,
        (before, raw, own): (&Layer, &mut RawLayer, &mut BTreeMap<Item, Item>),
        mint: &mut dyn Mint,
    ) {
        let is_link =
            |row: &Relation| self.incoming.codebook.relation(&row.kind).is_some_and(|kind| kind.across_articles);
        for (id, row) in row.relations.iter().filter(|(_, row)| is_link(row)) {
            self.links.entry((annotator.clone(), *id)).or_insert_with(|| row.clone());
        }
        let here: Vec<_> = row.relations.iter().filter(|(_, row)| !is_link(row)).collect();
        // Relations may be members of each other, so all have their ids first.
        for (id, _) in &here {
            let is_free = self.incoming.ids == IncomingIds::OfFiles && before.relations().get(*id).is_none();
            own.insert((*id).into(), if is_free { (*id).into() } else { RelationId(mint.uid()).into() });
        }
        for (id, row) in here {
            let target = |target: &Target| Target {
                article: article.clone(),
                item: own.get(&target.item).copied().unwrap_or(target.item),
            };
            let relation = self.relation(row, target);
            let Some(Item::Relation(to)) = own.get(&(*id).into()).copied() else { continue };
            match known(before.relations(), &relation) {
                Some(known) => {
                    self.summary.repeated += 1;
                    own.insert((*id).into(), known.into());
                }
                None => raw.relations.push((to, relation)),
            }
        }
    }

    /// A relation under the project’s codebook, with other targets.
    fn relation(&mut self, row: &Relation, target: impl Fn(&Target) -> Target) -> Relation {
        let incoming = &self.incoming.codebook;
        let from = Filler::Relation(row.kind.clone());
        let (attributes, left) = self.merged.fitted(incoming, &from, &row.attributes);
        self.note_unfit(row.kind.as_str(), left);
        let kind = self.merged.kind(&row.kind);
        let mut members: Vec<Member> = row
            .members
            .iter()
            .map(|member| Member {
                role: self.merged.role(incoming, &row.kind, &member.role),
                target: target(&member.target),
            })
            .collect();
        if let Some(kind) = self.merged.codebook.relation(&kind) {
            members.sort_by_key(|member| kind.roles.iter().position(|role| role.id == member.role));
        }
        Relation { kind, members, attributes, ..row.clone() }
    }

    /// Answers about the article that nobody has given yet, and how far the work has come.
    fn answers(&mut self, row: &IncomingLayer, into: &mut ArticleAnswers) {
        for Answer { question, target, value } in &row.answers {
            if into.answer(question, target.as_deref()).is_some() {
                continue;
            }
            let asked = self.merged.codebook.question(question).map(|asked| &asked.attribute);
            let value = asked.and_then(|asked| asked.fitted(value)).unwrap_or_else(|| value.clone());
            into.set_answer(question.clone(), target.clone(), Some(value));
            self.summary.answers += 1;
        }
        let begun = if row.annotations.is_empty() { Status::ToDo } else { Status::InProgress };
        if into.status == Status::ToDo {
            into.status = row.status.unwrap_or(begun);
        }
    }

    /// Holds the layer against the codebook, and notes what changes by it.
    fn load(&mut self, article: &ArticleId, annotator: &AnnotatorId, before: &Layer, raw: RawLayer) {
        // The text is there: the article is in the scratch project with it.
        let aside = self.scratch.load_layer(article, annotator, raw).unwrap_or_default();
        let after = self.scratch.layer(article, annotator).cloned().unwrap_or_default();
        let home = Home::Article(article.clone());
        for (id, mark) in after.annotations().filter(|(id, _)| before.annotation(*id).is_none()) {
            self.summary.marks += 1;
            let (article, annotator, after) = (article.clone(), annotator.clone(), Some(Arc::clone(mark)));
            self.changes.push(Change::Annotation { article, annotator, id, before: None, after });
        }
        for (id, row) in after.relations().iter().filter(|(id, _)| before.relations().get(*id).is_none()) {
            self.summary.relations += 1;
            let (home, annotator, after) = (home.clone(), annotator.clone(), Some(Arc::clone(row)));
            self.changes.push(Change::Relation { home, annotator, id, before: None, after });
        }
        if after.article_answers() != before.article_answers() {
            let (article, annotator) = (article.clone(), annotator.clone());
            let (before, after) =
                (Arc::new(before.article_answers().clone()), Arc::new(after.article_answers().clone()));
            self.changes.push(Change::Answers { article, annotator, before, after });
        }
        self.note_set_aside(home, annotator, before.set_aside(), aside);
    }

    fn note_set_aside(&mut self, home: Home, annotator: &AnnotatorId, before: &[SetAside], after: Vec<SetAside>) {
        if before.len() == after.len() {
            return;
        }
        let article = match &home {
            Home::Article(id) => self.scratch.article(id).map(|article| article.metadata.title.clone()),
            Home::Links => None,
        };
        let is_new = |aside: &&SetAside| !before.iter().any(|known| known.row == aside.row);
        let told =
            after.iter().filter(is_new).map(|aside| aside.why.clone().about(article.clone().unwrap_or_default()));
        self.summary.set_aside.extend(told);
        let (annotator, before) = (annotator.clone(), Arc::new(before.to_vec()));
        self.changes.push(Change::SetAside { home, annotator, before, after: Arc::new(after) });
    }

    /// Takes in the relations across articles, once all layers are there, and says what fits nothing.
    pub fn finish(mut self, ids: &BTreeMap<ArticleId, ArticleId>, mint: &mut dyn Mint) -> (Vec<Change>, ImportSummary) {
        let mut aside: BTreeMap<AnnotatorId, Vec<SetAside>> = BTreeMap::new();
        for ((annotator, id), row) in std::mem::take(&mut self.links) {
            let became = std::mem::take(&mut self.became);
            let target = |target: &Target| {
                let article = ids.get(&target.article).unwrap_or(&target.article).clone();
                let item = became.get(&(article.clone(), annotator.clone(), target.item)).copied();
                Target { article, item: item.unwrap_or(target.item) }
            };
            let relation = self.relation(&row, target);
            self.became = became;
            let links = self.scratch.links(&annotator);
            if links.is_some_and(|links| known(links, &relation).is_some()) {
                self.summary.repeated += 1;
                continue;
            }
            let is_free = links.is_none_or(|links| links.get(id).is_none());
            let id = if self.incoming.ids == IncomingIds::OfFiles && is_free { id } else { RelationId(mint.uid()) };
            match self.scratch.check_relation(&Home::Links, &annotator, id, &relation) {
                Ok(()) => {
                    self.summary.relations += 1;
                    let after = Some(Arc::new(relation));
                    self.changes.push(Change::Relation { home: Home::Links, annotator, id, before: None, after });
                }
                Err(why) => {
                    let row = AsideRow::Relation(id, relation);
                    aside.entry(annotator).or_default().push(SetAside { row, why });
                }
            }
        }
        for (annotator, rows) in aside {
            let before = self.scratch.links_set_aside(&annotator).to_vec();
            let after: Vec<SetAside> = before.iter().cloned().chain(rows).collect();
            self.note_set_aside(Home::Links, &annotator, &before, after);
        }
        for ((owner, attribute, value), n) in std::mem::take(&mut self.unfit) {
            let message = phrase!(
                "“{value}” is no answer to “{attribute}” of “{owner}”; it is left out once|\
                 “{value}” is no answer to “{attribute}” of “{owner}”; it is left out {n} times",
                n,
                value,
                attribute,
                owner
            );
            let told = Diagnostic::warning("bad-value", message);
            self.summary.told.push(told.hint("Let the codebook take it, with --merge, and import again"));
        }
        (self.changes, self.summary)
    }
}

/// A mark that the layer has already: of the same id, or, where ids were counted, of the same label, words and answers.
fn repeated(layer: &Layer, id: AnnotationId, mark: &Annotation, ids: IncomingIds) -> Option<AnnotationId> {
    let is_same = |known: &Annotation| {
        (&known.label, &known.fragments, &known.attributes) == (&mark.label, &mark.fragments, &mark.attributes)
    };
    match ids {
        IncomingIds::OfFiles => layer.annotation(id).filter(|known| is_same(known)).map(|_| id),
        IncomingIds::Counted => layer.annotations().find(|(_, known)| is_same(known)).map(|(id, _)| id),
    }
}

/// A relation of the same kind and members.
fn known(relations: &RelationSet, relation: &Relation) -> Option<RelationId> {
    let of = relation.members.first().map_or(&[][..], |member| relations.of(member.target.item));
    let is_same = |row: &Relation| row.kind == relation.kind && row.members == relation.members;
    of.iter().copied().find(|id| relations.get(*id).is_some_and(|row| is_same(row)))
}

/// The annotators of all layers that say something, by the names in the files; `None` stands for those without one.
pub fn names(incoming: &Incoming) -> BTreeSet<Option<&str>> {
    let layers = incoming.articles.iter().flat_map(|article| &article.layers);
    layers.filter(|layer| !layer.is_blank()).map(|layer| layer.annotator.as_deref()).collect()
}

/// Everybody who has commented on a mark, by the ids in the files.
pub fn commenters(incoming: &Incoming) -> BTreeSet<&AnnotatorId> {
    let layers = incoming.articles.iter().flat_map(|article| &article.layers);
    let marks = layers.flat_map(|layer| &layer.annotations);
    marks.flat_map(|(_, mark)| mark.comments.iter().map(|comment| &comment.by)).collect()
}
