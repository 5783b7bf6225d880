//! How often, when and how the program is killed.

use std::{
    env,
    io::{BufRead, BufReader, Read},
    thread::sleep,
    time::{Duration, Instant},
};

use super::{
    cli_support::{Place, program},
    random::Rng,
};

/// How many kills a test makes: a few, or its part of those that are asked for.
pub struct Budget {
    pub percent: usize,
    pub few: usize,
}

impl Budget {
    pub fn kills(&self) -> usize {
        asked("PRESSMARK_KILLS").map_or(self.few, |all| (all * self.percent / 100).max(1))
    }

    /// Always the same where only a few are made.
    pub fn seed() -> u64 {
        let own = || asked("PRESSMARK_KILLS").map(|_| std::process::id() as usize * 1000);
        asked("PRESSMARK_SEED").or_else(own).unwrap_or(1) as u64
    }
}

fn asked(variable: &str) -> Option<usize> {
    env::var(variable).ok()?.parse().ok()
}

/// When the program is killed.
#[derive(Clone, Copy, Debug)]
pub enum Moment {
    /// So long after it began.
    At(Duration),
    /// So long after it has printed so many lines.
    AfterLines(usize, Duration),
}

impl Moment {
    /// A moment of a program that takes about so long and prints about so many lines.
    pub fn any(rng: &mut Rng, takes: Duration, lines: usize) -> Self {
        let up_to = |rng: &mut Rng, most: Duration| most.mul_f64(rng.below(10_000) as f64 / 1e4);
        match rng.below(2) {
            0 if lines > 0 => Self::AfterLines(rng.below(lines), up_to(rng, Duration::from_millis(4))),
            _ => Self::At(up_to(rng, takes.mul_f64(1.1))),
        }
    }
}

/// What came of a program.
#[derive(Debug)]
pub struct Ended {
    /// Whether it was killed, and had not ended by itself.
    pub is_killed: bool,
    /// The whole lines that it printed.
    pub lines: Vec<String>,
    pub took: Duration,
}

/// Runs the program to its end, or until the moment has come.
pub fn run_until(place: &Place, arguments: &[&str], moment: Option<Moment>) -> Ended {
    let began = Instant::now();
    let mut child = program(&place.path(""), arguments);
    drop(child.stdin.take());
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut printed = String::new();
    match moment {
        Some(Moment::At(after)) => sleep(after),
        Some(Moment::AfterLines(lines, then)) => {
            (0..lines).for_each(|_| _ = out.read_line(&mut printed).unwrap());
            sleep(then);
        }
        None => _ = out.read_to_string(&mut printed).unwrap(),
    }
    if moment.is_some() {
        // One that has ended already is only waited for.
        let _ = child.kill();
    }
    out.read_to_string(&mut printed).unwrap();
    let ended = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&ended.stderr);
    // Where something was found that a person is to look at it is 1.
    let has_worked = ended.status.code().is_some_and(|code| code < 2);
    let is_killed = moment.is_some() && if cfg!(unix) { ended.status.code().is_none() } else { !has_worked };
    assert!(is_killed || has_worked, "{arguments:?} failed: {told}");
    let whole = printed.rfind('\n').map_or("", |end| &printed[..end]);
    Ended { is_killed, lines: whole.lines().map(str::to_owned).collect(), took: began.elapsed() }
}
