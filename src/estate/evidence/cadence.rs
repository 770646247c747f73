//! How often evidence shows that a recurring control operated in a period.

use crate::calendar::Period;
use crate::estate::{Instance, Named, When};
use crate::model::Duration;
use crate::source::Place;
use jiff::civil::Date;

/// What a period requires, and what the evidence shows.
#[derive(Clone, Copy)]
pub struct Cadence<'e, 'a> {
    /// How often the control operates in it by its own interval.
    pub asked: i64,
    pub shown: i64,
    /// The first day with evidence, and where it is dated.
    pub earliest: Option<(Date, Place)>,
    /// The evidence.
    pub earliest_named: Option<Named<'e, 'a>>,
    /// Whether all evidence is from the last tenth of the required time.
    pub late: bool,
}

impl Instance<'_, '_> {
    /// The days that it covers of a period that is over.
    pub fn within(&self, period: Period) -> Option<(Period, Place)> {
        let (days, place) = match self.when {
            When::Over(days, place) => (days, place),
            When::On(day, place) => (Period { from: day, to: day }, place),
            When::Ahead(..) | When::Unsaid => return None,
        };
        Some((days.overlap(period)?, place))
    }

    /// Whether it was collected after a day: it states that, or covers only later days.
    pub fn is_from_after(&self, day: Date) -> bool {
        let speaks_later = matches!(self.when, When::Over(days, _) if days.from > day);
        speaks_later || self.collected.is_some_and(|collected| collected > day)
    }
}

/// Counts the evidence of a control in a period; `asks` is the part in which the control was in effect.
pub fn cadence<'e, 'a>(
    instances: &[Instance<'e, 'a>],
    period: Period,
    asks: Period,
    every: Duration,
) -> Cadence<'e, 'a> {
    let mut cadence = Cadence {
        asked: if asks.from <= asks.to { asks.intervals(every) } else { 0 },
        shown: 0,
        earliest: None,
        earliest_named: None,
        late: false,
    };
    for instance in instances {
        let Some((days, place)) = instance.within(period) else {
            continue;
        };
        cadence.shown += match instance.when {
            When::Over(..) => days.touches(asks.from, every),
            _ => 1,
        };
        let earlier = cadence.earliest.is_none_or(|(first, _)| days.from < first);
        if earlier {
            cadence.earliest = Some((days.from, place));
            cadence.earliest_named = instance.named;
        }
    }
    let last_tenth = asks.last_tenth();
    let first = cadence.earliest.map(|(day, _)| day);
    cadence.late = last_tenth.zip(first).is_some_and(|(tenth, first)| tenth.from <= first);
    cadence
}
