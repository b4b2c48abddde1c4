//! The allow-list: the second wall behind the writer's escaping.

use super::links::{Target, target};
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

/// HTML reduced to the elements, attributes, classes, ids and addresses that a lesson's text may have.
#[must_use]
pub fn clean(html: &str) -> String {
    let cleaned = CLEANER.clean(html).to_string();
    // A carriage return that was written as an entity: a parser would read it as a line feed the next time.
    if cleaned.contains('\r') { cleaned.replace('\r', "\n") } else { cleaned }
}

fn set(items: &[&'static str]) -> HashSet<&'static str> {
    items.iter().copied().collect()
}

fn map(items: &[(&'static str, &[&'static str])]) -> HashMap<&'static str, HashSet<&'static str>> {
    items.iter().map(|(key, values)| (*key, set(values))).collect()
}

fn cleaner() -> Builder<'static> {
    const WORK: &[&str] = &["exercise", "case", "reread", "practice"];
    let mut builder = Builder::empty();
    builder
        .tags(set(&[
            "a",
            "b",
            "blockquote",
            "br",
            "code",
            "del",
            "div",
            "em",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "img",
            "li",
            "ol",
            "p",
            "pre",
            "span",
            "strong",
            "sup",
            "svg",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
            "use",
        ]))
        .clean_content_tags(set(&["script", "style"]))
        .tag_attributes(map(&[
            ("a", &["href", "id", "aria-label"]),
            ("div", &["aria-label"]),
            ("h2", &["id"]),
            ("h3", &["id"]),
            ("h4", &["id"]),
            ("h5", &["id"]),
            ("h6", &["id"]),
            ("img", &["src", "alt"]),
            ("li", &["id"]),
            ("ol", &["start"]),
        ]))
        .tag_attribute_values(HashMap::from([
            ("a", HashMap::from([("rel", set(&["noopener noreferrer"]))])),
            ("div", HashMap::from([("tabindex", set(&["0"])), ("role", set(&["region"]))])),
            ("th", HashMap::from([("scope", set(&["col"]))])),
            ("img", HashMap::from([("loading", set(&["lazy"]))])),
            ("svg", HashMap::from([("aria-hidden", set(&["true"]))])),
            ("use", HashMap::from([("href", set(&["#i-info", "#i-warn"]))])),
        ]))
        .allowed_classes(map(&[
            ("a", &["term", "leaves"]),
            ("div", &["box", "alert", "info", "warn", "halt"]),
            ("h2", WORK),
            ("ol", &["footnotes"]),
            ("svg", &["i"]),
        ]))
        .url_schemes(set(&["http", "https", "tel", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(attribute);
    builder
}

/// Ids carry a prefix, so that text can never take the name of something in the page; addresses are of a known kind.
fn attribute<'v>(element: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let allowed = match (element, name) {
        (_, "id") => ["h-", "fn-", "fnref-"].iter().any(|p| value.starts_with(p)) && is_plain(value),
        ("use", "href") => true,
        ("img", "src") => matches!(target(value), Some(Target::Media(_))),
        (_, "href") => target(value).is_some(),
        ("ol", "start") => value.len() <= 9 && value.chars().all(|c| c.is_ascii_digit()),
        _ => true,
    };
    allowed.then_some(Cow::Borrowed(value))
}

fn is_plain(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_allowed_goes() {
        let table = [
            ("<script>x</script>hola", "hola"),
            ("<p onclick=\"x\" style=\"y\" class=\"z\">a</p>", "<p>a</p>"),
            ("<a href=\"javascript:x\">a</a>", "<a>a</a>"),
            ("<h2 id=\"help\">a</h2>", "<h2>a</h2>"),
            ("<img src=\"https://a.pe/x.png\" alt=\"a\">", "<img alt=\"a\">"),
            ("<svg><use href=\"https://a.pe/x.svg#a\"></use></svg>", "<svg><use></use></svg>"),
            ("<svg><style><img src=x onerror=y></style></svg>", "<svg></svg><img>"),
            ("<p>a&#13;b</p>", "<p>a\nb</p>"),
            ("<iframe src=\"https://a.pe\"></iframe>", ""),
        ];
        for (given, expected) in table {
            assert_eq!(clean(given), expected, "{given}");
        }
    }
}
