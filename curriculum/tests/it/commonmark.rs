//! The examples of the CommonMark specification: a reader sees their text, and cleaning twice changes nothing.

use crate::html::visible;
use curriculum::render::{clean, lesson};
use domain::curriculum::Language;

const SPEC: &str = include_str!("../commonmark/spec.txt");

/// Sections whose examples are raw HTML, which a lesson shows as text.
const RAW: [&str; 2] = ["HTML blocks", "Raw HTML"];

/// Examples elsewhere that hold raw HTML.
const WITH_HTML: [u32; 15] = [21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643];

/// Examples with `[[`, which marks a term of the glossary: its brackets go, and what it holds is no Markdown.
const WITH_TERMS: [u32; 3] = [548, 559, 590];

struct Example {
    number: u32,
    section: &'static str,
    markdown: String,
    html: String,
}

/// The examples, numbered from 1 in the order of the specification, which writes a tab as `→`.
fn examples() -> Vec<Example> {
    let fence = "`".repeat(32);
    let (mut examples, mut section, mut lines) = (Vec::new(), "", SPEC.lines());
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ").or_else(|| line.strip_prefix("# ")) {
            section = heading;
        } else if line.strip_prefix(&fence).is_some_and(|rest| rest.starts_with(" example")) {
            let mut until = |end: &str| lines.by_ref().take_while(|l| *l != end).map(|l| l.replace('→', "\t") + "\n").collect();
            let (markdown, html) = (until("."), until(&fence));
            examples.push(Example { number: u32::try_from(examples.len()).unwrap() + 1, section, markdown, html });
        }
    }
    examples
}

/// What a reader sees of every part: the page writes its title above its text.
fn shown(markdown: &str) -> String {
    let rendered = lesson(&format!("---\nid: a\n---\n{markdown}"), Language::Es, &[]);
    let parts = rendered.parts.iter().map(|part| {
        assert_eq!(clean(&part.html), part.html, "{markdown}");
        format!("{} {}", part.title, visible(&part.html))
    });
    let shown = parts.collect::<Vec<_>>().join(" ");
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the letters and digits of `expected` stand in `found`, in this order.
fn keeps(found: &str, expected: &str) -> bool {
    let mut found = found.chars();
    expected.chars().filter(|c| c.is_alphanumeric()).all(|c| found.any(|f| f == c))
}

#[test]
fn no_visible_text_of_commonmark_is_lost() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    for example in examples {
        let Example { number, section, markdown, html } = example;
        let (ours, expected) = (shown(&markdown), visible(&html));
        let told = format!("example {number}, {section}:\n{markdown}\nexpected: {expected}\nshown: {ours}");
        assert!(keeps(&ours, &expected), "lost in {told}");
        if !RAW.contains(&section) {
            // An exception that no longer differs is none.
            let otherwise = WITH_HTML.contains(&number) || WITH_TERMS.contains(&number);
            assert_eq!(ours != expected, otherwise, "{told}");
        }
    }
}

#[test]
fn what_is_lost_would_be_seen() {
    assert_eq!(visible("<p>uno<br>dos <em>tr</em>es<!-- x --></p><ul><li>a</li><li>b</li></ul><img alt=\"c\">"), "uno dos tres a b c");
    assert!(keeps("[foo] bar", "foo bar") && !keeps("bar foo", "foo bar") && !keeps("foo", "foo bar"));
}
