//! How things are counted and listed in a sentence.

use std::fmt::Display;

/// "1 finding", "2 findings".
pub fn count<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let ending = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// "1 entity", "2 entities": with a plural of its own.
pub fn counted<N: Display + PartialEq + From<u8>>(number: N, one: &str, many: &str) -> String {
    let noun = if number == N::from(1) { one } else { many };
    format!("{number} {noun}")
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
    use super::{count, counted, list_words};

    #[test]
    fn one_is_singular_and_anything_else_plural() {
        assert_eq!(count(1_u32, "month"), "1 month");
        assert_eq!(count(0_usize, "finding"), "0 findings");
        assert_eq!(count(2_usize, "finding"), "2 findings");
        assert_eq!(counted(1_usize, "entity", "entities"), "1 entity");
        assert_eq!(counted(0_i64, "entity", "entities"), "0 entities");
    }

    #[test]
    fn the_last_of_a_list_follows_its_conjunction() {
        assert_eq!(list_words::<&str>(&[], "and"), "");
        assert_eq!(list_words(&["a"], "and"), "a");
        assert_eq!(list_words(&["a", "b"], "or"), "a or b");
        assert_eq!(list_words(&["a", "b", "c"], "and"), "a, b and c");
    }
}
