//! Relating a mark, or a relation, role by role: a strip above the page says what is wanted, letters choose.
//!
//! It changes nothing: it knows where one is, and which command a choice stands for.

pub mod eligible;
mod hints;
mod strip;

use std::sync::Arc;

use egui::Key;

use eligible::{Eligible, Refusal};
use hints::{Hints, Meaning};
pub use strip::strip_ui;

use crate::{
    command::{
        Command, MarkRef, Scene,
        relate::{Filling, Relate, Which, continued, last_relation, open_relation},
        table,
    },
    model::{
        AnnotationId, ArticleId, Filler, Item, KindId, LabelId, Relation, RelationId, RelationKind, Role, RoleId,
        Target,
    },
    text::ByteRange,
    ui::{
        context::Ctx,
        panel::{
            inspector::{RelateFrom, keys},
            run,
        },
        wish::Wish,
    },
};

/// Where one is in relating something. View state.
#[derive(Clone, Debug)]
pub struct Relating {
    origin: Target,
    /// The kinds one may choose from.
    kinds: Vec<KindId>,
    /// `None` while the kind is to be chosen.
    asked: Option<Asked>,
    /// The first of two letters.
    typed: String,
    hints: Hints,
    /// Why the last choice was none.
    refused: Option<Refused>,
}

/// What is being filled.
#[derive(Clone, Debug)]
struct Asked {
    kind: KindId,
    /// Every role that something else may fill.
    roles: Vec<RoleId>,
    now: usize,
    relation: Goes,
}

/// Which relation the choices go into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goes {
    Into(RelationId),
    /// The one that the first choice makes.
    IntoNew {
        /// The last one of the kind when relating began.
        after: Option<RelationId>,
        /// Whether the first choice was made in this frame, and its command has yet to run.
        is_made: bool,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Refused {
    Target(Target),
    /// A mark of another annotator.
    Foreign,
    Label(LabelId),
}

/// Whether one goes on relating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    On,
    Done,
}

impl Relating {
    /// Begins with a mark or a relation; `None` where it has no role in any kind of relation.
    pub fn begin(scene: &Scene<'_>, origin: Target) -> Option<Self> {
        let kinds = possible(scene, &scene.relations()?.filler(&origin)?);
        let asked = match kinds.as_slice() {
            [] => return None,
            [kind] => Some(Asked::of(scene, kind, &origin)?),
            _ => None,
        };
        let kinds = kinds.iter().map(|k| k.id.clone()).collect();
        Some(Self { origin, kinds, asked, typed: String::new(), hints: Hints::default(), refused: None })
    }

    /// Begins with one role, and goes on with those after it.
    pub fn begin_with(scene: &Scene<'_>, from: &RelateFrom) -> Option<Self> {
        let kind = scene.codebook().relation(&from.kind)?;
        let now = kind.roles.iter().position(|r| r.id == from.role)?;
        let relation = match from.relation {
            Some(id) => Goes::Into(id),
            None => Goes::IntoNew { after: last_relation(scene, kind, &from.origin), is_made: false },
        };
        let own = kind.roles.first().filter(|_| now > 0);
        let roles: Vec<RoleId> =
            kind.roles.iter().filter(|r| own.is_none_or(|own| own.id != r.id)).map(|r| r.id.clone()).collect();
        let now = roles.iter().position(|r| *r == from.role)?;
        let asked = Some(Asked { kind: kind.id.clone(), roles, now, relation });
        let (kinds, origin) = (vec![kind.id.clone()], from.origin.clone());
        Some(Self { origin, kinds, asked, typed: String::new(), hints: Hints::default(), refused: None })
    }

    /// Whether what is being related, and the role asked for, are still there: in the article where it is, or in
    /// any, for a kind that crosses articles.
    pub fn holds(&self, scene: &Scene<'_>) -> bool {
        let Some(relations) = scene.relations() else { return false };
        let crosses = match &self.asked {
            Some(_) => self.role(scene).map(|(kind, _)| kind.across_articles),
            None => Some(false),
        };
        let is_here = scene.focus.article.as_ref() == Some(&self.origin.article);
        let is_picked = match self.origin.item {
            Item::Annotation(id) => scene.focus.picked == Some(id),
            Item::Relation(_) => true,
        };
        let is_there = match &self.asked {
            Some(Asked { relation: Goes::Into(id), .. }) => relations.get(*id).is_some(),
            _ => true,
        };
        is_there
            && crosses.is_some_and(|crosses| crosses || is_here && is_picked)
            && relations.filler(&self.origin).is_some()
    }

    fn role<'a>(&self, scene: &Scene<'a>) -> Option<(&'a RelationKind, &'a Role)> {
        let asked = self.asked.as_ref()?;
        let kind = scene.codebook().relation(&asked.kind)?;
        Some((kind, kind.role(asked.roles.get(asked.now)?)?))
    }

    /// What may be chosen now.
    pub fn eligible<'a>(&'a self, scene: &Scene<'a>) -> Option<Eligible<'a>> {
        let role = self.role(scene)?;
        let current = self.current(scene, role);
        Eligible::new(scene, role, (&self.origin, current), &self.hints.on_marks)
    }

    fn current(&self, scene: &Scene<'_>, (kind, role): (&RelationKind, &Role)) -> Option<(RelationId, Arc<Relation>)> {
        continued(scene, kind, role, &self.origin, self.which(scene, kind)?).ok().flatten()
    }

    fn which(&self, scene: &Scene<'_>, kind: &RelationKind) -> Option<Which> {
        Some(match self.asked.as_ref()?.relation {
            Goes::Into(id) => Which::This(id),
            Goes::IntoNew { after, is_made } if is_made || last_relation(scene, kind, &self.origin) > after => {
                Which::Last
            }
            Goes::IntoNew { .. } => Which::New,
        })
    }

    /// Gives everything in view that may be chosen a letter, or two where there is much.
    pub fn letter(&mut self, scene: &Scene<'_>, visible: ByteRange) {
        if let Some(Asked { relation: Goes::IntoNew { is_made, .. }, .. }) = &mut self.asked {
            *is_made = false;
        }
        let hints = self.eligible(scene).map(|eligible| Hints::of(scene, &eligible, visible));
        self.hints = hints.unwrap_or_default();
    }

    /// What a key means: a letter chooses, Enter takes the first kind or the selected words or goes on, Backspace takes
    /// a letter back or goes to the role before.
    pub fn take_key(&mut self, key: Key, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Option<Next> {
        match key {
            Key::Enter if self.asked.is_some() => Some(self.go_on(scene, out)),
            Key::Enter => match self.choose_kind(0, scene) {
                Next::On if scene.selection().is_some() => Some(self.go_on(scene, out)),
                next => Some(next),
            },
            Key::Backspace => {
                if self.typed.pop().is_none() {
                    self.go_back();
                }
                Some(Next::On)
            }
            Key::Delete => Some(Next::On),
            _ => {
                let letter = key.name().to_lowercase();
                let letter = letter.chars().next().filter(|c| letter.len() == 1 && c.is_ascii_alphanumeric())?;
                self.take_letter(letter, scene, out)
            }
        }
    }

    fn take_letter(&mut self, letter: char, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Option<Next> {
        let label = scene.codebook().labels.iter().find(|l| l.key == Some(letter));
        let label = label.filter(|_| scene.selection().is_some()).map(|l| &l.id);
        let Some((kind, _)) = self.role(scene) else {
            if let Some(at) = self.kind_keys(scene).iter().position(|k| *k == Some(letter)) {
                return Some(self.choose_kind(at, scene));
            }
            let label = label?;
            let Some(asked) = self.only_kind_for(label, scene) else { return Some(Next::On) };
            self.asked = Some(asked);
            return Some(self.take_words(label, scene, out));
        };
        if let Some(label) = label {
            return Some(self.take_words(label, scene, out));
        }
        if kind.across_articles && leads_elsewhere(letter) {
            return None;
        }
        // A digit would relabel the mark that is being related.
        if letter.is_ascii_digit() {
            return Some(Next::On);
        }
        self.typed.push(letter);
        match self.hints.meaning(&self.typed) {
            Meaning::One(target) => return Some(self.fill(scene, filling(&target), out)),
            Meaning::Beginning => {}
            Meaning::Nothing => self.typed.clear(),
        }
        Some(Next::On)
    }

    /// The selected words are to have a label: they fill the first role from here on that takes it, so that a source
    /// and then a cue need no key between them.
    fn take_words(&mut self, label: &LabelId, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Next {
        let at = self.asked.as_ref().and_then(|asked| asked.role_for(label, scene));
        let Some((asked, at)) = self.asked.as_mut().zip(at) else {
            self.refused = Some(Refused::Label(label.clone()));
            return Next::On;
        };
        asked.now = at;
        self.fill(scene, Filling::SelectionAs(label.clone()), out)
    }

    /// The kind in which alone the label has a role beside what is being related.
    fn only_kind_for(&self, label: &LabelId, scene: &Scene<'_>) -> Option<Asked> {
        let kinds = self.kinds.iter().filter_map(|id| scene.codebook().relation(id));
        let asked = kinds.filter_map(|kind| Asked::of(scene, kind, &self.origin));
        let mut fitting = asked.filter(|asked| asked.role_for(label, scene).is_some());
        fitting.next().filter(|_| fitting.next().is_none())
    }

    fn kind_keys(&self, scene: &Scene<'_>) -> Vec<Option<char>> {
        let kinds = self.kinds.iter().filter_map(|id| scene.codebook().relation(id));
        keys::assign(kinds.map(|k| k.name.as_str()))
    }

    fn choose_kind(&mut self, at: usize, scene: &Scene<'_>) -> Next {
        let kind = self.kinds.get(at).and_then(|id| scene.codebook().relation(id));
        self.asked = kind.and_then(|kind| Asked::of(scene, kind, &self.origin));
        if self.asked.is_some() { Next::On } else { Next::Done }
    }

    /// Marks were clicked, innermost first: the first that may be chosen is. Where none may it is said why.
    pub fn choose_of(&mut self, marks: &[AnnotationId], scene: &Scene<'_>, out: &mut Vec<Wish>) -> Next {
        let here = |id: &AnnotationId| scene.focus.article.clone().map(|a| target(a, Item::Annotation(*id)));
        let Some(eligible) = self.eligible(scene) else { return Next::On };
        let own: Vec<Target> = marks.iter().filter_map(here).collect();
        let fits = own.iter().find(|t| eligible.refusal(t).is_none()).cloned();
        let led = || marks.iter().find_map(|mark| self.hints.led_by(&eligible, *mark).next().cloned());
        match fits.or_else(led) {
            Some(target) => self.fill(scene, filling(&target), out),
            None => {
                self.refused = own.into_iter().next().map(Refused::Target);
                Next::On
            }
        }
    }

    /// Only marks of other annotators were clicked.
    pub fn refuse_foreign(&mut self) {
        self.refused = self.asked.is_some().then_some(Refused::Foreign);
    }

    /// A mark or a relation was chosen in a list.
    pub fn choose(&mut self, chosen: Target, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Next {
        let Some(eligible) = self.eligible(scene) else { return Next::On };
        if eligible.refusal(&chosen).is_none() {
            return self.fill(scene, filling(&chosen), out);
        }
        self.refused = Some(Refused::Target(chosen));
        Next::On
    }

    fn fill(&mut self, scene: &Scene<'_>, with: Filling, out: &mut Vec<Wish>) -> Next {
        let Some((kind, role)) = self.role(scene) else { return Next::Done };
        let Some(into) = self.which(scene, kind) else { return Next::Done };
        let of = MarkRef::Elsewhere(self.origin.clone());
        run(out, Command::Relate(Relate::Fill { of, kind: kind.id.clone(), role: role.id.clone(), with, into }));
        if let Some(Asked { relation: Goes::IntoNew { is_made, .. }, .. }) = &mut self.asked {
            *is_made = true;
        }
        (self.typed, self.refused) = (String::new(), None);
        // A role that takes several stays until one says that it is enough.
        if role.most == Some(1) { self.advance() } else { Next::On }
    }

    /// Takes the selected words for the role that is asked for; without any goes on with the next one.
    fn go_on(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Next {
        if scene.selection().is_some() { self.fill(scene, Filling::Selection, out) } else { self.advance() }
    }

    /// Goes on with the next role.
    fn advance(&mut self) -> Next {
        (self.typed, self.refused) = (String::new(), None);
        let Some(asked) = &mut self.asked else { return Next::Done };
        asked.now += 1;
        if asked.now < asked.roles.len() { Next::On } else { Next::Done }
    }

    /// To the role before, and before the first one to the kinds.
    fn go_back(&mut self) {
        self.refused = None;
        match &mut self.asked {
            Some(asked) if asked.now > 0 => asked.now -= 1,
            _ if self.kinds.len() > 1 => self.asked = None,
            _ => {}
        }
    }

    fn can_go_back(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.now > 0 || self.kinds.len() > 1)
    }

    /// Why the last choice was none, in words.
    fn why(&self, ctx: &Ctx<'_>) -> Option<String> {
        let scene = ctx.session.scene();
        let eligible = self.eligible(&scene)?;
        let refusal = match self.refused.as_ref()? {
            Refused::Target(target) => eligible.refusal(target)?,
            Refused::Foreign => Refusal::Filler(None),
            Refused::Label(label) => Refusal::Filler(Some(Filler::Label(label.clone()))),
        };
        Some(refusal.says(ctx, eligible.kind, eligible.role))
    }
}

impl Asked {
    /// The first role from the one that is asked for on which marks of the label may fill.
    fn role_for(&self, label: &LabelId, scene: &Scene<'_>) -> Option<usize> {
        let kind = scene.codebook().relation(&self.kind)?;
        let filler = Filler::Label(label.clone());
        let takes = |role: &RoleId| kind.role(role).is_some_and(|role| role.may_be_filled_by(&filler));
        (self.now..self.roles.len()).find(|at| takes(&self.roles[*at]))
    }

    /// Begins with the first role that can take more, of a relation that is not full, or of a new one.
    fn of(scene: &Scene<'_>, kind: &RelationKind, origin: &Target) -> Option<Self> {
        let own = scene.relations()?.filler(origin)?;
        let own = kind.roles.iter().find(|role| role.may_be_filled_by(&own))?;
        let roles: Vec<&Role> = kind.roles.iter().filter(|role| role.id != own.id).collect();
        let open = open_relation(scene, kind, own, origin);
        let count = |role: &Role| open.as_ref().map_or(0, |(_, r)| r.in_role(&role.id).count());
        let has_room = |role: &&Role| role.most.is_none_or(|most| count(role) < most as usize);
        let is_empty = |role: &&Role| count(role) == 0;
        let now = roles.iter().position(is_empty).or_else(|| roles.iter().position(has_room)).unwrap_or(0);
        let relation = match open {
            Some((id, _)) => Goes::Into(id),
            None => Goes::IntoNew { after: last_relation(scene, kind, origin), is_made: false },
        };
        Some(Self { kind: kind.id.clone(), roles: roles.into_iter().map(|r| r.id.clone()).collect(), now, relation })
    }
}

/// Whether a letter opens the next article or the one before: there the other end may lie.
fn leads_elsewhere(letter: char) -> bool {
    let is_key = |id| table::row(id).is_some_and(|row| row.keys.chars().eq([letter]));
    is_key("next-article") || is_key("previous-article")
}

fn target(article: ArticleId, item: Item) -> Target {
    Target { article, item }
}

fn filling(target: &Target) -> Filling {
    Filling::Mark(MarkRef::Elsewhere(target.clone()))
}

/// Kinds in which something may fill a role: those in which it may stand first come first, those across articles
/// last.
fn possible<'a>(scene: &Scene<'a>, own: &Filler) -> Vec<&'a RelationKind> {
    let all = scene.codebook().relations.iter();
    let mut kinds: Vec<&RelationKind> =
        all.filter(|kind| kind.roles.len() > 1 && kind.roles.iter().any(|role| role.may_be_filled_by(own))).collect();
    kinds.sort_by_key(|kind| (kind.across_articles, !kind.roles[0].may_be_filled_by(own)));
    kinds
}
