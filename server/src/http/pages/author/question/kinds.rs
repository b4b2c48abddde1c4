//! Between what was typed and the question of the bank: what each type keeps of the form.

use super::super::rows::{localised, typed};
use super::super::{Place, refuse};
use super::answers;
use app::features::authoring::question::{CriterionRow, LevelRow, LineRow, OptionRow, QuestionForm, ReferenceRow};
use app::features::form::FormState;
use app::texts::Texts;
use domain::assessment::question::{
    AuthoredOption, AuthoredQuestion, Criterion, CriticalLine, Level, QuestionKind, Reference, ReferenceStatus, Reread,
};

/// The form of a question of the bank.
pub(super) fn form(question: &AuthoredQuestion) -> QuestionForm {
    let option = |o: &AuthoredOption| OptionRow {
        id: o.id.clone(),
        text: typed(&o.text),
        feedback: typed(&o.feedback),
        right: o.correct,
        critical: o.critical,
    };
    let level = |l: &Level| LevelRow { points: l.points.to_string(), text: typed(&l.text), critical: l.critical };
    QuestionForm {
        id: question.id.to_string(),
        kind: question.kind,
        prompt: typed(&question.prompt),
        points: question.points.to_string(),
        critical: question.critical,
        objective: question.objective.to_string(),
        tags: question.tags.clone(),
        new_tag: String::new(),
        reread: question.reread.as_ref().map(|r| format!("{}/{}", r.lesson, r.part)).unwrap_or_default(),
        references: question.references.iter().map(reference_row).collect(),
        options: question.options.iter().map(option).collect(),
        accepted: question.accepted.iter().map(answers::accepted_row).collect(),
        numbers: question.numbers.iter().map(answers::number_row).collect(),
        unit: question.unit.as_ref().map(typed).unwrap_or_default(),
        units: question.units.join("\n"),
        pairs: question.pairs.iter().map(answers::pair_row).collect(),
        explanation: question.explanation.as_ref().map(typed).unwrap_or_default(),
        minimum_words: if question.minimum_words == 0 { String::new() } else { question.minimum_words.to_string() },
        criteria: question
            .rubric
            .iter()
            .map(|c| CriterionRow { id: c.id.clone(), title: typed(&c.title), levels: c.levels.iter().map(level).collect() })
            .collect(),
        lines: question.critical_lines.iter().map(|l| LineRow { id: l.id.clone(), text: typed(&l.text) }).collect(),
    }
}

fn reference_row(reference: &Reference) -> ReferenceRow {
    ReferenceRow {
        norm: reference.norm.clone(),
        confirmed: reference.status == ReferenceStatus::Confirmed,
        verified: reference.verified.map(|day| day.to_string()).unwrap_or_default(),
        reviewer: reference.reviewer.clone().unwrap_or_default(),
    }
}

/// The question as typed; what cannot be a number or a date is told.
pub(super) fn question(form: &QuestionForm, place: &Place<'_>, mistakes: &mut FormState, t: Texts) -> AuthoredQuestion {
    let known = place.module.objectives.iter().any(|o| o.id.as_str() == form.objective);
    if !known {
        refuse(mistakes, "objective", t.question_no_objective());
    }
    let common = AuthoredQuestion {
        tags: form.tags.clone(),
        critical: form.critical,
        points: number(&form.points, "points", t.question_no_points(), mistakes),
        references: references(form, mistakes, t),
        reread: form.reread.split_once('/').map(|(lesson, part)| Reread { lesson: lesson.into(), part: part.to_owned() }),
        prompt: localised(&form.prompt),
        // Where it does not belong it is shown and told, as it is what options say.
        explanation: answers::said(&form.explanation).filter(|_| !form.kind.is_judged()),
        ..AuthoredQuestion::new(form.id.as_str().into(), form.kind, form.objective.as_str().into())
    };
    of_kind(common, form, mistakes, t)
}

/// With what only its type has.
fn of_kind(common: AuthoredQuestion, form: &QuestionForm, mistakes: &mut FormState, t: Texts) -> AuthoredQuestion {
    match form.kind {
        QuestionKind::SingleChoice | QuestionKind::MultipleChoice => AuthoredQuestion { options: options(&form.options), ..common },
        QuestionKind::TrueFalse => AuthoredQuestion { options: options(form.options.get(..2).unwrap_or_default()), ..common },
        QuestionKind::ShortAnswer => AuthoredQuestion { accepted: answers::accepted(form, mistakes, t), ..common },
        QuestionKind::Numeric => AuthoredQuestion {
            numbers: answers::numbers(form, mistakes, t),
            unit: answers::said(&form.unit),
            units: form.units.lines().map(str::trim).filter(|unit| !unit.is_empty()).map(str::to_owned).collect(),
            ..common
        },
        QuestionKind::Matching => AuthoredQuestion { options: answers::entries(form), pairs: answers::pairs(form), ..common },
        QuestionKind::Ordering => AuthoredQuestion { options: answers::entries(form), ..common },
        QuestionKind::Case => {
            let typed = Some(form.minimum_words.as_str()).filter(|n| !n.is_empty()).unwrap_or("0");
            AuthoredQuestion {
                rubric: criteria(form, mistakes, t),
                critical_lines: lines(form),
                minimum_words: number(typed, "minimum-words", t.question_no_minimum(), mistakes),
                ..common
            }
        }
    }
}

fn number(typed: &str, field: &str, words: &str, mistakes: &mut FormState) -> u32 {
    typed.parse().unwrap_or_else(|_| {
        refuse(mistakes, field, words);
        0
    })
}

fn options(rows: &[OptionRow]) -> Vec<AuthoredOption> {
    let typed = rows.iter().filter(|row| !row.text.is_blank() || !row.feedback.is_blank() || row.right || row.critical);
    typed
        .map(|row| AuthoredOption {
            id: row.id.clone(),
            correct: row.right,
            critical: row.critical,
            text: localised(&row.text),
            feedback: localised(&row.feedback),
        })
        .collect()
}

fn criteria(form: &QuestionForm, mistakes: &mut FormState, t: Texts) -> Vec<Criterion> {
    let rows = form.criteria.iter().zip(1..).filter(|(row, _)| !row.title.is_blank() || row.levels.iter().any(|l| !l.text.is_blank()));
    let mut found = Vec::new();
    for (row, n) in rows {
        let mut levels = Vec::new();
        for (level, m) in row.levels.iter().zip(1..).filter(|(level, _): &(_, usize)| !level.text.is_blank() || level.critical) {
            let field = format!("criterion-{n}-level-{m}-points");
            let points = number(&level.points, &field, t.question_no_level_points(), mistakes);
            levels.push(Level { points, text: localised(&level.text), critical: level.critical });
        }
        found.push(Criterion { id: row.id.clone(), title: localised(&row.title), levels });
    }
    found
}

fn lines(form: &QuestionForm) -> Vec<CriticalLine> {
    let typed = form.lines.iter().filter(|row| !row.text.is_blank());
    typed.map(|row| CriticalLine { id: row.id.clone(), text: localised(&row.text) }).collect()
}

fn references(form: &QuestionForm, mistakes: &mut FormState, t: Texts) -> Vec<Reference> {
    let mut found = Vec::new();
    for (row, n) in form.references.iter().zip(1..) {
        if row.norm.is_empty() && row.verified.is_empty() && row.reviewer.is_empty() {
            continue;
        }
        let verified = row.verified.parse().ok();
        if verified.is_none() && !row.verified.is_empty() {
            refuse(mistakes, format!("reference-{n}-verified"), t.question_bad_date());
        }
        let status = if row.confirmed { ReferenceStatus::Confirmed } else { ReferenceStatus::ToConfirm };
        let reviewer = Some(row.reviewer.clone()).filter(|name| !name.is_empty());
        found.push(Reference { norm: row.norm.clone(), status, verified, reviewer });
        if row.norm.is_empty() {
            refuse(mistakes, format!("reference-{n}-norm"), t.question_no_norm());
        } else if row.confirmed && (verified.is_none() || row.reviewer.is_empty()) {
            refuse(mistakes, format!("reference-{n}-verified"), t.question_nobody_confirmed());
        }
    }
    found
}
