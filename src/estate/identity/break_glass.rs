//! Emergency logins, and whether they are declared completely.

use super::StatedAt;
use crate::decode::Field;
use crate::estate::IdentityRef;
use crate::manifest::{InteractiveLogin, Privilege};
use crate::model::{Duration, IdentityKind};
use crate::today::Today;

/// Whether an identity is a complete break-glass login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakGlass {
    No,
    /// Something that could not be read may complete it.
    Perhaps,
    Complete,
}

impl IdentityRef<'_, '_> {
    /// Whether an emergency login is declared completely. A privilege that must end within some time is valid only if it
    /// does.
    pub fn break_glass(&self, ends_within: Option<Duration>) -> BreakGlass {
        let conditions = [
            self.may_be_login_of_a_person_or_account(),
            match self.stated(|i| &i.interactive_login) {
                StatedAt::Absent => BreakGlass::No,
                StatedAt::Unknown => BreakGlass::Perhaps,
                StatedAt::Known(login) => login_in_full(login.value),
            },
            match self.stated(|i| &i.privilege) {
                StatedAt::Absent => BreakGlass::No,
                StatedAt::Unknown => BreakGlass::Perhaps,
                StatedAt::Known(privilege) => privilege_holds(privilege.value, &self.estate.as_of, ends_within),
            },
        ];
        all(conditions)
    }

    fn may_be_login_of_a_person_or_account(&self) -> BreakGlass {
        let kind = match self.stated(|i| &i.kind) {
            StatedAt::Absent => BreakGlass::No,
            StatedAt::Unknown => BreakGlass::Perhaps,
            StatedAt::Known(kind) => sure(matches!(kind.value, IdentityKind::Human | IdentityKind::ServiceAccount)),
        };
        let no_platform = match self.stated(|i| &i.platform) {
            StatedAt::Absent => BreakGlass::Complete,
            StatedAt::Unknown => BreakGlass::Perhaps,
            StatedAt::Known(platform) => sure(!*platform.value),
        };
        all([kind, no_platform])
    }
}

fn login_in_full(login: &InteractiveLogin<'_>) -> BreakGlass {
    let yes = |field: &Field<bool>| match field {
        Field::Absent => BreakGlass::No,
        Field::Unknown(_) => BreakGlass::Perhaps,
        Field::Known(stated) => sure(stated.value),
    };
    all([
        yes(&login.allowed),
        yes(&login.time_limited),
        yes(&login.individual_confirmed),
        yes(&login.attributable),
        stated(&login.reason, login.reason.explains()),
        stated(&login.approved_by, login.approved_by.says_something()),
    ])
}

fn privilege_holds(privilege: &Privilege<'_>, as_of: &Today, ends_within: Option<Duration>) -> BreakGlass {
    let holds = match &privilege.expires {
        Field::Absent => sure(ends_within.is_none()),
        Field::Unknown(_) => BreakGlass::Perhaps,
        Field::Known(expires) => {
            let last = expires.value.0;
            sure(last >= *as_of && ends_within.is_none_or(|term| as_of.reaches(last, term)))
        }
    };
    all([
        holds,
        stated(&privilege.reason, privilege.reason.explains()),
        stated(&privilege.approved_by, privilege.approved_by.says_something()),
    ])
}

fn stated<T>(field: &Field<T>, is_sufficient: bool) -> BreakGlass {
    if field.is_unknown() {
        BreakGlass::Perhaps
    } else {
        sure(is_sufficient)
    }
}

fn sure(is_so: bool) -> BreakGlass {
    if is_so { BreakGlass::Complete } else { BreakGlass::No }
}

fn all<const N: usize>(conditions: [BreakGlass; N]) -> BreakGlass {
    if conditions.contains(&BreakGlass::No) {
        BreakGlass::No
    } else if conditions.contains(&BreakGlass::Perhaps) {
        BreakGlass::Perhaps
    } else {
        BreakGlass::Complete
    }
}
