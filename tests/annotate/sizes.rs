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
    let parts = harness.get_by_role(Role::Document).children_recursive();
    parts.filter(|n| matches!(n.accesskit_node().role(), Role::TextRun | Role::Heading)).map(|n| n.rect()).collect()
}
