//! Names that rules had in earlier versions: they go on working wherever a rule is named.

/// What a rule was called, and what it is called now. A line stays for good.
pub const RENAMED: &[(&str, &str)] = &[];

/// What a rule of this name is called now.
pub fn current(name: &str) -> &str {
    let renamed = RENAMED.iter().find(|(old, _)| *old == name);
    renamed.map_or(name, |(_, now)| now)
}

#[cfg(test)]
mod tests {
    use super::RENAMED;
    use crate::rules;

    #[test]
    fn an_old_name_is_no_rules_and_leads_to_one() {
        for (at, (old, now)) in RENAMED.iter().enumerate() {
            assert!(rules::find(old).is_none(), "`{old}` is a rule");
            assert!(
                rules::find(now).is_some(),
                "`{now}` is no rule: a chain of names needs each to lead to the last"
            );
            let again = RENAMED.iter().skip(at + 1).any(|(other, _)| other == old);
            assert!(!again, "`{old}` leads to two rules");
        }
    }
}
