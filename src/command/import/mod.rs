//! Bringing in what was read from an exchange format: articles, marks, relations, answers, and what the codebook lacks, as
//! one transaction that undo takes back as a whole.
//!
//! Nothing is left out in silence. What the project has already is told and not doubled; what breaks a rule is set aside
//! in its layer; what fits no attribute is told with counts.

mod asked;
mod layers;
mod merged;
mod placed;

use std::{collections::BTreeMap, sync::Arc};

pub use asked::{Becomes, Clash, How, Import, ImportOptions, ImportSummary};

use super::{plan::Plan, project, scene::Scene};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotator, AnnotatorId, ArticleId, Mint, Project,
        edit::{self, Change},
    },
    phrase,
    text::Phrase,
};
use layers::Taking;
use merged::Merged;
use placed::Placed;

/// What an import would change, and what it comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportPlan {
    pub changes: Vec<Change>,
    pub summary: ImportSummary,
    /// Articles of the project that have to be read first; until then the rest is not known.
    pub unread: Vec<ArticleId>,
}

impl Import {
    /// The name of the step.
    fn label(&self) -> Phrase {
        let (n, format) = (self.incoming.articles.len(), self.incoming.format);
        phrase!("Import {n} article from {format}|Import {n} articles from {format}", n, format)
    }

    pub(super) fn plan(&self, scene: &Scene<'_>, mint: &mut dyn Mint) -> Result<Plan, Diagnostic> {
        let plan = self.outcome(scene.project, scene.annotator, mint)?;
        match plan.unread.as_slice() {
            [] => Ok(self.plan_of(plan)),
            unread => Ok(Plan::read_first(unread.to_vec())),
        }
    }

    /// The plan of what was worked out before.
    pub fn plan_of(&self, plan: ImportPlan) -> Plan {
        if plan.changes.is_empty() { Plan::default() } else { Plan::change(self.label(), plan.changes) }
    }

    /// What the import would change in a project. Where nobody is named, the marks are those of whoever works.
    ///
    /// # Errors
    /// The files do not say whose marks they are, and nobody else does; there are too many things of one name.
    pub fn outcome(
        &self,
        project: &Project,
        working: Option<&AnnotatorId>,
        mint: &mut dyn Mint,
    ) -> Result<ImportPlan, Diagnostic> {
        let incoming = &*self.incoming;
        let placed = Placed::of(project, incoming)?;
        if !placed.unread.is_empty() {
            return Ok(ImportPlan { unread: placed.unread.into_iter().collect(), ..ImportPlan::default() });
        }
        let merged = Merged::of(project.codebook(), incoming, &self.options);
        let mut changes = Vec::new();
        if merged.codebook != **project.codebook() {
            let (before, after) = (Arc::clone(project.codebook()), Arc::new(merged.codebook.clone()));
            changes.push(Change::Codebook { before, after });
        }
        let annotators = self.annotators(project, working, &mut changes)?;
        let Placed { ids, added, changes: of_articles, known, told, .. } = placed;
        changes.extend(of_articles);
        let mut scratch = project.clone();
        edit::apply(&mut scratch, &changes).map_err(|refusal| refusal.0)?;
        let summary = ImportSummary {
            added,
            known,
            annotators: annotators.values().map(AnnotatorId::to_string).collect(),
            labels: merged.labels.clone(),
            kinds: merged.kinds.clone(),
            told,
            ..ImportSummary::default()
        };
        let mut taking = Taking::new(incoming, &merged, scratch, summary);
        for (article, id) in incoming.articles.iter().zip(&ids) {
            for layer in article.layers.iter().filter(|layer| !layer.is_blank()) {
                if let Some(annotator) = annotators.get(&layer.annotator) {
                    taking.layer(id, annotator, layer, mint);
                }
            }
        }
        let read_as = incoming.articles.iter().map(|article| article.id.clone()).zip(ids).collect();
        let (of_layers, summary) = taking.finish(&read_as, mint);
        changes.extend(of_layers);
        Ok(ImportPlan { changes, summary, unread: Vec::new() })
    }

    /// Who the annotators of the files are in the project; those that are new are added.
    fn annotators(
        &self,
        project: &Project,
        working: Option<&AnnotatorId>,
        changes: &mut Vec<Change>,
    ) -> Result<BTreeMap<Option<String>, AnnotatorId>, Diagnostic> {
        let mut found: BTreeMap<Option<String>, AnnotatorId> = BTreeMap::new();
        // Two names that are the same person’s add them once, also where one is in the files and one is asked for.
        let mut new: Vec<(AnnotatorId, String)> = Vec::new();
        for name in layers::names(&self.incoming) {
            let wanted = name.or(self.options.annotator.as_deref()).or(working.map(AnnotatorId::as_str));
            let wanted = wanted.map(str::trim).ok_or_else(|| {
                Diagnostic::error("no-annotator", "The files do not say whose marks they are")
                    .hint("Name who marked; on the command line with --annotator")
            })?;
            let id = match new.iter().find(|(id, known)| project::is_same_name(known, wanted) || id.as_str() == wanted)
            {
                Some((id, _)) => id.clone(),
                None => {
                    let taken = |id: &AnnotatorId| new.iter().any(|(other, _)| other == id);
                    let (id, name) = project::annotator_named(project, wanted, taken)?;
                    new.extend(name.map(|name| (id.clone(), name)));
                    id
                }
            };
            found.insert(name.map(str::to_owned), id);
        }
        // Who has only commented is known by the id alone.
        for id in layers::commenters(&self.incoming) {
            if project.annotator(id).is_none() && !new.iter().any(|(known, _)| known == id) {
                new.push((id.clone(), id.to_string()));
            }
        }
        let added = |(id, name)| Change::Annotator { id, before: None, after: Some(Arc::new(Annotator { name })) };
        changes.extend(new.into_iter().map(added));
        Ok(found)
    }
}
