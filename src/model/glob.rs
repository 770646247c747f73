//! Names with `*`.

/// Whether `text` matches `pattern`, in which `*` stands for any characters but `/`.
pub fn glob_matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // Where to backtrack to: the last star, and how much of the text it has consumed.
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(byte) if *byte == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((after_star, taken)) if text[taken] != b'/' => {
                    retry = Some((after_star, taken + 1));
                    p = after_star;
                    t = taken + 1;
                }
                _ => return false,
            },
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::glob_matches;

    #[test]
    fn a_star_takes_anything_but_a_slash() {
        assert!(glob_matches("*", "payroll") && glob_matches("pay*", "payroll") && glob_matches("p*l", "payroll"));
        assert!(
            glob_matches("payments/*", "payments/ledger")
                && glob_matches("*/*", "a/b")
                && glob_matches("*a*a*", "banana")
        );
        assert!(!glob_matches("*", "a/b") && !glob_matches("pay", "payroll") && !glob_matches("p*x", "payroll"));
        assert!(!glob_matches("*a*a*a*a*b", &"a".repeat(2000)));
    }
}
