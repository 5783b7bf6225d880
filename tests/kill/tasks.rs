//! Tasks of the command line that are killed on their way: afterwards all of one is done or nothing, or as many of its
//! parts as there are.

use std::time::Duration;

use super::{
    cli_support::Place,
    content::{Content, difference, litter},
    killing::{Budget, Moment, run_until},
    random::Rng,
};

/// A task in a place where it can be done.
pub struct Task {
    arguments: Vec<String>,
    ready: Place,
    state: fn(&Place) -> Content,
    halfway: Halfway,
}

/// What may be there besides the old and the new state.
enum Halfway {
    Nothing,
    /// One of these. The task goes on where it is begun again.
    Steps(Vec<Content>),
    /// Of each thing what it was or what it becomes. The task goes on where it is begun again.
    Parts,
}

impl Task {
    /// `state` tells what is there, after it has cleared away what was left lying about as that is done in work.
    pub fn new(ready: Place, arguments: &[&str], state: fn(&Place) -> Content) -> Self {
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        Self { arguments, ready, state, halfway: Halfway::Nothing }
    }

    /// With states that one who is killed may leave.
    pub fn by_steps(self, steps: Vec<Content>) -> Self {
        Self { halfway: Halfway::Steps(steps), ..self }
    }

    /// A task of several parts, of which each is done whole.
    pub fn by_parts(self) -> Self {
        Self { halfway: Halfway::Parts, ..self }
    }

    pub fn check(&self, budget: Budget) {
        let mut rng = Rng::new(Budget::seed());
        let old = (self.state)(&self.place());
        let (new, takes) = self.finished();
        assert!(old != new, "{:?} does something", self.arguments);
        let (mut kills, mut done, mut late) = (0, 0, 0);
        while kills < budget.kills() {
            let place = self.place();
            let moment = Moment::any(&mut rng, takes, 0);
            let ended = run_until(&place, &self.arguments(), Some(moment));
            let found = (self.state)(&place);
            let about = format!("{:?} killed {moment:?}", self.arguments);
            assert_eq!(litter(&place.path("")), Vec::<String>::new(), "{about}");
            assert!(found == new || ended.is_killed, "{about}: {}", difference(&new, &found));
            assert!(
                found == new || found == old || self.is_halfway(&found, &old, &new),
                "{about}: {}\nor{}",
                difference(&new, &found),
                difference(&old, &found)
            );
            if found != new && !matches!(self.halfway, Halfway::Nothing) {
                run_until(&place, &self.arguments(), None);
                let found = (self.state)(&place);
                assert!(found == new, "{about} and begun again: {}", difference(&new, &found));
            }
            kills += usize::from(ended.is_killed);
            done += usize::from(ended.is_killed && found == new);
            late += usize::from(!ended.is_killed);
        }
        println!(
            "{:?}: {kills} kills, {done} of them after the task was done, and {late} that came too late",
            self.arguments
        );
    }

    fn is_halfway(&self, found: &Content, old: &Content, new: &Content) -> bool {
        match &self.halfway {
            Halfway::Nothing => false,
            Halfway::Steps(steps) => steps.contains(found),
            Halfway::Parts => found.iter().all(|line| old.contains(line) || new.contains(line)),
        }
    }

    /// What a task leaves that nobody kills, and how long it takes.
    fn finished(&self) -> (Content, Duration) {
        let place = self.place();
        let ended = run_until(&place, &self.arguments(), None);
        ((self.state)(&place), ended.took)
    }

    fn arguments(&self) -> Vec<&str> {
        self.arguments.iter().map(String::as_str).collect()
    }

    fn place(&self) -> Place {
        self.ready.copied()
    }
}
