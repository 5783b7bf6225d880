//! What a page says of itself: JSON-LD first, then `meta` and `link` elements, then marked-up times and names.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::json_ld::{self, names, text_at};
use crate::model::Metadata;
use crate::source::date::iso_date;
use crate::source::words::{language_tag, one_line, web_address};

/// What the page tells; what it does not tell is empty.
pub(super) fn read(page: &Document) -> Metadata {
    let mut metadata = Metadata::default();
    let told = json_ld::article(page).unwrap_or_default();
    let say = |parts: &[&dyn Fn() -> String]| {
        parts.iter().map(|part| one_line(&part())).find(|v| !v.is_empty()).unwrap_or_default()
    };

    metadata.title =
        say(&[&|| headline(&told, &page_title(page)), &|| meta(page, &["og:title", "twitter:title", "dc.title"])]);
    let byline = say(&[
        &|| names(&told["author"]),
        &|| meta(page, &["author", "article:author", "parsely-author", "dc.creator"]),
        &|| first(page, "[rel='author'], [itemprop='author']", |node| node.text().to_string()),
    ]);
    without_by(&byline).clone_into(&mut metadata.byline);
    metadata.outlet =
        say(&[&|| meta(page, &["og:site_name"]), &|| names(&told["publisher"]), &|| meta(page, &["application-name"])]);
    metadata.published = iso_date(&say(&[
        &|| text_at(&told, "datePublished"),
        &|| {
            meta(
                page,
                &[
                    "article:published_time",
                    "datepublished",
                    "parsely-pub-date",
                    "dc.date",
                    "dcterms.created",
                    "pubdate",
                    "date",
                ],
            )
        },
        &|| first(page, "[itemprop='datePublished'], time[pubdate], article time[datetime], time[datetime]", date_of),
    ]));
    metadata.language = language_tag(&say(&[
        &|| first(page, "html[lang]", |node| node.attr_or("lang", "").to_string()),
        &|| text_at(&told, "inLanguage"),
        &|| meta(page, &["content-language", "og:locale"]),
    ]));
    metadata.url = say(&[
        &|| web_address(&first(page, "link[rel='canonical']", |node| node.attr_or("href", "").to_string())),
        &|| web_address(&meta(page, &["og:url"])),
        &|| web_address(&text_at(&told, "url")),
    ]);
    metadata
}

/// What stands in the window's title bar.
pub(super) fn page_title(page: &Document) -> String {
    first(page, "title", |node| node.text().to_string())
}

/// A title without the outlet's name at its end (`Bridge closed | The Post`).
pub(super) fn without_outlet<'t>(title: &'t str, outlet: &str) -> &'t str {
    let cut = title.strip_suffix(outlet).filter(|_| !outlet.is_empty()).map(str::trim_end);
    let cut = cut.and_then(|rest| rest.strip_suffix(['|', '-', '–', '—', '·'])).map(str::trim_end);
    cut.filter(|rest| !rest.is_empty()).unwrap_or(title)
}

/// The content of the first `meta` element with one of these names (in lower case), in the names' order.
fn meta(page: &Document, wanted: &[&str]) -> String {
    let elements = page.select("meta[content]");
    let content_of = |name: &&str| {
        elements.nodes().iter().find_map(|node| {
            let is_it = ["property", "name", "itemprop", "http-equiv"]
                .iter()
                .any(|key| node.attr_or(key, "").eq_ignore_ascii_case(name));
            let content = node.attr_or("content", "").to_string();
            // A profile's address is no name.
            (is_it && !(name.contains("author") && content.starts_with("http"))).then_some(content)
        })
    };
    wanted.iter().find_map(content_of).unwrap_or_default()
}

/// What is said by the first element that a selector finds and that says anything.
fn first(page: &Document, selector: &str, say: impl Fn(&NodeRef<'_>) -> String) -> String {
    page.select(selector).nodes().iter().map(say).find(|said| !said.trim().is_empty()).unwrap_or_default()
}

/// The day that an element gives for machines; what it gives for people only where that is a date.
fn date_of(node: &NodeRef<'_>) -> String {
    let attribute = node.attr("datetime").or_else(|| node.attr("content")).map(|value| value.to_string());
    let written = one_line(&attribute.unwrap_or_else(|| node.text().to_string()));
    let understood = iso_date(&written);
    if understood.len() == 10 && understood.starts_with(|c: char| c.is_ascii_digit()) {
        understood
    } else {
        String::new()
    }
}

/// The headline that JSON-LD gives, or its name where only that is in the window's title bar too.
fn headline(told: &Value, page_title: &str) -> String {
    let (headline, name) = (text_at(told, "headline"), text_at(told, "name"));
    let prefer_name = !name.is_empty() && page_title.contains(&name) && !page_title.contains(&headline);
    if prefer_name { name } else { headline }
}

/// A byline without `By` and the signs that join it to what follows.
pub(super) fn without_by(byline: &str) -> &str {
    let byline = byline.trim_matches([' ', '—', '–', '-', '|', '·', '•', ',', ':']);
    let is_by = byline.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "));
    if is_by { byline[3..].trim_start() } else { byline }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_page(html: &str) -> Metadata {
        read(&Document::from(html))
    }

    #[test]
    fn json_ld_is_found_in_a_graph() {
        let metadata = read_page(
            r#"<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"],
            "headline": "Bridge closed", "author": [{"name": "Ada Moor"}, {"name": "Jo Lind"}],
            "publisher": {"name": "The Post"}, "datePublished": "2024-05-01T06:00:00Z"}]}</script>"#,
        );
        assert_eq!(metadata.title, "Bridge closed");
        assert_eq!(metadata.byline, "Ada Moor, Jo Lind");
        assert_eq!((metadata.outlet.as_str(), metadata.published.as_str()), ("The Post", "2024-05-01"));
    }

    #[test]
    fn broken_json_and_a_profile_address_are_passed_over() {
        let metadata = read_page(
            r#"<html lang="en_GB"><script type="application/ld+json">{"@type": "Article", </script>
            <meta property="article:author" content="https://post.example/ada"><a rel=author>By Ada Moor —</a>
            <time datetime="08:05">8</time><time datetime="2024-05-01">May</time>"#,
        );
        assert_eq!((metadata.byline.as_str(), metadata.published.as_str()), ("Ada Moor", "2024-05-01"));
        assert_eq!(metadata.language, "en-GB");
    }

    #[test]
    fn the_outlet_leaves_the_title() {
        assert_eq!(without_outlet("Bridge closed | The Post", "The Post"), "Bridge closed");
        assert_eq!(without_outlet("Why we left The Post", "The Post"), "Why we left The Post");
        assert_eq!(without_outlet("The Post", "The Post"), "The Post");
    }
}
