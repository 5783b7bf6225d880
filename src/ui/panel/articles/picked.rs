//! Which articles of the list are picked together, as lists of the desktops have it: Ctrl adds and takes away one, Shift
//! picks all up to one, by a click or by the arrows, a plain click picks none.

use std::collections::BTreeSet;

use egui::Modifiers;

use crate::model::ArticleId;

/// The picked articles; none or several.
#[derive(Clone, Debug, Default)]
pub struct Picked {
    ids: BTreeSet<ArticleId>,
    /// Where Shift picks from.
    from: Option<ArticleId>,
}

impl Picked {
    pub fn has(&self, id: &ArticleId) -> bool {
        self.ids.contains(id)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// What a click on an article, or its key, picks; `shown` are the articles of the list in their order. The open article
    /// is picked with the first one.
    pub fn click(&mut self, id: &ArticleId, modifiers: Modifiers, open: Option<&ArticleId>, shown: &[&ArticleId]) {
        if modifiers.shift {
            self.reach(id, open, shown);
        } else if modifiers.command {
            if self.ids.is_empty() {
                self.ids.extend(open.cloned());
            }
            if !self.ids.remove(id) {
                self.ids.insert(id.clone());
            }
            self.from = Some(id.clone());
        } else {
            *self = Self::default();
        }
    }

    /// Picks all from where one has begun, or else from `begin`, up to an article.
    pub fn reach(&mut self, to: &ArticleId, begin: Option<&ArticleId>, shown: &[&ArticleId]) {
        let place = |of: &ArticleId| shown.iter().position(|own| *own == of);
        let from = self.from.as_ref().or(begin);
        if let Some((from, to)) = from.and_then(place).zip(place(to)) {
            self.ids = shown[from.min(to)..=from.max(to)].iter().map(|id| (*id).clone()).collect();
            self.from = Some(shown[from].clone());
        }
    }

    /// The arrows have gone elsewhere without picking: what is picked next in a row begins there.
    pub fn begin_anew(&mut self) {
        self.from = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_picked_one_by_one_and_in_a_row() {
        let ids = ["a", "b", "c", "d", "e"].map(|id| ArticleId::new(id).unwrap());
        let shown: Vec<&ArticleId> = ids.iter().collect();
        let mut picked = Picked::default();
        let mut check = |click: &str, modifiers: Modifiers, expected: &str| {
            picked.click(&ArticleId::new(click).unwrap(), modifiers, Some(&ids[1]), &shown);
            assert_eq!(
                picked.ids.iter().map(ArticleId::as_str).collect::<String>(),
                expected,
                "{click} with {modifiers:?}"
            );
        };
        check("d", Modifiers::COMMAND, "bd");
        check("a", Modifiers::COMMAND, "abd");
        check("d", Modifiers::COMMAND, "ab");
        check("e", Modifiers::SHIFT, "de");
        check("b", Modifiers::SHIFT, "bcd");
        check("c", Modifiers::NONE, "");
        check("d", Modifiers::SHIFT, "bcd");
    }

    #[test]
    fn arrows_pick_from_where_they_begin_and_give_back_what_they_return_over() {
        let ids = ["a", "b", "c", "d", "e"].map(|id| ArticleId::new(id).unwrap());
        let shown: Vec<&ArticleId> = ids.iter().collect();
        let mut picked = Picked::default();
        let told = |picked: &Picked| picked.ids.iter().map(ArticleId::as_str).collect::<String>();
        for (from, to, expected) in [(2, 3, "cd"), (3, 4, "cde"), (4, 3, "cd"), (3, 2, "c"), (2, 1, "bc")] {
            picked.reach(&ids[to], Some(&ids[from]), &shown);
            assert_eq!(told(&picked), expected);
        }
        picked.begin_anew();
        picked.reach(&ids[4], Some(&ids[3]), &shown);
        assert_eq!(told(&picked), "de");
    }
}
