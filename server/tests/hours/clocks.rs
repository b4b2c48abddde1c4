//! Clocks and connections as they are: slow requests, and clocks that are set.

use super::findings;
use crate::support::World;
use crate::support::walk::{LESSONS, batch, interval};

const REPORT: &str = "/api/study/report";

/// Three times ten seconds, each later under way by what is given, from a device that is two hours ahead.
async fn three(world: &World, late: [i64; 3]) -> Vec<String> {
    let app = &world.app;
    let browser = app.browser(&world.ana.person).await;
    let token = browser.token(LESSONS[0]).await;
    let ahead = 2 * 3_600_000;
    let begun = app.now().0 + ahead;
    let mut passed = 0;
    for (sequence, late) in (1..).zip(late) {
        let (from, to) = (begun + (sequence - 1) * 10_000, begun + sequence * 10_000);
        let sent = sequence * 10 + late;
        app.clock.advance(sent - passed);
        passed = sent;
        browser.call(REPORT, &batch(&token, to, &[interval(sequence, from, to)])).await.expect(200);
    }
    assert_eq!(findings(app).await, []);
    app.texts("SELECT CAST((ends_at - starts_at) / 1000 AS TEXT) AS text FROM attributed ORDER BY starts_at").await
}

#[tokio::test]
async fn slow_requests_take_no_second_and_the_row_grows() {
    assert_eq!(three(&World::new().await, [1, 5, 0]).await, ["30"]);
}

#[tokio::test]
async fn a_clock_that_is_set_is_measured_anew() {
    // The second is nine seconds late, as if the clock had been set: placed as measured. The third agrees with it, and follows it.
    assert_eq!(three(&World::new().await, [0, 9, 8]).await, ["10", "20"]);
}
