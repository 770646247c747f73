//! Builds one estate from the manifests of all files.

use super::assurance::assess;
use super::link::{self, Lists};
use super::names::{Entity, Namespaces, Table};
use super::service::{Boundary, Verdicts};
use super::{Estate, FileFacts, Flaw, SeenThings, Tables, Uses};
use crate::decode::{Entities, Fault, Field};
use crate::discover::Discovered;
use crate::manifest::{Certificate, Declaration, Declared, Manifest, Read, TABLES};
use crate::model::{IdVec, NamespaceId, Text};
use crate::source::{FileId, Place, Source, Sources, Span};
use crate::today::{Held, Today};
use jiff::civil::Date;
use rayon::prelude::*;

/// Links what files declare, as seen on the day `as_of`. What was read from each file comes in the order of the files.
pub fn build<'a>(
    sources: &'a Sources,
    declared: &'a [Declared],
    discovered: Option<&'a Discovered>,
    as_of: Date,
) -> Estate<'a> {
    let mut estate = of_files(sources, declared, as_of);
    estate.fill();
    estate.index_services();
    let references = link::References::of(&estate);
    let (missing, links) = rayon::join(
        || {
            references.check_others(sources);
            estate.missing_keys()
        },
        || link::link(&estate, &references),
    );
    let (unresolved, uses) = references.told();
    let unknown = estate.unknown_references(&unresolved, sources);
    estate.links = links;
    estate.assess();
    estate.naming = link::Naming::of(&estate);
    estate.uses = uses;
    estate.flaws.extend(missing);
    estate.flaws.extend(unknown);
    estate.name_subjects(sources);
    if let Some(discovered) = discovered {
        estate.seen = SeenThings::of(&estate, discovered, sources);
    }
    estate.judge(true);
    estate
}

/// Links services with the reports and certificates that cover them or that they claim, and nothing else. Of what such an
/// estate has, it is the same as in the whole one; it may be asked for these three tables, for what covers, for claims, and
/// for how reports and certificates stand.
pub fn build_coverage<'a>(sources: &'a Sources, declared: &'a [Declared], as_of: Date) -> Estate<'a> {
    let mut estate = of_files(sources, declared, as_of);
    estate.add_assurances();
    let services = entities(&estate.files, |manifest| &manifest.services);
    let twice = fill(&mut estate.tables.services, services, &estate.namespaces);
    estate.flaws.extend(twice);
    estate.index_services();
    estate.links = link::link_coverage(&estate);
    estate.assess();
    estate.judge_standings(true);
    estate
}

/// What files declare, before any of it is linked.
fn of_files<'a>(sources: &'a Sources, declared: &'a [Declared], as_of: Date) -> Estate<'a> {
    let mut estate = Estate {
        as_of: Today::new(as_of),
        files: Vec::with_capacity(sources.len()),
        namespaces: Namespaces::default(),
        organization: None,
        tables: Tables::default(),
        flaws: Vec::new(),
        services_by_namespace: Lists::default(),
        boundaries: IdVec::default(),
        links: link::Links::default(),
        naming: link::Naming::default(),
        assurances: IdVec::default(),
        standings: IdVec::default(),
        uncertain: Held::default(),
        security_uncertain: Held::default(),
        verdicts: Verdicts::default(),
        newest_for_some: IdVec::default(),
        left: IdVec::default(),
        states: IdVec::default(),
        lost: Vec::new(),
        blind: false,
        uses: Uses::default(),
        seen: SeenThings::default(),
    };
    for ((file, source), declared) in sources.iter().zip(declared) {
        estate.report_file(file, source);
        estate.add_file(file, source, declared.read());
    }
    estate
}

impl<'a> Estate<'a> {
    /// What is known of reports and certificates, whatever the day.
    fn assess(&mut self) {
        let count = self.reports.len() + self.certificates.len();
        self.assurances = (0..count).map(|at| assess(self, at)).collect();
    }

    fn report_file(&mut self, file: FileId, source: &Source) {
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
            self.flaws.push(flaw(
                Fault::UnreadableFile,
                Span::default(),
                message,
                why.to_string(),
                help,
            ));
        }
        if let Some(absent) = &source.absent {
            self.blind = true;
            self.flaws.push(flaw(
                Fault::UnreadableFile,
                Span::default(),
                absent.message.clone(),
                "not checked out".into(),
                &absent.help,
            ));
        }
        if let Some(first) = source.bad_bytes.first() {
            self.blind |= source.no_text;
            let message = "this file is not UTF-8 text".to_owned();
            let help = if source.no_text {
                "save the file as UTF-8; none of it was read"
            } else {
                "save the file as UTF-8; the values around such bytes could not be read, the rest of the file was"
            };
            self.flaws.push(flaw(
                Fault::NotUtf8,
                *first,
                message,
                "first invalid UTF-8 byte".into(),
                help,
            ));
        }
    }

    /// Flaws without a better subject are about their file.
    fn name_subjects(&mut self, sources: &Sources) {
        for flaw in &mut self.flaws {
            if flaw.subject.is_empty() {
                flaw.subject.clone_from(&sources.get(flaw.place.file).path);
            }
        }
    }

    fn index_services(&mut self) {
        let by_namespace = self.services.enumerate().map(|(id, service)| (service.namespace, id));
        self.services_by_namespace = Lists::grouped(self.namespaces.count(), by_namespace);
        let services = self.services.as_slice().par_iter();
        self.boundaries = services.map(|service| Boundary::of(service)).collect::<Vec<_>>().into();
    }

    fn namespace_of(&mut self, stated: &Field<Text<'a>>) -> NamespaceId {
        match stated {
            Field::Known(name) => self.namespaces.intern(&name.value),
            Field::Absent => NamespaceId::UNNAMED,
            Field::Unknown(_) => {
                // The namespace of this file's entities is unknown, and so are the references to them.
                self.blind = true;
                NamespaceId::UNNAMED
            }
        }
    }

    /// Adds what a file declares besides its entities.
    fn add_file(&mut self, file: FileId, source: &Source, read: &'a Read<'a>) {
        let manifest = &read.manifest;
        let namespace = self.namespace_of(&manifest.namespace);
        for problem in &read.problems {
            let subject = match &problem.entity {
                Some((table, id)) if TABLES.contains(&table.as_str()) => self.namespaces.path(namespace, table, id),
                _ => source.path.clone(),
            };
            self.flaws.push(Flaw::from_problem(problem, file, subject));
        }
        self.lost.extend(read.lost.iter().map(String::as_str));
        if let Field::Known(organization) = &*manifest.organization {
            let place = Place {
                file,
                span: organization.span,
            };
            match &self.organization {
                None => self.organization = Some((place, &organization.value)),
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
        self.files.push(FileFacts { namespace, manifest });
    }

    /// Fills the tables; those with their own id space are independent of each other.
    fn fill(&mut self) {
        self.add_assurances();
        macro_rules! fill {
            ($($table:ident),*) => {
                $(let mut $table = Vec::new();)*
                let (names, files) = (&self.namespaces, &self.files);
                rayon::scope(|scope| {
                    $(scope.spawn(|_| {
                        $table = fill(&mut self.tables.$table, entities(files, |manifest| &manifest.$table), names);
                    });)*
                });
                $(self.flaws.append(&mut $table);)*
            };
        }
        fill!(
            owners,
            services,
            profiles,
            identities,
            data,
            third_parties,
            controls,
            evidence
        );
    }

    /// Reports and certificates share one id space; the first by path is checked, whichever table it is in.
    fn add_assurances(&mut self) {
        let mut reports: Vec<_> = entities(&self.files, |manifest| &manifest.reports).collect();
        let mut certificates: Vec<_> = entities(&self.files, |manifest| &manifest.certificates).collect();
        // In a file, tables come in the order of their ids.
        reports.sort_by_key(|report| report.place());
        certificates.sort_by_key(|certificate| certificate.place());
        let mut certificates = certificates.into_iter().peekable();
        for report in reports {
            while let Some(certificate) = certificates.next_if(|certificate| certificate.place() < report.place()) {
                self.add_certificate(certificate);
            }
            match self.certificates.find(report.namespace, &report.id) {
                Some(first) => {
                    let first = self.certificates.get(first).place();
                    self.flaws.push(duplicate(report.place(), self.path(&report), first));
                }
                None => add_to(&mut self.tables.reports, &self.namespaces, &mut self.flaws, report),
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
            None => add_to(
                &mut self.tables.certificates,
                &self.namespaces,
                &mut self.flaws,
                certificate,
            ),
        }
    }
}

/// What files declare in one table, each in the namespace of its file, in the order of declaration.
fn entities<'f, 'a, T: 'a>(
    files: &'f [FileFacts<'a>],
    table: impl Fn(&'a Manifest<'a>) -> &'a Entities<'a, T> + Clone + 'f,
) -> impl Iterator<Item = Entity<'a, T>> + Clone + 'f {
    let files = (0..).map(FileId::at).zip(files);
    files.flat_map(move |(file, facts)| {
        let entries = table(facts.manifest).iter();
        entries.map(move |entry| Entity::new(file, facts.namespace, entry))
    })
}

fn fill<'a, T: Declaration<'a>>(
    table: &mut Table<'a, T>,
    entities: impl Iterator<Item = Entity<'a, T>> + Clone,
    namespaces: &Namespaces,
) -> Vec<Flaw<'a>> {
    let mut flaws = Vec::new();
    // Counting them takes less than moving them while they become more.
    table.reserve(entities.clone().count());
    for entity in entities {
        add_to(table, namespaces, &mut flaws, entity);
    }
    flaws
}

fn add_to<'a, T: Declaration<'a>>(
    table: &mut Table<'a, T>,
    namespaces: &Namespaces,
    flaws: &mut Vec<Flaw<'a>>,
    entity: Entity<'a, T>,
) {
    let path = (entity.namespace, entity.id.clone(), entity.place());
    if let Err(first) = table.insert(entity) {
        let (namespace, id, place) = path;
        flaws.push(duplicate(place, namespaces.path(namespace, T::TABLE, &id), first));
    }
}

fn duplicate(place: Place, path: String, first: Place) -> Flaw<'static> {
    let mut flaw = Flaw::new(
        Fault::DuplicateId,
        place,
        path.clone(),
        format!("`{path}` is declared twice in this estate"),
        "declared again here".into(),
        "give one of the two another id, or merge them; the first by path is checked".into(),
    );
    flaw.related = Some((first, "declared first here".to_owned()));
    flaw
}
