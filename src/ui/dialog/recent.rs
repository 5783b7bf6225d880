//! The projects that were open lately, to go back to one of them.

use egui::{Align, Button, Layout, RichText, ScrollArea, Ui};

use super::{
    around::{Around, Outcome},
    card::{self, CardPosition},
};
use crate::ui::{
    kit::focus,
    theme::{Tokens, fonts, size, space},
    wish::Wish,
    words::tr,
};

#[derive(Default)]
pub(super) struct RecentProjects {
    began: bool,
}

/// Height of the list, in points.
const LIST: f32 = 360.0;

impl RecentProjects {
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let name = ("Open recent", CardPosition::Middle);
        let shown = card::over(around.egui, around.tokens, name, size::DIALOG, |ui| {
            let closed = card::heading_ui(ui, "Open recent");
            ui.add_space(space::S);
            if !std::mem::replace(&mut self.began, true) {
                focus::give_to_next(ui);
            }
            let opened = ScrollArea::vertical().max_height(LIST).auto_shrink([false, true]).show(ui, |ui| {
                let recent = &around.settings.recent;
                if recent.is_empty() {
                    ui.label(RichText::new(tr("No recent projects")).color(around.tokens.soft_ink));
                }
                recent.iter().find(|path| project_ui(ui, around.tokens, path)).cloned()
            });
            (closed, opened.inner)
        });
        match shown {
            Some((_, Some(path))) => Outcome::Done(vec![Wish::OpenProject(path)]),
            Some((false, None)) => Outcome::Stay,
            Some((true, None)) | None => Outcome::Leave,
        }
    }
}

/// A project by its name and its path; true where it was chosen.
fn project_ui(ui: &mut Ui, tokens: &Tokens, path: &str) -> bool {
    let name = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path);
    let mut job = egui::text::LayoutJob::default();
    let look = |font, color| egui::TextFormat::simple(font, color);
    job.append(name, 0.0, look(fonts::serif_strong(size::LIST_TITLE), tokens.ink));
    job.append(path, space::S, look(fonts::plain(size::SMALL), tokens.soft_ink));
    let button = Button::new(job).truncate().min_size(egui::vec2(ui.available_width(), size::FORM_ROW));
    let at_left = Layout::top_down_justified(Align::Min);
    ui.with_layout(at_left, |ui| ui.add(button).accessible_name(name).clicked()).inner
}
