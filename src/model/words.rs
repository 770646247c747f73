//! How things are counted and listed in a sentence.

use std::fmt::Display;

/// "1 finding", "2 findings".
pub fn count<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let ending = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// "a", "a and b", "a, b and c".
pub fn list_words<S: AsRef<str>>(words: &[S], and: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {and} {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{count, list_words};

    #[test]
    fn one_is_singular_and_anything_else_plural() {
        assert_eq!(count(1_u32, "month"), "1 month");
        assert_eq!(count(0_usize, "finding"), "0 findings");
        assert_eq!(count(2_usize, "finding"), "2 findings");
    }

    #[test]
    fn the_last_of_a_list_follows_its_conjunction() {
        assert_eq!(list_words::<&str>(&[], "and"), "");
        assert_eq!(list_words(&["a"], "and"), "a");
        assert_eq!(list_words(&["a", "b"], "or"), "a or b");
        assert_eq!(list_words(&["a", "b", "c"], "and"), "a, b and c");
    }
}
