use proptest::prelude::*;

use super::see;
use crate::discover::{Demand, Input, Power, Shows, Sighting, What};
use crate::model::{Credential, IdentityKind};

fn shown(text: &str) -> Shows {
    see(Input {
        path: "infra/stack.yaml",
        text,
    })
}

/// The sighting of a resource, by its logical id where it stands.
fn of<'s>(shows: &'s Shows, text: &str, id: &str) -> Option<&'s Sighting> {
    shows.sightings.iter().find(|seen| &text[seen.span.range()] == id)
}

fn facts<'t>(text: &'t str, id: &str) -> Vec<(What, &'t str)> {
    let shows = shown(text);
    let facts = of(&shows, text, id).into_iter().flat_map(|seen| seen.facts.clone());
    facts.map(|fact| (fact.what, &text[fact.span.range()])).collect()
}

fn demand(text: &str, id: &str) -> Option<Demand> {
    of(&shown(text), text, id).map(|seen| seen.demand)
}

fn administrator(name: &str) -> What {
    What::Power(Power::Administrator, name.to_owned())
}

const ANY: &str = crate::discover::EVERYTHING;

#[test]
fn users_are_demanded_and_their_keys_are_theirs() {
    let text = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Deployer:\n    Type: AWS::IAM::User\n    Properties:\n      \
        UserName: deployer\n      Path: /ci/\n  Key:\n    Type: AWS::IAM::AccessKey\n    Properties:\n      UserName: !Ref Deployer\n  \
        Lonely:\n    Type: AWS::IAM::AccessKey\n    Properties: {UserName: !Ref SomeParameter}\n  \
        Other:\n    Type: AWS::IAM::User\n    Properties: {UserName: !Sub 'x-${AWS::Region}'}\n";
    let shows = shown(text);
    let locators: Vec<_> = shows.sightings.iter().map(|seen| seen.locator.as_str()).collect();
    let deployer = "cloudformation:infra/stack.yaml/Deployer";
    let lonely = "cloudformation:infra/stack.yaml/Lonely";
    assert_eq!(
        locators,
        [deployer, deployer, lonely, "cloudformation:infra/stack.yaml/Other"]
    );
    assert!(
        shows
            .sightings
            .iter()
            .all(|seen| seen.demand == Demand::Demanded && seen.suggests.kind == Some(IdentityKind::ServiceAccount))
    );
    let also = of(&shows, text, "Deployer").map(|seen| (seen.also.clone(), seen.suggests.credential));
    assert_eq!(
        also,
        Some((
            vec!["arn:aws:iam::*:user/ci/deployer".to_owned()],
            Some(Credential::StaticSecret)
        ))
    );
    assert!(of(&shows, text, "Other").is_some_and(|seen| seen.also.is_empty() && seen.suggests.credential.is_none()));
    assert_eq!(facts(text, "Key"), [(What::StaticCredential("an access key"), "Key")]);
    assert_eq!(
        facts(text, "Lonely"),
        [(What::StaticCredential("an access key"), "Lonely")]
    );
    // By the name that it is given, in JSON, and one that is switched off.
    let json = r#"{"Resources": {"U": {"Type": "AWS::IAM::User", "Properties": {"UserName": "u"}},
        "K": {"Type": "AWS::IAM::AccessKey", "Properties": {"UserName": "u"}},
        "L": {"Type": "AWS::IAM::AccessKey", "Properties": {"UserName": {"Ref": "U"}, "Status": "Inactive"}}}}"#;
    let shows = shown(json);
    assert!(
        shows
            .sightings
            .iter()
            .all(|seen| seen.locator == "cloudformation:infra/stack.yaml/U")
    );
    assert_eq!(shows.sightings.len(), 3);
    assert_eq!(facts(json, "L"), []);
}

fn role(body: &str) -> String {
    format!("Resources:\n  Deploy:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: deploy\n{body}")
}

fn trust(federated: &str) -> String {
    role(&format!(
        "      AssumeRolePolicyDocument:\n        Statement:\n        - Effect: Allow\n          \
        Action: sts:AssumeRoleWithWebIdentity\n          Principal:\n            Federated: {federated}\n"
    ))
}

#[test]
fn roles_that_a_ci_system_takes_are_demanded() {
    let provider = "  Provider:\n    Type: AWS::IAM::OIDCProvider\n    Properties: {Url: 'https://token.actions.githubusercontent.com'}\n";
    for federated in [
        "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
        "!Sub arn:aws:iam::${AWS::AccountId}:oidc-provider/gitlab.com",
        "[!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/agent.buildkite.com']",
        "{'Fn::Join': ['', ['arn:aws:iam::', {Ref: 'AWS::AccountId'}, ':oidc-provider/app.terraform.io']]}",
        "!Ref Provider",
        "!GetAtt Provider.Arn",
        "!If [Has, 'arn:aws:iam::1:oidc-provider/gitlab.acme.io', !Ref Provider]",
        "!Ref Parameter\n          Condition: {StringLike: {'token.actions.githubusercontent.com:sub': 'repo:a/b:*'}}",
    ] {
        let text = format!("{}{provider}", trust(federated));
        let shows = shown(&text);
        let seen = of(&shows, &text, "Deploy");
        assert!(
            seen.is_some_and(|seen| seen.demand == Demand::Demanded
                && seen.suggests.kind == Some(IdentityKind::CiPipeline)
                && seen.also == ["arn:aws:iam::*:role/deploy"]),
            "{federated}"
        );
    }
    for federated in [
        "!Ref Parameter",
        "cognito-identity.amazonaws.com",
        "arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC",
        "!Sub arn:aws:iam::1:oidc-provider/${Host}",
        "!Sub arn:aws:iam::1:oidc-provider/gitlab.${Domain}",
        "arn:aws:iam::1:saml-provider/gitlab.com",
        "[]",
        "~",
    ] {
        let text = trust(federated);
        let seen = shown(&text).sightings;
        let is_shown = |seen: &Sighting| {
            seen.demand == Demand::Shown && seen.suggests.kind == Some(IdentityKind::WorkloadIdentity)
        };
        assert!(seen.len() == 1 && seen.iter().all(is_shown), "{federated}");
    }
    let denied = trust("arn:aws:iam::1:oidc-provider/gitlab.com").replace("Allow", "Deny");
    assert_eq!(demand(&denied, "Deploy"), Some(Demand::Shown));
}

#[test]
fn administrators_are_demanded() {
    let arn = |arn: &str| role(&format!("      ManagedPolicyArns: [{arn}]\n"));
    let all = "{Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}";
    for (text, name, at) in [
        (
            arn("arn:aws:iam::aws:policy/AdministratorAccess"),
            "AdministratorAccess",
            "arn:aws:iam::aws:policy/AdministratorAccess",
        ),
        (
            arn("!Sub 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess'"),
            "AdministratorAccess",
            "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess",
        ),
        (
            arn("{'Fn::Join': ['', ['arn:', {Ref: 'AWS::Partition'}, ':iam::aws:policy/AdministratorAccess']]}"),
            "AdministratorAccess",
            ":iam::aws:policy/AdministratorAccess",
        ),
        (
            role(&format!("      Policies: [{{PolicyDocument: {all}}}]\n")),
            ANY,
            "*",
        ),
        (
            role(&format!(
                "  P:\n    Type: AWS::IAM::Policy\n    Properties: {{Roles: [!Ref Deploy], PolicyDocument: {all}}}\n"
            )),
            ANY,
            "*",
        ),
        (
            role(&format!(
                "  P:\n    Type: AWS::IAM::RolePolicy\n    Properties: {{RoleName: deploy, PolicyDocument: {all}}}\n"
            )),
            ANY,
            "*",
        ),
        (
            format!(
                "{}  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: {{PolicyDocument: {all}}}\n",
                arn("!Ref P")
            ),
            ANY,
            "P",
        ),
        (
            role(
                "      Policies: [{PolicyDocument: {Statement: {Effect: Allow, Action: ['s3:*', '*'], Resource: ['*']}}}]\n",
            ),
            ANY,
            "*",
        ),
    ] {
        assert_eq!(facts(&text, "Deploy"), [(administrator(name), at)], "{text}");
        assert_eq!(demand(&text, "Deploy"), Some(Demand::Demanded));
    }
    for text in [
        arn("arn:aws:iam::123456789012:policy/AdministratorAccess"),
        arn("arn:aws:iam::aws:policy/ReadOnlyAccess"),
        arn("!Ref AdministratorAccess"),
        arn("!If [IsProd, 'arn:aws:iam::aws:policy/AdministratorAccess', !Ref 'AWS::NoValue']"),
        arn("!Sub 'arn:aws:iam::aws:policy/${Policy}'"),
        role("      ManagedPolicyArns: !If [A, ['arn:aws:iam::aws:policy/AdministratorAccess'], []]\n"),
        role(&format!(
            "      Policies: [{{PolicyDocument: {}}}]\n",
            all.replace("Allow", "Deny")
        )),
        role(&format!(
            "      Policies: [{{PolicyDocument: {}}}]\n",
            all.replace("Action: '*'", "Action: 's3:*'")
        )),
        role(&format!(
            "      Policies: [{{PolicyDocument: {}}}]\n",
            all.replace("Resource: '*'", "Resource: 'arn:x'")
        )),
        role(&format!(
            "      Policies: [{{PolicyDocument: {}}}]\n",
            all.replace("Resource", "Condition: {Bool: {x: y}}, Resource")
        )),
        role(
            "      PermissionsBoundary: arn:aws:iam::aws:policy/AdministratorAccess\n      Description: AdministratorAccess\n",
        ),
        role(&format!(
            "  P:\n    Type: AWS::IAM::Policy\n    Properties: {{Roles: [!Ref Other], PolicyDocument: {all}}}\n"
        )),
    ] {
        assert_eq!(facts(&text, "Deploy"), [], "{text}");
        assert_eq!(demand(&text, "Deploy"), Some(Demand::Shown));
    }
    let broad = arn("arn:aws:iam::aws:policy/PowerUserAccess");
    assert_eq!(demand(&broad, "Deploy"), Some(Demand::Shown));
    let expected = What::Power(Power::Broad, "PowerUserAccess".to_owned());
    assert_eq!(
        facts(&broad, "Deploy"),
        [(expected, "arn:aws:iam::aws:policy/PowerUserAccess")]
    );
}

#[test]
fn users_have_what_their_groups_are_granted() {
    let text = "Resources:\n  U: {Type: 'AWS::IAM::User', Properties: {Groups: [!Ref G]}}\n  \
        V: {Type: 'AWS::IAM::User'}\n  W: {Type: 'AWS::IAM::User', Properties: {Groups: [other]}}\n  \
        G: {Type: 'AWS::IAM::Group', Properties: {ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']}}\n  \
        A: {Type: 'AWS::IAM::UserToGroupAddition', Properties: {GroupName: !Ref G, Users: [!Ref V]}}\n";
    let expected = [(
        administrator("AdministratorAccess"),
        "arn:aws:iam::aws:policy/AdministratorAccess",
    )];
    assert_eq!(facts(text, "U"), expected);
    assert_eq!(facts(text, "V"), expected);
    assert_eq!(facts(text, "W"), []);
    assert_eq!(shown(text).sightings.len(), 3);
}

#[test]
fn passwords_for_the_console_are_told_and_literals_hidden() {
    let text = "Parameters:\n  DbPassword: {Type: String, Default: hunter2}\n  Hidden: {NoEcho: true, Default: s3cret}\n  Size: {Default: big}\n\
        Resources:\n  U:\n    Type: AWS::IAM::User\n    Properties:\n      LoginProfile: {Password: pa55word}\n  \
        V: {Type: 'AWS::IAM::User', Properties: {LoginProfile: !If [A, {Password: x}, !Ref 'AWS::NoValue']}}\n  \
        S: {Type: 'AWS::SecretsManager::Secret', Properties: {SecretString: '{\"a\": \"b\"}'}}\n  \
        R: {Type: 'AWS::SecretsManager::Secret', Properties: {SecretString: !Ref DbPassword}}\n  \
        D: {Type: 'AWS::RDS::DBInstance', Properties: {MasterUserPassword: !Ref DbPassword, MasterUsername: a}}\n  \
        E: {Type: 'AWS::RDS::DBInstance', Properties: {MasterUserPassword: '{{resolve:secretsmanager:x}}', Tags: [{Key: a, Value: b}]}}\n  \
        F: {Type: 'AWS::X::Y', Properties: {Environment: [{Name: API_TOKEN, Value: t0ken}, {Name: A, Value: b}]}}\n";
    assert_eq!(facts(text, "U"), [(What::ConsolePassword, "LoginProfile")]);
    assert_eq!(facts(text, "V"), []);
    let literals: Vec<_> = shown(text)
        .literals
        .into_iter()
        .map(|span| &text[span.range()])
        .collect();
    assert_eq!(
        literals,
        ["hunter2", "s3cret", "pa55word", "x", "{\"a\": \"b\"}", "t0ken"]
    );
}

#[test]
fn what_is_no_template_shows_nothing() {
    for text in [
        "",
        "a: 1\n",
        "Resources: {U: {Type: 'Custom::AWS::IAM::User'}}\n",
        "Resources: [{Type: 'AWS::IAM::User'}]\n",
        "Resources: {'Fn::ForEach::Users': [Name, [a], {'U${Name}': {Type: 'AWS::IAM::User'}}]}\n",
        "Resources: {Role: {Type: 'AWS::IAM::ServiceLinkedRole'}, 'U-{{ x }}': {Type: 'AWS::IAM::User'}}\n",
    ] {
        assert_eq!(shown(text), Shows::default(), "{text}");
    }
    let torn = shown("Resources:\n  U: {Type: AWS::IAM::User}\n{% if x %}\n");
    assert!(torn.partial && torn.is_empty());
    let deep = format!(
        "Resources: {{U: {{Type: 'AWS::IAM::User', a: {}{}}}}}",
        "[".repeat(70),
        "]".repeat(70)
    );
    assert_eq!(shown(&deep).unread.len(), 1);
}

fn templates() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("Resources:\n"),
        Just("  U: &u\n    Type: AWS::IAM::User\n"),
        Just("  R: &r\n    Type: AWS::IAM::Role\n"),
        Just("  P:\n    Type: AWS::IAM::ManagedPolicy\n"),
        Just("  K: *u\n"),
        Just("    Properties:\n"),
        Just("    Properties: *u\n"),
        Just("      Users: [!Ref U, *r]\n"),
        Just("      LoginProfile: {Password: é}\n"),
        Just("      ManagedPolicyArns: [!Ref P, *u]\n"),
        Just("      Groups: !If [a, b, c]\n"),
        Just("      <<: *u\n"),
        Just("      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: {Federated: [!Sub 'é${}']}}}\n"),
        Just("      PolicyDocument: {Statement: {Effect: Allow, Action: '*', Resource: '*'}}\n"),
        Just("---\n"),
        Just("  S: {Type: 'AWS::SecretsManager::Secret', Properties: {SecretString: |\n"),
        Just("\u{feff}"),
        Just("{"),
        Just("\t"),
    ];
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in prop_oneof![templates(), ".{0,60}"]) {
        let shows = shown(&text);
        let spans = shows.sightings.iter().flat_map(|seen| {
            seen.facts.iter().map(|fact| fact.span).chain([seen.span])
        });
        for span in spans.chain(shows.literals.iter().copied()).chain(shows.unread.iter().map(|unread| unread.span)) {
            prop_assert!(text.get(span.range()).is_some());
        }
    }
}
