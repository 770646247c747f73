//! What is upcoming is what judging each day anew finds: over all fixtures, and over the same ones with their dates, their
//! waivers and their config changed at random.

use super::precedence::all_cases;
use super::precedence::estates::{Files, Linked};
use crate::calendar::{day_after, minus, plus};
use crate::finding::{Finding, Severity};
use crate::model::Duration;
use crate::triage::{Baseline, Choice, Key};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Numbers that seem random, and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        // Knuth's constants for a generator of 64 bits.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn day_around(&mut self, day: Date) -> Date {
        let days = u32::try_from(self.below(300)).expect("few days");
        plus(minus(day, Duration::days(200)), Duration::days(days))
    }
}

/// Each date of a text another one: about one in three, so that most of what belongs together stays so.
fn dated_otherwise(text: &str, as_of: Date, numbers: &mut Numbers) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("20") {
        let date = rest.get(at..at + 10).and_then(|part| part.parse::<Date>().ok());
        let (before, after) = rest.split_at(at + date.map_or(2, |_| 10));
        match date {
            Some(_) if numbers.below(3) == 0 => {
                out.push_str(&before[..at]);
                let _ = write!(out, "{}", numbers.day_around(as_of));
            }
            _ => out.push_str(before),
        }
        rest = after;
    }
    out + rest
}

/// What is found on a day, each with what it is known by, and which of those that are known by the same it is.
fn failing(linked: &mut Linked, day: Date, choice: &Choice, baseline: Option<&Baseline>) -> Vec<(Key, usize, Finding)> {
    linked.linked.estate.look_on(day);
    let outcome = linked.linked.outcome(choice, baseline);
    let failing = outcome
        .findings
        .into_iter()
        .filter(|finding| finding.severity > Severity::Note);
    let mut known: HashMap<Key, usize> = HashMap::new();
    let failing = failing.map(|finding| {
        let key = Key::of(&finding, linked.session.sources());
        let nth = known.entry(key.clone()).or_default();
        *nth += 1;
        (key, *nth, finding)
    });
    failing.collect()
}

/// What judging each day anew finds, with the first day of each.
fn day_by_day(linked: &mut Linked, until: Date, choice: &Choice, baseline: Option<&Baseline>) -> Vec<Finding> {
    let today = linked.files.as_of;
    let now = failing(linked, today, choice, baseline);
    let mut most: HashMap<(Key, usize), Severity> = now
        .into_iter()
        .map(|(key, nth, finding)| ((key, nth), finding.severity))
        .collect();
    let mut first = Vec::new();
    let mut day = today;
    while day < until {
        day = day_after(day);
        for (key, nth, mut finding) in failing(linked, day, choice, baseline) {
            let known = most.get(&(key.clone(), nth));
            if known.is_none_or(|known| *known < finding.severity) {
                // It is told once.
                most.insert((key, nth), Severity::Error);
                finding.from = Some(day);
                first.push(finding);
            }
        }
    }
    first
}

fn sorted(mut findings: Vec<Finding>) -> Vec<String> {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.from, finding.primary.place, finding.rule);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.subject.cmp(&b.subject))
            .then_with(|| a.message.cmp(&b.message))
    });
    findings.iter().map(|finding| format!("{finding:?}")).collect()
}

/// Compares the two; how much is upcoming.
fn compare(name: &str, files: Files, days: u32, choice: &Choice, adopts: bool) -> usize {
    let mut linked = files.linked();
    let until = plus(linked.files.as_of, Duration::days(days));
    let baseline = adopts.then(|| {
        let (mut baseline, _) = linked.adoptable(&linked.judged(choice, None));
        baseline.until = Some(plus(linked.files.as_of, Duration::days(days / 2)));
        baseline
    });
    let today = linked.linked.outcome(choice, baseline.as_ref());
    let (outcome, told) = linked.linked.outcome_and_upcoming(choice, baseline.as_ref(), until);
    assert_eq!(format!("{outcome:?}"), format!("{today:?}"), "{name}");
    let expected = day_by_day(&mut linked, until, choice, baseline.as_ref());
    let count = expected.len();
    let (told, expected) = (sorted(told), sorted(expected));
    let missing = expected.iter().find(|finding| !told.contains(finding));
    let invented = told.iter().find(|finding| !expected.contains(finding));
    assert!(
        told == expected,
        "{name}\n  not told: {missing:#?}\n  told: {invented:#?}"
    );
    count
}

/// Compares what each estate is told with what is found; some with a baseline, some without waivers.
fn assert_same(cases: Vec<(String, Files)>, days: u32, least: usize) {
    let upcoming = cases.into_par_iter().enumerate().map(|(number, (name, files))| {
        let choice = Choice {
            no_waivers: number % 7 == 3,
            ..Choice::default()
        };
        compare(&name, files, days, &choice, number % 3 == 2)
    });
    let upcoming: usize = upcoming.sum();
    assert!(upcoming >= least, "too little to compare: {upcoming}");
}

fn named(case: &Path) -> String {
    case.display().to_string()
}

fn is_estate(case: &Path) -> bool {
    case.parent().is_some_and(|folder| folder.ends_with("fixtures/estates"))
}

/// Cases of rules, many in one estate, each in a namespace of its own.
fn together() -> Vec<(String, Files)> {
    let cases: Vec<PathBuf> = all_cases().into_iter().filter(|case| !is_estate(case)).collect();
    let merged = cases.chunks(150).enumerate().map(|(chunk, cases)| {
        let mut all = Files::of(&cases[0]);
        all.manifests.clear();
        all.others.clear();
        all.as_of = "2026-10-01".parse().expect("a date");
        for (number, case) in cases.iter().enumerate() {
            let files = Files::of(case);
            if files.config.is_empty() {
                all.manifests.extend(files.manifests.into_iter().map(|(path, text)| {
                    let namespace = if text.contains("namespace =") {
                        String::new()
                    } else {
                        format!("namespace = \"case-{number}\"\n")
                    };
                    (format!("case-{number}/{path}"), namespace + &text)
                }));
            }
        }
        all.manifests.sort();
        (format!("cases from {chunk} x 150 on"), all)
    });
    merged.collect()
}

/// With waivers of what is found, and of patterns of it, that expire one after another.
fn waived(files: &Files, numbers: &mut Numbers) -> Files {
    let found = files.clone().linked().found;
    let mut text = String::new();
    for finding in found {
        let subject = match numbers.below(6) {
            0..4 => continue,
            4 => finding.subject.clone(),
            _ => {
                let most = finding.subject.chars().count() * 2 / 3 + 2;
                finding.subject.chars().take(most).chain(['*']).collect()
            }
        };
        let subject = if subject.contains('/') {
            subject
        } else {
            format!("/{subject}")
        };
        let _ = write!(
            text,
            "[[waivers]]\nrule = \"{}\"\nsubject = \"{subject}\"\nreason = \"Known and accepted\"\n\
             owner = \"waiver-owner\"\napproved-by = \"waiver-approver\"\nexpires = {}\n",
            finding.rule,
            numbers.day_around(files.as_of)
        );
    }
    let mut files = files.clone();
    files.manifests.push(("zz-waivers.scope.toml".to_owned(), text));
    files
}

/// Limits that depend on the day: how far ahead something may end, and months where manifests state days.
const CONFIG: &str = "[waiver-policy]\nexemptions-end = true\nallow-broad = true\nlongest-term = \"2mo\"\n\
    [rules.nhi-rotation-overdue]\nlongest = \"3mo\"\n[rules.nhi-without-access-review]\nlongest = \"12mo\"\n\
    [rules.nhi-long-lived-credential]\nlongest = \"3mo\"\n";

#[test]
fn each_estate_is_told_as_it_is_found_day_by_day() {
    let cases = all_cases().into_iter().filter(|case| is_estate(case));
    let cases = cases.map(|case| (named(&case), Files::of(&case)));
    assert_same(cases.collect(), 90, 20);
}

#[test]
fn the_cases_of_rules_are_told_as_they_are_found_day_by_day() {
    assert_same(together(), 30, 20);
}

#[test]
fn whatever_the_dates_are_it_is_told_as_it_is_found_day_by_day() {
    let mut numbers = Numbers(22);
    let mut cases = Vec::new();
    let estates = all_cases().into_iter().filter(|case| is_estate(case));
    let estates = estates.map(|case| (named(&case), Files::of(&case)));
    for (number, (name, mut files)) in estates.chain(together()).enumerate() {
        for (_, text) in &mut files.manifests {
            *text = dated_otherwise(text, files.as_of, &mut numbers);
        }
        if number % 2 == 0 {
            files = waived(&files, &mut numbers);
        }
        if files.config.is_empty() && number % 3 > 0 {
            files.config = CONFIG.to_owned();
        }
        cases.push((name, files));
    }
    assert_same(cases, 30, 500);
}

/// Where much ends, each on a day of its own: people leave, identities that assume each other retire, reports are issued
/// that cover what others cover, and evidence that several controls name is outdated.
fn ending_one_after_another(numbers: &mut Numbers) -> String {
    let mut text = String::from("owner = \"t0\"\n[profiles.p]\nrotation = { every = \"90d\", last = 2026-09-01 }\n");
    let as_of: Date = "2026-10-01".parse().expect("a date");
    let mut day = || {
        plus(
            as_of,
            Duration::days(u32::try_from(numbers.below(28)).expect("few days")),
        )
    };
    for at in 0..12 {
        let next = (at + 1) % 12;
        let (reader, other) = (at / 3, (at + 5) % 12);
        let ahead = [day(), day(), day(), day(), day(), day()];
        let [left, retired, issued, begins, expires, effective] = ahead;
        let collected = minus(day(), Duration::days(90));
        let acts = ["deploy", "approve", "create-payee", "release-payment", "*", "export"][at % 6];
        let kind = ["service-account", "ai-agent", "human"][at % 3];
        let family = ["soc1", "soc2"][at % 2];
        let assumes = ["", "may-assume = \"i0\"\n"][usize::from(at % 4 == 1)];
        let assumes = if at % 4 == 2 {
            format!("may-assume = \"i{next}\"\n")
        } else {
            assumes.to_owned()
        };
        let _ = write!(
            text,
            "[owners.t{at}]\nkind = \"team\"\nmembers = [\"o{at}\", \"t{next}\", \"o{other}\"]\n\
             [owners.o{at}]\nkind = \"person\"\nleft = {left}\n\
             [services.s{at}]\ntitle = \"S\"\nkind = \"billing\"\nowner = \"t{at}\"\ndepends-on = [{{ service = \"s{next}\", \
             influence = \"telemetry\" }}]\noperated-by = \"v{reader}\"\nclaims = \"r{at}\"\nthird-parties = \"v{at}\"\n\
             user-entities = {{ sec-issuers = true, fiscal-year-ends = [\"09-30\", \"06-30\"] }}\n\
             [identities.i{at}]\nkind = \"{kind}\"\nowner = \"t{at}\"\nprofile = \"p\"\ncredential = \"static-secret\"\n\
             retired = {retired}\n{assumes}privilege = {{ level = \"admin\", approved-by = \"o{other}\" }}\n\
             access = [{{ service = \"s{at}\", actions = [\"{acts}\", \"write\"] }}, {{ service = \"s{next}\", actions = \
             [\"approve\", \"change-financial-record\"] }}]\n\
             [third-parties.v{at}]\nrole = \"subservice-organization\"\nmethod = \"carve-out\"\n\
             [reports.r{at}]\nframework = \"{family}\"\ntype = 2\nstatus = \"in-progress\"\nissued = {issued}\n\
             period = {{ from = 2026-01-01, to = {begins} }}\ncovers = [\"s{at}\", \"s{next}\", \"s{reader}\"]\n\
             criteria = [\"CC6.1\", \"CC7.2\"]\npredecessor = \"r{other}\"\n\
             objectives.o1 = {{ title = \"O\", controls = [\"c{other}\"] }}\n\
             [certificates.z{at}]\nframework = \"iso27018\"\nissued = {begins}\nexpires = {expires}\ncovers = \"s{at}\"\n\
             [controls.c{at}]\nevery = \"1mo\"\nreports = [\"r{at}\", \"r{next}\"]\ncriteria = \"CC7.2\"\n\
             operating = [\"e{at}\", \"e{next}\", \"./w{at}\"]\ndesign = \"e{other}\"\npredecessor = \"c{next}\"\n\
             effective = {effective}\ninherited-from = \"v{reader}\"\n\
             [evidence.e{at}]\nkind = \"log\"\nat = \"https://example.com/{at}\"\ncollected = {collected}\nvalid-for = \
             \"90d\"\n[evidence.w{at}]\nkind = \"risk-assessment\"\nat = \"https://example.com/w{at}\"\ncollected = {left}\n\
             valid-for = \"5d\"\n"
        );
    }
    text
}

#[test]
fn what_ends_one_after_another_is_told_as_it_is_found_day_by_day() {
    let mut numbers = Numbers(7);
    let some = all_cases().into_iter().find(|case| is_estate(case)).expect("an estate");
    let cases = (0..6).map(|number| {
        let mut files = Files::of(&some);
        files.as_of = "2026-10-01".parse().expect("a date");
        files.others.clear();
        files.config.clear();
        files.manifests = vec![("scope.toml".to_owned(), ending_one_after_another(&mut numbers))];
        if number % 2 == 0 {
            files = waived(&files, &mut numbers);
        }
        (format!("ending {number}"), files)
    });
    assert_same(cases.collect(), 40, 200);
}
