//! A repository with workflows, Terraform and cluster files, of which few show anything; and the floor of looking into
//! them: walking, reading and searching the same files for the words that can matter.

use super::estate::Made;
use aho_corasick::AhoCorasick;
use ignore::{WalkBuilder, WalkState};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

/// Of each 50 files, 2 are workflows, 5 Terraform, 8 YAML, 5 JSON; the others are sources and pages.
const OF_EACH: usize = 50;
const IN_A_FOLDER: usize = 40;

/// Writes a repository of so many files into the empty folder `root`.
pub fn make(root: &Path, files: usize) -> io::Result<Made> {
    let mut made = Made::begin(root)?;
    fs::write(root.join("soclint.toml"), "[discover]\n")?;
    made.write(root, "scope.toml", "[identities.npm]\nkind = \"api-key\"\ncredential = \"static-secret\"\nlocators = \"github-secret:NPM_TOKEN\"\n")?;
    let workflows = root.join(".github/workflows");
    fs::create_dir_all(&workflows)?;
    for at in 0..files {
        let folder = root.join(format!(
            "parts/{:03}/{:02}",
            at / IN_A_FOLDER / 20,
            at / IN_A_FOLDER % 20
        ));
        fs::create_dir_all(&folder)?;
        let (folder, name, text) = match at % OF_EACH {
            0 | 1 => (&workflows, format!("w{at}.yml"), workflow(at)),
            2..=6 => (&folder, format!("t{at}.tf"), terraform(at)),
            7..=14 => (&folder, format!("y{at}.yaml"), object(at)),
            15..=19 => (&folder, format!("j{at}.json"), json(at)),
            _ => (
                &folder,
                format!("s{at}.rs"),
                format!("//! Part {at}.\n{}", "fn work() { todo() }\n".repeat(60)),
            ),
        };
        fs::write(folder.join(name), text)?;
        made.others += 1;
    }
    Ok(made)
}

fn workflow(at: usize) -> String {
    let mut text = format!("name: w{at}\non: push\njobs:\n");
    for job in 0..3 {
        let _ = write!(
            text,
            "  job-{job}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - name: build\n        run: |\n          make build\n          make test\n"
        );
    }
    if at.is_multiple_of(4) {
        let _ = write!(
            text,
            "      - run: publish\n        env:\n          TOKEN: ${{{{ secrets.TOKEN_{} }}}}\n",
            char::from(b'A' + u8::try_from(at / 100 % 26).unwrap_or(0))
        );
    }
    text
}

fn terraform(at: usize) -> String {
    let mut text = String::new();
    for block in 0..6 {
        let _ = write!(
            text,
            "resource \"aws_s3_bucket\" \"b{at}_{block}\" {{\n  bucket = \"b-{at}-{block}\"\n  tags = {{\n    team = \"t\"\n    cost = var.cost\n  }}\n}}\n\n"
        );
    }
    if at % 5 == 2 {
        let _ = write!(
            text,
            "resource \"aws_iam_role\" \"r{at}\" {{\n  name = \"r-{at}\"\n  assume_role_policy = jsonencode({{ Statement = [{{ Effect = \"Allow\", Action = \"sts:AssumeRole\", Principal = {{ Service = \"ec2.amazonaws.com\" }} }}] }})\n}}\n"
        );
    }
    text
}

fn object(at: usize) -> String {
    let kind = if at % 8 == 7 { "ServiceAccount" } else { "Deployment" };
    format!(
        "apiVersion: v1\nkind: {kind}\nmetadata:\n  name: o{at}\n  namespace: n\nspec:\n{}",
        "  - image: example\n    args: [a, b]\n".repeat(20)
    )
}

fn json(at: usize) -> String {
    format!("{{ \"name\": \"j{at}\", \"values\": [{}0] }}\n", "1, 2, 3, ".repeat(80))
}

const WORDS: [&str; 14] = [
    "secrets",
    "role-to-assume",
    "workload_identity_provider",
    "aws_iam_",
    "aws_secretsmanager_secret",
    "azuread_",
    "azurerm_",
    "google_service_account",
    "google_project_iam_",
    "github_actions_",
    "gitlab_deploy_",
    "ServiceAccount",
    "Secret",
    "AWS::IAM::",
];

/// Walks, reads and searches, and says how many manifests there were.
pub fn scan(root: &Path) -> Result<usize, String> {
    let words = AhoCorasick::new(WORDS).map_err(|error| error.to_string())?;
    let (manifests, hits) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let ends = [".yml", ".yaml", ".tf", ".json", ".toml"];
    WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .threads(rayon::current_num_threads())
        .filter_entry(|entry| entry.file_name() != ".git")
        .build_parallel()
        .run(|| {
            Box::new(|entry| {
                let Ok(entry) = entry else { return WalkState::Continue };
                let name = entry.file_name().to_string_lossy();
                if ends.iter().any(|end| name.ends_with(end))
                    && let Ok(bytes) = fs::read(entry.path())
                {
                    manifests.fetch_add(usize::from(name == "scope.toml"), Ordering::Relaxed);
                    hits.fetch_add(words.find_iter(&bytes).count(), Ordering::Relaxed);
                }
                WalkState::Continue
            })
        });
    std::hint::black_box(hits.into_inner());
    Ok(manifests.into_inner())
}
