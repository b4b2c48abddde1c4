//! The demo: believable people at every stage of the way, made through the same services with a moved clock, never by
//! inserting rows of facts. All names, documents and events are invented; the PINs and passwords are known to everybody.

mod answers;
mod cast;
mod content;
mod hours;
mod story;

use crate::cli::{End, Place};
use crate::clock::{Clock as _, MovedClock, SystemClock};
use crate::persistence::query;
use crate::services::Services;
use anyhow::Context as _;
use std::sync::Arc;

/// `orienta demo`.
///
/// # Errors
/// One clear sentence.
pub async fn command(place: &Place) -> anyhow::Result<End> {
    let services = place.open(None).await?;
    fill(&services).await?;
    print_sign_ins();
    Ok(End::Done)
}

/// Fills an empty database; leaves one with people as it is.
///
/// # Errors
/// One clear sentence.
pub async fn fill(services: &Services) -> anyhow::Result<()> {
    let people = query::number(services.database.read(), "SELECT count(*) AS n FROM person", vec![]).await?;
    if people > 0 {
        return Ok(());
    }
    crate::cli::curriculum::load_embedded(services).await?;
    eprintln!("making the demo programme…");
    let clock = MovedClock::at(SystemClock.now());
    let url = services.public_url.clone().or_else(|| Some("http://127.0.0.1:3000".to_owned()));
    let moved = Services { clock: Arc::new(clock.clone()), public_url: url, ..services.clone() };
    story::tell(&moved, &clock).await.context("the demo could not be made")
}

/// Prints a line for each demo account: role, document number, PIN or password.
pub fn print_sign_ins() {
    println!("demo sign-ins (role, DNI, secret):");
    for account in cast::DESK {
        println!("{} {} {}", account.role.code(), account.number, account.secret);
    }
    for (number, what) in cast::SHOWN {
        println!("trainee {number} {} # {what}", cast::TRAINEE_PASSWORD);
    }
}
