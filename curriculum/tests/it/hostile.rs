//! The payloads of `tests/hostile.txt` at every place where an author can write: no element, attribute, address or id
//! comes out that a lesson's text may not have, as a browser's parser reads it.

use curriculum::package::Term;
use curriculum::render::{RenderedPart, clean, lesson};
use domain::curriculum::{Language, Localised};
use scraper::{Html, Node};

const FILE: &str = include_str!("../hostile.txt");

struct Payload {
    name: String,
    /// Acts by itself where a page holds it as it stands.
    acts: bool,
    text: String,
}

/// The payloads, with the characters that the file only names.
fn payloads() -> Vec<Payload> {
    let (mut payloads, mut begun) = (Vec::<Payload>::new(), false);
    for line in FILE.lines() {
        if let Some(name) = line.strip_prefix("%%! ").or_else(|| line.strip_prefix("%% ")) {
            begun = true;
            payloads.push(Payload { name: name.to_owned(), acts: line.starts_with("%%!"), text: String::new() });
        } else if let (true, Some(payload)) = (begun, payloads.last_mut()) {
            payload.text.push_str(&named(line));
            payload.text.push('\n');
        }
    }
    for payload in &mut payloads {
        payload.text.truncate(payload.text.trim_end_matches('\n').len());
    }
    payloads
}

fn named(line: &str) -> String {
    let mut pieces = line.split("{U+");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_once('}').expect("a closing brace");
        text.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a character"));
        text.push_str(rest);
    }
    text
}

/// The places of a lesson's source: `@` is the payload, `~` the payload on one line.
const PLACES: [&str; 34] = [
    "@",
    "\u{feff}@",
    "# Uno {#p1}\n\n@",
    "# ~ {#p1 minutes=3}\n\ntexto",
    "# Uno\n\n## ~\n\n### ~ {#~ .~ minutes=~}",
    "# Uno\n\nhola @ adiós",
    "- @",
    "1. a\n2. ~",
    "- [ ] ~",
    "> @",
    "> [!WARNING]\n> ~",
    "> [!~]\n> ~",
    "| ~ | b |\n|---|---|\n| ~ | **~** |",
    "a[^n] b[^~]\n\n[^n]: ~\n[^~]: n",
    "[~](https://www.gob.pe)",
    "[a](~)",
    "[a](<~>)",
    "[a](https://www.gob.pe \"~\")",
    "[a](https://www.gob.pe/~)",
    "[a](#~)",
    "[a]\n\n[a]: ~",
    "[~]\n\n[~]: https://www.gob.pe '~'",
    "<~>",
    "<https://~>",
    "![~](media/a.png \"~\")",
    "![a](~)",
    "![a](media/~)",
    "[[~]] [[denuncia|~]] [[~|denuncia]]",
    "**~** *~* ~~ ~ ~~ `~` ``~``",
    "```~\n@\n```",
    "```scenario\n~\n```\n\n```checkpoint\nid: ~\nquestions: [{id: a, prompt: ~, options: [{text: ~}]}]\n```",
    "<div>\n@\n</div>",
    "<!-- @",
    "---\nid: a\ntitle: ~\nsummary: ~\n---\n@",
];

/// The elements that a lesson's text may have, each with its attributes.
const ELEMENTS: [(&str, &[&str]); 31] = [
    ("a", &["href", "id", "aria-label", "rel", "class"]),
    ("b", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &[]),
    ("del", &[]),
    ("div", &["class", "role", "tabindex", "aria-label"]),
    ("em", &[]),
    ("h2", &["id", "class"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["src", "alt", "loading"]),
    ("li", &["id"]),
    ("ol", &["start", "class"]),
    ("p", &[]),
    ("pre", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("sup", &[]),
    ("svg", &["class", "aria-hidden"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &[]),
    ("th", &["scope"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
    ("use", &["href"]),
];

const CLASSES: [&str; 14] =
    ["term", "leaves", "box", "alert", "info", "warn", "halt", "exercise", "case", "reread", "practice", "footnotes", "i", ""];

/// What of `html` must not stand in a page.
fn harm(html: &str) -> Option<String> {
    let tree = Html::parse_fragment(html);
    for node in tree.root_element().descendants().skip(1) {
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                let Some((_, attributes)) = ELEMENTS.iter().find(|(n, _)| *n == name) else { return Some(format!("element {name}")) };
                for (attribute, value) in element.attrs() {
                    if !attributes.contains(&attribute) || !is_harmless(name, attribute, value) {
                        return Some(format!("{name} {attribute}={value:?}"));
                    }
                }
            }
            Node::Text(_) => {}
            other => return Some(format!("{other:?}")),
        }
    }
    // What is written out and read again is the same tree: nothing lies hidden for a second parser.
    let again = tree.root_element().inner_html();
    (Html::parse_fragment(&again) != tree).then(|| format!("changes into {again}"))
}

/// Whether the only drawings are the design's icons, and there is no formula.
fn only_icons(html: &str) -> bool {
    Html::parse_fragment(html).root_element().descendent_elements().skip(1).all(|element| {
        let name = &element.value().name;
        name.ns.ends_with(if matches!(&*name.local, "svg" | "use") { "svg" } else { "xhtml" })
    })
}

fn is_harmless(element: &str, attribute: &str, value: &str) -> bool {
    let has = |letters: &[char]| value.contains(letters);
    match attribute {
        "href" if element == "use" => ["#i-info", "#i-warn"].contains(&value),
        "href" => {
            let known = ["#", "media/", "https://", "http://", "tel:", "mailto:"].iter().any(|p| value.to_ascii_lowercase().starts_with(p));
            known && !has(&['\\', '<', '>', '"']) && !value.chars().any(|c| c.is_control() || c.is_whitespace())
        }
        "src" => {
            value.starts_with("media/") && value.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.".contains(c)) && !value.contains("/.")
        }
        "id" => ["h-", "fn-", "fnref-"].iter().any(|p| value.starts_with(p)) && is_plain(value),
        "class" => value.split(' ').all(|c| CLASSES.contains(&c)),
        "rel" => value == "noopener noreferrer",
        "role" => value == "region",
        "tabindex" => value == "0",
        "loading" => value == "lazy",
        "scope" => value == "col",
        "aria-hidden" => value == "true",
        "start" => value.chars().all(|c| c.is_ascii_digit()),
        "alt" | "aria-label" => true,
        _ => false,
    }
}

fn is_plain(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// A glossary whose own texts attack.
fn glossary(text: &str) -> Vec<Term> {
    let word = Localised { es: "denuncia".into(), en: Some("complaint".into()) };
    let own = Localised { es: text.into(), en: None };
    vec![
        Term { id: "denuncia".into(), word, aliases: Default::default(), definition: Localised::es(text) },
        Term { id: text.into(), word: own, aliases: Default::default(), definition: Localised::es(text) },
    ]
}

fn check(part: &RenderedPart, told: &str) {
    if let Some(harm) = harm(&part.html) {
        panic!("{harm} in {told}\n{}", part.html);
    }
    assert!(only_icons(&part.html), "{told}\n{}", part.html);
    assert_eq!(clean(&part.html), part.html, "cleaned twice: {told}");
    // These two stand in attributes and addresses of the page.
    assert!(is_plain(&part.id), "id {:?} in {told}", part.id);
    assert!(part.terms.iter().all(|t| is_plain(&t.anchor)), "{:?} in {told}", part.terms);
}

#[test]
fn there_are_two_hundred_payloads_of_many_kinds() {
    let payloads = payloads();
    assert!(payloads.len() >= 200);
    assert!(payloads.iter().all(|p| p.name.contains(": ") && !p.text.is_empty()));
    for (position, payload) in payloads.iter().enumerate() {
        assert!(payloads[..position].iter().all(|p| p.name != payload.name && p.text != payload.text), "twice: {}", payload.name);
    }
}

#[test]
fn no_payload_at_any_place_of_a_lesson_does_harm() {
    for payload in payloads() {
        let line = payload.text.replace('\n', " ");
        let terms = glossary(&line);
        for place in PLACES {
            // First the one-line form: the payload itself may hold the other mark.
            let source: String = place
                .chars()
                .map(|c| match c {
                    '~' => line.clone(),
                    '@' => payload.text.clone(),
                    c => c.to_string(),
                })
                .collect();
            for part in lesson(&source, Language::Es, &terms).parts {
                check(&part, &format!("{} at {place:?}", payload.name));
            }
        }
    }
}

#[test]
fn the_allow_list_alone_withstands_every_payload() {
    let payloads = payloads();
    let all = payloads.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    for text in payloads.iter().map(|p| &p.text).chain([&all]) {
        let cleaned = clean(text);
        if let Some(harm) = harm(&cleaned) {
            panic!("{harm} in {text}\n{cleaned}");
        }
        assert_eq!(clean(&cleaned), cleaned, "{text}");
    }
}

#[test]
fn harm_is_seen_where_it_is() {
    // A fragment has no `body` of its own.
    for raw in payloads().iter().filter(|p| p.acts && !p.text.starts_with("<body")) {
        assert!(harm(&format!("<p>{}</p>", raw.text)).is_some(), "{}", raw.name);
    }
    let table = [
        "<a href=\"java&#9;script:x\">a</a>",
        "<h2 id=exit>a</h2>",
        "<img src=//a.pe>",
        "<p onclick=x>a</p>",
        "a<!-- b -->",
        "<a class=btn>a</a>",
    ];
    for html in table {
        assert!(harm(html).is_some(), "{html}");
    }
    assert!(!only_icons("<svg><a>b</a></svg>") && !only_icons("<math></math>"));
    assert_eq!(harm("<p>Hola <a href=\"#p2\">b</a> <em>c</em></p><h2 id=\"h-x\" class=\"case\">d</h2>"), None);
}
