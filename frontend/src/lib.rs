//! The bundle that the browser loads on pages with an island.

use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Wakes the islands of the page; called by the page's own script.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
