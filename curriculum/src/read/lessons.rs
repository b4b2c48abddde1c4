//! Lesson files: front matter, parts and checkpoints with their lines.

use super::{CheckpointText, LessonFile, LessonVersion, PartText, Reader};
use crate::files::CheckpointHead;
use crate::lesson::outline::{Outline, outline};
use crate::lesson::{self};
use crate::mistake::MistakeKind;
use crate::yaml::{self, Node};
use domain::curriculum::Language;
use std::collections::BTreeMap;

/// Reads the lesson files of a module, in order of their names.
pub(super) fn read(reader: &mut Reader<'_>, files: &[String]) -> Vec<LessonFile> {
    let mut by_stem: BTreeMap<&str, Vec<(Language, &String)>> = BTreeMap::new();
    for path in files {
        let named = path.strip_suffix(".md").and_then(|p| p.rsplit_once('.'));
        match named.and_then(|(stem, code)| Some((stem, Language::ALL.into_iter().find(|l| l.code() == code)?))) {
            Some((stem, language)) => by_stem.entry(stem).or_default().push((language, path)),
            None => reader.mistake(path, 1, MistakeKind::FileName),
        }
    }
    let mut lessons = Vec::new();
    for (stem, mut versions) in by_stem {
        versions.sort();
        if versions.first().is_none_or(|(language, _)| *language != Language::Es) {
            for (_, path) in &versions {
                reader.mistake(path, 1, MistakeKind::TranslationWithoutSource { path: format!("{stem}.es.md") });
            }
        }
        let mut read: Vec<LessonVersion> = versions.iter().filter_map(|(l, path)| version(reader, path, *l)).collect();
        if read.first().is_some_and(|v| v.language == Language::Es) {
            let source = read.remove(0);
            lessons.push(LessonFile { source, translations: read });
        }
    }
    lessons
}

fn version(reader: &mut Reader<'_>, path: &str, language: Language) -> Option<LessonVersion> {
    let text = reader.text(path)?;
    let Some(cut) = lesson::cut(&text) else {
        reader.mistake(path, 1, MistakeKind::NoFrontMatter);
        return None;
    };
    let tree = yaml::tree(path, 2, cut.front);
    let node = reader.keep(tree);
    let front = node.as_ref().and_then(|n| reader.typed(path, n));
    let is_source = language == Language::Es;
    if let Some(node) = &node {
        front_keys(reader, path, node, is_source);
    }
    let outlines = outline(cut.body, cut.body_line);
    if !outlines.iter().any(|o| o.headed) {
        reader.mistake(path, cut.body_line, MistakeKind::NoParts);
    }
    let parts = outlines.into_iter().filter_map(|o| part(reader, path, o, is_source)).collect();
    Some(LessonVersion { path: path.to_owned(), language, node: node?, front: front?, parts, text })
}

fn front_keys(reader: &mut Reader<'_>, path: &str, node: &Node, is_source: bool) {
    if is_source {
        for key in ["minutes", "mode", "objectives", "summary"] {
            // An unreadable value has been told already.
            if node.get(key).is_none() {
                reader.mistake(path, node.line, MistakeKind::MissingKey { key: key.to_owned() });
            }
        }
        return;
    }
    for key in ["minutes", "counts"].into_iter().filter(|key| node.get(key).is_some()) {
        reader.mistake(path, node.line_of(key), MistakeKind::TranslationKey { key: key.to_owned() });
    }
}

fn part(reader: &mut Reader<'_>, path: &str, outline: Outline, is_source: bool) -> Option<PartText> {
    let line = outline.line;
    if !outline.headed {
        reader.mistake(path, line, MistakeKind::TextBeforePart);
        return None;
    }
    for (line, name) in &outline.strange {
        reader.mistake(path, *line, MistakeKind::HeadingAttribute { name: name.clone() });
    }
    if outline.title.is_empty() {
        reader.mistake(path, line, MistakeKind::Empty { what: "the part's title".to_owned() });
    }
    if outline.id.is_none() {
        reader.mistake(path, line, MistakeKind::PartWithoutId);
    }
    let minutes = match (&outline.minutes, is_source) {
        (Some(text), true) => minutes(reader, path, line, text),
        (None, true) => {
            reader.mistake(path, line, MistakeKind::PartWithoutMinutes);
            0
        }
        (Some(_), false) => {
            reader.mistake(path, line, MistakeKind::TranslationKey { key: "minutes".to_owned() });
            0
        }
        (None, false) => 0,
    };
    if is_source {
        for line in &outline.half_work {
            reader.mistake(path, *line, MistakeKind::WorkHeading);
        }
        for work in &outline.work {
            minutes_of_work(reader, path, work.line, &work.minutes);
        }
    } else if let Some(work) = outline.work.first() {
        reader.mistake(path, work.line, MistakeKind::TranslationKey { key: "minutes".to_owned() });
    }
    if let Some(line) = outline.checkpoints.get(1).map(|b| b.line.saturating_sub(1)) {
        reader.mistake(path, line, MistakeKind::TwoCheckpoints);
    } else if let Some(line) = outline.after_checkpoint {
        reader.mistake(path, line, MistakeKind::CheckpointNotLast);
    }
    let checkpoint = outline.checkpoints.first().cloned().and_then(|b| checkpoint(reader, path, b.line, &b.text, is_source));
    Some(PartText { id: outline.id.clone().unwrap_or_default(), minutes, checkpoint, outline })
}

fn minutes(reader: &mut Reader<'_>, path: &str, line: u32, text: &str) -> i64 {
    match text.parse::<u16>() {
        Ok(minutes) if minutes > 0 => i64::from(minutes),
        _ => {
            reader.mistake(path, line, MistakeKind::BadMinutes { value: text.to_owned() });
            0
        }
    }
}

fn minutes_of_work(reader: &mut Reader<'_>, path: &str, line: u32, text: &str) {
    minutes(reader, path, line, text);
}

fn checkpoint(reader: &mut Reader<'_>, path: &str, line: u32, text: &str, is_source: bool) -> Option<CheckpointText> {
    let tree = yaml::tree(path, line, text);
    let node = reader.keep(tree)?;
    let head: Option<CheckpointHead> = reader.typed(path, &node);
    let mut questions = Vec::new();
    match node.get("questions") {
        None => reader.mistake(path, node.line, MistakeKind::MissingKey { key: "questions".to_owned() }),
        Some(list) => {
            for item in list.items() {
                if let Some(question) = reader.typed(path, item) {
                    questions.push((item.line, question));
                }
                question_keys(reader, path, item, is_source);
            }
        }
    }
    if is_source {
        for key in ["objective", "minutes"].into_iter().filter(|k| node.get(k).is_none()) {
            reader.mistake(path, node.line, MistakeKind::MissingKey { key: key.to_owned() });
        }
        if let Some(value) = head.as_ref().and_then(|h| h.minutes).filter(|m| !(1..=60).contains(m)) {
            reader.mistake(path, node.line_of("minutes"), MistakeKind::BadMinutes { value: value.to_string() });
        }
    } else if node.get("minutes").is_some() {
        reader.mistake(path, node.line_of("minutes"), MistakeKind::TranslationKey { key: "minutes".to_owned() });
    }
    Some(CheckpointText { line, head: head?, questions })
}

fn question_keys(reader: &mut Reader<'_>, path: &str, node: &Node, is_source: bool) {
    let options = node.get("options").map(Node::items).unwrap_or_default();
    let named: Vec<&Node> = options.iter().filter(|o| o.get("correct").is_some()).collect();
    let id = node.get("id").and_then(Node::text).unwrap_or_default().to_owned();
    if is_source {
        if node.get("passage").is_none() {
            reader.mistake(path, node.line, MistakeKind::MissingKey { key: "passage".to_owned() });
        }
        let count = named.iter().filter(|o| o.get("correct").is_some_and(|c| c.value == yaml::Value::Bool(true))).count();
        if count != 1 {
            reader.mistake(path, node.line, MistakeKind::RightOptions { question: id, count });
        }
    } else {
        for option in named {
            reader.mistake(path, option.line_of("correct"), MistakeKind::TranslationKey { key: "correct".to_owned() });
        }
    }
}
