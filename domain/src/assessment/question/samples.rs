//! Questions for tests, one function a type.

use super::*;

fn entries(count: usize) -> Vec<AuthoredOption> {
    let option = |id: char| AuthoredOption {
        id: id.to_string(),
        correct: false,
        critical: false,
        text: Localised::es(&format!("Texto {id}")),
        feedback: Localised::default(),
    };
    ('a'..).take(count).map(option).collect()
}

fn question(kind: QuestionKind, points: u32) -> AuthoredQuestion {
    AuthoredQuestion {
        tags: vec!["t".to_owned()],
        points,
        prompt: Localised::es("Pregunta"),
        ..AuthoredQuestion::new("q".into(), kind, "o1".into())
    }
}

/// A choice question: `key` tells which of the options `a`, `b`, … are right.
pub(crate) fn choice(kind: QuestionKind, points: u32, key: &[bool]) -> AuthoredQuestion {
    let options = entries(key.len()).into_iter().zip(key);
    let options = options.map(|(option, &correct)| AuthoredOption { correct, feedback: Localised::es("Respuesta"), ..option });
    AuthoredQuestion { options: options.collect(), ..question(kind, points) }
}

/// A case with two criteria (0, 3, 5 points each) and the critical line `k1`.
pub(crate) fn case() -> AuthoredQuestion {
    let level = |points| Level { points, text: Localised::es("Nivel"), critical: false };
    let criterion =
        |id: &str| Criterion { id: id.to_owned(), title: Localised::es("Criterio"), levels: vec![level(0), level(3), level(5)] };
    AuthoredQuestion {
        id: "caso".into(),
        rubric: vec![criterion("r1"), criterion("r2")],
        critical_lines: vec![CriticalLine { id: "k1".to_owned(), text: Localised::es("Ofrece conciliar.") }],
        minimum_words: 40,
        ..question(QuestionKind::Case, 10)
    }
}

fn weight(percent: u32) -> Weight {
    Weight::new(percent * 100_000).unwrap()
}

/// A short answer question: accepted answers and what they give in percent.
pub(crate) fn short(points: u32, accepted: &[(&str, u32)]) -> AuthoredQuestion {
    let accepted = accepted.iter().map(|&(text, percent)| Accepted {
        text: Localised::es(text),
        weight: weight(percent),
        feedback: Localised::default(),
    });
    AuthoredQuestion { accepted: accepted.collect(), ..question(QuestionKind::ShortAnswer, points) }
}

/// A numeric question: numbers, tolerances (empty: none) and what they give in percent.
pub(crate) fn numeric(points: u32, accepted: &[(&str, &str, u32)]) -> AuthoredQuestion {
    let numbers = accepted.iter().map(|&(value, tolerance, percent)| AcceptedNumber {
        value: Target::try_from(value.to_owned()).unwrap(),
        tolerance: (!tolerance.is_empty()).then(|| Tolerance::try_from(tolerance.to_owned()).unwrap()),
        weight: weight(percent),
        feedback: Localised::default(),
    });
    AuthoredQuestion { numbers: numbers.collect(), ..question(QuestionKind::Numeric, points) }
}

/// A matching question: the option of each of `p1`, `p2`, …, and how many options there are.
pub(crate) fn matching(points: u32, key: &[&str], options: usize) -> AuthoredQuestion {
    let pairs = key.iter().zip(1..).map(|(option, n)| Pair {
        id: format!("p{n}"),
        text: Localised::es(&format!("Izquierda {n}")),
        option: (*option).to_owned(),
        feedback: Localised::default(),
    });
    AuthoredQuestion { options: entries(options), pairs: pairs.collect(), ..question(QuestionKind::Matching, points) }
}

/// An ordering question of the steps `a`, `b`, ….
pub(crate) fn ordering(points: u32, steps: usize) -> AuthoredQuestion {
    AuthoredQuestion { options: entries(steps), ..question(QuestionKind::Ordering, points) }
}
