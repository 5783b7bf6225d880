//! The same work beside the fastest peer, and the memory it takes.

use std::process::Command as Process;

use egui::{Key, Modifiers};

use pressmark::store;

use crate::desk::{Desk, Size};

/// The fastest of brat, Label Studio, doccano and recogito's text annotator on the same text and number of marks,
/// measured in headless Chromium on a machine of the same class.
struct Peer {
    bytes: usize,
    marks: usize,
    open: (&'static str, f64),
    add: (&'static str, f64),
}

const PEERS: [Peer; 8] = [
    Peer { bytes: 5_000, marks: 50, open: ("recogito", 94.0), add: ("doccano", 25.0) },
    Peer { bytes: 5_000, marks: 200, open: ("recogito", 98.0), add: ("doccano", 28.0) },
    Peer { bytes: 50_000, marks: 500, open: ("recogito", 147.0), add: ("doccano", 31.0) },
    Peer { bytes: 50_000, marks: 2_000, open: ("recogito", 351.0), add: ("recogito", 47.0) },
    Peer { bytes: 500_000, marks: 5_000, open: ("doccano", 1_998.0), add: ("recogito", 47.0) },
    Peer { bytes: 500_000, marks: 20_000, open: ("doccano", 2_916.0), add: ("recogito", 48.0) },
    Peer { bytes: 5_000_000, marks: 50_000, open: ("doccano", 14_077.0), add: ("doccano", 991.0) },
    Peer { bytes: 5_000_000, marks: 200_000, open: ("doccano", 21_281.0), add: ("doccano", 5_620.0) },
];

/// Bytes of the generated text for a word, roughly.
const BYTES_A_WORD: usize = 6;
const ROUNDS: usize = 30;
/// An article of so many words fills the window.
const WORDS_IN_VIEW: usize = 900;

pub fn compare() {
    for peer in PEERS {
        let words = peer.bytes / BYTES_A_WORD;
        let mut desk = Desk::of(Size { words, every: words / peer.marks });
        let place = tempfile::tempdir().expect("a temporary folder");
        let root = place.path().join("project");
        let project = desk.app.session().expect("a session is set").project();
        store::create(&root, project).expect("it can be written");
        let mut opening: Vec<f64> = (0..ROUNDS).map(|_| desk.open_first()).collect();
        let mut reading: Vec<f64> = (0..ROUNDS).map(|_| desk.open_kept(&root)).collect();
        let mut adding: Vec<f64> = (0..ROUNDS)
            .map(|round| {
                desk.select(round * 2, round * 2 + 3);
                desk.change(Key::Num3, Modifiers::NONE)
            })
            .collect();
        let compared = [
            ("open", &mut opening, peer.open),
            ("read-and-open", &mut reading, peer.open),
            ("add", &mut adding, peer.add),
        ];
        for (what, times, (name, theirs)) in compared {
            times.sort_by(f64::total_cmp);
            let ours = times[times.len() / 2];
            println!(
                "page peer {what} bytes={} marks={} ours_ms={ours:.3} peer={name} peer_ms={theirs:.0} ratio={:.0}",
                desk.bytes,
                desk.marks.len(),
                theirs / ours
            );
        }
    }
}

/// Starts a process for each size. It is held against one for next to nothing, which is as good as an empty window,
/// and against one that fills the window: what is painted takes memory for itself, however short the article is.
pub fn memory(sizes: &[usize]) {
    let (Some(empty), Some(full)) = (memory_of(20), memory_of(WORDS_IN_VIEW)) else { return };
    for found in sizes.iter().filter_map(|&words| memory_of(words)) {
        let Memory { bytes, marks, resident } = found;
        let allowed = |than: &Memory| 6.0 * (bytes - than.bytes) + 200.0 * (marks - than.marks);
        let ratio = |than: &Memory| (resident - than.resident) / allowed(than);
        print!(
            "page memory bytes={bytes} marks={marks} resident_mb={:.1} more_mb={:.1} allowed_mb={:.1} ratio={:.2}",
            resident / 1e6,
            (resident - empty.resident) / 1e6,
            allowed(&empty) / 1e6,
            ratio(&empty),
        );
        let beyond =
            if bytes > 2.0 * full.bytes { format!(" ratio_beyond_view={:.2}", ratio(&full)) } else { String::new() };
        println!("{beyond}");
    }
}

struct Memory {
    bytes: f64,
    marks: f64,
    resident: f64,
}

fn memory_of(words: usize) -> Option<Memory> {
    let this = std::env::current_exe().ok()?;
    let output = Process::new(this).args(["memory", &words.to_string()]).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = text.split_whitespace().filter_map(|word| word.parse().ok());
    Some(Memory { bytes: numbers.next()?, marks: numbers.next()?, resident: numbers.next()? })
}

/// Opens an article, looks at its end and its beginning, and prints its bytes, its marks and the memory in bytes.
pub fn print_memory(size: Size) {
    let mut desk = Desk::of(size);
    desk.words = Vec::new();
    let (bytes, marks) = (desk.bytes, std::mem::take(&mut desk.marks).len());
    desk.open();
    for key in [Key::ArrowRight, Key::End, Key::Home] {
        desk.press(key, if key == Key::ArrowRight { Modifiers::NONE } else { Modifiers::COMMAND });
    }
    println!("{bytes} {marks} {}", resident_bytes());
}

/// Memory that is really there, as Linux tells it; 0 elsewhere.
fn resident_bytes() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    pages.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) * 4096
}
