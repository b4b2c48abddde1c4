//! The real content is right.

use std::path::Path;

#[test]
fn the_content_has_no_mistakes() {
    let report = curriculum::check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"));
    assert!(report.is_clean(), "\n{report}");
}

#[test]
fn the_embedded_programmes_load() {
    let packages = curriculum::embedded().unwrap_or_else(|mistakes| {
        panic!("{}", mistakes.iter().map(|m| format!("\n{m}")).collect::<String>());
    });
    let ids: Vec<&str> = packages.iter().map(|p| p.programme.id.as_str()).collect();
    assert_eq!(ids, ["orientadoras", "piloto"]);
    for package in &packages {
        assert_eq!(package.source_digest.len(), 64);
        assert!(package.texts.iter().all(|t| t.revision == curriculum::package::revision(&t.source)));
    }
}
