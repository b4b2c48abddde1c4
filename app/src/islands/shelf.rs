//! What waits on the device: `localStorage`, and memory where the browser refuses it.

use leptos::prelude::window;
use leptos::serde_json;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use web_sys::Storage;

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What lies under `key`, if it can be read.
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = MEMORY.with_borrow(|memory| memory.get(key).cloned());
    let text = text.or_else(|| storage()?.get_item(key).ok().flatten())?;
    serde_json::from_str(&text).ok()
}

/// Puts `value` under `key`.
pub fn set<T: Serialize>(key: &str, value: &T) {
    let Ok(text) = serde_json::to_string(value) else { return };
    let is_stored = storage().is_some_and(|storage| storage.set_item(key, &text).is_ok());
    MEMORY.with_borrow_mut(|memory| if is_stored { memory.remove(key) } else { memory.insert(key.to_owned(), text) });
}

/// Takes away what lies under `key`.
pub fn remove(key: &str) {
    MEMORY.with_borrow_mut(|memory| memory.remove(key));
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Every key that begins with `prefix`.
pub fn keys(prefix: &str) -> BTreeSet<String> {
    let stored = storage().into_iter().flat_map(|storage| {
        let count = storage.length().unwrap_or(0);
        (0..count).filter_map(move |index| storage.key(index).ok().flatten())
    });
    let held: Vec<String> = MEMORY.with_borrow(|memory| memory.keys().cloned().collect());
    stored.chain(held).filter(|key| key.starts_with(prefix)).collect()
}
