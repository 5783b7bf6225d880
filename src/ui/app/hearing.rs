//! What is said to a screen reader of the commands that were run.

use super::App;
use crate::{
    command::Show,
    model::{AnnotationId, ArticleId, edit::Kind},
    session::Run,
    text::Phrase,
    ui::{panel::wording, words},
};

impl<R: Run> App<R> {
    /// Takes note of what came of commands: what was said, else what was changed, and what is picked then.
    pub(super) fn hear(&mut self, shown: &[Show]) {
        let said = |show: &Show| match show {
            Show::Say(phrase) => Some(phrase.clone()),
            _ => None,
        };
        let changed = |show: &Show| match show {
            Show::Changed(transaction) if transaction.kind == Kind::Do => Some(transaction.label.clone()),
            _ => None,
        };
        let said: Option<Phrase> = shown.iter().find_map(said);
        let place = self.place();
        let is_new = place != self.spoken.place;
        let picked = is_new.then(|| self.picked_name()).flatten();
        // Marking picks the mark, whose label and words say more than the name of the step.
        let label = shown.iter().find_map(changed).filter(|_| picked.is_none());
        said.or(label).into_iter().for_each(|phrase| self.spoken.say(words::phrase(&phrase)));
        if place.0 != self.spoken.place.0 {
            self.title().into_iter().for_each(|title| self.spoken.say(title));
        }
        picked.into_iter().for_each(|name| self.spoken.say(name));
        self.spoken.place = place;
    }

    fn place(&self) -> (Option<ArticleId>, Option<AnnotationId>) {
        let Some(session) = self.session() else { return Default::default() };
        let scene = session.scene();
        (scene.focus.article.clone(), scene.picked().ok().map(|(id, _)| id))
    }

    /// “Quote: the words”.
    fn picked_name(&self) -> Option<String> {
        let scene = self.session()?.scene();
        let (_, mark) = scene.picked().ok()?;
        Some(wording::mark_name(scene.codebook(), scene.text().ok()?, mark))
    }

    /// Of the open article.
    fn title(&self) -> Option<String> {
        let session = self.session()?;
        let article = session.project().article(session.focus().article.as_ref()?)?;
        Some(article.metadata.title.clone())
    }
}
