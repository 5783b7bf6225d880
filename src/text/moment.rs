//! Moments as they are read: date and time in UTC, whatever the clock of the machine shows.

use jiff::Timestamp;

/// `2026-11-30T08:00:19Z`, of milliseconds since 1970; what lies beyond the year 9999 is taken as its end.
///
/// ```
/// assert_eq!(pressmark::text::moment::utc(1_800_000_000_123), "2027-01-15T08:00:00Z");
/// ```
pub fn utc(unix_ms: i64) -> String {
    let end = if unix_ms < 0 { Timestamp::MIN } else { Timestamp::MAX };
    let moment = Timestamp::from_second(unix_ms.div_euclid(1000)).unwrap_or(end);
    moment.to_string()
}
