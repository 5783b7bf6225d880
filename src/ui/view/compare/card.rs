//! The statement in hand, below the columns: every report’s wording under the other with what differs, who is heard, how
//! much was kept, and what can be said of it.

use egui::{
    Align, Frame, Layout, Margin, Panel, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo,
    accesskit::Role,
    pos2,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::{
    drawn::Drawn,
    rail,
    rows::{Row, heard},
    state::Compare,
};
use crate::{
    compare::{Change, Confidence, Difference, Likeness, Statement},
    ui::{
        context::Ctx,
        kit::{
            button::{Chip, Chosen, chip},
            keycap,
            segmented::{Among, Choice, Fill, filled_choices_ui},
            words,
        },
        panel::{Part, wording},
        theme::{LabelLook, fonts, size, space},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// Height of the card, unless the user drags its edge.
const HEIGHT: f32 = 216.0;
/// The least and, as a share of the room, the greatest height.
const LEAST: f32 = 96.0;
const MOST: f32 = 0.5;
/// The column of outlets, that of counts, and that of what can be done.
const OUTLETS: f32 = 136.0;
const COUNTS: f32 = 150.0;
const DECISIONS: f32 = 344.0;
/// The least room of what can be done, and the most of the outlets as a share of what is left.
const LEAST_DECISIONS: f32 = 264.0;
const MOST_OUTLETS: f32 = 0.3;
/// Height of a line of a wording.
const LINE: f32 = 25.0;

/// Draws the card at the lower edge of the room there is.
pub fn card_ui(ui: &mut Ui, ctx: &Ctx<'_>, drawn: &mut Drawn<'_>, out: &mut Vec<Wish>) {
    drawn.view.make_rows(ctx, drawn.annotate.stamps);
    let room = ui.max_rect().height();
    let frame = Frame::NONE.fill(ctx.tokens.panel).inner_margin(Margin { left: 24, right: 24, top: 10, bottom: 6 });
    let panel = Panel::bottom("statement in hand").frame(frame).resizable(true);
    panel.default_size(HEIGHT).size_range(LEAST..=(room * MOST).max(LEAST)).show(ui, |ui| {
        ui.take_available_space();
        Part::Concordance.begins(ui);
        let whole = ui.available_rect_before_wrap();
        let view = &*drawn.view;
        let Some(statement) = view.in_hand().cloned() else { return nothing_ui(ui, ctx, view, whole) };
        let decisions = DECISIONS.min(whole.width() * 0.4).max(LEAST_DECISIONS);
        let (left, right) = whole.split_left_right_at_x(whole.right() - decisions);
        let mut ui_left = ui.new_child(UiBuilder::new().max_rect(left.with_max_x(left.right() - space::L)));
        ScrollArea::vertical().id_salt("wordings").auto_shrink(false).show(&mut ui_left, |ui| {
            wordings_ui(ui, ctx, view);
        });
        let mut ui_right = ui.new_child(UiBuilder::new().max_rect(right));
        decisions_ui(&mut ui_right, ctx, drawn, &statement, out);
    });
}

/// What to do where no statement is in hand.
fn nothing_ui(ui: &Ui, ctx: &Ctx<'_>, view: &Compare, whole: Rect) {
    let text = match view.statements.all.is_empty() {
        true if view.is_waiting() => tr("Comparing the articles…"),
        true => tr("These reports share no statement"),
        false => tr("Press j for the first statement, or put the caret into one"),
    };
    let words = words::whole(ui.painter(), &text, fonts::plain(size::TEXT), ctx.tokens.soft_ink);
    let response = ui.interact(whole, ui.scope_id().with("no statement"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    words.paint_middle_left(ui.painter(), whole.left_center());
}

/// The heading, then every report’s wording, the fullest one first.
fn wordings_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &Compare) {
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let rows = view.rows.as_ref().map(|rows| rows.all.as_slice()).unwrap_or_default();
    heading_ui(ui, ctx, view, rows);
    rows.iter().enumerate().for_each(|(at, row)| row_ui(ui, ctx, row, at == 0));
}

/// “Statement 2 of 14”, and who is heard with it.
fn heading_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &Compare, rows: &[Row]) {
    let (at, all) = (view.at.unwrap_or_default() + 1, view.statements.all.len());
    // One and the same source is named in several ways; the shortest is enough here, each stands beside its wording.
    let sources = rows.iter().map(|row| row.heard.source.as_str()).filter(|source| !source.is_empty());
    let source = sources.min_by_key(|source| source.len()).unwrap_or_default();
    let mut cues: Vec<&str> = Vec::new();
    for cue in rows.iter().map(|row| row.heard.cue.as_str()).filter(|cue| !cue.is_empty()) {
        if !cues.contains(&cue) {
            cues.push(cue);
        }
    }
    let whence = wording::dotted([source, &cues.join(", ")]);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let title = tr!("Statement {n} of {all}", n = at, all);
        words::line_ui(ui, Role::Label, &title, fonts::strong(size::HEADING - 1.0), ctx.tokens.ink);
        words::line_ui(ui, Role::Label, &whence, fonts::plain(size::SMALL), ctx.tokens.soft_ink);
    });
    ui.add_space(space::S);
}

/// An outlet, its wording as it differs from the first one, and how much differs.
fn row_ui(ui: &mut Ui, ctx: &Ctx<'_>, row: &Row, is_first: bool) {
    let tokens = ctx.tokens;
    let width = ui.available_width();
    let outlets = OUTLETS.min(width * MOST_OUTLETS);
    let narrow = width < OUTLETS + COUNTS + 420.0;
    let counts = if narrow { 0.0 } else { COUNTS };
    let middle = (width - outlets - counts - space::M).max(120.0);
    let told = told(row, is_first);
    let wording = wording_words(ui, ctx, row, middle);
    let small = |text: &str, width: f32, rows: usize| {
        words::wrapped(ui.painter(), text, (fonts::plain(size::SMALL), tokens.soft_ink), width, (rows, 16.0))
    };
    let outlet = small(&row.outlet, outlets - space::M, 2);
    let whence = small(&heard(&row.heard), outlets - space::M, 2);
    let counted = small(&told, if narrow { width - outlets } else { counts }, usize::MAX);
    let under = if narrow { counted.size().y } else { 0.0 };
    let beside = outlet.size().y + whence.size().y;
    let height = (wording.size().y + under).max(beside).max(counted.size().y) + space::S;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {}, {told}", row.outlet, row.said)));
    let top = rect.top() + 4.0;
    let below_outlet = top + outlet.size().y;
    outlet.paint(ui.painter(), pos2(rect.left(), top));
    whence.paint(ui.painter(), pos2(rect.left(), below_outlet));
    let wording_height = wording.size().y;
    wording.paint(ui.painter(), pos2(rect.left() + outlets, rect.top()));
    let at = match narrow {
        true => pos2(rect.left() + outlets, rect.top() + wording_height),
        false => pos2(rect.right() - counted.size().x, top),
    };
    let counted = if narrow { counted } else { counted.flush_right() };
    counted.paint(ui.painter(), at);
}

/// The words with what was cut struck and what was added underlined, each on a ground of its own.
fn wording_words(ui: &Ui, ctx: &Ctx<'_>, row: &Row, width: f32) -> words::Words {
    let tokens = ctx.tokens;
    let font = fonts::serif(size::QUOTED + 0.5);
    let differs = row.differs.as_ref().filter(|(difference, _)| !difference.is_same());
    let Some((_, told)) = differs.filter(|(_, told)| !told.iter().any(|(words, _)| words::needs_engine(words))) else {
        return words::wrapped(ui.painter(), &row.said, (font, tokens.ink), width, (usize::MAX, LINE));
    };
    let plain = TextFormat { line_height: Some(LINE), ..TextFormat::simple(font, tokens.ink) };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    for (words, change) in told {
        let color = match change {
            Change::Kept => tokens.ink,
            Change::Cut => tokens.danger,
            Change::Added => tokens.good,
        };
        let mut format = TextFormat { color, ..plain.clone() };
        let line = Stroke::new(1.5 * size::LINE, color);
        match change {
            Change::Kept => {}
            Change::Cut => (format.strikethrough, format.background) = (line, color.gamma_multiply(GROUND)),
            Change::Added => (format.underline, format.background) = (line, color.gamma_multiply(GROUND)),
        }
        job.append(words, 0.0, format);
    }
    words::Words::by_egui(ui.painter().layout_job(job), tokens.ink)
}

/// How strong the ground is behind words that differ.
const GROUND: f32 = 0.12;

/// How much of the fullest wording a report has kept, and whether it quotes.
fn told(row: &Row, is_first: bool) -> String {
    let quoted = if row.is_quoted { String::new() } else { tr("without quotation marks").into_owned() };
    let how = match (is_first, row.likeness, &row.differs) {
        (true, ..) if row.is_quoted => tr("quoted whole").into_owned(),
        (true, ..) => String::new(),
        (false, Some(Likeness::Paraphrased), _) => tr("in other words").into_owned(),
        (false, Some(Likeness::Contradicted), _) => tr("contradicted").into_owned(),
        (false, _, Some((found, _))) if found.is_same() => tr("word for word").into_owned(),
        (false, _, Some((found, _))) => counted(found),
        (false, ..) => String::new(),
    };
    [how, quoted].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// “12 kept, 4 changed, 3 cut, 4 added”.
fn counted(found: &Difference) -> String {
    let parts = [
        (found.kept, tr!("{n} kept|{n} kept", n = found.kept)),
        (found.changed, tr!("{n} changed|{n} changed", n = found.changed)),
        (found.cut, tr!("{n} cut|{n} cut", n = found.cut)),
        (found.added, tr!("{n} added|{n} added", n = found.added)),
    ];
    parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, part)| part).collect::<Vec<_>>().join(", ")
}

/// The form, what can be said of the statement, and why it was proposed.
fn decisions_ui(ui: &mut Ui, ctx: &Ctx<'_>, drawn: &mut Drawn<'_>, statement: &Statement, out: &mut Vec<Wish>) {
    let Drawn { view, annotate, .. } = drawn;
    if statement.pairs.is_empty() {
        let text = tr("Only this report has it");
        words::line_ui(ui, Role::Label, &text, fonts::plain(size::SMALL), ctx.tokens.soft_ink);
        return;
    }
    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
    let form = view.form_in_hand(ctx.session);
    let texts: Vec<_> = Likeness::FORMS.iter().map(|form| tr(form.text())).collect();
    let choices: Vec<Choice<'_>> = Likeness::FORMS
        .iter()
        .zip(&texts)
        .map(|(own, text)| Choice { name: text, text, state: Chosen::from(form == Some(*own)), key: None })
        .collect();
    let look = LabelLook { line: ctx.tokens.accent, tint: ctx.tokens.selection, on_line: ctx.tokens.on_accent };
    let id = ui.scope_id().with("form of the statement");
    if let Some(at) = filled_choices_ui(ui, ctx.tokens, id, (Among::One, Fill::Label(look)), &choices) {
        view.correct(Likeness::FORMS[at], ctx.session, out);
    }
    let row = vec2(ui.available_width(), size::FORM_ROW);
    let layout = Layout::right_to_left(Align::Center).with_main_wrap(true);
    ui.allocate_ui_with_layout(row, layout, |ui| {
        let is_accepted = statement.is_accepted();
        if !is_accepted {
            accept_ui(ui, ctx, view, out);
        }
        let (text, key) = (tr("Not the same"), keycap::spelled("x"));
        let chip_of = Chip { name: &text, badge: None, text: &text, key: &key, state: Chosen::No };
        if chip(ui, ctx.tokens, &chip_of).clicked() {
            view.reject(ctx.session, annotate, out);
        }
        if is_accepted {
            words::line_ui(ui, Role::Status, &tr("Same statement"), fonts::strong(size::TEXT), ctx.tokens.good);
        }
    });
    why_ui(ui, ctx, view, statement);
}

/// The button of what is done next, with its key.
fn accept_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, out: &mut Vec<Wish>) {
    let tokens = ctx.tokens;
    let name = tr("Same statement");
    let text = words::whole(ui.painter(), &name, fonts::strong(size::TEXT), tokens.on_accent);
    let key = words::whole(ui.painter(), "Enter", fonts::monospace(size::TINY), tokens.on_accent);
    let wanted = vec2(text.size().x + key.size().x + 3.0 * space::M + space::S, size::FORM_ROW);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
    let fill = if response.hovered() { tokens.accent.gamma_multiply(0.9) } else { tokens.accent };
    ui.painter().rect_filled(rect, f32::from(size::RADIUS), fill);
    if response.has_focus() {
        crate::ui::kit::focus::paint_ring(ui, tokens, rect);
    }
    text.paint_middle_left(ui.painter(), pos2(rect.left() + space::M, rect.center().y));
    let cap = Rect::from_min_size(
        pos2(rect.right() - space::M - key.size().x - space::S, rect.center().y - key.size().y / 2.0 - 1.0),
        key.size() + vec2(space::S, 2.0),
    );
    let line = Stroke::new(size::LINE, tokens.on_accent.gamma_multiply(0.6));
    ui.painter().rect_stroke(cap, f32::from(size::BADGE_RADIUS), line, egui::StrokeKind::Inside);
    key.paint_middle_left(ui.painter(), pos2(cap.left() + space::XS, cap.center().y));
    if response.clicked() {
        view.accept(ctx.session, out);
    }
}

/// Why it was proposed, and how sure that is.
fn why_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &Compare, statement: &Statement) {
    let surest = statement.pairs.iter().filter(|pair| pair.why.is_some()).max_by_key(|pair| pair.confidence);
    let told = match surest.and_then(|pair| Some((pair, pair.why.as_ref()?))) {
        Some((pair, why)) if pair.confidence == Confidence::Sure => tr!("Proposed: {why}", why = &phrase(why)),
        Some((_, why)) => tr!("Perhaps: {why}", why = &phrase(why)),
        None => tr("Related by hand").into_owned(),
    };
    // Of several forms it is said whose is shown.
    let meant = view.pairs_meant(ctx.session);
    let outlets = rail::outlets(ctx, view);
    let whose = match meant.as_slice() {
        [at] if statement.pairs.len() > 1 => statement.pairs[*at].of.map(|column| outlets[column].as_str()).join(" – "),
        _ => String::new(),
    };
    let told = wording::dotted([whose.as_str(), &told]);
    let look = (fonts::plain(size::SMALL), ctx.tokens.soft_ink);
    let words = words::wrapped(ui.painter(), &told, look, ui.available_width(), (3, 16.0));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), words.size().y), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    let left = rect.right() - words.size().x;
    words.flush_right().paint(ui.painter(), pos2(left, rect.top()));
}
