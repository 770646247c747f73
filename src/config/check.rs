//! Whether a config file says only what it can say.

use super::known::{KEYS, Known, KnownRule};
use super::words::DIALECT;
use super::{Config, Level, OptionKind, RuleSetting, renamed};
use crate::decode::{self, Entry, Fault, Field, OneOrTable, Problem, Val};
use crate::model::{Text, nearest, shortened};
use crate::source::{Source, Span};
use crate::workspace::pattern;

/// Reads a config file, and gives what it says with what is wrong with it.
pub fn read<'a>(source: &'a Source, known: &Known) -> (Config<'a>, Vec<Problem>) {
    let mut decoded = decode::decode::<Config<'_>>(source, &DIALECT);
    renamed::to_current(&mut decoded.value, known);
    let mut check = Check {
        known,
        problems: decoded.problems,
    };
    check.config(&decoded.value);
    let mut problems = check.problems;
    decode::say_once(&mut problems);
    problems.sort_by_key(|problem| problem.span);
    (decoded.value, problems)
}

pub(super) struct Check<'k> {
    known: &'k Known,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn config(&mut self, config: &Config<'_>) {
        for entry in &config.rules {
            self.rule_setting(entry);
        }
        let overridden = config.overrides.iter().flat_map(|one| one.value.paths.iter());
        for glob in config.include.iter().chain(config.exclude.iter()).chain(overridden) {
            self.glob(glob);
        }
        if let Some(policy) = config.policy.get() {
            for key in policy.require.iter() {
                self.required_key(key);
            }
        }
        for key in config.fixed.iter() {
            self.fixed_key(key);
        }
        if let Some(policy) = config.waiver_policy.get() {
            for name in policy.not_waivable.iter() {
                self.rule_named(&name.value, name.span, Fault::UnknownValue);
            }
        }
        self.discover(config);
        for waiver in config.waivers.iter() {
            for (key, field) in [("rule", &waiver.value.rule), ("subject", &waiver.value.subject)] {
                if field.is_absent() {
                    let message = format!("a waiver needs `{key}`");
                    self.problem(Fault::MissingKey, waiver.span, message, "a required key is missing");
                }
            }
            if let Some(rule) = waiver.value.rule.known() {
                self.rule_named(&rule.value, rule.span, Fault::UnknownValue);
            }
        }
        for one in config.overrides.iter() {
            if !one.value.paths.stated {
                let message = "an override needs `paths`".to_owned();
                self.problem(Fault::MissingKey, one.span, message, "a required key is missing");
            }
            for entry in &one.value.rules {
                let rule = self.rule_named(&entry.id, entry.span, Fault::UnknownKey);
                if let Some(is_reading_error) = rule.map(|rule| rule.is_reading_error) {
                    self.severity(&entry.id, is_reading_error, &entry.body.severity);
                }
            }
        }
    }

    pub(super) fn problem(&mut self, fault: Fault, span: Span, message: String, label: &str) {
        self.problems.push(Problem::new(fault, span, message, label));
    }

    pub(super) fn glob(&mut self, glob: &Val<Text<'_>>) {
        if let Err(fault) = pattern::check(&glob.value) {
            let problem = Problem::new(Fault::UnknownValue, glob.span, fault.message(), "not a path pattern");
            self.problems.push(match fault.help() {
                Some(help) => problem.with_help(help),
                None => problem,
            });
        }
    }

    /// A key that a nearer config may only tighten.
    fn fixed_key(&mut self, key: &Val<Text<'_>>) {
        let text = &*shortened(&key.value);
        if let Some(rule) = key.value.strip_prefix("rules.") {
            self.rule_named(rule, key.span, Fault::UnknownValue);
        } else if !KEYS.contains(&key.value.as_str()) {
            let near = nearest(&key.value, KEYS.iter().copied());
            let label = near.map_or_else(
                || "not a key such as fail-on, rules.stale-report or waiver-policy".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("\"{text}\" is not a key that can be fixed");
            self.problem(Fault::UnknownValue, key.span, message, &label);
        }
    }

    /// A table and one of its keys, with a dot between them.
    fn required_key(&mut self, key: &Val<Text<'_>>) {
        let text = &*shortened(&key.value);
        let (table, name) = key.value.split_once('.').unwrap_or((&key.value, ""));
        let Some((table, keys)) = self.known.keys.iter().find(|(known, _)| *known == table) else {
            let near = nearest(table, self.known.keys.iter().map(|(table, _)| *table));
            let message = format!("\"{text}\" is not a key of a table of entities");
            let label = near.map(|near| format!("did you mean `{near}.{name}`?"));
            let label = label.unwrap_or_else(|| "not a table and a key, such as services.financial-impact".to_owned());
            return self.problem(Fault::UnknownValue, key.span, message, &label);
        };
        if keys.contains(&name) {
            return;
        }
        let message = format!("`{table}` has no key `{}`", shortened(name));
        let label = match nearest(name, keys.iter().copied()) {
            Some(near) => format!("did you mean `{table}.{near}`?"),
            None => "not a key of this table".to_owned(),
        };
        self.problem(Fault::UnknownValue, key.span, message, &label);
    }

    /// The rule of a name; if there is none, that is reported with the nearest one.
    fn rule_named(&mut self, name: &str, span: Span, fault: Fault) -> Option<&KnownRule> {
        if let Some(rule) = self.known.rules.iter().find(|rule| rule.name == name) {
            return Some(rule);
        }
        let near = nearest(name, self.known.rules.iter().map(|rule| rule.name));
        let label = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "not a rule".to_owned(),
        };
        let message = format!("there is no rule `{}`", shortened(name));
        let problem = Problem::new(fault, span, message, label);
        self.problems
            .push(problem.with_help("`soclint rules` lists every rule"));
        None
    }

    fn rule_setting(&mut self, entry: &Entry<'_, OneOrTable<RuleSetting>>) {
        let name = entry.id.as_str();
        let Some(rule) = self.rule_named(name, entry.span, Fault::UnknownKey) else {
            return;
        };
        let (is_reading_error, options) = (rule.is_reading_error, rule.options);
        let setting = &entry.body;
        self.severity(name, is_reading_error, &setting.severity);
        let stated = [
            ("longest", setting.longest.known().map(|val| val.span)),
            ("tolerate", setting.tolerate.known().map(|val| val.span)),
            ("season", setting.season.known().map(|val| val.span)),
            ("from", setting.from.known().map(|val| val.span)),
        ];
        for (option, span) in stated {
            if let Some(span) = span
                && !options.iter().any(|known| known.name() == option)
            {
                let message = format!("the rule `{name}` has no option `{option}`");
                self.problem(Fault::UnknownKey, span, message, "not an option of this rule");
            }
        }
        if let Some(longest) = setting.longest.known()
            && longest.value.states_kinds()
            && options.iter().any(|known| known.kind == OptionKind::Longest)
        {
            let message = format!("the option `longest` of `{name}` is one duration");
            self.problem(Fault::WrongType, longest.span, message, "not by kind of identity");
        }
    }

    fn severity(&mut self, rule: &str, is_reading_error: bool, severity: &Field<Level>) {
        if let Some(severity) = severity.known()
            && is_reading_error
            && severity.value != Level::Error
        {
            let message = format!("`{rule}` cannot be turned off or lowered: it reports parse errors");
            self.problem(
                Fault::UnknownValue,
                severity.span,
                message,
                "only \"error\" is possible",
            );
        }
    }
}
