//! Drives the page without a window, all the work of a frame (input, layout, interface, tessellation), and prints a
//! line for each action and size: `page ACTION words=N marks=N median_ms=X p99_ms=X`.
//!
//! `cargo bench --bench page -- 1000 10000` measures these sizes only.

mod generate;

use std::time::Instant;

use egui::{
    Color32, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Vec2, pos2,
    vec2,
};
use pressmark::text::{ByteRange, Fragments};
use pressmark::ui::kit::page::{
    Align, Gesture, Heading, Mark, Motion, Names, Page, PageEngine, PageOptions, PageSource, PageState, PageStyle,
    Pattern, TextSelection, page_ui,
};

const FRAMES: usize = 300;
const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

struct Article {
    text: String,
    /// Sorted by start.
    marks: Vec<Fragments>,
    /// The furthest end of all marks up to and with this one.
    reach: Vec<usize>,
}

impl PageSource for Article {
    fn text(&self) -> &str {
        &self.text
    }

    fn text_version(&self) -> u64 {
        self.text.len() as u64
    }

    fn marks_in(&self, range: ByteRange, out: &mut Vec<Mark>) {
        let first = self.reach.partition_point(|&end| end <= range.start());
        let last = self.marks.partition_point(|m| m.first().start() < range.end());
        for (id, fragments) in self.marks.iter().enumerate().take(last).skip(first) {
            if fragments.overlaps(range) {
                let pattern =
                    [Pattern::Dashed, Pattern::Solid, Pattern::Dotted, Pattern::Double, Pattern::Wavy][id % 5];
                let line = Color32::from_rgb(0x00, 0x67, 0xa5);
                out.push(Mark::plain(id as u64, fragments.clone(), line.gamma_multiply(0.14), line, pattern));
            }
        }
    }

    fn mark_name(&self, id: u64) -> String {
        format!("mark {id}")
    }
}

impl Article {
    fn new(words: usize) -> Self {
        let generated = generate::article(words, 20_261_121);
        let marks = generate::marks(&generated, 7);
        let mut furthest = 0;
        let ends = marks.iter().map(|m| {
            furthest = m.last().end().max(furthest);
            furthest
        });
        let reach = ends.collect();
        Self { text: generated.text, marks, reach }
    }
}

struct Bench {
    ctx: egui::Context,
    engine: PageEngine,
    state: PageState,
    style: PageStyle,
    article: Article,
    selection: TextSelection,
    size: Vec2,
    time: f64,
    words: usize,
}

impl Bench {
    fn new(words: usize) -> Self {
        Self {
            ctx: egui::Context::default(),
            engine: PageEngine::new(),
            state: PageState::default(),
            style: PageStyle::light(),
            article: Article::new(words),
            selection: TextSelection::default(),
            size: vec2(1440.0, 900.0),
            time: 0.0,
            words,
        }
    }

    /// One frame with its events; milliseconds.
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let begin = Instant::now();
        let mut chosen = self.selection;
        let output = self.ctx.run_ui(input, |ui| {
            let page = Page {
                source: &self.article,
                heading: Heading { title: "An article", byline: "A paper · today" },
                selection: self.selection,
                style: &self.style,
                options: PageOptions { motion: Motion::Reduced, ..PageOptions::default() },
                links: &[],
                language: None,
                names: Names { page: "Article", scrollbar: "Scroll", more_links: "%{n} more", fewer_links: "Fewer" },
            };
            let out = page_ui(ui, &mut self.engine, &mut self.state, &page);
            out.response.request_focus();
            for gesture in out.gestures {
                if let Gesture::Select(selection) = gesture {
                    chosen = selection;
                }
            }
        });
        self.selection = chosen;
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        begin.elapsed().as_secs_f64() * 1e3
    }

    fn report(&self, action: &str, mut times: Vec<f64>) {
        times.sort_by(f64::total_cmp);
        let at = |part: f64| times[((times.len() - 1) as f64 * part).round() as usize];
        println!(
            "page {action} words={} marks={} median_ms={:.3} p99_ms={:.3}",
            self.words,
            self.article.marks.len(),
            at(0.5),
            at(0.99)
        );
    }

    fn measure(&mut self, action: &str, mut events: impl FnMut(&mut Self, usize) -> Vec<Event>) {
        let mut times = Vec::with_capacity(FRAMES);
        for i in 0..FRAMES {
            let events = events(self, i);
            times.push(self.frame(events));
        }
        self.report(action, times);
    }

    fn run(&mut self) {
        self.first_frames();
        self.frame(vec![Event::PointerMoved(pos2(700.0, 400.0))]);
        self.measure("scroll-line", |_, _| vec![wheel(-30.0)]);
        self.measure("scroll-page", |_, i| match i % 40 {
            39 => key(Key::Home, Modifiers::COMMAND),
            _ => key(Key::PageDown, Modifiers::NONE),
        });
        self.measure("jump-end", |_, i| key(if i % 2 == 0 { Key::End } else { Key::Home }, Modifiers::COMMAND));
        let mut rng = generate::Rng::new(3);
        self.measure("jump-mark", |bench, _| {
            let mark = bench.article.marks[rng.below(bench.article.marks.len())].first();
            bench.state.scroll_to(mark, Align::Centre);
            Vec::new()
        });
        self.measure("caret", |_, _| key(Key::ArrowRight, Modifiers::NONE));
        self.measure("caret-line", |_, _| key(Key::ArrowDown, Modifiers::NONE));
        self.measure("caret-word", |_, _| key(Key::ArrowRight, Modifiers::COMMAND));
        self.measure("extend", |_, _| key(Key::ArrowDown, Modifiers::SHIFT));
        self.selection = TextSelection::caret(self.selection.head);
        self.measure("hover", |_, i| {
            vec![Event::PointerMoved(pos2(420.0 + (i * 7 % 600) as f32, 100.0 + (i * 3 % 700) as f32))]
        });
        self.measure("idle", |_, _| Vec::new());
        self.measure("resize", |bench, i| {
            bench.size.x = 720.0 - (i % 50) as f32;
            Vec::new()
        });
        self.size.x = 1440.0;
        self.measure("text-size", |bench, i| {
            bench.style.text_scale = [1.0, 1.25, 1.5, 1.0, 0.75][i % 5];
            Vec::new()
        });
        println!(
            "page memory words={} text_mb={:.1} resident_mb={:.1}",
            self.words,
            self.article.text.len() as f64 / 1e6,
            resident_mb()
        );
    }

    fn first_frames(&mut self) {
        let cold = self.frame(Vec::new());
        self.report("first-frame-cold", vec![cold]);
        let mut times = Vec::new();
        for _ in 0..30 {
            self.state = PageState::default();
            times.push(self.frame(Vec::new()));
        }
        self.report("first-frame", times);
    }
}

fn wheel(points: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, points),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }
}

fn key(key: Key, modifiers: Modifiers) -> Vec<Event> {
    vec![Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }]
}

fn resident_mb() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let resident: f64 = pages.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0.0);
    resident * 4096.0 / 1e6
}

fn main() {
    let wanted: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    for words in if wanted.is_empty() { SIZES.to_vec() } else { wanted } {
        Bench::new(words).run();
    }
}
