//! A comparison as one page of HTML, to print and to hang up: the articles in columns with their statements marked and
//! numbered, every statement’s wordings with what differs, what stands in one article alone, and who is heard where and is for
//! what.
//!
//! Pure: a project and what comparing its articles has come to go in, a text comes out. The page needs nothing besides
//! itself: it has no script, no link and no picture, so that it can be sent around and still be opened in years. What
//! differs is told by shape and not by colour, so that it can be copied in black and white. It changes nothing, and knows
//! no file.
//!
//! `shown` gathers what is shown, `columns`, `wordings` and `tables` write it; every word of it is
//! escaped by `text::markup`.

mod columns;
mod shown;
mod tables;
mod wordings;

pub use shown::{Poster, Which};

use crate::{
    diagnostic::Diagnostic,
    phrase,
    text::{Phrase, grouped, markup::Markup},
};

/// So many articles stand side by side at most: with more of them the columns could not be read on a sheet of A4.
pub const MOST: usize = 3;

/// How the page looks, on the screen and on paper.
const STYLE: &str = include_str!("page.css");

/// Whether so many articles can be compared on a page.
///
/// # Errors
/// There are too few or too many; the hint says what to do.
pub fn check(articles: usize) -> Result<(), Diagnostic> {
    match articles {
        0 => Err(Diagnostic::error("no-articles", "There is no article to compare").hint("Add articles to the story")),
        1 => Err(Diagnostic::error("one-article", "There is only one article, and nothing to compare it with")
            .hint("Move another report of the event to its story, or name both articles")),
        2..=MOST => Ok(()),
        n => {
            let message = phrase!("A page has room for {most} articles, not for {n}", most = &MOST, n = &n);
            Err(Diagnostic::error("many-articles", message).hint("Name two or three of them"))
        }
    }
}

impl Poster<'_> {
    /// The page. It is UTF-8, and says so.
    pub fn html(&self) -> String {
        let mut page = Markup::default();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.element("title", "", &said(&self.title())).line();
        page.raw("<style>\n").raw(STYLE).raw("</style>\n</head>\n");
        let columns = ["", "", "class=\"two\"", "class=\"three\""];
        page.open("body", columns.get(self.articles.len()).copied().unwrap_or_default()).line();
        self.write_head(&mut page);
        self.write_columns(&mut page);
        self.write_statements(&mut page);
        self.write_alone(&mut page);
        self.write_tables(&mut page);
        page.raw("</body>\n</html>\n");
        page.finish()
    }

    /// What is compared, how much was found, and what the signs mean.
    fn write_head(&self, page: &mut Markup) {
        page.raw("<header>\n");
        page.raw("<h1>");
        if let Some(story) = self.story {
            page.foreign("bdi", "", "", story).raw(": ");
        }
        page.text(&said(&self.reports())).raw("</h1>\n");
        page.element("p", "class=\"counts\"", &said(&self.counts())).line();
        if !self.entries.is_empty() {
            page.raw("<ul class=\"signs\">\n");
            let sign = |page: &mut Markup, classes: (&'static str, &'static str), meaning: Phrase| {
                page.raw("<li>").element("b", classes.0, &grouped(1)).raw(" ");
                page.element("span", classes.1, &said(&phrase!("words"))).raw(" ").text(&said(&meaning)).raw("</li>\n");
            };
            if self.entries.iter().any(shown::Entry::is_accepted) {
                sign(page, ("class=\"n\"", "class=\"shared\""), phrase!("in more than one report"));
            }
            if self.entries.iter().any(shown::Entry::is_proposed) {
                let meaning = phrase!("in more than one report, as proposed and not confirmed");
                sign(page, ("class=\"n proposed\"", "class=\"shared proposed\""), meaning);
            }
            if self.entries.iter().any(shown::Entry::is_alone) {
                sign(page, ("class=\"n alone\"", "class=\"alone\""), phrase!("in this report alone"));
            }
            page.raw("</ul>\n");
        }
        page.raw("</header>\n");
    }
}

/// A phrase on the page. The page is in English, as all files that are written are.
fn said(phrase: &Phrase) -> String {
    phrase.to_string()
}
