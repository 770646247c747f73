//! Durations as people state them: `"90d"`, `"12mo"`, `"P1Y6M"`.

use super::words::count;
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use std::fmt;

/// What a deserializer is told of a duration that cannot be read; a reading problem has this name.
pub const INVALID_DURATION: &str = "invalid-duration";

/// A span of calendar time: months are calendar months, so its length in days depends on where it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    pub months: u32,
    pub days: u32,
}

impl Duration {
    pub const fn months(months: u32) -> Self {
        Self { months, days: 0 }
    }

    pub const fn days(days: u32) -> Self {
        Self { months: 0, days }
    }

    /// Reads `90d`, `2w`, `12mo`, `1y` or ISO 8601 date units; `None` for anything else, and for less than a day.
    pub fn parse(text: &str) -> Option<Self> {
        let (months, days) = match text.strip_prefix('P') {
            Some(iso) => parse_iso(iso)?,
            None => {
                let split = text.find(|c: char| !c.is_ascii_digit())?;
                let (number, unit) = text.split_at(split);
                let number = parse_number(number)?;
                match unit {
                    "d" => (0, number),
                    "w" => (0, number.saturating_mul(7)),
                    "mo" => (number, 0),
                    "y" => (number.saturating_mul(12), 0),
                    _ => return None,
                }
            }
        };
        ((months, days) != (0, 0)).then_some(Self { months, days })
    }
}

fn parse_number(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // However long it is, it does not end before the calendar does.
    Some(digits.parse().unwrap_or(u32::MAX))
}

/// `1Y6M`, `2W`, `90D`: each unit at most once, from large to small.
fn parse_iso(mut rest: &str) -> Option<(u32, u32)> {
    let (mut months, mut days) = (0_u32, 0_u32);
    let mut units = "YMWD";
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let split = rest.find(|c: char| !c.is_ascii_digit())?;
        let number = parse_number(&rest[..split])?;
        let unit = rest[split..].chars().next()?;
        let at = units.find(unit)?;
        units = &units[at + 1..];
        match unit {
            'Y' => months = months.saturating_add(number.saturating_mul(12)),
            'M' => months = months.saturating_add(number),
            'W' => days = days.saturating_add(number.saturating_mul(7)),
            _ => days = days.saturating_add(number),
        }
        rest = &rest[split + 1..];
    }
    Some((months, days))
}

impl Duration {
    /// Whether it is longer than another, by the mean length of a month.
    pub fn is_longer_than(self, other: Self) -> bool {
        // The Gregorian calendar repeats after 4,800 months, which have 146,097 days.
        let length = |duration: Self| u64::from(duration.months) * 146_097 + u64::from(duration.days) * 4_800;
        length(self) > length(other)
    }

    /// As a manifest or a config writes it.
    pub fn written(self) -> String {
        match (self.months, self.days) {
            (0, days) => format!("{days}d"),
            (months, 0) => format!("{months}mo"),
            (months, days) => format!("P{months}M{days}D"),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.months, self.days) {
            (0, days) => f.write_str(&count(days, "day")),
            (months, 0) => f.write_str(&count(months, "month")),
            (months, days) => write!(f, "{} and {}", count(months, "month"), count(days, "day")),
        }
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DurationVisitor;
        impl Visitor<'_> for DurationVisitor {
            type Value = Duration;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a duration, in quotes and at least one day: \"90d\", \"2w\", \"12mo\", \"1y\" or \"P90D\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Duration, E> {
                Duration::parse(text).ok_or_else(|| E::invalid_value(Unexpected::Other(INVALID_DURATION), &self))
            }
        }
        deserializer.deserialize_str(DurationVisitor)
    }
}

impl serde::Serialize for Duration {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Duration {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Duration".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A duration of at least one day: `90d`, `2w`, `12mo`, `1y`, or ISO 8601 date units such as `P90D`. Months and years are calendar ones.",
            "type": "string",
            "pattern": "^([0-9]*[1-9][0-9]*(d|w|mo|y)|P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?)$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Duration;

    #[test]
    fn reads_what_the_format_promises_and_nothing_else() {
        let yes = [
            ("90d", 0, 90),
            ("2w", 0, 14),
            ("12mo", 12, 0),
            ("1y", 12, 0),
            ("P90D", 0, 90),
            ("P1Y6M", 18, 0),
            ("P2W", 0, 14),
        ];
        for (text, months, days) in yes {
            assert_eq!(Duration::parse(text), Some(Duration { months, days }), "{text}");
        }
        for text in [
            "", "0d", "P0D", "P", "90", "d", "-1d", "1.5y", "90 days", "90D", "PT5H", "P1D2M", "P1M1M", "é1d",
        ] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }
}
