//! What the tables are made of: the readings of some articles at one time. It is worked out over a snapshot, by whoever
//! has a thread for it; nothing here draws.

use crate::{
    compare::tables::{Claims, Report, Reports, Sources, Stances},
    diagnostic::Diagnostic,
    model::{AnnotatorId, ArticleId, Project},
};

/// The readings of some articles.
#[derive(Debug, Default)]
pub struct Tabulated {
    pub(super) reports: Vec<Report>,
    pub(super) sources: Sources,
    pub(super) stances: Stances,
    pub(super) claims: Claims,
}

/// Reads what an annotator has marked in articles of a project. `step` is called before each of four parts of the work.
///
/// # Errors
/// What `step` says, such as that it was cancelled.
pub fn tabulated(
    project: &Project,
    annotator: &AnnotatorId,
    articles: &[ArticleId],
    mut step: impl FnMut() -> Result<(), Diagnostic>,
) -> Result<Tabulated, Diagnostic> {
    step()?;
    let reports = Reports::read(project, annotator, articles);
    step()?;
    let sources = Sources::of(&reports);
    step()?;
    let stances = Stances::of(&reports, &sources);
    step()?;
    let claims = Claims::of(&reports, &sources);
    Ok(Tabulated { reports: reports.all().to_vec(), sources, stances, claims })
}
