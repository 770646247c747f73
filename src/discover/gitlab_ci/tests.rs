use super::shell::read;
use super::*;
use crate::discover::{Demand, What, assemble};
use std::time::{Duration, Instant};

fn looked(text: &str) -> Shows {
    let path = ".gitlab-ci.yml";
    see(Input { path, text })
}

/// The locators that are left of some files, each once, with what is asked.
fn seen(files: &[&str]) -> Vec<(String, Demand)> {
    let files = files.iter().enumerate();
    let shows = files
        .map(|(at, text)| (format!(".gitlab/{at}.yml"), looked(text)))
        .collect();
    let things = assemble(shows, true);
    things.into_iter().map(|thing| (thing.locator, thing.demand)).collect()
}

fn used(script: &str) -> Vec<&str> {
    let variables = read(script);
    for (name, place) in &variables.uses {
        assert_eq!(&script[place.clone()], *name, "{script}");
    }
    let defined = &variables.defines;
    let names = variables.uses.iter().map(|(name, _)| *name);
    names.filter(|name| !defined.contains(name)).collect()
}

#[test]
fn a_script_uses_what_its_shell_expands() {
    for (script, names) in [
        (
            "curl -H \"X: $TOKEN\" ${HOST}/$PATH_1",
            &["TOKEN", "HOST", "PATH_1"][..],
        ),
        ("echo '$A' \"'$B'\" \\$C \"\\$D\" $$E ${#F}", &["B", "F"]),
        ("echo \"$(cat '$A' \"$B\")\" `echo $C` # $D", &["B", "C"]),
        ("echo a#$A \"# $B\"\n# it's $C\necho $D", &["A", "B", "D"]),
        (
            "${A:-$B} ${C:+'x'} ${D%.*} ${!E} ${F[0]} ${G@Q} ${H//a/$I}",
            &["A", "B", "C", "D", "G", "H", "I"],
        ),
        ("\"${A:-it's} $B\" '$C'", &["A", "B"]),
        (
            "x $(( $A + 1 )) ${{ B }} $[[ inputs.C ]] $D_$[[ inputs.e ]] ${F$[[ inputs.g ]]}",
            &["A"],
        ),
        ("$'it\\'s $A' $\"$B\"", &["B"]),
        (
            "cat <<EOF\n'$A' \\$B ${C} # $D\nEOF\necho '$E' $F",
            &["A", "C", "D", "F"],
        ),
        ("cat <<'EOF' | x $A\n$B\nEOF\necho $C", &["A", "C"]),
        ("cat <<-\"EOF\"\n\t$A\n\tEOF\necho $B", &["B"]),
        ("cat <<A <<'B'\n$X\nA\n$Y\nB\n$Z", &["X", "Z"]),
        ("x <<< \"$A\" << $B\necho '$C' $D", &["A", "B", "D"]),
        ("x << EOF\necho '$A' $B", &["B"]),
        ("Invoke-X -Key $env:A -B \"${Env:B}\" `$C", &["A", "B"]),
        ("it's $A", &[]),
        ("$", &[]),
        ("${", &[]),
        ("${A", &[]),
        ("é$A\\é${B}ü", &["A", "B"]),
    ] {
        assert_eq!(used(script), names, "{script}");
    }
}

#[test]
fn what_a_script_sets_is_its_own() {
    for script in [
        "A=1; x $A",
        "export A=$(x); y $A",
        "A+=b x $A",
        "echo \"A=1\" >> build.env\nx $A",
        "echo 'A=1' >> build.env\nx $A",
        "while IFS=, read -r -p 'x: ' B A; do x $A; done < y",
        "for A in a b; do x $A; done",
        "local A B; x $A",
        "declare -r A\nx $A",
        "mapfile -t A < x; y ${A}",
        "getopts ab: A; x $A",
        "printf -v A '%s' x; y $A",
        ": \"${A:=b}\"; x $A",
        "$A = Get-Secret x\ny -Key $A",
        "foreach ($A in Get-X) { y $A }",
        "cat > .env <<'EOF'\nexport A=1\nEOF\n. .env; x $A",
        "case $(x) in a) A=1;; esac; x $A",
    ] {
        assert_eq!(used(script), Vec::<&str>::new(), "{script}");
    }
    for script in [
        "A=$A x",
        "export A=\"${A:-b}\"",
        "docker build --build-arg A=$A .",
        "echo \"A=$A\" > .env",
        "A=$(echo $A | base64 -d)",
        "[ $A == b ]",
        "[[ $A = b ]]",
        "if [ -z $A ]; then x; fi",
        "x --A=1 $A",
        "x -DA=1 $A",
        "echo \"$A\" # A=1",
        "cat > .env <<EOF\nA=$A\nEOF\n",
    ] {
        assert_eq!(used(script).first(), Some(&"A"), "{script}");
    }
}

#[test]
fn what_one_file_sets_another_does_not_show() {
    let uses = "job:\n  script: x $A_TOKEN $B_TOKEN $C_TOKEN $D_TOKEN $E_TOKEN $F_TOKEN $G_TOKEN $H_TOKEN $I_TOKEN\n";
    let all = seen(&[uses]);
    assert_eq!(all.len(), 9);
    assert!(all.iter().all(|(_, demand)| *demand == Demand::Demanded));
    let sets = "variables: {A_TOKEN: a}\n.b:\n  variables: &b {B_TOKEN: {value: b, description: c}}\nworkflow:\n  rules:\n    - variables: {C_TOKEN: c}\njob:\n  rules:\n    - variables: {D_TOKEN: d}\n  parallel:\n    matrix:\n      - E_TOKEN: [e]\n  id_tokens:\n    F_TOKEN: {aud: x}\n  secrets:\n    G_TOKEN: {vault: a/b/c@d}\n  script:\n    - - H_TOKEN=$(x)\n";
    let left: Vec<String> = seen(&[uses, sets]).into_iter().map(|(locator, _)| locator).collect();
    assert_eq!(left, ["gitlab-oidc:F_TOKEN", "gitlab-variable:I_TOKEN"]);
    let itself = "variables: {A_TOKEN: $A_TOKEN, B_TOKEN: $B_TOKEN_PROD}\njob: {script: x $B_TOKEN}\n";
    let left: Vec<String> = seen(&[itself]).into_iter().map(|(locator, _)| locator).collect();
    assert_eq!(left, ["gitlab-variable:A_TOKEN", "gitlab-variable:B_TOKEN_PROD"]);
}

#[test]
fn a_name_says_what_is_asked() {
    let text = "job:\n  script:\n    - x $API_KEY $quay_password $CI_JOB_TOKEN $GITLAB_TOKEN $HOME $RANDOM $i $SOMETHING\n    - x $CODECOV_TOKEN $SLACK_WEBHOOK $REGION $QUAY_USER $QUAY_PASSWORD\n";
    let seen = seen(&[text]);
    let seen: Vec<(&str, Demand)> = seen
        .iter()
        .filter_map(|(locator, demand)| Some((locator.strip_prefix(VARIABLE)?, *demand)))
        .collect();
    let expected = [
        ("API_KEY", Demand::Demanded),
        ("CODECOV_TOKEN", Demand::Shown),
        ("QUAY_PASSWORD", Demand::Demanded),
        ("REGION", Demand::Shown),
        ("SLACK_WEBHOOK", Demand::Shown),
        ("SOMETHING", Demand::Shown),
        ("quay_password", Demand::Demanded),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn an_environment_is_that_of_the_job() {
    let text = ".deploy: &deploy\n  - x $A_TOKEN\na:\n  environment: production\n  script: *deploy\nb:\n  environment: {name: staging, url: https://x}\n  script:\n    - *deploy\n    - !reference [.x, script]\nc:\n  environment: review/$CI_COMMIT_REF_SLUG\n  script: [x $B_TOKEN]\nd:\n  script: *deploy\n";
    let shows = looked(text);
    let environments = |locator: &str| -> Vec<Vec<String>> {
        let seen = shows.sightings.iter().filter(|one| one.locator == locator);
        let of = |what: &What| match what {
            What::Environment(name) => Some(name.clone()),
            _ => None,
        };
        seen.map(|one| one.facts.iter().filter_map(|fact| of(&fact.what)).collect())
            .collect()
    };
    assert_eq!(environments("gitlab-variable:A_TOKEN"), [["production", "staging"]]);
    assert_eq!(environments("gitlab-variable:B_TOKEN"), [Vec::<String>::new()]);
    assert!(shows.unread.is_empty() && !shows.partial);
}

#[test]
fn a_literal_in_variables_is_hidden() {
    let text = "variables:\n  DB_PASSWORD: hunter2hunter2\n  API_KEY: {value: h7Gk29dLmPq8, description: x}\n  NAME: {value: plain}\n";
    let shows = looked(text);
    let mut literals: Vec<&str> = shows.literals.iter().map(|span| &text[span.range()]).collect();
    literals.sort_unstable();
    assert_eq!(literals, ["h7Gk29dLmPq8", "hunter2hunter2"]);
    assert!(!crate::discover::masked(text.to_owned(), &shows).contains("plain"));
}

#[test]
fn what_is_no_yaml_is_told_where_yaml_has_to_be() {
    let torn = "variables: {A: b\n";
    let told = |path: &str, text: &str| {
        let shows = see(Input { path, text });
        (shows.partial, shows.unread.len())
    };
    assert_eq!(told(".gitlab-ci.yml", torn), (true, 1));
    assert_eq!(told("x/a.gitlab-ci.yml", torn), (true, 0));
    assert_eq!(told(".gitlab/a.yml", &format!("{{% if x %}}\n{torn}")), (true, 0));
    let behind = looked("spec: {inputs: {a: {}}}\n---\njob: {script: x $A_TOKEN}\n---\n{");
    assert_eq!((behind.sightings.len(), behind.unread.len()), (1, 1));
}

#[test]
fn no_shape_takes_more_than_linear_time() {
    let lists: String = (1..40)
        .map(|at| format!(".l{at}: &l{at} [*l{before}, *l{before}, *l{before}]\n", before = at - 1))
        .collect();
    let shapes = [
        format!(".l0: &l0 [x $A_TOKEN]\n{lists}job: {{script: *l39}}\n"),
        "job:\n  script:\n".to_owned() + &"    - 'x $A_TOKEN'\n".repeat(40_000),
        "job:\n  script: |\n    ".to_owned() + &"$(".repeat(200_000),
        "job:\n  script: |\n    ".to_owned() + &"A=".repeat(200_000),
        "job:\n  script: |\n    ".to_owned() + &"x <<E ".repeat(100_000) + "\n    x\n",
        "job:\n  script: |\n".to_owned() + &"    x <<E\n".repeat(60_000),
        "job:\n  script: |\n    ".to_owned() + &"$[[ ".repeat(150_000),
        "job:\n  script: |\n    ".to_owned() + &"\"`".repeat(200_000),
        "job:\n  script: |\n    ".to_owned() + &"${A:-".repeat(150_000),
        "job:\n  script: |\n    ".to_owned() + &"read A $A = ".repeat(60_000),
        "job:\n  script: |\n    A=$(".to_owned() + &"$A ".repeat(200_000),
        ".x: &x {script: &y [".to_owned()
            + &"x $A_TOKEN, ".repeat(20_000)
            + "]}\n"
            + &(0..10_000)
                .map(|at| format!("j{at}: {{<<: *x, environment: e{at}}}\n"))
                .collect::<String>(),
    ];
    for shape in shapes {
        let start = Instant::now();
        let shows = looked(&shape);
        for one in &shows.sightings {
            assert!(shape.get(one.span.range()).is_some());
        }
        let took = start.elapsed();
        let head: String = shape.chars().take(60).collect();
        assert!(took < Duration::from_secs(60), "{took:?}: {head}");
    }
}

proptest::proptest! {
    #[test]
    fn no_script_panics(text in "[ \\n\\\\$`'\"{}()#<>=:;|!&\\[\\]é🔑A-Ca-ceEnvrd_-]{0,60}") {
        let variables = read(&text);
        for (name, place) in variables.uses {
            proptest::prop_assert_eq!(&text[place], name);
        }
        let _ = super::job::uses_in_value(&text);
        let yaml = format!("job:\n  script: |\n    {}\n  variables: {{A: {text}}}", text.replace('\n', "\n    "));
        for one in looked(&yaml).sightings {
            proptest::prop_assert!(yaml.get(one.span.range()).is_some());
        }
        let _ = looked(&text);
    }
}

#[test]
fn nothing_of_a_script_but_names_is_kept() {
    let text = "job:\n  script:\n    - curl -u admin:hunter2 -p'hunter2' \"$API_TOKEN\" --key hunter2 # hunter2\n    - |\n      export API_PASSWORD=hunter2\n      cat <<EOF\n      hunter2 ${API_KEY:-hunter2}\n      EOF\n  variables: {DB_PASSWORD: hunter2, OTHER: 'hunter2 $DB_TOKEN'}\n";
    let shows = looked(text);
    let kept = crate::discover::masked(text.to_owned(), &shows);
    assert!(!kept.contains("hunter2"), "{kept}");
    for name in ["API_TOKEN", "API_KEY", "DB_TOKEN"] {
        assert!(kept.contains(name), "{name}");
    }
}
