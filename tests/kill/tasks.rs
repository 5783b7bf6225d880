//! Tasks of the command line that are killed on their way: afterwards all of one is done or nothing.

use std::{fs, time::Duration};

use pressmark::store;

use super::{
    cli_support::Place,
    content::{Content, content, difference},
    killing::{Budget, Moment, litter, run_until},
    random::Rng,
};

/// So many articles are marked, each by two annotators.
const ARTICLES: usize = 20;

/// A task in a place where there is a project `p` and what else tasks need.
pub struct Task {
    arguments: Vec<&'static str>,
    ready: Place,
}

impl Task {
    pub fn run(arguments: &[&'static str]) -> Self {
        Self { arguments: arguments.to_vec(), ready: ready() }
    }

    pub fn check(&self, budget: Budget) {
        let mut rng = Rng::new(Budget::seed());
        let old = state(&self.place());
        let (new, takes) = self.finished();
        assert!(old != new, "{:?} does something", self.arguments);
        let (mut kills, mut done, mut late) = (0, 0, 0);
        while kills < budget.kills() {
            let place = self.place();
            let moment = Moment::any(&mut rng, takes, 0);
            let ended = run_until(&place, &self.arguments, Some(moment));
            let found = state(&place);
            let about = format!("{:?} killed {moment:?}", self.arguments);
            assert_eq!(litter(&place.path("")), Vec::<String>::new(), "{about}");
            assert!(found == new || ended.is_killed, "{about}: {}", difference(&new, &found));
            assert!(
                found == new || found == old,
                "{about}: {}\nor{}",
                difference(&new, &found),
                difference(&old, &found)
            );
            kills += usize::from(ended.is_killed);
            done += usize::from(ended.is_killed && found == new);
            late += usize::from(!ended.is_killed);
        }
        println!(
            "{:?}: {kills} kills, {done} of them after the task was done, and {late} that came too late",
            self.arguments
        );
    }

    /// What a task leaves that nobody kills, and how long it takes.
    fn finished(&self) -> (Content, Duration) {
        let place = self.place();
        let ended = run_until(&place, &self.arguments, None);
        (state(&place), ended.took)
    }

    fn place(&self) -> Place {
        self.ready.copied()
    }
}

/// A project with marks of two annotators, a packed one, an export, and articles that could be added.
fn ready() -> Place {
    let place = Place::new();
    let article = |n: usize| format!("Report {n}\n\nThe toll is fair, the mayor said, {n} times.\n");
    (0..ARTICLES).for_each(|n| place.write(&format!("old/{n}.txt"), article(n)));
    (ARTICLES..ARTICLES + 5).for_each(|n| place.write(&format!("news/{n}.txt"), article(n)));
    place.ok(&["new", "p"]);
    place.ok(&["add", "p", "old"]);
    let mark = |words, label| {
        format!("Article(Next), Select(Words(words: {words:?})), Mark(Label({label:?})),").repeat(ARTICLES)
    };
    place.write("claims.ron", format!("[{}]", mark("toll is fair", "claim")));
    place.write("cues.ron", format!("[{}]", mark("said", "cue")));
    place.ok(&["run", "p", "claims.ron", "--annotator", "Ana"]);
    place.ok(&["run", "p", "cues.ron", "--annotator", "Ben"]);
    place.ok(&["export", "p", "--to", "all.jsonl"]);
    place.ok(&["pack", "p", "whole.ron"]);
    place.write("more.ron", format!("[{}]", mark("mayor", "source")));
    place.ok(&["run", "p", "more.ron", "--annotator", "Ben"]);
    place.write("begin.ron", "[]");
    place.write("remove-label.ron", "[Codebook(RemoveLabel(label: \"claim\", marks: Relabel(\"quote\")))]");
    place
}

/// All that there is, after whatever was left lying about has been cleared away as it is in work.
fn state(place: &Place) -> Content {
    let mut lines: Vec<String> = ["p", "q"].iter().flat_map(|name| project(place, name)).collect();
    let text = |name: &str| fs::read_to_string(place.path(name)).map(|text| format!("{name} {text}"));
    lines.extend(["all.jsonl", "packed.ron"].iter().filter_map(|name| text(name).ok()));
    // The next one of each kind that is made here clears away what was left of the last.
    place.ok(&["unpack", "whole.ron", "other"]);
    place.ok(&["export", "other", "--to", "other.jsonl"]);
    lines
}

fn project(place: &Place, name: &str) -> Content {
    if !place.path(name).join("project.ron").exists() {
        // Whatever is left of one is in nobody’s way.
        if name == "q" {
            place.ok(&["new", name]);
            fs::remove_dir_all(place.path(name)).unwrap();
        }
        return Vec::new();
    }
    let (folder, mut project, found) = store::open(&place.path(name)).unwrap();
    for diagnostic in found {
        assert!(["recovered", "torn-line"].contains(&&*diagnostic.code), "{diagnostic}");
    }
    let ids: Vec<_> = project.articles().map(|(id, _)| id.clone()).collect();
    ids.iter().for_each(|id| assert_eq!(folder.read_article(&mut project, id), Ok(vec![])));
    drop(folder);
    assert_eq!(store::check_project(&place.path(name)).unwrap(), []);
    content(&project).into_iter().map(|line| format!("{name}: {line}")).collect()
}
