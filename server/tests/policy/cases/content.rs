//! Writing and reviewing.

use super::expected::*;
use super::{Table, Things};
use crate::support::World;

const LESSONS: [&str; 2] = ["programme/modules/a/lessons/01-denunciar.es.md", "programme/modules/a/lessons/03-encuentro.es.md"];

/// Drafts of the judge: one being written, one in review.
pub async fn drafts(world: &World) -> [String; 2] {
    let signed = world.app.signed(&world.judge).await;
    let acting = world.app.services.of(&signed);
    let [writes, reviewed] = [acting.edit(LESSONS[0], "").await.expect("begun"), acting.edit(LESSONS[1], "").await.expect("begun")];
    assert!(acting.send_draft(reviewed).await.expect("asked"), "it has no mistakes");
    [writes, reviewed].map(|id| format!("/author/drafts/{id}"))
}

pub(super) fn content(table: &mut Table, things: &Things) {
    let [writes, reviewed] = &things.drafts;
    for path in ["/author", "/author/norms"] {
        table.get(path, path, CONTENT);
    }
    table.get("/author/modules/{module}", "/author/modules/a", CONTENT);
    table.get("/course/{lesson}/media/{file}", "/course/a-l1/media/nada.png", SIGNED_NONE);
    let none = [("do", "settle"), ("mark", "01890000-0000-7000-8000-00000000000a"), ("note", "Está bien como está.")];
    table.post("/author", "/author", &none, JUDGES_NONE);
    table.post("/author/norms", "/author/norms", &[("norm", "Ley 30364"), ("note", "Cambió el artículo 8.")], CONTENT_POSTS);
    let edit = [("do", "edit"), ("path", LESSONS[1]), ("item", "")];
    table.post("/author/modules/{module}", "/author/modules/a", &edit, JUDGES_POST);
    table.post("/author/modules/{module}/pictures", "/author/modules/a/pictures", &[("alt", "x")], JUDGES_NO_FORM);
    table.get("/author/drafts/{id}", writes, AUTHOR);
    let typed = |version: &'static str| {
        let text = [("title", "Denunciar"), ("minutes", "1"), ("mode", "self-paced"), ("body", "# Uno {#p1 minutes=1}"), ("do", "save")];
        std::iter::once(("version", version)).chain(text).collect::<Vec<_>>()
    };
    table.post("/author/drafts/{id}/preview", format!("{writes}/preview"), &typed("1"), AUTHOR_TYPES);
    table.post("/author/drafts/{id}", writes, &typed("2"), COHORT_JUDGE_POSTS);
    table.get("/author/drafts/{id}/compare", format!("{reviewed}/compare"), CONTENT);
    let review = format!("{reviewed}/review");
    table.get("/author/drafts/{id}/review", &review, CONTENT);
    table.post("/author/drafts/{id}/review", &review, &[("do", "publish")], REVIEWER_POSTS);
}
