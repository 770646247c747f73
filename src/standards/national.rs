//! National standards of assurance engagements, by the letters that they are cited with.

/// A body's letters, and the country whose auditors report under them.
const NATIONAL: [(&str, &str); 6] = [
    ("aaf", "gb"),
    ("asae", "au"),
    ("csae", "ca"),
    ("hksae", "hk"),
    ("idw", "de"),
    ("standaard", "nl"),
];

/// The countries whose standards a report states it is issued under: `CSAE 3416`, `IDW PS 951`.
pub fn countries(issued_under: &str) -> impl Iterator<Item = &'static str> {
    let words: Vec<String> = issued_under
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| {
            word.chars()
                .take_while(|c| c.is_alphabetic())
                .collect::<String>()
                .to_lowercase()
        })
        .collect();
    let named = NATIONAL.into_iter();
    named
        .filter(move |(letters, _)| words.iter().any(|word| word == letters))
        .map(|(_, country)| country)
}

#[cfg(test)]
mod tests {
    use super::countries;

    #[test]
    fn a_standard_is_told_by_its_letters() {
        let of = |text: &str| countries(text).collect::<Vec<_>>();
        assert_eq!(of("CSAE 3416"), ["ca"]);
        assert_eq!(of("csae3416 and SSAE 18"), ["ca"]);
        assert_eq!(of("AAF 01/20"), ["gb"]);
        assert_eq!(of("IDW PS 951 n.F."), ["de"]);
        assert_eq!(of("NV COS, Standaard 3402"), ["nl"]);
        assert!(of("SSAE 18 (AT-C 320)").is_empty());
        assert!(of("ISAE 3402").is_empty() && of("").is_empty());
    }
}
