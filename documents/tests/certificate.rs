//! The printed certificate, read back with the tools of others: `pdfinfo`, `pdftotext`, `pdftoppm`, `pdffonts` (poppler-utils),
//! `zbarimg` (zbar-tools) and `qpdf`. Where one is absent the test fails.

#[cfg(test)]
mod certificate {
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    use documents::{Certificate, DocumentError, Language, Signatory, Standard, SyllabusLine, TEMPLATE};

    const NAME: &str = "Ñahui Yupanqui-p̃ de los Ángeles Huamancayo";
    const BOTH: [Standard; 2] = [Standard::Archive, Standard::Accessible];

    fn sample() -> Certificate {
        let line = |title: &str, minutes, grade: Option<&str>| SyllabusLine { title: title.into(), minutes, grade: grade.map(Into::into) };
        Certificate {
            holder: NAME.into(),
            document: "DNI 00000318".into(),
            programme: "Formación de orientadoras judiciales".into(),
            edition: "2026-II".into(),
            capacity: "participante aprobada".into(),
            hours_line: "30 horas cronológicas".into(),
            in_person_minutes: 660,
            self_paced_minutes: 1140,
            grade_hundredths: Some(1700),
            starts: "14 de setiembre de 2026".into(),
            ends: "21 de noviembre de 2026".into(),
            issued: "23 de noviembre de 2026".into(),
            issued_on: "2026-11-23".into(),
            place: "Lamas".into(),
            issuer: "Comisión Distrital de Acceso a la Justicia, Corte Superior de Justicia de San Martín".into(),
            number: "ORI-2026-000123-K".into(),
            verify_url: "https://orienta.example.pe/verify/7ZK4M2QW9XH3T6RB5CDE8FGJ1P".into(),
            code: "7ZK4M2QW9XH3T6RB5CDE8FGJ1P".into(),
            signatories: vec![
                Signatory {
                    name: "Presidencia de la Comisión Distrital de Acceso a la Justicia".into(),
                    office: "Corte Superior de Justicia de San Martín".into(),
                },
                Signatory { name: "Coordinación del programa".into(), office: "Equipo del programa".into() },
            ],
            syllabus: vec![
                line("M0 · Bienvenida", 60, None),
                line("M1 · Acceso a la justicia y mi rol", 240, Some("17")),
                line("M2 · Ética, confidencialidad y escucha", 240, Some("16.5")),
                line("M3 · Violencia contra las mujeres", 300, Some("18")),
                line("M4 · Violencia familiar: denuncia y protección", 300, Some("17")),
                line("M5 · Identidad y partidas", 240, Some("15")),
                line("M6 · Filiación y alimentos básicos", 240, Some("16")),
                line("M7 · Derivación, registro e interculturalidad", 120, Some("18")),
                line("M8 · Evaluación y cierre", 60, Some("17")),
            ],
            language: Language::Es,
        }
    }

    /// Everything at its longest.
    fn crowded() -> Certificate {
        let mut c = sample();
        c.holder = "María de los Ángeles Guadalupe Ñahui Yupanqui-Chuquimbalqui viuda de Huamancayo Tsamajain Sanchoma Pacaya".into();
        c.programme = "Programa de formación especializada de orientadoras y orientadores judiciales en acceso a la justicia, identidad, filiación y protección frente a la violencia".into();
        c.issuer = "Comisión Distrital de Acceso a la Justicia de Personas en Condición de Vulnerabilidad y Justicia en tu Comunidad, Corte Superior de Justicia de San Martín".into();
        c.signatories.push(c.signatories[0].clone());
        c.syllabus = (1..=40)
            .map(|n| SyllabusLine {
                title: format!("Módulo {n} · Derivación, registro, interculturalidad y seguimiento con enfoque de género"),
                minutes: 45,
                grade: Some("18.25".into()),
            })
            .collect();
        c
    }

    fn make(c: &Certificate, standard: Standard) -> Vec<u8> {
        documents::certificate(c, standard).expect("the certificate is made")
    }

    /// Runs a tool on the file and gives what it prints; a missing tool or a bad exit fails the test.
    fn run(tool: &str, arguments: &[&str]) -> String {
        let output = Command::new(tool).args(arguments).output().unwrap_or_else(|e| panic!("{tool} must be installed: {e}"));
        assert!(output.status.success(), "{tool} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn with_file<T>(bytes: &[u8], read: impl FnOnce(&str, &Path) -> T) -> T {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("certificate.pdf");
        fs::write(&path, bytes).expect("written");
        read(path.to_str().expect("a path"), folder.path())
    }

    /// Text with every run of white space made one space.
    fn text(bytes: &[u8], page: &str) -> String {
        let raw = with_file(bytes, |path, _| run("pdftotext", &["-f", page, "-l", page, path, "-"]));
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn pages(bytes: &[u8]) -> String {
        let info = with_file(bytes, |path, _| run("pdfinfo", &[path]));
        info.lines().find_map(|l| l.strip_prefix("Pages:")).expect("a count").trim().to_owned()
    }

    #[test]
    fn two_pages_small_and_the_same_bytes_twice() {
        for c in [sample(), crowded()] {
            for standard in BOTH {
                let bytes = make(&c, standard);
                assert!(bytes.starts_with(b"%PDF"));
                assert!(bytes.len() < 150_000, "{} bytes", bytes.len());
                assert_eq!(pages(&bytes), "2");
                assert!(bytes == make(&c, standard), "other bytes the second time");
            }
        }
        assert_ne!(make(&sample(), Standard::Archive), make(&sample(), Standard::Accessible));
    }

    #[test]
    fn what_it_must_say_can_be_read_by_a_machine() {
        for standard in BOTH {
            let bytes = make(&sample(), standard);
            let front = text(&bytes, "1");
            for said in [
                "CERTIFICADO",
                "Otorgado a",
                NAME,
                "DNI 00000318",
                "participante aprobada",
                "treinta (30) horas cronológicas",
                "11 h presenciales y 19 h virtuales",
                "edición 2026-II",
                "14 de setiembre de 2026",
                "Lamas, 23 de noviembre de 2026",
                "Coordinación del programa",
                "ORI-2026-000123-K",
                "7ZK4M2QW9XH3T6RB5CDE8FGJ1P",
            ] {
                assert!(front.contains(said), "{said} is not in: {front}");
            }
            let back = text(&bytes, "2");
            for said in [
                "Plan de estudios",
                "M4 · Violencia familiar: denuncia y protección",
                "16.5",
                "17 de 20 (diecisiete)",
                "30 h",
                NAME,
                "ORI-2026-000123-K",
                "otro documento",
            ] {
                assert!(back.contains(said), "{said} is not in: {back}");
            }
        }
    }

    #[test]
    fn english_has_no_spanish_left() {
        let mut c = sample();
        c.language = Language::En;
        c.hours_line = "30 clock hours".into();
        c.capacity = "approved participant".into();
        let bytes = make(&c, Standard::Accessible);
        let (front, back) = (text(&bytes, "1"), text(&bytes, "2"));
        for said in ["CERTIFICATE", "Awarded to", "thirty (30) clock hours", "11 h in person and 19 h online"] {
            assert!(front.contains(said), "{said} is not in: {front}");
        }
        assert!(back.contains("17 out of 20 (seventeen)"), "{back}");
        for word in ["Otorgado", "edición", "Nota", "Registro"] {
            assert!(!front.contains(word) && !back.contains(word), "{word}");
        }
    }

    #[test]
    fn academic_hours_never_stand_beside_clock_hours() {
        let mut c = sample();
        c.hours_line = "40 horas académicas de 45 minutos".into();
        let bytes = make(&c, Standard::Archive);
        let front = text(&bytes, "1");
        assert!(front.contains("cuarenta (40) horas académicas de 45 minutos: 660 min presenciales y 1140 min virtuales"), "{front}");
    }

    #[test]
    fn what_is_absent_leaves_no_hole() {
        let mut c = sample();
        c.grade_hundredths = None;
        c.in_person_minutes = 0;
        c.self_paced_minutes = 1800;
        c.signatories.clear();
        c.syllabus.clear();
        let bytes = make(&c, Standard::Accessible);
        assert_eq!(pages(&bytes), "2");
        assert!(text(&bytes, "1").contains("horas cronológicas, en modalidad virtual."));
        assert!(!text(&bytes, "2").contains("Nota"));
    }

    #[test]
    fn the_qr_reads_at_72_dpi_with_a_blur() {
        let long = "https://acceso-a-la-justicia.sanmartin.example.gob.pe/orienta/verify/7ZK4M2QW9XH3T6RB5CDE8FGJ1P";
        for url in [sample().verify_url, long.to_owned()] {
            let mut c = sample();
            c.verify_url = url.clone();
            for standard in BOTH {
                with_file(&make(&c, standard), |path, folder| {
                    let stem = folder.join("page");
                    run("pdftoppm", &["-r", "72", "-gray", "-singlefile", path, stem.to_str().expect("a path")]);
                    let sharp = stem.with_extension("pgm");
                    let blurred = folder.join("blurred.pgm");
                    fs::write(&blurred, blur(&fs::read(&sharp).expect("a picture"))).expect("written");
                    for picture in [sharp, blurred] {
                        let read = run("zbarimg", &["-q", "--raw", picture.to_str().expect("a path")]);
                        assert_eq!(read.trim_end(), url, "{picture:?}");
                    }
                });
            }
        }
    }

    /// Each pixel of a binary PGM becomes the mean of its three by three neighbours weighted 1-2-1: a Gaussian of about 0.7 pixels.
    fn blur(pgm: &[u8]) -> Vec<u8> {
        let header = pgm.iter().enumerate().filter(|(_, b)| b.is_ascii_whitespace()).nth(3).expect("a header").0 + 1;
        let words = String::from_utf8_lossy(&pgm[..header]).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!((words[0].as_str(), words[3].as_str()), ("P5", "255"));
        let (width, height): (usize, usize) = (words[1].parse().expect("a width"), words[2].parse().expect("a height"));
        let pixels = &pgm[header..];
        assert_eq!(pixels.len(), width * height);
        let at = |x: usize, y: usize| u32::from(pixels[y.min(height - 1) * width + x.min(width - 1)]);
        let mut out = pgm[..header].to_vec();
        for y in 0..height {
            for x in 0..width {
                let mut sum = 0;
                for (dy, wy) in [(0, 1), (1, 2), (2, 1)] {
                    for (dx, wx) in [(0, 1), (1, 2), (2, 1)] {
                        sum += wx * wy * at((x + dx).saturating_sub(1), (y + dy).saturating_sub(1));
                    }
                }
                out.push(u8::try_from(sum / 16).expect("a byte"));
            }
        }
        out
    }

    #[test]
    fn sound_to_qpdf_with_every_font_inside() {
        for standard in BOTH {
            with_file(&make(&crowded(), standard), |path, _| {
                run("qpdf", &["--check", path]);
                let fonts = run("pdffonts", &[path]);
                let faces = fonts.lines().skip(2).collect::<Vec<_>>();
                assert!(!faces.is_empty(), "{fonts}");
                for face in faces {
                    // The last columns are: embedded, subset, has a Unicode map, object and generation.
                    let columns = face.split_whitespace().rev().skip(2).take(3).collect::<Vec<_>>();
                    assert_eq!(columns, ["yes", "yes", "yes"], "{fonts}");
                    assert!(face.contains("LibertinusSerif"), "{fonts}");
                }
            });
        }
    }

    #[test]
    fn the_file_states_its_standard_and_its_date() {
        for (standard, mark) in [(Standard::Archive, "pdfaid:part>2<"), (Standard::Accessible, "pdfuaid:part>1<")] {
            let bytes = make(&sample(), standard);
            let metadata = with_file(&bytes, |path, _| run("pdfinfo", &["-meta", path]));
            assert!(metadata.contains(mark), "{metadata}");
            assert!(metadata.contains("2026-11-23"), "{metadata}");
        }
    }

    #[test]
    fn combining_marks_are_said_once() {
        let mut c = sample();
        c.holder = "P\u{303}erma M\u{303}a\u{331}ta\u{303} Cam\u{303}ap\u{303} Ng\u{303}u\u{308}e k\u{313}o \u{268}\u{303} Ñahui".into();
        // Poppler puts a space after a mark inside a word, so spaces do not count; ü comes composed.
        let name = c.holder.replace("u\u{308}", "ü").replace(' ', "");
        for standard in BOTH {
            let bytes = make(&c, standard);
            for page in ["1", "2"] {
                let said = text(&bytes, page).replace("u\u{308}", "ü").replace("a\u{303}", "ã").replace(' ', "");
                assert!(said.contains(&name.replace("a\u{303}", "ã")), "{name} is not in: {said}");
            }
        }
    }

    #[test]
    fn markup_in_the_data_is_only_text() {
        let mut c = sample();
        c.holder = "#panic() *Ana* $x$ \\ [Pérez] \"<b>".into();
        let front = text(&make(&c, Standard::Archive), "1");
        assert!(front.contains("#panic() *Ana* $x$ \\ [Pérez] \"<b>"), "{front}");
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let mut c = sample();
        c.holder = " ".into();
        assert!(matches!(documents::certificate(&c, Standard::Archive), Err(DocumentError::Empty("holder"))));
        let mut c = sample();
        c.issued_on = "23/11/2026".into();
        assert!(matches!(documents::certificate(&c, Standard::Archive), Err(DocumentError::Date(_))));
        // A character that no embedded font has would be an empty box on paper.
        let mut c = sample();
        c.holder = "Ana \u{13000}".into();
        assert!(matches!(documents::certificate(&c, Standard::Archive), Err(DocumentError::Export(_))));
        for template in ["#let x = \n#y", "#read(\"/etc/passwd\")", "#import \"@preview/cetz:0.3.0\"", "#datetime.today()"] {
            let error = documents::certificate_from(template, &sample(), Standard::Archive).expect_err(template);
            assert!(error.to_string().contains("line "), "{error}");
        }
    }

    #[test]
    fn the_digest_is_that_of_the_template() {
        assert_eq!(documents::template_digest(), documents::digest_of(TEMPLATE));
        assert_eq!(documents::digest_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn the_snapshot_travels_as_json() {
        let json = serde_json::to_string(&sample()).expect("written");
        assert!(json.contains("\"language\":\"es\""));
        assert_eq!(serde_json::from_str::<Certificate>(&json).expect("read"), sample());
    }

    /// Leaves the pages in `ORIENTA_SAMPLES`, to be looked at, with the time each took.
    #[test]
    #[ignore = "for the eye: ORIENTA_SAMPLES=FOLDER cargo test -p documents -- --ignored --nocapture"]
    fn samples_to_look_at() {
        let folder = std::env::var("ORIENTA_SAMPLES").expect("ORIENTA_SAMPLES names a folder");
        for (name, c) in [("warm-up", sample()), ("sample", sample()), ("crowded", crowded())] {
            for standard in BOTH {
                let start = std::time::Instant::now();
                let bytes = make(&c, standard);
                println!("{name} {standard:?}: {} bytes, {} ms", bytes.len(), start.elapsed().as_millis());
                fs::write(Path::new(&folder).join(format!("{name}-{standard:?}.pdf")), bytes).expect("written");
            }
        }
    }
}
