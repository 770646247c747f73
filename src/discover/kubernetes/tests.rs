use proptest::prelude::*;

use super::{namespace_of, see};
use crate::discover::{Demand, Input, Power, Shows, What};
use crate::model::Credential;

fn shown(text: &str) -> Shows {
    let input = Input {
        path: "k8s/all.yaml",
        text,
    };
    see(input, None)
}

/// Locators, whether they are demanded, and what their spans hold.
fn brief(text: &str) -> Vec<(String, bool, &str)> {
    let shows = shown(text);
    let all = shows.sightings.into_iter();
    all.map(|seen| (seen.locator, seen.demand == Demand::Demanded, &text[seen.span.range()]))
        .collect()
}

/// Facts, with what their spans hold.
fn facts(text: &str) -> Vec<(What, &str)> {
    let facts = shown(text).sightings.into_iter().flat_map(|seen| seen.facts);
    facts.map(|fact| (fact.what, &text[fact.span.range()])).collect()
}

fn literals(text: &str) -> Vec<&str> {
    shown(text)
        .literals
        .into_iter()
        .map(|span| &text[span.range()])
        .collect()
}

#[test]
fn service_accounts_are_shown_and_those_with_a_cloud_role_demanded() {
    let text = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: plain, namespace: shop}\n---\n\
        apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: 'cloud'\n  annotations:\n    \
        eks.amazonaws.com/role-arn: arn:aws:iam::1:role/x\n---\n\
        apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: empty, annotations: {iam.gke.io/gcp-service-account: ''}}\n";
    assert_eq!(
        brief(text),
        [
            ("k8s:shop/plain".to_owned(), false, "plain"),
            ("k8s:*/cloud".to_owned(), true, "cloud"),
            ("k8s:*/empty".to_owned(), false, "empty"),
        ]
    );
    let input = Input { path: "a.yaml", text };
    let given = see(input, Some("given"));
    let locators: Vec<_> = given.sightings.iter().map(|seen| seen.locator.as_str()).collect();
    assert_eq!(locators, ["k8s:shop/plain", "k8s:given/cloud", "k8s:given/empty"]);
}

#[test]
fn the_default_account_and_names_to_fill_in_are_passed_over() {
    for name in [
        "default",
        "\"${NAME}\"",
        "'{{ .Release.Name }}-x'",
        "$(NAME)",
        "REPLACE_ME",
        "''",
        "~",
        "<name>",
    ] {
        let text = format!("apiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: {name}}}\n");
        assert_eq!(brief(&text), [], "{name}");
    }
    let text = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: '${NS}'}\n";
    assert_eq!(brief(text), [("k8s:*/a".to_owned(), false, "a")]);
    // Not of the core's group, no object, and a template.
    assert_eq!(
        brief("apiVersion: x.io/v1\nkind: ServiceAccount\nmetadata: {name: a}\n"),
        []
    );
    assert_eq!(brief("kind: ServiceAccount\nmetadata: {name: a}\n"), []);
    let template = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n---\n{{- if x }}\na: 1\n{{- end }}\n";
    let expected = Shows {
        partial: true,
        ..Shows::default()
    };
    assert_eq!(shown(template), expected);
}

#[test]
fn objects_of_lists_are_seen() {
    let text = r#"{"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "a", "namespace": "n"}},
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "b", "namespace": "n"}}]}"#;
    let expected = [
        ("k8s:n/a".to_owned(), false, "a"),
        ("k8s-secret:n/b".to_owned(), false, "b"),
    ];
    assert_eq!(brief(text), expected);
}

#[test]
fn who_is_bound_to_cluster_admin_is_demanded() {
    let text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\n\
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}\nsubjects:\n\
        - {kind: ServiceAccount, name: a, namespace: n}\n- {kind: ServiceAccount, name: b}\n- {kind: User, name: c}\n\
        - {kind: ServiceAccount, name: default, namespace: n}\n- {kind: ServiceAccount, name: '${x}'}\n";
    let expected = [("k8s:n/a".to_owned(), true, "a"), ("k8s:*/b".to_owned(), true, "b")];
    assert_eq!(brief(text), expected);
    let fact = (
        What::Power(Power::Administrator, "cluster-admin".to_owned()),
        "cluster-admin",
    );
    assert_eq!(facts(text), [fact.clone(), fact]);
    for other in [
        text.replace("kind: ClusterRoleBinding", "kind: RoleBinding"),
        text.replace("cluster-admin", "view"),
        text.replace("cluster-admin", "'${ROLE}'"),
        text.replace("kind: ClusterRole,", "kind: Role,"),
    ] {
        let seen = brief(&other);
        assert!(
            seen.len() == 2 && seen.iter().all(|(_, demanded, _)| !demanded),
            "{seen:?}"
        );
        assert_eq!(facts(&other), []);
    }
    // Of a binding in a namespace, that is the one of a subject that names none.
    let here = text.replace(
        "kind: ClusterRoleBinding\nmetadata: {name: b",
        "kind: RoleBinding\nmetadata: {name: b, namespace: m",
    );
    assert_eq!(brief(&here)[1].0, "k8s:m/b");
}

#[test]
fn a_token_that_lasts_is_a_static_credential_of_its_account() {
    let text = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a-token\n  namespace: n\n  annotations:\n    \
        kubernetes.io/service-account.name: a\ntype: kubernetes.io/service-account-token\n";
    let seen = shown(text).sightings;
    let account = seen.iter().find(|seen| seen.locator == "k8s:n/a");
    assert!(account.is_some_and(|account| account.demand == Demand::Demanded
        && account.suggests.credential == Some(Credential::StaticSecret)
        && &text[account.span.range()] == "a"));
    let token = (
        What::StaticCredential("a service account token"),
        "kubernetes.io/service-account-token",
    );
    assert!(facts(text).contains(&token));
    assert!(!facts(&text.replace("name: a\n", "name: default\n")).contains(&token));
    assert_eq!(brief(&text.replace("service-account-token", "tls")).len(), 1);
}

#[test]
fn a_secret_in_clear_is_in_the_source_code() {
    let clear = (What::Store("source-code"), "password");
    let secret = |body: &str| format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: s, namespace: n}}\n{body}");
    let text = secret("stringData:\n  username: app\n  password: hunter2go\n");
    assert_eq!(brief(&text), [("k8s-secret:n/s".to_owned(), false, "s")]);
    assert_eq!(facts(&text), [(What::Store("kubernetes-secret"), "s"), clear.clone()]);
    assert_eq!(literals(&text), ["app", "hunter2go"]);
    for body in [
        "data:\n  password: aHVudGVyMmdv\n",
        "type: Opaque\nstringData:\n  a: ''\n  password: |-\n    hunter2go\n",
        "stringData: {password: hunter2go}\ntype: kubernetes.io/tls\n",
        "data: {password: gAA/}\n",
    ] {
        assert!(facts(&secret(body)).contains(&clear), "{body}");
    }
    for body in [
        "",
        "data: {}\n",
        "data: {password: }\n",
        "stringData: {password: '<password>'}\n",
        "stringData: {password: '<path:kv/data/x#y>'}\n",
        "stringData: {password: your-password}\n",
        "stringData: {password: XXXXXX}\n",
        "stringData: {password: '${PASSWORD}'}\n",
        "stringData: {password: '{{ .password }}'}\n",
        "stringData: {password: TODO}\n",
        "stringData: {password: change-me}\n",
        "stringData: {password: my-password, githubAppID: '123456789', ClientID: abc}\n",
        "stringData: {password: 'op://vault/item/field'}\n",
        "stringData: {type: git, url: 'https://git.acme.io', enabled: 'true', limit: '443'}\n",
        // "changeme", and no base64.
        "data: {password: Y2hhbmdlbWU=}\n",
        "data: {password: fill this in!}\n",
        "data: {ca.crt: LS0tLS1CRUdJTg==}\n",
    ] {
        let stores: Vec<_> = facts(&secret(body)).into_iter().map(|(what, _)| what).collect();
        assert_eq!(stores, [What::Store("kubernetes-secret")], "{body}");
    }
    // What SOPS has encrypted says nothing of where it is kept.
    for body in [
        "stringData: {password: 'ENC[AES256_GCM,data:x]'}\n",
        "stringData: {password: hunter2go}\nsops: {version: 3.8.0}\n",
    ] {
        assert_eq!(facts(&secret(body)), [], "{body}");
    }
    // A map of settings is no secret.
    let map = secret("data: {password: hunter2go}\n").replace("Secret", "ConfigMap");
    assert_eq!(brief(&map), []);
    assert_eq!(literals(&map), ["hunter2go"]);
}

#[test]
fn secrets_from_elsewhere_and_sealed_ones_are_shown_with_their_store() {
    let external = "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e, namespace: n}\n\
        spec: {secretStoreRef: {name: main, kind: ClusterSecretStore}, target: {name: t}}\n---\n";
    let store = |provider: &str| {
        format!(
            "apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata: {{name: main}}\nspec: {{provider: {provider}}}\n"
        )
    };
    assert_eq!(brief(external), [("k8s-secret:n/t".to_owned(), false, "t")]);
    assert_eq!(
        brief(&external.replace(", target: {name: t}", ""))[0].0,
        "k8s-secret:n/e"
    );
    for (provider, expected) in [
        ("{aws: {service: SecretsManager}}", Some("aws-secrets-manager")),
        ("{aws: {service: ParameterStore}}", None),
        ("{gcpsm: {projectID: p}}", Some("gcp-secret-manager")),
        ("{azurekv: {}}", Some("azure-key-vault")),
        ("{vault: {}}", Some("vault")),
        ("{fake: {}}", None),
    ] {
        let text = format!("{external}{}", store(provider));
        let expected: Vec<_> = expected.map(|store| (What::Store(store), "main")).into_iter().collect();
        assert_eq!(facts(&text), expected);
    }
    // Another kind of store with that name.
    let text = format!(
        "{}{}",
        external.replace(", kind: ClusterSecretStore", ""),
        store("{vault: {}}")
    );
    assert_eq!(facts(&text), []);
    let sealed = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s, namespace: n}\n\
        spec: {encryptedData: {password: AgBy3i4OJSWK}}\n";
    assert_eq!(brief(sealed), [("k8s-secret:n/s".to_owned(), false, "s")]);
    assert_eq!(facts(sealed), []);
}

#[test]
fn literals_where_credentials_belong_are_told() {
    let text = "apiVersion: v1\nkind: Pod\nspec:\n  serviceAccountName: a\n  containers:\n  - env:\n    \
        - {name: DB_PASSWORD, value: hunter2go}\n    - {name: DB_USER, value: app}\n    - {value: s3cr3t9, name: API_TOKEN}\n    \
        - {name: C_TOKEN, value: $(OTHER)}\n    - name: D_TOKEN\n      valueFrom: {secretKeyRef: {name: x, key: token, password: x}}\n  \
        tolerations: [{key: dedicated}]\n  clientSecret: \"abcdef\"\n";
    assert_eq!(literals(text), ["hunter2go", "s3cr3t9", "abcdef"]);
    let names = "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e}\nspec: {data: [{secretKey: token}]}\n";
    assert_eq!(literals(names), [""; 0]);
}

#[test]
fn kustomizations_give_a_namespace() {
    assert_eq!(
        namespace_of("namespace: shop\nresources: [a.yaml]\n").as_deref(),
        Some("shop")
    );
    assert_eq!(
        namespace_of("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: a\n").as_deref(),
        Some("a")
    );
    for text in [
        "",
        "resources: []\n",
        "namespace: ${NS}\n",
        "namespace: [",
        "namespace: {a: b}\n",
    ] {
        assert_eq!(namespace_of(text), None, "{text}");
    }
    assert_eq!(
        namespace_of("apiVersion: kustomize.toolkit.fluxcd.io/v1\nnamespace: flux-system\n"),
        None
    );
}

#[test]
fn what_is_too_deep_is_unread_and_hides_nothing_before_it() {
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let text = format!("apiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: a}}\n---\na: {deep}\n");
    let shows = shown(&text);
    assert_eq!(shows.unread.len(), 1);
    assert_eq!(shows.sightings.len(), 1);
    assert_eq!(shown(&format!("a: {deep}")), Shows::default());
}

#[test]
fn subjects_behind_aliases_do_not_multiply_without_end() {
    let subjects = "{kind: ServiceAccount, name: a}, ".repeat(10_000);
    let mut text = format!("apiVersion: v1\nkind: List\nx: &s [{subjects}]\nitems:\n");
    for _ in 0..5000 {
        text += "- {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, subjects: *s}\n";
    }
    let seen = shown(&text).sightings.len();
    assert!(seen > 10_000 && seen < 300_000, "{seen}");
}

/// Lines of manifests, whole and torn.
fn manifests() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("apiVersion: v1\n"),
        Just("apiVersion: rbac.authorization.k8s.io/v1\n"),
        Just("kind: ServiceAccount\n"),
        Just("kind: Secret\n"),
        Just("kind: ClusterRoleBinding\n"),
        Just("kind: List\n"),
        Just("---\n"),
        Just("metadata: {name: é, namespace: n}\n"),
        Just("metadata: &m\n  name: a\n"),
        Just("metadata: *m\n"),
        Just("stringData:\n  password: \"é\\n\"\n"),
        Just("data: {a: Zm9v, <<: *m}\n"),
        Just("items: [*m]\n"),
        Just("subjects: [{kind: ServiceAccount, name: x}]\n"),
        Just("roleRef: {kind: ClusterRole, name: cluster-admin}\n"),
        Just("\u{feff}"),
        Just("\t"),
        Just("["),
        Just("- "),
        Just("  password: |\n   😀\n"),
        Just("\r\n"),
        Just("{{ x }}"),
    ];
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in prop_oneof![manifests(), ".{0,60}"]) {
        let shows = shown(&text);
        let spans = shows.sightings.iter().flat_map(|seen| {
            seen.facts.iter().map(|fact| fact.span).chain([seen.span])
        });
        for span in spans.chain(shows.literals.iter().copied()).chain(shows.unread.iter().map(|unread| unread.span)) {
            prop_assert!(text.get(span.range()).is_some());
        }
        let _ = namespace_of(&text);
    }
}
