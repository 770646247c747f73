//! Every manifest linked: what is declared, what it refers to, and what follows along those links.

mod assumption;
mod assurance;
mod boundary;
mod break_glass;
mod build;
mod cadence;
mod capability;
mod carve_out;
mod controls;
mod demands;
mod environments;
mod evidence;
mod exemptions;
mod filed;
mod flaw;
mod gather;
mod home;
mod identity;
mod links;
mod lists;
mod management_systems;
mod names;
mod no_evidence;
mod objectives;
mod owners;
mod parts;
mod people;
mod proposals;
mod provider;
mod readers;
mod required;
mod rights;
mod security;
mod shared;
mod subjects;
mod succession;
mod third_party;
mod unresolved;
mod uses;
mod verbs;
mod verdicts;

pub use assumption::WayToHuman;
pub use assurance::{Answer, Assurance, AssuranceId, Origin, Standing, WAITED_FOR, period};
pub use break_glass::BreakGlass;
pub use build::build;
pub use cadence::{Cadence, cadence};
pub use capability::{Chains, Combining, Halves, Weight};
pub use carve_out::CarveOut;
pub use controls::Replaced;
pub use demands::{Demand, Demands};
pub use evidence::{Instance, Named, When};
pub use exemptions::Exemption;
pub use flaw::Flaw;
pub use home::Homes;
pub use identity::{At, IdentityRef, Said, SaidList, in_profile, names_evidence};
pub use links::Edge;
pub use management_systems::ManagementSystems;
pub use names::{Entity, NamespaceId, Namespaces, Table, glob_matches};
pub use objectives::About;
pub use parts::Part;
pub use people::{ServiceOwner, Who};
pub use provider::days_covered;
pub use readers::Cited;
pub use rights::Right;
pub use security::SecurityShown;
pub use subjects::OwnerName;
pub use succession::{Succession, Successors, stated_end};
pub use unresolved::complementary_controls;
pub use uses::Uses;
pub use verbs::Verbs;

use crate::decode::{Field, List, Text};
use crate::manifest::{
    Certificate, Control, Data, Declaration, Evidence, Identity, Organization, Owner, Profile, Report, Service,
    ThirdParty, Waiver,
};
use crate::source::{FileId, Place, Span};
use jiff::civil::Date;

/// What holds for a whole file.
#[derive(Debug)]
pub struct FileFacts<'a> {
    pub namespace: NamespaceId,
    /// The owner of entities that state none.
    pub owner: Field<Text<'a>>,
    /// Why its entities are declared though nothing names them.
    pub keep: Field<Text<'a>>,
    pub waivers: List<Waiver<'a>>,
}

/// An entity's name in a message, put together only when it is shown.
#[derive(Debug, Clone, Copy)]
pub struct Name<'s> {
    namespace: &'s str,
    id: &'s str,
}

impl std::fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.namespace {
            "" => f.write_str(self.id),
            namespace => write!(f, "{namespace}/{}", self.id),
        }
    }
}

/// All declarations of an estate, as seen on one day.
pub struct Estate<'a> {
    pub as_of: Date,
    pub files: Vec<FileFacts<'a>>,
    pub namespaces: Namespaces,
    pub organization: Option<(Place, Box<Organization<'a>>)>,
    pub owners: Table<'a, Owner<'a>>,
    pub services: Table<'a, Service<'a>>,
    pub profiles: Table<'a, Profile<'a>>,
    pub identities: Table<'a, Identity<'a>>,
    pub data: Table<'a, Data<'a>>,
    pub reports: Table<'a, Report<'a>>,
    pub certificates: Table<'a, Certificate<'a>>,
    pub third_parties: Table<'a, ThirdParty<'a>>,
    pub controls: Table<'a, Control<'a>>,
    pub evidence: Table<'a, Evidence<'a>>,
    /// What is wrong with the declarations themselves.
    pub flaws: Vec<Flaw>,
    /// For each namespace, its services.
    services_by_namespace: lists::Lists<usize>,
    links: links::Links,
    uses: Uses,
    assurances: Vec<Assurance>,
    /// By family: whether something that could not be read might answer for it anywhere.
    uncertain: [bool; 2],
    /// Which active identities act as which others.
    becoming: Vec<(usize, usize)>,
    /// Whether something that may show security covers services that are not known.
    security_uncertain: bool,
    verdicts: Vec<[verdicts::Verdict; 2]>,
    /// Who is left of each owner.
    left: Vec<people::Left>,
    /// Which identities are in use, and what they are.
    states: Vec<identity::State>,
    /// Text that could not be read as declarations, and may hide some.
    lost: Vec<String>,
    /// Whether a whole file could not be read.
    blind: bool,
}

impl<'a> Estate<'a> {
    /// The path by which messages, waivers and baselines name an entity.
    pub fn path<T: Declaration<'a>>(&self, entity: &Entity<'a, T>) -> String {
        self.namespaces.path(entity.namespace, T::TABLE, &entity.id)
    }

    /// As people call it in the context of a message: the id, with its namespace if it has one.
    pub fn name<'s, T: Declaration<'a>>(&'s self, entity: &'s Entity<'a, T>) -> Name<'s> {
        Name {
            namespace: self.namespaces.name(entity.namespace),
            id: entity.id.as_str(),
        }
    }

    /// Sees the same declarations on another day.
    pub fn look_on(&mut self, day: Date) {
        self.as_of = day;
        self.judge();
    }

    /// Works out what depends on the day.
    fn judge(&mut self) {
        self.assurances = assurance::assess(self);
        self.uncertain = assurance::uncertain(self);
        self.security_uncertain = security::uncertain(self);
        self.verdicts = verdicts::judge(self);
        self.states = identity::states(self);
        self.becoming = capability::becoming(self);
        self.left = people::left(self);
    }

    /// How many entities are declared.
    pub fn entities(&self) -> usize {
        self.owners.len()
            + self.services.len()
            + self.profiles.len()
            + self.identities.len()
            + self.data.len()
            + self.reports.len()
            + self.certificates.len()
            + self.third_parties.len()
            + self.controls.len()
            + self.evidence.len()
    }

    /// Whether an entity that nobody can see may stand in a place that could not be read.
    pub fn may_hide(&self, name: &str) -> bool {
        self.blind || self.lost.iter().any(|text| text.contains(name))
    }

    /// A date of something that has happened: one that lies ahead counts as not given.
    pub fn happened(&self, date: &Field<crate::decode::Date>) -> Field<crate::decode::Date> {
        match date {
            Field::Known(date) if date.value.0 > self.as_of => Field::Absent,
            date => *date,
        }
    }

    pub fn place(&self, file: FileId, span: Span) -> Place {
        Place { file, span }
    }

    /// The owner of an entity: its own, else its file's.
    pub fn owner_of(&self, file: FileId, own: &'_ Field<Text<'a>>) -> Field<Text<'a>> {
        match own {
            Field::Absent => self.files[file.0 as usize].owner.clone(),
            own => own.clone(),
        }
    }
}
