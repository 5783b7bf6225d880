//! Texts in lines of one width, as wire copy, mail and old archives have them: their lines are joined to paragraphs.
//!
//! Such a text gives itself away: wherever one of its lines ends, the next word would have had no room on it. Nothing
//! else looks so. In a poem, a list, a dialogue or a table most lines end where there was room for more, and such lines
//! stay even in a text that is joined. Where the evidence is thin, nothing is touched.

/// How wide the lines of a wrapped text may be, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 20..=130;
/// So many line ends at least, of which two in three are full, make a text a wrapped one.
const FEWEST_ENDS: usize = 3;

/// The text with its lines joined, and how many line ends that took; `None` where it is not wrapped.
///
/// A joined line end becomes one space; behind a hyphen, and between Chinese and Japanese characters, nothing. White
/// space at the edges of the two lines goes with it.
pub(super) fn join(text: &str) -> Option<(String, usize)> {
    let lines: Vec<Line<'_>> = text.split('\n').map(Line::of).collect();
    let width = width(&lines)?;
    let joints: Vec<Joint> = lines.windows(2).map(|pair| joint(&pair[0], &pair[1], width)).collect();
    if !is_wrapped(&lines, &joints) {
        return None;
    }
    let mut joined = String::with_capacity(text.len());
    let mut count = 0;
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| (joints[before], lines[before].words));
        match before {
            Some((Joint::Full | Joint::Open, words)) => {
                joined.truncate(joined.trim_end_matches([' ', '\t']).len());
                joined.push_str(space_between(words, line.words));
                joined.push_str(line.raw.trim_start_matches([' ', '\t']));
                count += 1;
            }
            Some(_) => {
                joined.push('\n');
                joined.push_str(line.raw);
            }
            None => joined.push_str(line.raw),
        }
    }
    Some((joined, count))
}

/// A line, with what it is judged by.
struct Line<'t> {
    raw: &'t str,
    /// Without white space at the ends.
    words: &'t str,
    /// White space before the words, and all of the line without white space at its end, in characters.
    indent: usize,
    /// Characters up to the last word.
    len: usize,
}

impl<'t> Line<'t> {
    fn of(raw: &'t str) -> Self {
        let words = raw.trim();
        let len = raw.trim_end().chars().count();
        Self { raw, words, indent: raw.chars().take_while(|c| c.is_whitespace()).count().min(len), len }
    }

    /// Characters up to where the line could be broken first. Chinese and Japanese break nearly anywhere.
    fn first_word(&self) -> usize {
        // What has no spaces is not told apart any better.
        const LONGEST: usize = 24;
        if self.words.starts_with(is_cjk) {
            return 1;
        }
        self.words.chars().take_while(|c| !c.is_whitespace()).take(LONGEST).count()
    }

    /// Whether the line is an item of a list, a quoted or a drawn line, a row of a table, or a single word.
    fn stands_alone(&self) -> bool {
        let number = self.words.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_numbered = number.len() < self.words.len() && number.starts_with([')', '.', '\t', ':']);
        let is_one_word = !self.words.contains(char::is_whitespace) && !self.words.contains(is_cjk);
        let is_item = self.words.starts_with(['-', '–', '—', '*', '•', '·', '>', '|', '#', '+', '=', '_']);
        is_item || is_numbered || is_one_word || self.words.contains(['\t', '|']) || self.words.contains("   ")
    }
}

/// What becomes of the end of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Nothing more had room before it.
    Full,
    /// There was room, but nothing stops there.
    Open,
    /// Something ends there.
    Shut,
    /// A blank line follows or came before, or one of the two lines stands alone.
    Apart,
}

/// How wide the text is set: all but the widest line in twenty are no wider.
fn width(lines: &[Line<'_>]) -> Option<usize> {
    let mut widths: Vec<usize> = lines.iter().map(|line| line.len).filter(|len| *len > 0).collect();
    widths.sort_unstable();
    let width = *widths.get((widths.len() * 19 / 20).min(widths.len().checked_sub(1)?))?;
    WIDTHS.contains(&width).then_some(width)
}

/// What the end of a line looks like, in a text of this width.
fn joint(line: &Line<'_>, next: &Line<'_>, width: usize) -> Joint {
    // A deeper indent begins a paragraph or a verse.
    let is_apart = line.words.is_empty() || next.words.is_empty() || next.indent > line.indent;
    let is_far_wider = line.len > width + width / 4;
    if is_apart || is_far_wider || next.stands_alone() || line.words.contains(['\t', '|']) {
        return Joint::Apart;
    }
    let space = space_between(line.words, next.words).len();
    // Programs count quotation marks as several bytes, even lines out, or keep punctuation from beginning one.
    let slack = (width / 16).max(1);
    // A short line before a long word is rather a row of a table.
    let is_long = line.len * 5 > width * 3;
    if is_long && line.len + space + next.first_word() + slack > width {
        return Joint::Full;
    }
    let goes_on = next.words.starts_with(char::is_lowercase) && line.words.ends_with(char::is_alphanumeric);
    if goes_on || ends_in_abbreviation(line.words) { Joint::Open } else { Joint::Shut }
}

/// Whether the line ends together are evidence enough.
fn is_wrapped(lines: &[Line<'_>], joints: &[Joint]) -> bool {
    let count = |joint: Joint| joints.iter().filter(|j| **j == joint).count();
    let full = count(Joint::Full);
    let ends = full + count(Joint::Open) + count(Joint::Shut);
    // Lines of verse begin with capitals, full or not.
    let next =
        || joints.iter().zip(&lines[1..]).filter(|(joint, _)| **joint == Joint::Full).map(|(_, line)| line.words);
    let capitals = next().filter(|words| words.starts_with(char::is_uppercase)).count();
    ends >= FEWEST_ENDS && full * 3 >= ends * 2 && capitals * 4 < full * 3
}

/// A title or a short word with a full stop, behind which the sentence goes on: `Mr.`, `St.`, `J.`
fn ends_in_abbreviation(words: &str) -> bool {
    const TITLES: &[&str] = &[
        "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt", "St", "Hr", "Fr", "Mme", "Sr",
        "Sra",
    ];
    let Some(last) = words.strip_suffix('.').and_then(|rest| rest.split_whitespace().next_back()) else { return false };
    TITLES.contains(&last) || (last.chars().count() == 1 && last.starts_with(char::is_uppercase))
}

/// What stands between two joined lines: nothing after a hyphen or between CJK characters, else a space.
fn space_between(line: &str, next: &str) -> &'static str {
    let is_split = line.ends_with(['-', '\u{ad}', '\u{2010}']) && !line.ends_with(" -");
    let is_cjk_text = line.ends_with(is_cjk) && next.starts_with(is_cjk);
    if is_split || is_cjk_text { "" } else { " " }
}

/// Han, kana, and the wide punctuation between them; Korean has spaces.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{31f0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
        || matches!(c, '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, joined: &str) {
        let found = join(text);
        assert_eq!(found.as_ref().map_or(text, |(joined, _)| joined), joined);
    }

    fn stays(text: &str) {
        assert_eq!(join(text), None, "{text}");
    }

    const WIRE: &str = "\
The council said on Monday that the bridge would stay
closed until the end of May, because the money for its
repair had not come in. “We can’t mend what we can’t
pay for,” said Ada Moor, who leads the council, “and we
won’t try.”

The drivers’ union called it a scandal, and asked Mr.
Lind to step down.
";

    #[test]
    fn lines_of_one_width_are_joined() {
        let (joined, count) = join(WIRE).unwrap();
        assert_eq!(count, 5);
        assert_eq!(joined, WIRE.replace('\n', " ").replace("  ", "\n\n").trim_end().to_owned() + "\n");
    }

    #[test]
    fn what_stands_in_lines_of_its_own_stays_in_a_wrapped_text() {
        let verse = "\nOh bridge, oh bridge,\n  So cold, so wide,\nWho pays the toll?\n";
        let list = "\n- the bridge, which nobody would have closed at all\n- the ferry\n1. one\n2. two\n";
        let table = "\nBridge    12    3\nFerry     4     5\n";
        let talk = "\n“No,” she said.\n“Why not?”\n“Because.”\n";
        for part in [verse, list, table, talk] {
            let (joined, _) = join(&format!("{WIRE}{part}")).unwrap();
            assert!(joined.ends_with(part), "{joined}");
        }
    }

    #[test]
    fn hyphens_and_spaces_at_the_edges_are_joined_as_they_are_read() {
        let text = "It is, as we all know, a well-\nknown bridge over the river, \n  and it is as old as the town\n  \
                    that built it, or so the old\n  books of the town have it.";
        check(
            text,
            "It is, as we all know, a well-known bridge over the river, \n  and it is as old as the town that \
                     built it, or so the old books of the town have it.",
        );
        let text = "港の委員会は夜の船を五月に終えると月曜日に言\nった。誰も乗らない船のために払うことはできない\nと委員長は述べた。看護師の組合は夜に働くすべて\nの人への平手打ちだと言った。";
        check(text, &text.replace('\n', ""));
    }

    #[test]
    fn what_is_not_wrapped_is_not_touched() {
        stays(
            "The bridge is closed until the end of May.\nNobody knows what then, and nobody says.\nThe ferry goes.\nIt is full.\n",
        );
        stays(
            "Shall I compare thee to a summer’s day?\nThou art more lovely and more temperate:\nRough winds do shake the darling buds of May,\nAnd summer’s lease hath all too short a date;\nSometime too hot the eye of heaven shines,\nAnd often is his gold complexion dimm’d;\n",
        );
        stays("“No.”\n“Why not?”\n“Because nobody would pay for it, and you know that.”\n“I do not.”\n“You do.”\n");
        stays(&"A paragraph that is one long line, as most files have them, with far more words than fit on a page, and then some more of them.\n".repeat(3));
        stays("\"id\";\"name\"\n\"KW-P00-02\";\"URZĄDZENIE\"\n\"KW-P00-05\";\"KD\"\n\"KW-P00-11\";\"ZAAWANSOWANE\"\n");
        stays("Bridge  12 3\nFerry   4  5\nTunnel  6  7\nTotal   22 15\n");
        stays("Two lines are no evidence of anything that a\nreader could go by.");
        stays("");
        stays("\n\n\n");
    }
}
