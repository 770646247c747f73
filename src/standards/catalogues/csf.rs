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
        r("GV.OC-01", "The mission is known, and shapes how risk is managed"),
        r("GV.OC-02", "Stakeholders and their needs are understood"),
        r(
            "GV.OC-03",
            "What law, regulators and contracts demand is known and acted on",
        ),
        r("GV.OC-04", "It is known, and told, what others depend on"),
        r(
            "GV.OC-05",
            "It is known, and told, what the organization itself depends on",
        ),
        // Risk management strategy
        r("GV.RM-01", "Stakeholders agree on the aims of risk management"),
        r("GV.RM-02", "It is stated how much risk is wanted and how much is borne"),
        r("GV.RM-03", "Security risk is part of the management of all risks"),
        r("GV.RM-04", "It is stated in which direction risks are to be answered"),
        r(
            "GV.RM-05",
            "It is clear who tells whom about security risks, suppliers' included",
        ),
        r("GV.RM-06", "Risks are rated, recorded and ranked by one method"),
        r("GV.RM-07", "Risks that are opportunities are talked about too"),
        // Roles
        r("GV.RR-01", "Leaders answer for security risk and set the tone"),
        r(
            "GV.RR-02",
            "It is settled and known who decides and who answers for security risk",
        ),
        r("GV.RR-03", "Means match the strategy, roles and policies"),
        r(
            "GV.RR-04",
            "Hiring, employing and parting with people takes security into account",
        ),
        // Policy
        r(
            "GV.PO-01",
            "There is a policy for security risk that fits the organization, and it is enforced",
        ),
        r(
            "GV.PO-02",
            "The policy keeps up with threats, technology and the mission",
        ),
        // Oversight
        r(
            "GV.OV-01",
            "What the strategy brought about is looked at, to correct it",
        ),
        r(
            "GV.OV-02",
            "The strategy is adjusted so that it covers all demands and risks",
        ),
        r("GV.OV-03", "How well risk is managed is measured and improved"),
        // Supply chain
        r("GV.SC-01", "A programme for supply chain risk is agreed on"),
        r(
            "GV.SC-02",
            "Suppliers, customers and partners know their part in security",
        ),
        r("GV.SC-03", "Supply chain risk is part of the wider management of risk"),
        r("GV.SC-04", "Suppliers are known and ranked by how critical they are"),
        r("GV.SC-05", "Contracts with suppliers state what security is demanded"),
        r("GV.SC-06", "Suppliers are looked into before they are engaged"),
        r(
            "GV.SC-07",
            "Suppliers' risks are recorded, ranked and watched while the relationship lasts",
        ),
        r(
            "GV.SC-08",
            "Suppliers are part of planning for incidents and of handling them",
        ),
        r(
            "GV.SC-09",
            "Supply chain security is watched over the life of products and services",
        ),
        r("GV.SC-10", "Plans say what happens after a supplier relationship ends"),
        // Identify: assets
        r("ID.AM-01", "Hardware is inventoried"),
        r("ID.AM-02", "Software, services and systems are inventoried"),
        r("ID.AM-03", "It is recorded which network and data flows are allowed"),
        r("ID.AM-04", "Services of suppliers are inventoried"),
        r("ID.AM-05", "Assets are ranked by what they mean for the mission"),
        r(
            "ID.AM-07",
            "Data of chosen kinds is inventoried, with what describes it",
        ),
        r("ID.AM-08", "Assets are managed from purchase to disposal"),
        // Risk assessment
        r("ID.RA-01", "Weak spots of assets are found, confirmed and written down"),
        r("ID.RA-02", "Threat intelligence is received from those who share it"),
        r("ID.RA-03", "Threats from inside and outside are recorded"),
        r(
            "ID.RA-04",
            "It is recorded how likely threats are to strike, and what then follows",
        ),
        r(
            "ID.RA-05",
            "Threats, weaknesses, likelihood and impact together say which risks come first",
        ),
        r(
            "ID.RA-06",
            "Answers to risks are chosen, planned, followed up and made known",
        ),
        r(
            "ID.RA-07",
            "Changes and exceptions are weighed for their risk, and kept track of",
        ),
        r(
            "ID.RA-08",
            "Reports of vulnerabilities are received, analyzed and answered",
        ),
        r("ID.RA-09", "Hardware and software are checked to be genuine before use"),
        r("ID.RA-10", "Critical suppliers are assessed before anything is bought"),
        // Improvement
        r("ID.IM-01", "Evaluations lead to improvements"),
        r(
            "ID.IM-02",
            "Tests and exercises lead to improvements, suppliers' included",
        ),
        r("ID.IM-03", "Daily operation leads to improvements"),
        r(
            "ID.IM-04",
            "Plans for incidents and the like exist, are told and improved",
        ),
        // Protect: identity and access
        r(
            "PR.AA-01",
            "It is kept in order who and what may act, and with which credentials",
        ),
        r("PR.AA-02", "Credentials go only to those who have shown who they are"),
        r("PR.AA-03", "Users, services and devices prove who they are"),
        r("PR.AA-04", "What one system says of an identity, another can trust"),
        r(
            "PR.AA-05",
            "Access follows a policy of least privilege and separate duties, and is reviewed",
        ),
        r("PR.AA-06", "Who gets to assets in person follows risk, and is watched"),
        // Awareness and training
        r("PR.AT-01", "Everybody is made aware and trained for general tasks"),
        r("PR.AT-02", "People in special roles are trained for them"),
        // Data
        r("PR.DS-01", "Stored data is protected"),
        r("PR.DS-02", "Data on its way is protected"),
        r("PR.DS-10", "Data being worked on is protected"),
        r("PR.DS-11", "Backups are made, protected, kept and tried"),
        // Platforms
        r("PR.PS-01", "Configurations are managed"),
        r("PR.PS-02", "Software is kept up, or taken out, as risk asks"),
        r("PR.PS-03", "Hardware is kept up, or taken out, as risk asks"),
        r("PR.PS-04", "Logs are written and at hand for monitoring"),
        r("PR.PS-05", "Unauthorized software is neither installed nor run"),
        r("PR.PS-06", "Software is developed securely, and how well is watched"),
        // Resilience
        r(
            "PR.IR-01",
            "Networks and environments are closed to unauthorized access and use",
        ),
        r("PR.IR-02", "Technology is safe from fire, flood and the like"),
        r("PR.IR-03", "Systems stay resilient in good and in bad situations"),
        r("PR.IR-04", "There is capacity enough to stay available"),
        // Detect: monitoring
        r("DE.CM-01", "Networks are watched for what looks wrong"),
        r("DE.CM-02", "The physical surroundings are watched for what looks wrong"),
        r(
            "DE.CM-03",
            "What people do with technology is watched for what looks wrong",
        ),
        r(
            "DE.CM-06",
            "What outside service providers do is watched for what looks wrong",
        ),
        r(
            "DE.CM-09",
            "Computing, from hardware to runtimes, is watched for what looks wrong",
        ),
        // Analysis
        r("DE.AE-02", "Suspicious events are analyzed to understand them"),
        r("DE.AE-03", "What several sources say is brought together"),
        r("DE.AE-04", "It is understood how far suspicious events reach"),
        r(
            "DE.AE-06",
            "News of suspicious events reaches the staff and tools that need it",
        ),
        r("DE.AE-07", "Threat intelligence and context are part of the analysis"),
        r(
            "DE.AE-08",
            "There are criteria for calling something an incident, and they are applied",
        ),
        // Respond: management
        r(
            "RS.MA-01",
            "Once there is an incident, the plan is carried out, with third parties",
        ),
        r("RS.MA-02", "Reports of incidents are sifted and confirmed"),
        r("RS.MA-03", "Incidents are sorted and ranked"),
        r("RS.MA-04", "Incidents reach higher ranks when they have to"),
        r(
            "RS.MA-05",
            "There are criteria for when to start recovery, and they are applied",
        ),
        // Analysis
        r("RS.AN-03", "It is found out what happened, and from what cause"),
        r(
            "RS.AN-06",
            "What investigators do is recorded, and the records are safe from change",
        ),
        r("RS.AN-07", "Data about the incident is collected and safe from change"),
        r("RS.AN-08", "How large the incident is is estimated and confirmed"),
        // Communication
        r("RS.CO-02", "Those concerned inside and outside are notified"),
        r("RS.CO-03", "Information is shared with those who are meant to have it"),
        // Mitigation
        r("RS.MI-01", "Incidents are kept from spreading"),
        r("RS.MI-02", "What caused an incident is rooted out"),
        // Recover: execution
        r("RC.RP-01", "Once started, the recovery part of the plan is carried out"),
        r("RC.RP-02", "Steps of recovery are chosen, bounded, ranked and taken"),
        r("RC.RP-03", "Backups are checked before they are restored from"),
        r(
            "RC.RP-04",
            "Critical functions and risk decide what normal means afterwards",
        ),
        r(
            "RC.RP-05",
            "Restored assets are checked, and normal operation is confirmed",
        ),
        r("RC.RP-06", "Recovery is declared over by set criteria, and documented"),
        // Communication
        r("RC.CO-03", "Those concerned are told how recovery goes"),
        r("RC.CO-04", "The public is told through approved ways and words"),
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
