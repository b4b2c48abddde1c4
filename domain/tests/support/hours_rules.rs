//! The numbers of the first programme, for the property tests of the hours.

use domain::curriculum::HoursRules;
use domain::time::Seconds;

pub const fn rules() -> HoursRules {
    HoursRules {
        version: 1,
        full_credit_at: 80,
        session_full_credit_at: 90,
        heartbeat: Seconds(30),
        idle_after: Seconds(180),
        clock_tolerance: Seconds(600),
        claim_delay: Seconds(14 * 86_400),
        self_paced_per_day: Seconds(28_800),
        without_pause: Seconds(10_800),
        pause: Seconds(300),
        token_life: Seconds(43_200),
        post_after: Seconds(300),
        checkpoint_opens_at: 50,
        checkpoint_wait: Seconds(60),
        checkpoint_tries: 5,
        max_adjusted: 5,
        adjustment_alone: Seconds(900),
    }
}
