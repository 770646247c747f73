//! `soclint compare --from`: what was declared otherwise over a period.

use super::super::estate;
use super::super::failure::{Failure, Usage};
use super::super::machine::Machine;
use super::super::output::Content;
use super::super::progress::Progress;
use super::super::{CLEAN, UNTRUSTED};
use super::{CompareArgs, Format};
use crate::cli::destination::Destination;
use crate::render::{self, Asked};
use crate::session::Session;
use crate::views::{Commit, Walk};
use crate::workspace::{History, Step};
use jiff::civil::Date;

/// The state before a commit, and its successors, one by one.
struct Way<'h> {
    history: &'h History,
    now: Option<Session>,
    walk: Walk,
}

pub fn run(args: &CompareArgs, from: Date) -> Result<u8, Failure> {
    let to = args.to.unwrap_or_else(estate::today);
    if from > to {
        return Err(Usage::PeriodEndsBefore { from, to }.into());
    }
    let (working, root) = estate::find_root(args.root.as_deref(), None, &[])?;
    let session = Session::open(root.clone())?;
    let destination = Destination::beside(args.output.as_deref(), true, &working, &[&session])?;
    Machine::prepare();
    let progress = Progress::start("reading the history");
    let name = args.base.as_deref().unwrap_or("HEAD");
    let history = History::of(&root)?;
    let head = history.resolve(name)?;
    let past = history.between(&head, from, to);
    let before = past.steps.first().and_then(|step| step.before.as_ref());
    let now = before
        .map(|before| Session::declared_at(&history, before))
        .transpose()?;
    let mut way = Way {
        walk: Walk::new(now.as_ref(), args.all),
        history: &history,
        now,
    };
    for step in &past.steps {
        way.step(step);
    }
    let mut period = way.walk.finish();
    if let Some(cut) = past.cut {
        period
            .notes
            .insert(0, format!("{cut}: what was declared before is not known"));
    }
    progress.finish();
    let asked = Asked {
        head: name.to_owned(),
        from,
        to,
    };
    let text = match args.format() {
        Format::Table => render::period_table(&period, &asked),
        Format::Markdown => render::period_markdown(&period, &asked),
        Format::Json => render::period_json(&period, &asked),
    };
    destination.write(Content::Text(&text))?;
    Ok(if past.cut.is_some() { UNTRUSTED } else { CLEAN })
}

impl Way<'_> {
    fn step(&mut self, step: &Step) {
        let commit = Commit {
            id: step.commit.id(),
            day: step.commit.day(),
        };
        let next = match &self.now {
            Some(now) => now
                .declared_next(self.history, &step.commit)
                .map(|next| next.map(|next| (next.session, next.changed))),
            None => Session::declared_at(self.history, &step.commit).map(|session| {
                let paths = session
                    .sources()
                    .iter()
                    .map(|(_, source)| source.path.clone())
                    .collect();
                Some((session, paths))
            }),
        };
        match next {
            Ok(None) => {}
            Ok(Some((session, changed))) => {
                self.walk.step(commit, (self.now.as_ref(), &session), &changed);
                self.now = Some(session);
            }
            // What it changed is told with the next that can be read.
            Err(why) => self.walk.notes.push(format!(
                "{} of {} cannot be read as a whole ({why}): what it changed is told with the commit after it",
                &commit.id, commit.day
            )),
        }
    }
}
