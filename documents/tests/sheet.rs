//! The sheet of a session, read back with `pdfinfo` and `pdftotext` (poppler-utils). Where one is absent the test fails.

#[cfg(test)]
mod sheet {
    use documents::{DocumentError, Language, Sheet, SheetItem, SheetLine};
    use std::process::Command;

    fn sample(people: usize) -> Sheet {
        let line = |n: usize| SheetLine {
            name: format!("Ñusta {n} Huamán de los Ángeles *Yupanqui* #p̃"),
            document: "DNI •••••001".into(),
            note: (n == people).then(|| "Invitada de Yanahuanca 2026".to_owned()),
        };
        Sheet {
            title: "Jornada presencial".into(),
            cohort: "Lamas 2026".into(),
            place: "Local comunal, Lamas".into(),
            day: "lunes 23 de noviembre de 2026".into(),
            hours: "10:00 a. m. a 12:00 p. m.".into(),
            agenda: vec![SheetItem { lesson: "1.3 Encuentro".into(), hours: "10:00 a. m. a 12:00 p. m.".into() }],
            people: (1..=people).map(line).collect(),
            language: Language::Es,
        }
    }

    /// What a tool prints of the file.
    fn run(tool: &str, arguments: &[&str], pdf: &[u8]) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sheet.pdf");
        std::fs::write(&path, pdf).expect("written");
        let mut command = Command::new(tool);
        command.args(arguments).arg(&path);
        if tool == "pdftotext" {
            command.arg("-");
        }
        let output = command.output().expect(tool);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    #[test]
    fn it_names_everything_and_can_be_heard() {
        let pdf = documents::sheet(&sample(3)).expect("made");
        let info = run("pdfinfo", &[], &pdf);
        for said in ["Tagged:          yes", "A4", "Pages:           1", "Title:           Hoja de asistencia: Jornada presencial"] {
            assert!(info.contains(said), "{said}: {info}");
        }
        let text = run("pdftotext", &["-layout"], &pdf);
        for said in [
            "Local comunal, Lamas",
            "1.3 Encuentro",
            "Entrada",
            "Salida",
            "Firma",
            "*Yupanqui*",
            "Invitadas de otras cohortes",
            "Invitada de Yanahuanca 2026",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        let structure = run("pdfinfo", &["-struct"], &pdf);
        for tag in ["H1", "H2", "Table", "TH", "TD"] {
            assert!(structure.contains(tag), "{tag}: {structure}");
        }
        assert_eq!(pdf, documents::sheet(&sample(3)).expect("made"), "the same bytes");
    }

    #[test]
    fn a_long_list_has_its_head_on_every_page() {
        let pdf = documents::sheet(&Sheet { language: Language::En, ..sample(60) }).expect("made");
        let text = run("pdftotext", &["-layout"], &pdf);
        let pages: Vec<&str> = text.split('\u{c}').filter(|p| p.contains("Huamán")).collect();
        assert!(pages.len() > 2, "{} pages", pages.len());
        assert!(pages.iter().all(|page| page.contains("Signature") && page.contains("Page ")), "{text}");
    }

    #[test]
    fn an_empty_title_is_refused_and_an_empty_list_is_not() {
        let empty = documents::sheet(&Sheet { title: " ".into(), ..sample(1) });
        assert!(matches!(empty, Err(DocumentError::Empty("title"))));
        assert!(documents::sheet(&sample(0)).is_ok());
    }
}
