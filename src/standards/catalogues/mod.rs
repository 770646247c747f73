//! The catalogues themselves: one file for each, ids with their subjects in our own words.

mod ai_rmf;
mod annex_a;
mod annex_a_2013;
mod cis_controls;
mod csf;
mod csf_1_1;
mod nhi;
mod pci_dss;
mod publications;
mod sp_800_53;
mod trust_services;

use super::catalogue::Catalogue;

/// Every catalogue, in the order in which they are shown.
pub static ALL: [&Catalogue; 16] = [
    &trust_services::CATALOGUE,
    &publications::AICPA,
    &publications::PCAOB,
    &publications::SARBANES_OXLEY,
    &publications::IAASB,
    &annex_a::CATALOGUE,
    &publications::ISO_IEC,
    &publications::IAF,
    &publications::NIST,
    &csf::CATALOGUE,
    &sp_800_53::CATALOGUE,
    &ai_rmf::CATALOGUE,
    &pci_dss::CATALOGUE,
    &cis_controls::CATALOGUE,
    &publications::OWASP,
    &nhi::CATALOGUE,
];
