//! What the service auditor reports on: a day, a period, and each period after that.

use super::{EVIDENCE, Names};
use crate::calendar::{Period, day_after};
use crate::model::Duration;
use crate::standards::Family;
use crate::views::plan::{Declared, Step, Target, days, keys, lasting, service_table, text};
use jiff::civil::Date;

impl Names<'_> {
    fn issued(&self, id: &str, day: Date) -> Vec<Declared> {
        keys(
            &self.report(id),
            [
                ("status", text("issued")),
                ("issued", day.to_string()),
                ("auditor", text("Example LLP")),
                ("opinion", text("unmodified")),
                (
                    "issued-under",
                    text(match self.target {
                        Target::Isae3402 => "ISAE 3402",
                        Target::Soc1 => "AT-C 320",
                        Target::Soc2 | Target::Iso27001 => "AT-C 205",
                    }),
                ),
            ],
        )
    }

    pub(super) fn type_1(&self, as_of: Date, days_of: Period) -> Step {
        Step {
            name: "Type 1",
            days: days_of,
            is_typical: true,
            length: format!("As of {as_of}; from that day to the report typically six weeks"),
            about: "The service auditor reports on the description and on how controls are designed, as of one day; it says nothing about how they operate".to_owned(),
            involved: &["the service auditor", "management, for its assertion", "control owners"],
            declare: self.issued(&self.type_1, days_of.to),
            declare_by: days_of.to,
            rests_on: match self.target {
                Target::Isae3402 => &["ISAE 3402"],
                Target::Soc2 => &["AT-C 205"],
                Target::Soc1 | Target::Iso27001 => &["AT-C 320"],
            },
        }
    }

    pub(super) fn period(&self, period: Period, expected: Date) -> Step {
        let declare = keys(
            &self.report(&self.type_2),
            [("status", text("in-progress")), ("expected", expected.to_string())],
        );
        Step {
            name: "The period",
            days: period,
            is_typical: true,
            length: match self.family {
                Family::Icfr => "At least six months, as user auditors ordinarily need; usual is twelve from the second report on".to_owned(),
                Family::TrustServices => "At least three months, six are better; usual is twelve from the second report on".to_owned(),
            },
            about: "Controls operate, and leave evidence each time; what did not operate, or changed, is written down when it happens".to_owned(),
            involved: &["control owners", "process owners", "the service auditor, for interim tests"],
            declare,
            declare_by: period.from,
            rests_on: match self.family {
                Family::Icfr => &["ISAE 3402", "PCAOB AS 2601.53"],
                Family::TrustServices => &[],
            },
        }
    }

    pub(super) fn type_2(&self, period: Period, days_of: Period) -> Step {
        let mut declare = self.issued(&self.type_2, days_of.to);
        declare.extend(keys(
            "evidence.access-reviews",
            [
                ("kind", text("review")),
                ("at", text(&format!("{EVIDENCE}access-reviews"))),
                ("owner", text("it-operations")),
                ("period", days(period)),
            ],
        ));
        declare.extend(keys("controls.access-review", [("operating", text("access-reviews"))]));
        declare.extend(keys(&service_table(self.service), [("claims", text(&self.type_2))]));
        Step {
            name: "Type 2",
            days: days_of,
            is_typical: true,
            length: "Typically eight weeks after the period".to_owned(),
            about: format!(
                "The service auditor tests samples from the whole period, {} to {}, and reports on how controls operated; exceptions get management's response",
                period.from, period.to
            ),
            involved: &[
                "the service auditor",
                "control owners",
                "management, for its assertion and responses",
            ],
            declare,
            declare_by: days_of.to,
            rests_on: match self.target {
                Target::Isae3402 => &["ISAE 3402"],
                Target::Soc2 => &["AT-C 205"],
                Target::Soc1 | Target::Iso27001 => &["AT-C 320"],
            },
        }
    }

    pub(super) fn continuous(&self, period: Period, next: Period) -> Step {
        let mut declare = keys(
            &self.report(&self.next),
            [
                ("framework", self.framework()),
                ("type", "2".to_owned()),
                ("status", text("in-progress")),
                ("period", days(next)),
                ("covers", text(self.service)),
                ("predecessor", text(&self.type_2)),
            ],
        );
        let letter = lasting(day_after(period.to), Duration::months(3));
        declare.extend(keys(
            &self.report(&self.type_2),
            [(
                "bridge-letter",
                format!(
                    "{{ period = {}, issued-by = \"management\", evidence = \"{EVIDENCE}bridge-letter\" }}",
                    days(letter)
                ),
            )],
        ));
        Step {
            name: "Continuous from then on",
            days: next,
            is_typical: true,
            length: "Typically twelve months, each period beginning the day after the one before".to_owned(),
            about: "The next period leaves no day uncovered; a bridge letter of at most three months is for readers whose year ends in between; scope, risks and third parties are reviewed each year".to_owned(),
            involved: &["management", "control owners", "the service auditor", "those who send reports to readers"],
            declare,
            declare_by: next.from,
            rests_on: match self.family {
                Family::Icfr => &["AU-C 402", "ISA 402"],
                Family::TrustServices => &[],
            },
        }
    }
}
