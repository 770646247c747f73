//! `compare` means what it says, over all cases and estates: what means the same is no change, what is changed is told and
//! nothing else, and the other way round it is the same from the other side.

mod period;
mod replaced;
mod rewritten;
mod sides;

use super::inventory::{AS_OF, cases, session};
use crate::finding::Finding;
use crate::manifest::as_read::AsRead;
use crate::session::Session;
use crate::source::{Source, Sources};
use crate::triage::{Choice, Key, Outcome};
use crate::views::{Change, Compared, Comparison, EntityChange, Ran, compare};
use rayon::prelude::*;
use rewritten::{Estate, Random};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Compares two estates, as the command does.
fn with<T>(base: &Session, head: &Session, all: bool, of: impl FnOnce(&Comparison<'_>, &Outcome, &Outcome) -> T) -> T {
    let choice = Choice::default();
    let (was, is) = (base.link(AS_OF), head.link(AS_OF));
    let (old, new) = (was.outcome(&choice, None), is.outcome(&choice, None));
    let under = (!head.is_configured_as(base)).then(|| under(base, head));
    let linked = under.as_ref().map(|session| session.link(AS_OF));
    let outcome = linked.as_ref().map(|linked| linked.outcome(&choice, None));
    let under = under
        .as_ref()
        .zip(linked.as_ref())
        .zip(outcome.as_ref())
        .map(|((session, linked), outcome)| Ran {
            session,
            linked,
            outcome,
        });
    let ran = |session, linked, outcome| Ran {
        session,
        linked,
        outcome,
    };
    let base = Compared {
        name: "base",
        ran: ran(base, &was, &old),
    };
    let head = Compared {
        name: "head",
        ran: ran(head, &is, &new),
    };
    of(&compare(base, head, under, all), &old, &new)
}

/// The head's texts by the base's config.
fn under(base: &Session, head: &Session) -> Session {
    let copy = |source: &Source| Source::new(source.path.clone(), source.text.clone());
    let manifests = head.sources().iter().map(|(_, source)| copy(source)).collect();
    let configs = base.sources().configs().iter().map(|config| copy(config)).collect();
    Session::of_texts_at(head.root().clone(), manifests, configs).unwrap()
}

/// Every estate that can be read without a remark, with a seed of its own.
fn estates() -> Vec<(PathBuf, Estate, u64)> {
    let numbered = cases().into_iter().zip(1..);
    numbered
        .filter_map(|(case, seed)| {
            let session = session(&case)?;
            let estate = Estate::of(&case, &session)?;
            Some((case, estate, seed))
        })
        .collect()
}

/// Checks every estate; each wrong thing is said with its case.
fn each(wrong: impl Fn(&Estate, &mut Random) -> (usize, Vec<String>) + Sync) -> usize {
    let all: Vec<(usize, Vec<String>)> = estates()
        .par_iter()
        .map(|(case, estate, seed)| {
            let (count, wrong) = wrong(estate, &mut Random::new(*seed));
            let wrong = wrong.into_iter().map(|wrong| format!("{}: {wrong}", case.display()));
            (count, wrong.collect())
        })
        .collect();
    let wrong: Vec<&String> = all.iter().flat_map(|(_, wrong)| wrong).collect();
    let shown: Vec<&str> = wrong.iter().take(20).map(|wrong| wrong.as_str()).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), shown.join("\n"));
    all.iter().map(|(count, _)| count).sum()
}

fn told(findings: &[&Finding], sources: &Sources) -> Vec<String> {
    let mut keys: Vec<String> = findings
        .iter()
        .map(|finding| {
            let Key { rule, subject, fact } = Key::of(finding, sources);
            format!("{rule} {subject} {fact}")
        })
        .collect();
    keys.sort();
    keys
}

/// Everything that is declared, covered or needed otherwise, in words.
fn declared(comparison: &Comparison<'_>) -> Vec<String> {
    let scope = comparison.scope.iter().map(|change| format!("{change:?}"));
    let coverage = comparison.coverage.iter().map(|change| format!("{change:?}"));
    let needs = comparison.needs.iter().map(|change| format!("{change:?}"));
    let config = comparison.config.iter().map(|change| format!("{change:?}"));
    scope.chain(coverage).chain(needs).chain(config).collect()
}

#[test]
fn another_order_and_other_files_are_no_change() {
    let count = each(|estate, random| {
        let base = estate.session(random);
        let moved = estate.moved(random).session(random);
        let wrong = with(&base, &moved, true, |comparison, _, _| {
            let mut wrong = declared(comparison);
            let [base, head, _] = comparison.sources;
            let found = &comparison.findings;
            // What is about a file is about another one now.
            let is_of_file = |said: &String| said.contains(".toml ");
            wrong.extend(told(&found.new, head).into_iter().filter(|said| !is_of_file(said)));
            wrong.extend(told(&found.resolved, base).into_iter().filter(|said| !is_of_file(said)));
            wrong.extend(found.changed.iter().map(|(_, now)| now.message.to_string()));
            wrong
        });
        (1, wrong)
    });
    assert!(count > 700, "{count}");
}

#[test]
fn other_words_for_the_same_are_no_change() {
    let count = each(|estate, random| {
        let base = estate.session(random);
        let other = estate.respelt(random);
        let other = if random.one_in(2) { other.moved(random) } else { other };
        (
            1,
            with(&base, &other.session(random), true, |comparison, _, _| {
                declared(comparison)
            }),
        )
    });
    assert!(count > 700, "{count}");
}

#[test]
fn what_is_taken_out_is_told_and_nothing_else() {
    let count = each(|estate, random| {
        let base = estate.session(random);
        let mut wrong = Vec::new();
        let mut count = 0;
        for _ in 0..3 {
            let at = random.below(estate.manifests.len().max(1));
            let Some(manifest) = estate.manifests.get(at) else {
                break;
            };
            if manifest.entities.is_empty() {
                continue;
            }
            let which = random.below(manifest.entities.len());
            let entity = &manifest.entities[which];
            if entity.keys.is_empty() {
                continue;
            }
            let key = random.below(entity.keys.len());
            let (name, path) = (entity.keys[key].0.clone(), entity.path(&manifest.namespace()));
            let is_profile = entity.table == "profiles";
            let mut other = estate.clone();
            other.manifests[at].entities[which].keys.remove(key);
            let moved = if random.one_in(2) { other.moved(random) } else { other };
            let scope = with(&base, &moved.session(random), false, |comparison, _, _| {
                comparison.scope.clone()
            });
            let texts = ["title", "description", "contact", "ticket"];
            let reaching = |change: &EntityChange| change.subject == path && change.reaches.is_some();
            let is_right = match scope.as_slice() {
                [] => texts.contains(&name.as_str()) || is_profile || says_nothing(&name, &entity.keys[key].1),
                [one] if is_profile => reaching(one) && keys_of(one) == [name.clone()],
                // Another profile is other keys, and none of its own.
                [one] if name == "profile" => one.subject == path && !keys_of(one).is_empty(),
                [one] => one.subject == path && keys_of(one) == [name.clone()] && one.change == Change::Changed,
                _ => false,
            };
            if !is_right {
                wrong.push(format!("{path} without {name}: {scope:?}"));
            }
            count += 1;
        }
        (count, wrong)
    });
    assert!(count > 1_000, "{count}");
}

/// Whether a value excuses nothing, or is what its file says anyway.
fn says_nothing(key: &str, value: &toml::Value) -> bool {
    let excuses = value
        .as_str()
        .is_some_and(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 1);
    match key {
        "owner" | "profile" => true,
        "reason"
        | "did-not-operate"
        | "csocs-not-needed"
        | "icfr-alternative"
        | "alternative-procedures"
        | "authentication-reason"
        | "short-period-reason"
        | "assurance-note"
        | "keep" => !excuses,
        _ => false,
    }
}

fn keys_of(change: &EntityChange) -> Vec<String> {
    change.keys.iter().map(|key| key.key.clone()).collect()
}

#[test]
fn what_an_edit_of_the_config_hides_is_no_longer_reported() {
    let count = each(|estate, random| {
        let base = estate.session(random);
        let outcome = base.link(AS_OF).outcome(&Choice::default(), None);
        let rules: BTreeSet<&str> = outcome.findings.iter().map(|finding| finding.rule).collect();
        let mut wrong = Vec::new();
        let mut count = 0;
        let rules = rules.into_iter().filter(|rule| !crate::rules::is_reading_error(rule));
        for rule in rules.take(2) {
            let mut other = estate.clone();
            let text = format!("[[overrides]]\npaths = [\"**\"]\nrules = {{ {rule} = \"off\" }}\n");
            match other.configs.first_mut() {
                Some((_, config)) => config.push_str(&format!("\n{text}")),
                None => other.configs.push(("soclint.toml".to_owned(), text)),
            }
            with(&base, &other.session(random), false, |comparison, _, _| {
                let found = &comparison.findings;
                let of_rule = outcome.findings.iter().filter(|finding| finding.rule == rule).count();
                let hidden = found.hidden.iter().filter(|finding| finding.rule == rule).count();
                if hidden != of_rule || found.resolved.iter().any(|finding| finding.rule == rule) {
                    wrong.push(format!("{rule}: {hidden} of {of_rule}"));
                }
                let is_off = comparison.config.iter().any(|change| change.effect.as_str() == "off");
                if !is_off || !comparison.scope.is_empty() {
                    wrong.push(format!("{rule}: {:?}", comparison.config));
                }
                count += hidden;
            });
        }
        (count, wrong)
    });
    assert!(count > 300, "{count}");
}

#[test]
fn what_is_called_otherwise_is_renamed_with_all_that_names_it() {
    let count = each(|estate, random| {
        let base = estate.session(random);
        let mut wrong = Vec::new();
        let mut count = 0;
        // A whole namespace at once: every reference within it follows by itself.
        let spaces: BTreeSet<String> = estate.manifests.iter().map(|manifest| manifest.namespace()).collect();
        let crossed = estate.manifests.iter().any(|manifest| {
            let text = manifest.text(|| false);
            spaces
                .iter()
                .any(|space| !space.is_empty() && text.contains(&format!("{space}/")))
        });
        for space in spaces.iter().filter(|space| !space.is_empty() && !crossed) {
            let mut other = estate.clone();
            for manifest in &mut other.manifests {
                for (key, value) in &mut manifest.top {
                    if key == "namespace" && value.as_str() == Some(space.as_str()) {
                        *value = toml::Value::String("another-name".to_owned());
                    }
                }
            }
            with(&base, &other.session(random), false, |comparison, _, _| {
                for change in &comparison.scope {
                    // Two with one body cannot be told apart, and came and went.
                    if change.change == Change::Changed {
                        wrong.push(format!("{change:?}"));
                    }
                    if change.change == Change::Renamed {
                        count += 1;
                        if !change.keys.is_empty() {
                            wrong.push(format!("{change:?}"));
                        }
                    }
                }
            });
        }
        (count, wrong)
    });
    assert!(count > 5, "{count}");
}

#[test]
fn a_value_that_cannot_be_read_is_told_as_it_stands() {
    let texts = |text: &str| {
        Session::of_texts(vec![Source::new("scope.toml".to_owned(), text.to_owned())], Vec::new()).unwrap()
    };
    let base = texts("[services.a]\nsince = 2026-01-01\n");
    let head = texts("[services.a]\nsince = \"soon\"\n");
    let scope = with(&base, &head, false, |comparison, _, _| comparison.scope.clone());
    assert_eq!(scope.len(), 1, "{scope:?}");
    assert_eq!(scope[0].keys[0].before, Some(AsRead::Text("2026-01-01".to_owned())));
    assert_eq!(scope[0].keys[0].after, Some(AsRead::Unread("\"soon\"".to_owned())));
}
