//! A disk on which every call goes wrong in turn: what is done there, and what is found afterwards.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use pressmark::{
    diagnostic::Diagnostic,
    model::{
        edit::{Change, Focus, Kind, Transaction, apply},
        *,
    },
    store::{self, Disk, Folder},
    text::Phrase,
};

use super::{
    faulty::{Fault, Faulty, Lost},
    support::{Place, name, read_all, small, uid},
};

/// Every way in which a call can go wrong.
pub const FAULTS: [Fault; 6] = [
    Fault::Fails,
    Fault::Tears,
    Fault::PowerCut(Lost::Nothing),
    Fault::PowerCut(Lost::Bytes),
    Fault::PowerCut(Lost::Names),
    Fault::PowerCut(Lost::All),
];

/// The ways that leave the most behind, for what takes long.
pub const WORST: [Fault; 3] = [Fault::Fails, Fault::PowerCut(Lost::Names), Fault::PowerCut(Lost::All)];

/// A place with a project, on a disk on which one call may go wrong.
pub struct Trial<'p> {
    pub place: &'p Place,
    pub disk: Disk,
    faulty: Faulty,
    fault: Option<(usize, Fault)>,
}

impl<'p> Trial<'p> {
    fn new(place: &'p Place, fault: Option<(usize, Fault)>) -> Self {
        let faulty = Faulty::default();
        Self { place, disk: Disk::over(Arc::new(faulty.clone())), faulty, fault }
    }

    /// One in which nothing goes wrong.
    pub fn sound(place: &'p Place) -> Self {
        Self::new(place, None)
    }

    /// From now on calls are counted.
    pub fn begin(&self) {
        self.faulty.arm(self.fault);
    }

    /// Ends it, as the power does where that went; gives how many calls there were.
    fn end(&self) -> usize {
        let calls = self.faulty.disarm();
        self.faulty.lose();
        calls
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.place.path(name)
    }
}

/// What an operation says: whether it is done for good.
type Done = Result<(), Diagnostic>;

/// Lets every call of an operation go wrong in every way, and looks each time: there is the old state or the new one.
///
/// The state is looked at on a sound disk.
pub fn check<T: PartialEq + std::fmt::Debug>(
    prepare: impl Fn(&Place),
    operation: impl Fn(&Trial<'_>) -> Done,
    state: impl Fn(&Place) -> T,
) {
    check_in(&FAULTS, prepare, operation, state);
}

/// As [`check`], in these ways.
pub fn check_in<T: PartialEq + std::fmt::Debug>(
    faults: &[Fault],
    prepare: impl Fn(&Place),
    operation: impl Fn(&Trial<'_>) -> Done,
    state: impl Fn(&Place) -> T,
) {
    let place = Place::new();
    prepare(&place);
    let old = state(&place);
    let place = Place::new();
    prepare(&place);
    assert_eq!(operation(&Trial::sound(&place)), Ok(()));
    let new = state(&place);
    assert!(old != new, "it does something");
    check_each(faults, prepare, operation, |place, fault, done| {
        let after = state(place);
        let is_old = after == old;
        assert!(is_old || after == new, "neither old nor new after {fault}: {after:?}");
        assert!(done.is_err() || !is_old, "acknowledged and lost after {fault}");
    });
}

/// As [`check_in`], with a look of one’s own. It must have cleared away what was left lying about.
pub fn check_each(
    faults: &[Fault],
    prepare: impl Fn(&Place),
    operation: impl Fn(&Trial<'_>) -> Done,
    look: impl Fn(&Place, &str, &Done),
) {
    let run = |fault: Option<(usize, Fault)>| {
        let place = Place::new();
        prepare(&place);
        let trial = Trial::new(&place, fault);
        let done = operation(&trial);
        let calls = trial.end();
        let about = fault.map_or("nothing".to_owned(), |(call, fault)| format!("{fault:?} at {call}"));
        // Shown where a look fails.
        println!("after {about}: {done:?}");
        look(&place, &about, &done);
        assert_eq!(litter(&place.path("")), Vec::<String>::new(), "after {about}");
        calls
    };
    let calls = run(None);
    assert!(calls > 0, "it calls something that can fail");
    for fault in faults {
        (0..calls).for_each(|call| _ = run(Some((call, *fault))));
    }
}

/// A sound disk that does not wait for anything to be flushed.
pub fn sound() -> Disk {
    Disk::over(Arc::new(Faulty::default()))
}

/// Everything that no project and no user has put there.
fn litter(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".tmp") || name.ends_with(".new") {
            found.push(name);
        } else if path.is_dir() {
            found.extend(litter(&path));
        }
    }
    found
}

/// The project in `p` as it is after opening it for work, with everything read; `None` where there is none.
pub fn opened(place: &Place) -> Option<Project> {
    let root = place.path("p");
    if !root.join("project.ron").exists() {
        return None;
    }
    let (folder, mut project, _) = store::open_on(&sound(), &root).unwrap();
    assert_eq!(read_all(&folder, &mut project), []);
    drop(folder);
    assert_eq!(store::check_project(&root).unwrap(), [], "nothing is wrong afterwards");
    Some(project)
}

pub fn made(place: &Place) {
    store::create_on(&sound(), &place.path("p"), &small()).unwrap();
}

/// Makes a change as Ana, as the program does: written down, then in the files.
pub fn changing(changes: impl Fn(&Project) -> Vec<Change>) -> impl Fn(&Trial<'_>) -> Done {
    move |trial| {
        let (folder, mut project, _) = store::open_on(&trial.disk, &trial.path("p")).unwrap();
        read_all(&folder, &mut project);
        folder.lock(&name("ana")).unwrap();
        let transaction = transaction(1, changes(&project));
        carried_out(trial, &folder, &mut project, &transaction)
    }
}

/// Carries a transaction out: it is written down, then come the files.
pub fn carried_out(trial: &Trial<'_>, folder: &Folder, project: &mut Project, transaction: &Transaction) -> Done {
    apply(project, &transaction.changes).unwrap();
    trial.begin();
    let behind = folder.record(project, transaction)?;
    // It counts as saved now, whatever becomes of the files.
    folder.save_each(project, &behind);
    Ok(())
}

pub fn transaction(number: u64, changes: Vec<Change>) -> Transaction {
    Transaction {
        id: TransactionId(uid(1000 + number)),
        kind: Kind::Do,
        at_unix_ms: 1_800_000_000_000,
        by: Some(name("ana")),
        label: Phrase::plain("Change"),
        changes,
        focus_before: Focus::default(),
        focus_after: Focus::default(),
    }
}

/// The project as it is after opening it, whatever is set aside in it, and what its files say.
pub fn opened_with_files(place: &Place) -> (Project, BTreeMap<PathBuf, Vec<u8>>) {
    let root = place.path("p");
    let (folder, mut project, _) = store::open_on(&sound(), &root).unwrap();
    let is_lost = |found: &Diagnostic| &*found.code == "words-lost";
    let found = read_all(&folder, &mut project);
    assert!(found.iter().all(is_lost), "{found:?}");
    drop(folder);
    let found = store::check_project(&root).unwrap();
    assert!(found.iter().all(is_lost), "nothing else is wrong afterwards: {found:?}");
    let mut files = place.snapshot();
    files.retain(|path, _| !path.starts_with(root.join("history")));
    (project, files.into_iter().map(|(path, bytes)| (path.strip_prefix(&root).unwrap().to_owned(), bytes)).collect())
}
