//! The forms about hours: adjustments, doubtful evidence, disputes.

use super::{Form, at, form, invalid, malformed};
use crate::support::World;

const KEY: (&str, &str) = ("key", "01890000-0000-7000-8000-00000000000a");
const REASON: (&str, &str) = ("reason", "La señal se cayó durante el taller.");

pub(super) async fn hours(world: &World) -> Vec<Form> {
    let disputes = [world.dispute(&world.ana, true).await, world.dispute(&world.ana, false).await];
    let mut all = vec![adjustments(world), seen(world), doubt(world, &world.doubt(&world.bea).await)];
    all.push(reason(world, &world.adjust(&world.bea, REASON.1).await));
    all.extend(hers(world, &disputes[0]));
    all.push(answer(world, &disputes[1]));
    all
}

fn seen(world: &World) -> Form {
    let fields = [("action", "seen"), ("enrolment", "x"), ("checkpoint", "a-l1-c1"), ("tries", "6")];
    let refusals = vec![malformed(&[]), malformed(&[("action", "hide")]), malformed(&[("action", "seen"), ("tries", "many")])];
    form("/staff/evidence", Some(&world.staff), &fields, refusals)
}

fn doubt(world: &World, claim: &str) -> Form {
    let fields = [("decision", "perhaps"), REASON];
    let refusals = vec![
        invalid(&[], |t| vec![t.evidence_decision_missing().to_owned(), t.adjust_reason_wrong().to_owned()], &["decision", "reason"]),
        invalid(&fields, |t| vec![t.evidence_decision_missing().to_owned()], &["decision"]).keeps(&[REASON.1]),
        invalid(&[("decision", "accept"), ("reason", "corto")], |t| vec![t.adjust_reason_wrong().to_owned()], &["reason"])
            .keeps(&["corto", "value=\"accept\" checked"]),
    ];
    at(format!("/staff/evidence/{claim}"), form("/staff/evidence/{id}", Some(&world.staff), &fields, refusals))
}

fn reason(world: &World, text: &str) -> Form {
    let short = [("reason", "corto")];
    let refusals = vec![
        invalid(&[], |t| vec![t.adjust_reason_wrong().to_owned()], &["reason"]),
        invalid(&short, |t| vec![t.adjust_reason_wrong().to_owned()], &["reason"]).keeps(&["corto"]),
    ];
    at(format!("/staff/reasons/{text}"), form("/staff/reasons/{id}", Some(&world.staff), &short, refusals))
}

fn hers(world: &World, answered: &str) -> Vec<Form> {
    let short = [("text", "corto")];
    let wrong = || {
        vec![
            invalid(&[], |t| vec![t.dispute_text_wrong().to_owned()], &["text"]),
            invalid(&short, |t| vec![t.dispute_text_wrong().to_owned()], &["text"]).keeps(&["corto"]),
        ]
    };
    vec![
        at("/hours/dispute/0".to_owned(), form("/hours/dispute/{id}", Some(&world.ana.person), &short, wrong())),
        at(format!("/hours/disputes/{answered}"), form("/hours/disputes/{id}", Some(&world.ana.person), &short, wrong())),
    ]
}

fn answer(world: &World, waiting: &str) -> Form {
    let text = ("text", "Ya está anotado el taller.");
    let fields = [text, KEY, ("lesson", "a-l1"), ("sign", "more"), ("minutes", "0")];
    let refusals = vec![
        invalid(&[], |t| vec![t.dispute_answer_wrong().to_owned()], &["text"]),
        malformed(&[text, ("minutes", "1")]),
        invalid(
            &[text, KEY, ("minutes", "1")],
            |t| vec![t.adjust_lesson_missing().to_owned(), t.adjust_sign_missing().to_owned()],
            &["lesson", "sign"],
        )
        .keeps(&[text.1]),
        invalid(&fields, |t| vec![t.adjust_minutes_wrong().to_owned()], &["minutes"]).keeps(&[
            text.1,
            "value=\"a-l1\" selected",
            "value=\"more\" checked",
        ]),
    ];
    at(format!("/staff/disputes/{waiting}"), form("/staff/disputes/{id}", Some(&world.staff), &fields, refusals))
}

fn adjustments(world: &World) -> Form {
    let propose = [("action", "propose"), KEY, ("lesson", "a-l1"), ("sign", "more"), ("minutes", "0"), REASON];
    let with = |field: &'static str, value: &'static str| {
        let mut sent = propose;
        for (name, typed) in &mut sent {
            if *name == "minutes" {
                *typed = "1";
            }
            if *name == field {
                *typed = value;
            }
        }
        sent
    };
    at(
        format!("/staff/enrolments/{}/hours", world.ana.enrolment),
        form(
            "/staff/enrolments/{id}/hours",
            Some(&world.staff),
            &propose,
            vec![
                malformed(&[]),
                malformed(&[("action", "erase")]),
                malformed(&[("action", "propose")]),
                invalid(
                    &[("action", "propose"), KEY],
                    |t| {
                        [t.adjust_lesson_missing(), t.adjust_sign_missing(), t.adjust_minutes_wrong(), t.adjust_reason_wrong()]
                            .map(str::to_owned)
                            .to_vec()
                    },
                    &["lesson", "sign", "minutes", "reason"],
                )
                .keeps(&[KEY.1]),
                invalid(&propose, |t| vec![t.adjust_minutes_wrong().to_owned()], &["minutes"]).keeps(&[
                    REASON.1,
                    "value=\"a-l1\" selected",
                    "value=\"more\" checked",
                    "value=\"0\"",
                ]),
                invalid(&with("minutes", "9999"), |t| vec![t.adjust_too_much("1 min")], &["minutes"]).keeps(&[REASON.1]),
                invalid(&with("sign", "less"), |t| vec![t.adjust_below_zero("0 min")], &["minutes"]).keeps(&["value=\"less\" checked"]),
                invalid(&with("reason", "corto"), |t| vec![t.adjust_reason_wrong().to_owned()], &["reason"]).keeps(&["corto"]),
                invalid(&[("action", "approve")], |t| vec![t.adjust_choose().to_owned()], &[]),
                invalid(&[("action", "decline")], |t| vec![t.adjust_choose().to_owned(), t.adjust_why_wrong().to_owned()], &[]),
            ],
        ),
    )
}
