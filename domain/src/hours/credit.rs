//! From attributed time to credit (hours.md, Attribution and credit). All lengths in whole seconds.

use crate::curriculum::HoursRules;
use crate::time::Seconds;
use serde::{Deserialize, Serialize};

/// Credited time. Neither side is ever negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Credit {
    /// Shown, but does not count towards certification.
    pub provisional: Seconds,
    /// Counts.
    pub confirmed: Seconds,
}

impl Credit {
    /// Both sides.
    #[must_use]
    pub fn sum(self) -> Seconds {
        self.provisional + self.confirmed
    }

    const fn confirmed(seconds: Seconds) -> Self {
        Self { provisional: Seconds::ZERO, confirmed: seconds }
    }
}

/// Where the checkpoint that ends a stretch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckpointState {
    /// Not passed yet, whether offered or not.
    Open,
    /// A right answer was given.
    Passed,
}

/// Credit of a stretch of `design` seconds to which `attributed` seconds were attributed. The whole design time once the
/// checkpoint is passed and `full_credit_at` percent are attributed; else what was attributed, at most the design time.
#[must_use]
pub fn credit(attributed: Seconds, design: Seconds, checkpoint: CheckpointState, rules: &HoursRules) -> Credit {
    let earned = within(attributed, design);
    match checkpoint {
        CheckpointState::Open => Credit { provisional: earned, confirmed: Seconds::ZERO },
        CheckpointState::Passed if attributed >= design.share(rules.full_credit_at) => Credit::confirmed(design.max(Seconds::ZERO)),
        CheckpointState::Passed => Credit::confirmed(earned),
    }
}

/// Credit of an agenda item of `item` seconds for `present` seconds on confirmed rolls, make-up sessions included.
#[must_use]
pub fn session_credit(present: Seconds, item: Seconds, rules: &HoursRules) -> Credit {
    if present >= item.share(rules.session_full_credit_at) {
        Credit::confirmed(item.max(Seconds::ZERO))
    } else {
        Credit::confirmed(within(present, item))
    }
}

/// Credit of the lesson that an evaluation or scenario names, for the seconds attributed to its attempts.
#[must_use]
pub fn attempt_credit(attributed: Seconds, design: Seconds) -> Credit {
    Credit::confirmed(within(attributed, design))
}

/// Whether enough of a stretch is attributed for its checkpoint to be offered (`checkpoint_opens_at` percent).
#[must_use]
pub fn checkpoint_is_open(attributed: Seconds, design: Seconds, rules: &HoursRules) -> bool {
    attributed >= design.share(rules.checkpoint_opens_at)
}

fn within(seconds: Seconds, limit: Seconds) -> Seconds {
    seconds.min(limit).max(Seconds::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::sample_rules;

    #[test]
    fn full_design_time_from_the_share_on_and_only_when_passed() {
        let rules = sample_rules();
        let cases = [
            (0, CheckpointState::Open, 0, 0),
            (479, CheckpointState::Open, 479, 0),
            (480, CheckpointState::Open, 480, 0),
            (600, CheckpointState::Open, 600, 0),
            (9000, CheckpointState::Open, 600, 0),
            (300, CheckpointState::Passed, 0, 300),
            (479, CheckpointState::Passed, 0, 479),
            (480, CheckpointState::Passed, 0, 600),
            (9000, CheckpointState::Passed, 0, 600),
            (-5, CheckpointState::Passed, 0, 0),
        ];
        for (attributed, state, provisional, confirmed) in cases {
            let expected = Credit { provisional: Seconds(provisional), confirmed: Seconds(confirmed) };
            assert_eq!(credit(Seconds(attributed), Seconds(600), state, &rules), expected, "{attributed} {state:?}");
        }
    }

    #[test]
    fn a_share_that_is_no_whole_second_is_rounded_up() {
        let rules = sample_rules();
        assert_eq!(credit(Seconds(80), Seconds(101), CheckpointState::Passed, &rules).confirmed, Seconds(80));
        assert_eq!(credit(Seconds(81), Seconds(101), CheckpointState::Passed, &rules).confirmed, Seconds(101));
    }

    #[test]
    fn presence_counts_whole_from_ninety_percent() {
        let rules = sample_rules();
        for (present, confirmed) in [(0, 0), (5399, 5399), (5400, 6000), (7000, 6000), (-1, 0)] {
            assert_eq!(session_credit(Seconds(present), Seconds(6000), &rules), Credit::confirmed(Seconds(confirmed)));
        }
    }

    #[test]
    fn attempts_are_credited_up_to_the_lesson() {
        assert_eq!(attempt_credit(Seconds(50), Seconds(60)).sum(), Seconds(50));
        assert_eq!(attempt_credit(Seconds(90), Seconds(60)).sum(), Seconds(60));
    }

    #[test]
    fn a_checkpoint_opens_at_half() {
        let rules = sample_rules();
        assert!(!checkpoint_is_open(Seconds(299), Seconds(600), &rules));
        assert!(checkpoint_is_open(Seconds(300), Seconds(600), &rules));
    }
}
