//! The forms about hours: adjustments, doubtful evidence, disputes.

use super::{Form, at, form, invalid, malformed};
use crate::support::World;

const KEY: (&str, &str) = ("key", "01890000-0000-7000-8000-00000000000a");
const REASON: (&str, &str) = ("reason", "La señal se cayó durante el taller.");

pub(super) async fn hours(world: &World) -> Vec<Form> {
    vec![adjustments(world)]
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
