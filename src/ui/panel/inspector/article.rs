//! The open article's card, where no mark is picked: how far it has come, what is asked of it, what is known of it.
//!
//! Shown in the card’s place where no mark is picked and no relation chosen. Answers go to the annotator’s own layer;
//! the metadata are shown here and changed in a dialog, since they belong to everybody.

use std::collections::BTreeSet;

use egui::{Id, Sense, Ui, WidgetInfo, accesskit::Role};

use super::{
    attributes::{Asked, attribute_ui},
    state::InspectorPanel,
};
use crate::{
    command::{Ask, Command, View, layer::LayerCommand},
    model::{AnnotatorId, Article, ArticleAnswers, ArticleId, Question, Status, Value},
    text::grouped,
    ui::{
        context::Ctx,
        kit::{
            button::{Chosen, quiet},
            field::{self, Wanted},
            segmented::{self, Among, Choice, Fill},
            words,
        },
        panel::{run, wording},
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// In the order in which an article goes through them.
const STATUSES: [Status; 3] = [Status::ToDo, Status::InProgress, Status::Done];

/// Draws the card of the open article: title, what is known of it, status, the codebook’s questions, other
/// annotators’ layers, and the way to its description.
///
/// `shown` are the annotators whose marks the page shows beside one’s own.
pub fn article_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut InspectorPanel,
    shown: &BTreeSet<AnnotatorId>,
    (id, article): (&ArticleId, &Article),
    out: &mut Vec<Wish>,
) {
    let look = (fonts::serif_strong(size::HEADING), ctx.tokens.ink);
    let title = words::wrapped(ui.painter(), &article.metadata.title, look, ui.available_width(), (3, 20.0));
    let (rect, response) = ui.allocate_exact_size(title.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &article.metadata.title));
    title.paint(ui.painter(), rect.min);
    known(ui, ctx, article);
    let blank = ArticleAnswers::default();
    let article_answers = ctx.session.scene().layer().map_or(&blank, crate::model::Layer::article_answers);
    status(ui, ctx, id, article_answers.status, out);
    for question in &ctx.codebook().questions {
        question_ui(ui, ctx, panel, id, question, article_answers, out);
    }
    others(ui, ctx, id, shown, out);
    let text = tr("Article details…");
    if quiet(ui, ctx.tokens, &text, &text, Chosen::No).clicked() {
        run(out, Command::Ask(Ask::Metadata));
    }
}

/// Outlet and byline, date, number of words, language: two lines in soft ink, each left out where nothing is known of
/// it.
fn known(ui: &mut Ui, ctx: &Ctx<'_>, article: &Article) {
    let metadata = &article.metadata;
    let words = tr!("{n} word|{n} words", n = article.words as usize);
    let date = wording::long_date(&metadata.published);
    let lines = [
        wording::dotted([metadata.outlet.as_str(), &metadata.byline]),
        wording::dotted([date.as_str(), &words, &metadata.language]),
    ];
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for line in lines.iter().filter(|l| !l.is_empty()) {
            words::paragraph_ui(ui, line, fonts::plain(size::SMALL), ctx.tokens.soft_ink);
        }
    });
}

/// The status as three segments; a click sets it at once.
fn status(ui: &mut Ui, ctx: &Ctx<'_>, id: &ArticleId, now: Status, out: &mut Vec<Wish>) {
    let name = tr("Status");
    let all = STATUSES.map(|status| {
        let text = tr(wording::status(status));
        (status, format!("{name}: {}", text.to_lowercase()), text)
    });
    if let Some(status) = segmented::one_of(ui, ctx.tokens, Id::unique("article status"), now, &all) {
        run(out, Command::Layer(LayerCommand::Status(status), Some(id.clone())));
    }
}

/// A row for the question, or, where it is asked for each target (stance towards whom?), one for each target that the
/// codebook lists. Without any targets it offers to add some.
fn question_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut InspectorPanel,
    id: &ArticleId,
    question: &Question,
    article_answers: &ArticleAnswers,
    out: &mut Vec<Wish>,
) {
    let attribute = &question.attribute;
    let mut row = |ui: &mut Ui, name: &str, target: Option<&str>, out: &mut Vec<Wish>| {
        let set = |value: Option<Value>| {
            let (question, target) = (attribute.id.clone(), target.map(str::to_owned));
            Command::Layer(LayerCommand::Answer { question, target, value }, Some(id.clone()))
        };
        let asked = Asked {
            name,
            attribute,
            value: article_answers.answer(&attribute.id, target),
            field: Id::unique(("answer", id.as_str(), attribute.id.as_str(), target)),
            fill: Fill::Quiet,
            key: &|_| None,
            set: &set,
        };
        attribute_ui(ui, ctx, &mut panel.drafts, &asked, out);
    };
    if !question.for_each_target {
        row(ui, &attribute.name, None, out);
        return;
    }
    words::paragraph_ui(ui, &attribute.name, fonts::strong(size::SMALL), ctx.tokens.soft_ink);
    if ctx.codebook().targets.is_empty() {
        let text = tr("Add targets to the codebook…");
        if quiet(ui, ctx.tokens, &text, &text, Chosen::No).clicked() {
            run(out, Command::Ask(Ask::Codebook));
        }
    }
    for target in &ctx.codebook().targets {
        row(ui, target, Some(target), out);
    }
}

/// A button for each other annotator with a layer in this article, with the number of marks in it; it shows or hides
/// these marks on the page. Nothing where there is nobody else.
fn others(ui: &mut Ui, ctx: &Ctx<'_>, id: &ArticleId, shown: &BTreeSet<AnnotatorId>, out: &mut Vec<Wish>) {
    let project = ctx.session.project();
    let others: Vec<_> = project.layers(id).filter(|(who, _)| Some(*who) != ctx.session.annotator()).collect();
    if others.is_empty() {
        return;
    }
    let name = tr("Layers");
    field::field_row(ui, ctx.tokens, (&name, &tr("What others marked, shown on the page")), Wanted::No, |ui| {
        let texts: Vec<(String, String)> = others
            .iter()
            .map(|(who, slot)| {
                let called = project.annotator(who).map_or(who.as_str(), |a| a.name.as_str());
                let text = wording::dotted([called, &grouped(slot.summary().annotations() as usize)]);
                (tr!("Show the marks of {who}", who = called), text)
            })
            .collect();
        let choices: Vec<Choice<'_>> = texts
            .iter()
            .zip(&others)
            .map(|((name, text), (who, _))| Choice { name, text, state: Chosen::from(shown.contains(*who)), key: None })
            .collect();
        let clicked = segmented::choices_ui(ui, ctx.tokens, Id::unique("layers"), Among::Several, &choices);
        if let Some((who, _)) = clicked.and_then(|at| others.get(at)) {
            run(out, Command::View(View::Layer((*who).clone())));
        }
    });
    ui.add_space(space::XS);
}
