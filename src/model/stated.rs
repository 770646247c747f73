//! What is known of something that may be stated.

/// Something that may be stated: nothing says it, something says it and cannot be read, or it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated<T> {
    Absent,
    Unknown,
    Known(T),
}

impl<T> Stated<T> {
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

impl<T: Copy> Stated<T> {
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(value) => Some(*value),
            _ => None,
        }
    }
}

impl<T> From<Option<T>> for Stated<T> {
    fn from(known: Option<T>) -> Self {
        known.map_or(Self::Absent, Self::Known)
    }
}
