//! Every manifest linked: what is declared, what it refers to, and what follows along those links.

mod assurance;
mod build;
mod control;
mod evidence;
mod exemptions;
mod fault;
mod identity;
mod link;
mod names;
mod owner;
mod seen;
mod service;
mod third_parties;
mod view;

pub use assurance::{
    About, Assurance, AssuranceRef, Coverage, Head, Hole, ManagementSystems, Met, Origin, Reached, SecurityShown,
    Serving, Standing, Succession, count_days, is_unread, left_before, newest_of, period, stated_end,
};
pub use build::{build, build_coverage};
pub use control::Replaced;
pub use evidence::{Cadence, Instance, Named, When, cadence};
pub use exemptions::Exemption;
pub use fault::{Flaw, complementary_controls};
pub use identity::{
    BreakGlass, Chains, Combining, Halves, Homes, Located, LocatedList, Part, Right, StatedAt, WayToHuman, Weight,
    in_profile, names_evidence,
};
pub use link::{Claimed, Edge, LocalPlace, Uses};
pub use names::{Entity, Namespaces, Table};
pub use owner::{OwnerName, ServiceOwner, Who};
pub use seen::{Nobodys, SeenAs, SeenRef, SeenThings, SightingRef};
pub use service::{Cited, Demanded, DependencyRef};
pub use third_parties::{CarveOut, Letters, days_covered, uncovered};
pub use view::{
    CertificateRef, ControlRef, DataRef, EvidenceEntryRef, IdentityRef, OwnerRef, ProfileRef, ReportRef, ServiceRef,
    ThirdPartyRef,
};

use crate::decode::Field;
use crate::manifest::{
    Certificate, Control, Data, Declaration, Evidence, Identity, Manifest, Organization, Owner, Profile, Report,
    Service, ThirdParty, for_each_table,
};
use crate::model::{AssuranceId, Id as _, IdVec, IdentityId, NamespaceId, OwnerId, ReportId, ServiceId, Text};
use crate::source::{FileId, Place, Span};
use crate::today::{Held, Today};
use jiff::civil::Date;
use std::ops::Deref;

/// What applies to a whole file.
#[derive(Debug)]
pub struct FileFacts<'a> {
    pub namespace: NamespaceId,
    manifest: &'a Manifest<'a>,
}

impl FileFacts<'_> {
    /// Whether it states a namespace that could not be read.
    pub fn namespace_is_unknown(&self) -> bool {
        self.manifest.namespace.is_unknown()
    }
}

impl<'a> Deref for FileFacts<'a> {
    type Target = Manifest<'a>;
    fn deref(&self) -> &Manifest<'a> {
        self.manifest
    }
}

/// An entity's name in a message, composed only when it is shown.
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

macro_rules! tables {
    ($($table:ident: $type:ident,)*) => {
        /// The entities of an estate, by their kinds.
        #[derive(Debug, Default)]
        pub struct Tables<'a> {
            $(pub $table: Table<'a, $type<'a>>,)*
        }

        impl Tables<'_> {
            /// How many entities are declared.
            pub fn entities(&self) -> usize {
                [$(self.$table.len()),*].iter().sum()
            }
        }
    };
}

for_each_table!(tables);

impl<'a> Deref for Estate<'a> {
    type Target = Tables<'a>;
    fn deref(&self) -> &Tables<'a> {
        &self.tables
    }
}

/// All declarations of an estate, as seen on one day.
pub struct Estate<'a> {
    pub as_of: Today,
    pub files: Vec<FileFacts<'a>>,
    pub namespaces: Namespaces,
    pub organization: Option<(Place, &'a Organization<'a>)>,
    tables: Tables<'a>,
    /// What is wrong with the declarations themselves.
    pub flaws: Vec<Flaw<'a>>,
    /// For each namespace, its services.
    services_by_namespace: link::Lists<NamespaceId, ServiceId>,
    boundaries: IdVec<ServiceId, service::Boundary>,
    links: link::Links,
    naming: link::Naming,
    uses: Uses<'a>,
    assurances: IdVec<AssuranceId, Assurance>,
    standings: IdVec<AssuranceId, Held<Standing>>,
    uncertain: Held<assurance::Uncertain>,
    /// Whether something that may show security covers services that are not known.
    security_uncertain: Held<bool>,
    verdicts: service::Verdicts,
    /// For each report, whether it is the newest for some service, where there are third parties whose reading depends on it.
    newest_for_some: IdVec<ReportId, Held<bool>>,
    /// The people left of each owner.
    left: IdVec<OwnerId, Held<owner::Left>>,
    /// Which identities are in use, and what they are.
    states: IdVec<IdentityId, Held<identity::State>>,
    /// Text that could not be parsed, and may hide declarations.
    lost: Vec<&'a str>,
    /// Whether a whole file could not be read.
    blind: bool,
    /// What the repository shows.
    pub seen: SeenThings<'a>,
}

impl<'a> Estate<'a> {
    /// The path by which messages, waivers and baselines name an entity.
    pub fn path<T: Declaration<'a>>(&self, entity: &Entity<'a, T>) -> String {
        self.namespaces.path(entity.namespace, T::TABLE, &entity.id)
    }

    /// The display name in messages: the id, with its namespace if it has one.
    pub fn name<'s, T: Declaration<'a>>(&'s self, entity: &'s Entity<'a, T>) -> Name<'s> {
        Name {
            namespace: self.namespaces.name(entity.namespace),
            id: entity.id.as_str(),
        }
    }

    /// Sets another as-of date for the same declarations. What still holds is not decided again.
    pub fn look_on(&mut self, day: Date) {
        let all = !self.as_of.is_watched() || self.as_of.date() > day;
        self.as_of.set(day);
        self.judge(all);
    }

    /// From now on notes how long what is decided holds.
    pub fn watch(&mut self) {
        self.as_of = Today::watched(self.as_of.date());
        self.judge(true);
    }

    /// Looks at it on a day as it was before it was watched.
    pub fn unwatch(&mut self, day: Date) {
        self.as_of = Today::new(day);
        self.judge(true);
    }

    /// Computes what depends on the as-of date: all of it, or what does not hold any more. Each step rests on those before
    /// it alone.
    fn judge(&mut self, all: bool) {
        self.judge_standings(all);
        let is_over = |until| all || until < self.as_of.date();
        if is_over(self.uncertain.until) {
            self.uncertain = self.as_of.held(|| assurance::uncertain(self));
        }
        if is_over(self.security_uncertain.until) {
            self.security_uncertain = self.as_of.held(|| assurance::security_uncertain(self));
        }
        self.verdicts = match all {
            true => service::Verdicts::of(self),
            false => {
                let mut verdicts = std::mem::take(&mut self.verdicts);
                verdicts.renew(self);
                verdicts
            }
        };
        let newest = std::mem::take(&mut self.newest_for_some).into_values();
        let count = if self.third_parties.is_empty() {
            0
        } else {
            self.reports.len()
        };
        let is_newest = |at| assurance::is_newest_for_some(self, ReportId::at(at));
        self.newest_for_some = self.as_of.renew(newest, (count, all), is_newest).into();
        let states = std::mem::take(&mut self.states).into_values();
        let state = |at| identity::state(self, at);
        self.states = self.as_of.renew(states, (self.identities.len(), all), state).into();
        let left = std::mem::take(&mut self.left);
        self.left = owner::left(self, left, all);
        if is_over(self.seen.judged_until()) {
            let judged = self.as_of.held(|| seen::judge(self));
            self.seen.own(judged);
        }
    }

    /// How reports and certificates stand.
    fn judge_standings(&mut self, all: bool) {
        let standings = std::mem::take(&mut self.standings).into_values();
        let standing = |at| assurance::standing_of(self, at);
        let count = self.reports.len() + self.certificates.len();
        self.standings = self.as_of.renew(standings, (count, all), standing).into();
    }

    /// Whether a report or certificate that is not gone may cover services that are not known.
    pub fn is_any_coverage_unknown(&self) -> bool {
        self.uncertain.get(&self.as_of).of_any
    }

    /// Whether text that could not be read may hide an entity.
    pub fn may_hide(&self, name: &str) -> bool {
        self.blind || self.lost.iter().any(|text| text.contains(name))
    }

    /// The date of a past event: a future date counts as not stated.
    pub fn happened(&self, date: &Field<crate::model::Date>) -> Field<crate::model::Date> {
        match date {
            Field::Known(date) if date.value.0 > self.as_of => Field::Absent,
            date => *date,
        }
    }

    pub fn place(&self, file: FileId, span: Span) -> Place {
        Place { file, span }
    }

    /// What applies to a whole file.
    pub fn file(&self, file: FileId) -> &FileFacts<'a> {
        &self.files[file.0 as usize]
    }

    /// The owner of an entity: its own, otherwise its file's.
    pub fn owner_of(&self, file: FileId, own: &'_ Field<Text<'a>>) -> Field<Text<'a>> {
        match own {
            Field::Absent => self.file(file).owner.clone(),
            own => own.clone(),
        }
    }
}
