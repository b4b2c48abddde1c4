//! What judges write in the demo: a correction that waits for another judge, a draft, and a question that was begun.

use super::cast::TRAINEE_PASSWORD;
use super::story::{at, sign_in};
use crate::clock::MovedClock;
use crate::services::Services;
use crate::services::authoring::drafts::Saved;
use anyhow::{Context as _, bail};
use chrono::{Days, NaiveDate};

/// The lesson that is corrected.
const LESSON: &str = "orientadoras/modules/m4-denuncia-y-proteccion/lessons/04-incumplimiento-y-seguimiento.es.md";
/// The module that gets a question.
const MODULE: &str = "m7";
/// The judge who is shown, and the one who wrote.
const JUDGES: [&str; 2] = ["40111001", "40111005"];

/// Tells it, in the days before `today`.
///
/// # Errors
/// What a service answers.
pub async fn tell(services: &Services, clock: &MovedClock, today: NaiveDate) -> anyhow::Result<()> {
    let day = |before| today.checked_sub_days(Days::new(before)).context("a date");
    clock.set(at(day(2)?, 20));
    let [shown, other] = JUDGES;
    let signed = sign_in(services, other, TRAINEE_PASSWORD).await?;
    let acting = services.of(&signed);
    let draft = acting.edit(LESSON, "").await?;
    let text = acting.own_draft(draft).await?.body;
    let Some(at_end) = text.find("\n```checkpoint") else { bail!("the lesson has no checkpoint") };
    let (before, after) = text.split_at(at_end);
    let note = "\n> [!NOTE]\n> Anota la fecha y la hora. Te ayudará a contarlo después.\n";
    let Saved::Stored { .. } = acting.save_draft(draft, 1, &format!("{before}{note}{after}")).await? else { bail!("nobody else writes") };
    if !acting.send_draft(draft).await? {
        bail!("the correction has mistakes");
    }
    clock.set(at(day(1)?, 21));
    let signed = sign_in(services, shown, TRAINEE_PASSWORD).await?;
    services.of(&signed).new_question(MODULE).await?;
    Ok(())
}
