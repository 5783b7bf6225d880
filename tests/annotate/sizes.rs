//! The window in every size and the text in every size: nothing falls out of its place.

use egui::{Rect, Vec2, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::ui::{app::App, theme::ThemeChoice};

use crate::{pictures, stage};

const WINDOWS: [Vec2; 3] = [vec2(1440.0, 900.0), vec2(900.0, 600.0), vec2(600.0, 500.0)];
const PERCENTS: [u16; 2] = [75, 300];

#[test]
fn every_line_stays_in_the_page_whatever_the_size() {
    for window in WINDOWS {
        for percent in PERCENTS {
            let mut app = stage::app(&stage::marked(), ThemeChoice::Light);
            app.settings.text_percent = percent;
            let (mut harness, camera) = stage::window(app, window, 1.0);
            harness.run();
            if let Some(folder) = pictures::folder() {
                camera.shoot(&harness).write_png(folder.join(format!("size-{}-{percent}.png", window.x)));
            }
            let page = harness.get_by_role(Role::Document).rect();
            for line in lines(&harness) {
                let inside = page.x_range().expand(0.5).contains(line.left()) && line.right() <= page.right() + 8.0;
                assert!(inside, "{window} at {percent} %: {line} in {page}");
            }
        }
    }
}

/// The heading and the lines in view.
fn lines(harness: &Harness<'_, App>) -> Vec<Rect> {
    let parts = harness.get_all_by_role(Role::Document).flat_map(|page| page.children_recursive());
    parts.filter(|n| matches!(n.accesskit_node().role(), Role::TextRun | Role::Heading)).map(|n| n.rect()).collect()
}

#[test]
fn nothing_of_the_bar_is_cut_in_a_narrow_window() {
    for (window, percent, menu) in
        [(1280.0, 100, "File"), (900.0, 100, "File"), (900.0, 150, "Menu"), (600.0, 100, "Menu")]
    {
        let mut app = stage::app(&stage::marked(), ThemeChoice::Light);
        app.settings.text_percent = percent;
        let mut harness = stage::window(app, vec2(window, 600.0), 1.0).0;
        harness.run();
        harness.get_by_role_and_label(Role::Button, menu);
        let width = harness.ctx.content_rect().width();
        let controls = |role| harness.get_all_by_role(role).filter(|node| node.rect().bottom() < 44.0);
        let ends: Vec<f32> =
            controls(Role::Button).chain(controls(Role::Tab)).map(|node| node.rect().right()).collect();
        assert!(ends.len() > 3 && ends.iter().all(|end| *end <= width), "{ends:?} in {width} at {percent} %");
    }
}

#[test]
fn all_menus_in_one_open_and_run() {
    let mut harness = stage::window(stage::app(&stage::marked(), ThemeChoice::Light), vec2(560.0, 600.0), 1.0).0;
    harness.run();
    for name in ["Menu", "View"] {
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.run();
    }
    let row = harness.get_by_label_contains("High contrast");
    row.click();
    harness.run();
    assert!(harness.state().settings.high_contrast);
}

#[test]
fn what_stands_above_a_wide_column_begins_where_its_words_do() {
    let app = stage::app(&stage::marked(), ThemeChoice::Light);
    let mut harness = stage::window(app, vec2(2560.0, 1080.0), 1.0).0;
    harness.run();
    harness.key_press(egui::Key::F4);
    harness.run();
    let header = harness.get_by_label("Column “Council backs toll to mend harbour bridge”").rect();
    let mut pages = harness.get_all_by_role(Role::Document).map(|page| page.rect());
    let page = pages.rfind(|page: &Rect| page.x_range().contains(header.center().x)).unwrap_or(Rect::NOTHING);
    let first = lines(&harness).into_iter().find(|line| page.contains(line.center())).unwrap_or(Rect::NOTHING);
    assert!(header.left() > page.left() + 24.0, "the column is wider than its words: {header} in {page}");
    assert!((header.left() + 24.0 - first.left()).abs() < 1.5, "{header} above {first}");
}

/// Small laptops, and 1280 × 720 pixels at twice the usual density, with the frame of a window manager taken off.
#[test]
fn page_and_labels_are_there_on_small_screens() {
    for window in [vec2(1366.0, 720.0), vec2(1280.0, 690.0), vec2(640.0, 345.0), vec2(560.0, 320.0)] {
        let (mut harness, camera) = stage::window(stage::app(&stage::marked(), ThemeChoice::Light), window, 1.0);
        harness.run();
        pictures::show(&harness, &camera, &format!("small-{}", window.x));
        let content = harness.ctx.content_rect();
        for name in ["Mark as Claim", "Mark as Cue", "Annotator"] {
            let bounds = harness.get_by_role_and_label(Role::Button, name).rect();
            assert!(content.contains_rect(bounds.shrink(1.0)), "{name} at {bounds} in {window}");
        }
        let page = harness.get_by_role(Role::Document).rect();
        assert!(page.height() >= 180.0 && page.width() >= 300.0, "the page has {page} of {window}");
    }
}
