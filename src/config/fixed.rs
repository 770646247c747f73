//! Keys that a config fixes for those that extend it: they may tighten them, and not loosen them.

use super::known::{Known, KnownRule};
use super::settings::Layer;
use super::{Config, Discover, FailOn, Level, OptionKind, RuleSetting, Settings, WaiverPolicy};
use crate::decode::{Fault, List, Problem, Val};
use crate::model::{Duration, SourceKind, Text, shortened};
use crate::source::Span;

/// A layer of the configs, and a place in it.
type At = (usize, Span);

/// A key that a config fixes, and that a nearer one loosens.
#[derive(Debug, Clone)]
pub struct Loosened {
    pub at: At,
    /// Where the key is fixed.
    pub fixed: At,
    key: String,
    why: String,
}

impl Loosened {
    /// What is wrong, where `fixed` says in words where the key is fixed.
    pub fn problem(&self, fixed: &str) -> Problem {
        let message = format!("`{}` is fixed at {fixed}, and may only be tightened here", self.key);
        Problem::new(Fault::UnknownValue, self.at.1, message, self.why.clone())
            .with_help("remove it, choose a stricter value, or have it changed where it is fixed")
    }
}

/// Everything that a nearer config loosens though a farther one fixes it, the nearest config first.
pub fn loosened(settings: &Settings<'_>, known: &Known) -> Vec<Loosened> {
    let layers = settings.layers();
    let mut found = Vec::new();
    for (fixing, layer) in layers.iter().enumerate() {
        for key in layer.config.fixed.iter() {
            for nearer in 0..fixing {
                let comparison = Comparison {
                    nearer: &layers[nearer].config,
                    held: &layers[fixing..],
                    known,
                };
                let loose = comparison.loose(key.value.as_str());
                found.extend(loose.into_iter().map(|(span, why)| Loosened {
                    at: (nearer, span),
                    fixed: (fixing, key.span),
                    key: key.value.as_str().to_owned(),
                    why,
                }));
            }
        }
    }
    found.sort_by(|one, other| (one.at.0, one.at.1, &one.key).cmp(&(other.at.0, other.at.1, &other.key)));
    // A key that is fixed twice, as a whole and by itself, is loosened once.
    found.dedup_by(|one, other| one.at == other.at);
    found
}

/// One config against those that it extends.
struct Comparison<'l, 'c> {
    nearer: &'l Config<'c>,
    /// The nearest first.
    held: &'l [Layer<'c>],
    known: &'l Known,
}

/// Where something is loosened, and what held there.
type Loose = Vec<(Span, String)>;

impl<'l, 'c> Comparison<'l, 'c> {
    fn loose(&self, key: &str) -> Loose {
        let (table, name) = key.split_once('.').unwrap_or((key, ""));
        match table {
            "include" => self.shrunk(|config| Some(&config.include)),
            "exclude" => self.grown(|config| Some(&config.exclude), true),
            "fail-on" => self.fail_on(),
            "policy" => self.policy(name),
            "waiver-policy" => self.waiver_policy(name),
            "discover" => self.discover(name),
            "rules" => self.rules(name),
            "waivers" => stated(&self.nearer.waivers, "no further waivers are allowed"),
            "overrides" => stated(&self.nearer.overrides, "no further overrides are allowed"),
            _ => Loose::new(),
        }
    }

    fn held_by<T>(&self, key: impl Fn(&'l Config<'c>) -> Option<T>) -> Option<T> {
        self.held.iter().find_map(|layer| key(&layer.config))
    }

    fn fail_on(&self) -> Loose {
        let rank = |fail_on: FailOn| match fail_on {
            FailOn::Never => 0,
            FailOn::Error => 1,
            FailOn::Warning => 2,
            FailOn::Note => 3,
        };
        let held = self.held_by(|config| config.fail_on.value()).unwrap_or(FailOn::Error);
        let own = self.nearer.fail_on.known();
        let own = own.filter(|own| rank(own.value) < rank(held));
        own.map(|own| (own.span, format!("fixed at \"{}\"", held.as_str())))
            .into_iter()
            .collect()
    }

    fn policy(&self, name: &str) -> Loose {
        let mut loose = Loose::new();
        if matches!(name, "" | "secret-stores") {
            loose.extend(self.grown(|config| config.policy.get().map(|policy| &policy.secret_stores), false));
        }
        if matches!(name, "" | "require") {
            loose.extend(self.shrunk(|config| config.policy.get().map(|policy| &policy.require)));
        }
        loose
    }

    fn waiver_policy(&self, name: &str) -> Loose {
        fn policy<'l, 'c>(config: &'l Config<'c>) -> Option<&'l WaiverPolicy<'c>> {
            config.waiver_policy.get()
        }
        let Some(own) = policy(self.nearer) else {
            return Loose::new();
        };
        let mut loose = Loose::new();
        let wanted = |key: &str| name.is_empty() || name == key;
        if wanted("longest-term") {
            let held = self.held_by(|config| policy(config)?.longest_term.value());
            let held = held.unwrap_or(Duration::months(12));
            let longer = own.longest_term.known().filter(|term| term.value.is_longer_than(held));
            loose.extend(longer.map(|term| (term.span, format!("at most {held}"))));
        }
        if wanted("not-waivable") {
            loose.extend(self.shrunk(|config| policy(config).map(|policy| &policy.not_waivable)));
        }
        if wanted("approvers") {
            loose.extend(self.grown(|config| policy(config).map(|policy| &policy.approvers), false));
        }
        if wanted("allow-broad") {
            let held = self
                .held_by(|config| policy(config)?.allow_broad.value())
                .unwrap_or(false);
            let broader = own.allow_broad.known().filter(|own| own.value && !held);
            loose.extend(broader.map(|own| (own.span, "fixed at false".to_owned())));
        }
        if wanted("exemptions-end") {
            let held = self
                .held_by(|config| policy(config)?.exemptions_end.value())
                .unwrap_or(false);
            let open = own.exemptions_end.known().filter(|own| !own.value && held);
            loose.extend(open.map(|own| (own.span, "fixed at true".to_owned())));
        }
        if wanted("baseline-until")
            && let Some(held) = self.held_by(|config| policy(config)?.baseline_until.value())
        {
            let later = own.baseline_until.known().filter(|own| own.value.0 > held.0);
            loose.extend(later.map(|own| (own.span, format!("no later than {held}"))));
        }
        loose
    }

    fn discover(&self, name: &str) -> Loose {
        fn discover<'l, 'c>(config: &'l Config<'c>) -> Option<&'l Discover<'c>> {
            config.discover.get()
        }
        let Some(own) = discover(self.nearer) else {
            return Loose::new();
        };
        let mut loose = Loose::new();
        let wanted = |key: &str| name.is_empty() || name == key;
        if wanted("sources") && own.sources.stated {
            let held = self.held_by(|config| Some(&discover(config)?.sources).filter(|list| list.stated));
            let held: Vec<SourceKind> = match held {
                Some(held) => held.iter().map(|kind| kind.value).collect(),
                None => SourceKind::ALL.to_vec(),
            };
            let lost = held
                .into_iter()
                .find(|kind| !own.sources.iter().any(|own| own.value == *kind));
            loose.extend(lost.map(|lost| (own.sources.span, format!("\"{lost}\" is missing"))));
        }
        if wanted("exclude") {
            loose.extend(self.grown(|config| discover(config).map(|discover| &discover.exclude), true));
        }
        if wanted("elsewhere") {
            loose.extend(self.grown(|config| discover(config).map(|discover| &discover.elsewhere), true));
        }
        if wanted("test-folders") {
            let held = self.held_by(|config| discover(config)?.test_folders.value()) == Some(true);
            let off = own.test_folders.known().filter(|own| !own.value && held);
            loose.extend(off.map(|own| (own.span, "fixed at true".to_owned())));
        }
        if wanted("well-known") {
            let held = self.held_by(|config| discover(config)?.well_known.value()) == Some(false);
            let on = own.well_known.known().filter(|own| own.value && held);
            loose.extend(on.map(|own| (own.span, "fixed at false".to_owned())));
        }
        if wanted("environments") {
            let further = own.environments.iter().next();
            loose.extend(further.map(|entry| (entry.span, "no further names are allowed".to_owned())));
        }
        if wanted("ignore") {
            loose.extend(stated(&own.ignore, "nothing further may be ignored"));
        }
        loose
    }

    /// The rules of a name, or all of them.
    fn rules(&self, name: &str) -> Loose {
        let rules = self
            .known
            .rules
            .iter()
            .filter(|rule| name.is_empty() || rule.name == name);
        rules.flat_map(|rule| self.rule(rule)).collect()
    }

    fn rule(&self, rule: &KnownRule) -> Loose {
        let mut loose = Loose::new();
        let setting = |config: &'l Config<'c>| -> Option<&'l RuleSetting> {
            let entry = config.rules.iter().find(|entry| entry.id.as_str() == rule.name)?;
            Some(&entry.body)
        };
        let held = self
            .held_by(|config| setting(config)?.severity.value())
            .unwrap_or(rule.level);
        let why = || format!("fixed at \"{}\"", held.as_str());
        let overrides = self.nearer.overrides.iter().flat_map(|one| &one.value.rules);
        let overrides = overrides.filter(|entry| entry.id.as_str() == rule.name);
        let overridden = overrides.filter_map(|entry| entry.body.severity.known());
        let own = setting(self.nearer).and_then(|own| own.severity.known());
        let stated = own.into_iter().chain(overridden);
        loose.extend(
            stated
                .filter(|own| rank(own.value) < rank(held))
                .map(|own| (own.span, why())),
        );
        let Some(own) = setting(self.nearer) else {
            return loose;
        };
        if let Some(tolerate) = own.tolerate.known() {
            let held = self.held_by(|config| setting(config)?.tolerate.value());
            let held = held.map_or(0, |days| days.0);
            if tolerate.value.0 > held {
                loose.push((tolerate.span, format!("at most {held} days")));
            }
        }
        let default_of = |kinds: &[OptionKind]| {
            let option = rule.options.iter().find(|option| kinds.contains(&option.kind));
            option.map(|option| option.default)
        };
        if let Some(season) = own.season.known() {
            let held = self.held_by(|config| setting(config)?.season.value());
            let held = held.or(default_of(&[OptionKind::Season]));
            if let Some(held) = held.filter(|held| held.is_longer_than(season.value)) {
                loose.push((season.span, format!("at least {held}")));
            }
        }
        if let Some(from) = own.from.known() {
            let held = self.held_by(|config| setting(config)?.from.value());
            let held = held.or(default_of(&[OptionKind::From]));
            if let Some(held) = held.filter(|held| from.value.is_longer_than(*held)) {
                loose.push((from.span, format!("at most {held}")));
            }
        }
        if let Some(longest) = own.longest.get() {
            for (kind, time) in longest.0.stated() {
                let of_kind = |config: &'l Config<'c>| {
                    let longest = &setting(config)?.longest.get()?.0;
                    let own = kind.and_then(|kind| longest.own(kind)).map(|(time, _)| time);
                    own.or_else(|| longest.default.value())
                };
                let kinds = [OptionKind::Longest, OptionKind::LongestByKind];
                let held = self.held_by(of_kind).or(default_of(&kinds));
                if let Some(held) = held.filter(|held| time.value.is_longer_than(*held)) {
                    loose.push((time.span, format!("at most {held}")));
                }
            }
        }
        loose
    }

    /// A list that lacks something that holds.
    fn shrunk(&self, list: impl Fn(&'l Config<'c>) -> Option<&'l List<Text<'c>>>) -> Loose {
        let Some(own) = list(self.nearer).filter(|own| own.stated) else {
            return Loose::new();
        };
        let held = self.held_by(|config| list(config).filter(|list| list.stated));
        let held = held.map(|list| &*list.items).unwrap_or_default();
        let lost = held.iter().find(|held| !has(&own.items, held));
        lost.map(|lost| (own.span, format!("\"{}\" is missing", shortened(&lost.value))))
            .into_iter()
            .collect()
    }

    /// A list that has something that does not hold. Where no list holds, anything goes or, if `none`, nothing.
    fn grown(&self, list: impl Fn(&'l Config<'c>) -> Option<&'l List<Text<'c>>>, none: bool) -> Loose {
        let Some(own) = list(self.nearer).filter(|own| own.stated) else {
            return Loose::new();
        };
        let held = self.held_by(|config| list(config).filter(|list| list.stated));
        let Some(held) = held.map(|list| &*list.items).or(none.then_some(&[])) else {
            return Loose::new();
        };
        let new = own.items.iter().find(|own| !has(held, own));
        new.map(|new| (new.span, "not in the fixed list".to_owned()))
            .into_iter()
            .collect()
    }
}

fn rank(level: Level) -> u8 {
    match level {
        Level::Off => 0,
        Level::Note => 1,
        Level::Warning => 2,
        Level::Error => 3,
    }
}

fn has(items: &[Val<Text<'_>>], one: &Val<Text<'_>>) -> bool {
    items.iter().any(|item| item.value.as_str() == one.value.as_str())
}

fn stated<T>(list: &List<T>, why: &str) -> Loose {
    let items = list.iter().map(|item| (item.span, why.to_owned()));
    items.collect()
}
