//! The questions of `soclint init`, in a terminal.
//!
//! They are plain lines: Ctrl-C ends the program as it ends any other, and nothing has been written by then.

use super::failure::{Failure, InputError};
use super::output;
use crate::model::{Category, FinancialImpact};
use crate::render::safe;
use crate::starter::{Answers, BOOKS, Choice, Facts, Offering, PROMISES};
use std::io::{BufRead, IsTerminal};

/// Whether someone is there to answer. Build servers that give their jobs a terminal set `CI`.
pub fn is_attended() -> bool {
    let is_ci = std::env::var_os("CI").is_some_and(|ci| !ci.is_empty() && ci != "false" && ci != "0");
    !is_ci && std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Asks whether to go on. Enter alone is no.
pub fn confirm(question: &str) -> Result<bool, Failure> {
    loop {
        output::print(&format!("{question} [y/N] "))?;
        match read_line()?.to_ascii_lowercase().as_str() {
            "y" | "yes" => return Ok(true),
            "" | "n" | "no" => return Ok(false),
            _ => output::print("Answer with y or n.\n")?,
        }
    }
}

/// A question, and the choices.
pub struct Question<'q> {
    pub asks: String,
    pub why: &'q str,
    pub choices: &'q [Choice],
    /// The choice that Enter takes; `None` for no choice, where several can be made.
    pub default: Option<usize>,
}

pub fn ask(facts: &Facts) -> Result<Answers, Failure> {
    let about = match facts.services.as_slice() {
        [one] => format!("`{}`", safe::line(&one.id)),
        many => {
            let ids: Vec<String> = many
                .iter()
                .map(|service| safe::line(&service.id).into_owned())
                .collect();
            output::print(&format!(
                "The answers are written for each of {}; correct those that differ.\n\n",
                ids.join(", ")
            ))?;
            "each service".to_owned()
        }
    };
    output::print("Three questions. Enter takes the default; nothing is written before the last is answered.\n\n")?;
    let offering = one(&Question {
        asks: format!("1. What is {about}?"),
        why: "It decides whether anyone will ask for a report.",
        choices: &Offering::CHOICES,
        default: Some(0),
    })?;
    let books = one(&Question {
        asks: format!("2. Who relies on {about} for their books?"),
        why: "Their auditors need a report on it (SOC 1 or ISAE 3402).",
        choices: &BOOKS,
        default: Some(0),
    })?;
    let offering = Offering::ALL.get(offering).copied().unwrap_or_default();
    Ok(Answers {
        offering,
        books: books
            .checked_sub(1)
            .and_then(|at| FinancialImpact::ALL.get(at).copied()),
        promises: promises(&about, offering)?,
    })
}

/// Without outside users there are no promises: an answer would contradict the first one.
fn promises(about: &str, offering: Offering) -> Result<Vec<Category>, Failure> {
    let asks = format!("3. What is promised to the users of {about}?");
    if !offering.is_offered() {
        output::print(&format!(
            "{asks}\n   Nothing, as long as it is not offered to others.\n\n"
        ))?;
        return Ok(Vec::new());
    }
    let chosen = several(&Question {
        asks,
        why: "What contracts or a website promise; a SOC 2 report covers it. Separate several with commas.",
        choices: &PROMISES,
        default: None,
    })?;
    Ok(Category::ALL
        .iter()
        .enumerate()
        .filter(|(at, _)| chosen.contains(at))
        .map(|(_, category)| *category)
        .collect())
}

pub fn one(question: &Question<'_>) -> Result<usize, Failure> {
    loop {
        match several(question)?.as_slice() {
            [] => return Ok(question.default.unwrap_or_default()),
            [one] => return Ok(*one),
            _ => output::print("   Choose one of them.\n")?,
        }
    }
}

/// The positions that were chosen; none when Enter was pressed.
pub fn several(question: &Question<'_>) -> Result<Vec<usize>, Failure> {
    let mut said = format!("{}\n   {}\n", question.asks, question.why);
    let width = question
        .choices
        .iter()
        .map(|choice| choice.word.len())
        .max()
        .unwrap_or_default();
    for (at, choice) in question.choices.iter().enumerate() {
        said.push_str(&format!("   {}  {:width$}  {}\n", at + 1, choice.word, choice.meaning));
    }
    output::print(&said)?;
    let default = question.default.and_then(|at| question.choices.get(at));
    let default = default.map_or("none", |choice| choice.word);
    loop {
        output::print(&format!("   [{default}] "))?;
        let line = read_line()?;
        match parse(&line, question.choices) {
            Ok(chosen) => {
                output::print("\n")?;
                return Ok(chosen);
            }
            Err(word) => output::print(&format!(
                "   \"{}\" is not in the list: answer with a number from 1 to {}, or a word of the list.\n",
                safe::line(word),
                question.choices.len()
            ))?,
        }
    }
}

/// A line that is right, asked for until it is one; Enter takes the default.
pub fn line(asks: &str, why: &str, default: &str, is_right: impl Fn(&str) -> bool) -> Result<String, Failure> {
    output::print(&format!("{asks}\n   {why}\n"))?;
    loop {
        let shown = if default.is_empty() { "not stated" } else { default };
        output::print(&format!("   [{shown}] "))?;
        let line = read_line()?;
        if line.is_empty() || is_right(&line) {
            output::print("\n")?;
            return Ok(if line.is_empty() { default.to_owned() } else { line });
        }
        output::print("   That cannot be read; write it as asked for.\n")?;
    }
}

/// Numbers or words, separated by commas or blanks.
fn parse<'l>(line: &'l str, choices: &[Choice]) -> Result<Vec<usize>, &'l str> {
    let words = line.split([',', ' ', '\t']).filter(|word| !word.is_empty());
    let position = |word: &'l str| {
        let number = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let number = number.filter(|at| *at < choices.len());
        let named = || choices.iter().position(|choice| choice.word.eq_ignore_ascii_case(word));
        number.or_else(named).ok_or(word)
    };
    words.map(position).collect()
}

fn read_line() -> Result<String, InputError> {
    let mut line = Vec::new();
    let read = std::io::stdin().lock().read_until(b'\n', &mut line);
    match read {
        Ok(0) => Err(InputError::Ended),
        Ok(_) => Ok(String::from_utf8_lossy(&line).trim().to_owned()),
        Err(error) => Err(InputError::Unreadable(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_number_or_a_word() {
        for (line, chosen) in [
            ("", Ok(vec![])),
            ("2", Ok(vec![1])),
            ("Privacy", Ok(vec![4])),
            ("1, availability", Ok(vec![0, 1])),
            ("0", Err("0")),
            ("6", Err("6")),
            ("security,safety", Err("safety")),
        ] {
            assert_eq!(parse(line, &PROMISES), chosen, "{line}");
        }
    }
}
