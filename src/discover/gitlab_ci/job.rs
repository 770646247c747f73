//! Jobs, templates and what holds for all of them.

use super::{VARIABLE, names, predefined, shell};
use crate::discover::secret_name;
use crate::discover::yaml::Node;
use crate::discover::{Demand, Fact, Rank, Shows, Sighting, Suggests, What, demand_of};
use crate::model::{Credential, IdentityKind};
use crate::source::Span;
use hashbrown::{HashMap, HashSet};
use std::ops::Range;

/// Keys of a document that are no jobs.
const NO_JOBS: [&str; 8] = [
    "stages",
    "include",
    "spec",
    "cache",
    "image",
    "services",
    "workflow",
    "variables",
];

const SCRIPTS: [&str; 3] = ["script", "before_script", "after_script"];

/// A deployment environment whose name is literal.
#[derive(Clone, Copy)]
struct Environment<'n> {
    name: &'n str,
    span: Span,
}

/// What was seen, each place once, whoever leads to it.
struct Found<'n, 's> {
    shows: &'s mut Shows,
    sightings: HashMap<(String, Span), usize>,
    /// Texts that were read.
    read: HashSet<Span>,
    /// Texts that were read once more, for an environment.
    again: HashSet<(Span, &'n str)>,
    /// How many bytes may be read once more.
    budget: usize,
}

/// How many bytes of a short file are read for further environments. Of a longer one, as many as it has.
const MIN_BUDGET: usize = 128 << 10;

/// Adds what the jobs of a document show, and what their scripts set. `length` is that of the file.
pub fn see_all(document: Node<'_, '_>, length: usize, shows: &mut Shows) {
    let mut found = Found {
        shows,
        sightings: HashMap::new(),
        read: HashSet::new(),
        again: HashSet::new(),
        budget: length.max(MIN_BUDGET),
    };
    for (key, value) in document.own_entries() {
        let Some(key) = key.text() else { continue };
        match key {
            "variables" => found.variables(value, None),
            "workflow" => value
                .get("rules")
                .into_iter()
                .for_each(|rules| found.rules(rules, None)),
            _ if SCRIPTS.contains(&key) => found.scripts(value, None),
            // The defaults of jobs are written as a job is. An alias is a job that was met where it is written.
            _ if !NO_JOBS.contains(&key) && value.is_map() && !value.is_alias() => found.job(value),
            _ => {}
        }
    }
}

impl<'n> Found<'n, '_> {
    fn job(&mut self, job: Node<'n, '_>) {
        let parts: Vec<(&str, Node<'n, '_>)> = job
            .entries()
            .filter_map(|(key, value)| Some((key.text()?, value)))
            .collect();
        let environment = parts.iter().find(|(key, _)| *key == "environment");
        let environment = environment.and_then(|(_, value)| environment_of(*value));
        for (key, value) in parts {
            match key {
                "variables" => self.variables(value, environment),
                "rules" => self.rules(value, environment),
                "id_tokens" => self.tokens(value, environment),
                _ if SCRIPTS.contains(&key) => self.scripts(value, environment),
                _ => {}
            }
        }
    }

    fn rules(&mut self, rules: Node<'n, '_>, environment: Option<Environment<'n>>) {
        for rule in rules.items() {
            if let Some(variables) = rule.get("variables") {
                self.variables(variables, environment);
            }
        }
    }

    fn variables(&mut self, variables: Node<'n, '_>, environment: Option<Environment<'n>>) {
        for (_, value) in variables.entries() {
            let is_raw = || value.get("expand").and_then(Node::text) == Some("false");
            let value = match value.get("value") {
                Some(_) if is_raw() => continue,
                Some(value) => value,
                None => value,
            };
            if let Some(text) = self.text(value, environment) {
                for (name, range) in uses_in_value(text) {
                    self.variable(name, value.at(range), environment);
                }
            }
        }
    }

    /// A script: a text, or a list of texts and lists.
    fn scripts(&mut self, script: Node<'n, '_>, environment: Option<Environment<'n>>) {
        let mut ahead = vec![script];
        while let Some(node) = ahead.pop() {
            // A reference names a job and a key of it.
            if node.tag().is_some_and(|tag| tag == "!reference") {
                continue;
            }
            if node.is_list() {
                let from = ahead.len();
                ahead.extend(node.items());
                ahead[from..].reverse();
            } else if let Some(text) = self.text(node, environment) {
                let read = shell::read(text);
                self.shows.defines.extend(read.defines.into_iter().map(str::to_owned));
                for (name, range) in read.uses {
                    self.variable(name, node.at(range), environment);
                }
            }
        }
    }

    /// A text that was not yet read for an environment.
    fn text(&mut self, node: Node<'n, '_>, environment: Option<Environment<'n>>) -> Option<&'n str> {
        let text = node.text().filter(|text| text.contains(['$', '=', ' ']))?;
        if self.read.insert(node.span()) {
            self.again
                .extend(environment.map(|environment| (node.span(), environment.name)));
            return Some(text);
        }
        let is_new = self.again.insert((node.span(), environment?.name));
        self.budget = self.budget.checked_sub(text.len()).filter(|_| is_new)?;
        Some(text)
    }

    fn tokens(&mut self, tokens: Node<'n, '_>, environment: Option<Environment<'n>>) {
        for (key, _) in tokens.entries() {
            let Some(name) = key.text().filter(|text| !text.is_empty() && names::name(text) == *text) else {
                continue;
            };
            self.add(
                Sighting {
                    locator: format!("gitlab-oidc:{name}"),
                    also: Vec::new(),
                    span: key.span(),
                    rank: Rank::Unclassified,
                    by_use: false,
                    demand: Demand::Shown,
                    suggests: Suggests {
                        credential: Some(Credential::Federated),
                        ..Suggests::default()
                    },
                    facts: Vec::new(),
                },
                environment,
            );
        }
    }

    fn variable(&mut self, name: &str, span: Span, environment: Option<Environment<'n>>) {
        let rank = secret_name::by_name(name);
        let is_local = || rank != Rank::Credential && name.bytes().any(|byte| byte.is_ascii_lowercase());
        if predefined::is_predefined(name) || is_local() {
            return;
        }
        let mut facts = Vec::new();
        if rank == Rank::Credential {
            facts
                .extend([What::StaticCredential("a secret"), What::Store("gitlab-ci")].map(|what| Fact { span, what }));
        }
        self.add(
            Sighting {
                locator: format!("{VARIABLE}{name}"),
                also: Vec::new(),
                span,
                rank,
                by_use: false,
                demand: demand_of_variable(rank),
                suggests: Suggests {
                    kind: Some(IdentityKind::ApiKey),
                    credential: Some(Credential::StaticSecret),
                    store: Some("gitlab-ci"),
                    ..Suggests::default()
                },
                facts,
            },
            environment,
        );
    }

    fn add(&mut self, mut sighting: Sighting, environment: Option<Environment<'n>>) {
        sighting.facts.extend(environment.map(|environment| Fact {
            span: environment.span,
            what: What::Environment(environment.name.to_owned()),
        }));
        let key = (sighting.locator.clone(), sighting.span);
        match self
            .sightings
            .get(&key)
            .and_then(|at| self.shows.sightings.get_mut(*at))
        {
            Some(known) => {
                sighting.facts.retain(|fact| !known.facts.contains(fact));
                known.facts.extend(sighting.facts);
            }
            None => {
                self.sightings.insert(key, self.shows.sightings.len());
                self.shows.sightings.push(sighting);
            }
        }
    }
}

/// What is asked of a variable: of one whose name says nothing, nothing is.
pub fn demand_of_variable(rank: Rank) -> Demand {
    match demand_of(rank) {
        Demand::AskedFor => Demand::Shown,
        demand => demand,
    }
}

fn environment_of<'n>(stated: Node<'n, '_>) -> Option<Environment<'n>> {
    let name = if stated.is_map() { stated.get("name")? } else { stated };
    let text = name.text()?.trim();
    let is_literal = !text.is_empty() && !text.contains('$');
    is_literal.then(|| Environment {
        name: text,
        span: name.span(),
    })
}

/// The variables that a value of `variables` uses: there are no quotes, and `$$` is a dollar.
pub fn uses_in_value(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut uses = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'$', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += next + 1;
        let braces = usize::from(bytes.get(at) == Some(&b'{'));
        let begins = bytes.get(at + braces).copied().is_some_and(names::is_name_start);
        if bytes[at - 1] == b'\\' || !begins {
            at += 1;
            continue;
        }
        let name = names::name(&text[at + braces..]);
        let end = at + braces + name.len();
        let behind = &text[end..];
        let is_whole = if braces == 0 {
            !behind.starts_with("$[[")
        } else {
            behind.starts_with('}')
        };
        if is_whole {
            uses.push((name, end - name.len()..end));
        }
        at = end;
    }
    uses
}
