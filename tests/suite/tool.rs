//! Running the binary.

pub use crate::cases::{AS_OF, project};
use serde_json::Value;
use soclint::{Checked, Choice, Format, RenderOptions, Session};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A run that takes longer, even on the busiest machine, does not end. How quick it is, the benchmark tells.
pub const HANGS: std::time::Duration = std::time::Duration::from_secs(600);

/// Where the pages of this version are read.
pub const PAGES: &str = concat!(
    "https://github.com/soclint/soclint/blob/v",
    env!("CARGO_PKG_VERSION"),
    "/src/rules/"
);

/// Where editors read a schema of this version from.
pub fn schema_address(name: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("https://raw.githubusercontent.com/soclint/soclint/v{version}/schemas/{name}.schema.json")
}

/// The binary, with nothing of the surroundings that could change what it does.
pub fn soclint() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soclint"));
    for name in [
        "SOCLINT_AS_OF",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "NO_GRAPHICS",
        "COLUMNS",
        "GITHUB_SERVER_URL",
        "GITHUB_REPOSITORY",
        "GITHUB_SHA",
        "CI_PROJECT_URL",
        "CI_COMMIT_SHA",
    ] {
        command.env_remove(name);
    }
    command
}

pub fn run(command: &mut Command) -> Output {
    command.output().expect("the binary starts")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// Checks an estate and gives what `--format json` says, without starting the binary for it.
pub fn check_json(root: &Path, as_of: &str) -> Value {
    json_of(root, as_of, &Choice::default())
}

/// The same, of some rules.
pub fn check_json_with(root: &Path, as_of: &str, rules: &[&str]) -> Value {
    let select = rules.iter().map(|rule| (*rule).to_owned()).collect();
    let choice = Choice {
        select,
        ..Choice::default()
    };
    json_of(root, as_of, &choice)
}

/// Checks an estate in process.
pub fn checked(root: &Path, as_of: &str, choice: &Choice) -> Checked {
    let session = Session::of_folder(root).unwrap_or_else(|error| panic!("{}: {error}", root.display()));
    session.check(as_of.parse().expect("a date"), choice)
}

fn json_of(root: &Path, as_of: &str, choice: &Choice) -> Value {
    let checked = checked(root, as_of, choice);
    document(Format::Json, &checked)
}

/// What a format that is JSON says of what was found.
pub fn document(format: Format, checked: &Checked) -> Value {
    serde_json::from_str(&checked.render(format, &RenderOptions::default())).expect("the output is JSON")
}

/// What the binary prints as JSON.
pub fn printed_json(root: &Path, as_of: &str) -> Value {
    let output = run(soclint()
        .args(["check", "--format", "json", "--as-of", as_of, "--root"])
        .arg(root));
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}: exit {:?}: {}",
        root.display(),
        output.status.code(),
        stderr(&output)
    );
    serde_json::from_slice(&output.stdout).expect("the output is JSON")
}

pub fn findings(document: &Value) -> &[Value] {
    document["findings"].as_array().expect("findings are a list")
}

/// The text of a file at a JSON location.
pub fn text_at(root: &Path, location: &Value) -> String {
    let path = root.join(location["path"].as_str().expect("a location has a path"));
    let bytes = std::fs::read(&path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes)
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n");
    let number =
        |end: &str, key: &str| usize::try_from(location[end][key].as_u64().expect("a number")).expect("fits") - 1;
    let offset = |end: &str| {
        let (line, column) = (number(end, "line"), number(end, "column"));
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let rest = &text[start.min(text.len())..];
        start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
    };
    let (start, end) = (offset("start"), offset("end"));
    text.get(start..end.max(start)).unwrap_or_default().to_owned()
}

/// Copies a folder, with everything hidden in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("a folder can be read") {
        let entry = entry.expect("an entry can be read");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}

/// Copies a bundled company to where nothing is the same but its place in its repository.
pub fn copied_estate(name: &str) -> (tempfile::TempDir, PathBuf) {
    let (root, project) = (tempfile::tempdir().expect("a folder"), project());
    let estate = project.join("fixtures/estates").join(name);
    let repository = project.ancestors().find(|folder| folder.join(".git").exists());
    let copy = match repository {
        Some(top) => {
            git(root.path(), &["init", "-q"]);
            root.path().join(estate.strip_prefix(top).expect("it lies in it"))
        }
        None => root.path().to_owned(),
    };
    copy_folder(&estate, &copy);
    if root.path().join(".git").exists() {
        git(root.path(), &["add", "--force", "."]);
    }
    (root, copy)
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "core.autocrlf=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", stderr(&output));
}

pub fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
    std::fs::write(path, text).expect("a file can be written");
}
