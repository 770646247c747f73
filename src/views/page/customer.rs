//! What those who rely on a service may know: product × report × period × how to ask for it. Who acts, what is found, what is
//! waived, where evidence is, and what others' reports say is nobody else's business.

use super::services::{Standings, bridges};
use super::{Chapter, Col, Contents, Fact, ORGANIZATION, Row, Says, Table};
use crate::decode::Field;
use crate::estate::{AssuranceRef, Origin, ServiceRef, Standing};
use crate::model::{Audience, Exposure, Framework, Lifecycle, ReportType, list_words};
use crate::views::inventory::Judged;
use crate::views::matrix::Stands;
use crate::views::{Cell, cells};

const COLUMNS: &[Col] = &[
    Col::new("Product", Says::Text, 15),
    Col::new("Report or certificate", Says::Text, 14),
    Col::new("Period or day", Says::Text, 14),
    Col::new("Issued", Says::Text, 9),
    Col::new("Auditor or body", Says::Text, 13),
    Col::new("Opinion", Says::Text, 10),
    Col::new("How to ask for it", Says::Text, 25),
];

pub fn chapters(judged: &Judged<'_, '_>, contents: Contents<'_>) -> Vec<Chapter> {
    vec![about(judged, contents), products(judged), asking(contents)]
}

fn about(judged: &Judged<'_, '_>, contents: Contents<'_>) -> Chapter {
    let mut chapter = Chapter::new("about", "About this page")
        .saying(format!(
            "This page lists the products of {ORGANIZATION}, and the issued reports and certificates that {ORGANIZATION} declares to cover \
             them, as of {}. Nobody outside {ORGANIZATION} has checked it.",
            judged.estate.as_of.date()
        ))
        .saying(
            "It does not replace any report. What a report covers, for which period, with which opinion, which exceptions the \
             auditor noted, which controls it expects customers to have, and what others perform and it leaves out: only the \
             report itself says that. A certificate is no report: it says that a management system conforms to a standard, and \
             nothing of a period.",
        );
    let told = |(what, value): &(&'static str, String)| match *what {
        "Program" | "As of" | "Commit" => Some(Fact::new(what, value, None)),
        _ => None,
    };
    chapter.facts = contents.made.facts.iter().filter_map(told).collect();
    chapter
}

fn products(judged: &Judged<'_, '_>) -> Chapter {
    let mut table = Table::new("products", COLUMNS, "No product is declared.");
    let mut products: Vec<(String, ServiceRef<'_, '_>)> = judged
        .estate
        .services()
        .filter(|service| is_product(*service))
        .map(|service| (called(service), service))
        .collect();
    products.sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| a.path().cmp(&b.path())));
    for (name, service) in products {
        let mut covering: Vec<AssuranceRef<'_, '_>> = service
            .assurances()
            .filter(|assurance| {
                assurance.standing() == Standing::Issued && Stands::of(service, *assurance) == Stands::Covered
            })
            .collect();
        // The newest first.
        covering.sort_by_cached_key(|assurance| (std::cmp::Reverse(assurance.end()), assurance.path()));
        if covering.is_empty() {
            let none = match Standings::of(service).stands() {
                Stands::Unknown => "unknown",
                _ => "no declared report or certificate",
            };
            let mut cells = vec![cells::text(&name), cells::text(none)];
            cells.resize(COLUMNS.len(), Cell::Nothing);
            table.rows.push(row(cells));
        }
        for assurance in covering {
            table.rows.push(row(of_report(&name, assurance)));
        }
    }
    table.all = "`soclint matrix coverage`".to_owned();
    Chapter::new("products", "Products and reports")
        .saying("Services that are declared to be offered to customers and to be in use, each with the issued reports and certificates that are declared to cover it. Planned reports are not listed.")
        .with(table)
}

fn row(cells: Vec<Cell>) -> Row {
    Row {
        subject: None,
        span: None,
        is_open: true,
        cells,
    }
}

/// Whether customers know of it.
fn is_product(service: ServiceRef<'_, '_>) -> bool {
    let body = &service.entity().body;
    let is_offered = match body.exposure.value() {
        Some(exposure) => exposure == Exposure::External,
        None => body.exposure.is_absent(),
    };
    let is_ready = body.lifecycle.value() != Some(Lifecycle::Experimental);
    is_offered && is_ready && service.body.is_in_use()
}

fn called(service: ServiceRef<'_, '_>) -> String {
    let title = service.entity().body.title.get().filter(|title| title.says_something());
    title.map_or_else(|| service.name().to_string(), ToString::to_string)
}

fn of_report(product: &str, assurance: AssuranceRef<'_, '_>) -> Vec<Cell> {
    let (opinion, by, valid) = match assurance.origin() {
        Origin::Report(report) => {
            let body = &report.entity().body;
            let opinion = match &body.opinion {
                Field::Absent => cells::text("not stated"),
                stated => cells::field(stated),
            };
            (opinion, cells::field(&body.auditor), None)
        }
        Origin::Certificate(certificate) => {
            let body = &certificate.entity().body;
            let valid = body.expires.value().map(|day| format!("valid until {}", day.0));
            (Cell::Nothing, cells::field(&body.body), valid)
        }
    };
    let period = match (assurance.period, assurance.as_of) {
        (Some(period), _) => Some(format!("{} to {}", period.from, period.to)),
        (None, Some(day)) if assurance.report_type == Some(ReportType::One) => Some(format!("as of {day}")),
        (None, Some(day)) => Some(day.to_string()),
        (None, None) if assurance.unread => Some("unknown".to_owned()),
        (None, None) if valid.is_some() => None,
        (None, None) => Some("not stated".to_owned()),
    };
    vec![
        cells::text(product),
        cells::text(assurance.title()),
        cells::list(period.into_iter().chain(valid).chain(bridges(assurance.origin()))),
        assurance.issued.map_or(Cell::Nothing, Cell::Day),
        by,
        opinion,
        cells::text(how(assurance)),
    ]
}

/// Who is given it, as declared; otherwise, as is usual for what it is.
fn how(assurance: AssuranceRef<'_, '_>) -> String {
    if let Origin::Report(report) = assurance.origin() {
        let audience = &report.entity().body.audience;
        let to: Vec<&str> = audience.iter().map(|audience| of_audience(audience.value)).collect();
        if !to.is_empty() && !audience.damaged {
            return format!("on request; it is given to {}", list_words(&to, "and"));
        }
    }
    match assurance.framework {
        Some(Framework::Soc1 | Framework::Isae3402) => {
            "on request; it is meant for those who use the service, and for the auditors of their financial statements"
        }
        Some(Framework::Soc2) => {
            "on request; it is meant for those who know the service well enough to use it, and mostly given under a \
             confidentiality agreement"
        }
        Some(Framework::Soc3) => "on request; it is meant for everyone",
        Some(framework) if framework.is_certificate() => "on request; the body that issued it can confirm it",
        _ => "on request",
    }
    .to_owned()
}

const fn of_audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Management => "our own management",
        Audience::UserEntity => "those who use the service",
        Audience::UserAuditor => "the auditors of their financial statements",
        Audience::Customer => "customers",
        Audience::ProspectNda => "those who may become customers, under a confidentiality agreement",
        Audience::Regulator => "authorities",
        Audience::Public => "the public",
    }
}

fn asking(contents: Contents<'_>) -> Chapter {
    let chapter = Chapter::new("asking", "How to ask for a report");
    let mut chapter = match contents.contact {
        Some(contact) => {
            let mut chapter = chapter;
            chapter.facts.push(Fact::new("Contact", contact, None));
            chapter
        }
        None => chapter.saying(format!("Ask whoever is your contact at {ORGANIZATION}.")),
    };
    chapter.about.push(
        "Say which product you use and for which period you need a report: a financial year, say. Ask for bridge letters, too, if \
         that period goes on after the report's. A bridge letter is a statement of management; no auditor has examined it."
            .to_owned(),
    );
    chapter
}
