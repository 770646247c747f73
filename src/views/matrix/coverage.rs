//! Services × reports and certificates.

use super::coverage_columns::{COLUMNS, LIST_COLUMNS, PAIR_COLUMNS, SCOPE, SERVICE, STATE, Stands};
use super::reports::{described, facts, newest_first};
use super::{Chosen, left_out};
use crate::estate::{AssuranceRef, Origin, ServiceRef, Standing};
use crate::views::inventory::{DECLARED_AT, HELD_BACK, Judged, OPEN, OWNER, TITLE};
use crate::views::{Cell, Column, Part, Sheet, cells};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Each service, and how it stands to each report and certificate that is not withdrawn.
pub struct Coverage<'v, 'a> {
    reports: Vec<AssuranceRef<'v, 'a>>,
    rows: Vec<Row>,
    incomplete: Vec<String>,
    notes: Vec<String>,
}

struct Row {
    subject: String,
    name: Cell,
    /// Its title, its owner, its scope.
    head: [Cell; 3],
    stands: Vec<Stands>,
    ending: [Cell; 3],
}

impl<'v, 'a> Judged<'v, 'a> {
    pub fn coverage(&self, chosen: &Chosen) -> Coverage<'v, 'a> {
        let live = self.estate.assurances();
        let mut reports: Vec<_> = live.filter(|report| report.standing() != Standing::Gone).collect();
        newest_first(&mut reports);
        let mut rows = Vec::new();
        let mut all = 0;
        for service in self.estate.services() {
            all += 1;
            let subject = service.path();
            let owner = self.owner(&subject);
            if chosen.has_service(&subject) && chosen.has_owner(owner.as_ref()) {
                let body = &service.entity().body;
                rows.push(Row {
                    head: [
                        cells::field(&body.title),
                        owner.map_or(Cell::Nothing, cells::text),
                        cells::field(&body.scope),
                    ],
                    stands: reports.iter().map(|report| Stands::of(service, *report)).collect(),
                    name: cells::text(service.name()),
                    ending: self.ending(&subject, Some(service.place())),
                    subject,
                });
            }
        }
        rows.sort_by(|one, other| one.subject.cmp(&other.subject));
        let notes = left_out(rows.len(), all).into_iter().collect();
        let mut coverage = Coverage {
            reports,
            rows,
            incomplete: self.incomplete(false),
            notes,
        };
        if !chosen.is_all() {
            coverage.drop_others();
        }
        coverage
    }
}

impl Coverage<'_, '_> {
    /// Leaves out the reports and certificates that are about none of the services that are asked for.
    fn drop_others(&mut self) {
        let is_about = |at: usize| {
            let mut stands = self.rows.iter().filter_map(|row| row.stands.get(at));
            stands.any(|stands| !matches!(stands, Stands::NotCovered | Stands::OutOfScope))
        };
        let kept: Vec<bool> = (0..self.reports.len()).map(is_about).collect();
        let dropped = kept.iter().filter(|kept| !**kept).count();
        if dropped == 0 {
            return;
        }
        let mut of_reports = kept.iter();
        self.reports.retain(|_| of_reports.next() == Some(&true));
        for row in &mut self.rows {
            let mut of_row = kept.iter();
            row.stands.retain(|_| of_row.next() == Some(&true));
        }
        let which = match dropped {
            1 => "1 report or certificate that covers".to_owned(),
            more => format!("{more} reports and certificates that cover"),
        };
        self.notes.push(format!("left out: {which} none of these services"));
    }

    /// Each service, and in it each report.
    pub fn nested(&self) -> Sheet {
        let rows = self.rows.iter().map(|row| {
            let parts = self.reports.iter().zip(&row.stands).map(|(report, stands)| Part {
                said: format!("{}: {}", report.name(), stands.as_str()),
                cells: pair(*report, *stands),
            });
            let parts: Vec<Part> = parts.collect();
            let parts = match parts.is_empty() {
                true => Cell::Nothing,
                false => Cell::Parts(parts),
            };
            row.cells([parts])
        });
        self.sheet(COLUMNS.into(), rows.collect(), Vec::new())
    }

    /// A row for each pair; one for a service where there is no report.
    pub fn pairs(&self) -> Sheet {
        let rows = self.rows.iter().flat_map(|row| {
            let pairs = self.reports.iter().zip(&row.stands);
            let mut pairs: Vec<Vec<Cell>> = pairs
                .map(|(report, stands)| row.cells(pair(*report, *stands)))
                .collect();
            if pairs.is_empty() {
                let mut none = vec![Cell::Nothing; 6];
                none.push(Cell::Text(Stands::NotCovered.as_str().to_owned()));
                pairs.push(row.cells(none));
            }
            pairs
        });
        self.sheet(PAIR_COLUMNS.into(), rows.collect(), Vec::new())
    }

    /// A column for each report, whose head says what it is, or only its name.
    pub fn grid(&self, says_what: bool) -> Sheet {
        let owner = Column {
            is_narrow: false,
            ..OWNER
        };
        let mut columns = vec![SERVICE, TITLE, owner, SCOPE];
        columns.extend(self.reports.iter().map(|report| Column {
            head: Cow::Owned(match says_what {
                true => format!("{}: {}", report.name(), described(*report)),
                false => report.name().to_string(),
            }),
            ..STATE
        }));
        let open = Column {
            is_narrow: false,
            ..OPEN
        };
        columns.extend([open, HELD_BACK, DECLARED_AT]);
        let rows = self.rows.iter().map(|row| {
            let states = row.stands.iter().map(|stands| Cell::Text(stands.as_str().to_owned()));
            let mut cells = row.cells(states);
            cells[0] = row.name.clone();
            cells
        });
        let legend = if says_what { Vec::new() } else { self.legend() };
        self.sheet(columns.into(), rows.collect(), legend)
    }

    /// The reports of each service, listed by how it stands to them; those that do not cover it are not listed.
    pub fn listing(&self) -> Sheet {
        let rows = self.rows.iter().flat_map(|row| {
            let mut states: BTreeMap<Stands, Vec<String>> = BTreeMap::new();
            for (report, stands) in self.reports.iter().zip(&row.stands) {
                states.entry(*stands).or_default().push(report.name().to_string());
            }
            let is_named = states.keys().any(|stands| *stands != Stands::NotCovered);
            if is_named {
                states.remove(&Stands::NotCovered);
            }
            let state = |(stands, reports): (Stands, Vec<String>)| {
                let says_which = !matches!(stands, Stands::NotCovered | Stands::OutOfScope);
                vec![
                    row.name.clone(),
                    Cell::Text(stands.as_str().to_owned()),
                    cells::list(reports.into_iter().filter(|_| says_which)),
                    row.ending[0].clone(),
                ]
            };
            if states.is_empty() {
                states.insert(Stands::NotCovered, Vec::new());
            }
            states.into_iter().map(state).collect::<Vec<_>>()
        });
        self.sheet(LIST_COLUMNS.into(), rows.collect(), self.legend())
    }

    /// What each report is.
    fn legend(&self) -> Vec<String> {
        let line = |report: &AssuranceRef<'_, '_>| format!("{}: {}", report.name(), described(*report));
        self.reports.iter().map(line).collect()
    }

    fn sheet(&self, columns: Cow<'static, [Column]>, rows: Vec<Vec<Cell>>, legend: Vec<String>) -> Sheet {
        let mut notes = legend;
        notes.extend(self.notes.iter().cloned());
        Sheet {
            name: "coverage",
            title: "Services, and the reports and certificates that cover them".to_owned(),
            about: vec![MEANING.to_owned()],
            columns,
            rows,
            incomplete: self.incomplete.clone(),
            notes,
        }
    }
}

const MEANING: &str = "\"covered\" means covered by a declared report or certificate that is issued; \"claimed only\", that readers are told so, and the report is not declared to cover it";

impl Row {
    fn cells(&self, middle: impl IntoIterator<Item = Cell>) -> Vec<Cell> {
        let mut cells = vec![Cell::Text(self.subject.clone())];
        cells.extend(self.head.iter().cloned());
        cells.extend(middle);
        cells.extend(self.ending.iter().cloned());
        cells
    }
}

fn pair(report: AssuranceRef<'_, '_>, stands: Stands) -> Vec<Cell> {
    let mut cells = vec![Cell::Text(report.path()), cells::text(report.title())];
    cells.extend(facts(report));
    cells.push(Cell::Text(stands.as_str().to_owned()));
    cells
}

impl Stands {
    pub(in crate::views) fn of(service: ServiceRef<'_, '_>, report: AssuranceRef<'_, '_>) -> Self {
        let claimed = service.claims().any(|claimed| claimed.assurance == report);
        let may_be_more = report.covers_unknown || service.may_claim_more();
        if service.is_excluded() {
            return Self::OutOfScope;
        }
        match (report.standing(), report.covers(service)) {
            (Standing::Unknown, covers) if covers || claimed || may_be_more => Self::Unknown,
            (Standing::Issued, true) if has_lapsed(report) => Self::Lapsed,
            (Standing::Issued, true) => Self::Covered,
            (Standing::Upcoming, covers) if covers || claimed => Self::Planned,
            (Standing::Issued, false) if claimed && !report.covers_unknown => Self::ClaimedOnly,
            _ if may_be_more || service.body.scope.is_unknown() => Self::Unknown,
            _ => Self::NotCovered,
        }
    }
}

fn has_lapsed(report: AssuranceRef<'_, '_>) -> bool {
    match report.origin() {
        Origin::Report(_) => false,
        Origin::Certificate(certificate) => certificate.has_lapsed() == Some(true),
    }
}
