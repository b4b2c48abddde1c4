//! What stands between the braces.

use super::blocks::Block;
use super::syntax::{plain, rich, split_marker, split_once, split_weight, unescape};
use crate::exchange::model::{Answer, Body, Choice, Markup, Numeric, NumericKind, Pair, Text};
use crate::exchange::number::{Decimal, Weight};
use crate::exchange::report::{Field, Flaw, Remark, Report};
use crate::exchange::text::trim;

/// The line and the reason why a question is left out.
type Refused = (u32, Flaw);

/// An answer as written, after its mark.
struct Chunk<'b> {
    mark: Option<char>,
    raw: &'b str,
}

/// The type of a question and its answers.
pub(super) fn body(block: &Block, inside: &str, default: Markup, report: &mut Report) -> Result<Body, Refused> {
    let inside = trim(inside);
    let mut reader = Reader { block, default, report };
    if inside.is_empty() {
        return Ok(Body::Essay);
    }
    if let Some(numbers) = inside.strip_prefix('#') {
        return reader.numeric(numbers);
    }
    if let Some(body) = true_false(inside, default) {
        return Ok(body);
    }
    let chunks = chunks(inside);
    if chunks.iter().any(|c| c.mark == Some('~')) {
        return Ok(reader.choices(&chunks));
    }
    let arrows = chunks.iter().filter(|c| split_once(c.raw, '#').0.contains("->")).count();
    if chunks.iter().any(|c| c.mark.is_some()) && arrows == chunks.len() {
        return Ok(Body::Matching(chunks.iter().filter_map(|c| pair(c.raw, default)).collect()));
    }
    if arrows > 0 && chunks.iter().any(|c| c.mark.is_some()) {
        reader.report.add(block.line_of(inside), Remark::PairWithoutArrow);
    }
    Ok(Body::ShortAnswer(chunks.iter().map(|c| reader.answer(c)).collect()))
}

/// The answers, each after its `=` or `~`; the first may have none.
fn chunks(inside: &str) -> Vec<Chunk<'_>> {
    let marks: Vec<(usize, char)> = plain(inside).filter(|(_, c)| matches!(c, '=' | '~')).collect();
    let first = inside.get(..marks.first().map_or(inside.len(), |(at, _)| *at)).unwrap_or_default();
    let unmarked = (!trim(first).is_empty()).then_some(Chunk { mark: None, raw: first });
    let ends = marks.iter().skip(1).map(|(at, _)| *at).chain([inside.len()]);
    let marked = marks
        .iter()
        .zip(ends)
        .map(|((at, mark), end)| Chunk { mark: Some(*mark), raw: inside.get(at + mark.len_utf8()..end).unwrap_or_default() });
    unmarked.into_iter().chain(marked).collect()
}

fn feedback(raw: Option<&str>, default: Markup) -> Option<Text> {
    raw.map(|f| rich(f, default)).filter(|f| !f.is_empty())
}

fn true_false(inside: &str, default: Markup) -> Option<Body> {
    let (word, rest) = split_once(inside, '#');
    let is_true = match trim(word) {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return None,
    };
    let (wrong, right) = rest.map_or((None, None), |rest| {
        let (wrong, right) = split_once(rest, '#');
        (feedback(Some(wrong), default), feedback(right, default))
    });
    let (if_true, if_false) = if is_true { (right, wrong) } else { (wrong, right) };
    Some(Body::TrueFalse { is_true, if_true, if_false })
}

fn pair(raw: &str, default: Markup) -> Option<Pair> {
    let (left, right) = raw.split_once("->")?;
    Some(Pair { left: rich(left, default), right: trim(&unescape(trim(right))).to_owned() })
}

struct Reader<'r> {
    block: &'r Block,
    default: Markup,
    report: &'r mut Report,
}

impl Reader<'_> {
    /// The weight at the beginning of an answer, and what comes after it.
    fn weight<'b>(&mut self, raw: &'b str) -> (Option<Weight>, &'b str) {
        let Some((value, rest)) = split_weight(raw) else { return (None, raw) };
        match Weight::from_percent(value) {
            Some(read) => {
                if read.rounded {
                    let line = self.block.line_of(raw);
                    self.report.add(line, Remark::WeightRounded { value: trim(value).to_owned() });
                }
                (Some(read.weight), rest)
            }
            None => {
                let line = self.block.line_of(raw);
                self.report.add(line, Remark::WeightAsText { value: format!("%{value}%") });
                (None, raw)
            }
        }
    }

    fn choices(&mut self, chunks: &[Chunk<'_>]) -> Body {
        let is_single = chunks.iter().any(|c| c.mark == Some('='));
        let choices = chunks.iter().map(|chunk| {
            let (weight, rest) = self.weight(chunk.raw);
            let (text, said) = split_once(rest, '#');
            let is_right = weight.is_some_and(|w| if is_single { w == Weight::FULL } else { w > Weight::ZERO });
            let correct = chunk.mark == Some('=') || is_right;
            Choice { text: rich(text, self.default), correct, weight, feedback: feedback(said, self.default) }
        });
        let choices = choices.collect();
        if is_single { Body::SingleChoice(choices) } else { Body::MultipleChoice(choices) }
    }

    fn answer(&mut self, chunk: &Chunk<'_>) -> Answer {
        let (weight, rest) = self.weight(chunk.raw);
        let (raw, said) = split_once(rest, '#');
        let (marker, text) = split_marker(raw);
        if matches!(marker, Some(Markup::Html | Markup::Markdown)) {
            self.report.add(self.block.line_of(raw), Remark::Lost { field: Field::Markup });
        }
        Answer { text: trim(&unescape(text)).to_owned(), weight, feedback: feedback(said, self.default) }
    }

    fn numeric(&mut self, numbers: &str) -> Result<Body, Refused> {
        let chunks = chunks(numbers);
        if chunks.is_empty() {
            return Err((self.block.line_of(numbers), Flaw::NoAnswers));
        }
        chunks.iter().map(|c| self.number(c)).collect::<Result<_, _>>().map(Body::Numeric)
    }

    fn number(&mut self, chunk: &Chunk<'_>) -> Result<Numeric, Refused> {
        let (weight, rest) = self.weight(chunk.raw);
        let (value, said) = split_once(rest, '#');
        let value = unescape(trim(value));
        let is_wrong = chunk.mark == Some('~');
        let refused = || (self.block.line_of(chunk.raw), Flaw::BadNumber { value: trim(&value).to_owned() });
        let kind = if is_wrong && value.is_empty() { NumericKind::Any } else { kind(trim(&value)).ok_or_else(refused)? };
        let weight = weight.or(is_wrong.then_some(Weight::ZERO));
        Ok(Numeric { kind, weight, feedback: feedback(said, self.default) })
    }
}

fn kind(value: &str) -> Option<NumericKind> {
    if value == "*" {
        return Some(NumericKind::Any);
    }
    if let Some((low, high)) = value.split_once("..") {
        return Some(NumericKind::Range { low: Decimal::parse(low)?, high: Decimal::parse(high)? });
    }
    let (value, tolerance) = match value.split_once(':') {
        Some((value, tolerance)) => (value, Some(Decimal::parse(tolerance)?)),
        None => (value, None),
    };
    Some(NumericKind::Value { value: Decimal::parse(value)?, tolerance })
}
