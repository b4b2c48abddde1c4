//! Pictures: uploaded by judges, shown in lessons.

use super::super::Answer;
use super::content::{back, pages};
use crate::failure::{Failure, Outcome};
use crate::http::context::{Context, State};
use crate::http::render::{page, see_other};
use crate::services::authoring::media::{LARGEST, NotTaken};
use app::features::form::FormState;
use axum::body::Body;
use axum::extract::{FromRequestParts as _, Path, Request, State as Extract};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::ids::{DraftId, LessonId};
use multer::{Constraints, Multipart, SizeLimit};

/// What an upload brings.
#[derive(Default)]
struct Upload {
    draft: String,
    words: String,
    file: Vec<u8>,
}

async fn read(headers: &HeaderMap, body: Body) -> Outcome<Upload> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|_| Failure::ContentType)?;
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX);
    let limits = Constraints::new().allowed_fields(vec!["draft", "alt", "file"]).size_limit(SizeLimit::new().whole_stream(limit));
    let mut parts = Multipart::with_constraints(body.into_data_stream(), boundary, limits);
    let mut upload = Upload::default();
    let refused = |error: multer::Error| match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => Failure::TooLarge,
        _ => Failure::BadRequest("multipart"),
    };
    while let Some(part) = parts.next_field().await.map_err(refused)? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(refused)?;
        let text = || {
            String::from_utf8(bytes.to_vec())
                .map(|text| text.replace('\0', "").trim().to_owned())
                .map_err(|_| Failure::BadRequest("encoding"))
        };
        match name.as_str() {
            "draft" => upload.draft = text()?,
            "alt" => upload.words = text()?.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => upload.file = bytes.to_vec(),
        }
    }
    Ok(upload)
}

/// `POST /author/modules/{module}/pictures`.
pub async fn upload(Extract(state): Extract<State>, Path(module): Path<String>, request: Request) -> Answer {
    let (mut parts, body) = request.into_parts();
    let context = Context::from_request_parts(&mut parts, &state).await?;
    let t = context.texts;
    let acting = context.acting()?;
    acting.may(domain::access::Action::WriteContent, &domain::access::Resource::List)?;
    let upload = read(&context.headers, body).await?;
    let mut form = FormState::default();
    form.values.insert("alt".to_owned(), upload.words.clone());
    if upload.words.is_empty() || upload.words.chars().count() > 200 {
        form.refuse("alt", t.author_picture_alt_missing());
    }
    if upload.file.is_empty() {
        form.refuse("file", t.author_picture_file_missing());
    }
    if form.errors.is_empty() {
        match acting.upload(&module, upload.words, upload.file).await? {
            Ok(_) => return Ok(see_other(&back_to(&upload.draft, &module))),
            Err(NotTaken::NoPicture) => form.refuse("file", t.author_picture_not()),
            Err(NotTaken::TooLarge) => form.refuse("file", t.author_picture_large()),
        }
    }
    let there = back_to(&upload.draft, &module);
    let head = back(&context, t.author_picture_new(), &there, t.author_tab());
    let draft = upload.draft;
    Ok(page(&context, StatusCode::UNPROCESSABLE_ENTITY, &head, |t| pages::picture(t, &module, &draft, &form)))
}

fn back_to(draft: &str, module: &str) -> String {
    match draft.parse::<DraftId>() {
        Ok(draft) => format!("/author/drafts/{draft}#texto"),
        Err(_) => format!("/author/modules/{module}"),
    }
}

/// `GET /course/{lesson}/media/{name}`.
pub async fn picture(context: Context, Path((lesson, name)): Path<(String, String)>) -> Answer {
    context.acting()?;
    let found = context.services().picture(&LessonId(lesson), &name).await?;
    let mut response: Response = found.bytes.into_response();
    let headers = response.headers_mut();
    headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_str(&found.kind).unwrap_or(HeaderValue::from_static("application/octet-stream")));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    Ok(response)
}
