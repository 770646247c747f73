//! Days, and days of a year, as manifests state them.

use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use std::fmt;

/// The name by which a type asks the deserializer for a TOML local date, packed as `yyyymmdd`.
pub const DATE_NAME: &str = "a TOML local date";

/// What a deserializer is told of a day that there is not; a reading problem has this name.
pub const INVALID_DATE: &str = "invalid-date";

/// A TOML local date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub jiff::civil::Date);

impl Date {
    fn unpack(packed: u32) -> Option<Self> {
        let year = i16::try_from(packed / 10_000).ok()?;
        let month = i8::try_from(packed / 100 % 100).ok()?;
        let day = i8::try_from(packed % 100).ok()?;
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;
        impl Visitor<'_> for DateVisitor {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as 2026-09-30, without quotes and without a time")
            }
            fn visit_u32<E: de::Error>(self, packed: u32) -> Result<Date, E> {
                Date::unpack(packed).ok_or_else(|| invalid_date(&self))
            }
        }
        deserializer.deserialize_newtype_struct(DATE_NAME, DateVisitor)
    }
}

/// The day that a text states as year-month-day, packed.
pub fn date_in(text: &str) -> Option<u32> {
    let text = text.trim();
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits)?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse::<u32>().ok())?
    };
    let packed = number(4)? * 10_000 + number(2)? * 100 + number(2)?;
    let is_over = parts.next().is_none();
    (is_over && Date::unpack(packed).is_some()).then_some(packed)
}

fn invalid_date<E: de::Error>(expected: &dyn de::Expected) -> E {
    E::invalid_value(Unexpected::Other(INVALID_DATE), expected)
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        // Editors hand a TOML local date to the validator as a string.
        schemars::json_schema!({
            "description": "A TOML local date, without quotes: 2026-09-30.",
            "type": "string",
            "format": "date"
        })
    }
}

/// A day of every year: `"12-31"`, or `"02-end"` for February's last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MonthDay {
    pub month: i8,
    /// `None` is the month's last day.
    pub day: Option<i8>,
}

impl MonthDay {
    /// Whether a text is one.
    pub fn is_one(text: &str) -> bool {
        Self::parse(text).is_some()
    }

    fn parse(text: &str) -> Option<Self> {
        if text == "02-end" {
            return Some(Self { month: 2, day: None });
        }
        let (month, day) = text.split_once('-')?;
        let two_digits = |part: &str| {
            (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i8>().ok())?
        };
        let (month, day) = (two_digits(month)?, two_digits(day)?);
        // 29 February is a day of some years only; `02-end` says what is meant.
        jiff::civil::Date::new(2025, month, day).ok()?;
        Some(Self { month, day: Some(day) })
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MonthDayVisitor;
        impl Visitor<'_> for MonthDayVisitor {
            type Value = MonthDay;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day of the year, as \"MM-DD\", or \"02-end\" for February's last day")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<MonthDay, E> {
                MonthDay::parse(text).ok_or_else(|| invalid_date(&self))
            }
        }
        deserializer.deserialize_str(MonthDayVisitor)
    }
}

impl serde::Serialize for MonthDay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.day {
            Some(day) => serializer.collect_str(&format_args!("{:02}-{day:02}", self.month)),
            None => serializer.collect_str(&format_args!("{:02}-end", self.month)),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for MonthDay {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MonthDay".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A day of every year as `MM-DD`; `02-end` is February's last day.",
            "type": "string",
            "pattern": "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]|end))$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::MonthDay;

    #[test]
    fn a_year_end_is_a_day_of_every_year() {
        assert_eq!(
            MonthDay::parse("12-31"),
            Some(MonthDay {
                month: 12,
                day: Some(31)
            })
        );
        assert_eq!(MonthDay::parse("02-end"), Some(MonthDay { month: 2, day: None }));
        for text in ["02-29", "2-28", "13-01", "12-32", "", "-", "é-01", "1231"] {
            assert_eq!(MonthDay::parse(text), None, "{text}");
        }
    }
}
