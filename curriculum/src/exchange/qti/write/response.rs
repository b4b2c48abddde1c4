//! Declarations of responses and the rules of scoring.

use crate::exchange::number::Weight;
use crate::exchange::xml::escape;

/// Where rules of scoring begin and end.
pub(super) const BEGIN: &str = "<responseProcessing>\n";
pub(super) const END: &str = "</responseProcessing>\n";

/// A response declaration with its score; `mapping` by answer.
pub(super) fn declaration(cardinality: &str, base: &str, correct: &[String], mapping: &[(String, Weight)]) -> String {
    let values: String = correct.iter().map(|v| format!("<value>{}</value>", escape(v))).collect();
    let correct = if values.is_empty() { values } else { format!("<correctResponse>{values}</correctResponse>\n") };
    let entry = |(key, weight): &(String, Weight)| format!("<mapEntry mapKey=\"{}\" mappedValue=\"{}\"/>\n", escape(key), weight.part());
    let entries: String = mapping.iter().map(entry).collect();
    let mapping = if entries.is_empty() {
        entries
    } else {
        format!("<mapping lowerBound=\"0\" upperBound=\"1\" defaultValue=\"0\">\n{entries}</mapping>\n")
    };
    format!(
        "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"{cardinality}\" baseType=\"{base}\">\n{correct}{mapping}\
         </responseDeclaration>\n<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\n"
    )
}

/// Sets an outcome.
pub(super) fn set(outcome: &str, value: &str) -> String {
    format!("<setOutcomeValue identifier=\"{outcome}\">{value}</setOutcomeValue>\n")
}

/// A value that names something.
pub(super) fn identifier(value: &str) -> String {
    format!("<baseValue baseType=\"identifier\">{value}</baseValue>")
}

/// A score.
pub(super) fn score(weight: Weight) -> String {
    set("SCORE", &format!("<baseValue baseType=\"float\">{}</baseValue>", weight.part()))
}

/// The rule that gives what the mapping says.
pub(super) fn mapped() -> String {
    set("SCORE", "<mapResponse identifier=\"RESPONSE\"/>")
}

/// The rule that gives everything for the right answer.
pub(super) fn matched() -> String {
    let right = "<match><variable identifier=\"RESPONSE\"/><correct identifier=\"RESPONSE\"/></match>";
    format!("<responseCondition><responseIf>{right}\n{}</responseIf></responseCondition>\n", score(Weight::FULL))
}

/// The outcome is what was answered.
pub(super) fn same(outcome: &str) -> String {
    set(outcome, "<variable identifier=\"RESPONSE\"/>")
}

/// Conditions and what follows from each; the first that holds counts.
pub(super) fn branches(branches: &[(String, String)]) -> String {
    let words = std::iter::once("responseIf").chain(std::iter::repeat("responseElseIf"));
    let all = branches.iter().zip(words).map(|((condition, then), word)| format!("<{word}>{condition}\n{then}</{word}>\n"));
    format!("<responseCondition>\n{}</responseCondition>\n", all.collect::<String>())
}
