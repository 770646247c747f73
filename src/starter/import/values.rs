//! The words of cells, as far as each of them means one thing alone.

use crate::model::{Area, Duration};
use crate::standards::reference;
use jiff::civil::Date;

/// A text in one line: a spreadsheet breaks lines where a column is narrow.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' });
    one_line(&letters.flat_map(char::to_lowercase).collect::<String>())
}

/// What is longer says more than one word.
const LONGEST: usize = 60;

/// `Access control` may be physical, too.
pub fn area(text: &str) -> Option<Area> {
    if text.len() > LONGEST {
        return None;
    }
    Some(match plain(text).as_str() {
        "logical access"
        | "logical access control"
        | "logical access controls"
        | "logical security"
        | "access management"
        | "user access"
        | "user access management"
        | "identity and access management"
        | "iam" => Area::LogicalAccess,
        "physical access" | "physical access control" | "physical access controls" | "physical security" => {
            Area::PhysicalAccess
        }
        "change" | "changes" | "change management" | "change control" | "program change" | "program changes" => {
            Area::Change
        }
        "operations" | "it operations" | "computer operations" | "system operations" => Area::Operations,
        "monitoring" | "monitoring of controls" | "monitoring activities" => Area::Monitoring,
        "processing" | "processing integrity" | "transaction processing" => Area::Processing,
        _ => return None,
    })
}

/// How often, if that is an interval: `bi-weekly` may be twice a week, and `continuous` has none.
pub fn every(text: &str) -> Option<Duration> {
    if text.len() > LONGEST {
        return None;
    }
    if let Some(stated) = Duration::parse(text.trim()) {
        return Some(stated);
    }
    let plain = plain(text);
    let plain = plain.strip_prefix("at least ").unwrap_or(&plain);
    let duration = |number: u32, unit: &str| {
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        let (months, days) = match unit {
            "day" => (0, number),
            "week" => (0, number.checked_mul(7)?),
            "month" => (number, 0),
            "quarter" => (number.checked_mul(3)?, 0),
            "year" => (number.checked_mul(12)?, 0),
            _ => return None,
        };
        (number > 0).then_some(Duration { months, days })
    };
    Some(match plain {
        "daily" | "each day" => Duration::days(1),
        "weekly" | "each week" | "once a week" => Duration::days(7),
        "fortnightly" => Duration::days(14),
        "monthly" | "each month" | "once a month" => Duration::months(1),
        "quarterly" | "each quarter" | "once a quarter" => Duration::months(3),
        "semi annual" | "semi annually" | "semiannual" | "semiannually" | "half yearly" | "twice a year" => {
            Duration::months(6)
        }
        "annual" | "annually" | "yearly" | "each year" | "once a year" | "once per year" => Duration::months(12),
        other => {
            let words: Vec<&str> = other.strip_prefix("every ").unwrap_or(other).split(' ').collect();
            return match words.as_slice() {
                [unit] if other.starts_with("every ") => duration(1, unit),
                [number, unit] => duration(number.parse().ok()?, unit),
                _ => None,
            };
        }
    })
}

/// Whether a control is in place, as its status says; `None` where that is not said.
pub fn is_in_place(status: &str) -> Option<bool> {
    if status.len() > LONGEST {
        return None;
    }
    Some(match plain(status).as_str() {
        "active"
        | "approved"
        | "complete"
        | "completed"
        | "compliant"
        | "done"
        | "effective"
        | "enabled"
        | "fully implemented"
        | "implemented"
        | "in operation"
        | "in place"
        | "in use"
        | "live"
        | "operating"
        | "operating effectively"
        | "operational"
        | "pass"
        | "passed"
        | "yes" => true,
        "decommissioned" | "draft" | "drafted" | "in design" | "in development" | "in progress" | "inactive"
        | "missing" | "no" | "not applicable" | "not implemented" | "not in place" | "not started" | "obsolete"
        | "open" | "pending" | "planned" | "proposed" | "rejected" | "retired" | "to be implemented" | "to do"
        | "todo" | "under development" => false,
        _ => return None,
    })
}

/// A day as year-month-day: any other order may be another day.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    // Exports of data have a time behind it that says nothing.
    let text = ["T00:00:00", " 00:00:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .unwrap_or(text);
    let is_plain = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_plain.then(|| text.parse().ok()).flatten()
}

/// The parts of a cell that lists something.
pub fn parts(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split(['\n', '\r', ';']).flat_map(|line| {
        // An address may have commas of its own, which no blank follows.
        let parts: Vec<&str> = match line.contains("://") {
            true => line.split(", ").collect(),
            false => line.split(',').collect(),
        };
        parts
    });
    let parts = parts.map(|part| part.trim().trim_start_matches(['•', '*']).trim().trim_end_matches(','));
    parts.filter(|part| !part.is_empty())
}

/// An id of criteria in a part of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Criterion<'t> {
    Id(&'t str),
    /// From one to another: what lies between is not said.
    Range,
    None,
}

/// `CC6.1`, `ISO 27001 A.5.15`, or `CC6.1 - what it is called`.
pub fn criterion(part: &str) -> Criterion<'_> {
    if part.len() > 2 * LONGEST {
        return match part.split_once(char::is_whitespace) {
            Some((first, rest)) => titled(first, rest),
            None => Criterion::None,
        };
    }
    if reference::shaped_like(part).is_some() || reference::find(part).is_some() {
        return Criterion::Id(part);
    }
    let is_id = |text: &str| reference::shaped_like(text.trim()).is_some();
    let ends = ["-", "–", "—", " to ", ".."];
    if ends
        .iter()
        .any(|end| part.split_once(end).is_some_and(|(from, to)| is_id(from) && is_id(to)))
    {
        return Criterion::Range;
    }
    match part.split_once(char::is_whitespace) {
        Some((first, rest)) if is_numbered(first, rest) => Criterion::Id(part),
        Some((first, rest)) => titled(first, rest),
        None if part.len() <= LONGEST && part.contains(|c: char| c.is_ascii_digit()) => Criterion::Id(part),
        None => Criterion::None,
    }
}

/// `Article 25`, as catalogues call their parts.
fn is_numbered(word: &str, number: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    let is_part = matches!(
        word.as_str(),
        "§" | "art" | "article" | "clause" | "control" | "req" | "requirement" | "sec" | "section"
    );
    let number = number.trim();
    is_part && !number.contains(char::is_whitespace) && number.contains(|c: char| c.is_ascii_digit())
}

/// An id with its title behind a colon or a dash.
fn titled<'t>(first: &'t str, rest: &str) -> Criterion<'t> {
    let id = first.trim_end_matches(':');
    let is_apart = id.len() < first.len() || rest.trim_start().starts_with(['-', '–', '—', ':']);
    if is_apart && reference::shaped_like(id).is_some() {
        Criterion::Id(id)
    } else {
        Criterion::None
    }
}

/// Whether the ids of criteria say themselves that they are of this catalogue, in the edition that is meant where none is
/// named: to state it would keep them from being looked up.
pub fn is_known_catalogue(text: &str) -> bool {
    let plain = plain(text).replace(' ', "");
    let plain = plain.strip_prefix("aicpa").unwrap_or(&plain);
    matches!(
        plain,
        "soc2"
            | "soc2type1"
            | "soc2type2"
            | "soc2typei"
            | "soc2typeii"
            | "tsc"
            | "tsp100"
            | "trustservicescriteria"
            | "trustservicecriteria"
            | "iso27001"
            | "iso270012022"
            | "isoiec27001"
            | "isoiec270012022"
            | "annexa"
            | "iso27001annexa"
            | "iso27001annexa2022"
            | "nistcsf"
            | "nistcsf2"
            | "nistcsf20"
            | "csf20"
            | "csf"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_an_interval_are_one() {
        for (text, written) in [
            ("Daily", Some("1d")),
            ("weekly", Some("7d")),
            ("Monthly", Some("1mo")),
            ("QUARTERLY", Some("3mo")),
            ("Semi-Annual", Some("6mo")),
            ("Annually", Some("12mo")),
            ("at least annually", Some("12mo")),
            ("every 90 days", Some("90d")),
            ("90 days", Some("90d")),
            ("Every quarter", Some("3mo")),
            ("every 2 years", Some("24mo")),
            ("90d", Some("90d")),
            ("P6M", Some("6mo")),
            ("0 days", None),
            ("99999999999 weeks", None),
            ("continuous", None),
            ("per event", None),
            ("ad hoc", None),
            ("bi-weekly", None),
            ("bimonthly", None),
            ("Monthly / Quarterly", None),
            ("quarter", None),
            ("", None),
        ] {
            assert_eq!(every(text).map(Duration::written).as_deref(), written, "{text}");
        }
    }

    #[test]
    fn a_status_says_that_a_control_is_in_place_or_not() {
        for (status, is) in [
            ("Implemented", Some(true)),
            ("IN PLACE", Some(true)),
            ("Not-Implemented", Some(false)),
            ("planned", Some(false)),
            ("Partially Implemented", None),
            ("Fail", None),
        ] {
            assert_eq!(is_in_place(status), is, "{status}");
        }
    }

    #[test]
    fn a_day_is_one_day_alone() {
        assert_eq!(
            day(" 2026-03-04 ").map(|day| day.to_string()).as_deref(),
            Some("2026-03-04")
        );
        assert_eq!(
            day("2026-03-04T00:00:00").map(|day| day.to_string()).as_deref(),
            Some("2026-03-04")
        );
        for other in [
            "03/04/2026",
            "2026-3-4",
            "2026-02-30",
            "4 March 2026",
            "2026-03",
            "",
            "2026-03-0é",
        ] {
            assert_eq!(day(other), None, "{other}");
        }
    }

    #[test]
    fn a_list_is_split_where_its_parts_end() {
        for (cell, listed) in [
            ("CC6.1, CC6.2;CC6.3\nCC6.6", &["CC6.1", "CC6.2", "CC6.3", "CC6.6"][..]),
            ("CC6.1,CC6.2", &["CC6.1", "CC6.2"]),
            ("https://x.example/a?b=1,2, ./c", &["https://x.example/a?b=1,2", "./c"]),
            ("• CC6.1\r\n• CC6.2", &["CC6.1", "CC6.2"]),
            (" ,;\n", &[]),
        ] {
            assert_eq!(parts(cell).collect::<Vec<_>>(), listed, "{cell}");
        }
    }

    #[test]
    fn an_id_of_a_criterion_is_kept_as_it_is_written() {
        for (part, id) in [
            ("CC6.1", Criterion::Id("CC6.1")),
            ("CC6.99", Criterion::Id("CC6.99")),
            ("A.5.16", Criterion::Id("A.5.16")),
            ("CC6.1 - Logical access", Criterion::Id("CC6.1")),
            ("CC6.1: Logical access", Criterion::Id("CC6.1")),
            ("164.312(a)(1)", Criterion::Id("164.312(a)(1)")),
            ("Article 25", Criterion::Id("Article 25")),
            ("CC6.1-CC6.3", Criterion::Range),
            ("CC6.1 – CC6.3", Criterion::Range),
            ("CC6.1 to CC6.3", Criterion::Range),
            ("Security", Criterion::None),
            ("all of CC6", Criterion::None),
            ("CC6.1 restricts", Criterion::None),
        ] {
            assert_eq!(criterion(part), id, "{part}");
        }
    }

    #[test]
    fn areas_and_catalogues_have_their_names() {
        assert_eq!(area("User Access"), Some(Area::LogicalAccess));
        assert_eq!(area("change-management"), Some(Area::Change));
        assert_eq!(area("processing"), Some(Area::Processing));
        assert_eq!(area("Privacy"), None);
        assert_eq!(area("Access Control"), None);
        for area in Area::ALL {
            assert_eq!(super::area(area.as_str()), Some(*area));
        }
        assert!(is_known_catalogue("SOC 2") && is_known_catalogue("ISO/IEC 27001:2022"));
        assert!(!is_known_catalogue("ISO 27001:2013") && !is_known_catalogue("PCI DSS"));
    }
}
