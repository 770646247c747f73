//! From the texts of configs to the effective value.

use super::Known;
use super::check;
use super::fixed::loosened;
use super::{ConfigError, ConfigProblem, Layer, Settings};
use crate::source::Source;
use std::sync::Arc;

/// Checks what the configs say, the nearest first, and gives the effective value; else everything that is wrong with them.
pub fn parse<'s>(sources: &'s [Source], known: &Known) -> Result<Settings<'s>, ConfigError> {
    let mut layers = Vec::with_capacity(sources.len());
    let mut wrong = Vec::new();
    for source in sources {
        let (config, problems) = check::read(source, known);
        layers.push(Layer { config });
        if problems.is_empty() {
            continue;
        }
        let source = Arc::new(source.clone());
        wrong.extend(problems.into_iter().map(|problem| ConfigProblem {
            source: Arc::clone(&source),
            problem,
            fixed: None,
        }));
    }
    if !wrong.is_empty() {
        return Err(ConfigError::Invalid(wrong));
    }
    let settings = Settings::new(layers);
    let loosened = loosened(&settings, known);
    if loosened.is_empty() {
        return Ok(settings);
    }
    let shared: Vec<Arc<Source>> = sources.iter().cloned().map(Arc::new).collect();
    let problems = loosened.into_iter().map(|loosened| {
        let ((at, _), (fixing, fixed)) = (loosened.at, loosened.fixed);
        ConfigProblem {
            source: Arc::clone(&shared[at]),
            problem: loosened.problem(&shared[fixing].place(fixed)),
            fixed: Some((Arc::clone(&shared[fixing]), fixed)),
        }
    });
    Err(ConfigError::Invalid(problems.collect()))
}
