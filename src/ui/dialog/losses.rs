//! What an export would not keep, before it is written: counted, with places that one can go to, and what can be done.
//!
//! It shows what `format::Losses` has counted and decides nothing.

use egui::{ScrollArea, Ui, accesskit::Role};

use super::{splitting, told};
use crate::{
    command::{Command, MarkRef, article::ArticleCommand, select::Select},
    diagnostic::Diagnostic,
    format::{Format, Keeps, Loss, LossPlace, Losses, SplitReport},
    model::{AnnotationId, Item, Project},
    ui::{
        context::Ctx,
        excerpt,
        kit::{
            form::{self, Form},
            words,
        },
        theme::{fonts, size, space},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// So many places of each kind can be gone to.
const PLACES: usize = 3;
/// So many characters of a mark’s words name its place.
const NAME: usize = 28;
/// Most height of the list, in points.
const ROOM: f32 = 260.0;

/// What an export would come to, besides what it writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preflight {
    /// So many marks would be written.
    pub marks: usize,
    /// What the format does not keep.
    pub losses: Losses,
    /// What would be written otherwise than it is.
    pub told: Vec<Diagnostic>,
    /// What is invalid or can’t be read, and would be left out.
    pub left_out: Vec<Diagnostic>,
    /// What each part would have, where it is parted for training.
    pub split: Option<SplitReport>,
}

impl Preflight {
    /// Draws the list; gives the wishes that lead to a place where one was clicked.
    pub(super) fn ui(&self, ui: &mut Ui, form: &Form<'_>, ctx: &Ctx<'_>, format: &Format) -> Option<Vec<Wish>> {
        let Self { losses, told, left_out, split, .. } = self;
        let keeps_all = losses.is_empty() && told.is_empty() && left_out.is_empty();
        if keeps_all && split.is_none() {
            form.note(ui, &tr("Keeps everything"));
            return None;
        }
        let mut to = None;
        form::gap(ui);
        let room = (ui.available_height() - 4.0 * size::FORM_ROW).clamp(3.0 * size::FORM_ROW, ROOM);
        ScrollArea::vertical().id_salt("not kept").max_height(room).auto_shrink([false, true]).show(ui, |ui| {
            ui.set_width(ui.available_width() - space::M);
            split.iter().for_each(|report| splitting::report_ui(ui, form.tokens, report));
            form::caption(ui, form.tokens, &if keeps_all { tr("Keeps everything") } else { tr("Not kept") });
            for (keeps, loss) in losses.iter() {
                to = loss_ui(ui, form, ctx, (format, keeps, loss)).or(to.take());
            }
            told::list_ui(ui, form.tokens, &tr("Left out, as it is invalid"), left_out);
            told::list_ui(ui, form.tokens, &tr("Written otherwise"), told);
        });
        to
    }
}

/// One kind of loss: how many, where, and what can be done.
fn loss_ui(
    ui: &mut Ui,
    form: &Form<'_>,
    ctx: &Ctx<'_>,
    (format, keeps, loss): (&Format, Keeps, &Loss),
) -> Option<Vec<Wish>> {
    let tokens = form.tokens;
    words::paragraph_ui(ui, &phrase(&keeps.counted(loss.count)), fonts::plain(size::TEXT), tokens.ink);
    let mut to = None;
    let shown: Vec<(&LossPlace, String)> = loss
        .places
        .iter()
        .filter_map(|place| Some((place, name(place, ctx.session.project())?)))
        .take(PLACES)
        .collect();
    if !shown.is_empty() {
        ui.horizontal_wrapped(|ui| {
            for (place, name) in &shown {
                if form::link_button(ui, tokens, name).clicked() {
                    to = Some(way(place, ctx));
                }
            }
            let n = loss.count - shown.len();
            if n > 0 {
                let more = tr!("and {n} more", n);
                words::line_ui(ui, Role::Label, &more, fonts::plain(size::SMALL), tokens.soft_ink);
            }
        });
    }
    if let Some(remedy) = format.remedy(keeps) {
        words::paragraph_ui(ui, &phrase(&remedy), fonts::plain(size::SMALL), tokens.soft_ink);
    }
    ui.add_space(space::S);
    to
}

/// What a place is called: the words of the mark, or else the title of the article; `None` for what belongs to no article.
fn name(place: &LossPlace, project: &Project) -> Option<String> {
    let article = place.article.as_ref()?;
    let words = first_mark(place, project).and_then(|id| {
        let mark = project.layer(article, place.annotator.as_ref()?)?.annotation(id)?;
        Some(excerpt::words_of(project.text(article)?, mark))
    });
    let whole = words.or_else(|| Some(project.article(article)?.metadata.title.clone()))?;
    let name: String = whole.chars().take(NAME).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let is_cut = name.len() < whole.len();
    let cut = name.trim_end_matches([' ', '…']);
    Some(if is_cut { format!("“{cut}…”") } else { format!("“{name}”") })
}

/// The mark of a place, or the first one of its relation.
fn first_mark(place: &LossPlace, project: &Project) -> Option<AnnotationId> {
    match place.item? {
        Item::Annotation(id) => Some(id),
        Item::Relation(id) => {
            let layer = project.layer(place.article.as_ref()?, place.annotator.as_ref()?)?;
            let members = &layer.relations().get(id)?.members;
            members.iter().find_map(|member| match member.target.item {
                Item::Annotation(id) => Some(id),
                Item::Relation(_) => None,
            })
        }
    }
}

/// What leads to a place: the article, and in it one’s own mark, or where the mark of another begins.
fn way(place: &LossPlace, ctx: &Ctx<'_>) -> Vec<Wish> {
    let (project, article) = (ctx.session.project(), place.article.as_ref());
    let open = article.map(|id| Command::Article(ArticleCommand::Open(id.clone())));
    let select = first_mark(place, project).and_then(|id| {
        if place.annotator.as_ref() == ctx.session.annotator() {
            return Some(Select::Pick(MarkRef::Id(id)));
        }
        let mark = project.layer(article?, place.annotator.as_ref()?)?.annotation(id)?;
        let start = mark.fragments.first().start();
        Some(Select::To { anchor: start, head: start })
    });
    open.into_iter().chain(select.map(Command::Select)).map(Wish::Run).collect()
}
