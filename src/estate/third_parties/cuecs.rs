//! What shows that we do what the reports of a third party expect of us.

use crate::decode::Field;
use crate::estate::{ThirdPartyRef, names_evidence};
use crate::manifest::ProviderCuec;
use crate::model::CuecStatus;

/// What is stated of a complementary control that is expected of us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CuecShown {
    pub owner: bool,
    pub evidence: bool,
}

impl ThirdPartyRef<'_, '_> {
    /// Whether it has an owner and evidence: its own, or those of the control that it names.
    pub fn cuec_shown(self, cuec: &ProviderCuec<'_>) -> CuecShown {
        let by_control = self.shown_by_control(cuec);
        CuecShown {
            owner: cuec.owner.says_something() || by_control.owner,
            evidence: names_evidence(&cuec.evidence) || by_control.evidence,
        }
    }

    /// Its owner, and evidence of its operation; for a planned CUEC, of its design. A value that could not be read counts
    /// as stated.
    fn shown_by_control(self, cuec: &ProviderCuec<'_>) -> CuecShown {
        let all = |stated| CuecShown {
            owner: stated,
            evidence: stated,
        };
        let name = match &cuec.control {
            Field::Absent => return all(false),
            Field::Unknown(_) => return all(true),
            Field::Known(name) => &name.value,
        };
        let Some(control) = self.estate.control_named(self.namespace, name) else {
            return all(true);
        };
        let is_planned = cuec.status.value() == Some(CuecStatus::Planned);
        let shown = if is_planned {
            &control.body.design
        } else {
            &control.body.operating
        };
        let owner = self.estate.owner_of(control.file, &control.body.owner);
        CuecShown {
            owner: !control.readable || owner.says_something(),
            evidence: !control.readable || names_evidence(shown),
        }
    }
}
