//! The bytes of a piece of evidence (`docs/ledger.md`): stored chains depend on them, so none of them ever changes.

use super::Fact;
use crate::hours::ledger::form::Form;
use crate::time::Instant;

impl Fact {
    pub(super) fn write(&self, form: &mut Form) {
        match self {
            Self::Claim { id, reading, enrolment, device, sequence, way, place, sent, clock, outcome, received_at } => {
                form.put(&[1]);
                form.ids(&[*id, *reading, *enrolment, *device]);
                form.ints(&[sequence.0, sequence.1]);
                form.text(way);
                form.text(&place.0);
                form.ints(&[place.1, place.2, sent.0.0, sent.1.0, sent.2.0, clock.0.0, clock.1]);
                form.text(outcome);
                form.int(received_at.0);
            }
            Self::Try { id, enrolment, asked, revision, answer, at, number } => {
                form.put(&[2]);
                form.ids(&[*id, *enrolment]);
                form.text(&asked.0);
                form.text(&asked.1);
                form.text(revision);
                form.ints(&[answer.0, i64::from(answer.1), at.0, *number]);
            }
            Self::Presence { id, meeting, enrolment, present, source, confirmed, at, by, version } => {
                form.put(&[3]);
                form.ids(&[*id, *meeting, *enrolment, *by]);
                form.put(&[match present {
                    (None, None) => 0,
                    (Some(_), Some(_)) => 1,
                    (Some(_), None) => 2,
                    (None, Some(_)) => 3,
                }]);
                let (from, to) = (present.0.unwrap_or(Instant(0)), present.1.unwrap_or(Instant(0)));
                form.ints(&[from.0, to.0, i64::from(*confirmed), at.0, *version]);
                form.text(source);
            }
            Self::Decision { id, claim, enrolment, accepted, reason, at, by } => {
                form.put(&[4]);
                form.ids(&[*id, *claim, *enrolment, *by]);
                form.put(&[u8::from(*accepted)]);
                form.put(reason);
                form.int(at.0);
            }
            Self::Adjustment { id, enrolment, lesson, seconds, reason, at, by } => {
                form.put(&[5]);
                form.ids(&[*id, *enrolment, *by]);
                form.text(lesson);
                form.int(*seconds);
                form.put(reason);
                form.int(at.0);
            }
            Self::Verdict { id, adjustment, enrolment, granted, alone, reason, at, by } => {
                form.put(&[6]);
                form.ids(&[*id, *adjustment, *enrolment, *by]);
                form.put(&[u8::from(*granted), u8::from(*alone)]);
                form.optional(reason.as_ref());
                form.int(at.0);
            }
            Self::Attempt { id, attempt, enrolment, counts, window, witnessed, at } => {
                form.put(&[7]);
                form.ids(&[*id, *attempt, *enrolment]);
                form.text(&counts.0);
                form.text(&counts.1);
                form.ints(&[window.0.0, window.1.0, i64::try_from(witnessed.len()).unwrap_or(i64::MAX)]);
                witnessed.iter().for_each(|instant| form.int(instant.0));
                form.int(at.0);
            }
        }
    }
}
