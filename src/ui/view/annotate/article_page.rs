//! The open article on the page: what is drawn there, and which command each gesture stands for.

use std::collections::BTreeSet;

use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role};
use rustc_hash::FxHashSet;

use super::{
    find::PageHits,
    links::{Drawn, DrawnLinks, Wanted},
    relating::{Next, Relating},
    source::{ArticleSource, Drag, ShownLayer},
    stack::{Hover, stack_ui},
};
use crate::{
    command::{
        Command, MarkRef, Scene,
        mark::{self, Mark},
        select::{Select, next_of},
        table,
    },
    model::{AnnotationId, AnnotatorId, Article, ArticleId, RelationId, Target, Uid},
    text::{ByteRange, Text},
    ui::{
        context::Ctx,
        kit::{
            field,
            page::{
                self, Align, DragPhase, Edge, Gesture, Heading, Names, Page, PageOptions, PageState, Snap, TabKey,
                TextSelection,
            },
            words,
        },
        panel::{Stamps, menus, run, wording},
        theme::{fonts, size, space},
        wish::Wish,
        words::{tr, tr_with},
    },
};

/// About as many bytes stand on the first lines of a page.
const FIRST_LINES: usize = 240;

/// View state of the page.
#[derive(Default)]
pub struct ArticlePage {
    state: PageState,
    hovered: Option<AnnotationId>,
    hover: Hover,
    drag: Option<Drag>,
    /// The mark a click has let go of, and when in seconds: where it was the first of two, that mark stays picked.
    let_go: Option<(AnnotationId, f64)>,
    /// A caret the pointer has put down and may yet pull into a selection: no command before it is let go.
    put_down: Option<TextSelection>,
    visible: ByteRange,
    place: Option<Rect>,
    id: Option<egui::Id>,
    links: DrawnLinks,
    /// An end of a link whose card was clicked.
    followed: Option<Target>,
}

/// What the page shows besides the article.
pub struct Showing<'a> {
    pub relations: Drawn,
    pub layers: &'a BTreeSet<AnnotatorId>,
    /// A mark pointed at elsewhere in the window.
    pub pointed: Option<AnnotationId>,
    /// The relation that is chosen: then it alone is drawn.
    pub chosen: Option<RelationId>,
    pub stamps: Stamps,
    /// What was found in the article.
    pub found: PageHits<'a>,
}

impl ArticlePage {
    /// Brings a place of the open article into view with the next frame.
    pub fn reveal(&mut self, range: ByteRange) {
        self.state.scroll_to(range, Align::Nearest);
    }

    /// Brings a place into the middle of the view.
    pub fn centre(&mut self, range: ByteRange) {
        self.state.scroll_to(range, Align::Centre);
    }

    /// Where a card that was clicked leads; it is told once.
    pub fn take_followed(&mut self) -> Option<Target> {
        self.followed.take()
    }

    /// Brings a place that was found into the middle, where it is not well in view: a bar may lie over the first lines.
    pub fn reveal_found(&mut self, range: ByteRange) {
        let well_in_view = self.visible.contains_range(range) && range.start() > self.visible.start() + FIRST_LINES;
        self.state.scroll_to(range, if well_in_view { Align::Nearest } else { Align::Centre });
    }

    /// Where one acts on the page, in points of the window: the caret, or the picked mark, if one of them is in view.
    pub fn place(&self) -> Option<Rect> {
        self.place
    }

    /// The widget that has the focus while one moves through the text.
    pub fn id(&self) -> Option<egui::Id> {
        self.id
    }
}

pub fn article_page_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    view: &mut ArticlePage,
    showing: &Showing<'_>,
    relating: &mut Option<Relating>,
    out: &mut Vec<Wish>,
) {
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0.0, ctx.tokens.paper);
    let scene = ctx.session.scene();
    view.place = None;
    let Some(id) = scene.focus.article.as_ref() else {
        nothing_ui(ui, ctx, rect);
        return;
    };
    let (Some(article), Some(text)) = (scene.project.article(id), scene.project.text(id)) else {
        field::paint_empty(ui, ctx.tokens, rect, &tr("Reading the article…"));
        return;
    };
    if let Some(relating) = relating.as_mut() {
        relating.letter(&scene, view.visible);
    }
    let pointed = showing.pointed.or(view.hovered);
    let wanted = Wanted {
        marks: [scene.focus.picked, pointed],
        chosen: showing.chosen,
        drawn: showing.relations,
        visible: view.visible,
        stamps: showing.stamps,
        mode: ctx.tokens.mode,
    };
    view.links.prepare(ctx, &scene, wanted);
    let pointed = Pointed { hovered: pointed, members: view.links.members(), drag: view.drag, found: showing.found };
    let source = source(ctx, &scene, pointed, showing.layers, relating.as_ref(), (id, article, text));
    let byline = wording::byline(&article.metadata);
    let style = ctx.settings.page_style(ctx.tokens);
    let focused = scene.focus.selection.map(|(anchor, head)| TextSelection { anchor, head });
    let selection = view.put_down.or(focused).unwrap_or_default();
    let selection = within(text, selection);
    let shown = Page {
        source: &source,
        heading: Heading { title: &article.metadata.title, byline: &byline },
        selection,
        style: &style,
        language: Some(article.metadata.language.as_str()).filter(|l| !l.is_empty()),
        options: options(ctx),
        links: view.links.links(),
        names: Names {
            page: &article.metadata.title,
            scrollbar: &tr("Scroll the article"),
            more_links: &tr("%{n} more"),
            fewer_links: &tr("Fewer"),
        },
    };
    let page = page::page_ui(ui, &mut view.state, &shown);
    if let Some(missing) = page.missing {
        missing_ui(ui, ctx, rect, missing);
    }
    view.id = Some(page.response.id);
    view.visible = page.visible;
    view.place = page.place;
    stack_ui(ui, ctx, &source, &mut view.hover, rect);
    let clicks = page.gestures.iter().any(|g| matches!(g, Gesture::Pick { .. }));
    let pressed = clicks || ui.input(|i| i.pointer.primary_down());
    let now = ui.input(|i| i.time);
    let delay = ui.options(|o| o.input_options.max_double_click_delay);
    view.let_go.take_if(|(_, at)| now - *at > delay);
    let mut acting = Acting { scene, view, relating, pressed, now };
    for gesture in page.gestures {
        acting.act(gesture, out);
    }
    if !pressed {
        acting.view.put_down = None;
    }
    page.response.context_menu(|ui| context_menu(ui, ctx, out));
}

fn nothing_ui(ui: &Ui, ctx: &Ctx<'_>, rect: Rect) {
    let text = if ctx.session.project().articles().len() == 0 {
        tr("Drop articles here, paste one, or open a folder")
    } else {
        tr("Choose an article on the left, or press n")
    };
    let (font, color) = (fonts::serif(size::QUOTED), ctx.tokens.soft_ink);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, color);
}

/// Says that letters in view are not to be seen as they are, and what to do about it.
fn missing_ui(ui: &mut Ui, ctx: &Ctx<'_>, page: Rect, missing: char) {
    let what = page::script_name(missing).unwrap_or_else(|| format!("“{missing}” U+{:04X}", u32::from(missing)));
    let (what, family) = (what.as_str(), page::noto_family(missing));
    let text = tr_with(
        "No font here has %{what}: install one that has, such as %{family}",
        &[("what", what), ("family", &family)],
    );
    let padding = Vec2::new(space::M, space::S);
    let width = (page.width() - 2.0 * space::XL - 2.0 * padding.x).max(0.0);
    let words = words::paragraph(ui.painter(), &text, fonts::plain(size::SMALL), ctx.tokens.ink, width);
    let bottom = page.center_bottom() - Vec2::new(0.0, space::M);
    let rect = Align2::CENTER_BOTTOM.anchor_size(bottom, words.size() + 2.0 * padding);
    let response = ui.interact(rect, ui.scope_id().with("missing font"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    let line = Stroke::new(size::LINE, ctx.tokens.warning);
    ui.painter().rect(rect, f32::from(size::RADIUS), ctx.tokens.card, line, StrokeKind::Inside);
    words.paint(ui.painter(), rect.min + padding);
}

fn options(ctx: &Ctx<'_>) -> PageOptions {
    PageOptions {
        snap: if ctx.settings.snap_to_words { Snap::Words } else { Snap::Characters },
        motion: ctx.settings.motion(),
        tab: TabKey::StaysOnPage,
    }
}

/// A selection that lies in the text, whatever was remembered of another one.
fn within(text: &Text, selection: TextSelection) -> TextSelection {
    let fits = text.is_char_boundary(selection.anchor) && text.is_char_boundary(selection.head);
    if fits { selection } else { TextSelection::default() }
}

/// What of the page's view state the marks show.
#[derive(Clone, Copy)]
struct Pointed<'a> {
    hovered: Option<AnnotationId>,
    members: &'a FxHashSet<AnnotationId>,
    drag: Option<Drag>,
    found: PageHits<'a>,
}

fn source<'a>(
    ctx: &Ctx<'a>,
    scene: &Scene<'a>,
    pointed: Pointed<'a>,
    shown: &BTreeSet<AnnotatorId>,
    relating: Option<&'a Relating>,
    (id, article, text): (&'a ArticleId, &Article, &'a Text),
) -> ArticleSource<'a> {
    let mut layers = Vec::new();
    for who in shown.iter().filter(|who| Some(*who) != scene.annotator) {
        let found = ctx.session.project().layer(id, who).zip(ctx.session.index(id, who));
        let name = ctx.session.project().annotator(who).map_or("", |a| a.name.as_str());
        layers.extend(found.map(|(layer, index)| ShownLayer { layer, index, whose: Some(name) }));
    }
    layers.extend(scene.layer().zip(scene.index).map(|(layer, index)| ShownLayer { layer, index, whose: None }));
    // Texts are kept while they are open, so that their place in memory tells them apart.
    let version = article.fingerprint ^ (text.as_str().as_ptr() as u64).rotate_left(32) ^ text.len() as u64;
    ArticleSource {
        article: id,
        text,
        version,
        codebook: ctx.codebook(),
        tokens: ctx.tokens,
        layers,
        picked: scene.focus.picked,
        hovered: pointed.hovered,
        members: pointed.members,
        drag: pointed.drag,
        initials: ctx.settings.shows_initials(),
        eligible: relating.and_then(|r| r.eligible(scene)),
        found: pointed.found,
    }
}

/// What gestures act on.
struct Acting<'a, 'v> {
    scene: Scene<'a>,
    view: &'v mut ArticlePage,
    relating: &'v mut Option<Relating>,
    /// Whether the pointer is down, or came up with this frame.
    pressed: bool,
    /// In seconds.
    now: f64,
}

impl Acting<'_, '_> {
    fn act(&mut self, gesture: Gesture, out: &mut Vec<Wish>) {
        match gesture {
            Gesture::Select(selection) => self.select(selection, out),
            Gesture::Pick { offset, stack } => self.pick(offset, &stack, out),
            Gesture::Hover { stack } => {
                self.view.hovered = self.own(&stack).first().copied();
                self.view.hover.over(stack);
            }
            Gesture::DragHandle { id, fragment, edge, offset, phase } => {
                let drag = Drag { mark: AnnotationId(Uid::from_u64(id)), fragment, edge, offset };
                self.drag(drag, phase, out);
            }
            Gesture::ContextMenu { offset, stack } => self.before_menu(offset, &stack, out),
            Gesture::FollowLink { link, end } => self.view.followed = self.view.links.target(link, end).cloned(),
        }
    }

    /// A caret put down by the pointer waits until it is let go: it may become a selection, or pick a mark.
    fn select(&mut self, selection: TextSelection, out: &mut Vec<Wish>) {
        let TextSelection { anchor, head } = selection;
        if selection.is_caret() && self.pressed {
            self.view.put_down = Some(selection);
            return;
        }
        self.view.put_down = None;
        let mark = self.view.let_go.take().filter(|_| self.pressed).map(|(mark, _)| mark);
        run(out, Command::Select(Select::Beside { anchor, head, mark }));
    }

    fn pick(&mut self, offset: usize, stack: &[u64], out: &mut Vec<Wish>) {
        let own = self.own(stack);
        self.view.put_down = None;
        if let Some(relating) = self.relating.as_mut() {
            if own.is_empty() && !stack.is_empty() {
                relating.refuse_foreign();
            } else if relating.choose_of(&own, &self.scene, out) == Next::Done {
                *self.relating = None;
            }
            return;
        }
        self.view.let_go = self.scene.focus.picked.map(|mark| (mark, self.now));
        let command = match next_of(&own, self.scene.focus.picked) {
            Some(id) => Select::Pick(MarkRef::Id(id)),
            None => Select::To { anchor: offset, head: offset },
        };
        run(out, Command::Select(command));
    }

    /// The annotator's own marks among those under the pointer.
    fn own(&self, stack: &[u64]) -> Vec<AnnotationId> {
        let layer = self.scene.layer();
        let ids = stack.iter().map(|id| AnnotationId(Uid::from_u64(*id)));
        ids.filter(|id| layer.is_some_and(|l| l.annotation(*id).is_some())).collect()
    }

    fn drag(&mut self, drag: Drag, phase: DragPhase, out: &mut Vec<Wish>) {
        if phase == DragPhase::Moving {
            self.view.drag = Some(drag);
            return;
        }
        self.view.drag = None;
        let Drag { mark: id, fragment, offset, .. } = drag;
        if self.scene.focus.picked != Some(id) {
            run(out, Command::Select(Select::Pick(MarkRef::Id(id))));
        }
        let edge = match drag.edge {
            Edge::Start => mark::Edge::Start,
            Edge::End => mark::Edge::End,
        };
        run(out, Command::Mark(Mark::Drag { fragment, edge, offset }));
    }

    /// Picks what lies under the pointer, so that the menu acts on what one points at.
    fn before_menu(&mut self, offset: usize, stack: &[u64], out: &mut Vec<Wish>) {
        let inside = self.scene.selection().is_some_and(|s| s.contains(offset));
        if let (Some(id), false) = (self.own(stack).first(), inside) {
            run(out, Command::Select(Select::Pick(MarkRef::Id(*id))));
        }
    }
}

/// Labels for what is selected or picked, then what can be done to the picked mark.
fn context_menu(ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
    let scene = ctx.session.scene();
    for label in &ctx.codebook().labels {
        let key = label.key.map(String::from).unwrap_or_default();
        let text = tr_with("Mark as %{what}", &[("what", &label.name)]);
        if ui.add(egui::Button::new(text).shortcut_text(key)).clicked() {
            run(out, table::label_command(label));
        }
    }
    if scene.picked().is_err() {
        return;
    }
    ui.separator();
    for id in ["relate", "attributes", "note", "flag", "question", "add-fragment", "remove-fragment", "delete"] {
        if let Some(row) = table::row(id) {
            menus::row_ui(ui, ctx, &scene, row, out);
        }
    }
}
