//! What a page is given in every frame. It is all the page knows: nothing of it is kept but the layout of the text.

use egui::Id;

use super::gesture::TextSelection;
use super::source::{Link, PageSource};
use super::style::{PageOptions, PageStyle};

/// What a page shows in a frame.
pub struct Page<'a> {
    /// The widget's own, by which egui knows its focus and screen readers its parts: another for each page on the screen.
    pub id: Id,
    pub source: &'a dyn PageSource,
    pub heading: Heading<'a>,
    /// What is selected; a gesture asks for another one, and the next frame shows what became of it.
    pub selection: TextSelection,
    pub style: &'a PageStyle,
    pub options: PageOptions,
    /// Relations to draw.
    pub links: &'a [Link],
    /// The text's language as a BCP 47 tag, where it is known: some scripts have other shapes in another language.
    pub language: Option<&'a str>,
    pub names: Names<'a>,
}

/// What the page and its parts are called to those who cannot see them.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    pub page: &'a str,
    pub scrollbar: &'a str,
    /// Of the button that stands for so many chips that are not shown, and of the one that puts them away again.
    pub more_links: fn(usize) -> String,
    pub fewer_links: &'a str,
}

/// Title and byline above the text. An empty one takes no room.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heading<'a> {
    pub title: &'a str,
    pub byline: &'a str,
}
