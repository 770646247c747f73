//! Standards and editions that have been, or will be, superseded.

use crate::model::Framework;
use crate::today::Today;
use jiff::civil::{Date, date};

/// A standard that reports are issued under, or an edition that certificates are to, that has a successor.
#[derive(Debug, PartialEq, Eq)]
pub struct Edition {
    pub name: &'static str,
    /// The last day on which it is current.
    pub last: Date,
    /// Which day of a report or certificate counts.
    pub counts: Counts,
    pub successor: &'static str,
}

/// The day of a report or certificate that decides whether a standard was still current for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// The last day that a report covers: its period's end, or its as-of date.
    End,
    /// The day on which a report was issued.
    Issue,
    /// The last day on which a certificate is valid.
    Expiry,
}

impl Edition {
    /// Whether its last day has passed on a day.
    pub fn has_ended(&self, as_of: &Today) -> bool {
        self.last < *as_of
    }
}

/// Standards that reports were issued under, the latest first: letters, number, edition. SSAE 16 is for periods that end
/// on or after 15 June 2011, SSAE 18 for reports that are dated on or after 1 May 2017.
const ISSUED_UNDER: &[(&str, &str, Edition)] = &[
    (
        "ssae",
        "16",
        Edition {
            name: "SSAE 16",
            last: date(2017, 4, 30),
            counts: Counts::Issue,
            successor: "SSAE 18 (AT-C 320)",
        },
    ),
    (
        "sas",
        "70",
        Edition {
            name: "SAS 70",
            last: date(2011, 6, 14),
            counts: Counts::End,
            successor: "SSAE 16",
        },
    ),
];

/// Editions that certificates are to; only those that a finding depends on.
const CERTIFIED: &[(Framework, &str, Edition)] = &[(
    Framework::Iso27001,
    "2013",
    Edition {
        name: "ISO/IEC 27001:2013",
        last: date(2025, 10, 31),
        counts: Counts::Expiry,
        successor: "ISO/IEC 27001:2022",
    },
)];

/// The edition that a certificate is to, if it has a successor: `2013`, or `ISO/IEC 27001:2013`.
pub fn certified(framework: Framework, stated: &str) -> Option<&'static Edition> {
    let year = year(stated)?;
    let known = CERTIFIED
        .iter()
        .find(|(of, edition, _)| *of == framework && *edition == year);
    known.map(|(_, _, edition)| edition)
}

/// The day from which ISO/IEC 27701 stands alone: the publication of its 2025 edition.
pub const ALONE_AS_27701: Date = date(2025, 10, 14);

/// Whether a certificate is known to be to the edition of ISO/IEC 27701 that extended ISO/IEC 27001. Since its next
/// edition it stands alone.
pub fn extends_27001_as_27701(stated: &str) -> bool {
    year(stated).as_deref() == Some("2019")
}

/// The year that a text names as an edition: `2019`, `ISO/IEC 27701:2019`, `27701:2019 (E)`. `None` when it names
/// several, because which of them is meant is not known.
fn year(stated: &str) -> Option<String> {
    let is_year = |word: &String| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let mut years: Vec<String> = words(stated).into_iter().filter(is_year).collect();
    years.dedup();
    match years.len() {
        1 => years.pop(),
        _ => None,
    }
}

/// The superseded standard that a report states it is issued under: `SSAE 16`, `SSAE No. 16`, `ssae16`; of several,
/// the latest. `None` when the text also names a current one: a later SSAE, or an AT-C section.
pub fn issued_under(stated: &str) -> Option<&'static Edition> {
    let named = numbered(stated);
    let is_current = named.iter().any(|(letters, number)| {
        let number: Option<u32> = number.parse().ok();
        number.is_some_and(|number| (letters == "ssae" && number > 16) || (letters == "c" && number > 100))
    });
    let known = ISSUED_UNDER
        .iter()
        .find(|(letters, number, _)| named.iter().any(|named| named.0 == *letters && named.1 == *number));
    known.filter(|_| !is_current).map(|(_, _, edition)| edition)
}

/// The letters and numbers that follow one another in a text: "SSAE No. 16" has `ssae` and `16`.
fn numbered(text: &str) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    let mut letters = String::new();
    for word in words(text) {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            named.push((std::mem::take(&mut letters), word));
        } else if !matches!(word.as_str(), "no" | "nr" | "number") {
            letters = word;
        }
    }
    named
}

/// Runs of letters and runs of digits, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let kind = c.is_ascii_alphanumeric().then(|| c.is_ascii_digit());
        if kind.is_some() && kind != last {
            words.push(String::new());
        }
        if let (Some(_), Some(word)) = (kind, words.last_mut()) {
            word.push(c.to_ascii_lowercase());
        }
        last = kind;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{certified, extends_27001_as_27701, issued_under};
    use crate::model::Framework;

    #[test]
    fn a_standard_is_known_in_the_ways_people_write_it() {
        for text in ["SSAE 16", "SSAE No. 16", "ssae-16", "SSAE16 / ISAE 3402"] {
            assert_eq!(
                issued_under(text).map(|edition| edition.name),
                Some("SSAE 16"),
                "{text}"
            );
        }
        assert_eq!(
            issued_under("SAS 70 Type II").map(|edition| edition.name),
            Some("SAS 70")
        );
        assert_eq!(
            issued_under("SAS 70, then SSAE 16").map(|edition| edition.name),
            Some("SSAE 16")
        );
        for text in [
            "SSAE 18",
            "SSAE 18, formerly SSAE 16",
            "SSAE 16, now AT-C 320",
            "SSAE 21",
            "ISAE 3402",
            "SAS 170",
            "16",
            "",
            "SAS 145",
        ] {
            assert_eq!(issued_under(text), None, "{text}");
        }
        assert!(certified(Framework::Iso27001, "ISO/IEC 27001:2013").is_some());
        assert!(certified(Framework::Iso27001, "2013").is_some());
        assert!(certified(Framework::Iso27001, "2022").is_none());
        assert!(certified(Framework::Iso27017, "2013").is_none());
    }

    #[test]
    fn an_edition_is_the_only_year_that_is_named() {
        for text in [
            "2019",
            "ISO/IEC 27701:2019",
            "27701:2019 (E)",
            "ISO 27701-2019",
            "2019-08",
            "v2019",
        ] {
            assert!(extends_27001_as_27701(text), "{text}");
        }
        for text in [
            "",
            "2025",
            "ISO/IEC 27701:2025 (was 2019)",
            "2019 and 2025",
            "12019",
            "20190",
            "first",
        ] {
            assert!(!extends_27001_as_27701(text), "{text}");
        }
    }
}
