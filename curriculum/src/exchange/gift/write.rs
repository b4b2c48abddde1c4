//! Items as a GIFT file.

use crate::exchange::model::{Answer, Body, Choice, Item, Kind, Markup, Numeric, NumericKind, Pair, Text, shares};
use crate::exchange::number::Weight;
use crate::exchange::report::{Field, Flaw, Remark, Report};
use crate::exchange::text::{one_line, some, tidy};
use std::collections::BTreeSet;

/// The items as a GIFT file, and what GIFT cannot hold.
#[must_use]
pub fn write(items: &[Item]) -> (String, Report) {
    let mut writer = Writer { report: Report::default(), line: 1, default: Markup::Moodle };
    let written: Vec<String> = items.iter().filter_map(|i| writer.item(i)).collect();
    (written.join("\n"), writer.report)
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("\\n"),
            '\\' | '#' | '=' | '~' | '{' | '}' | ':' => escaped.extend(['\\', c]),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A text with its marker where it needs one: another format, or a beginning that would be taken for syntax.
fn rich(text: &Text, default: Markup) -> String {
    let plain = tidy(&text.text);
    if plain.is_empty() {
        return plain;
    }
    let needs_marker = text.format != default || ["[", "%", "//"].iter().any(|start| plain.starts_with(start));
    let marker = if needs_marker { format!("[{}]", text.format.name()) } else { String::new() };
    format!("{marker}{}", escape(&plain))
}

fn feedback(text: Option<&Text>, default: Markup) -> String {
    let said = text.map(|t| rich(t, default)).and_then(some);
    said.map(|f| format!("#{f}")).unwrap_or_default()
}

fn percent(weight: Weight) -> String {
    format!("%{weight}%")
}

/// A weight other than full.
fn part(weight: Option<Weight>) -> String {
    weight.filter(|w| *w != Weight::FULL).map(percent).unwrap_or_default()
}

struct Writer {
    report: Report,
    line: u32,
    default: Markup,
}

impl Writer {
    fn item(&mut self, item: &Item) -> Option<String> {
        self.line = item.line;
        let stem = rich(&item.stem, Markup::Moodle);
        self.default = if stem.is_empty() { Markup::Moodle } else { item.stem.format };
        let title = item.title.as_deref().map(tidy).unwrap_or_default();
        let labels = self.labels(item);
        if item.body == Body::Category {
            return self.category(item, &labels, &title);
        }
        let title = if title.is_empty() { title } else { format!("::{}::", escape(&title)) };
        if item.body == Body::Description {
            if title.is_empty() && stem.is_empty() {
                self.report.add(self.line, Remark::Nothing);
                return None;
            }
            self.no_general_feedback(item);
            return Some(format!("{labels}{title}{stem}\n"));
        }
        match self.answers(item) {
            Ok(answers) => Some(format!("{labels}{title}{stem}{{{answers}}}\n")),
            Err(flaw) => {
                self.report.add(self.line, Remark::Unwritable(flaw));
                None
            }
        }
    }

    fn category(&mut self, item: &Item, labels: &str, title: &str) -> Option<String> {
        let path = one_line(title);
        if path.is_empty() {
            self.report.add(self.line, Remark::Nothing);
            return None;
        }
        if !item.stem.text.is_empty() {
            self.report.lost(self.line, Field::CategoryText);
        }
        self.no_general_feedback(item);
        Some(format!("{labels}$CATEGORY: {path}\n"))
    }

    fn no_general_feedback(&mut self, item: &Item) {
        if item.general_feedback.as_ref().is_some_and(|g| !g.is_empty()) {
            self.report.lost(self.line, Field::GeneralFeedback);
        }
    }

    /// The comment with id and tags.
    fn labels(&mut self, item: &Item) -> String {
        let id = item.id.iter().map(|id| ("id", Field::Id, id));
        let tags = item.tags.iter().map(|tag| ("tag", Field::Tags, tag));
        let mut labels: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        for (name, field, value) in id.chain(tags) {
            let line = one_line(value);
            // A backslash at the end would escape the bracket.
            let kept = line.trim_end_matches(['\\', ' ']);
            if kept != line {
                self.report.lost(self.line, field);
            }
            let label = format!("[{name}:{}]", kept.replace(']', "\\]"));
            if !kept.is_empty() && seen.insert(label.clone()) {
                labels.push(label);
            }
        }
        if labels.is_empty() { String::new() } else { format!("// {}\n", labels.join(" ")) }
    }

    fn answers(&mut self, item: &Item) -> Result<String, Flaw> {
        let (start, lines) = match &item.body {
            Body::Category | Body::Description | Body::Essay => ("", Vec::new()),
            Body::SingleChoice(choices) => ("", self.single(choices)?),
            Body::MultipleChoice(choices) => ("", self.multiple(choices)),
            Body::TrueFalse { is_true, if_true, if_false } => return Ok(self.true_false(item, *is_true, if_true, if_false)),
            Body::ShortAnswer(answers) => ("", self.short(answers)?),
            Body::Numeric(answers) => ("#", answers.iter().map(|a| self.numeric(a)).collect()),
            Body::Matching(pairs) => ("", self.matching(pairs)?),
        };
        let general = self.general(item);
        if item.body == Body::Essay {
            return Ok(general);
        }
        if lines.is_empty() {
            return Err(Flaw::NoAnswers);
        }
        let lines = lines.into_iter().chain(some(general)).map(|l| format!("\t{l}\n"));
        Ok(format!("{start}\n{}", lines.collect::<String>()))
    }

    fn general(&self, item: &Item) -> String {
        let general = feedback(item.general_feedback.as_ref(), self.default);
        if general.is_empty() { general } else { format!("###{general}") }
    }

    fn single(&mut self, choices: &[Choice]) -> Result<Vec<String>, Flaw> {
        let is_full = |c: &Choice| c.weight.map_or(c.correct, |w| w == Weight::FULL);
        // An answer that is only partly right has its weight, as long as another one is wholly right.
        let has_full = choices.iter().any(is_full);
        let is_right = |c: &Choice| is_full(c) || c.correct && !has_full;
        if choices.is_empty() {
            return Err(Flaw::NoAnswers);
        }
        if choices.iter().any(|c| is_right(c) && !is_full(c)) {
            self.report.lost(self.line, Field::Weights);
        }
        if choices.iter().all(is_right) {
            return self.all_right(choices);
        }
        if !choices.iter().any(is_right) {
            self.report.add(self.line, Remark::TypeChanged { from: Kind::SingleChoice, to: Kind::MultipleChoice });
        }
        let mark = |c: &Choice| if is_right(c) { "=".to_owned() } else { wrong(c.weight.unwrap_or_default()) };
        Ok(choices.iter().map(|c| self.choice(&mark(c), c)).collect())
    }

    /// GIFT takes options that are all right for accepted answers.
    fn all_right(&mut self, choices: &[Choice]) -> Result<Vec<String>, Flaw> {
        self.report.add(self.line, Remark::TypeChanged { from: Kind::SingleChoice, to: Kind::ShortAnswer });
        if choices.iter().any(|c| matches!(c.text.format, Markup::Html | Markup::Markdown)) {
            self.report.lost(self.line, Field::Markup);
        }
        let answer = |c: &Choice| Answer { text: c.text.text.clone(), weight: None, feedback: c.feedback.clone() };
        self.short(&choices.iter().map(answer).collect::<Vec<_>>())
    }

    fn multiple(&self, choices: &[Choice]) -> Vec<String> {
        choices.iter().zip(shares(choices)).map(|(c, weight)| self.choice(&wrong(weight), c)).collect()
    }

    fn choice(&self, mark: &str, choice: &Choice) -> String {
        format!("{mark}{}{}", rich(&choice.text, self.default), feedback(choice.feedback.as_ref(), self.default))
    }

    fn true_false(&self, item: &Item, is_true: bool, if_true: &Option<Text>, if_false: &Option<Text>) -> String {
        let (word, wrong, right) = if is_true { ("TRUE", if_false, if_true) } else { ("FALSE", if_true, if_false) };
        let right = feedback(right.as_ref(), self.default);
        let wrong = feedback(wrong.as_ref(), self.default);
        let wrong = if wrong.is_empty() && !right.is_empty() { "#" } else { &wrong };
        format!("{word}{wrong}{right}{}", self.general(item))
    }

    fn short(&self, answers: &[Answer]) -> Result<Vec<String>, Flaw> {
        if answers.iter().all(|a| a.text.contains("->")) && !answers.is_empty() {
            return Err(Flaw::Arrow);
        }
        let line = |a: &Answer| {
            let text = rich(&Text::new(Markup::Moodle, &a.text), Markup::Moodle);
            format!("={}{text}{}", part(a.weight), feedback(a.feedback.as_ref(), self.default))
        };
        Ok(answers.iter().map(line).collect())
    }

    fn numeric(&self, answer: &Numeric) -> String {
        let feedback = feedback(answer.feedback.as_ref(), self.default);
        let weight = part(answer.weight);
        match &answer.kind {
            NumericKind::Any if answer.weight == Some(Weight::ZERO) => format!("~{feedback}"),
            NumericKind::Any => format!("={weight}*{feedback}"),
            NumericKind::Range { low, high } => format!("={weight}{low}..{high}{feedback}"),
            NumericKind::Value { value, tolerance: None } => format!("={weight}{value}{feedback}"),
            NumericKind::Value { value, tolerance: Some(tolerance) } => format!("={weight}{value}:{tolerance}{feedback}"),
        }
    }

    fn matching(&self, pairs: &[Pair]) -> Result<Vec<String>, Flaw> {
        if pairs.iter().any(|p| p.left.text.contains("->")) {
            return Err(Flaw::Arrow);
        }
        Ok(pairs.iter().map(|p| format!("={} -> {}", rich(&p.left, self.default), escape(&tidy(&p.right)))).collect())
    }
}

/// The mark of an option that is not wholly right.
fn wrong(weight: Weight) -> String {
    if weight == Weight::ZERO { "~".to_owned() } else { format!("~{}", percent(weight)) }
}
