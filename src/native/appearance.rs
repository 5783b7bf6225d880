//! What the desktop asks of every program: dark or light, strong contrast, little motion. It is read and heard of on a
//! thread of its own, from the settings portal (`org.freedesktop.portal.Settings`, version 1) on the session’s bus.
//!
//! Where there is no portal nothing is told, and nothing is amiss: the window then looks as winit or its user says.

use std::sync::mpsc::{Receiver, Sender, channel};

use crate::{jobs::Wake, ui::theme::SystemLook};

/// Starts to follow the desktop; what it asks for comes whenever it changes, after which a frame is asked for.
pub fn follow(wake: Wake) -> Receiver<SystemLook> {
    let (send, receive) = channel();
    // Without a thread nothing is told, as without a portal.
    let _ = std::thread::Builder::new().name("desktop settings".to_owned()).spawn(move || portal::listen(&send, &wake));
    receive
}

/// The portal’s settings that matter here, as they were told last. What was not told is as nobody’s wish.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    /// 1 asks for dark, 2 for light.
    color_scheme: u32,
    /// 1 asks for more of it.
    contrast: u32,
    /// 1 asks for less of it.
    reduced_motion: u32,
    /// GNOME’s own, from before there was the one above: whether things move.
    has_animations: Option<bool>,
}

/// Where the portal keeps what all desktops share, and what GNOME alone has; others answer for it too.
const APPEARANCE: &str = "org.freedesktop.appearance";
const GNOME: &str = "org.gnome.desktop.interface";

/// A setting’s value, of the two kinds that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    Number(u32),
    Flag(bool),
}

impl Told {
    /// Takes over one setting; passes over what does not matter here or is of another kind.
    fn take(&mut self, namespace: &str, key: &str, value: Setting) {
        match (namespace, key, value) {
            (APPEARANCE, "color-scheme", Setting::Number(number)) => self.color_scheme = number,
            (APPEARANCE, "contrast", Setting::Number(number)) => self.contrast = number,
            (APPEARANCE, "reduced-motion", Setting::Number(number)) => self.reduced_motion = number,
            (GNOME, "enable-animations", Setting::Flag(flag)) => self.has_animations = Some(flag),
            _ => {}
        }
    }

    /// What is asked for; numbers that are not known count as nobody’s wish.
    fn look(self) -> SystemLook {
        SystemLook {
            is_dark: match self.color_scheme {
                1 => Some(true),
                2 => Some(false),
                _ => None,
            },
            has_high_contrast: self.contrast == 1,
            has_reduced_motion: self.reduced_motion == 1 || self.has_animations == Some(false),
        }
    }
}

/// The portal, where there is a session’s bus.
#[cfg(all(unix, not(target_os = "macos")))]
mod portal {
    use std::collections::HashMap;

    use zbus::{
        MatchRule,
        blocking::{Connection, MessageIterator},
        message::Type,
        zvariant::Value,
    };

    use super::{APPEARANCE, GNOME, Sender, Setting, SystemLook, Told, Wake};

    const NAME: &str = "org.freedesktop.portal.Desktop";
    const PATH: &str = "/org/freedesktop/portal/desktop";
    const SETTINGS: &str = "org.freedesktop.portal.Settings";

    /// Listens until the bus or the window is gone.
    pub fn listen(send: &Sender<SystemLook>, wake: &Wake) {
        if let Err(why) = Connection::session().and_then(|bus| hear(&bus, send, wake)) {
            log::info!("The desktop’s settings are not followed: {why}");
        }
    }

    /// Reads everything, then each change. It is listened before it is read, so that no change falls between.
    fn hear(bus: &Connection, send: &Sender<SystemLook>, wake: &Wake) -> zbus::Result<()> {
        let rule = MatchRule::builder().msg_type(Type::Signal).sender(NAME)?.path(PATH)?.interface(SETTINGS)?;
        let changes = MessageIterator::for_match_rule(rule.member("SettingChanged")?.build(), bus, None)?;
        let mut told = Told::default();
        let answer =
            bus.call_method(Some(NAME), PATH, Some(SETTINGS), "ReadAll", &([APPEARANCE, GNOME].as_slice(),))?;
        let body = answer.body();
        let all: HashMap<&str, HashMap<&str, Value<'_>>> = body.deserialize()?;
        for (namespace, settings) in &all {
            settings.iter().for_each(|(key, value)| take(&mut told, namespace, key, value));
        }
        let tell = |told: Told| {
            let is_heard = send.send(told.look()).is_ok();
            wake();
            is_heard
        };
        if !tell(told) {
            return Ok(());
        }
        for change in changes {
            let change = change?;
            let body = change.body();
            let (namespace, key, value): (&str, &str, Value<'_>) = body.deserialize()?;
            take(&mut told, namespace, key, &value);
            if !tell(told) {
                break;
            }
        }
        Ok(())
    }

    /// Takes over a value, which some portals pack twice.
    fn take(told: &mut Told, namespace: &str, key: &str, value: &Value<'_>) {
        match value {
            Value::Value(inner) => take(told, namespace, key, inner),
            Value::U32(number) => told.take(namespace, key, Setting::Number(*number)),
            Value::Bool(flag) => told.take(namespace, key, Setting::Flag(*flag)),
            _ => {}
        }
    }
}

/// Where winit tells the theme.
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod portal {
    pub fn listen(_: &super::Sender<super::SystemLook>, _: &super::Wake) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_portal_tells_is_what_the_window_follows() {
        use Setting::{Flag, Number};

        let usual = SystemLook::default();
        let dark = SystemLook { is_dark: Some(true), ..usual };
        let still = SystemLook { has_reduced_motion: true, ..usual };
        for (settings, wanted) in [
            (vec![], usual),
            (vec![(APPEARANCE, "color-scheme", Number(0))], usual),
            (vec![(APPEARANCE, "color-scheme", Number(1))], dark),
            (vec![(APPEARANCE, "color-scheme", Number(2))], SystemLook { is_dark: Some(false), ..usual }),
            (vec![(APPEARANCE, "color-scheme", Number(7))], usual),
            (vec![(APPEARANCE, "contrast", Number(1))], SystemLook { has_high_contrast: true, ..usual }),
            (vec![(APPEARANCE, "contrast", Flag(true))], usual),
            (vec![(APPEARANCE, "reduced-motion", Number(1))], still),
            (vec![(GNOME, "enable-animations", Flag(false))], still),
            (vec![(GNOME, "enable-animations", Flag(true))], usual),
            (vec![(GNOME, "color-scheme", Number(1))], usual),
            // The last word counts.
            (vec![(APPEARANCE, "color-scheme", Number(2)), (APPEARANCE, "color-scheme", Number(1))], dark),
        ] {
            let mut told = Told::default();
            settings.iter().for_each(|(namespace, key, value)| told.take(namespace, key, *value));
            assert_eq!(told.look(), wanted, "{settings:?}");
        }
    }
}
