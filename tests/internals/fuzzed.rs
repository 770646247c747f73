//! The fuzz targets for a moment: every fixture, and the same with pieces changed, by a fixed seed.

use crate::targets::{ALL, BETWEEN};
use crate::tool;
use std::path::{Path, PathBuf};

/// Each run is the same: what fails here fails everywhere. (xorshift64*)
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).expect("31 bits fit") % sides.max(1)
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let mut folders = vec![tool::project().join("fixtures")];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if is_read(&path) => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("a file")).collect()
}

fn is_read(path: &Path) -> bool {
    let known = ["toml", "yml", "yaml", "tf", "json"];
    path.extension()
        .is_some_and(|extension| known.iter().any(|known| extension == *known))
}

const PIECES: [&[u8]; 26] = [
    b"[",
    b"]",
    b"[[",
    b"\"",
    b"\"\"\"",
    b"'",
    b"#",
    b"=",
    b".",
    b"{",
    b"}",
    b",",
    b"\n",
    b"\r\n",
    b"\xff",
    b"\xef\xbb\xbf",
    b"*",
    b"\\u202e",
    b"2026-02-30",
    b"${{ secrets.",
    b"}}",
    b"&a *a",
    b"<<EOF\n",
    b"${",
    b"- - - ",
    BETWEEN,
];

fn mutated(dice: &mut Dice, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = corpus[dice.throw(corpus.len())].clone();
    for _ in 0..=dice.throw(4) {
        let at = dice.throw(bytes.len() + 1);
        let end = (at + dice.throw(12)).min(bytes.len());
        match dice.throw(5) {
            0 => drop(bytes.splice(at..end, [])),
            1 => drop(bytes.splice(at..at, PIECES[dice.throw(PIECES.len())].iter().copied())),
            2 => {
                let other = &corpus[dice.throw(corpus.len())];
                let from = dice.throw(other.len());
                let to = (from + dice.throw(400)).min(other.len());
                drop(bytes.splice(at..end, other[from..to].iter().copied()));
            }
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = dice.throw(bytes.len() + 1);
                drop(bytes.splice(to..to, piece));
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(dice.throw(256)).expect("it fits");
                }
            }
        }
    }
    bytes
}

#[test]
fn nothing_is_broken_by_changed_fixtures() {
    let corpus = corpus();
    assert!(!corpus.is_empty());
    for (name, target) in ALL {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        for round in 0..40 {
            let bytes = mutated(&mut dice, &corpus);
            let outcome = std::panic::catch_unwind(|| target(&bytes));
            assert!(
                outcome.is_ok(),
                "{name}, round {round}:\n{}",
                String::from_utf8_lossy(&bytes)
            );
        }
    }
}
