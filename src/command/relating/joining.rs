//! Relating two things both of which are known, such as a mark that is dragged to another: only the kind is chosen.

use super::{Relating, filling, kinds_for, progress::Progress};
use crate::{
    command::{Command, scene::Scene},
    model::{RelationKind, Target},
};

impl Relating {
    /// Asks by which kind across articles something is related to something else. `None` where no kind takes both, or
    /// every one that does joins them already. `scene` is seen from the article of the origin.
    pub fn between(scene: &Scene<'_>, origin: Target, other: &Target) -> Option<Self> {
        let own = scene.relations()?.filler(&origin)?;
        let all = kinds_for(scene, &own).into_iter().filter(|kind| kind.across_articles);
        let fitting = all.filter_map(|kind| Some((kind.id.clone(), joining(scene, kind, &origin, other)?)));
        let (kinds, joins): (Vec<_>, Vec<_>) = fitting.unzip();
        let found = !kinds.is_empty();
        found.then(|| Self { joins, ..Self::new(origin, kinds, None) })
    }
}

/// The command that relates two things by a kind: the first role of those left that takes the other is filled with it.
/// `None` where there is none.
fn joining(scene: &Scene<'_>, kind: &RelationKind, origin: &Target, other: &Target) -> Option<Command> {
    let begun = Progress::of(scene, kind, origin)?;
    (begun.at..begun.roles.len()).find_map(|at| {
        let asked = Progress { at, ..begun.clone() };
        let mut relating = Relating::new(origin.clone(), vec![kind.id.clone()], Some(asked));
        relating.eligible(scene)?.refusal(other).is_none().then_some(())?;
        let mut commands = Vec::new();
        relating.fill(scene, filling(other), &mut commands);
        commands.pop()
    })
}
