//! Pages of the trainee: her home, the course, evaluations, her certificate.

pub mod attempt;
pub mod certificate;
pub mod check_in;
pub mod course;
pub mod dispute;
pub mod evaluations;
pub mod home;
pub mod hours;
pub mod lesson;
pub mod result;
pub mod review;

pub use attempt::{attempt, saved_line};
pub use certificate::certificate;
pub use check_in::check_in;
pub use course::course;
pub use dispute::{my_dispute, new_dispute};
pub use evaluations::evaluations;
pub use home::home;
pub use hours::hours;
pub use lesson::{lesson, studied_line};
pub use result::result;
pub use review::review;

use crate::texts::Texts;
use domain::time::Seconds;
use leptos::prelude::*;

/// A number of things as the texts count them.
fn count(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// The module's number of a lesson's: "4" of "4.3".
fn module_of(lesson: &str) -> String {
    lesson.split('.').next().unwrap_or_default().to_owned()
}

/// The square with a module's number; filled when it is complete.
fn number(number: &str, done: bool) -> AnyView {
    let class = if done { "no done" } else { "no" };
    view! { <span class=class>{number.to_owned()}</span> }.into_any()
}

/// Whether `confirmed` fills `design`.
fn is_complete(confirmed: Seconds, design: Seconds) -> bool {
    confirmed >= design
}

/// The numbers, from 1, of the items that `pick` chooses.
fn numbers<T>(items: &[T], pick: impl Fn(&T) -> bool) -> Vec<usize> {
    items.iter().enumerate().filter(|(_, item)| pick(item)).map(|(index, _)| index + 1).collect()
}

/// "2, 5, 9".
fn listed(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

/// A paragraph for each block of plain text.
fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).map(str::to_owned).collect()
}

/// The squares of all questions of an attempt; `here` from 0.
fn questions(t: Texts, attempt: domain::ids::AttemptId, items: &[crate::features::assessment::ItemState], here: Option<usize>) -> AnyView {
    let links = items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let number = index + 1;
            let is_here = here == Some(index);
            let class = match (item.answered, item.flagged) {
                (true, true) => Some("done flag"),
                (true, false) => Some("done"),
                (false, true) => Some("flag"),
                (false, false) => None,
            };
            let state = if item.answered { t.attempt_answered() } else { t.attempt_unanswered() };
            let flagged = item.flagged.then(|| t.attempt_flagged());
            let current = is_here.then(|| t.attempt_here());
            view! {
                <a href=format!("/attempts/{attempt}/{number}") class=class aria-current=is_here.then_some("step")>{number}<span class="vh">{state}{flagged}{current}</span></a>
            }
        })
        .collect_view();
    view! { <div class="qnav">{links}</div> }.into_any()
}
