//! A step in the list of what was done: what, the words, where and by whom, when.
//!
//! It draws one row and gives its response; the list (`history`) decides what a click does.

use egui::{Align2, Color32, Response, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::wording;
use crate::{
    model::edit::{Entry, Standing},
    text::moment,
    ui::{
        context::Ctx,
        kit::{
            list::{self, Cursor, Ground},
            rows::RowPlace,
            words,
        },
        theme::{fonts, size, space},
        words::phrase,
    },
};

/// One step of the log, ready to be drawn.
pub struct StepRow<'a> {
    pub ctx: &'a Ctx<'a>,
    pub entry: &'a Entry,
    /// Whether its buttons are shown below it; those are drawn by the list.
    pub is_chosen: bool,
}

impl StepRow<'_> {
    /// Draws the row at its place in the list. Time is short; the tooltip has the whole date with seconds.
    pub fn ui(&self, ui: &Ui, place: &RowPlace, cursor: &Cursor) -> Response {
        let sense = cursor.sense(place.at, &place.seen);
        let response = ui.interact(place.rect, ui.scope_id().with(self.entry.id.0.as_u64()), sense);
        let (what, where_and_who, when) = (self.what(), self.where_and_who(), self.when());
        response.widget_info(|| {
            let parts = [what.as_str(), &self.words(), &where_and_who, &when];
            let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            WidgetInfo::selected(Role::ListItem, true, self.is_chosen, name)
        });
        let ground = if self.is_chosen { Ground::Raised } else { Ground::Plain };
        let card = place.rect.expand2(Vec2::new(space::XS, -1.0));
        list::paint_ground(ui, self.ctx.tokens, card, &response, ground);
        let (painter, tokens) = (ui.painter(), self.ctx.tokens);
        let ink = if self.entry.standing == Standing::Undone { tokens.soft_ink } else { tokens.ink };
        let rect = place.rect.shrink2(Vec2::new(space::XS, space::XS));
        let mut middle = rect.top() + size::STEP_LINE / 2.0;
        let end = pos2(rect.right(), middle);
        let font = fonts::plain(size::TINY);
        let when = painter.text(end, Align2::RIGHT_CENTER, when, font, tokens.soft_ink);
        let line = |text: &str, font, color: Color32, middle: f32, right: f32| {
            words::elided(painter, text, font, color, right - rect.left())
                .paint_middle_left(painter, pos2(rect.left(), middle));
        };
        line(&what, fonts::strong(size::TEXT), ink, middle, when.left() - space::S);
        if !self.entry.words.is_empty() {
            middle += size::STEP_LINE;
            line(&self.words(), fonts::serif(size::LIST_WORDS), ink, middle, rect.right());
        }
        middle += size::STEP_LINE;
        line(&where_and_who, fonts::plain(size::SMALL), tokens.soft_ink, middle, rect.right());
        words::hint(response, &self.exactly_when())
    }

    /// The step’s name, marked as undone where it was taken back and not repeated.
    fn what(&self) -> String {
        let what = phrase(&self.entry.label);
        match self.entry.standing {
            Standing::Done => what,
            Standing::Undone => crate::tr!("Undone: {what}", what = self.entry.label.clone()),
        }
    }

    /// The words of the step’s first mark in quotation marks, and how many other marks it changed; empty where it
    /// changed none.
    fn words(&self) -> String {
        let words = &self.entry.words;
        match (words.is_empty(), self.entry.marks) {
            (true, _) => String::new(),
            (false, 0 | 1) => format!("“{words}”"),
            (false, marks) => crate::tr!("“{words}” and {n} more|“{words}” and {n} more", words, n = marks - 1),
        }
    }

    /// Who did it, and the title of the article, or the number of articles where there are several.
    fn where_and_who(&self) -> String {
        let project = self.ctx.session.project();
        let title = |id| project.article(id).map(|article| article.metadata.title.clone());
        let title = match self.entry.articles.len() {
            0 => String::new(),
            1 => self.entry.articles.first().and_then(title).unwrap_or_default(),
            n => crate::tr!("{n} article|{n} articles", n),
        };
        let by = wording::person(project, self.entry.by.as_ref());
        wording::dotted([by.as_str(), &title])
    }

    /// Day and minute on the user’s clock, as “19 Dec 14:03”, because many stand below each other.
    fn when(&self) -> String {
        let (at, _) = moment::local(self.entry.at_unix_ms, self.ctx.zone);
        format!("{} {}", wording::short_date(&at), at.get(11..16).unwrap_or_default())
    }

    /// Date and time to the second, with the time zone.
    fn exactly_when(&self) -> String {
        let (at, zone) = moment::local(self.entry.at_unix_ms, self.ctx.zone);
        let day = wording::long_date(&at);
        crate::tr!("{day}, {time} {zone}", day = &day, time = at.get(11..19).unwrap_or_default(), zone = &zone)
    }
}
