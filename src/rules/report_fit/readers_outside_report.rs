//! User entities are in a region that none of the reports given to them is declared to cover.

use crate::decode::{List, Val};
use crate::estate::{AssuranceRef, ServiceRef, Standing};
use crate::finding::{Finding, Severity};
use crate::model::{Region, list_words, regions};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "readers-outside-report",
    since: "0.2.0",
    group: Group::ReportFit,
    severity: Severity::Note,
    summary: "User entities are in a region that none of the reports given to them is declared to cover.",
    references: &["DC 200", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("readers_outside_report.md"),
    check: Check::Service(judge),
};

fn judge(_: &Context<'_, '_>, service: ServiceRef<'_, '_>) -> Option<Finding> {
    let user_entities = service.body.user_entities.get()?;
    if !service.readable || !service.body.is_in_use() || user_entities.regions.items.is_empty() {
        return None;
    }
    let outside: Vec<Outside<'_, '_>> = Family::ALL
        .into_iter()
        .filter_map(|family| outside(service, family))
        .collect();
    let first = outside.first()?.readers.first()?;
    let clauses: Vec<String> = outside.iter().map(|outside| outside.clause()).collect();
    let message = format!(
        "user entities of `{}` are declared in regions that its reports may not cover: {}",
        service.name(),
        clauses.join("; ")
    );
    let label = "not in a region of the reports that it claims";
    let mut finding = RULE.finding(service.path(), service.at(first.span), label, message);
    for outside in &outside {
        for reader in &outside.readers {
            finding = finding.related(service.at(reader.span), label);
        }
        for (report, _, place) in &outside.reports {
            let label = format!("the regions of `{}`", report.name());
            finding = finding.related(*place, label);
        }
    }
    let references: &[&str] = match outside.as_slice() {
        [one] if one.family == Family::Icfr => &["AT-C 320"],
        [_] => &["DC 200"],
        _ => RULE.references,
    };
    Some(finding.citing(references).help("if the report describes the system used in that region, add the region to the report's `regions`; otherwise tell those readers what the report leaves out, and have the next one include it"))
}

/// The readers that the reports of one family leave out.
struct Outside<'e, 'a> {
    family: Family,
    readers: Vec<&'e Val<Region<'a>>>,
    reports: Vec<(AssuranceRef<'e, 'a>, &'e List<Region<'a>>, Place)>,
}

impl Outside<'_, '_> {
    fn clause(&self) -> String {
        let readers: Vec<String> = self
            .readers
            .iter()
            .map(|reader| format!("`{}`", reader.value.0))
            .collect();
        let reports: Vec<String> = self
            .reports
            .iter()
            .map(|(report, ..)| format!("`{}`", report.name()))
            .collect();
        let are = if readers.len() == 1 { "is" } else { "are" };
        let of = match reports.as_slice() {
            [report] => report.clone(),
            reports => list_words(reports, "or"),
        };
        format!("{} {are} not in a region of {of}", list_words(&readers, "and"))
    }
}

/// The regions of user entities that none of the claimed reports of a family includes; `None` when there are no such
/// reports, or when they may cover any region.
fn outside<'e, 'a>(service: ServiceRef<'e, 'a>, family: Family) -> Option<Outside<'e, 'a>> {
    if service.may_claim_more() || service.is_succession_uncertain(family) {
        return None;
    }
    let mut reports: Vec<(AssuranceRef<'_, '_>, &List<Region<'_>>, Place)> = Vec::new();
    for claimed in service.claims() {
        let assurance = claimed.assurance;
        if !assurance.is_of(family) || assurance.standing() != Standing::Issued || !assurance.covers(service) {
            continue;
        }
        let claimed_for = &claimed.claim.regions;
        let (stated, place) = regions_of(assurance);
        // A claim for some regions is checked by `claim-not-covering-service`.
        if claimed_for.stated || !stated.stated || stated.damaged {
            return None;
        }
        if !reports.iter().any(|(known, ..)| *known == assurance) {
            reports.push((assurance, stated, place));
        }
    }
    if reports.is_empty() {
        return None;
    }
    let upcoming = service.reports(family, Standing::Upcoming);
    let upcoming: Vec<&List<Region<'_>>> = upcoming.map(|report| regions_of(report).0).collect();
    // A report that states no regions may cover all of them.
    if upcoming.iter().any(|stated| !stated.stated || stated.damaged) {
        return None;
    }
    let all = reports.iter().map(|(_, stated, _)| *stated).chain(upcoming);
    let named: Vec<&str> = all
        .flat_map(|list| list.iter())
        .map(|region| &*region.value.0)
        .collect();
    let may_cover = |reader: &str| {
        let touches = |named: &&str| regions::contains(named, reader) || regions::contains(reader, named);
        named.iter().any(touches)
    };
    let readers = &service.entity().body.user_entities.get()?.regions;
    let readers: Vec<&Val<Region<'_>>> = readers.iter().filter(|reader| !may_cover(&reader.value.0)).collect();
    (!readers.is_empty()).then_some(Outside {
        family,
        readers,
        reports,
    })
}

fn regions_of<'e, 'a>(assurance: AssuranceRef<'e, 'a>) -> (&'e List<Region<'a>>, Place) {
    let head = assurance.head();
    (head.regions, head.at(head.regions.span))
}
