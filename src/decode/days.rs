//! Days, periods and durations in other forms than the ones that are read.

/// A day: year, month, day.
type Day = (u32, u32, u32);

/// The months in English, German, Dutch and French, by their beginnings.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "maa", "mrt"],
    &["apr", "avr"],
    &["may", "mai", "mei"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "aoû", "aou"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez", "déc"],
];

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let is_it = |begins: &&[&str]| begins.iter().any(|begin| word.starts_with(begin));
    let at = MONTHS.iter().position(is_it)?;
    let has_letters = word.chars().all(char::is_alphabetic) && word.chars().count() <= 10;
    has_letters.then_some(u32::try_from(at).ok()? + 1)
}

fn checked(year: u32, month: u32, day: u32) -> Option<Day> {
    let date = jiff::civil::Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    );
    (date.is_ok() && year >= 1970).then_some((year, month, day))
}

fn written((year, month, day): Day) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// Its parts: numbers, and words without the ending of an ordinal.
fn parts(text: &str) -> Vec<&str> {
    let is_part = |part: &&str| {
        !part.is_empty()
            && !matches!(
                part.to_lowercase().as_str(),
                "st" | "nd" | "rd" | "th" | "of" | "de" | "er"
            )
    };
    let mut parts = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = word.split_at(digits);
        parts.extend([number, rest].into_iter().filter(is_part));
    }
    parts
}

/// The day that a text means, if it can only mean that one.
fn day_of(text: &str) -> Option<Day> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    // A day with a time of day.
    if let Some((day, time)) = text.split_at_checked(10)
        && time.starts_with(['T', 't', ' '])
        && time.contains(':')
    {
        return day_of(day);
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return checked(
            text[..4].parse().ok()?,
            text[4..6].parse().ok()?,
            text[6..].parse().ok()?,
        );
    }
    let parts = parts(text);
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let number = |part: &str| part.parse::<u32>().ok();
    let is_year = |part: &str| part.len() == 4 && number(part).is_some();
    match (number(a), number(b), number(c)) {
        (Some(year), Some(month), Some(day)) if is_year(a) => checked(year, month, day),
        (Some(first), Some(second), Some(year)) if is_year(c) => {
            let is_german = text.contains('.');
            if is_german || first > 12 {
                return checked(year, second, first);
            }
            // 3/4 is one day in London, and another in New York.
            (second > 12 || first == second).then(|| checked(year, first, second))?
        }
        (Some(day), None, Some(year)) if is_year(c) => checked(year, month(b)?, day),
        (None, Some(day), Some(year)) if is_year(c) => checked(year, month(a)?, day),
        (Some(year), None, Some(day)) if is_year(a) => checked(year, month(b)?, day),
        _ => None,
    }
}

/// The first and the last day of the month that a text names.
fn month_of(text: &str) -> Option<(Day, Day)> {
    if text.len() > 40 {
        return None;
    }
    let parts = parts(text);
    let [a, b] = parts.as_slice() else {
        return None;
    };
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let (year, named) = match (is_year(a), is_year(b)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return None,
    };
    let named = match named.parse::<u32>() {
        Ok(number) if named.len() <= 2 => number,
        _ => month(named)?,
    };
    let first = checked(year.parse().ok()?, named, 1)?;
    let last = (28..=31).rev().find_map(|day| checked(first.0, named, day))?;
    Some((first, last))
}

/// The day that a text means, as TOML writes it.
pub fn day(text: &str) -> Option<String> {
    day_of(text).map(written)
}

/// The day of each year that a text means, as `MM-DD`.
pub fn day_of_year(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('-');
    let (month, day) = match day_of(text) {
        Some((_, month, day)) => (month, day),
        None if text.len() > 40 => return None,
        None => {
            let parts = parts(text);
            let [a, b] = parts.as_slice() else {
                return None;
            };
            match (a.parse::<u32>(), b.parse::<u32>()) {
                (Ok(first), Ok(second)) if text.contains('.') || first > 12 => (second, first),
                (Ok(first), Ok(second)) if second > 12 || first == second => (first, second),
                (Ok(day), Err(_)) => (month(b)?, day),
                (Err(_), Ok(day)) => (month(a)?, day),
                _ => return None,
            }
        }
    };
    checked(2025, month, day).map(|_| format!("{month:02}-{day:02}"))
}

/// What stands between the two days of a period.
const BETWEEN: [&str; 14] = [
    " to ",
    " until ",
    " through ",
    " thru ",
    " till ",
    " bis ",
    " tot ",
    " t/m ",
    " au ",
    " - ",
    "\u{2013}",
    "\u{2014}",
    "..",
    "/",
];

/// The first and the last day of a period that a text means.
pub fn period(text: &str) -> Option<(String, String)> {
    if text.len() > 80 {
        return None;
    }
    let plain = text.trim();
    let leading = [
        "from ", "von ", "vom ", "van ", "du ", "period ", "From ", "Van ", "Du ", "Vom ",
    ];
    let plain = leading
        .iter()
        .find_map(|word| plain.strip_prefix(word))
        .unwrap_or(plain);
    let halves = BETWEEN.iter().find_map(|between| {
        let (from, to) = plain.split_once(between)?;
        let (from, to) = (from.trim(), to.trim().trim_start_matches('.'));
        let from = day_of(from).or_else(|| month_of(from).map(|(first, _)| first))?;
        let to = day_of(to).or_else(|| month_of(to).map(|(_, last)| last))?;
        (from <= to).then_some((from, to))
    })?;
    Some((written(halves.0), written(halves.1)))
}

/// The units of durations, by what they are called.
const UNITS: [(&str, &str); 5] = [
    ("d", "d day days tag tage tagen dag dagen jour jours"),
    ("w", "w wk week weeks wks woche wochen weken semaine semaines"),
    (
        "mo",
        "m mo mon mth mths month months monat monate monaten maand maanden mois",
    ),
    (
        "q",
        "q quarter quarters quartal quartale kwartaal kwartalen trimestre trimestres",
    ),
    ("y", "y yr yrs year years jahr jahre jahren jaar an ans année années"),
];

/// How often something is done, in a word.
const OFTEN: [(&str, &str); 6] = [
    ("1d", "daily täglich dagelijks quotidien"),
    ("1w", "weekly wöchentlich wekelijks hebdomadaire"),
    ("1mo", "monthly monatlich maandelijks mensuel mensuelle mensuellement"),
    (
        "3mo",
        "quarterly vierteljährlich quartalsweise kwartaal driemaandelijks trimestriel trimestrielle",
    ),
    (
        "6mo",
        "half-yearly halfyearly semi-annually semiannually semi-annual semiannual halbjährlich halfjaarlijks semestriel semestrielle",
    ),
    (
        "1y",
        "yearly annually annual jährlich jaarlijks annuel annuelle annuellement",
    ),
];

/// The duration that a text means, as a manifest writes it.
pub fn duration(text: &str) -> Option<String> {
    if text.len() > 40 {
        return None;
    }
    let lower = text.trim().to_lowercase();
    let leading = [
        "every ",
        "each ",
        "once a ",
        "once per ",
        "per ",
        "alle ",
        "elke ",
        "tous les ",
    ];
    let plain = leading
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower);
    let is_word = |words: &str, word: &str| words.split(' ').any(|one| one == word);
    if let Some((meant, _)) = OFTEN.iter().find(|(_, words)| is_word(words, plain)) {
        return Some((*meant).to_owned());
    }
    let split = plain.find(|c: char| !c.is_ascii_digit()).unwrap_or(plain.len());
    let (number, unit) = plain.split_at(split);
    let unit = unit
        .trim()
        .trim_end_matches("(s)")
        .trim_start_matches('-')
        .trim_end_matches('.');
    let number = match number {
        "" => 1,
        number => number
            .parse::<u32>()
            .ok()
            .filter(|number| (1..100_000_000).contains(number))?,
    };
    // Machines count in hours and seconds.
    let whole = |size: u32| (number % size == 0).then(|| format!("{}d", number / size));
    match unit {
        "" => return (split > 0 && number < 10_000).then(|| format!("{number}d")),
        "h" | "hours" => return whole(24),
        "s" | "seconds" => return whole(86_400),
        _ => {}
    }
    let (unit, _) = UNITS.iter().find(|(_, words)| is_word(words, unit))?;
    Some(match *unit {
        "q" => format!("{}mo", number * 3),
        unit => format!("{number}{unit}"),
    })
}

#[cfg(test)]
mod tests {
    use super::{day, day_of_year, duration, period};

    #[test]
    fn a_day_is_told_where_it_can_be_one_only() {
        for (text, meant) in [
            ("2026/08/01", Some("2026-08-01")),
            ("2026-8-1", Some("2026-08-01")),
            ("20260801", Some("2026-08-01")),
            ("01.08.2026", Some("2026-08-01")),
            ("31/08/2026", Some("2026-08-31")),
            ("08/31/2026", Some("2026-08-31")),
            ("03/04/2026", None),
            ("1 August 2026", Some("2026-08-01")),
            ("August 1st, 2026", Some("2026-08-01")),
            ("1. März 2026", Some("2026-03-01")),
            ("1 juli 2026", Some("2026-07-01")),
            ("1er août 2026", Some("2026-08-01")),
            ("14-Feb-2026", Some("2026-02-14")),
            ("2026-08-01T10:00:00Z", Some("2026-08-01")),
            ("2026-08-01 10:00", Some("2026-08-01")),
            ("2026-02-30", None),
            ("2026", None),
            ("August 2026", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(day(text).as_deref(), meant, "{text}");
        }
    }

    #[test]
    fn a_period_is_two_days_or_whole_months() {
        for (text, from, to) in [
            ("2025-07-01 to 2026-06-30", "2025-07-01", "2026-06-30"),
            ("2025-07-01/2026-06-30", "2025-07-01", "2026-06-30"),
            ("2025-07-01 - 2026-06-30", "2025-07-01", "2026-06-30"),
            ("01.07.2025 \u{2013} 30.06.2026", "2025-07-01", "2026-06-30"),
            ("1 July 2025 through 30 June 2026", "2025-07-01", "2026-06-30"),
            ("vom 1. Juli 2025 bis 30. Juni 2026", "2025-07-01", "2026-06-30"),
            ("2025-07 to 2026-06", "2025-07-01", "2026-06-30"),
            ("Jul 2025 - Feb 2028", "2025-07-01", "2028-02-29"),
        ] {
            assert_eq!(period(text), Some((from.to_owned(), to.to_owned())), "{text}");
        }
        for text in [
            "2026",
            "Q3 2026",
            "FY2026",
            "2026-06-30 to 2025-07-01",
            "now to then",
            "2025-07-01",
        ] {
            assert_eq!(period(text), None, "{text}");
        }
    }

    #[test]
    fn a_duration_is_told_in_words() {
        for (text, meant) in [
            ("90 days", Some("90d")),
            ("90", Some("90d")),
            ("every 6 months", Some("6mo")),
            ("12m", Some("12mo")),
            ("quarterly", Some("3mo")),
            ("per quarter", Some("3mo")),
            ("jährlich", Some("1y")),
            ("720h", Some("30d")),
            ("7776000s", Some("90d")),
            ("25h", None),
            ("often", None),
            ("0d", None),
            ("", None),
            ("-90d", None),
        ] {
            assert_eq!(duration(text).as_deref(), meant, "{text}");
        }
    }

    #[test]
    fn a_day_of_each_year() {
        for (text, meant) in [
            ("31 December", Some("12-31")),
            ("Dec 31", Some("12-31")),
            ("31.12.", Some("12-31")),
            ("12/31", Some("12-31")),
            ("2026-12-31", Some("12-31")),
            ("30 juni", Some("06-30")),
            ("03/04", None),
            ("December", None),
            ("29 February", None),
        ] {
            assert_eq!(day_of_year(text).as_deref(), meant, "{text}");
        }
    }
}
