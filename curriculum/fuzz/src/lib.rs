//! What must hold of any bytes in any format.

use curriculum::exchange::{Format, dump, read, write};

/// Reads `data` as a file of `format`, prints it, and writes it in every format, twice with a reading between.
///
/// # Panics
/// Where something does not hold: that is what the fuzzer looks for.
pub fn exchange(format: Format, data: &[u8]) {
    let source = String::from_utf8_lossy(data);
    let (items, report) = read(format, &source);
    assert!(serde_json::from_str::<Vec<serde_json::Value>>(&dump(&items)).is_ok_and(|all| all.len() == items.len()));
    let lines = source.split(['\n', '\r']).count();
    assert!(report.notes.iter().all(|n| (1..=lines).contains(&(n.line as usize))), "{report:?}");
    for other in Format::ALL {
        let (first, _) = write(other, &items);
        let (second, _) = write(other, &read(other, &first).0);
        assert_eq!(second, first, "{} is no fixed point", other.name());
    }
}
