//! What only people know of a service, and `init` asks.

use crate::model::{Category, FinancialImpact};

/// An answer that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// How it is chosen.
    pub word: &'static str,
    pub meaning: &'static str,
}

/// What the service is. The first is the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Offering {
    #[default]
    Experimental,
    External,
    Internal,
    SelfHosted,
}

/// The answers. By default nothing is declared that was not answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    pub offering: Offering,
    /// Who relies on it for their books.
    pub books: Option<FinancialImpact>,
    /// What is promised to its users.
    pub promises: Vec<Category>,
}

impl Offering {
    pub const ALL: [Self; 4] = [Self::Experimental, Self::External, Self::Internal, Self::SelfHosted];
    pub const CHOICES: [Choice; 4] = [
        Choice {
            word: "experimental",
            meaning: "no one relies on it yet, and no report is asked for",
        },
        Choice {
            word: "external",
            meaning: "customers use it as a service",
        },
        Choice {
            word: "internal",
            meaning: "only we ourselves use it",
        },
        Choice {
            word: "self-hosted",
            meaning: "customers run the software themselves",
        },
    ];

    pub fn lifecycle(self) -> &'static str {
        match self {
            Self::Experimental => "experimental",
            _ => "production",
        }
    }

    /// What is said of it; nothing before others rely on it.
    pub fn exposure(self) -> Option<&'static str> {
        match self {
            Self::Experimental => None,
            Self::External => Some("external"),
            Self::Internal => Some("internal"),
            Self::SelfHosted => Some("self-hosted"),
        }
    }

    /// Whether it is there for others, to whom something can be promised.
    pub fn is_offered(self) -> bool {
        matches!(self, Self::External | Self::SelfHosted)
    }
}

/// As [`FinancialImpact::ALL`], after the default.
pub const BOOKS: [Choice; 6] = [
    Choice {
        word: "unsure",
        meaning: "not stated for now",
    },
    Choice {
        word: FinancialImpact::Direct.as_str(),
        meaning: "customers: it initiates, records or processes their transactions",
    },
    Choice {
        word: FinancialImpact::Indirect.as_str(),
        meaning: "customers: it feeds or supports what does",
    },
    Choice {
        word: FinancialImpact::ItgcOnly.as_str(),
        meaning: "customers, but only through general IT controls",
    },
    Choice {
        word: FinancialImpact::OwnBooks.as_str(),
        meaning: "we ourselves",
    },
    Choice {
        word: FinancialImpact::None.as_str(),
        meaning: "no one",
    },
];

/// As [`Category::ALL`].
pub const PROMISES: [Choice; 5] = [
    Choice {
        word: Category::Security.as_str(),
        meaning: "it is protected against unauthorized access",
    },
    Choice {
        word: Category::Availability.as_str(),
        meaning: "it can be used as agreed, such as 99.9 % of the time",
    },
    Choice {
        word: Category::ProcessingIntegrity.as_str(),
        meaning: "what it processes is complete, valid, accurate and on time",
    },
    Choice {
        word: Category::Confidentiality.as_str(),
        meaning: "what is confidential stays so",
    },
    Choice {
        word: Category::Privacy.as_str(),
        meaning: "personal information is handled as the privacy notice states",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Exposure;

    #[test]
    fn every_word_is_one_that_manifests_know() {
        let mut exposures = Offering::ALL.iter().filter_map(|offering| offering.exposure());
        assert!(exposures.all(|word| Exposure::ALL.iter().any(|known| known.as_str() == word)));
        let words = |choices: &[Choice]| choices.iter().map(|choice| choice.word).collect::<Vec<_>>();
        let impacts: Vec<&str> = FinancialImpact::ALL.iter().map(|impact| impact.as_str()).collect();
        assert_eq!(words(&BOOKS[1..]), impacts);
        let promised: Vec<&str> = Category::ALL.iter().map(|category| category.as_str()).collect();
        assert_eq!(words(&PROMISES), promised);
    }
}
