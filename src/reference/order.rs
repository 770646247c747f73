//! The order in which a table's keys are told: that in which its type declares them. A schema has lost it.

use crate::config;
use crate::decode::keys_of;
use crate::manifest as m;
use schemars::JsonSchema;
use std::borrow::Cow;

/// The name that a type's schema has, and the keys that the type knows.
type Keyed = (fn() -> Cow<'static, str>, fn() -> &'static [&'static str]);

/// The types that have keys.
const TYPES: &[Keyed] = {
    macro_rules! types {
        ($($room:ident::$name:ident $(<$lifetime:lifetime>)?)*) => {
            &[$((
                <$room::$name $(<$lifetime>)? as JsonSchema>::schema_name,
                keys_of::<$room::$name $(<$lifetime>)?>,
            )),*]
        };
    }
    types! {
        m::Manifest<'static>
        m::Organization<'static>
        m::Owner<'static>
        m::Service<'static>
        m::UserEntities<'static>
        m::Dependency<'static>
        m::Reliance<'static>
        m::Claim<'static>
        m::Exclusion<'static>
        m::Identity<'static>
        m::Profile<'static>
        m::Access<'static>
        m::Rotation<'static>
        m::Review<'static>
        m::Offboarding<'static>
        m::Monitoring<'static>
        m::Approval<'static>
        m::Privilege<'static>
        m::InteractiveLogin<'static>
        m::Oauth<'static>
        m::Agent<'static>
        m::Data<'static>
        m::Report<'static>
        m::SystemDescription<'static>
        m::NotRelevant<'static>
        m::NotedException<'static>
        m::Objective<'static>
        m::Cuec<'static>
        m::Subservice<'static>
        m::BridgeLetter<'static>
        m::Certificate<'static>
        m::ThirdParty<'static>
        m::Csoc<'static>
        m::ProviderReport<'static>
        m::ProviderCuec<'static>
        m::Control<'static>
        m::ControlLink<'static>
        m::Evidence<'static>
        m::EvidenceRef<'static>
        m::StatedPeriod
        m::Waiver<'static>
        config::Config<'static>
        config::Policy<'static>
        config::WaiverPolicy<'static>
        config::Override<'static>
    }
};

/// The keys of the type that has this name, in order; none if nobody said which type that is.
pub fn keys(name: &str) -> &'static [&'static str] {
    let found = TYPES.iter().find(|(known, _)| known() == name);
    found.map(|(_, keys)| keys()).unwrap_or_default()
}
