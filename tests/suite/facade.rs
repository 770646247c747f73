//! The library gives others what the program gives, and the suite asks for no more.

use crate::cases::{AS_OF, files, project, shown};
use crate::tool::{self, run, soclint, stdout, write};
use soclint::{Baseline, Choice, Format, RenderOptions, Session, Source};
use std::path::Path;

/// The feature that opens the rooms is on while tests run, for the target beside the suite.
#[test]
fn no_file_of_the_suite_names_the_rooms_behind_the_facade() {
    let rooms = concat!("inter", "nals");
    let suite = files(&project().join("tests/suite"));
    assert!(suite.len() > 60, "{}", suite.len());
    let names = |path: &Path| std::fs::read_to_string(path).expect("a source").contains(rooms);
    let naming: Vec<String> = suite
        .iter()
        .filter(|path| names(path))
        .map(|path| shown(path))
        .collect();
    assert!(naming.is_empty(), "{naming:?}");
    let other = project().join("tests").join(rooms).join("targets.rs");
    assert!(names(&other), "what names them is seen");
}

const MANIFEST: &str = "[services.payouts]\nfinancial-impact = \"direct\"\nexposrue = \"internal\"\nlifecycle = 3\n";

#[test]
fn every_format_is_rendered_as_the_program_prints_it() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "scope.toml", MANIFEST);
    let checked = tool::checked(root.path(), AS_OF, &Choice::default());
    for format in Format::ALL {
        let printed = run(soclint()
            .args(["check", "--as-of", AS_OF, "--format", format.as_str(), "--root"])
            .arg(root.path()));
        let rendered = checked.render(format, &RenderOptions::default());
        assert_eq!(rendered, stdout(&printed), "{format:?}");
    }
}

/// A writer that has room for so many bytes, and takes a few at once.
struct Room {
    left: usize,
    taken: Vec<u8>,
}

impl std::io::Write for Room {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let some = &bytes[..bytes.len().min(7).min(self.left)];
        self.left -= some.len();
        self.taken.extend_from_slice(some);
        Ok(some.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn every_format_is_written_as_it_is_rendered_and_ends_where_there_is_no_room() {
    let manifest = "[services.\"##[a]\u{e9}\\u202e\"]\nfinancial-impact = \"direct\"\nexposrue = \"##vso[b]\"\n";
    let manifest = Source::new("scope.toml".to_owned(), manifest.to_owned());
    let session = Session::of_texts(vec![manifest], Vec::new()).expect("no config");
    let checked = session.check(AS_OF.parse().expect("a date"), &Choice::default());
    let options = RenderOptions::default();
    for format in Format::ALL {
        let rendered = checked.render(format, &options);
        assert!(rendered.contains("unknown-key"), "{format:?}");
        for (left, has_room) in [
            (rendered.len(), true),
            (rendered.len() - 1, false),
            (rendered.len() / 2, false),
            (0, false),
        ] {
            let mut room = Room {
                left,
                taken: Vec::new(),
            };
            let written = checked.write(&mut room, format, &options);
            assert_eq!(written.is_ok(), has_room, "{format:?}: {left} of {}", rendered.len());
            assert_eq!(room.taken, rendered.as_bytes()[..left], "{format:?}");
        }
    }
}

#[test]
fn fixes_are_given_together_and_one_by_one() {
    let manifest = Source::new("scope.toml".to_owned(), MANIFEST.to_owned());
    let session = Session::of_texts(vec![manifest], Vec::new()).expect("no config");
    let checked = session.check(AS_OF.parse().expect("a date"), &Choice::default());
    let fixed = checked.fixed();
    let [fixed] = fixed.as_slice() else {
        panic!("{fixed:?}");
    };
    assert_eq!(fixed.text, MANIFEST.replace("exposrue", "exposure"));
    assert_eq!(fixed.findings, 1);
    let of = |rule: &str| {
        let finding = checked.outcome.findings.iter().find(|finding| finding.rule == rule);
        checked.edits(finding.expect("it is found"))
    };
    let edits = of("unknown-key").expect("a fix");
    assert_eq!((edits.len(), edits[0].text.as_str()), (1, "exposure"));
    assert_eq!(&MANIFEST[edits[0].span.range()], "exposrue");
    assert_eq!(of("wrong-type"), None);
}

#[test]
fn a_baseline_holds_back_what_was_found_when_it_was_written() {
    let one = |name: &str| format!("[services.{name}]\nfinancial-impact = \"direct\"\nexposure = \"external\"\n");
    let manifest = Source::new("scope.toml".to_owned(), one("first"));
    let mut session = Session::of_texts(vec![manifest], Vec::new()).expect("no config");
    let day = AS_OF.parse().expect("a date");
    let before = session.check(day, &Choice::default());
    let adopted = &before.outcome.findings;
    assert!(!adopted.is_empty());
    let written = session.adopt(&before).text().expect("a baseline");
    let baseline = Baseline::parse(&written).expect("a baseline");

    let held = session.check_with_baseline(day, &Choice::default(), &baseline);
    let left: Vec<&str> = held.outcome.findings.iter().map(|finding| &*finding.message).collect();
    assert_eq!(left, [""; 0]);
    assert_eq!(
        held.outcome.summary.baselined,
        adopted.len() + before.outcome.yielded.len()
    );

    session
        .replace(adopted[0].primary.place.file, one("first") + &one("second"))
        .expect("a manifest");
    let after = session.check_with_baseline(day, &Choice::default(), &baseline);
    let new: Vec<&str> = after
        .outcome
        .findings
        .iter()
        .map(|finding| finding.subject.as_str())
        .collect();
    assert!(
        !new.is_empty() && new.iter().all(|subject| *subject == "services.second"),
        "{new:?}"
    );

    let manifest = Source::new("scope.toml".to_owned(), one("first"));
    let config = Source::new(
        "soclint.toml".to_owned(),
        "[waiver-policy]\nbaseline-until = 2026-09-30\n".to_owned(),
    );
    let session = Session::of_texts(vec![manifest], vec![config]).expect("a config");
    let bounded = session.check_with_baseline(day, &Choice::default(), &baseline);
    assert_eq!(bounded.outcome.findings.len(), adopted.len(), "its last day is over");
}

#[test]
fn an_error_says_what_is_wrong_with_a_config_and_where() {
    let config = "[rules]\nstale-reprot = \"off\"\n[policy]\nsecret-stors = \"vault\"\n";
    let config = Source::new("soclint.toml".to_owned(), config.to_owned());
    let error = Session::of_texts(Vec::new(), vec![config]).err().expect("it is wrong");
    let details = error.details();
    let spots: Vec<&str> = details
        .iter()
        .filter_map(|detail| detail.spot.as_ref())
        .map(|spot| spot.source.slice(spot.span))
        .collect();
    assert_eq!(spots, ["stale-reprot", "secret-stors"], "{details:?}");
    assert_eq!(details[0].kind, soclint::ErrorKind::Config);
    let said = details.iter().map(soclint::Detail::in_words).collect::<String>();
    assert!(said.contains("did you mean `stale-report`?"), "{said}");
}
