//! Which days of ours the reports of a third party cover: of our fiscal year, of those of user entities, and of the periods
//! of our reports that carve it out.

use crate::calendar::Period;
use crate::estate::{AssuranceRef, Letters, ServiceRef, ThirdPartyRef, uncovered};
use crate::fiscal_year;
use crate::manifest::ProviderReport;
use crate::model::{Duration, FinancialImpact, Framework, MonthDay, ReportType};
use crate::rules::{self, OptionKind};
use crate::standards::Family;
use crate::views::inventory::Judged;
use std::collections::BTreeMap;

/// The rule that judges years, whose option says until when one is audited.
const OF_YEARS: &str = "vendor-report-unfit";

/// Days of ours, and what is left of them.
pub struct Days {
    pub whose: String,
    /// The report of ours whose period it is, if it is one.
    pub report: Option<String>,
    /// The services that rely on it and that those days matter for, by their names.
    pub services: Vec<String>,
    pub of: Period,
    /// On what the reports have to be that count; any, if it matters to no books.
    pub family: Option<Family>,
    /// What no report covers; `None` where that is not known.
    pub left: Option<Vec<Period>>,
}

/// The days that matter for a third party, in the order in which they are shown.
pub fn days(judged: &Judged<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Vec<Days> {
    let mut all = Vec::new();
    let services: Vec<ServiceRef<'_, '_>> = third_party.services().filter(|of| of.body.is_in_use()).collect();
    let organization = judged.estate.organization.as_ref();
    let named = |services: &[ServiceRef<'_, '_>]| services.iter().map(|service| service.name().to_string()).collect();
    if let Some(end) = organization.and_then(|(_, organization)| organization.fiscal_year_end.value()) {
        let impact = |service: &ServiceRef<'_, '_>| service.body.financial_impact.value();
        let own = services.iter().copied();
        let own: Vec<_> = own
            .filter(|service| impact(service) == Some(FinancialImpact::OwnBooks))
            .collect();
        let (family, for_them) = match own.is_empty() {
            true => (None, named(&services)),
            false => (Some(Family::Icfr), named(&own)),
        };
        let whose = ("our year".to_owned(), for_them);
        all.extend(year(judged, third_party, end).map(|of| Days::of(third_party, whose, of, family, Letters::Joined)));
    }
    let mut ends: BTreeMap<(i8, Option<i8>), (MonthDay, Vec<String>)> = BTreeMap::new();
    for service in services.iter().filter(|service| service.body.has_financial_impact()) {
        let Some(user_entities) = service.body.user_entities.get() else {
            continue;
        };
        for end in user_entities.fiscal_year_ends.iter() {
            let key = (end.value.month, end.value.day);
            let (_, names) = ends.entry(key).or_insert((end.value, Vec::new()));
            names.push(service.name().to_string());
        }
    }
    for (end, names) in ends.into_values() {
        let whose = ("year of user entities".to_owned(), names);
        let family = Some(Family::Icfr);
        all.extend(year(judged, third_party, end).map(|of| Days::of(third_party, whose, of, family, Letters::Joined)));
    }
    for (family, report) in third_party.newest_carve_outs().into_keys() {
        let assurance: AssuranceRef<'_, '_> = report.assurance();
        let period = assurance.period.filter(|period| period.from <= period.to);
        if let Some(of) = period.filter(|_| assurance.report_type == Some(ReportType::Two)) {
            let covered = third_party.services().filter(|service| assurance.covers(*service));
            let covered: Vec<ServiceRef<'_, '_>> = covered.collect();
            let name = report.name().to_string();
            let whose = (format!("our report {name}"), named(&covered));
            let days = Days::of(third_party, whose, of, Some(family), Letters::Whole);
            all.push(Days {
                report: Some(name),
                ..days
            });
        }
    }
    all
}

/// The fiscal year that is being audited, otherwise the current one; from the day on which the relationship began.
fn year(judged: &Judged<'_, '_>, third_party: ThirdPartyRef<'_, '_>, end: MonthDay) -> Option<Period> {
    let today = &judged.estate.as_of;
    let set = judged.settings.season(OF_YEARS).map(|set| set.value);
    let default = || rules::find(OF_YEARS).map(|rule| rule.default_of(OptionKind::Season));
    let season = set.or_else(default).unwrap_or(Duration::months(4));
    let current = || {
        let day = today.date();
        let day = Period { from: day, to: day };
        fiscal_year::touching(end, day).next()
    };
    let year = fiscal_year::in_season(end, season, today).or_else(current)?;
    let since = third_party.body.since.value().map(|day| day.0);
    let from = since.map_or(year.from, |since| since.max(year.from));
    (from <= year.to).then_some(Period { from, to: year.to })
}

impl Days {
    fn of(
        third_party: ThirdPartyRef<'_, '_>,
        (whose, services): (String, Vec<String>),
        of: Period,
        family: Option<Family>,
        letters: Letters,
    ) -> Self {
        let reports = &third_party.entity().body.reports;
        let counts = |report: &&ProviderReport<'_>| match family {
            Some(family) => report.may_be_of(family),
            None => !report.framework.value().is_some_and(Framework::is_certificate),
        };
        let counted: Vec<&ProviderReport<'_>> = reports.iter().map(|report| &report.value).filter(counts).collect();
        // One that is only perhaps of the family may not cover anything.
        let is_sure = |report: &&ProviderReport<'_>| !report.is_unread() && family.is_none_or(|of| report.is_of(of));
        let is_known = !reports.damaged && counted.iter().all(is_sure);
        Self {
            left: uncovered(&counted, of, letters).filter(|_| is_known),
            whose,
            report: None,
            services,
            of,
            family,
        }
    }
}
