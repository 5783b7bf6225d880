//! The page for those who cannot see it: its heading, its lines as text runs, and its marks by name.
//!
//! Lines in view are told as they are laid out, with the place of each character; the rest of the article by its words
//! alone ([`unseen`]), so that it can be read to its end. Nothing is put together while no screen reader listens. Nodes
//! have ids under the page's own, made of offsets and marks' ids, so that they stay the same from frame to frame.

mod run;
mod unseen;

use egui::accesskit::{Action, ActionData, Live, Role, TextDirection, TextPosition, TextSelection as Selected};
use egui::{Id, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use self::run::{LONGEST_RUN, Run, bounds, paragraph_end};
use super::frame::Frame;
use super::gesture::{Gesture, TextSelection};
use super::scroll::VisibleRow;
use super::source::Emphasis;
use super::state::PageState;
use crate::ui::typeset::{ClusterBox, Shaped};

/// Of the words of a fragment, in bytes, that are said of its mark; the text itself says them all.
const LONGEST_VALUE: usize = 1024;

/// How many views a screen reader wants the page to scroll down. Asked before the page's widget is made: egui takes
/// such wishes for areas of its own.
pub(super) fn wanted_views(ui: &Ui, id: Id) -> f32 {
    let count = |action| ui.input(|i| i.num_accesskit_action_requests(id, action)) as f32;
    count(Action::ScrollDown) - count(Action::ScrollUp)
}

/// Describes the page, if anybody listens, and takes what a screen reader asks for: a selection, a click on a mark.
pub(super) fn access_ui(
    ui: &mut Ui,
    state: &PageState,
    frame: &Frame<'_>,
    selection: TextSelection,
    gestures: &mut Vec<Gesture>,
) {
    let Frame { page, measures } = *frame;
    let id = page.id;
    let listens = ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Document);
        node.set_label(page.names.page);
        node.set_read_only();
        node.add_action(Action::Focus);
        node.add_action(Action::SetTextSelection);
        node.add_action(Action::ScrollUp);
        node.add_action(Action::ScrollDown);
        if let Some(language) = page.language {
            node.set_language(language);
        }
    });
    if listens.is_none() {
        return;
    }
    ui.ctx().allow_widget_id_changes_in(measures.rect);
    let builder = UiBuilder::new().id_salt(id.with("access")).max_rect(measures.rect).accessibility_parent(id);
    let mut inner = ui.new_child(builder);
    inner.set_clip_rect(measures.rect.intersect(ui.clip_rect()));
    push_heading(&inner, frame, state, state.rows.first().filter(|row| row.row == 0));
    push_caret(&inner, frame, state, selection);
    let mut runs = Vec::new();
    let laid_out = state.rows.iter().filter(|row| row.row > 0);
    let laid_out: Vec<_> = laid_out.filter_map(|row| Some((row, state.flow.laid_out(row.row)?))).collect();
    let seen = match (laid_out.first(), laid_out.last()) {
        (Some((first, _)), Some((last, _))) => first.row - 1..last.row,
        _ => 0..0,
    };
    let beyond = unseen::told(state, page.source.text(), seen.clone());
    unseen::push(&inner, frame, state, beyond.start..seen.start, &mut runs);
    for (row, shaped) in laid_out {
        (0..shaped.lines.len()).for_each(|line| push_line(&inner, frame, state, (row, shaped, line), &mut runs));
    }
    unseen::push(&inner, frame, state, seen.end..beyond.end, &mut runs);
    chosen(ui, id, &runs, gestures);
    let ends = (position(&runs, selection.anchor), position(&runs, selection.head));
    if let (Some(anchor), Some(focus)) = ends {
        ui.ctx().accesskit_node_builder(id, |node| node.set_text_selection(Selected { anchor, focus }));
    }
    for mark in 0..state.marks.marks.len() {
        push_mark(&inner, frame, state, mark, gestures);
    }
}

/// Title and byline, the first of them as the page's heading; where they are out of view, they are at its upper edge.
fn push_heading(ui: &Ui, frame: &Frame<'_>, state: &PageState, row: Option<&VisibleRow>) {
    let Frame { page, measures } = *frame;
    let words = [page.heading.title, page.heading.byline].into_iter().filter(|words| !words.trim().is_empty());
    for (n, words) in words.enumerate() {
        let line = row.and_then(|row| Some((row, state.flow.heading_lines().get(n)?)));
        let rect = line.map_or(Rect::from_pos(pos2(measures.column_x, 0.0)), |(row, line)| {
            let size = vec2(line.shaped.words_width(), line.shaped.height());
            Rect::from_min_size(pos2(measures.column_x, row.top.round()) + line.at, size)
        });
        let rect = measures.to_window(rect);
        let id = page.id.with(("heading", n));
        ui.interact(rect, id, Sense::hover());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(if n == 0 { Role::Heading } else { Role::Paragraph });
            node.set_label(words);
            node.set_bounds(bounds(rect));
        });
    }
}

/// The marks that the caret stands in, by their labels: heard as it comes into one. Of the picked mark more is said
/// when it is picked, and selected words are no place to stand in.
fn push_caret(ui: &Ui, frame: &Frame<'_>, state: &PageState, selection: TextSelection) {
    let Frame { page, measures } = *frame;
    let id = page.id.with("marks at the caret");
    ui.interact(Rect::from_min_size(measures.rect.min, vec2(0.0, 0.0)), id, Sense::hover());
    let is_picked = |id: &u64| state.marks.marks.iter().any(|m| m.id == *id && m.emphasis == Emphasis::Picked);
    let stands = selection.anchor == selection.head;
    let stack = if stands { state.marks.stack_at(selection.head) } else { Vec::new() };
    let labels = stack.iter().filter(|id| !is_picked(id)).map(|id| page.source.mark_label(*id));
    let labels = labels.collect::<Vec<_>>().join(", ");
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Note);
        // A change to nothing is nothing to hear.
        node.set_live(if labels.is_empty() { Live::Off } else { Live::Polite });
        node.set_label(labels);
    });
}

/// A line as one text run, or several where it is very long.
fn push_line(
    ui: &Ui,
    frame: &Frame<'_>,
    state: &PageState,
    (row, shaped, line): (&VisibleRow, &Shaped, usize),
    runs: &mut Vec<Run>,
) {
    let Frame { page, measures } = *frame;
    let start = state.flow.blocks().get(row.row - 1).range().start();
    let place = &shaped.lines[line];
    let mut clusters: Vec<ClusterBox> = shaped.clusters_of(line).to_vec();
    clusters.sort_by_key(|c| c.start);
    let after = paragraph_end(state, frame, row.row - 1).filter(|_| line + 1 == shaped.lines.len());
    let pieces = clusters.len().div_ceil(LONGEST_RUN);
    for (n, part) in clusters.chunks(LONGEST_RUN).enumerate() {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
        let from = start + first.start as usize;
        let after = after.filter(|_| n + 1 == pieces);
        let words = page.source.text().get(from..start + last.end as usize).unwrap_or_default();
        let left = part.iter().map(|c| c.x).fold(f32::INFINITY, f32::min);
        let right = part.iter().map(|c| c.x + c.width).fold(f32::NEG_INFINITY, f32::max);
        let shift = vec2(measures.column_x, row.top.round());
        let rect = Rect::from_min_max(pos2(left, place.top), pos2(right, place.bottom)).translate(shift);
        let id = page.id.with(("run", from));
        let rect = measures.to_window(rect);
        ui.interact(rect, id, Sense::hover());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::TextRun);
            node.set_bounds(bounds(rect));
            node.set_text_direction(direction(shaped.rtl));
            let scale = measures.scale;
            let end = after.map(|_| (1, (right - left) / scale, 0.0));
            let character = |c: &ClusterBox| {
                ((c.end - c.start).min(255) as u8, along(c, shaped.rtl, left, right) / scale, c.width / scale)
            };
            let characters = || part.iter().map(character).chain(end);
            node.set_value(if end.is_some() { format!("{words}\n") } else { words.to_owned() });
            node.set_character_lengths(characters().map(|(length, _, _)| length).collect::<Vec<_>>());
            node.set_character_positions(characters().map(|(_, position, _)| position).collect::<Vec<_>>());
            node.set_character_widths(characters().map(|(_, _, width)| width).collect::<Vec<_>>());
            node.set_word_starts(word_starts(part, words, first.start));
        });
        let mut offsets: Vec<usize> = part.iter().map(|c| start + c.start as usize).collect();
        offsets.push(start + last.end as usize);
        offsets.extend(after);
        runs.push(Run { id, start: from, offsets });
    }
}

/// How far a character is from where its run begins, in the direction it is read; in pixels.
fn along(cluster: &ClusterBox, rtl: bool, left: f32, right: f32) -> f32 {
    if rtl { right - cluster.x - cluster.width } else { cluster.x - left }
}

/// The direction of a run, as screen readers are told it: they need it to move the caret the right way.
fn direction(rtl: bool) -> TextDirection {
    if rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight }
}

/// Which characters of a run begin a word, counted in characters.
fn word_starts(part: &[ClusterBox], words: &str, first: u32) -> Vec<u8> {
    let letter = |c: &ClusterBox| {
        words.get((c.start - first) as usize..).and_then(|s| s.chars().next()).is_some_and(char::is_alphanumeric)
    };
    let mut in_word = false;
    let mut starts = Vec::new();
    for (i, cluster) in part.iter().enumerate() {
        let is_letter = letter(cluster);
        if is_letter && !in_word {
            starts.push(i as u8);
        }
        in_word = is_letter;
    }
    starts
}

/// An offset of the text as a screen reader knows it; `None` where it is not told.
fn position(runs: &[Run], offset: usize) -> Option<TextPosition> {
    let run = runs.iter().rfind(|run| run.start <= offset && offset <= *run.offsets.last().unwrap_or(&0))?;
    let character_index = run.offsets.iter().position(|&start| start >= offset)?;
    Some(TextPosition { node: run.id.accesskit_id(), character_index })
}

/// The selection that somebody made by other means than mouse and keys.
fn chosen(ui: &Ui, id: Id, runs: &[Run], gestures: &mut Vec<Gesture>) {
    let offset = |position: TextPosition| {
        let run = runs.iter().find(|run| run.id.accesskit_id() == position.node)?;
        run.offsets.get(position.character_index).copied()
    };
    let requests: Vec<ActionData> = ui.input(|i| {
        i.accesskit_action_requests(id, Action::SetTextSelection).filter_map(|request| request.data.clone()).collect()
    });
    for request in requests {
        let ActionData::SetTextSelection(wanted) = request else { continue };
        if let (Some(anchor), Some(head)) = (offset(wanted.anchor), offset(wanted.focus)) {
            gestures.push(Gesture::Select(TextSelection { anchor, head }));
        }
    }
}

/// A mark as a node of its own, where its first words in view are; clicking the node picks the mark.
fn push_mark(ui: &Ui, frame: &Frame<'_>, state: &PageState, index: usize, gestures: &mut Vec<Gesture>) {
    let Frame { page, measures } = *frame;
    let mark = &state.marks.marks[index];
    let seen = Rect::from_min_size(pos2(0.0, 0.0), vec2(f32::INFINITY, measures.view));
    let Some(first) = state.marks.boxes_of(index).find(|b| seen.contains(b.rect.center())) else { return };
    let rect = measures.to_window(first.rect);
    let id = page.id.with(("mark", mark.id));
    ui.interact(rect, id, Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Mark);
        node.set_label(page.source.mark_name(mark.id));
        node.set_bounds(bounds(rect));
        node.add_action(Action::Click);
        node.set_selected(mark.emphasis == Emphasis::Picked);
        let words = mark.fragments.iter().filter_map(|f| f.slice(page.source.text()));
        let words: Vec<&str> = words.map(|words| &words[..words.floor_char_boundary(LONGEST_VALUE)]).collect();
        node.set_value(words.join(" … "));
    });
    if ui.input(|i| i.has_accesskit_action_request(id, Action::Click)) {
        let offset = mark.fragments.first().start();
        let mut stack = state.marks.stack_at(offset);
        stack.retain(|other| *other != mark.id);
        stack.insert(0, mark.id);
        gestures.push(Gesture::Pick { offset, stack });
    }
}
