//! Keys: which command a key means, from the one table and what the user changed, never while a text field
//! has the focus.
//!
//! Keys are written as `Ctrl+Alt+Shift+x`, modifiers in this order, letters small unless Ctrl is held. A letter or
//! digit alone can also be a label’s key of the codebook; a command of the table that has the same one comes first.

pub mod change;
#[cfg(test)]
mod testing;

use std::{collections::BTreeMap, fmt};

use egui::{Event, Key, Modifiers};

use crate::{
    command::{
        Command, Scene,
        table::{self, Roles},
    },
    model::{Codebook, Label},
};

/// A key with what is held down, as the command table writes it: `Ctrl+Shift+Z`, `[`, `s`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    /// Ctrl, or Command on a Mac.
    ctrl: Held,
    /// Alt, or Option.
    alt: Held,
    /// Shift; signs that need it to be typed, such as `?`, do without.
    shift: Held,
    /// The key’s name, such as `f`, `F1`, `Escape`.
    key: String,
}

/// Whether a modifier is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Held {
    No,
    Yes,
}

impl From<bool> for Held {
    fn from(held: bool) -> Self {
        if held { Self::Yes } else { Self::No }
    }
}

/// A key that was pressed down, with what was held down beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    pub key: Key,
    pub modifiers: Modifiers,
}

impl Press {
    /// `None` for an event that is no key, or one that was let go.
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Key { key, pressed: true, modifiers, .. } => Some(Self { key: *key, modifiers: *modifiers }),
            _ => None,
        }
    }
}

/// What every chord means.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    /// The id of the command’s row in the table.
    by_chord: BTreeMap<Chord, &'static str>,
    /// What labels' keys do with words beside a picked mark.
    pub roles: Roles,
}

impl Keymap {
    /// The keys of the command table, with those the user changed (row id to keys).
    pub fn new(changed: &BTreeMap<String, String>) -> Self {
        let mut by_chord = BTreeMap::new();
        for row in table::ROWS {
            let keys = changed.get(row.id).map_or(row.keys, String::as_str);
            for chord in keys.split(' ').filter_map(Chord::parse) {
                by_chord.insert(chord, row.id);
            }
        }
        Self { by_chord, roles: Roles::default() }
    }

    /// The commands that the keys of this frame mean; their events are taken out, so that nobody else acts on them.
    /// A label's key comes from the codebook, and only where the table has no use for it.
    pub fn take(&self, events: &mut Vec<Event>, scene: &Scene<'_>) -> Vec<Command> {
        let mut commands = Vec::new();
        events.retain(|event| match Chord::of(event).and_then(|c| self.meaning(&c, scene)) {
            Some(command) => {
                commands.push(command);
                false
            }
            None => true,
        });
        commands
    }

    /// Digits that mark, or mean a command, as if they were typed without Shift: by the key that has the digit on it,
    /// whatever sign that gives in this layout of the keyboard, and wherever the digit itself is typed. What a sign means
    /// by itself comes second, a command that somebody gave the digit with Shift first.
    pub fn read_digits(&self, events: &mut [Event], codebook: Option<&Codebook>) {
        for event in events {
            let Some((digit, number)) = digit_of(event) else { continue };
            let is_label = |codebook: &Codebook| codebook.labels.iter().any(|label| label.key == Some(digit));
            let bare = Chord::parse(&digit.to_string());
            let is_command = bare.is_some_and(|bare| self.by_chord.contains_key(&bare));
            let is_taken =
                is_shifted(event) && Chord::of(event).is_some_and(|chord| self.by_chord.contains_key(&chord));
            if let (true, Event::Key { key, modifiers, .. }) =
                ((is_command || codebook.is_some_and(is_label)) && !is_taken, event)
            {
                (*key, *modifiers) = (number, Modifiers::NONE);
            }
        }
    }

    /// The command that a chord means now: the table’s, else that of the label that has the key.
    fn meaning(&self, chord: &Chord, scene: &Scene<'_>) -> Option<Command> {
        if let Some(row) = self.by_chord.get(chord).and_then(|id| table::row(id)) {
            return Some((row.command)(scene));
        }
        label_of(chord, scene.codebook()).map(|label| table::label_command(label, self.roles))
    }
}

fn is_shifted(event: &Event) -> bool {
    matches!(event, Event::Key { modifiers, .. } if modifiers.shift)
}

/// The digit that a key stands for, typed or by its place on the keyboard, with nothing but Shift held down. By its place
/// only a key counts that types a sign without Shift: those of the keypad move the caret where they type no digits.
fn digit_of(event: &Event) -> Option<(char, Key)> {
    const DIGITS: [Key; 10] =
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    let Event::Key { key, physical_key, modifiers, .. } = event else { return None };
    if modifiers.command || modifiers.ctrl || modifiers.alt {
        return None;
    }
    let types_a_sign = name(*key).chars().count() == 1;
    let by_place = physical_key.filter(|_| !modifiers.shift && types_a_sign);
    let number = |key: &Key| DIGITS.iter().position(|digit| digit == key);
    let number = by_place.as_ref().and_then(number).or_else(|| number(key))?;
    Some((char::from_digit(u32::try_from(number).ok()?, 10)?, DIGITS[number]))
}

/// The label whose key it is.
fn label_of<'c>(chord: &Chord, codebook: &'c Codebook) -> Option<&'c Label> {
    let has = |key: char| chord.is_bare() && chord.key == key.to_lowercase().to_string();
    codebook.labels.iter().find(|l| l.key.is_some_and(has))
}

impl Chord {
    /// From how the table writes it; `None` where that is no key.
    pub fn parse(text: &str) -> Option<Self> {
        let mut chord = Self { ctrl: Held::No, alt: Held::No, shift: Held::No, key: String::new() };
        let mut rest = text;
        while let Some((held, after)) =
            rest.split_once('+').filter(|(held, after)| !held.is_empty() && !after.is_empty())
        {
            match held {
                "Ctrl" => chord.ctrl = Held::Yes,
                "Alt" => chord.alt = Held::Yes,
                "Shift" => chord.shift = Held::Yes,
                _ => return None,
            }
            rest = after;
        }
        let mut characters = rest.chars();
        chord.key = match (characters.next()?, characters.next()) {
            (one, None) => one.to_lowercase().to_string(),
            _ => name(Key::from_name(rest)?).to_owned(),
        };
        Some(chord)
    }

    /// Whether it belongs to the window rather than to what it shows: with Ctrl, and F1 and its like.
    pub fn is_of_window(&self) -> bool {
        self.ctrl == Held::Yes || self.is_function()
    }

    /// Whether it is F1 or its like, whatever is held down with it.
    pub fn is_function(&self) -> bool {
        self.key.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok())
    }

    /// Whether nothing is held down with it.
    fn is_bare(&self) -> bool {
        (self.ctrl, self.alt, self.shift) == (Held::No, Held::No, Held::No)
    }

    /// The chord that an event is, where it is one. Characters that need Shift (`?`, `+`) are themselves, without it.
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Key { key, pressed: true, modifiers, .. } => Self::of_key(*key, *modifiers),
            Event::Copy => Self::parse("Ctrl+C"),
            Event::Cut => Self::parse("Ctrl+X"),
            Event::Paste(_) => Self::parse("Ctrl+V"),
            _ => None,
        }
    }

    /// The chord of a pressed key. Signs that are typed with Shift on some keyboards and without on others are one
    /// chord.
    fn of_key(key: Key, modifiers: Modifiers) -> Option<Self> {
        let shifted = matches!(key, Key::Plus | Key::Questionmark | Key::Colon | Key::Pipe | Key::Exclamationmark);
        let (key, shift) = match key {
            Key::OpenCurlyBracket => (Key::OpenBracket, true),
            Key::CloseCurlyBracket => (Key::CloseBracket, true),
            Key::Slash if modifiers.shift => (Key::Questionmark, false),
            Key::Equals if modifiers.shift => (Key::Plus, false),
            other => (other, modifiers.shift && !shifted),
        };
        Some(Self {
            ctrl: modifiers.command.into(),
            alt: modifiers.alt.into(),
            shift: shift.into(),
            key: if name(key).len() == 1 { name(key).to_lowercase() } else { name(key).to_owned() },
        })
    }
}

/// As the command table writes it.
impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, word) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held == Held::Yes {
                f.write_str(word)?;
            }
        }
        let is_letter = self.key.chars().count() == 1;
        if is_letter && self.ctrl == Held::Yes {
            write!(f, "{}", self.key.to_uppercase())
        } else {
            f.write_str(&self.key)
        }
    }
}

/// As the command table writes it.
fn name(key: Key) -> &'static str {
    match key {
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Backtick => "`",
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Equals => "=",
        Key::Questionmark => "?",
        Key::Comma => ",",
        Key::Period => ".",
        Key::Colon => ":",
        Key::Semicolon => ";",
        Key::Slash => "/",
        Key::Backslash => "\\",
        Key::Pipe => "|",
        Key::Exclamationmark => "!",
        Key::Quote => "'",
        other => other.name(),
    }
}

/// Whether a command may be run by its key while the page is not there to be seen: nothing is marked then.
pub fn holds_beside_the_page(command: &Command) -> bool {
    matches!(command, Command::Undo | Command::Redo | Command::Ask(_) | Command::View(_))
}

/// Of a command's keys, those that hold while the page is not there to be seen.
pub fn beside_the_page(keys: &str) -> String {
    let of_window = |key: &&str| Chord::parse(key).is_some_and(|chord| chord.is_of_window());
    keys.split(' ').filter(of_window).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_is_a_chord() {
        for row in table::ROWS {
            for keys in row.keys.split(' ').filter(|k| !k.is_empty()) {
                assert!(Chord::parse(keys).is_some(), "{keys} of {}", row.id);
            }
        }
    }

    #[test]
    fn chords_are_written_as_they_are_read() {
        let keys = table::ROWS.iter().flat_map(|row| row.keys.split(' ')).filter(|k| !k.is_empty());
        for keys in keys {
            assert_eq!(Chord::parse(keys).unwrap().to_string(), keys);
        }
    }

    /// What keys mean in a codebook with labels 1, 4 and 6: the digit of a label, or the command’s id, or nothing.
    fn meanings(keys: &[(Key, Key, Modifiers)]) -> Vec<String> {
        let codebook = Codebook {
            labels: [('1', "one"), ('4', "four"), ('6', "six")].map(|(key, id)| testing::label(id, key)).to_vec(),
            ..Codebook::empty("")
        };
        let keymap = Keymap::new(&BTreeMap::new());
        let meaning = |(key, physical, modifiers): &(Key, Key, Modifiers)| {
            let mut events = [Event::Key {
                key: *key,
                physical_key: Some(*physical),
                pressed: true,
                repeat: false,
                modifiers: *modifiers,
            }];
            keymap.read_digits(&mut events, Some(&codebook));
            let chord = Chord::of(&events[0]).unwrap();
            let label = label_of(&chord, &codebook).map(|label| label.id.to_string());
            keymap.by_chord.get(&chord).map(|id| (*id).to_owned()).or(label).unwrap_or_default()
        };
        keys.iter().map(meaning).collect()
    }

    #[test]
    fn digits_of_labels_are_taken_by_their_place_as_typed_with_shift_and_on_the_keypad() {
        let (none, shift) = (Modifiers::NONE, Modifiers::SHIFT);
        let french = [(Key::Quote, Key::Num4, none), (Key::Num4, Key::Num4, shift), (Key::Minus, Key::Num6, none)];
        assert_eq!(meanings(&french), ["four", "four", "six"]);
        let czech = [(Key::Plus, Key::Num1, none), (Key::Num1, Key::Num1, shift), (Key::Num1, Key::Num1, none)];
        assert_eq!(meanings(&czech), ["one"; 3]);
        let signs = [(Key::Plus, Key::Plus, none), (Key::Minus, Key::Minus, none), (Key::Minus, Key::Num5, none)];
        assert_eq!(meanings(&signs), ["add-fragment", "remove-fragment", "remove-fragment"]);
        let keypad = [(Key::End, Key::Num1, none), (Key::ArrowLeft, Key::Num4, none)];
        assert_eq!(meanings(&keypad), ["", ""], "without Num Lock they move the caret");
        let ctrl = [(Key::Num1, Key::Num1, Modifiers::COMMAND)];
        assert_eq!(meanings(&ctrl), ["show-articles"]);
    }

    #[test]
    fn chords_are_read_as_written() {
        let chord = Chord::parse("Ctrl++").unwrap();
        assert_eq!((chord.key.as_str(), chord.ctrl), ("+", Held::Yes));
        assert_eq!(Chord::parse("Hyper+x"), None);
        let key = Chord::of_key(Key::OpenCurlyBracket, Modifiers::SHIFT);
        assert_eq!(key, Chord::parse("Shift+["));
        assert_eq!(Chord::of_key(Key::Slash, Modifiers::SHIFT), Chord::parse("?"));
    }
}
