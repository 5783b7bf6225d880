//! How many, as a reader takes it in: every count that is shown or told goes through here, and none that is data.

/// A count with a comma between its thousands: 10,000.
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        let shown = [0, 7, 999, 1_000, 10_000, 214_000, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "7", "999", "1,000", "10,000", "214,000", "1,234,567"]);
    }
}
