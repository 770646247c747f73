//! The 106 subcategories of the NIST Cybersecurity Framework 2.0.

use super::csf_1_1;
use crate::standards::catalogue::{Catalogue, Earlier, is_number, r};

pub static CATALOGUE: Catalogue = Catalogue {
    name: "NIST Cybersecurity Framework",
    version: Some("2.0"),
    organization: "NIST",
    about: "Outcomes by which organizations describe how they manage cybersecurity risk",
    prefixes: &["CSF", "CSF 2.0", "NIST CSF", "NIST CSF 2.0"],
    prefix_needed: false,
    whole: &["NIST CSF 2.0"],
    shape: Some(is_subcategory),
    earlier: Some(Earlier {
        version: "1.1",
        shape: |id| id.split_once('-').is_some_and(|(_, number)| number.len() == 1),
        retired: csf_1_1::RETIRED,
    }),
    references: &[
        // Govern: organizational context
        r("GV.OC-01", "The mission is understood and guides risk management"),
        r("GV.OC-02", "Stakeholders and their needs are understood"),
        r(
            "GV.OC-03",
            "Legal, regulatory and contractual requirements are known and managed",
        ),
        r("GV.OC-04", "What others depend on is understood and communicated"),
        r(
            "GV.OC-05",
            "What the organization itself depends on is understood and communicated",
        ),
        // Risk management strategy
        r("GV.RM-01", "Stakeholders agree on the objectives of risk management"),
        r("GV.RM-02", "Risk appetite and risk tolerance are stated"),
        r("GV.RM-03", "Security risk is part of enterprise risk management"),
        r("GV.RM-04", "The strategic options for responding to risk are stated"),
        r(
            "GV.RM-05",
            "Lines of communication for security risks, including suppliers', are defined",
        ),
        r("GV.RM-06", "Risks are rated, recorded and ranked by one method"),
        r("GV.RM-07", "Opportunities are part of risk discussions"),
        // Roles
        r("GV.RR-01", "Leaders are accountable for security risk and set the tone"),
        r(
            "GV.RR-02",
            "Roles and responsibilities for security risk are defined and communicated",
        ),
        r("GV.RR-03", "Resources match the strategy, roles and policies"),
        r("GV.RR-04", "Human resources practices take security into account"),
        // Policy
        r(
            "GV.PO-01",
            "A policy for security risk suits the organization and is enforced",
        ),
        r(
            "GV.PO-02",
            "The policy is kept current with threats, technology and the mission",
        ),
        // Oversight
        r(
            "GV.OV-01",
            "The results of the strategy are reviewed in order to adjust it",
        ),
        r(
            "GV.OV-02",
            "The strategy is adjusted to cover all requirements and risks",
        ),
        r(
            "GV.OV-03",
            "The performance of risk management is measured and improved",
        ),
        // Supply chain
        r("GV.SC-01", "A program for supply chain risk is agreed on"),
        r(
            "GV.SC-02",
            "Suppliers, customers and partners know their security roles",
        ),
        r("GV.SC-03", "Supply chain risk is part of overall risk management"),
        r("GV.SC-04", "Suppliers are known and ranked by criticality"),
        r("GV.SC-05", "Contracts with suppliers state security requirements"),
        r("GV.SC-06", "Due diligence precedes supplier relationships"),
        r(
            "GV.SC-07",
            "Suppliers' risks are recorded, ranked and monitored during the relationship",
        ),
        r("GV.SC-08", "Suppliers are included in incident planning and response"),
        r(
            "GV.SC-09",
            "Supply chain security is monitored over the life cycle of products and services",
        ),
        r("GV.SC-10", "Plans cover the time after a supplier relationship ends"),
        // Identify: assets
        r("ID.AM-01", "Hardware is inventoried"),
        r("ID.AM-02", "Software, services and systems are inventoried"),
        r("ID.AM-03", "Authorized network and data flows are recorded"),
        r("ID.AM-04", "Services of suppliers are inventoried"),
        r("ID.AM-05", "Assets are prioritized by their importance to the mission"),
        r(
            "ID.AM-07",
            "Designated types of data and their metadata are inventoried",
        ),
        r("ID.AM-08", "Assets are managed throughout their life cycles"),
        // Risk assessment
        r(
            "ID.RA-01",
            "Vulnerabilities in assets are identified, validated and recorded",
        ),
        r("ID.RA-02", "Threat intelligence is received from sharing sources"),
        r("ID.RA-03", "Internal and external threats are recorded"),
        r("ID.RA-04", "The likelihood and impact of threats are recorded"),
        r(
            "ID.RA-05",
            "Threats, vulnerabilities, likelihood and impact determine the priority of risks",
        ),
        r(
            "ID.RA-06",
            "Risk responses are chosen, planned, tracked and communicated",
        ),
        r("ID.RA-07", "Changes and exceptions are assessed for risk and tracked"),
        r(
            "ID.RA-08",
            "Vulnerability reports are received, analyzed and responded to",
        ),
        r(
            "ID.RA-09",
            "The authenticity of hardware and software is checked before use",
        ),
        r("ID.RA-10", "Critical suppliers are assessed before acquisition"),
        // Improvement
        r("ID.IM-01", "Evaluations lead to improvements"),
        r(
            "ID.IM-02",
            "Tests and exercises, including with suppliers, lead to improvements",
        ),
        r("ID.IM-03", "Daily operation leads to improvements"),
        r(
            "ID.IM-04",
            "Incident and similar plans exist, are communicated and improved",
        ),
        // Protect: identity and access
        r(
            "PR.AA-01",
            "Identities and credentials of users, services and devices are managed",
        ),
        r(
            "PR.AA-02",
            "Identities are proofed before credentials are bound to them",
        ),
        r("PR.AA-03", "Users, services and devices are authenticated"),
        r("PR.AA-04", "Assertions about identities are protected and verified"),
        r(
            "PR.AA-05",
            "Access follows least privilege and separation of duties, and is reviewed",
        ),
        r("PR.AA-06", "Physical access to assets follows risk and is monitored"),
        // Awareness and training
        r("PR.AT-01", "Staff receive awareness and training for general tasks"),
        r("PR.AT-02", "People in specialized roles are trained for them"),
        // Data
        r("PR.DS-01", "Data at rest is protected"),
        r("PR.DS-02", "Data in transit is protected"),
        r("PR.DS-10", "Data in use is protected"),
        r("PR.DS-11", "Backups are created, protected, maintained and tested"),
        // Platforms
        r("PR.PS-01", "Configurations are managed"),
        r("PR.PS-02", "Software is maintained or removed according to risk"),
        r("PR.PS-03", "Hardware is maintained or removed according to risk"),
        r("PR.PS-04", "Logs are generated and available for monitoring"),
        r("PR.PS-05", "Unauthorized software is neither installed nor run"),
        r("PR.PS-06", "Secure development practices are in place and monitored"),
        // Resilience
        r(
            "PR.IR-01",
            "Networks and environments are protected from unauthorized access and use",
        ),
        r("PR.IR-02", "Technology is protected from environmental threats"),
        r("PR.IR-03", "Systems are resilient in normal and adverse situations"),
        r("PR.IR-04", "Capacity is sufficient for availability"),
        // Detect: monitoring
        r("DE.CM-01", "Networks are monitored for adverse events"),
        r("DE.CM-02", "The physical environment is monitored for adverse events"),
        r(
            "DE.CM-03",
            "Use of technology by people is monitored for adverse events",
        ),
        r(
            "DE.CM-06",
            "Activities of external service providers are monitored for adverse events",
        ),
        r(
            "DE.CM-09",
            "Computing, from hardware to runtimes, is monitored for adverse events",
        ),
        // Analysis
        r("DE.AE-02", "Suspicious events are analyzed to understand them"),
        r("DE.AE-03", "Information from several sources is correlated"),
        r("DE.AE-04", "The scope and impact of suspicious events are understood"),
        r(
            "DE.AE-06",
            "Information on suspicious events reaches authorized staff and tools",
        ),
        r("DE.AE-07", "Threat intelligence and context are part of the analysis"),
        r("DE.AE-08", "Criteria for declaring an incident are defined and applied"),
        // Respond: management
        r(
            "RS.MA-01",
            "When an incident is declared, the plan is executed with third parties",
        ),
        r("RS.MA-02", "Incident reports are triaged and validated"),
        r("RS.MA-03", "Incidents are categorized and prioritized"),
        r("RS.MA-04", "Incidents are escalated as needed"),
        r("RS.MA-05", "Criteria for starting recovery are defined and applied"),
        // Analysis
        r("RS.AN-03", "Analysis establishes what happened and the root cause"),
        r(
            "RS.AN-06",
            "Actions of investigators are recorded, and the records' integrity is preserved",
        ),
        r("RS.AN-07", "Incident data is collected, and its integrity is preserved"),
        r("RS.AN-08", "The magnitude of an incident is estimated and validated"),
        // Communication
        r("RS.CO-02", "Internal and external stakeholders are notified"),
        r("RS.CO-03", "Information is shared with designated stakeholders"),
        // Mitigation
        r("RS.MI-01", "Incidents are contained"),
        r("RS.MI-02", "Incidents are eradicated"),
        // Recover: execution
        r("RC.RP-01", "Once started, the recovery part of the plan is executed"),
        r(
            "RC.RP-02",
            "Recovery actions are selected, scoped, prioritized and performed",
        ),
        r("RC.RP-03", "Backups are verified before they are used for restoration"),
        r(
            "RC.RP-04",
            "Critical functions and risk determine operations after an incident",
        ),
        r(
            "RC.RP-05",
            "Restored assets are verified, and normal operation is confirmed",
        ),
        r(
            "RC.RP-06",
            "The end of recovery is declared by set criteria, and documented",
        ),
        // Communication
        r("RC.CO-03", "Stakeholders are informed of the progress of recovery"),
        r(
            "RC.CO-04",
            "The public is informed through approved channels and messages",
        ),
    ],
};

/// `GV.OC-05`; or `PR.AC-1`, as version 1.1 numbers.
fn is_subcategory(id: &str) -> bool {
    let Some((category, number)) = id.split_once('-') else {
        return false;
    };
    let Some((function, category)) = category.split_once('.') else {
        return false;
    };
    matches!(function, "GV" | "ID" | "PR" | "DE" | "RS" | "RC")
        && category.len() == 2
        && category.bytes().all(|b| b.is_ascii_uppercase())
        && is_number(number)
}
