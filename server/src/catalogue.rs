//! The published curriculum in memory: programmes by revision, current texts, rendered lessons, question banks.
//! Keyed by revision, so that several processes never disagree; read again when the newest publication changes.

use crate::failure::{Failure, Outcome};
use crate::persistence::database::Database;
use crate::persistence::entities::{
    content_body, file_publication, lesson_text, programme_files, programme_revision, publication, question_revision,
};
use crate::persistence::query;
use crate::services::authoring::desk::Desk;
use curriculum::{RenderedLesson, RenderedPart, Scenario, Term};
use domain::assessment::paper::BankQuestion;
use domain::assessment::question::AuthoredQuestion;
use domain::curriculum::{Language, Lesson, Module, Programme, Service};
use domain::ids::{EvaluationId, LessonId, ModuleId, ProgrammeId, RevisionId};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

/// What a programme's pages need beside its structure.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Extras {
    /// Terms.
    pub glossary: Vec<Term>,
    /// Practice cases.
    pub scenarios: Vec<Scenario>,
    /// Source of the help card, by language.
    #[serde(default)]
    pub help_card: BTreeMap<Language, String>,
}

/// Everything published at one moment.
#[derive(Default)]
struct Published {
    newest: i64,
    programmes: BTreeMap<String, Arc<Programme>>,
    current: BTreeMap<ProgrammeId, String>,
    texts: HashMap<(LessonId, Language), RevisionId>,
    extras: HashMap<ProgrammeId, Arc<Extras>>,
    banks: HashMap<ModuleId, Arc<Vec<BankQuestion>>>,
    services: Arc<[Service]>,
    help_lines: Arc<[Service]>,
    /// The folder of the module that a lesson belongs to.
    folders: HashMap<LessonId, String>,
    /// Lessons whose text was published more than once.
    rewritten: HashSet<(LessonId, Language)>,
    /// For a translation's revision, the source's that it follows.
    follows: HashMap<RevisionId, RevisionId>,
}

/// Services of the current programmes, each once.
fn services(published: &Published) -> Arc<[Service]> {
    let mut found: Vec<Service> = Vec::new();
    for programme in published.current.values().filter_map(|revision| published.programmes.get(revision)) {
        for service in &programme.services {
            if !found.iter().any(|s| s.id == service.id) {
                found.push(service.clone());
            }
        }
    }
    found.into()
}

/// A lesson's text ready for a page.
#[derive(Clone)]
pub struct Text {
    /// Its revision.
    pub revision: RevisionId,
    /// The language it is in, which may be the source language although another was asked for.
    pub language: Language,
    /// The rendered text.
    pub lesson: Arc<RenderedLesson>,
}

/// See the module.
#[derive(Default)]
pub struct Catalogue {
    published: RwLock<Arc<Published>>,
    rendered: RwLock<HashMap<RevisionId, Arc<RenderedLesson>>>,
    questions: RwLock<HashMap<RevisionId, Arc<AuthoredQuestion>>>,
    pub(crate) desk: RwLock<Option<Arc<Desk>>>,
}

/// Rendered lessons kept; a country's programmes have some hundred.
const MOST_RENDERED: usize = 1000;

impl Catalogue {
    /// Reads what is published, if anything changed.
    ///
    /// # Errors
    /// `Database`; `Inconsistent` for a body that cannot be read.
    pub async fn refresh(&self, database: &Database) -> Outcome<()> {
        let newest = query::number(database.read(), "SELECT coalesce(max(sequence), 0) AS n FROM publication", vec![]).await?;
        if self.snapshot().newest == newest {
            return Ok(());
        }
        let fresh = read(database, newest).await?;
        *self.published.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        Ok(())
    }

    fn snapshot(&self) -> Arc<Published> {
        self.published.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A programme by revision.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn programme(&self, revision: &str) -> Outcome<Arc<Programme>> {
        self.snapshot().programmes.get(revision).cloned().ok_or(Failure::NotFound)
    }

    /// The help card to print: of the first current programme that has one, in `language` or else in Spanish.
    #[must_use]
    pub fn help_card(&self, language: Language) -> Option<RenderedPart> {
        let published = self.snapshot();
        let mut cards = published.current.keys().filter_map(|id| Some(&published.extras.get(id)?.help_card));
        let card = cards.find(|card| !card.is_empty())?;
        let (language, source) = card.get_key_value(&language).or_else(|| card.get_key_value(&Language::Es))?;
        curriculum::render::lesson(source, *language, &[]).parts.into_iter().next()
    }

    /// Terms and practice cases of a programme.
    #[must_use]
    pub fn extras(&self, programme: &ProgrammeId) -> Arc<Extras> {
        self.snapshot().extras.get(programme).cloned().unwrap_or_default()
    }

    /// The current revision of a programme.
    #[must_use]
    pub fn current(&self, id: &ProgrammeId) -> Option<(String, Arc<Programme>)> {
        let published = self.snapshot();
        let revision = published.current.get(id)?;
        Some((revision.clone(), published.programmes.get(revision)?.clone()))
    }

    /// Current programmes.
    #[must_use]
    pub fn programmes(&self) -> Vec<(String, Arc<Programme>)> {
        let published = self.snapshot();
        published.current.keys().filter_map(|id| self.current(id)).collect()
    }

    /// Help lines and offices of all current programmes, each once.
    #[must_use]
    pub fn services(&self) -> Arc<[Service]> {
        self.snapshot().services.clone()
    }

    /// Those of them that stand in the frame of every page.
    #[must_use]
    pub fn help_lines(&self) -> Arc<[Service]> {
        self.snapshot().help_lines.clone()
    }

    /// The bank of a module.
    #[must_use]
    pub fn bank(&self, module: &ModuleId) -> Arc<Vec<BankQuestion>> {
        self.snapshot().banks.get(module).cloned().unwrap_or_default()
    }

    /// The evaluation with this id in a programme, with its module.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn evaluation<'p>(programme: &'p Programme, id: &EvaluationId) -> Outcome<(&'p Module, &'p domain::curriculum::Evaluation)> {
        programme.evaluation(id).ok_or(Failure::NotFound)
    }

    /// A lesson's text in `language`, else in Spanish: the current one where it still has the structure that she is held to,
    /// else the one that the structure was read from.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn text(&self, database: &Database, programme: &ProgrammeId, lesson: &Lesson, language: Language) -> Outcome<Text> {
        let published = self.snapshot();
        for language in [language, Language::Es] {
            let Some(revision) = published.texts.get(&(lesson.id.clone(), language)) else { continue };
            if let Some(text) = self.fitting(database, programme, lesson, revision, language).await? {
                return Ok(text);
            }
        }
        let glossary = published.extras.get(programme).cloned().unwrap_or_default();
        let rendered = self.rendered(database, &lesson.revision, Language::Es, &glossary.glossary).await?;
        Ok(Text { revision: lesson.revision.clone(), language: Language::Es, lesson: rendered })
    }

    /// Whether more than one text of a lesson was ever published in a language: who is in an older one stays there.
    #[must_use]
    pub fn is_rewritten(&self, lesson: &LessonId, language: Language) -> bool {
        self.snapshot().rewritten.contains(&(lesson.clone(), language))
    }

    /// A revision of a lesson's text, if it has the parts, checkpoints, questions and options of the structure that she is held
    /// to; a translation is measured by the source that it follows.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn fitting(
        &self,
        database: &Database,
        programme: &ProgrammeId,
        lesson: &Lesson,
        revision: &RevisionId,
        language: Language,
    ) -> Outcome<Option<Text>> {
        let published = self.snapshot();
        let glossary = published.extras.get(programme).cloned().unwrap_or_default();
        let rendered = self.rendered(database, revision, language, &glossary.glossary).await?;
        let fits = match published.follows.get(revision).filter(|_| language != Language::Es) {
            Some(source) => {
                let source = self.rendered(database, source, Language::Es, &glossary.glossary).await?;
                has_structure(&source, lesson) && parts_of(&rendered).eq(parts_of(&source))
            }
            None if language == Language::Es => has_structure(&rendered, lesson),
            None => rendered.parts.iter().map(|p| &p.id).eq(lesson.parts.iter().map(|p| &p.id)),
        };
        Ok(fits.then(|| Text { revision: revision.clone(), language, lesson: rendered }))
    }

    /// The folder of the module that a lesson belongs to.
    #[must_use]
    pub fn folder_of(&self, lesson: &LessonId) -> Option<String> {
        self.snapshot().folders.get(lesson).cloned()
    }

    async fn rendered(
        &self,
        database: &Database,
        revision: &RevisionId,
        language: Language,
        glossary: &[Term],
    ) -> Outcome<Arc<RenderedLesson>> {
        if let Some(found) = self.rendered.read().unwrap_or_else(PoisonError::into_inner).get(revision) {
            return Ok(found.clone());
        }
        let row = lesson_text::Entity::find_by_id(&revision.0).one(database.read()).await?.ok_or(Failure::NotFound)?;
        let lesson = Arc::new(curriculum::render::lesson(&row.source, language, glossary));
        let mut cache = self.rendered.write().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= MOST_RENDERED {
            cache.clear();
        }
        cache.insert(revision.clone(), lesson.clone());
        Ok(lesson)
    }

    /// A question by revision, as it was drawn.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn question(&self, database: &Database, revision: &RevisionId) -> Outcome<Arc<AuthoredQuestion>> {
        if let Some(found) = self.questions.read().unwrap_or_else(PoisonError::into_inner).get(revision) {
            return Ok(found.clone());
        }
        let row = question_revision::Entity::find_by_id(&revision.0).one(database.read()).await?.ok_or(Failure::NotFound)?;
        let question: Arc<AuthoredQuestion> = Arc::new(parse(&row.body, "question_revision")?);
        self.questions.write().unwrap_or_else(PoisonError::into_inner).insert(revision.clone(), question.clone());
        Ok(question)
    }
}

fn parts_of(text: &RenderedLesson) -> impl Iterator<Item = &str> {
    text.parts.iter().map(|part| part.id.as_str())
}

/// Whether a source text has the structure of a lesson: its keys are read from the structure, so each option has to be the
/// same in the same place.
fn has_structure(source: &RenderedLesson, lesson: &Lesson) -> bool {
    let checkpoint = |part: &RenderedPart, known: &domain::curriculum::Part| match (&part.checkpoint, &known.checkpoint) {
        (None, None) => true,
        (Some(written), Some(known)) => {
            written.id == known.id.0
                && written.questions.len() == known.questions.len()
                && written.questions.iter().zip(&known.questions).all(|(written, known)| {
                    written.id == known.id.0 && written.options.iter().eq(known.options.iter().map(|option| &option.text.es))
                })
        }
        _ => false,
    };
    source.parts.len() == lesson.parts.len()
        && source.parts.iter().zip(&lesson.parts).all(|(part, known)| part.id == known.id && checkpoint(part, known))
}

fn parse<T: serde::de::DeserializeOwned>(body: &str, table: &'static str) -> Outcome<T> {
    serde_json::from_str(body).map_err(|_| Failure::Inconsistent { table, column: "body" })
}

async fn read(database: &Database, newest: i64) -> Outcome<Published> {
    let connection = database.read();
    let mut published = Published { newest, ..Published::default() };
    for row in programme_revision::Entity::find().all(connection).await? {
        published.programmes.insert(row.id, Arc::new(parse(&row.body, "programme_revision")?));
    }
    let mut questions = HashMap::new();
    for row in publication::Entity::find().order_by_asc(publication::Column::Sequence).all(connection).await? {
        let Some(language) = Language::from_code(&row.language) else { continue };
        match (row.kind.as_str(), row.revision) {
            ("programme", Some(revision)) => drop(published.current.insert(ProgrammeId(row.content_id), revision)),
            ("programme", None) => drop(published.current.remove(&ProgrammeId(row.content_id))),
            ("lesson", Some(revision)) => {
                let lesson = (LessonId(row.content_id), language);
                if published.texts.insert(lesson.clone(), RevisionId(revision)).is_some() {
                    published.rewritten.insert(lesson);
                }
            }
            ("lesson", None) => drop(published.texts.remove(&(LessonId(row.content_id), language))),
            ("question", Some(revision)) => drop(questions.insert(row.content_id, revision)),
            ("question", None) => drop(questions.remove(&row.content_id)),
            ("glossary", Some(revision)) => {
                let body = content_body::Entity::find_by_id(revision).one(connection).await?.ok_or(Failure::NotFound)?;
                published.extras.insert(ProgrammeId(row.content_id), Arc::new(parse(&body.body, "content_body")?));
            }
            _ => {}
        }
    }
    published.folders = folders(database, &published.texts).await?;
    published.follows = follows(database).await?;
    published.banks = banks(database, questions).await?;
    published.services = services(&published);
    published.help_lines = published.services.iter().filter(|s| s.frame).cloned().collect();
    Ok(published)
}

/// The module's folder of each lesson: a text's revision is the digest of its file.
async fn folders(database: &Database, texts: &HashMap<(LessonId, Language), RevisionId>) -> Outcome<HashMap<LessonId, String>> {
    let mut paths: HashMap<String, String> = HashMap::new();
    for list in programme_files::Entity::find().all(database.read()).await? {
        let listed: BTreeMap<String, String> = parse(&list.files, "programme_files")?;
        paths.extend(listed.into_iter().map(|(path, digest)| (digest, path)));
    }
    let folder = |revision: &RevisionId| Some(paths.get(&revision.0)?.split_once("/lessons/")?.0.to_owned());
    let sources = texts.iter().filter(|((_, language), _)| *language == Language::Es);
    Ok(sources.filter_map(|((lesson, _), revision)| Some((lesson.clone(), folder(revision)?))).collect())
}

/// Which source each translation follows.
async fn follows(database: &Database) -> Outcome<HashMap<RevisionId, RevisionId>> {
    let rows = file_publication::Entity::find().filter(file_publication::Column::Follows.is_not_null());
    let rows = rows.order_by_asc(file_publication::Column::Sequence).all(database.read()).await?;
    Ok(rows.into_iter().filter_map(|row| Some((RevisionId(row.digest?), RevisionId(row.follows?)))).collect())
}

async fn banks(database: &Database, current: HashMap<String, String>) -> Outcome<HashMap<ModuleId, Arc<Vec<BankQuestion>>>> {
    let mut banks: HashMap<ModuleId, Vec<BankQuestion>> = HashMap::new();
    let rows = question_revision::Entity::find().order_by_asc(question_revision::Column::QuestionId);
    for row in rows.filter(question_revision::Column::Revision.is_in(current.into_values())).all(database.read()).await? {
        let question = parse(&row.body, "question_revision")?;
        banks.entry(ModuleId(row.module_id)).or_default().push(BankQuestion { revision: RevisionId(row.revision), question });
    }
    Ok(banks.into_iter().map(|(module, bank)| (module, Arc::new(bank))).collect())
}
