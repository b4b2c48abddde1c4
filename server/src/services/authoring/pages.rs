//! What the pages of authors show.

use super::desk::Desk;
use super::findings::sentence;
use super::norms::citing;
use super::review::unaccepted;
use super::{Draft, Kind, State, linted, shown};
use crate::clock::{LIMA, local};
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::draft;
use crate::persistence::query;
use crate::services::Acting;
use crate::services::curriculum::translation_source;
use app::features::authoring::{
    ComparePage, ContentDesk, ContentKind, ContentLesson, ContentModule, ContentQuestion, DraftAround, DraftNote, DraftResult, DraftRow,
    DraftState, LessonEditor, LintRow, MarkRow, NormsPage, ReviewPage, VersionRow, Weight,
};
use app::texts::Texts;
use curriculum::authoring::front;
use curriculum::authoring::index::{LessonEntry, ModuleEntry, QuestionEntry};
use curriculum::{Mistake, MistakeKind};
use domain::access::{Action, Resource};
use domain::assessment::question::ReferenceStatus;
use domain::curriculum::Language;
use domain::ids::{DraftId, ModuleId, PersonId};
use domain::time::Instant;
use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Most drafts in a list.
const MOST: u64 = 200;

/// The language of a file, by its name.
#[must_use]
pub fn language_of(path: &str) -> Language {
    if translation_source(path).is_some() { Language::En } else { Language::Es }
}

const fn kind(kind: Kind) -> ContentKind {
    match kind {
        Kind::Lesson => ContentKind::Lesson,
        Kind::Question => ContentKind::Question,
        Kind::Scenario => ContentKind::Scenario,
        Kind::Words => ContentKind::Words,
    }
}

const fn state(state: State) -> DraftState {
    match state {
        State::Draft => DraftState::Draft,
        State::InReview => DraftState::InReview,
        State::Published => DraftState::Published,
        State::Dropped => DraftState::Dropped,
    }
}

/// Title of a draft: of its lesson or case, or the first words of its question.
fn title(draft: &Draft) -> String {
    match draft.kind {
        Kind::Lesson => front::read(&draft.body).map(|f| f.title).unwrap_or_default(),
        Kind::Question => {
            curriculum::authoring::question::read(&draft.body).map(|q| q.prompt.es.chars().take(120).collect()).unwrap_or_default()
        }
        Kind::Scenario => curriculum::authoring::scenario::read(&draft.body).map(|s| s.title.es).unwrap_or_default(),
        Kind::Words => draft.path.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}

/// What a reader of a language calls a module.
fn module_title(desk: &Desk, path: &str, t: Texts) -> String {
    desk.index.module_of(path).map(|m| m.title.get(t.language()).to_owned()).unwrap_or_default()
}

/// Minutes, preview and lint of a draft.
#[must_use]
pub fn result(desk: &Desk, draft: &Draft, t: Texts) -> DraftResult {
    let found = linted(desk, draft);
    let above = if draft.kind == Kind::Lesson { lines_above(&draft.body) } else { 0 };
    let row = |mistake: &Mistake, weight: Weight| {
        let (title, text) = sentence(t, &mistake.what);
        let line = (mistake.file == draft.path && mistake.line > above && draft.kind != Kind::Question).then(|| mistake.line - above);
        LintRow { weight, line, title, text }
    };
    let mistakes = found.mistakes.iter().map(|m| row(m, Weight::Mistake));
    let lint = mistakes.chain(found.warnings.iter().map(|w| row(w, Weight::Warning))).collect();
    if draft.kind != Kind::Lesson {
        return DraftResult { lint, ..DraftResult::default() };
    }
    let language = language_of(&draft.path);
    let lesson = lesson_id(draft);
    let rendered = curriculum::render::lesson(&draft.body, language, &glossary(desk));
    let media = format!("<img src=\"/course/{lesson}/media/");
    let parts = rendered.parts.iter().map(|part| (part.title.clone(), part.html.replace("<img src=\"media/", &media))).collect();
    let checkpoints = rendered.parts.iter().enumerate().filter_map(|(index, part)| {
        let questions = part.checkpoint.as_ref()?.questions.iter().map(|q| (q.prompt.clone(), q.options.clone())).collect();
        Some((index, questions))
    });
    DraftResult {
        words: rendered.parts.iter().map(|p| p.words).sum(),
        minutes: found.composition.map(|c| ((c.justified + 50) / 100, c.minutes)),
        checkpoints: checkpoints.collect(),
        parts,
        lint,
    }
}

/// Lines of the front matter: the editor counts from the text below it.
fn lines_above(body: &str) -> u32 {
    curriculum::lesson::cut(body).map_or(0, |cut| cut.body_line.saturating_sub(1) + leading(cut.body))
}

/// Blank lines that the editor does not show.
fn leading(body: &str) -> u32 {
    u32::try_from(body.lines().take_while(|line| line.trim().is_empty()).count()).unwrap_or(0)
}

fn glossary(desk: &Desk) -> Vec<curriculum::Term> {
    desk.index.glossary.clone()
}

/// The id of a draft's lesson, as its front matter or the published file tells; its pictures are addressed by it.
fn lesson_id(draft: &Draft) -> String {
    let id = draft.body.lines().find_map(|line| line.strip_prefix("id:")).map(|id| id.trim().to_owned());
    id.unwrap_or_default()
}

fn mark_row(desk: &Desk, mark: super::norms::Mark) -> MarkRow {
    let module = desk.index.module_of(&mark.path);
    let title = match module.filter(|_| mark.item.is_empty()) {
        Some(module) => module.lessons.iter().find(|l| l.path == mark.path).map(|l| l.title.clone()),
        None => module.and_then(|m| m.questions.iter().find(|q| q.id == mark.item)).map(|q| q.prompt.es.clone()),
    };
    MarkRow {
        id: mark.id.to_string(),
        title: title.unwrap_or(mark.path),
        norm: mark.norm,
        note: mark.note,
        href: module.map_or_else(|| "/author".to_owned(), module_address),
    }
}

fn module_address(module: &ModuleEntry) -> String {
    format!("/author/modules/{}", module.id)
}

/// Translations older than their source: where to open them, and their title.
fn stale_rows(desk: &Desk) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for module in &desk.index.modules {
        let stale = module.lessons.iter().filter(|l| l.path != l.source && desk.is_stale(&l.path, &l.source));
        rows.extend(stale.map(|lesson| (module_address(module), lesson.title.clone())));
    }
    rows
}

/// Modules: address, title, how many lessons, questions and cases.
fn module_rows(desk: &Desk, t: Texts) -> Vec<(String, String, usize, usize, usize)> {
    let row = |m: &ModuleEntry| {
        let lessons = m.lessons.iter().filter(|l| l.path == l.source).count();
        (module_address(m), m.title.get(t.language()).to_owned(), lessons, m.questions.len(), m.scenarios.len())
    };
    desk.index.modules.iter().map(row).collect()
}

/// Lessons of a module by language.
fn lesson_rows(desk: &Desk, module: &ModuleEntry) -> Vec<ContentLesson> {
    let row = |source: &LessonEntry| {
        let version = |language: Language| {
            let found = module.lessons.iter().find(|l| l.source == source.path && l.language == language);
            let path = found.map(|l| l.path.clone()).unwrap_or_default();
            VersionRow { language, stale: found.is_some() && path != source.path && desk.is_stale(&path, &source.path), path }
        };
        ContentLesson {
            title: source.title.clone(),
            source: source.path.clone(),
            versions: Language::ALL.into_iter().map(version).collect(),
        }
    };
    module.lessons.iter().filter(|l| l.path == l.source).map(row).collect()
}

fn question_rows(module: &ModuleEntry, t: Texts) -> Vec<ContentQuestion> {
    let row = |q: &QuestionEntry| ContentQuestion {
        id: q.id.clone(),
        path: q.path.clone(),
        prompt: q.prompt.get(t.language()).to_owned(),
        critical: q.critical,
    };
    module.questions.iter().map(row).collect()
}

impl Acting<'_> {
    async fn rows(&self, drafts: Vec<Draft>, desk: &Desk, t: Texts) -> Outcome<Vec<DraftRow>> {
        let names = self.names(drafts.iter().filter_map(|d| d.author).collect()).await?;
        let row = |draft: Draft| DraftRow {
            id: draft.id,
            kind: kind(draft.kind),
            title: title(&draft),
            module: module_title(desk, &draft.path, t),
            language: language_of(&draft.path),
            author: draft.author.and_then(|a| names.get(&a).cloned()).unwrap_or_default(),
            state: state(draft.state),
            at: local(draft.saved_at, LIMA),
        };
        Ok(drafts.into_iter().map(row).collect())
    }

    async fn open_drafts(&self) -> Outcome<Vec<Draft>> {
        let open = draft::Entity::find().filter(draft::Column::State.is_in([State::Draft.code(), State::InReview.code()]));
        let rows = open.order_by_desc(draft::Column::UpdatedAt).limit(MOST).all(self.services.database.read()).await?;
        rows.into_iter().map(Draft::try_from).collect()
    }

    /// What waits, and the modules.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn content_desk(&self, t: Texts) -> Outcome<ContentDesk> {
        self.may(Action::SeeContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let me = Some(self.signed.actor.person);
        let (mine, others): (Vec<Draft>, Vec<Draft>) = self.open_drafts().await?.into_iter().partition(|d| d.author == me);
        let waiting = others.into_iter().filter(|d| d.state == State::InReview).collect();
        let marks = self.open_marks().await?.into_iter().map(|mark| mark_row(&desk, mark)).collect();
        Ok(ContentDesk {
            mine: self.rows(mine, &desk, t).await?,
            waiting: self.rows(waiting, &desk, t).await?,
            marks,
            stale: stale_rows(&desk),
            modules: module_rows(&desk, t),
            writes: self.may(Action::WriteContent, &Resource::List).is_ok(),
        })
    }

    /// A module.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn content_module(&self, id: &str, t: Texts) -> Outcome<ContentModule> {
        self.may(Action::SeeContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let module = desk.index.module(id).ok_or(Failure::NotFound)?;
        let inside = |draft: &Draft| desk.index.module_of(&draft.path).is_some_and(|m| m.id == module.id);
        let drafts = self.open_drafts().await?.into_iter().filter(inside).collect();
        Ok(ContentModule {
            id: module.id.clone(),
            title: module.title.get(t.language()).to_owned(),
            lessons: lesson_rows(&desk, module),
            questions: question_rows(module, t),
            scenarios: module.scenarios.iter().map(|(_, path, title)| (path.clone(), title.get(t.language()).to_owned())).collect(),
            drafts: self.rows(drafts, &desk, t).await?,
            writes: self.may(Action::WriteContent, &Resource::List).is_ok(),
        })
    }

    /// What follows from a draft's text.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn draft_result(&self, draft: &Draft, t: Texts) -> Outcome<DraftResult> {
        self.may(Action::SeeContent, &Resource::List)?;
        Ok(result(&*self.services.desk().await?, draft, t))
    }

    /// The editor of a lesson, of its author's own draft; `conflict` is what another window stored.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn lesson_editor(&self, draft: &Draft, conflict: Option<String>, t: Texts) -> Outcome<LessonEditor> {
        self.may(Action::WriteContent, &draft.resource())?;
        let desk = self.services.desk().await?;
        let fields = front::read(&draft.body).unwrap_or_default();
        let module = desk.index.module_of(&draft.path);
        let objectives = module.map(|m| m.objectives.iter().map(|o| (o.id.0.clone(), o.text.get(t.language()).to_owned())).collect());
        let around = self.around(draft, conflict, t).await?;
        let pictures = self.pictures(module.map(|m| m.folder.as_str()).unwrap_or_default()).await?;
        let body = curriculum::lesson::cut(&draft.body).map_or(draft.body.as_str(), |cut| cut.body);
        Ok(LessonEditor {
            module: module_title(&desk, &draft.path, t),
            module_id: module.map(|m| m.id.clone()).unwrap_or_default(),
            title: fields.title.clone(),
            language: language_of(&draft.path),
            translation: translation_source(&draft.path).is_some(),
            body: body.trim_start_matches('\n').to_owned(),
            objectives: objectives.unwrap_or_default(),
            chosen: fields.objectives,
            references: fields
                .references
                .into_iter()
                .map(|r| {
                    let day = r.verified.map(|d| d.to_string()).unwrap_or_default();
                    (r.norm, r.status == ReferenceStatus::Confirmed, day, r.reviewer.unwrap_or_default())
                })
                .collect(),
            parts: around.result.parts.iter().map(|(title, _)| title.clone()).collect(),
            pictures,
            around,
        })
    }

    /// What stands around the text of an own draft; `conflict` is what another window stored.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn around(&self, draft: &Draft, conflict: Option<String>, t: Texts) -> Outcome<DraftAround> {
        self.may(Action::WriteContent, &draft.resource())?;
        let desk = self.services.desk().await?;
        let others = draft::Entity::find()
            .filter(draft::Column::Path.eq(&draft.path))
            .filter(draft::Column::Item.eq(&draft.item))
            .filter(draft::Column::State.is_in([State::Draft.code(), State::InReview.code()]))
            .filter(draft::Column::Id.ne(draft.id.0))
            .filter(draft::Column::AuthorId.is_not_null());
        let others: Vec<PersonId> =
            others.all(self.services.database.read()).await?.into_iter().filter_map(|d| d.author_id.map(PersonId)).collect();
        Ok(DraftAround {
            id: draft.id,
            version: draft.version,
            saved_at: local(draft.saved_at, LIMA),
            overtaken: draft.is_overtaken(&desk),
            returned: self.notes(draft.id).await?.into_iter().next().filter(|n| n.kind == "returned").map(|n| n.note),
            conflict,
            also: self.names(others).await?.into_values().next(),
            result: result(&desk, draft, t),
        })
    }

    /// Whether there is such a module, and a file, if one is named, lies in it.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn in_module(&self, module: &str, path: &str) -> Outcome<()> {
        self.may(Action::SeeContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let module = desk.index.module(module).ok_or(Failure::NotFound)?;
        let inside = path.is_empty() || desk.index.module_of(path).is_some_and(|m| m.id == module.id);
        if inside { Ok(()) } else { Err(Failure::NotFound) }
    }

    /// The module that a draft belongs to.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn module_of(&self, draft: &Draft) -> Outcome<ModuleId> {
        self.may(Action::SeeContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        desk.index.module_of(&draft.path).map(|m| ModuleId(m.id.clone())).ok_or(Failure::NotFound)
    }

    /// Pictures of a module: as they stand in a text, and their words.
    async fn pictures(&self, folder: &str) -> Outcome<Vec<(String, String)>> {
        #[derive(FromQueryResult)]
        struct Row {
            path: String,
            description: String,
        }
        let sql = "SELECT path, description FROM media WHERE path LIKE $1 ORDER BY at DESC";
        let rows = query::all::<Row, _>(self.services.database.read(), sql, vec![format!("{folder}/media/%").into()]).await?;
        let name = |path: &str| path.strip_prefix(folder).map(|name| name.trim_start_matches('/').to_owned());
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let name = name(&row.path)?;
                let words = if row.description.is_empty() { name.clone() } else { row.description };
                Some((format!("![{}]({name})", words.replace(['[', ']', '\n', '\\'], " ")), words))
            })
            .collect())
    }

    /// What happened to a draft, newest first.
    async fn notes(&self, id: DraftId) -> Outcome<Vec<DraftNote>> {
        #[derive(FromQueryResult)]
        struct Row {
            kind: String,
            note: String,
            at: i64,
            by_person: Option<Uuid>,
        }
        let sql = "SELECT kind, note, at, by_person FROM draft_event WHERE draft_id = $1 ORDER BY sequence DESC";
        let rows = query::all::<Row, _>(self.services.database.read(), sql, vec![id.0.into()]).await?;
        let names = self.names(rows.iter().filter_map(|r| r.by_person.map(PersonId)).collect()).await?;
        Ok(rows
            .into_iter()
            .map(|row| DraftNote {
                kind: row.kind,
                note: row.note,
                by: row.by_person.and_then(|p| names.get(&PersonId(p)).cloned()).unwrap_or_default(),
                at: local(Instant(row.at), LIMA),
            })
            .collect())
    }

    async fn row(&self, draft: &Draft, desk: &Desk, t: Texts) -> Outcome<DraftRow> {
        self.rows(vec![draft.clone()], desk, t).await?.pop().ok_or(Failure::NotFound)
    }

    /// A draft against what is published, and a translation beside its source.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn compare(&self, id: DraftId, t: Texts) -> Outcome<ComparePage> {
        let draft = self.any_draft(id).await?;
        let desk = self.services.desk().await?;
        let published = desk.text(&draft.path, &draft.item).map(|text| super::compare::diff(text, &draft.body));
        let source = translation_source(&draft.path).and_then(|path| desk.text(&path, "").map(str::to_owned));
        let source = source.map(|source| super::compare::beside(&source, &draft.body)).unwrap_or_default();
        Ok(ComparePage { row: self.row(&draft, &desk, t).await?, published, source })
    }

    /// A draft to be reviewed.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn review_page(&self, id: DraftId, t: Texts) -> Outcome<ReviewPage> {
        let draft = self.any_draft(id).await?;
        let desk = self.services.desk().await?;
        let mut result = result(&desk, &draft, t);
        let unaccepted = unaccepted(&desk, &draft).into_iter().filter_map(|m| match m.what {
            MistakeKind::ToConfirm { norm } => Some(norm),
            _ => None,
        });
        let unaccepted: Vec<String> = if draft.state == State::InReview { unaccepted.collect() } else { Vec::new() };
        if draft.state == State::Published {
            result.lint.clear();
        }
        let published = desk.text(&draft.path, &draft.item);
        let diff = published.filter(|_| draft.state == State::InReview).map(|text| super::compare::diff(text, &draft.body));
        Ok(ReviewPage {
            row: self.row(&draft, &desk, t).await?,
            result,
            source: (draft.kind == Kind::Words && diff.is_none()).then(|| draft.body.clone()),
            shown: match draft.kind {
                Kind::Question => curriculum::authoring::question::read(&draft.body).map(|q| shown::question(&q, t)).unwrap_or_default(),
                Kind::Scenario => curriculum::authoring::scenario::read(&draft.body).map(|s| shown::scenario(&s, t)).unwrap_or_default(),
                Kind::Lesson | Kind::Words => Vec::new(),
            },
            diff,
            unaccepted,
            notes: self.notes(id).await?,
            overtaken: draft.state == State::InReview && draft.is_overtaken(&desk),
            reviews: self.may(Action::ReviewContent, &draft.resource()).is_ok(),
            accepts: self.may(Action::AcceptReference, &Resource::List).is_ok(),
            own: draft.author == Some(self.signed.actor.person),
        })
    }

    /// Who cites a norm.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn norms_page(&self, query: &str, marked: Option<usize>, t: Texts) -> Outcome<NormsPage> {
        self.may(Action::SeeContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let mut norms: BTreeMap<String, usize> = BTreeMap::new();
        for module in &desk.index.modules {
            let lessons = module.lessons.iter().flat_map(|l| &l.references);
            for reference in lessons.chain(module.questions.iter().flat_map(|q| &q.references)) {
                *norms.entry(reference.norm.clone()).or_default() += 1;
            }
        }
        let found: Vec<_> = citing(&desk, query)
            .into_iter()
            .map(|c| {
                let module = desk.index.module_of(&c.path);
                let href = module.map_or_else(|| "/author".to_owned(), |m| format!("/author/modules/{}", m.id));
                let title = if c.item.is_empty() { c.title } else { format!("{}: {}", t.author_kind_question(), c.title) };
                (href, title, c.norms, c.mentions)
            })
            .collect();
        Ok(NormsPage { query: query.to_owned(), found, norms: norms.into_iter().collect(), marked })
    }
}
