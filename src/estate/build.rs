//! From the manifests of every file to one estate.

use super::gather::{All, FileSays, Gathered, gather};
use super::lists::Lists;
use super::names::{Entity, NamespaceId, Namespaces, Table};
use super::{Estate, FileFacts, Flaw, Uses, links};
use crate::decode::{Fault, Field, Text};
use crate::manifest::{Certificate, Declaration, Report};
use crate::source::{FileId, Place, Source, Sources, Span};
use jiff::civil::Date;

/// Reads what the sources declare and links it, as seen on the day `as_of`.
pub fn build(sources: &Sources, as_of: Date) -> Estate<'_> {
    let mut estate = Estate {
        as_of,
        files: Vec::with_capacity(sources.len()),
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
        services_by_namespace: Lists::default(),
        links: links::Links::default(),
        assurances: Vec::new(),
        uncertain: [false; 2],
        security_uncertain: false,
        becoming: Vec::new(),
        verdicts: Vec::new(),
        left: Vec::new(),
        states: Vec::new(),
        lost: Vec::new(),
        blind: false,
        uses: Uses::default(),
    };
    let mut all = gather(sources);
    let says = std::mem::take(&mut all.files);
    for ((file, source), says) in sources.iter().zip(says) {
        estate.report_file(file, source);
        estate.add_file(file, source, says);
    }
    estate.fill(all);
    estate.index_services();
    let (missing, links) = rayon::join(
        || (estate.missing_keys(), estate.unknown_references(sources)),
        || links::link(&estate),
    );
    let (missing, (unknown, uses)) = missing;
    estate.links = links;
    estate.uses = uses;
    estate.flaws.extend(missing);
    estate.flaws.extend(unknown);
    estate.name_subjects(sources);
    estate.judge();
    estate
}

impl<'a> Estate<'a> {
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
        let services = self.services.iter().enumerate();
        let by_namespace = services.map(|(index, service)| (service.namespace.0 as usize, index));
        self.services_by_namespace = Lists::grouped(self.namespaces.count(), by_namespace);
    }

    fn namespace_of(&mut self, stated: &Field<Text<'a>>) -> NamespaceId {
        match stated {
            Field::Known(name) => self.namespaces.intern(&name.value),
            Field::Absent => NamespaceId::UNNAMED,
            Field::Unknown(_) => {
                // Where this file's entities belong is unknown, and so is what refers to them.
                self.blind = true;
                NamespaceId::UNNAMED
            }
        }
    }

    /// Adds what a file says beside its entities.
    fn add_file(&mut self, file: FileId, source: &Source, says: FileSays<'a>) {
        let namespace = self.namespace_of(&says.namespace);
        for problem in says.problems {
            let subject = match &problem.entity {
                Some((table, id)) if table != "waivers" && table != "organization" => {
                    self.namespaces.path(namespace, table, id)
                }
                _ => source.path.clone(),
            };
            self.flaws.push(Flaw::from_problem(problem, file, subject));
        }
        self.lost.extend(says.lost);
        if let Field::Known(organization) = says.organization {
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
        self.files.push(FileFacts {
            namespace,
            owner: says.owner,
            keep: says.keep,
            waivers: says.waivers,
        });
    }

    /// Fills the tables; those that have an id space of their own have nothing to do with each other.
    fn fill(&mut self, all: All<'a>) {
        self.add_assurances(
            in_place(all.reports, &self.files),
            in_place(all.certificates, &self.files),
        );
        macro_rules! fill {
            ($($table:ident),*) => {
                $(let mut $table = Vec::new();)*
                let (names, files) = (&self.namespaces, &self.files);
                rayon::scope(|scope| {
                    $(scope.spawn(|_| $table = fill(&mut self.$table, all.$table, names, files));)*
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

    /// Reports and certificates share one id space; the first by path is judged, whichever table it stands in.
    fn add_assurances(&mut self, reports: Vec<Entity<'a, Report<'a>>>, certificates: Vec<Entity<'a, Certificate<'a>>>) {
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

/// What files declare, each in the namespace of its file, and in the order in which it stands there.
fn in_place<'a, T>(gathered: Gathered<'a, T>, files: &[FileFacts<'a>]) -> Vec<Entity<'a, T>> {
    let mut entities: Vec<_> = gathered
        .into_iter()
        .flatten()
        .map(|entity| named(entity, files))
        .collect();
    entities.sort_by_key(Entity::place);
    entities
}

fn named<'a, T>(entity: Entity<'a, T>, files: &[FileFacts<'a>]) -> Entity<'a, T> {
    let namespace = files[entity.file.0 as usize].namespace;
    Entity { namespace, ..entity }
}

fn fill<'a, T: Declaration<'a>>(
    table: &mut Table<'a, T>,
    gathered: Gathered<'a, T>,
    namespaces: &Namespaces,
    files: &[FileFacts<'a>],
) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    table.reserve(gathered.iter().map(Vec::len).sum());
    for entity in gathered.into_iter().flatten() {
        add_to(table, namespaces, &mut flaws, named(entity, files));
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
