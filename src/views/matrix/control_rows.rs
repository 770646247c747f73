//! The cells of a control in a control matrix, and of what shows its design and operation.

use crate::decode::{Field, List, OneOrTable, Val};
use crate::estate::{ControlRef, Estate, Named, ReportRef, ThirdPartyRef, period};
use crate::manifest::{ControlLink, EvidenceRef};
use crate::views::inventory::column;
use crate::views::{Cell, Column, Holds, Part, cells};

/// Of a piece of evidence.
pub const EVIDENCE: &[Column] = &[
    column(
        "entry",
        "Entry",
        "The path of the evidence entry, if it is one.",
        Holds::Text,
        false,
    ),
    column("at", "At", "Where it is, as declared.", Holds::Text, false),
    column("kind", "Kind", "Its kind.", Holds::Text, false),
    column(
        "collected",
        "Collected",
        "The day on which it was collected.",
        Holds::Day,
        false,
    ),
    column(
        "from",
        "From",
        "The first of the days that it covers.",
        Holds::Day,
        false,
    ),
    column("to", "To", "The last of them.", Holds::Day, false),
];

/// Of a control: `control`, `control-path`, `control-title`, `every`, `area`, `effective`, `design`, `operating`, `inherited-from`,
/// `population`, `narrative`, `did-not-operate`.
pub fn of_control(estate: &Estate<'_>, control: ControlRef<'_, '_>, report: ReportRef<'_, '_>) -> [Cell; 12] {
    let body = &control.entity().body;
    let links = body.reports.iter().map(|link| &link.value);
    let links: Vec<&ControlLink<'_>> = links
        .filter(|link| {
            let name = link.report.get();
            let named = name.and_then(|name| estate.report_named(control.namespace, name));
            named == Some(report)
        })
        .map(|link| &**link)
        .collect();
    let of_links = |text: fn(&ControlLink<'_>) -> Option<String>| {
        let texts: Vec<String> = links.iter().filter_map(|link| text(link)).collect();
        cells::text(texts.join("; "))
    };
    [
        cells::text(control.name()),
        Cell::Text(control.path()),
        cells::field(&body.title),
        cells::field(&body.every),
        cells::field(&body.area),
        cells::day(&body.effective),
        evidence(estate, control, &body.design),
        evidence(estate, control, &body.operating),
        inherited(estate, control),
        of_links(|link| link.population.get().map(ToString::to_string)),
        of_links(|link| link.narrative.get().map(ToString::to_string)),
        cells::field(&body.did_not_operate),
    ]
}

/// The third party that performs it, by its path.
fn inherited(estate: &Estate<'_>, control: ControlRef<'_, '_>) -> Cell {
    match &*control.entity().body.inherited_from {
        Field::Known(name) => {
            let named = estate.third_party_named(control.namespace, &name.value);
            cells::text(named.map_or_else(|| name.value.to_string(), ThirdPartyRef::path))
        }
        stated => cells::field(stated),
    }
}

fn evidence(estate: &Estate<'_>, control: ControlRef<'_, '_>, list: &List<OneOrTable<EvidenceRef<'_>>>) -> Cell {
    let mut parts: Vec<Part> = list.iter().map(|item| piece(estate, control, item)).collect();
    if list.damaged {
        let said = "unknown".to_owned();
        let cells = vec![Cell::Nothing, Cell::Text(said.clone())];
        parts.push(Part { said, cells });
    }
    match parts.is_empty() {
        true => Cell::Nothing,
        false => Cell::Parts(parts),
    }
}

fn piece(estate: &Estate<'_>, control: ControlRef<'_, '_>, item: &Val<OneOrTable<EvidenceRef<'_>>>) -> Part {
    let named = estate.named_evidence(control.namespace, item);
    let stated = match item.value.at.get() {
        Some(at) => at.to_string(),
        None => "unknown".to_owned(),
    };
    let Some(Named::Entry(entry)) = named else {
        let collected = cells::day(&item.value.collected);
        let said = match &collected {
            Cell::Day(day) => format!("{stated} ({day})"),
            _ => stated.clone(),
        };
        let cells = vec![Cell::Nothing, Cell::Text(stated), Cell::Nothing, collected];
        return Part { said, cells };
    };
    let body = &entry.entity().body;
    let days = body.period.get().and_then(period);
    let at = body.at.get().map(ToString::to_string);
    let mut facts = Vec::new();
    facts.extend(body.kind.value().map(|kind| kind.to_string()));
    match (days, body.collected.value()) {
        (Some(days), _) => facts.push(format!("{} to {}", days.from, days.to)),
        (None, Some(day)) => facts.push(day.to_string()),
        (None, None) => {}
    }
    let place = at.unwrap_or(stated);
    let said = match facts.is_empty() {
        true => place.clone(),
        false => format!("{place} ({})", facts.join(", ")),
    };
    let day = |day: Option<jiff::civil::Date>| match day {
        Some(day) => Cell::Day(day),
        None if body.period.is_absent() => Cell::Nothing,
        None => cells::unknown(),
    };
    let cells = vec![
        Cell::Text(entry.path()),
        Cell::Text(place),
        cells::field(&body.kind),
        cells::day(&body.collected),
        day(days.map(|days| days.from)),
        day(days.map(|days| days.to)),
    ];
    Part { said, cells }
}
