//! Who owns a folder, by the file in which GitHub and GitLab look that up.

use super::read;
use crate::model::is_id;
use std::path::Path;

/// Where GitHub and GitLab look for it, in the order in which they do.
const FILES: [&str; 4] = [
    ".github/CODEOWNERS",
    ".gitlab/CODEOWNERS",
    "CODEOWNERS",
    "docs/CODEOWNERS",
];

pub struct Codeowners {
    pub from: &'static str,
    sections: Vec<Section>,
}

/// GitHub's files are one section; GitLab asks the owners of each section.
#[derive(Default)]
struct Section {
    default: Vec<String>,
    /// Patterns and their owners. The last that fits counts.
    lines: Vec<(String, Vec<String>)>,
}

impl Codeowners {
    pub fn of(repository: &Path) -> Option<Self> {
        let found = FILES
            .iter()
            .find_map(|path| Some((*path, read(&repository.join(path))?)));
        found.map(|(from, text)| Self {
            from,
            sections: sections(&text),
        })
    }

    /// Who owns everything in a folder, as written there. The repository's root is the empty path.
    pub fn owners(&self, folder: &str) -> Vec<&str> {
        self.named(|pattern| owns(pattern, folder))
    }

    /// The one who owns a file, by the last part of the name: `@acme/team-pay` is `team-pay`. Of several, none is it.
    pub fn owner_of_file(&self, path: &str) -> Option<&str> {
        let owners = self.named(|pattern| owns_file(pattern, path));
        let [one] = owners.as_slice() else { return None };
        let id = one.strip_prefix('@')?.rsplit('/').next()?;
        is_id(id).then_some(id)
    }

    fn named(&self, takes: impl Fn(&str) -> bool) -> Vec<&str> {
        let mut owners = Vec::new();
        for section in &self.sections {
            let line = section.lines.iter().rev().find(|(pattern, _)| takes(pattern));
            let Some((_, own)) = line else { continue };
            let own = if own.is_empty() { &section.default } else { own };
            for owner in own {
                if !owners.contains(&owner.as_str()) {
                    owners.push(owner.as_str());
                }
            }
        }
        owners
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        let words = |text: &str| -> Vec<String> {
            let words = text.split_whitespace().take_while(|word| !word.starts_with('#'));
            words.map(str::to_owned).collect()
        };
        if let Some(rest) = header(line) {
            sections.push(Section {
                default: words(rest),
                lines: Vec::new(),
            });
        } else if let (Some(section), [pattern, owners @ ..]) = (sections.last_mut(), words(line).as_slice()) {
            section.lines.push((pattern.clone(), owners.to_vec()));
        }
    }
    sections
}

/// What is behind `[Name]`, `^[Name]` or `[Name][2]`.
fn header(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?;
    let rest = rest.split_once(']').map_or("", |(_, rest)| rest);
    let approvals = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    Some(approvals.map_or(rest, |(_, rest)| rest))
}

/// Whether a pattern takes everything in a folder. What takes some of its files only does not.
fn owns(pattern: &str, folder: &str) -> bool {
    if matches!(pattern, "*" | "**" | "/**") {
        return true;
    }
    // `docs/*` means the files right in `docs`; `!` and `\` are not read as git reads them, or not at all.
    if folder.is_empty() || pattern.ends_with("/*") || pattern.contains(['!', '\\']) {
        return false;
    }
    let body = pattern.strip_suffix("/**").or_else(|| pattern.strip_suffix('/'));
    let body = body.unwrap_or(pattern);
    let (body, is_anywhere) = match body.strip_prefix("**/") {
        Some(rest) => (rest, true),
        None => (body, !body.contains('/')),
    };
    let wanted: Vec<&str> = body.trim_start_matches('/').split('/').collect();
    let parts: Vec<&str> = folder.split('/').collect();
    let fits = |parts: &[&str]| {
        let mut pairs = wanted.iter().zip(parts);
        wanted.len() <= parts.len() && pairs.all(|(wanted, part)| is_like(wanted, part))
    };
    if is_anywhere {
        (0..parts.len()).any(|from| fits(&parts[from..]))
    } else {
        fits(&parts)
    }
}

/// Whether a pattern takes a file, by itself or with the folder that it is in.
fn owns_file(pattern: &str, path: &str) -> bool {
    let (folder, _) = path.rsplit_once('/').unwrap_or_default();
    if owns(pattern, folder) {
        return true;
    }
    if pattern.ends_with('/') || pattern.contains(['!', '\\']) {
        return false;
    }
    let (body, is_anywhere) = match pattern.strip_prefix("**/") {
        Some(rest) => (rest, true),
        None => (pattern, !pattern.contains('/')),
    };
    let mut wanted: Vec<&str> = body.trim_start_matches('/').split('/').collect();
    if is_anywhere {
        wanted.insert(0, "**");
    }
    let parts: Vec<&str> = path.split('/').collect();
    // Up to which parts of the path the pattern can come.
    let mut reached = vec![false; parts.len() + 1];
    reached[0] = true;
    for wanted in wanted {
        let mut next = vec![false; parts.len() + 1];
        if wanted == "**" {
            let from = reached.iter().position(|reached| *reached).unwrap_or(next.len());
            next[from..].fill(true);
        } else {
            for (at, part) in parts.iter().enumerate() {
                next[at + 1] = reached[at] && is_like(wanted, part);
            }
        }
        reached = next;
    }
    reached[parts.len()]
}

/// `*` stands for any run of characters, `?` for one.
fn is_like(wanted: &str, name: &str) -> bool {
    let (wanted, name): (Vec<char>, Vec<char>) = (wanted.chars().collect(), name.chars().collect());
    let (mut w, mut n) = (0, 0);
    let mut star = None;
    while n < name.len() {
        match wanted.get(w) {
            Some('*') => {
                star = Some((w, n));
                w += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => (w, n) = (w + 1, n + 1),
            _ => match &mut star {
                Some((at, from)) => {
                    *from += 1;
                    (w, n) = (*at + 1, *from);
                }
                None => return false,
            },
        }
    }
    wanted[w..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_owns_a_folder_that_it_takes_whole() {
        for (pattern, folder) in [
            ("*", ""),
            ("**", "services/billing"),
            ("/services/", "services/billing"),
            ("/services/billing", "services/billing"),
            ("services/billing/", "services/billing"),
            ("services/billing/**", "services/billing"),
            ("billing", "services/billing"),
            ("billing/", "services/billing"),
            ("**/billing", "services/billing"),
            ("/services/*/", "services/billing"),
            ("/services/bill*", "services/billing"),
        ] {
            assert!(owns(pattern, folder), "{pattern} {folder}");
        }
        for (pattern, folder) in [
            ("*.md", ""),
            ("/services/", ""),
            ("*.md", "services/billing"),
            ("/*", "services/billing"),
            ("/services/*", "services/billing"),
            ("/billing/", "services/billing"),
            ("/services/billing/db/", "services/billing"),
            ("/services/bill", "services/billing"),
            ("!billing", "services/billing"),
            ("", "services/billing"),
            ("/", "services/billing"),
        ] {
            assert!(!owns(pattern, folder), "{pattern} {folder}");
        }
    }

    #[test]
    fn a_pattern_owns_a_file() {
        let path = ".github/workflows/release.yml";
        for pattern in [
            "*",
            "*.yml",
            "release.yml",
            "/.github/",
            ".github/**",
            "/.github/workflows/*",
            "/.github/workflows/*.yml",
            "/.github/**/release.yml",
            "**/workflows/release.yml",
            "workflows",
            "/.github/workflows/release.yml",
        ] {
            assert!(owns_file(pattern, path), "{pattern}");
        }
        for pattern in [
            "/.github/*",
            "/*",
            "/release.yml",
            "*.yaml",
            "release.yml/",
            "/.github/**/other.yml",
            "!*.yml",
            "**/actions/release.yml",
            "",
        ] {
            assert!(!owns_file(pattern, path), "{pattern}");
        }
        let codeowners = |text| Codeowners {
            from: FILES[0],
            sections: sections(text),
        };
        let owner = |text| codeowners(text).owner_of_file(path).map(str::to_owned);
        assert_eq!(owner("* @a/all\n*.yml @a/ci\n"), Some("ci".to_owned()));
        assert_eq!(owner("* @a/all\n*.yml\n"), None, "nobody owns it");
        assert_eq!(owner("* @a @b\n"), None);
        assert_eq!(owner("* jo@example.com\n"), None);
    }

    #[test]
    fn each_section_has_owners_and_the_last_line_of_it_counts() {
        let codeowners = |text| Codeowners {
            from: FILES[0],
            sections: sections(text),
        };
        let github = codeowners("* @a\n/services/ @b # comment\n/services/billing/ @c @d\n/services/free/\n");
        for (folder, owners) in [
            ("", vec!["@a"]),
            ("services/web", vec!["@b"]),
            ("services/billing", vec!["@c", "@d"]),
            ("services/free", vec![]),
        ] {
            assert_eq!(github.owners(folder), owners, "{folder}");
        }
        let gitlab = codeowners("[Code][2] @dev\n*\n^[Docs] @docs\n*.md\n[Ops]\n/services/ @ops\n");
        assert_eq!(gitlab.owners(""), ["@dev"]);
        assert_eq!(gitlab.owners("services/web"), ["@dev", "@ops"]);
    }
}
