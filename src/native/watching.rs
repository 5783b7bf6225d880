//! Watching a project's folder: what other programs change in it is noticed when it happens.
//!
//! Many files change together, as when version control brings the work of others: what comes within a moment is told
//! at once. What the system can't watch is looked for when the window gets the focus.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::{
    diagnostic::Diagnostic,
    jobs::{Job, Wake},
    phrase,
    runner::Notice,
};

/// What comes one after the other within this is told together.
const QUIET: Duration = Duration::from_millis(300);
/// Where it never becomes quiet, it is told so often.
const AT_LATEST: Duration = Duration::from_secs(2);

/// A folder that is watched as long as this is held.
pub struct Watching {
    /// With it the channel closes, and the thread ends.
    starting: Option<Job<RecommendedWatcher>>,
    /// Watches as long as it is there; `None` where the system can’t.
    _watcher: Option<RecommendedWatcher>,
}

impl Watching {
    /// Watches a folder, and wakes when there is something to be brought in.
    pub fn start(folder: &Path, notice: Notice, wake: Wake) -> Self {
        let folder = folder.to_owned();
        let again = wake.clone();
        // The system may take its time over folders on a network.
        let starting = Job::start("Watching the folder", Some(wake), move |_| {
            let (send, events) = channel();
            let handler = move |event: notify::Result<Event>| {
                if let Ok(event) = event
                    && !event.kind.is_access()
                {
                    // Nobody listens any more where the window is closing.
                    let _ = send.send(event.paths);
                }
            };
            let watcher = notify::recommended_watcher(handler).and_then(|mut watcher| {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
                Ok(watcher)
            });
            let watcher = watcher.map_err(|error| vec![not_watched(&folder, &error)])?;
            let listen = move || tell(&events, &notice, &again);
            std::thread::Builder::new()
                .name("watching".to_owned())
                .spawn(listen)
                .map_err(|error| vec![not_watched(&folder, &error.into())])?;
            Ok(watcher)
        });
        Self { starting: Some(starting), _watcher: None }
    }

    /// Why the folder can't be watched; it is told once.
    pub fn take_trouble(&mut self) -> Vec<Diagnostic> {
        let Some(outcome) = self.starting.as_ref().and_then(Job::take) else { return Vec::new() };
        self.starting = None;
        match outcome {
            Ok(watcher) => {
                self._watcher = Some(watcher);
                Vec::new()
            }
            Err(why) => why,
        }
    }
}

/// Tells of what has changed, until the watcher is gone.
fn tell(events: &Receiver<Vec<PathBuf>>, notice: &Notice, wake: &Wake) {
    while let Ok(mut paths) = events.recv() {
        let until = Instant::now() + AT_LATEST;
        while Instant::now() < until
            && let Ok(more) = events.recv_timeout(QUIET)
        {
            paths.extend(more);
        }
        paths.sort_unstable();
        paths.dedup();
        if notice.changed(&paths) {
            wake();
        }
    }
}

/// What is said where the system can’t watch the folder.
fn not_watched(folder: &Path, why: &notify::Error) -> Diagnostic {
    let why = why.to_string();
    Diagnostic::warning("not-watched", phrase!("Changes by other programs can’t be noticed at once: {why}", why))
        .at_path(folder.display())
        .hint("They are looked for whenever you come back to the window")
}

#[cfg(test)]
mod tests {
    use std::{fs, sync::Arc};

    use super::*;
    use crate::{command::Show, runner::Runner};

    #[test]
    fn what_another_program_changes_is_brought_in_without_asking() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("p");
        let mut runner = Runner::create(&folder, "Toll", "news").unwrap();
        let (send, woken) = channel();
        let wake: Wake = Arc::new(move || _ = send.send(()));
        let own = wake.clone();
        runner.wake_with(move || own());
        let mut watching = Watching::start(&folder, runner.notice(), wake);
        // It has begun when the job has woken.
        woken.recv_timeout(Duration::from_secs(60)).unwrap();
        assert_eq!(watching.take_trouble(), []);
        let project = folder.join("project.ron");
        fs::write(&project, fs::read_to_string(&project).unwrap().replace("Toll", "Bridge")).unwrap();
        let until = Instant::now() + Duration::from_secs(60);
        while !runner.bring_in().contains(&Show::WasChangedOutside) {
            assert!(Instant::now() < until, "nothing was noticed");
            let _ = woken.recv_timeout(Duration::from_millis(100));
        }
        assert_eq!(crate::session::Run::session(&runner).project().name(), "Bridge");
    }
}
