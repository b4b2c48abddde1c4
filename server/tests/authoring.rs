//! Writing in the browser: drafts, review, publication, and what it leaves to who studies.

mod bench;
mod questions;

use crate::support::{Answer, Browser, World};
use bench::{Form, LESSON, Pen, SECOND, export, source};
use server::services::authoring::digest;

/// A judge writes, another publishes: who began the old text keeps it, a new one gets the new; every hour counts on.
#[tokio::test]
async fn who_is_in_a_lesson_finishes_it_undisturbed() {
    let world = World::new().await;
    let (ana, bea) = (world.app.browser(&world.ana.person).await, world.app.browser(&world.bea.person).await);
    ana.study("a-l2", 30).await;
    let pen = Pen::of(&world, &world.judge).await;
    let draft = pen.edit(LESSON).await;
    let form = pen.form(&draft).await.replacing("no te debe nada", "no debe nada a nadie");
    pen.send(&draft, &form).await.expect(303);
    Pen::of(&world, &world.far_judge).await.publish(&draft).await.expect(303);

    ana.get("/course/a-l2/1").await.says("no te debe nada").says("Hay un texto nuevo de esta lección");
    bea.get("/course/a-l2/1").await.says("no debe nada a nadie").does_not_say("Hay un texto nuevo");
    ana.get("/course/a-l2/1?text=new").await.says("no debe nada a nadie");
    world.pass(&ana, &world.ana, "a-l2").await;
    ana.get("/course/a-l2/1").await.says("no debe nada a nadie");
    assert_eq!(world.app.count("programme_revision").await, 1, "wording makes no new revision of the programme");
}

/// A changed checkpoint makes a new revision of the programme: the cohort keeps the whole old text with its key.
#[tokio::test]
async fn a_cohort_keeps_its_checkpoints_and_a_new_one_takes_the_new() {
    let world = World::new().await;
    let pen = Pen::of(&world, &world.judge).await;
    let draft = pen.edit(LESSON).await;
    let form = pen.form(&draft).await;
    // The options change places: with the old key, the new text would teach the wrong answer.
    let right = "      - {text: \"Que el servicio es gratis.\", correct: true, feedback: \"Así es.\"}\n";
    let wrong = "      - {text: \"Que pague lo que pueda.\", feedback: \"No. Vuelve a leer la parte.\"}\n";
    let form = form.replacing(&format!("{right}{wrong}"), &format!("{wrong}{right}")).replacing("no te debe nada", "no debe nada a nadie");
    pen.send(&draft, &form).await.expect(303);
    Pen::of(&world, &world.far_judge).await.publish(&draft).await.expect(303);
    assert_eq!(world.app.count("programme_revision").await, 2);

    let ana = world.app.browser(&world.ana.person).await;
    ana.get("/course/a-l2/1").await.says("no te debe nada");
    world.pass(&ana, &world.ana, "a-l2").await;
    let cohort = world.app.add_cohort("Moyobamba 2026", "san-martin", &world.judge).await;
    let new = world.app.add_trainee("Norma", "Pinedo", "70222021", cohort).await;
    let norma = world.app.browser(&new.person).await;
    norma.get("/course/a-l2/1").await.says("no debe nada a nadie");
    world.pass(&norma, &new, "a-l2").await;
}

#[tokio::test]
async fn nobody_publishes_her_own_text_and_only_judges_publish() {
    let world = World::new().await;
    let pen = Pen::of(&world, &world.judge).await;
    let draft = pen.edit(LESSON).await;
    let form = pen.form(&draft).await.replacing("no te debe nada", "no debe nada");
    Pen::of(&world, &world.far_judge).await.publish(&draft).await.expect(422);
    pen.send(&draft, &form).await.expect(303);
    pen.publish(&draft).await.expect(403);
    for person in [&world.staff, &world.auditor, &world.admin, &world.ana.person] {
        Pen::of(&world, person).await.publish(&draft).await.expect(403);
    }
    // In review nobody writes, not even its author.
    pen.post(&draft, &form, "save").await.expect(409);
    Pen::of(&world, &world.far_judge).await.browser.post(&draft, &[("do", "save"), ("version", "2")]).await.expect(403);
    Pen::of(&world, &world.far_judge).await.publish(&draft).await.expect(303);
    pen.publish(&draft).await.expect(403);
    Pen::of(&world, &world.far_judge).await.publish(&draft).await.expect(422);
}

/// Two windows of one author, and two authors of one lesson: refused with both texts, and nothing is lost.
#[tokio::test]
async fn two_who_write_at_once_lose_nothing() {
    let world = World::new().await;
    let pen = Pen::of(&world, &world.judge).await;
    let draft = pen.edit(LESSON).await;
    let form = pen.form(&draft).await;
    pen.post(&draft, &form.replacing("no te debe nada", "primera ventana"), "save").await.expect(303);
    let refused = pen.post(&draft, &form.replacing("no te debe nada", "segunda ventana"), "save").await.expect(409);
    refused.says("Otra ventana guardó este borrador").says("primera ventana").says("segunda ventana");
    let again = Form::of(&refused);
    pen.post(&draft, &again, "save").await.expect(303);
    assert!(pen.form(&draft).await.body.contains("segunda ventana"));

    let other = Pen::of(&world, &world.far_judge).await;
    let theirs = other.edit(LESSON).await;
    assert_ne!(theirs, draft);
    let first = other.form(&theirs).await.replacing("no te debe nada", "de otra mano");
    other.send(&theirs, &first).await.expect(303);
    pen.publish(&theirs).await.expect(303);
    pen.browser.get(&draft).await.expect(200).says("Se publicó otro texto mientras tanto");
    pen.send(&draft, &pen.form(&draft).await).await.expect(303);
    other.publish(&draft).await.expect(422).says("texto anterior");
    let compared = pen.browser.get(&format!("{draft}/compare")).await.expect(200);
    compared.says("Publicado").says("mano").says("ventana");
    assert!(source(&world, LESSON).await.contains("de otra mano"), "nothing was written over");
    other.browser.post(&format!("{draft}/review"), &[("do", "return"), ("why", "Falta juntar los dos textos.")]).await.expect(303);
    pen.browser.get(&draft).await.says("Falta juntar los dos textos.");
    pen.post(&draft, &pen.form(&draft).await, "rebase").await.expect(303);
    pen.send(&draft, &pen.form(&draft).await).await.expect(303);
    other.publish(&draft).await.expect(303);
    assert!(source(&world, LESSON).await.contains("segunda ventana"));
}

/// What is typed is stored while it is typed, and what follows from it comes back.
#[tokio::test]
async fn typing_stores_and_shows_what_follows() {
    let world = World::new().await;
    let pen = Pen::of(&world, &world.judge).await;
    let draft = pen.edit(LESSON).await;
    let form = pen.form(&draft).await.replacing("no te debe nada", "**no debe** nada <script>alert(1)</script>");
    let answer = pen.preview(&draft, &form).await.expect(200);
    assert_eq!(answer.header("orienta-version"), "2");
    assert!(answer.raw.contains("<strong>no debe</strong>") && !answer.raw.contains("<script"), "{}", answer.raw);
    // The same again is stored already; an older window is refused.
    pen.preview(&draft, &form).await.expect(200);
    pen.preview(&draft, &form.replacing("no debe", "sí debe")).await.expect(409);
    let broken = Form { version: "2".to_owned(), ..form.replacing("{#p1 minutes=1}", "{#p1 minutes=70}") };
    pen.preview(&draft, &broken).await.expect(200).says("Línea 1");
    let refused = pen.send(&draft, &Form { version: "3".to_owned(), ..broken }).await.expect(422);
    refused.says("Hay avisos que resolver antes de enviar.").says("minutes=70");
    assert!(pen.form(&draft).await.body.contains("minutes=70"), "kept although it cannot be sent");
}

/// A reference to be confirmed is published when staff accept it with a reason; the acceptance is part of the files.
#[tokio::test]
async fn staff_accept_what_is_still_to_be_confirmed() {
    let world = World::new().await;
    let pen = Pen::of(&world, &world.judge).await;
    let draft = pen.edit(LESSON).await;
    let form = pen.form(&draft).await.replacing("no te debe nada", "no debe nada");
    let form = Form { norms: vec!["Ley 99999, art. 1".to_owned()], ..form };
    pen.send(&draft, &form).await.expect(303);
    let other = Pen::of(&world, &world.far_judge).await;
    other.publish(&draft).await.expect(422).says("Ley 99999, art. 1");
    let review = format!("{draft}/review");
    let accept = [("do", "accept"), ("norm", "Ley 99999, art. 1"), ("reason", "El texto vale con o sin ella.")];
    other.browser.post(&review, &accept).await.expect(403);
    let staff = world.app.browser(&world.staff).await;
    staff.post(&review, &[("do", "accept"), ("norm", "Ley 99999, art. 1"), ("reason", "Sí")]).await.expect(422);
    staff.post(&review, &[("do", "accept"), ("norm", "Otra"), ("reason", "El texto vale con o sin ella.")]).await.expect(404);
    staff.post(&review, &accept).await.expect(303);
    assert_eq!(world.app.count("reference_acceptance").await, 1);
    other.publish(&draft).await.expect(303);
    assert!(source(&world, "programme/programme.yaml").await.contains("Ley 99999, art. 1"));
}

#[tokio::test]
async fn a_translation_is_behind_when_its_source_moves_on() {
    let world = World::new().await;
    let (pen, other) = (Pen::of(&world, &world.judge).await, Pen::of(&world, &world.far_judge).await);
    let module = "/author/modules/a";
    let begun = pen.browser.post(module, &[("do", "translate"), ("path", SECOND)]).await.expect(303);
    let draft = begun.location().to_owned();
    let form = Form { title: "The meeting".to_owned(), ..pen.form(&draft).await };
    pen.send(&draft, &form).await.expect(303);
    other.publish(&draft).await.expect(303);
    pen.browser.get(module).await.does_not_say("Atrasada");
    let source = pen.edit(SECOND).await;
    let form = pen.form(&source).await;
    pen.send(&source, &Form { summary: "Sabrás escuchar sin apuro.".to_owned(), ..form }).await.expect(303);
    other.publish(&source).await.expect(303);
    pen.browser.get(module).await.says("Atrasada");
    pen.browser.get("/author").await.says("Traducciones atrasadas");
    let path = SECOND.replace(".es.md", ".en.md");
    pen.browser.post(module, &[("do", "follows"), ("path", &path)]).await.expect(303);
    pen.browser.get(module).await.does_not_say("Atrasada");
}

#[tokio::test]
async fn a_changed_norm_marks_everything_that_cites_it() {
    let world = World::new().await;
    let (pen, other) = (Pen::of(&world, &world.judge).await, Pen::of(&world, &world.far_judge).await);
    let draft = pen.edit(LESSON).await;
    let form = pen.form(&draft).await.replacing("no te debe nada", "no debe nada (Ley 30364, artículo 8)");
    pen.send(&draft, &form).await.expect(303);
    other.publish(&draft).await.expect(303);
    let found = pen.browser.get("/author/norms?q=ley+30364").await.expect(200);
    found.says("El servicio es gratuito").says("La nombra 1 vez.");
    let norms = "/author/norms";
    pen.browser.post(norms, &[("norm", "Ley 30364"), ("note", "corto")]).await.expect(422);
    pen.browser.post(norms, &[("norm", "Ley 30364"), ("note", "Cambió el artículo 8.")]).await.expect(303);
    let marks = world.app.count("review_mark").await;
    assert!(marks >= 1);
    pen.browser.post(norms, &[("norm", "Ley 30364"), ("note", "Cambió el artículo 8.")]).await.expect(303);
    assert_eq!(world.app.count("review_mark").await, marks, "an open mark is enough");
    let desk = pen.browser.get("/author").await.expect(200);
    desk.says("Cambió el artículo 8.");
    let mark = desk.value("mark").expect("a mark");
    pen.browser.post("/author", &[("do", "settle"), ("mark", &mark), ("note", "Solo lo nombra.")]).await.expect(303);
    assert_eq!(world.app.count("review_mark_settled").await, 1);
}

/// A picture is checked by content and served in the lesson; nothing that only calls itself one is taken.
#[tokio::test]
async fn pictures_are_checked_by_content() {
    let world = World::new().await;
    let pen = Pen::of(&world, &world.judge).await;
    let draft = pen.edit(LESSON).await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    pen.upload(&draft, "Una puerta", svg).await.expect(422).says("no es una foto");
    pen.upload(&draft, "", &bench::picture()).await.expect(422).says("Falta decir qué se ve");
    pen.upload(&draft, "Una puerta", &bench::picture()).await.expect(303);
    let page = pen.browser.get(&draft).await.expect(200);
    let code = bench::option_with(&page, "![Una puerta](media/una-puerta-");
    let form = pen.form(&draft).await;
    pen.post(&draft, &Form { picture: code, ..form }, "insert-picture").await.expect(303);
    let form = pen.form(&draft).await;
    assert!(form.body.contains("![Una puerta](media/una-puerta-"), "{}", form.body);
    pen.send(&draft, &form).await.expect(303);
    Pen::of(&world, &world.far_judge).await.publish(&draft).await.expect(303);
    let bea = world.app.browser(&world.bea.person).await;
    let lesson = bea.get("/course/a-l2/1").await.expect(200);
    let name = lesson.raw.split("src=\"media/").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture").to_owned();
    let picture = bea.get(&format!("/course/a-l2/media/{name}")).await.expect(200);
    assert_eq!(picture.header("content-type"), "image/png");
    let kept = world.app.services.curriculum_media().await.expect("pictures");
    assert!(kept.keys().any(|path| path.ends_with(&name)), "an export takes it along: {:?}", kept.keys());
    bea.get("/course/a-l2/media/nada.png").await.expect(404);
    bea.get("/course/a-l2/media/..%2Fprogramme.yaml").await.expect(404);
    pen.upload(&format!("{draft}x"), "Otra", &bench::picture()).await.expect(303);
    Pen::of(&world, &world.ana.person).await.upload(&draft, "Otra", &bench::picture()).await.expect(403);
}

/// What is published is what is exported; loading it again changes nothing.
#[tokio::test]
async fn an_export_after_a_publication_loads_to_the_same() {
    let world = World::new().await;
    let pen = Pen::of(&world, &world.judge).await;
    let draft = pen.edit(LESSON).await;
    let form = pen.form(&draft).await;
    pen.post(&draft, &form, "insert-table").await.expect(303);
    let form = pen.form(&draft).await;
    assert!(form.body.contains("| --- | --- |\n| Primera situación"), "{}", form.body);
    // As long as before: the text justifies its minute.
    let form = form.replacing("Si alguien quiere pagarte, dale las gracias y dile que no. Explícale que el servicio es de todas. ", "");
    pen.send(&draft, &form).await.expect(303);
    let before = export(&world).await;
    Pen::of(&world, &world.far_judge).await.publish(&draft).await.expect(303);
    let after = export(&world).await;
    let changed: Vec<&String> = after.iter().filter(|(path, text)| before.get(*path) != Some(*text)).map(|(path, _)| path).collect();
    assert_eq!(changed, [LESSON]);
    let packages = curriculum::load_from(&curriculum::Texts(after.clone())).expect("the export has no mistakes");
    let loaded = world.app.services.load_curriculum(packages).await.expect("loaded");
    assert_eq!((loaded.published, loaded.kept), (0, 0));
    assert_eq!(export(&world).await, after);
}

/// What comes with a new program stays away from what a judge corrected: it waits for review, once.
#[tokio::test]
async fn a_newer_text_of_the_program_waits_where_a_judge_published() {
    let world = World::new().await;
    let pen = Pen::of(&world, &world.judge).await;
    let original = export(&world).await;
    let draft = pen.edit(LESSON).await;
    let form = pen.form(&draft).await.replacing("no te debe nada", "corregido por la jueza");
    pen.send(&draft, &form).await.expect(303);
    Pen::of(&world, &world.far_judge).await.publish(&draft).await.expect(303);
    let load = async |files: &std::collections::BTreeMap<String, String>| {
        let packages = curriculum::load_from(&curriculum::Texts(files.clone())).expect("no mistakes");
        world.app.services.load_curriculum(packages).await.expect("loaded")
    };
    assert_eq!(load(&original).await.kept, 0, "the same program brings no news");
    let mut newer = original.clone();
    newer.insert(LESSON.to_owned(), original[LESSON].replace("no te debe nada", "texto del programa nuevo"));
    newer.insert(SECOND.to_owned(), original[SECOND].replace("title: ", "title: Nuevo "));
    let loaded = load(&newer).await;
    assert_eq!(loaded.kept, 1);
    assert!(loaded.published > 0, "the other file is taken");
    assert!(source(&world, LESSON).await.contains("corregido por la jueza"));
    assert_eq!(load(&newer).await.kept, 1);
    let desk = pen.browser.get("/author").await.expect(200);
    desk.says("Llegó con el programa");
    assert_eq!(world.app.number("SELECT count(*) AS n FROM draft WHERE author_id IS NULL").await, 1, "offered once");
    let offer = desk.text().split("/author/drafts/").nth(1).and_then(|rest| rest.split('/').next()).expect("an offer").to_owned();
    pen.browser.get(&format!("/author/drafts/{offer}/review")).await.expect(200).says("texto del programa nuevo");
    pen.publish(&format!("/author/drafts/{offer}")).await.expect(303);
    assert!(source(&world, LESSON).await.contains("texto del programa nuevo"));
}

/// Withdrawing makes the text before it current again; what the course cannot do without stays.
#[tokio::test]
async fn withdrawing_goes_back_to_the_text_before() {
    let world = World::new().await;
    let (pen, other) = (Pen::of(&world, &world.judge).await, Pen::of(&world, &world.far_judge).await);
    let original = source(&world, LESSON).await;
    let draft = pen.edit(LESSON).await;
    let form = pen.form(&draft).await.replacing("no te debe nada", "equivocado");
    pen.send(&draft, &form).await.expect(303);
    other.publish(&draft).await.expect(303);
    let module = "/author/modules/a";
    pen.browser.post(module, &[("do", "withdraw"), ("path", LESSON), ("reason", "No")]).await.expect(422);
    let withdraw = [("do", "withdraw"), ("path", LESSON), ("reason", "Dice lo contrario de la ley.")];
    world.app.browser(&world.staff).await.post(module, &withdraw).await.expect(403);
    pen.browser.post(module, &withdraw).await.expect(303);
    assert_eq!(digest(&source(&world, LESSON).await), digest(&original));
    let kept: [(&str, &str); 3] = [("do", "withdraw"), ("path", SECOND), ("reason", "Ya no hace falta el encuentro.")];
    let answer: Answer = pen.browser.post(module, &kept).await;
    answer.expect(422).says("No se puede retirar");
    let bea: Browser<'_> = world.app.browser(&world.bea.person).await;
    bea.get("/course/a-l2/1").await.says("no te debe nada");
}
