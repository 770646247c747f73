//! The names by which a deserializer is asked for tables.

use super::*;
use crate::model::named;

/// Hands each type that is read from a table to a macro.
macro_rules! each_table {
    ($with:ident) => {
        $with! {
            Manifest<'_>
            Organization<'_>
            Owner<'_>
            Service<'_>
            UserEntities<'_>
            Dependency<'_>
            Reliance<'_>
            Claim<'_>
            Exclusion<'_>
            Identity<'_>
            Access<'_>
            Rotation<'_>
            Review<'_>
            Offboarding<'_>
            Monitoring<'_>
            Approval<'_>
            Privilege<'_>
            InteractiveLogin<'_>
            Oauth<'_>
            Agent<'_>
            Data<'_>
            Report<'_>
            SystemDescription<'_>
            NotRelevant<'_>
            NotedException<'_>
            Objective<'_>
            Cuec<'_>
            Subservice<'_>
            BridgeLetter<'_>
            Certificate<'_>
            ThirdParty<'_>
            Csoc<'_>
            ProviderReport<'_>
            ProviderCuec<'_>
            Control<'_>
            ControlLink<'_>
            Evidence<'_>
            EvidenceRef<'_>
            Waiver<'_>
            StatedPeriod
        }
    };
}

each_table!(named);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Wanted, decode};
    use crate::source::Source;

    #[test]
    fn every_table_is_asked_for_by_its_name() {
        let source = Source::new(String::new(), "no-such-key = 1\n".to_owned());
        macro_rules! check {
            ($($name:ident $(<$lifetime:lifetime>)?)*) => {
                $(
                    let problems = decode::<$name>(&source, &guess::DIALECT).problems;
                    let asked_for = problems.first().and_then(|problem| problem.wants);
                    assert!(
                        matches!(asked_for, Some(Wanted::Key { table, .. }) if table == $name::NAME),
                        "{} is asked for as {asked_for:?}",
                        $name::NAME
                    );
                )*
            };
        }
        each_table!(check);
    }
}
