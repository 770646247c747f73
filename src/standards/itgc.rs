//! General IT controls: the part that an area or a criterion belongs to.

use crate::model::Area;

/// A part of general IT controls that readers of a provider's report look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    LogicalAccess,
    PhysicalAccess,
    Change,
    OperationsOrMonitoring,
    Monitoring,
}

impl Part {
    pub const ALL: [Self; 5] = [
        Self::LogicalAccess,
        Self::PhysicalAccess,
        Self::Change,
        Self::OperationsOrMonitoring,
        Self::Monitoring,
    ];

    /// The display name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::LogicalAccess => "logical access",
            Self::PhysicalAccess => "physical access",
            Self::Change => "change management",
            Self::OperationsOrMonitoring => "operations or monitoring",
            Self::Monitoring => "monitoring",
        }
    }

    pub const fn is_area(self, area: Area) -> bool {
        match self {
            Self::LogicalAccess => matches!(area, Area::LogicalAccess),
            Self::PhysicalAccess => matches!(area, Area::PhysicalAccess),
            Self::Change => matches!(area, Area::Change),
            Self::OperationsOrMonitoring => matches!(area, Area::Operations | Area::Monitoring),
            Self::Monitoring => matches!(area, Area::Monitoring),
        }
    }

    pub fn is_criterion(self, criterion: Criterion) -> bool {
        use Criterion::{Annex, Tsc};
        match self {
            Self::LogicalAccess => matches!(criterion, Tsc("CC6", _) | Annex(5, 15..=18) | Annex(8, 2..=5)),
            Self::PhysicalAccess => matches!(criterion, Tsc("CC6", 4) | Annex(7, _)),
            Self::Change => matches!(criterion, Tsc("CC8", _) | Annex(8, 32)),
            Self::OperationsOrMonitoring | Self::Monitoring => {
                matches!(criterion, Tsc("CC7", _) | Annex(8, 15..=16))
            }
        }
    }
}

/// A criterion, read from its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criterion {
    /// Of the trust services criteria: the series, and the number in it.
    Tsc(&'static str, u32),
    /// Of Annex A of ISO/IEC 27001:2022: the theme, and the number in it.
    Annex(u32, u32),
}

const SERIES: [&str; 20] = [
    "CC1", "CC2", "CC3", "CC4", "CC5", "CC6", "CC7", "CC8", "CC9", "A1", "C1", "PI1", "P1", "P2", "P3", "P4", "P5",
    "P6", "P7", "P8",
];

/// What an id names, if it looks like one of these two catalogues.
pub fn criterion(id: &str) -> Option<Criterion> {
    let (group, number) = id.trim().rsplit_once('.')?;
    let number = number.parse().ok()?;
    if let Some(theme) = group.strip_prefix("A.") {
        let theme = theme.parse().ok().filter(|theme| (5..=8).contains(theme))?;
        return Some(Criterion::Annex(theme, number));
    }
    let series = SERIES.into_iter().find(|series| *series == group)?;
    Some(Criterion::Tsc(series, number))
}

#[cfg(test)]
mod tests {
    use super::{Criterion, Part, criterion};

    #[test]
    fn ids_are_read_by_their_shape() {
        assert_eq!(criterion("CC6.4"), Some(Criterion::Tsc("CC6", 4)));
        assert_eq!(criterion("A1.2"), Some(Criterion::Tsc("A1", 2)));
        assert_eq!(criterion("A.5.15"), Some(Criterion::Annex(5, 15)));
        for other in ["", "AC-2", "A.9.2.5", "A.8.2.3", "A.9.2", "PR.AA-05", "CC10.1", "CC6"] {
            assert_eq!(criterion(other), None, "{other}");
        }
    }

    #[test]
    fn ranges_end_where_they_end() {
        let is = |part: Part, id: &str| criterion(id).is_some_and(|criterion| part.is_criterion(criterion));
        assert!(is(Part::LogicalAccess, "A.5.18") && !is(Part::LogicalAccess, "A.5.19"));
        assert!(is(Part::LogicalAccess, "A.8.2") && !is(Part::LogicalAccess, "A.8.6"));
        assert!(is(Part::Monitoring, "A.8.16") && !is(Part::Monitoring, "A.8.17"));
        assert!(is(Part::PhysicalAccess, "CC6.4") && !is(Part::PhysicalAccess, "CC6.1"));
    }
}
