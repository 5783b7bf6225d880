//! Dates as articles have them: ISO 8601, or whatever else was written.

/// Year, month from 1, day, of a date that begins as ISO 8601 has it; there must be such a day.
pub fn read_date(published: &str) -> Option<(&str, usize, u32)> {
    let date: jiff::civil::Date = published.get(..10)?.parse().ok()?;
    Some((&published[..4], usize::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?))
}

/// Whether something is said that is no date.
pub fn is_no_date(published: &str) -> bool {
    !published.trim().is_empty() && read_date(published.trim()).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_day_of_the_calendar_is_no_date() {
        assert_eq!(read_date("2026-01-31T10:00"), Some(("2026", 1, 31)));
        assert!(!is_no_date("") && !is_no_date(" 2024-02-29 "));
        assert!(is_no_date("2026-02-29") && is_no_date("yesterday") && is_no_date("03/04/2024"));
    }
}
