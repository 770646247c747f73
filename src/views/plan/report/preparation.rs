//! What comes before anyone outside reports.

use super::{EVIDENCE, Names};
use crate::calendar::Period;
use crate::standards::Family;
use crate::views::plan::{Declared, Step, Target, days, keys, service_table, text};
use jiff::civil::Date;

impl Names<'_> {
    pub(super) fn scoping(&self, days_of: Period, (as_of, period): (Date, Period)) -> Step {
        let service = service_table(self.service);
        let mut declare = match self.family {
            Family::Icfr => keys(
                &service,
                [
                    ("financial-impact", text("direct")),
                    ("assurance-for", text("financial-statement-audit")),
                    ("user-entities.fiscal-year-ends", self.ends.clone()),
                ],
            ),
            Family::TrustServices => keys(
                &service,
                [
                    ("commitments", text("security")),
                    ("assurance-for", text("security-due-diligence")),
                ],
            ),
        };
        declare.extend(keys(
            &self.report(&self.type_1),
            [
                ("framework", self.framework()),
                ("type", "1".to_owned()),
                ("status", text("planned")),
                ("as-of", as_of.to_string()),
                ("covers", text(self.service)),
            ],
        ));
        declare.extend(keys(
            &self.report(&self.type_2),
            [
                ("framework", self.framework()),
                ("type", "2".to_owned()),
                ("status", text("planned")),
                ("period", days(period)),
                ("covers", text(self.service)),
                ("predecessor", text(&self.type_1)),
            ],
        ));
        declare.extend(self.subject_matter());
        Step {
            name: match self.family {
                Family::Icfr => "Scoping and objectives",
                Family::TrustServices => "Scoping and categories",
            },
            days: days_of,
            is_typical: true,
            length: "Typically two weeks".to_owned(),
            about: match self.family {
                Family::Icfr => "Which services affect user entities' financial reporting, who relies on them and when their fiscal years end, which control objectives follow from that, and which third parties are left out or included".to_owned(),
                Family::TrustServices => "Which services readers ask about, which trust services categories their commitments call for, and which third parties are left out or included".to_owned(),
            },
            involved: &["management", "service owners", "sales or customer care", "the service auditor, to accept the scope"],
            declare,
            declare_by: days_of.to,
            rests_on: match self.target {
                Target::Isae3402 => &["ISAE 3402"],
                Target::Soc2 => &["TSP 100", "DC 200"],
                Target::Soc1 | Target::Iso27001 => &["AT-C 320"],
            },
        }
    }

    fn subject_matter(&self) -> Vec<Declared> {
        let each = [&self.type_1, &self.type_2].map(|id| self.report(id));
        let of = |report: &String| match self.family {
            Family::Icfr => keys(
                report,
                [(
                    "objectives.CO1.text",
                    text("Transactions are processed completely and accurately"),
                )],
            ),
            Family::TrustServices => keys(report, [("categories", text("security"))]),
        };
        each.iter().flat_map(of).collect()
    }

    pub(super) fn analysis(&self, days_of: Period) -> Step {
        let mut declare = keys(
            "evidence.risk-assessment",
            [
                ("kind", text("risk-assessment")),
                ("at", text(&format!("{EVIDENCE}risks"))),
                ("collected", days_of.to.to_string()),
                ("owner", text("management")),
            ],
        );
        declare.extend(keys(
            "third-parties.hosting",
            [
                ("role", text("subservice-organization")),
                ("method", text("carve-out")),
                ("supports", text(self.service)),
                (
                    "csocs",
                    "{ id = \"CS1\", text = \"Physical access to data centers is restricted\" }".to_owned(),
                ),
                ("review.every", text("12mo")),
                ("review.last", days_of.to.to_string()),
            ],
        ));
        Step {
            name: "Risk and process analysis",
            days: days_of,
            is_typical: true,
            length: "Typically three weeks".to_owned(),
            about: "How each process runs from end to end, what could go wrong in it, which systems and third parties it depends on, and what is already done about that".to_owned(),
            involved: &["process owners", "IT operations", "finance", "those who answer for third parties"],
            declare,
            declare_by: days_of.to,
            rests_on: match self.family {
                Family::Icfr => &["ISAE 3402", "AT-C 320"],
                Family::TrustServices => &["CC3.2"],
            },
        }
    }

    pub(super) fn controls(&self, days_of: Period) -> Step {
        let mut declare = keys(
            "controls.access-review",
            [
                ("title", text("Access is reviewed every quarter")),
                ("owner", text("it-operations")),
                ("area", text("logical-access")),
                ("criteria", text("CC6.3")),
                ("every", text("3mo")),
                ("effective", days_of.to.to_string()),
                ("design", text(&format!("{EVIDENCE}access-policy"))),
                ("reports", format!("[\"{}\", \"{}\"]", self.type_1, self.type_2)),
            ],
        );
        for id in [&self.type_1, &self.type_2] {
            let report = self.report(id);
            declare.extend(match self.family {
                Family::Icfr => keys(&report, [("objectives.CO1.controls", text("access-review"))]),
                Family::TrustServices => keys(
                    &report,
                    [(
                        "system-description.sections",
                        "[\"infrastructure\", \"software\", \"people\", \"procedures\", \"data\"]".to_owned(),
                    )],
                ),
            });
            declare.extend(keys(
                &report,
                [
                    ("system-description.evidence", text(&format!("{EVIDENCE}description"))),
                    (
                        "cuecs",
                        "{ id = \"UE1\", text = \"User entities remove leavers\" }".to_owned(),
                    ),
                ],
            ));
        }
        Step {
            name: "Key controls and description",
            days: days_of,
            is_typical: true,
            length: "Typically six weeks".to_owned(),
            about: "Which controls meet the objectives or criteria, who owns each, how often it operates and what shows that; then the description of the system, with what user entities and third parties have to do themselves".to_owned(),
            involved: &["control owners", "service owners", "IT operations", "human resources", "an editor of the description"],
            declare,
            declare_by: days_of.to,
            rests_on: match self.family {
                Family::Icfr => &["ISAE 3402", "AT-C 320"],
                Family::TrustServices => &["TSP 100", "DC 200"],
            },
        }
    }

    pub(super) fn readiness(&self, days_of: Period) -> Step {
        let readiness = || text(&format!("{EVIDENCE}readiness"));
        let of = |id: &String| keys(&self.report(id), [("readiness", readiness())]);
        Step {
            name: "Readiness assessment",
            days: days_of,
            is_typical: true,
            length: "Typically two weeks, and two more to remedy what it shows".to_owned(),
            about: "Whether each control is designed, in place and shown, before anyone outside reports on it; what is missing is remedied".to_owned(),
            involved: &["control owners", "internal audit or an advisor", "management, to accept what is left"],
            declare: [&self.type_1, &self.type_2].into_iter().flat_map(of).collect(),
            declare_by: days_of.to,
            rests_on: &[],
        }
    }
}
