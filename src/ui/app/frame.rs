//! One frame: the theme, the keys, the views, then the commands that came of them, in order.
//!
//! A frame never waits: what takes long was started by an earlier one, and what has come of it is given to the app
//! between frames. Where something was drawn before a command changed it, another frame is asked for at once.

use egui::{Ui, Vec2};

use super::App;
use crate::{
    command::View,
    session::Run,
    ui::{
        context::Ctx,
        kit::access,
        panel::{doing::doing_ui, messages::messages_ui, top_bar::top_bar_ui},
        theme::{self, Motion, Tokens, size},
        view::{
            annotate::{FocusMode, annotate_ui},
            codebook,
            compare::{Drawn, compare_ui},
            welcome::welcome_ui,
        },
    },
};

/// After so many seconds without a key or the pointer the caret of a field stands still.
const CARET_RESTS_AFTER: f64 = 5.0;

impl<R: Run> App<R> {
    /// Draws the window over all the room there is, and does what the user wants.
    pub fn frame(&mut self, ui: &mut Ui) {
        access::name_window(ui.ctx(), &self.name());
        self.dress(ui);
        self.rest(ui);
        self.zoom(ui);
        let mut out = self.take_keys(ui);
        // Keys act before the views are drawn, so that what they did is seen at once.
        self.grant(std::mem::take(&mut out));
        self.give_back_focus(ui.ctx());
        self.follow(ui.ctx());
        let said = self.said(ui);
        let all = ui.max_rect();
        let mut bottom = all.center_bottom();
        self.switches = self.annotate.switches();
        self.switches.extend(self.compare.is_shown().then_some(View::Compare));
        if let Some(session) = self.runner.as_ref().map(R::session) {
            let way_back = self.annotate.way_back(&session.scene());
            let (tokens, settings, save, shown) = (&self.tokens, &self.settings, self.save, &self.switches);
            let ctx = Ctx { session, tokens, settings, save, way_back, zone: &self.zone, shown };
            if self.annotate.shown.focus == FocusMode::Off {
                top_bar_ui(ui, &ctx, &mut out);
            }
            match &mut self.codebook {
                Some(editor) => {
                    let next = editor.ui(ui, &ctx, &mut out);
                    self.codebook.take_if(|_| next == codebook::Next::Close);
                }
                None if self.compare.is_shown() => {
                    let (view, annotate) = (&mut self.compare, &mut self.annotate);
                    bottom = compare_ui(ui, &ctx, Drawn { view, annotate, said: said.as_deref() }, &mut out);
                }
                None => {
                    bottom = annotate_ui(ui, &ctx, &mut self.annotate, said.as_deref(), &mut out);
                }
            }
        } else {
            welcome_ui(ui, &self.tokens, &self.recent, &mut out);
        }
        let next = self.runner.as_ref().and_then(|runner| runner.session().history().next_to_undo().id());
        self.messages.follow(next);
        let corner = all.left_bottom() - Vec2::new(0.0, size::BAR);
        doing_ui(ui, &self.tokens, &self.doing, corner, &mut out);
        messages_ui(ui, &self.tokens, &mut self.messages, bottom, &mut out);
        if !out.is_empty() {
            ui.request_repaint();
        }
        self.begin_on_page(ui.ctx());
        self.held = ui.memory(egui::Memory::focused);
        self.grant(out);
        self.messages.take_new().iter().for_each(|told| self.spoken.tell(told));
        self.spoken.ui(ui);
    }

    /// What the window is called: by its project, where one is open.
    pub fn name(&self) -> String {
        let project = self.session().map(|session| session.project().name());
        project.map_or_else(|| "Pressmark".to_owned(), |name| format!("{name} – Pressmark"))
    }

    /// The caret of a field stands still once nothing has been done for a while, as it does on the page.
    fn rest(&mut self, ui: &Ui) {
        let (now, acts) = ui.input(|i| (i.time, !i.events.is_empty()));
        if acts {
            self.acted = now;
        }
        let rests = now - self.acted > CARET_RESTS_AFTER;
        let motion = if rests { Motion::Reduced } else { self.settings.motion() };
        if self.caret.replace(motion) != Some(motion) {
            theme::blink(ui.ctx(), motion);
        }
    }

    /// The interface follows the size of the text; not under a pointer that is dragging the slider for it.
    fn zoom(&self, ui: &Ui) {
        let zoom = self.settings.interface_zoom();
        if (ui.ctx().zoom_factor() - zoom).abs() > 0.001 && !ui.input(|i| i.pointer.any_down()) {
            ui.ctx().set_zoom_factor(zoom);
        }
    }

    /// Follows the chosen theme, or the system's, and whether anything may move.
    fn dress(&mut self, ui: &Ui) {
        let mode = self.settings.mode(ui.ctx().system_theme());
        let motion = self.settings.motion();
        if self.dressed == Some((mode, motion)) {
            return;
        }
        self.dressed = Some((mode, motion));
        self.tokens = Tokens::of(mode);
        theme::apply(ui.ctx(), &self.tokens, motion);
        // The keys for it are the app's own.
        ui.ctx().options_mut(|options| options.zoom_with_keyboard = false);
        ui.request_repaint();
    }
}
