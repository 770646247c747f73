//! What tables, keys and terms are: pages for a terminal, and the chapters of `docs/`.

mod glossary;
mod locators;
mod page;
mod tables;
mod takes;

pub use glossary::markdown as glossary_markdown;
pub use locators::markdown as locators_markdown;
pub use page::terminal as topic_for_terminal;
pub use tables::{config_markdown, manifest_markdown};
