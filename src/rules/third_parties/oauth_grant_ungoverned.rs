//! An OAuth grant without an approval, or without a recent approval or review.

use crate::decode::Field;
use crate::estate::{IdentityRef, Part, StatedAt, names_evidence};
use crate::finding::{Finding, Severity};
use crate::manifest::Oauth;
use crate::model::{Duration, IdentityKind};
use crate::rules::{Check, Context, Group, Rule, RuleOption};

pub static RULE: Rule = Rule {
    name: "oauth-grant-ungoverned",
    since: "0.1.0",
    group: Group::ThirdParties,
    severity: Severity::Error,
    summary: "An OAuth grant has no approval, or was neither approved nor reviewed recently.",
    references: &["NHI3", "A.5.19", "CC9.2"],
    options: &[RuleOption::longest(
        "How long after its approval or last review a grant may stay in use",
        Duration::months(12),
    )],
    yields_to: &[],
    page: include_str!("oauth_grant_ungoverned.md"),
    check: Check::ActiveIdentity(judge),
};

fn judge(cx: &Context<'_, '_>, identity: IdentityRef<'_, '_>) -> Option<Finding> {
    let oauth = identity.part(|i| &i.oauth);
    let kind = identity.stated(|i| &i.kind).known();
    let app = kind.filter(|kind| *kind.value == IdentityKind::OauthApp);
    if oauth.is_unknown() {
        return None;
    }
    let grant = match (oauth.at(), app) {
        (Some(_), _) if may_only_sign_in(&oauth) => return None,
        (Some(table), _) => (table.place(), table.label("the grant")),
        (None, Some(app)) => (app.place(), app.label("the grant")),
        (None, None) => return None,
    };
    let (grant, label) = grant;
    let name = identity.name();
    let approval = identity.stated(|i| &i.approval);
    let approval = match &approval {
        StatedAt::Unknown => return None,
        StatedAt::Absent => {
            let message = format!("`{name}` holds an OAuth grant without a declared approval");
            let finding = RULE.finding(identity.path(), identity.place(), "no `approval`", message);
            return Some(finding.related(grant, label).help(APPROVE));
        }
        StatedAt::Known(approval) => approval,
    };
    let approved = cx.happened(&approval.value.approved_on);
    let is_stated = approval.value.approved_by.says_something() || names_evidence(&approval.value.evidence);
    if !is_stated && approved.is_absent() {
        let message = format!("`{name}` holds an OAuth grant, but its approval does not state by whom or when");
        let finding = RULE.finding(identity.path(), approval.place(), "no approver and no date", message);
        return Some(finding.related(grant, label).help(APPROVE));
    }
    let reviewed = match cx.happened_by_now(identity.part(|i| &i.review).stated(|review| &review.last)) {
        StatedAt::Unknown => return None,
        reviewed => reviewed.known().map(|last| (*last.value, last.place())),
    };
    let approved = match &approved {
        Field::Unknown(_) => return None,
        approved => approved.known().map(|day| (day.value, approval.at(day.span))),
    };
    let limit = cx.longest(&RULE);
    // A younger grant was approved within the limit.
    let is_new = match identity.stated(|i| &i.created) {
        StatedAt::Absent => false,
        StatedAt::Unknown => true,
        StatedAt::Known(created) => created.value.0 <= cx.as_of && limit.due(created.value.0) >= cx.as_of,
    };
    if is_new {
        return None;
    }
    let finding = match approved.max(reviewed) {
        Some((day, _)) if limit.due(day.0) >= cx.as_of => return None,
        Some((day, place)) => {
            let due = limit.due(day.0);
            let message = format!(
                "the OAuth grant of `{name}` was last approved or reviewed on {day}, more than {} before {}",
                limit.value, cx.as_of
            );
            RULE.finding(identity.path(), place, format!("due again by {due}"), message)
        }
        None => {
            let message = format!(
                "the OAuth grant of `{name}` is approved, but without a stated date, and no review is declared"
            );
            RULE.finding(identity.path(), approval.place(), "no past date", message)
        }
    };
    let finding = finding.related(grant, label).severity(Severity::Warning);
    let finding = match limit.option {
        Some(option) => finding.related(option, "limit set in the config"),
        None => finding,
    };
    Some(finding.help("review what the app may do and whether it is still needed, and state the date in `review = { last = .., evidence = .. }`"))
}

const APPROVE: &str = "have the owner of the data decide whether the app may have this access, and state the decision in `approval = { approved-by = .., approved-on = .. }`; otherwise revoke the grant";

/// Whether it only lets people sign in, or may do so.
fn may_only_sign_in(oauth: &Part<'_, Oauth<'_>>) -> bool {
    let Some(scopes) = oauth.list(|oauth| &oauth.scopes) else {
        return true;
    };
    let signs_in = |scope: &str| matches!(scope, "openid" | "profile" | "email");
    // In the protocol, scopes are one space-separated string.
    let words: Vec<&str> = scopes.iter().flat_map(|scope| scope.value.split_whitespace()).collect();
    (scopes.damaged || !words.is_empty()) && words.into_iter().all(signs_in)
}
