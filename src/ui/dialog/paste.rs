//! An article from the clipboard: its text, and what the text does not say of itself.
//!
//! The text is read as a plain file would be (`source::read_pasted`): its first line may be the title, wrapped lines are
//! joined. What is written in a field wins over what the text says.

use egui::RichText;

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
};
use crate::{
    command::{
        Command,
        article::{ArticleCommand, NewArticle, Twin, twin_of},
    },
    model::Metadata,
    source::{self, Source},
    text::Text,
    ui::{
        context::Ctx,
        kit::{form::FormState, words::paragraph_ui},
        theme::{fonts, size},
        wish::Wish,
        words::tr,
    },
};

/// The card, with what is written and what was understood.
pub(super) struct Paste {
    form: FormState,
    /// As it is written in the fields; empty where nothing is, and then the text’s own is taken.
    metadata: Metadata,
    /// The story’s name; an unknown one makes a new story, none leaves the article without.
    story: String,
    /// The text as it was pasted.
    text: String,
    /// What was understood of the text, with the title as it is written now; `None` where there is no text.
    read: Option<Source>,
    /// Words of the article, as `Text::word_count` counts.
    words: usize,
    /// The beginning of the article on one line.
    preview: String,
}

/// So many characters (code points) of the article are shown.
const PREVIEW: usize = 280;

impl Paste {
    /// Of the clipboard’s text; where that is empty, the card has a field for it.
    pub fn of(text: String) -> Self {
        let mut paste = Self {
            form: FormState::default(),
            metadata: Metadata::default(),
            story: String::new(),
            text: String::new(),
            read: None,
            words: 0,
            preview: String::new(),
        };
        paste.set_text(text);
        paste
    }

    /// Takes another text, as one is being written.
    fn set_text(&mut self, text: String) {
        self.text = text;
        self.understand();
    }

    /// Reads the text anew; with a title that was written, the first line stays in the text rather than becoming the
    /// title.
    fn understand(&mut self) {
        let read = source::read_pasted(&self.text, &self.metadata.title, "");
        self.read = read.ok().map(|(source, _)| source);
        let text = self.read.as_ref().map_or("", |r| r.text.as_str());
        self.words = Text::new(text.to_owned()).word_count();
        let ends = text.char_indices().nth(PREVIEW).map(|(end, _)| end);
        let shown = &text[..ends.unwrap_or(text.len())];
        self.preview = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        if ends.is_some() {
            self.preview.push('…');
        }
    }

    /// Draws the card. Where the project has an article with the same words, it says so, and its button adds the
    /// article all the same.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Some(ctx) = around.ctx else { return Outcome::Leave };
        let read = self.read.as_ref();
        let described = self.described(read);
        let twin = read.and_then(|r| twin_of(ctx.session.project(), &described, &r.text));
        let twin = twin.map(|(_, a)| a.metadata.title.clone());
        let title_hint = read.map(|r| r.metadata.title.clone()).unwrap_or_default();
        let confirm = if twin.is_some() { "Add it anyway" } else { "Add the article" };
        let stories = stories(ctx);
        let Self { form, metadata, story, text, read, words, preview } = self;
        let title = metadata.title.clone();
        let mut written = None;
        let answer = Card::new("Paste an article", confirm).show(around.egui, around.tokens, form, |ui, form| {
            form.text(ui, &tr("Title"), &title_hint, &mut metadata.title);
            form.text(ui, &tr("Outlet"), &tr("Such as The Evening Courier"), &mut metadata.outlet);
            form.text(ui, &tr("Byline"), "", &mut metadata.byline);
            form.text(ui, &tr("Date"), &tr("Such as 2026-01-31"), &mut metadata.published);
            form.completed(ui, &tr("Story"), &tr("The event it is about"), story, &stories);
            if read.is_none() {
                let mut typed = text.clone();
                if form.paragraph(ui, &tr("Text"), &tr("Paste or write the article here"), 6, &mut typed).changed() {
                    written = Some(typed);
                }
            } else {
                form.row(ui, &tr("Text"), |form, ui, _| {
                    ui.add_space(6.0);
                    paragraph_ui(ui, preview, fonts::serif(size::LIST_TITLE), form.tokens.ink);
                    let count = tr!("{n} words", n = *words);
                    ui.label(RichText::new(count).font(fonts::plain(size::SMALL)).color(form.tokens.soft_ink));
                });
            }
            if let Some(title) = &twin {
                form.problem(ui, &tr!("The project already has this article: “{title}”", title));
            } else if form.was_tried() && read.is_none() {
                form.problem(ui, &tr("The article has no text"));
            }
        });
        if let Some(text) = written {
            self.set_text(text);
        } else if self.metadata.title != title {
            self.understand();
        }
        match answer {
            CardAnswer::Stay => Outcome::Stay,
            CardAnswer::Leave => Outcome::Leave,
            CardAnswer::Confirm => self.confirm(if twin.is_some() { Twin::Add } else { Twin::Refuse }),
        }
    }

    /// The command that adds the article; the card stays where there is no text.
    fn confirm(&mut self, twin: Twin) -> Outcome {
        let Some(read) = self.read.take() else { return Outcome::Stay };
        let (metadata, story) = (self.described(Some(&read)), self.story.trim().to_owned());
        let new = NewArticle { metadata, story, text: read.text, loaded: read.notes, twin };
        Outcome::Done(vec![Wish::Run(Command::Article(ArticleCommand::Add(new)))])
    }

    /// The metadata of the article: what is written in the fields, then what the text says.
    fn described(&self, read: Option<&Source>) -> Metadata {
        let trimmed = |text: &String| text.trim().to_owned();
        Metadata {
            outlet: trimmed(&self.metadata.outlet),
            byline: trimmed(&self.metadata.byline),
            published: trimmed(&self.metadata.published),
            ..read.map(|read| read.metadata.clone()).unwrap_or_default()
        }
    }
}

/// The names of the project’s stories, to complete what is written.
pub(super) fn stories(ctx: &Ctx<'_>) -> Vec<String> {
    ctx.session.project().stories().map(|(_, s)| s.name.clone()).collect()
}
