//! Conflict markers: what version control leaves in a file that both sides have changed at the same place.
//!
//! A conflict is `<<<<<<<`, the lines of one side, `=======`, those of the other, `>>>>>>>`, each at the start of a line;
//! where git is told to (`diff3`), the lines that both began with stand between, after `|||||||`. Everything outside of
//! conflicts belongs to both sides.
//! Source: <https://git-scm.com/docs/git-merge#_how_conflicts_are_presented>.

use std::borrow::Cow;

use super::versions::Versions;
use crate::diagnostic::Diagnostic;

/// Whose a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Outside of conflicts.
    Both,
    Ours,
    /// What both began with.
    Base,
    Theirs,
}

/// The number of the line, from 1, at which the first whole conflict begins; `None` where there is none.
pub fn line_of_first(text: &str) -> Option<u32> {
    memchr::memmem::find(text.as_bytes(), b"<<<<<<<")?;
    let mut begun = None;
    let mut part = Part::Both;
    for (number, line) in (1..).zip(text.lines()) {
        let next = part_after(part, line).unwrap_or(part);
        match (part, next) {
            (Part::Both, Part::Ours) => begun = Some(number),
            (Part::Theirs, Part::Both) => return begun,
            _ => {}
        }
        part = next;
    }
    None
}

/// Whether a line begins, parts or ends a conflict.
pub fn is_marker(line: &str) -> bool {
    [("<<<<<<<", false), ("|||||||", false), ("=======", true), (">>>>>>>", false)]
        .into_iter()
        .any(|(marker, is_alone)| is_marked(line, marker, is_alone))
}

/// Whether a line is this marker: alone, or followed by a space and a name.
fn is_marked(line: &str, marker: &str, is_alone: bool) -> bool {
    line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || (!is_alone && rest.starts_with(' ')))
}

/// The part that begins after a line; `None` for a line that is no marker there.
fn part_after(part: Part, line: &str) -> Option<Part> {
    match part {
        Part::Both if is_marked(line, "<<<<<<<", false) => Some(Part::Ours),
        Part::Ours if is_marked(line, "|||||||", false) => Some(Part::Base),
        Part::Ours | Part::Base if is_marked(line, "=======", true) => Some(Part::Theirs),
        Part::Theirs if is_marked(line, ">>>>>>>", false) => Some(Part::Both),
        _ => None,
    }
}

/// The versions that a text with conflicts was made of; `None` where it has none. The base is known only where every
/// conflict says it.
pub fn sides(text: &str) -> Option<Versions<String>> {
    line_of_first(text)?;
    let (mut base, mut ours, mut theirs) = (String::new(), String::new(), String::new());
    let (mut part, mut has_base) = (Part::Both, true);
    for line in text.split_inclusive('\n') {
        if let Some(next) = part_after(part, line.trim_end_matches('\n')) {
            has_base &= !(part == Part::Ours && next == Part::Theirs);
            part = next;
            continue;
        }
        let sides: &mut [&mut String] = match part {
            Part::Both => &mut [&mut base, &mut ours, &mut theirs],
            Part::Ours => &mut [&mut ours],
            Part::Base => &mut [&mut base],
            Part::Theirs => &mut [&mut theirs],
        };
        sides.iter_mut().for_each(|side| side.push_str(line));
    }
    // One that does not end may be no conflict at all.
    (part == Part::Both).then_some(Versions { base: has_base.then_some(base), ours, theirs })
}

/// A text of one conflict, whose sides are the whole versions, for somebody to decide.
pub fn with_markers(texts: &Versions<&str>) -> String {
    let ended = |text: &str| -> Cow<'static, str> {
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        format!("{text}{end}").into()
    };
    let base = texts.base.map(|base| format!("||||||| base\n{}", ended(base))).unwrap_or_default();
    format!("<<<<<<< ours\n{}{base}=======\n{}>>>>>>> theirs\n", ended(texts.ours), ended(texts.theirs))
}

/// What is said of a file with conflicts that begin at this line; without its path.
pub fn told(line: u32) -> Diagnostic {
    Diagnostic::error(
        "conflict-markers",
        "Version control has left two versions in this file, with conflict markers between them",
    )
    .at_line(line, 1)
    .hint("Put the two together, mark by mark, with `pressmark merge` and the project’s folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_sides(text: &str) -> String {
        let Some(Versions { base, ours, theirs }) = sides(text) else { return "none".to_owned() };
        let flat = |text: String| text.replace('\n', " ");
        format!("{}| {}| {}", base.map_or("? ".to_owned(), flat), flat(ours), flat(theirs))
    }

    #[test]
    fn a_text_with_conflicts_is_its_sides() {
        let check = |text: &str, expected: &str| assert_eq!(told_sides(&text.replace(' ', "\n")), expected, "{text}");
        check("a <<<<<<< b ======= c >>>>>>> d ", "? | a b d | a c d ");
        check("a <<<<<<< b ||||||| o ======= c >>>>>>> d ", "a o d | a b d | a c d ");
        check("<<<<<<< ======= c >>>>>>> d <<<<<<< e ||||||| ======= >>>>>>> ", "? | d e | c d ");
        check("a ======= b ", "none");
        check("a <<<<<<< b c ", "none");
        check("a >>>>>>> <<<<<<< ======= ", "none");
        assert_eq!(told_sides("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> home\n"), "? | a | b ");
        assert_eq!(line_of_first("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> home\n"), Some(2));
    }

    #[test]
    fn what_is_written_with_markers_is_read_as_the_same_versions() {
        let versions = Versions { base: Some("a\n"), ours: "b\n", theirs: "" };
        let read = sides(&with_markers(&versions)).unwrap();
        assert_eq!((read.base.as_deref(), read.ours.as_str(), read.theirs.as_str()), (Some("a\n"), "b\n", ""));
    }
}
