//! Items as JSON. A text in another markup than the stem's says so in a field of its own (`format`, `feedback_format`,
//! `general_feedback_format`, `left_format`); otherwise these are left out.

use super::model::{Answer, Body, Choice, Item, Kind, Markup, Numeric, NumericKind, Pair, Text};
use super::number::{Decimal, Weight};
use serde::Serialize;

#[derive(Serialize)]
struct ItemView<'a> {
    #[serde(rename = "type")]
    kind: Kind,
    title: Option<&'a str>,
    id: Option<&'a str>,
    tags: &'a [String],
    stem: Option<&'a Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_true: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<Vec<ChoiceView<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<AnswerView<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    numeric: Option<Vec<NumericView<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pairs: Option<Vec<PairView<'a>>>,
    general_feedback: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    general_feedback_format: Option<Markup>,
}

#[derive(Serialize)]
struct Feedback<'a> {
    feedback: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feedback_format: Option<Markup>,
}

#[derive(Serialize)]
struct ChoiceView<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Markup>,
    correct: bool,
    weight: Option<Weight>,
    #[serde(flatten)]
    feedback: Feedback<'a>,
}

#[derive(Serialize)]
struct AnswerView<'a> {
    text: &'a str,
    weight: Option<Weight>,
    #[serde(flatten)]
    feedback: Feedback<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum NumericWord {
    Value,
    Range,
    Any,
}

#[derive(Serialize)]
struct NumericView<'a> {
    kind: NumericWord,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tolerance: Option<Option<&'a Decimal>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<&'a Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<&'a Decimal>,
    weight: Option<Weight>,
    #[serde(flatten)]
    feedback: Feedback<'a>,
}

#[derive(Serialize)]
struct PairView<'a> {
    left: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_format: Option<Markup>,
    right: &'a str,
}

/// The items as a JSON array, in their order; weights in percent and numbers with the digits of the file.
#[must_use]
pub fn dump(items: &[Item]) -> String {
    let views: Vec<ItemView<'_>> = items.iter().map(view).collect();
    serde_json::to_string_pretty(&views).unwrap_or_else(|_| "[]".to_owned())
}

fn view(item: &Item) -> ItemView<'_> {
    let default = item.stem.format;
    let general = feedback(item.general_feedback.as_ref(), default);
    let mut view = ItemView {
        kind: item.body.kind(),
        title: item.title.as_deref(),
        id: item.id.as_deref(),
        tags: &item.tags,
        stem: Some(&item.stem),
        is_true: None,
        choices: None,
        answers: None,
        numeric: None,
        pairs: None,
        general_feedback: general.feedback,
        general_feedback_format: general.feedback_format,
    };
    match &item.body {
        Body::Category => view.stem = view.stem.filter(|s| !s.is_empty()),
        Body::Description | Body::Essay => {}
        Body::SingleChoice(choices) | Body::MultipleChoice(choices) => {
            view.choices = Some(choices.iter().map(|c| choice(c, default)).collect());
        }
        Body::TrueFalse { is_true, if_true, if_false } => {
            view.is_true = Some(*is_true);
            let side = |text, correct, said| ChoiceView { text, format: None, correct, weight: None, feedback: said };
            view.choices = Some(vec![
                side("true", *is_true, feedback(if_true.as_ref(), default)),
                side("false", !is_true, feedback(if_false.as_ref(), default)),
            ]);
        }
        Body::ShortAnswer(answers) => view.answers = Some(answers.iter().map(|a| answer(a, default)).collect()),
        Body::Numeric(answers) => view.numeric = Some(answers.iter().map(|a| numeric(a, default)).collect()),
        Body::Matching(pairs) => view.pairs = Some(pairs.iter().map(|p| pair(p, default)).collect()),
    }
    view
}

fn other(format: Markup, default: Markup) -> Option<Markup> {
    (format != default).then_some(format)
}

fn feedback(text: Option<&Text>, default: Markup) -> Feedback<'_> {
    Feedback { feedback: text.map(|t| t.text.as_str()), feedback_format: text.and_then(|t| other(t.format, default)) }
}

fn choice(choice: &Choice, default: Markup) -> ChoiceView<'_> {
    ChoiceView {
        text: &choice.text.text,
        format: other(choice.text.format, default),
        correct: choice.correct,
        weight: choice.weight,
        feedback: feedback(choice.feedback.as_ref(), default),
    }
}

fn answer(answer: &Answer, default: Markup) -> AnswerView<'_> {
    AnswerView { text: &answer.text, weight: answer.weight, feedback: feedback(answer.feedback.as_ref(), default) }
}

fn numeric(answer: &Numeric, default: Markup) -> NumericView<'_> {
    let mut view = NumericView {
        kind: NumericWord::Any,
        value: None,
        tolerance: None,
        low: None,
        high: None,
        weight: answer.weight,
        feedback: feedback(answer.feedback.as_ref(), default),
    };
    match &answer.kind {
        NumericKind::Value { value, tolerance } => {
            (view.kind, view.value, view.tolerance) = (NumericWord::Value, Some(value), Some(tolerance.as_ref()));
        }
        NumericKind::Range { low, high } => (view.kind, view.low, view.high) = (NumericWord::Range, Some(low), Some(high)),
        NumericKind::Any => {}
    }
    view
}

fn pair(pair: &Pair, default: Markup) -> PairView<'_> {
    PairView { left: &pair.left.text, left_format: other(pair.left.format, default), right: &pair.right }
}
