//! The menu of each role.

use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// Whose menu stands above the page (below it, on a phone).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Menu {
    /// None: lessons, evaluations, sign-in.
    #[default]
    None,
    /// Visitors.
    Public,
    /// Trainees.
    Trainee,
    /// Judges.
    Judge,
    /// Programme staff.
    Staff,
    /// Auditors.
    Auditor,
    /// Administrators.
    Admin,
}

type Entry = (&'static str, &'static str, &'static str);

impl Menu {
    /// Address, icon and words of each entry.
    fn entries(self, t: Texts) -> Vec<Entry> {
        match self {
            Self::None => Vec::new(),
            Self::Public => vec![
                ("/", "home", t.frame_start()),
                ("/verify", "award", t.frame_verify()),
                ("/help", "phone", t.frame_lines()),
                ("/login", "person", t.frame_sign_in()),
            ],
            Self::Trainee => vec![
                ("/home", "home", t.frame_start()),
                ("/course", "book", t.frame_course()),
                ("/evaluations", "pen", t.frame_evaluations()),
                ("/certificate", "award", t.frame_certificate()),
            ],
            Self::Judge => vec![
                ("/grading", "pen", t.frame_grading()),
                ("/meetings", "people", t.frame_sessions()),
                ("/author", "book", t.author_menu()),
            ],
            Self::Staff => vec![
                ("/staff", "people", t.frame_cohorts()),
                ("/staff/releases", "pen", t.frame_releases()),
                ("/staff/evidence", "clock", t.frame_hours()),
                ("/staff/certificates", "award", t.frame_certificates()),
            ],
            Self::Auditor => vec![("/audit", "search", t.frame_audit())],
            Self::Admin => vec![("/admin", "people", t.frame_people())],
        }
    }

    /// On phones the visitor's menu is in the help bar and the footer, and one entry alone is where the brand leads;
    /// every other stands below.
    const fn class(self) -> &'static str {
        match self {
            Self::Public | Self::Auditor | Self::Admin => "nav desk",
            _ => "nav app",
        }
    }
}

/// The entry that `path` belongs to: the longest that it begins with.
fn current(entries: &[Entry], path: &str) -> Option<&'static str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let within = |href: &str| path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')));
    entries.iter().map(|(href, ..)| *href).filter(|href| within(href)).max_by_key(|href| href.len())
}

/// The menu, with the current entry marked; nothing for `Menu::None`.
pub(super) fn nav(t: Texts, menu: Menu, path: &str) -> Option<AnyView> {
    let entries = menu.entries(t);
    let here = current(&entries, path);
    let items = entries
        .iter()
        .map(|(href, symbol, words)| {
            let mark = (here == Some(*href)).then_some(if path == *href { "page" } else { "true" });
            view! { <a href=*href aria-current=mark>{icon(symbol)}{*words}</a> }
        })
        .collect_view();
    (!entries.is_empty()).then(|| view! { <nav class=menu.class() aria-label=t.frame_menu()>{items}</nav> }.into_any())
}
