//! What a command takes away beside what was asked for, said in one place for the window and the command line. It refuses
//! nothing, for undo brings everything back.

use super::{
    Command,
    article::ArticleCommand,
    layer::LayerCommand,
    losses::{Counts, Losses},
    mark::Mark,
    plan::{Offer, Plan, Show, Told},
    relate::Relate,
    scene::Scene,
    statement::StatementCommand,
    words::shortened,
};
use crate::{
    diagnostic::Diagnostic,
    model::{Mint, edit::Change},
    phrase,
};

/// What a command would do in a scene, with a message where something goes by it that was not named.
///
/// # Errors
/// Why it can't be done now, and what to do first.
pub fn plan_and_tell(command: &Command, scene: &Scene<'_>, mint: &mut dyn Mint) -> Result<Plan, Diagnostic> {
    let plan = super::plan(command, scene, mint)?;
    Ok(match told(command, scene, &plan) {
        Some(told) => plan.and(Show::Tell(told)),
        None => plan,
    })
}

/// What is to be told of a plan: that an article goes, or that something goes beside what was asked for.
fn told(command: &Command, scene: &Scene<'_>, plan: &Plan) -> Option<Told> {
    let label = plan.label.as_ref().filter(|_| !plan.changes.is_empty())?;
    let losses = Losses::of(&plan.changes).leaving_out(scene.annotator, |counts| leave_out(counts, command));
    let beside = losses.said(scene.project, scene.annotator);
    let what = match (command, beside) {
        // What becomes of each mark was shown before, or is told by itself.
        (Command::Article(ArticleCommand::Correct(_)) | Command::SetAside(_), _) => return None,
        (Command::Article(ArticleCommand::Remove(id)), beside) => {
            let title = scene.project.article(id).map(|a| shortened(&a.metadata.title)).unwrap_or_default();
            match beside {
                Some(beside) => phrase!("Removed “{title}” with {beside}", title, beside),
                None => phrase!("Removed “{title}”", title),
            }
        }
        (_, None) => return None,
        (Command::Mark(Mark::Delete, _), Some(beside)) => {
            phrase!("Deleted “{words}” and {beside}", words = words_deleted(scene, &plan.changes), beside)
        }
        (_, Some(beside)) => phrase!("{what}: this removed {beside}", what = label.clone(), beside),
    };
    Some(Told { what, offer: Offer::Undo })
}

/// Leaves out what a command was given to take away.
fn leave_out(counts: &mut Counts, command: &Command) {
    let asked = match command {
        Command::Mark(Mark::Delete, _) => &mut counts.marks,
        Command::Mark(Mark::Set { value: None, .. }, _)
        | Command::Relate(Relate::Set { value: None, .. })
        | Command::Layer(LayerCommand::Answer { value: None, .. }, _) => &mut counts.answers,
        Command::Relate(Relate::Remove(_)) => &mut counts.relations,
        Command::Statement(StatementCommand::Part(relations) | StatementCommand::Reject { relations, .. }) => {
            counts.relations = counts.relations.saturating_sub(relations.len());
            return;
        }
        Command::Statement(StatementCommand::Join(_) | StatementCommand::ProposeAgain(_)) => {
            counts.rejections = 0;
            return;
        }
        Command::Relate(Relate::Empty { .. }) => &mut counts.members,
        _ => return,
    };
    *asked = asked.saturating_sub(1);
}

fn words_deleted(scene: &Scene<'_>, changes: &[Change]) -> String {
    let words = changes.iter().find_map(|change| match change {
        Change::Annotation { article, before: Some(before), after: None, .. } => {
            before.fragments.first().slice(scene.project.text(article)?)
        }
        _ => None,
    });
    shortened(words.unwrap_or_default())
}
