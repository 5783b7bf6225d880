//! Settings, keys that are changed, themes, and windows of every size.

use egui::{Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::kittest::{By, NodeT, Queryable};
use pressmark::{
    command::{
        Ask, Command, View,
        article::{ArticleCommand, NewArticle},
    },
    ui::{
        settings::Settings,
        theme::{ReadingFont, ThemeChoice},
    },
};

use crate::{
    pictures, stage,
    whole::{self, Window, press, press_with, usual, write},
};

fn run(harness: &mut Window, command: &Command) {
    harness.state_mut().shell.app.run(command);
    harness.run();
}

fn click(harness: &mut Window, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

/// The settings, open on the list of keys.
fn keys(settings: Settings) -> Window {
    let mut harness = usual(&stage::marked(), settings);
    press_with(&mut harness, Modifiers::COMMAND, Key::Comma);
    harness.get_by_role_and_label(Role::RadioButton, "Keys").click();
    harness.run();
    harness
}

/// Finds a command in the list of keys and picks it.
fn pick(harness: &mut Window, name: &str) {
    let field = |n: &egui_kittest::Node<'_>| n.accesskit_node().role() == Role::TextInput;
    harness.get_all_by_label("Filter the commands").find(field).expect("a field").focus();
    harness.run();
    press_with(harness, Modifiers::COMMAND, Key::A);
    write(harness, name);
    let row = |n: &egui_kittest::Node<'_>| {
        let label = n.accesskit_node().label().unwrap_or_default();
        n.accesskit_node().role() == Role::ListItem && label.starts_with(&format!("{name}:"))
    };
    harness.get_all_by_role(Role::ListItem).find(row).expect("the command is listed").click();
    harness.run();
}

fn key_of(harness: &Window, id: &str) -> String {
    let row = pressmark::command::table::row(id).expect("there is such a command");
    harness.state().settings().keys_of(row).to_owned()
}

#[test]
fn what_is_chosen_holds_at_once() {
    let mut harness = usual(&stage::marked(), Settings::default());
    press_with(&mut harness, Modifiers::COMMAND, Key::Comma);
    click(&mut harness, "Dark");
    assert_eq!(harness.state().settings().theme, ThemeChoice::Dark);
    click(&mut harness, "High contrast");
    click(&mut harness, "Sans serif");
    click(&mut harness, "Reduce motion");
    click(&mut harness, "Extend selections to whole words");
    let settings = harness.state().settings().clone();
    assert!(settings.high_contrast && settings.reduced_motion && !settings.snap_to_words);
    assert_eq!(settings.reading_font, ReadingFont::Sans);
    assert_eq!(harness.state().shell.app.tokens().paper, egui::Color32::BLACK);
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Sans serif").is_none(), "Esc leaves the settings");
}

#[test]
fn what_a_drag_selects_is_told_when_it_is_changed() {
    let mut harness = usual(&stage::marked(), Settings::default());
    for now in ["Selections follow the exact characters", "Selections extend to whole words"] {
        press_with(&mut harness, Modifiers::COMMAND, Key::W);
        harness.get(By::new().role(Role::Label).label_contains(now));
    }
}

/// How often the picture changes by itself in two seconds after a step, from the second frame on: the first is that
/// in which what comes up learns its size.
fn changes_after(harness: &mut Window, step: impl FnOnce(&mut Window)) -> usize {
    step(harness);
    harness.run_steps(2);
    let mut changes = 0;
    let mut before = harness.output().shapes.clone();
    for _ in 0..20 {
        harness.step();
        changes += usize::from(harness.output().shapes != before);
        before.clone_from(&harness.output().shapes);
    }
    changes
}

#[test]
fn nothing_glides_fades_or_blinks_where_motion_is_reduced() {
    let key = |modifiers, key| move |h: &mut Window| h.key_press_modifiers(modifiers, key);
    for reduced_motion in [false, true] {
        let settings = Settings { reduced_motion, text_percent: 300, ..Settings::default() };
        let mut harness = usual(&stage::marked(), settings);
        press(&mut harness, Key::Escape);
        for (what, step) in [
            ("scrolling to the end", key(Modifiers::COMMAND, Key::End)),
            ("the caret on the page", key(Modifiers::NONE, Key::ArrowLeft)),
            ("the field of the commands", key(Modifiers::COMMAND, Key::K)),
        ] {
            let changes = changes_after(&mut harness, step);
            assert_eq!(changes == 0, reduced_motion, "{what} moves {changes} times, reduced: {reduced_motion}");
        }
        // What comes up fades for less than a frame of this test.
        let style = harness.ctx.global_style();
        let longest = style.animation_time.max(style.scroll_animation.duration.max);
        assert!(longest < 0.15 && (longest == 0.0) == reduced_motion, "{longest} s, reduced: {reduced_motion}");
    }
}

#[test]
fn a_caret_at_rest_stays_so_when_the_theme_changes() {
    let mut harness = usual(&stage::marked(), Settings::default());
    let blinks = |harness: &Window| harness.ctx.global_style().visuals.text_cursor.blink;
    assert!(blinks(&harness));
    harness.input_mut().time = Some(harness.ctx.input(|i| i.time) + 60.0);
    harness.step();
    assert!(!blinks(&harness), "nothing was done for a while");
    harness.state_mut().shell.app.settings.theme = ThemeChoice::Dark;
    harness.step();
    assert!(!blinks(&harness), "nothing was done since");
    press(&mut harness, Key::ArrowRight);
    assert!(blinks(&harness));
}

#[test]
fn the_annotator_is_taken_when_the_card_is_left() {
    let mut harness = usual(&stage::marked(), Settings::default());
    press_with(&mut harness, Modifiers::COMMAND, Key::Comma);
    let field = |n: &egui_kittest::Node<'_>| n.accesskit_node().role() == Role::TextInput;
    harness.get_all_by_label("Annotator").find(field).expect("a field").focus();
    harness.run();
    write(&mut harness, "Bea");
    click(&mut harness, "Close");
    let who = |h: &Window| h.state().session().annotator().map(ToString::to_string);
    assert_eq!(who(&harness).as_deref(), Some("bea"));
}

#[test]
fn a_key_is_changed_and_shown_wherever_keys_are_shown() {
    let mut harness = keys(Settings::default());
    pick(&mut harness, "Done");
    press_with(&mut harness, Modifiers::COMMAND, Key::J);
    assert_eq!(key_of(&harness, "done"), "Ctrl+J");
    press(&mut harness, Key::Escape);
    run(&mut harness, &Command::View(View::Keys));
    harness.get_by_label("Done: Ctrl+J");
    press(&mut harness, Key::Escape);
    press_with(&mut harness, Modifiers::COMMAND, Key::J);
    let status = harness.state().session().scene().layer().map(pressmark::model::Layer::status);
    assert_eq!(status, Some(pressmark::model::Status::Done));
}

#[test]
fn a_clash_is_explained_and_the_key_taken_or_left() {
    let mut harness = keys(Settings::default());
    pick(&mut harness, "Relate…");
    press_with(&mut harness, Modifiers::COMMAND, Key::D);
    harness.get_by_label("Ctrl D is already “Done” – use it here instead?");
    click(&mut harness, "Keep");
    assert_eq!((key_of(&harness, "relate").as_str(), key_of(&harness, "done").as_str()), ("r", "Ctrl+D"));
    pick(&mut harness, "Relate…");
    press_with(&mut harness, Modifiers::COMMAND, Key::D);
    click(&mut harness, "Use it here");
    assert_eq!((key_of(&harness, "relate").as_str(), key_of(&harness, "done").as_str()), ("Ctrl+D", ""));
    click(&mut harness, "Reset all keys");
    assert!(harness.state().settings().keys.is_empty());
}

#[test]
fn the_key_of_a_label_is_not_taken_unasked() {
    let mut harness = keys(Settings::default());
    pick(&mut harness, "Relate…");
    press(&mut harness, Key::Num2);
    harness.get_by_label("2 is the key of the label Quote, which would lose it – use it here instead?");
    assert_eq!(key_of(&harness, "relate"), "r");
}

#[test]
fn keys_that_cannot_be_are_refused_and_escape_leaves_the_key() {
    let mut harness = keys(Settings::default());
    pick(&mut harness, "Relate…");
    press(&mut harness, Key::ArrowDown);
    harness.get_by_label("This key moves the caret in the text and from row to row in lists");
    press(&mut harness, Key::Escape);
    assert_eq!(key_of(&harness, "relate"), "r");
    harness.get_by_label("Filter the commands");
    pick(&mut harness, "Relate…");
    press(&mut harness, Key::Backspace);
    assert_eq!(key_of(&harness, "relate"), "");
    click(&mut harness, "Reset “Relate”");
    assert_eq!(key_of(&harness, "relate"), "r");
}

#[test]
fn a_key_is_changed_by_keys_alone() {
    let mut harness = usual(&stage::marked(), Settings::default());
    press_with(&mut harness, Modifiers::COMMAND, Key::Comma);
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    for _ in 0..2 {
        press(&mut harness, Key::Tab);
    }
    write(&mut harness, "in progress");
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    press_with(&mut harness, Modifiers::COMMAND, Key::J);
    assert_eq!(key_of(&harness, "in-progress"), "Ctrl+J");
}

#[test]
fn a_narrow_window_has_room_for_one_panel() {
    let mut harness = whole::window(stage::app(&stage::marked(), ThemeChoice::Light), vec2(700.0, 600.0)).0;
    let page = |h: &Window| h.get_by_label("Scroll the article").rect().right();
    let articles = |h: &Window| h.query_by_label_contains("Open “Bridge").is_some();
    assert!(!articles(&harness));
    harness.get_by_label("Order of the marks");
    press_with(&mut harness, Modifiers::COMMAND, Key::Num1);
    assert!(articles(&harness));
    assert!(harness.query_by_label("Order of the marks").is_none());
    let left = harness.get_by_label_contains("Open “Bridge").rect().right();
    assert!(page(&harness) - left > 400.0, "the page keeps its room");
}

#[test]
fn panels_that_gave_way_to_the_page_come_back_with_the_room() {
    let mut harness = whole::window(stage::app(&stage::marked(), ThemeChoice::Light), vec2(900.0, 700.0)).0;
    let widths = |h: &Window| {
        let articles = h.get_by_label_contains("Open “Bridge").rect().width();
        (articles, h.get_by_label("Filter the marks").rect().width())
    };
    let narrow = widths(&harness);
    harness.set_size(vec2(1440.0, 900.0));
    harness.run();
    let usual = widths(&usual(&stage::marked(), Settings::default()));
    assert_eq!(widths(&harness), usual);
    harness.set_size(vec2(900.0, 700.0));
    harness.run();
    assert_eq!(widths(&harness), narrow);
}

#[test]
fn the_page_alone_says_what_was_done_and_escape_brings_everything_back() {
    let mut harness = usual(&stage::marked(), Settings::default());
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::F11);
    harness.get_by_label("Press Esc to show everything again");
    assert!(harness.query_by_label("Mark as Claim").is_none());
    press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    harness.get(By::new().role(Role::Label).label_contains("Undone: "));
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Escape);
    harness.get_by_label("Mark as Claim");
}

#[test]
#[ignore = "paints pictures to look at, into the folder that PRESSMARK_PICTURES names"]
fn windows_of_every_size_and_text_are_painted() {
    let usual = Settings::default();
    let of = |theme, high_contrast, text_percent| Settings { theme, high_contrast, text_percent, ..usual.clone() };
    let (light, dark) = (ThemeChoice::Light, ThemeChoice::Dark);
    for (name, size, settings) in [
        ("size-900", vec2(900.0, 700.0), of(light, false, 100)),
        ("size-900-300", vec2(900.0, 700.0), of(light, false, 300)),
        ("size-700-dark", vec2(700.0, 700.0), of(dark, false, 100)),
        ("size-1280-contrast-200", vec2(1280.0, 800.0), of(dark, true, 200)),
        ("size-1920-75", vec2(1920.0, 1080.0), of(light, false, 75)),
        ("size-1440-sans", vec2(1440.0, 900.0), Settings { reading_font: ReadingFont::Sans, ..usual.clone() }),
    ] {
        let mut app = stage::app(&stage::marked(), settings.theme);
        app.settings = settings;
        let (mut harness, camera) = whole::window(app, size);
        pictures::show(&harness, &camera, name);
        if name == "size-700-dark" {
            press(&mut harness, Key::F10);
            press(&mut harness, Key::ArrowDown);
            pictures::show(&harness, &camera, "size-700-menu");
            press(&mut harness, Key::Escape);
            press(&mut harness, Key::F1);
            pictures::show(&harness, &camera, "size-700-keys");
            press(&mut harness, Key::Escape);
            run(&mut harness, &Command::Ask(Ask::Settings));
            pictures::show(&harness, &camera, "size-700-settings");
        }
        if name == "size-1280-contrast-200" {
            press_with(&mut harness, Modifiers::COMMAND, Key::K);
            pictures::show(&harness, &camera, "size-1280-palette");
            press(&mut harness, Key::Escape);
            press(&mut harness, Key::F6);
            press(&mut harness, Key::F6);
            press(&mut harness, Key::ArrowDown);
            pictures::show(&harness, &camera, "size-1280-focus-in-list");
        }
        if name == "size-1440-sans" {
            press(&mut harness, Key::F1);
            pictures::show(&harness, &camera, "size-1440-keys");
            press(&mut harness, Key::Escape);
            press(&mut harness, Key::F11);
            press_with(&mut harness, Modifiers::COMMAND, Key::Z);
            pictures::show(&harness, &camera, "size-1440-alone");
        }
    }
}

#[test]
#[ignore = "paints pictures to look at, into the folder that PRESSMARK_PICTURES names"]
fn the_settings_are_painted() {
    for (name, high_contrast, theme) in [
        ("settings", false, ThemeChoice::Light),
        ("settings-dark", false, ThemeChoice::Dark),
        ("settings-contrast", true, ThemeChoice::Light),
        ("settings-contrast-dark", true, ThemeChoice::Dark),
    ] {
        let settings = Settings { high_contrast, theme, ..Settings::default() };
        let mut app = stage::app(&stage::marked(), theme);
        app.settings = settings;
        let (mut harness, camera) = whole::window(app, vec2(1440.0, 900.0));
        pictures::show(&harness, &camera, &format!("window-{name}"));
        run(&mut harness, &Command::Ask(Ask::Settings));
        pictures::show(&harness, &camera, name);
        harness.get_by_role_and_label(Role::RadioButton, "Keys").click();
        harness.run();
        pictures::show(&harness, &camera, &format!("{name}-keys"));
        pick(&mut harness, "Relate…");
        pictures::show(&harness, &camera, &format!("{name}-waiting"));
        press(&mut harness, Key::N);
        pictures::show(&harness, &camera, &format!("{name}-clash"));
        harness.get_by_label("Use it here");
    }
}

#[test]
fn all_pages_of_the_settings_are_equally_high() {
    let mut harness = usual(&stage::marked(), Settings::default());
    run(&mut harness, &Command::Ask(Ask::Settings));
    let general = harness.get_by_label("Close").rect();
    harness.get_by_role_and_label(Role::RadioButton, "Keys").click();
    harness.run();
    assert_eq!(harness.get_by_label("Close").rect(), general, "the card stands in the middle");
}

#[test]
fn the_card_of_keys_is_that_of_the_view() {
    let mut harness = usual(&stage::marked(), Settings::default());
    press(&mut harness, Key::F1);
    for key in ["Flag: f", "Quote: 2", "Go back: Shift+g"] {
        harness.get_by_label(key);
    }
    // What most of the work is done with stands first, and once more in its place.
    let undo: Vec<_> = harness.get_all_by_label("Undo: Ctrl+Z").map(|line| line.rect()).collect();
    assert_eq!(undo.len(), 2);
    assert!(undo[0].height() >= undo[1].height() && undo[0].bottom() < undo[1].top(), "{undo:?}");
    harness.get_by_label("Find a key").type_text("sentence");
    harness.run();
    harness.get_by_label("Select the sentence: s");
    assert!(harness.query_by_label("Undo: Ctrl+Z").is_none());
    assert!(harness.query_by_label("Tick all hits: Ctrl+A").is_none(), "there are no hits");
    press(&mut harness, Key::Escape);
    press_with(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    press(&mut harness, Key::F1);
    for key in ["Flag: f", "Tick the hit, or untick it: Space", "Tick all hits: Ctrl+A"] {
        harness.get_by_label(key);
    }
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Escape);
    press_with(&mut harness, Modifiers::COMMAND, Key::B);
    press(&mut harness, Key::F1);
    harness.get_by_label("Undo: Ctrl+Z");
    for key in ["Flag: f", "Quote: 2", "Done: Ctrl+D"] {
        assert!(harness.query_by_label(key).is_none(), "{key} means nothing beside the page");
    }
}

#[test]
fn a_label_says_where_its_key_is_a_command() {
    let mut settings = Settings::default();
    settings.keys.insert("relate".to_owned(), "1".to_owned());
    let mut harness = usual(&stage::marked(), settings);
    press_with(&mut harness, Modifiers::COMMAND, Key::B);
    harness.get_by_label("1 is the key of “Relate”, so it marks nothing: choose another");
}

#[test]
fn keys_hold_before_there_is_a_project() {
    let mut harness = usual(&[], Settings::default());
    harness.state_mut().shell.app.set_runner(None);
    harness.run();
    press_with(&mut harness, Modifiers::COMMAND, Key::Comma);
    harness.get_by_label("High contrast").click();
    harness.run();
    assert!(harness.state().settings().high_contrast);
    press(&mut harness, Key::Escape);
    press_with(&mut harness, Modifiers::COMMAND, Key::K);
    harness.get_by_label("Find a command");
}

#[test]
fn an_empty_project_says_once_what_to_do() {
    let harness = usual(&stage::unmarked()[..1], Settings::default());
    let says = stage::painted(&harness);
    assert_eq!(says.iter().filter(|text| text.starts_with("Drop articles here")).count(), 1, "{says:?}");
    assert!(says.iter().any(|text| text == "No articles yet"));
}

#[test]
fn many_are_counted_in_thousands() {
    let new = |n: usize| NewArticle { text: format!("Number {n} is short."), ..NewArticle::default() };
    let all = Command::Article(ArticleCommand::AddAll((0..1001).map(new).collect()));
    let mut harness = usual(&[stage::unmarked()[0].clone(), all], Settings::default());
    harness.get_by_label("0 of 1,001 done");
    press(&mut harness, Key::N);
    harness.get_by_label("4 words");
    click(&mut harness, "Edit");
    harness.get_by_label("Undo: Add 1,001 articles");
}

#[test]
fn settings_lead_to_what_is_marked_of_quotations() {
    let mut harness = usual(&stage::unmarked(), Settings::default());
    press_with(&mut harness, Modifiers::COMMAND, Key::Comma);
    harness.get_by_label("Choose in the codebook how much is marked…").click();
    harness.run();
    assert!(harness.get_by_label("Extent: The selected words").is_focused());
}
