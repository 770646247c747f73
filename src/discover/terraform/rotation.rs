//! How often something is rotated, as far as it is written down in whole days or months.

use super::each::each_reference;
use super::folder::{Folder, Resource};
use crate::discover::hcl::{Body, Expr, Value};
use crate::discover::{Demand, Fact, Rank, Sighting, Suggests, What};
use crate::model::Duration;
use crate::source::Span;

/// An entry of a secret manager.
pub fn stored(folder: &Folder<'_>, at: Resource<'_>, suggests: Suggests) -> Sighting {
    let mut sighting = folder.sighting(at, folder.locator(at), Demand::Shown, suggests);
    sighting.rank = Rank::Unclassified;
    sighting.facts.extend(suggests.store.map(|store| Fact {
        span: at.labels,
        what: What::Store(store),
    }));
    sighting
}

/// What the attributes of a resource, and of the blocks in it, say.
pub fn stated(body: &Body) -> Option<Fact> {
    let own = body.attributes.iter().find_map(|attribute| {
        let value = &attribute.value;
        let every = match attribute.key.text.as_str() {
            "automatically_after_days" => number(value).and_then(days),
            "schedule_expression" => rate(value.text()?),
            "rotation_period" => value.text()?.strip_suffix('s').and_then(seconds),
            "time_after_creation" => Duration::parse(value.text()?.strip_prefix('P').and(value.text())?),
            "end_date_relative" => hours(value.text()?),
            _ => None,
        }?;
        Some(rotated(value.span, every))
    });
    own.or_else(|| body.blocks.iter().find_map(|block| stated(&block.body)))
}

fn rotated(span: Span, every: Duration) -> Fact {
    Fact {
        span,
        what: What::RotatedEvery(every),
    }
}

/// Where things say when they are made anew.
const TRIGGERS: &[&str] = &["keepers", "rotate_when_changed", "replace_triggered_by"];

/// Of a key: how often it is made anew by a `time_rotating` that it refers to, else how long it lasts.
pub fn of_linked(folder: &Folder<'_>, key: Resource<'_>) -> Option<Fact> {
    let lifecycle = key.body.blocks("lifecycle").flat_map(|body| &body.attributes);
    let triggers = key
        .body
        .attributes
        .iter()
        .chain(lifecycle)
        .filter(|attribute| TRIGGERS.contains(&attribute.key.text.as_str()));
    let mut is_triggered = false;
    let mut found = None;
    for trigger in triggers {
        is_triggered = true;
        each_reference(&trigger.value, &mut |expr| {
            if let Some((false, clock, _)) = folder.referred(expr)
                && clock.kind == "time_rotating"
                && found.is_none()
            {
                found = clock_every(clock.body).map(|every| rotated(expr.span, every));
            }
        });
    }
    // One that is made anew does not last until it expires.
    if is_triggered { found } else { stated(key.body) }
}

/// What a `time_rotating` says, when it says one thing.
fn clock_every(clock: &Body) -> Option<Duration> {
    let units = clock
        .attributes
        .iter()
        .filter(|attribute| attribute.key.text.starts_with("rotation_"));
    let mut every = units.map(|attribute| {
        let number = number(&attribute.value)?;
        match attribute.key.text.as_str() {
            "rotation_hours" => days(number / 24),
            "rotation_days" => days(number),
            "rotation_months" => months(number),
            "rotation_years" => months(number.checked_mul(12)?),
            _ => None,
        }
    });
    match (every.next(), every.next()) {
        (Some(every), None) => every,
        _ => None,
    }
}

fn number(expr: &Expr) -> Option<u64> {
    match &expr.value {
        Value::Number(number) => *number,
        Value::Text(text) => digits(text),
        _ => None,
    }
}

fn digits(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

fn days(days: u64) -> Option<Duration> {
    let days = u32::try_from(days).ok().filter(|days| *days > 0)?;
    Some(Duration::days(days))
}

fn months(months: u64) -> Option<Duration> {
    let months = u32::try_from(months).ok().filter(|months| *months > 0)?;
    Some(Duration::months(months))
}

/// `rate(30 days)`
fn rate(text: &str) -> Option<Duration> {
    let inner = text.trim().strip_prefix("rate(")?.strip_suffix(')')?;
    let (number, unit) = inner.trim().split_once(' ')?;
    let number = digits(number)?;
    match unit.trim() {
        "day" | "days" => days(number),
        "hour" | "hours" => days(number / 24),
        _ => None,
    }
}

fn seconds(text: &str) -> Option<Duration> {
    // Fractions of a second make no day.
    days(digits(text.split('.').next()?)? / (24 * 60 * 60))
}

/// `2160h`, `2160h0m0s`
fn hours(text: &str) -> Option<Duration> {
    let (hours, rest) = text.split_once('h')?;
    let is_plain = rest
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'm' | b's'));
    is_plain.then(|| days(digits(hours)? / 24))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_days_that_are_written_count() {
        assert_eq!(rate("rate(30 days)"), Some(Duration::days(30)));
        assert_eq!(rate("rate(1 day)"), Some(Duration::days(1)));
        assert_eq!(rate("rate(36 hours)"), Some(Duration::days(1)));
        for text in [
            "cron(0 0 1 * ? *)",
            "rate(12 hours)",
            "rate(x days)",
            "rate()",
            "rate(-1 days)",
            "30 days",
        ] {
            assert_eq!(rate(text), None, "{text}");
        }
        assert_eq!(seconds("2592000"), Some(Duration::days(30)));
        assert_eq!(seconds("86399"), None);
        assert_eq!(hours("2160h"), Some(Duration::days(90)));
        assert_eq!(hours("2160h0m0s"), Some(Duration::days(90)));
        for text in ["90d", "10h", "h", "24h-3d", "99999999999999999999h"] {
            assert_eq!(hours(text), None, "{text}");
        }
    }
}
