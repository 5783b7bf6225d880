//! Navigation: where the user goes from relations, lists and the concordance, and back again. View state.
//!
//! Going somewhere may take several frames, because an article is read when it is first looked at.

use crate::{
    command::{Command, MarkRef, Scene, article::ArticleCommand, occurrences::Occurrence, select::Select},
    diagnostic::Diagnostic,
    model::{AnnotationId, ArticleId, Item, LayerSlot, Target},
    text::ByteRange,
    ui::{
        context::{WayBack, nowhere_back},
        panel::run,
        wish::Wish,
    },
};

/// At most so many locations are remembered; the oldest are forgotten.
const MOST: usize = 64;

/// A place to go to: a mark, or words of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Location {
    /// Where one was.
    article: ArticleId,
    /// The mark that is to be picked; `None` to select words.
    mark: Option<AnnotationId>,
    /// The words that are to be selected, in bytes; empty to put the caret there.
    words: ByteRange,
}

/// The locations to go back to, the one that is being opened, and the ends of relations that are gone round.
///
/// Going somewhere only says where to: [`Self::arrive`] picks the mark or selects the words when the article is open and
/// what is wanted of it has been read, at once or in a later frame.
#[derive(Debug, Default)]
pub struct Navigation {
    /// Locations left behind, oldest first.
    back: Vec<Location>,
    /// The location on its way onto the page, until its article is read.
    going: Option<Location>,
    /// The related marks that are being visited, one with each press of the key.
    round: Option<Round>,
}

/// A mark and the marks that it is related to, to be visited one after the other.
#[derive(Debug)]
struct Round {
    /// The marks that the one it began at is related to, in the order they are gone through.
    stops: Vec<Target>,
    /// Index of the stop that was gone to last.
    at: usize,
}

impl Location {
    /// Where the user is now; `None` where no article is open.
    fn here(scene: &Scene<'_>) -> Option<Self> {
        let words = scene.selection().unwrap_or(ByteRange::at(scene.caret().unwrap_or(0)));
        Some(Self { article: scene.focus.article.clone()?, mark: scene.focus.picked, words })
    }

    /// Whether its article still exists and the user is not there already.
    fn is_elsewhere(&self, scene: &Scene<'_>) -> bool {
        let is_here = Self::here(scene).is_some_and(|here| {
            let at_mark = here.mark.is_some() && here.mark == self.mark;
            here.article == self.article && (at_mark || here == *self)
        });
        !is_here && scene.project.article(&self.article).is_some()
    }

    /// Whether its article is open and read: the text, and for a mark also the annotator’s own layer.
    fn is_ready(&self, scene: &Scene<'_>) -> bool {
        let is_unread = |who| matches!(scene.project.layer_slot(&self.article, who), Some(LayerSlot::Unread(_)));
        scene.focus.article.as_ref() == Some(&self.article)
            && scene.text().is_ok()
            && !(self.mark.is_some() && scene.annotator.is_some_and(is_unread))
    }
}

impl Navigation {
    /// Goes to a mark, or to the mark that a relation is for, in whichever article; the location now is remembered.
    pub fn go_to(&mut self, target: &Target, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        self.leave(scene);
        self.round = None;
        self.follow(target, scene, out);
    }

    /// Goes to words, in whichever article; the location now is remembered.
    pub fn go_to_words(&mut self, words: Occurrence, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        self.leave(scene);
        self.round = None;
        let range = ByteRange::new(words.start, words.end);
        self.go(Location { article: words.article, mark: None, words: range }, scene, out);
    }

    /// Remembers the location now, unless it is the last one already.
    fn leave(&mut self, scene: &Scene<'_>) {
        self.back.extend(Location::here(scene).filter(|here| self.back.last() != Some(here)));
        self.back.drain(..self.back.len().saturating_sub(MOST));
    }

    /// Goes to the mark of a target without remembering anything.
    fn follow(&mut self, target: &Target, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let mark = scene.relations().and_then(|relations| relations.mark_for(target));
        let Some(Target { article, item: Item::Annotation(id) }) = mark else { return };
        self.go(Location { article, mark: Some(id), words: ByteRange::default() }, scene, out);
    }

    /// Opens the article where it is not open, and remembers what to do when it is read.
    fn go(&mut self, to: Location, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        if scene.focus.article.as_ref() != Some(&to.article) {
            run(out, Command::Article(ArticleCommand::Open(to.article.clone())));
        }
        self.going = Some(to);
    }

    /// Picks the mark, or selects the words, that are being gone to, once they can be. Gives the words, to be brought
    /// into view; a mark that is gone leaves a caret.
    pub fn arrive(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Option<ByteRange> {
        let Location { mark, words, .. } = self.going.take_if(|location| location.is_ready(scene))?;
        let is_there = |id: &AnnotationId| scene.layer().is_some_and(|layer| layer.annotation(*id).is_some());
        if let Some(id) = mark.filter(is_there) {
            run(out, Command::Select(Select::Pick(MarkRef::Id(id))));
            return None;
        }
        let text = scene.text().ok()?;
        let [anchor, head] = [words.start(), words.end()].map(|at| text.floor_char_boundary(at));
        run(out, Command::Select(Select::To { anchor, head }));
        (anchor != head).then_some(ByteRange::new(anchor, head))
    }

    /// Whether a location is on its way onto the page.
    pub fn is_going(&self) -> bool {
        self.going.is_some()
    }

    /// Gives up on a location in another article than the one that was opened.
    pub fn follow_article(&mut self, scene: &Scene<'_>) {
        self.going.take_if(|location| scene.focus.article.as_ref() != Some(&location.article));
    }

    /// Goes to the next of the marks that the picked one is related to, and after the last one back to it. Begins
    /// anew where another mark was picked meanwhile.
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

    /// Goes back to the last location that is still there and not where the user is.
    ///
    /// # Errors
    /// Where there is no such location.
    pub fn go_back(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Result<(), Diagnostic> {
        while let Some(location) = self.back.pop() {
            if location.is_elsewhere(scene) {
                self.go(location, scene, out);
                return Ok(());
            }
        }
        Err(nowhere_back())
    }

    /// Whether there is anywhere to go back to.
    pub fn way_back(&self, scene: &Scene<'_>) -> WayBack {
        if self.back.iter().any(|location| location.is_elsewhere(scene)) { WayBack::There } else { WayBack::Nowhere }
    }
}

/// A mark, followed by every mark that a relation joins it with, each once.
fn ends(scene: &Scene<'_>, mark: Target) -> Vec<Target> {
    let Some(relations) = scene.relations() else { return vec![mark] };
    let mut seen: rustc_hash::FxHashSet<Target> = std::iter::once(mark.clone()).collect();
    let around = relations.around(mark.item).into_iter();
    let others: Vec<Target> =
        around.flat_map(|(_, r)| relations.marks(r)).filter(|end| seen.insert(end.clone())).collect();
    std::iter::once(mark).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Article, Codebook, Metadata, Project, id::CountingMint},
        session::Session,
        text::Text,
    };

    const TEXT: &str = "One word, another word.";

    /// Two articles of the same text, of which only the second has been read; that one is open.
    fn desk() -> (Session, [ArticleId; 2]) {
        let ids = ["unread", "read"].map(|id| ArticleId::new(id).unwrap());
        let row = Article { metadata: Metadata::default(), loaded: Vec::new(), fingerprint: 0, words: 4 };
        let mut project = Project::new("Desk", Codebook::empty("Desk"));
        project.load_articles(ids.clone().map(|id| (id, row.clone())));
        project.load_text(&ids[1], Text::from(TEXT));
        let mut session = Session::new(project);
        let open = Command::Article(ArticleCommand::Open(ids[1].clone()));
        session.run(&open, &mut CountingMint::default()).unwrap();
        (session, ids)
    }

    fn words(article: &ArticleId, start: usize) -> Occurrence {
        Occurrence { article: article.clone(), start, end: start + 4 }
    }

    /// Runs what is wished; nothing of it may be refused.
    fn grant(session: &mut Session, out: &mut Vec<Wish>) {
        for wish in out.drain(..) {
            let Wish::Run(command) = wish else { panic!("{wish:?} is no command") };
            session.run(&command, &mut CountingMint::default()).unwrap();
        }
    }

    #[test]
    fn words_of_an_article_are_selected_when_it_has_been_read_and_not_before() {
        let (mut session, [unread, _]) = desk();
        let (mut navigation, mut out) = (Navigation::default(), Vec::new());
        navigation.go_to_words(words(&unread, 4), &session.scene(), &mut out);
        for _ in 0..2 {
            assert_eq!(navigation.arrive(&session.scene(), &mut out), None);
            grant(&mut session, &mut out);
        }
        assert_eq!(session.scene().selection(), None);
        session.load(|project| project.load_text(&unread, Text::from(TEXT)));
        assert_eq!(navigation.arrive(&session.scene(), &mut out), Some(ByteRange::new(4, 8)));
        grant(&mut session, &mut out);
        assert_eq!(session.scene().selection(), Some(ByteRange::new(4, 8)));
        assert!(!navigation.is_going());
    }

    #[test]
    fn one_goes_back_from_words_to_words_of_the_same_article() {
        let (mut session, [_, read]) = desk();
        let (mut navigation, mut out) = (Navigation::default(), Vec::new());
        for start in [4, 18] {
            navigation.go_to_words(words(&read, start), &session.scene(), &mut out);
            navigation.arrive(&session.scene(), &mut out);
            grant(&mut session, &mut out);
        }
        navigation.go_back(&session.scene(), &mut out).unwrap();
        assert_eq!(navigation.arrive(&session.scene(), &mut out), Some(ByteRange::new(4, 8)));
    }
}
