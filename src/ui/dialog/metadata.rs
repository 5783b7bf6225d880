//! What is known of an article (title, outlet, byline, date, language, address, story), to be put right.
//!
//! Nothing but the title is required. The date and the language are free text here: sources give them in many forms, and
//! what can’t be understood is kept as it was written.

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
    paste::stories,
};
use crate::{
    command::{Command, article::ArticleCommand},
    model::{self, ArticleId},
    ui::{context::Ctx, date::is_no_date, kit::form::FormState, wish::Wish, words::tr},
};

/// The card, with the metadata as far as they are written.
pub(super) struct Metadata {
    form: FormState,
    article: ArticleId,
    /// Its story stays what it was; the story that is written stands in `story`.
    now: model::Metadata,
    /// By name. A name that the project does not know makes a new story; none takes the article out of its story.
    story: String,
    /// What was done to the text when it was added, such as “Read as windows-1252”; shown, never changed.
    loaded: Vec<String>,
}

impl Metadata {
    /// Of the open article; `None` where none is open.
    pub fn of(ctx: &Ctx<'_>) -> Option<Self> {
        let article = ctx.session.focus().article.clone()?;
        let project = ctx.session.project();
        let row = project.article(&article)?;
        let story = row.metadata.story.as_ref().and_then(|id| project.story(id));
        Some(Self {
            form: FormState::default(),
            article,
            now: row.metadata.clone(),
            story: story.map(|s| s.name.clone()).unwrap_or_default(),
            loaded: row.loaded.clone(),
        })
    }

    /// Draws the card; without a title it stays open.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Some(ctx) = around.ctx else { return Outcome::Leave };
        let stories = stories(ctx);
        let Self { form, now, story, loaded, .. } = self;
        let answer = Card::new("Article details", "Save").show(around.egui, around.tokens, form, |ui, form| {
            form.text(ui, &tr("Title"), "", &mut now.title);
            if now.title.trim().is_empty() {
                form.problem(ui, &tr("An article needs a title"));
            }
            form.text(ui, &tr("Outlet"), "", &mut now.outlet);
            form.text(ui, &tr("Byline"), "", &mut now.byline);
            form.text(ui, &tr("Published"), &tr("Such as 2026-01-31"), &mut now.published);
            if is_no_date(&now.published) {
                form.note(ui, &tr("This is no date: it is kept as it is written, and sorted as text"));
            }
            form.text(ui, &tr("Language"), &tr("Such as en or ar"), &mut now.language);
            form.text(ui, &tr("Address"), "https://", &mut now.url);
            form.completed(ui, &tr("Story"), &tr("The event it is about"), story, &stories);
            if !loaded.is_empty() {
                let what = loaded.iter().map(|l| tr(l)).collect::<Vec<_>>().join("; ");
                form.note(ui, &tr!("When it was added: {what}", what = &what));
            }
        });
        match answer {
            CardAnswer::Stay => Outcome::Stay,
            CardAnswer::Leave => Outcome::Leave,
            CardAnswer::Confirm if self.now.title.trim().is_empty() => Outcome::Stay,
            CardAnswer::Confirm => Outcome::Done(vec![Wish::Run(self.command())]),
        }
    }

    /// Everything that was written, without white space at the ends, as one command and so one step of undo.
    fn command(&self) -> Command {
        let now = &self.now;
        let trimmed = |text: &String| text.trim().to_owned();
        let metadata = model::Metadata {
            title: trimmed(&now.title),
            outlet: trimmed(&now.outlet),
            byline: trimmed(&now.byline),
            published: trimmed(&now.published),
            language: trimmed(&now.language),
            url: trimmed(&now.url),
            story: None,
        };
        Command::Article(ArticleCommand::Describe {
            article: self.article.clone(),
            metadata,
            story: Some(trimmed(&self.story)),
        })
    }
}
