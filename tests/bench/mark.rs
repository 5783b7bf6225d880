//! Marks a long article in the whole window, without a screen: from the key to the painted mark, all the work of the
//! frame (input, command, layout, interface, tessellation). Prints a line for each size and action:
//! `window ACTION words=N marks=N median_ms=X worst_ms=X` over 1,000 marks made and taken back.

mod generate;

use std::time::Instant;

use egui::{Event, Key, Modifiers, Pos2, RawInput, Rect, vec2};
use pressmark::{
    command::{
        Command,
        article::{NewArticle, OfArticles},
        mark::Mark,
        project::OfProject,
        select::Select,
    },
    model::{Metadata, Project, id::CountingMint},
    session::Session,
    store,
    ui::{app::App, settings::Settings, theme::fonts},
};

const SIZES: [usize; 3] = [550, 5_500, 55_000];
const ROUNDS: usize = 1_000;

struct Bench {
    ctx: egui::Context,
    app: App,
    time: f64,
}

impl Bench {
    /// One frame with its events; milliseconds.
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1440.0, 900.0))),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let begin = Instant::now();
        let output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        let took = begin.elapsed().as_secs_f64() * 1e3;
        // Saving is the business of another thread.
        drop(self.app.take_errands());
        took
    }
}

fn main() {
    // `cargo test --benches` runs it too; then there is nothing to measure.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    for words in SIZES {
        measure(words);
    }
}

fn measure(words: usize) {
    let article = generate::article(words, 20_261_121);
    let wanted = words * 850 / 5_500;
    let fragments = generate::marks(&article, 7);
    let codebook = store::codebook("news").expect("the news codebook ships");
    let labels: Vec<_> = codebook.labels.iter().map(|label| label.id.clone()).collect();
    let mut app = App::new(Settings::default(), Box::new(CountingMint::default()));
    app.set_session(Some(Session::new(Project::new("Bench", codebook))));
    app.run(&Command::Project(OfProject::WorkAs("Ana".to_owned())));
    let metadata = Metadata { title: "An article".to_owned(), ..Metadata::default() };
    let new = NewArticle { metadata, text: article.text.clone(), ..NewArticle::default() };
    app.run(&Command::Article(OfArticles::Add(new)));
    let id = app.session().and_then(|s| s.project().articles().next().map(|(id, _)| id.clone()));
    app.run(&Command::Article(OfArticles::Open(id.expect("the article was added"))));
    let per_mark = words as f64 / wanted as f64;
    for n in 0..wanted {
        let fragment = &fragments[(n as f64 * per_mark / 10.0) as usize % fragments.len()];
        let range = fragment.first();
        app.run(&Command::Select(Select::Nothing));
        app.run(&Command::Select(Select::To { anchor: range.start(), head: range.end() }));
        app.run(&Command::Mark(Mark::Label(labels[n % labels.len()].clone())));
    }
    let ctx = egui::Context::default();
    ctx.set_fonts(fonts::definitions(None));
    let mut bench = Bench { ctx, app, time: 0.0 };
    bench.app.run(&Command::Select(Select::To { anchor: 0, head: 0 }));
    for _ in 0..10 {
        bench.frame(Vec::new());
    }
    let (mut marking, mut undoing) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Somewhere on the first screen, four words long.
        let first = article.words[round % 150];
        let last = article.words[round % 150 + 3];
        bench.app.run(&Command::Select(Select::Nothing));
        bench.app.run(&Command::Select(Select::To { anchor: first.start(), head: last.end() }));
        bench.frame(Vec::new());
        let before = bench.app.session().map(|s| s.history().done().len());
        marking.push(bench.frame(vec![key(Key::Num3, Modifiers::NONE)]));
        if bench.app.session().map(|s| s.history().done().len()) != before {
            undoing.push(bench.frame(vec![key(Key::Z, Modifiers::COMMAND)]));
        }
    }
    let marks = bench.app.session().map_or(0, |s| {
        s.project().articles().flat_map(|(id, _)| s.project().layers(id)).map(|(_, l)| l.summary().annotations()).sum()
    });
    report("mark", words, marks, marking);
    report("undo", words, marks, undoing);
}

fn report(action: &str, words: usize, marks: u32, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("window {action} words={words} marks={marks} median_ms={median:.3} worst_ms={worst:.3}");
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}
