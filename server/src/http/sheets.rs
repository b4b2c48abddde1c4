//! Exported sheets as CSV and XLSX.

use crate::failure::{Failure, Outcome};
use app::features::totals::{Cell, Sheet};
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// UTF-8 CSV with the mark that Excel asks for.
///
/// # Errors
/// `Internal` when it cannot be written.
pub fn csv(sheet: &Sheet) -> Outcome<Vec<u8>> {
    let fault = |error: csv::Error| Failure::Internal(error.to_string());
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(&sheet.heads).map_err(fault)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(plain)).map_err(fault)?;
    }
    writer.into_inner().map_err(|error| Failure::Internal(error.to_string()))
}

/// A text that a spreadsheet would take for a formula gets an apostrophe before it.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
    }
}

/// A workbook with one sheet, its first row fixed.
///
/// # Errors
/// `Internal` when it cannot be written.
pub fn xlsx(sheet: &Sheet) -> Outcome<Vec<u8>> {
    workbook(sheet).map_err(|error| Failure::Internal(error.to_string()))
}

fn workbook(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name(&sheet.name)?;
    let bold = Format::new().set_bold();
    let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    for (at, head) in sheet.heads.iter().enumerate() {
        page.write_string_with_format(0, column(at), head, &bold)?;
    }
    for (line, row) in sheet.rows.iter().enumerate() {
        let line = u32::try_from(line + 1).unwrap_or(u32::MAX);
        for (at, cell) in row.iter().enumerate() {
            match cell {
                Cell::Text(text) => page.write_string(line, column(at), text)?,
                // Whole numbers far below 2^53: exact as the sheet's floating point.
                Cell::Number(number) => page.write_number(line, column(at), i32::try_from(*number).unwrap_or(i32::MAX))?,
            };
        }
    }
    page.set_freeze_panes(1, 1)?;
    page.autofit();
    book.save_to_buffer()
}

/// A file to be kept.
#[must_use]
pub fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = Body::from(bytes).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let text = |text: &str| Cell::Text(text.to_owned());
        Sheet {
            name: "Horas".to_owned(),
            heads: vec!["Nombre".to_owned(), "Minutos".to_owned()],
            rows: vec![vec![text("=HYPERLINK(\"x\")"), Cell::Number(1800)], vec![text("Ñahui, Rosa \"R\""), Cell::Number(-5)]],
        }
    }

    #[test]
    fn a_text_is_never_a_formula() {
        let written = String::from_utf8(csv(&sheet()).expect("written")).expect("UTF-8");
        assert_eq!(written, "\u{feff}Nombre,Minutos\n\"'=HYPERLINK(\"\"x\"\")\",1800\n\"Ñahui, Rosa \"\"R\"\"\",-5\n");
    }

    #[test]
    fn the_workbook_is_a_package() {
        let written = xlsx(&sheet()).expect("written");
        assert!(written.starts_with(b"PK\x03\x04"));
    }
}
