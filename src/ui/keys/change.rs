//! Changing keys: what stands in the way of one, and what the settings become.

use super::{Chord, label_of};
use crate::{
    command::table::{self, CommandRow},
    model::Codebook,
    ui::settings::Settings,
};

/// What stands in the way of giving a key to a command.
#[derive(Clone, Debug)]
pub enum Clash {
    /// It can't be given to any command, and why: an English text.
    Refused(&'static str),
    /// Another command has it.
    Command(&'static CommandRow),
    /// A label of the codebook has it, by the label's name.
    Label(String),
}

/// What stands in the way; `None` where nothing does.
pub fn clash(chord: &Chord, of: &CommandRow, settings: &Settings, codebook: Option<&Codebook>) -> Option<Clash> {
    if let Some(why) = refusal(chord) {
        return Some(Clash::Refused(why));
    }
    let other = table::ROWS.iter().find(|row| row.id != of.id && chords(settings.keys_of(row)).any(|c| c == *chord));
    let label = || codebook.and_then(|codebook| label_of(chord, codebook));
    other.map(Clash::Command).or_else(|| label().map(|label| Clash::Label(label.name.clone())))
}

/// The command that a key without any other means, so that no label can have it.
pub fn command_of(key: char, settings: &Settings) -> Option<&'static CommandRow> {
    let chord = Chord::parse(&key.to_string())?;
    table::ROWS.iter().find(|row| chords(settings.keys_of(row)).any(|c| c == chord))
}

/// Gives a key to a command in place of those it had, and takes it from whichever command had it.
pub fn give(settings: &mut Settings, chord: &Chord, to: &CommandRow) {
    take(settings, chord, to);
    set(settings, to, chord.to_string());
}

/// Leaves a command without a key.
pub fn clear(settings: &mut Settings, row: &CommandRow) {
    set(settings, row, String::new());
}

/// Gives a command its own keys back; whoever was given them loses them.
pub fn reset(settings: &mut Settings, row: &CommandRow) {
    chords(row.keys).for_each(|chord| take(settings, &chord, row));
    settings.keys.remove(row.id);
}

/// Takes a key from every command but one.
fn take(settings: &mut Settings, chord: &Chord, but: &CommandRow) {
    for row in table::ROWS.iter().filter(|row| row.id != but.id) {
        let keys = settings.keys_of(row);
        if chords(keys).any(|c| c == *chord) {
            let left: Vec<String> = chords(keys).filter(|c| c != chord).map(|c| c.to_string()).collect();
            set(settings, row, left.join(" "));
        }
    }
}

fn set(settings: &mut Settings, row: &CommandRow, keys: String) {
    if keys == row.keys {
        settings.keys.remove(row.id);
    } else {
        settings.keys.insert(row.id.to_owned(), keys);
    }
}

fn chords(keys: &str) -> impl Iterator<Item = Chord> {
    keys.split(' ').filter_map(Chord::parse)
}

/// Why no command can have a key.
fn refusal(chord: &Chord) -> Option<&'static str> {
    let written = chord.to_string();
    match chord.key.as_str() {
        "Up" | "Down" | "Left" | "Right" | "Home" | "End" | "PageUp" | "PageDown" => {
            Some("This key moves the caret in the text and from row to row in lists")
        }
        "Space" if chord.is_bare() => Some("Space presses the button that has the focus"),
        _ if ["Ctrl+C", "Ctrl+X", "Ctrl+A"].contains(&written.as_str()) => {
            Some("This key copies, cuts or selects in every field of text")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    fn row(id: &str) -> &'static CommandRow {
        table::row(id).unwrap()
    }

    fn chord(text: &str) -> Chord {
        Chord::parse(text).unwrap()
    }

    fn codebook() -> Codebook {
        let label = testing::label("claim", 'k');
        Codebook { labels: vec![label], ..Codebook::empty("") }
    }

    #[test]
    fn what_stands_in_the_way_is_named() {
        let settings = Settings::default();
        let codebook = codebook();
        let of = |text: &str| clash(&chord(text), row("relate"), &settings, Some(&codebook));
        assert!(matches!(of("Ctrl+D"), Some(Clash::Command(other)) if other.id == "done"));
        assert!(matches!(of("k"), Some(Clash::Label(name)) if name == "claim"));
        assert!(matches!(of("Shift+Down"), Some(Clash::Refused(_))));
        assert!(matches!(of("Ctrl+C"), Some(Clash::Refused(_))));
        assert!(of("Ctrl+J").is_none());
        assert!(of("r").is_none(), "it has this one already");
    }

    #[test]
    fn a_key_that_is_taken_is_gone_from_where_it_was() {
        let mut settings = Settings::default();
        give(&mut settings, &chord("Ctrl+Y"), row("relate"));
        assert_eq!(settings.keys_of(row("relate")), "Ctrl+Y");
        assert_eq!(settings.keys_of(row("redo")), "Ctrl+Shift+Z");
        reset(&mut settings, row("redo"));
        assert_eq!(settings.keys_of(row("redo")), "Ctrl+Shift+Z Ctrl+Y");
        assert_eq!(settings.keys_of(row("relate")), "");
        reset(&mut settings, row("relate"));
        assert!(settings.keys.is_empty(), "nothing is kept of what is as it was");
    }

    #[test]
    fn a_command_without_a_key_stays_without_it() {
        let mut settings = Settings::default();
        clear(&mut settings, row("relate"));
        assert_eq!(settings.keys_of(row("relate")), "");
        assert!(command_of('r', &settings).is_none());
        assert!(command_of('m', &settings).is_some_and(|row| row.id == "note"));
    }
}
