//! Two texts side by side.

use app::features::authoring::{Diff, DiffRow};
use curriculum::lesson::cut;
use similar::{ChangeTag, DiffOp, TextDiff};

/// Lines that are shown around a change.
const AROUND: usize = 2;

/// What changed from `before` to `after`, line by line, with the changed words of a line apart.
#[must_use]
pub fn diff(before: &str, after: &str) -> Diff {
    let compared = TextDiff::from_lines(before, after);
    let mut found = Diff::default();
    for op in compared.ops() {
        match op {
            DiffOp::Equal { old_index, len, .. } => equal(&mut found, compared.old_slices(), *old_index, *len, before),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => {
                let (mut out, mut new) = (Vec::new(), Vec::new());
                for change in compared.iter_inline_changes(op) {
                    let pieces: Vec<(bool, String)> =
                        change.iter_strings_lossy().map(|(changed, text)| (changed, text.trim_end_matches('\n').to_owned())).collect();
                    match change.tag() {
                        ChangeTag::Delete => out.push(pieces),
                        ChangeTag::Insert => new.push(pieces),
                        ChangeTag::Equal => {}
                    }
                }
                found.counts.0 += out.len();
                found.counts.1 += new.len();
                let (whole_out, whole_new) = (new.is_empty(), out.is_empty());
                let marked = |pieces: Vec<(bool, String)>, whole: bool| {
                    if whole { pieces.into_iter().map(|(_, text)| (true, text)).collect() } else { pieces }
                };
                let rows = out.len().max(new.len());
                let (mut out, mut new) = (out.into_iter(), new.into_iter());
                for _ in 0..rows {
                    let before = marked(out.next().unwrap_or_default(), whole_out);
                    let after = marked(new.next().unwrap_or_default(), whole_new);
                    found.rows.push(DiffRow::Changed(before, after));
                }
            }
        }
    }
    found
}

/// Equal lines: the first and last few as they are, the rest counted.
fn equal(found: &mut Diff, lines: &[&str], start: usize, len: usize, whole: &str) {
    let line = |index: usize| DiffRow::Equal(lines.get(index).copied().unwrap_or_default().trim_end_matches('\n').to_owned());
    let (head, tail) = (if start == 0 { 0 } else { AROUND }, if start + len == whole.lines().count() { 0 } else { AROUND });
    if len <= head + tail + 1 {
        found.rows.extend((start..start + len).map(line));
        return;
    }
    found.rows.extend((start..start + head).map(line));
    found.rows.push(DiffRow::Same(len - head - tail));
    found.rows.extend((start + len - tail..start + len).map(line));
}

/// The parts of a source beside those of its translation, as they are written.
#[must_use]
pub fn beside(source: &str, translation: &str) -> Vec<(String, String)> {
    let (source, own) = (parts(source), parts(translation));
    (0..source.len().max(own.len()))
        .map(|index| (source.get(index).cloned().unwrap_or_default(), own.get(index).cloned().unwrap_or_default()))
        .collect()
}

/// A lesson's text cut at its level-1 headings.
fn parts(text: &str) -> Vec<String> {
    let body = cut(text).map_or(text, |cut| cut.body);
    let starts: Vec<usize> =
        curriculum::lesson::outline::outline(body, 1).iter().filter_map(|part| usize::try_from(part.line).ok()?.checked_sub(1)).collect();
    let lines: Vec<&str> = body.lines().collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).map(|(start, end)| lines.get(*start..end).unwrap_or_default().join("\n").trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_word_is_marked_and_what_is_alike_is_folded() {
        let before = (1..=20).map(|n| format!("línea {n}\n")).collect::<String>();
        let after = before.replace("línea 10\n", "línea diez\n").replace("línea 20\n", "línea 20\nfin\n");
        let found = diff(&before, &after);
        assert_eq!(found.counts, (1, 2));
        assert_eq!(found.rows.first(), Some(&DiffRow::Same(7)));
        let changed = found.rows.iter().find_map(|r| if let DiffRow::Changed(b, a) = r { Some((b.clone(), a.clone())) } else { None });
        let (b, a) = changed.expect("a change");
        assert!(
            b.iter().any(|(changed, text)| *changed && text == "10") && a.iter().any(|(changed, text)| *changed && text == "diez"),
            "{b:?} {a:?}"
        );
        assert_eq!(found.rows.last(), Some(&DiffRow::Changed(vec![], vec![(true, "fin".to_owned())])));
        assert_eq!(diff(&before, &before).counts, (0, 0));
    }

    #[test]
    fn parts_stand_side_by_side() {
        let source = "---\nid: a\n---\n# Uno {#p1 minutes=2}\nA\n# Dos {#p2 minutes=2}\nB\n";
        let own = "---\nid: a\n---\n# One {#p1}\nA\n";
        let rows = beside(source, own);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows.last(), Some(&("# Dos {#p2 minutes=2}\nB".to_owned(), String::new())));
    }
}
