//! Beginning what was not there: a lesson, its translation, a case, a question.

use crate::failure::{Failure, Outcome};
use crate::persistence::entities::draft;
use crate::services::Acting;
use curriculum::authoring::place::{Piece, piece};
use curriculum::authoring::{bank, front};
use domain::access::{Action, Resource};
use domain::ids::DraftId;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

impl Acting<'_> {
    /// Begins a lesson of a module: with the next number, one part and a checkpoint to fill in.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict`; `Database`.
    pub async fn new_lesson(&self, module: &str, title: &str) -> Outcome<DraftId> {
        self.may(Action::WriteContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let module = desk.index.module(module).ok_or(Failure::NotFound)?;
        let slug = curriculum::lesson::slug(title);
        let slug = if slug.is_empty() { "leccion" } else { slug.as_str() };
        let taken = |n: usize| module.lessons.iter().any(|l| l.id == format!("{}-l{n}", module.id));
        let number = (1..=999).find(|n| !taken(*n)).ok_or(Failure::Conflict)?;
        let id = format!("{}-l{number}", module.id);
        let objective = module.objectives.first().map(|o| o.id.0.clone()).unwrap_or_default();
        let part = "\n# Título de la parte {#p1 minutes=8}\n\nUna idea, en frases cortas.\n";
        let body = format!("{part}\n{}", piece(Piece::Checkpoint, &id, &objective, part));
        let fields = front::Fields {
            title: title.to_owned(),
            minutes: "8".to_owned(),
            mode: "self-paced".to_owned(),
            objectives: vec![objective],
            ..front::Fields::default()
        };
        let path = format!("{}/lessons/{number:02}-{slug}.es.md", module.folder);
        self.compose(path, String::new(), front::fresh(&id, &fields, &body)).await
    }

    /// Begins the English text of a lesson: the same parts and checkpoints, to be translated.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict`; `Database`.
    pub async fn translate(&self, source: &str) -> Outcome<DraftId> {
        self.may(Action::WriteContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let text = desk.text(source, "").ok_or(Failure::NotFound)?;
        let path = format!("{}.en.md", source.strip_suffix(".es.md").ok_or(Failure::NotFound)?);
        self.compose(path, String::new(), curriculum::authoring::front::translation(text)).await
    }

    /// Begins a case of a module.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict`; `Database`.
    pub async fn new_scenario(&self, module: &str, title: &str) -> Outcome<DraftId> {
        self.may(Action::WriteContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let module = desk.index.module(module).ok_or(Failure::NotFound)?;
        let slug = curriculum::lesson::slug(title);
        let taken = |n: usize| module.scenarios.iter().any(|(id, ..)| *id == format!("{}-s{n}", module.id));
        let number = (1..=999).find(|n| !taken(*n)).ok_or(Failure::Conflict)?;
        let path = format!("{}/scenarios/{}.yaml", module.folder, if slug.is_empty() { format!("caso-{number}") } else { slug });
        let scenario = curriculum::Scenario {
            id: format!("{}-s{number}", module.id),
            objective: None,
            title: domain::curriculum::Localised { es: title.to_owned(), en: None },
            start: "n1".to_owned(),
            nodes: Vec::new(),
        };
        self.compose(path, String::new(), curriculum::authoring::scenario::write(&scenario)).await
    }

    /// Begins a question of a module.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict`; `Database`.
    pub async fn new_question(&self, module: &str) -> Outcome<DraftId> {
        self.may(Action::WriteContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let module = desk.index.module(module).ok_or(Failure::NotFound)?;
        let path = format!("{}/questions/nuevas.yaml", module.folder);
        let open = draft::Entity::find().filter(draft::Column::Path.eq(&path)).all(self.services.database.read()).await?;
        let text = desk.files.texts.get(&path).map(String::as_str).unwrap_or_default();
        let taken =
            |id: &str| module.questions.iter().any(|q| q.id == id) || open.iter().any(|d| d.item == id) || bank::block(text, id).is_some();
        let ids = (1..=9999).map(|n| format!("{}-n{n:02}", module.id));
        let id = ids.into_iter().find(|id| !taken(id)).ok_or(Failure::Conflict)?;
        let objective = module.objectives.first().map(|o| o.id.0.clone()).unwrap_or_default();
        let body =
            format!("- id: {id}\n  type: single-choice\n  objective: {objective}\n  points: 1\n  prompt: {{es: \"\"}}\n  options: []\n");
        self.compose(path, id, body).await
    }
}
