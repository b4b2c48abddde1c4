//! Which addresses a lesson may link to.

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target<'a> {
    /// A part or a heading of the same lesson.
    Anchor(&'a str),
    /// A file of the module's `media/` folder.
    Media(&'a str),
    /// Another site.
    Web(&'a str),
    /// A telephone number or a mail address.
    Contact(&'a str),
}

/// The target of an address; `None` for any kind that pages do not carry (scripts, data, other relative paths).
pub(crate) fn target(link: &str) -> Option<Target<'_>> {
    if link.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\')) {
        return None;
    }
    if let Some(name) = link.strip_prefix('#') {
        return (!name.is_empty()).then_some(Target::Anchor(name));
    }
    if let Some(path) = link.strip_prefix("media/") {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let ok = !path.is_empty() && path.split('/').all(|s| !s.starts_with('.') && !s.is_empty() && s.chars().all(plain));
        return ok.then_some(Target::Media(link));
    }
    let (scheme, rest) = link.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let host = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
            let named = host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':'));
            (named && !host.starts_with('.')).then_some(Target::Web(link))
        }
        "tel" => {
            let digits = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '*' | '#'));
            (digits && !rest.is_empty()).then_some(Target::Contact(link))
        }
        "mailto" => rest.contains('@').then_some(Target::Contact(link)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_kinds_are_carried() {
        assert_eq!(target("#p2"), Some(Target::Anchor("p2")));
        assert_eq!(target("https://www.gob.pe/480"), Some(Target::Web("https://www.gob.pe/480")));
        assert_eq!(target("tel:100"), Some(Target::Contact("tel:100")));
        assert_eq!(target("media/mapa.webp"), Some(Target::Media("media/mapa.webp")));
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "//evil.pe",
            "/x",
            "x.md",
            "media/../x",
            "media//x",
            "#",
            "https://",
            "https://user@evil.pe/",
            "https://a.pe/\u{1}",
            "",
            "tel:",
            "mailto:",
        ] {
            assert_eq!(target(bad), None, "{bad}");
        }
    }
}
