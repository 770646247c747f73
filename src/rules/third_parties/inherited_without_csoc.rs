//! A control is inherited from an organization that the report carves out, but no control expected of it serves the
//! same criteria.

use crate::decode::{List, OneOrTable, Val};
use crate::estate::{ControlRef, ReportRef, ThirdPartyRef};
use crate::finding::{Finding, Severity};
use crate::manifest::Csoc;
use crate::model::{Method, Text, list_words};
use crate::rules::{Check, Context, Group, Rule, words};
use crate::source::Place;
use crate::standards::Family;
use crate::standards::reference::{self, Entry};

pub static RULE: Rule = Rule {
    name: "inherited-without-csoc",
    since: "0.2.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "No control expected of a carved-out organization serves the criteria of a control inherited from it.",
    references: &["DC 200", "AT-C 320"],
    options: &[],
    yields_to: &[],
    page: include_str!("inherited_without_csoc.md"),
    check: Check::Control(judge),
};

/// A criterion that a complementary subservice organization control serves.
struct Named<'e> {
    id: &'e Text<'e>,
    place: Place,
    entry: Option<Entry>,
}

/// A report of which a control is part, and where it carves out the organization from which the control is inherited.
struct LeavingOut<'e, 'a> {
    report: ReportRef<'e, 'a>,
    family: Family,
    method: Place,
}

fn judge(cx: &Context<'_, '_>, control: ControlRef<'_, '_>) -> Option<Finding> {
    let body = &control.body;
    let from = body.inherited_from.known()?;
    // Whether a CSOC serves an id of a differently named catalogue cannot be determined.
    if body.criteria.items.is_empty() || body.criteria.damaged || !body.catalogue.is_absent() {
        return None;
    }
    let third_party = cx.third_party_named(control.namespace, &from.value)?;
    if !third_party.readable || third_party.body.csocs_not_needed.explains() {
        return None;
    }
    let criteria: Vec<(&Val<Text<'_>>, Entry)> = body
        .criteria
        .iter()
        .filter_map(|id| Some((id, reference::locate(&id.value)?)))
        .collect();
    let missing = leaving_out(control, third_party).into_iter().find_map(|of| {
        let named = named(third_party, of.report)?;
        let of_catalogue = |entry: &Entry| {
            let mut entries = named.iter().filter_map(|named| named.entry);
            entries.any(|named| named.is_beside(*entry))
        };
        let asked: Vec<&(&Val<Text<'_>>, Entry)> = criteria.iter().filter(|(_, entry)| of_catalogue(entry)).collect();
        let serves = |named: &Named<'_>| criteria.iter().any(|(_, entry)| named.may_be(*entry));
        (!asked.is_empty() && !named.iter().any(serves)).then_some((of, asked, named))
    });
    let (of, asked, named) = missing?;
    let (criterion, _) = asked.first()?;
    let ids: Vec<String> = asked.iter().map(|(id, _)| format!("`{}`", id.value)).collect();
    let message = format!(
        "the control `{}` of {} serves {} and is inherited from `{}`, which the report carves out, but none of the declared CSOCs of `{}` names {}",
        control.name(),
        words::report(of.report),
        list_words(&ids, "and"),
        third_party.name(),
        third_party.name(),
        if ids.len() == 1 {
            "that criterion"
        } else {
            "one of these criteria"
        }
    );
    let label = "no CSOC names it";
    let mut finding = RULE
        .finding(control.path(), control.at(criterion.span), label, message)
        .related(control.at(from.span), "inherited from this organization")
        .related(
            of.method,
            format!(
                "`{}` is carved out of `{}`, which excludes its controls",
                third_party.name(),
                of.report.name()
            ),
        );
    for csoc in &named {
        let label = format!(
            "a CSOC of `{}` for `{}` names `{}`",
            third_party.name(),
            of.report.name(),
            csoc.id
        );
        finding = finding.related(csoc.place, label);
    }
    finding = finding.citing(match of.family {
        Family::Icfr => &["AT-C 320"],
        Family::TrustServices => &["DC 200"],
    });
    let stated = &third_party.body.csocs_not_needed;
    if let Some((place, label)) = words::no_explanation(stated, |span| third_party.at(span)) {
        let label = format!("`csocs-not-needed` of `{}`: {label}", third_party.name());
        finding = finding.related(place, label);
    }
    Some(finding.help("state in `csocs` which control of the organization serves the criterion, as in the system description, or correct the control's `criteria`; if nothing is expected of the organization, explain why in `csocs-not-needed`"))
}

/// The reports that a control is part of and that are the newest issued ones of their family for a service, as far as
/// they carve out an organization.
fn leaving_out<'e, 'a>(control: ControlRef<'e, 'a>, third_party: ThirdPartyRef<'e, 'a>) -> Vec<LeavingOut<'e, 'a>> {
    let own_method = third_party
        .body
        .method
        .known()
        .map(|method| third_party.at(method.span));
    let mut found = Vec::new();
    for report in control.reports() {
        let carved_out = third_party.method_in(report).value() == Some(Method::CarveOut);
        let Some(family) = report.assurance().family.known() else {
            continue;
        };
        if !carved_out {
            continue;
        }
        let is_newest = report.assurance().states_covers && report.is_newest_for_some();
        let stated = third_party.treatments().find(|(of, _)| *of == report);
        let stated = stated.and_then(|(_, entry)| entry.method.known());
        let method = stated.map(|method| report.at(method.span)).or(own_method);
        found.extend(
            method
                .filter(|_| is_newest)
                .map(|method| LeavingOut { report, family, method }),
        );
    }
    found
}

/// The criteria that the organization's CSOCs name, its own and those that the report states; `None` when some of them
/// could not be read.
fn named<'e>(third_party: ThirdPartyRef<'e, '_>, report: ReportRef<'_, '_>) -> Option<Vec<Named<'e>>> {
    let mut named = of_csocs(&third_party.entity().body.csocs, |span| third_party.at(span))?;
    for (_, entry) in third_party.treatments().filter(|(of, _)| *of == report) {
        named.extend(of_csocs(&entry.csocs, |span| report.at(span))?);
    }
    Some(named)
}

fn of_csocs<'e>(
    csocs: &'e List<OneOrTable<Csoc<'_>>>,
    at: impl Fn(crate::source::Span) -> Place,
) -> Option<Vec<Named<'e>>> {
    let criteria = || csocs.iter().map(|csoc| &csoc.value.criteria);
    if csocs.damaged || criteria().any(|criteria| criteria.damaged) {
        return None;
    }
    let named = criteria().flat_map(List::iter).map(|id| Named {
        id: &id.value,
        place: at(id.span),
        entry: reference::locate(&id.value),
    });
    Some(named.collect())
}

impl Named<'_> {
    /// Whether it is a criterion, or a series or range that may include it: `CC6`, `CC6.4-CC6.7`.
    fn may_be(&self, criterion: Entry) -> bool {
        match self.entry {
            Some(entry) => entry.is(criterion),
            None => {
                let series = criterion.series();
                let start = self.id.trim().get(..series.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(series))
            }
        }
    }
}
