//! Mistakes of our bank in words.

use domain::assessment::question::problem::{Place, Problem};
use domain::curriculum::Language;

/// The mistake in `language`.
pub(super) fn sentence(problem: &Problem, language: Language) -> String {
    let (en, es) = both(problem);
    match language {
        Language::En => en,
        Language::Es => es,
    }
}

fn both(problem: &Problem) -> (String, String) {
    let same = |en: &str, es: &str| (en.to_owned(), es.to_owned());
    match problem {
        Problem::BadId { id } => (format!("`{id}` cannot be an id"), format!("`{id}` no puede ser un id")),
        Problem::RepeatedId { id } => (format!("the id `{id}` is used twice"), format!("el id `{id}` se repite")),
        Problem::NoPoints => same("it is worth nothing", "no vale ningún punto"),
        Problem::EmptyText { place } => {
            let (en, es) = place_in_words(place);
            (format!("{en} is empty"), format!("falta {es}"))
        }
        Problem::ReferenceWithoutNorm => same("a reference has no norm", "una referencia no dice la norma"),
        Problem::ConfirmedWithoutReviewer { norm } => {
            (format!("`{norm}` is confirmed without reviewer or date"), format!("`{norm}` figura como confirmada sin revisor o sin fecha"))
        }
        Problem::TooFewOptions { found } => {
            (format!("it has {found} options and needs at least two"), format!("tiene {found} opciones y necesita al menos dos"))
        }
        Problem::NotOneRight { found } => {
            (format!("it has {found} right options and needs exactly one"), format!("tiene {found} opciones correctas y necesita una sola"))
        }
        Problem::NoRight => same("no option is right", "ninguna opción es correcta"),
        Problem::NoWrong => same("no option is wrong", "ninguna opción es incorrecta"),
        Problem::RightAndCritical { option } => {
            (format!("option `{option}` is right and critical"), format!("la opción `{option}` es correcta y crítica a la vez"))
        }
        Problem::NotTrueFalse { .. } => same("its options are not true and false", "sus opciones no son verdadero y falso"),
        Problem::OptionsOnCase => same("a case has no options", "un caso no lleva opciones"),
        Problem::Misplaced { .. }
        | Problem::NoAnswers { .. }
        | Problem::NoFullWeight
        | Problem::NothingToCompare { .. }
        | Problem::RepeatedAnswer { .. }
        | Problem::ToleranceOfAny
        | Problem::TooFewPairs { .. }
        | Problem::UnknownPairOption { .. }
        | Problem::KeyOnOption { .. }
        | Problem::SameText { .. } => answers(problem),
        Problem::RubricOnChoice => same("only a case has a rubric", "solo un caso lleva rúbrica"),
        Problem::NoRubric => same("it has no rubric", "no tiene rúbrica"),
        Problem::TooFewLevels { criterion, found } => (
            format!("criterion `{criterion}` has {found} levels and needs at least two"),
            format!("el criterio `{criterion}` tiene {found} niveles y necesita al menos dos"),
        ),
        Problem::LevelsNotRising { criterion } => {
            (format!("the levels of `{criterion}` do not rise"), format!("los niveles de `{criterion}` no suben"))
        }
        Problem::BestLevelCritical { criterion } => {
            (format!("the best level of `{criterion}` is critical"), format!("el mejor nivel de `{criterion}` es crítico"))
        }
        Problem::RubricPoints { rubric, points } => {
            (format!("its rubric gives {rubric} of {points} points"), format!("su rúbrica da {rubric} de {points} puntos"))
        }
    }
}

/// Mistakes of short answers, numbers, matching and ordering.
fn answers(problem: &Problem) -> (String, String) {
    let same = |en: &str, es: &str| (en.to_owned(), es.to_owned());
    match problem {
        Problem::Misplaced { content } => {
            (format!("`{}` does not belong to its type", content.key()), format!("`{}` no va con su tipo", content.key()))
        }
        Problem::NoAnswers { content } => {
            (format!("it has no answer under `{}`", content.key()), format!("no tiene respuestas en `{}`", content.key()))
        }
        Problem::NoFullWeight => same("no answer gives 100 percent", "ninguna respuesta vale el 100 por ciento"),
        Problem::NothingToCompare { text } => (
            format!("the accepted answer `{text}` has no letter or digit"),
            format!("la respuesta aceptada `{text}` no tiene letras ni cifras"),
        ),
        Problem::RepeatedAnswer { text } => {
            (format!("the accepted answer `{text}` is there twice"), format!("la respuesta aceptada `{text}` está dos veces"))
        }
        Problem::ToleranceOfAny => same("`*` accepts any number and has a tolerance", "`*` acepta cualquier número y lleva tolerancia"),
        Problem::TooFewPairs { found } => {
            (format!("it has {found} pairs and needs at least two"), format!("tiene {found} pares y necesita al menos dos"))
        }
        Problem::UnknownPairOption { pair, option } => {
            (format!("pair `{pair}` names no option `{option}`"), format!("el par `{pair}` nombra la opción `{option}`, que no existe"))
        }
        Problem::KeyOnOption { option } => (
            format!("option `{option}` takes no `correct`, `critical` or `feedback`"),
            format!("la opción `{option}` no lleva `correct`, `critical` ni `feedback`"),
        ),
        Problem::SameText { option } => {
            (format!("option `{option}` reads the same as another"), format!("la opción `{option}` dice lo mismo que otra"))
        }
        other => (other.to_string(), other.to_string()),
    }
}

fn place_in_words(place: &Place) -> (String, String) {
    match place {
        Place::Prompt => ("the question".to_owned(), "la pregunta".to_owned()),
        Place::Option(id) => (format!("the text of option `{id}`"), format!("el texto de la opción `{id}`")),
        Place::Feedback(id) => (format!("the feedback of option `{id}`"), format!("la retroalimentación de la opción `{id}`")),
        Place::Criterion(id) => (format!("the title of criterion `{id}`"), format!("el título del criterio `{id}`")),
        Place::Level { criterion, level } => {
            (format!("level {level} of criterion `{criterion}`"), format!("el nivel {level} del criterio `{criterion}`"))
        }
        Place::Accepted(at) => (format!("accepted answer {}", at + 1), format!("la respuesta aceptada {}", at + 1)),
        Place::AcceptedFeedback(at) => {
            (format!("the feedback of accepted answer {}", at + 1), format!("la retroalimentación de la respuesta aceptada {}", at + 1))
        }
        Place::Pair(id) => (format!("the left side of pair `{id}`"), format!("el lado izquierdo del par `{id}`")),
        Place::Unit => ("the unit".to_owned(), "la unidad".to_owned()),
        Place::Explanation => ("the explanation".to_owned(), "la explicación".to_owned()),
        Place::Line(id) => (format!("the critical line `{id}`"), format!("la línea crítica `{id}`")),
    }
}
