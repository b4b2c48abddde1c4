//! Front matter as fields: read for a form, and written back so that whatever was not changed stays byte for byte.

use crate::files::FrontMatter;
use crate::lesson::cut;
use crate::yaml;
use domain::assessment::question::{Reference, ReferenceStatus};
use domain::curriculum::{Language, LessonMode};
use domain::ids::ObjectiveId;

/// The fields that a form shows. A translation has a title and a summary only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    /// Its title.
    pub title: String,
    /// Its title in English, while the lesson is not written in it.
    pub title_en: String,
    /// Design minutes as typed; empty in a translation.
    pub minutes: String,
    /// `self-paced` or `in-person`; empty in a translation.
    pub mode: String,
    /// Ids of its objectives.
    pub objectives: Vec<String>,
    /// What it cites.
    pub references: Vec<Reference>,
    /// Whether a notice stands before the text.
    pub content_notice: bool,
    /// What she will know at the end, in one sentence.
    pub summary: String,
}

/// The fields of a lesson's source; `None` where its front matter cannot be read.
#[must_use]
pub fn read(source: &str) -> Option<Fields> {
    let front = cut(source)?.front;
    let node = yaml::tree("", 2, front).ok()?;
    let front: FrontMatter = yaml::typed("", &node, &mut Vec::new())?;
    Some(Fields {
        title: front.title,
        title_en: front.titles.get(&Language::En).cloned().unwrap_or_default(),
        minutes: front.minutes.map(|m| m.to_string()).unwrap_or_default(),
        mode: front.mode.map(mode).unwrap_or_default().to_owned(),
        objectives: front.objectives.unwrap_or_default().into_iter().map(|o| o.0).collect(),
        references: front.references,
        content_notice: front.content_notice.is_some(),
        summary: front.summary.unwrap_or_default(),
    })
}

/// A mode as it is written.
#[must_use]
pub const fn mode(mode: LessonMode) -> &'static str {
    match mode {
        LessonMode::SelfPaced => "self-paced",
        LessonMode::InPerson => "in-person",
    }
}

/// The source with these fields and this body. Keys whose field did not change keep their bytes, and so do keys that the
/// form does not know.
#[must_use]
pub fn write(source: &str, fields: &Fields, body: &str) -> String {
    let (front, before) = (cut(source).map(|c| c.front).unwrap_or_default(), read(source).unwrap_or_default());
    let mut keys = Keys::of(front);
    let changed = |new: &str, old: &str| new != old;
    if changed(&fields.title, &before.title) {
        keys.set("title", Some(scalar(&fields.title)));
    }
    if changed(&fields.title_en, &before.title_en) {
        let titles = (!fields.title_en.is_empty()).then(|| format!("{{en: {}}}", quoted(&fields.title_en)));
        keys.set("titles", titles);
    }
    for (key, new, old) in [("minutes", &fields.minutes, &before.minutes), ("mode", &fields.mode, &before.mode)] {
        if changed(new, old) {
            keys.set(key, (!new.is_empty()).then(|| scalar(new)));
        }
    }
    if fields.objectives != before.objectives {
        let list = fields.objectives.join(", ");
        keys.set("objectives", (!list.is_empty()).then(|| format!("[{list}]")));
    }
    if fields.references != before.references {
        let lines: String = fields.references.iter().map(|r| format!("\n  - {}", reference(r))).collect();
        keys.set("references", (!lines.is_empty()).then_some(lines));
    }
    if fields.content_notice != before.content_notice {
        keys.set("content_notice", fields.content_notice.then(|| "violence".to_owned()));
    }
    if changed(&fields.summary, &before.summary) {
        keys.set("summary", (!fields.summary.is_empty()).then(|| scalar(&fields.summary)));
    }
    format!("---\n{}---\n{body}", keys.written())
}

/// The source of a lesson that is not written yet.
#[must_use]
pub fn fresh(id: &str, fields: &Fields, body: &str) -> String {
    write(&format!("---\nid: {id}\n---\n"), fields, body)
}

/// A source as the beginning of its translation: the same parts, ids and checkpoints, without what a translation does not
/// repeat (minutes, mode, keys).
#[must_use]
pub fn translation(source: &str) -> String {
    let Some(parts) = cut(source) else { return source.to_owned() };
    let mut keys = Keys::of(parts.front);
    for key in ["titles", "minutes", "mode", "objectives", "references", "counts"] {
        keys.set(key, None);
    }
    let mut fenced = false;
    let mut body = String::with_capacity(parts.body.len());
    for line in parts.body.split_inclusive('\n') {
        if line.starts_with("```") {
            fenced = !fenced && line.trim_end() == "```checkpoint";
        }
        let trimmed = line.trim_start();
        let keyed = fenced && ["objective:", "minutes:", "passage:", "correct:"].iter().any(|key| trimmed.starts_with(key));
        if !keyed {
            let line = if fenced { line.replace(" correct: true,", "").replace(", correct: true", "") } else { without_minutes(line) };
            body.push_str(&line);
        }
    }
    format!("---\n{}---\n{body}", keys.written())
}

/// A heading without its minutes.
fn without_minutes(line: &str) -> String {
    let Some((before, after)) = line.split_once(" minutes=").filter(|_| line.starts_with('#')) else { return line.to_owned() };
    format!("{before}{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn reference(reference: &Reference) -> String {
    let status = match reference.status {
        ReferenceStatus::ToConfirm => "to-confirm",
        ReferenceStatus::Confirmed => "confirmed",
    };
    let verified = reference.verified.map(|day| format!(", verified: {day}")).unwrap_or_default();
    let reviewer = reference.reviewer.as_ref().map(|name| format!(", reviewer: {}", quoted(name))).unwrap_or_default();
    format!("{{norm: {}, status: {status}{verified}{reviewer}}}", quoted(&reference.norm))
}

/// Ids of objectives as they were typed or chosen.
#[must_use]
pub fn objective_ids(objectives: &[ObjectiveId]) -> Vec<String> {
    objectives.iter().map(|o| o.0.clone()).collect()
}

/// A text in double quotes.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A text as the value of a key: plain where YAML reads it back as the same text, else in quotes.
#[must_use]
pub fn scalar(text: &str) -> String {
    let plain = yaml::tree("", 1, &format!("a: {text}")).ok().and_then(|node| {
        Some(match &node.get("a")?.value {
            yaml::Value::Text(read) => read == text,
            yaml::Value::Number(number) => number.to_string() == text,
            _ => false,
        })
    });
    if plain == Some(true) && !text.contains(['#', '\n', '&', '*', '!', '|', '>']) { text.to_owned() } else { quoted(text) }
}

/// Front matter cut into its keys, each with its lines.
struct Keys(Vec<(String, String)>);

impl Keys {
    fn of(front: &str) -> Self {
        let mut keys: Vec<(String, String)> = Vec::new();
        for line in front.lines() {
            let begins = line.starts_with(|c: char| c.is_ascii_alphabetic());
            let key = line.split_once(':').filter(|_| begins).map(|(key, _)| key.to_owned());
            match (key, keys.last_mut()) {
                (Some(key), _) => keys.push((key, format!("{line}\n"))),
                (None, Some((_, lines))) => lines.push_str(&format!("{line}\n")),
                (None, None) => keys.push((String::new(), format!("{line}\n"))),
            }
        }
        Self(keys)
    }

    /// Sets, or with `None` removes, a key; a new one goes last.
    fn set(&mut self, key: &str, value: Option<String>) {
        let lines = value.map(|value| {
            let space = if value.starts_with('\n') { "" } else { " " };
            format!("{key}:{space}{value}\n")
        });
        let found = self.0.iter().position(|(k, _)| k == key);
        match (found, lines) {
            (Some(at), Some(lines)) => self.0.iter_mut().skip(at).take(1).for_each(|(_, old)| {
                let remarks: String = old.split_inclusive('\n').filter(|line| line.starts_with('#')).collect();
                *old = format!("{lines}{remarks}");
            }),
            (Some(at), None) => drop(self.0.remove(at)),
            (None, Some(lines)) => self.0.push((key.to_owned(), lines)),
            (None, None) => {}
        }
    }

    fn written(&self) -> String {
        self.0.iter().map(|(_, lines)| lines.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Embedded, Source as _};
    use proptest::prelude::*;

    const SOURCE: &str = "---\nid: m1-l1\ntitle: Uno\n# a remark\nminutes: 20\nmode: self-paced\nreferences:\n  - {norm: \"Ley 30364\", status: to-confirm}\n---\n\n# A {#p1 minutes=20}\n";

    #[test]
    fn what_is_not_changed_keeps_its_bytes_in_every_lesson_of_the_course() {
        let lessons: Vec<String> = Embedded.files("").into_iter().filter(|f| f.ends_with(".md") && f.contains("/lessons/")).collect();
        assert!(lessons.len() > 40);
        for path in lessons {
            let source = String::from_utf8(Embedded.bytes(&path).expect("bytes")).expect("text");
            let fields = read(&source).expect("fields");
            assert_eq!(write(&source, &fields, cut(&source).expect("front").body), source, "{path}");
        }
    }

    #[test]
    fn every_lesson_begins_a_translation_that_the_check_takes() {
        let files = Embedded.files("");
        let alone = |f: &&String| f.ends_with(".es.md") && f.contains("/lessons/") && !files.contains(&f.replace(".es.md", ".en.md"));
        let sources: Vec<&String> = files.iter().filter(alone).collect();
        assert!(sources.len() > 20);
        let changed = sources.iter().map(|path| {
            let text = String::from_utf8(Embedded.bytes(path).expect("bytes")).expect("text");
            (path.replace(".es.md", ".en.md"), Some(translation(&text)))
        });
        let overlay = crate::authoring::overlay::Overlay { base: &Embedded, changed: changed.collect() };
        let mut mistakes = crate::check_from(&overlay).mistakes;
        // Marked words are translated like all others.
        mistakes.retain(|m| !matches!(m.what, crate::MistakeKind::UnknownTerm { .. }));
        assert_eq!(mistakes, [], "{}", mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn one_changed_field_changes_one_key() {
        let mut fields = read(SOURCE).expect("fields");
        fields.title = "Dos: lo nuevo".to_owned();
        fields.summary = "Sabrás más.".to_owned();
        let written = write(SOURCE, &fields, "# A\n");
        assert_eq!(
            written,
            "---\nid: m1-l1\ntitle: \"Dos: lo nuevo\"\n# a remark\nminutes: 20\nmode: self-paced\nreferences:\n  - {norm: \"Ley 30364\", status: to-confirm}\nsummary: Sabrás más.\n---\n# A\n"
        );
        assert_eq!(read(&written), Some(fields));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn fields_are_read_back_whatever_is_typed(
            title in "[ -~áéíóúñ¿¡«»…]{1,60}", summary in "[ -~áéíóúñ¿¡]{0,80}", norm in "[ -~áéíóúñ°]{1,40}", notice: bool, english in "[ -~]{0,40}",
        ) {
            let fields = Fields {
                title: title.trim().to_owned(), title_en: english.trim().to_owned(), minutes: "35".to_owned(), mode: "in-person".to_owned(),
                objectives: vec!["m1-o1".to_owned(), "m1-o2".to_owned()], content_notice: notice, summary: summary.trim().to_owned(),
                references: vec![Reference { norm, status: ReferenceStatus::Confirmed, verified: "2026-11-02".parse().ok(), reviewer: Some("R. Díaz".to_owned()) }],
            };
            prop_assume!(!fields.title.is_empty());
            let written = write(SOURCE, &fields, "# A\n");
            prop_assert_eq!(read(&written), Some(fields));
        }
    }
}
