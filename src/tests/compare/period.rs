//! What a period tells of each commit is what the two states tell that are around it, each linked as a whole as of the commit's day.

use super::each;
use super::rewritten::{Entity, Estate, Random};
use crate::session::Session;
use crate::source::Source;
use crate::tests::advice::generated;
use crate::triage::Choice;
use crate::views::{Commit, Compared, Ran, Walk, compare};
use jiff::civil::{Date, date};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// A day around those on which the reports of fixtures are issued, or certificates lapse. Clocks go wrong: a commit may be
/// of an earlier day than the one before it.
fn day(random: &mut Random) -> Date {
    let months = i8::try_from(random.below(12)).unwrap() + 1;
    let days = i8::try_from(random.below(28)).unwrap() + 1;
    date(2024 + i16::try_from(random.below(5)).unwrap(), months, days)
}

/// What decides coverage and needs, said otherwise at random; or what does not.
fn edited(entity: &mut Entity, others: &[String], random: &mut Random) {
    let one_of = |random: &mut Random, words: &[&str]| words[random.below(words.len())].to_owned();
    let named = |random: &mut Random| match others.len() {
        0 => "*".to_owned(),
        count => others[random.below(count)].clone(),
    };
    let text = Value::String;
    let (key, value) = match entity.table.as_str() {
        "services" => match random.below(6) {
            0 => ("scope", text(one_of(random, &["in", "out", "perhaps"]))),
            1 => ("lifecycle", text(one_of(random, &["production", "retired", "?"]))),
            2 => ("claims", Value::Array(vec![text(named(random)), text(named(random))])),
            3 => {
                let purposes = ["security-due-diligence", "financial-statement-audit", "itgc-reliance"];
                ("assurance-for", text(one_of(random, &purposes)))
            }
            4 => {
                let mut claim = Table::new();
                claim.insert("report".to_owned(), text(named(random)));
                claim.insert("for".to_owned(), text("market-qualification".to_owned()));
                ("claims", Value::Table(claim))
            }
            _ => ("title", text(format!("Title {}", random.below(100)))),
        },
        "reports" | "certificates" => match random.below(6) {
            0 => ("covers", text(one_of(random, &["*", "nothing-of-this-name", "s*"]))),
            1 => ("covers", Value::Array(vec![text(named(random)), text(named(random))])),
            2 => (
                "status",
                text(one_of(random, &["planned", "in-progress", "issued", "withdrawn", "?"])),
            ),
            3 => ("issued", day(random).to_string().parse().unwrap()),
            4 if entity.table == "certificates" => ("expires", day(random).to_string().parse().unwrap()),
            4 => ("framework", text(one_of(random, &["soc1", "soc2", "iso27001"]))),
            _ => ("opinion", text(one_of(random, &["unmodified", "qualified", "?"]))),
        },
        _ => ("title", text(format!("Title {}", random.below(100)))),
    };
    entity.keys.retain(|(known, _)| known != key);
    if !random.one_in(4) {
        entity.keys.push((key.to_owned(), value));
    }
}

/// The next state: some entities say something else, came, went, or moved; a file is called otherwise, or cannot be read.
fn next(estate: &Estate, random: &mut Random) -> Estate {
    let mut next = estate.clone();
    let ids: Vec<String> = next
        .manifests
        .iter()
        .flat_map(|manifest| manifest.entities.iter())
        .map(|one| one.id.clone())
        .collect();
    for _ in 0..=random.below(3) {
        let Some(at) = next.manifests.len().checked_sub(1).map(|last| random.below(last + 1)) else {
            break;
        };
        let (is_alone, target) = (next.manifests.len() == 1, random.below(next.manifests.len()));
        let manifest = &mut next.manifests[at];
        let deciding = ["services", "reports", "certificates"];
        let entities: Vec<usize> = (0..manifest.entities.len())
            .filter(|at| deciding.contains(&manifest.entities[*at].table.as_str()) || random.one_in(4))
            .collect();
        let which = (!entities.is_empty()).then(|| entities[random.below(entities.len())]);
        match (random.below(12), which) {
            (0, Some(which)) => drop(manifest.entities.remove(which)),
            (1, Some(which)) => manifest.entities[which].id = format!("s{}", random.below(4)),
            // The same elsewhere, or twice.
            (2, Some(which)) => {
                let entity = manifest.entities[which].clone();
                let others = &mut next.manifests[target].entities;
                if others
                    .iter()
                    .all(|other| (&other.table, &other.id) != (&entity.table, &entity.id))
                {
                    others.push(entity);
                }
            }
            (3, _) => {
                let namespaces = ["pay", "other"];
                manifest.top.retain(|(key, _)| key != "namespace");
                if random.one_in(2) {
                    let namespace = Value::String(namespaces[random.below(2)].to_owned());
                    manifest.top.push(("namespace".to_owned(), namespace));
                }
            }
            (4, _) if !is_alone => drop(next.manifests.remove(at)),
            (5, _) => {
                manifest.path = format!(
                    "{}{}.scope.toml",
                    super::rewritten::folder_of(&manifest.path),
                    random.below(99)
                )
            }
            (_, Some(which)) => edited(&mut manifest.entities[which], &ids, random),
            _ => {}
        }
    }
    let mut paths = BTreeSet::new();
    next.manifests.retain(|manifest| paths.insert(manifest.path.clone()));
    next
}

/// The texts of a state. Some cannot be read as a whole, or not to their end.
fn session(estate: &Estate, random: &mut Random) -> Session {
    let source = |(path, text): (&String, String)| Source::new(path.clone(), text);
    let manifests = estate.manifests.iter().map(|manifest| {
        let mut text = manifest.text(|| false);
        match random.below(24) {
            0 => text.push_str("\n[services.late\nscope = \"out\"\n"),
            1 => text.insert_str(0, "namespace = 7\n"),
            _ => {}
        }
        source((&manifest.path, text))
    });
    let configs = estate.configs.iter().map(|(path, text)| source((path, text.clone())));
    Session::of_texts(manifests.collect(), configs.collect()).unwrap()
}

/// What two states say by themselves, each linked as a whole; findings are no part of a period.
fn of_states(day: Date, before: &Session, now: &Session) -> Vec<String> {
    let (was, is) = (before.link(day), now.link(day));
    let [old, new] = [&was, &is].map(|linked| linked.triage(Vec::new(), &Choice::default(), None));
    let side = |name, session, linked, outcome| Compared {
        name,
        ran: Ran {
            session,
            linked,
            outcome,
        },
    };
    let comparison = compare(
        side("before", before, &was, &old),
        side("now", now, &is, &new),
        None,
        false,
    );
    let coverage = comparison.coverage.iter().map(|change| format!("{change:?}"));
    let needs = comparison.needs.iter().map(|change| format!("{change:?}"));
    let scope = comparison.scope.iter().map(|change| format!("{change:?}"));
    coverage.chain(needs).chain(scope).collect()
}

/// Goes along a history, and says where a commit is told otherwise than its two states tell it.
fn along(first: &Estate, random: &mut Random) -> (usize, Vec<String>) {
    let mut estate = first.clone();
    let mut before = session(&estate, random);
    let mut walk = Walk::new(Some(&before), false);
    let mut expected = Vec::new();
    for commit in 0..6 {
        let kept = estate.clone();
        estate = next(&estate, random);
        if random.one_in(3) {
            estate = kept;
        }
        let (now, day) = (session(&estate, random), day(random));
        let changed = differing(&before, &now);
        let id = format!("{commit}");
        expected.extend(
            of_states(day, &before, &now)
                .into_iter()
                .map(|change| format!("{id} {change}")),
        );
        walk.step(Commit { id, day }, (Some(&before), &now), &changed);
        before = now;
    }
    let period = walk.finish();
    let mut told = Vec::new();
    let mut tell = |change: String, commits: &[usize]| {
        told.extend(commits.iter().map(|at| format!("{} {change}", period.commits[*at].id)));
    };
    period
        .coverage
        .iter()
        .for_each(|one| tell(format!("{:?}", one.change), &one.commits));
    period
        .needs
        .iter()
        .for_each(|one| tell(format!("{:?}", one.change), &one.commits));
    period
        .scope
        .iter()
        .for_each(|one| tell(format!("{:?}", one.change), &one.commits));
    let (told, expected): (BTreeSet<String>, BTreeSet<String>) =
        (told.into_iter().collect(), expected.into_iter().collect());
    let of_coverage = expected
        .iter()
        .filter(|change| !change.contains("EntityChange"))
        .count();
    let wrong = told.symmetric_difference(&expected);
    let wrong = wrong.map(|change| format!("{} {change}", if told.contains(change) { "told:" } else { "not told:" }));
    (of_coverage, wrong.collect())
}

fn differing(before: &Session, now: &Session) -> Vec<String> {
    let texts = |session: &Session| -> BTreeMap<String, String> {
        session
            .sources()
            .iter()
            .map(|(_, source)| (source.path.clone(), source.text.clone()))
            .collect()
    };
    let (before, now) = (texts(before), texts(now));
    let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let differing = paths.into_iter().filter(|path| before.get(*path) != now.get(*path));
    differing.cloned().collect()
}

#[test]
fn each_commit_tells_what_its_two_states_tell() {
    let count = each(along);
    assert!(count > 1_000, "{count}");
}

#[test]
fn each_commit_of_generated_estates_tells_what_its_two_states_tell() {
    let of_seed = |seed: u64| {
        let source = Source::new("scope.toml".to_owned(), generated::estate(seed));
        let session = Session::of_texts(vec![source], Vec::new()).unwrap();
        let Some(mut estate) = Estate::of(std::path::Path::new("generated"), &session) else {
            return (0, Vec::new());
        };
        let mut random = Random::new(seed);
        // In two files, so that one of them can differ by itself.
        let mut second = estate.manifests[0].clone();
        second.path = "more/scope.toml".to_owned();
        let first = &mut estate.manifests[0].entities;
        second.entities = first.split_off(first.len() / 2);
        estate.manifests.push(second);
        let (count, wrong) = along(&estate, &mut random);
        (
            count,
            wrong
                .into_iter()
                .map(|wrong| format!("seed {seed}: {wrong}"))
                .collect::<Vec<String>>(),
        )
    };
    let all: Vec<(usize, Vec<String>)> = (1..=400_u64).into_par_iter().map(of_seed).collect();
    let wrong: Vec<&String> = all.iter().flat_map(|(_, wrong)| wrong).collect();
    assert!(
        wrong.is_empty(),
        "{} wrong: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(12)]
    );
    let count: usize = all.iter().map(|(count, _)| count).sum();
    assert!(count > 1_000, "{count}");
}
