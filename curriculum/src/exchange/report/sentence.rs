//! Remarks in words: what is not carried over, and what to do where something can be done.

use super::{Field, Flaw, Remark, problem};
use crate::exchange::model::Kind;
use domain::curriculum::Language;

/// The remark in English.
pub(super) fn english(remark: &Remark) -> String {
    match remark {
        Remark::Comments { count } => format!("Comments are not carried over; lines of them in this file: {count}, this is the first."),
        Remark::Setting { name, count } => format!("The setting `{name}` is not carried over; places in this file: {count}."),
        Remark::NotCarried { construct } => format!("`{construct}` is not carried over."),
        Remark::UnknownType { name } => format!("A question of type `{name}` is left out: there is no such type here."),
        Remark::Unreadable(flaw) => format!("This question is left out: {}.", flaw_in_english(flaw)),
        Remark::WeightAsText { value } => format!("`{value}` is no weight between -100 and 100; it stays as text."),
        Remark::WeightRounded { value } => format!("The weight {value} is rounded to five digits after the point."),
        Remark::BracesAsText => "Braces after the answers stay as text; a question has one place for answers.".to_owned(),
        Remark::BlankLineMissing => "A new question begins here; a blank line before it is missing.".to_owned(),
        Remark::PairWithoutArrow => "Not every pair has `->`, so this is read as a short answer.".to_owned(),
        Remark::OrderAsPairs => "The order becomes pairs of place and text.".to_owned(),
        Remark::PairsAsOrder => "The pairs of place and text become an order.".to_owned(),
        Remark::Xml { reason } => format!("This is no well-formed XML: {reason}."),
        Remark::DocumentType => "The file declares a document type or entities; it is not read, for safety.".to_owned(),
        Remark::Version { found } => format!("`{found}` is another version of the format, which is not read; export as QTI 2.1 or 2.2."),
        Remark::StrayText { text } => format!("Text outside of any question is left out: “{text}”."),
        Remark::NoSuchType { kind } => format!("A {} is left out: there is no place for it.", kind_in_english(*kind)),
        Remark::Unwritable(flaw) => format!("This question is left out: {}.", flaw_in_english(flaw)),
        Remark::Lost { field } => format!("There is no place for {}.", field_in_english(*field)),
        Remark::LinesJoined => "Line breaks become spaces.".to_owned(),
        Remark::LettersLost => "Control characters that XML cannot hold are left out.".to_owned(),
        Remark::TypeChanged { from, to } => format!("This {} becomes a {}.", kind_in_english(*from), kind_in_english(*to)),
        Remark::HtmlAsText => "The HTML is not well formed, so other systems will show its tags as text.".to_owned(),
        Remark::Nothing => "An item with nothing in it is left out.".to_owned(),
        Remark::Wrapped { count } => {
            format!("QTI keeps one question in a file; the {count} questions stand together in `<items>`, to be taken apart.")
        }
        Remark::IdChanged { from, to } => format!("The id `{from}` is malformed or taken; the question is called `{to}`."),
        Remark::Problem { id, problem, left_out: true } => {
            format!("Question `{id}` is left out: {}.", problem::sentence(problem, Language::En))
        }
        Remark::Problem { id, problem, left_out: false } => {
            format!("Question `{id}` is still to be mended: {}.", problem::sentence(problem, Language::En))
        }
    }
}

/// The remark in Spanish.
pub(super) fn spanish(remark: &Remark) -> String {
    match remark {
        Remark::Comments { count } => {
            format!("No se trasladan los comentarios; líneas de ellos en este archivo: {count}, esta es la primera.")
        }
        Remark::Setting { name, count } => format!("No se traslada el ajuste `{name}`; lugares en este archivo: {count}."),
        Remark::NotCarried { construct } => format!("No se traslada `{construct}`."),
        Remark::UnknownType { name } => format!("Se omite una pregunta de tipo `{name}`: aquí no existe ese tipo."),
        Remark::Unreadable(flaw) => format!("Se omite esta pregunta: {}.", flaw_in_spanish(flaw)),
        Remark::WeightAsText { value } => format!("`{value}` no es un peso entre -100 y 100; queda como texto."),
        Remark::WeightRounded { value } => format!("El peso {value} se redondea a cinco cifras después del punto."),
        Remark::BracesAsText => {
            "Las llaves después de las respuestas quedan como texto; una pregunta tiene un solo lugar de respuesta.".to_owned()
        }
        Remark::BlankLineMissing => "Aquí empieza otra pregunta; falta una línea en blanco antes.".to_owned(),
        Remark::PairWithoutArrow => "No todos los pares tienen `->`; se lee como respuesta corta.".to_owned(),
        Remark::OrderAsPairs => "El orden se vuelve pares de lugar y texto.".to_owned(),
        Remark::PairsAsOrder => "Los pares de lugar y texto se vuelven un orden.".to_owned(),
        Remark::Xml { reason } => format!("No es un XML bien formado: {reason}."),
        Remark::DocumentType => "El archivo declara un tipo de documento o entidades; por seguridad no se lee.".to_owned(),
        Remark::Version { found } => format!("`{found}` es otra versión del formato, que no se lee; exporte como QTI 2.1 o 2.2."),
        Remark::StrayText { text } => format!("Se omite un texto que no pertenece a ninguna pregunta: «{text}»."),
        Remark::NoSuchType { kind } => format!("Se omite {}: no hay lugar para ella.", kind_in_spanish(*kind)),
        Remark::Unwritable(flaw) => format!("Se omite esta pregunta: {}.", flaw_in_spanish(flaw)),
        Remark::Lost { field } => format!("No hay lugar para {}.", field_in_spanish(*field)),
        Remark::LinesJoined => "Los saltos de línea se vuelven espacios.".to_owned(),
        Remark::LettersLost => "Se omiten caracteres de control que el XML no admite.".to_owned(),
        Remark::TypeChanged { from, to } => format!("En lugar de {} será {}.", kind_in_spanish(*from), kind_in_spanish(*to)),
        Remark::HtmlAsText => "El HTML no está bien formado; otros sistemas mostrarán sus etiquetas como texto.".to_owned(),
        Remark::Nothing => "Se omite un elemento vacío.".to_owned(),
        Remark::Wrapped { count } => {
            format!("QTI guarda una pregunta por archivo; las {count} preguntas van juntas en `<items>` y hay que separarlas.")
        }
        Remark::IdChanged { from, to } => format!("El id `{from}` no vale o ya está en uso; la pregunta se llama `{to}`."),
        Remark::Problem { id, problem, left_out: true } => {
            format!("Se omite la pregunta `{id}`: {}.", problem::sentence(problem, Language::Es))
        }
        Remark::Problem { id, problem, left_out: false } => {
            format!("Falta corregir la pregunta `{id}`: {}.", problem::sentence(problem, Language::Es))
        }
    }
}

fn flaw_in_english(flaw: &Flaw) -> String {
    match flaw {
        Flaw::NoClosingBrace => "`{` is not closed by `}` before the next blank line".to_owned(),
        Flaw::NoOpeningBrace => "`}` stands without `{` before it; write `\\}` if it is text".to_owned(),
        Flaw::NoAnswers => "it has no answers".to_owned(),
        Flaw::NoText => "it has no text".to_owned(),
        Flaw::BadNumber { value } => format!("`{value}` is no number; write digits and a decimal point"),
        Flaw::BadWeight { value } => format!("`{value}` is no weight between -100 and 100"),
        Flaw::UnknownAnswer { value } => format!("the right answer `{value}` is none of those offered"),
        Flaw::NotOneRight => "it needs exactly one right option".to_owned(),
        Flaw::TooManyOptions => "it has more options than there are letters".to_owned(),
        Flaw::Arrow => "`->` in its answers would be read as a pair".to_owned(),
        Flaw::LooksLikeSyntax => "its text would be read as part of the format".to_owned(),
        Flaw::SeveralInteractions => "it has more than one place to answer".to_owned(),
    }
}

fn flaw_in_spanish(flaw: &Flaw) -> String {
    match flaw {
        Flaw::NoClosingBrace => "falta `}` después de `{` antes de la siguiente línea en blanco".to_owned(),
        Flaw::NoOpeningBrace => "hay `}` sin `{` antes; escriba `\\}` si es texto".to_owned(),
        Flaw::NoAnswers => "no tiene respuestas".to_owned(),
        Flaw::NoText => "no tiene texto".to_owned(),
        Flaw::BadNumber { value } => format!("`{value}` no es un número; escriba cifras y punto decimal"),
        Flaw::BadWeight { value } => format!("`{value}` no es un peso entre -100 y 100"),
        Flaw::UnknownAnswer { value } => format!("la respuesta correcta `{value}` no es ninguna de las ofrecidas"),
        Flaw::NotOneRight => "necesita exactamente una opción correcta".to_owned(),
        Flaw::TooManyOptions => "tiene más opciones que letras hay".to_owned(),
        Flaw::Arrow => "`->` en sus respuestas se leería como un par".to_owned(),
        Flaw::LooksLikeSyntax => "su texto se leería como parte del formato".to_owned(),
        Flaw::SeveralInteractions => "tiene más de un lugar de respuesta".to_owned(),
    }
}

const fn kind_in_english(kind: Kind) -> &'static str {
    match kind {
        Kind::Category => "category",
        Kind::Description => "description",
        Kind::SingleChoice => "single choice question",
        Kind::MultipleChoice => "multiple choice question",
        Kind::TrueFalse => "true/false question",
        Kind::ShortAnswer => "short answer question",
        Kind::Numeric => "numeric question",
        Kind::Matching => "matching question",
        Kind::Essay => "essay question",
    }
}

const fn kind_in_spanish(kind: Kind) -> &'static str {
    match kind {
        Kind::Category => "una categoría",
        Kind::Description => "una descripción",
        Kind::SingleChoice => "una pregunta de opción única",
        Kind::MultipleChoice => "una pregunta de opción múltiple",
        Kind::TrueFalse => "una pregunta de verdadero o falso",
        Kind::ShortAnswer => "una pregunta de respuesta corta",
        Kind::Numeric => "una pregunta numérica",
        Kind::Matching => "una pregunta de emparejamiento",
        Kind::Essay => "una pregunta de desarrollo",
    }
}

const fn field_in_english(field: Field) -> &'static str {
    match field {
        Field::Title => "the title",
        Field::Id => "the id",
        Field::Tags => "the tags",
        Field::Weights => "the weights",
        Field::Feedback => "the feedback by answer",
        Field::GeneralFeedback => "the general feedback",
        Field::Markup => "the markup of a text",
        Field::CategoryText => "the text about a category",
        Field::OptionTexts => "the wording of true and false",
        Field::Distractors => "a repeated wrong answer",
        Field::AnyNumber => "an answer that accepts any number",
        Field::Translation => "the translation",
        Field::Objective => "the objective",
        Field::Critical => "what is critical",
        Field::Points => "the points",
        Field::References => "the references",
        Field::Reread => "what to read again",
        Field::Rubric => "the rubric",
        Field::MinimumWords => "the least number of words",
        Field::Unit => "the unit",
        Field::RepeatedAnswer => "an answer that is the same as one before it",
    }
}

const fn field_in_spanish(field: Field) -> &'static str {
    match field {
        Field::Title => "el título",
        Field::Id => "el id",
        Field::Tags => "las etiquetas",
        Field::Weights => "los pesos",
        Field::Feedback => "la retroalimentación por respuesta",
        Field::GeneralFeedback => "la retroalimentación general",
        Field::Markup => "el formato de un texto",
        Field::CategoryText => "el texto sobre una categoría",
        Field::OptionTexts => "la redacción de verdadero y falso",
        Field::Distractors => "una respuesta incorrecta repetida",
        Field::AnyNumber => "una respuesta que acepta cualquier número",
        Field::Translation => "la traducción",
        Field::Objective => "el objetivo",
        Field::Critical => "lo crítico",
        Field::Points => "los puntos",
        Field::References => "las referencias",
        Field::Reread => "qué volver a leer",
        Field::Rubric => "la rúbrica",
        Field::MinimumWords => "el mínimo de palabras",
        Field::Unit => "la unidad",
        Field::RepeatedAnswer => "una respuesta que es igual a una anterior",
    }
}
