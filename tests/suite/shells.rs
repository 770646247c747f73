//! `soclint completions` and `soclint man` know every command and option.

use crate::tool::{run, soclint, stderr, stdout};
use std::collections::BTreeSet;

/// The commands that the program's help lists.
fn commands() -> Vec<String> {
    let help = printed(&["--help"]);
    let list = help
        .split("Commands:\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next());
    let names = list
        .expect("a list")
        .lines()
        // What is said of a command may go on in another line, further in.
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    let commands: Vec<String> = names.filter(|name| *name != "help").map(str::to_owned).collect();
    assert!(
        commands.len() >= 7 && commands.contains(&"man".to_owned()),
        "{commands:?}"
    );
    commands
}

fn printed(args: &[&str]) -> String {
    let output = run(soclint().args(args));
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    stdout(&output)
}

/// The long options that a command's help lists.
fn options(command: &str) -> BTreeSet<String> {
    let help = printed(&[command, "--help"]);
    let starts = help.lines().filter_map(|line| line.trim_start().split_once("--"));
    starts
        .filter(|(before, _)| before.is_empty() || before.ends_with(", "))
        .map(|(_, rest)| {
            rest.split(|c: char| c != '-' && !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

#[test]
fn every_shell_completes_commands_options_and_rules() {
    assert!(options("check").len() > 8, "{:?}", options("check"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for command in &commands() {
            assert!(script.contains(command.as_str()), "{shell} does not know {command}");
            for option in options(command) {
                assert!(script.contains(&option), "{shell} does not know {command} --{option}");
            }
        }
    }
    // Of an option's values, the other two complete none.
    for shell in ["bash", "zsh", "fish"] {
        let script = printed(&["completions", shell]);
        assert!(script.contains("stale-report") && script.contains("junit"), "{shell}");
    }
    assert_eq!(run(soclint().args(["completions", "cmd"])).status.code(), Some(2));
}

#[test]
fn every_shell_completes_what_explain_knows() {
    let scripts =
        ["bash", "zsh", "fish", "elvish", "powershell"].map(|shell| (shell, printed(&["completions", shell])));
    for name in [
        "stale-report",
        "identities.rotation.every",
        "waiver-policy",
        "user-entity",
        "CUEC",
        "CC6.1",
    ] {
        for (shell, script) in &scripts {
            let line = match *shell {
                "powershell" => {
                    format!("[CompletionResult]::new('{name}', '{name}', [CompletionResultType]::ParameterValue, '")
                }
                "elvish" => format!("            cand '{name}' '"),
                "fish" => format!(" {name} "),
                "zsh" => format!("\n{name}\\:\""),
                _ => format!(" {name} "),
            };
            assert!(script.contains(&line), "{shell} does not offer {name}");
        }
    }
    let elvish = &scripts[3].1;
    assert!(
        !elvish.contains("'s own '") && elvish.contains("''"),
        "quotes are doubled"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn bash_offers_what_fits() {
    let offered = |words: &[&str]| {
        let script = format!(
            "source <(\"$0\" completions bash)\nCOMP_WORDS=({})\nCOMP_CWORD={}\n_soclint soclint \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
            words.join(" "),
            words.len() - 1
        );
        let output = run(std::process::Command::new("bash")
            .args(["-c", &script])
            .arg(env!("CARGO_BIN_EXE_soclint")));
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{}",
            stderr(&output)
        );
        stdout(&output).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(offered(&["soclint", "comple"]), ["completions"]);
    assert_eq!(offered(&["soclint", "explain", "stale-r"]), ["stale-report"]);
    assert_eq!(
        offered(&["soclint", "explain", "identities.rotation.m"]),
        ["identities.rotation.mode"]
    );
    assert_eq!(
        offered(&["soclint", "explain", "bridge-l"]),
        ["bridge-letter-misused", "bridge-letter"]
    );
    assert_eq!(offered(&["soclint", "explain", "CC6.1"]), ["CC6.1"]);
    assert_eq!(offered(&["soclint", "check", "--ignore", "stale-r"]), ["stale-report"]);
    assert_eq!(offered(&["soclint", "check", "--format", "git"]), ["github", "gitlab"]);
}

#[test]
fn there_is_a_page_for_the_program_and_for_each_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(soclint().args(["man", "--dir"]).arg(folder.path()));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a page");
    let program = read("soclint.1");
    assert_eq!(program, printed(&["man"]));
    assert!(
        program.contains("\n.TH soclint 1 ") && program.contains("Exit status"),
        "{program}"
    );
    let version = env!("CARGO_PKG_VERSION");
    for command in &commands() {
        let page = read(&format!("soclint-{command}.1"));
        assert_eq!(page, printed(&["man", command]));
        assert!(
            page.contains(&format!("\n.TH soclint-{command} 1  \"soclint {version}\"")),
            "{page}"
        );
        for option in options(command) {
            let escaped = format!("\\-\\-{}", option.replace('-', "\\-"));
            assert!(page.contains(&escaped), "{command} --{option} in:\n{page}");
        }
    }
    let mut named = BTreeSet::from(["soclint.1".to_owned()]);
    let mut written = BTreeSet::new();
    for entry in std::fs::read_dir(folder.path()).expect("a folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let page = read(&name).replace("\\-", "-");
        let others = page.lines().filter_map(|line| line.strip_suffix("(1)"));
        named.extend(others.map(|other| format!("{other}.1")));
        written.insert(name);
    }
    assert_eq!(named, written, "each page is named, and each that is named is there");
    let output = run(soclint().args(["man", "chekc"]));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("check, "), "{}", stderr(&output));
    let new = folder.path().join("not/there/yet");
    let output = run(soclint().args(["man", "--dir"]).arg(&new));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(new.join("soclint.1").exists(), "the folder is made");
    let in_a_file = folder.path().join("soclint.1/pages");
    let output = run(soclint().args(["man", "--dir"]).arg(&in_a_file));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("pages cannot be made"), "{}", stderr(&output));
}
