//! How dates, marks and counts are worded on the screen. Pure: it knows no clock and no widget.
//!
//! Lists, cards, and the filters of lists use the same words, so that what is read can be found.

pub use crate::ui::excerpt::{beginning, words_of};

use crate::{
    model::{Annotation, AnnotatorId, Attribute, ChoiceId, Codebook, Flag, Metadata, Origin, Project, Status, Value},
    text::{Text, grouped},
    ui::{
        date::read_date,
        words::{isolated, tr},
    },
};

/// English, for the screen’s door; an article’s date has a number from 1.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// “19 Dec”, for a list; a text that is no date comes back as it is.
pub fn short_date(published: &str) -> String {
    let Some((_, month, day)) = read_date(published) else { return published.to_owned() };
    let name: String = tr(MONTHS[month - 1]).chars().take(3).collect();
    format!("{day} {name}")
}

/// “19 December”, for a byline; a text that is no date comes back as it is.
pub fn day_and_month(published: &str) -> String {
    let Some((_, month, day)) = read_date(published) else { return published.to_owned() };
    format!("{day} {}", tr(MONTHS[month - 1]))
}

/// “19 December 2025”; a text that is no date comes back as it is.
pub fn long_date(published: &str) -> String {
    match read_date(published) {
        Some((year, _, _)) => format!("{} {year}", day_and_month(published)),
        None => published.to_owned(),
    }
}

/// The name of an annotator; the id where the project does not know them, “nobody named” for a step that names
/// nobody.
pub fn person(project: &Project, who: Option<&AnnotatorId>) -> String {
    let name = |who| project.annotator(who).map(|annotator| annotator.name.clone());
    who.map_or_else(|| tr("nobody named").into_owned(), |who| name(who).unwrap_or_else(|| who.to_string()))
}

/// Where a mark or a relation comes from, such as “suggested: 11 words in the same order”; `None` for one made by hand.
pub fn origin(origin: &Origin) -> Option<String> {
    Some(match origin {
        Origin::Hand => return None,
        Origin::Imported(from) => tr!("imported from {what}", what = from),
        Origin::Accepted(why) => tr!("suggested: {what}", what = why),
        Origin::Changed(why) => tr!("suggested and changed: {what}", what = why),
        Origin::Adjudicated(who) => {
            let names: Vec<&str> = who.iter().map(AnnotatorId::as_str).collect();
            tr!("decided from {what}", what = &names.join(", "))
        }
    })
}

/// The parts that are not empty, with “ · ” between them, each kept from changing the direction of the others.
pub fn dotted<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let there: Vec<_> = parts.into_iter().filter(|p| !p.is_empty()).map(isolated).collect();
    there.join(" · ")
}

/// What stands below an article’s title: “The Evening Courier · by R. Alder · 19 December”, without what is not
/// known.
pub fn byline(metadata: &Metadata) -> String {
    let by = if metadata.byline.is_empty() {
        String::new()
    } else {
        tr!("by {name}", name = metadata.byline.trim_start_matches("By ").trim_start_matches("by "))
    };
    dotted([metadata.outlet.as_str(), &by, &day_and_month(&metadata.published)])
}

/// English, for the screen’s door.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::ToDo => "To do",
        Status::InProgress => "In progress",
        Status::Done => "Done",
    }
}

/// A mark’s name for screen readers: “Quote: We have put this off …”.
pub fn mark_name(codebook: &Codebook, text: &Text, annotation: &Annotation) -> String {
    let label = codebook.label(&annotation.label).map_or(annotation.label.as_str(), |l| l.name.as_str());
    format!("{label}: {}", words_of(text, annotation))
}

/// All that a mark can be found by: label, words, flag or question, note, answers.
pub fn said_of(codebook: &Codebook, text: &Text, annotation: &Annotation) -> String {
    let attributes = codebook.label(&annotation.label).map_or(&[][..], |label| &label.attributes);
    let answers = attributes.iter().filter_map(|a| Some(answer(a, annotation.attributes.get(&a.id)?)));
    let flag = match annotation.flag {
        Some(Flag::Flag) => tr("Flag"),
        Some(Flag::Question) => tr("Question"),
        None => "".into(),
    };
    let answers: Vec<String> = answers.collect();
    let words = mark_name(codebook, text, annotation);
    let parts = [words.as_str(), &flag, &annotation.note].into_iter();
    dotted(parts.chain(answers.iter().map(String::as_str)))
}

/// An answer as it is shown: names of choices rather than their ids, parted by commas.
pub fn answer(attribute: &Attribute, value: &Value) -> String {
    let choices = attribute.choices();
    let name = |id: &ChoiceId| choices.iter().find(|c| c.id == *id).map_or(id.as_str(), |c| &c.name).to_owned();
    match value {
        Value::Choice(id) => name(id),
        Value::Choices(ids) => ids.iter().map(name).collect::<Vec<_>>().join(", "),
        Value::YesNo(yes) => tr(if *yes { "Yes" } else { "No" }).into_owned(),
        Value::Text(_) | Value::Number(_) => value.plain(),
    }
}

/// Markdown of a description as plain text: stars are dropped, list items begin with “•”. Other signs stay as they
/// are.
pub fn plain(markdown: &str) -> String {
    markdown.replace('*', "").replace("\n- ", "\n• ")
}

/// “5 of 64”, or “64” where all are shown, for a heading.
pub fn of_all(shown: usize, all: usize) -> String {
    if shown == all {
        return grouped(all);
    }
    tr!("{n} of {all}", n = shown, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_anything_else_is_left() {
        assert_eq!(short_date("2025-12-19"), "19 Dec");
        assert_eq!(short_date("2025-01-03T10:00:00Z"), "3 Jan");
        assert_eq!(long_date("2025-12-09"), "9 December 2025");
        for odd in ["", "last Friday", "2025-13-01", "2025-12-é9", "12/19/2025"] {
            assert_eq!(short_date(odd), odd);
        }
    }

    #[test]
    fn what_is_known_stays_in_its_order_in_every_script() {
        assert_eq!(dotted(["Courier", "", "19 Dec"]), "Courier · 19 Dec");
        assert_eq!(dotted(["שלום", "3 articles"]), "\u{2068}שלום\u{2069} · 3 articles");
    }

    #[test]
    fn a_byline_says_what_is_known() {
        let mut metadata = Metadata { outlet: "The Evening Courier".to_owned(), ..Metadata::default() };
        assert_eq!(byline(&metadata), "The Evening Courier");
        metadata.byline = "By R. Alder".to_owned();
        metadata.published = "2025-12-19".to_owned();
        assert_eq!(byline(&metadata), "The Evening Courier · by R. Alder · 19 December");
    }
}
