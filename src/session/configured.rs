//! An estate by another's config: what that would show of it.

use super::Session;
use crate::error::Error;
use crate::source::Source;

impl Session {
    /// Whether what configs say is the same as elsewhere, word by word.
    pub(crate) fn is_configured_as(&self, other: &Self) -> bool {
        let (own, others) = (self.effective.borrow_owner(), other.effective.borrow_owner());
        let is_same = |(one, other): (&Source, &Source)| one.text == other.text;
        own.len() == others.len() && own.iter().zip(others).all(is_same)
    }

    /// The same files, read and judged by another's config.
    pub(crate) fn configured_as(&self, other: &Self) -> Result<Self, Error> {
        let mut session = Self::with_configs(self.root.clone(), other.effective.borrow_owner().clone())?;
        session.shown.always = self.shown.always;
        session.read(|_| ())?;
        Ok(session)
    }
}
