//! Relating a mark, or a relation, to others: role by role, until every role has been filled or passed over.
//!
//! It changes nothing and draws nothing. It knows which role is asked for, what may fill it, and which command a key or
//! a click stands for; the commands are handed to whoever runs them.
//!
//! Going through the roles is `progress`, what may be chosen `eligible`, the letters for it `hints`, the keys
//! `keys`; with `joining` both ends are known, and only the kind is chosen. Each choice is one command and one step of undo.

mod eligible;
mod hints;
mod joining;
mod keys;
mod progress;

use std::sync::Arc;

pub use eligible::{Eligible, Refusal};
pub use keys::RelatingKey;
pub use progress::RelateFrom;

use hints::Hints;
use progress::{Destination, Progress};

use super::{
    Command,
    answer_keys::keys_for,
    mark_ref::MarkRef,
    relate::{Filling, Relate, continued},
    scene::Scene,
};
use crate::{
    model::{AnnotationId, Filler, Item, KindId, LabelId, Relation, RelationId, RelationKind, Role, Target},
    text::ByteRange,
};

/// What is being related, and how far one has come. View state: nothing of it is saved.
#[derive(Clone, Debug)]
pub struct Relating {
    /// The mark or the relation that it began with.
    origin: Target,
    /// The kinds in which the origin has a role, in the order in which they are offered.
    kinds: Vec<KindId>,
    /// Where both ends are known, for each kind the command that relates them by it; else none.
    joins: Vec<Command>,
    /// The role that is asked for; `None` while the kind is to be chosen.
    progress: Option<Progress>,
    /// The first letter of a hint of two letters.
    typed: String,
    /// The letters of this frame.
    hints: Hints,
    /// The last choice, where it was refused, so that it can be said why.
    refused: Option<Refused>,
}

/// A choice that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Refused {
    /// A mark or relation that may not fill the role.
    Target(Target),
    /// Only marks of other annotators were there.
    Foreign,
    /// Words were selected and a label’s key pressed, and no role from here on takes the label.
    Label(LabelId),
}

/// Whether relating goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// There is something to choose still.
    On,
    /// The last role was filled or skipped.
    Done,
}

impl Relating {
    /// Begins with a mark or a relation; `None` where it has no role in any kind. A single kind is taken without
    /// asking.
    pub fn begin(scene: &Scene<'_>, origin: Target) -> Option<Self> {
        let kinds = kinds_for(scene, &scene.relations()?.filler(&origin)?);
        let progress = match kinds.as_slice() {
            [] => return None,
            [kind] => Some(Progress::of(scene, kind, &origin)?),
            _ => None,
        };
        Some(Self::new(origin, kinds.iter().map(|k| k.id.clone()).collect(), progress))
    }

    /// Begins with one role of a kind, as the inspector offers it, and goes on with those after it. `None` where the
    /// codebook has it no more.
    pub fn begin_with(scene: &Scene<'_>, from: &RelateFrom) -> Option<Self> {
        let kind = scene.codebook().relation(&from.kind)?;
        let progress = Progress::from_role(scene, kind, from)?;
        Some(Self::new(from.origin.clone(), vec![kind.id.clone()], Some(progress)))
    }

    fn new(origin: Target, kinds: Vec<KindId>, progress: Option<Progress>) -> Self {
        Self {
            origin,
            kinds,
            joins: Vec::new(),
            progress,
            typed: String::new(),
            hints: Hints::default(),
            refused: None,
        }
    }

    /// Whether it can go on: origin, kind and role are still there, and, for a kind within one article, the origin is
    /// picked in the open article.
    pub fn holds(&self, scene: &Scene<'_>) -> bool {
        let Some(relations) = scene.relations() else { return false };
        let crosses = match &self.progress {
            Some(_) => self.role(scene).map(|(kind, _)| kind.across_articles),
            None => Some(false),
        };
        let is_here = scene.focus.article.as_ref() == Some(&self.origin.article);
        let is_picked = match self.origin.item {
            Item::Annotation(id) => scene.focus.picked == Some(id),
            Item::Relation(_) => true,
        };
        let is_there = match &self.progress {
            Some(Progress { destination: Destination::Into(id), .. }) => relations.get(*id).is_some(),
            _ => true,
        };
        is_there
            && crosses.is_some_and(|crosses| crosses || is_here && is_picked)
            && relations.filler(&self.origin).is_some()
    }

    /// Whether the kind is to be chosen, before any role.
    pub fn asks_for_kind(&self) -> bool {
        self.progress.is_none()
    }

    /// The kinds to choose from, each with its key where one was left for it.
    pub fn offered_kinds<'a>(&self, scene: &Scene<'a>) -> Vec<(&'a RelationKind, Option<char>)> {
        let kinds: Vec<_> = self.kinds.iter().filter_map(|id| scene.codebook().relation(id)).collect();
        let keys = keys_for(kinds.iter().map(|k| k.name.as_str()));
        kinds.into_iter().zip(keys).collect()
    }

    /// What has been typed of a hint of two letters; empty otherwise.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What may be chosen for the role that is asked for; `None` while the kind is to be chosen.
    pub fn eligible<'a>(&'a self, scene: &Scene<'a>) -> Option<Eligible<'a>> {
        let role = self.role(scene)?;
        let current = self.current(scene, role);
        Eligible::new(scene, role, (&self.origin, current), &self.hints.on_marks)
    }

    /// Why the last choice was refused; `None` where it was not.
    pub fn refusal<'a>(&'a self, eligible: &Eligible<'a>) -> Option<Refusal<'a>> {
        match self.refused.as_ref()? {
            Refused::Target(target) => eligible.refusal(target),
            Refused::Foreign => Some(Refusal::Filler(None)),
            Refused::Label(label) => Some(Refusal::Filler(Some(Filler::Label(label.clone())))),
        }
    }

    /// The kind and the role that is asked for.
    fn role<'a>(&self, scene: &Scene<'a>) -> Option<(&'a RelationKind, &'a Role)> {
        let progress = self.progress.as_ref()?;
        let kind = scene.codebook().relation(&progress.kind)?;
        Some((kind, kind.role(progress.roles.get(progress.at)?)?))
    }

    /// The relation that the next choice goes into, once there is one.
    fn current(&self, scene: &Scene<'_>, (kind, role): (&RelationKind, &Role)) -> Option<(RelationId, Arc<Relation>)> {
        let which = self.progress.as_ref()?.which(scene, kind, &self.origin);
        continued(scene, kind, role, &self.origin, which).ok().flatten()
    }

    /// Gives everything that may be chosen and is seen its letter, given the bytes in view in each pane that is shown. To
    /// be called once in each frame, before the pages are drawn: by then the commands of the last frame have run.
    pub fn hint(&mut self, seen: &[(Scene<'_>, ByteRange)]) {
        if let Some(progress) = &mut self.progress {
            progress.commands_were_run();
        }
        let choices = |(scene, visible): &(Scene<'_>, ByteRange)| {
            self.eligible(scene).map(|eligible| hints::choices(scene, &eligible, *visible)).unwrap_or_default()
        };
        self.hints = Hints::of(seen.iter().flat_map(choices).collect());
    }

    /// Takes the kind at an index of [`Self::offered_kinds`]: asks for its roles, or is done where both ends are known.
    pub fn choose_kind(&mut self, at: usize, scene: &Scene<'_>, out: &mut Vec<Command>) -> Next {
        if let Some(join) = self.joins.get(at) {
            out.push(join.clone());
            return Next::Done;
        }
        let kind = self.kinds.get(at).and_then(|id| scene.codebook().relation(id));
        self.progress = kind.and_then(|kind| Progress::of(scene, kind, &self.origin));
        if self.progress.is_some() { Next::On } else { Next::Done }
    }

    /// Marks were clicked, innermost first: takes the first that may be chosen, else a relation that one of them
    /// leads. Where there is neither, the innermost is refused.
    pub fn choose_of(&mut self, marks: &[AnnotationId], scene: &Scene<'_>, out: &mut Vec<Command>) -> Next {
        let Some((eligible, article)) = self.eligible(scene).zip(scene.focus.article.as_ref()) else {
            return Next::On;
        };
        let target = |id: &AnnotationId| Target { article: article.clone(), item: Item::Annotation(*id) };
        let own: Vec<Target> = marks.iter().map(target).collect();
        let fits = own.iter().find(|t| eligible.refusal(t).is_none()).cloned();
        let led = || marks.iter().find_map(|mark| self.hints.led_by(&eligible, *mark).next().cloned());
        match fits.or_else(led) {
            Some(target) => self.fill(scene, filling(&target), out),
            None => {
                self.refused = own.into_iter().next().map(Refused::Target);
                Next::On
            }
        }
    }

    /// Only marks of other annotators were clicked, which can’t be related.
    pub fn refuse_foreign(&mut self) {
        self.refused = self.progress.is_some().then_some(Refused::Foreign);
    }

    /// A mark or relation was chosen in a list.
    pub fn choose(&mut self, chosen: Target, scene: &Scene<'_>, out: &mut Vec<Command>) -> Next {
        let Some(eligible) = self.eligible(scene) else { return Next::On };
        if eligible.refusal(&chosen).is_none() {
            return self.fill(scene, filling(&chosen), out);
        }
        self.refused = Some(Refused::Target(chosen));
        Next::On
    }

    /// Pushes the command that fills the role; goes on where the role takes one member only.
    fn fill(&mut self, scene: &Scene<'_>, with: Filling, out: &mut Vec<Command>) -> Next {
        let Some(((kind, role), progress)) = self.role(scene).zip(self.progress.as_mut()) else { return Next::Done };
        let into = progress.which(scene, kind, &self.origin);
        let of = MarkRef::from(self.origin.clone());
        out.push(Command::Relate(Relate::Fill { of, kind: kind.id.clone(), role: role.id.clone(), with, into }));
        progress.command_will_run();
        (self.typed, self.refused) = (String::new(), None);
        // A role that takes several stays until one says that it is enough.
        if role.most == Some(1) { self.advance() } else { Next::On }
    }

    /// Takes the selected words and asks for another one for the same role, where it takes several; without words goes
    /// back to the role before for another one.
    pub fn take_another(&mut self, scene: &Scene<'_>, out: &mut Vec<Command>) -> Next {
        if self.role(scene).is_none() {
            return Next::On;
        }
        if scene.selection().is_none() {
            let before = self.progress.as_ref().is_some_and(|progress| progress.at > 0);
            before.then(|| self.go_back());
            return Next::On;
        }
        self.fill(scene, Filling::Selection, out)
    }

    /// Takes the selected words for the role that is asked for, if there are some, and goes on with the next one.
    pub fn go_on(&mut self, scene: &Scene<'_>, out: &mut Vec<Command>) -> Next {
        let at = self.progress.as_ref().map(|progress| progress.at);
        if scene.selection().is_some() && self.fill(scene, Filling::Selection, out) == Next::Done {
            return Next::Done;
        }
        let is_there = self.progress.as_ref().map(|progress| progress.at) == at;
        if is_there { self.advance() } else { Next::On }
    }

    /// Goes on with the next role; done after the last one.
    fn advance(&mut self) -> Next {
        (self.typed, self.refused) = (String::new(), None);
        let Some(progress) = &mut self.progress else { return Next::Done };
        progress.at += 1;
        if progress.at < progress.roles.len() { Next::On } else { Next::Done }
    }

    /// Goes to the role before, and from the first one to the choice of a kind.
    pub fn go_back(&mut self) {
        self.refused = None;
        match &mut self.progress {
            Some(progress) if progress.at > 0 => progress.at -= 1,
            _ if self.kinds.len() > 1 => self.progress = None,
            _ => {}
        }
    }

    pub fn can_go_back(&self) -> bool {
        self.progress.as_ref().is_some_and(|progress| progress.at > 0 || self.kinds.len() > 1)
    }
}

fn filling(target: &Target) -> Filling {
    Filling::Mark(target.clone().into())
}

/// The kinds in which something may fill a role: those whose first role it may fill first, those across articles
/// last.
fn kinds_for<'a>(scene: &Scene<'a>, own: &Filler) -> Vec<&'a RelationKind> {
    let all = scene.codebook().relations.iter();
    let mut kinds: Vec<&RelationKind> =
        all.filter(|kind| kind.roles.len() > 1 && kind.roles.iter().any(|role| role.may_be_filled_by(own))).collect();
    kinds.sort_by_key(|kind| (kind.across_articles, !kind.roles[0].may_be_filled_by(own)));
    kinds
}
