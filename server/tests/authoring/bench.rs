//! The writing hand: opens editors, fills their forms, sends them.

use crate::support::cast::{Person, Trainee};
use crate::support::{Answer, Browser, World};
use std::collections::BTreeMap;

/// A lesson of the fixture on one's own.
pub const LESSON: &str = "programme/modules/a/lessons/02-gratuito.es.md";
/// The lesson in person.
pub const SECOND: &str = "programme/modules/a/lessons/03-encuentro.es.md";

/// What the editor of a lesson holds.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub version: String,
    pub title: String,
    pub summary: String,
    pub minutes: String,
    pub mode: String,
    pub objectives: Vec<String>,
    pub norms: Vec<String>,
    pub body: String,
    pub picture: String,
    /// A translation has no minutes.
    pub translation: bool,
}

fn inside<'t>(page: &'t str, from: &str, to: &str) -> &'t str {
    page.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(found, _)| found).unwrap_or_default()
}

impl Form {
    /// As the page shows it.
    pub fn of(page: &Answer) -> Self {
        let text = page.text();
        let area = |name: &str| {
            let rest = text.split(&format!("name=\"{name}\"")).nth(1).unwrap_or_default();
            inside(rest, ">", "</textarea>").trim_start_matches('\n').to_owned()
        };
        let minutes = page.value("minutes");
        let chosen = text.split("name=\"objective\"").skip(1).filter(|rest| inside(rest, "value", ">").contains("checked"));
        Self {
            version: page.value("version").expect("a version"),
            title: page.value("title").unwrap_or_default(),
            summary: area("summary"),
            translation: minutes.is_none(),
            minutes: minutes.unwrap_or_default(),
            mode: if text.contains("value=\"in-person\" selected") { "in-person" } else { "self-paced" }.to_owned(),
            objectives: chosen.map(|rest| inside(rest, "value=\"", "\"").to_owned()).collect(),
            norms: Vec::new(),
            body: area("body"),
            picture: String::new(),
        }
    }

    /// With other words in the text.
    #[track_caller]
    pub fn replacing(&self, from: &str, to: &str) -> Self {
        assert!(self.body.contains(from), "{from:?} is not in {}", self.body);
        Self { body: self.body.replace(from, to), ..self.clone() }
    }

    fn fields<'f>(&'f self, what: &'f str) -> Vec<(&'f str, &'f str)> {
        let mut fields = vec![
            ("version", self.version.as_str()),
            ("title", &self.title),
            ("summary", &self.summary),
            ("body", &self.body),
            ("do", what),
        ];
        if !self.translation {
            fields.extend([("minutes", self.minutes.as_str()), ("mode", &self.mode)]);
            fields.extend(self.objectives.iter().map(|o| ("objective", o.as_str())));
            for norm in &self.norms {
                fields.extend([("norm", norm.as_str()), ("status", "to-confirm"), ("verified", ""), ("reviewer", "")]);
            }
        }
        if !self.picture.is_empty() {
            fields.push(("picture", &self.picture));
        }
        fields
    }
}

/// Somebody with a browser.
pub struct Pen<'w> {
    pub browser: Browser<'w>,
}

impl<'w> Pen<'w> {
    pub async fn of(world: &'w World, person: &Person) -> Self {
        Self { browser: world.app.browser(person).await }
    }

    /// Begins a draft of a file; answers its address.
    pub async fn edit(&self, path: &str) -> String {
        let fields = [("do", "edit"), ("path", path), ("item", "")];
        self.browser.post("/author/modules/a", &fields).await.expect(303).location().to_owned()
    }

    pub async fn form(&self, draft: &str) -> Form {
        Form::of(&self.browser.get(draft).await.expect(200))
    }

    pub async fn post(&self, draft: &str, form: &Form, what: &str) -> Answer {
        self.browser.post(draft, &form.fields(what)).await
    }

    pub async fn send(&self, draft: &str, form: &Form) -> Answer {
        self.post(draft, form, "send").await
    }

    /// As the saver does while it is typed.
    pub async fn preview(&self, draft: &str, form: &Form) -> Answer {
        self.browser.post(&format!("{draft}/preview"), &form.fields("")).await
    }

    pub async fn publish(&self, draft: &str) -> Answer {
        self.browser.post(&format!("{draft}/review"), &[("do", "publish")]).await
    }

    pub async fn upload(&self, draft: &str, words: &str, file: &[u8]) -> Answer {
        let id = draft.rsplit('/').next().unwrap_or_default();
        let mut body = Vec::new();
        for (name, value) in [("draft", id), ("alt", words)] {
            body.extend(format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend(b"--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"foto.png\"\r\ncontent-type: image/png\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--cut--\r\n");
        self.browser.post_body("/author/modules/a/pictures", "multipart/form-data; boundary=cut", body).await
    }
}

/// A small picture.
pub fn picture() -> Vec<u8> {
    use base64::Engine as _;
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    base64::engine::general_purpose::STANDARD.decode(png).expect("base64")
}

/// The value of the option that begins so.
pub fn option_with(page: &Answer, start: &str) -> String {
    let text = page.text();
    let rest = text.split(&format!("value=\"{start}")).nth(1).expect("the option");
    format!("{start}{}", rest.split('"').next().expect("its end"))
}

/// The published files.
pub async fn export(world: &World) -> BTreeMap<String, String> {
    world.app.services.curriculum_files().await.expect("files")
}

/// The published text of a file.
pub async fn source(world: &World, path: &str) -> String {
    export(world).await.remove(path).expect("published")
}

impl World {
    /// Studies a lesson until its checkpoint opens, and passes it.
    pub async fn pass(&self, browser: &Browser<'_>, trainee: &Trainee, lesson: &str) {
        browser.study(lesson, 60).await;
        let (question, option) = self.check(trainee, lesson, true).await;
        let fields = [("action", "check"), ("question", question.as_str()), ("option", option.as_str())];
        let passed = browser.post(&format!("/course/{lesson}/1"), &fields).await.expect(303);
        assert!(passed.location().contains("confirmed"), "{}", passed.location());
    }
}
