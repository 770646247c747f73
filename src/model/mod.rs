//! What all rooms share, and what knows none of them: the closed lists of words, days and durations, ids, regions, and how
//! texts are compared, corrected and listed.

mod date;
mod digest;
mod duration;
mod glob;
mod id;
mod id_vec;
mod ids;
mod locator;
mod named;
pub mod regions;
mod spelling;
mod stated;
mod suggest;
mod text;
mod vocabulary;
mod words;

pub use date::{DATE_NAME, Date, INVALID_DATE, MonthDay, date_in};
pub use digest::{hash_of, hex, sha256, short_digest};
pub use duration::{Duration, INVALID_DURATION};
pub use glob::glob_matches;
pub use id::{ID_PATTERN, is_id};
pub use id_vec::IdVec;
pub use ids::*;
pub use locator::{Locator, SCHEMES, Specificity};
pub(crate) use named::named;
pub use regions::{REGION_NAME, Region, UNKNOWN_VALUE};
pub use spelling::{Compound, canonical, compound, same_type};
pub use stated::Stated;
pub use suggest::{folded, nearest, slip_of, spelt_alike};
pub use text::{Text, is_invisible, shortened};
pub use vocabulary::*;
pub use words::{count, counted, list_words};
