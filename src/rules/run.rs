//! Running rules over an estate.

use super::{Context, Rule, all};
use crate::decode::Val;
use crate::estate::{
    AssuranceRef, CertificateRef, Claimed, ControlRef, EvidenceEntryRef, IdentityRef, ProfileRef, ReportRef, SeenRef,
    ServiceRef, ThirdPartyRef,
};
use crate::finding::Finding;
use crate::manifest::ProviderCuec;
use crate::model::Id;
use rayon::prelude::*;
use std::ops::Range;

/// How a rule is checked.
#[derive(Clone, Copy)]
pub enum Check {
    /// The estate as a whole, by one thread: how long its answer holds is noted there.
    Estate(fn(&Context<'_, '_>) -> Vec<Finding>),
    /// The files that evidence names: findings about them are the same on any day.
    Files(fn(&Context<'_, '_>) -> Vec<Finding>),
    // Entities that are checked separately are checked by all rules of their kind in turn, while they are in the
    // cache: an estate of many thousand manifests is larger than that.
    /// Each service separately.
    Service(fn(&Context<'_, '_>, ServiceRef<'_, '_>) -> Option<Finding>),
    /// Each claim of a service that names a report or certificate separately.
    Claim(fn(&Context<'_, '_>, Claimed<'_, '_>) -> Option<Finding>),
    /// All claims of each service together.
    Claims(fn(&Context<'_, '_>, ServiceRef<'_, '_>) -> Vec<Finding>),
    /// Each identity separately.
    Identity(fn(&Context<'_, '_>, IdentityRef<'_, '_>) -> Option<Finding>),
    /// Each identity that is known to be in use separately.
    ActiveIdentity(fn(&Context<'_, '_>, IdentityRef<'_, '_>) -> Option<Finding>),
    /// Each non-human identity that is known to be in use separately.
    ActiveNhi(fn(&Context<'_, '_>, IdentityRef<'_, '_>) -> Option<Finding>),
    /// Each report separately.
    Report(fn(&Context<'_, '_>, ReportRef<'_, '_>) -> Option<Finding>),
    /// The parts of each report together.
    PartsOfReport(fn(&Context<'_, '_>, ReportRef<'_, '_>) -> Vec<Finding>),
    /// Each certificate separately.
    Certificate(fn(&Context<'_, '_>, CertificateRef<'_, '_>) -> Option<Finding>),
    /// Each report, and then each certificate, separately.
    Assurance(fn(&Context<'_, '_>, AssuranceRef<'_, '_>) -> Option<Finding>),
    /// Each third party separately.
    ThirdParty(fn(&Context<'_, '_>, ThirdPartyRef<'_, '_>) -> Option<Finding>),
    /// The parts of each third party together.
    PartsOfThirdParty(fn(&Context<'_, '_>, ThirdPartyRef<'_, '_>) -> Vec<Finding>),
    /// Each complementary control that a third party's report requires of us separately.
    ProviderCuec(for<'a> fn(&Context<'_, 'a>, ThirdPartyRef<'_, 'a>, &Val<ProviderCuec<'a>>) -> Option<Finding>),
    /// Each control separately.
    Control(fn(&Context<'_, '_>, ControlRef<'_, '_>) -> Option<Finding>),
    /// The parts of each control together.
    PartsOfControl(fn(&Context<'_, '_>, ControlRef<'_, '_>) -> Vec<Finding>),
    /// Each evidence entry separately.
    Evidence(fn(&Context<'_, '_>, EvidenceEntryRef<'_, '_>) -> Option<Finding>),
    /// Each profile separately.
    Profile(fn(&Context<'_, '_>, ProfileRef<'_, '_>) -> Option<Finding>),
    /// Each thing that the repository shows separately.
    Seen(fn(&Context<'_, '_>, SeenRef<'_, '_>) -> Option<Finding>),
    /// Each identity that the repository shows separately, active or not.
    SeenIdentity(fn(&Context<'_, '_>, IdentityRef<'_, '_>) -> Option<Finding>),
    /// Each of these, one after the other.
    Several(&'static [Check]),
    /// Not here: [`crate::triage`] makes its findings, because only there are their facts known.
    Triage,
}

/// The kinds of entities that are checked separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Service,
    Identity,
    Report,
    Certificate,
    Assurance,
    ThirdParty,
    Control,
    Evidence,
    Profile,
    Seen,
    SeenIdentity,
}

impl Kind {
    pub(super) const ALL: [Self; 11] = [
        Self::Service,
        Self::Control,
        Self::Identity,
        Self::Report,
        Self::Certificate,
        Self::Assurance,
        Self::ThirdParty,
        Self::Evidence,
        Self::Profile,
        Self::Seen,
        Self::SeenIdentity,
    ];

    /// How many there are.
    pub(super) fn count(self, cx: &Context<'_, '_>) -> usize {
        match self {
            Self::Service => cx.services.len(),
            Self::Identity => cx.identities.len(),
            Self::Report => cx.reports.len(),
            Self::Certificate => cx.certificates.len(),
            Self::Assurance => cx.reports.len() + cx.certificates.len(),
            Self::ThirdParty => cx.third_parties.len(),
            Self::Control => cx.controls.len(),
            Self::Evidence => cx.evidence.len(),
            Self::Profile => cx.profiles.len(),
            Self::Seen => cx.compared().map_or(0, |_| cx.seen.count()),
            Self::SeenIdentity => cx.compared().map_or(0, |_| cx.identities.len()),
        }
    }
}

impl Check {
    /// The kind of entities that it checks separately, if any.
    pub(super) fn kind(self) -> Option<Kind> {
        match self {
            Self::Estate(_) | Self::Files(_) | Self::Several(_) | Self::Triage => None,
            Self::Service(_) | Self::Claim(_) | Self::Claims(_) => Some(Kind::Service),
            Self::Identity(_) | Self::ActiveIdentity(_) | Self::ActiveNhi(_) => Some(Kind::Identity),
            Self::Report(_) | Self::PartsOfReport(_) => Some(Kind::Report),
            Self::Certificate(_) => Some(Kind::Certificate),
            Self::Assurance(_) => Some(Kind::Assurance),
            Self::ThirdParty(_) | Self::PartsOfThirdParty(_) | Self::ProviderCuec(_) => Some(Kind::ThirdParty),
            Self::Control(_) | Self::PartsOfControl(_) => Some(Kind::Control),
            Self::Evidence(_) => Some(Kind::Evidence),
            Self::Profile(_) => Some(Kind::Profile),
            Self::Seen(_) => Some(Kind::Seen),
            Self::SeenIdentity(_) => Some(Kind::SeenIdentity),
        }
    }

    /// What it finds about one of its kind.
    pub(super) fn judge(self, cx: &Context<'_, '_>, at: usize) -> Vec<Finding> {
        let estate = cx.estate;
        let found = match self {
            Self::Estate(_) | Self::Files(_) | Self::Several(_) | Self::Triage => None,
            Self::Service(judge) => judge(cx, estate.service(Id::at(at))),
            Self::Claim(judge) => {
                let claims = estate.service(Id::at(at)).claims();
                return claims.filter_map(|claimed| judge(cx, claimed)).collect();
            }
            Self::Claims(judge) => return judge(cx, estate.service(Id::at(at))),
            Self::Identity(judge) => judge(cx, estate.identity(Id::at(at))),
            Self::ActiveIdentity(judge) => Some(estate.identity(Id::at(at)))
                .filter(IdentityRef::is_active)
                .and_then(|identity| judge(cx, identity)),
            Self::ActiveNhi(judge) => Some(estate.identity(Id::at(at)))
                .filter(|identity| identity.is_non_human() && identity.is_active())
                .and_then(|identity| judge(cx, identity)),
            Self::Report(judge) => judge(cx, estate.report(Id::at(at))),
            Self::PartsOfReport(judge) => return judge(cx, estate.report(Id::at(at))),
            Self::Certificate(judge) => judge(cx, estate.certificate(Id::at(at))),
            Self::Assurance(judge) => judge(cx, estate.assurance(Id::at(at))),
            Self::ThirdParty(judge) => judge(cx, estate.third_party(Id::at(at))),
            Self::PartsOfThirdParty(judge) => return judge(cx, estate.third_party(Id::at(at))),
            Self::ProviderCuec(judge) => {
                let third_party = estate.third_party(Id::at(at));
                let cuecs = third_party.entity().body.cuecs.iter();
                return cuecs.filter_map(|cuec| judge(cx, third_party, cuec)).collect();
            }
            Self::Control(judge) => judge(cx, estate.control(Id::at(at))),
            Self::PartsOfControl(judge) => return judge(cx, estate.control(Id::at(at))),
            Self::Evidence(judge) => judge(cx, estate.evidence_entry(Id::at(at))),
            Self::Profile(judge) => judge(cx, estate.profile(Id::at(at))),
            Self::Seen(judge) => estate.seen_thing(at).and_then(|thing| judge(cx, thing)),
            Self::SeenIdentity(judge) => Some(estate.identity(Id::at(at)))
                .filter(|identity| identity.sightings().next().is_some())
                .and_then(|identity| judge(cx, identity)),
        };
        found.into_iter().collect()
    }
}

/// Every check with its rule, in the order of the rules.
pub(super) fn checks() -> impl Iterator<Item = (&'static Rule, Check)> {
    let of_rule = |rule: &'static Rule| {
        let checks = match &rule.check {
            Check::Several(checks) => checks,
            one => std::slice::from_ref(one),
        };
        checks.iter().map(move |check| (rule, *check))
    };
    all().flat_map(of_rule)
}

/// Entities that one thread checks in one job.
const AT_ONCE: usize = 256;

/// What one thread does at a time.
enum Job {
    Whole(usize),
    Each(Kind, Range<usize>),
}

/// What one check found in one job.
type Found = (usize, Vec<Finding>);

/// Runs every rule, reading diagnostics included. Findings come in the order of the rules.
pub fn run(cx: &Context<'_, '_>) -> Vec<Finding> {
    let checks: Vec<Check> = checks().map(|(_, check)| check).collect();
    let whole = checks.iter().enumerate();
    let whole = whole.filter(|(_, check)| matches!(check, Check::Estate(_) | Check::Files(_)));
    let jobs = whole.map(|(at, _)| Job::Whole(at));
    let kinds = Kind::ALL.into_iter();
    let each = kinds.flat_map(|kind| ranges(kind.count(cx)).map(move |range| Job::Each(kind, range)));
    let jobs: Vec<Job> = jobs.chain(each).collect();
    let found: Vec<Vec<Found>> = jobs
        .par_iter()
        .with_max_len(1)
        .map(|job| job.run(cx, &checks))
        .collect();
    let mut found: Vec<Found> = found.into_iter().flatten().collect();
    found.sort_by_key(|(check, _)| *check);
    // Room for all at once: a list that grows is there twice while it does.
    let mut all = Vec::with_capacity(found.iter().map(|(_, findings)| findings.len()).sum());
    for (_, findings) in found {
        all.extend(findings);
    }
    all
}

pub(super) fn ranges(count: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count)
        .step_by(AT_ONCE)
        .map(move |start| start..count.min(start + AT_ONCE))
}

impl Job {
    fn run(&self, cx: &Context<'_, '_>, checks: &[Check]) -> Vec<Found> {
        match self {
            Self::Whole(at) => match checks[*at] {
                Check::Estate(check) | Check::Files(check) => {
                    vec![(*at, check(cx).into_iter().map(Finding::finished).collect())]
                }
                _ => Vec::new(),
            },
            Self::Each(kind, range) => {
                let checks = checks.iter().copied().enumerate();
                let checks = checks.filter(|(_, check)| check.kind() == Some(*kind));
                let mut found: Vec<(Check, Found)> = checks.map(|(at, check)| (check, (at, Vec::new()))).collect();
                for entity in range.clone() {
                    for (check, (_, findings)) in &mut found {
                        findings.extend(check.judge(cx, entity).into_iter().map(Finding::finished));
                    }
                }
                let found = found.into_iter().map(|(_, (at, mut findings))| {
                    findings.shrink_to_fit();
                    (at, findings)
                });
                found.collect()
            }
        }
    }
}
