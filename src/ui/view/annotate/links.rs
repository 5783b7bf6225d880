//! Which relations are drawn on the page as links, and which marks belong with the picked one.
//!
//! They are looked for when something that they depend on changes, not in every frame: an article may have thousands.
//!
//! A link joins two marks; a relation of more members is several links from its first member here. Members in other
//! articles become a card at the page’s edge (`LinkTo::Elsewhere`).

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::{
    command::Scene,
    model::{Annotation, AnnotationId, ArticleId, Item, Relation, RelationId, Target},
    query::Relations,
    text::ByteRange,
    ui::{
        context::Ctx,
        page::{Link, LinkEnd, LinkTo},
        panel::{Stamps, related, wording},
        theme::Mode,
        words::tr,
    },
};

/// Which relations are drawn as links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drawn {
    /// Those of the picked mark and of the one under the pointer.
    #[default]
    OfMark,
    /// Those of every mark in view.
    All,
}

/// Everything that the links depend on: while it stays the same, they are not looked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkInputs {
    /// The picked mark, and the one under the pointer.
    pub marks: [Option<AnnotationId>; 2],
    /// The chosen relation, which is then drawn alone.
    pub chosen: Option<RelationId>,
    /// Which relations are drawn.
    pub drawn: Drawn,
    /// The bytes in view; counts only where all relations are drawn.
    pub visible: ByteRange,
    /// Counts of changes in the project.
    pub stamps: Stamps,
    /// The theme’s mode, as the colours of the links follow it.
    pub mode: Mode,
}

/// The links that were last found, and what lies at their ends.
#[derive(Default)]
pub struct DrawnLinks {
    /// What the page draws.
    links: Vec<Link>,
    /// For each link, in the same order, the marks where it begins and where it leads.
    ends: Vec<(Target, Target)>,
    members: FxHashSet<AnnotationId>,
    /// What they were found for; `None` before the first time.
    made_for: Option<LinkInputs>,
    /// Articles that links lead to and whose words are not known, to be asked for.
    unread: Vec<ArticleId>,
    /// Those that were asked for: each once, as one may be unreadable.
    asked: BTreeSet<ArticleId>,
}

impl DrawnLinks {
    /// The links, for the page to draw.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Marks of the open article that are related to the picked one or to the one under the pointer; the page makes
    /// them stand out.
    pub fn members(&self) -> &FxHashSet<AnnotationId> {
        &self.members
    }

    /// What lies at an end of the link with this index; `None` where the links have changed meanwhile.
    pub fn target(&self, link: usize, end: LinkEnd) -> Option<&Target> {
        self.ends.get(link).map(|(from, to)| if end == LinkEnd::From { from } else { to })
    }

    /// Finds the links anew where something they depend on has changed.
    pub fn prepare(&mut self, ctx: &Ctx<'_>, scene: &Scene<'_>, mut inputs: LinkInputs) {
        if inputs.drawn == Drawn::OfMark {
            inputs.visible = ByteRange::default();
        }
        if self.made_for.as_ref() == Some(&inputs) {
            return;
        }
        let asked = std::mem::take(&mut self.asked);
        *self = Self { made_for: Some(inputs.clone()), asked, ..Self::default() };
        let Some(relations) = scene.relations() else { return };
        let around = |mark: &AnnotationId| relations.around(Item::Annotation(*mark));
        let chosen = inputs.chosen.and_then(|id| Some((id, relations.get(id)?)));
        let belonging = match chosen {
            Some(chosen) => vec![chosen],
            None => inputs.marks.iter().flatten().flat_map(around).collect(),
        };
        for (_, relation) in &belonging {
            let here =
                relations.marks(relation).into_iter().filter(|t| Some(&t.article) == scene.focus.article.as_ref());
            self.members.extend(here.filter_map(|target| match target.item {
                Item::Annotation(id) => Some(id),
                Item::Relation(_) => None,
            }));
        }
        let mut found = belonging;
        if inputs.drawn == Drawn::All {
            let marks = scene.index.map(|index| index.in_range(inputs.visible)).unwrap_or_default();
            found.extend(marks.iter().flat_map(|mark| relations.of(Item::Annotation(*mark))));
        }
        found.sort_by_key(|(id, _)| *id);
        found.dedup_by_key(|(id, _)| *id);
        for (_, relation) in found {
            self.add(ctx, scene, &relations, relation);
        }
    }

    /// The articles that have to be read before the words at the far ends can be shown; each is given once.
    pub fn take_unread(&mut self) -> Vec<ArticleId> {
        std::mem::take(&mut self.unread)
    }

    /// Adds the links of one relation: from its first member in this article to each other member.
    fn add(&mut self, ctx: &Ctx<'_>, scene: &Scene<'_>, relations: &Relations<'_>, relation: &Relation) {
        let kind = ctx.codebook().relation(&relation.kind);
        let is_here = |target: &Target| Some(&target.article) == scene.focus.article.as_ref();
        let ends: Vec<_> = relation.members.iter().filter_map(|m| Some((m, relations.mark_for(&m.target)?))).collect();
        let Some(at) = ends.iter().position(|(_, mark)| is_here(mark)) else { return };
        let from = &ends[at].1;
        let Some(first) = relations.annotation(from) else { return };
        for (member, to) in ends.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, end)| end) {
            let annotation = relations.annotation(to);
            if scene.project.text(&to.article).is_none() && self.asked.insert(to.article.clone()) {
                self.unread.push(to.article.clone());
            }
            let Some(leads) = link_to(ctx, to, annotation.map(AsRef::as_ref), is_here(to)) else { continue };
            let role = kind.and_then(|k| k.role(&member.role)).map_or(member.role.as_str(), |r| r.name.as_str());
            // Of two, the kind tells more than that one is the “to”.
            let label = kind.filter(|k| k.roles.len() == 2).map_or(role, |k| k.name.as_str());
            let color = annotation.and_then(|a| ctx.codebook().label(&a.label)).map(|l| ctx.tokens.label(l.color).line);
            self.links.push(Link {
                from: first.fragments.first(),
                to: leads,
                colour: color.unwrap_or(ctx.tokens.soft_ink),
                label: label.into(),
            });
            self.ends.push((from.clone(), to.clone()));
        }
    }
}

/// Where a link leads: a place of the open article, or a chip with the words and the title of another one. `None` for a
/// mark of this article that is gone.
fn link_to(ctx: &Ctx<'_>, to: &Target, annotation: Option<&Annotation>, is_here: bool) -> Option<LinkTo> {
    if is_here {
        return annotation.map(|a| LinkTo::Place(a.fragments.first()));
    }
    let project = ctx.session.project();
    let title = project.article(&to.article).map_or("", |a| a.metadata.title.as_str());
    let words = annotation.zip(project.text(&to.article)).map(|(a, text)| wording::words_of(text, a));
    let words = words.unwrap_or_else(|| related::shown(ctx, to).words);
    if project.text(&to.article).is_none() {
        return Some(LinkTo::Elsewhere(wording::dotted([title, &tr("not read yet")]).into()));
    }
    // The words tell more, and a chip cuts what comes last.
    Some(LinkTo::Elsewhere(wording::dotted([words.as_ref(), title]).into()))
}
