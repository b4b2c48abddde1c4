//! The little world a template lives in: itself, `data.json`, `qr.svg` and three cuts of Libertinus Serif, which has every
//! letter of the languages of Peru.

use std::path::PathBuf;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::marks;
use crate::{DocumentError, ENGINE_VERSION, Standard};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let files: [&'static [u8]; 3] = [
        include_bytes!("../fonts/LibertinusSerif-Regular.otf"),
        include_bytes!("../fonts/LibertinusSerif-Italic.otf"),
        include_bytes!("../fonts/LibertinusSerif-Semibold.otf"),
    ];
    let fonts: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

struct Desk {
    main: Source,
    data: (FileId, Bytes),
    qr: (FileId, Bytes),
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        [&self.data, &self.qr].into_iter().find(|(known, _)| *known == id).map(|(_, bytes)| bytes.clone()).ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    /// There is no clock.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash()))
}

fn file_id(name: &str) -> Result<FileId, DocumentError> {
    let path = VirtualPath::new(name).map_err(|error| DocumentError::Template(format!("{name}: {error:?}")))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// Empties the memory of the compiler when dropped, whatever the outcome: it would grow for ever.
struct Forget;

impl Drop for Forget {
    fn drop(&mut self) {
        // Typst's own re-export: another copy of comemo would empty nothing.
        typst::comemo::evict(0);
    }
}

/// Compiles the template and exports it.
pub(crate) fn compile(template: &str, data: Vec<u8>, qr: String, ident: String, standard: Standard) -> Result<Vec<u8>, DocumentError> {
    let _forget = Forget;
    let desk = Desk {
        main: Source::new(file_id("certificate.typ")?, template.to_owned()),
        data: (file_id("data.json")?, Bytes::new(data)),
        qr: (file_id("qr.svg")?, Bytes::from_string(qr)),
    };
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|errors| DocumentError::Template(tell(&desk, &errors)))?;
    let document = marks::mended(document);
    let standard = match standard {
        Standard::Archive => PdfStandard::A_2b,
        Standard::Accessible => PdfStandard::Ua_1,
    };
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some(format!("Orienta ({ENGINE_VERSION})"))),
        standards: PdfStandards::new(&[standard]).map_err(|error| DocumentError::Export(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| DocumentError::Export(tell(&desk, &errors)))
}

/// The messages, each with its line in the template where known.
fn tell(desk: &Desk, errors: &[SourceDiagnostic]) -> String {
    let one = |error: &SourceDiagnostic| {
        let line = desk.range(error.span).and_then(|range| desk.main.lines().byte_to_line(range.start));
        match line {
            Some(line) => format!("line {}: {}", line + 1, error.message),
            None => error.message.to_string(),
        }
    };
    errors.iter().map(one).collect::<Vec<_>>().join("; ")
}
