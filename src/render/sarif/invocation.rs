//! SARIF's description of the run itself: its category, and whether its silence can be trusted.

use super::{escape, text};
use crate::model::list_words;
use crate::render::{Shown, config_line, limits, path_in_repository, safe};
use serde_sarif::sarif;

/// What the run is one of: code scanning compares it with the run before that has the same id, up to the last `/`.
pub fn automation(shown: &Shown<'_>) -> sarif::RunAutomationDetails {
    let id = format!("{}/", shown.category.trim_end_matches('/'));
    sarif::RunAutomationDetails::builder().id(id).build()
}

pub fn invocation(shown: &Shown<'_>, left_out: usize) -> sarif::Invocation {
    let notification = |level: &str, told: String| {
        let notification = sarif::Notification::builder().level(level).message(text(told));
        notification.build()
    };
    let mut told = Vec::new();
    if left_out > 0 {
        let left_out = format!(
            "{left_out} results are left out: code scanning takes {} of a run. These are the most severe ones.",
            limits::RESULTS
        );
        told.push(notification("warning", left_out));
    }
    if !shown.unread.is_empty() {
        told.push(notification("error", unread(shown)));
    }
    // Where something could not be read, a result that is not here may be missing.
    let mut invocation = sarif::Invocation::builder()
        .execution_successful(shown.unread.is_empty())
        .build();
    invocation.tool_execution_notifications = (!told.is_empty()).then_some(told);
    // What a config keeps from being reported is not to be missed for want of a summary.
    let configured = config_line(shown).map(|line| vec![notification("note", escape(&line).into_owned())]);
    invocation.tool_configuration_notifications = configured;
    invocation
}

/// Files with a reading error that are named.
const MAX_UNREAD: usize = 10;

fn unread(shown: &Shown<'_>) -> String {
    let paths = shown.unread.iter().take(MAX_UNREAD);
    let mut names: Vec<String> = paths
        .map(|file| safe::line(&path_in_repository(shown, shown.sources.get(*file))).into_owned())
        .collect();
    if shown.unread.len() > MAX_UNREAD {
        names.push(format!("{} more files", shown.unread.len() - MAX_UNREAD));
    }
    let unread = format!(
        "Parts of {} could not be read. Rules are silent about what is unknown, so results of an earlier run may be missing.",
        list_words(&names, "and")
    );
    escape(&unread).into_owned()
}
