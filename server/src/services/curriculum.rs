//! Loading the curriculum into the database as immutable revisions, and publishing them as the system.

use super::Services;
use super::authoring::desk::{self, Files, Last};
use super::authoring::drafts;
use super::authoring::publish::{self, Change, Ground};
use crate::failure::{Failure, Outcome};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use curriculum::authoring::overlay::Overlay;
use curriculum::{Package, Texts};
use domain::time::Instant;
use sea_orm::{DatabaseTransaction, FromQueryResult};
use serde_json::json;
use std::collections::BTreeMap;

/// What a load changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Programmes, lessons, questions and word lists made current.
    pub published: u32,
    /// Files left alone, because a judge published the current one; they wait for review.
    pub kept: u32,
}

impl Services {
    /// Stores the packages and makes them current; the same packages again change nothing. A file that a judge published
    /// last stays, and what came for it waits as a draft in review (curriculum.md).
    ///
    /// # Errors
    /// `Database`.
    pub async fn load_curriculum(&self, packages: Vec<Package>) -> Outcome<Loaded> {
        let now = self.now();
        let loaded = self.database.write(move |t| Box::pin(async move { load(t, packages, now).await })).await?;
        self.catalogue.refresh(&self.database).await?;
        Ok(loaded)
    }
}

async fn load(t: &DatabaseTransaction, packages: Vec<Package>, now: Instant) -> Outcome<Loaded> {
    publish::lock(t).await?;
    let (packages, waiting) = merged(packages, &desk::files(t).await?, &desk::last(t).await?);
    let mut loaded = Loaded { published: 0, kept: u32::try_from(waiting.len()).unwrap_or(u32::MAX) };
    let before: BTreeMap<String, String> = desk::files(t).await?.texts;
    for (path, text) in waiting {
        drafts::offer(t, now, path, text, &before).await?;
    }
    for mut package in packages {
        let files = package.files.clone();
        publish::keep(t, &mut package, now).await?;
        for item in publish::items(package, now)? {
            loaded.published += u32::from(publish::store(t, item, now, None).await?);
        }
        for (path, text) in files.iter().filter(|(path, text)| before.get(*path) != Some(*text)) {
            let source = translation_source(path).and_then(|source| files.get(&source));
            let follows = source.map(|text| curriculum::package::digest(text.as_bytes()));
            let change = Change { path: path.clone(), text: Some(text.clone()), follows };
            publish::record(t, now, change, &Ground::default()).await?;
        }
    }
    if loaded.published > 0 {
        audit::append(t, now, None, Event::new("curriculum.load", "curriculum", json!({ "published": loaded.published }))).await?;
    }
    Ok(loaded)
}

/// The source's file of a translation, by its name.
#[must_use]
pub fn translation_source(path: &str) -> Option<String> {
    let stem = path.strip_suffix(".md")?.strip_suffix(".en")?;
    Some(format!("{stem}.es.md"))
}

/// Packages in which the files that judges published last are as they are, and what came for those instead. When the two do
/// not go together, nothing of the packages is loaded, and all that differs waits.
fn merged(packages: Vec<Package>, current: &Files, last: &BTreeMap<String, Last>) -> (Vec<Package>, BTreeMap<String, String>) {
    let of_judges = |path: &String| last.get(path).is_some_and(|last| last.by.is_some());
    let mut came: BTreeMap<String, String> = BTreeMap::new();
    for package in &packages {
        came.extend(package.files.clone());
    }
    let differs = |path: &String, text: &String| current.texts.get(path) != Some(text);
    let kept: BTreeMap<String, String> =
        came.iter().filter(|(path, text)| of_judges(path) && differs(path, text)).map(|(p, t)| (p.clone(), t.clone())).collect();
    // What came the last time already was offered then.
    let is_news = |path: &String, text: &String| {
        last.get(path).and_then(|last| last.system.clone()) != Some(curriculum::package::digest(text.as_bytes()))
    };
    let waiting: BTreeMap<String, String> = kept.iter().filter(|(p, t)| is_news(p, t)).map(|(p, t)| (p.clone(), t.clone())).collect();
    if kept.is_empty() {
        return (packages, waiting);
    }
    let kept = kept.keys().map(|path| (path.clone(), current.texts.get(path).cloned())).collect();
    let below = Texts(came.clone());
    match curriculum::load_from(&Overlay { base: &below, changed: kept }) {
        Ok(mut merged) => {
            for (package, came) in merged.iter_mut().zip(packages) {
                package.media = came.media;
            }
            (merged, waiting)
        }
        Err(_) => (Vec::new(), came.into_iter().filter(|(path, text)| differs(path, text) && is_news(path, text)).collect()),
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
        self.database.write(move |t| Box::pin(async move { query::execute(t, sql, values).await.map_err(Failure::from) })).await?;
        Ok(())
    }
}

#[derive(FromQueryResult)]
struct Body {
    body: String,
}

impl Services {
    /// Pictures and recordings of the modules, by path.
    ///
    /// # Errors
    /// `Database`.
    pub async fn curriculum_media(&self) -> Outcome<BTreeMap<String, Vec<u8>>> {
        #[derive(FromQueryResult)]
        struct Row {
            path: String,
            bytes: Vec<u8>,
        }
        let rows: Vec<Row> = query::all(self.database.read(), "SELECT path, bytes FROM media ORDER BY at", vec![]).await?;
        Ok(rows.into_iter().map(|row| (row.path, row.bytes)).collect())
    }

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
