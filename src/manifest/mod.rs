//! The scope manifest: what a team writes, as types. Their doc comments become the JSON Schema.

pub mod as_read;
mod categories;
mod certificate;
mod control;
mod data;
mod declared;
mod evidence;
pub mod guess;
mod identity;
mod named;
mod names;
mod naming;
mod organization;
mod owner;
mod parts;
mod place;
mod prepare;
mod problems;
mod profiles;
mod read;
mod references;
mod report;
mod service;
mod store;
mod tables;
mod third_party;
mod waiver;

pub use certificate::Certificate;
pub use control::{Control, ControlLink};
pub use data::Data;
pub use declared::Declared;
pub use evidence::{Evidence, EvidenceRef, StatedPeriod};
pub use guess::{action_words, every_synonym, every_word, framework_of, id_of};
pub use identity::{
    Access, Agent, Approval, Identity, InteractiveLogin, Monitoring, Oauth, Offboarding, Privilege, Profile, Review,
    Rotation,
};
pub use naming::NamesEvidence;
pub use organization::Organization;
pub use owner::Owner;
pub use place::{Faulty, Reading, from_root, is_place, is_web, joined, local, reading, scheme};
pub use read::{Read, read};
pub use references::{Declaration, Target, USERS};
pub use report::{
    BridgeLetter, Csoc, Cuec, NotRelevant, NotedException, Objective, Report, Subservice, SystemDescription,
};
pub use service::{Claim, Dependency, Exclusion, Reliance, Service, UserEntities};
pub use store::{STORE_KEYS, Store, is_same_store, store};
pub(crate) use tables::for_each_table;
pub use tables::{TABLES, TABLES_WITH_KEYS};
pub use third_party::{ProviderCuec, ProviderReport, ThirdParty};
pub use waiver::Waiver;

use crate::decode::{Entities, Field, List, Rare};
use crate::model::Text;
use serde::Deserialize;

/// A soclint scope manifest: what a team declares about its services, identities, data, third parties, evidence and reports.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, rename = "Manifest")
)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct Manifest<'a> {
    /// The namespace of every entity in this file.
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = crate::model::ID_PATTERN)))]
    pub namespace: Field<Text<'a>>,
    /// The owner of each entity in this file that states none.
    pub owner: Field<Text<'a>>,
    /// Why the entities of this file are declared although nothing refers to them.
    pub keep: Rare<Text<'a>>,
    /// The organization; at most one in the estate.
    pub organization: Rare<Organization<'a>>,
    /// Teams and people that own things.
    pub owners: Entities<'a, Owner<'a>>,
    /// Services, by id.
    pub services: Entities<'a, Service<'a>>,
    /// Human and non-human identities, by id.
    pub identities: Entities<'a, Identity<'a>>,
    /// Keys that several identities share, by the profile's id.
    pub profiles: Entities<'a, Profile<'a>>,
    /// Data categories, by id.
    pub data: Entities<'a, Data<'a>>,
    /// Reports of service auditors, by id; shares its ids with `certificates`.
    pub reports: Entities<'a, Report<'a>>,
    /// Certificates of management systems, by id; shares its ids with `reports`.
    pub certificates: Entities<'a, Certificate<'a>>,
    /// Vendors, subservice organizations and sub-processors, by id.
    pub third_parties: Entities<'a, ThirdParty<'a>>,
    /// Controls, by id.
    pub controls: Entities<'a, Control<'a>>,
    /// Pieces of evidence, by id.
    pub evidence: Entities<'a, Evidence<'a>>,
    /// Findings that are accepted for a time, with a reason.
    pub waivers: List<Waiver<'a>>,
}
