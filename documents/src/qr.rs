//! The QR code as one SVG outline, so that no viewer leaves hairlines between its modules.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// A QR code of error level Q, without its quiet zone.
pub(crate) struct Qr {
    /// Modules to a side.
    pub(crate) modules: usize,
    /// SVG picture, one unit to a module.
    pub(crate) svg: String,
}

/// East, south, west, north.
const STEPS: [(i32, i32); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

impl Qr {
    /// `None` if the text is too long.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let code = QRBuilder::new(text).ecl(ECL::Q).build().ok()?;
        let side = i32::try_from(code.size).ok()?;
        let dark = |x: i32, y: i32| {
            (0..side).contains(&x) && (0..side).contains(&y) && {
                let (x, y) = (x.unsigned_abs() as usize, y.unsigned_abs() as usize);
                code[y].get(x).is_some_and(|module| module.value())
            }
        };
        // Every side between dark and light, walked with the dark on the right.
        let mut edges: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
        for y in 0..side {
            for x in (0..side).filter(|&x| dark(x, y)) {
                let corners = [(x, y, 0, -1), (x + 1, y, 1, 0), (x + 1, y + 1, 0, 1), (x, y + 1, -1, 0)];
                for (direction, (cx, cy, dx, dy)) in corners.into_iter().enumerate() {
                    if !dark(x + dx, y + dy) {
                        edges.entry((cy, cx)).or_default().push(direction);
                    }
                }
            }
        }
        let mut path = String::new();
        while let Some((&(sy, sx), _)) = edges.first_key_value() {
            let _ = write!(path, "M{sx} {sy}");
            let (mut x, mut y, mut heading, mut run) = (sx, sy, usize::MAX, 0);
            while let Some(next) = take(&mut edges, (y, x), heading) {
                if next != heading {
                    segment(&mut path, heading, run);
                    (heading, run) = (next, 0);
                }
                let (dx, dy) = STEPS[next];
                (x, y, run) = (x + dx, y + dy, run + 1);
                if (x, y) == (sx, sy) {
                    break;
                }
            }
            // The last straight is drawn by closing.
            path.push('z');
        }
        let svg =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><path fill=\"#0a3a2d\" d=\"{path}\"/></svg>");
        Some(Self { modules: code.size, svg })
    }
}

/// Takes an edge that leaves the corner; where two do, the one that turns right.
fn take(edges: &mut BTreeMap<(i32, i32), Vec<usize>>, corner: (i32, i32), heading: usize) -> Option<usize> {
    let leaving = edges.get_mut(&corner)?;
    let right = heading.wrapping_add(1) % 4;
    let direction = match leaving.iter().position(|&d| d == right) {
        Some(index) => leaving.swap_remove(index),
        None => leaving.pop()?,
    };
    if leaving.is_empty() {
        edges.remove(&corner);
    }
    Some(direction)
}

fn segment(path: &mut String, heading: usize, run: i32) {
    // Writing to a string cannot fail.
    let _ = match heading {
        0 => write!(path, "h{run}"),
        1 => write!(path, "v{run}"),
        2 => write!(path, "h-{run}"),
        3 => write!(path, "v-{run}"),
        _ => Ok(()),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_is_small_and_bounded() {
        let qr = Qr::new("https://orienta.example.pe/verify/7ZK4M2QW9XH3T6RB5CDE8FGJ1P").expect("fits");
        assert!(qr.modules >= 37, "{}", qr.modules);
        assert!(qr.svg.len() < 12_000, "{}", qr.svg.len());
        assert!(Qr::new(&"x".repeat(5_000)).is_none());
    }
}
