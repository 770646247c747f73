//! Spellings that people use for the words of a closed list, and the canonical one.

use super::suggest::folded;
use super::vocabulary::{ReportType, aliases};

/// The canonical variant that `written` means in the enum `name`: case, blanks, `-` and `_` never matter.
pub fn canonical(name: &str, written: &str, variants: &'static [&'static str]) -> Option<&'static str> {
    if written.len() > 64 {
        return None;
    }
    let plain = folded(written).replace('/', "");
    let alias = aliases(name).iter().find(|(alias, _)| *alias == plain);
    let meant = alias.map_or(plain, |(_, word)| folded(word));
    let mut alike = variants.iter().filter(|variant| folded(variant) == meant);
    let first = alike.next().copied()?;
    alike.next().is_none().then_some(first)
}

/// The type of a report that a text means.
pub fn same_type(written: &str) -> Option<&'static str> {
    canonical(ReportType::NAME, written, ReportType::WORDS)
}

/// A framework that is written with a second fact.
#[derive(Debug, PartialEq, Eq)]
pub struct Compound {
    pub framework: String,
    /// The key of the second fact, and its value.
    pub key: &'static str,
    pub value: String,
}

/// Reads `SOC 2 Type II` and `ISO/IEC 27001:2022`.
pub fn compound(written: &str) -> Option<Compound> {
    if written.len() > 64 {
        return None;
    }
    let plain = folded(written).replace(['/', '(', ')', ','], "");
    let starts = |digits: &str| plain.starts_with(digits);
    if starts("soc") || starts("isae") {
        let (framework, kind) = plain.split_once("type")?;
        let value = match kind {
            "1" | "i" => "1",
            "2" | "ii" => "2",
            _ => return None,
        };
        return Some(Compound {
            framework: framework.to_owned(),
            key: "type",
            value: value.to_owned(),
        });
    }
    let (framework, edition) = plain.split_once(':')?;
    let number = framework
        .strip_prefix("isoiec")
        .or_else(|| framework.strip_prefix("iso"))?;
    let is_year = edition.len() == 4 && edition.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| Compound {
        framework: format!("iso{number}"),
        key: "edition",
        value: edition.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{canonical, compound};
    use crate::model::{Environment, IdentityKind};

    #[test]
    fn a_second_fact_is_told_from_a_framework() {
        for (written, expected) in [
            ("SOC 2 Type II", Some(("soc2", "type", "2"))),
            ("soc1-type-1", Some(("soc1", "type", "1"))),
            ("ISAE 3402 (Type 2)", Some(("isae3402", "type", "2"))),
            ("SOC 2, type i", Some(("soc2", "type", "1"))),
            ("ISO/IEC 27001:2022", Some(("iso27001", "edition", "2022"))),
            ("iso 27701:2019", Some(("iso27701", "edition", "2019"))),
            ("SOC 2 Type III", None),
            ("SOC 2 type", None),
            ("SOC 2", None),
            ("ISO/IEC 27001:22", None),
            ("PCI DSS:2022", None),
        ] {
            let found = compound(written);
            let found = found
                .as_ref()
                .map(|one| (one.framework.as_str(), one.key, one.value.as_str()));
            assert_eq!(found, expected, "{written}");
        }
    }

    #[test]
    fn case_blanks_and_hyphens_never_matter() {
        let kinds = &["service-account", "api-key", "bot", "*"];
        for (written, meant) in [
            ("Service Account", Some("service-account")),
            ("API_KEY", Some("api-key")),
            ("apikey", Some("api-key")),
            ("bot ", Some("bot")),
            ("*", Some("*")),
            ("bots", None),
            ("", None),
            ("service", None),
        ] {
            assert_eq!(canonical(IdentityKind::NAME, written, kinds), meant, "{written}");
        }
        assert_eq!(
            canonical(Environment::NAME, "prod", &["production", "staging"]),
            Some("production")
        );
        assert_eq!(canonical(IdentityKind::NAME, "prod", kinds), None);
    }
}
