//! What takes long and goes on beside the window, in a card over its lower edge: what it is, how far it has come, and a
//! way to cancel it. It moves nothing else.
//!
//! The jobs are the runner’s and the window’s; this only shows a snapshot of them, made anew in every frame.

use egui::{
    Align2, Area, CornerRadius, Frame, Id, Margin, Order, Pos2, ProgressBar, Sense, Stroke, Ui, Vec2, WidgetInfo,
    accesskit::Role,
};

use crate::ui::{
    kit::{
        button::{Chosen, quiet},
        words,
    },
    theme::{Tokens, fonts, size, space},
    wish::{Task, Wish},
    words::tr,
};

/// Something that goes on beside the window and ends by itself, such as adding articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Doing {
    /// What it is, translated, as a person says it, such as “Adding articles”; no “…” at its end.
    pub name: String,
    /// How much of it is done, from 0.0 to 1.0; `None` where nobody knows how much there is.
    pub share: Option<f32>,
    /// What [`Wish::Cancel`] names to stop it; `None` where it cannot be stopped and there is no button.
    pub task: Option<Task>,
}

/// Shows what goes on in one card, a line each, oldest first. `corner` is the lower left corner of the page, from
/// which the card keeps a distance. Draws nothing where nothing goes on.
pub fn doing_ui(ui: &Ui, tokens: &Tokens, doing: &[Doing], corner: Pos2, out: &mut Vec<Wish>) {
    if doing.is_empty() {
        return;
    }
    let corner = corner + Vec2::new(space::L, -space::L);
    // One for each number of lines: an area that grows stands in a wrong place for a frame.
    let id = Id::unique(("doing", doing.len()));
    let area = Area::new(id).order(Order::Foreground).fixed_pos(corner).pivot(Align2::LEFT_BOTTOM);
    area.constrain(true).show(ui.ctx(), |ui| {
        let frame = Frame::NONE
            .fill(tokens.bar)
            .stroke(Stroke::new(size::LINE, tokens.line))
            .corner_radius(CornerRadius::same(size::CARD_RADIUS))
            .shadow(ui.visuals().popup_shadow)
            .inner_margin(Margin::symmetric(12, 8));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(space::S);
            for (at, one) in doing.iter().enumerate() {
                ui.push_id(at, |ui| ui.horizontal(|ui| one_ui(ui, tokens, one, out)));
            }
        });
    });
}

/// One line: the name with its share in per cent, a bar, and Cancel.
fn one_ui(ui: &mut Ui, tokens: &Tokens, doing: &Doing, out: &mut Vec<Wish>) {
    let says = match doing.share {
        Some(share) => {
            let percent = (share * 100.0).floor().to_string();
            tr!("{what}: {n} %", what = &doing.name, n = &percent)
        }
        None => format!("{}…", doing.name),
    };
    // As wide as the longest it will be, so that nothing moves while it counts.
    let widest = tr!("{what}: {n} %", what = &doing.name, n = "100");
    let font = fonts::plain(size::SMALL);
    let wanted = words::whole(ui.painter(), &widest, font.clone(), tokens.ink).size();
    let galley = words::whole(ui.painter(), &says, font, tokens.ink);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &says));
    galley.paint(ui.painter(), rect.min);
    if let Some(share) = doing.share {
        let bar = ProgressBar::new(share).desired_width(size::PROGRESS).desired_height(space::XS);
        ui.add(bar).accessible_name(doing.name.as_str());
    }
    if let Some(task) = doing.task {
        let name = tr!("Cancel {what}", what = &doing.name);
        if quiet(ui, tokens, &name, &tr("Cancel"), Chosen::No).clicked() {
            out.push(Wish::Cancel(task));
        }
    }
}
