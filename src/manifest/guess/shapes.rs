//! A text, a list or a day where a table belongs: the table that says the same.

use super::words;
use crate::decode::line_start;
use crate::decode::tree::{Item, Key, Stated, Value};
use crate::decode::{days, quoted};
use crate::manifest::{
    Agent, Approval, BridgeLetter, Certificate, Control, Csoc, Cuec, Data, Evidence, Exclusion, Identity,
    InteractiveLogin, Monitoring, NotRelevant, NotedException, Oauth, Objective, Offboarding, Organization, Owner,
    Privilege, ProviderCuec, ProviderReport, Report, Review, Rotation, Service, StatedPeriod, SystemDescription,
    ThirdParty, UserEntities, is_place,
};
use crate::model::{Framework, RotationMode, canonical, compound, nearest, regions};
use crate::source::Span;
use std::sync::LazyLock;

/// The frameworks that have a word of their own.
static KNOWN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let known = Framework::ALL
        .iter()
        .filter(|framework| **framework != Framework::Other);
    known.map(|framework| framework.as_str()).collect()
});

/// The modes of a rotation that are read in another spelling.
const MODES: &[&str] = &[RotationMode::Automatic.as_str(), RotationMode::Manual.as_str()];

/// Keys and values to write beside another one.
pub type Beside = Vec<(&'static str, String)>;

/// Standards of one country, by their letters and digits: the framework, and what they are called.
const NATIONAL: [(&str, &str, &str); 4] = [
    ("ssae16", "soc1", "SSAE 16"),
    ("csae3416", "soc1", "CSAE 3416"),
    ("asae3402", "isae3402", "ASAE 3402"),
    ("idwps951", "isae3402", "IDW PS 951"),
];

/// The table that a value stands for, if it is clear.
pub fn table(text: &str, (name, known): (&str, &[&str]), item: &Item<'_>) -> Option<String> {
    let raw = text.get(item.span.range())?;
    let is_one = |text: &str| !text.is_empty() && text.len() <= 400;
    match &item.value {
        Value::Text(written) if is_one(written) => of_text(name, known, written.trim(), raw),
        Value::Boolean(value) if name == InteractiveLogin::NAME => Some(format!("{{ allowed = {value} }}")),
        Value::Date(Stated::Day(_)) => match name {
            Rotation::NAME | Review::NAME => Some(format!("{{ last = {raw} }}")),
            Offboarding::NAME => Some(format!("{{ revoked = {raw} }}")),
            Approval::NAME => Some(format!("{{ approved-on = {raw} }}")),
            _ => None,
        },
        Value::Integer { .. } if matches!(name, Rotation::NAME | Review::NAME) => {
            days::duration(raw).map(|every| format!("{{ every = \"{every}\" }}"))
        }
        Value::List(list) => {
            let is_text = |item: &Item<'_>| matches!(item.value, Value::Text(_));
            match (name, list.items.as_slice()) {
                (StatedPeriod::NAME, [from, to]) => {
                    let (from, to) = (day(text, from)?, day(text, to)?);
                    Some(format!("{{ from = {from}, to = {to} }}"))
                }
                (UserEntities::NAME, items) if items.iter().all(is_text) => Some(format!("{{ regions = {raw} }}")),
                (Oauth::NAME, items) if items.iter().all(is_text) => Some(format!("{{ scopes = {raw} }}")),
                (Monitoring::NAME | SystemDescription::NAME, items) if items.iter().all(is_text) => {
                    Some(format!("{{ evidence = {raw} }}"))
                }
                (Owner::NAME, items) if items.iter().all(is_text) => Some(format!("{{ members = {raw} }}")),
                (_, [one]) => match &one.value {
                    Value::Table(_) => text
                        .get(one.span.range())
                        .filter(|raw| raw.starts_with('{'))
                        .map(str::to_owned),
                    _ => table(text, (name, known), one),
                },
                _ => None,
            }
        }
        _ => None,
    }
}

fn day(text: &str, item: &Item<'_>) -> Option<String> {
    match &item.value {
        Value::Date(_) => days::day(text.get(item.span.range())?),
        Value::Text(written) => days::day(written),
        _ => None,
    }
}

fn of_text(name: &str, known: &[&str], written: &str, raw: &str) -> Option<String> {
    let key = |key: &str| Some(format!("{{ {key} = {raw} }}"));
    let every = days::duration(written);
    let is_words = written.contains(' ');
    let is_place = is_place(written);
    match name {
        StatedPeriod::NAME => {
            let (from, to) = days::period(written)?;
            Some(format!("{{ from = {from}, to = {to} }}"))
        }
        Rotation::NAME | Review::NAME => {
            if let Some(every) = every {
                return Some(format!("{{ every = \"{every}\" }}"));
            }
            if let Some(last) = days::day(written) {
                return Some(format!("{{ last = {last} }}"));
            }
            if name == Rotation::NAME {
                let mode = canonical(RotationMode::NAME, written, MODES);
                if let Some(mode) = mode.or_else(|| words::of(RotationMode::NAME, written, RotationMode::WORDS)) {
                    return Some(format!("{{ mode = \"{mode}\" }}"));
                }
            }
            match (is_place, name) {
                (true, _) => key("evidence"),
                (false, Review::NAME) if !is_words => key("by"),
                _ => None,
            }
        }
        Monitoring::NAME | SystemDescription::NAME => (is_place || !is_words).then(|| key("evidence"))?,
        Offboarding::NAME => match days::day(written) {
            Some(day) => Some(format!("{{ revoked = {day} }}")),
            None if is_place => key("evidence"),
            None => key("trigger"),
        },
        Approval::NAME => match days::day(written) {
            Some(day) => Some(format!("{{ approved-on = {day} }}")),
            None if is_place => key("evidence"),
            None if !is_words => key("approved-by"),
            None => None,
        },
        Privilege::NAME | Exclusion::NAME if is_words => key("reason"),
        UserEntities::NAME => {
            let region = regions::canonical(written);
            let region = region.or_else(|| words::region(written).map(str::to_owned))?;
            Some(format!("{{ regions = \"{region}\" }}"))
        }
        Agent::NAME if !is_words => key("accountable"),
        Oauth::NAME => key("scopes"),
        Organization::NAME => key("name"),
        Owner::NAME if written.contains('@') => key("contact"),
        Owner::NAME if matches!(written, "team" | "person") => key("kind"),
        Service::NAME | Data::NAME | ThirdParty::NAME | Control::NAME => key("title"),
        Identity::NAME => key("description"),
        Evidence::NAME if is_place => key("at"),
        Report::NAME | Certificate::NAME | ProviderReport::NAME => of_report(name, known, written, is_place),
        BridgeLetter::NAME => match days::period(written) {
            Some((from, to)) => Some(format!("{{ period = {{ from = {from}, to = {to} }} }}")),
            None if is_place => key("evidence"),
            None => None,
        },
        Cuec::NAME | ProviderCuec::NAME | Csoc::NAME | Objective::NAME if is_words => key("text"),
        Cuec::NAME | ProviderCuec::NAME | NotRelevant::NAME => key("id"),
        NotedException::NAME => key(if is_words { "text" } else { "about" }),
        _ => None,
    }
}

fn of_report(name: &str, known: &[&str], written: &str, is_place: bool) -> Option<String> {
    if is_place {
        return (name == ProviderReport::NAME).then(|| format!("{{ evidence = {} }}", quoted(written)));
    }
    if let Some((framework, beside)) = other_framework(written) {
        let mut keys = format!("framework = {framework}");
        for (key, value) in beside {
            let key = if known.contains(&key) { key } else { "name" };
            keys.push_str(&format!(", {key} = {value}"));
        }
        return Some(format!("{{ {keys} }}"));
    }
    let (framework, second) = framework_of(written)?;
    let second = second.filter(|(key, _)| known.contains(key));
    Some(match second {
        Some((key, value)) => format!("{{ framework = \"{framework}\", {key} = {value} }}"),
        None => format!("{{ framework = \"{framework}\" }}"),
    })
}

/// The framework that a text names, and a second fact as it is written: `SOC 2 Type II` says `type = 2` too.
pub fn framework_of(written: &str) -> Option<(&'static str, Option<(&'static str, String)>)> {
    let (framework, second) = match compound(written) {
        Some(compound) if compound.key == "type" => (compound.framework, Some(("type", compound.value))),
        Some(compound) => (compound.framework, Some((compound.key, quoted(&compound.value)))),
        None => (written.to_owned(), None),
    };
    let framework =
        canonical(Framework::NAME, &framework, &KNOWN).or_else(|| words::of(Framework::NAME, written, &KNOWN))?;
    Some((framework, second))
}

/// What to write for an attestation that has no word of its own, and beside it.
pub fn other_framework(written: &str) -> Option<(String, Beside)> {
    if written.len() > 64 || !written.chars().any(char::is_alphabetic) {
        return None;
    }
    let letters = written.chars().filter(char::is_ascii_alphanumeric);
    let plain = letters.collect::<String>().to_lowercase();
    if let Some((_, framework, standard)) = NATIONAL.iter().find(|(begin, ..)| plain.starts_with(begin)) {
        return Some((quoted(framework), vec![("issued-under", quoted(standard))]));
    }
    // An ISAE 3000 about financial reporting.
    if plain.starts_with("aaf0120") {
        let about = ("subject-matter", quoted("financial-reporting"));
        return Some((quoted("isae3000"), vec![about, ("name", quoted(written))]));
    }
    let begins = [
        "soc",
        "isae",
        "ssae",
        "iso2700",
        "isoiec2700",
        "iso27701",
        "isoiec27701",
        "type",
    ];
    let is_known = begins.iter().any(|begin| plain.starts_with(begin)) || plain == "other";
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let near = || nearest(written, KNOWN.iter().copied()).is_some_and(|near| digits(near) == digits(written));
    let is_near = words::of(Framework::NAME, written, &KNOWN).is_some() || near();
    (!is_known && !is_near).then(|| (quoted("other"), vec![("name", quoted(written))]))
}

/// Where a second key is written: on the line before the first, or behind it in an inline table.
pub fn beside(text: &str, key: &Key<'_>, item: &Item<'_>, name: &str, value: &str) -> Option<(Span, String)> {
    let start = key.span.range().start;
    let line = line_start(text, start);
    let lead = text[line..start].trim_start_matches('\u{feff}');
    if !lead.trim().is_empty() {
        let behind = item.span.range().end;
        return Some((Span::new(behind..behind), format!(", {name} = {value}")));
    }
    let at = start - lead.len();
    Some((Span::new(at..at), format!("{lead}{name} = {value}\n")))
}
