//! A repeatable random sample: who wants to check the auditor's work draws the same trainees with the same words.

use super::pack::zipped;
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::cohort;
use crate::persistence::query;
use crate::services::audit::Event;
use crate::services::{Acting, Services};
use app::features::hours::audit::{Drawn, SamplePage};
use app::texts::Texts;
use domain::access::{Action, Resource};
use domain::ids::{CohortId, EnrolmentId, ProgrammeId};
use sea_orm::{EntityTrait as _, FromQueryResult, QueryOrder as _};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// From whom is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Among {
    /// Every enrolment.
    #[default]
    All,
    /// Those in a programme.
    Programme(ProgrammeId),
    /// Those in a cohort.
    Cohort(CohortId),
}

impl Among {
    /// As a form and an address say it: nothing, `programme:ID` or `cohort:ID`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            None => text.is_empty().then_some(Self::All),
            Some(("programme", id)) => Some(Self::Programme(ProgrammeId::from(id))),
            Some(("cohort", id)) => id.parse().ok().map(Self::Cohort),
            Some(_) => None,
        }
    }
}

impl std::fmt::Display for Among {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::Programme(id) => write!(f, "programme:{id}"),
            Self::Cohort(id) => write!(f, "cohort:{id}"),
        }
    }
}

/// A sample as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Any words.
    pub seed: String,
    /// How many.
    pub count: usize,
    /// From whom.
    pub from: Among,
}

impl Sample {
    /// Most dossiers in one file from a page.
    pub const MOST: usize = 20;
    /// Most characters of the seed.
    pub const LONGEST: usize = 100;
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

impl Services {
    /// A repeatable random sample of enrolments: the same seed and the same enrolments give the same ones, whoever asks.
    ///
    /// # Errors
    /// `Database`.
    pub async fn sample(&self, sample: &Sample) -> Outcome<Vec<EnrolmentId>> {
        let (place, values) = match &sample.from {
            Among::All => ("", vec![]),
            Among::Programme(id) => (" WHERE programme_id = $1", vec![id.0.clone().into()]),
            Among::Cohort(id) => (" WHERE cohort_id = $1", vec![id.0.into()]),
        };
        let rows: Vec<Id> = query::all(self.database.read(), &format!("SELECT id FROM enrolment{place}"), values).await?;
        let seed = &sample.seed;
        let mut drawn: Vec<_> = rows.into_iter().map(|row| (keys::digest(format!("{seed}/{}", row.id).as_bytes()), row.id)).collect();
        drawn.sort_unstable();
        Ok(drawn.into_iter().take(sample.count).map(|(_, id)| EnrolmentId(id)).collect())
    }
}

impl Acting<'_> {
    /// The page of the sample: from whom can be drawn and, where one is asked for, who is drawn. Drawing is an event.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn sample_page(&self, asked: Option<&Sample>, t: Texts) -> Outcome<SamplePage> {
        self.may(Action::Audit, &Resource::List)?;
        let mut page = SamplePage { most: Sample::MOST, ..SamplePage::default() };
        let mut programmes = BTreeSet::new();
        for row in cohort::Entity::find().order_by_asc(cohort::Column::Title).all(self.services.database.read()).await? {
            let programme = self.services.catalogue.programme(&row.programme_revision)?;
            if programmes.insert(programme.id.clone()) {
                let from = Among::Programme(programme.id.clone());
                page.from.push((from.to_string(), programme.title.get(t.language()).to_owned()));
            }
            page.from.push((Among::Cohort(CohortId(row.id)).to_string(), row.title));
        }
        if let Some(sample) = asked {
            let mut drawn = Vec::new();
            for id in self.services.sample(sample).await? {
                let enrolment = self.services.enrolment(self.services.database.read(), id).await?;
                drawn.push(Drawn { enrolment: id, name: enrolment.name.clone(), cohort: enrolment.cohort_title.clone() });
            }
            self.note(event("sample.draw", sample, drawn.len())).await?;
            page.drawn = Some(drawn);
        }
        Ok(page)
    }

    /// The dossiers of a sample in one ZIP file, each as a file of its own that can be checked alone. Taking each away is an event.
    ///
    /// # Errors
    /// `Forbidden`; `BadRequest` for more than fit; as [`Services::dossier`].
    pub async fn take_sample(&self, sample: &Sample, t: Texts) -> Outcome<Vec<u8>> {
        self.may(Action::Audit, &Resource::List)?;
        if sample.count > Sample::MOST {
            return Err(Failure::BadRequest("number"));
        }
        let mut files = BTreeMap::new();
        for id in self.services.sample(sample).await? {
            files.insert(format!("{id}.zip"), self.take_dossier(id, t).await?);
        }
        self.note(event("sample.take", sample, files.len())).await?;
        zipped(&files)
    }
}

fn event(action: &'static str, sample: &Sample, drawn: usize) -> Event {
    Event::new(action, "sample", json!({ "seed": sample.seed, "number": sample.count, "from": sample.from.to_string(), "drawn": drawn }))
}

#[cfg(test)]
mod tests {
    use super::Among;

    #[test]
    fn from_whom_is_read_back_as_written() {
        for text in ["", "programme:orientadoras", "cohort:01890000-0000-7000-8000-00000000000a"] {
            assert_eq!(Among::parse(text).map(|from| from.to_string()).as_deref(), Some(text));
        }
        for text in ["cohort:x", "district:pasco", "all"] {
            assert_eq!(Among::parse(text), None, "{text}");
        }
    }
}
