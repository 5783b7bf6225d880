//! How much of what a slow frame has let pile up belongs to the next one: egui looks once in a frame where the pointer
//! is, so that of clicks in several places it would know only the last; and keys act before the views are drawn, so
//! that one would not know what a click or another key before it did.

use egui::{Event, Key, Pos2};

/// As far as the pointer may tremble in a click, in points.
const NEAR: f32 = 6.0;

/// Input that waits for its frame.
#[derive(Debug, Default)]
pub struct Pace {
    /// What later frames get, in order.
    waiting: Vec<Event>,
}

impl Pace {
    /// Lets everything wait: what is being opened has not been drawn yet, so that nothing typed after the key that opens
    /// it would reach it.
    pub fn hold(&mut self, events: &mut Vec<Event>) -> bool {
        self.waiting.append(events);
        !self.waiting.is_empty()
    }

    /// Leaves of the events, with those that have waited before them, what this frame can tell apart: it ends where
    /// the pointer goes away from where a button went down or up, and before a key that comes after a button or after
    /// another key. Gives whether more is waiting.
    pub fn take(&mut self, events: &mut Vec<Event>) -> bool {
        self.waiting.append(events);
        let (mut button, mut key): (Option<Pos2>, Option<Key>) = (None, None);
        let mut is_let_go = false;
        let mut is_for_later = |event: &Event| match event {
            Event::PointerMoved(pos) => button.is_some_and(|at| at.distance(*pos) > NEAR),
            Event::PointerButton { pos, .. } => button.replace(*pos).is_some_and(|at| at.distance(*pos) > NEAR),
            // A key that is held down goes no further than its frames do; one that was pressed again counts again.
            Event::Key { key: now, pressed: true, .. } => {
                button.is_some() || key.replace(*now).is_some_and(|before| before != *now || is_let_go)
            }
            Event::Key { key: released, pressed: false, .. } => {
                is_let_go |= key == Some(*released);
                false
            }
            Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_) => button.is_some(),
            _ => false,
        };
        let end = self.waiting.iter().position(&mut is_for_later).unwrap_or(self.waiting.len());
        events.extend(self.waiting.drain(..end));
        !self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use egui::{Context, Modifiers, PointerButton, RawInput, Rect, pos2, vec2};

    use super::*;

    fn press(pos: Pos2, pressed: bool) -> Event {
        Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
    }

    fn click(pos: Pos2) -> [Event; 3] {
        [Event::PointerMoved(pos), press(pos, true), press(pos, false)]
    }

    fn key(key: Key) -> Vec<Event> {
        let event =
            |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
        vec![event(true), event(false)]
    }

    #[test]
    fn clicks_that_fall_into_one_slow_frame_all_count() {
        let ctx = Context::default();
        let mut ticked = [false; 3];
        let mut places = [Rect::NOTHING; 3];
        let mut frame = |events: Vec<Event>| {
            let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(400.0, 300.0)));
            let mut shown = ctx.run_ui(RawInput { screen_rect, events, ..RawInput::default() }, |ui| {
                for (at, (is, place)) in ticked.iter_mut().zip(&mut places).enumerate() {
                    *place = ui.checkbox(is, format!("Choice {at}")).rect;
                }
            });
            shown.textures_delta.clear();
            (ticked, places)
        };
        let (_, places) = frame(Vec::new());
        let mut events: Vec<Event> = places.iter().flat_map(|place| click(place.center())).collect();
        let mut pace = Pace::default();
        while pace.take(&mut events) {
            frame(std::mem::take(&mut events));
        }
        assert_eq!(frame(events).0, [true; 3]);
    }

    #[test]
    fn nothing_is_lost_and_what_is_in_one_place_stays_together() {
        let (here, there) = (pos2(10.0, 10.0), pos2(90.0, 10.0));
        let twice = [click(here), click(here + vec2(2.0, 0.0))].concat();
        let typed = [key(Key::R), key(Key::A)].concat();
        let all = [twice, typed, click(there).to_vec(), vec![Event::PointerMoved(here), Event::Copy]].concat();
        let mut pace = Pace::default();
        let (mut events, mut frames) = (all.clone(), Vec::new());
        while pace.take(&mut events) {
            frames.push(std::mem::take(&mut events));
        }
        frames.push(events);
        assert_eq!(frames.concat(), all);
        assert_eq!(frames.iter().map(Vec::len).collect::<Vec<_>>(), [6, 2, 5, 2], "a double click is one");
        let held: Vec<Event> = (0..5).flat_map(|_| key(Key::ArrowDown).into_iter().take(1)).collect();
        let mut events = held.clone();
        assert!(!pace.take(&mut events) && events == held, "a key that is held down does not go on after it");
    }

    #[test]
    fn a_key_that_is_pressed_several_times_in_a_slow_frame_counts_each_time() {
        let mut events: Vec<Event> = (0..3).flat_map(|_| key(Key::Tab)).collect();
        let mut pace = Pace::default();
        let mut frames = 1;
        while pace.take(&mut events) {
            assert_eq!(std::mem::take(&mut events), key(Key::Tab));
            frames += 1;
        }
        assert_eq!((frames, events), (3, key(Key::Tab)));
    }
}
