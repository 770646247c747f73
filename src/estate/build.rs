//! From the manifests of every file to one estate.

use super::names::{Entity, NamespaceId, Namespaces, Table};
use super::{Estate, FileFacts, Flaw, links};
use crate::decode::{Entities, Fault, Field};
use crate::manifest::{
    Certificate, Control, Data, Declaration, Evidence, Identity, Manifest, Owner, Profile, Read, Report, Service,
    ThirdParty,
};
use crate::source::{FileId, Place, Sources, Span};
use jiff::civil::Date;

/// Links what was read, as seen on the day `as_of`. `reads` has one element for each source, in their order.
pub fn build<'a>(sources: &'a Sources, reads: Vec<Read<'a>>, as_of: Date) -> Estate<'a> {
    let mut estate = Estate {
        as_of,
        files: Vec::with_capacity(reads.len()),
        namespaces: Namespaces::default(),
        organization: None,
        owners: Table::default(),
        services: Table::default(),
        profiles: Table::default(),
        identities: Table::default(),
        data: Table::default(),
        reports: Table::default(),
        certificates: Table::default(),
        third_parties: Table::default(),
        controls: Table::default(),
        evidence: Table::default(),
        flaws: Vec::new(),
        services_by_namespace: Vec::new(),
        links: links::Links::default(),
        assurances: Vec::new(),
        uncertain: [false; 2],
        verdicts: Vec::new(),
        states: Vec::new(),
        lost: Vec::new(),
        blind: false,
    };
    let mut declared = Declared::default();
    for ((file, source), read) in sources.iter().zip(reads) {
        estate.report_file(file, source);
        let namespace = estate.namespace_of(&read.manifest);
        for problem in read.problems {
            let subject = match &problem.entity {
                Some((table, id)) if table != "waivers" && table != "organization" => {
                    estate.namespaces.path(namespace, table, id)
                }
                _ => source.path.clone(),
            };
            estate.flaws.push(Flaw::from_problem(problem, file, subject));
        }
        estate.lost.extend(read.lost);
        estate.add(file, namespace, read.manifest, &mut declared);
    }
    estate.fill(declared);
    estate.index_services();
    let (missing, links) = rayon::join(
        || (estate.missing_keys(), estate.unknown_references(sources)),
        || links::link(&estate),
    );
    let (missing, unknown) = missing;
    estate.links = links;
    estate.flaws.extend(missing);
    estate.flaws.extend(unknown);
    estate.name_subjects(sources);
    estate.judge();
    estate
}

/// The tables that have an id space of their own.
macro_rules! tables {
    ($then:ident) => {
        $then!(
            owners,
            services,
            profiles,
            identities,
            data,
            third_parties,
            controls,
            evidence
        )
    };
}

/// What one kind of table says in each file.
type OfFiles<'a, T> = Vec<(FileId, NamespaceId, Entities<'a, T>)>;

/// What the files declare, until it is put into the tables.
#[derive(Default)]
struct Declared<'a> {
    owners: OfFiles<'a, Owner<'a>>,
    services: OfFiles<'a, Service<'a>>,
    profiles: OfFiles<'a, Profile<'a>>,
    identities: OfFiles<'a, Identity<'a>>,
    data: OfFiles<'a, Data<'a>>,
    third_parties: OfFiles<'a, ThirdParty<'a>>,
    controls: OfFiles<'a, Control<'a>>,
    evidence: OfFiles<'a, Evidence<'a>>,
}

impl<'a> Declared<'a> {
    fn take(&mut self, file: FileId, namespace: NamespaceId, manifest: &mut Manifest<'a>) {
        macro_rules! take {
            ($($table:ident),*) => {
                $(if !manifest.$table.0.is_empty() {
                    self.$table.push((file, namespace, std::mem::take(&mut manifest.$table)));
                })*
            };
        }
        tables!(take);
    }
}

impl<'a> Estate<'a> {
    fn report_file(&mut self, file: FileId, source: &crate::source::Source) {
        let flaw = |fault, span, message: String, label: String, help: &str| {
            Flaw::new(
                fault,
                Place { file, span },
                source.path.clone(),
                message,
                label,
                help.to_owned(),
            )
        };
        if let Some(why) = &source.unreadable {
            self.blind = true;
            let message = format!("this file cannot be read: {why}");
            let help = "make it readable, or exclude it in the config; what it declares is missing from this run";
            self.flaws
                .push(flaw(Fault::UnreadableFile, Span::default(), message, why.clone(), help));
        }
        if let Some(first) = source.bad_bytes.first() {
            self.blind |= source.no_text;
            let message = "this file is not UTF-8 text".to_owned();
            let help = match source.no_text {
                true => "save the file as UTF-8; nothing of it was read",
                false => {
                    "save the file as UTF-8; the values around such bytes could not be read, the rest of the file was"
                }
            };
            self.flaws.push(flaw(
                Fault::NotUtf8,
                *first,
                message,
                "the first byte that is no UTF-8".into(),
                help,
            ));
        }
    }

    /// What has no better subject is about its file.
    fn name_subjects(&mut self, sources: &Sources) {
        for flaw in &mut self.flaws {
            if flaw.subject.is_empty() {
                flaw.subject.clone_from(&sources.get(flaw.place.file).path);
            }
        }
    }

    fn index_services(&mut self) {
        for (index, service) in self.services.iter().enumerate() {
            let namespace = service.namespace.0 as usize;
            if self.services_by_namespace.len() <= namespace {
                self.services_by_namespace.resize(namespace + 1, Vec::new());
            }
            self.services_by_namespace[namespace].push(index);
        }
    }

    fn namespace_of(&mut self, manifest: &Manifest<'a>) -> NamespaceId {
        match &manifest.namespace {
            Field::Known(name) => self.namespaces.intern(&name.value),
            Field::Absent => NamespaceId::UNNAMED,
            Field::Unknown(_) => {
                // Where this file's entities belong is unknown, and so is what refers to them.
                self.blind = true;
                NamespaceId::UNNAMED
            }
        }
    }

    fn add(
        &mut self,
        file: FileId,
        namespace: NamespaceId,
        mut manifest: Box<Manifest<'a>>,
        declared: &mut Declared<'a>,
    ) {
        if let Field::Known(organization) = std::mem::take(&mut manifest.organization) {
            let place = Place {
                file,
                span: organization.span,
            };
            match &self.organization {
                None => self.organization = Some((place, organization.value)),
                Some((first, _)) => {
                    let message = "the organization is declared twice in this estate".to_owned();
                    let label = "declared again here".to_owned();
                    let mut flaw = Flaw::new(
                        Fault::DuplicateId,
                        place,
                        String::new(),
                        message,
                        label,
                        "keep one of the two".into(),
                    );
                    flaw.related = Some((*first, "declared first here".to_owned()));
                    self.flaws.push(flaw);
                }
            }
        }
        declared.take(file, namespace, &mut manifest);
        let mut reports: Vec<_> = entities(file, namespace, manifest.reports).collect();
        let mut certificates: Vec<_> = entities(file, namespace, manifest.certificates).collect();
        reports.sort_by_key(|report| report.span);
        certificates.sort_by_key(|certificate| certificate.span);
        self.add_assurances(reports, certificates);
        self.files.push(FileFacts {
            namespace,
            owner: manifest.owner,
            waivers: manifest.waivers,
        });
    }

    /// Fills the tables that have nothing to do with each other.
    fn fill(&mut self, declared: Declared<'a>) {
        macro_rules! fill {
            ($($table:ident),*) => {
                $(let mut $table = Vec::new();)*
                let names = &self.namespaces;
                rayon::scope(|scope| {
                    $(scope.spawn(|_| $table = fill(&mut self.$table, declared.$table, names));)*
                });
                $(self.flaws.append(&mut $table);)*
            };
        }
        tables!(fill);
    }

    /// Reports and certificates share one id space; the first by path is judged, whichever table it stands in.
    fn add_assurances(&mut self, reports: Vec<Entity<'a, Report<'a>>>, certificates: Vec<Entity<'a, Certificate<'a>>>) {
        let mut certificates = certificates.into_iter().peekable();
        for report in reports {
            while let Some(certificate) = certificates.next_if(|certificate| certificate.span < report.span) {
                self.add_certificate(certificate);
            }
            match self.certificates.find(report.namespace, &report.id) {
                Some(first) => {
                    let first = self.certificates.get(first).place();
                    self.flaws.push(duplicate(report.place(), self.path(&report), first));
                }
                None => add_to(&mut self.reports, &self.namespaces, &mut self.flaws, report),
            }
        }
        certificates.for_each(|certificate| self.add_certificate(certificate));
    }

    fn add_certificate(&mut self, certificate: Entity<'a, Certificate<'a>>) {
        match self.reports.find(certificate.namespace, &certificate.id) {
            Some(first) => {
                let first = self.reports.get(first).place();
                self.flaws
                    .push(duplicate(certificate.place(), self.path(&certificate), first));
            }
            None => add_to(&mut self.certificates, &self.namespaces, &mut self.flaws, certificate),
        }
    }
}

fn entities<'a, T>(
    file: FileId,
    namespace: NamespaceId,
    entries: Entities<'a, T>,
) -> impl Iterator<Item = Entity<'a, T>> {
    entries.0.into_iter().map(move |entry| Entity {
        file,
        namespace,
        id: entry.id,
        span: entry.span,
        readable: entry.readable,
        stated: entry.stated,
        body: entry.body,
    })
}

fn fill<'a, T: Declaration<'a>>(
    table: &mut Table<'a, T>,
    declared: OfFiles<'a, T>,
    namespaces: &Namespaces,
) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    table.reserve(declared.iter().map(|(_, _, entities)| entities.0.len()).sum());
    for (file, namespace, entries) in declared {
        for entity in entities(file, namespace, entries) {
            add_to(table, namespaces, &mut flaws, entity);
        }
    }
    flaws
}

fn add_to<'a, T: Declaration<'a>>(
    table: &mut Table<'a, T>,
    namespaces: &Namespaces,
    flaws: &mut Vec<Flaw>,
    entity: Entity<'a, T>,
) {
    let path = (entity.namespace, entity.id.clone(), entity.place());
    if let Err(first) = table.insert(entity) {
        let (namespace, id, place) = path;
        flaws.push(duplicate(place, namespaces.path(namespace, T::TABLE, &id), first));
    }
}

fn duplicate(place: Place, path: String, first: Place) -> Flaw {
    let mut flaw = Flaw::new(
        Fault::DuplicateId,
        place,
        path.clone(),
        format!("`{path}` is declared twice in this estate"),
        "declared again here".into(),
        "give one of the two another id, or make them one; the first by path is judged".into(),
    );
    flaw.related = Some((first, "declared first here".to_owned()));
    flaw
}
