//! One block as an item: title, stem, and where the answers stand.

use super::answers;
use super::blocks::Block;
use super::syntax::{plain, raw_until, rich, split_general_feedback, split_title};
use crate::exchange::model::{Body, Item, Markup, Text};
use crate::exchange::report::{Flaw, Remark, Report};
use crate::exchange::text::trim;
use winnow::Parser;
use winnow::combinator::{delimited, opt};
use winnow::error::EmptyError;
use winnow::token::rest;

/// A question cut at its braces.
struct Cut<'b> {
    before: &'b str,
    inside: Option<&'b str>,
    after: &'b str,
}

fn cut(text: &str) -> Result<Cut<'_>, Flaw> {
    let answers = delimited('{', raw_until(&['}']), '}');
    let parsed: Result<_, EmptyError> = (raw_until(&['{', '}']), opt(answers), rest).parse_next(&mut { text });
    let (before, inside, after) = parsed.map_err(|_| Flaw::NoText)?;
    match inside {
        None if after.starts_with('{') => Err(Flaw::NoClosingBrace),
        None if after.starts_with('}') => Err(Flaw::NoOpeningBrace),
        inside => Ok(Cut { before, inside, after }),
    }
}

/// The item of a block; `None` where it cannot be understood, which the report says.
pub(super) fn item(block: &Block, report: &mut Report) -> Option<Item> {
    let line = block.line();
    let text = trim(&block.text);
    if let Some(path) = text.strip_prefix("$CATEGORY:") {
        return category(block, trim(path), report);
    }
    let (title, text) = split_title(text);
    let cut = match cut(text) {
        Ok(cut) => cut,
        Err(flaw) => {
            report.add(line, Remark::Unreadable(flaw));
            return None;
        }
    };
    let after = after(block, cut.after, report);
    let stem = stem(cut.before, cut.inside.is_some(), after);
    let mut item = Item { title, id: block.id.clone(), tags: block.tags.clone(), ..Item::new(line, stem, Body::Description) };
    if let Some(inside) = cut.inside {
        let (inside, general) = split_general_feedback(inside);
        item.general_feedback = general.map(|g| rich(g, item.stem.format)).filter(|g| !g.is_empty());
        match answers::body(block, inside, item.stem.format, report) {
            Ok(body) => item.body = body,
            Err((line, flaw)) => {
                report.add(line, Remark::Unreadable(flaw));
                return None;
            }
        }
    }
    Some(item)
}

fn category(block: &Block, path: &str, report: &mut Report) -> Option<Item> {
    if path.is_empty() {
        report.add(block.line(), Remark::Nothing);
        return None;
    }
    let item = Item::new(block.line(), Text::default(), Body::Category);
    Some(Item { title: Some(path.to_owned()), id: block.id.clone(), tags: block.tags.clone(), ..item })
}

/// The text after the answers; a comment there is none of it.
fn after<'b>(block: &Block, text: &'b str, report: &mut Report) -> &'b str {
    let first = text.split('\n').next().unwrap_or_default();
    let text = if trim(first).starts_with("//") {
        report.comment(block.line_of(text));
        text.get(first.len()..).unwrap_or_default()
    } else {
        text
    };
    if plain(text).any(|(_, c)| matches!(c, '{' | '}')) {
        report.add(block.line_of(text), Remark::BracesAsText);
    }
    text
}

fn stem(before: &str, asked: bool, after: &str) -> Text {
    if asked && !trim(after).is_empty() {
        return rich(&format!("{before}_____{after}"), Markup::Moodle);
    }
    rich(before, Markup::Moodle)
}
