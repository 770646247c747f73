//! What is measured, in groups of a few minutes each.

mod against_floor;
mod commands;
mod formats;
mod growth;
mod memory;
mod small;

use super::figure::Figure;
use super::measure::Result;
use super::series::Plan;

pub struct Group {
    pub name: &'static str,
    pub title: &'static str,
    pub measure: fn(Plan) -> Result<Vec<Figure>>,
}

const fn group(name: &'static str, title: &'static str, measure: fn(Plan) -> Result<Vec<Figure>>) -> Group {
    Group { name, title, measure }
}

/// In the order of the book's table.
pub const GROUPS: [Group; 13] = [
    group("check", "A check, as a multiple of the floor", against_floor::check),
    group(
        "large-products",
        "100,000 manifests of products",
        against_floor::large_products,
    ),
    group(
        "large-identities",
        "100,000 manifests of identities",
        against_floor::large_identities,
    ),
    group("million", "A million manifests, once", against_floor::million),
    group("memory", "Peak memory of a check", memory::all),
    group("small", "Few manifests", small::all),
    group("formats", "Writing 100,000 findings", formats::all),
    group("links", "Growth, of what is linked", growth::links),
    group("evidence", "Growth, of evidence", growth::evidence),
    group("horizon", "Growth, of what is upcoming", growth::horizon),
    group(
        "each-with-each",
        "Each with each: as many pairs as are declared",
        growth::products,
    ),
    group("discovery", "Discovery", commands::discovery),
    group("commands", "Other commands, over 10,000 manifests", commands::all),
];
