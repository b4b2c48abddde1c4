//! Short answers, numbers, pairs and orders: asked without their key, saved, shown again, marked and told.

use crate::support::{Answer, Browser, EN, ES, World};
use curriculum::Package;
use domain::assessment::question::QuestionKind;
use domain::curriculum::Draw;
use domain::ids::AttemptId;
use serde_json::{Value, json};

const ANSWER: &str = "/api/assessment/answer";

/// An evaluation of one question of each of these types.
fn others(package: &mut Package) {
    let evaluation = package.programme.modules[0].evaluation.as_mut().expect("an evaluation");
    evaluation.draw = vec![Draw { tag: "a-otros".to_owned(), count: 4, critical: 1 }];
    evaluation.cases.clear();
}

/// An attempt that Ana has begun.
struct Begun<'w> {
    world: &'w World,
    browser: Browser<'w>,
    attempt: AttemptId,
}

impl<'w> Begun<'w> {
    async fn new(world: &'w World) -> Self {
        Self { world, browser: world.app.browser(&world.ana.person).await, attempt: world.start(&world.ana).await }
    }

    /// Where a type stands on the paper, and the ids of its options as shown there.
    async fn find(&self, kind: QuestionKind) -> (usize, Vec<String>) {
        let services = &self.world.app.services;
        let sitting = services.sitting(services.database.read(), self.attempt).await.expect("an attempt");
        for (at, item) in sitting.paper.items.iter().enumerate() {
            if services.item(&sitting, at).await.expect("a question").kind == kind {
                return (at, item.option_order.clone());
            }
        }
        panic!("no {kind:?} on the paper")
    }

    fn page(&self, at: usize) -> String {
        format!("/attempts/{}/{}", self.attempt, at + 1)
    }

    /// Sends the form of a question as her browser would.
    async fn write(&self, kind: QuestionKind, version: &str, text: &str) -> Answer {
        let (at, _) = self.find(kind).await;
        self.browser.post(&self.page(at), &[("version", version), ("text", text), ("go", "next")]).await
    }

    /// The same for rows: for pairs the option of each, for an order the options from first to last.
    async fn place(&self, kind: QuestionKind, version: &str, chosen: &[&str]) -> Answer {
        let (at, order) = self.find(kind).await;
        let place = |id: &str, list: &[String]| list.iter().position(|o| o == id).map(|p| (p + 1).to_string()).unwrap_or_default();
        let ids: Vec<String> = chosen.iter().map(|id| (*id).to_owned()).collect();
        let values: Vec<String> = match kind {
            QuestionKind::Matching => chosen.iter().map(|id| place(id, &order)).collect(),
            _ => order.iter().map(|id| place(id, &ids)).collect(),
        };
        let mut fields = vec![("version", version), ("go", "next")];
        fields.extend(values.iter().map(|value| ("option", value.as_str())));
        self.browser.post(&self.page(at), &fields).await
    }

    async fn call(&self, at: usize, options: &[&str], text: Option<&str>) -> Answer {
        let body: Value =
            json!({ "answer": { "attempt": self.attempt, "item": at, "version": 0, "options": options, "text": text, "flagged": false } });
        self.browser.call(ANSWER, &body).await
    }

    async fn hand_in(&self) -> Answer {
        self.browser.post(&format!("/attempts/{}/review", self.attempt), &[]).await.expect(303);
        assert_eq!(self.world.app.texts("SELECT state AS text FROM attempt").await, ["graded"], "nothing needs a judge");
        self.world.release(self.attempt).await;
        self.browser.get(&format!("/attempts/{}/result", self.attempt)).await.expect(200)
    }
}

use QuestionKind::{Matching, Numeric, Ordering, ShortAnswer};

#[tokio::test]
async fn the_page_asks_without_script_and_without_the_key() {
    let world = World::with(others).await;
    let begun = Begun::new(&world).await;
    let page = async |kind| {
        let (at, _) = begun.find(kind).await;
        begun.browser.get(&begun.page(at)).await.expect(200)
    };
    let short = page(ShortAnswer).await;
    short.says(ES.attempt_line()).does_not_say("Línea 100").does_not_say("Así es");
    assert!(short.raw.contains("inputmode=\"text\"") && short.raw.contains("name=\"text\""), "{}", short.raw);
    let number = page(Numeric).await;
    number.says(&ES.attempt_number_unit("soles")).does_not_say("S/").does_not_say("no cuesta nada");
    assert!(number.raw.contains("inputmode=\"decimal\""), "{}", number.raw);
    let pairs = page(Matching).await;
    pairs.says(ES.attempt_match()).says("Hay peligro ahora").says("Al 105").does_not_say("primero la policía");
    assert_eq!(pairs.raw.matches("<select").count(), 3);
    let order = page(Ordering).await;
    order.says(ES.attempt_order()).says("La escucho sin apurarla.").does_not_say("Primero se cuida");
    assert_eq!(order.raw.matches("<select").count(), 4);
    for told in ["value=\"a\"", "value=\"b\"", "value=\"p1\"", "a-orden"] {
        assert!(!order.raw.contains(told) && !pairs.raw.contains(told), "{told}");
    }
    let (at, _) = begun.find(Ordering).await;
    begun.browser.in_english().get(&begun.page(at)).await.expect(200).says(EN.attempt_order());
}

#[tokio::test]
async fn right_answers_however_they_are_written_are_worth_everything() {
    let world = World::with(others).await;
    let begun = Begun::new(&world).await;
    begun.write(ShortAnswer, "0", "  LINEA-100 ").await.expect(303);
    begun.write(Numeric, "0", "S/ 0,00").await.expect(303);
    begun.place(Matching, "0", &["a", "b", "c"]).await.expect(303);
    begun.place(Ordering, "0", &["a", "b", "c", "d"]).await.expect(303);
    let (at, _) = begun.find(ShortAnswer).await;
    begun.browser.get(&begun.page(at)).await.expect(200).says("Guardado");
    begun.hand_in().await.says("20 de 20").says("Denunciar no cuesta nada.").says("Primero se cuida su seguridad.").says(ES.result_right());
}

#[tokio::test]
async fn a_part_of_the_points_and_what_is_said_about_the_rest() {
    let world = World::with(others).await;
    let begun = Begun::new(&world).await;
    begun.write(ShortAnswer, "0", "linea cien").await.expect(303);
    begun.write(ShortAnswer, "1", "100").await.expect(303);
    begun.write(Numeric, "0", "2").await.expect(303);
    begun.place(Matching, "0", &["b", "b", "c"]).await.expect(303);
    begun.place(Ordering, "0", &["a", "b", "c", "d"]).await.expect(303);
    let bodies = world.app.texts("SELECT body AS text FROM answer ORDER BY body").await;
    assert!(bodies.contains(&r#"{"type":"pairs","value":{"p1":"b","p2":"b","p3":"c"}}"#.to_owned()), "{bodies:?}");
    assert!(bodies.contains(&r#"{"type":"places","value":{"a":1,"b":2,"c":3,"d":4}}"#.to_owned()), "{bodies:?}");
    assert!(bodies.contains(&r#"{"type":"text","value":"100"}"#.to_owned()), "{bodies:?}");
    // 2 + 2 × 25 % + 3 × 2/3 + 4 = 8.5 of 11, which is 15.45 of 20.
    let result = begun.hand_in().await;
    result.says("15.45 de 20").says("Si hay peligro, primero la policía.").says("Hay peligro ahora → A la Línea 100");
    result.says(&ES.result_right_answer("0 soles")).says("Denunciar no cuesta nada.").says("1. Le pregunto si corre peligro.");
}

#[tokio::test]
async fn a_critical_short_answer_fails_whatever_the_score() {
    let world = World::with(others).await;
    let begun = Begun::new(&world).await;
    begun.write(ShortAnswer, "0", "Policía nacional").await.expect(303);
    begun.write(Numeric, "0", "0").await.expect(303);
    begun.place(Matching, "0", &["a", "b", "c"]).await.expect(303);
    begun.place(Ordering, "0", &["a", "b", "c", "d"]).await.expect(303);
    // 10 of 11 points.
    begun.hand_in().await.says("18.18 de 20").says(ES.result_failed_critical());
}

#[tokio::test]
async fn what_says_no_number_or_one_place_twice_is_kept_and_asked_again() {
    let world = World::with(others).await;
    let begun = Begun::new(&world).await;
    let shown = begun.write(Numeric, "0", "quince").await.expect(422);
    shown.says(ES.attempt_no_number());
    assert!(shown.raw.contains("value=\"quince\"") && shown.raw.contains("aria-invalid=\"true\""), "{}", shown.raw);
    assert_eq!(world.app.texts("SELECT body AS text FROM answer").await, [r#"{"type":"text","value":"quince"}"#]);
    begun.write(Numeric, "1", "15").await.expect(303);
    let (at, _) = begun.find(Ordering).await;
    let fields = [("version", "0"), ("option", "1"), ("option", "1"), ("option", ""), ("option", ""), ("go", "next")];
    begun.browser.post(&begun.page(at), &fields).await.expect(422).says(ES.attempt_same_place());
    assert_eq!(world.app.count("answer").await, 3);
    begun.browser.get(&format!("/attempts/{}/review", begun.attempt)).await.expect(200);
}

#[tokio::test]
async fn hostile_answers_are_refused_and_nothing_is_kept() {
    let world = World::with(others).await;
    let begun = Begun::new(&world).await;
    let long = "1".repeat(201);
    for kind in [ShortAnswer, Numeric] {
        let (at, _) = begun.find(kind).await;
        begun.call(at, &["1"], Some("1")).await.expect(422);
        for text in [long.as_str(), "a\nb", "a\u{0}b"] {
            begun.call(at, &[], Some(text)).await.expect(422);
        }
    }
    for (kind, rows) in [(Matching, 3), (Ordering, 4)] {
        let (at, _) = begun.find(kind).await;
        let first = |value: &'static str| (0..rows).map(|n| if n == 0 { value } else { "" }).collect::<Vec<_>>();
        for value in ["a", "p1", "0", "5", "-1", "+1", "01", " 1", "1.0", "99999999999999999999999"] {
            begun.call(at, &first(value), None).await.expect(422);
        }
        for many in [1, rows - 1, rows + 1, 5000] {
            begun.call(at, &vec!["1"; many], None).await.expect(422);
        }
        let page = begun.page(at);
        let answer = begun.browser.post(&page, &[("version", "0"), ("option", "a"), ("go", "next")]).await;
        assert!((400..500).contains(&answer.status), "{}", answer.status);
    }
    assert_eq!(world.app.count("answer").await, 0);
    // What the question does not ask for is not read.
    let (at, _) = begun.find(Matching).await;
    begun.call(at, &["", "", ""], Some("texto")).await.expect(200);
    assert_eq!(world.app.texts("SELECT body AS text FROM answer").await, [r#"{"type":"unanswered"}"#]);
}

#[tokio::test]
async fn the_answer_saver_saves_rows_and_lines() {
    let world = World::with(others).await;
    let begun = Begun::new(&world).await;
    let (at, order) = begun.find(Ordering).await;
    assert_eq!(begun.call(at, &["", "2", "", ""], None).await.expect(200).json()["version"], 1);
    let expected = json!({ "type": "places", "value": { order[1].as_str(): 2 } });
    let body = world.app.texts("SELECT body AS text FROM answer").await.remove(0);
    assert_eq!(serde_json::from_str::<Value>(&body).expect("JSON"), expected);
    let page = begun.browser.get(&begun.page(at)).await.expect(200);
    assert!(page.raw.contains("data-saved=\"2\"") && page.raw.contains("selected"), "{}", page.raw);
    let (at, _) = begun.find(ShortAnswer).await;
    begun.call(at, &[], Some("línea 100")).await.expect(200);
    let page = begun.browser.get(&begun.page(at)).await.expect(200);
    assert!(page.raw.contains("value=\"línea 100\""), "{}", page.raw);
}
