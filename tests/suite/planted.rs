//! No secret's value leaves: literals are planted in every place that may hold one, and looked for in all that is printed.

use crate::tool::{self, AS_OF, run, soclint, stderr, stdout, write};
use std::path::Path;

/// What is planted, each only once: a key of some service, words and a number, random letters.
const PLANTED: [&str; 64] = [
    "AKIAPLANTEDPLANTED01",
    "plant3d-hunter-02",
    "Pl4ntedQw7ErTyUi03",
    "plant3d-hunter-04",
    "ghp_Pl4nted0123456789abcdefghij05",
    "plant3d-hunter-06",
    "Pl4ntedAsDfGhJk07",
    "plant3d-hunter-08",
    "Pl4ntedZxCvBnM109",
    "plant3d-hunter-10",
    "plant3d-hunter-11",
    "Pl4ntedPoIuYtRe12",
    "plant3d-hunter-13",
    "plant3d-hunter-14",
    "xoxb-pl4nted0000-15",
    "plant3d-hunter-16",
    "plant3d-hunter-17",
    "cGxhbnQzZC1odW50ZXItMTg=",
    "plant3d-hunter-19",
    "plant3d-hunter-20",
    "plant3d-hunter-21",
    "plant3d-hunter-22",
    "plant3d-hunter-23",
    "plant3d-hunter-24",
    "plant3d-hunter-25",
    "MIIEpl4ntedKeyMaterial26aa",
    "plant3d-hunter-27",
    "plant3d-hunter-28",
    "plant3d-hunter-29",
    "plant3d-hunter-30",
    "plant3d-hunter-31",
    "plant3d-hunter-32",
    "plant3d-hunter-33",
    "glpat-Pl4nted0123456789-34",
    "plänt3d-hünter-35",
    "$2y$10$pl4ntedpl4nted36",
    "a plant3d phrase 37",
    "plantedword",
    "pl4nt3d/with/slashes39",
    "pl4nted-mcp-env-40",
    "pl4nted-mcp-bearer-41",
    "pl4nted-mcp-header-42",
    "pl4nted-mcp-url-43",
    "pl4nted-mcp-arg-44",
    "cGw0bnRlZC1tY3AtNDU=",
    "pl4nted-comment-46",
    "pl4nted-mcp-plain-47",
    "pl4nted-esc4ped-48",
    "pl4nted-agent-49",
    "pl4nted-torn-50",
    "pl4nted-npm-token-51",
    "cGw0bnRlZC1ucG0tNTIA",
    "cGw0bnRlZC1ucG0tNTMA",
    "pl4nted-npm-url-54",
    "pl4nted-npm-comment-55",
    "pl4nted-npm-other-56",
    "pl4nted-pypi-57",
    "pl4nted-pypi-url-58",
    "pl4nted-netrc-59",
    "pl4nted-netrc-macro-60",
    "cGw0bnRlZC1uZXRyYzYx=",
    "pl4nted-mcp-query-62",
    "pl4nted-pypi-more-63",
    "cGw0bnRlZC1hcmctNjQ=",
];

/// A repository in which each literal stands on a line beside something that is found, so that the excerpts have it.
/// `{n}` stands for the literal of that number.
const FILES: &[(&str, &str)] = &[
    ("soclint.toml", "[discover]\n"),
    (
        "scope.toml",
        "[identities.a]\nkind = \"api-key\"\ncredential = \"federated\"\nlocators = \"github-secret:DECLARED_TOKEN\"\n[identities.b]\nkind = \"api-key\"\ncredential = \"static-secret\"\nstore = \"vault\"\nlocators = \"k8s-secret:n/in-clear\"\n[services.s]\nclaims = \"r\"\n[reports.r]\nframework = \"soc2\"\n[controls.c]\nreports = \"r\"\n[third-parties.t]\nsupports = \"s\"\n",
    ),
    (
        ".github/workflows/w.yml",
        "on: push
jobs:
  a:
    runs-on: x
    env:
      AWS_ACCESS_KEY_ID: {1} # MARK01
      P1: ${{ secrets.P1_TOKEN }}
      MARK02_PASSWORD: {2}
    steps:
      # MARK03 token: {3}
      - run: ${{ secrets.P3_TOKEN }}
      - run: export MARK04_TOKEN={4}; x ${{ secrets.P4_TOKEN }}
      - run: |
          curl -H 'Authorization: Bearer {5}' MARK05 ${{ secrets.P5_TOKEN }}
      - run: psql postgres://MARK06:{6}@db.example.com/x ${{ secrets.P6_TOKEN }}
      - run: |
          # MARK07 {7}
          login ${{ secrets.P7_TOKEN }}
          mysql --password={8} MARK08
      - uses: a/b@v1
        with:
          MARK09_key: {9}
          token: ${{ secrets.P9_TOKEN }}
          password: '{10}' # MARK10
      - run: curl -u MARK11:{11} https://x ${{ secrets.P11_TOKEN }}
      - run: |
          cat <<< '{\"password\": \"{27}\"}' MARK27 ${{ secrets.P27_TOKEN }}
      - run: x --token {28} MARK28 ${{ secrets.P28_TOKEN }}
      - run: |
          -----BEGIN RSA PRIVATE KEY----- MARK26 ${{ secrets.P26_TOKEN }}
          {26}
          -----END RSA PRIVATE KEY-----
      - run: echo {34} MARK34 ${{ secrets.P34_TOKEN }}
      - run: PASSWORD={35} MARK35 ${{ secrets.P35_TOKEN }}
      - run: PASSWORD={36} MARK36 ${{ secrets.P36_TOKEN }}
      - run: x \"{37}\" MARK37 ${{ secrets.P37_TOKEN }}
      - run: mysql -p{38} MARK38 ${{ secrets.P38_TOKEN }}
      - run: git clone https://x:{39}@host/x MARK39 ${{ secrets.P39_TOKEN }}
  b:
    runs-on: x
    container:
      image: x
      credentials: { username: '${{ secrets.P29_USER }}', password: '{29}' } # MARK29
    env: { A: '${{ secrets.P30_TOKEN }}', MARK30_SECRET: \"{30}\" }
",
    ),
    (
        ".github/dependabot.yml",
        "version: 2
registries:
  r:
    url: https://npm.example.com
    password: {12} # MARK12
",
    ),
    (
        "infra/main.tf",
        "resource \"aws_iam_user\" \"t\" {
  secret_key = \"{13}\" # MARK13
}
resource \"aws_iam_user\" \"u\" {
  tags = { MARK14_password = \"{14}\" }
}
resource \"github_actions_secret\" \"s\" {
  secret_name = \"P15_TOKEN\"
  plaintext_value = \"{15}\" # MARK15
}
resource \"aws_iam_user\" \"v\" { # MARK16
  policy = <<TEXT
    {\"password\": \"{16}\"}
TEXT
}
resource \"aws_iam_user\" \"x\" {
  default = { db_password = \"{17}\" } # MARK17
}
resource \"aws_iam_user\" \"MARK31\" {
  api_token = \"{31}\"
  x = \"
}
",
    ),
    (
        "k8s/secret.yaml",
        "apiVersion: v1
kind: Secret
metadata: { name: in-clear, namespace: n }
data:
  MARK18: {18}
stringData:
  other: {19}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  annotations: { eks.amazonaws.com/role-arn: 'arn:aws:iam::1:role/r', MARK20/password: '{20}' }
  name: sa
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: d }
spec:
  containers:
    - env: [{ name: DB_PASSWORD, value: '{21}' }]
      args: ['--api-token={22}']
",
    ),
    (
        "stack.yaml",
        "AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  DbPassword: { Type: String, NoEcho: true, Default: '{23}' }
Resources:
  User:
    Properties: { LoginProfile: { Password: '{24}' } } # MARK24
    Type: AWS::IAM::User
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: { SecretString: '{25}' }
",
    ),
    (
        ".mcp.json",
        "{
  // {46}
  /*
  MARK46= {47}
  */
  \"mcpServers\": {
    \"a\": { \"command\": \"x\", \"env\": { \"MARK40_TOKEN\": \"{40}\" } },
    \"b\": { \"url\": \"https://x\", \"headers\": { \"Authorization\": \"Bearer {41}\" } },
    \"c\": { \"command\": \"x\", \"args\": [\"--header\", \"X-MARK42-Key: {42}\"] },
    \"d\": { \"url\": \"https://u:{43}@x/?api_key={62}\", \"headers\": { \"Cookie\": \"\" } },
    \"e\": { \"command\": \"x\", \"env\": { \"MARK45_KEY\": \"${X}\" }, \"args\": [\"--api-key={44}\",
      \"{45}\", \"{64}\"] },
    \"f\": { \"command\": \"x\", \"args\": [\"--header=X-MARK48-Key: \\u0041{48}\"] }
  }
}
",
    ),
    (".claude/settings.json", "{ \"env\": { \"MARK49_TOKEN\": \"{49}\" } }\n"),
    (".vscode/mcp.json", "{ \"servers\": {\n  \"MARK50\": {50},\n"),
    (
        "packages/.npmrc",
        "//51.example.com/:_authToken={51}
_auth={52}
//53.example.com/:_password=\"{53}\"
@a:registry=https://u:{54}@54.example.com/
# //55.example.com/:_authToken={55}
other={56}
",
    ),
    (
        ".pypirc",
        "[pypi]
password = {57}
repository = https://57.example.com
[b]
repository = https://u:{58}@58.example.com
username =
  {63}
",
    ),
    (
        ".netrc",
        "machine 59.example.com login a password {59}
machine 61.example.com login a password
{61}
macdef init
machine 60.example.com password {60}
",
    ),
    (
        ".github/workflows/broken.yml",
        "on: push\njobs: { a: [ # secrets\n  password: '{32}' # MARK32\n  }\n",
    ),
    (
        "infra/more.tf",
        "resource \"aws_iam_user\" \"w\" {\n  client_secret = \"{33}\" # MARK33\n}\n",
    ),
];

fn plant(root: &Path) {
    for (path, text) in FILES {
        let mut text = (*text).to_owned();
        for (number, literal) in (1..).zip(PLANTED) {
            text = text.replace(&format!("{{{number}}}"), literal);
        }
        write(root, path, &text);
    }
    for literal in PLANTED {
        let count =
            |path: &str| std::fs::read_to_string(root.join(path)).map_or(0, |text| text.matches(literal).count());
        assert_eq!(FILES.iter().map(|(path, _)| count(path)).sum::<usize>(), 1, "{literal}");
    }
}

/// The program's commands, as its help lists them.
fn commands() -> Vec<String> {
    let help = stdout(&run(soclint().arg("--help")));
    let list = help
        .split("Commands:\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .expect("a list");
    let names = list
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The formats of a command, as it lists them when it is asked for one that it does not have.
fn formats(command: &[&str]) -> Vec<String> {
    let said = stderr(&run(soclint().args(command).args(["--format", "no-such-format"])));
    let Some(list) = said.split("[possible values: ").nth(1) else {
        return Vec::new();
    };
    let list = list.split(']').next().expect("an end");
    list.split(',')
        .map(|name| name.split_whitespace().collect::<String>())
        .collect()
}

/// How a command is run, in all ways in which it prints something else.
fn forms(command: &str) -> &'static [&'static [&'static str]] {
    match command {
        "adopt" => &[
            &["adopt"],
            &["adopt", "github-secret:P3_TOKEN", "--dry-run"],
            &["adopt", "github-secret:P3_TOKN"],
            &["adopt", "--dry-run"],
            &["adopt", "--yes", "--to", "more.scope.toml"],
        ],
        "advise" => &[&["advise"], &["advise", "s"]],
        "baseline" => &[&["baseline", "write"], &["baseline", "prune"]],
        "check" => &[
            &["check"],
            &["check", "--diff"],
            &["check", "--show-waived", "--horizon", "1y"],
            &["check", "--summary"],
        ],
        "compare" => &[
            &["compare", ".", "packages"],
            &["compare", "packages", ".", "--all"],
            &["compare", "."],
        ],
        "completions" => &[&["completions", "bash"]],
        "config" => &[&["config"], &["config", "--files"]],
        "explain" => &[&["explain", "secret-in-repository"]],
        "forecast" => &[&["forecast", "--until", "2027-10-01"]],
        "import" => &[
            &["import", "controls", "controls.csv", "--dry-run"],
            &["import", "controls", "packages/.npmrc"],
            &["import", "controls", ".netrc"],
            &["import", "controls", ".pypirc"],
        ],
        "init" => &[&["init", "--dry-run", "--yes"]],
        "inventory" => &[
            &["inventory", "--all"],
            &["inventory", "--undeclared", "--wide"],
            &["inventory", "services"],
            &["inventory", "reports"],
            &["inventory", "third-parties"],
            &["inventory", "controls"],
            &["inventory", "evidence"],
            &["inventory", "data"],
        ],
        "man" => &[&["man"]],
        "matrix" => &[
            &["matrix"],
            &["matrix", "coverage", "--wide"],
            &["matrix", "controls", "--report", "r"],
            &["matrix", "vendors"],
        ],
        "page" => &[
            &["page"],
            &["page", "--link-base", "../src", "--horizon", "1y"],
            &["page", "--for", "customer"],
        ],
        "rules" => &[&["rules"]],
        "schema" => &[
            &["schema", "manifest"],
            &["schema", "config"],
            &["schema", "inventory"],
            &["schema", "matrix"],
            &["schema", "compare"],
            &["schema", "compare-period"],
            &["schema", "advice"],
            &["schema", "timeline"],
            &["schema", "timeline-plan"],
        ],
        "timeline" => &[
            &["timeline"],
            &["timeline", "--from", "2020-01-01", "--to", "2030-12-31"],
            &["timeline", "--plan", "soc1", "--start", "2027-01-01", "--service", "s"],
            &["timeline", "--plan", "iso27001", "--start", "2027-01-01"],
        ],
        "waivers" => &[&["waivers"], &["waivers", "--exemptions"]],
        other => panic!("{other} is new: say here how it is run, so that nothing that it prints holds a secret"),
    }
}

/// What someone reads of an output: of a workbook, all of its parts.
fn shown_by(output: &[u8]) -> String {
    if !output.starts_with(b"PK") {
        return String::from_utf8_lossy(output).into_owned();
    }
    let mut workbook = zip::ZipArchive::new(std::io::Cursor::new(output)).expect("an archive");
    let mut all = String::new();
    for at in 0..workbook.len() {
        let mut part = workbook.by_index(at).expect("a part");
        std::io::Read::read_to_string(&mut part, &mut all).expect("text");
    }
    assert!(all.contains("<worksheet"), "it holds no sheet");
    all
}

fn leaked(text: &str) -> Vec<&'static str> {
    PLANTED.into_iter().filter(|literal| text.contains(literal)).collect()
}

#[test]
fn no_command_and_no_format_prints_the_value_of_a_secret() {
    let root = tempfile::tempdir().expect("a folder");
    plant(root.path());
    let mut wrong = Vec::new();
    let commands = commands();
    assert!(
        commands.len() > 8 && commands.iter().any(|command| command == "check"),
        "{commands:?}"
    );
    for form in commands.iter().flat_map(|command| forms(command)) {
        let mut extras: Vec<Vec<String>> = vec![Vec::new()];
        extras.extend(
            formats(form)
                .into_iter()
                .map(|format| vec!["--format".to_owned(), format]),
        );
        for extra in extras {
            let mut command = soclint();
            command
                .args(*form)
                .args(&extra)
                .current_dir(root.path())
                .env("SOCLINT_AS_OF", AS_OF);
            let output = run(&mut command);
            for (stream, text) in [("output", &output.stdout), ("errors", &output.stderr)] {
                let text = shown_by(text);
                assert!(!text.contains("panicked"), "{form:?} {extra:?}: {text}");
                let leaked = leaked(&text).into_iter();
                wrong.extend(leaked.map(|literal| format!("{form:?} {extra:?} prints {literal} among its {stream}")));
            }
        }
    }
    // What commands wrote, too.
    for path in crate::cases::files(root.path()) {
        let inside = path
            .strip_prefix(root.path())
            .expect("within")
            .to_string_lossy()
            .replace('\\', "/");
        if !FILES.iter().any(|(known, _)| *known == inside) {
            let text = std::fs::read(&path).expect("a file");
            let leaked = leaked(&String::from_utf8_lossy(&text)).into_iter();
            wrong.extend(leaked.map(|literal| format!("{inside} holds {literal}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The test above could not fail if the excerpts had none of these lines.
#[test]
fn lines_with_what_is_planted_are_in_the_excerpts() {
    let root = tempfile::tempdir().expect("a folder");
    plant(root.path());
    let shown = tool::stdout(&run(soclint()
        .args(["check", "--as-of", AS_OF, "--format", "pretty", "--root"])
        .arg(root.path())));
    let is_drawn = |name: &str| {
        let mut lines = shown.lines().filter(|line| line.contains('│') && line.contains(name));
        lines.any(|line| line.contains("****"))
    };
    for number in ["5", "6", "11", "26", "27", "28", "34", "35", "36", "37", "38", "39"] {
        let name = format!("secrets.P{number}_TOKEN");
        assert!(is_drawn(&name), "{name}: {shown}");
    }
    for name in [
        "\"MARK40_TOKEN\"",
        "\"Authorization\"",
        "X-MARK42-Key",
        "\"MARK49_TOKEN\"",
        "//51.example.com/:_authToken",
        "//53.example.com/:_password",
        "password",
    ] {
        assert!(is_drawn(name), "{name}: {shown}");
    }
}
