//! Every command by name, every label and every article, found by a few of their letters.
//!
//! Rows of the command table, one for each label, one for each article. Matching is fuzzy (`nucleo`): letters in
//! order, not necessarily side by side; capitals count for nothing, and accents only where they are written. What
//! can't be done now is found too, with the reason.

use egui::{Key, Modifiers, Response, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};
use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use super::{
    around::{Around, Outcome},
    card,
    keys::keycaps,
};
use crate::{
    command::{
        Command,
        article::{ArticleCommand, listed},
        table::{self, CommandRow},
    },
    model::{Codebook, Project},
    session::Session,
    ui::{
        context::Ctx,
        kit::{
            access,
            form::{Form, FormState},
            words::elided,
        },
        settings::Settings,
        theme::{Tokens, fonts, size, space},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// The card, with everything that can be found; made when it opens, so that the project is not read in every frame.
pub(super) struct Commands {
    form: FormState,
    /// What is being looked for, as it is typed.
    query: String,
    items: Vec<Item>,
    /// Indexes into `items` of what the query finds, best first.
    found: Vec<usize>,
    /// Index into `found` of the one that Enter takes.
    picked: usize,
    /// How far the list was scrolled in the last frame, in points.
    scrolled: f32,
}

/// Something that can be run by name.
struct Item {
    /// What is shown and searched, in the language of the screen.
    text: String,
    /// What it does or, where it can't be done now, why not.
    hint: String,
    /// As `Settings::keys_of` has them, parted by spaces; empty where there is none.
    keys: String,
    /// What Enter or a click runs.
    command: Command,
    /// Whether it can be done as things stand.
    now: Now,
}

/// Whether it can be done as things stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Now {
    /// It can be run.
    Available,
    /// It is listed with the reason, and does nothing.
    NotNow,
}

/// Height of the list, in points.
const LIST: f32 = 420.0;

impl Commands {
    /// Collects what there is: without a project, only the few commands that need none.
    pub fn new(ctx: Option<&Ctx<'_>>, settings: &Settings) -> Self {
        let items = match ctx {
            Some(ctx) => items_of(ctx, settings),
            None => items_without_project(settings),
        };
        let form = FormState::default();
        let mut commands = Self { form, query: String::new(), items, found: vec![], picked: 0, scrolled: 0.0 };
        commands.find();
        commands
    }

    /// Draws the card. Enter, or a click, runs what is picked; what can’t be done now does nothing.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let tokens = around.tokens;
        card::over(around.egui, tokens, ("Commands", card::CardPosition::Top), size::PALETTE, |ui| {
            let moved = self.take_arrows(ui);
            let Self { form, query, .. } = self;
            let mut form = Form::asking(tokens, form);
            let width = ui.available_width();
            let field =
                form.bare_text(ui, &tr("Find a command"), &tr("Find a command, label or article"), width, query);
            let entered = form.was_entered();
            if field.changed() {
                self.find();
            }
            let clicked = self.list(ui, tokens, &field, moved);
            let run = clicked.or_else(|| entered.then(|| self.found.get(self.picked).copied()).flatten());
            if entered {
                field.request_focus();
            }
            match run.and_then(|at| self.items.get(at)).filter(|i| i.now == Now::Available) {
                Some(item) => Outcome::Done(vec![Wish::Run(item.command.clone())]),
                None => Outcome::Stay,
            }
        })
        .unwrap_or(Outcome::Leave)
    }

    /// Moves what is picked by the arrow and page keys, before the field takes them; a page is ten rows. Says whether
    /// it moved, so that the list scrolls.
    fn take_arrows(&mut self, ui: &Ui) -> Moved {
        let (down, up) = ui.input_mut(|i| {
            let mut count = |key| i.count_and_consume_key(Modifiers::NONE, key);
            (count(Key::ArrowDown) + 10 * count(Key::PageDown), count(Key::ArrowUp) + 10 * count(Key::PageUp))
        });
        self.picked = (self.picked + down).saturating_sub(up).min(self.found.len().saturating_sub(1));
        if down == up { Moved::No } else { Moved::Yes }
    }

    /// Works out `found` for the query, best first. Without one, everything in its order but the articles, which
    /// would bury the rest.
    fn find(&mut self) {
        self.picked = 0;
        let pattern = Pattern::parse(self.query.trim(), CaseMatching::Ignore, Normalization::Smart);
        if pattern.atoms.is_empty() {
            let is_article = |i: &Item| matches!(i.command, Command::Article(ArticleCommand::Open(_)));
            self.found = (0..self.items.len()).filter(|at| !is_article(&self.items[*at])).collect();
            return;
        }
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (at, item) in self.items.iter().enumerate() {
            let score = pattern.score(Utf32Str::new(&item.text, &mut buffer), &mut matcher);
            scored.extend(score.map(|s| (s, at)));
        }
        scored.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        self.found = scored.into_iter().map(|(_, at)| at).collect();
    }

    /// The list, of which only rows in view are drawn; gives the index into `items` of the one that was clicked.
    fn list(&mut self, ui: &mut Ui, tokens: &Tokens, field: &Response, moved: Moved) -> Option<usize> {
        ui.add_space(space::XS);
        if self.found.is_empty() {
            ui.label(RichText::new(tr("Nothing matches")).color(tokens.soft_ink));
            return None;
        }
        let mut clicked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().max_height(LIST).auto_shrink([false, true]);
        if moved == Moved::Yes {
            let top = self.picked as f32 * size::FORM_ROW;
            area = area.vertical_scroll_offset(self.scrolled.clamp((top + size::FORM_ROW - LIST).max(0.0), top));
        }
        let shown = area.show_rows(ui, size::FORM_ROW, self.found.len(), |ui, rows| {
            access::name_choices(ui, &tr("Commands"), self.found.len());
            for place in rows {
                let at = self.found[place];
                let response = item_ui(ui, tokens, &self.items[at], place == self.picked);
                access::place(&response, place);
                if place == self.picked {
                    access::follow(field, response.id);
                }
                if response.clicked() {
                    clicked = Some(at);
                }
            }
        });
        self.scrolled = shown.state.clamped_offset().y;
        clicked
    }
}

/// Whether a key moved what is picked in this frame.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moved {
    /// The list is where it was.
    No,
    /// A key went to another row, which is to be scrolled into view.
    Yes,
}

/// A row: text, keys at the right, and between them as much of the hint as is worth reading.
fn item_ui(ui: &mut Ui, tokens: &Tokens, item: &Item, is_picked: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::FORM_ROW), Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, item.now == Now::Available, is_picked, &item.text));
    if is_picked || response.hovered() {
        ui.painter().rect_filled(rect, f32::from(size::RADIUS), tokens.hover);
    }
    let ink = if item.now == Now::Available { tokens.ink } else { tokens.soft_ink };
    let inner = rect.shrink2(Vec2::new(space::S, 0.0));
    let caps = keycaps(ui, tokens, &item.keys, inner);
    let room = inner.width() - caps - space::S;
    let text = elided(ui.painter(), &item.text, fonts::plain(size::TEXT), ink, room);
    let left = inner.left() + text.size().x + space::M;
    text.paint_middle_left(ui.painter(), pos2(inner.left(), inner.center().y));
    let rest = inner.left() + room - left;
    if rest > space::XL {
        let hint = elided(ui.painter(), &item.hint, fonts::plain(size::SMALL), tokens.soft_ink, rest);
        // A description may be long and is worth its beginning; of a few words half a sentence is worth nothing.
        if !hint.is_cut() || rest > size::PALETTE / 3.0 {
            hint.paint_middle_left(ui.painter(), pos2(left, inner.center().y));
        }
    }
    response
}

/// Every command with its text as of now, then labels, then articles as they stand in the list.
fn items_of(ctx: &Ctx<'_>, settings: &Settings) -> Vec<Item> {
    let scene = ctx.session.scene();
    let mut items: Vec<Item> = table::ROWS
        .iter()
        .map(|row| {
            let command = (row.command)(&scene);
            let refused = ctx.available(&command).err();
            Item {
                text: phrase(&table::text_now(row, &scene)),
                ..item(row, command, refused.map(|d| phrase(&d.message)), settings)
            }
        })
        .collect();
    for label in &scene.codebook().labels {
        let command = table::label_command(label, ctx.settings.roles());
        let refused = ctx.available(&command).err().map(|d| phrase(&d.message));
        items.push(Item {
            text: tr!("Mark as {label}", label = &label.name),
            hint: refused.clone().unwrap_or_else(|| label.description.clone()),
            keys: label.key.map(String::from).unwrap_or_default(),
            command,
            now: if refused.is_none() { Now::Available } else { Now::NotNow },
        });
    }
    items.extend(listed(scene.project).into_iter().map(|(id, article)| Item {
        text: tr!("Open: {title}", title = &article.metadata.title),
        hint: article.metadata.outlet.clone(),
        keys: String::new(),
        command: Command::Article(ArticleCommand::Open(id.clone())),
        now: Now::Available,
    }));
    items
}

/// The commands that make sense before there is a project, found by their ids in the table.
fn items_without_project(settings: &Settings) -> Vec<Item> {
    let nothing = Session::new(Project::new("", Codebook::empty("")));
    let ids = [
        "new-project",
        "open-project",
        "open-sample",
        "quit",
        "light",
        "dark",
        "system-theme",
        "high-contrast",
        "settings",
        "keys",
    ];
    let rows = ids.into_iter().filter_map(table::row);
    rows.map(|row| item(row, (row.command)(&nothing.scene()), None, settings)).collect()
}

/// A row of the command table; `refused` is why it can’t be done now.
fn item(row: &CommandRow, command: Command, refused: Option<String>, settings: &Settings) -> Item {
    let now = if refused.is_none() { Now::Available } else { Now::NotNow };
    let hint = refused.unwrap_or_else(|| tr(row.hint).into_owned());
    let keys = settings.keys_of(row);
    Item { text: tr(row.text).into_owned(), hint, keys: keys.to_owned(), command, now }
}
