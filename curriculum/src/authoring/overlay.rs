//! The files as they would be with a draft in them, and what the check says of that draft.

use crate::check::Report;
use crate::composition::Composition;
use crate::mistake::Mistake;
use crate::source::Source;
use std::collections::{BTreeMap, BTreeSet};

/// A source in which some files are others, new, or gone (`None`).
pub struct Overlay<'a> {
    /// What lies below.
    pub base: &'a dyn Source,
    /// What stands in its place.
    pub changed: BTreeMap<String, Option<String>>,
}

impl<'a> Overlay<'a> {
    /// `base` with one file changed, or with `None` removed.
    #[must_use]
    pub fn one(base: &'a dyn Source, path: &str, text: Option<String>) -> Self {
        Self { base, changed: BTreeMap::from([(path.to_owned(), text)]) }
    }
}

impl Source for Overlay<'_> {
    fn files(&self, folder: &str) -> Vec<String> {
        let mut files: BTreeSet<String> = self.base.files(folder).into_iter().collect();
        for (path, text) in &self.changed {
            let inside = folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            match text {
                Some(_) if inside => drop(files.insert(path.clone())),
                Some(_) => {}
                None => drop(files.remove(path)),
            }
        }
        files.into_iter().collect()
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        match self.changed.get(path) {
            Some(text) => text.as_ref().map(|t| t.as_bytes().to_owned()),
            None => self.base.bytes(path),
        }
    }

    fn size(&self, path: &str) -> u64 {
        match self.changed.get(path) {
            Some(text) => text.as_ref().map_or(0, |t| u64::try_from(t.len()).unwrap_or(u64::MAX)),
            None => self.base.size(path),
        }
    }
}

/// What the check says of a draft.
#[derive(Debug, Clone, Default)]
pub struct Lint {
    /// What keeps it from being published: in its file, or elsewhere because of it.
    pub mistakes: Vec<Mistake>,
    /// What should be looked at, in its file.
    pub warnings: Vec<Mistake>,
    /// How the lesson's minutes are made up, for a lesson.
    pub composition: Option<Composition>,
}

/// Lints the file at `path` of `draft`; `before` is the report without it.
#[must_use]
pub fn lint(draft: &Overlay<'_>, path: &str, before: &Report) -> Lint {
    let report = crate::check_from(draft);
    let old: BTreeSet<&Mistake> = before.mistakes.iter().collect();
    let mut mistakes: Vec<Mistake> = report.mistakes.into_iter().filter(|m| m.file == path || !old.contains(m)).collect();
    mistakes.sort_by_key(|m| (m.file != path, m.line));
    Lint {
        mistakes,
        warnings: report.warnings.into_iter().filter(|w| w.file == path).collect(),
        composition: report.compositions.into_iter().find(|c| c.file == path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Embedded;

    #[test]
    fn a_mistake_made_elsewhere_by_a_draft_is_told_and_old_ones_are_not() {
        let before = crate::check_from(&Embedded);
        let path = Embedded.files("").into_iter().find(|f| f.contains("m4-") && f.ends_with("01-a-quien-protege.es.md")).expect("lesson");
        let source = String::from_utf8(Embedded.bytes(&path).expect("bytes")).expect("text");
        assert_eq!(lint(&Overlay::one(&Embedded, &path, Some(source.clone())), &path, &before).mistakes, []);
        let shorter = source.replace("minutes: 45", "minutes: 44");
        let found = lint(&Overlay::one(&Embedded, &path, Some(shorter)), &path, &before);
        assert!(found.mistakes.iter().any(|m| m.file == path), "{:?}", found.mistakes);
        let gone = lint(&Overlay::one(&Embedded, &path, None), &path, &before);
        assert!(gone.mistakes.iter().any(|m| m.file != path), "its translation has no source: {:?}", gone.mistakes);
    }
}
