//! Ready-made pieces for whoever knows no Markdown, and the place in a lesson where they go.

use crate::lesson::outline::outline;

/// A piece that a button inserts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Another part: a heading with its minutes.
    Part,
    /// A table of two columns.
    Table,
    /// A list in steps.
    Steps,
    /// A highlighted note.
    Note,
    /// A highlighted warning.
    Warning,
    /// An exercise with minutes of its own.
    Exercise,
    /// A checkpoint with three questions to fill in.
    Checkpoint,
}

impl Piece {
    /// Every piece, in the order of the buttons.
    pub const ALL: [Self; 7] = [Self::Table, Self::Steps, Self::Note, Self::Warning, Self::Exercise, Self::Checkpoint, Self::Part];

    /// As forms name it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Table => "table",
            Self::Steps => "steps",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Exercise => "exercise",
            Self::Checkpoint => "checkpoint",
        }
    }

    /// The piece of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|piece| piece.code() == code)
    }
}

/// The text of a piece, with ids that are free in `body`.
#[must_use]
pub fn piece(piece: Piece, lesson: &str, objective: &str, body: &str) -> String {
    match piece {
        Piece::Table => {
            "| Situación | Qué hacer |\n| --- | --- |\n| Primera situación | Lo que se hace |\n| Segunda situación | Lo que se hace |\n"
                .to_owned()
        }
        Piece::Steps => "1. Primer paso.\n2. Segundo paso.\n3. Tercer paso.\n".to_owned(),
        Piece::Note => "> [!NOTE]\n> Una idea que ayuda.\n".to_owned(),
        Piece::Warning => "> [!WARNING]\n> Lo que nunca se debe olvidar.\n".to_owned(),
        Piece::Exercise => "## Piénsalo con calma {.exercise minutes=3}\n\nLo que hay que hacer o escribir.\n".to_owned(),
        Piece::Part => format!("# Título de la parte {{#{} minutes=8}}\n\nUna idea.\n", free("p", body, |id| format!("{{#{id} "))),
        Piece::Checkpoint => checkpoint(lesson, objective, body),
    }
}

fn checkpoint(lesson: &str, objective: &str, body: &str) -> String {
    let id = free(&format!("{lesson}-c"), body, |id| format!("id: {id}\n"));
    let passage = outline(body, 1).iter().rev().find_map(|part| part.id.clone()).unwrap_or_else(|| "p1".to_owned());
    let question = |letter: char| {
        format!(
            "  - id: {id}-{letter}\n    passage: {passage}\n    prompt: \"Escribe aquí la pregunta\"\n    options:\n      - {{text: \"La respuesta correcta\", correct: true, feedback: \"Por qué es correcta\"}}\n      - {{text: \"Una respuesta equivocada\", feedback: \"Por qué no\"}}\n      - {{text: \"Otra respuesta equivocada\", feedback: \"Por qué no\"}}\n"
        )
    };
    let questions: String = ['a', 'b', 'c'].into_iter().map(question).collect();
    format!("```checkpoint\nid: {id}\nobjective: {objective}\nminutes: 3\nquestions:\n{questions}```\n")
}

/// The first of `p1`, `p2` … whose mark is not in `body`.
fn free(start: &str, body: &str, mark: impl Fn(&str) -> String) -> String {
    (1..=999).map(|n| format!("{start}{n}")).find(|id| !body.contains(&mark(id))).unwrap_or_else(|| format!("{start}0"))
}

/// `body` with `text` at the end of the part in position `part` (from 0; beyond the last: the last), before the
/// checkpoint that ends it. A blank line stands around it.
#[must_use]
pub fn insert(body: &str, part: usize, text: &str) -> String {
    let lines: Vec<&str> = body.split_inclusive('\n').collect();
    let parts = outline(body, 1);
    let part = part.min(parts.len().saturating_sub(1));
    let line_of = |line: u32| usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
    let end = parts.get(part + 1).map_or(lines.len(), |next| line_of(next.line));
    // A block's line is that of its content: the fence stands one line above.
    let fence = parts.get(part).and_then(|p| p.checkpoints.first()).map(|block| line_of(block.line).saturating_sub(1));
    let at = fence.unwrap_or(end).min(lines.len());
    let (before, after): (String, String) = (lines.iter().take(at).copied().collect(), lines.iter().skip(at).copied().collect());
    let gap = if after.trim().is_empty() { "" } else { "\n" };
    format!("{}\n\n{}{gap}{}", before.trim_end(), text, after.trim_start_matches('\n')).trim_start_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "# Uno {#p1 minutes=5}\n\nTexto.\n\n# Dos {#p2 minutes=5}\n\nMás.\n\n```checkpoint\nid: l-c1\n```\n";

    #[test]
    fn a_piece_goes_before_the_checkpoint_or_to_the_end_of_its_part() {
        let steps = piece(Piece::Steps, "l", "o", BODY);
        let first = insert(BODY, 0, &steps);
        assert!(
            first.starts_with("# Uno {#p1 minutes=5}\n\nTexto.\n\n1. Primer paso.\n2. Segundo paso.\n3. Tercer paso.\n\n# Dos"),
            "{first}"
        );
        let second = insert(BODY, 1, &steps);
        assert!(second.contains("Más.\n\n1. Primer paso.") && second.contains("3. Tercer paso.\n\n```checkpoint"), "{second}");
        assert_eq!(insert(BODY, 9, &steps), second);
        assert_eq!(insert("", 0, "a\n"), "a\n");
        assert!(insert("# Solo {#p1 minutes=5}\n\nTexto.\n", 0, "b\n").ends_with("Texto.\n\nb\n"));
    }

    #[test]
    fn ids_are_free() {
        let part = piece(Piece::Part, "l", "o", BODY);
        assert!(part.contains("{#p3 minutes=8}"), "{part}");
        let check = piece(Piece::Checkpoint, "l", "m1-o1", BODY);
        assert!(check.contains("id: l-c2\n") && check.contains("passage: p2") && check.contains("objective: m1-o1"), "{check}");
    }

    #[test]
    fn every_code_is_read_back() {
        for one in Piece::ALL {
            assert_eq!(Piece::from_code(one.code()), Some(one));
        }
    }
}
