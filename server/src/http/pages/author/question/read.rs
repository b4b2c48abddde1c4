//! From the fields of a question's form to what was typed, row by row.

use super::super::Place;
use super::super::rows::{Change, name_rows, one, rows, ticked, words};
use crate::http::fields::Fields;
use app::features::authoring::Words;
use app::features::authoring::question::{
    AcceptedRow, CriterionRow, LevelRow, LineRow, NumberRow, OptionRow, PairRow, QuestionForm, ReferenceRow, kind_value,
};
use curriculum::authoring::question::next_id;
use domain::assessment::question::QuestionKind;

/// A new question: one right answer of three.
pub(super) fn blank(place: &Place<'_>) -> QuestionForm {
    let form = QuestionForm {
        id: String::new(),
        kind: QuestionKind::SingleChoice,
        prompt: Words::default(),
        points: "1".to_owned(),
        critical: false,
        objective: String::new(),
        tags: Vec::new(),
        new_tag: String::new(),
        reread: String::new(),
        references: vec![ReferenceRow::default()],
        options: Vec::new(),
        accepted: Vec::new(),
        numbers: Vec::new(),
        unit: Words::default(),
        units: String::new(),
        pairs: Vec::new(),
        explanation: Words::default(),
        minimum_words: String::new(),
        criteria: Vec::new(),
        lines: Vec::new(),
    };
    shaped(form, place)
}

/// What was typed, after what the button asks.
pub(super) fn changed(fields: &Fields, place: &Place<'_>) -> QuestionForm {
    let mut form = typed(fields);
    if let Some(change) = fields.all("do").next().and_then(Change::parse) {
        match change.what {
            "option" => change.make(&mut form.options, OptionRow::default),
            "accepted" => change.make(&mut form.accepted, AcceptedRow::default),
            "number" => change.make(&mut form.numbers, NumberRow::default),
            "pair" => change.make(&mut form.pairs, PairRow::default),
            "reference" => change.make(&mut form.references, ReferenceRow::default),
            "criterion" => change.make(&mut form.criteria, criterion),
            "line" => change.make(&mut form.lines, LineRow::default),
            "level" => {
                if let Some(criterion) = change.around(&mut form.criteria) {
                    change.make(&mut criterion.levels, LevelRow::default);
                }
            }
            _ => {}
        }
    }
    if !form.new_tag.is_empty() {
        let tag = slug(&std::mem::take(&mut form.new_tag));
        if !tag.is_empty() && !form.tags.contains(&tag) {
            form.tags.push(tag);
        }
    }
    shaped(form, place)
}

fn typed(fields: &Fields) -> QuestionForm {
    let kind = one(fields, "kind");
    let right: Vec<String> = fields.all("right").map(str::to_owned).collect();
    QuestionForm {
        id: one(fields, "id"),
        kind: QuestionKind::ALL.into_iter().find(|k| kind_value(*k) == kind).unwrap_or(QuestionKind::SingleChoice),
        prompt: words(fields, "prompt"),
        points: one(fields, "points"),
        critical: ticked(fields, "critical"),
        objective: one(fields, "objective"),
        tags: fields.all("tag").map(slug).filter(|tag| !tag.is_empty()).collect(),
        new_tag: one(fields, "tag-new"),
        reread: one(fields, "reread"),
        references: rows(fields, "reference", "norm", |name, _| reference(fields, name)),
        options: rows(fields, "option", "id", |name, n| OptionRow { right: right.contains(&n.to_string()), ..option(fields, name) }),
        accepted: rows(fields, "accepted", "weight", |name, _| AcceptedRow {
            text: words(fields, &format!("{name}-text")),
            weight: one(fields, &format!("{name}-weight")),
            feedback: words(fields, &format!("{name}-feedback")),
        }),
        numbers: rows(fields, "number", "weight", |name, _| number(fields, name)),
        unit: words(fields, "unit"),
        units: one(fields, "units"),
        pairs: rows(fields, "pair", "id", |name, _| pair(fields, name)),
        explanation: words(fields, "explanation"),
        minimum_words: one(fields, "minimum-words"),
        criteria: rows(fields, "criterion", "id", |name, _| CriterionRow {
            id: slug(&one(fields, &format!("{name}-id"))),
            title: words(fields, &format!("{name}-title")),
            levels: rows(fields, &format!("{name}-level"), "points", |name, _| level(fields, name)),
        }),
        lines: rows(fields, "line", "id", |name, _| LineRow {
            id: slug(&one(fields, &format!("{name}-id"))),
            text: words(fields, &format!("{name}-text")),
        }),
    }
}

fn option(fields: &Fields, name: &str) -> OptionRow {
    OptionRow {
        id: slug(&one(fields, &format!("{name}-id"))),
        text: words(fields, &format!("{name}-text")),
        feedback: words(fields, &format!("{name}-feedback")),
        right: false,
        critical: ticked(fields, &format!("{name}-critical")),
    }
}

fn number(fields: &Fields, name: &str) -> NumberRow {
    NumberRow {
        value: one(fields, &format!("{name}-value")),
        tolerance: one(fields, &format!("{name}-tolerance")),
        weight: one(fields, &format!("{name}-weight")),
        feedback: words(fields, &format!("{name}-feedback")),
    }
}

fn pair(fields: &Fields, name: &str) -> PairRow {
    PairRow {
        id: slug(&one(fields, &format!("{name}-id"))),
        text: words(fields, &format!("{name}-text")),
        option: slug(&one(fields, &format!("{name}-option"))),
        feedback: words(fields, &format!("{name}-feedback")),
    }
}

fn reference(fields: &Fields, name: &str) -> ReferenceRow {
    ReferenceRow {
        norm: one(fields, &format!("{name}-norm")),
        confirmed: one(fields, &format!("{name}-status")) == "confirmed",
        verified: one(fields, &format!("{name}-verified")),
        reviewer: one(fields, &format!("{name}-reviewer")),
    }
}

fn level(fields: &Fields, name: &str) -> LevelRow {
    LevelRow {
        points: one(fields, &format!("{name}-points")),
        text: words(fields, &format!("{name}-text")),
        critical: ticked(fields, &format!("{name}-critical")),
    }
}

/// A new criterion: nothing, some and all of it.
fn criterion() -> CriterionRow {
    let level = |points: &str| LevelRow { points: points.to_owned(), ..LevelRow::default() };
    CriterionRow { levels: vec![level("0"), level("2"), level("4")], ..CriterionRow::default() }
}

/// What a type needs to be there, and an id for the question and for every row.
pub(super) fn shaped(mut form: QuestionForm, place: &Place<'_>) -> QuestionForm {
    if form.id.is_empty() {
        form.id = next_id(place.module.id.as_str(), place.taken.iter().map(String::as_str));
    }
    match form.kind {
        QuestionKind::SingleChoice | QuestionKind::MultipleChoice | QuestionKind::Ordering => at_least(3, &mut form.options),
        QuestionKind::TrueFalse => truth(&mut form),
        QuestionKind::ShortAnswer => at_least(1, &mut form.accepted),
        QuestionKind::Numeric => at_least(1, &mut form.numbers),
        QuestionKind::Matching => {
            at_least(3, &mut form.options);
            at_least(3, &mut form.pairs);
        }
        QuestionKind::Case if form.criteria.is_empty() => form.criteria.push(criterion()),
        QuestionKind::Case => {}
    }
    let letter = |n: usize| ('a'..='z').nth(n).map_or_else(|| format!("o{}", n + 1), String::from);
    name_rows(&mut form.options, |row| &mut row.id, letter);
    name_rows(&mut form.criteria, |row| &mut row.id, |n| format!("r{}", n + 1));
    name_rows(&mut form.lines, |row| &mut row.id, |n| format!("k{}", n + 1));
    name_rows(&mut form.pairs, |row| &mut row.id, |n| format!("p{}", n + 1));
    // A new option may take the id of one that was taken out: what belonged to that one does not belong to it.
    for pair in &mut form.pairs {
        if !form.options.iter().any(|option| option.id == pair.option) {
            pair.option.clear();
        }
    }
    form
}

/// Empty rows to begin with, where there is none.
fn at_least<T: Clone + Default>(count: usize, rows: &mut Vec<T>) {
    if rows.is_empty() {
        *rows = vec![T::default(); count];
    }
}

/// Verdadero and Falso: the first two options, which are `a` and `b`; further ones wait unseen for another type.
fn truth(form: &mut QuestionForm) {
    while form.options.len() < 2 {
        form.options.push(OptionRow::default());
    }
    for (row, (id, es, en)) in form.options.iter_mut().zip([("a", "Verdadero", "True"), ("b", "Falso", "False")]) {
        row.id = id.to_owned();
        if row.text.is_blank() {
            row.text = Words { es: es.to_owned(), en: en.to_owned() };
        }
    }
}

/// A text as an id: small letters without accents, digits, hyphens.
fn slug(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let plain = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase);
    let words: String = plain.map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join("-")
}
