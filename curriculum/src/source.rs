//! Where the files come from: a folder, the binary itself, or a map of texts (tests, imports).
//!
//! Paths are relative, with `/`, and never leave the source: `..` is resolved before anything is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A tree of files, read whole.
pub trait Source {
    /// Every file below `folder` (the empty string is the root), sorted.
    fn files(&self, folder: &str) -> Vec<String>;

    /// The bytes of one file, where it exists.
    fn bytes(&self, path: &str) -> Option<Vec<u8>>;

    /// The size of one file in bytes; 0 where it does not exist.
    fn size(&self, path: &str) -> u64 {
        self.bytes(path).map_or(0, |bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX))
    }

    /// Text written before a path where a mistake names it (the folder as it was given on the command line).
    fn prefix(&self) -> String {
        String::new()
    }
}

/// A folder of the file system.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at `root`.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Hidden files (editors, version control) and symbolic links are no content.
        let Ok(kind) = entry.file_type() else { continue };
        if name.starts_with('.') || kind.is_symlink() {
            continue;
        }
        let path = join(prefix, &name);
        if kind.is_dir() {
            walk(&entry.path(), &path, found);
        } else {
            found.push(path);
        }
    }
}

impl Source for Folder {
    fn files(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        walk(&self.root.join(folder), folder, &mut found);
        found.sort();
        found
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.root.join(path)).ok()
    }

    fn prefix(&self) -> String {
        let root = self.root.to_string_lossy();
        if root == "." { String::new() } else { format!("{}/", root.trim_end_matches('/')) }
    }
}

#[derive(rust_embed::RustEmbed)]
#[folder = "content"]
struct Content;

/// The content that is part of the binary.
#[derive(Debug, Clone, Copy, Default)]
pub struct Embedded;

impl Source for Embedded {
    fn files(&self, folder: &str) -> Vec<String> {
        let mut found: Vec<String> = Content::iter()
            .map(|f| f.replace('\\', "/"))
            .filter(|f| is_below(f, folder) && !f.split('/').any(|s| s.starts_with('.')))
            .collect();
        found.sort();
        found
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        Content::get(path).map(|file| file.data.into_owned())
    }
}

impl Embedded {
    /// SHA-256 over names and contents of all its files, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        use sha2::{Digest as _, Sha256};
        let mut all = Sha256::new();
        for path in self.files("") {
            all.update(path.as_bytes());
            all.update(Content::get(&path).map(|file| file.metadata.sha256_hash()).unwrap_or_default());
        }
        all.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Files held in memory, by path.
#[derive(Debug, Clone, Default)]
pub struct Texts(pub BTreeMap<String, String>);

impl Source for Texts {
    fn files(&self, folder: &str) -> Vec<String> {
        self.0.keys().filter(|f| is_below(f, folder)).cloned().collect()
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).map(|text| text.as_bytes().to_owned())
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// `folder` and `name` as one path; an empty folder is the root of the source.
#[must_use]
pub fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// `path` as seen from `folder`, with `.` and `..` resolved; `None` when it leaves the source.
#[must_use]
pub fn resolve(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    if path.starts_with('/') {
        return None;
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The folders that hold a `programme.yaml`, sorted; the root is the empty string.
#[must_use]
pub fn programmes(files: &[String]) -> Vec<String> {
    files
        .iter()
        .filter_map(|f| f.strip_suffix("programme.yaml"))
        .filter(|f| f.is_empty() || f.ends_with('/'))
        .map(|f| f.trim_end_matches('/').to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_source() {
        assert_eq!(resolve("piloto", "../orientadoras/modules/m0"), Some("orientadoras/modules/m0".to_owned()));
        assert_eq!(resolve("piloto", "./modules//m0/"), Some("piloto/modules/m0".to_owned()));
        assert_eq!(resolve("piloto", "../../etc"), None);
        assert_eq!(resolve("", "../etc"), None);
        assert_eq!(resolve("a", "/etc"), None);
    }

    #[test]
    fn programmes_are_found_at_the_root_or_below() {
        let files = ["a/programme.yaml", "b/other.yaml", "programme.yaml", "c/xprogramme.yaml"].map(str::to_owned);
        assert_eq!(programmes(&files), ["a", ""]);
    }
}
