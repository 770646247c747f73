//! Words that soclint itself brings.

use super::Term;

pub const TERMS: &[Term] = &[
    Term {
        name: "as-of date",
        also: &["as-of"],
        means: "The day on which an estate is judged. The same files and the same day give the same findings. On a type 1 report, `as-of` is that report's own day.",
        see: &["reports.as-of"],
    },
    Term {
        name: "baseline",
        also: &[],
        means: "A file of the findings that were there on one day. A run with it fails on new ones only.",
        see: &["waiver-policy.baseline-until"],
    },
    Term {
        name: "discovery",
        also: &["seen", "declared and seen"],
        means: "Reading what a repository shows of the identities that are used (workflows, Terraform, cluster files), and comparing it with what is declared. Seen is not *exists*, and not seen is not *gone*.",
        see: &["locator", "discover"],
    },
    Term {
        name: "entity",
        also: &["entity path"],
        means: "Anything that has an id in a manifest: a service, an identity, a report. Its path names it: `services.payroll`, `payments/identities.deployer`.",
        see: &["manifest", "waivers.subject"],
    },
    Term {
        name: "estate",
        also: &[],
        means: "Every manifest under one root. All of it is always read.",
        see: &["manifest", "config"],
    },
    Term {
        name: "exemption",
        also: &[],
        means: "A declaration that silences a rule for one entity, such as `exclusion` or `rotation.mode = \"not-applicable\"`. The summary counts them, and `soclint waivers --exemptions` lists them.",
        see: &["services.exclusion", "waiver-policy.exemptions-end"],
    },
    Term {
        name: "finding",
        also: &[],
        means: "What a rule reports about two declarations that contradict each other, or about one that lacks what it presupposes. It has a severity: error, warning or note.",
        see: &["fail-on"],
    },
    Term {
        name: "glob",
        also: &[],
        means: "A text with `*` in it that stands for several names or paths.",
        see: &["include", "reports.covers"],
    },
    Term {
        name: "manifest file",
        also: &["scope.toml", "scope manifest"],
        means: "A file named `scope.toml` or `*.scope.toml`, in which a team declares its services, identities, reports and what belongs to them.",
        see: &["manifest"],
    },
    Term {
        name: "namespace",
        also: &[],
        means: "A name for all entities of a file, so that two teams may use the same ids. `payments/ledger` is the `ledger` of the namespace `payments`; `/ledger` is that of the unnamed one.",
        see: &["namespace"],
    },
    Term {
        name: "practice",
        also: &[],
        means: "The reference of rules that no standard asks for: what those who read or write reports ordinarily expect.",
        see: &[],
    },
    Term {
        name: "profile",
        also: &[],
        means: "Keys that several identities share. An identity takes them with `profile`; its own keys win.",
        see: &["profiles", "identities.profile"],
    },
    Term {
        name: "root",
        also: &["project root"],
        means: "The folder whose manifests make up the estate: that of the config, else that of the git repository.",
        see: &["config"],
    },
    Term {
        name: "waiver",
        also: &[],
        means: "A declaration that a finding is accepted until a day, why, and who approved it. What could not be read cannot be waived.",
        see: &["waivers", "waiver-policy"],
    },
];
