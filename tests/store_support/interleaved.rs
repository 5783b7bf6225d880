//! Two at work in one project, an editor, crashes and undo, in any order, held against a plain map: what was written down
//! is there, and nothing else has changed.

use std::{collections::BTreeMap, fs, sync::Arc};

use pressmark::{
    model::{
        edit::{Change, Focus, Kind, Transaction, apply},
        *,
    },
    store::{self, Disk, Folder},
    text::Phrase,
};

use super::{
    faulty::Faulty,
    random::Rng,
    support::{Place, article_named, mark, name, read_all, small, uid},
};

const ROUNDS: u64 = 12;
const STEPS: usize = 60;
const TEXT: &str = "He said: 214 million.\n";

/// The note of each mark, by annotator.
type Notes = BTreeMap<(AnnotatorId, AnnotationId), String>;

/// Somebody at work: what they have opened, and what they can take back.
struct Somebody {
    who: AnnotatorId,
    folder: Folder,
    project: Project,
    done: Vec<Transaction>,
}

struct World {
    place: Place,
    rng: Rng,
    next: u64,
    article: ArticleId,
    expected: Notes,
}

impl World {
    fn disk() -> Disk {
        Disk::over(Arc::new(Faulty::default()))
    }

    fn open(&self, who: &str) -> Somebody {
        let who: AnnotatorId = name(who);
        let (folder, mut project, _) = store::open_on(&Self::disk(), &self.place.path("p")).unwrap();
        read_all(&folder, &mut project);
        folder.lock(&who).unwrap();
        Somebody { who, folder, project, done: Vec::new() }
    }

    /// Adds a mark, changes a note, removes a mark or takes the last step back; the files follow at once, or not.
    fn work(&mut self, somebody: &mut Somebody) {
        let undo = if self.rng.below(4) == 0 { somebody.done.pop() } else { None };
        self.next += 2;
        let (kind, changes) = match &undo {
            Some(step) => (Kind::Undo(step.id), step.inverse()),
            None => (Kind::Do, vec![self.change(somebody)]),
        };
        let transaction = Transaction {
            id: TransactionId(uid(5000 + self.next)),
            kind,
            at_unix_ms: 1_800_000_000_000,
            by: Some(somebody.who.clone()),
            label: Phrase::plain("Change"),
            changes,
            focus_before: Focus::default(),
            focus_after: Focus::default(),
        };
        apply(&mut somebody.project, &transaction.changes).unwrap();
        let behind = somebody.folder.record(&somebody.project, &transaction).unwrap();
        for change in &transaction.changes {
            let Change::Annotation { annotator, id, after, .. } = change else { panic!("marks alone are changed") };
            match after {
                Some(mark) => self.expected.insert((annotator.clone(), *id), mark.note.clone()),
                None => self.expected.remove(&(annotator.clone(), *id)),
            };
        }
        if undo.is_none() {
            somebody.done.push(transaction);
        }
        if self.rng.below(2) == 0 {
            assert_eq!(somebody.folder.save_each(&somebody.project, &behind), []);
        }
    }

    fn change(&mut self, somebody: &Somebody) -> Change {
        let layer = somebody.project.layer(&self.article, &somebody.who);
        let marks: Vec<_> = layer.into_iter().flat_map(Layer::annotations).collect();
        let old = marks.get(self.rng.below(marks.len() + 1)).map(|(id, mark)| (*id, Arc::clone(mark)));
        let note = format!("note {} “{}”", self.next, self.rng.below(100));
        let (id, before, after) = match old {
            None => (AnnotationId(uid(5001 + self.next)), None, Some(mark("claim", TEXT, "214 million"))),
            Some((id, before)) if self.rng.below(4) == 0 => (id, Some(before), None),
            Some((id, before)) => {
                let after = Annotation { note, ..(*before).clone() };
                (id, Some(before), Some(after))
            }
        };
        let (article, annotator) = (self.article.clone(), somebody.who.clone());
        Change::Annotation { article, annotator, id, before, after: after.map(Arc::new) }
    }

    /// Changes a note in a file, as an editor does when nobody is at work.
    fn edit(&mut self) {
        let Some(((who, id), note)) = self.expected.iter().find(|(_, note)| !note.is_empty()) else { return };
        let (key, path) = ((who.clone(), *id), format!("p/layers/{who}/{}.ron", self.article));
        let path = self.place.path(&path);
        let new = format!("edited {}", self.next);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replacen(&format!("{note:?}"), &format!("{new:?}"), 1)).unwrap();
        self.expected.insert(key, new);
    }

    fn hold(&self, about: &str) {
        let (folder, mut project, _) = store::open_on(&Self::disk(), &self.place.path("p")).unwrap();
        assert_eq!(read_all(&folder, &mut project), [], "{about}");
        let layers = project.layers(&self.article).filter_map(|(who, slot)| match slot {
            LayerSlot::Read(layer) => Some((who, layer)),
            LayerSlot::Unread(_) => None,
        });
        let marks = layers.flat_map(|(who, layer)| layer.annotations().map(move |(id, mark)| (who, id, mark)));
        let found: Notes = marks.map(|(who, id, mark)| ((who.clone(), id), mark.note.clone())).collect();
        assert_eq!(found, self.expected, "{about}");
    }
}

#[test]
fn whatever_two_an_editor_and_crashes_do_what_was_written_down_is_there() {
    for seed in 1..=ROUNDS {
        let place = Place::new();
        let project = small();
        store::create_on(&World::disk(), &place.path("p"), &project).unwrap();
        let article = article_named(&project, "Drivers to pay");
        let layer = project.layer(&article, &name("ben")).unwrap();
        let expected = layer.annotations().map(|(id, mark)| ((name("ben"), id), mark.note.clone())).collect();
        let mut world = World { place, rng: Rng::new(seed), next: 0, article, expected };
        let mut both = ["ana", "ben"].map(|who| world.open(who));
        for step in 0..STEPS {
            let about = format!("seed {seed}, step {step}");
            let who = world.rng.below(2);
            match world.rng.below(12) {
                // A crash of one: what it had written down and not in files is carried out at the next opening.
                0 => {
                    let name = both[who].who.as_str().to_owned();
                    let [ana, ben] = both;
                    let (gone, other) = if who == 0 { (ana, ben) } else { (ben, ana) };
                    drop(gone);
                    let again = world.open(&name);
                    both = if who == 0 { [again, other] } else { [other, again] };
                }
                // Both go, an editor comes.
                1 => {
                    drop(both);
                    world.hold(&about);
                    world.edit();
                    world.hold(&about);
                    both = ["ana", "ben"].map(|who| world.open(who));
                }
                2 => {
                    let other = both[1 - who].who.clone();
                    assert_eq!(both[who].folder.lock(&other).unwrap_err().code, "in-use", "{about}");
                    both[who].folder.lock(&both[who].who.clone()).unwrap();
                }
                _ => world.work(&mut both[who]),
            }
        }
        drop(both);
        world.hold(&format!("seed {seed}"));
    }
}
