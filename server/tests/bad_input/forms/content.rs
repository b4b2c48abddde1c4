//! The forms of authors and reviewers. A picture is no form of this kind: `authoring` tries its upload.

use super::{Form, Refusal, at, form, invalid, malformed};
use crate::support::World;

const LESSONS: [&str; 2] = ["programme/modules/a/lessons/01-denunciar.es.md", "programme/modules/a/lessons/03-encuentro.es.md"];

pub(super) async fn content(world: &World) -> Vec<Form> {
    let (judge, other) = (Some(&world.judge), Some(&world.far_judge));
    let signed = world.app.signed(&world.judge).await;
    let acting = world.app.services.of(&signed);
    let writes = acting.edit(LESSONS[0], "").await.expect("begun");
    let reviewed = acting.edit(LESSONS[1], "").await.expect("begun");
    assert!(acting.send_draft(reviewed).await.expect("asked"), "it has no mistakes");
    let short = "No sé";
    let fields =
        [("version", "x"), ("title", "a"), ("summary", ""), ("minutes", "1"), ("mode", "self-paced"), ("body", "a"), ("do", "save")];
    let mut settle = form(
        "/author",
        judge,
        &[("do", "settle"), ("mark", "x"), ("note", short)],
        vec![
            malformed(&[]),
            invalid(&[("do", "settle"), ("mark", "x"), ("note", short)], |t| vec![t.author_settle_missing().to_owned()], &[]),
        ],
    );
    settle.single = vec!["do", "note"];
    let mut begin = at(
        "/author/modules/a".to_owned(),
        form(
            "/author/modules/{module}",
            judge,
            &[("do", "new-lesson"), ("title", ""), ("path", "")],
            vec![
                malformed(&[]),
                malformed(&[("do", "burn")]),
                invalid(&[("do", "new-lesson")], |t| vec![t.author_new_title_missing().to_owned()], &["title"]),
                invalid(
                    &[("do", "withdraw"), ("path", LESSONS[0]), ("reason", short)],
                    |t| vec![t.author_withdraw_missing().to_owned()],
                    &[],
                ),
            ],
        ),
    );
    begin.single = vec!["do", "title", "path"];
    let write = |route: &'static str, path: String, refusals: Vec<Refusal>| {
        let mut form = at(path, form(route, judge, &fields, refusals));
        form.single = vec!["version", "title", "minutes", "body"];
        form
    };
    let untitled =
        [("version", "1"), ("mode", "self-paced"), ("minutes", "muchos"), ("body", "# Mi texto {#p1 minutes=1}"), ("do", "save")];
    let untitled = invalid(
        &untitled,
        |t| vec![t.author_field_title_missing().to_owned(), t.author_field_minutes_wrong().to_owned()],
        &["title", "minutes"],
    );
    let here = format!("/author/drafts/{writes}");
    let decide = form(
        "/author/drafts/{id}/review",
        other,
        &[("do", "return"), ("why", short)],
        vec![
            malformed(&[]),
            malformed(&[("do", "burn")]),
            invalid(&[("do", "return"), ("why", short)], |t| vec![t.author_why_missing().to_owned()], &["why"]).keeps(&[short]),
        ],
    );
    vec![
        settle,
        begin,
        form(
            "/author/norms",
            judge,
            &[("norm", "Ley 30364"), ("note", short)],
            vec![invalid(&[("norm", "Ley 30364"), ("note", short)], |t| vec![t.author_mark_missing().to_owned()], &[])],
        ),
        write(
            "/author/drafts/{id}",
            here.clone(),
            vec![malformed(&fields), untitled.keeps(&["# Mi texto {#p1 minutes=1}", "value=\"muchos\""])],
        ),
        write("/author/drafts/{id}/preview", format!("{here}/preview"), vec![malformed(&fields)]),
        at(format!("/author/drafts/{reviewed}/review"), decide),
    ]
}
