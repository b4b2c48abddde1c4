//! Items as a Moodle XML file.

use super::format_name;
use crate::exchange::model::{Body, Choice, Item, Markup, Numeric, NumericKind, Pair, Text, shares};
use crate::exchange::number::{Decimal, Weight};
use crate::exchange::report::{Field, Flaw, Remark, Report};
use crate::exchange::text::some;
use crate::exchange::xml;
use std::collections::BTreeSet;

/// The items as a Moodle XML file, and what it cannot hold.
#[must_use]
pub fn write(items: &[Item]) -> (String, Report) {
    let mut writer = Writer { report: Report::default(), line: 1, out: String::new() };
    writer.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    for item in items {
        let before = writer.out.len();
        if let Err(remark) = writer.item(item) {
            writer.out.truncate(before);
            writer.report.add(item.line, remark);
        }
    }
    writer.out.push_str("</quiz>\n");
    (writer.out, writer.report)
}

struct Writer {
    report: Report,
    line: u32,
    out: String,
}

impl Writer {
    fn clean(&mut self, text: &str) -> String {
        let (clean, lost) = xml::clean(text);
        if lost {
            self.report.once(self.line, Remark::LettersLost);
        }
        clean
    }

    fn push(&mut self, depth: usize, line: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// `<text>` with the text in it.
    fn text(&mut self, text: &str) -> String {
        let clean = self.clean(text);
        format!("<text>{}</text>", xml::cdata(&clean))
    }

    fn rich(&mut self, depth: usize, name: &str, text: &Text) {
        let inner = self.text(&text.text);
        self.push(depth, &format!("<{name} format=\"{}\">{inner}</{name}>", format_name(text.format)));
    }

    /// The element, unless there is no text for it.
    fn optional(&mut self, depth: usize, name: &str, text: Option<&Text>) {
        if let Some(text) = text.filter(|t| !xml::clean(&t.text).0.is_empty()) {
            self.rich(depth, name, text);
        }
    }

    fn item(&mut self, item: &Item) -> Result<(), Remark> {
        self.line = item.line;
        let kind = kind(&item.body);
        self.push(1, &format!("<question type=\"{kind}\">"));
        let title = item.title.as_deref().unwrap_or_default();
        if item.body == Body::Category {
            if self.clean(title).is_empty() {
                return Err(Remark::Nothing);
            }
            let path = self.text(title);
            self.push(2, &format!("<category>{path}</category>"));
            self.optional(2, "info", Some(&item.stem));
            if item.general_feedback.as_ref().is_some_and(|g| !g.is_empty()) {
                self.report.lost(self.line, Field::GeneralFeedback);
            }
            if !item.tags.is_empty() {
                self.report.lost(self.line, Field::Tags);
            }
            self.id(item);
        } else {
            let title = self.text(title);
            self.push(2, &format!("<name>{title}</name>"));
            self.rich(2, "questiontext", &item.stem);
            self.optional(2, "generalfeedback", item.general_feedback.as_ref());
            self.id(item);
            self.body(&item.body).map_err(Remark::Unwritable)?;
            self.tags(&item.tags);
        }
        self.push(1, "</question>");
        Ok(())
    }

    fn id(&mut self, item: &Item) {
        if let Some(id) = item.id.as_deref().map(|id| self.clean(id)).and_then(some) {
            self.push(2, &format!("<idnumber>{}</idnumber>", xml::escape(&id)));
        }
    }

    fn tags(&mut self, tags: &[String]) {
        let mut kept: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        for tag in tags {
            let tag = self.clean(tag);
            if !tag.is_empty() && seen.insert(tag.clone()) {
                kept.push(tag);
            }
        }
        if !kept.is_empty() {
            let inner: String = kept.iter().map(|t| format!("<tag><text>{}</text></tag>", xml::cdata(t))).collect();
            self.push(2, &format!("<tags>{inner}</tags>"));
        }
    }

    fn body(&mut self, body: &Body) -> Result<(), Flaw> {
        let count = match body {
            Body::Category | Body::Description | Body::Essay => 1,
            Body::SingleChoice(choices) => {
                self.push(2, "<single>true</single>");
                let weights = self.single(choices);
                self.choices(choices, &weights)
            }
            Body::MultipleChoice(choices) => {
                self.push(2, "<single>false</single>");
                self.choices(choices, &shares(choices))
            }
            Body::TrueFalse { is_true, if_true, if_false } => {
                for (text, right, said) in [("true", *is_true, if_true), ("false", !is_true, if_false)] {
                    let weight = if right { Weight::FULL } else { Weight::ZERO };
                    self.answer(weight, &Text::new(Markup::Moodle, text), None, said.as_ref());
                }
                2
            }
            Body::ShortAnswer(answers) => {
                for answer in answers {
                    let weight = answer.weight.unwrap_or(Weight::FULL);
                    self.answer(weight, &Text::new(Markup::Moodle, &answer.text), None, answer.feedback.as_ref());
                }
                answers.len()
            }
            Body::Numeric(answers) => {
                for answer in answers {
                    self.numeric(answer)?;
                }
                answers.len()
            }
            Body::Matching(pairs) => {
                pairs.iter().for_each(|p| self.pair(p));
                pairs.len()
            }
        };
        if count == 0 { Err(Flaw::NoAnswers) } else { Ok(()) }
    }

    /// In Moodle the right option of a single choice is the one that gives everything.
    fn single(&mut self, choices: &[Choice]) -> Vec<Weight> {
        let has_full = choices.iter().any(|c| c.weight.map_or(c.correct, |w| w == Weight::FULL));
        let natural = |c: &Choice| if c.correct { Weight::FULL } else { Weight::ZERO };
        if has_full {
            return choices.iter().map(|c| c.weight.unwrap_or(natural(c))).collect();
        }
        if choices.iter().any(|c| c.correct) {
            self.report.lost(self.line, Field::Weights);
        }
        choices.iter().map(|c| if c.correct { Weight::FULL } else { c.weight.unwrap_or_default() }).collect()
    }

    fn choices(&mut self, choices: &[Choice], weights: &[Weight]) -> usize {
        for (choice, weight) in choices.iter().zip(weights) {
            self.answer(*weight, &choice.text, None, choice.feedback.as_ref());
        }
        choices.len()
    }

    fn answer(&mut self, weight: Weight, text: &Text, tolerance: Option<&Decimal>, feedback: Option<&Text>) {
        self.push(2, &format!("<answer fraction=\"{weight}\" format=\"{}\">", format_name(text.format)));
        let inner = self.text(&text.text);
        self.push(3, &inner);
        if let Some(tolerance) = tolerance {
            self.push(3, &format!("<tolerance>{tolerance}</tolerance>"));
        }
        self.optional(3, "feedback", feedback);
        self.push(2, "</answer>");
    }

    fn numeric(&mut self, answer: &Numeric) -> Result<(), Flaw> {
        let weight = answer.weight.unwrap_or(Weight::FULL);
        let (text, tolerance) = match &answer.kind {
            NumericKind::Any => ("*".to_owned(), None),
            NumericKind::Value { value, tolerance } => (value.to_string(), tolerance.clone()),
            NumericKind::Range { low, high } => {
                let middle = Decimal::middle(low, high).ok_or_else(|| Flaw::BadNumber { value: format!("{low}..{high}") })?;
                (middle.0.to_string(), Some(middle.1))
            }
        };
        self.answer(weight, &Text::new(Markup::Moodle, &text), tolerance.as_ref(), answer.feedback.as_ref());
        Ok(())
    }

    fn pair(&mut self, pair: &Pair) {
        let left = self.text(&pair.left.text);
        let right = self.text(&pair.right);
        let format = format_name(pair.left.format);
        self.push(2, &format!("<subquestion format=\"{format}\">{left}<answer>{right}</answer></subquestion>"));
    }
}

const fn kind(body: &Body) -> &'static str {
    match body {
        Body::Category => "category",
        Body::Description => "description",
        Body::SingleChoice(_) | Body::MultipleChoice(_) => "multichoice",
        Body::TrueFalse { .. } => "truefalse",
        Body::ShortAnswer(_) => "shortanswer",
        Body::Numeric(_) => "numerical",
        Body::Matching(_) => "matching",
        Body::Essay => "essay",
    }
}
