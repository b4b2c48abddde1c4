//! Icons and woven patterns: a document carries only those that its body uses.

use leptos::prelude::*;

/// Drawings of the icons on a 24-unit grid, by name.
const ICONS: [(&str, &str); 22] = [
    ("award", "M5 3h14v18l-7-4-7 4zM9 9.5l2.2 2.2L15.5 7.5"),
    ("back", "m14 5-7 7 7 7"),
    ("book", "M12 6v14M12 6c-2-2-5-2-9-2v14c4 0 7 0 9 2 2-2 5-2 9-2V4c-4 0-7 0-9 2z"),
    ("chart", "M4 20h16M7 20v-7M12 20V5M17 20v-10"),
    ("check", "m4 12.5 5.5 5.5L20 7"),
    ("clock", "M12 3a9 9 0 1 0 .01 0zM12 7v5.5l3.5 2"),
    ("cloud", "M12 4v11M8 11l4 4 4-4M4 20h16"),
    ("code", "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500H14zM17.500 17.500H20V20h-2.500z"),
    ("exit", "M13 4H5v16h8M10 12h11M17 8l4 4-4 4"),
    ("flag", "M6 21V4h12l-3 4 3 4H6"),
    ("home", "M4 11v9h6v-6h4v6h6v-9M2 12l10-9 10 9"),
    ("info", "M12 2.5 21.5 12 12 21.5 2.5 12zM12 11v5.5M12 7.5v1.5"),
    ("lock", "M5 10h14v11H5zM8 10V7a4 4 0 0 1 8 0v3M12 14v3"),
    ("pen", "m4 20 1-5L16 4l4 4L9 19zM13.5 6.5l4 4"),
    ("people", "M9 4a3.5 3.5 0 1 0 .01 0zM2 20c0-8 14-8 14 0M16 5a3.5 3.5 0 0 1 0 6.5M18 14c3 1 4 3 4 6"),
    ("person", "M12 3.500a4 4 0 1 0 .01 0zM4 21c0-9.5 16-9.5 16 0"),
    ("phone", "M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z"),
    ("plus", "M12 4v16M4 12h16"),
    ("print", "M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z"),
    ("search", "M10.5 3a7.5 7.5 0 1 0 .01 0zM16 16l5.5 5.5"),
    ("warn", "M12 3 22 20H2zM12 9.5v5M12 16.5v1.5"),
    ("x", "m6 6 12 12M18 6 6 18"),
];

const MARK: &str = r##"<symbol id="i-mark" viewBox="0 0 32 32"><path d="M16 1.5 26 16H6z" fill="currentColor" stroke="none"/><path d="M6 16h20L16 30.5zM10.5 19.5h11M13 23.5h6" fill="none" stroke-width="2"/></symbol>"##;

/// Patterns of the cloth, by name.
const PATTERNS: [(&str, &str); 4] = [
    ("w-full", include_str!("icon/full.svg")),
    ("w-none", include_str!("icon/none.svg")),
    ("w-wait", include_str!("icon/wait.svg")),
    ("tejido", include_str!("icon/textile.svg")),
];

/// An icon beside its word; it says nothing alone, so it is hidden from screen readers.
#[must_use]
pub fn icon(name: &'static str) -> AnyView {
    view! { <svg class="i" aria-hidden="true"><use href=format!("#i-{name}")></use></svg> }.into_any()
}

/// The symbols and patterns that `body` refers to, hidden at the top of the document.
#[must_use]
pub fn sprite(body: &str) -> String {
    let mut found = String::from(MARK);
    for (name, drawing) in ICONS {
        if body.contains(&format!("\"#i-{name}\"")) {
            found.push_str(&format!(r#"<symbol id="i-{name}" viewBox="0 0 24 24"><path d="{drawing}"/></symbol>"#));
        }
    }
    for (name, pattern) in PATTERNS {
        if body.contains(&format!("url(#{name})")) {
            found.push_str(pattern.trim_end());
        }
    }
    format!(r#"<svg class="sprite" aria-hidden="true" focusable="false">{found}</svg>"#)
}
