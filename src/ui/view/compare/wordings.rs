//! Works out the rows of the card: what each report says, how that differs from the fullest wording, and who is heard.

use super::{
    rail,
    rows::{MadeFor, Row, Rows},
    state::Compare,
};
use crate::{
    command::{PaneId, statement::is_quoted},
    compare::{Attributions, Change, Difference, Likeness, Statement, beginning, cut_to},
    text::Fragments,
    ui::{context::Ctx, panel::Stamps},
};

/// A wording of more bytes is shown from its beginning.
const LONGEST: usize = 4_000;

impl Compare {
    /// Brings the rows up to date with the statement in hand.
    pub(super) fn make_rows(&mut self, ctx: &Ctx<'_>, stamps: Stamps) {
        let Some(statement) = self.in_hand() else {
            self.rows = None;
            return;
        };
        let text = |pane: &PaneId| ctx.session.scene_of(*pane).text().map_or(0, |text| text.as_ptr() as usize);
        let texts: Vec<usize> = self.columns.panes().iter().map(text).collect();
        let is_made = |made: &MadeFor| made.stamps == stamps && made.texts == texts && made.statement == *statement;
        if self.rows.as_ref().is_some_and(|rows| is_made(&rows.made_for)) {
            return;
        }
        let made_for = MadeFor { statement: statement.clone(), texts, stamps };
        let base = statement.fullest();
        let order = std::iter::once(base).chain((0..statement.places.len()).filter(|column| *column != base));
        let all = order.filter_map(|column| self.row(ctx, statement, column)).collect();
        self.rows = Some(Rows { made_for, all });
    }

    fn row(&self, ctx: &Ctx<'_>, statement: &Statement, column: usize) -> Option<Row> {
        let scene = ctx.session.scene_of(*self.columns.panes().get(column)?);
        let id = scene.focus.article.as_ref()?;
        let (place, text) = (statement.places[column].as_ref()?, scene.text().ok()?);
        let shown = cut_to(place, text, LONGEST);
        let likeness = statement.likeness(column);
        // A paraphrase is in other words: that all of them differ says nothing.
        let compares = likeness.is_some_and(|l| !matches!(l, Likeness::Paraphrased | Likeness::Contradicted));
        Some(Row {
            outlet: rail::name(scene.project.article(id)?),
            said: beginning(place, text, LONGEST),
            heard: Attributions::of(scene.project, id, ctx.session.annotator().cloned().as_slice()).with(place),
            is_quoted: place.covered_len() <= LONGEST && is_quoted(text, place),
            likeness,
            differs: compares.then(|| self.differs(ctx, statement, (text, &shown))).flatten(),
        })
    }

    /// How a wording differs from the fullest one.
    fn differs(
        &self,
        ctx: &Ctx<'_>,
        statement: &Statement,
        wording: (&str, &Fragments),
    ) -> Option<(Difference, Vec<(String, Change)>)> {
        let base = statement.fullest();
        let text = ctx.session.scene_of(*self.columns.panes().get(base)?).text().ok()?;
        let fullest = cut_to(statement.places[base].as_ref()?, text, LONGEST);
        let difference = Difference::between((text, &fullest), wording);
        let told = difference.told(text, wording).into_iter().map(|(words, change)| (words.to_owned(), change));
        let told = told.collect();
        Some((difference, told))
    }
}
