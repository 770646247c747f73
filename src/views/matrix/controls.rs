//! The control matrix of a report: its objectives or criteria × its controls × what shows that they work.

use super::control_columns::{
    BY_OTHERS, COLUMNS, NO_OBJECTIVES, NONE_DECLARED, NOT_RELEVANT, SERVED, SERVES_NONE, UNKNOWN,
};
use super::control_rows::of_control;
use super::criteria::{self, Criterion, Source, Stated};
use super::reports::{described, newest_first};
use super::{Chosen, left_out};
use crate::decode::Entry;
use crate::estate::{AssuranceRef, ControlRef, Estate, Met, ReportRef};
use crate::manifest::Objective;
use crate::source::Place;
use crate::views::inventory::Judged;
use crate::views::{Cell, Sheet, cells};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The reports of which a control matrix can be asked for: those that are issued, planned or in progress; newest first.
/// Of those, the ones about any of some services, if any are named.
pub fn live_reports<'e, 'a>(estate: &'e Estate<'a>, services: &BTreeSet<String>) -> Vec<ReportRef<'e, 'a>> {
    let live = estate
        .assurances()
        .filter(|report| report.is_live() && report.is_report());
    let about = live.filter(|report| {
        let mut about = report.services().into_iter();
        services.is_empty() || about.any(|service| services.contains(&service.path()))
    });
    let mut reports: Vec<AssuranceRef<'_, '_>> = about.collect();
    newest_first(&mut reports);
    reports.into_iter().filter_map(AssuranceRef::as_report).collect()
}

/// What stands in a row beside its control.
struct Asked<'r> {
    id: String,
    text: Cell,
    by_others: Cell,
    not_relevant: Cell,
    place: Place,
    is_named: Box<dyn Fn(&str) -> bool + 'r>,
    /// The rule that speaks where no control serves it.
    rule: &'static str,
}

struct Row {
    owner: Option<String>,
    cells: Vec<Cell>,
}

/// A report, and what is known of it.
struct Matrix<'j, 'v, 'a> {
    judged: &'j Judged<'v, 'a>,
    report: ReportRef<'v, 'a>,
    controls: Vec<ControlRef<'v, 'a>>,
    open: Vec<&'static str>,
    rows: Vec<Row>,
    /// The controls that have a row.
    placed: BTreeSet<ControlRef<'v, 'a>>,
}

impl<'v, 'a> Judged<'v, 'a> {
    /// The control matrix of a report.
    pub fn control_matrix(&self, report: ReportRef<'v, 'a>, chosen: &Chosen) -> Sheet {
        let controls = self.estate.controls();
        let controls: Vec<_> = controls.filter(|control| control.is_part_of(report)).collect();
        let mut matrix = Matrix {
            judged: self,
            report,
            open: self.found.open(&report.path()),
            controls,
            rows: Vec::new(),
            placed: BTreeSet::new(),
        };
        matrix.objectives();
        let source = matrix.criteria();
        matrix.without();
        let all = matrix.rows.len();
        let mut rows = matrix.rows;
        rows.retain(|row| chosen.has_owner(row.owner.as_ref()));
        let mut notes = Vec::from_iter(said_of(source));
        if matrix.controls.is_empty() {
            notes.push("no control is declared to be part of the report".to_owned());
        }
        notes.extend(left_out(rows.len(), all));
        let mut about = vec![format!("{}: {}", report.path(), described(report.assurance()))];
        if !matrix.open.is_empty() {
            about.push(format!("open of the report: {}", matrix.open.join(", ")));
        }
        about.push("\"served\" means that a control is declared to serve it, not that it works".to_owned());
        let mut columns = Cow::Borrowed(COLUMNS);
        if source == Source::None {
            let first = columns.to_mut().first_mut();
            first.into_iter().for_each(|column| column.head = "Objective".into());
        }
        Sheet {
            name: "controls",
            title: format!("Control matrix of {}", report.name()),
            about,
            columns,
            rows: rows.into_iter().map(|row| row.cells).collect(),
            incomplete: self.incomplete(false),
            notes,
        }
    }
}

fn said_of(source: Source) -> Option<String> {
    match source {
        Source::Listed | Source::None => None,
        Source::Categories => Some("the report lists no criteria: those of its categories are shown".to_owned()),
        Source::Controls => {
            Some("the report lists neither criteria nor categories: what its controls serve is shown".to_owned())
        }
    }
}

impl<'v, 'a> Matrix<'_, 'v, 'a> {
    fn objectives(&mut self) {
        let csocs = self.judged.estate.csocs_of_third_parties();
        for objective in &self.report.entity().body.objectives {
            let met = self.report.met(objective, &csocs);
            let asked = self.asked_by(objective);
            let mut controls = Vec::new();
            let mut unknown = Vec::new();
            for name in objective.body.controls.iter() {
                match self.judged.estate.control_named(self.report.namespace, &name.value) {
                    Some(control) => controls.push(control),
                    None => unknown.push(name.value.to_string()),
                }
            }
            for control in controls {
                self.push(&asked, SERVED, Some(control));
            }
            for name in unknown {
                let mut cells = self.cells(&asked, UNKNOWN, None);
                cells[3] = cells::text(name);
                self.add(cells, None);
            }
            match met {
                Met::ByControls => {}
                Met::ByNothing => self.push(&asked, NONE_DECLARED, None),
                Met::ByOthers => self.push(&asked, BY_OTHERS, None),
                Met::Unknown => self.push(&asked, UNKNOWN, None),
            }
        }
    }

    fn asked_by(&self, objective: &'v Entry<'a, Objective<'a>>) -> Asked<'v> {
        let id = objective.id.to_string();
        let named = id.clone();
        Asked {
            text: cells::field(&objective.body.text),
            by_others: cells::listed(&objective.body.met_by, |name| name.value.to_string()),
            not_relevant: Cell::Nothing,
            place: self.report.at(objective.span),
            is_named: Box::new(move |text| text.trim() == named),
            rule: "objective-without-control",
            id,
        }
    }

    fn criteria(&mut self) -> Source {
        let report = self.report;
        let (criteria, source) = criteria::of_report(report, &self.controls);
        let csocs = report.csocs();
        let is_uncertain = csocs.is_none() || self.are_criteria_uncertain();
        let csocs = csocs.unwrap_or_default();
        let stated = Stated::of(&self.controls);
        for criterion in criteria {
            let serving = stated.serving(&criterion);
            let left_out = report.entity().body.not_relevant.iter().map(|left_out| &left_out.value);
            let left_out = left_out.into_iter().find(|left_out| criterion.is_left_out_by(left_out));
            let by_others = csocs.iter().filter(|csoc| {
                let mut stated = csoc.criteria.iter();
                stated.any(|stated| criterion.is_written(&stated.value))
            });
            let by_others: Vec<String> = by_others
                .map(|csoc| csoc.id.get().map_or_else(|| "a CSOC".to_owned(), ToString::to_string))
                .collect();
            let state = match (left_out, by_others.is_empty()) {
                (Some(_), _) => NOT_RELEVANT,
                (None, false) => BY_OTHERS,
                (None, true) if is_uncertain => UNKNOWN,
                (None, true) => NONE_DECLARED,
            };
            let reason = left_out.map_or(Cell::Nothing, |left_out| cells::field(&left_out.reason));
            let asked = self.asked_of(criterion, cells::list(by_others), reason);
            for control in &serving {
                self.push(&asked, SERVED, Some(*control));
            }
            if serving.is_empty() {
                self.push(&asked, state, None);
            }
        }
        source
    }

    fn asked_of<'r>(&self, criterion: Criterion, by_others: Cell, not_relevant: Cell) -> Asked<'r> {
        Asked {
            id: criterion.id.clone(),
            text: criterion.title().map_or(Cell::Nothing, cells::text),
            by_others,
            not_relevant,
            place: self.report.place(),
            rule: "criterion-without-control",
            is_named: Box::new(move |text| criterion.is_written(text)),
        }
    }

    /// Whether controls that serve a criterion of the report may not be known.
    fn are_criteria_uncertain(&self) -> bool {
        let estate = self.judged.estate;
        let unread = self.report.serving().is_none_or(|serving| serving.unread);
        let body = &self.report.body;
        unread || estate.may_hide_criteria() || body.not_relevant.damaged || body.criteria.damaged
    }

    /// The controls of the report that serve nothing of it.
    fn without(&mut self) {
        let none = Asked {
            id: String::new(),
            text: Cell::Nothing,
            by_others: Cell::Nothing,
            not_relevant: Cell::Nothing,
            place: self.report.place(),
            is_named: Box::new(|_| false),
            rule: "",
        };
        let has_any = !self.rows.is_empty();
        for control in self.controls.clone() {
            if !self.placed.contains(&control) {
                let is_unread = !control.readable || control.body.criteria.damaged || self.is_unread();
                let state = match (is_unread, has_any) {
                    (true, _) => UNKNOWN,
                    (false, true) => SERVES_NONE,
                    (false, false) => NO_OBJECTIVES,
                };
                self.push(&none, state, Some(control));
            }
        }
    }

    /// Whether objectives or criteria of it may not be known.
    fn is_unread(&self) -> bool {
        let body = &self.report.body;
        let is_open = |objective: &Entry<'_, Objective<'_>>| !objective.readable || objective.body.controls.damaged;
        body.objectives.is_damaged() || body.criteria.damaged || body.objectives.iter().any(is_open)
    }

    fn push(&mut self, asked: &Asked<'_>, state: &'static str, control: Option<ControlRef<'v, 'a>>) {
        let cells = self.cells(asked, state, control);
        self.placed.extend(control);
        self.add(cells, control);
    }

    fn add(&mut self, cells: Vec<Cell>, control: Option<ControlRef<'v, 'a>>) {
        let owner = self.owner(control);
        self.rows.push(Row { owner, cells });
    }

    fn owner(&self, control: Option<ControlRef<'v, 'a>>) -> Option<String> {
        let path = control.map_or_else(|| self.report.path(), ControlRef::path);
        self.judged.owner(&path)
    }

    fn cells(&self, asked: &Asked<'_>, state: &'static str, control: Option<ControlRef<'v, 'a>>) -> Vec<Cell> {
        let found = &self.judged.found;
        let (open, held_back, place) = match control {
            Some(control) => (
                found.open(&control.path()),
                found.held_back(&control.path()),
                control.place(),
            ),
            None => {
                let open = self.open.iter().copied().filter(|rule| *rule == asked.rule);
                let is_bare = matches!(state, NONE_DECLARED | BY_OTHERS);
                (open.filter(|_| is_bare).collect(), Vec::new(), asked.place)
            }
        };
        let of_control = control.map(|control| of_control(self.judged.estate, control, self.report));
        let [
            control_name,
            path,
            title,
            every,
            area,
            effective,
            design,
            operating,
            inherited,
            population,
            narrative,
            did_not,
        ] = of_control.unwrap_or([const { Cell::Nothing }; 12]);
        let owner = self.owner(control);
        vec![
            cells::text(&asked.id),
            asked.text.clone(),
            Cell::Text(state.to_owned()),
            control_name,
            title,
            owner.map_or(Cell::Nothing, cells::text),
            every,
            area,
            effective,
            design,
            operating,
            inherited,
            population,
            narrative,
            did_not,
            asked.by_others.clone(),
            asked.not_relevant.clone(),
            self.exceptions(asked, control),
            cells::list(open),
            cells::list(held_back),
            cells::list(&self.open),
            path,
            cells::place(place),
        ]
    }

    /// What the auditor noted about a row.
    fn exceptions(&self, asked: &Asked<'_>, control: Option<ControlRef<'v, 'a>>) -> Cell {
        let report = self.report.entity();
        let is_about = |name: &str| {
            let named = || self.judged.estate.control_named(report.namespace, name);
            (asked.is_named)(name) || control.is_some_and(|control| named() == Some(control))
        };
        let noted = report.body.exceptions.iter().map(|noted| &noted.value);
        let noted = noted.filter(|noted| noted.about.iter().any(|name| is_about(&name.value)));
        let noted = noted.map(|noted| {
            let text = noted.text.get().map_or("an exception", |text| text.as_str());
            match noted.response.get() {
                Some(response) => format!("{text} (response: {response})"),
                None => text.to_owned(),
            }
        });
        let affected = report.body.affected.iter().any(|name| is_about(&name.value));
        let affected = affected.then(|| match report.body.opinion.value() {
            Some(opinion) => format!("affected by the {opinion} opinion"),
            None => "affected by the opinion".to_owned(),
        });
        cells::list(noted.chain(affected))
    }
}
