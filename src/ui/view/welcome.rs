//! What is seen before there is a project: how to begin, and where one was lately.
//!
//! The list of recent projects is given by whoever knows the disk; nothing is looked up here.

use egui::{Align, Layout, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role, vec2};

use crate::{
    command::{Ask, Command},
    ui::{
        kit::{form, words::elided},
        theme::{Tokens, fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// A project that was open lately, the last one first in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    pub name: String,
    /// Its folder, as the desktop writes it; opening wishes for this path.
    pub path: String,
    /// Whether it is still there.
    pub state: ProjectPresence,
}

/// Whether a recent project is still where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectPresence {
    /// There is a project in its folder.
    Here,
    /// The folder is gone or can’t be reached now; it can be clicked all the same, to be told why.
    Missing,
}

/// Draws the view over all the room there is, and wishes for what was clicked.
pub fn welcome_ui(ui: &mut Ui, tokens: &Tokens, recent: &[Recent], out: &mut Vec<Wish>) {
    let all = ui.available_rect_before_wrap();
    ui.painter().rect_filled(all, 0.0, tokens.paper);
    let width = size::WELCOME.min(all.width() - 2.0 * space::XL);
    let content = 220.0 + recent.len() as f32 * ROW;
    let top = ((all.height() - content) * 0.4).max(space::XL);
    let column = Rect::from_min_max(
        egui::pos2((all.center().x - width / 2.0).round(), (all.top() + top).round()),
        egui::pos2((all.center().x + width / 2.0).round(), all.bottom() - space::L),
    );
    let mut ui = ui.new_child(UiBuilder::new().max_rect(column).layout(Layout::top_down(Align::Min)));
    let ui = &mut ui;
    heading(ui, tokens);
    beginnings(ui, tokens, out);
    if !recent.is_empty() {
        ui.add_space(space::XL);
        form::caption(ui, tokens, &tr("Recent projects"));
        ui.spacing_mut().item_spacing.y = 0.0;
        let room = (ui.available_height() - space::XL - space::L).max(ROW);
        ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
            for project in recent {
                if recent_ui(ui, tokens, project).clicked() {
                    out.push(Wish::OpenProject(project.path.clone()));
                }
            }
        });
    }
    ui.add_space(space::L);
    ui.label(RichText::new(tr("Or drop a project folder or articles here")).color(tokens.soft_ink));
}

/// Height of the row of a recent project, in points.
const ROW: f32 = 48.0;

/// The name of the program and what it is for.
fn heading(ui: &mut Ui, tokens: &Tokens) {
    ui.label(RichText::new("Pressmark").font(fonts::serif_strong(size::DISPLAY)).color(tokens.ink));
    let sentence = tr("Mark claims, quotes and stances in the news, and say who said them");
    ui.label(RichText::new(sentence).font(fonts::serif_italic(size::LEAD)).color(tokens.soft_ink));
}

/// The buttons to begin with.
fn beginnings(ui: &mut Ui, tokens: &Tokens, out: &mut Vec<Wish>) {
    ui.add_space(space::XL);
    ui.horizontal_wrapped(|ui| {
        let mut ask = |clicked: bool, ask: Ask| {
            if clicked {
                out.push(Wish::Run(Command::Ask(ask)));
            }
        };
        ask(form::primary_button(ui, tokens, &tr("New project…")).clicked(), Ask::NewProject);
        ask(form::button(ui, &tr("Open…")).clicked(), Ask::OpenProject);
        ask(form::button(ui, &tr("Open the sample project")).clicked(), Ask::OpenSample);
    });
}

/// A recent project: name and folder; pale where the folder is gone.
fn recent_ui(ui: &mut Ui, tokens: &Tokens, project: &Recent) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let is_here = project.state == ProjectPresence::Here;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_here, &project.name));
    let ground = rect.expand2(vec2(space::S, 0.0));
    let painter = ui.painter().with_clip_rect(ground.expand(size::FOCUS));
    if response.hovered() {
        painter.rect_filled(ground, f32::from(size::RADIUS), tokens.hover);
    }
    if response.has_focus() {
        let ring = tokens.focus();
        painter.rect_stroke(ground, f32::from(size::RADIUS), ring, egui::StrokeKind::Inside);
    }
    let ink = if is_here { tokens.ink } else { tokens.soft_ink };
    let under = if is_here { project.path.clone() } else { tr!("No longer there: {path}", path = &project.path) };
    let line = |text: &str, font, color, top: f32| {
        elided(&painter, text, font, color, rect.width()).paint(&painter, rect.left_top() + Vec2::new(0.0, top));
    };
    line(&project.name, fonts::serif_strong(size::HEADING), ink, 6.0);
    line(&under, fonts::plain(size::SMALL), tokens.soft_ink, 26.0);
    response
}
