//! Moodle XML, as Moodle exports it.
//!
//! Settings that we do not have (grade, penalty, shuffling, …) are counted in the report; cloze, calculated and plug-in
//! questions are named and left out; so are embedded files.

mod question;
mod read;
mod write;

pub use read::read;
pub use write::write;

use super::model::Markup;

/// Markups and their names in the file.
const FORMATS: [(Markup, &str); 4] =
    [(Markup::Moodle, "moodle_auto_format"), (Markup::Html, "html"), (Markup::Plain, "plain_text"), (Markup::Markdown, "markdown")];

fn format_name(markup: Markup) -> &'static str {
    FORMATS.iter().find(|(m, _)| *m == markup).map_or("html", |(_, name)| name)
}

fn format_from(name: &str) -> Option<Markup> {
    FORMATS.iter().find(|(_, n)| *n == name).map(|(markup, _)| *markup)
}

#[cfg(test)]
mod tests;
