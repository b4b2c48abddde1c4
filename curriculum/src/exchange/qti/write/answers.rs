//! The interactions of each type.

use super::response::{BEGIN, END, branches, declaration, identifier, mapped, matched, same, score, set};
use super::{FEEDBACK, Writer};
use crate::exchange::model::{Answer, Choice, Numeric, NumericKind, Pair, Text, shares};
use crate::exchange::number::Weight;
use crate::exchange::qti::answers::feedback_name;
use crate::exchange::report::{Field, Flaw, Remark};
use crate::exchange::text::one_line;
use crate::exchange::xml::escape;
use std::collections::BTreeMap;

fn name(place: usize) -> String {
    format!("choice-{place}")
}

/// What belongs to the left sides, each once.
#[derive(Default)]
struct Rights {
    texts: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Rights {
    /// Adds a text; whether it is new.
    fn add(&mut self, text: String) -> bool {
        if self.places.contains_key(&text) {
            return false;
        }
        self.texts.push(text.clone());
        self.places.insert(text, self.texts.len());
        true
    }

    /// Its place, from 1.
    fn place(&self, text: &str) -> usize {
        self.places.get(text).copied().unwrap_or_default()
    }
}

impl Writer<'_> {
    pub(super) fn single(&mut self, choices: &[Choice]) -> Result<(), Flaw> {
        let is_full = |c: &Choice| c.weight.is_none_or(|w| w == Weight::FULL);
        let first = choices.iter().position(|c| c.correct || c.weight == Some(Weight::FULL));
        // Beside the one right answer of a single choice, others are right by giving everything.
        let is_right = |(place, c): (usize, &Choice)| Some(place) == first || (c.correct || c.weight.is_some()) && is_full(c);
        let natural = choices.iter().enumerate().map(|pair| if is_right(pair) { Weight::FULL } else { Weight::ZERO });
        let natural: Vec<Weight> = natural.collect();
        let names: Vec<String> = (1..=choices.len()).map(name).collect();
        let weights: Vec<Weight> = choices.iter().zip(&natural).map(|(c, natural)| c.weight.unwrap_or(*natural)).collect();
        let is_plain = weights == natural && natural.iter().filter(|w| **w == Weight::FULL).count() < 2;
        let mapping: Vec<_> = if is_plain { Vec::new() } else { names.iter().cloned().zip(weights).collect() };
        let right = first.and_then(|place| names.get(place)).cloned();
        self.parts.declaration = declaration("single", "identifier", &right.into_iter().collect::<Vec<_>>(), &mapping);
        self.parts.processing = if is_plain { matched() } else { mapped() };
        self.choices(choices, &names, "single")
    }

    pub(super) fn multiple(&mut self, choices: &[Choice]) -> Result<(), Flaw> {
        let names: Vec<String> = (1..=choices.len()).map(name).collect();
        let is_right = |c: &Choice| c.correct || c.weight.is_some_and(|w| w > Weight::ZERO);
        let right: Vec<String> = names.iter().zip(choices).filter(|(_, c)| is_right(c)).map(|(n, _)| n.clone()).collect();
        let mapping: Vec<_> = names.iter().cloned().zip(shares(choices)).collect();
        self.parts.declaration = declaration("multiple", "identifier", &right, &mapping);
        self.parts.processing = mapped();
        self.choices(choices, &names, "multiple")
    }

    fn choices(&mut self, choices: &[Choice], names: &[String], cardinality: &str) -> Result<(), Flaw> {
        if choices.is_empty() {
            return Err(Flaw::NoAnswers);
        }
        let options: Vec<(String, String)> = names.iter().cloned().zip(choices.iter().map(|c| self.inline(&c.text))).collect();
        let feedbacks = names.iter().map(String::as_str).zip(choices.iter().map(|c| c.feedback.as_ref())).collect();
        self.interaction(&options, feedbacks, cardinality);
        Ok(())
    }

    pub(super) fn true_false(&mut self, is_true: bool, if_true: Option<&Text>, if_false: Option<&Text>) {
        let options = [("true", "Verdadero"), ("false", "Falso")].map(|(n, t)| (n.to_owned(), t.to_owned()));
        self.parts.declaration = declaration("single", "identifier", &[is_true.to_string()], &[]);
        self.parts.processing = matched();
        self.interaction(&options, vec![("true", if_true), ("false", if_false)], "single");
    }

    /// A choice interaction; its rules of scoring are there already.
    fn interaction(&mut self, options: &[(String, String)], feedbacks: Vec<(&str, Option<&Text>)>, cardinality: &str) {
        let simple = options.iter().map(|(name, text)| format!("<simpleChoice identifier=\"{name}\">{text}</simpleChoice>\n"));
        let most = if cardinality == "single" { 1 } else { 0 };
        self.parts.interaction = format!(
            "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"{most}\">\n{}</choiceInteraction>\n",
            simple.collect::<String>()
        );
        let mut is_any = false;
        for (name, text) in feedbacks {
            is_any |= self.feedback(FEEDBACK, name, text);
        }
        let mut rules = std::mem::take(&mut self.parts.processing);
        if is_any {
            self.outcome(FEEDBACK, cardinality);
            rules.push_str(&same(FEEDBACK));
        }
        self.parts.processing = format!("{BEGIN}{rules}{END}");
    }

    pub(super) fn short(&mut self, answers: &[Answer]) -> Result<(), Flaw> {
        let mut mapping = Vec::new();
        for answer in answers {
            let clean = self.clean(&answer.text);
            if clean.contains('\n') {
                self.report.once(self.line, Remark::LinesJoined);
            }
            mapping.push((one_line(&clean), answer.weight.unwrap_or(Weight::FULL)));
        }
        let best = mapping.iter().find(|(_, w)| *w == Weight::FULL).or(mapping.first()).ok_or(Flaw::NoAnswers)?;
        self.parts.declaration = declaration("single", "string", std::slice::from_ref(&best.0), &mapping);
        let said: Vec<Option<&Text>> = answers.iter().map(|a| a.feedback.as_ref()).collect();
        let names = self.answer_feedbacks(&said);
        let is = |text: &str| {
            format!("<match><variable identifier=\"RESPONSE\"/><baseValue baseType=\"string\">{}</baseValue></match>", escape(text))
        };
        let told = mapping.iter().zip(names).filter_map(|((text, _), name)| Some((is(text), set(FEEDBACK, &identifier(&name?)))));
        let told: Vec<_> = told.collect();
        let more = if told.is_empty() { String::new() } else { branches(&told) };
        self.parts.processing = format!("{BEGIN}{}{more}{END}", mapped());
        Ok(())
    }

    /// Writes the feedback of each answer and gives the name under which it is found.
    fn answer_feedbacks(&mut self, said: &[Option<&Text>]) -> Vec<Option<String>> {
        let mut names = Vec::new();
        for (place, text) in (1..).zip(said) {
            let name = feedback_name(place);
            names.push(self.feedback(FEEDBACK, &name, *text).then_some(name));
        }
        if names.iter().any(Option::is_some) {
            self.outcome(FEEDBACK, "single");
        }
        names
    }

    pub(super) fn numeric(&mut self, answers: &[Numeric]) -> Result<(), Flaw> {
        if answers.is_empty() {
            return Err(Flaw::NoAnswers);
        }
        let right = answers.iter().find_map(|a| match &a.kind {
            NumericKind::Value { value, .. } => Some(value.to_string()),
            NumericKind::Range { low, .. } => Some(low.to_string()),
            NumericKind::Any => None,
        });
        self.parts.declaration = declaration("single", "float", &right.into_iter().collect::<Vec<_>>(), &[]);
        let said: Vec<Option<&Text>> = answers.iter().map(|a| a.feedback.as_ref()).collect();
        let names = self.answer_feedbacks(&said);
        let rules = answers.iter().zip(names).map(|(answer, name)| {
            let told = name.map(|n| set(FEEDBACK, &identifier(&n))).unwrap_or_default();
            (condition(&answer.kind), format!("{}{told}", score(answer.weight.unwrap_or(Weight::FULL))))
        });
        self.parts.processing = format!("{BEGIN}{}{END}", branches(&rules.collect::<Vec<_>>()));
        Ok(())
    }

    pub(super) fn matching(&mut self, pairs: &[Pair]) -> Result<(), Flaw> {
        let mut asked: Vec<(String, String)> = Vec::new();
        let mut rights = Rights::default();
        let (lefted, distracting): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(|p| !self.clean(&p.left.text).is_empty());
        for pair in &lefted {
            let right = self.clean(&pair.right);
            asked.push((self.inline(&pair.left), right.clone()));
            rights.add(right);
        }
        if asked.is_empty() {
            return Err(Flaw::NoAnswers);
        }
        let places = (1..=lefted.len()).map(|n| n.to_string());
        let is_order = asked.len() > 1 && rights.texts.len() == pairs.len() && places.eq(lefted.iter().map(|p| self.clean(&p.left.text)));
        if is_order {
            self.report.add(self.line, Remark::PairsAsOrder);
            self.order(&rights.texts);
            return Ok(());
        }
        for pair in distracting {
            let right = self.clean(&pair.right);
            if !rights.add(right) {
                self.report.lost(self.line, Field::Distractors);
            }
        }
        self.pairs(&asked, &rights);
        Ok(())
    }

    fn pairs(&mut self, asked: &[(String, String)], rights: &Rights) {
        let correct: Vec<String> = (1..).zip(asked).map(|(at, (_, right))| format!("left-{at} right-{}", rights.place(right))).collect();
        let share = Weight::share(correct.len());
        let mapping: Vec<_> = correct.iter().map(|pair| (pair.clone(), share)).collect();
        self.parts.declaration = declaration("multiple", "directedPair", &correct, &mapping);
        self.parts.processing = format!("{BEGIN}{}{END}", mapped());
        let option = |name: String, most: usize, text: &str| {
            format!("<simpleAssociableChoice identifier=\"{name}\" matchMax=\"{most}\">{text}</simpleAssociableChoice>\n")
        };
        let left: String = (1..).zip(asked).map(|(at, (text, _))| option(format!("left-{at}"), 1, text)).collect();
        let right: String = (1..).zip(&rights.texts).map(|(at, text)| option(format!("right-{at}"), 0, &escape(text))).collect();
        self.parts.interaction = format!(
            "<matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxAssociations=\"0\">\n<simpleMatchSet>\n{left}\
             </simpleMatchSet>\n<simpleMatchSet>\n{right}</simpleMatchSet>\n</matchInteraction>\n"
        );
    }

    fn order(&mut self, rights: &[String]) {
        let names: Vec<String> = (1..=rights.len()).map(name).collect();
        self.parts.declaration = declaration("ordered", "identifier", &names, &[]);
        self.parts.processing = format!("{BEGIN}{}{END}", matched());
        let options = names.iter().zip(rights);
        let options = options.map(|(name, text)| format!("<simpleChoice identifier=\"{name}\">{}</simpleChoice>\n", escape(text)));
        self.parts.interaction = format!(
            "<orderInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\">\n{}</orderInteraction>\n",
            options.collect::<String>()
        );
    }
}

fn condition(kind: &NumericKind) -> String {
    let given = "<variable identifier=\"RESPONSE\"/>";
    let number = |n: &crate::exchange::number::Decimal| format!("<baseValue baseType=\"float\">{n}</baseValue>");
    match kind {
        NumericKind::Value { value, tolerance: None } => format!("<equal toleranceMode=\"exact\">{given}{}</equal>", number(value)),
        NumericKind::Value { value, tolerance: Some(t) } => {
            format!("<equal toleranceMode=\"absolute\" tolerance=\"{t} {t}\">{given}{}</equal>", number(value))
        }
        NumericKind::Range { low, high } => {
            format!("<and><gte>{given}{}</gte><lte>{given}{}</lte></and>", number(low), number(high))
        }
        NumericKind::Any => format!("<not><isNull>{given}</isNull></not>"),
    }
}
