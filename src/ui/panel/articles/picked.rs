//! Which articles of the list are picked together, as lists of the desktops have it: Ctrl adds and takes away one, Shift
//! picks all up to one, a plain click picks none.

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
        let place = |of: &ArticleId| shown.iter().position(|own| *own == of);
        if modifiers.shift {
            let from = self.from.as_ref().or(open);
            if let Some((from, to)) = from.and_then(place).zip(place(id)) {
                self.ids = shown[from.min(to)..=from.max(to)].iter().map(|id| (*id).clone()).collect();
                self.from = Some(shown[from].clone());
            }
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
}
