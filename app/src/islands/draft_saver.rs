//! The draft saver: stores what a judge writes while it is written, and shows what follows from it, as the server renders it.

#[cfg(feature = "hydrate")]
mod saver;

use crate::features::authoring::SaverTexts;
use leptos::prelude::*;

/// Saves the form with the id `form` at `address` while it is typed, and puts the answer into the element with the id
/// `target`. `line` tells when it was last saved.
#[island]
pub fn DraftSaver(form: String, target: String, address: String, line: String, texts: SaverTexts) -> impl IntoView {
    let shown = RwSignal::new(line);
    #[cfg(feature = "hydrate")]
    saver::start(saver::Place { form, target, address }, texts, shown);
    #[cfg(not(feature = "hydrate"))]
    let _ = (form, target, address, texts);
    view! { <span class="small soft" role="status">{move || shown.get()}</span> }
}
