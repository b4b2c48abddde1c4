//! What people decide about hours: adjustments, doubtful evidence, disputes; and the attacks on each.

mod adjustments;
mod attempts;
mod clocks;
mod disputes;
mod doubts;
mod erasures;
mod together;

use crate::support::browser::Answer;
use crate::support::{Browser, TestApp, World};
use domain::ids::EnrolmentId;
use server::services::hours::verify::Finding;

/// A programme in which all required time can be adjusted, one minute of it by one person.
async fn generous() -> World {
    World::with(|package| package.programme.rules.max_adjusted = 100).await
}

async fn findings(app: &TestApp) -> Vec<Finding> {
    app.services.verify_ledger().await.expect("read").findings
}

/// The page of somebody's adjustments.
fn page_of(enrolment: EnrolmentId) -> String {
    format!("/staff/enrolments/{enrolment}/hours")
}

/// Proposes an adjustment by the form as it came.
async fn propose(browser: &Browser<'_>, enrolment: EnrolmentId, lesson: &str, minutes: i64, reason: &str) -> Answer {
    let page = page_of(enrolment);
    let key = browser.get(&page).await.expect(200).value("key").expect("a form");
    let (sign, minutes) = (if minutes < 0 { "less" } else { "more" }, minutes.abs().to_string());
    let fields =
        [("action", "propose"), ("key", &key), ("lesson", lesson), ("sign", sign), ("minutes", minutes.as_str()), ("reason", reason)];
    browser.post(&page, &fields).await
}

/// The adjustment that waits, as the reader's form offers it.
async fn waiting(browser: &Browser<'_>, enrolment: EnrolmentId) -> String {
    browser.get(&page_of(enrolment)).await.expect(200).value("adjustment").expect("one that waits")
}
