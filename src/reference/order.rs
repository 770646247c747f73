//! The order in which a table's keys are told: that in which its type declares them. A schema has lost it.

use crate::config;
use crate::decode::keys_of;
use crate::manifest as m;

type Keys = fn() -> &'static [&'static str];

/// The types that have keys, by the names that their schemas have.
const TYPES: &[(&str, Keys)] = &[
    ("Manifest", keys_of::<m::Manifest<'static>>),
    ("Organization", keys_of::<m::Organization<'static>>),
    ("Owner", keys_of::<m::Owner<'static>>),
    ("Service", keys_of::<m::Service<'static>>),
    ("UserEntities", keys_of::<m::UserEntities<'static>>),
    ("Dependency", keys_of::<m::Dependency<'static>>),
    ("Reliance", keys_of::<m::Reliance<'static>>),
    ("Claim", keys_of::<m::Claim<'static>>),
    ("Exclusion", keys_of::<m::Exclusion<'static>>),
    ("Identity", keys_of::<m::Identity<'static>>),
    ("Profile", keys_of::<m::Identity<'static>>),
    ("Access", keys_of::<m::Access<'static>>),
    ("Rotation", keys_of::<m::Rotation<'static>>),
    ("Review", keys_of::<m::Review<'static>>),
    ("Offboarding", keys_of::<m::Offboarding<'static>>),
    ("Monitoring", keys_of::<m::Monitoring<'static>>),
    ("Approval", keys_of::<m::Approval<'static>>),
    ("Privilege", keys_of::<m::Privilege<'static>>),
    ("InteractiveLogin", keys_of::<m::InteractiveLogin<'static>>),
    ("Oauth", keys_of::<m::Oauth<'static>>),
    ("Agent", keys_of::<m::Agent<'static>>),
    ("Data", keys_of::<m::Data<'static>>),
    ("Report", keys_of::<m::Report<'static>>),
    ("SystemDescription", keys_of::<m::SystemDescription<'static>>),
    ("NotRelevant", keys_of::<m::NotRelevant<'static>>),
    ("NotedException", keys_of::<m::NotedException<'static>>),
    ("Objective", keys_of::<m::Objective<'static>>),
    ("Cuec", keys_of::<m::Cuec<'static>>),
    ("Subservice", keys_of::<m::Subservice<'static>>),
    ("BridgeLetter", keys_of::<m::BridgeLetter<'static>>),
    ("Certificate", keys_of::<m::Certificate<'static>>),
    ("ThirdParty", keys_of::<m::ThirdParty<'static>>),
    ("Csoc", keys_of::<m::Csoc<'static>>),
    ("ProviderReport", keys_of::<m::ProviderReport<'static>>),
    ("ProviderCuec", keys_of::<m::ProviderCuec<'static>>),
    ("Control", keys_of::<m::Control<'static>>),
    ("ControlLink", keys_of::<m::ControlLink<'static>>),
    ("Evidence", keys_of::<m::Evidence<'static>>),
    ("EvidenceReference", keys_of::<m::EvidenceRef<'static>>),
    ("Period", keys_of::<m::StatedPeriod>),
    ("Waiver", keys_of::<m::Waiver<'static>>),
    ("Config", keys_of::<config::Config<'static>>),
    ("Policy", keys_of::<config::Policy<'static>>),
    ("WaiverPolicy", keys_of::<config::WaiverPolicy<'static>>),
    ("Override", keys_of::<config::Override<'static>>),
];

/// The keys of the type that has this name, in order; none if nobody said which type that is.
pub fn keys(name: &str) -> &'static [&'static str] {
    let found = TYPES.iter().find(|(known, _)| *known == name);
    found.map(|(_, keys)| keys()).unwrap_or_default()
}
