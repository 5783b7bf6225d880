//! Rounds of edits that end in a kill each, in one project: afterwards it is as it was after one of the commands, and not
//! before the last one that was acknowledged. In the end all of it is taken back.

use std::{fs, path::PathBuf, time::Duration};

use pressmark::{
    cli::script,
    command::{Command, Show, project::ProjectCommand},
    model::{AnnotatorId, Item, Member, Project, RelationId, Target},
    runner::SystemMint,
    session::{InMemory, Run, Session},
};

use super::{
    author::Author,
    cli_support::Place,
    content::{content, difference, litter, opened},
    killing::{Budget, Moment, run_until},
};

const ANA: &str = "Ana";

/// What a round is made of.
#[derive(Clone, Copy)]
pub struct Round {
    pub articles: usize,
    /// Made before the first kill, in all articles together.
    pub marks: usize,
    /// Of each script, about.
    pub commands: usize,
    pub kills: usize,
}

/// The project after a command, and before each step that undo takes back.
#[derive(Clone)]
struct State {
    project: Project,
    steps: Vec<Project>,
    /// What Ana’s journal tells.
    entries: usize,
}

/// Makes rounds until there have been enough kills.
pub fn check(name: &str, budget: Budget, round: Round) {
    let (all, first) = (budget.kills(), Budget::seed());
    let mut seen = Seen::default();
    for seed in first.. {
        let left = all - seen.kills;
        if left == 0 {
            break;
        }
        Work::begin(seed, round).go_on(left.min(round.kills), &mut seen);
    }
    let Seen { kills, ended, commands, acknowledged, undone } = seen;
    println!(
        "{name}: {kills} kills and {ended} that came too late, {acknowledged} of {commands} commands acknowledged and all \
         of them there, {undone} steps undone"
    );
}

#[derive(Default)]
struct Seen {
    kills: usize,
    ended: usize,
    commands: usize,
    acknowledged: usize,
    undone: usize,
}

/// A project on the disk, and what it must be.
struct Work {
    place: Place,
    author: Author,
    round: Round,
    seed: u64,
    state: State,
    /// So long a script takes, about.
    takes: Duration,
}

impl Work {
    fn begin(seed: u64, round: Round) -> Self {
        let place = Place::new();
        place.ok(&["new", "p"]);
        for n in 0..round.articles {
            let words = |paragraph: usize| {
                let word = |word: usize| format!("word{n}-{paragraph}-{word}");
                (0..40).map(word).collect::<Vec<_>>().join(" ") + ".\n\n"
            };
            let paragraphs = 2 + round.marks / round.articles / 40;
            place.write(&format!("news/{n}.txt"), (0..paragraphs).map(words).collect::<String>());
        }
        place.ok(&["add", "p", "news"]);
        place.write("begin.ron", begin(&place, round.marks));
        let began = run_until(&place, &["run", "p", "begin.ron", "--annotator", ANA, "--ack"], None);
        let takes = began.took.max(Duration::from_millis(50)) * 2;
        let state = State { project: opened(&place.path("p")), steps: Vec::new(), entries: entries(&place) };
        Self { place, author: Author::new(seed), round, seed, state, takes }
    }

    fn go_on(mut self, kills: usize, seen: &mut Seen) {
        let until = seen.kills + kills;
        while seen.kills < until {
            let (script, mut states) = self.make_up();
            self.place.write("script.ron", &script);
            let moment = Moment::any(&mut self.author.rng, self.takes, states.len());
            let ended = run_until(&self.place, &["run", "p", "script.ron", "--annotator", ANA, "--ack"], Some(moment));
            let acknowledged = ended.lines.len();
            assert!((1..).zip(&ended.lines).all(|(n, line): (usize, _)| n.to_string() == *line), "{:?}", ended.lines);
            if self.author.rng.below(4) == 0 {
                // What mends the files may be killed too.
                let soon = Moment::any(&mut self.author.rng, Duration::from_millis(40), 0);
                run_until(&self.place, &["list", "p"], Some(soon));
            }
            seen.kills += usize::from(ended.is_killed);
            seen.ended += usize::from(!ended.is_killed);
            seen.commands += states.len() - 1;
            seen.acknowledged += acknowledged;
            if !ended.is_killed {
                self.takes = ended.took;
            }
            let reached = self.reached(&states[acknowledged..], &format!("{moment:?}, {acknowledged} acknowledged"));
            self.state = states.swap_remove(acknowledged + reached);
        }
        seen.undone += self.undo_all();
    }

    /// Has the program take back everything that Ana has done, in one run and across all that were killed, and gives how
    /// many steps that were.
    fn undo_all(&self) -> usize {
        let script = |undo: usize| format!("[{}]", "Undo,".repeat(undo));
        self.place.write("undo.ron", script(self.state.steps.len()));
        self.place.ok(&["run", "p", "undo.ron", "--annotator", ANA]);
        let (expected, found) =
            (content(self.state.steps.first().unwrap_or(&self.state.project)), content(&opened(&self.place.path("p"))));
        assert!(expected == found, "seed {}, all undone: {}", self.seed, difference(&expected, &found));
        self.state.steps.len()
    }

    /// A script that can be run where the project stands, and the project before it and after each of its commands.
    fn make_up(&mut self) -> (String, Vec<State>) {
        let mut model = InMemory::new(Session::new(self.state.project.clone()), SystemMint::default());
        model.run(&Command::Project(ProjectCommand::WorkAs(ANA.to_owned()))).unwrap();
        let (mut script, mut states) = (String::new(), vec![self.state.clone()]);
        while states.len() <= self.round.commands {
            for line in self.author.edit(model.session()) {
                let step = script::parse(&format!("[{line}]")).unwrap_or_else(|why| panic!("{line}: {why}"));
                let Ok(shown) = model.run(&step[0].command) else { break };
                let mut state = states[states.len() - 1].clone();
                let done = self.state.steps.len() + model.session().history().done().len();
                if done > state.steps.len() {
                    state.steps.push(state.project);
                }
                state.steps.truncate(done);
                state.project = model.session().project().clone();
                state.entries += shown.iter().filter(|show| matches!(show, Show::Changed(_))).count();
                states.push(state);
                script.push_str(&line);
                script.push_str(",\n");
            }
        }
        (format!("[{script}]"), states)
    }

    /// Which of these the project on the disk is.
    fn reached(&self, states: &[State], about: &str) -> usize {
        let about = format!("seed {}, {about}, in {}", self.seed, self.place.path("p").display());
        let project = opened(&self.place.path("p"));
        assert_eq!(litter(&self.place.path("p")), Vec::<String>::new(), "{about}");
        let (found, entries) = (content(&project), entries(&self.place));
        let is_it = |state: &State| state.entries == entries && content(&state.project) == found;
        states.iter().position(is_it).unwrap_or_else(|| {
            let expected = content(&states[0].project);
            let script = self.place.read("script.ron");
            panic!("{about}, {entries} entries: {}\nafter\n{script}", difference(&expected, &found))
        })
    }
}

/// The script that comes before the first kill.
fn begin(place: &Place, marks: usize) -> String {
    let articles = fs::read_dir(place.path("p/articles")).unwrap().map(|entry| entry.unwrap().path());
    let articles: Vec<PathBuf> = articles.collect();
    let mut places = String::new();
    for path in &articles {
        let (id, text) = (path.file_stem().unwrap().to_str().unwrap(), fs::read_to_string(path).unwrap());
        // The text is the last part of the file, as a raw string.
        let text = &text[text.rfind("r#\"").unwrap() + 3..];
        let starts = text.match_indices("word").map(|(at, _)| at).take(marks / articles.len());
        starts.for_each(|at| places.push_str(&format!("(article: {id:?}, start: {at}, end: {}), ", at + 4)));
    }
    if marks == 0 { "[]".to_owned() } else { format!("[Mark(Occurrences(label: \"claim\", places: [{places}]))]") }
}

/// How many entries Ana’s journal has.
fn entries(place: &Place) -> usize {
    let files = fs::read_dir(place.path("p/history/ana")).into_iter().flatten().map(|entry| entry.unwrap().path());
    let journal = files.filter(|path| path.extension().is_some_and(|extension| extension == "ron"));
    journal.map(|path| fs::read_to_string(path).unwrap().matches("(v: 2, id: ").count()).sum()
}

/// Carries out many edits that nobody kills, and sees after each that every relation across articles has its members.
pub fn check_edits(seed: u64, commands: usize) {
    let place = Place::new();
    place.ok(&["new", "p"]);
    for n in 0..3 {
        let words: Vec<String> = (0..60).map(|word| format!("word{n}-{word}")).collect();
        let paragraphs = words.chunks(20).map(|part| part.join(" ") + ".\n\n");
        place.write(&format!("news/{n}.txt"), paragraphs.collect::<String>());
    }
    place.ok(&["add", "p", "news"]);
    let mut author = Author::new(seed);
    let mut model = InMemory::new(Session::new(opened(&place.path("p"))), SystemMint::default());
    model.run(&Command::Project(ProjectCommand::WorkAs(ANA.to_owned()))).unwrap();
    for _ in 0..commands {
        for line in author.edit(model.session()) {
            let step = script::parse(&format!("[{line}]")).unwrap_or_else(|why| panic!("{line}: {why}"));
            if model.run(&step[0].command).is_err() {
                break;
            }
            let wrong = with_wrong_members(model.session().project());
            assert!(wrong.is_empty(), "seed {seed}: {wrong:?} after {line}");
        }
    }
}

/// The relations across articles of which a member is not there, or stands in two roles.
fn with_wrong_members(project: &Project) -> Vec<RelationId> {
    let is_there = |by: &AnnotatorId, Target { article, item }: &Target| match item {
        Item::Annotation(id) => project.layer(article, by).is_some_and(|layer| layer.annotation(*id).is_some()),
        Item::Relation(_) => true,
    };
    let is_wrong = |by: &AnnotatorId, members: &[Member]| {
        let twice = members.iter().enumerate().any(|(n, m)| members[..n].iter().any(|other| other.target == m.target));
        twice || !members.iter().all(|member| is_there(by, &member.target))
    };
    let all = project.all_links().flat_map(|(by, links)| links.iter().map(move |row| (by, row)));
    all.filter(|(by, (_, relation))| is_wrong(by, &relation.members)).map(|(_, (id, _))| id).collect()
}
