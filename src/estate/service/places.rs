//! Where a service states something.

use crate::decode::{Field, List, Val};
use crate::estate::ServiceRef;
use crate::source::{Place, Span};

impl ServiceRef<'_, '_> {
    /// Every place of its declaration that a finding may label: its id, its values, and the items of its lists.
    pub fn places(self) -> Vec<Place> {
        let body = &self.entity().body;
        let mut spans = vec![self.entity().span];
        one(&mut spans, &body.since);
        one(&mut spans, &body.kind);
        one(&mut spans, &body.lifecycle);
        one(&mut spans, &body.exposure);
        one(&mut spans, &body.financial_impact);
        one(&mut spans, &body.icfr_alternative);
        one(&mut spans, &body.tenancy);
        one(&mut spans, &body.operated_by);
        one(&mut spans, &body.scope);
        many(&mut spans, &body.assurance_for);
        many(&mut spans, &body.commitments);
        many(&mut spans, &body.data);
        many(&mut spans, &body.depends_on);
        many(&mut spans, &body.third_parties);
        many(&mut spans, &body.claims);
        one(&mut spans, &body.user_entities);
        if let Some(user_entities) = body.user_entities.get() {
            many(&mut spans, &user_entities.regions);
            one(&mut spans, &user_entities.sec_issuers);
            many(&mut spans, &user_entities.fiscal_year_ends);
        }
        for depends in body.depends_on.iter() {
            one(&mut spans, &depends.value.service);
            one(&mut spans, &depends.value.influence);
        }
        for reliance in body.third_parties.iter() {
            one(&mut spans, &reliance.value.third_party);
        }
        for claim in body.claims.iter() {
            one(&mut spans, &claim.value.report);
            one(&mut spans, &claim.value.level);
            many(&mut spans, &claim.value.purpose);
        }
        spans.into_iter().map(|span| self.at(span)).collect()
    }
}

fn one<T>(spans: &mut Vec<Span>, field: &Field<T>) {
    match field {
        Field::Absent => {}
        Field::Unknown(span) => spans.push(*span),
        Field::Known(Val { span, .. }) => spans.push(*span),
    }
}

fn many<T>(spans: &mut Vec<Span>, list: &List<T>) {
    if list.stated {
        spans.push(list.span);
    }
    spans.extend(list.iter().map(|item| item.span));
}
