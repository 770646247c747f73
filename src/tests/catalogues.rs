//! The catalogues are whole: each id is explained, there is none beyond the last, and each lists the rules that cite it.

use crate::rules::Rule;
use crate::standards::reference;
use crate::{render, rules};
use std::collections::BTreeSet;

/// What `explain` prints.
fn explained(id: &str) -> String {
    let page = render::topic_for_terminal(&crate::reference::find(id), false, 100);
    page.unwrap_or_else(|| panic!("{id} is not known"))
}

fn references(rule: &Rule) -> &'static [&'static str] {
    rule.resting_on(rule.references)
}

/// A series of ids: what all begin with, and the numbers that there are.
type Series = (&'static str, Vec<u32>);

fn ids(series: &[Series], digits: usize) -> Vec<String> {
    let of_one = |(start, numbers): &Series| {
        let ids = numbers.iter().map(|number| format!("{start}{number:0digits$}"));
        ids.collect::<Vec<_>>()
    };
    series.iter().flat_map(of_one).collect()
}

/// The id after the last of each series.
fn beyond(series: &[Series], digits: usize) -> Vec<String> {
    let after = |(start, numbers): &Series| format!("{start}{:0digits$}", numbers.iter().max().expect("one") + 1);
    series.iter().map(after).collect()
}

fn up_to(start: &'static str, last: u32) -> Series {
    (start, (1..=last).collect())
}

fn check(catalogue: &str, count: usize, series: &[Series], digits: usize) {
    let ids = ids(series, digits);
    assert_eq!(ids.len(), count, "{catalogue}");
    for id in &ids {
        let text = explained(id);
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some(id.as_str()));
        assert!(
            lines.next().is_some_and(|line| line.starts_with(catalogue)),
            "{id} is of {catalogue}: {text}"
        );
    }
    for id in beyond(series, digits) {
        let is_current = is_known(&id) && !explained(&id).contains("retired: ");
        assert!(!is_current, "there is no {id}");
    }
}

#[test]
fn every_trust_services_criterion_is_known() {
    let common = [5, 3, 4, 2, 3, 8, 5, 1, 2];
    let starts = ["CC1.", "CC2.", "CC3.", "CC4.", "CC5.", "CC6.", "CC7.", "CC8.", "CC9."];
    let common: Vec<Series> = starts
        .into_iter()
        .zip(common)
        .map(|(start, last)| up_to(start, last))
        .collect();
    check("Trust services criteria 2017", 33, &common, 1);
    check(
        "Trust services criteria 2017",
        3 + 2 + 5,
        &[up_to("A1.", 3), up_to("C1.", 2), up_to("PI1.", 5)],
        1,
    );
    let privacy = [1, 1, 2, 3, 2, 7, 1, 1];
    let starts = ["P1.", "P2.", "P3.", "P4.", "P5.", "P6.", "P7.", "P8."];
    let privacy: Vec<Series> = starts
        .into_iter()
        .zip(privacy)
        .map(|(start, last)| up_to(start, last))
        .collect();
    check("Trust services criteria 2017", 18, &privacy, 1);
}

#[test]
fn every_control_of_annex_a_and_every_owasp_risk_is_known() {
    let themes = [
        up_to("A.5.", 37),
        up_to("A.6.", 8),
        up_to("A.7.", 14),
        up_to("A.8.", 34),
    ];
    check("Annex A of ISO/IEC 27001:2022", 93, &themes, 1);
    check("OWASP Non-Human Identities Top 10 2025", 10, &[up_to("NHI", 10)], 1);
}

#[test]
fn every_csf_subcategory_is_known() {
    let series = [
        up_to("GV.OC-", 5),
        up_to("GV.RM-", 7),
        up_to("GV.RR-", 4),
        up_to("GV.PO-", 2),
        up_to("GV.OV-", 3),
        up_to("GV.SC-", 10),
        ("ID.AM-", vec![1, 2, 3, 4, 5, 7, 8]),
        up_to("ID.RA-", 10),
        up_to("ID.IM-", 4),
        up_to("PR.AA-", 6),
        up_to("PR.AT-", 2),
        ("PR.DS-", vec![1, 2, 10, 11]),
        up_to("PR.PS-", 6),
        up_to("PR.IR-", 4),
        ("DE.CM-", vec![1, 2, 3, 6, 9]),
        ("DE.AE-", vec![2, 3, 4, 6, 7, 8]),
        up_to("RS.MA-", 5),
        ("RS.AN-", vec![3, 6, 7, 8]),
        ("RS.CO-", vec![2, 3]),
        up_to("RS.MI-", 2),
        up_to("RC.RP-", 6),
        ("RC.CO-", vec![3, 4]),
    ];
    check("NIST Cybersecurity Framework 2.0", 106, &series, 2);
    for gone in ["PR.DS-12", "PR.DS-09", "ID.AM-09", "DE.DP-02"] {
        assert!(!is_known(gone), "{gone} is not in CSF 2.0");
    }
    for withdrawn in ["PR.AT-03", "RS.CO-01", "RS.CO-04", "ID.AM-06", "DE.CM-04"] {
        assert!(
            explained(withdrawn).contains("retired: "),
            "{withdrawn} is withdrawn in CSF 2.0"
        );
    }
}

#[test]
fn every_reference_of_every_rule_is_explained_and_lists_that_rule() {
    let cited: BTreeSet<&str> = rules::all().flat_map(references).copied().collect();
    assert!(cited.len() > 40);
    for id in cited {
        let text = explained(id);
        for rule in rules::all().filter(|rule| references(rule).contains(&id)) {
            let name = rule.name;
            assert!(text.contains(&format!("\n- {name} (")), "{id} does not list {name}");
        }
    }
    for rule in rules::all() {
        let page = explained(rule.name);
        for id in references(rule) {
            assert!(
                page.contains(&format!("\n- {id}: ")),
                "the page of {} leaves out {id}",
                rule.name
            );
            assert!(!page.contains(&format!("\n- {id}: \n")), "{id} has no title");
        }
    }
}

fn is_known(id: &str) -> bool {
    reference::locate(id).is_some() || reference::locate_retired(id).is_some() || rules::find(id).is_some()
}
