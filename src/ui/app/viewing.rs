//! What the commands of the View menu do to the window: they change what is shown and how, and never the project.

use super::{App, Go};
use crate::{
    command::{Command, View, table},
    diagnostic::Diagnostic,
    model::ArticleId,
    session::Run,
    ui::{
        kit::focus::Toward,
        panel::{Part, messages::Stay},
        theme::ThemeChoice,
        view::{
            annotate::{FocusMode, Left, sides::Panel},
            compare::{Face, MOST},
        },
        wish::{Choice, Wish},
    },
};

impl<R: Run> App<R> {
    /// Changes what is shown. Overlays that do not stand in the views are left to the outside.
    pub(super) fn view(&mut self, view: View) {
        let shown = &mut self.annotate.shown;
        match view {
            View::LargerText => self.settings.step_text(1),
            View::SmallerText => self.settings.step_text(-1),
            View::NormalText => self.settings.text_percent = 100,
            View::LightTheme => self.settings.theme = ThemeChoice::Light,
            View::DarkTheme => self.settings.theme = ThemeChoice::Dark,
            View::SystemTheme => self.settings.theme = ThemeChoice::System,
            View::HighContrast => self.settings.toggle_high_contrast(),
            View::Annotate => self.show_one_article(),
            View::Compare => self.compare_articles(),
            View::Statements => self.show_face(Face::Statements),
            View::Sources => self.show_face(Face::Sources),
            View::Stances => self.show_face(Face::Stances),
            View::Claims => self.show_face(Face::Claims),
            View::Order => self.show_face(Face::Order),
            View::CopyTable | View::SaveTable => self.take_table(&view),
            View::IncompleteArticles => {
                shown.sides.show(Panel::Articles);
                self.annotate.articles.toggle_incomplete();
            }
            View::FoldStories => self.annotate.articles.fold_all(),
            View::Articles => shown.toggle(Panel::Articles),
            View::Inspector => shown.toggle(Panel::Inspector),
            View::FocusMode if shown.focus == FocusMode::On => shown.focus = FocusMode::Off,
            View::FocusMode => {
                shown.focus = FocusMode::On;
                let told = Diagnostic::note("focus-mode", "Only the page is shown");
                self.messages.push(told.hint("Press Esc to show everything again"), Stay::Moment);
            }
            View::AllRelations => self.annotate.toggle_relations(),
            View::NextPart => self.go = Some(Go::On(Toward::Next)),
            View::PreviousPart => self.go = Some(Go::On(Toward::Previous)),
            View::Page => self.go = Some(Go::To(Part::Page)),
            View::Copy => self.copy(),
            View::Menus => {
                shown.focus = FocusMode::Off;
                self.go = Some(Go::To(Part::Menus));
            }
            View::Snapping => {
                self.settings.snap_to_words = !self.settings.snap_to_words;
                let (now, other) = match self.settings.snap_to_words {
                    true => ("Selections extend to whole words", "Hold Alt while dragging to select characters"),
                    false => {
                        ("Selections follow the exact characters", "Hold Alt while dragging to select whole words")
                    }
                };
                self.messages.push(Diagnostic::note("snapping", now).hint(other), Stay::Moment);
            }
            View::Initials => self.settings.initials = Some(!self.settings.shows_initials()),
            View::Layer(who) => self.annotate.toggle_layer(&who),
            View::Incomplete => self.list_incomplete(),
            View::Guidelines => self.annotate.shown.guidelines = self.annotate.shown.guidelines.other(),
            View::Relations => self.annotate.toggle_relations_table(),
            View::History => self.annotate.toggle_history(),
            View::SetAside => self.annotate.list_set_aside(),
            View::Conflicts => self.annotate.list_conflicts(),
            View::Attributes | View::Note | View::RelateMark | View::OtherEnd | View::GoBack | View::Leave => {
                self.view_of_mark(&view);
            }
            View::Find | View::FindNext | View::FindPrevious | View::Concordance => self.view_of_search(&view),
            View::Commands | View::Keys => self.wishes.push(Wish::Overlay(view)),
        }
    }

    /// Goes back from the columns to the article that is worked in, and from the codebook.
    fn show_one_article(&mut self) {
        self.codebook = None;
        if self.compare.is_shown() {
            self.compare.close(&mut self.annotate);
            self.go = Some(Go::To(Part::Page));
        }
    }

    /// Shows the open article beside others of its story, or alone again.
    fn compare_articles(&mut self) {
        if self.compare.is_shown() && self.codebook.is_none() {
            return self.show_one_article();
        }
        self.codebook = None;
        let Some(runner) = self.runner.as_ref().filter(|_| !self.compare.is_shown()) else { return };
        let mut out = Vec::new();
        let (session, picked) = (runner.session(), self.annotate.articles.picked(&runner.session().scene()));
        match picked.len() {
            0 | 1 => self.compare.open(&mut self.annotate, session, &mut out),
            2..=MOST => self.compare.open_picked(&picked, &mut self.annotate, session, &mut out),
            _ => return self.compare.open_choosing(picked, &mut self.annotate),
        }
        self.go = Some(Go::To(Part::Page));
        self.grant(out);
    }

    /// Shows the statements or a table of the articles side by side.
    fn show_face(&mut self, face: Face) {
        if !self.compare.is_shown() || self.codebook.is_some() {
            self.compare_articles();
        }
        self.compare.show_face(face);
    }

    /// Copies or saves the table that is shown.
    fn take_table(&mut self, view: &View) {
        if self.table_csv().is_none() {
            let told = Diagnostic::note("no-table", "No table is shown");
            return self.messages.push(told.hint("Show one of the tables of Compare first"), Stay::Moment);
        }
        match view {
            View::CopyTable => self.compare.copy_table(&mut self.wishes),
            _ => self.wishes.push(Wish::Choose(Choice::FileForTable)),
        }
    }

    /// The articles that are compared, or would be: those side by side, else the open one beside others of its story.
    pub(in crate::ui) fn compared(&self) -> Vec<ArticleId> {
        self.session().map(|session| self.compare.articles(session)).unwrap_or_default()
    }

    /// Lists what lacks an answer or a member.
    fn list_incomplete(&mut self) {
        let Some(session) = self.runner.as_ref().map(R::session) else { return };
        self.annotate.list_incomplete(&session.scene());
    }

    /// Puts the selected words, or those of the picked mark, on the clipboard.
    fn copy(&mut self) {
        let words = self.session().and_then(|session| session.scene().words_to_copy().map(str::to_owned));
        match words {
            Some(words) => self.wishes.push(Wish::Copy(words)),
            None => self.messages.push(table::nothing_to_copy(), Stay::Moment),
        }
    }

    /// Views of a mark: leaving, going along relations, and the like. What is refused is said.
    fn view_of_mark(&mut self, view: &View) {
        let Some(runner) = &self.runner else { return };
        let scene = runner.session().scene();
        let mut out = Vec::new();
        let result = match view {
            View::Leave => {
                if self.annotate.leave(&scene, &mut out) == Left::Nothing && self.compare.is_shown() {
                    self.compare.close(&mut self.annotate);
                }
                Ok(())
            }
            View::RelateMark => self.annotate.relate(&scene),
            View::OtherEnd => self.annotate.go_to_other_end(&scene, &mut out),
            View::GoBack => self.annotate.go_back(&scene, &mut out),
            View::Note => scene.picked().map(|_| self.annotate.write_note(&scene)),
            _ => scene.picked().map(|_| self.annotate.answer(&scene)),
        };
        self.compare.keep_to_columns(runner.session(), &mut out);
        if let Err(refusal) = result {
            self.refuse(&Command::View(view.clone()), refusal);
        }
        self.grant(out);
    }

    /// Searching in the article that is open, and in all.
    fn view_of_search(&mut self, view: &View) {
        let Some(runner) = &self.runner else { return };
        let scene = runner.session().scene();
        if *view == View::Concordance {
            return self.annotate.search(&scene);
        }
        if let Err(refusal) = scene.text() {
            self.messages.push(refusal, Stay::Moment);
            return;
        }
        match view {
            View::FindNext => self.annotate.find_next(1, &scene),
            View::FindPrevious => self.annotate.find_next(-1, &scene),
            _ => self.annotate.find(&scene),
        }
    }
}
