//! The forms of questions in the browser, without script: rows that move, what cannot be read, on to publication.

use super::{Pen, World, source};
use crate::support::Answer;

const BANK: &str = "programme/modules/a/questions/otros.yaml";

/// A judge at the form of one question.
struct Question<'w> {
    pen: Pen<'w>,
    draft: String,
    fields: Vec<(String, String)>,
}

impl<'w> Question<'w> {
    async fn open(world: &'w World, id: &str, kind: &str) -> Self {
        let pen = Pen::of(world, &world.judge).await;
        let begin = [("do", "edit"), ("path", BANK), ("item", id)];
        let draft = pen.browser.post("/author/modules/a", &begin).await.expect(303).location().to_owned();
        let known = [("id", id), ("kind", kind), ("points", "4"), ("objective", "a-o1"), ("tag", "a-otros"), ("prompt-es", "¿Qué haces?")];
        let fields = known.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { pen, draft, fields }
    }

    fn with(mut self, fields: &[(&str, &str)]) -> Self {
        self.fields.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self
    }

    async fn press(&self, button: &str) -> Answer {
        let version = self.page().await.value("version").expect("a version");
        let typed = self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let fields: Vec<_> = typed.chain([("version", version.as_str()), ("do", button)]).collect();
        self.pen.browser.post(&self.draft, &fields).await
    }

    async fn page(&self) -> Answer {
        self.pen.browser.get(&self.draft).await.expect(200)
    }
}

const STEPS: [(&str, &str); 6] = [
    ("option-1-id", "a"),
    ("option-1-text-es", "Primero pregunto."),
    ("option-2-id", "b"),
    ("option-2-text-es", "Primero escucho."),
    ("option-3-id", "c"),
    ("option-3-text-es", "Luego acompaño."),
];

#[tokio::test]
async fn steps_are_moved_tried_and_published() {
    let world = World::new().await;
    let order = Question::open(&world, "a-orden", "ordering").await.with(&STEPS);
    let moved = order.press("up-option-2").await.expect(200);
    let text = moved.text();
    assert!(text.find("Primero escucho.") < text.find("Primero pregunto."), "the step stands above");
    assert_eq!((moved.value("option-1-id").as_deref(), moved.value("option-2-id").as_deref()), (Some("b"), Some("a")));

    // The trial shows the steps turned round: the last is asked for first.
    let tried = Question { fields: [order.fields.clone(), three("option", ["3", "2", "1"])].concat(), ..order };
    tried.press("try").await.expect(200).says("4 de 4 puntos");
    let order = Question { fields: tried.fields[..12].to_vec(), ..tried };
    order.press("send").await.expect(303);
    Pen::of(&world, &world.far_judge).await.publish(&order.draft).await.expect(303);
    let bank = source(&world, BANK).await;
    assert!(bank.contains("Primero escucho.") && !bank.contains("Le pregunto si corre peligro."));
}

fn three(name: &str, values: [&str; 3]) -> Vec<(String, String)> {
    values.map(|value| (name.to_owned(), value.to_owned())).to_vec()
}

/// A draft cannot hold a number that is none: it is told at once, what was typed stays, and nothing takes its place.
#[tokio::test]
async fn a_number_that_is_none_is_told_on_saving() {
    let world = World::new().await;
    let typed = [("number-1-value", "quince"), ("number-1-weight", ""), ("number-2-value", "20"), ("number-2-weight", "mucho")];
    let number = Question::open(&world, "a-numero", "numeric").await.with(&typed);
    let told = number.press("save").await.expect(422);
    told.says("no se entiende como número").says("value=\"quince\"").says("de 0 a 100. Por ejemplo").says("value=\"mucho\"");
    let page = number.page().await;
    assert_eq!((page.value("number-1-value").as_deref(), page.value("number-1-weight").as_deref()), (Some("20"), Some("0")));
    number.press("send").await.expect(422).says("no se entiende como número");
}

#[tokio::test]
async fn what_is_wrong_with_pairs_and_answers_is_told_at_its_row() {
    let world = World::new().await;
    let pairs =
        [("pair-1-id", "p1"), ("pair-1-text-es", "Peligro"), ("pair-1-option", "z"), ("option-1-id", "a"), ("option-1-text-es", "105")];
    let matching = Question::open(&world, "a-pares", "matching").await.with(&pairs);
    let told = matching.press("send").await.expect(422);
    for at in ["right", "parejas", "pair-1-option"] {
        told.says(&format!("href=\"#{at}\""));
    }
    let answers = [("accepted-1-text-es", "¡!"), ("accepted-1-weight", "50")];
    let short = Question::open(&world, "a-corta", "short-answer").await.with(&answers);
    let told = short.press("send").await.expect(422);
    told.says("href=\"#accepted-1-text-es\"").says("href=\"#accepted-1-weight\"");
}
