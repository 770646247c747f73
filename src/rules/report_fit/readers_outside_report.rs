//! User entities in a region that none of the reports given to them is declared to be about.

use crate::decode::{List, Val};
use crate::estate::{Origin, Standing};
use crate::finding::{Finding, Severity, list_words};
use crate::manifest::Region;
use crate::model::{AssuranceId, ServiceId};
use crate::rules::{Check, Context, Group, Rule};
use crate::source::Place;
use crate::standards::{Family, regions};

pub static RULE: Rule = Rule {
    name: "readers-outside-report",
    since: "0.2.0",
    group: Group::ReportFit,
    severity: Severity::Note,
    summary: "User entities in a region that none of the reports given to them is declared to be about.",
    references: &["DC 200", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("readers_outside_report.md"),
    check: Check::Service(judge),
};

fn judge(cx: &Context<'_, '_>, index: ServiceId) -> Option<Finding> {
    let service = cx.services.get(index);
    let user_entities = service.body.user_entities.get()?;
    if !service.readable || !service.body.is_in_use() || user_entities.regions.items.is_empty() {
        return None;
    }
    let outside: Vec<Outside<'_>> = Family::ALL
        .into_iter()
        .filter_map(|family| outside(cx, index, family))
        .collect();
    let first = outside.first()?.readers.first()?;
    let said: Vec<String> = outside.iter().map(|outside| outside.said(cx)).collect();
    let message = format!(
        "user entities of `{}` are declared in regions that its reports may not speak of: {}",
        cx.name(service),
        said.join("; ")
    );
    let label = "in no region of the reports that it claims";
    let mut finding = RULE.finding(cx.path(service), service.at(first.span), label, message);
    for outside in &outside {
        for reader in &outside.readers {
            finding = finding.related(service.at(reader.span), label);
        }
        for (id, _, place) in &outside.reports {
            let label = format!("the regions of `{}`", cx.assurance_name(*id));
            finding = finding.related(*place, label);
        }
    }
    let references: &[&str] = match outside.as_slice() {
        [one] if one.family == Family::Icfr => &["AT-C 320"],
        [_] => &["DC 200"],
        _ => RULE.references,
    };
    Some(finding.citing(references).help("if the system in that region is the one that the report describes, name the region in the report's `regions`; else tell those readers what the report leaves out, and have the next one include it"))
}

/// The readers whom the reports of one family leave out.
struct Outside<'e> {
    family: Family,
    readers: Vec<&'e Val<Region<'e>>>,
    reports: Vec<(AssuranceId, &'e List<Region<'e>>, Place)>,
}

impl Outside<'_> {
    fn said(&self, cx: &Context<'_, '_>) -> String {
        let readers: Vec<String> = self
            .readers
            .iter()
            .map(|reader| format!("`{}`", reader.value.0))
            .collect();
        let reports: Vec<String> = self
            .reports
            .iter()
            .map(|(id, ..)| format!("`{}`", cx.assurance_name(*id)))
            .collect();
        let lies = if readers.len() == 1 { "lies" } else { "lie" };
        let of = match reports.as_slice() {
            [report] => report.clone(),
            reports => list_words(reports, "or"),
        };
        format!("{} {lies} in no region of {of}", list_words(&readers, "and"))
    }
}

/// The regions of user entities that lie in none of the claimed reports of a family; `None` when there are no such
/// reports, or when they may speak of any region.
fn outside<'e>(cx: &'e Context<'_, '_>, index: ServiceId, family: Family) -> Option<Outside<'e>> {
    let service = cx.services.get(index);
    if cx.claims_uncertain(index) || cx.is_succession_uncertain(index, family) {
        return None;
    }
    let mut reports: Vec<(AssuranceId, &List<Region<'_>>, Place)> = Vec::new();
    for (entry, id) in cx.claims_of(index) {
        let assurance = cx.assurance(*id);
        if !assurance.is_of(family) || assurance.standing != Standing::Issued || !cx.covers(*id, index) {
            continue;
        }
        let claimed_for = &service.body.claims.items[*entry].value.regions;
        let (stated, place) = regions_of(cx, *id);
        // A claim for some regions is judged by `claim-not-covering-service`.
        if claimed_for.stated || !stated.stated || stated.damaged {
            return None;
        }
        if !reports.iter().any(|(known, ..)| known == id) {
            reports.push((*id, stated, place));
        }
    }
    if reports.is_empty() {
        return None;
    }
    let upcoming = cx.speaking_for(index, family, Standing::Coming);
    let upcoming: Vec<&List<Region<'_>>> = upcoming.map(|id| regions_of(cx, id).0).collect();
    // What states no regions may be about all of them.
    if upcoming.iter().any(|stated| !stated.stated || stated.damaged) {
        return None;
    }
    let all = reports.iter().map(|(_, stated, _)| *stated).chain(upcoming);
    let named: Vec<&str> = all
        .flat_map(|list| list.iter())
        .map(|region| &*region.value.0)
        .collect();
    let may_speak_of = |reader: &str| {
        let touches = |named: &&str| regions::contains(named, reader) || regions::contains(reader, named);
        named.iter().any(touches)
    };
    let readers = &service.body.user_entities.get()?.regions;
    let readers: Vec<&Val<Region<'_>>> = readers.iter().filter(|reader| !may_speak_of(&reader.value.0)).collect();
    (!readers.is_empty()).then_some(Outside {
        family,
        readers,
        reports,
    })
}

fn regions_of<'e>(cx: &'e Context<'_, '_>, id: AssuranceId) -> (&'e List<Region<'e>>, Place) {
    let (list, file) = match cx.assurance(id).origin {
        Origin::Report(index) => {
            let report = cx.reports.get(index);
            (&report.body.regions, report.file)
        }
        Origin::Certificate(index) => {
            let certificate = cx.certificates.get(index);
            (&certificate.body.regions, certificate.file)
        }
    };
    (list, cx.place(file, list.span))
}
