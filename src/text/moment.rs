//! Moments as they are read: in UTC where they are data, in a time zone where somebody looks at them.

use jiff::{Timestamp, tz::TimeZone};

/// `2026-11-30T08:00:19Z`, of milliseconds since 1970; what lies beyond the year 9999 is taken as its end.
///
/// ```
/// assert_eq!(pressmark::text::moment::utc(1_800_000_000_123), "2027-01-15T08:00:00Z");
/// ```
pub fn utc(unix_ms: i64) -> String {
    timestamp(unix_ms).to_string()
}

/// Date and time where the zone is, to the second, and what the zone is called then: `2027-01-15T09:00:00` and `CET`.
pub fn local(unix_ms: i64, zone: &TimeZone) -> (String, String) {
    let moment = timestamp(unix_ms);
    (zone.to_datetime(moment).to_string(), zone.to_offset_info(moment).abbreviation().to_owned())
}

/// “19 December 2025” of a text that begins with a date in ISO 8601; any other text comes back as it is.
///
/// ```
/// assert_eq!(pressmark::text::moment::long_date("2025-12-19T08:00Z"), "19 December 2025");
/// ```
pub fn long_date(published: &str) -> String {
    let date = published.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    date.map_or_else(|| published.to_owned(), |date| date.strftime("%-d %B %Y").to_string())
}

/// A moment in whole seconds.
fn timestamp(unix_ms: i64) -> Timestamp {
    let end = if unix_ms < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(unix_ms.div_euclid(1000)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_as_the_clock_of_its_zone_shows_it() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let told = |unix_ms| {
            let (at, zone) = local(unix_ms, &zone);
            format!("{at} {zone}")
        };
        assert_eq!(told(1_800_000_000_123), "2027-01-15T09:00:00 CET");
        assert_eq!(told(1_784_000_000_000), "2026-07-14T05:33:20 CEST");
        assert_eq!(local(1_800_000_000_123, &TimeZone::UTC).0, "2027-01-15T08:00:00");
    }
}
