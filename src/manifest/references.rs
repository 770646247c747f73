//! Which keys of which table name another entity, and of which kind.

use super::{
    Certificate, Control, Data, Evidence, EvidenceRef, Identity, Owner, Profile, Report, Review, Service, ThirdParty,
    Waiver,
};
use crate::decode::{Field, List, OneOrTable, Rare, Val};
use crate::model::{
    CertificateId, ControlId, DataId, EvidenceId, Id, IdentityId, OwnerId, ProfileId, ReportId, ServiceId, Text,
    ThirdPartyId, WaiverId,
};

/// The kind of entity that a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    Owner,
    Service,
    /// A service, or a glob over services.
    Services,
    Profile,
    Identity,
    Data,
    /// A report or a certificate.
    Assurance,
    ThirdParty,
    Control,
    /// An evidence entry, or a place.
    Evidence,
    /// A place, as the table form of an evidence reference has it.
    Place,
}

impl Target {
    /// Whether a place may be written there.
    pub fn takes_place(self) -> bool {
        matches!(self, Self::Evidence | Self::Place)
    }
}

/// The value of `acts-for` for an identity that acts for its users; never an id.
pub const USERS: &str = "users";

/// Takes each reference with the kind that it must name.
pub type Visit<'f, 'v, 'a> = dyn FnMut(Target, &'v Val<Text<'a>>) + 'f;

/// A declaration: what its table is called, and what it refers to.
pub trait Declaration<'a> {
    const TABLE: &'static str;
    type Id: Id;
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>);

    /// Who owns it by its own word; tables without the key say nothing.
    fn owner(&self) -> &Field<Text<'a>> {
        &Field::Absent
    }
}

fn one<'v, 'a>(field: &'v Field<Text<'a>>, target: Target, visit: &mut Visit<'_, 'v, 'a>) {
    if let Some(text) = field.known() {
        visit(target, text);
    }
}

fn many<'v, 'a>(list: &'v List<Text<'a>>, target: Target, visit: &mut Visit<'_, 'v, 'a>) {
    for text in list.iter() {
        visit(target, text);
    }
}

fn evidence<'v, 'a>(list: &'v List<OneOrTable<EvidenceRef<'a>>>, visit: &mut Visit<'_, 'v, 'a>) {
    for item in list.iter() {
        if let Some(at) = item.value.at.known() {
            // Written as text, the item and its place are one.
            let target = if at.span == item.span {
                Target::Evidence
            } else {
                Target::Place
            };
            visit(target, at);
        }
    }
}

fn review<'v, 'a>(field: &'v Rare<Review<'a>>, visit: &mut Visit<'_, 'v, 'a>) {
    if let Some(review) = field.get() {
        one(&review.by, Target::Owner, visit);
        evidence(&review.evidence, visit);
    }
}

impl<'a> Declaration<'a> for Owner<'a> {
    const TABLE: &'static str = "owners";
    type Id = OwnerId;
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        many(&self.members, Target::Owner, visit);
    }
}

impl<'a> Declaration<'a> for Data<'a> {
    const TABLE: &'static str = "data";
    type Id = DataId;
    fn owner(&self) -> &Field<Text<'a>> {
        &self.owner
    }
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        one(&self.owner, Target::Owner, visit);
    }
}

impl<'a> Declaration<'a> for Service<'a> {
    const TABLE: &'static str = "services";
    type Id = ServiceId;
    fn owner(&self) -> &Field<Text<'a>> {
        &self.owner
    }
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        one(&self.owner, Target::Owner, visit);
        many(&self.data, Target::Data, visit);
        for dependency in self.depends_on.iter() {
            one(&dependency.value.service, Target::Service, visit);
        }
        for reliance in self.third_parties.iter() {
            one(&reliance.value.third_party, Target::ThirdParty, visit);
        }
        one(&self.operated_by, Target::ThirdParty, visit);
        for claim in self.claims.iter() {
            one(&claim.value.report, Target::Assurance, visit);
        }
        if let Some(exclusion) = self.exclusion.get() {
            one(&exclusion.approved_by, Target::Owner, visit);
        }
    }
}

impl<'a> Declaration<'a> for Identity<'a> {
    const TABLE: &'static str = "identities";
    type Id = IdentityId;
    fn owner(&self) -> &Field<Text<'a>> {
        &self.owner
    }
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        one(&self.profile, Target::Profile, visit);
        one(&self.owner, Target::Owner, visit);
        many(&self.services, Target::Service, visit);
        for access in self.access.iter() {
            one(&access.value.service, Target::Service, visit);
            many(&access.value.data, Target::Data, visit);
            one(&access.value.second_approver, Target::Owner, visit);
        }
        many(&self.may_assume, Target::Identity, visit);
        for name in self.acts_for.iter().filter(|name| name.value.as_str() != USERS) {
            visit(Target::Identity, name);
        }
        if let Some(rotation) = self.rotation.get() {
            evidence(&rotation.evidence, visit);
        }
        review(&self.review, visit);
        if let Some(offboarding) = self.offboarding.get() {
            evidence(&offboarding.evidence, visit);
        }
        if let Some(monitoring) = self.monitoring.get() {
            evidence(&monitoring.evidence, visit);
        }
        if let Some(approval) = self.approval.get() {
            one(&approval.approved_by, Target::Owner, visit);
            evidence(&approval.evidence, visit);
        }
        if let Some(privilege) = self.privilege.get() {
            one(&privilege.approved_by, Target::Owner, visit);
        }
        if let Some(login) = self.interactive_login.get() {
            one(&login.approved_by, Target::Owner, visit);
        }
        if let Some(agent) = self.agent.get() {
            one(&agent.accountable, Target::Owner, visit);
            evidence(&agent.evidence, visit);
        }
    }
}

impl<'a> Declaration<'a> for Profile<'a> {
    const TABLE: &'static str = "profiles";
    type Id = ProfileId;
    fn owner(&self) -> &Field<Text<'a>> {
        &self.0.owner
    }
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        self.0.references(visit);
    }
}

impl<'a> Declaration<'a> for Report<'a> {
    const TABLE: &'static str = "reports";
    type Id = ReportId;
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        many(&self.covers, Target::Services, visit);
        many(&self.predecessor, Target::Assurance, visit);
        for exception in self.exceptions.iter() {
            evidence(&exception.value.evidence, visit);
        }
        if let Some(description) = self.system_description.get() {
            many(&description.agents, Target::Identity, visit);
            evidence(&description.evidence, visit);
        }
        for objective in &self.objectives {
            many(&objective.body.controls, Target::Control, visit);
        }
        evidence(&self.readiness, visit);
        for letter in self.bridge_letter.iter() {
            evidence(&letter.value.evidence, visit);
        }
    }
}

impl<'a> Declaration<'a> for Certificate<'a> {
    const TABLE: &'static str = "certificates";
    type Id = CertificateId;
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        many(&self.covers, Target::Services, visit);
    }
}

impl<'a> Declaration<'a> for ThirdParty<'a> {
    const TABLE: &'static str = "third-parties";
    type Id = ThirdPartyId;
    fn owner(&self) -> &Field<Text<'a>> {
        &self.owner
    }
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        one(&self.owner, Target::Owner, visit);
        many(&self.supports, Target::Services, visit);
        many(&self.data, Target::Data, visit);
        review(&self.review, visit);
        for report in self.reports.iter() {
            for letter in report.value.bridge_letter.iter() {
                evidence(&letter.value.evidence, visit);
            }
            for exception in report.value.exceptions.iter() {
                evidence(&exception.value.evidence, visit);
            }
            evidence(&report.value.evidence, visit);
        }
        for cuec in self.cuecs.iter() {
            one(&cuec.value.owner, Target::Owner, visit);
            one(&cuec.value.control, Target::Control, visit);
            evidence(&cuec.value.evidence, visit);
        }
    }
}

impl<'a> Declaration<'a> for Control<'a> {
    const TABLE: &'static str = "controls";
    type Id = ControlId;
    fn owner(&self) -> &Field<Text<'a>> {
        &self.owner
    }
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        one(&self.owner, Target::Owner, visit);
        one(&self.predecessor, Target::Control, visit);
        evidence(&self.design, visit);
        evidence(&self.operating, visit);
        one(&self.inherited_from, Target::ThirdParty, visit);
        for link in self.reports.iter() {
            one(&link.value.report, Target::Assurance, visit);
        }
    }
}

impl<'a> Declaration<'a> for Evidence<'a> {
    const TABLE: &'static str = "evidence";
    type Id = EvidenceId;
    fn owner(&self) -> &Field<Text<'a>> {
        &self.owner
    }
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        one(&self.owner, Target::Owner, visit);
        one(&self.at, Target::Place, visit);
    }
}

impl<'a> Declaration<'a> for Waiver<'a> {
    const TABLE: &'static str = "waivers";
    type Id = WaiverId;
    fn references<'v>(&'v self, visit: &mut Visit<'_, 'v, 'a>) {
        one(&self.owner, Target::Owner, visit);
        one(&self.approved_by, Target::Owner, visit);
    }
}
