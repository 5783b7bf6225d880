//! The open article on the page: which text, marks and relations are shown, and where. What is done to it is for
//! [`super::gestures`].
//!
//! `ui::page` draws and knows no annotation; this file makes what it draws from the session’s scene (see `source`,
//! `links`), and remembers what belongs to one page of possibly several (`PaneId`).

use std::collections::BTreeSet;

use egui::{Rect, Ui};
use rustc_hash::FxHashSet;

use super::{
    find::PageHits,
    gestures::{PageGestures, context_menu},
    links::{Drawn, DrawnLinks, LinkInputs},
    notices,
    relating::Relating,
    sides::FocusMode,
    source::{ArticleSource, Drag, ShownLayer},
    stack::stack_ui,
};
use crate::{
    command::{Command, PaneId, Scene, article::ArticleCommand, select::Select},
    model::{AnnotationId, AnnotatorId, Article, ArticleId, RelationId, Target},
    text::{ByteRange, Text},
    ui::{
        context::Ctx,
        kit::field,
        page::{
            self, Align, FarEnds, FocusRing, Heading, Highlight, Link, Names, Numbers, Page, PageOptions, PageOutput,
            PageState, PageStyle, Snap, TabKey, TextSelection,
        },
        panel::{Stamps, run, wording},
        wish::Wish,
        words::tr,
    },
};

/// About as many bytes stand on the first lines of a page, which the find bar or the strip for relating may lie over.
const FIRST_LINES: usize = 240;

/// How a page is shown where it stands beside others.
#[derive(Clone, Copy, Default)]
pub struct PageLook<'a> {
    /// In another style than that of the settings.
    pub style: Option<&'a PageStyle>,
    pub surroundings: Surroundings,
    /// Words that are pointed out because other pages have them too; sorted by where they begin.
    pub shared: &'a [Highlight],
}

/// What stands around the text of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Surroundings {
    /// The title above it, and the paragraphs’ numbers beside it.
    #[default]
    Whole,
    /// Nothing: the title is shown elsewhere.
    TextAlone,
}

/// View state of the page in one pane.
#[derive(Default)]
pub struct ArticlePage {
    /// Which pane of the session the page shows.
    pane: PaneId,
    /// Scrolling and layouts, kept by the page.
    state: PageState,
    /// What is being done to it by the pointer.
    gestures: PageGestures,
    /// The relations that were last drawn, which clicks on links refer to.
    links: DrawnLinks,
    /// The bytes of the text in view when the page was last drawn.
    visible: ByteRange,
    /// See [`ArticlePage::place`].
    place: Option<Rect>,
    /// Id of the page’s widget, once it was drawn; the focus is given to it.
    id: Option<egui::Id>,
}

/// What the page shows besides the article and the annotator’s own marks.
pub struct Showing<'a> {
    /// Which relations are drawn as links.
    pub relations: Drawn,
    /// The annotators whose marks are shown beside one’s own.
    pub layers: &'a BTreeSet<AnnotatorId>,
    /// A mark pointed at elsewhere in the window, such as in the list; it looks as if the pointer were over it.
    pub pointed: Option<AnnotationId>,
    /// The relation that is chosen: then it alone is drawn.
    pub chosen: Option<RelationId>,
    /// Counts of changes: links are only looked for anew when these differ.
    pub stamps: Stamps,
    /// Whether the page is alone in the window.
    pub focus: FocusMode,
    /// Hits of the find bar, in order.
    pub found: PageHits<'a>,
    pub look: PageLook<'a>,
}

impl ArticlePage {
    /// A page for a pane, which has shown nothing yet.
    pub fn of(pane: PaneId) -> Self {
        Self { pane, ..Self::default() }
    }

    /// Where it is scrolled to, and where its words stand.
    pub fn state(&self) -> &PageState {
        &self.state
    }

    /// The bytes of the text in view when it was last drawn.
    pub fn visible(&self) -> ByteRange {
        self.visible
    }

    pub fn state_mut(&mut self) -> &mut PageState {
        &mut self.state
    }

    /// Brings a range of the open article into view with the next frame, by scrolling no further than necessary.
    pub fn reveal(&mut self, range: ByteRange) {
        self.state.scroll_to(range, Align::Nearest);
    }

    /// Brings a range into the middle of the view with the next frame.
    pub fn centre(&mut self, range: ByteRange) {
        self.state.scroll_to(range, Align::Centre);
    }

    /// Finds the relations to draw, where they may be others than in the last frame.
    fn find_links(&mut self, ctx: &Ctx<'_>, scene: &Scene<'_>, showing: &Showing<'_>, pointed: Option<AnnotationId>) {
        let inputs = LinkInputs {
            marks: [scene.focus.picked, pointed],
            chosen: showing.chosen,
            drawn: showing.relations,
            visible: self.visible,
            stamps: showing.stamps,
            mode: ctx.tokens.mode,
        };
        self.links.prepare(ctx, scene, inputs);
    }

    /// The mark or relation that a clicked link leads to; given once.
    pub fn take_followed(&mut self) -> Option<Target> {
        self.gestures.followed.take()
    }

    /// Brings a hit into the middle, unless it is well in view already: below the first lines, which the find bar may
    /// lie over.
    pub fn reveal_found(&mut self, range: ByteRange) {
        let well_in_view = self.visible.contains_range(range) && range.start() > self.visible.start() + FIRST_LINES;
        self.state.scroll_to(range, if well_in_view { Align::Nearest } else { Align::Centre });
    }

    /// Where the user acts on the page, in points of the window: the caret or the picked mark. `None` where neither
    /// is in view. Notes about refusals stand beside it.
    pub fn place(&self) -> Option<Rect> {
        self.place
    }

    /// Id of the page’s widget; `None` until it was drawn.
    pub fn id(&self) -> Option<egui::Id> {
        self.id
    }
}

/// Draws the open article over all the room there is, and turns what is done to it into commands.
///
/// Where no article is open, or its text is still being read, it says so instead. A command of this page is preceded
/// by one that makes its pane the active one.
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
    let scene = ctx.session.scene_of(view.pane);
    view.place = None;
    let Some(id) = scene.focus.article.as_ref() else {
        notices::nothing_ui(ui, ctx, rect, out);
        return;
    };
    let (Some(article), Some(text)) = (scene.project.article(id), scene.project.text(id)) else {
        field::paint_empty(ui, ctx.tokens, rect, &tr("Reading the article…"));
        return;
    };
    let pointed = showing.pointed.or(view.gestures.hovered);
    view.find_links(ctx, &scene, showing, pointed);
    let unread = view.links.take_unread();
    if !unread.is_empty() {
        run(out, Command::Article(ArticleCommand::Read(unread)));
    }
    let pointed = Pointed {
        hovered: pointed,
        members: view.links.members(),
        drag: view.gestures.drag,
        found: showing.found,
        shared: showing.look.shared,
    };
    let source = source(ctx, &scene, pointed, showing.layers, relating.as_ref(), (id, article, text));
    let selection = selection(&scene, text, view.gestures.put_down);
    let state = (view.pane, &mut view.state);
    let links = (view.links.links(), options(ctx, showing));
    let page = page_of(ui, ctx, state, &source, (article, showing.look), selection, links);
    stack_ui(ui, ctx, &source, &mut view.gestures.hover, (rect, page.pointed_line));
    if let Some(missing) = page.missing {
        notices::missing_ui(ui, ctx, rect, missing);
    }
    (view.id, view.visible, view.place) = (Some(page.response.id), page.visible, page.place);
    let before = out.len();
    view.gestures.act(ui, scene, &view.links, relating, page.gestures, out);
    page.response.context_menu(|ui| context_menu(ui, ctx, out));
    // Whoever does something on a page works in its pane.
    if out.len() > before && view.pane != ctx.session.active_pane() {
        out.insert(before, Wish::Run(Command::Select(Select::Pane(view.pane))));
    }
}

/// Puts together what `ui::page` needs, draws it, and gives what was done to it.
fn page_of(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    (pane, state): (PaneId, &mut PageState),
    source: &ArticleSource<'_>,
    (article, look): (&Article, PageLook<'_>),
    selection: TextSelection,
    (links, options): (&[Link], PageOptions),
) -> PageOutput {
    let metadata = &article.metadata;
    let byline = wording::byline(metadata);
    // A file’s name is no headline.
    let named = wording::dotted([metadata.title.as_str(), &byline]);
    let heading = match article.has_headline() {
        _ if look.surroundings == Surroundings::TextAlone => Heading::default(),
        true => Heading { title: &metadata.title, byline: &byline },
        false => Heading { title: "", byline: &named },
    };
    let own_style = ctx.settings.page_style(ctx.tokens);
    let page = Page {
        id: ui.make_persistent_id(("article page", pane)),
        source,
        heading,
        selection,
        style: look.style.unwrap_or(&own_style),
        language: Some(metadata.language.as_str()).filter(|l| !l.is_empty()),
        options,
        links,
        names: Names {
            page: &metadata.title,
            scrollbar: &tr("Scroll the article"),
            more_links: |n| tr!("{n} more", n),
            fewer_links: &tr("Fewer"),
        },
    };
    page::page_ui(ui, state, &page)
}

/// How the page behaves, by the settings: snapping to words, motion.
fn options(ctx: &Ctx<'_>, showing: &Showing<'_>) -> PageOptions {
    PageOptions {
        snap: if ctx.settings.snap_to_words { Snap::Words } else { Snap::Characters },
        motion: ctx.settings.motion(),
        tab: TabKey::StaysOnPage,
        // Where pages stand side by side, what is above them says in which one works.
        ring: match (showing.focus, showing.look.surroundings) {
            (FocusMode::Off, Surroundings::Whole) => FocusRing::Shown,
            _ => FocusRing::Hidden,
        },
        far_ends: if showing.relations == Drawn::All { FarEnds::Counted } else { FarEnds::Chips },
        numbers: match showing.look.surroundings {
            Surroundings::Whole => Numbers::Shown,
            Surroundings::TextAlone => Numbers::Hidden,
        },
    }
}

/// What is selected: the caret that the pointer has put down in this frame, or the scene’s selection. The beginning
/// of the text where an offset lies on no character boundary, as after another text was opened.
fn selection(scene: &Scene<'_>, text: &Text, put_down: Option<TextSelection>) -> TextSelection {
    let selected = scene.focus.selection.map(|(anchor, head)| TextSelection { anchor, head });
    let fits = |s: &TextSelection| text.is_char_boundary(s.anchor) && text.is_char_boundary(s.head);
    put_down.or(selected).filter(fits).unwrap_or_default()
}

/// What of the page’s own state changes how marks look.
#[derive(Clone, Copy)]
struct Pointed<'a> {
    hovered: Option<AnnotationId>,
    /// Marks related to the picked one or to the one under the pointer.
    members: &'a FxHashSet<AnnotationId>,
    drag: Option<Drag>,
    found: PageHits<'a>,
    shared: &'a [Highlight],
}

/// The article with the layers that are shown, as the page asks for it: references, made anew in each frame. One’s
/// own layer comes last, to be drawn above the others.
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
        shared: pointed.shared,
    }
}
