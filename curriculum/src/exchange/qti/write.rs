//! Items as QTI.

mod answers;
mod response;

use super::flow::{BLANK, STEM, is_alone, is_well_formed, wrap};
use super::{FEEDBACK, GENERAL, NAMESPACE, SHOWN};
use crate::exchange::model::{Body, Item, Markup, Text};
use crate::exchange::report::{Field, Flaw, Remark, Report};
use crate::exchange::text::{one_line, some};
use crate::exchange::xml;
use roxmltree::Document;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// The place of the answer.
const ENTRY: &str = "<textEntryInteraction responseIdentifier=\"RESPONSE\"/>";

/// The items as one QTI file, and what QTI cannot hold. More or fewer than one stand inside `<items>`; [`files`] is what
/// other systems want.
#[must_use]
pub fn write(items: &[Item]) -> (String, Report) {
    let (written, mut report) = written(items);
    if let [(_, only)] = written.as_slice() {
        return (format!("{DECLARATION}{only}"), report);
    }
    if let Some(first) = items.first().filter(|_| !written.is_empty()) {
        let count = u32::try_from(written.len()).unwrap_or(u32::MAX);
        report.add(first.line, Remark::Wrapped { count });
    }
    let all: String = written.into_iter().map(|(_, item)| item).collect();
    (format!("{DECLARATION}<items>\n{all}</items>\n"), report)
}

/// The items as files, each with the identifier of its item as name (to which `.xml` is added by whoever stores it).
#[must_use]
pub fn files(items: &[Item]) -> (Vec<(String, String)>, Report) {
    let (written, report) = written(items);
    (written.into_iter().map(|(name, item)| (name, format!("{DECLARATION}{item}"))).collect(), report)
}

fn written(items: &[Item]) -> (Vec<(String, String)>, Report) {
    let mut report = Report::default();
    let mut written = Vec::new();
    for (place, item) in (1_usize..).zip(items) {
        let mut writer = Writer { report: &mut report, line: item.line, parts: Parts::default() };
        match writer.item(place, item) {
            Ok(one) => written.push(one),
            Err(remark) => report.add(item.line, remark),
        }
    }
    (written, report)
}

/// What an item is made of, beside its stem.
#[derive(Default)]
struct Parts {
    declaration: String,
    interaction: String,
    processing: String,
    feedbacks: String,
}

struct Writer<'r> {
    report: &'r mut Report,
    line: u32,
    parts: Parts,
}

impl Writer<'_> {
    fn clean(&mut self, text: &str) -> String {
        let (clean, lost) = xml::clean(text);
        if lost {
            self.report.once(self.line, Remark::LettersLost);
        }
        clean
    }

    /// `text` as an attribute's value.
    fn attribute(&mut self, text: &str) -> String {
        let clean = self.clean(text);
        if clean.contains('\n') {
            self.report.once(self.line, Remark::LinesJoined);
        }
        xml::escape(&one_line(&clean))
    }

    /// A text and whether it can stand as HTML.
    fn html(&mut self, text: &Text) -> (Text, bool) {
        let text = Text { format: text.format, text: self.clean(&text.text) };
        let as_html = text.format == Markup::Html && is_well_formed(&text.text);
        if text.format == Markup::Html && !as_html {
            self.report.once(self.line, Remark::HtmlAsText);
        }
        (text, as_html)
    }

    /// A text inside an option.
    fn inline(&mut self, text: &Text) -> String {
        let (text, as_html) = self.html(text);
        if text.is_empty() { String::new() } else { wrap("span", "", &text, as_html) }
    }

    fn item(&mut self, place: usize, item: &Item) -> Result<(String, String), Remark> {
        if item.body == Body::Category {
            return Err(Remark::NoSuchType { kind: item.body.kind() });
        }
        self.body(&item.body).map_err(Remark::Unwritable)?;
        self.general(item);
        let mut stem = self.stem(&item.stem);
        if matches!(item.body, Body::ShortAnswer(_) | Body::Numeric(_)) {
            stem = with_entry(&stem);
        }
        let identifier = self.identifier(place, item);
        let title = self.attribute(item.title.as_deref().unwrap_or_default());
        if !item.tags.is_empty() {
            self.report.lost(self.line, Field::Tags);
        }
        let Parts { declaration, interaction, processing, feedbacks } = std::mem::take(&mut self.parts);
        let out = format!(
            "<assessmentItem xmlns=\"{NAMESPACE}\" identifier=\"{identifier}\" title=\"{title}\" adaptive=\"false\" \
             timeDependent=\"false\">\n{declaration}<itemBody>\n{stem}{interaction}</itemBody>\n{processing}{feedbacks}\
             </assessmentItem>\n"
        );
        Ok((identifier, out))
    }

    /// The id in the letters that an identifier may have.
    fn identifier(&mut self, place: usize, item: &Item) -> String {
        let Some(id) = item.id.as_deref().map(one_line).and_then(some) else { return format!("item-{place}") };
        let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let mut kept: String = id.chars().map(|c| if is_letter(c) { c } else { '-' }).collect();
        if !kept.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            kept.insert_str(0, "q-");
        }
        if kept != id {
            self.report.add(self.line, Remark::IdChanged { from: id, to: kept.clone() });
        }
        kept
    }

    fn stem(&mut self, stem: &Text) -> String {
        let (stem, as_html) = self.html(stem);
        if stem.is_empty() { String::new() } else { format!("{}\n", wrap("div", STEM, &stem, as_html)) }
    }

    fn feedback(&mut self, outcome: &str, value: &str, text: Option<&Text>) -> bool {
        let inner = text.map(|t| self.inline(t)).unwrap_or_default();
        if inner.is_empty() {
            return false;
        }
        self.parts.feedbacks.push_str(&format!(
            "<modalFeedback outcomeIdentifier=\"{outcome}\" identifier=\"{value}\" showHide=\"show\">{inner}</modalFeedback>\n"
        ));
        true
    }

    fn general(&mut self, item: &Item) {
        let asks = !matches!(item.body, Body::Description | Body::Category);
        if !self.feedback(GENERAL, SHOWN, item.general_feedback.as_ref()) {
            return;
        }
        self.outcome(GENERAL, "single");
        if asks {
            let shown = response::set(GENERAL, &response::identifier(SHOWN));
            match self.parts.processing.strip_suffix(response::END) {
                Some(begun) => self.parts.processing = format!("{begun}{shown}{}", response::END),
                None => self.parts.processing = format!("{}{shown}{}", response::BEGIN, response::END),
            }
        }
    }

    fn outcome(&mut self, name: &str, cardinality: &str) {
        let outcome = format!("<outcomeDeclaration identifier=\"{name}\" cardinality=\"{cardinality}\" baseType=\"identifier\"/>\n");
        self.parts.declaration.push_str(&outcome);
    }

    fn body(&mut self, body: &Body) -> Result<(), Flaw> {
        match body {
            Body::Category | Body::Description => Ok(()),
            Body::Essay => {
                self.parts.declaration = response::declaration("single", "string", &[], &[]);
                self.parts.interaction = "<extendedTextInteraction responseIdentifier=\"RESPONSE\"/>\n".to_owned();
                Ok(())
            }
            Body::SingleChoice(choices) => self.single(choices),
            Body::MultipleChoice(choices) => self.multiple(choices),
            Body::TrueFalse { is_true, if_true, if_false } => {
                self.true_false(*is_true, if_true.as_ref(), if_false.as_ref());
                Ok(())
            }
            Body::ShortAnswer(answers) => self.short(answers),
            Body::Numeric(answers) => self.numeric(answers),
            Body::Matching(pairs) => self.matching(pairs),
        }
    }
}

/// A stem with the place to answer: at its blank, where it has just one, else after it.
fn with_entry(stem: &str) -> String {
    let after = format!("{stem}<p>{ENTRY}</p>\n");
    if stem.matches(BLANK).count() != 1 {
        return after;
    }
    let inside = stem.replace(BLANK, ENTRY);
    let is_entry = |n: &roxmltree::Node<'_, '_>| n.has_tag_name("textEntryInteraction");
    let fits = Document::parse(&inside).is_ok_and(|d| d.descendants().find(is_entry).is_some_and(|n| !is_alone(n)));
    if fits { inside } else { after }
}
