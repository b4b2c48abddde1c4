//! Making texts current: one transaction that takes the files as they are, puts the new ones in their place, reads the
//! programmes from them and publishes whatever is another. Both ways come through here: what judges publish, and what is
//! loaded with the program or from a folder.

use super::desk::{self, Files};
use crate::catalogue::Extras;
use crate::failure::{Failure, Outcome};
use crate::keys::{self, hex};
use crate::persistence::entities::publication;
use crate::persistence::query;
use curriculum::authoring::overlay::Overlay;
use curriculum::{Mistake, Package};
use domain::curriculum::Programme;
use domain::ids::RevisionId;
use domain::time::Instant;
use sea_orm::sea_query::Value;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// One file to be made current.
#[derive(Debug, Clone)]
pub struct Change {
    /// The file.
    pub path: String,
    /// Its text; `None` withdraws it.
    pub text: Option<String>,
    /// For a translation: digest of the source that it follows.
    pub follows: Option<String>,
}

/// Who publishes, and why.
#[derive(Debug, Clone, Default)]
pub struct Ground {
    /// By whom; `None` for the system.
    pub by: Option<Uuid>,
    /// The draft it was.
    pub draft: Option<Uuid>,
    /// Why, where somebody had to say.
    pub reason: Option<String>,
}

/// Publishes files of the whole curriculum. Nothing is written when the programmes could not be read with them.
///
/// # Errors
/// `Conflict` when something else was published since `newest`; `Database`. What the inner result tells keeps the
/// programmes from being read.
pub async fn files(
    t: &DatabaseTransaction,
    now: Instant,
    newest: i64,
    changes: Vec<Change>,
    ground: Ground,
) -> Outcome<Result<(), Vec<Mistake>>> {
    lock(t).await?;
    if desk::newest(t).await? != newest {
        return Err(Failure::Conflict);
    }
    let before: Files = desk::files(t).await?;
    let changed = changes.iter().map(|c| (c.path.clone(), c.text.clone())).collect();
    let packages = match curriculum::load_from(&Overlay { base: &before, changed }) {
        Ok(packages) => packages,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    unpublish(t, now, &packages, ground.by).await?;
    for mut package in packages {
        keep(t, &mut package, now).await?;
        for item in items(package, now)? {
            store(t, item, now, ground.by).await?;
        }
    }
    let known = desk::last(t).await?;
    for change in changes {
        if let Some(text) = before.texts.get(&change.path).filter(|_| !known.contains_key(&change.path)) {
            let loaded = Change { path: change.path.clone(), text: Some(text.clone()), follows: None };
            record(t, now, loaded, &Ground::default()).await?;
        }
        record(t, now, change, &ground).await?;
    }
    Ok(Ok(()))
}

/// Publications go one after the other.
///
/// # Errors
/// `Database`.
pub async fn lock(t: &DatabaseTransaction) -> Outcome<()> {
    query::execute(t, "UPDATE programme_files SET loaded_at = loaded_at", vec![]).await?;
    Ok(())
}

/// Notes that a file is current, or withdrawn, from now on.
///
/// # Errors
/// `Database`.
pub async fn record(t: &DatabaseTransaction, now: Instant, change: Change, ground: &Ground) -> Outcome<()> {
    let digest = change.text.map(|text| curriculum::package::digest(text.as_bytes()));
    let sql = "INSERT INTO file_publication (sequence, path, digest, follows, published_at, published_by, draft_id, reason) \
               SELECT coalesce(max(sequence), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM file_publication";
    let values: Vec<Value> = vec![
        change.path.into(),
        digest.into(),
        change.follows.into(),
        now.0.into(),
        ground.by.into(),
        ground.draft.into(),
        ground.reason.clone().into(),
    ];
    query::execute(t, sql, values).await?;
    Ok(())
}

/// One thing to publish.
pub struct Item {
    kind: &'static str,
    content_id: String,
    language: &'static str,
    revision: String,
    /// Table, and the values of its columns.
    insert: (&'static str, Vec<Value>),
}

/// What a package publishes.
///
/// # Errors
/// `Internal` for what cannot be written as JSON.
pub fn items(package: Package, now: Instant) -> Outcome<Vec<Item>> {
    let programme_id = package.programme.id.0.clone();
    let (revision, body) = programme_body(&package.programme)?;
    let mut items = Vec::new();
    for text in package.texts {
        let values = vec![
            text.revision.0.clone().into(),
            text.lesson.0.clone().into(),
            text.language.code().into(),
            text.source.into(),
            now.0.into(),
        ];
        let insert = ("lesson_text (revision, lesson_id, language, source, created_at) VALUES ($1, $2, $3, $4, $5)", values);
        items.push(Item { kind: "lesson", content_id: text.lesson.0, language: text.language.code(), revision: text.revision.0, insert });
    }
    for (module, question, revision) in package.questions {
        let body = to_json(&question)?;
        let values = vec![revision.0.clone().into(), question.id.0.clone().into(), module.0.into(), body.into(), now.0.into()];
        let insert = ("question_revision (revision, question_id, module_id, body, created_at) VALUES ($1, $2, $3, $4, $5)", values);
        items.push(Item { kind: "question", content_id: question.id.0, language: "es", revision: revision.0, insert });
    }
    let extras = to_json(&Extras { glossary: package.glossary, scenarios: package.scenarios, help_card: package.help_card })?;
    let digest = hex(&keys::digest(extras.as_bytes()));
    let insert = ("content_body (revision, body) VALUES ($1, $2)", vec![digest.clone().into(), extras.into()]);
    items.push(Item { kind: "glossary", content_id: programme_id.clone(), language: "es", revision: digest, insert });
    let values = vec![revision.clone().into(), programme_id.clone().into(), body.into(), now.0.into()];
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

/// Keeps the files of a package as they are.
///
/// # Errors
/// `Database`.
pub async fn keep(t: &DatabaseTransaction, package: &mut Package, now: Instant) -> Outcome<()> {
    let mut listed = BTreeMap::new();
    for (path, text) in std::mem::take(&mut package.files) {
        let digest = hex(&keys::digest(text.as_bytes()));
        let sql = "INSERT INTO content_body (revision, body) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        query::execute(t, sql, vec![digest.clone().into(), text.into()]).await?;
        listed.insert(path, digest);
    }
    for (path, bytes) in std::mem::take(&mut package.media) {
        super::media::store(t, now, &path, "", bytes, None).await?;
    }
    let sql = "INSERT INTO programme_files (programme_id, files, loaded_at) VALUES ($1, $2, $3) \
               ON CONFLICT (programme_id) DO UPDATE SET files = $2, loaded_at = $3";
    query::execute(t, sql, vec![package.programme.id.0.clone().into(), to_json(&listed)?.into(), now.0.into()]).await?;
    Ok(())
}

/// Stores a revision and makes it current, unless it is; tells whether it was not.
///
/// # Errors
/// `Database`.
pub async fn store(t: &DatabaseTransaction, item: Item, now: Instant, by: Option<Uuid>) -> Outcome<bool> {
    let (columns, values) = item.insert;
    query::execute(t, &format!("INSERT INTO {columns} ON CONFLICT DO NOTHING"), values).await?;
    let current = publication::Entity::find()
        .filter(publication::Column::Kind.eq(item.kind))
        .filter(publication::Column::ContentId.eq(&item.content_id))
        .filter(publication::Column::Language.eq(item.language))
        .order_by_desc(publication::Column::Sequence)
        .one(t)
        .await?;
    if current.is_some_and(|current| current.revision.as_deref() == Some(&item.revision)) {
        return Ok(false);
    }
    announce(t, item.kind, item.content_id, item.language, Some(item.revision), now, by).await?;
    Ok(true)
}

async fn announce(
    t: &DatabaseTransaction,
    kind: &str,
    content_id: String,
    language: &str,
    revision: Option<String>,
    now: Instant,
    by: Option<Uuid>,
) -> Outcome<()> {
    let sequence = query::number(t, "SELECT coalesce(max(sequence), 0) + 1 AS n FROM publication", vec![]).await?;
    let row = publication::Model {
        sequence,
        kind: kind.to_owned(),
        content_id,
        language: language.to_owned(),
        revision,
        published_at: now.0,
        published_by: by,
    };
    query::insert(t, row).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Current {
    kind: String,
    content_id: String,
    language: String,
}

/// Withdraws the lessons and questions that no package has any more.
async fn unpublish(t: &DatabaseTransaction, now: Instant, packages: &[Package], by: Option<Uuid>) -> Outcome<()> {
    let mut there: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    for package in packages {
        there.extend(package.texts.iter().map(|text| ("lesson", text.lesson.as_str(), text.language.code())));
        there.extend(package.questions.iter().map(|(_, question, _)| ("question", question.id.as_str(), "es")));
    }
    let sql = "SELECT kind, content_id, language FROM publication p WHERE kind IN ('lesson', 'question') AND revision IS NOT NULL AND sequence = \
               (SELECT max(o.sequence) FROM publication o WHERE o.kind = p.kind AND o.content_id = p.content_id AND o.language = p.language)";
    for current in query::all::<Current, _>(t, sql, vec![]).await? {
        if !there.contains(&(current.kind.as_str(), current.content_id.as_str(), current.language.as_str())) {
            announce(t, &current.kind, current.content_id, &current.language, None, now, by).await?;
        }
    }
    Ok(())
}
