//! HTML as a browser's parser reads it.

use scraper::{ElementRef, Html, Node};

/// What a reader sees of `html`, its words one space apart; a picture speaks by its text.
pub fn visible(html: &str) -> String {
    let mut seen = String::new();
    see(Html::parse_fragment(html).root_element(), &mut seen);
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn see(element: ElementRef<'_>, seen: &mut String) {
    let name = element.value().name();
    if matches!(name, "script" | "style" | "template") {
        return;
    }
    let apart = if matches!(name, "a" | "b" | "code" | "del" | "em" | "img" | "span" | "strong" | "sup") { "" } else { " " };
    seen.push_str(apart);
    if name == "img" {
        seen.push_str(element.attr("alt").unwrap_or_default());
    }
    for child in element.children() {
        if let Node::Text(text) = child.value() {
            seen.push_str(text);
        } else if let Some(child) = ElementRef::wrap(child) {
            see(child, seen);
        }
    }
    seen.push_str(apart);
}
