//! Everything published, as files: what authors edit, search and compare with. Read when the first author comes, and again
//! after a publication.

use crate::catalogue::Catalogue;
use crate::failure::{Failure, Outcome};
use crate::persistence::database::Database;
use crate::persistence::entities::{file_publication, programme_files};
use crate::persistence::query;
use curriculum::authoring::{Index, bank, index};
use curriculum::{Report, Source};
use domain::time::Instant;
use sea_orm::{ConnectionTrait, EntityTrait as _, FromQueryResult, QueryOrder as _};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use uuid::Uuid;

/// The last publication of a file.
#[derive(Debug, Clone)]
pub struct Last {
    /// Digest of its text; `None` where it was withdrawn.
    pub digest: Option<String>,
    /// For a translation: digest of the source that it follows.
    pub follows: Option<String>,
    /// By whom; `None` for the system.
    pub by: Option<Uuid>,
    /// When.
    pub at: Instant,
    /// Digest of what the system published last.
    pub system: Option<String>,
}

/// Texts and sizes of the published files.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Texts by path.
    pub texts: BTreeMap<String, String>,
    /// Pictures and recordings: size in bytes by path.
    pub media: BTreeMap<String, u64>,
}

impl Source for Files {
    fn files(&self, folder: &str) -> Vec<String> {
        let inside = |path: &&String| folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let mut files: Vec<String> = self.texts.keys().chain(self.media.keys()).filter(inside).cloned().collect();
        files.sort();
        files
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.texts.get(path).map(|text| text.as_bytes().to_owned())
    }

    fn size(&self, path: &str) -> u64 {
        self.media.get(path).copied().unwrap_or_default()
    }
}

/// See the module.
pub struct Desk {
    /// Number of the newest publication of a file.
    pub newest: i64,
    /// How many pictures there are.
    pictures: i64,
    /// The files.
    pub files: Files,
    /// What they hold.
    pub index: Index,
    /// What the check says of them.
    pub report: Report,
    /// The last publication of each file.
    pub last: BTreeMap<String, Last>,
}

#[derive(FromQueryResult)]
struct File {
    path: String,
    body: String,
}

#[derive(FromQueryResult)]
struct Size {
    path: String,
    bytes: i64,
}

/// The published files, as `connection` sees them.
///
/// # Errors
/// `Database`; `Inconsistent`.
pub async fn files<C: ConnectionTrait>(connection: &C) -> Outcome<Files> {
    let mut files = Files::default();
    for list in programme_files::Entity::find().all(connection).await? {
        let listed: BTreeMap<String, String> =
            serde_json::from_str(&list.files).map_err(|_| Failure::Inconsistent { table: "programme_files", column: "files" })?;
        let found: Vec<File> = bodies(connection, &listed).await?;
        files.texts.extend(found.into_iter().map(|file| (file.path, file.body)));
    }
    let sizes = "SELECT path, CAST(max(length(bytes)) AS BIGINT) AS bytes FROM media GROUP BY path";
    for size in query::all::<Size, _>(connection, sizes, vec![]).await? {
        files.media.insert(size.path, u64::try_from(size.bytes).unwrap_or_default());
    }
    Ok(files)
}

/// The texts of a list of files: one statement for a hundred.
async fn bodies<C: ConnectionTrait>(connection: &C, listed: &BTreeMap<String, String>) -> Outcome<Vec<File>> {
    #[derive(FromQueryResult)]
    struct Body {
        revision: String,
        body: String,
    }
    let digests: Vec<&String> = listed.values().collect();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for some in digests.chunks(100) {
        let places: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
        let sql = format!("SELECT revision, body FROM content_body WHERE revision IN ({})", places.join(", "));
        let values = some.iter().map(|digest| (*digest).clone().into()).collect();
        texts.extend(query::all::<Body, _>(connection, &sql, values).await?.into_iter().map(|b| (b.revision, b.body)));
    }
    let missing = Failure::Inconsistent { table: "content_body", column: "revision" };
    let files: Option<Vec<File>> =
        listed.iter().map(|(path, digest)| Some(File { path: path.clone(), body: texts.get(digest)?.clone() })).collect();
    files.ok_or(missing)
}

/// The last publication of each file.
///
/// # Errors
/// `Database`.
pub async fn last<C: ConnectionTrait>(connection: &C) -> Outcome<BTreeMap<String, Last>> {
    let rows = file_publication::Entity::find().order_by_asc(file_publication::Column::Sequence).all(connection).await?;
    let mut last: BTreeMap<String, Last> = BTreeMap::new();
    for row in rows {
        let before = last.remove(&row.path).and_then(|before| before.system);
        let system = if row.published_by.is_none() { row.digest.clone() } else { before };
        let at = Instant(row.published_at);
        last.insert(row.path, Last { digest: row.digest, follows: row.follows, by: row.published_by, at, system });
    }
    Ok(last)
}

/// Number of the newest publication of a file.
///
/// # Errors
/// `Database`.
pub async fn newest<C: ConnectionTrait>(connection: &C) -> Outcome<i64> {
    let sql = "SELECT coalesce(max(sequence), 0) AS n FROM file_publication";
    Ok(query::number(connection, sql, vec![]).await?)
}

impl Catalogue {
    /// The desk of authors as it is now.
    ///
    /// # Errors
    /// `Database`; `Inconsistent`.
    pub async fn desk(&self, database: &Database) -> Outcome<Arc<Desk>> {
        let newest = newest(database.read()).await?;
        let pictures = query::number(database.read(), "SELECT count(*) AS n FROM media", vec![]).await?;
        let is_fresh = |desk: &&Arc<Desk>| desk.newest == newest && desk.pictures == pictures;
        if let Some(desk) = self.desk.read().unwrap_or_else(PoisonError::into_inner).as_ref().filter(is_fresh) {
            return Ok(desk.clone());
        }
        let files = files(database.read()).await?;
        let (index, report) = (index(&files), curriculum::check_from(&files));
        let desk = Arc::new(Desk { newest, pictures, index, report, last: last(database.read()).await?, files });
        *self.desk.write().unwrap_or_else(PoisonError::into_inner) = Some(desk.clone());
        Ok(desk)
    }
}

impl Desk {
    /// The published text of a file, or of one question in it; `None` where there is none.
    #[must_use]
    pub fn text(&self, path: &str, item: &str) -> Option<&str> {
        let file = self.files.texts.get(path)?;
        if item.is_empty() { Some(file) } else { bank::block(file, item) }
    }

    /// A file with a draft of it, or of one question in it, in its place.
    #[must_use]
    pub fn with(&self, path: &str, item: &str, body: &str) -> String {
        let file = self.files.texts.get(path).map(String::as_str).unwrap_or_default();
        if item.is_empty() { body.to_owned() } else { bank::replace(file, item, body) }
    }

    /// Whether a translation is older than the source that it should follow.
    #[must_use]
    pub fn is_stale(&self, translation: &str, source: &str) -> bool {
        let followed = self.last.get(translation).and_then(|last| last.follows.as_ref());
        let current = self.files.texts.get(source).map(|text| curriculum::package::digest(text.as_bytes()));
        followed.is_some_and(|digest| Some(digest) != current.as_ref())
    }
}
