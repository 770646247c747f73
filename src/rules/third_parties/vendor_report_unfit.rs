//! The reports of a vendor that the books rely on are too old, modified, or on another subject matter.

use crate::calendar::Period;
use crate::decode::{Field, Val};
use crate::estate::{ServiceRef, ThirdPartyRef};
use crate::finding::{Finding, Severity};
use crate::fiscal_year;
use crate::manifest::ProviderReport;
use crate::model::{Date, Duration, FinancialImpact, Opinion, ReportType, Role};
use crate::rules::{Check, Context, Group, Rule, RuleOption, words};
use crate::source::Place;
use crate::standards::Family;

pub static RULE: Rule = Rule {
    name: "vendor-report-unfit",
    since: "0.2.0",
    group: Group::ThirdParties,
    severity: Severity::Warning,
    summary: "The reports of a vendor that the books rely on are too old, modified, or on another subject matter.",
    references: &["PCAOB AS 2201.B17", "AU-C 402", "CC9.2"],
    options: &[
        RuleOption::longest(
            "How long after its end a vendor's report can be relied on",
            Duration::months(12),
        ),
        RuleOption::season(Duration::months(4)),
    ],
    yields_to: &[],
    page: include_str!("vendor_report_unfit.md"),
    check: Check::ThirdParty(judge),
};

/// A service with books that relies on the vendor.
struct Books<'e, 'a> {
    service: ServiceRef<'e, 'a>,
    own: bool,
    /// Where its effect is stated.
    place: Place,
}

/// Why the newest report is not sufficient.
struct Misfit {
    severity: Severity,
    what: String,
    place: Place,
    label: String,
    help: &'static str,
    related: Vec<(Place, String)>,
}

/// The newest report on controls relevant to financial reporting: several, when they end on one day.
struct Newest<'r, 'a>(Vec<&'r ProviderReport<'a>>);

fn judge(cx: &Context<'_, '_>, third_party: ThirdPartyRef<'_, '_>) -> Option<Finding> {
    let body = &third_party.body;
    let theirs = &body.reports;
    let explains = |report: &Val<ProviderReport<'_>>| report.value.alternative_procedures.explains();
    let silent = body.may_be(Role::SubserviceOrganization) || theirs.damaged || theirs.iter().any(explains);
    if theirs.items.is_empty() || silent {
        return None;
    }
    let books = books(third_party);
    if books.is_empty() {
        return None;
    }
    let may_be_icfr = |report: &&Val<ProviderReport<'_>>| report.value.may_be_of(Family::Icfr);
    let icfr: Vec<&ProviderReport<'_>> = theirs.iter().filter(may_be_icfr).map(|report| &report.value).collect();
    let misfits = match icfr.as_slice() {
        [] => Vec::from_iter(other_family(third_party, &books)),
        icfr => newest(icfr)?.misfits(cx, third_party, &books),
    };
    // Among those of one severity, the first is the most telling.
    let decided = misfits.iter().rev().max_by_key(|misfit| misfit.severity)?;
    let whats: Vec<&str> = misfits.iter().map(|misfit| misfit.what.as_str()).collect();
    let message = format!(
        "{} on `{}` through {}, but {}",
        match (
            books.iter().any(|books| books.own),
            books.iter().any(|books| !books.own)
        ) {
            (true, true) => "our own books and those of user entities rely",
            (true, false) => "our own books rely",
            (false, _) => "the books of user entities rely",
        },
        third_party.name(),
        words::services(
            &books
                .iter()
                .map(|books| books.service)
                .collect::<Vec<ServiceRef<'_, '_>>>()
        ),
        whats.join(", and ")
    );
    let mut finding = RULE
        .finding(third_party.path(), decided.place, decided.label.clone(), message)
        .severity(decided.severity);
    for misfit in &misfits {
        finding = finding.related(misfit.place, misfit.label.clone());
        for (place, label) in &misfit.related {
            finding = finding.related(*place, label.clone());
        }
    }
    for of in &books {
        let whose = if of.own {
            "our own books"
        } else {
            "the books of user entities"
        };
        finding = finding.related_with(of.place, || format!("{whose} rely on `{}`", of.service.name()));
    }
    for report in theirs.iter() {
        let stated = &report.value.alternative_procedures;
        finding = words::unexplained(finding, stated, |span| third_party.at(span));
    }
    finding = finding.citing(references(&books));
    Some(finding.help(format!(
        "{}; if you cover it in another way, state how in the report's `alternative-procedures`",
        decided.help
    )))
}

/// Our own auditor works under the standards for audits, including those of issuers; a service organization monitors
/// its vendors.
fn references(books: &[Books<'_, '_>]) -> &'static [&'static str] {
    match (
        books.iter().any(|books| books.own),
        books.iter().any(|books| !books.own),
    ) {
        (true, true) => RULE.references,
        (true, false) => &["PCAOB AS 2201.B17", "AU-C 402"],
        (false, _) => &["AU-C 402", "CC9.2"],
    }
}

/// The services in use that rely on a third party and matter to anyone's books.
fn books<'e, 'a>(third_party: ThirdPartyRef<'e, 'a>) -> Vec<Books<'e, 'a>> {
    let services = third_party.services();
    let books = services.filter_map(|service| {
        let impact = service.body.financial_impact.known()?;
        let own = match impact.value {
            FinancialImpact::OwnBooks => true,
            FinancialImpact::Direct | FinancialImpact::Indirect => false,
            FinancialImpact::ItgcOnly | FinancialImpact::None => return None,
        };
        service.body.is_in_use().then(|| Books {
            service,
            own,
            place: service.at(impact.span),
        })
    });
    books.collect()
}

/// Our own books are audited; a report on another subject matter does not address them.
fn other_family(third_party: ThirdPartyRef<'_, '_>, books: &[Books<'_, '_>]) -> Option<Misfit> {
    let mut frameworks = third_party
        .body
        .reports
        .iter()
        .filter_map(|report| report.value.framework.known());
    let framework = frameworks.next().filter(|_| books.iter().any(|books| books.own))?;
    Some(Misfit {
        severity: Severity::Note,
        what: format!("none of its declared reports is on {}", Family::Icfr.subject_matter()),
        place: third_party.at(framework.span),
        label: format!("not a {}", Family::Icfr.reports()),
        help: "ask for its SOC 1 or ISAE 3402 report, and declare it in `reports`",
        related: Vec::new(),
    })
}

/// The newest of the reports that are, or may be, on controls relevant to financial reporting; `None` when it is not
/// known which that is, or whether it is one.
fn newest<'r, 'a>(icfr: &[&'r ProviderReport<'a>]) -> Option<Newest<'r, 'a>> {
    let end = |report: &ProviderReport<'_>| report.end().map(|end| end.value.0);
    let undated = |report: &&ProviderReport<'_>| end(report).is_none() || report.is_undatable();
    if icfr.len() > 1 && icfr.iter().any(undated) {
        return None;
    }
    let latest = icfr.iter().map(|report| end(report)).max()?;
    let newest: Vec<&ProviderReport<'_>> = icfr.iter().copied().filter(|report| end(report) == latest).collect();
    newest
        .iter()
        .all(|report| report.is_of(Family::Icfr))
        .then_some(Newest(newest))
}

impl Newest<'_, '_> {
    fn misfits(
        &self,
        cx: &Context<'_, '_>,
        third_party: ThirdPartyRef<'_, '_>,
        books: &[Books<'_, '_>],
    ) -> Vec<Misfit> {
        let unread = self.0.iter().any(|report| report.is_undatable());
        let dated = self.0[0].end().filter(|_| !unread);
        let letters: Option<Vec<Vec<Period>>> = self.0.iter().map(|report| report.bridged()).collect();
        let dates = dated.zip(letters.map(|letters| letters.concat()));
        let mut misfits = Vec::new();
        if let Some((end, letters)) = dates {
            misfits.extend(self.stale(cx, third_party, end, &letters));
            misfits.extend(self.uncovered(cx, third_party, end, &letters, books));
        }
        misfits.extend(self.modified(third_party));
        if let Some(first) = misfits.first_mut() {
            let framework = self.0[0].framework.value().map_or("", |framework| framework.title());
            first.what = format!("its newest declared {framework} report {}", first.what);
        }
        misfits
    }

    fn stale(
        &self,
        cx: &Context<'_, '_>,
        third_party: ThirdPartyRef<'_, '_>,
        end: Val<Date>,
        letters: &[Period],
    ) -> Option<Misfit> {
        let limit = cx.longest(&RULE);
        let reach = fiscal_year::reach(end.value.0, letters);
        if limit.due(reach) >= cx.as_of {
            return None;
        }
        let with_letter = if reach == end.value.0 {
            String::new()
        } else {
            format!(" (with its bridge letter, {reach})")
        };
        let option = limit
            .option
            .map(|option| (option, "limit set in the config".to_owned()));
        Some(Misfit {
            severity: Severity::Warning,
            what: format!(
                "ended on {}{with_letter}, more than {} before {}",
                end.value, limit.value, cx.as_of
            ),
            place: third_party.at(end.span),
            label: format!("more than {} before {}", limit.value, cx.as_of),
            help: "get its newer report, and declare it in `reports`",
            related: option.into_iter().collect(),
        })
    }

    /// What it leaves uncovered before the end of our own fiscal year, while that year is audited.
    fn uncovered(
        &self,
        cx: &Context<'_, '_>,
        third_party: ThirdPartyRef<'_, '_>,
        end: Val<Date>,
        letters: &[Period],
        books: &[Books<'_, '_>],
    ) -> Option<Misfit> {
        // A type 1 report covers no period.
        let covers_no_day = |report: &&ProviderReport<'_>| {
            report.report_type.value() == Some(ReportType::One) || report.period.get().is_none()
        };
        if self.0.iter().any(covers_no_day) {
            return None;
        }
        let (place, organization) = cx.organization.as_ref()?;
        let year_end = organization.fiscal_year_end.known()?;
        let season = cx.season(&RULE);
        let year = fiscal_year::in_season(year_end.value, season.value, &cx.as_of)?;
        let left = fiscal_year::uncovered_before(year.to, end.value.0, letters)?.overlap(year)?;
        // Before a relationship or a service began, nothing relied on the vendor.
        let own = books.iter().filter(|books| books.own);
        let relied_on = own.filter_map(|books| {
            let service = books.service;
            let since = [&third_party.body.since, &service.body.since];
            let mut from = left.from;
            for since in since {
                from = match since {
                    Field::Absent => from,
                    Field::Unknown(_) => return None,
                    Field::Known(since) => from.max(since.value.0),
                };
            }
            Some(Period { from, to: left.to })
        });
        let left = relied_on.max_by_key(|left| left.days())?;
        if !left.exceeds(fiscal_year::LETTER) {
            return None;
        }
        let at = |span| Place { file: place.file, span };
        let mut related = vec![(
            at(year_end.span),
            "the fiscal year of the organization ends here".to_owned(),
        )];
        if let Some(option) = season.option {
            related.push((option, "season set in the config".to_owned()));
        }
        Some(Misfit {
            severity: Severity::Warning,
            what: format!(
                "leaves {} days uncovered before our year-end of {}",
                left.days(),
                year.to
            ),
            place: third_party.at(end.span),
            label: format!("the days from {} are uncovered", left.from),
            help: "get its newer report, or a bridge letter for the days until our year-end, and declare it in `reports`",
            related,
        })
    }

    fn modified(&self, third_party: ThirdPartyRef<'_, '_>) -> Option<Misfit> {
        let modified = self.0.iter().map(|report| {
            let opinion = report.opinion.known()?;
            let severity = match opinion.value {
                Opinion::Unmodified => return None,
                Opinion::Qualified => Severity::Note,
                Opinion::Adverse | Opinion::Disclaimer => Severity::Warning,
            };
            Some((severity, opinion))
        });
        // Among several of the same day, a better one may cover what is used.
        let modified: Option<Vec<_>> = modified.collect();
        let (severity, opinion) = modified?.into_iter().min_by_key(|(severity, _)| *severity)?;
        Some(Misfit {
            severity,
            what: match opinion.value {
                Opinion::Disclaimer => "carries a disclaimer of opinion",
                Opinion::Adverse => "carries an adverse opinion",
                _ => "carries a qualified opinion",
            }
            .to_owned(),
            place: third_party.at(opinion.span),
            label: "modified".to_owned(),
            help: "find out which controls that you rely on are affected, and what replaces them",
            related: Vec::new(),
        })
    }
}
