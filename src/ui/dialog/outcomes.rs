//! What becomes of each mark when a text is corrected: how many are changed, lost, moved and the same, and a list of
//! those of one kind. A click on one goes to its place.
//!
//! It shows what `text::correction` has worked out and decides nothing. Marks of all annotators are listed, with
//! their names where others have marked too.

use egui::{Align2, Rect, Response, Sense, Ui, WidgetInfo, accesskit::Role, pos2};

use crate::{
    command::{
        Command, MarkRef,
        correct::{Corrected, Outcome},
        select::Select,
    },
    model::LabelId,
    text::{correction::Fate, grouped},
    ui::{
        context::Ctx,
        excerpt,
        kit::{
            badge, field,
            list::{self, Ground},
            rows::Rows,
            segmented, words,
        },
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// The fates of marks, in the order in which they should be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    /// The words read otherwise now, and may say something else.
    Changed,
    /// The words are gone; the mark is set aside.
    Lost,
    /// The words are the same and stand elsewhere.
    Moved,
    /// Nothing changed but, perhaps, the offset.
    Same,
}

/// In the order of the enum, whose variants index arrays by this.
const GROUPS: [Group; 4] = [Group::Changed, Group::Lost, Group::Moved, Group::Same];

impl Group {
    /// The group that tells most of it: what is to be looked at comes before what is the same.
    fn of(outcome: &Outcome) -> Self {
        match outcome.placed {
            None => Self::Lost,
            Some((_, Fate::Changed)) => Self::Changed,
            Some((_, Fate::Moved)) => Self::Moved,
            Some((_, Fate::Same)) => Self::Same,
        }
    }

    /// English, for the screen’s door.
    fn name(self) -> &'static str {
        match self {
            Self::Changed => "Changed",
            Self::Lost => "Lost",
            Self::Moved => "Moved",
            Self::Same => "Same",
        }
    }

    /// What it means for the user, in a sentence; English, for the screen’s door.
    fn meaning(self) -> &'static str {
        match self {
            Self::Changed => "Their words changed; check whether the marks still fit",
            Self::Lost => "Their words are gone; the marks are set aside until you decide",
            Self::Moved => "Their words moved to another place in the text",
            Self::Same => "Their words are unchanged",
        }
    }
}

/// The list and its view state.
pub(super) struct Outcomes {
    /// Indexes into `Corrected::outcomes`, by [`Group`].
    by_group: [Vec<usize>; 4],
    /// Which group is listed; at first the first one that is not empty.
    shown: Group,
    /// The outcome that was clicked, as an index into `Corrected::outcomes`.
    picked: Option<usize>,
}

impl Outcomes {
    /// Sorted into their groups; the first one that has something is shown.
    pub fn of(corrected: &Corrected) -> Self {
        let mut by_group: [Vec<usize>; 4] = Default::default();
        for (at, outcome) in corrected.outcomes.iter().enumerate() {
            by_group[Group::of(outcome) as usize].push(at);
        }
        let first = GROUPS.into_iter().find(|group| !by_group[*group as usize].is_empty());
        Self { by_group, shown: first.unwrap_or(Group::Same), picked: None }
    }

    /// Whether marks of the annotator’s own have just been set aside, so that their list is worth showing.
    pub fn has_lost(&self, ctx: &Ctx<'_>) -> bool {
        !self.by_group[Group::Lost as usize].is_empty()
            && ctx.session.scene().layer().is_some_and(|layer| !layer.set_aside().is_empty())
    }

    /// Draws the numbers, what the group means, and its list, which takes at most `room` points of height.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, corrected: &Corrected, room: f32, out: &mut Vec<Wish>) {
        let choices = GROUPS.map(|group| {
            let (name, n) = (tr(group.name()), self.by_group[group as usize].len());
            (group, name.clone(), format!("{name} · {}", grouped(n)))
        });
        let id = ui.scope_id().with("outcomes");
        if let Some(clicked) = segmented::one_of(ui, ctx.tokens, id, self.shown, &choices) {
            (self.shown, self.picked) = (clicked, None);
        }
        ui.add_space(space::S);
        words::paragraph_ui(ui, &tr(self.shown.meaning()), fonts::plain(size::SMALL), ctx.tokens.soft_ink);
        ui.add_space(space::XS);
        let room = (ui.available_height() - 4.0 * size::FORM_ROW).clamp(4.0 * size::FORM_ROW, room);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), room), Sense::hover());
        let mut list = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt(self.shown.name()));
        self.list_ui(&mut list, ctx, corrected, out);
    }

    /// The rows of the group in view; each as high as one or two lines of words need.
    fn list_ui(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, corrected: &Corrected, out: &mut Vec<Wish>) {
        let own = &self.by_group[self.shown as usize];
        if own.is_empty() {
            let none = match corrected.outcomes.is_empty() {
                true => tr("The article has no marks"),
                false => tr("None"),
            };
            return field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &none);
        }
        let several = corrected.outcomes.iter().any(|outcome| Some(&outcome.annotator) != ctx.session.annotator());
        let height = if self.shown == Group::Changed { size::RELATION_ROW } else { size::ROW + space::XS };
        let picked = &mut self.picked;
        Rows::even("outcomes", own.len(), height).called(tr("Labels")).show(ui, None, |ui, place| {
            let at = own[place.at];
            let outcome = &corrected.outcomes[at];
            let row = OutcomeRow { ctx, corrected, outcome, names_annotator: several };
            if row.ui(ui, place.rect, (at, *picked == Some(at))).clicked() {
                *picked = Some(at);
                out.extend(row.place());
            }
            height
        });
    }
}

/// A mark with its words before and, where they differ, after.
struct OutcomeRow<'a> {
    ctx: &'a Ctx<'a>,
    /// Both texts, for the words before and after.
    corrected: &'a Corrected,
    /// The mark of the row, and what happens to it.
    outcome: &'a Outcome,
    /// Whether the annotator’s name is shown, as several have marked.
    names_annotator: bool,
}

impl OutcomeRow<'_> {
    /// Draws the row; `at` is the outcome’s index, which makes its id.
    fn ui(&self, ui: &Ui, rect: Rect, (at, is_picked): (usize, bool)) -> Response {
        let response = ui.interact(rect, ui.scope_id().with(at), Sense::click());
        let (before, after) = (self.before(), self.after());
        response.widget_info(|| {
            let name = after.as_ref().map_or_else(|| before.clone(), |after| format!("{before} → {after}"));
            WidgetInfo::selected(Role::ListItem, true, is_picked, name)
        });
        let ground = if is_picked { Ground::Raised } else { Ground::Plain };
        list::paint_ground(ui, self.ctx.tokens, rect, &response, ground);
        let (painter, tokens) = (ui.painter(), self.ctx.tokens);
        let inner = rect.shrink2(egui::vec2(space::S, 0.0));
        let mut right = inner.right();
        let first = if after.is_some() { rect.top() + 15.0 } else { rect.center().y };
        if self.names_annotator {
            let name = self.ctx.session.project().annotator(&self.outcome.annotator).map_or("", |a| a.name.as_str());
            let font = fonts::plain(size::SMALL);
            right =
                painter.text(pos2(right, first), Align2::RIGHT_CENTER, name, font, tokens.soft_ink).left() - space::S;
        }
        let left = self.paint_badge(ui, pos2(inner.left(), first), &self.outcome.mark.label);
        let color = if after.is_some() { tokens.soft_ink } else { tokens.ink };
        let words = words::elided(painter, &before, fonts::serif(size::LIST_WORDS), color, right - left);
        words.paint_middle_left(painter, pos2(left, first));
        if let Some(after) = &after {
            let room = inner.right() - left;
            words::elided(painter, after, fonts::serif(size::LIST_WORDS), tokens.ink, room)
                .paint_middle_left(painter, pos2(left, rect.top() + 34.0));
        }
        response
    }

    /// Paints the label’s initials; gives the left edge of the words.
    fn paint_badge(&self, ui: &Ui, at: egui::Pos2, label: &LabelId) -> f32 {
        if let Some(label) = self.ctx.codebook().label(label) {
            let center = at + egui::vec2(size::BADGE / 2.0, 0.0);
            badge::paint_badge(ui.painter(), center, &label.initials, self.ctx.tokens.label(label.color));
        }
        at.x + size::BADGE + space::M
    }

    /// The words as they were.
    fn before(&self) -> String {
        excerpt::words_of(&self.corrected.before.text, &self.outcome.mark)
    }

    /// The words as they are now, where they differ; `None` for every other fate.
    fn after(&self) -> Option<String> {
        match &self.outcome.placed {
            Some((fragments, Fate::Changed)) => {
                Some(excerpt::beginning(&fragments.words(&self.corrected.after.text)).to_owned())
            }
            _ => None,
        }
    }

    /// Goes there: picks a mark of one’s own, or puts the caret where another’s mark begins.
    fn place(&self) -> Option<Wish> {
        let is_own = self.ctx.session.annotator() == Some(&self.outcome.annotator);
        let start = self.outcome.mark.fragments.first().start();
        let select = match is_own {
            true => Select::Pick(MarkRef::Id(self.outcome.id)),
            false => Select::To { anchor: start, head: start },
        };
        Some(Wish::Run(Command::Select(select)))
    }
}
