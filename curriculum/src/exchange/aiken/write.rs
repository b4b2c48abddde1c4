//! Items as an Aiken file: single choices and true/false, and of them the text alone.

use super::{Line, line};
use crate::exchange::model::{Body, Choice, Item, Kind, Markup, Text};
use crate::exchange::number::Weight;
use crate::exchange::report::{Field, Flaw, Remark, Report};
use crate::exchange::text::{one_line, tidy, trim};

/// The items as an Aiken file, and what Aiken cannot hold.
#[must_use]
pub fn write(items: &[Item]) -> (String, Report) {
    let mut writer = Writer { report: Report::default(), line: 1 };
    let mut written = Vec::new();
    for item in items {
        writer.line = item.line;
        match writer.item(item) {
            Ok(text) => written.push(text),
            Err(remark) => writer.report.add(item.line, remark),
        }
    }
    (written.join("\n"), writer.report)
}

struct Writer {
    report: Report,
    line: u32,
}

impl Writer {
    fn text(&mut self, text: &Text) -> String {
        if matches!(text.format, Markup::Html | Markup::Markdown) && !text.is_empty() {
            self.report.lost(self.line, Field::Markup);
        }
        if tidy(&text.text).contains('\n') {
            self.report.once(self.line, Remark::LinesJoined);
        }
        one_line(&text.text)
    }

    fn item(&mut self, item: &Item) -> Result<String, Remark> {
        let (options, right) = match &item.body {
            Body::SingleChoice(choices) => self.choices(choices)?,
            Body::TrueFalse { is_true, if_true, if_false } => {
                self.report.add(self.line, Remark::TypeChanged { from: Kind::TrueFalse, to: Kind::SingleChoice });
                if if_true.is_some() || if_false.is_some() {
                    self.report.lost(self.line, Field::Feedback);
                }
                (vec!["Verdadero".to_owned(), "Falso".to_owned()], usize::from(!is_true))
            }
            Body::Category
            | Body::Description
            | Body::MultipleChoice(_)
            | Body::ShortAnswer(_)
            | Body::Numeric(_)
            | Body::Matching(_)
            | Body::Essay => return Err(Remark::NoSuchType { kind: item.body.kind() }),
        };
        let stem = self.text(&item.stem);
        match line(&stem) {
            Line::Text(_) => {}
            Line::Blank => return Err(Remark::Unwritable(Flaw::NoText)),
            Line::Option(..) | Line::Answer(_) => return Err(Remark::Unwritable(Flaw::LooksLikeSyntax)),
        }
        let answer = ('A'..='Z').nth(right).ok_or(Remark::Unwritable(Flaw::TooManyOptions))?;
        self.lost(item);
        let options = ('A'..='Z').zip(options).map(|(letter, text)| format!("{}\n", trim(&format!("{letter}. {text}"))));
        Ok(format!("{stem}\n{}ANSWER: {answer}\n", options.collect::<String>()))
    }

    /// The texts of the options, and the place of the right one.
    fn choices(&mut self, choices: &[Choice]) -> Result<(Vec<String>, usize), Remark> {
        let mut right = choices.iter().enumerate().filter(|(_, c)| c.correct).map(|(place, _)| place);
        let (Some(place), None) = (right.next(), right.next()) else {
            return Err(Remark::Unwritable(Flaw::NotOneRight));
        };
        if choices.len() > 26 {
            return Err(Remark::Unwritable(Flaw::TooManyOptions));
        }
        let natural = |c: &Choice| c.weight.is_none_or(|w| w == if c.correct { Weight::FULL } else { Weight::ZERO });
        if !choices.iter().all(natural) {
            self.report.lost(self.line, Field::Weights);
        }
        if choices.iter().any(|c| c.feedback.is_some()) {
            self.report.lost(self.line, Field::Feedback);
        }
        Ok((choices.iter().map(|c| self.text(&c.text)).collect(), place))
    }

    fn lost(&mut self, item: &Item) {
        let fields = [
            (item.title.is_some(), Field::Title),
            (item.id.is_some(), Field::Id),
            (!item.tags.is_empty(), Field::Tags),
            (item.general_feedback.is_some(), Field::GeneralFeedback),
        ];
        for (_, field) in fields.into_iter().filter(|(is_there, _)| *is_there) {
            self.report.lost(self.line, field);
        }
    }
}
