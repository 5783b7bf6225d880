//! How much of what a slow frame has let pile up belongs to the next one: egui looks once in a frame where the pointer
//! is, so that of clicks in several places it would know only the last.

use egui::{Event, Pos2};

/// As far as the pointer may tremble in a click, in points.
const NEAR: f32 = 6.0;

/// Input that waits for its frame.
#[derive(Debug, Default)]
pub struct Pace {
    waiting: Vec<Event>,
}

impl Pace {
    /// Leaves of the events, with those that have waited before them, what this frame can tell apart: it ends where
    /// the pointer goes away from where a button went down or up. Gives whether more is waiting.
    pub fn take(&mut self, events: &mut Vec<Event>) -> bool {
        self.waiting.append(events);
        let mut button: Option<Pos2> = None;
        let mut goes_away = |event: &Event| {
            let (Event::PointerButton { pos, .. } | Event::PointerMoved(pos)) = event else { return false };
            let is_away = button.is_some_and(|at| at.distance(*pos) > NEAR);
            if matches!(event, Event::PointerButton { .. }) {
                button = Some(*pos);
            }
            is_away
        };
        let end = self.waiting.iter().position(&mut goes_away).unwrap_or(self.waiting.len());
        events.extend(self.waiting.drain(..end));
        !self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use egui::{Context, Key, Modifiers, PointerButton, RawInput, Rect, pos2, vec2};

    use super::*;

    fn press(pos: Pos2, pressed: bool) -> Event {
        Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
    }

    fn click(pos: Pos2) -> [Event; 3] {
        [Event::PointerMoved(pos), press(pos, true), press(pos, false)]
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
        let key =
            Event::Key { key: Key::A, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
        let twice = [click(here), click(here + vec2(2.0, 0.0))].concat();
        let all = [twice.clone(), vec![key], click(there).to_vec(), vec![Event::PointerMoved(here)]].concat();
        let mut pace = Pace::default();
        let (mut events, mut frames) = (all.clone(), Vec::new());
        while pace.take(&mut events) {
            frames.push(std::mem::take(&mut events));
        }
        frames.push(events);
        assert_eq!(frames.concat(), all);
        assert_eq!(frames.iter().map(Vec::len).collect::<Vec<_>>(), [7, 3, 1], "a double click is one");
    }
}
