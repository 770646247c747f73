//! The catalogues that rules refer to, as SARIF taxonomies: of each, the ids that a rule refers to.

use crate::rules::{self, Rule};
use crate::standards::reference::{self, Entry};
use crate::standards::{CATALOGUES, Catalogue, Reference};
use serde_sarif::sarif;

pub struct Taxonomies(Vec<(&'static Catalogue, Vec<&'static Reference>)>);

impl Taxonomies {
    /// Those of every rule, in the order of the catalogues.
    pub fn of_rules() -> Self {
        let cited: Vec<Entry> = rules::all().flat_map(|rule| entries(rule.references)).collect();
        let taxonomies = CATALOGUES.into_iter().map(|catalogue| {
            let listed = catalogue.references.iter();
            let taxa = listed.filter(|reference| cited.iter().any(|entry| entry.is(Entry { catalogue, reference })));
            (catalogue, taxa.collect::<Vec<_>>())
        });
        Self(taxonomies.filter(|(_, taxa)| !taxa.is_empty()).collect())
    }

    pub fn components(&self) -> Vec<sarif::ToolComponent> {
        self.0
            .iter()
            .map(|(catalogue, taxa)| component(catalogue, taxa))
            .collect()
    }

    /// What the driver says that it knows.
    pub fn supported(&self) -> Vec<sarif::ToolComponentReference> {
        (0..)
            .zip(&self.0)
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

    /// The taxa that ids mean, each once.
    pub fn taxa(&self, ids: &[&str]) -> Vec<sarif::ReportingDescriptorReference> {
        let mut seen: Vec<Entry> = Vec::new();
        for entry in entries(ids) {
            if !seen.iter().any(|other| other.is(entry)) {
                seen.push(entry);
            }
        }
        seen.into_iter().filter_map(|entry| self.taxon(entry)).collect()
    }

    fn taxon(&self, entry: Entry) -> Option<sarif::ReportingDescriptorReference> {
        let (component, (catalogue, taxa)) = (0..)
            .zip(&self.0)
            .find(|(_, (catalogue, _))| std::ptr::eq(*catalogue, entry.catalogue))?;
        let (taxon, reference) = (0_i64..).zip(taxa).find(|(_, taxon)| taxon.id == entry.reference.id)?;
        let target = sarif::ReportingDescriptorReference::builder()
            .id(reference.id)
            .index(taxon)
            .tool_component(by_name(catalogue, component))
            .build();
        Some(target)
    }
}

fn entries(ids: &[&str]) -> impl Iterator<Item = Entry> {
    ids.iter().filter_map(|id| reference::locate(id))
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
