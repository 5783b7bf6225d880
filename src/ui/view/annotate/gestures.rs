//! What is done to the page of the open article, as commands. It draws nothing but the context menu.
//!
//! `ui::page` gives gestures in byte offsets and mark ids, which mean nothing to it; here they become selections,
//! picks and edits. Others’ marks can be seen and hovered, but never picked or changed.

use egui::Ui;

use super::{
    links::DrawnLinks,
    relating::{self, Next, Relating},
    source::Drag,
    stack::Hover,
};
use crate::{
    command::{
        Command, MarkRef, Scene,
        mark::{self, Mark},
        select::{Select, next_of},
        table,
    },
    model::{AnnotationId, Target, Uid},
    ui::{
        context::Ctx,
        page::{DragPhase, Edge, Gesture, TextSelection},
        panel::{menus, run},
        wish::Wish,
        words::tr,
    },
};

/// What is being done to the page and has not become a command yet. View state.
#[derive(Default)]
pub struct PageGestures {
    /// The innermost of the annotator’s own marks under the pointer.
    pub hovered: Option<AnnotationId>,
    /// All marks under the pointer, for the card that lists them.
    pub hover: Hover,
    /// An end of a mark that is being dragged.
    pub drag: Option<Drag>,
    /// A caret that the pointer has put down and may yet pull into a selection; it becomes a command when it is let
    /// go.
    pub put_down: Option<TextSelection>,
    /// The mark or relation that a clicked link leads to, until the view takes it.
    pub followed: Option<Target>,
    /// The mark that the last click let go of, and when (seconds of egui’s clock): if that was the first click of
    /// two, the mark stays picked.
    let_go: Option<(AnnotationId, f64)>,
}

/// A frame’s gestures, and what they act on.
struct Acting<'a, 'v> {
    scene: Scene<'a>,
    page: &'v mut PageGestures,
    links: &'v DrawnLinks,
    relating: &'v mut Option<Relating>,
    /// Whether the pointer is down, or was let go in this frame.
    pressed: bool,
    /// Seconds of egui’s clock.
    now: f64,
}

impl PageGestures {
    /// Turns the gestures of a frame into commands, in their order.
    pub fn act(
        &mut self,
        ui: &Ui,
        scene: Scene<'_>,
        links: &DrawnLinks,
        relating: &mut Option<Relating>,
        gestures: Vec<Gesture>,
        out: &mut Vec<Wish>,
    ) {
        let clicks = gestures.iter().any(|g| matches!(g, Gesture::Pick { .. }));
        let pressed = clicks || ui.input(|i| i.pointer.primary_down() || i.pointer.primary_released());
        let now = ui.input(|i| i.time);
        let delay = ui.options(|o| o.input_options.max_double_click_delay);
        self.let_go.take_if(|(_, at)| now - *at > delay);
        let mut acting = Acting { scene, page: self, links, relating, pressed, now };
        for gesture in gestures {
            acting.act(gesture, out);
        }
        if !pressed {
            self.put_down = None;
        }
    }
}

impl Acting<'_, '_> {
    /// One gesture.
    fn act(&mut self, gesture: Gesture, out: &mut Vec<Wish>) {
        match gesture {
            Gesture::Select(selection) => self.select(selection, out),
            Gesture::Pick { offset, stack } => self.pick(offset, &stack, out),
            Gesture::Hover { stack } => {
                self.page.hovered = self.own(&stack).first().copied();
                self.page.hover.over(stack);
            }
            Gesture::DragHandle { id, fragment, edge, offset, phase } => {
                let drag = Drag { mark: AnnotationId(Uid::from_u64(id)), fragment, edge, offset };
                self.drag(drag, phase, out);
            }
            Gesture::ContextMenu { offset, stack } => self.before_menu(offset, &stack, out),
            Gesture::FollowLink { link, end } => self.page.followed = self.links.target(link, end).cloned(),
        }
    }

    /// A selection that has changed. A caret put down by the pointer waits until it is let go, as it may become a
    /// selection or pick a mark.
    fn select(&mut self, selection: TextSelection, out: &mut Vec<Wish>) {
        let TextSelection { anchor, head } = selection;
        if selection.is_caret() && self.pressed {
            self.page.put_down = Some(selection);
            return;
        }
        self.page.put_down = None;
        let mark = self.page.let_go.take().filter(|_| self.pressed).map(|(mark, _)| mark);
        run(out, Command::Select(Select::KeepMark { anchor, head, mark }));
    }

    /// A click: picks the innermost of one’s own marks under the pointer, a further click the next one out; puts the
    /// caret there where there is none. While relating it chooses a member instead.
    fn pick(&mut self, offset: usize, stack: &[u64], out: &mut Vec<Wish>) {
        let own = self.own(stack);
        self.page.put_down = None;
        if self.relating.is_some() {
            let are_foreign = own.is_empty() && !stack.is_empty();
            relating::go_on(self.relating, out, |relating, out| {
                if !are_foreign {
                    return relating.choose_of(&own, &self.scene, out);
                }
                relating.refuse_foreign();
                Next::On
            });
            return;
        }
        self.page.let_go = self.scene.focus.picked.map(|mark| (mark, self.now));
        let command = match next_of(&own, self.scene.focus.picked) {
            Some(id) => Select::Pick(MarkRef::Id(id)),
            None => Select::To { anchor: offset, head: offset },
        };
        run(out, Command::Select(command));
    }

    /// One’s own marks among those under the pointer, innermost first.
    fn own(&self, stack: &[u64]) -> Vec<AnnotationId> {
        let layer = self.scene.layer();
        let ids = stack.iter().map(|id| AnnotationId(Uid::from_u64(*id)));
        ids.filter(|id| layer.is_some_and(|l| l.annotation(*id).is_some())).collect()
    }

    /// An end of a mark is dragged: only the page shows it until it is let go, so that a drag is one step of undo.
    fn drag(&mut self, drag: Drag, phase: DragPhase, out: &mut Vec<Wish>) {
        if phase == DragPhase::Moving {
            self.page.drag = Some(drag);
            return;
        }
        self.page.drag = None;
        let Drag { mark: id, fragment, offset, .. } = drag;
        if self.scene.focus.picked != Some(id) {
            run(out, Command::Select(Select::Pick(MarkRef::Id(id))));
        }
        let edge = match drag.edge {
            Edge::Start => mark::Edge::Start,
            Edge::End => mark::Edge::End,
        };
        run(out, Command::Mark(Mark::Drag { fragment, edge, offset }, MarkRef::Id(id)));
    }

    /// Before the context menu opens: picks the mark under the pointer, so that the menu acts on it, unless the
    /// pointer is inside the selection.
    fn before_menu(&mut self, offset: usize, stack: &[u64], out: &mut Vec<Wish>) {
        let inside = self.scene.selection().is_some_and(|s| s.contains(offset));
        if let (Some(id), false) = (self.own(stack).first(), inside) {
            run(out, Command::Select(Select::Pick(MarkRef::Id(*id))));
        }
    }
}

/// What can be done to the words or the mark that one points at, then the labels to mark with.
pub fn context_menu(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    menus::mark_menu_ui(ui, ctx, out);
    ui.separator();
    for label in &ctx.codebook().labels {
        let key = label.key.map(String::from).unwrap_or_default();
        let text = tr!("Mark as {what}", what = &label.name);
        if ui.add(egui::Button::new(text).shortcut_text(key)).clicked() {
            run(out, table::label_command(label, ctx.settings.roles()));
        }
    }
}
