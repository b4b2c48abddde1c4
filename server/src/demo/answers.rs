//! What the people of the demo answer: rightly, or wrongly.

use domain::assessment::question::{AuthoredQuestion, QuestionKind, Target};

const CASE: &str = "Primero la hago pasar a un sitio donde nadie escuche y le pregunto si está segura esta noche. Le digo que en violencia \
    no se concilia y que nadie puede obligarla a ir a una reunión. Le explico que puede denunciar en la comisaría o ante el juez de paz, hablando, \
    sin abogado y sin pagar. Le dejo el 105 y la Línea 100 escritos en un papel sin título. Si ella quiere, la acompaño mañana temprano. Lo que me \
    cuente no sale de mí, menos si corre peligro su vida.";

/// The values of the options and the text that the form of a question would send; `order` is that of its paper.
pub(super) fn said(question: &AuthoredQuestion, order: &[String], right: bool) -> (Vec<String>, Option<String>) {
    let chosen = question.options.iter().filter(|o| o.correct == right).map(|o| o.id.clone());
    let shown = question.ordered(order);
    let place = |id: &str| shown.iter().position(|o| o.id == id).map_or(1, |at| at + 1);
    let turned = |place: usize| if right { place } else { place % shown.len().max(1) + 1 };
    match question.kind {
        QuestionKind::SingleChoice | QuestionKind::TrueFalse => (chosen.take(1).collect(), None),
        QuestionKind::MultipleChoice => (chosen.collect(), None),
        QuestionKind::Matching => (question.pairs.iter().map(|p| turned(place(&p.option)).to_string()).collect(), None),
        QuestionKind::Ordering => {
            let of = |id: &str| question.options.iter().position(|o| o.id == id).map_or(1, |at| at + 1);
            (shown.iter().map(|o| turned(of(&o.id)).to_string()).collect(), None)
        }
        QuestionKind::ShortAnswer => {
            let text = question.accepted.iter().find(|a| a.weight.is_full()).map(|a| a.text.es.replace('*', ""));
            (Vec::new(), if right { text } else { Some("No sé".to_owned()) })
        }
        QuestionKind::Numeric => {
            let number = question.numbers.iter().find_map(|a| match a.value {
                Target::Exactly(number) if a.weight.is_full() => Some(number.to_string()),
                Target::Exactly(_) | Target::Any => None,
            });
            (Vec::new(), if right { number } else { Some("0".to_owned()) })
        }
        QuestionKind::Case => (Vec::new(), Some(CASE.to_owned())),
    }
}
