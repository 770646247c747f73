//! Declarations that exempt something from a rule, listed so that no one has to search for them.

use crate::decode::{Field, Val};
use crate::estate::{BreakGlass, Entity, Estate, IdentityRef, StatedAt, Table};
use crate::manifest::Declaration;
use crate::model::{CuecStatus, Date, Scope, Text};
use crate::source::{FileId, Place};
use jiff::civil;
use rayon::prelude::*;

/// A declaration that exempts something from a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// The key that states it, as `rotation.mode`.
    pub key: &'static str,
    /// The path of the entity that it is about; `None` when it is about a whole file.
    pub subject: Option<String>,
    /// The reason in the manifest, where one belongs to it.
    pub reason: Option<String>,
    pub owner: Option<String>,
    pub approved_by: Option<String>,
    /// The last day on which it is valid, if it states one.
    pub expires: Option<civil::Date>,
    pub place: Place,
}

impl<'a> Estate<'a> {
    /// How many exemptions are declared.
    pub fn count_exemptions(&self) -> usize {
        self.unowned_exemptions().len()
    }

    /// Every exemption that is declared, by place.
    pub fn exemptions(&self) -> Vec<Exemption> {
        let mut found = self.unowned_exemptions();
        for exemption in &mut found {
            let subject = exemption.subject.as_deref();
            let owner = match subject {
                Some(path) => self.owner_at(path),
                None => self.owner_of_file(exemption.place.file),
            };
            exemption.owner = owner.and_then(|owner| self.owner_called(&owner));
        }
        found.sort_by(|one, other| (one.place, one.key, &one.subject).cmp(&(other.place, other.key, &other.subject)));
        found
    }

    fn unowned_exemptions(&self) -> Vec<Exemption> {
        let of_identities = self.identities.par_ids().flat_map_iter(|index| {
            let mut found = Vec::new();
            of_identity(self, self.identity(index), &mut found);
            found
        });
        let mut found: Vec<Exemption> = of_identities.collect();
        self.of_services(&mut found);
        self.of_reports(&mut found);
        self.of_third_parties(&mut found);
        for control in self.controls.iter().filter(|control| control.readable) {
            let did_not_operate = stated(&control.body.did_not_operate);
            found.extend(did_not_operate.map(|text| self.by_text("did-not-operate", control, text)));
        }
        self.kept(&mut found);
        found
    }

    fn exempt<T: Declaration<'a>>(&self, key: &'static str, entity: &Entity<'a, T>, place: Place) -> Exemption {
        Exemption {
            key,
            subject: Some(self.path(entity)),
            reason: None,
            owner: None,
            approved_by: None,
            expires: None,
            place,
        }
    }

    /// An exemption whose value is its reason.
    fn by_text<T: Declaration<'a>>(
        &self,
        key: &'static str,
        entity: &Entity<'a, T>,
        text: &Val<Text<'a>>,
    ) -> Exemption {
        Exemption {
            reason: Some(text.value.as_str().to_owned()),
            ..self.exempt(key, entity, entity.at(text.span))
        }
    }

    fn of_services(&self, found: &mut Vec<Exemption>) {
        for service in self.services.iter().filter(|service| service.readable) {
            let alternative = stated(&service.body.icfr_alternative);
            found.extend(alternative.map(|text| self.by_text("icfr-alternative", service, text)));
            if service.body.scope.value() != Some(Scope::Out) {
                continue;
            }
            if let Some(exclusion) = service.body.exclusion.known() {
                let body = &exclusion.value;
                found.push(Exemption {
                    reason: text_of(&body.reason),
                    approved_by: text_of(&body.approved_by),
                    expires: day(&body.expires),
                    ..self.exempt("exclusion", service, service.at(exclusion.span))
                });
            }
        }
    }

    fn of_reports(&self, found: &mut Vec<Exemption>) {
        for report in self.reports.iter().filter(|report| report.readable) {
            let short = stated(&report.body.short_period_reason);
            found.extend(short.map(|text| self.by_text("short-period-reason", report, text)));
            for criterion in report.body.not_relevant.iter() {
                if criterion.value.id.says_something() && criterion.value.reason.says_something() {
                    found.push(Exemption {
                        reason: text_of(&criterion.value.reason),
                        ..self.exempt("not-relevant", report, report.at(criterion.span))
                    });
                }
            }
        }
    }

    /// Unreferenced declarations that are kept on purpose.
    fn kept(&self, found: &mut Vec<Exemption>) {
        self.kept_in(&self.evidence, |body| &body.keep, found);
        self.kept_in(&self.profiles, |body| &body.0.keep, found);
        self.kept_in(&self.data, |body| &body.keep, found);
        self.kept_in(&self.third_parties, |body| &body.keep, found);
        for (file, facts) in (0..).map(FileId).zip(&self.files) {
            found.extend(stated(&facts.keep).map(|text| Exemption {
                key: "keep",
                subject: None,
                reason: Some(text.value.as_str().to_owned()),
                owner: None,
                approved_by: None,
                expires: None,
                place: Place { file, span: text.span },
            }));
        }
    }

    fn kept_in<T: Declaration<'a>>(
        &self,
        table: &Table<'a, T>,
        keep: impl Fn(&T) -> &Field<Text<'a>>,
        found: &mut Vec<Exemption>,
    ) {
        for entity in table.iter().filter(|entity| entity.readable) {
            let kept = stated(keep(&entity.body));
            found.extend(kept.map(|text| self.by_text("keep", entity, text)));
        }
    }

    fn of_third_parties(&self, found: &mut Vec<Exemption>) {
        for third_party in self.third_parties.iter().filter(|third_party| third_party.readable) {
            let body = &third_party.body;
            let not_needed = stated(&body.csocs_not_needed);
            found.extend(not_needed.map(|text| self.by_text("csocs-not-needed", third_party, text)));
            for report in body.reports.iter() {
                let alternative = stated(&report.value.alternative_procedures);
                found.extend(alternative.map(|text| self.by_text("alternative-procedures", third_party, text)));
            }
            for cuec in body.cuecs.iter() {
                let status = cuec.value.status.known();
                let Some(status) = status.filter(|status| status.value == CuecStatus::NotApplicable) else {
                    continue;
                };
                if cuec.value.reason.says_something() {
                    found.push(Exemption {
                        reason: text_of(&cuec.value.reason),
                        ..self.exempt("cuecs.status", third_party, third_party.at(status.span))
                    });
                }
            }
        }
    }
}

fn of_identity<'a>(estate: &Estate<'a>, identity: IdentityRef<'_, 'a>, found: &mut Vec<Exemption>) {
    if !identity.is_active() {
        return;
    }
    let entity = identity.entity();
    let exempt = |key, place| estate.exempt(key, entity, place);
    let texts = [
        ("authentication-reason", identity.stated(|i| &i.authentication_reason)),
        ("assurance-note", identity.stated(|i| &i.assurance_note)),
    ];
    for (key, text) in texts {
        if let Some(text) = text.known().filter(|text| text.value.says_something()) {
            found.push(Exemption {
                reason: Some(text.value.as_str().to_owned()),
                ..exempt(key, text.place())
            });
        }
    }
    if let StatedAt::Known(platform) = identity.stated(|i| &i.platform)
        && *platform.value
    {
        found.push(exempt("platform", platform.place()));
    }
    let rotation = identity.part(|i| &i.rotation);
    if let StatedAt::Known(mode) = rotation.stated(|rotation| &rotation.mode)
        && rotation.does_not_apply()
    {
        let reason = rotation.stated(|rotation| &rotation.reason).known();
        found.push(Exemption {
            reason: reason.map(|reason| reason.value.as_str().to_owned()),
            ..exempt("rotation.mode", mode.place())
        });
    }
    let copies = identity.list(|i| &i.copies);
    found.extend(copies.iter().map(|copy| Exemption {
        reason: Some(copy.value.as_str().to_owned()),
        ..exempt("copies", copy.place())
    }));
    let privilege = identity.stated(|i| &i.privilege).known();
    if let Some(privilege) = privilege {
        found.push(Exemption {
            reason: text_of(&privilege.value.reason),
            approved_by: text_of(&privilege.value.approved_by),
            expires: day(&privilege.value.expires),
            ..exempt("privilege", privilege.place())
        });
    }
    if let StatedAt::Known(login) = identity.stated(|i| &i.interactive_login)
        && identity.break_glass(None) == BreakGlass::Complete
    {
        found.push(Exemption {
            reason: text_of(&login.value.reason),
            approved_by: text_of(&login.value.approved_by),
            expires: privilege.and_then(|privilege| day(&privilege.value.expires)),
            ..exempt("interactive-login", login.place())
        });
    }
    let access = identity.list(|i| &i.access);
    for access in access.iter() {
        if let Some(second) = stated(&access.value.second_approver) {
            found.push(Exemption {
                approved_by: Some(second.value.as_str().to_owned()),
                ..exempt("access.second-approver", access.at(second.span))
            });
        }
    }
}

fn stated<'f, 'a>(field: &'f Field<Text<'a>>) -> Option<&'f Val<Text<'a>>> {
    field.known().filter(|text| text.value.says_something())
}

fn text_of(field: &Field<Text<'_>>) -> Option<String> {
    Some(stated(field)?.value.as_str().to_owned())
}

fn day(field: &Field<Date>) -> Option<civil::Date> {
    field.value().map(|date| date.0)
}
