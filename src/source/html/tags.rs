//! Looks through the tags of a page before it is parsed, for what the parser would not stop at.
//!
//! An element with very many attributes costs the parser the square of their number. And an element that is not read,
//! such as `noscript`, swallows the rest of the page where its end is missing.
//!
//! Tags are found as the HTML Standard has it (<https://html.spec.whatwg.org/multipage/parsing.html#tokenization>),
//! but for the escapes inside of scripts.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::parse::refused;
use crate::{diagnostic::Diagnostic, phrase};

/// Attributes of one element at most; those of newspapers have some twenty.
const MAX_ATTRIBUTES: usize = 1000;

/// What shows its content to nobody, or to few, so that its end must be there.
const CLOSED: &[&str] = &[
    "audio", "button", "canvas", "iframe", "noembed", "noframes", "noscript", "object", "select", "template",
    "textarea", "title", "video", "xmp",
];

/// What holds no tags. The last two are code, which is no text even where its end is missing.
const RAW: &[&str] = &["iframe", "noembed", "noframes", "textarea", "title", "xmp", "script", "style"];

/// A page without the tags of elements that should be closed and never are, and the names of these.
///
/// # Errors
/// If an element has too many attributes.
pub(super) fn checked(html: &str) -> Result<(Cow<'_, str>, Vec<&'static str>), Diagnostic> {
    let mut open: Vec<Vec<Tag<'_>>> = CLOSED.iter().map(|_| Vec::new()).collect();
    for tag in Tags::of(html) {
        if tag.attributes > MAX_ATTRIBUTES {
            let message = phrase!("The page has an element with more than {most} attributes", most = MAX_ATTRIBUTES);
            return Err(refused("html-too-many-attributes", message));
        }
        let Some(kind) = CLOSED.iter().position(|name| tag.name.eq_ignore_ascii_case(name)) else { continue };
        if tag.is_end {
            open[kind].pop();
        } else {
            open[kind].push(tag);
        }
    }
    let names = CLOSED.iter().zip(&open).filter(|(_, open)| !open.is_empty()).map(|(name, _)| *name).collect();
    let mut open: Vec<Tag<'_>> = open.into_iter().flatten().collect();
    open.sort_unstable_by_key(|tag| tag.start);
    Ok((without(html, &open), names))
}

/// The page without these tags.
fn without<'t>(html: &'t str, tags: &[Tag<'_>]) -> Cow<'t, str> {
    let Some(last) = tags.last() else { return html.into() };
    let (mut kept, mut at) = (String::with_capacity(html.len()), 0);
    for tag in tags {
        kept.push_str(&html[at..tag.start]);
        at = tag.end;
    }
    kept.push_str(&html[last.end..]);
    kept.into()
}

/// A tag as it stands in the page.
#[derive(Debug)]
struct Tag<'t> {
    name: &'t str,
    is_end: bool,
    attributes: usize,
    /// From `<` to behind `>`, in bytes.
    start: usize,
    /// The byte after it.
    end: usize,
}

/// The tags of a page, in their order.
struct Tags<'t> {
    html: &'t str,
    at: usize,
    /// Levels of `svg` and `math` around, in which no element is raw.
    foreign: usize,
    /// Raw elements whose end is not to be found from here on.
    endless: Vec<&'static str>,
}

impl<'t> Tags<'t> {
    fn of(html: &'t str) -> Self {
        Self { html, at: 0, foreign: 0, endless: Vec::new() }
    }

    /// Goes behind what a raw element holds; stays where its end is missing.
    fn pass_raw(&mut self, tag: &Tag<'_>) {
        let Some(name) = RAW.iter().find(|name| tag.name.eq_ignore_ascii_case(name)) else { return };
        if self.endless.contains(name) {
            return;
        }
        match end_of_raw(&self.html[self.at..], name) {
            Some(len) => self.at += len,
            None if matches!(*name, "script" | "style") => self.at = self.html.len(),
            None => self.endless.push(name),
        }
    }
}

impl<'t> Iterator for Tags<'t> {
    type Item = Tag<'t>;

    fn next(&mut self) -> Option<Tag<'t>> {
        loop {
            let start = self.at + memchr(b'<', &self.html.as_bytes()[self.at..])?;
            let after = &self.html[start + 1..];
            let (is_end, inside) = after.strip_prefix('/').map_or((false, after), |inside| (true, inside));
            if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.at = start + 1 + comment_len(after);
                continue;
            }
            let (name, attributes, len) = measured(inside);
            self.at = start + 1 + usize::from(is_end) + len;
            let tag = Tag { name, is_end, attributes, start, end: self.at };
            if ["svg", "math"].iter().any(|foreign| name.eq_ignore_ascii_case(foreign)) {
                self.foreign = if is_end { self.foreign.saturating_sub(1) } else { self.foreign + 1 };
            } else if !is_end && self.foreign == 0 {
                self.pass_raw(&tag);
            }
            return Some(tag);
        }
    }
}

/// The bytes of a comment or a declaration behind its `<`; none where there is neither.
fn comment_len(after: &str) -> usize {
    let up_to = |end: &str| memmem::find(after.as_bytes(), end.as_bytes()).map_or(after.len(), |at| at + end.len());
    match after.as_bytes() {
        [b'!', b'-', b'-', b'>', ..] => 4,
        [b'!', b'-', b'-', ..] => up_to("-->"),
        [b'!' | b'?' | b'/', ..] => up_to(">"),
        _ => 0,
    }
}

/// The name of a tag, its number of attributes, and its bytes up to and with `>`.
fn measured(inside: &str) -> (&str, usize, usize) {
    let bytes = inside.as_bytes();
    let is_edge = |b: u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    let skip = |from: usize, is_over: &dyn Fn(u8) -> bool| {
        bytes[from..].iter().position(|b| is_over(*b)).map_or(bytes.len(), |len| from + len)
    };
    let name_end = skip(0, &is_edge);
    let (mut at, mut attributes) = (name_end, 0);
    loop {
        at = skip(at, &|b| !b.is_ascii_whitespace() && b != b'/');
        match bytes.get(at) {
            None => return (&inside[..name_end], attributes, at),
            Some(b'>') => return (&inside[..name_end], attributes, at + 1),
            Some(_) => attributes += 1,
        }
        // An equals sign may begin a name, but not end one.
        at = skip(at + 1, &|b| is_edge(b) || b == b'=');
        let sign = skip(at, &|b| !b.is_ascii_whitespace());
        if bytes.get(sign) != Some(&b'=') {
            continue;
        }
        at = skip(sign + 1, &|b| !b.is_ascii_whitespace());
        at = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => (skip(at + 1, &|b| b == *quote) + 1).min(bytes.len()),
            _ => skip(at, &|b| b.is_ascii_whitespace() || b == b'>'),
        };
    }
}

/// The bytes up to the end tag of a raw element.
fn end_of_raw(inside: &str, name: &str) -> Option<usize> {
    memmem::find_iter(inside.as_bytes(), b"</").find(|at| {
        let after = &inside.as_bytes()[at + 2..];
        let is_name = after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        is_name && after.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(html: &str) -> Vec<String> {
        Tags::of(html)
            .map(|tag| {
                assert!(html[tag.start..].starts_with('<'));
                format!("{}{}{}", if tag.is_end { "/" } else { "" }, tag.name, tag.attributes)
            })
            .collect()
    }

    #[test]
    fn tags_are_found_as_a_browser_does() {
        assert_eq!(names("a < b <p> <p class=x id='>' title=\"a > b\" hidden/></p >"), ["p0", "p4", "/p0"]);
        assert_eq!(names("<!-- <p> --><!doctype html><?x <p> ?><br/><a =b=c d = e f>"), ["br0", "a3"]);
        assert_eq!(
            names("<script>a<b; '</p>'</SCRIPT ><style><p></style>"),
            ["script0", "/SCRIPT0", "style0", "/style0"]
        );
        assert_eq!(names("<svg><style><p a b></style></svg><title>a <b> c</title>").len(), 7);
        assert_eq!(names("<p a='"), ["p1"]);
        assert_eq!(names("<"), [""; 0]);
    }

    #[test]
    fn very_many_attributes_are_refused() {
        let page = |count: usize| format!("<p {}>x</p>", "a=1 ".repeat(count));
        assert!(checked(&page(MAX_ATTRIBUTES)).is_ok());
        assert_eq!(checked(&page(MAX_ATTRIBUTES + 1)).unwrap_err().code, "html-too-many-attributes");
        let script = format!("<script>if (a <b) x = [{}]</script>", "1, ".repeat(5000));
        assert!(checked(&script).is_ok(), "code is no tag");
    }

    #[test]
    fn an_element_without_its_end_swallows_nothing() {
        let check = |html: &str, without: &str, names: &[&str]| {
            let (found, open) = checked(html).unwrap();
            assert_eq!((&*found, open.as_slice()), (without, names));
        };
        check("<noscript><img></noscript><p>a</p>", "<noscript><img></noscript><p>a</p>", &[]);
        check(
            "<p>a<noscript id=1><img><p>b<noscript>c</noscript>",
            "<p>a<img><p>b<noscript>c</noscript>",
            &["noscript"],
        );
        check("<TITLE>a<p>b<video><object></object>c", "a<p>b<object></object>c", &["title", "video"]);
        check("<object><object></object></object>", "<object><object></object></object>", &[]);
        check("<p>a<script>b <noscript>", "<p>a<script>b <noscript>", &[]);
    }
}
