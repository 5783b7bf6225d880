//! An article on its card in the list: how far it has come, what it is called, and how much was marked in it.

use egui::{
    Align2, Color32, Key, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2,
};

use super::picked::Picked;
use crate::{
    command::{Command, View, article::ArticleCommand},
    model::{Article, ArticleId, LabelId, LayerSlot, LayerSummary, Status},
    text::grouped,
    ui::{
        context::Ctx,
        kit::{
            access,
            glyph::{self, Progress},
            list::{self, Ground},
            strip,
            words::{self, Words},
        },
        panel::{menus, run, wording},
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// Lines of a title at most; what is longer is cut.
const TITLE_LINES: usize = 3;
/// Of a title, and of what stands below it.
const LINE: f32 = 18.0;
/// From the edge of the card to what is on it, in points.
const PAD: f32 = 9.0;
/// From the left edge of a card to its title.
const INDENT: f32 = 33.0;
/// For the number of marks.
const COUNT: f32 = 30.0;
/// From the number of marks to the right edge of a card.
const END: f32 = 11.0;
/// From a card's words to the strip below them.
const ABOVE_STRIP: f32 = 6.0;
/// The height of a card that has not been seen yet.
pub const USUAL: f32 = 2.0 * PAD + 3.0 * LINE;

/// What can be done to articles that are picked together.
fn picked_menu_ui(ui: &mut Ui, count: usize, out: &mut Vec<Wish>) {
    if ui.button(tr!("Compare {n} article|Compare {n} articles", n = count)).clicked() {
        run(out, Command::View(View::Compare));
        ui.close();
    }
}

/// An article as the list shows it: how far it has come, title, outlet and date, and how much is marked.
pub struct Card<'a> {
    ctx: &'a Ctx<'a>,
    id: &'a ArticleId,
    article: &'a Article,
    /// Of the annotator's own layer.
    summary: LayerSummary,
    /// Outlet and date, as far as they are known.
    meta: String,
}

impl<'a> Card<'a> {
    /// The card of an article of the project; `None` where there is none.
    pub fn of(ctx: &'a Ctx<'a>, id: &'a ArticleId) -> Option<Self> {
        let project = ctx.session.project();
        let article = project.article(id)?;
        let slot = ctx.session.annotator().and_then(|who| project.layer_slot(id, who));
        let summary = slot.map(LayerSlot::summary).unwrap_or_default();
        let meta = [article.metadata.outlet.as_str(), &wording::short_date(&article.metadata.published)];
        Some(Self { ctx, id, article, summary, meta: wording::dotted(meta) })
    }

    /// Shows the card from the upper edge of a row on; gives its height.
    pub fn ui(&self, ui: &Ui, row: Rect, sense: Sense, picked: &Picked, out: &mut Vec<Wish>) -> (f32, Response) {
        let width = row.width() - 2.0 * space::S;
        let title = self.title(ui, width - INDENT - COUNT);
        let strip = if self.summary.annotations() > 0 { ABOVE_STRIP + size::STRIP } else { 0.0 };
        let height = 2.0 * PAD + title.rows() as f32 * LINE + self.meta_height() + strip;
        let rect = Rect::from_min_size(row.min + vec2(space::S, 0.0), Vec2::new(width, height));
        let response = ui.interact(rect, ui.scope_id().with(self.id.as_str()), sense);
        let is_open = self.ctx.session.focus().article.as_ref() == Some(self.id);
        let is_picked = picked.has(self.id);
        response.widget_info(|| {
            let name = tr!("Open “{title}”", title = &self.article.metadata.title);
            WidgetInfo::selected(Role::ListItem, true, is_open || is_picked, name)
        });
        let ground = if is_open { Ground::Raised } else { Ground::Plain };
        list::paint_ground(ui, self.ctx.tokens, rect, &response, ground);
        if is_picked {
            let line = Stroke::new(1.5 * size::LINE, self.ctx.tokens.accent);
            ui.painter().rect_stroke(rect, f32::from(size::CARD_RADIUS), line, StrokeKind::Inside);
        }
        self.paint(ui, rect, title);
        let picks = ui.input(|i| i.modifiers.shift || i.modifiers.command);
        if response.clicked() && !is_open && !picks {
            run(out, Command::Article(ArticleCommand::Open(self.id.clone())));
        }
        // Space opens it too, and stays in the list.
        if response.clicked() && !picks && ui.input(|i| i.key_pressed(Key::Enter)) {
            run(out, Command::View(View::Page));
        }
        if response.secondary_clicked() && !is_open && !is_picked {
            run(out, Command::Article(ArticleCommand::Open(self.id.clone())));
        }
        response.context_menu(|ui| match is_picked && picked.count() > 1 {
            true => picked_menu_ui(ui, picked.count(), out),
            false => self.menu_ui(ui, out),
        });
        (height, self.explained(response))
    }

    /// What can be done to the article, which is open then.
    fn menu_ui(&self, ui: &mut Ui, out: &mut Vec<Wish>) {
        access::name_menu(ui, &tr("Article"), None);
        menus::rows_ui(ui, self.ctx, &["to-do", "in-progress", "done"], out);
        ui.separator();
        menus::rows_ui(ui, self.ctx, &["metadata"], out);
        ui.menu_button(tr("Move to story"), |ui| {
            let project = self.ctx.session.project();
            let none = (String::new(), tr("No story").into_owned());
            let stories = project.stories().map(|(_, story)| (story.name.clone(), story.name.clone()));
            for (story, text) in stories.chain([none]) {
                if ui.button(text).clicked() {
                    let (article, metadata) = (self.id.clone(), self.article.metadata.clone());
                    run(out, Command::Article(ArticleCommand::Describe { article, metadata, story: Some(story) }));
                    ui.close();
                }
            }
        });
        ui.separator();
        menus::rows_ui(ui, self.ctx, &["correct-text", "set-aside", "remove-article"], out);
    }

    /// Says in words what the card shows in signs: how far the article has come, and how much of what was marked.
    fn explained(&self, response: Response) -> Response {
        let counted = |(id, n): &(LabelId, u32)| {
            let name = self.ctx.codebook().label(id).map_or(id.as_str(), |label| label.name.as_str());
            tr!("{name} {n}", name, n = &grouped(*n as usize))
        };
        let summary = &self.summary;
        let marks = tr!("{n} mark|{n} marks", n = summary.annotations() as usize);
        let relations = tr!("{n} relation|{n} relations", n = summary.relations as usize);
        let flags = tr!("{n} flag or question|{n} flags or questions", n = summary.flags as usize);
        let words = tr!("{n} word|{n} words", n = self.article.words as usize);
        let status = tr(wording::status(summary.status));
        let lacking = self.ctx.session.incomplete(self.id).unwrap_or_default();
        let incomplete = tr!("{n} mark lacks an answer|{n} marks lack an answer", n = lacking);
        let lacking = u32::try_from(lacking).unwrap_or(u32::MAX);
        let parts = [
            (1, &words),
            (1, &marks),
            (lacking, &incomplete),
            (summary.relations, &relations),
            (summary.flags, &flags),
        ];
        let parts = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, part)| part.as_str());
        let first = wording::dotted(std::iter::once(status.as_ref()).chain(parts));
        let by_label: Vec<String> = summary.counts.iter().map(counted).collect();
        let told = [first.as_str(), &wording::dotted(by_label.iter().map(String::as_str))].join("\n");
        let told = told.trim().to_owned();
        response.ctx.accesskit_node_builder(response.id, |node| node.set_description(told.clone()));
        response.on_hover_text(told)
    }

    /// The title, wrapped to a width in points.
    fn title(&self, ui: &Ui, width: f32) -> Words {
        let look = (fonts::serif_strong(size::LIST_TITLE), self.ctx.tokens.ink);
        words::wrapped(ui.painter(), &self.article.metadata.title, look, width, (TITLE_LINES, LINE))
    }

    fn meta_height(&self) -> f32 {
        if self.meta.is_empty() { 0.0 } else { LINE }
    }

    fn paint(&self, ui: &Ui, rect: Rect, title: Words) {
        let (painter, tokens) = (ui.painter(), self.ctx.tokens);
        let (small, soft) = (fonts::plain(size::SMALL), tokens.soft_ink);
        let first = rect.top() + PAD + LINE / 2.0;
        glyph::paint_progress(painter, tokens, pos2(rect.left() + 14.0, first), self.progress());
        let marks = self.summary.annotations();
        let (left, right) = (rect.left() + INDENT, rect.right() - END);
        painter.text(pos2(right, first), Align2::RIGHT_CENTER, grouped(marks as usize), small.clone(), soft);
        let below_title = rect.top() + PAD + title.rows() as f32 * LINE;
        title.paint(painter, pos2(left, rect.top() + PAD));
        let meta = words::elided(painter, &self.meta, small, soft, right - left);
        meta.paint_middle_left(painter, pos2(left, below_title + LINE / 2.0));
        if marks > 0 {
            let top = below_title + self.meta_height() + ABOVE_STRIP;
            let strip = Rect::from_min_max(pos2(left, top), pos2(right, top + size::STRIP));
            strip::paint_strip(painter, strip, &self.shares());
        }
    }

    /// How far the annotator has come, as a ring.
    fn progress(&self) -> Progress {
        match self.summary.status {
            Status::ToDo => Progress::None,
            Status::InProgress => Progress::Half,
            Status::Done => Progress::Full,
        }
    }

    /// How much was marked with each label, the labels as the codebook orders them.
    fn shares(&self) -> Vec<(Color32, u32)> {
        let of = |id| self.summary.counts.iter().find(|(label, _)| label == id).map_or(0, |(_, n)| *n);
        self.ctx.codebook().labels.iter().map(|l| (self.ctx.tokens.label(l.color).line, of(&l.id))).collect()
    }
}
