//! Who owns a folder, by the file in which GitHub and GitLab look that up.

use super::read;
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
        let mut owners = Vec::new();
        for section in &self.sections {
            let line = section.lines.iter().rev().find(|(pattern, _)| owns(pattern, folder));
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
