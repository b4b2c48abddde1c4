//! Loading the curriculum into the database as immutable revisions, and publishing them as the system.

use super::Services;
use crate::catalogue::Extras;
use crate::failure::{Failure, Outcome};
use crate::keys::{self, hex};
use crate::persistence::entities::publication;
use crate::persistence::query;
use crate::services::audit::{self, Event};
use curriculum::Package;
use domain::curriculum::Programme;
use domain::ids::RevisionId;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use std::collections::BTreeMap;

/// What a load changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Programmes, lessons, questions and word lists made current.
    pub published: u32,
    /// Left alone, because a person published the current one.
    pub kept: u32,
}

/// One thing to publish.
struct Item {
    kind: &'static str,
    content_id: String,
    language: &'static str,
    revision: String,
    /// Table, and the values of its columns.
    insert: (&'static str, Vec<sea_orm::Value>),
}

impl Services {
    /// Stores the packages and makes them current; the same packages again change nothing.
    ///
    /// # Errors
    /// `Database`.
    pub async fn load_curriculum(&self, packages: Vec<Package>) -> Outcome<Loaded> {
        let now = self.now();
        let loaded = self
            .database
            .write(move |t| {
                Box::pin(async move {
                    let mut loaded = Loaded::default();
                    for mut package in packages {
                        keep_files(t, &mut package, now.0).await?;
                        for item in items(package, now.0)? {
                            store(t, item, now.0, &mut loaded).await?;
                        }
                    }
                    if loaded.published > 0 {
                        audit::append(t, now, None, Event::new("curriculum.load", "curriculum", json!({ "published": loaded.published })))
                            .await?;
                    }
                    Ok::<_, Failure>(loaded)
                })
            })
            .await?;
        self.catalogue.refresh(&self.database).await?;
        Ok(loaded)
    }
}

/// The embedded curriculum that was loaded last.
#[derive(FromQueryResult)]
struct EmbeddedLoad {
    digest: String,
}

impl Services {
    /// Digest of the embedded curriculum that was loaded last.
    ///
    /// # Errors
    /// `Database`.
    pub async fn loaded_embedded(&self) -> Outcome<Option<String>> {
        let sql = "SELECT digest FROM embedded_load ORDER BY loaded_at DESC LIMIT 1";
        Ok(query::one::<EmbeddedLoad, _>(self.database.read(), sql, vec![]).await?.map(|found| found.digest))
    }

    /// Notes that an embedded curriculum was loaded.
    ///
    /// # Errors
    /// `Database`.
    pub async fn note_embedded(&self, digest: String) -> Outcome<()> {
        let sql = "INSERT INTO embedded_load (digest, loaded_at) VALUES ($1, $2) ON CONFLICT (digest) DO UPDATE SET loaded_at = $2";
        let values = vec![digest.into(), self.now().0.into()];
        self.database.write_one(move |t| Box::pin(async move { query::execute(t, sql, values).await.map_err(Failure::from) })).await?;
        Ok(())
    }
}

#[derive(FromQueryResult)]
struct Body {
    body: String,
}

impl Services {
    /// Every file of the current programmes, by path: what was loaded, byte for byte.
    ///
    /// # Errors
    /// `Database`; `Inconsistent`.
    pub async fn curriculum_files(&self) -> Outcome<BTreeMap<String, String>> {
        let read = self.database.read();
        let mut files = BTreeMap::new();
        for list in query::all::<Body, _>(read, "SELECT files AS body FROM programme_files", vec![]).await? {
            let listed: BTreeMap<String, String> =
                serde_json::from_str(&list.body).map_err(|_| Failure::Inconsistent { table: "programme_files", column: "files" })?;
            for (path, digest) in listed {
                let sql = "SELECT body FROM content_body WHERE revision = $1";
                let body: Body = query::one(read, sql, vec![digest.into()]).await?.ok_or(Failure::NotFound)?;
                files.insert(path, body.body);
            }
        }
        Ok(files)
    }
}

fn items(package: Package, now: i64) -> Outcome<Vec<Item>> {
    let programme_id = package.programme.id.0.clone();
    let (revision, body) = programme_body(&package.programme)?;
    let mut items = Vec::new();
    for text in package.texts {
        let values =
            vec![text.revision.0.clone().into(), text.lesson.0.clone().into(), text.language.code().into(), text.source.into(), now.into()];
        let insert = ("lesson_text (revision, lesson_id, language, source, created_at) VALUES ($1, $2, $3, $4, $5)", values);
        items.push(Item { kind: "lesson", content_id: text.lesson.0, language: text.language.code(), revision: text.revision.0, insert });
    }
    for (module, question, revision) in package.questions {
        let body = to_json(&question)?;
        let values = vec![revision.0.clone().into(), question.id.0.clone().into(), module.0.into(), body.into(), now.into()];
        let insert = ("question_revision (revision, question_id, module_id, body, created_at) VALUES ($1, $2, $3, $4, $5)", values);
        items.push(Item { kind: "question", content_id: question.id.0, language: "es", revision: revision.0, insert });
    }
    let extras = to_json(&Extras { glossary: package.glossary, scenarios: package.scenarios, help_card: package.help_card })?;
    let digest = hex(&keys::digest(extras.as_bytes()));
    let insert = ("content_body (revision, body) VALUES ($1, $2)", vec![digest.clone().into(), extras.into()]);
    items.push(Item { kind: "glossary", content_id: programme_id.clone(), language: "es", revision: digest, insert });
    let values = vec![revision.clone().into(), programme_id.clone().into(), body.into(), now.into()];
    let insert = ("programme_revision (id, programme_id, body, created_at) VALUES ($1, $2, $3, $4)", values);
    items.push(Item { kind: "programme", content_id: programme_id, language: "es", revision, insert });
    Ok(items)
}

/// A programme's revision id covers structure, minutes, rules and blueprints; a change of wording does not make a new one.
fn programme_body(programme: &Programme) -> Outcome<(String, String)> {
    let mut structure = programme.clone();
    for lesson in structure.modules.iter_mut().flat_map(|m| &mut m.lessons) {
        lesson.revision = RevisionId(String::new());
    }
    Ok((hex(&keys::digest(to_json(&structure)?.as_bytes())), to_json(programme)?))
}

fn to_json<T: serde::Serialize>(value: &T) -> Outcome<String> {
    serde_json::to_string(value).map_err(|e| Failure::Internal(e.to_string()))
}

/// Keeps the files of a package as they are, for [`Services::curriculum_files`].
async fn keep_files(t: &DatabaseTransaction, package: &mut Package, now: i64) -> Outcome<()> {
    let mut listed = BTreeMap::new();
    for (path, text) in std::mem::take(&mut package.files) {
        let digest = hex(&keys::digest(text.as_bytes()));
        let sql = "INSERT INTO content_body (revision, body) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        query::execute(t, sql, vec![digest.clone().into(), text.into()]).await?;
        listed.insert(path, digest);
    }
    let sql = "INSERT INTO programme_files (programme_id, files, loaded_at) VALUES ($1, $2, $3) \
               ON CONFLICT (programme_id) DO UPDATE SET files = $2, loaded_at = $3";
    query::execute(t, sql, vec![package.programme.id.0.clone().into(), to_json(&listed)?.into(), now.into()]).await?;
    Ok(())
}

async fn store(transaction: &DatabaseTransaction, item: Item, now: i64, loaded: &mut Loaded) -> Outcome<()> {
    let (columns, values) = item.insert;
    query::execute(transaction, &format!("INSERT INTO {columns} ON CONFLICT DO NOTHING"), values).await?;
    let current = publication::Entity::find()
        .filter(publication::Column::Kind.eq(item.kind))
        .filter(publication::Column::ContentId.eq(&item.content_id))
        .filter(publication::Column::Language.eq(item.language))
        .order_by_desc(publication::Column::Sequence)
        .one(transaction)
        .await?;
    match current {
        Some(current) if current.revision.as_deref() == Some(&item.revision) => Ok(()),
        Some(current) if current.published_by.is_some() => {
            loaded.kept += 1;
            Ok(())
        }
        Some(_) | None => {
            let next = query::number(transaction, "SELECT coalesce(max(sequence), 0) + 1 AS n FROM publication", vec![]).await?;
            let row = publication::Model {
                sequence: next,
                kind: item.kind.to_owned(),
                content_id: item.content_id,
                language: item.language.to_owned(),
                revision: Some(item.revision),
                published_at: now,
                published_by: None,
            };
            query::insert(transaction, row).await?;
            loaded.published += 1;
            Ok(())
        }
    }
}
