//! Mends how Typst 0.15 hands over combining marks that a font raises or lowers (p̃ in Libertinus Serif).
//!
//! It breaks the run where the vertical offset changes and gives both pieces the text of the whole cluster, so that a
//! reader of the file, human ear or machine, gets `p̃p̃`. The paper is right, the text is not. Here the mark goes
//! back to the glyphs of its letter, with its offset, and the cluster is said once.

use typst::layout::{Abs, Em, Frame, FrameItem, Point};
use typst::text::{Glyph, TextItem};
use typst_layout::PagedDocument;

/// The document with every mark in the run of its letter.
pub(crate) fn mended(mut document: PagedDocument) -> PagedDocument {
    let mut pages = document.pages().to_vec();
    for page in &mut pages {
        mend(&mut page.frame);
    }
    PagedDocument::new(pages.into(), std::mem::take(document.info_mut()))
}

fn mend(frame: &mut Frame) {
    // For each item: the glyphs it gains, and whether it goes away.
    let mut gains: Vec<Vec<Glyph>> = vec![Vec::new(); frame.items().len()];
    let mut gone = vec![false; gains.len()];
    let mut letter: Option<(usize, Point, &TextItem, Abs)> = None;
    for (index, (position, item)) in frame.items().enumerate() {
        let FrameItem::Text(text) = item else {
            letter = None;
            continue;
        };
        if let Some((first, start, base, end)) = letter
            && let Some(glyphs) = marks_of(base, start, text, *position, end)
        {
            letter = Some((first, start, base, end + text.width()));
            gains[first].extend(glyphs);
            gone[index] = true;
        } else {
            letter = Some((index, *position, text, position.x + text.width()));
        }
    }
    let mut index = 0;
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => mend(&mut group.frame),
            FrameItem::Text(text) => text.glyphs.append(&mut gains[index]),
            _ => {}
        }
        index += 1;
        !gone[index - 1]
    });
}

/// The glyphs of `piece`, if it is nothing but marks of the last letter of `base`, which ends at `end`.
fn marks_of(base: &TextItem, start: Point, piece: &TextItem, position: Point, end: Abs) -> Option<Vec<Glyph>> {
    let cluster = base.glyphs.last()?.range.clone();
    let said = base.text.get(usize::from(cluster.start)..usize::from(cluster.end))?;
    let alike = base.font == piece.font && base.size == piece.size && base.fill == piece.fill && base.stroke == piece.stroke;
    let here = alike && said.chars().count() > 1 && said == piece.text.as_str() && (end - position.x).abs() < Abs::pt(0.01);
    here.then(|| {
        // Upwards in a glyph, downwards on the page.
        let raised = Em::from_abs(start.y - position.y, base.size);
        piece.glyphs.iter().map(|g| Glyph { y_offset: g.y_offset + raised, range: cluster.clone(), ..g.clone() }).collect()
    })
}
