//! XML, read as a tree without document types or entities, and written by hand.

use super::report::{Remark, Report};
use super::text::{Lines, tidy, trim};
use roxmltree::{Document, Error, Node, ParsingOptions};

/// More nodes than any question bank has.
const NODES: u32 = 2_000_000;

/// More elements within elements than any text has.
const DEPTH: u32 = 200;

/// More attributes than any element has.
const ATTRIBUTES: usize = 200;

/// A file, its lines, and what of it is not carried over.
pub(super) struct Reader<'s> {
    pub(super) source: &'s str,
    pub(super) lines: Lines,
    pub(super) report: Report,
}

impl<'s> Reader<'s> {
    /// A reader of `source`.
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, lines: Lines::new(source), report: Report::default() }
    }

    /// The tree of the file; `None` where it is no XML or declares a document type.
    pub(super) fn tree(&mut self) -> Option<Document<'s>> {
        if let Some(at) = crowded_tag(self.source) {
            let reason = format!("an element has more than {ATTRIBUTES} attributes");
            self.report.add(self.lines.line(at), Remark::Xml { reason });
            return None;
        }
        let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, entity_resolver: None };
        match Document::parse_with_options(self.source, options) {
            Ok(tree) if is_deep(&tree) => {
                self.report.add(1, Remark::Xml { reason: format!("more than {DEPTH} elements stand inside each other") });
                None
            }
            Ok(tree) => {
                // Comments inside a text are carried over with its HTML.
                let is_text = |n: &Node<'_, '_>| n.ancestors().any(|a| matches!(name(a), "text" | "itemBody" | "modalFeedback"));
                for node in tree.descendants().filter(|n| n.is_comment() && !is_text(n)) {
                    self.report.comment(self.line(node));
                }
                Some(tree)
            }
            Err(Error::DtdDetected) => {
                let at = self.source.find("<!DOCTYPE").unwrap_or_default();
                self.report.add(self.lines.line(at), Remark::DocumentType);
                None
            }
            Err(error) => {
                self.report.add(error.pos().row, Remark::Xml { reason: error.to_string() });
                None
            }
        }
    }

    /// The line on which a node begins.
    pub(super) fn line(&self, node: Node<'_, '_>) -> u32 {
        self.lines.line(node.range().start)
    }

    /// Where the content of an element begins, and the content as written.
    pub(super) fn content(&self, node: Node<'_, '_>) -> (usize, &'s str) {
        // A text node with CDATA in it does not know where it ends, so the tags are looked for.
        let start = node.range().start;
        let whole = self.source.get(node.range()).unwrap_or_default();
        let found = start_tag(whole).zip(whole.rfind("</")).and_then(|(from, to)| Some((start + from, whole.get(from..to)?)));
        found.unwrap_or((start, ""))
    }

    /// What stands between the tags of an element, as written.
    pub(super) fn inner(&self, node: Node<'_, '_>) -> &'s str {
        self.content(node).1
    }

    /// The text of a node; where it holds elements, as written.
    pub(super) fn text(&self, node: Node<'_, '_>) -> String {
        if node.children().any(|c| c.is_element()) { trim(self.inner(node)).to_owned() } else { words(node) }
    }

    /// Names an element that is not carried over, unless there is nothing in it.
    pub(super) fn not_carried(&mut self, node: Node<'_, '_>) {
        if !is_blank(node) {
            let construct = tag(node);
            self.report.add(self.line(node), Remark::NotCarried { construct });
        }
    }

    /// Names text that stands between elements.
    pub(super) fn stray_text(&mut self, parent: Node<'_, '_>) {
        for node in parent.children().filter(Node::is_text) {
            let text = trim(node.text().unwrap_or_default());
            if !text.is_empty() {
                let line = self.line(node);
                self.report.add(line, Remark::StrayText { text: text.chars().take(60).collect() });
            }
        }
    }
}

/// Where a tag with more attributes than make sense begins; comparing them all with each other would take long.
fn crowded_tag(source: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = source.get(at..)?.find('<').map(|found| at + found) {
        let rest = source.get(start..)?;
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>")].iter().find(|(open, _)| rest.starts_with(open));
        if let Some((_, close)) = skipped {
            at = start + rest.find(close)?;
            continue;
        }
        let mut quote = None;
        let mut equals = 0;
        let length = rest.find(|c: char| {
            match quote {
                None if c == '>' => return true,
                None if matches!(c, '"' | '\'') => quote = Some(c),
                None if c == '=' => equals += 1,
                Some(open) if open == c => quote = None,
                _ => {}
            }
            false
        });
        if equals > ATTRIBUTES {
            return Some(start);
        }
        at = start + length?;
    }
    None
}

/// Whether elements are nested deeper than makes sense, which would make reading slow.
fn is_deep(tree: &Document<'_>) -> bool {
    let mut depth = 0;
    let mut node = tree.root();
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            node = child;
        } else {
            while node.next_sibling().is_none() {
                let Some(parent) = node.parent() else { return false };
                depth -= 1;
                node = parent;
            }
            let Some(next) = node.next_sibling() else { return false };
            node = next;
        }
        if depth > DEPTH {
            return true;
        }
    }
}

/// The length of the start tag at the beginning of `text`, unless it is the end as well.
fn start_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    let is_end = |c: char| {
        match quote {
            None if c == '>' => return true,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            Some(open) if open == c => quote = None,
            _ => {}
        }
        false
    };
    let end = text.find(is_end)?;
    if text.get(..end)?.ends_with('/') { None } else { Some(end + 1) }
}

/// The name of an element, whatever its namespace.
pub(super) fn name<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

/// The elements inside a node.
pub(super) fn elements<'a, 's>(node: Node<'a, 's>) -> impl Iterator<Item = Node<'a, 's>> {
    node.children().filter(Node::is_element)
}

/// The first element of this name inside a node.
pub(super) fn child<'a, 's>(node: Node<'a, 's>, wanted: &str) -> Option<Node<'a, 's>> {
    elements(node).find(|c| name(*c) == wanted)
}

/// The text inside a node, without its tags.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let text: String = node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
    trim(&text).to_owned()
}

/// Whether there is neither text nor an attribute in a node.
pub(super) fn is_blank(node: Node<'_, '_>) -> bool {
    words(node).is_empty() && elements(node).all(|c| c.attributes().len() == 0)
}

/// An element's start tag, to name it.
pub(super) fn tag(node: Node<'_, '_>) -> String {
    let told = ["name", "identifier", "type", "format"].iter().find_map(|a| Some((a, node.attribute(*a)?)));
    match told {
        Some((attribute, value)) => format!("<{} {attribute}=\"{value}\">", name(node)),
        None => format!("<{}>", name(node)),
    }
}

/// Whether XML can hold the letter.
const fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// `text` with LF line ends, without surrounding white space and the letters that XML cannot hold, and whether there
/// were any of these.
pub(super) fn clean(text: &str) -> (String, bool) {
    let legal: String = text.chars().filter(|c| is_legal(*c)).collect();
    let lost = legal.len() < text.len();
    (tidy(&legal), lost)
}

/// `text` as the content of an element or an attribute.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `text` as the content of an element, in CDATA where it holds markup.
pub(super) fn cdata(text: &str) -> String {
    if text.contains(['<', '>', '&']) { format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cdata_may_hold_its_own_end() {
        let xml = format!("<a>{}</a>", cdata("x]]>y &amp; <b>"));
        let tree = Document::parse(&xml).unwrap();
        assert_eq!(words(tree.root_element()), "x]]>y &amp; <b>");
    }

    #[test]
    fn the_content_of_an_element_is_given_as_written() {
        let inner = |xml: &str| Reader::new(xml).inner(Document::parse(xml).unwrap().root_element()).to_owned();
        assert_eq!(inner("<a b='>' c=\"'>/\"> <![CDATA[]]>x<b/>&lt;</a >"), " <![CDATA[]]>x<b/>&lt;");
        assert_eq!(inner("<a><![CDATA[</a>]]></a>"), "<![CDATA[</a>]]>");
        assert_eq!(inner("<a/>"), "");
        assert_eq!(inner("<a></a>"), "");
    }

    #[test]
    fn document_types_are_refused() {
        let bomb = "\n<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d SYSTEM \"file:///etc/passwd\">]><a>&d;&b;</a>";
        let mut reader = Reader::new(bomb);
        assert!(reader.tree().is_none());
        assert_eq!(reader.report.notes.iter().map(|n| (n.line, &n.what)).collect::<Vec<_>>(), [(2, &Remark::DocumentType)]);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        let is_read = |xml: &str| Reader::new(xml).tree().is_some();
        assert!(is_read(&nested(200)));
        assert!(!is_read(&nested(201)));
        assert!(!is_read(&nested(100_000)));
    }

    #[test]
    fn crowded_elements_are_refused() {
        let crowded =
            |count: usize| format!("<!-- {} -->\n<a {}/>", "=".repeat(300), (0..count).map(|i| format!("a{i}='>' ")).collect::<String>());
        assert_eq!(crowded_tag(&crowded(200)), None);
        assert_eq!(crowded_tag(&crowded(201)), Some(310));
        let source = crowded(20_000);
        let mut reader = Reader::new(&source);
        assert!(reader.tree().is_none());
        assert_eq!(reader.report.notes.iter().map(|n| n.line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn control_characters_go() {
        assert_eq!(clean("\u{1} a\u{0}\r\nb\u{ffff}"), ("a\nb".to_owned(), true));
        assert_eq!(clean("a\tñ\u{1f600}"), ("a\tñ\u{1f600}".to_owned(), false));
    }
}
