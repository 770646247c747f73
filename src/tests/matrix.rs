//! The matrices and the findings never contradict each other, over all cases and estates.

use super::inventory::{AS_OF, cases, column, fits, session, text};
use crate::estate::{Estate, Standing};
use crate::finding::Finding;
use crate::session::Session;
use crate::source::Source;
use crate::standards::Family;
use crate::standards::criteria::criterion;
use crate::triage::{Choice, Outcome};
use crate::views::{Cell, Chosen, Judged, Part, Sheet};
use rayon::prelude::*;
use std::collections::BTreeSet;

fn judged<T>(session: &Session, of: impl FnOnce(&Estate<'_>, &Outcome, &Judged<'_, '_>) -> T) -> T {
    let linked = session.link(AS_OF);
    let outcome = linked.outcome(&Choice::default(), None);
    let judged = Judged::new(&linked.estate, session.sources(), session.settings(), &outcome);
    of(&linked.estate, &outcome, &judged)
}

/// What is found, whatever became of it.
fn found<'o>(outcome: &'o Outcome, rule: &'static str) -> impl Iterator<Item = &'o Finding> {
    let waived = outcome.waived.iter().map(|waived| &waived.finding);
    let others = [
        &outcome.findings,
        &outcome.yielded,
        &outcome.turned_off,
        &outcome.baselined,
    ];
    let all = others.into_iter().flatten().chain(waived);
    all.filter(move |finding| finding.rule == rule)
}

/// Checks every case; each wrong thing is said with its case.
fn each(wrong: impl Fn(&Estate<'_>, &Outcome, &Judged<'_, '_>) -> (usize, Vec<String>) + Sync) -> usize {
    let of_case = |case: &std::path::PathBuf| {
        let session = session(case)?;
        let (count, wrong) = judged(&session, &wrong);
        let wrong = wrong.into_iter().map(|wrong| format!("{}: {wrong}", case.display()));
        Some((count, wrong.collect::<Vec<String>>()))
    };
    let of_seed = |seed: u64| {
        let text = super::advice::generated::estate(seed);
        let source = Source::new("scope.toml".to_owned(), text.clone());
        let session = Session::of_texts(vec![source], Vec::new()).expect("no config");
        let (count, wrong) = judged(&session, &wrong);
        let wrong = wrong.into_iter().map(|wrong| format!("seed {seed}: {wrong}\n{text}"));
        (count, wrong.collect::<Vec<String>>())
    };
    let mut all: Vec<(usize, Vec<String>)> = cases().par_iter().filter_map(of_case).collect();
    all.extend((1..=150_u64).into_par_iter().map(of_seed).collect::<Vec<_>>());
    let wrong: Vec<String> = all.iter().flat_map(|(_, wrong)| wrong.clone()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    all.iter().map(|(count, _)| count).sum()
}

fn quoted(message: &str, after: &str) -> Option<String> {
    let rest = message.split_once(after)?.1;
    rest.split('`').next().map(str::to_owned)
}

#[test]
fn what_is_covered_is_not_said_to_be_uncovered() {
    let count = each(|estate, outcome, judged| {
        let sheet = judged.coverage(&Chosen::default()).pairs();
        let mut wrong = Vec::new();
        let mut covered = BTreeSet::new();
        let mut by_icfr = BTreeSet::new();
        let mut states = BTreeSet::new();
        for row in &sheet.rows {
            let (subject, report) = (text(&sheet, row, "subject"), text(&sheet, row, "report"));
            let state = text(&sheet, row, "state");
            states.insert((subject.to_owned(), report.to_owned(), state.to_owned()));
            if state != "covered" {
                continue;
            }
            covered.insert(subject.to_owned());
            let assurance = estate.assurances().find(|assurance| assurance.path() == report);
            let assurance = assurance.unwrap_or_else(|| panic!("{report}"));
            if assurance.standing() != Standing::Issued {
                wrong.push(format!("{report} is not issued, and covers {subject}"));
            }
            if assurance.is_of(Family::Icfr) {
                by_icfr.insert(subject.to_owned());
            }
        }
        let says = |rule, subjects: &BTreeSet<String>| {
            let found = found(outcome, rule).filter(|finding| subjects.contains(&finding.subject));
            found
                .map(|finding| finding.message.to_string())
                .collect::<Vec<String>>()
        };
        wrong.extend(says("financial-impact-without-icfr-report", &by_icfr));
        wrong.extend(says("unclaimed-service", &covered));
        for finding in found(outcome, "claim-not-covering-service") {
            let claimed = finding.message.split(", which is not declared").next();
            let Some(name) = claimed.and_then(|text| quoted(text, " claims `")) else {
                continue;
            };
            if finding.message.contains("for the region") {
                continue;
            }
            let is_so = states.iter().any(|(subject, report, state)| {
                let id = name.rsplit('/').next().unwrap_or_default();
                *subject == finding.subject
                    && report.ends_with(&format!(".{id}"))
                    && ["claimed only", "out of scope"].contains(&state.as_str())
            });
            if !is_so {
                wrong.push(format!("{}: {}", finding.subject, finding.message));
            }
        }
        (covered.len(), wrong)
    });
    assert!(count > 300, "{count}");
}

#[test]
fn an_objective_is_bare_exactly_when_the_rule_names_it() {
    let count = each(|estate, outcome, judged| {
        let mut wrong = Vec::new();
        let mut count = 0;
        for report in estate.issued_reports() {
            let path = report.path();
            let ids: BTreeSet<String> = report.body.objectives.iter().map(|of| of.id.to_string()).collect();
            let sheet = judged.control_matrix(report, &Chosen::default());
            let bare = sheet.rows.iter().filter(|row| {
                let is_bare = ["none declared", "by others"].contains(&text(&sheet, row, "state"));
                is_bare && ids.contains(text(&sheet, row, "criterion"))
            });
            let bare: BTreeSet<String> = bare.map(|row| text(&sheet, row, "criterion").to_owned()).collect();
            let named = found(outcome, "objective-without-control").filter(|finding| finding.subject == path);
            let named: BTreeSet<String> = named
                .filter_map(|finding| quoted(&finding.message, "declares the objective `"))
                .collect();
            count += named.len();
            if bare != named {
                wrong.push(format!("{path}: bare {bare:?}, named {named:?}"));
            }
            let controls = |state: &str| {
                let rows = sheet.rows.iter().filter(|row| text(&sheet, row, "state") == state);
                rows.map(|row| text(&sheet, row, "control-path").to_owned())
                    .collect::<BTreeSet<String>>()
            };
            let none = controls("serves none");
            for finding in found(outcome, "objective-without-control") {
                let is_of_it = finding.message.contains(&format!("`{}`", report.name()));
                let is_control = finding.subject.contains("controls.") && is_of_it;
                if is_control && !none.contains(&finding.subject) && !controls("served").contains(&finding.subject) {
                    wrong.push(format!("{path}: {} is not among {none:?}", finding.subject));
                }
            }
        }
        (count, wrong)
    });
    assert!(count > 10, "{count}");
}

#[test]
fn a_criterion_is_bare_exactly_when_the_rule_names_it() {
    let count = each(|estate, outcome, judged| {
        let mut wrong = Vec::new();
        let mut count = 0;
        for finding in found(outcome, "criterion-without-control") {
            let report = estate.reports().find(|report| report.path() == finding.subject);
            let report = report.unwrap_or_else(|| panic!("{}", finding.subject));
            let sheet = judged.control_matrix(report, &Chosen::default());
            let bare = sheet
                .rows
                .iter()
                .filter(|row| text(&sheet, row, "state") == "none declared");
            // It does not speak of the ids of other catalogues.
            let bare = bare.map(|row| text(&sheet, row, "criterion"));
            let bare: BTreeSet<&str> = bare.filter(|id| criterion(id).is_some()).collect();
            let after = finding
                .message
                .split(" is declared to serve ")
                .nth(1)
                .unwrap_or_default();
            let named: BTreeSet<&str> = after.split('`').skip(1).step_by(2).collect();
            let more = after
                .split_whitespace()
                .filter_map(|word| word.parse::<usize>().ok())
                .sum::<usize>();
            count += 1;
            if !named.is_subset(&bare) || named.len() + more != bare.len() {
                wrong.push(format!(
                    "{}: bare {bare:?}, named {named:?} and {more}",
                    finding.subject
                ));
            }
        }
        (count, wrong)
    });
    assert!(count > 5, "{count}");
}

#[test]
fn the_days_of_third_parties_are_those_that_the_rules_count() {
    let number = |text: &str, after: &str| {
        let rest = text.split_once(after)?.1;
        rest.split_whitespace().next()?.parse::<usize>().ok()
    };
    let count = each(|_, outcome, judged| {
        let sheet = judged.vendors(&Chosen::default());
        let days = |row: &[Cell], key: &str| match row[column(&sheet, key)] {
            Cell::Count(days) => days,
            _ => 0,
        };
        let of = |subject: &str, whose: &str| {
            let rows = sheet.rows.iter();
            rows.filter(|row| text(&sheet, row, "subject") == subject && text(&sheet, row, "whose").starts_with(whose))
                .map(|row| (days(row, "days"), days(row, "covered-days")))
                .collect::<Vec<(usize, usize)>>()
        };
        let mut wrong = Vec::new();
        let mut count = 0;
        for finding in found(outcome, "vendor-report-unfit") {
            if let Some(left) = number(&finding.message, "leaves ") {
                count += 1;
                let ours = of(&finding.subject, "our year");
                if !ours.iter().any(|(days, covered)| days - covered >= left) {
                    wrong.push(format!("{ours:?}: {}", finding.message));
                }
            }
        }
        for finding in found(outcome, "subservice-report-unfit") {
            let pair = number(&finding.message, "cover only ").zip(number(&finding.message, " of the "));
            if let Some((covered, days)) = pair {
                count += 1;
                let ours = of(&finding.subject, "our report");
                if !ours.contains(&(days, covered)) {
                    wrong.push(format!("{ours:?}: {}", finding.message));
                }
            }
        }
        (count, wrong)
    });
    assert!(count > 5, "{count}");
}

#[test]
fn a_cuec_is_nobody_s_exactly_when_the_rule_says_so() {
    let count = each(|_, outcome, judged| {
        let sheet = judged.vendors(&Chosen::default());
        let mut nobody = BTreeSet::new();
        for row in &sheet.rows {
            let parts: &[Part] = match &row[column(&sheet, "cuecs")] {
                Cell::Parts(parts) => parts,
                _ => &[],
            };
            let is_nobody = |part: &&Part| part.said.contains(": nobody");
            if parts.iter().any(|part| is_nobody(&part)) {
                nobody.insert(text(&sheet, row, "subject").to_owned());
            }
        }
        let unowned = found(outcome, "cuec-unowned").filter(|finding| finding.message.contains("no `owner`"));
        let not_excused = unowned.filter(|finding| {
            let mut labels = finding.related.iter().map(|related| related.text.clone());
            !labels.any(|label| label.contains("not applicable"))
        });
        let unowned: BTreeSet<String> = not_excused.map(|finding| finding.subject.clone()).collect();
        let wrong = match unowned == nobody {
            true => Vec::new(),
            false => vec![format!("nobody {nobody:?}, unowned {unowned:?}")],
        };
        (nobody.len(), wrong)
    });
    assert!(count > 5, "{count}");
}

#[test]
fn every_row_of_every_matrix_fits_its_columns() {
    let wrong_of = |sheet: &Sheet| {
        let mut wrong = Vec::new();
        for row in &sheet.rows {
            if row.len() != sheet.columns.len() {
                wrong.push(format!("{}: {} cells", sheet.name, row.len()));
            }
            for (cell, column) in row.iter().zip(sheet.columns.iter()) {
                if !fits(cell, column.holds) {
                    wrong.push(format!("{}: {}: {cell:?}", sheet.name, column.key));
                }
            }
        }
        (sheet.rows.len(), wrong)
    };
    let count = each(|estate, _, judged| {
        let chosen = Chosen::default();
        let coverage = judged.coverage(&chosen);
        let mut sheets = vec![
            coverage.pairs(),
            coverage.nested(),
            coverage.grid(true),
            coverage.listing(),
            judged.vendors(&chosen),
        ];
        sheets.extend(estate.reports().map(|report| judged.control_matrix(report, &chosen)));
        let all: Vec<(usize, Vec<String>)> = sheets.iter().map(wrong_of).collect();
        let count = all.iter().map(|(count, _)| count).sum();
        (count, all.into_iter().flat_map(|(_, wrong)| wrong).collect())
    });
    assert!(count > 3_000, "{count}");
}
