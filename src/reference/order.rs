//! The order in which a table's keys are told: that in which its type declares them. A schema has lost it.

use crate::config;
use crate::decode::keys_of;
use crate::manifest as m;

/// The name that a type's schema has, and the keys that the type knows.
type Keyed = (&'static str, fn() -> &'static [&'static str]);

/// The types that have keys.
const TYPES: &[Keyed] = {
    macro_rules! types {
        ($($room:ident::$name:ident $(<$lifetime:lifetime>)? $(= $schema:literal)?,)*) => {
            &[$((
                types!(@name $name $($schema)?),
                keys_of::<$room::$name $(<$lifetime>)?>,
            )),*]
        };
        (@name $name:ident) => { stringify!($name) };
        (@name $name:ident $schema:literal) => { $schema };
    }
    types! {
        m::Manifest<'static>,
        m::Organization<'static>,
        m::Owner<'static>,
        m::Service<'static>,
        m::UserEntities<'static>,
        m::Dependency<'static>,
        m::Reliance<'static>,
        m::Claim<'static>,
        m::Exclusion<'static>,
        m::Identity<'static>,
        m::Profile<'static>,
        m::Access<'static>,
        m::Rotation<'static>,
        m::Review<'static>,
        m::Offboarding<'static>,
        m::Monitoring<'static>,
        m::Approval<'static>,
        m::Privilege<'static>,
        m::InteractiveLogin<'static>,
        m::Oauth<'static>,
        m::Agent<'static>,
        m::Data<'static>,
        m::Report<'static>,
        m::SystemDescription<'static>,
        m::NotRelevant<'static>,
        m::NotedException<'static>,
        m::Objective<'static>,
        m::Cuec<'static>,
        m::Subservice<'static>,
        m::BridgeLetter<'static>,
        m::Certificate<'static>,
        m::ThirdParty<'static>,
        m::Csoc<'static>,
        m::ProviderReport<'static>,
        m::ProviderCuec<'static>,
        m::Control<'static>,
        m::ControlLink<'static>,
        m::Evidence<'static>,
        m::EvidenceRef<'static> = "EvidenceReference",
        m::StatedPeriod = "Period",
        m::Waiver<'static>,
        config::Config<'static>,
        config::Policy<'static>,
        config::WaiverPolicy<'static>,
        config::Override<'static>,
        config::Discover<'static>,
        config::Ignored<'static>,
        config::Meaning,
    }
};

/// The keys of the type that has this name, in order; none if the type is not registered.
pub fn keys(name: &str) -> &'static [&'static str] {
    let found = TYPES.iter().find(|(known, _)| *known == name);
    found.map(|(_, keys)| keys()).unwrap_or_default()
}

/// What the schema of profiles is called.
pub const PROFILE: &str = stringify!(Profile);

#[cfg(all(test, feature = "schema"))]
mod tests {
    use super::{PROFILE, keys};
    use crate::manifest::{EvidenceRef, Profile, StatedPeriod};
    use schemars::JsonSchema;

    #[test]
    fn types_are_found_by_the_names_of_their_schemas() {
        assert_eq!(PROFILE, Profile::schema_name());
        assert!(keys(&EvidenceRef::schema_name()).contains(&"at"));
        assert!(keys(&StatedPeriod::schema_name()).contains(&"from"));
    }
}
