//! A comparison to print: which statements stand on the page, before the file is chosen. Which articles are compared is
//! known before the card opens; the card writes nothing itself.

use super::{
    around::{Around, Outcome},
    card::{Card, CardAnswer},
};
use crate::{
    model::{ArticleId, Metadata},
    poster::{self, Which},
    ui::{
        kit::{
            form::{self, FormState},
            words,
        },
        theme::{fonts, size},
        wish::{Choice, Wish},
        words::{phrase, tr},
    },
};

/// The card. It closes when a file has been chosen; until then something else can be picked.
pub(super) struct Comparison {
    form: FormState,
    /// From left to right.
    articles: Vec<ArticleId>,
    which: Which,
    /// A path written by hand; `None` unless the desktop turned out to have no dialog.
    path: Option<String>,
}

impl Comparison {
    /// Of these articles, with everything that is known of them.
    pub fn of(articles: &[ArticleId]) -> Self {
        Self { form: FormState::default(), articles: articles.to_vec(), which: Which::All, path: None }
    }

    /// Shows a field for the path from now on. The form is new, since the field comes up while the card is open.
    pub fn no_desktop_dialog(&mut self) {
        self.path.get_or_insert_default();
        self.form = FormState::default();
    }

    /// The wish to write what was picked to this path.
    pub fn wish(&self, to: String) -> Wish {
        Wish::ExportComparison { articles: self.articles.clone(), which: self.which, to }
    }

    /// Draws the card; where the desktop has a dialog, confirming opens that and the card waits for it.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let Some(ctx) = around.ctx else { return Outcome::Leave };
        let Self { form, articles, which, path } = self;
        let checked = poster::check(articles.len());
        let confirm = if path.is_some() { "Export" } else { "Choose a file…" };
        let answer = Card::new("Export the comparison", confirm).show(around.egui, around.tokens, form, |ui, form| {
            form.row(ui, &tr("Articles"), |form, ui, _| {
                ui.add_space(ui.spacing().item_spacing.y);
                for article in articles.iter().filter_map(|id| ctx.session.project().article(id)) {
                    words::paragraph_ui(ui, &named(&article.metadata), fonts::plain(size::TEXT), form.tokens.ink);
                }
            });
            if let Err(problem) = &checked {
                return form.problem(ui, &phrase(&problem.message));
            }
            form.row(ui, &tr("Statements"), |form, ui, _| {
                ui.add_space(4.0);
                form::radio(ui, form.tokens, which, Which::All, &tr("Accepted, and proposed as not confirmed"));
                form::radio(ui, form.tokens, which, Which::Accepted, &tr("Accepted alone"));
            });
            form.note(ui, &tr("One page for a browser, to print in black and white on A4 or A3"));
            if let Some(path) = path {
                form.text(ui, &tr("Path"), &tr("A file’s path"), path);
                form.note(ui, &tr("There is no file dialog here, so type the path"));
            }
        });
        match (answer, self.path.as_deref().map(str::trim)) {
            (CardAnswer::Leave, _) => Outcome::Leave,
            (CardAnswer::Confirm, _) if checked.is_err() => Outcome::Stay,
            (CardAnswer::Confirm, None) => Outcome::Wishes(vec![Wish::Choose(Choice::FileForComparison)]),
            (CardAnswer::Confirm, Some(to)) if !to.is_empty() => Outcome::Done(vec![self.wish(to.to_owned())]),
            _ => Outcome::Stay,
        }
    }
}

/// What an article is called where those beside it may have the same title: with its outlet, where that is known.
fn named(metadata: &Metadata) -> String {
    let Metadata { outlet, title, .. } = metadata;
    if outlet.is_empty() { title.clone() } else { tr!("{outlet}: {title}", outlet, title) }
}
