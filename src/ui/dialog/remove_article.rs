//! Removing an article of which others have said something: asked, since their work goes with it. Undo brings it back.

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
};
use crate::{
    command::{Command, article::ArticleCommand},
    model::ArticleId,
    ui::{
        context::Ctx,
        kit::{form::FormState, words::paragraph_ui},
        theme::{fonts, size},
        wish::Wish,
        words::tr,
    },
};

pub(super) struct RemoveArticle {
    form: FormState,
    /// What would be removed.
    article: ArticleId,
    /// Its title, for the question.
    title: String,
    /// Everybody who has said something of it, and how many marks they have made.
    layers: Vec<(String, usize)>,
}

impl RemoveArticle {
    /// Of the open article; `None` where nobody but the annotator has said anything of it.
    pub fn of(ctx: &Ctx<'_>) -> Option<Self> {
        let (project, article) = (ctx.session.project(), ctx.session.focus().article.clone()?);
        let own = ctx.session.annotator();
        if project.layers(&article).all(|(who, _)| Some(who) == own) {
            return None;
        }
        let layers = project.layers(&article).map(|(who, slot)| {
            let name = project.annotator(who).map_or_else(|| who.to_string(), |a| a.name.clone());
            (name, slot.summary().annotations() as usize)
        });
        let (layers, title) = (layers.collect(), project.article(&article)?.metadata.title.clone());
        Some(Self { form: FormState::default(), article, title, layers })
    }

    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Self { form, article, title, layers } = self;
        let answer =
            Card::new("Remove the article?", "Remove it").show(around.egui, around.tokens, form, |ui, form| {
                paragraph_ui(ui, title, fonts::serif_strong(size::LIST_TITLE), form.tokens.ink);
                paragraph_ui(
                    ui,
                    &tr("Other people’s marks will be removed with it:"),
                    fonts::plain(size::TEXT),
                    form.tokens.ink,
                );
                for (name, marks) in layers.iter() {
                    let line = tr!("{n} mark by {name}|{n} marks by {name}", n = *marks, name);
                    paragraph_ui(ui, &line, fonts::strong(size::TEXT), form.tokens.ink);
                }
                paragraph_ui(ui, &tr("Undo brings everything back"), fonts::plain(size::SMALL), form.tokens.soft_ink);
            });
        match answer {
            CardAnswer::Stay => Outcome::Stay,
            CardAnswer::Leave => Outcome::Leave,
            CardAnswer::Confirm => Outcome::Done(vec![remove(article)]),
        }
    }
}

pub(super) fn remove(article: &ArticleId) -> Wish {
    Wish::Run(Command::Article(ArticleCommand::Remove(article.clone())))
}
