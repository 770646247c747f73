//! The configuration that holds, with where each value comes from.

use super::safe;
use crate::config::{Level, Set, Settings, StatedList};
use crate::decode::Val;
use crate::finding::Severity;
use crate::manifest::Waiver;
use crate::model::{Date, IdentityKind, Text};
use crate::rules::{self, OptionKind, Rule};
use crate::source::{FileId, Place, Sources};
use crate::workspace::DEFAULT_INCLUDE;
use serde::Serialize;
use std::collections::HashSet;
use std::fmt::Write;
use toml::Value;

/// A key of the configuration.
#[derive(Serialize)]
struct Entry {
    /// As `rules.stale-report.severity`; the entries of a list are numbered from 0.
    key: String,
    /// Nothing when it is not set, and nothing holds in its stead.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
    /// `path:line`, or `default`.
    from: String,
}

/// A part of the configuration under one header.
struct Section {
    header: Option<String>,
    entries: Vec<Entry>,
}

struct Origins<'s> {
    sources: &'s Sources,
}

impl Origins<'_> {
    fn of(&self, place: Option<Place>) -> String {
        match place {
            None => "default".to_owned(),
            Some(Place { file, span }) => {
                let source = self.sources.get(file);
                format!("{}:{}", source.path, source.position(span.start).line)
            }
        }
    }

    fn entry(&self, key: &str, value: impl Into<Value>, place: Option<Place>) -> Entry {
        Entry {
            key: key.to_owned(),
            value: Some(value.into()),
            from: self.of(place),
        }
    }

    fn list(&self, key: &str, stated: Option<StatedList<'_, '_>>, otherwise: &[&str]) -> Entry {
        match stated {
            Some(list) => self.entry(key, texts(list.items), Some(list.place)),
            None if otherwise.is_empty() => Entry {
                key: key.to_owned(),
                value: None,
                from: "default".to_owned(),
            },
            None => {
                let items: Vec<Value> = otherwise.iter().map(|text| Value::from(*text)).collect();
                self.entry(key, items, None)
            }
        }
    }
}

fn texts(items: &[Val<Text<'_>>]) -> Vec<Value> {
    items.iter().map(|item| Value::from(item.value.as_str())).collect()
}

fn sections(settings: &Settings<'_>, sources: &Sources) -> Vec<Section> {
    let origins = Origins { sources };
    let fail_on = settings.fail_on();
    let term = settings.longest_term();
    let broad = settings.allow_broad();
    let end = settings.exemptions_end();
    let until = match settings.baseline_until() {
        Some(set) => origins.entry("baseline-until", date(set.value), set.place),
        None => Entry {
            key: "baseline-until".to_owned(),
            value: None,
            from: "default".to_owned(),
        },
    };
    let mut sections = vec![
        Section {
            header: None,
            entries: vec![
                origins.list("include", settings.include(), &DEFAULT_INCLUDE),
                origins.list("exclude", settings.exclude(), &[]),
                origins.entry("fail-on", fail_on.value.as_str(), fail_on.place),
            ],
        },
        Section {
            header: Some("[policy]".to_owned()),
            entries: vec![
                origins.list("secret-stores", settings.secret_stores(), &[]),
                origins.list("require", settings.required(), &[]),
            ],
        },
        Section {
            header: Some("[waiver-policy]".to_owned()),
            entries: vec![
                origins.entry("longest-term", term.value.written(), term.place),
                origins.list("not-waivable", settings.not_waivable(), &[]),
                origins.list("approvers", settings.approvers(), &[]),
                origins.entry("allow-broad", broad.value, broad.place),
                until,
                origins.entry("exemptions-end", end.value, end.place),
            ],
        },
    ];
    sections.extend(discover(settings, &origins));
    for rule in rules::all().filter(|rule| !rule.is_reading_error()) {
        sections.push(Section {
            header: Some(format!("[rules.{}]", rule.name)),
            entries: rule_entries(settings, &origins, rule),
        });
    }
    for (file, one) in settings.overrides() {
        let place = Some(Place { file, span: one.span });
        let rules = one.value.rules.iter().filter_map(|entry| {
            let level = entry.body.severity.value()?;
            Some((entry.id.as_str().to_owned(), Value::from(level.as_str())))
        });
        sections.push(Section {
            header: Some("[[overrides]]".to_owned()),
            entries: vec![
                origins.entry("paths", texts(&one.value.paths.items), place),
                origins.entry("rules", Value::Table(rules.collect()), place),
            ],
        });
    }
    for (file, _, waiver) in settings.waivers() {
        sections.push(Section {
            header: Some("[[waivers]]".to_owned()),
            entries: waiver_entries(&origins, file, &waiver.value),
        });
    }
    sections
}

/// `[discover]`, where a config has it.
fn discover(settings: &Settings<'_>, origins: &Origins<'_>) -> Vec<Section> {
    if !settings.discovers() {
        return Vec::new();
    }
    let (sources, place) = settings.discovered_sources();
    let sources: Vec<Value> = sources.into_iter().map(|kind| Value::from(kind.as_str())).collect();
    let (tests, known) = (settings.test_folders(), settings.well_known());
    let mut sections = vec![Section {
        header: Some("[discover]".to_owned()),
        entries: vec![
            origins.entry("sources", sources, place),
            origins.list("exclude", settings.discover_exclude(), &[]),
            origins.entry("test-folders", tests.value, tests.place),
            origins.entry("well-known", known.value, known.place),
            origins.list("elsewhere", settings.elsewhere(), &[]),
        ],
    }];
    let mut named = HashSet::new();
    let names: Vec<Entry> = settings
        .environment_names()
        .filter(|(name, ..)| named.insert(*name))
        .map(|(name, meaning, place)| origins.entry(&quoted(name), meaning.as_str(), Some(place)))
        .collect();
    if !names.is_empty() {
        sections.push(Section {
            header: Some("[discover.environments]".to_owned()),
            entries: names,
        });
    }
    sections.extend(settings.ignored().map(|ignored| Section {
        header: Some("[[discover.ignore]]".to_owned()),
        entries: vec![
            origins.entry("locator", ignored.written, Some(ignored.place)),
            origins.entry("reason", ignored.reason, Some(ignored.place)),
        ],
    }));
    sections
}

fn rule_entries(settings: &Settings<'_>, origins: &Origins<'_>, rule: &Rule) -> Vec<Entry> {
    let default = match rule.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    };
    let level = settings.level(rule.name).unwrap_or(Set {
        value: default,
        place: None,
    });
    let mut entries = vec![origins.entry("severity", level.value.as_str(), level.place)];
    for option in rule.options {
        let otherwise = || option.share.map_or_else(|| option.default.written(), str::to_owned);
        let unset = || origins.entry(option.name(), otherwise(), None);
        match option.kind {
            OptionKind::Tolerate => entries.push(match settings.tolerate(rule.name) {
                Some(days) => origins.entry("tolerate", format!("{}d", days.value), days.place),
                None => unset(),
            }),
            OptionKind::Season => entries.push(match settings.season(rule.name) {
                Some(set) => origins.entry("season", set.value.written(), set.place),
                None => unset(),
            }),
            OptionKind::From => entries.push(match settings.from(rule.name) {
                Some(set) => origins.entry("from", set.value.written(), set.place),
                None => unset(),
            }),
            OptionKind::LongestByKind => {
                let own = IdentityKind::ALL.iter().filter_map(|kind| {
                    let set = settings.longest_for(rule.name, *kind)?;
                    let key = format!("longest.{}", kind.as_str());
                    Some(origins.entry(&key, set.value.written(), set.place))
                });
                let own: Vec<Entry> = own.collect();
                match own.len() {
                    0 => entries.push(unset()),
                    number => {
                        entries.extend(own);
                        let others = origins.entry("longest.default", option.default.written(), None);
                        entries.extend((number < IdentityKind::ALL.len()).then_some(others));
                    }
                }
            }
            OptionKind::Longest => entries.push(match settings.longest(rule.name) {
                Some(set) => origins.entry("longest", set.value.written(), set.place),
                None => unset(),
            }),
        }
    }
    entries
}

fn waiver_entries(origins: &Origins<'_>, file: FileId, waiver: &Waiver<'_>) -> Vec<Entry> {
    let texts = [
        ("rule", &waiver.rule),
        ("subject", &waiver.subject),
        ("reason", &waiver.reason),
        ("owner", &waiver.owner),
        ("approved-by", &waiver.approved_by),
        ("ticket", &waiver.ticket),
    ];
    let mut entries: Vec<Entry> = texts
        .into_iter()
        .filter_map(|(key, field)| {
            let text = field.known()?;
            Some(origins.entry(key, text.value.as_str(), Some(Place { file, span: text.span })))
        })
        .collect();
    if let Some(expires) = waiver.expires.known() {
        let place = Some(Place {
            file,
            span: expires.span,
        });
        entries.push(origins.entry("expires", date(expires.value), place));
    }
    entries
}

fn date(date: Date) -> Value {
    let text = date.to_string();
    match text.parse::<toml::value::Datetime>() {
        Ok(date) => Value::from(date),
        Err(_) => Value::from(text),
    }
}

/// As a config file that says the same, each value with its origin behind it.
pub fn toml(settings: &Settings<'_>, sources: &Sources) -> String {
    let mut out = String::new();
    for section in sections(settings, sources) {
        if let Some(header) = &section.header {
            let _ = writeln!(out, "\n{header}");
        }
        for Entry { key, value, from } in &section.entries {
            let from = safe::line(from);
            // A rule may be milder or stricter by what it finds, which a stated severity would level out; and a
            // finding points at the option that decided it, when one is stated.
            let is_of_rule = section
                .header
                .as_deref()
                .is_some_and(|header| header.starts_with("[rules."));
            let implied = if is_of_rule && from == "default" { "# " } else { "" };
            let _ = match value {
                Some(value) => writeln!(out, "{implied}{key} = {}  # {from}", one_line(value)),
                None => writeln!(out, "# {key} is not set"),
            };
        }
    }
    out
}

/// A value on one line, with nothing that a terminal would obey.
fn one_line(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let pairs: Vec<String> = table
                .iter()
                .map(|(key, value)| format!("{key} = {}", one_line(value)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        other => other.to_string(),
    }
}

/// A basic string, with what a terminal would obey written as escapes.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if safe::is_unsafe(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

pub fn json(settings: &Settings<'_>, sources: &Sources) -> String {
    let mut numbered: Vec<(String, usize)> = Vec::new();
    let entries: Vec<Entry> = sections(settings, sources)
        .into_iter()
        .flat_map(|section| {
            let prefix = match section.header.as_deref() {
                None => String::new(),
                Some(header) => {
                    let name = header.trim_matches(['[', ']']).to_owned();
                    if header.starts_with("[[") {
                        let at = numbered.iter().filter(|(known, _)| *known == name).count();
                        numbered.push((name.clone(), at));
                        format!("{name}.{at}.")
                    } else {
                        format!("{name}.")
                    }
                }
            };
            section.entries.into_iter().map(move |entry| Entry {
                key: format!("{prefix}{}", entry.key),
                ..entry
            })
        })
        .collect();
    super::json_text(&entries)
}
