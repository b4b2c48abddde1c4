//! What stands around every page.

use domain::access::Role;
use domain::curriculum::Service;

/// Who reads the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// First name and first surname.
    pub name: String,
    /// The roles held, most used first.
    pub roles: Vec<Role>,
}

/// The frame of one page.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Signed-in reader, if any.
    pub reader: Option<Reader>,
    /// Path and query of this page, for the language form and the current menu entry.
    pub path: String,
    /// Help lines shown in the frame.
    pub services: std::sync::Arc<[Service]>,
    /// Folder of the static files, with their digest (`/v/3f2a…`).
    pub assets: String,
    /// Plain http at an address that is not loopback: a banner says so.
    pub insecure: bool,
}
