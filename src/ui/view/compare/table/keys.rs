//! What is done in a table: opening rows, going to a place, sorting, and saying which names are one source; by keys, and by
//! the chips of the bar. What changes the project becomes a command.

use egui::{Key, Modifiers, Ui};

use super::{
    super::state::Compare,
    state::{Face, Naming, Shown},
};
use crate::{
    command::{Command, MarkRef, View, select::Select, source::SourceCommand},
    compare::tables::{Form, MarkedAt, StanceRows},
    model::{Item, Target},
    session::Session,
    ui::{
        context::Ctx,
        keys::Press,
        kit::{
            button::{Chip, Chosen, chip, chip_width},
            keycap,
        },
        panel::{Part, inspector::Taken, run},
        theme::space,
        view::annotate::Annotate,
        wish::Wish,
        words::tr,
    },
};

/// What a chip does, by the key that does it.
const OF_ALL: [(Key, &str); 3] = [(Key::J, "Next"), (Key::G, "Go there"), (Key::S, "Sort")];
const OF_SOURCES: [(Key, &str); 3] = [(Key::Y, "Confirm as one"), (Key::X, "Not the same"), (Key::E, "Name…")];
const OF_STANCES: [(Key, &str); 1] = [(Key::B, "Other rows")];

/// Draws the chips of the table that is shown into the bar.
pub fn chips_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, annotate: &mut Annotate, out: &mut Vec<Wish>) {
    ui.spacing_mut().item_spacing.x = space::S;
    Part::Labels.begins(ui);
    let own: &[(Key, &str)] = match view.tables.face {
        Face::Sources => &OF_SOURCES,
        Face::Stances => &OF_STANCES,
        _ => &[],
    };
    for (key, text) in own.iter().chain(&OF_ALL) {
        let (name, spelled) = (tr(text), keycap::spelled(&key.name().to_lowercase()));
        let looks = Chip { name: &name, badge: None, text: &name, key: &spelled, state: Chosen::No };
        if chip_width(ui, ctx.tokens, &looks) > ui.available_width() {
            break;
        }
        if chip(ui, ctx.tokens, &looks).clicked() {
            view.take_table_key(Press { key: *key, modifiers: Modifiers::NONE }, ctx.session, annotate, out);
        }
    }
}

impl Compare {
    /// What a key means while a table is shown. The article is not seen then, so that nothing is left to the pen.
    pub(in crate::ui::view::compare) fn take_table_key(
        &mut self,
        press: Press,
        session: &Session,
        annotate: &mut Annotate,
        out: &mut Vec<Wish>,
    ) -> Taken {
        let is_shift = press.modifiers == Modifiers::SHIFT;
        if press.modifiers != Modifiers::NONE && !is_shift {
            return Taken::No;
        }
        match press.key {
            Key::J | Key::ArrowDown => self.step_in_table(1),
            Key::K | Key::ArrowUp => self.step_in_table(-1),
            Key::Enter | Key::Space | Key::G if self.tables.face == Face::Order => {
                self.show_face(Face::Statements);
                self.go_to(self.at.unwrap_or_default(), session, annotate, out);
            }
            Key::Enter | Key::Space => self.act(self.tables.at, None, session, annotate, out),
            Key::G => self.go_to_line(session, annotate, out),
            Key::S if is_shift => self.tables.turn_round(),
            Key::S => self.tables.sort_next(),
            Key::B if self.tables.face == Face::Stances => self.tables.by = next_rows(self.tables.by),
            Key::Y if self.tables.face == Face::Sources => self.confirm(out),
            Key::X if self.tables.face == Face::Sources => self.split(out),
            Key::E if self.tables.face == Face::Sources => self.begin_naming(),
            Key::Escape => self.leave_table(),
            key if is_beside_letters(key) => return Taken::No,
            _ => {}
        }
        Taken::Yes
    }

    /// Lets go of one thing: the name that is written, the filter, the table.
    fn leave_table(&mut self) {
        if self.tables.naming.take().is_some() || !self.tables.filter.is_empty() {
            self.tables.filter.clear();
            self.tables.cursor.come_back();
        } else {
            self.show_face(Face::Statements);
        }
    }

    /// Goes on by so many lines; in the order by so many statements that several reports have.
    fn step_in_table(&mut self, by: isize) {
        if self.tables.face != Face::Order {
            return self.tables.step(by);
        }
        if let Some(to) = self.tables.ordered.beside(self.at, by) {
            self.take_in_hand(to);
            self.tables.wanted = Some(to);
        }
    }

    /// What Enter or a click does with a line: a row opens or closes, what is below it is gone to.
    pub(super) fn act(
        &mut self,
        at: usize,
        column: Option<usize>,
        session: &Session,
        annotate: &mut Annotate,
        out: &mut Vec<Wish>,
    ) {
        self.tables.at = at;
        match self.tables.lines.get(at) {
            Some(Shown::Row(row)) => {
                let id = self.tables.grid.rows[*row].id.clone();
                let is_open = self.tables.open.get(&id) == Some(&column);
                let is_open = is_open || column.is_none() && self.tables.open.contains_key(&id);
                match is_open {
                    true => _ = self.tables.open.remove(&id),
                    false => _ = self.tables.open.insert(id, column),
                }
            }
            Some(Shown::Under(..)) => self.go_to_line(session, annotate, out),
            None => {}
        }
    }

    fn go_to_line(&mut self, session: &Session, annotate: &mut Annotate, out: &mut Vec<Wish>) {
        let at = match self.tables.lines.get(self.tables.at) {
            Some(Shown::Under(row, under)) => self.tables.grid.rows[*row].under[*under].at.clone(),
            Some(Shown::Row(row)) => self.tables.grid.rows[*row].under.iter().find_map(|under| under.at.clone()),
            None => None,
        };
        if let Some(at) = at {
            self.go_to_mark(&at, session, annotate, out);
        }
    }

    /// Picks a mark in its column.
    fn go_to_mark(&mut self, at: &MarkedAt, session: &Session, annotate: &mut Annotate, out: &mut Vec<Wish>) {
        let report = self.tables.data.as_ref().and_then(|data| data.reports.get(at.report));
        let article = report.map(|report| &report.article);
        let shows = |pane: &&crate::command::PaneId| session.scene_of(**pane).focus.article.as_ref() == article;
        let Some(pane) = self.columns.panes().iter().find(shows).copied() else { return };
        self.show_face(Face::Statements);
        run(out, Command::Select(Select::Pane(pane)));
        run(out, Command::Select(Select::Pick(MarkRef::Id(at.mark))));
        run(out, Command::View(View::Page));
        annotate.pages.of(pane).centre(at.place.covering());
    }

    /// The source that keys act on, and its form where a line of one is in hand.
    fn source_in_hand(&self) -> Option<(usize, Option<usize>)> {
        let (row, under) = match *self.tables.lines.get(self.tables.at)? {
            Shown::Row(row) => (row, None),
            Shown::Under(row, under) => (row, Some(under)),
        };
        let row = &self.tables.grid.rows[row];
        Some((row.at, under.and_then(|under| row.under[under].form)))
    }

    /// Says of all names of a source that they are its.
    fn confirm(&self, out: &mut Vec<Wish>) {
        let Some((source, _)) = self.source_in_hand() else { return };
        let name = self.tables.data.as_ref().and_then(|data| data.sources.all[source].name.clone());
        self.name_marks(source, None, name, out);
    }

    /// Says of one of its names that it is somebody else.
    fn split(&mut self, out: &mut Vec<Wish>) {
        let Some((source, form)) = self.source_in_hand() else { return };
        let words = |form: usize| Some(self.tables.data.as_ref()?.sources.all[source].forms.get(form)?.words.clone());
        match form {
            Some(form) => self.name_marks(source, Some(form), words(form), out),
            // Which of the names is another’s is chosen below the row.
            None => {
                let row = self.tables.grid.rows.iter().find(|row| row.at == source);
                self.tables.open.extend(row.map(|row| (row.id.clone(), None)));
            }
        }
    }

    fn begin_naming(&mut self) {
        let Some((source, form)) = self.source_in_hand() else { return };
        let Some(own) = self.tables.data.as_ref().and_then(|data| data.sources.all.get(source)) else { return };
        let Some(name) = own.name.clone() else { return };
        self.tables.naming = Some(Naming { source, form, name, is_new: true });
    }

    /// Gives the marks of the source in hand the name that was written.
    pub(super) fn name_source(&mut self, out: &mut Vec<Wish>) {
        let Some(naming) = self.tables.naming.take() else { return };
        self.name_marks(naming.source, naming.form, Some(naming.name), out);
        self.tables.cursor.come_back();
    }

    fn name_marks(&self, source: usize, form: Option<usize>, name: Option<String>, out: &mut Vec<Wish>) {
        let Some(data) = &self.tables.data else { return };
        let Some(source) = data.sources.all.get(source).filter(|_| name.is_some()) else { return };
        let forms: Vec<&Form> = match form {
            Some(form) => source.forms.get(form).into_iter().collect(),
            None => source.forms.iter().collect(),
        };
        let marks = forms.iter().flat_map(|form| &form.marks).map(|at| {
            let article = data.reports[at.report].article.clone();
            MarkRef::Elsewhere(Target { article, item: Item::Annotation(at.mark) })
        });
        let marks: Vec<MarkRef> = marks.collect();
        if !marks.is_empty() {
            run(out, Command::Source(SourceCommand::Name { marks, name }));
        }
    }
}

impl super::state::Tables {
    fn step(&mut self, by: isize) {
        let Some(last) = self.lines.len().checked_sub(1) else { return };
        self.at = self.at.saturating_add_signed(by).min(last);
        self.cursor.enter(self.at);
        self.wanted = Some(self.at);
    }
}

fn next_rows(by: StanceRows) -> StanceRows {
    match by {
        StanceRows::Articles => StanceRows::Outlets,
        StanceRows::Outlets => StanceRows::Sources,
        StanceRows::Sources => StanceRows::Articles,
    }
}

/// Keys that widgets and the window take: they write and mark nothing.
pub(in crate::ui::view::compare) fn is_beside_letters(key: Key) -> bool {
    let name = key.name();
    matches!(key, Key::Tab | Key::Home | Key::End | Key::PageUp | Key::PageDown)
        || name.len() > 1 && name.starts_with('F') && name[1..].chars().all(|c| c.is_ascii_digit())
}
