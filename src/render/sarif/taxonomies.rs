//! The catalogues that rules refer to, as SARIF taxonomies: of each, the ids that a rule refers to.

use crate::rules::{self, Rule};
use crate::standards::reference::{self, Entry};
use crate::standards::{CATALOGUES, Catalogue, Reference};
use hashbrown::HashMap;
use serde_sarif::sarif;

pub struct Taxonomies {
    listed: Vec<(&'static Catalogue, Vec<&'static Reference>)>,
    /// Where each id stands that a rule refers to.
    taxa: HashMap<&'static str, Option<Taxon>>,
}

/// The number of a taxonomy, and of a taxon in it.
type Taxon = (usize, usize);

impl Taxonomies {
    /// Those of every rule, in the order of the catalogues.
    pub fn of_rules() -> Self {
        let ids = rules::all().flat_map(|rule| rule.references.iter().copied());
        let mut cited: HashMap<&'static str, Option<Entry>> = HashMap::new();
        for id in ids {
            cited.entry(id).or_insert_with(|| reference::locate(id));
        }
        let mut listed = Vec::new();
        for catalogue in CATALOGUES {
            let of_it = cited.values().flatten();
            let of_it: Vec<&Reference> = of_it
                .filter(|entry| std::ptr::eq(entry.catalogue, catalogue))
                .map(|entry| entry.reference)
                .collect();
            let is_cited = |reference: &&'static Reference| of_it.iter().any(|cited| cited.id == reference.id);
            let taxa: Vec<&'static Reference> = catalogue.references.iter().filter(is_cited).collect();
            if !taxa.is_empty() {
                listed.push((catalogue, taxa));
            }
        }
        let taxa = cited
            .into_iter()
            .map(|(id, entry)| (id, entry.and_then(|entry| position(&listed, entry))))
            .collect();
        Self { listed, taxa }
    }

    pub fn components(&self) -> Vec<sarif::ToolComponent> {
        self.listed
            .iter()
            .map(|(catalogue, taxa)| component(catalogue, taxa))
            .collect()
    }

    /// What the driver says that it knows.
    pub fn supported(&self) -> Vec<sarif::ToolComponentReference> {
        (0..)
            .zip(&self.listed)
            .map(|(index, (catalogue, _))| by_name(catalogue, index))
            .collect()
    }

    /// What a rule is about.
    pub fn relationships(&self, rule: &Rule) -> Vec<sarif::ReportingDescriptorRelationship> {
        let relevant = |target| {
            sarif::ReportingDescriptorRelationship::builder()
                .target(target)
                .kinds(vec!["relevant".to_owned()])
                .build()
        };
        self.taxa(rule.references).into_iter().map(relevant).collect()
    }

    /// The taxa that ids mean, each once. The ids are some of those of a rule.
    pub fn taxa(&self, ids: &[&str]) -> Vec<sarif::ReportingDescriptorReference> {
        let mut seen: Vec<Taxon> = Vec::with_capacity(ids.len());
        for taxon in ids.iter().filter_map(|id| *self.taxa.get(id)?) {
            if !seen.contains(&taxon) {
                seen.push(taxon);
            }
        }
        seen.into_iter().map(|taxon| self.reference(taxon)).collect()
    }

    fn reference(&self, (component, taxon): Taxon) -> sarif::ReportingDescriptorReference {
        let number = |index: usize| i64::try_from(index).unwrap_or(-1);
        let (catalogue, taxa) = &self.listed[component];
        sarif::ReportingDescriptorReference::builder()
            .id(taxa[taxon].id)
            .index(number(taxon))
            .tool_component(by_name(catalogue, number(component)))
            .build()
    }
}

/// Where what is cited stands among the taxonomies.
fn position(listed: &[(&'static Catalogue, Vec<&'static Reference>)], cited: Entry) -> Option<Taxon> {
    let component = listed
        .iter()
        .position(|(catalogue, _)| std::ptr::eq(*catalogue, cited.catalogue))?;
    let taxon = listed[component]
        .1
        .iter()
        .position(|taxon| taxon.id == cited.reference.id)?;
    Some((component, taxon))
}

fn by_name(catalogue: &Catalogue, index: i64) -> sarif::ToolComponentReference {
    sarif::ToolComponentReference::builder()
        .name(catalogue.name)
        .index(index)
        .build()
}

fn component(catalogue: &Catalogue, taxa: &[&Reference]) -> sarif::ToolComponent {
    let taxa = taxa.iter().map(|reference| {
        sarif::ReportingDescriptor::builder()
            .id(reference.id)
            .short_description(message(reference.title))
            .build()
    });
    let mut component = sarif::ToolComponent::builder()
        .name(catalogue.name)
        .organization(catalogue.organization)
        .short_description(message(catalogue.about))
        .taxa(taxa.collect::<Vec<_>>())
        .build();
    component.version = catalogue.version.map(str::to_owned);
    component
}

/// SARIF asks for whole sentences.
fn message(text: &str) -> sarif::MultiformatMessageString {
    sarif::MultiformatMessageString::builder()
        .text(format!("{text}."))
        .build()
}
