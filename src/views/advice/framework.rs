//! Under which standard a report is issued: by who reads it, and where they are.

use super::Because;
use crate::estate::{AssuranceRef, ServiceRef, Standing, newest_of};
use crate::model::{Framework, ServiceKind, SubjectMatter, list_words, regions};
use crate::standards::Family;
use std::collections::BTreeSet;

/// What a report is called, and why.
pub struct Named {
    pub framework: Framework,
    pub also: Vec<Framework>,
    pub subject_matter: Option<SubjectMatter>,
    pub because: Because,
    pub would_change: Because,
}

/// The declared readers of several services.
#[derive(Default)]
pub struct Readers {
    pub regions: BTreeSet<String>,
    pub sec_issuers: bool,
    /// Whether something about them could not be read.
    unread: bool,
}

impl Readers {
    pub fn of<'e, 'a: 'e>(services: impl Iterator<Item = ServiceRef<'e, 'a>>) -> Self {
        let mut readers = Self::default();
        for service in services {
            let user_entities = &service.entity().body.user_entities;
            readers.unread |= user_entities.is_unknown();
            if let Some(stated) = user_entities.get() {
                let all = stated.regions.iter();
                readers
                    .regions
                    .extend(all.map(|region| region.value.0.as_str().to_owned()));
                readers.sec_issuers |= stated.sec_issuers.value() == Some(true);
                readers.unread |= stated.regions.damaged || stated.sec_issuers.is_unknown();
            }
        }
        readers
    }

    /// Whether they are known to be, all of them, where something holds.
    fn all_are(&self, is_there: impl Fn(&str) -> bool) -> bool {
        !self.unread && !self.regions.is_empty() && self.regions.iter().all(|region| is_there(region))
    }

    pub fn any_is_in(&self, country: &str) -> bool {
        self.regions.iter().any(|region| regions::contains(country, region))
    }

    pub fn are_outside_the_us(&self) -> bool {
        self.all_are(|region| !regions::may_be_in_the_us(region))
    }

    fn said(&self) -> String {
        let regions: Vec<String> = self.regions.iter().map(|region| format!("`{region}`")).collect();
        list_words(&regions, "and")
    }
}

/// What the reports of a family over these services are called: as the newest that there is, else by their readers.
pub fn of(family: Family, services: &BTreeSet<ServiceRef<'_, '_>>) -> Named {
    let readers = Readers::of(services.iter().copied());
    let by_readers = match family {
        Family::Icfr => icfr(&readers, services),
        Family::TrustServices => trust_services(&readers),
    };
    match before(family, services) {
        Some(before) => as_before(before, by_readers, &readers),
        None => by_readers,
    }
}

/// The newest report of a family over any of the services: what comes next is called as it is.
pub fn before<'e, 'a>(family: Family, services: &BTreeSet<ServiceRef<'e, 'a>>) -> Option<AssuranceRef<'e, 'a>> {
    let reports = services.iter().flat_map(|service| {
        let issued = service.reports(family, Standing::Issued);
        issued.chain(service.reports(family, Standing::Upcoming))
    });
    newest_of(reports.filter(|report| report.framework != Some(Framework::Soc3)))
}

fn as_before(before: AssuranceRef<'_, '_>, named: Named, readers: &Readers) -> Named {
    let Some(report) = before.as_report() else {
        return named;
    };
    let Some(framework) = report.body.framework.value().filter(|framework| framework.is_report()) else {
        return named;
    };
    let mut also: Vec<Framework> = report.body.also.iter().map(|also| also.value).collect();
    also.retain(|one| one.family() == framework.family() && *one != framework);
    // Readers whom it does not serve yet are served by a combined one.
    let is_missing = |wanted: &Framework| *wanted != framework && !also.contains(wanted);
    let both = [Framework::Soc1, Framework::Isae3402];
    if both.contains(&framework) && named.subject_matter.is_none() {
        let wanted = std::iter::once(named.framework).chain(named.also.iter().copied());
        let missing: Vec<Framework> = wanted.filter(is_missing).filter(|one| both.contains(one)).collect();
        if !readers.regions.is_empty() || readers.sec_issuers {
            also.extend(missing);
        }
    }
    let text = format!("it is the next report after `{}` ({})", before.name(), before.title());
    Named {
        framework,
        also,
        subject_matter: match framework {
            Framework::Isae3000 => report.body.subject_matter.value(),
            _ => None,
        },
        because: Because::new(text).at(before.place()),
        would_change: named.would_change,
    }
}

/// Kinds of which reports in the UK are ordinarily issued on the objectives of AAF 01/20.
const AAF: [ServiceKind; 3] = [
    ServiceKind::FundAdministration,
    ServiceKind::Custody,
    ServiceKind::PensionAdministration,
];

fn icfr(readers: &Readers, services: &BTreeSet<ServiceRef<'_, '_>>) -> Named {
    let is_american = |region: &str| regions::contains("us", region) || regions::contains("ca", region);
    let kinds = services.iter().filter_map(|service| service.body.kind.value());
    let is_aaf =
        readers.all_are(|region| regions::contains("gb", region)) && kinds.into_iter().any(|kind| AAF.contains(&kind));
    let (framework, also, text, reference) = if is_aaf && !readers.sec_issuers {
        (
            Framework::Isae3000,
            Vec::new(),
            "all declared user entities are in the UK, where such services ordinarily report on the control objectives of AAF 01/20 (ICAEW)".to_owned(),
            "ISAE 3000",
        )
    } else if readers.all_are(is_american) {
        let canada = match readers.any_is_in("ca") {
            true => "; in Canada it is issued under CSAE 3416",
            false => "",
        };
        (
            Framework::Soc1,
            Vec::new(),
            format!(
                "the declared user entities are in {}, whose auditors ask for SOC 1{canada}",
                readers.said()
            ),
            "AT-C 320",
        )
    } else if readers.all_are(|region| !regions::may_ask_for_soc1(region)) && !readers.sec_issuers {
        (
            Framework::Isae3402,
            Vec::new(),
            format!(
                "the declared user entities are in {}, whose auditors ask for ISAE 3402",
                readers.said()
            ),
            "ISAE 3402",
        )
    } else {
        let text = match (readers.regions.is_empty(), readers.sec_issuers) {
            (true, true) => "SEC issuers are declared among the user entities, and no regions: a combined report serves their auditors and those elsewhere".to_owned(),
            (true, false) => "no regions of the user entities are declared: a combined report serves auditors in the US and elsewhere".to_owned(),
            (false, true) => format!("SEC issuers are declared among the user entities, which are in {}: a combined report serves their auditors and those elsewhere", readers.said()),
            (false, false) => format!("the declared user entities are in {}: a combined report serves auditors in the US and elsewhere", readers.said()),
        };
        (Framework::Soc1, vec![Framework::Isae3402], text, "AT-C 320")
    };
    let change = match framework {
        Framework::Isae3000 => "readers outside the UK: their auditors ask for ISAE 3402, or SOC 1 in the US",
        Framework::Isae3402 => {
            "readers in the US or SEC issuers: their auditors ask for SOC 1, so have a combined report (`also = \"soc1\"`)"
        }
        _ if also.is_empty() => {
            "readers outside the US: their auditors ask for ISAE 3402, so have a combined report (`also = \"isae3402\"`)"
        }
        _ => {
            "`user-entities.regions`: where all of them are in the US, a SOC 1 alone serves; where none are, an ISAE 3402 alone"
        }
    };
    Named {
        framework,
        also,
        subject_matter: (framework == Framework::Isae3000).then_some(SubjectMatter::FinancialReporting),
        because: Because::new(text).citing(reference),
        would_change: Because::new(change),
    }
}

fn trust_services(readers: &Readers) -> Named {
    let is_in_the_us = readers.all_are(|region| regions::contains("us", region));
    let (also, text) = if is_in_the_us {
        (Vec::new(), "all declared user entities are in the US".to_owned())
    } else if readers.regions.is_empty() {
        (
            vec![Framework::Isae3000],
            "no regions of the user entities are declared: outside the US, a SOC 2 report is ordinarily issued under ISAE 3000 as well".to_owned(),
        )
    } else {
        (
            vec![Framework::Isae3000],
            format!(
                "the declared user entities are in {}: outside the US, a SOC 2 report is ordinarily issued under ISAE 3000 as well",
                readers.said()
            ),
        )
    };
    Named {
        framework: Framework::Soc2,
        also,
        subject_matter: None,
        because: Because::new(text).citing(if is_in_the_us { "AT-C 205" } else { "ISAE 3000" }),
        would_change: Because::new(match is_in_the_us {
            true => {
                "readers outside the US: they may ask for a report under ISAE 3000, so have a combined one (`also = \"isae3000\"`)"
            }
            false => {
                "readers who ask for neither name: an ISAE 3000 report on the trust services criteria says the same, and other criteria (C5 in Germany, say) are a report of their own"
            }
        }),
    }
}
