//! What a catalogue of ids is.

/// An id, and what it is about in our own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    pub id: &'static str,
    pub title: &'static str,
}

/// Ids that one organization publishes and others cite.
#[derive(Debug)]
pub struct Catalogue {
    pub name: &'static str,
    /// Where the catalogue is of one edition; publications have each their own.
    pub version: Option<&'static str>,
    pub organization: &'static str,
    /// What it is, in our own words.
    pub about: &'static str,
    /// Prefixes used before its ids; the first is the canonical one.
    pub prefixes: &'static [&'static str],
    /// Whether an id is ambiguous without the prefix.
    pub prefix_needed: bool,
    /// What is cited for the catalogue as a whole, where its ids are checked.
    pub whole: &'static [&'static str],
    /// Whether a text looks like one of its ids. Only where every id is listed: others cannot be checked.
    pub shape: Option<fn(&str) -> bool>,
    /// The previous edition, if its ids are numbered differently.
    pub earlier: Option<Earlier>,
    pub references: &'static [Reference],
}

/// An earlier edition, which is still cited in practice.
#[derive(Debug)]
pub struct Earlier {
    pub version: &'static str,
    /// Whether an id of the catalogue's form is numbered as in this edition.
    pub shape: fn(&str) -> bool,
    /// Its ids with known successors.
    pub retired: &'static [Retired],
}

/// An id of an earlier edition.
#[derive(Debug)]
pub struct Retired {
    pub id: &'static str,
    /// Ids of the catalogue that cover what it was about.
    pub successors: &'static [&'static str],
}

impl Catalogue {
    /// "NIST Cybersecurity Framework 2.0".
    pub fn title(&self) -> String {
        self.edition(self.version)
    }

    /// An edition of it: "NIST Cybersecurity Framework 1.1", "Annex A of ISO/IEC 27001:2013".
    pub fn edition(&self, version: Option<&str>) -> String {
        match version {
            Some(version) if self.name.contains("ISO/IEC ") => format!("{}:{version}", self.name),
            Some(version) => format!("{} {version}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// An id as it is cited outside its catalogue: "PCI DSS 8.6.3", "CC6.1".
    pub fn cite(&self, id: &str) -> String {
        match self.prefixes {
            [prefix, ..] if self.prefix_needed => format!("{prefix} {id}"),
            _ => id.to_owned(),
        }
    }

    /// Finds an id, written exactly.
    pub fn find(&self, id: &str) -> Option<&'static Reference> {
        self.references.iter().find(|reference| reference.id == id)
    }

    /// The earlier ids with known successors.
    pub fn retired(&self) -> &'static [Retired] {
        self.earlier.as_ref().map(|earlier| earlier.retired).unwrap_or_default()
    }

    /// An id of the earlier edition with known successors, with or without a zero before its
    /// number: `PR.AC-1`, `PR.AC-01`.
    pub fn find_retired(&self, id: &str) -> Option<&'static Retired> {
        let written = (series(id), number(id));
        let mut retired = self.retired().iter();
        retired.find(|retired| (series(retired.id), number(retired.id)) == written)
    }

    /// The ids that replaced an earlier one.
    pub fn successors(&self, id: &str) -> Option<&'static [&'static str]> {
        self.find_retired(id).map(|retired| retired.successors)
    }

    /// The version of the earlier edition, if `id` is numbered as there.
    pub fn earlier_version(&self, id: &str) -> Option<&'static str> {
        let earlier = self.earlier.as_ref()?;
        let numbered = (earlier.shape)(id) || earlier.retired.iter().any(|retired| retired.id == id);
        numbered.then_some(earlier.version)
    }

    /// Its ids that share all but the last number with `id`, in order.
    pub fn series(&self, id: &str) -> impl Iterator<Item = &'static Reference> {
        let series = series(id).to_owned();
        self.references
            .iter()
            .filter(move |reference| self::series(reference.id) == series)
    }

    /// The id that `id` would be if its last number were written as this catalogue writes numbers: `PR.AA-05` for
    /// `PR.AA-5`.
    pub fn same_number(&self, id: &str) -> Option<&'static Reference> {
        self.series(id).find(|reference| number(reference.id) == number(id))
    }

    /// What may be an id of this catalogue in `text`: what follows a prefix, and the text itself.
    pub fn without_prefix<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let rest = self.prefixes.iter().filter_map(move |prefix| {
            let (start, rest) = text.split_at_checked(prefix.len())?;
            (start.eq_ignore_ascii_case(prefix) && rest.starts_with(' ')).then(|| rest.trim_start())
        });
        rest.chain([text])
    }
}

/// `CC6.1` is of the series `CC6`, `PR.AA-05` of `PR.AA`.
pub fn series(id: &str) -> &str {
    id.trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end_matches(['.', '-'])
}

/// The number of an id in its series.
fn number(id: &str) -> Option<u32> {
    let rest = id[series(id).len()..].trim_start_matches(['.', '-']);
    rest.parse().ok()
}

/// One or two digits.
pub(super) fn is_number(text: &str) -> bool {
    matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit())
}

pub(super) const fn was(id: &'static str, successors: &'static [&'static str]) -> Retired {
    Retired { id, successors }
}

pub(super) const fn r(id: &'static str, title: &'static str) -> Reference {
    Reference { id, title }
}
