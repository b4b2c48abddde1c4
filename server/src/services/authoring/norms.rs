//! When a norm changes: everything that cites it, and marks of review on it.

use super::desk::Desk;
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{review_mark, review_mark_settled};
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::{self, Event};
use domain::access::{Action, Resource};
use sea_orm::{EntityTrait as _, FromQueryResult};
use serde_json::json;
use uuid::Uuid;

/// A text that cites a norm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citing {
    /// The file.
    pub path: String,
    /// The question in it; empty for a lesson.
    pub item: String,
    /// Its title or first words.
    pub title: String,
    /// The norms of its list that match.
    pub norms: Vec<String>,
    /// How often its text names it beyond that list.
    pub mentions: usize,
}

/// What a search keeps of a text: lower case, one space.
fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every lesson, translation and question that cites `norm` in its references or names it in its text.
#[must_use]
pub fn citing(desk: &Desk, norm: &str) -> Vec<Citing> {
    let wanted = folded(norm);
    let mut found = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    let matching = |references: &[domain::assessment::question::Reference]| -> Vec<String> {
        references.iter().map(|r| r.norm.clone()).filter(|n| folded(n).contains(&wanted)).collect()
    };
    for module in &desk.index.modules {
        for lesson in &module.lessons {
            let text = desk.text(&lesson.path, "").map(folded).unwrap_or_default();
            // The list of a translation is its source's.
            let (norms, mentions) = (matching(&lesson.references), text.matches(&wanted).count());
            let mentions = mentions.saturating_sub(norms.len());
            if !norms.is_empty() || mentions > 0 {
                found.push(Citing { path: lesson.path.clone(), item: String::new(), title: lesson.title.clone(), norms, mentions });
            }
        }
        for question in &module.questions {
            let text = desk.text(&question.path, &question.id).map(folded).unwrap_or_default();
            let (norms, mentions) = (matching(&question.references), text.matches(&wanted).count());
            let mentions = mentions.saturating_sub(norms.len());
            if !norms.is_empty() || mentions > 0 {
                let title = question.prompt.es.chars().take(120).collect();
                found.push(Citing { path: question.path.clone(), item: question.id.clone(), title, norms, mentions });
            }
        }
    }
    found
}

/// A mark that nobody settled.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Mark {
    /// Which.
    pub id: Uuid,
    /// The file.
    pub path: String,
    /// The question in it; empty for a lesson.
    pub item: String,
    /// The norm that changed.
    pub norm: String,
    /// What changed.
    pub note: String,
    /// When it was set, in milliseconds since 1970.
    pub at: i64,
}

impl Acting<'_> {
    /// Marks for review everything that cites a norm; what bears an open mark of that norm already is left as it is. Answers
    /// how many marks were set.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn mark_norm(&self, norm: &str, words: String) -> Outcome<usize> {
        self.may(Action::SeeContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let open = self.open_marks().await?;
        let marked = |c: &Citing| open.iter().any(|m| m.path == c.path && m.item == c.item && m.norm == norm);
        let (now, actor) = (self.services.now(), self.signed.actor.clone());
        let rows: Vec<review_mark::Model> = citing(&desk, norm)
            .into_iter()
            .filter(|c| !marked(c))
            .map(|c| review_mark::Model {
                id: keys::ordered_id(now),
                path: c.path,
                item: c.item,
                norm: norm.to_owned(),
                note: words.clone(),
                at: now.0,
                by_person: actor.person.0,
            })
            .collect();
        let count = rows.len();
        let event = Event::new("norm.mark", "curriculum", json!({ "norm": norm, "marked": count }));
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    for row in rows {
                        query::insert(t, row).await?;
                    }
                    audit::append(t, now, Some(&actor), event).await
                })
            })
            .await?;
        Ok(count)
    }

    /// Marks that nobody settled; a later publication of the text settles its marks too.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn open_marks(&self) -> Outcome<Vec<Mark>> {
        self.may(Action::SeeContent, &Resource::List)?;
        let sql = "SELECT m.id, m.path, m.item, m.norm, m.note, m.at FROM review_mark m \
                   WHERE NOT EXISTS (SELECT 1 FROM review_mark_settled s WHERE s.mark_id = m.id) \
                   AND NOT EXISTS (SELECT 1 FROM file_publication f LEFT JOIN draft d ON d.id = f.draft_id \
                   WHERE f.path = m.path AND f.published_at > m.at AND (m.item = '' OR d.item = m.item)) ORDER BY m.at, m.id";
        Ok(query::all(self.services.database.read(), sql, vec![]).await?)
    }

    /// Says that a marked text is right as it stands.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict` when it is settled; `Database`.
    pub async fn settle_mark(&self, id: Uuid, words: String) -> Outcome<()> {
        self.may(Action::WriteContent, &Resource::List)?;
        let mark = review_mark::Entity::find_by_id(id).one(self.services.database.read()).await?.ok_or(Failure::NotFound)?;
        let (now, actor) = (self.services.now(), self.signed.actor.clone());
        let event = Event::new("norm.settle", format!("mark/{id}"), json!({ "path": mark.path, "item": mark.item, "norm": mark.norm }));
        let written = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    query::insert(t, review_mark_settled::Model { mark_id: id, note: words, at: now.0, by_person: actor.person.0 }).await?;
                    audit::append(t, now, Some(&actor), event).await
                })
            })
            .await;
        match written {
            Err(failure) if failure.is_duplicate() => Err(Failure::Conflict),
            other => other,
        }
    }
}
