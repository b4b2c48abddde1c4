//! Which attempt of several counts.

use super::AttemptStatus;
use super::start::AttemptSummary;
use std::cmp::Reverse;

/// The attempt that counts: among released ones a passing one before a failing one, then the higher grade, then the
/// earlier (evaluations.md, Results). `None` when none is released.
#[must_use]
pub fn best_released_attempt(attempts: &[AttemptSummary]) -> Option<&AttemptSummary> {
    let released = attempts.iter().filter(|a| a.status == AttemptStatus::Released && a.grade.is_some());
    released.max_by_key(|a| (a.passed, a.grade, Reverse((a.started, a.attempt))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::score::Grade;
    use crate::ids::AttemptId;
    use crate::time::Instant;
    use uuid::Uuid;

    #[test]
    fn passing_then_grade_then_earlier() {
        let attempt = |n: u128, status, passed, hundredths: u16, started| AttemptSummary {
            attempt: AttemptId(Uuid::from_u128(n)),
            status,
            started: Instant(started),
            submitted: None,
            grade: Grade::from_hundredths(hundredths).ok(),
            passed,
        };
        use AttemptStatus::{Graded, Released, Void};
        let mut attempts = vec![attempt(1, Void, true, 2000, 1), attempt(2, Graded, true, 1900, 2), attempt(3, Released, false, 1800, 3)];
        let best = |attempts: &[AttemptSummary]| best_released_attempt(attempts).map(|a| a.attempt.0.as_u128());
        assert_eq!(best(&attempts), Some(3));
        attempts.push(attempt(4, Released, true, 1300, 6));
        assert_eq!(best(&attempts), Some(4), "a pass comes before a higher grade with a critical failure");
        attempts.push(attempt(5, Released, true, 1400, 8));
        attempts.push(attempt(6, Released, true, 1400, 7));
        assert_eq!(best(&attempts), Some(6));
        assert_eq!(best(&attempts[..2]), None);
    }
}
