//! Relating the picked mark, role by role: a strip above the page says what is wanted, letters on the marks choose.
//!
//! It changes nothing: it knows where one is, and which command a choice stands for.

use std::sync::Arc;

use egui::{Align, Key, Layout, Rect, RichText, Sense, Ui, UiBuilder, vec2};
use rustc_hash::FxHashMap;

use super::source::Eligible;
use crate::{
    command::{
        Command, MarkRef, Scene,
        relate::{Filling, Relate, relation_of},
    },
    model::{AnnotationId, Filler, KindId, LabelId, RelationKind, Role, RoleId},
    text::ByteRange,
    ui::{
        context::Ctx,
        kit::button::{Chip, Chosen, chip, cross},
        panel::{inspector::keys, run, wording},
        theme::{fonts, size, space},
        wish::Wish,
        words::{tr, tr_with},
    },
};

/// Letters in the order in which marks get them: those under the fingers first.
const LETTERS: &str = "asdfghjklqwertyuiopzxcvbnm";

/// Where one is in relating a mark. View state.
#[derive(Clone, Debug)]
pub struct Relating {
    mark: AnnotationId,
    step: Step,
    /// The first of two letters.
    typed: String,
    hints: FxHashMap<AnnotationId, Arc<str>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// Which kind of relation it is to be.
    Kind(Vec<KindId>),
    /// Which mark fills a role, and the roles that come after it.
    Role { kind: KindId, role: RoleId, later: Vec<RoleId> },
}

/// Whether one goes on relating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    On,
    Done,
}

impl Relating {
    /// Begins with the picked mark; `None` where its label has no role in any kind of relation.
    pub fn begin(scene: &Scene<'_>) -> Option<Self> {
        let (mark, annotation) = scene.picked().ok()?;
        let kinds = possible(scene, &annotation.label);
        let step = match kinds.as_slice() {
            [] => return None,
            [kind] => first_role(scene, kind, mark, &annotation.label)?,
            _ => Step::Kind(kinds.iter().map(|k| k.id.clone()).collect()),
        };
        Some(Self { mark, step, typed: String::new(), hints: FxHashMap::default() })
    }

    /// Begins with one role, and goes on with those after it.
    pub fn begin_with(scene: &Scene<'_>, kind: &KindId, role: &RoleId) -> Option<Self> {
        let (mark, _) = scene.picked().ok()?;
        let roles = &scene.codebook().relation(kind)?.roles;
        let at = roles.iter().position(|r| r.id == *role)?;
        let later = roles.iter().skip(at + 1).map(|r| r.id.clone()).collect();
        let step = Step::Role { kind: kind.clone(), role: role.clone(), later };
        Some(Self { mark, step, typed: String::new(), hints: FxHashMap::default() })
    }

    /// Whether it is still about what is picked, and what the codebook knows.
    pub fn holds(&self, scene: &Scene<'_>) -> bool {
        let known = match &self.step {
            Step::Kind(_) => true,
            Step::Role { .. } => self.role(scene).is_some(),
        };
        known && scene.picked().is_ok_and(|(id, _)| id == self.mark)
    }

    fn role<'a>(&self, scene: &Scene<'a>) -> Option<&'a Role> {
        let Step::Role { kind, role, .. } = &self.step else { return None };
        scene.codebook().relation(kind)?.roles.iter().find(|r| r.id == *role)
    }

    /// What may be chosen on the page now.
    pub fn eligible<'a>(&'a self, scene: &Scene<'a>) -> Option<Eligible<'a>> {
        Some(Eligible { role: self.role(scene)?, mark: self.mark, hints: &self.hints })
    }

    /// Gives every mark in view that may be chosen a letter, or two where there are many.
    pub fn letter(&mut self, scene: &Scene<'_>, visible: ByteRange) {
        let (Some(role), Some((index, layer))) = (self.role(scene), scene.index.zip(scene.layer())) else {
            self.hints.clear();
            return;
        };
        let mut marks: Vec<_> = index
            .in_range(visible)
            .into_iter()
            .filter_map(|id| Some((layer.annotation(id)?, id)))
            .filter(|(a, id)| Eligible::may_fill(role, self.mark, *id, a))
            .map(|(a, id)| (a.fragments.first(), id))
            .collect();
        marks.sort_unstable();
        let hints = letters(marks.len());
        self.hints = marks.into_iter().map(|(_, id)| id).zip(hints).collect();
    }

    /// What the keys that were pressed mean: a letter chooses, Enter skips, Backspace takes a letter back.
    pub fn take_key(&mut self, key: Key, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Option<Next> {
        match key {
            Key::Enter if scene.selection().is_some() => Some(self.fill_with_selection(out)),
            Key::Enter => Some(self.advance()),
            Key::Backspace => {
                self.typed.pop();
                Some(Next::On)
            }
            _ => {
                let letter = key.name().to_lowercase();
                let letter = letter.chars().next().filter(|c| letter.len() == 1 && c.is_ascii_alphanumeric())?;
                self.take_letter(letter, scene, out)
            }
        }
    }

    fn take_letter(&mut self, letter: char, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Option<Next> {
        if let Step::Kind(kinds) = &self.step {
            let names = kinds.iter().filter_map(|id| scene.codebook().relation(id));
            let keys = keys::assign(names.map(|k| k.name.as_str()));
            let at = keys.iter().position(|k| *k == Some(letter))?;
            return Some(self.choose_kind(at, scene));
        }
        let is_label = scene.codebook().labels.iter().any(|l| l.key == Some(letter));
        if is_label && scene.selection().is_some() {
            return Some(self.fill_with_selection(out));
        }
        // A digit would relabel the mark that is being related.
        if letter.is_ascii_digit() {
            return Some(Next::On);
        }
        self.typed.push(letter);
        let found = self.hints.iter().find(|(_, hint)| hint.as_ref() == self.typed).map(|(id, _)| *id);
        if let Some(id) = found {
            return Some(self.fill(MarkRef::Id(id), out));
        }
        if !self.hints.values().any(|hint| hint.starts_with(&self.typed)) {
            self.typed.clear();
        }
        Some(Next::On)
    }

    fn choose_kind(&mut self, at: usize, scene: &Scene<'_>) -> Next {
        let Step::Kind(kinds) = &self.step else { return Next::On };
        let kind = kinds.get(at).and_then(|id| scene.codebook().relation(id));
        let label = scene.picked().ok().map(|(_, a)| &a.label);
        let Some(step) = kind.zip(label).and_then(|(kind, label)| first_role(scene, kind, self.mark, label)) else {
            return Next::Done;
        };
        self.step = step;
        Next::On
    }

    /// A mark was clicked; nothing happens where it may not fill the role.
    pub fn choose(&mut self, id: AnnotationId, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Next {
        let annotation = scene.layer().and_then(|layer| layer.annotation(id));
        let fits = |(role, a): (&Role, &Arc<crate::model::Annotation>)| Eligible::may_fill(role, self.mark, id, a);
        if self.role(scene).zip(annotation).is_some_and(fits) { self.fill(MarkRef::Id(id), out) } else { Next::On }
    }

    fn fill(&mut self, mark: MarkRef, out: &mut Vec<Wish>) -> Next {
        self.push(Filling::Mark(mark), out);
        self.advance()
    }

    fn fill_with_selection(&mut self, out: &mut Vec<Wish>) -> Next {
        self.push(Filling::Selection, out);
        self.advance()
    }

    fn push(&self, with: Filling, out: &mut Vec<Wish>) {
        if let Step::Role { kind, role, .. } = &self.step {
            run(out, Command::Relate(Relate::Fill { kind: kind.clone(), role: role.clone(), with }));
        }
    }

    /// Goes on with the next role.
    fn advance(&mut self) -> Next {
        self.typed.clear();
        let Step::Role { role, later, .. } = &mut self.step else { return Next::Done };
        if later.is_empty() {
            return Next::Done;
        }
        *role = later.remove(0);
        Next::On
    }
}

/// Kinds in which a mark of the label may fill a role: those in which it may stand first come first.
fn possible<'a>(scene: &Scene<'a>, label: &LabelId) -> Vec<&'a RelationKind> {
    let own = Filler::Label(label.clone());
    let mut kinds: Vec<&RelationKind> = scene
        .codebook()
        .relations
        .iter()
        .filter(|kind| !kind.across_articles && kind.roles.len() > 1)
        .filter(|kind| kind.roles.iter().any(|role| role.may_be_filled_by(&own)))
        .collect();
    kinds.sort_by_key(|kind| !kind.roles[0].may_be_filled_by(&own));
    kinds
}

/// The first role of the kind that the mark does not fill itself and that is empty yet; the first of all where none is.
fn first_role(scene: &Scene<'_>, kind: &RelationKind, mark: AnnotationId, label: &LabelId) -> Option<Step> {
    let own = Filler::Label(label.clone());
    let own = kind.roles.iter().position(|role| role.may_be_filled_by(&own))?;
    let roles: Vec<&Role> = kind.roles.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, r)| r).collect();
    let relation = relation_of(scene, kind, mark).map(|(_, relation)| relation);
    let is_empty = |role: &&Role| relation.as_ref().is_none_or(|r| r.in_role(&role.id).next().is_none());
    let at = roles.iter().position(is_empty).unwrap_or(0);
    let mut rest = roles.into_iter().skip(at).map(|role| role.id.clone());
    Some(Step::Role { kind: kind.id.clone(), role: rest.next()?, later: rest.collect() })
}

/// As many different hints: one letter each, or two where there are not enough.
fn letters(count: usize) -> Vec<Arc<str>> {
    if count <= LETTERS.len() {
        return LETTERS.chars().take(count).map(|c| Arc::from(c.to_string())).collect();
    }
    let pairs = LETTERS.chars().flat_map(|a| LETTERS.chars().map(move |b| Arc::from(format!("{a}{b}"))));
    pairs.take(count).collect()
}

/// Characters of the mark's words in the strip.
const WORDS: usize = 28;

/// The strip above the page.
pub fn strip_ui(ui: &mut Ui, ctx: &Ctx<'_>, relating: &mut Relating, out: &mut Vec<Wish>) -> Next {
    let scene = ctx.session.scene();
    let mut next = Next::On;
    // It lies over the page, whose lines must not jump when it comes and goes.
    let rect = Rect::from_min_size(ui.max_rect().min, vec2(ui.max_rect().width(), size::RELATING));
    ui.interact(rect, ui.scope_id().with("relating"), Sense::click_and_drag());
    ui.painter().rect_filled(rect, 0.0, ctx.tokens.hover);
    let inside = UiBuilder::new().max_rect(rect.shrink2(vec2(space::L, 0.0)));
    let mut strip = ui.new_child(inside.layout(Layout::right_to_left(Align::Center)));
    strip.spacing_mut().item_spacing.x = space::S;
    if cross(&mut strip, ctx.tokens, &tr("Leave relating")).clicked() {
        next = Next::Done;
    }
    strip.with_layout(Layout::left_to_right(Align::Center), |ui| match &relating.step {
        Step::Kind(kinds) => {
            if let Some(at) = kinds_ui(ui, ctx, kinds) {
                next = relating.choose_kind(at, &scene);
            }
        }
        Step::Role { .. } => next = role_ui(ui, ctx, relating, next, out),
    });
    next
}

fn kinds_ui(ui: &mut Ui, ctx: &Ctx<'_>, kinds: &[KindId]) -> Option<usize> {
    says(ui, ctx, &tr("Relate by"), "");
    let kinds: Vec<&RelationKind> = kinds.iter().filter_map(|id| ctx.codebook().relation(id)).collect();
    let keys = keys::assign(kinds.iter().map(|k| k.name.as_str()));
    let mut chosen = None;
    for (at, (kind, key)) in kinds.iter().zip(keys).enumerate() {
        let key = key.map(String::from).unwrap_or_default();
        let looks = Chip { name: &kind.name, badge: None, text: &kind.name, key: &key, state: Chosen::No };
        if chip(ui, ctx.tokens, &looks).clicked() {
            chosen = Some(at);
        }
    }
    chosen
}

fn role_ui(ui: &mut Ui, ctx: &Ctx<'_>, relating: &mut Relating, next: Next, out: &mut Vec<Wish>) -> Next {
    let scene = ctx.session.scene();
    let (Some(role), Ok((_, annotation)), Ok(text)) = (relating.role(&scene), scene.picked(), scene.text()) else {
        return Next::Done;
    };
    let words = wording::words_of(text, annotation);
    let shown: String = words.chars().take(WORDS).collect();
    let more = if shown.len() < words.len() { "…" } else { "" };
    let words = format!("{}{more}", shown.trim_end());
    let wanted = tr_with("%{role} of “%{words}”", &[("role", &role.name), ("words", &words)]);
    let how = if scene.selection().is_some() {
        tr("Enter takes the selected words, Esc leaves")
    } else {
        tr("click a mark, type its letter, or select words — Enter skips, Esc leaves")
    };
    // The button comes first, so that the words are shortened to what is left.
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let next = role_button_ui(ui, ctx, relating, next, out);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            says(ui, ctx, &wanted, &how);
            if !relating.typed.is_empty() {
                says(ui, ctx, &relating.typed, "…");
            }
        });
        next
    })
    .inner
}

fn role_button_ui(ui: &mut Ui, ctx: &Ctx<'_>, relating: &mut Relating, next: Next, out: &mut Vec<Wish>) -> Next {
    let (text, key) = (tr("Skip"), "Enter");
    let looks = Chip { name: &text, badge: None, text: &text, key, state: Chosen::No };
    if ctx.session.scene().selection().is_some() {
        let text = tr("Take the words");
        let looks = Chip { name: &text, text: &text, ..looks };
        if chip(ui, ctx.tokens, &looks).clicked() {
            return relating.fill_with_selection(out);
        }
    } else if chip(ui, ctx.tokens, &looks).clicked() {
        return relating.advance();
    }
    next
}

fn says(ui: &mut Ui, ctx: &Ctx<'_>, strong: &str, soft: &str) {
    ui.add(
        egui::Label::new(RichText::new(strong).font(fonts::strong(size::TEXT)).color(ctx.tokens.ink)).selectable(false),
    );
    let text = RichText::new(soft).font(fonts::plain(size::TEXT)).color(ctx.tokens.soft_ink);
    ui.add(egui::Label::new(text).truncate().selectable(false));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_short_and_never_the_same() {
        assert_eq!(letters(2), ["a".into(), "s".into()] as [Arc<str>; 2]);
        let many = letters(100);
        assert!(many.iter().all(|hint| hint.len() == 2), "one letter would be the beginning of two");
        let mut sorted = many.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), many.len());
    }
}
