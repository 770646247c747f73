//! The matters of a non-human identity: each a column, and the rules that judge it.

use crate::views::standing::Matter;

pub const DECLARATION: Matter = Matter {
    key: "declaration",
    rules: &["undeclared-identity", "locator-ambiguous", "locator-seen-nowhere"],
};

/// The others, in the order of the columns.
pub const MATTERS: [Matter; 8] = [
    Matter {
        key: "ownership",
        rules: &["nhi-without-human-owner", "agent-without-accountable-human"],
    },
    Matter {
        key: "authentication",
        rules: &[
            "nhi-weak-authentication",
            "nhi-interactive-login",
            "credential-contradicted",
            "federation-not-used",
            "login-contradicted",
        ],
    },
    Matter {
        key: "storage",
        rules: &[
            "nhi-secret-store-unsanctioned",
            "store-contradicted",
            "secret-in-repository",
        ],
    },
    Matter {
        key: "rotation",
        rules: &[
            "nhi-without-rotation-evidence",
            "nhi-rotation-overdue",
            "nhi-long-lived-credential",
            "rotation-contradicted",
        ],
    },
    Matter {
        key: "privilege",
        rules: &[
            "nhi-excessive-privilege",
            "nhi-without-reach",
            "nhi-reused",
            "financial-write-plus-sensitive-egress",
            "conflicting-duties",
            "self-approval",
            "identity-intersection-undocumented",
            "oauth-grant-ungoverned",
            "privilege-contradicted",
            "environment-contradicted",
        ],
    },
    Matter {
        key: "review",
        rules: &["nhi-without-access-review"],
    },
    Matter {
        key: "offboarding",
        rules: &[
            "nhi-without-offboarding",
            "nhi-outlives-its-purpose",
            "retired-identity-still-seen",
        ],
    },
    Matter {
        key: "monitoring",
        rules: &["nhi-without-monitoring"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{self, Group};
    use std::collections::BTreeSet;

    /// Rules of *Lifecycle*, *Access* and *Used and declared* whose subject is no non-human identity.
    const IN_NO_COLUMN: [(&str, &str); 3] = [
        ("leaver-with-access", "its subject is a human"),
        ("rotation-date-shared", "its subject is the profile"),
        ("unreadable-source", "its subject is a file, which the head names"),
    ];

    #[test]
    fn each_rule_about_identities_has_one_column_or_is_known_to_have_none() {
        let mut columns: Vec<&str> = MATTERS
            .iter()
            .chain([&DECLARATION])
            .flat_map(|matter| matter.rules)
            .copied()
            .collect();
        columns.extend(IN_NO_COLUMN.map(|(rule, _)| rule));
        let each: BTreeSet<&str> = columns.iter().copied().collect();
        assert_eq!(each.len(), columns.len(), "no rule is in two columns");
        for rule in rules::all() {
            let is_about_identities = matches!(rule.group, Group::Nhi | Group::Access | Group::Discovery);
            assert!(
                !is_about_identities || each.contains(rule.name),
                "{} has no column",
                rule.name
            );
        }
        for rule in each {
            assert!(rules::find(rule).is_some(), "{rule} is no rule");
        }
    }
}
