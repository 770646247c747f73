//! Every manifest linked: what is declared, what it refers to, and what follows along those links.

mod assurance;
mod build;
mod control;
mod evidence;
mod exemptions;
mod fault;
mod gather;
mod identity;
mod link;
mod names;
mod owner;
mod service;
mod third_parties;
mod view;

pub use assurance::{
    About, Answer, Assurance, AssuranceRef, Head, ManagementSystems, Origin, SecurityShown, Standing, Succession,
    Successors, WAITED_FOR, is_unread, newest_of, period, stated_end,
};
pub use build::build;
pub use control::Replaced;
pub use evidence::{Cadence, Instance, Named, When, cadence};
pub use exemptions::Exemption;
pub use fault::{Flaw, complementary_controls};
pub use identity::{
    At, BreakGlass, Chains, Combining, Halves, Homes, Part, Right, Said, SaidList, Verbs, WayToHuman, Weight,
    in_profile, names_evidence,
};
pub use link::{Edge, Uses};
pub use names::{Entity, Namespaces, Table, glob_matches};
pub use owner::{OwnerName, ServiceOwner, Who};
pub use service::{Cited, Claimed, Demanded, DependencyRef};
pub use third_parties::{CarveOut, days_covered};
pub use view::{
    CertificateRef, ControlRef, DataRef, EvidenceEntryRef, IdentityRef, OwnerRef, ProfileRef, ReportRef, ServiceRef,
    ThirdPartyRef,
};

use crate::decode::{Field, List, Text};
use crate::manifest::{
    Certificate, Control, Data, Declaration, Evidence, Identity, Organization, Owner, Profile, Report, Service,
    ThirdParty, Waiver,
};
use crate::model::{AssuranceId, IdVec, IdentityId, NamespaceId, ServiceId};
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
    services_by_namespace: link::Lists<NamespaceId, ServiceId>,
    links: link::Links,
    uses: Uses,
    assurances: IdVec<AssuranceId, Assurance>,
    /// By family: whether something that could not be read might answer for it anywhere.
    uncertain: [bool; 2],
    /// Which active identities act as which others.
    becoming: Vec<(IdentityId, IdentityId)>,
    /// Whether something that may show security covers services that are not known.
    security_uncertain: bool,
    verdicts: IdVec<ServiceId, [service::Verdict; 2]>,
    /// Which identities are in use, and what they are.
    states: IdVec<IdentityId, identity::State>,
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
        self.security_uncertain = assurance::security_uncertain(self);
        self.verdicts = service::judge(self);
        self.states = identity::states(self);
        self.becoming = identity::becoming(self);
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

    /// What holds for a whole file.
    pub fn file(&self, file: FileId) -> &FileFacts<'a> {
        &self.files[file.0 as usize]
    }

    /// The owner of an entity: its own, else its file's.
    pub fn owner_of(&self, file: FileId, own: &'_ Field<Text<'a>>) -> Field<Text<'a>> {
        match own {
            Field::Absent => self.file(file).owner.clone(),
            own => own.clone(),
        }
    }
}
