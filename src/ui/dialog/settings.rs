//! What the user can choose: how the window looks, how one marks, and the keys. It holds at once.
//!
//! The card works on a copy of the settings and wishes for it in the frame in which something differs; there is
//! nothing to confirm. Where settings are kept is the window’s matter.

mod keys;

use egui::{Align, Id, Layout, RichText, Slider, Ui};

use self::keys::KeyList;
use super::{
    around::{Around, Outcome},
    card,
};
use crate::{
    command::{Ask, Command, project::ProjectCommand},
    ui::{
        kit::{
            focus,
            form::{self, Form},
            segmented,
        },
        settings::{LINE_CHARACTERS, Settings, TEXT_PERCENT},
        theme::{ReadingFont, ThemeChoice, Tokens, fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// The card’s own state; the settings themselves come with each frame.
#[derive(Default)]
pub(super) struct SettingsCard {
    /// Whether the card has been drawn: in its first frame it takes the focus.
    began: bool,
    /// The page that is shown.
    page: Page,
    /// The page of keys, with its filter.
    keys: KeyList,
    /// The annotator’s name while it is being written; `None` where it is as in the settings. Taken over when the
    /// field is left.
    name: Option<String>,
}

/// The pages of the card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    /// Theme, text, and who is annotating.
    #[default]
    General,
    /// The commands with their keys.
    Keys,
}

/// Height of a page, so that the card stays as it is from one to the other, in points.
const HEIGHT: f32 = 488.0;

impl SettingsCard {
    /// Draws the card, and wishes for what was changed.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let mut settings = around.settings.clone();
        let mut wishes = Vec::new();
        // Before the card looks at Escape: while a key is waited for, every key is for that.
        self.keys.catch(around, &mut settings);
        let shown =
            card::over(around.egui, around.tokens, ("Settings", card::CardPosition::Middle), size::PALETTE, |ui| {
                let mut closed = self.heading(ui, around.tokens);
                ui.add_space(space::M);
                let height = HEIGHT.min(ui.available_height());
                ui.allocate_ui(egui::Vec2::new(ui.available_width(), height), |ui| {
                    ui.set_min_height(height);
                    match self.page {
                        Page::General => closed |= self.general(ui, around, &mut settings, &mut wishes),
                        Page::Keys => self.keys.ui(ui, around, &mut settings),
                    }
                });
                closed
            });
        let left = shown != Some(false);
        if let Some(name) = self.name.take_if(|_| left) {
            work_as(around, &name, &mut settings, &mut wishes);
        }
        if settings != *around.settings {
            wishes.push(Wish::Settings(Box::new(settings)));
        }
        if left { Outcome::Done(wishes) } else { Outcome::Wishes(wishes) }
    }

    /// Title, pages and *Close*; true where the card is to close.
    fn heading(&mut self, ui: &mut Ui, tokens: &Tokens) -> bool {
        ui.horizontal(|ui| {
            ui.label(RichText::new(tr("Settings")).font(fonts::strong(size::HEADING)));
            ui.add_space(space::L);
            if !std::mem::replace(&mut self.began, true) {
                focus::give_to_next(ui);
            }
            let pages = [("General", Page::General), ("Keys", Page::Keys)];
            let width = 2.0 * size::FIELD_NAME;
            let picked = ui.allocate_ui(egui::Vec2::new(width, size::FIELD), |ui| {
                one_of(ui, tokens, "settings pages", &pages, self.page)
            });
            if let Some(page) = picked.inner {
                self.page = page;
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| form::button(ui, &tr("Close")).clicked()).inner
        })
        .inner
    }

    /// The first page; true where the card is to close because the user went on to the codebook.
    fn general(&mut self, ui: &mut Ui, around: Around<'_>, settings: &mut Settings, wishes: &mut Vec<Wish>) -> bool {
        let tokens = around.tokens;
        let mut form = Form::standing(tokens);
        form.row(ui, &tr("Theme"), |_, ui, _| {
            let themes = [("System", ThemeChoice::System), ("Light", ThemeChoice::Light), ("Dark", ThemeChoice::Dark)];
            let chosen = segments(ui, |ui| one_of(ui, tokens, "theme", &themes, settings.theme));
            settings.theme = chosen.unwrap_or(settings.theme);
            let shown = settings.is_high_contrast();
            let mut wanted = shown;
            tick(ui, tokens, &mut wanted, "High contrast");
            if wanted != shown {
                settings.toggle_high_contrast();
            }
        });
        form.row(ui, &tr("Article font"), |_, ui, _| {
            let families = [("Serif", ReadingFont::Serif), ("Sans serif", ReadingFont::Sans)];
            let chosen = segments(ui, |ui| one_of(ui, tokens, "reading font", &families, settings.reading_font));
            settings.reading_font = chosen.unwrap_or(settings.reading_font);
        });
        form.row(ui, &tr("Text size"), |_, ui, label| {
            let slider = Slider::new(&mut settings.text_percent, TEXT_PERCENT).step_by(5.0).suffix(" %");
            form::slider(ui, tokens, slider, label);
        });
        form.row(ui, &tr("Longest line"), |_, ui, label| {
            let characters = tr(" characters");
            let slider = Slider::new(&mut settings.line_characters, LINE_CHARACTERS).suffix(characters);
            form::slider(ui, tokens, slider, label);
        });
        form.row(ui, &tr("Motion"), |_, ui, _| {
            tick(ui, tokens, &mut settings.reduced_motion, "Reduce motion");
        });
        form.row(ui, &tr("Selecting"), |_, ui, _| {
            tick(ui, tokens, &mut settings.snap_to_words, "Extend selections to whole words");
        });
        form.row(ui, &tr("Relating"), |_, ui, _| {
            let text = "A source or cue marked beside a picked quote is related to it";
            tick(ui, tokens, &mut settings.fill_roles, text);
        });
        let leads = around.ctx.is_some() && codebook_ui(ui, &mut form, wishes);
        form.row(ui, &tr("Marks"), |_, ui, _| {
            let shown = settings.shows_initials();
            let mut wanted = shown;
            tick(ui, tokens, &mut wanted, "Show their label’s initials");
            if wanted != shown {
                settings.initials = Some(wanted);
            }
        });
        if let Some(name) = self.annotator(ui, &mut form, around) {
            work_as(around, &name, settings, wishes);
        }
        leads
    }

    /// The field for the annotator’s name; gives the name once the field is left.
    fn annotator(&mut self, ui: &mut Ui, form: &mut Form<'_>, around: Around<'_>) -> Option<String> {
        let mut name = self.name.clone().unwrap_or_else(|| around.settings.annotator.clone());
        let field = form.text(ui, &tr("Annotator"), &tr("Your name or initials"), &mut name);
        if self.name.is_some() && name.trim().is_empty() {
            form.problem(ui, &tr("Write your name or initials"));
        } else {
            form.note(ui, &tr("Everyone’s marks are kept separately, under their own name"));
        }
        if field.changed() {
            self.name = Some(name);
        }
        self.name.take_if(|_| field.lost_focus())
    }
}

/// A button that leads to the codebook, where each label says how far over a quotation its marks reach; true where it
/// was clicked.
fn codebook_ui(ui: &mut Ui, form: &mut Form<'_>, wishes: &mut Vec<Wish>) -> bool {
    form.row(ui, &tr("Quotations"), |_, ui, _| {
        let text = tr("Choose in the codebook how much is marked…");
        let taken = form::line(ui, |ui| form::button(ui, &text)).clicked();
        wishes.extend(taken.then_some(Wish::Run(Command::Ask(Ask::Extent))));
        taken
    })
}

/// A few choices as segments; gives the one that was clicked in this frame. Texts are English.
fn one_of<T: Copy + PartialEq>(ui: &mut Ui, tokens: &Tokens, id: &str, all: &[(&str, T)], now: T) -> Option<T> {
    let all: Vec<_> = all.iter().map(|(text, value)| (*value, tr(text), tr(text))).collect();
    segmented::one_of(ui, tokens, Id::unique(id), now, &all)
}

/// Keeps segments at the width of a slider, and in the middle of a row’s height.
fn segments<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space((size::FORM_ROW - size::FIELD) / 2.0);
    ui.scope(|ui| {
        ui.set_max_width(size::INSPECTOR);
        content(ui)
    })
    .inner
}

/// A check box with a text, which is English.
fn tick(ui: &mut Ui, tokens: &Tokens, value: &mut bool, text: &str) {
    form::line(ui, |ui| form::tick(ui, tokens, value, &tr(text)));
}

/// Switches to this annotator, in the project where one is open, or else in the settings alone. Does nothing for an
/// empty name or the same one.
fn work_as(around: Around<'_>, name: &str, settings: &mut Settings, wishes: &mut Vec<Wish>) {
    let name = name.trim().to_owned();
    if name.is_empty() || name == around.settings.annotator {
        return;
    }
    match around.ctx {
        Some(_) => wishes.push(Wish::Run(Command::Project(ProjectCommand::WorkAs(name)))),
        None => settings.annotator = name,
    }
}
