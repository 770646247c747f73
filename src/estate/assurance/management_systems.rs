//! Certificates of ISO/IEC 27001 management systems, and the certificates that need them.

use crate::calendar::Period;
use crate::estate::{AssuranceRef, Estate, Origin, Standing};
use crate::model::{Framework, ServiceId};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Periods, asked whether any of them overlaps another.
#[derive(Default)]
struct Held {
    /// Sorted by start; each with the latest end so far.
    periods: Vec<Period>,
}

impl Held {
    fn over(mut periods: Vec<Period>) -> Self {
        periods.sort();
        let mut latest = Date::MIN;
        for period in &mut periods {
            latest = latest.max(period.to);
            period.to = latest;
        }
        Self { periods }
    }

    fn overlaps(&self, with: Period) -> bool {
        let begun = self.periods.partition_point(|period| period.from <= with.to);
        begun > 0 && self.periods[begun - 1].to >= with.from
    }
}

/// The ISO/IEC 27001 certificates: all, those that state no services, and those of each service.
pub struct ManagementSystems<'e, 'a> {
    all: Held,
    of_any_service: Held,
    of_service: HashMap<ServiceId, Held>,
    /// The last of them by path.
    pub latest: Option<AssuranceRef<'e, 'a>>,
}

impl<'e, 'a> ManagementSystems<'e, 'a> {
    pub fn declared(estate: &'e Estate<'a>) -> Self {
        let (mut all, mut of_any_service) = (Vec::new(), Vec::new());
        let mut of_service: HashMap<ServiceId, Vec<Period>> = HashMap::new();
        let mut latest = None;
        for assurance in estate.assurances() {
            if assurance.framework != Some(Framework::Iso27001) || assurance.standing() != Standing::Issued {
                continue;
            }
            latest = Some(assurance);
            let held = held(assurance);
            all.push(held);
            if !assurance.states_covers || assurance.covers_unknown {
                of_any_service.push(held);
            }
            for service in assurance.covered() {
                of_service.entry(service.index).or_default().push(held);
            }
        }
        let of_service = of_service
            .into_iter()
            .map(|(service, periods)| (service, Held::over(periods)));
        Self {
            all: Held::over(all),
            of_any_service: Held::over(of_any_service),
            of_service: of_service.collect(),
            latest,
        }
    }

    /// Whether one of them overlaps in dates with a certificate, and in services where both state some.
    pub fn stand_beside(&self, assurance: AssuranceRef<'_, '_>) -> bool {
        let held = held(assurance);
        if !assurance.states_covers || assurance.covers_unknown {
            return self.all.overlaps(held);
        }
        let mut services = assurance.covered();
        let overlaps = |service: ServiceId| self.of_service.get(&service).is_some_and(|of| of.overlaps(held));
        self.of_any_service.overlaps(held) || services.any(|service| overlaps(service.index))
    }
}

impl<'a> Estate<'a> {
    /// A certificate of an information security management system that is known to be valid: the one valid for longest,
    /// or the first of several by path.
    pub fn valid_management_system(&self) -> Option<AssuranceRef<'_, 'a>> {
        let certificates = self.certificates_in_force().filter(|certificate| {
            certificate.body.framework.value() == Some(Framework::Iso27001) && certificate.has_lapsed() == Some(false)
        });
        let ending = certificates.map(|certificate| {
            let last = certificate.body.expires.value().map_or(Date::MAX, |last| last.0);
            (Reverse(last), certificate)
        });
        ending.min().map(|(_, certificate)| certificate.assurance())
    }
}

/// The days on which a certificate is valid. An end that is not stated, or not known, is open.
fn held(assurance: AssuranceRef<'_, '_>) -> Period {
    let always = Period {
        from: Date::MIN,
        to: Date::MAX,
    };
    let (from, to) = match assurance.origin() {
        Origin::Certificate(certificate) => {
            let body = &certificate.body;
            (assurance.estate.happened(&body.issued).value(), body.expires.value())
        }
        Origin::Report(_) => (None, None),
    };
    let held = Period {
        from: from.map_or(Date::MIN, |from| from.0),
        to: to.map_or(Date::MAX, |to| to.0),
    };
    // If the dates contradict each other, neither is used.
    if held.from <= held.to { held } else { always }
}
