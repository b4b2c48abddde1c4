//! The sentences of `curriculum check`: what is wrong and what to write instead, in plain English.

use super::MistakeKind as K;
use std::fmt;

fn list(items: &[String]) -> String {
    items.iter().map(|i| format!("`{i}`")).collect::<Vec<_>>().join(", ")
}

fn hundredths(value: i64) -> String {
    format!("{}.{:02}", value / 100, (value % 100).abs())
}

impl fmt::Display for K {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match structure(self).or_else(|| lesson(self)).or_else(|| rules(self)) {
            Some(sentence) => f.write_str(&sentence),
            None => content(f, self),
        }
    }
}

/// Files, YAML and ids.
fn structure(kind: &K) -> Option<String> {
    Some(match kind {
        K::NoProgramme => {
            "no programme here; give the folder of a programme (it holds programme.yaml) or the folder of all programmes".to_owned()
        }
        K::MissingFile { path } => format!("`{path}` does not exist; create it or correct the path"),
        K::OutsideSource { path } => format!("`{path}` leads outside the content; write a path inside it, such as modules/m1-nombre"),
        K::NotUtf8 => "the file is not UTF-8; save it as UTF-8".to_owned(),
        K::NotComposed => {
            "letters and accents are stored apart on this line (not NFC); type the accented letters again, or save the file normalised"
                .to_owned()
        }
        K::NotPlainLines => {
            "the file has Windows line ends or a byte order mark; save it with plain line feeds and without the mark".to_owned()
        }
        K::HiddenCharacter { code } => format!("the line holds {code}, which nobody sees; delete it, or type the words around it again"),
        K::Yaml { reason } => format!("this YAML cannot be read: {reason}; texts with `: ` or `#` need quotes"),
        K::Value { reason } => format!("wrong value: {reason}"),
        K::MissingKey { key } => format!("`{key}` is missing; add `{key}: …`"),
        K::UnknownKey { key, allowed } => format!("unknown key `{key}`; allowed here: {}", list(allowed)),
        K::UnknownValue { value, allowed } => format!("`{value}` is not possible here; write one of {}", list(allowed)),
        K::NotAList => "this file has to be a list; begin each entry with `- id: …`".to_owned(),
        K::BadId { id } => format!("`{id}` cannot be an id; use a-z, 0-9 and hyphens, beginning with a letter or digit"),
        K::DuplicateId { id, first } => format!("the id `{id}` is already used at {first}; choose another"),
        K::Languages => "the source language has to be `es` and has to be complete; write {source: es, complete: [es], …}".to_owned(),
        K::OpenWithoutModules => "an open programme needs modules; list them under `modules`, or write `status: in-preparation`".to_owned(),
        _ => return None,
    })
}

/// The form of a lesson.
fn lesson(kind: &K) -> Option<String> {
    Some(match kind {
        K::FileName => "the name of a lesson file ends in .es.md or .en.md; rename it, such as 01-nombre.es.md".to_owned(),
        K::NoFrontMatter => "the lesson begins with front matter; put `---`, the keys and `---` on the first lines".to_owned(),
        K::TextBeforePart => "text stands before the first part; begin with a heading such as `# Título {#p1 minutes=8}`".to_owned(),
        K::NoParts => "the lesson has no part; write a heading such as `# Título {#p1 minutes=8}`".to_owned(),
        K::PartWithoutId => "the part has no id; add it to the heading: `{#p1 minutes=8}`".to_owned(),
        K::PartWithoutMinutes => "the part has no minutes; add them to the heading: `{#p1 minutes=8}`".to_owned(),
        K::BadMinutes { value } => format!("`{value}` is no number of minutes; write a whole number above zero"),
        K::HeadingAttribute { name } => format!(
            "`{name}` means nothing in a heading; parts take `#id minutes=N`, work takes `.exercise`, `.case`, `.reread` or `.practice` and `minutes=N`"
        ),
        K::WorkHeading => {
            "work with minutes of its own is a level-2 heading with a class and minutes: `## Piénsalo {.exercise minutes=3}`".to_owned()
        }
        K::CheckpointNotLast => "the checkpoint ends its part; move the text after it into the next part or before it".to_owned(),
        K::TwoCheckpoints => "a part ends with one checkpoint; put the other at the end of another part".to_owned(),
        K::RightOptions { question, count } => {
            format!("question `{question}` has {count} right options; mark exactly one with `correct: true`")
        }
        K::TranslationWithoutSource { path } => format!("this translation has no source; write `{path}` first"),
        K::TranslationDiffers { expected, found } => {
            format!("the translation has {found} where the source has {expected}; keep the same parts, ids and checkpoints")
        }
        K::TranslationKey { key } => format!("`{key}` belongs to the source language only; leave it out here"),
        K::Question { id, reason } => format!("question `{id}`: {reason}"),
        K::NoCheckpointAtEnd => {
            "a self-paced lesson ends with a checkpoint; add a ```checkpoint block at the end of the last part".to_owned()
        }
        K::CheckpointInPerson => "a lesson in person has no checkpoint; take it out".to_owned(),
        K::FewQuestions { count } => format!("the checkpoint has {count} questions; write at least 3"),
        K::FewOptions { question, count } => format!("question `{question}` has {count} options; write at least 2"),
        K::NoFeedback { question } => format!("an option of question `{question}` has no feedback; add `feedback: …` that says why"),
        K::Empty { what } => format!("{what} is empty; write it"),
        K::PassageOutside { passage, allowed } => format!("passage `{passage}` is not in this stretch; write one of {}", list(allowed)),
        _ => return None,
    })
}

/// Minutes, references, blueprints.
fn rules(kind: &K) -> Option<String> {
    Some(match kind {
        K::ProgrammeMinutes { sum, required } => format!(
            "the lessons have {sum} minutes and the programme requires {required}; write the lessons or change `required_minutes` until they are equal"
        ),
        K::NoMakeUp => {
            "every minute is required and some are in person, so who misses a session could never finish; write make_up: [session, substitute]"
                .to_owned()
        }
        K::ModuleMinutes { sum, minimum } => format!(
            "the lessons have {sum} minutes and the module's minimum is {minimum}; write what is missing or change `minimum_minutes`"
        ),
        K::LessonMinutes { sum, minutes } => format!("the parts have {sum} minutes and the lesson says {minutes}; make them equal"),
        K::PartTooLong { minutes } => format!("the part has {minutes} minutes and 10 is the most; divide it in two"),
        K::StretchTooLong { minutes } => {
            format!("{minutes} minutes pass before this checkpoint and 50 is the most; add a checkpoint earlier")
        }
        K::NotJustified { minutes, justified } => format!(
            "the heading says {minutes} minutes and the text justifies {} (words ÷ reading speed, work, checkpoint); change the minutes or the text until they differ by a quarter at most",
            hundredths(*justified)
        ),
        K::FewWords { words, minutes, wanted } => {
            format!("{words} words are too few for {minutes} minutes; write at least {wanted} or lower the minutes")
        }
        K::ToConfirm { norm } => {
            format!("an open programme cites `{norm}`, which is to-confirm; have it confirmed, or list it under `accepted_to_confirm`")
        }
        K::ConfirmedByNobody { norm } => format!("`{norm}` is confirmed by nobody; add `verified: YYYY-MM-DD` and `reviewer: …`"),
        K::Blueprint { tag, wanted, held } => {
            format!("the blueprint draws {wanted} questions of `{tag}` that fit and the bank holds {held}; write more or draw fewer")
        }
        K::BlueprintCritical { tag, wanted, held } => {
            format!("the blueprint draws {wanted} critical questions of `{tag}` and the bank holds {held}; write more or draw fewer")
        }
        K::BlueprintCount { tag } => format!(
            "the blueprint wants more critical questions of `{tag}` than questions, or none at all; `count` is at least 1 and at least `critical`"
        ),
        K::UnknownCase { id } => format!("the bank has no case `{id}`; write a question of type `case` with this id"),
        K::UnknownReread { lesson, part } => format!("there is no part `{part}` in lesson `{lesson}` to read again; correct `reread`"),
        _ => return None,
    })
}

/// Links, terms, languages, scenarios and warnings.
fn content(f: &mut fmt::Formatter<'_>, kind: &K) -> fmt::Result {
    match kind {
        K::UnknownObjective { id, allowed } => write!(f, "the module has no objective `{id}`; write one of {}", list(allowed)),
        K::ObjectiveOfAnotherLesson { id } => {
            write!(f, "the lesson does not list the objective `{id}`; add it to `objectives` or choose another")
        }
        K::DeadLink { target } => write!(f, "the link `{target}` leads nowhere; correct it or take it out"),
        K::BadLink { target } => write!(f, "links like `{target}` are not carried; use https://…, tel:…, mailto:… or #part"),
        K::UnknownTerm { term } => {
            write!(f, "the glossary has no `{term}`; add the word or an alias to glossary.yaml, or take out the brackets")
        }
        K::UnknownScenario { id } => write!(f, "the module has no scenario `{id}`; write it under scenarios/ or correct the id"),
        K::UnknownCounted { id, allowed } => {
            write!(f, "there is no evaluation `{id}` in the programme and no case `{id}` in this lesson; `counts` takes {}", list(allowed))
        }
        K::CountedElsewhere { id } => {
            write!(
                f,
                "the case `{id}` does not stand in this lesson, and its time is that of the part where it stands; take it out of `counts`"
            )
        }
        K::CountedTwice { id, first } => {
            write!(f, "lesson `{first}` counts `{id}` already, and a minute counts once; take it out of one of them")
        }
        K::CountsInPerson => {
            f.write_str("a lesson in person counts by presence; take out `counts`, or move it to a lesson with `mode: self-paced`")
        }
        K::ImageWithoutText { target } => write!(f, "the image `{target}` has no text; write `![what it shows]({target})`"),
        K::MediaBudget { bytes } => write!(f, "the pictures weigh {bytes} bytes and 307200 is the most; make them smaller"),
        K::MissingText { language, what } => write!(f, "{what} has no text in `{language}`, a complete language; write it"),
        K::ScenarioTarget { id } => write!(f, "the scenario has no node `{id}`; write it or correct the id"),
        K::ScenarioNode { id } => write!(f, "node `{id}` needs either choices or an outcome (safe, unsafe), not both and not none"),
        K::ScenarioUnreachable { id } => write!(f, "no choice leads to node `{id}`; add one or take the node out"),
        K::HardToRead { score } => write!(
            f,
            "reading ease is {} (Fernández-Huerta) and 65 is the least; shorten sentences and use plainer words",
            hundredths(*score)
        ),
        K::RawHtml => write!(f, "raw HTML is shown as text; write Markdown"),
        K::Unfinished { sum, required } => write!(f, "unfinished: {sum} of {required} minutes are written"),
        _ => f.write_str("something is wrong here"),
    }
}
