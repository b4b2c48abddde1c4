//! The real course through the command line: it loads, and what is exported is what was loaded.

use crate::support::place::Place;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../curriculum/content")
}

fn orienta(place: &Place, args: &[&str], path: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orienta"));
    command.args(args).arg(path).arg("--data-dir").arg(place.folder());
    if let Some(url) = place.url() {
        command.args(["--database-url", url]);
    }
    let done = command.output().expect("ran");
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).expect("UTF-8")
}

/// Every file below a folder, by its path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
                found.insert(name, std::fs::read(&path).expect("read"));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_is_what_was_loaded_byte_for_byte() {
    let place = Place::fresh().await;
    let loaded = orienta(&place, &["curriculum", "load"], &content());
    assert!(!loaded.starts_with("published 0,"), "{loaded}");
    let exported = place.folder().join("exported");
    orienta(&place, &["curriculum", "export"], &exported);
    let (given, taken) = (files(&content()), files(&exported));
    assert_eq!(given.keys().collect::<Vec<_>>(), taken.keys().collect::<Vec<_>>());
    assert!(given == taken, "a file differs");
    assert_eq!(orienta(&place, &["curriculum", "load"], &exported), "published 0, kept 0\n");
}

/// A bank that went through another system's file comes back the same, and what cannot go is named.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn questions_go_out_and_come_in() {
    let place = Place::fresh().await;
    orienta(&place, &["curriculum", "load"], &content());
    for format in ["gift", "moodle-xml"] {
        let file = place.folder().join(format);
        let given = run(&place, &["questions", "export", "--format", format, "--module", "m4"]);
        std::fs::write(&file, &given).expect("written");
        let path = file.to_str().expect("a path");
        let taken = run(&place, &["questions", "import", "--format", format, "--module", "m5", path]);
        assert!(taken.matches("prompt").count() >= 50, "{format}: {}", taken.len());
        assert!(taken.contains("m5-"), "{format}");
        let command =
            Command::new(env!("CARGO_BIN_EXE_orienta")).args(["questions", "dump", "--format", format, path]).output().expect("ran");
        let dumped: serde_json::Value = serde_json::from_slice(&command.stdout).expect("JSON");
        assert!(dumped.as_array().expect("a list").len() >= 60);
    }
}

fn run(place: &Place, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orienta"));
    command.args(args).arg("--data-dir").arg(place.folder());
    if let Some(url) = place.url() {
        command.args(["--database-url", url]);
    }
    let done = command.output().expect("ran");
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).expect("UTF-8")
}
