//! What became of findings between two states.

use super::rename::Renames;
use crate::finding::Finding;
use crate::source::Sources;
use crate::triage::{Key, Outcome, Waived};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What was found in a state, and what of it counts.
#[derive(Clone, Copy)]
pub struct Judged<'c> {
    pub outcome: &'c Outcome,
    pub sources: &'c Sources,
}

/// What became of findings.
#[derive(Default)]
pub struct Findings<'c> {
    pub new: Vec<&'c Finding>,
    /// As they were.
    pub resolved: Vec<&'c Finding>,
    /// Of one rule about one subject, before and now: another fact, or another severity.
    pub changed: Vec<(&'c Finding, &'c Finding)>,
    pub waived: Vec<&'c Waived>,
    pub adopted: Vec<&'c Finding>,
    /// What the base's config would show of this state, and its own does not.
    pub hidden: Vec<&'c Finding>,
}

/// A rule and its subject, as it is called now.
type About = (String, String);

/// Findings by what they are about, those of the base as they are called now.
struct Grouped<'c> {
    by: BTreeMap<About, Vec<(String, &'c Finding)>>,
}

impl<'c> Grouped<'c> {
    fn of(findings: impl Iterator<Item = &'c Finding>, sources: &Sources, renames: Option<&Renames>) -> Self {
        let mut by: BTreeMap<About, Vec<(String, &'c Finding)>> = BTreeMap::new();
        for finding in findings {
            let key = renamed(Key::of(finding, sources), renames);
            by.entry((key.rule, key.subject)).or_default().push((key.fact, finding));
        }
        for findings in by.values_mut() {
            findings.sort_by(|one, other| {
                let key = |(fact, finding): &(String, &Finding)| (fact.clone(), finding.severity);
                key(one).cmp(&key(other))
            });
        }
        Self { by }
    }

    fn facts(self) -> Facts {
        let all = self.by.into_iter();
        all.map(|(about, findings)| (about, findings.into_iter().map(|(fact, _)| fact).collect()))
            .collect()
    }
}

/// What a finding is known by once what it is about, or what decided it, is called otherwise.
fn renamed(mut key: Key, renames: Option<&Renames>) -> Key {
    let Some(renames) = renames.filter(|renames| !renames.is_empty()) else {
        return key;
    };
    if let Some(now) = renames.now(&key.subject) {
        key.subject = now.to_owned();
    }
    for (base, head) in renames.iter() {
        let names = |path: &str| {
            let (namespace, rest) = path
                .split_once('/')
                .map_or(("", path), |(namespace, rest)| (namespace, rest));
            let id = rest.split_once('.').map_or(rest, |(_, id)| id).to_owned();
            let name = if namespace.is_empty() {
                id.clone()
            } else {
                format!("{namespace}/{id}")
            };
            [path.to_owned(), name, id]
        };
        let (old, new) = (names(base), names(head));
        if let Some(at) = old.iter().position(|name| *name == key.fact) {
            key.fact.clone_from(&new[at]);
            break;
        }
    }
    key
}

/// Findings of two sides, put side by side.
struct Paired<'c> {
    /// Of the same fact.
    same: Vec<(&'c Finding, &'c Finding)>,
    /// Of one rule about one subject, and of another fact.
    other: Vec<(&'c Finding, &'c Finding)>,
    gone: Vec<(About, String, &'c Finding)>,
    come: Vec<&'c Finding>,
}

impl<'c> Paired<'c> {
    fn of(mut was: Grouped<'c>, now: Grouped<'c>) -> Self {
        let mut paired = Self {
            same: Vec::new(),
            other: Vec::new(),
            gone: Vec::new(),
            come: Vec::new(),
        };
        for (about, mut new) in now.by {
            let mut old = was.by.remove(&about).unwrap_or_default();
            // The same fact first; of what is left, the first with the first.
            new.retain(
                |(fact, finding)| match old.iter().position(|(before, _)| before == fact) {
                    Some(at) => {
                        paired.same.push((old.remove(at).1, *finding));
                        false
                    }
                    None => true,
                },
            );
            let pairs = old.len().min(new.len());
            let (gone, come) = (old.split_off(pairs), new.split_off(pairs));
            let old = old.into_iter().map(|(_, finding)| finding);
            paired
                .other
                .extend(old.zip(new.into_iter().map(|(_, finding)| finding)));
            paired.come.extend(come.into_iter().map(|(_, finding)| finding));
            paired
                .gone
                .extend(gone.into_iter().map(|(fact, finding)| (about.clone(), fact, finding)));
        }
        for (about, old) in was.by {
            let old = old.into_iter();
            paired
                .gone
                .extend(old.map(|(fact, finding)| (about.clone(), fact, finding)));
        }
        paired
    }
}

/// Compares what is found on either side; `under_base` is what the base's config would show of the head.
pub fn findings<'c>(
    base: Judged<'c>,
    head: Judged<'c>,
    under_base: Option<Judged<'c>>,
    renames: &Renames,
) -> Findings<'c> {
    let shown = |judged: Judged<'c>, renames| Grouped::of(judged.outcome.findings.iter(), judged.sources, renames);
    let mut found = Findings::default();
    let before = shown(base, Some(renames)).facts();
    let aside = Aside::of(head);
    if let Some(under) = under_base {
        // What is new and hidden at once is hidden, too.
        let hidden = Paired::of(shown(under, None), shown(head, None)).gone.into_iter();
        let hidden = hidden.filter(|(about, fact, _)| !aside.has(about, fact));
        found.hidden = hidden.map(|(_, _, finding)| finding).collect();
    }
    let hidden = Grouped::of(
        found.hidden.iter().copied(),
        under_base.map_or(head.sources, |under| under.sources),
        None,
    );
    let hidden = hidden.facts();
    let paired = Paired::of(shown(base, Some(renames)), shown(head, None));
    found.new = paired.come;
    let graver = paired
        .same
        .into_iter()
        .filter(|(before, now)| before.severity != now.severity);
    found.changed = paired.other.into_iter().chain(graver).collect();
    let nowhere = paired.gone.into_iter().filter(|(about, fact, _)| {
        let old = before.get(about);
        !(aside.has(about, fact) || aside.has_another(about, old) || has_another(&hidden, about, Some(fact), old))
    });
    found.resolved = nowhere.map(|(_, _, finding)| finding).collect();
    set_aside(&mut found, base, head, renames);
    found.sort(renames);
    found
}

/// The facts of each rule and subject.
type Facts = BTreeMap<About, BTreeSet<String>>;

/// Whether there is a fact, or one that was not among the old ones and so is what became of one of them.
fn has_another(facts: &Facts, about: &About, fact: Option<&String>, old: Option<&BTreeSet<String>>) -> bool {
    facts.get(about).is_some_and(|facts| {
        fact.is_some_and(|fact| facts.contains(fact))
            || facts.iter().any(|fact| !old.is_some_and(|old| old.contains(fact)))
    })
}

/// What is found, and not shown because something else holds it back.
struct Aside {
    /// Waived or adopted.
    held: Facts,
    /// Another that is shown takes precedence over it.
    yielded: Facts,
}

impl Aside {
    fn of(judged: Judged<'_>) -> Self {
        let outcome = judged.outcome;
        let waived = outcome.waived.iter().map(|waived| &waived.finding);
        Self {
            held: Grouped::of(waived.chain(&outcome.baselined), judged.sources, None).facts(),
            yielded: Grouped::of(outcome.yielded.iter(), judged.sources, None).facts(),
        }
    }

    fn has(&self, about: &About, fact: &String) -> bool {
        let has = |facts: &Facts| facts.get(about).is_some_and(|facts| facts.contains(fact));
        has(&self.held) || has(&self.yielded)
    }

    fn has_another(&self, about: &About, old: Option<&BTreeSet<String>>) -> bool {
        has_another(&self.held, about, None, old)
    }
}

/// What is waived or adopted now and was not.
fn set_aside<'c>(found: &mut Findings<'c>, base: Judged<'c>, head: Judged<'c>, renames: &Renames) {
    let waived = base.outcome.waived.iter().map(|waived| &waived.finding);
    let waived = Grouped::of(waived, base.sources, Some(renames)).facts();
    let adopted = Grouped::of(base.outcome.baselined.iter(), base.sources, Some(renames)).facts();
    let is_new = |finding: &Finding, before: &Facts| {
        let key = Key::of(finding, head.sources);
        let facts = before.get(&(key.rule, key.subject));
        !facts.is_some_and(|facts| facts.contains(&key.fact))
    };
    found.waived = head
        .outcome
        .waived
        .iter()
        .filter(|one| is_new(&one.finding, &waived))
        .collect();
    found.adopted = head
        .outcome
        .baselined
        .iter()
        .filter(|one| is_new(one, &adopted))
        .collect();
}

impl Findings<'_> {
    /// By subject, as it is called now, then by rule and place.
    fn sort(&mut self, renames: &Renames) {
        fn by<'f>(finding: &'f Finding, renames: &'f Renames, old: bool) -> (Cow<'f, str>, &'static str, &'f str) {
            let now = renames.now(&finding.subject).filter(|_| old);
            let subject = now.unwrap_or(&finding.subject);
            (Cow::Borrowed(subject), finding.rule, &*finding.message)
        }
        for findings in [&mut self.new, &mut self.adopted, &mut self.hidden] {
            findings.sort_by(|one, other| by(one, renames, false).cmp(&by(other, renames, false)));
        }
        self.resolved
            .sort_by(|one, other| by(one, renames, true).cmp(&by(other, renames, true)));
        self.changed
            .sort_by(|(_, one), (_, other)| by(one, renames, false).cmp(&by(other, renames, false)));
        self.waived
            .sort_by(|one, other| by(&one.finding, renames, false).cmp(&by(&other.finding, renames, false)));
    }
}
