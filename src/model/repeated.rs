//! Ids that are there more than once.

/// Every id that comes again, once for each time it does; sorted. For rows of files, in which the same id may stand
/// twice.
pub fn repeated<T: Ord + Copy>(ids: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut ids: Vec<T> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_is_given_for_each_time() {
        assert_eq!(repeated(["b", "a", "b", "c", "b"]), ["b", "b"]);
        assert_eq!(repeated(["a", "b"]), [""; 0]);
    }
}
