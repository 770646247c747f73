//! Links in a tree, of which a clone may not have where they lead.
#![cfg(unix)]

use super::clones::clone;
use super::{Made, found, git_in, of_revision};

/// A link whose text is not here may lead to a folder with manifests.
#[test]
fn where_a_link_leads_that_a_partial_clone_has_not_is_unknown() {
    let made = Made::new(&[]);
    made.write("scope.toml", "[services.here]\n");
    made.write(".ignore", "shown/\nout\n");
    made.write("shown/scope.toml", "[services.shown]\n");
    for link in ["team", "out", "shown/other"] {
        std::os::unix::fs::symlink("shown", made.at(link)).expect("a link");
    }
    made.commit("first");
    made.git(&["config", "uploadpack.allowFilter", "true"]);
    made.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let whole = of_revision(made.path(), "HEAD");
    let services =
        |checked: &soclint::Checked| found(checked).iter().any(|(_, subject, _)| subject == "services.shown");
    assert!(services(&whole), "{:?}", found(&whole));
    let around = tempfile::tempdir().expect("a folder");
    let to = around.path().join("partial");
    clone(&made, &to, &["--filter=blob:none", "--no-checkout"]);
    for blob in ["HEAD:scope.toml", "HEAD:.ignore", "HEAD:shown/scope.toml"] {
        git_in(&to, &["cat-file", "-e", blob]);
    }
    let told = found(&of_revision(&to, "HEAD"));
    let unknown: Vec<&String> = told
        .iter()
        .map(|(.., message)| message)
        .filter(|message| message.contains("in this clone"))
        .collect();
    assert_eq!(
        unknown,
        ["`team` is not in this clone: what it may declare is unknown"],
        "{told:?}"
    );
    git_in(&to, &["cat-file", "-e", "HEAD:team"]);
    assert_eq!(found(&of_revision(&to, "HEAD")), found(&whole));
}
