//! Documents written, one for each article.

use super::{body, header, ids, layer, markup::Markup};
use crate::{
    diagnostic::Diagnostic,
    format::{
        options::ExportOptions,
        sink::Pieces,
        writer::{ExportedArticle, Writer},
        xml::escaped,
    },
    phrase,
};

/// What a character that XML can’t hold becomes.
const REPLACEMENT: char = '\u{fffd}';

pub fn writer(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Tei)
}

struct Tei;

impl Writer for Tei {
    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let layers = article.layers();
        let language = language(&article.article.metadata.language);
        let mut xml = Markup::default();
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.open("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0")]).lines(1);
        header::write(&mut xml, article, &layers, language);
        body::write(&mut xml, article.text, &layers, language);
        layers.iter().for_each(|own| layer::write(&mut xml, article, own));
        xml.close().lines(1);
        out.piece(&ids::document(article.id)).extend_from_slice(xml.finish().as_bytes());
        tell_replaced(article, out);
    }
}

/// Says how many characters of the text XML can’t hold.
fn tell_replaced(article: &ExportedArticle<'_>, out: &mut Pieces) {
    let (text, title) = (article.text.as_str(), &article.article.metadata.title);
    let n = escaped(text).matches(REPLACEMENT).count() - text.matches(REPLACEMENT).count();
    if n > 0 {
        let message =
            phrase!("{n} character that XML can’t hold becomes �|{n} characters that XML can’t hold become �", n);
        let told = Diagnostic::warning("unwritable-characters", message).about(title);
        out.tell(told.hint("Correct the text, or use another format"));
    }
}

/// A language as `xml:lang` takes it (BCP 47); empty where it is none.
fn language(tag: &str) -> &str {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let has_letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_tag = tag.split('-').next().is_some_and(has_letters) && tag.split('-').all(is_part);
    if is_tag { tag } else { "" }
}
