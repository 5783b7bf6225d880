//! What the window shows, looked at: the real views, painted in software.
#![cfg(feature = "gui")]

#[path = "support/root.rs"]
mod root;
mod support;

use egui::vec2;
use egui_kittest::kittest::Queryable;
use pressmark::{
    command::{Command, MarkRef, article::ArticleCommand, project::ProjectCommand, select::Select},
    model::{ArticleId, id::CountingMint},
    session::{InMemory, Session},
    store,
    ui::{app::App, settings::Settings, theme::ThemeChoice, theme::fonts, theme::system_fonts::SystemFonts},
};

const ARTICLE: &str = "council-backs-toll-to-mend-harbour-bridge-6nseq";
const SCREENSHOT: &str = "assets/screenshot.png";

/// The sample project as Ana sees it, with the broken quotation picked.
fn sample(theme: ThemeChoice) -> App {
    let root = root::root().join("projects/harbour-bridge");
    let (folder, project, found) = store::open(&root).expect("the sample opens");
    assert_eq!(found, []);
    let settings = Settings { theme, ..Settings::default() };
    let mut app = App::new(settings);
    app.set_runner(Some(InMemory::new(Session::new(project), CountingMint::default())));
    app.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned())));
    let article = ArticleId::new(ARTICLE).expect("it is an id");
    let read = app.load(|project| folder.read_article(project, &article).expect("the article can be read"));
    assert_eq!(read, Some(Vec::new()));
    app.run(&Command::Article(ArticleCommand::Open(article)));
    let quote = MarkRef::Words {
        words: "We have put this off for a generation,".to_owned(),
        occurrence: 1,
        label: None,
        article: None,
    };
    app.run(&Command::Select(Select::Pick(quote)));
    app
}

/// The picture in the README. With `PRESSMARK_UPDATE=1` it is taken anew, with the system's own font.
#[test]
fn the_sample_project_is_shown_as_in_the_readme() {
    let update = std::env::var_os("PRESSMARK_UPDATE").is_some();
    let system = update.then(SystemFonts::find);
    let (stage, camera) = support::stage(vec2(1440.0, 900.0), 1.0);
    let stage = stage.with_context_setup(move |ctx| match &system {
        Some(system) => system.install(ctx),
        None => ctx.set_fonts(fonts::definitions(None)),
    });
    // The harness leaves a margin around what it shows; a window has none.
    let whole = |ui: &mut egui::Ui, app: &mut App| {
        let mut root = ui.new_child(egui::UiBuilder::new().max_rect(ui.ctx().content_rect()));
        root.set_clip_rect(ui.ctx().content_rect());
        app.frame(&mut root);
    };
    let mut harness = stage.build_ui_state(whole, sample(ThemeChoice::Light));
    harness.run_steps(8);
    assert!(harness.query_all_by_label_contains("We have put this off for a generation").count() > 0);
    let image = camera.shoot(&harness);
    if update {
        image.write_png(SCREENSHOT);
    }
    assert!(image.distinct_colors() > 300, "{} colours", image.distinct_colors());
    let picture = std::fs::metadata(root::root().join(SCREENSHOT));
    assert!(picture.is_ok_and(|file| file.len() > 50_000), "take the picture with PRESSMARK_UPDATE=1");
}
