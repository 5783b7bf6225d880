//! Dates as pages write them, made ISO 8601; what could mean two days is left as it is.

use jiff::civil::{Date, DateTime};
use jiff::fmt::{rfc2822, strtime};

/// The date in the writer's own time zone as `2024-05-01`; where it is not understood, the trimmed words.
pub(super) fn iso_date(written: &str) -> String {
    let written = written.trim();
    parse(written).map_or_else(|| written.to_owned(), |date| date.to_string())
}

/// The date of a text, in a form that can be read in one way only.
fn parse(written: &str) -> Option<Date> {
    // Day and month in figures (03/04/2024) are not tried: nobody knows which is which.
    const FORMATS: &[&str] =
        &["%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%A, %B %d, %Y", "%A %d %B %Y"];
    if let Ok(date) = written.parse::<Date>() {
        return Some(date);
    }
    if let Ok(time) = written.parse::<DateTime>() {
        return Some(time.date());
    }
    if let Ok(zoned) = rfc2822::parse(written) {
        return Some(zoned.date());
    }
    if let Some(date) = written.get(..10).and_then(|day| day.parse::<Date>().ok())
        && written[10..].starts_with(['T', ' '])
    {
        return Some(date);
    }
    FORMATS.iter().find_map(|format| strtime::parse(format, written).ok()?.to_date().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_writers_time_zone() {
        for written in [
            "2024-05-01",
            "2024-05-01T23:30:00-07:00",
            "2024-05-01T23:30:00.000Z",
            "2024-05-01 23:30:00 +0200",
            "Wed, 01 May 2024 23:30:00 -0700",
            "May 1, 2024",
            "1 May 2024",
            "Wednesday, May 1, 2024",
            "2024/05/01",
        ] {
            assert_eq!(iso_date(written), "2024-05-01", "{written}");
        }
    }

    #[test]
    fn what_is_not_understood_stays() {
        assert_eq!(iso_date(" 03/04/2024 "), "03/04/2024");
        assert_eq!(iso_date("yesterday"), "yesterday");
        assert_eq!(iso_date("2024-05-é1T"), "2024-05-é1T");
    }
}
