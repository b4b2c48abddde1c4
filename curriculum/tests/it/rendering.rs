//! Lessons as HTML: what authors write is kept, what could harm is not, and cleaning twice changes nothing.

use curriculum::package::Term;
use curriculum::render::{clean, lesson};
use domain::curriculum::{Language, Localised};
use proptest::prelude::*;

fn glossary() -> Vec<Term> {
    let word = Localised { es: "denuncia".into(), en: Some("complaint".into()) };
    vec![Term { id: "denuncia".into(), word, aliases: Default::default(), definition: Localised::es("Un <aviso>.") }]
}

fn html(markdown: &str) -> String {
    let rendered = lesson(&format!("---\nid: a\n---\n# Uno {{#p1 minutes=3}}\n\n{markdown}"), Language::Es, &glossary());
    rendered.parts[0].html.clone()
}

#[test]
fn the_design_is_followed() {
    let table = [
        ("## ¿Qué es?", "<h2 id=\"h-que-es\">¿Qué es?</h2>\n"),
        ("## Piensa {.exercise minutes=3}", "<h2 id=\"h-piensa\" class=\"exercise\">Piensa</h2>\n"),
        ("Una [[Denuncia]] y [[otra]].", "<p>Una <a class=\"term\" href=\"#g-denuncia\">Denuncia</a> y otra.</p>\n"),
        (
            "[gob](https://www.gob.pe/a?b=1&c=2)",
            "<p><a href=\"https://www.gob.pe/a?b=1&amp;c=2\" rel=\"noopener noreferrer\" class=\"leaves\">gob</a></p>\n",
        ),
        ("[ver](#p2) [allí](#Qué-es)", "<p><a href=\"#p2\">ver</a> <a href=\"#h-que-es\">allí</a></p>\n"),
        ("[llama](tel:100)", "<p><a href=\"tel:100\">llama</a></p>\n"),
        ("[x](javascript:alert)", "<p>x</p>\n"),
        ("Hola <b onclick=x>tú</b>", "<p>Hola &lt;b onclick=x&gt;tú&lt;/b&gt;</p>\n"),
        ("<script>\nalert(1)\n</script>", "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>\n"),
        ("- [x] hecho\n- [ ] por hacer", "<ul>\n<li>☑ hecho</li>\n<li>☐ por hacer</li>\n</ul>\n"),
        ("![Un mapa](media/mapa.webp)", "<p><img src=\"media/mapa.webp\" alt=\"Un mapa\" loading=\"lazy\"></p>\n"),
        ("![Un mapa](https://a.pe/m.png)", "<p>Un mapa</p>\n"),
        ("![Un\\\nmapa](media/a.png)", "<p><img src=\"media/a.png\" alt=\"Un\nmapa\" loading=\"lazy\"></p>\n"),
        ("Dos\\\npalabras\n---", "<h2 id=\"h-dos-palabras\">Dos<br>\npalabras</h2>\n"),
        ("~~no~~ **sí** *así* `x<y`", "<p><del>no</del> <strong>sí</strong> <em>así</em> <code>x&lt;y</code></p>\n"),
        (
            "> [!IMPORTANT]\n> Llama al **105**.",
            "<div class=\"alert warn\"><svg class=\"i\" aria-hidden=\"true\"><use href=\"#i-warn\"></use></svg><b>Importante</b><span>Llama al <strong>105</strong>.</span></div>\n",
        ),
        (
            "> [!NOTE]\n> Uno.\n>\n> Dos.",
            "<div class=\"alert info\"><svg class=\"i\" aria-hidden=\"true\"><use href=\"#i-info\"></use></svg><b>Nota</b><div><p>Uno.</p>\n<p>Dos.</p></div></div>\n",
        ),
        (
            "| A | B |\n|---|--:|\n| 1 | [[denuncia]] |",
            "<div class=\"box\" tabindex=\"0\" role=\"region\" aria-label=\"Tabla: A, B\">\n<table>\n<thead><tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr></thead>\n<tbody>\n<tr><td>1</td><td><a class=\"term\" href=\"#g-denuncia\">denuncia</a></td></tr>\n</tbody></table>\n</div>\n",
        ),
        (
            "Uno[^a].\n\n[^a]: La nota.",
            "<p>Uno<sup><a href=\"#fn-p1-1\" id=\"fnref-p1-1\">1</a></sup>.</p>\n<ol class=\"footnotes\">\n<li id=\"fn-p1-1\"><p>La nota.</p>\n <a href=\"#fnref-p1-1\" aria-label=\"Volver al texto\">↩</a></li>\n</ol>\n",
        ),
    ];
    for (markdown, expected) in table {
        assert_eq!(html(markdown), expected, "{markdown}");
    }
}

#[test]
fn a_lesson_has_its_parts_terms_and_checkpoint_without_key() {
    let source = &crate::support::sample().0[crate::support::LESSON];
    let rendered = lesson(source, Language::Es, &glossary());
    assert_eq!((rendered.title.as_str(), rendered.summary.as_str()), ("Lección uno", "Sabrás una cosa."));
    assert_eq!(rendered.references.len(), 1);
    let ids: Vec<&str> = rendered.parts.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["p1", "p2"]);
    assert_eq!(rendered.parts[0].title, "Primera parte");
    assert_eq!(rendered.parts[0].terms[0].anchor, "g-denuncia");
    assert_eq!(rendered.parts[1].scenarios, ["m1-s1"]);
    let checkpoint = rendered.parts[1].checkpoint.as_ref().unwrap();
    assert_eq!(checkpoint.questions[0].options, ["Esta", "Otra"]);
    let wire = serde_json::to_string(&rendered).unwrap();
    assert!(!wire.contains("correct") && !wire.contains("No es así") && !wire.contains("checkpoint\\n"));
}

#[test]
fn no_cut_of_a_lesson_breaks_anything() {
    let texts = crate::support::sample();
    let source = &texts.0[crate::support::LESSON];
    for end in (0..source.len()).filter(|end| source.is_char_boundary(*end)).step_by(23) {
        let rendered = lesson(&source[..end], Language::Es, &glossary());
        assert!(rendered.parts.iter().all(|p| clean(&p.html) == p.html));
        let mut cut = texts.clone();
        cut.0.insert(crate::support::LESSON.to_owned(), source[..end].to_owned());
        assert!(
            !curriculum::check_from(&cut).is_clean()
                || source[end..].trim().is_empty()
                || source[end..].trim().trim_matches('`').is_empty()
        );
    }
}

/// Pieces of Markdown and of attacks, put together at random.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "# Uno {#p1 minutes=3}\n",
        "## Dos {.case minutes=1}\n",
        "### <x>\n",
        "> [!NOTE]\n",
        "> [!CAUTION] x\n",
        "> ",
        "- ",
        "- [ ] ",
        "1. ",
        "| a | b |\n|---|---|\n| c | d |\n",
        "[[denuncia]]",
        "[[x|y]]",
        "[a](https://a.pe)",
        "[a](javascript:x)",
        "[a](#p2 \"t\")",
        "![",
        "](media/a.png)",
        "[^a]",
        "\n[^a]: nota[^a]\n",
        "```checkpoint\nid: x\n",
        "```scenario\n",
        "```\n",
        "~~~html\n",
        "<script>",
        "</script>",
        "<svg><style>",
        "<!--",
        "-->",
        "<img src=x onerror=y>",
        "</p></div>",
        "<table>",
        "&lt;",
        "&#60;",
        "\\<",
        "**",
        "*",
        "~~",
        "`",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "texto ",
        "<a@b.pe>",
        "<https://a.pe/\">",
        "\u{0}",
        "\u{202e}",
        "\r\n",
        "<math><mi>",
        "<noscript>",
        "\"",
        "'",
        "$x$",
        "---\n",
        "***\n",
        "[a]: https://b.pe\n",
        "[a]",
    ];
    prop_oneof![4 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,8}"]
}

fn mixture() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..30).prop_map(|p| p.concat())
}

/// The tags of a text whose `<` in content are escaped.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|t| t.split('>').next())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn cleaning_twice_changes_nothing(markdown in mixture()) {
        for part in lesson(&markdown, Language::Es, &glossary()).parts {
            prop_assert_eq!(&clean(&part.html), &part.html);
        }
        let once = clean(&markdown);
        prop_assert_eq!(&clean(&once), &once);
    }

    #[test]
    fn nothing_harmful_is_written(markdown in mixture()) {
        let known = ["a", "b", "blockquote", "br", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
            "pre", "span", "strong", "sup", "svg", "table", "tbody", "td", "th", "thead", "tr", "ul", "use"];
        for part in lesson(&markdown, Language::Es, &glossary()).parts {
            for tag in tags(&part.html) {
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                prop_assert!(known.contains(&name), "{}", part.html);
                let names: Vec<&str> = tag.split('"').step_by(2).flat_map(|n| n.split_whitespace().next_back()).collect();
                prop_assert!(!names.iter().any(|n| n.starts_with("on") || *n == "style="), "{}", part.html);
                prop_assert!(!tag.contains("=\"javascript:"), "{}", part.html);
            }
        }
    }

    #[test]
    fn words_are_kept(words in prop::collection::vec("[a-zñáéíóú]{1,9}", 1..30)) {
        let html = html(&words.join(" "));
        prop_assert_eq!(html, format!("<p>{}</p>\n", words.join(" ")));
    }

    #[test]
    fn yaml_of_any_kind_is_refused_or_read(text in mixture(), first in 1_u32..9) {
        if let Err(mistake) = curriculum::yaml::tree("x", first, &text) {
            prop_assert!(mistake.line >= first);
        }
    }
}
