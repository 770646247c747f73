//! The way to a first ISO/IEC 27001 certificate, and through its three years.

use super::{PREPARATION, Plan, Step, Target, Walk, keys, service_table, text, weeks};
use crate::calendar::{self, Period, day_before};
use crate::model::Duration;
use jiff::civil::Date;

const EVIDENCE: &str = "https://docs.example.com/";
const CERTIFICATE: &str = "certificates.iso27001";
/// How long a certificate lasts.
const YEARS: Duration = Duration::months(36);

/// The days of the audits.
struct Audits {
    stage_1: Period,
    stage_2: Period,
    decided: Period,
    expires: Date,
}

pub fn plan(start: Date, service: &str) -> Plan {
    let mut walk = Walk { next: start };
    let scope = walk.take(weeks(3));
    let applicability = walk.take(weeks(2));
    let controls = walk.take(weeks(6));
    let review = walk.take(weeks(3));
    let stage_1 = walk.take(weeks(2));
    // What stage 1 shows is dealt with first.
    let _ = walk.take(weeks(4));
    let stage_2 = walk.take(weeks(2));
    let decided = walk.take(weeks(4));
    let expires = day_before(calendar::plus(decided.to, YEARS));
    let audits = Audits {
        stage_1,
        stage_2,
        decided,
        expires,
    };
    let mut steps = preparation(service, [scope, applicability, controls, review]);
    steps.extend(certification(service, &audits));
    steps.extend(years(&audits));
    Plan {
        target: Target::Iso27001,
        start,
        about: vec![
            "A draft of the way to a first ISO/IEC 27001 certificate: lengths that are marked as typical are what is usual, and no standard sets them".to_owned(),
            PREPARATION.to_owned(),
            "A certificate is no report: it has neither a period nor an opinion, and user auditors cannot rely on it for financial reporting".to_owned(),
        ],
        steps,
        years: Vec::new(),
        notes: Vec::new(),
    }
}

fn preparation(service: &str, [scope, applicability, controls, review]: [Period; 4]) -> Vec<Step> {
    let mut of_scope = keys(
        CERTIFICATE,
        [
            ("framework", text("iso27001")),
            ("status", text("planned")),
            ("scope-statement", text("Development and operation of the service")),
            ("covers", text(service)),
        ],
    );
    of_scope.extend(keys(
        &service_table(service),
        [("assurance-for", text("security-due-diligence"))],
    ));
    of_scope.extend(keys(
        "evidence.risk-assessment",
        [
            ("kind", text("risk-assessment")),
            ("at", text(&format!("{EVIDENCE}risks"))),
            ("collected", scope.to.to_string()),
            ("owner", text("management")),
        ],
    ));
    let mut of_review = keys(
        "evidence.internal-audit",
        [
            ("kind", text("review")),
            ("at", text(&format!("{EVIDENCE}internal-audit"))),
            ("collected", review.to.to_string()),
            ("owner", text("internal-audit")),
        ],
    );
    of_review.extend(keys("controls.access-review", [("operating", text("internal-audit"))]));
    vec![
        Step {
            name: "Scope and risk assessment",
            days: scope,
            is_typical: true,
            length: "Typically three weeks".to_owned(),
            about: "What the management system is about and where it ends, who expects what of it, and which risks there are".to_owned(),
            involved: &["management", "service owners", "risk owners"],
            declare: of_scope,
            declare_by: scope.to,
            rests_on: &["ISO/IEC 27001 4.3", "ISO/IEC 27001 8.2"],
        },
        Step {
            name: "Statement of applicability",
            days: applicability,
            is_typical: true,
            length: "Typically two weeks".to_owned(),
            about: "How each risk is treated, which controls of Annex A that calls for, and why others are left out".to_owned(),
            involved: &["risk owners", "control owners", "management, to accept what is left"],
            declare: keys(
                CERTIFICATE,
                [("edition", text("2022")), ("statement-of-applicability", text("1.0"))],
            ),
            declare_by: applicability.to,
            rests_on: &["ISO/IEC 27001 6.1.3"],
        },
        Step {
            name: "Controls",
            days: controls,
            is_typical: true,
            length: "Typically six weeks".to_owned(),
            about: "What the statement of applicability names is put in place, and leaves evidence".to_owned(),
            involved: &["control owners", "IT operations", "human resources"],
            declare: keys(
                "controls.access-review",
                [
                    ("title", text("Access is reviewed every quarter")),
                    ("owner", text("it-operations")),
                    ("area", text("logical-access")),
                    ("criteria", text("A.5.18")),
                    ("every", text("3mo")),
                    ("effective", controls.to.to_string()),
                    ("design", text(&format!("{EVIDENCE}access-policy"))),
                ],
            ),
            declare_by: controls.to,
            rests_on: &["ISO/IEC 27001 6.1.3"],
        },
        Step {
            name: "Internal audit and management review",
            days: review,
            is_typical: true,
            length: "Typically three weeks".to_owned(),
            about: "Someone who did not build it audits the management system, and management reviews what that shows; both come before stage 2".to_owned(),
            involved: &["internal audit, or someone independent", "management"],
            declare: of_review,
            declare_by: review.to,
            rests_on: &[],
        },
    ]
}

fn certification(service: &str, audits: &Audits) -> Vec<Step> {
    let mut of_certificate = keys(
        CERTIFICATE,
        [
            ("status", text("issued")),
            ("issued", audits.decided.to.to_string()),
            ("expires", audits.expires.to_string()),
        ],
    );
    of_certificate.extend(keys(&service_table(service), [("claims", text("iso27001"))]));
    vec![
        Step {
            name: "Stage 1",
            days: audits.stage_1,
            is_typical: true,
            length: "Typically two weeks, and four until stage 2".to_owned(),
            about: "The certification body looks at the documents, and at whether the organization is ready for stage 2".to_owned(),
            involved: &["the certification body", "management", "who runs the management system"],
            declare: keys(
                CERTIFICATE,
                [
                    ("status", text("in-progress")),
                    ("body", text("Example Certification Ltd")),
                    ("accreditation", text("Example accreditation body")),
                ],
            ),
            declare_by: audits.stage_1.to,
            rests_on: &["ISO/IEC 17021-1 9.1.3"],
        },
        Step {
            name: "Stage 2",
            days: audits.stage_2,
            is_typical: true,
            length: "Typically two weeks".to_owned(),
            about: "The certification body audits whether the management system is put into practice and works; nonconformities are corrected".to_owned(),
            involved: &["the certification body", "control owners", "management"],
            declare: Vec::new(),
            declare_by: audits.stage_2.to,
            rests_on: &["ISO/IEC 17021-1 9.1.3"],
        },
        Step {
            name: "Certificate",
            days: audits.decided,
            is_typical: true,
            length: "Typically four weeks to the decision".to_owned(),
            about: "The certification body decides; the cycle of three years begins with that day".to_owned(),
            involved: &["the certification body"],
            declare: of_certificate,
            declare_by: audits.decided.to,
            rests_on: &["ISO/IEC 17021-1 9.1.3", "ISO/IEC 17021-1 8.2.2"],
        },
    ]
}

fn years(audits: &Audits) -> Vec<Step> {
    let after = |months| calendar::plus(audits.decided.to, Duration::months(months));
    // The first within twelve months of the decision; the second within twelve of that, and so in the year after.
    let [first, second] = [12, 24].map(after);
    let in_months = |to: Date, months| Period {
        from: calendar::minus(to, Duration::months(months)),
        to,
    };
    let surveillance = |name, to, declared: String, length: &str| Step {
        name,
        days: in_months(to, 2),
        is_typical: false,
        length: length.to_owned(),
        about: "The certification body audits a part of the management system, and what has changed".to_owned(),
        involved: &["the certification body", "control owners", "management"],
        declare: keys(CERTIFICATE, [("surveillance", declared)]),
        declare_by: to,
        rests_on: &["ISO/IEC 17021-1 9.1.3"],
    };
    vec![
        surveillance(
            "First surveillance audit",
            first,
            first.to_string(),
            "No later than twelve months after the decision",
        ),
        surveillance(
            "Second surveillance audit",
            second,
            format!("[{first}, {second}]"),
            "At least once in each calendar year, but in that of recertification",
        ),
        Step {
            name: "Recertification",
            days: in_months(audits.expires, 3),
            is_typical: false,
            length: "In the third year, and done before the certificate expires".to_owned(),
            about: "The whole management system is audited again, and the next three years begin".to_owned(),
            involved: &["the certification body", "management", "control owners"],
            declare: keys(
                "certificates.iso27001-renewed",
                [
                    ("framework", text("iso27001")),
                    ("status", text("planned")),
                    ("edition", text("2022")),
                ],
            ),
            declare_by: audits.expires,
            rests_on: &["ISO/IEC 17021-1 9.1.3"],
        },
    ]
}
