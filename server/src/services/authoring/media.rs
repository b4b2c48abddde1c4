//! Pictures: read whatever a phone makes, checked by content, made small, without the place and time that cameras write
//! into them. A name carries a piece of the digest, so that a picture never changes behind a text.

use crate::failure::{Failure, Outcome};
use crate::keys::{self, hex};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::{Acting, Services};
use domain::access::{Action, Resource};
use domain::ids::LessonId;
use domain::time::Instant;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use sea_orm::{DatabaseTransaction, FromQueryResult};
use serde_json::json;
use std::io::Cursor;
use uuid::Uuid;

/// Largest upload, in bytes.
pub const LARGEST: usize = 12 * 1024 * 1024;
/// Greatest width and height of a stored picture, in pixels.
const SIDE: u32 = 1080;
/// Greatest width and height that is read, in pixels.
const READ_SIDE: u32 = 12_000;
/// A stored picture, in bytes: a lesson may weigh 300 KB without its recordings.
pub const BUDGET: usize = 150 * 1024;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// It is no JPEG, PNG or WebP picture.
    NoPicture,
    /// It stays too large.
    TooLarge,
}

/// A picture as it is served.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Picture {
    /// Its type.
    pub kind: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads a picture by its content, turns it as the camera held it, makes it small and writes it anew: no metadata is left.
///
/// # Errors
/// What is wrong with it.
pub fn shrunk(bytes: &[u8]) -> Result<(Vec<u8>, &'static str), NotTaken> {
    use image::ImageDecoder as _;
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| NotTaken::NoPicture)?;
    let format = reader.format().filter(|f| matches!(f, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP));
    let format = format.ok_or(NotTaken::NoPicture)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(READ_SIDE);
    limits.max_image_height = Some(READ_SIDE);
    limits.max_alloc = Some(256 * 1024 * 1024);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| NotTaken::NoPicture)?;
    let turned = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| NotTaken::NoPicture)?;
    picture.apply_orientation(turned);
    for side in [SIDE, 800, 600, 450] {
        let small = if picture.width() > side || picture.height() > side { picture.thumbnail(side, side) } else { picture.clone() };
        if format == ImageFormat::Png {
            let mut out = Cursor::new(Vec::new());
            if small.write_to(&mut out, ImageFormat::Png).is_ok() && out.get_ref().len() <= BUDGET {
                return Ok((out.into_inner(), "image/png"));
            }
        }
        for quality in [80, 65] {
            let mut out = Vec::new();
            let rgb = DynamicImage::ImageRgb8(over_white(&small));
            if JpegEncoder::new_with_quality(&mut out, quality).encode_image(&rgb).is_ok() && out.len() <= BUDGET {
                return Ok((out, "image/jpeg"));
            }
        }
    }
    Err(NotTaken::TooLarge)
}

/// What is transparent becomes white: JPEG knows no transparency.
fn over_white(picture: &DynamicImage) -> image::RgbImage {
    let rgba = picture.to_rgba8();
    image::RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0;
        let blend = |c: u8| {
            let (c, a) = (u16::from(c), u16::from(alpha));
            u8::try_from((c * a + 255 * (255 - a)) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([blend(red), blend(green), blend(blue)])
    })
}

/// Type of a file by its content; audio may come with a folder.
fn kind(bytes: &[u8], path: &str) -> &'static str {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'O', b'g', b'g', b'S', ..] => "audio/ogg",
        [b'I', b'D', b'3', ..] | [0xff, 0xfb, ..] if path.ends_with(".mp3") => "audio/mpeg",
        _ => "application/octet-stream",
    }
}

/// Keeps a file of a module's `media/` folder.
///
/// # Errors
/// `Database`.
pub async fn store(t: &DatabaseTransaction, now: Instant, path: &str, description: &str, bytes: Vec<u8>, by: Option<Uuid>) -> Outcome<()> {
    let sql = "INSERT INTO media (path, digest, kind, description, bytes, at, by_person) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let digest = hex(&keys::digest(&bytes));
    let values = vec![path.into(), digest.into(), kind(&bytes, path).into(), description.into(), bytes.into(), now.0.into(), by.into()];
    query::execute(t, sql, values).await?;
    Ok(())
}

impl Acting<'_> {
    /// Keeps a picture for the lessons of a module; answers its name below the module (`media/puerta-3f2a91c0.jpg`).
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`. The inner result tells what is wrong with the file.
    pub async fn upload(&self, module: &str, description: String, bytes: Vec<u8>) -> Outcome<Result<String, NotTaken>> {
        self.may(Action::WriteContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let folder = desk.index.module(module).ok_or(Failure::NotFound)?.folder.clone();
        let shrunk = tokio::task::spawn_blocking(move || shrunk(&bytes)).await.map_err(|e| Failure::Internal(e.to_string()))?;
        let (bytes, kind) = match shrunk {
            Ok(picture) => picture,
            Err(fault) => return Ok(Err(fault)),
        };
        let slug: String = curriculum::lesson::slug(&description).chars().take(40).collect();
        let slug = if slug.is_empty() { "imagen".to_owned() } else { slug.trim_matches('-').to_owned() };
        let digest = hex(&keys::digest(&bytes));
        let end = if kind == "image/png" { "png" } else { "jpg" };
        let name = format!("media/{slug}-{}.{end}", digest.get(..8).unwrap_or_default());
        let path = format!("{folder}/{name}");
        let (now, actor) = (self.services.now(), self.signed.actor.clone());
        let event = Event::new("media.add", format!("file/{path}"), json!({ "digest": digest, "bytes": bytes.len() }));
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    store(t, now, &path, &description, bytes, Some(actor.person.0)).await?;
                    audit::append(t, now, Some(&actor), event).await
                })
            })
            .await?;
        Ok(Ok(name))
    }
}

impl Services {
    /// A picture or recording of the module that a lesson belongs to.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn picture(&self, lesson: &LessonId, name: &str) -> Outcome<Picture> {
        let module = self.catalogue.folder_of(lesson).ok_or(Failure::NotFound)?;
        let sql = "SELECT kind, bytes FROM media WHERE path = $1 ORDER BY at DESC LIMIT 1";
        let path = format!("{module}/media/{name}");
        query::one(self.database.read(), sql, vec![path.into()]).await?.ok_or(Failure::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let picture = image::RgbImage::from_fn(width, height, |x, y| {
            let hash = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503);
            let [a, b, c, _] = hash.to_be_bytes();
            image::Rgb([a, b, c])
        });
        let mut out = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(picture).write_to(&mut out, ImageFormat::Png).expect("png");
        out.into_inner()
    }

    #[test]
    fn a_large_noisy_picture_becomes_small_or_is_told() {
        let (bytes, kind) = shrunk(&png(320, 240)).unwrap_or_else(|fault| panic!("{fault:?}"));
        assert!(bytes.len() <= BUDGET && kind == "image/jpeg", "{} {kind}", bytes.len());
        let (bytes, kind) = shrunk(&png(40, 40)).expect("small");
        assert!(kind == "image/png" && bytes.starts_with(&[0x89, b'P']));
    }

    #[test]
    fn metadata_is_gone() {
        let mut jpeg = Vec::new();
        let picture = DynamicImage::ImageRgb8(image::RgbImage::from_pixel(64, 64, image::Rgb([10, 120, 90])));
        JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(&picture).expect("jpeg");
        let mut with = jpeg.get(..2).expect("start").to_vec();
        let secret = b"Exif\0\0GPS -6.4852,-76.3596 Lamas";
        with.extend([0xff, 0xe1, 0, u8::try_from(secret.len() + 2).expect("short")]);
        with.extend(secret);
        with.extend(jpeg.get(2..).expect("rest"));
        let (bytes, _) = shrunk(&with).expect("picture");
        assert!(!bytes.windows(3).any(|w| w == b"GPS"));
    }

    #[test]
    fn what_only_calls_itself_a_picture_is_refused() {
        for bytes in [&b"<svg onload=alert(1)>"[..], b"GIF89a", b"", b"%PDF-1.7", &[0xff, 0xd8, 0xff, 0x00]] {
            assert_eq!(shrunk(bytes).err(), Some(NotTaken::NoPicture));
        }
    }
}
