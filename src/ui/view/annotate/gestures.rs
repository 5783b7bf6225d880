//! What is done to the page of the open article, as commands. It draws nothing but the context menu.

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

/// What is being done to the page and has not become a command, or not only that. View state.
#[derive(Default)]
pub struct PageGestures {
    /// The innermost of the annotator's own marks under the pointer.
    pub hovered: Option<AnnotationId>,
    /// All marks under the pointer, for the card that names them.
    pub hover: Hover,
    /// An end of a mark that is being dragged.
    pub drag: Option<Drag>,
    /// A caret the pointer has put down and may yet pull into a selection: no command before it is let go.
    pub put_down: Option<TextSelection>,
    /// The end of a link whose card was clicked.
    pub followed: Option<Target>,
    /// The mark a click has let go of, and when in seconds: where it was the first of two, that mark stays picked.
    let_go: Option<(AnnotationId, f64)>,
}

/// What gestures act on.
struct Acting<'a, 'v> {
    scene: Scene<'a>,
    page: &'v mut PageGestures,
    links: &'v DrawnLinks,
    relating: &'v mut Option<Relating>,
    /// Whether the pointer is down, or came up with this frame.
    pressed: bool,
    /// In seconds.
    now: f64,
}

impl PageGestures {
    /// Turns the gestures of a frame into commands, in the order in which they were made.
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

    /// A caret put down by the pointer waits until it is let go: it may become a selection, or pick a mark.
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

    /// A click: the next of the annotator's own marks under the pointer, or the caret where there is none. While relating
    /// it chooses a member.
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

    /// The annotator's own marks among those under the pointer, innermost first.
    fn own(&self, stack: &[u64]) -> Vec<AnnotationId> {
        let layer = self.scene.layer();
        let ids = stack.iter().map(|id| AnnotationId(Uid::from_u64(*id)));
        ids.filter(|id| layer.is_some_and(|l| l.annotation(*id).is_some())).collect()
    }

    /// While an end is dragged only the page shows it; the command comes when it is let go.
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

    /// Picks what lies under the pointer, so that the menu acts on what one points at.
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
