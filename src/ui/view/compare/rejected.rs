//! What was said not to be the same statement: one line in the list of statements, and a look at them with a way back.

use egui::{Popup, PopupCloseBehavior, ScrollArea, Ui, accesskit::Role};

use super::{state::Compare, statements::beginning};
use crate::{
    command::{
        Command,
        statement::{NotSame, StatementCommand, Words},
    },
    compare::Rejected,
    model::{ArticleId, Project},
    text::Fragments,
    ui::{
        context::Ctx,
        kit::{
            button::{Chosen, quiet, quiet_of_more},
            words,
        },
        panel::run,
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// Width and height of the list, in points.
const WIDTH: f32 = 420.0;
const HEIGHT: f32 = 280.0;
/// Of a statement’s words so many bytes are enough for its line.
const LONGEST: usize = 120;

/// What was rejected of one statement: the pairs that have a place in common.
#[derive(Clone, Debug, Default)]
pub struct RejectedStatement {
    /// The articles of each pair, with the words.
    pairs: Vec<[(ArticleId, Fragments); 2]>,
}

impl RejectedStatement {
    /// What is rejected of these articles, put together to statements.
    pub fn all(rejected: &Rejected, articles: &[ArticleId]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for pair in rejected.among(articles) {
            match all.iter_mut().find(|own| own.has_a_place_of(&pair)) {
                Some(own) => own.pairs.push(pair),
                None => all.push(Self { pairs: vec![pair] }),
            }
        }
        all
    }

    fn has_a_place_of(&self, pair: &[(ArticleId, Fragments); 2]) -> bool {
        self.pairs.iter().flatten().any(|place| pair.contains(place))
    }

    /// The command that lets it be proposed again.
    fn proposed_again(&self) -> Command {
        let words = |(article, place): &(ArticleId, Fragments)| Words::new(article.clone(), place);
        let pairs = self.pairs.iter().map(|[one, other]| NotSame { one: words(one), other: words(other) });
        Command::Statement(StatementCommand::ProposeAgain(pairs.collect()))
    }

    /// The wording of the first article.
    fn said(&self, project: &Project) -> String {
        let first = self.pairs.first().map(|pair| &pair[0]);
        let said = first.and_then(|(article, place)| Some(beginning(place, project.text(article)?, LONGEST)));
        said.unwrap_or_default()
    }
}

/// Shows how many statements are rejected, where some are; a click lists them, each with a way back.
pub fn rejected_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &Compare, out: &mut Vec<Wish>) {
    let count = view.rejected.len();
    if count == 0 {
        return;
    }
    let response = ui.horizontal(|ui| {
        ui.add_space(space::M);
        let text = tr!("{n} rejected|{n} rejected", n = count);
        quiet_of_more(ui, ctx.tokens, &tr("Rejected statements"), &text)
    });
    ui.add_space(space::XS);
    let popup = Popup::menu(&response.inner).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        ui.set_max_width(WIDTH);
        ui.spacing_mut().item_spacing.y = space::XS;
        ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
            for statement in &view.rejected {
                let said = statement.said(ctx.session.project());
                words::line_ui(ui, Role::Label, &said, fonts::serif(size::LIST_WORDS), ctx.tokens.ink);
                let name = tr!("Propose again: {said}", said = &said);
                if quiet(ui, ctx.tokens, &name, &tr("Propose again"), Chosen::No).clicked() {
                    run(out, statement.proposed_again());
                }
                ui.add_space(space::S);
            }
        });
    });
}
