//! Where one has been and where one is going: from end to end of a relation, and back. View state.

use crate::{
    command::{Command, MarkRef, Scene, article::OfArticles, select::Select},
    diagnostic::Diagnostic,
    model::{AnnotationId, ArticleId, Item, LayerSlot, Target},
    ui::{panel::run, wish::Wish},
};

/// As many places are remembered.
const MOST: usize = 64;

/// A place one was at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub article: ArticleId,
    /// The picked mark.
    pub mark: Option<AnnotationId>,
    /// Where the caret stood, in bytes.
    pub caret: usize,
}

/// Places left behind, the one that is being opened, and the ends one goes round.
#[derive(Debug, Default)]
pub struct Places {
    left: Vec<Place>,
    /// A place in an article that has yet to be read.
    going: Option<Place>,
    round: Option<Round>,
}

/// The ends of a mark's relations, the mark itself first.
#[derive(Debug)]
struct Round {
    stops: Vec<Target>,
    at: usize,
}

impl Place {
    fn here(scene: &Scene<'_>) -> Option<Self> {
        let caret = scene.caret().unwrap_or(0);
        Some(Self { article: scene.focus.article.clone()?, mark: scene.focus.picked, caret })
    }
}

impl Places {
    /// Goes to a mark, or to the first mark of a relation, in this article or another; where one was is remembered.
    pub fn go_to(&mut self, target: &Target, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        self.leave(scene);
        self.round = None;
        self.follow(target, scene, out);
    }

    /// Remembers where one is, to come back to it.
    pub fn leave(&mut self, scene: &Scene<'_>) {
        self.left.extend(Place::here(scene).filter(|here| self.left.last() != Some(here)));
        self.left.drain(..self.left.len().saturating_sub(MOST));
    }

    fn follow(&mut self, target: &Target, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let mark = scene.relations().and_then(|relations| relations.mark_for(target));
        let Some(Target { article, item: Item::Annotation(id) }) = mark else { return };
        self.open(Place { article, mark: Some(id), caret: 0 }, scene, out);
    }

    fn open(&mut self, place: Place, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        if scene.focus.article.as_ref() != Some(&place.article) {
            run(out, Command::Article(OfArticles::Open(place.article.clone())));
        }
        self.going = Some(place);
        self.arrive(scene, out);
    }

    /// Picks the mark one is going to, once its article is open and read.
    pub fn arrive(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let Some(place) = &self.going else { return };
        let slot = scene.annotator.and_then(|who| scene.project.layer_slot(&place.article, who));
        let is_read = scene.project.text(&place.article).is_some() && !matches!(slot, Some(LayerSlot::Unread(_)));
        if scene.focus.article.as_ref() != Some(&place.article) || !is_read {
            return;
        }
        let is_there = |id: &AnnotationId| scene.layer().is_some_and(|layer| layer.annotation(*id).is_some());
        let caret = scene.text().map_or(0, |text| text.floor_char_boundary(place.caret));
        run(
            out,
            match place.mark.filter(is_there) {
                Some(id) => Command::Select(Select::Pick(MarkRef::Id(id))),
                None => Command::Select(Select::To { anchor: caret, head: caret }),
            },
        );
        self.going = None;
    }

    /// Whether one is on the way to a place.
    pub fn is_going(&self) -> bool {
        self.going.is_some()
    }

    /// Gives up on a place in an article that is not the one that opened.
    pub fn follow_article(&mut self, scene: &Scene<'_>) {
        self.going.take_if(|place| scene.focus.article.as_ref() != Some(&place.article));
    }

    /// To the next of the marks that the picked one is related to, and after the last one to itself again.
    ///
    /// # Errors
    /// Where no mark is picked, or it is in no relation.
    pub fn go_round(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Result<(), Diagnostic> {
        let (picked, _) = scene.picked()?;
        let here = Target { article: scene.article()?.clone(), item: Item::Annotation(picked) };
        let goes_on = self.round.as_ref().is_some_and(|round| round.stops.get(round.at) == Some(&here));
        if !goes_on {
            let stops = ends(scene, here);
            if stops.len() < 2 {
                return Err(Diagnostic::note("no-relation", "This mark is in no relation").hint("Press r to relate it"));
            }
            self.leave(scene);
            self.round = Some(Round { stops, at: 0 });
        }
        let Some(round) = &mut self.round else { return Ok(()) };
        round.at = (round.at + 1) % round.stops.len();
        let next = round.stops[round.at].clone();
        self.follow(&next, scene, out);
        Ok(())
    }

    /// Where one was before.
    ///
    /// # Errors
    /// Where one went nowhere.
    pub fn go_back(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Result<(), Diagnostic> {
        let here = Place::here(scene);
        while let Some(place) = self.left.pop() {
            let is_same = here.as_ref().is_some_and(|here| (&here.article, here.mark) == (&place.article, place.mark));
            if !is_same && scene.project.article(&place.article).is_some() {
                self.open(place, scene, out);
                return Ok(());
            }
        }
        Err(Diagnostic::note("nowhere-back", "You have followed no relation yet")
            .hint("Pick a mark and press g to go to the other end"))
    }
}

/// A mark, and every mark that a relation joins it with, each once.
fn ends(scene: &Scene<'_>, mark: Target) -> Vec<Target> {
    let Some(relations) = scene.relations() else { return vec![mark] };
    let mut seen: rustc_hash::FxHashSet<Target> = std::iter::once(mark.clone()).collect();
    let around = relations.around(mark.item).into_iter();
    let others: Vec<Target> =
        around.flat_map(|(_, r)| relations.marks(r)).filter(|end| seen.insert(end.clone())).collect();
    std::iter::once(mark).chain(others).collect()
}
