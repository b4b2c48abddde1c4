//! Totals of hours by cohort and district, and the sheet of all trainees in scope.

use super::Seen;
use crate::failure::Outcome;
use crate::services::audit::Event;
use crate::services::people::kind_label;
use crate::services::{Acting, people};
use app::features::totals::{Cell, CohortTotals, DistrictTotals, HoursTotals, Sheet, Sums};
use app::texts::Texts;
use domain::access::{Action, Resource};
use domain::ids::CohortId;
use domain::time::Seconds;
use serde_json::json;
use std::collections::BTreeMap;

impl Seen {
    fn sums(&self) -> Sums {
        Sums {
            trainees: 1,
            complete: u32::from(self.progress.confirmed >= self.progress.required),
            confirmed: self.progress.confirmed,
            provisional: self.progress.provisional,
            attributed: Seconds(self.record.attributed / 1000),
            required: self.progress.required,
        }
    }
}

impl Acting<'_> {
    /// Hours by district and cohort, for the districts in scope.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn hours_totals(&self) -> Outcome<HoursTotals> {
        self.may(Action::SeeDesk, &Resource::List)?;
        let mut cohorts: BTreeMap<String, Vec<CohortTotals>> = BTreeMap::new();
        for row in self.cohorts_in_scope().await? {
            let mut sums = Sums::default();
            for seen in self.trainees(CohortId(row.id)).await? {
                sums += seen.sums();
            }
            cohorts.entry(row.district_id).or_default().push(CohortTotals { id: CohortId(row.id), title: row.title, sums });
        }
        let names = self.services.districts().await?;
        let districts = names.into_iter().filter_map(|(id, name)| {
            let cohorts = cohorts.remove(&id)?;
            let mut sums = Sums::default();
            cohorts.iter().for_each(|cohort| sums += cohort.sums);
            Some(DistrictTotals { name, sums, cohorts })
        });
        Ok(HoursTotals { on: people::today(self.services), districts: districts.collect() })
    }

    /// One row a trainee in scope, with her minutes by module. Taking it away is an event.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn hours_sheet(&self, t: Texts) -> Outcome<Sheet> {
        self.may(Action::SeeDesk, &Resource::List)?;
        let districts: BTreeMap<String, String> = self.services.districts().await?.into_iter().collect();
        let mut all = Vec::new();
        for row in self.cohorts_in_scope().await? {
            all.extend(self.trainees(CohortId(row.id)).await?);
        }
        let mut modules: Vec<String> = Vec::new();
        for module in all.iter().flat_map(|seen| &seen.progress.modules) {
            if !modules.contains(&module.id.0) {
                modules.push(module.id.0.clone());
            }
        }
        modules.sort();
        let rows: Vec<Vec<Cell>> = all.iter().map(|seen| sheet_row(seen, &districts, &modules, t)).collect();
        self.note(Event::new("hours.export", "hours", json!({ "trainees": rows.len() }))).await?;
        let fixed = [
            t.sheet_name(),
            t.sheet_document(),
            t.sheet_district(),
            t.sheet_cohort(),
            t.sheet_programme(),
            t.sheet_required(),
            t.sheet_confirmed(),
            t.sheet_provisional(),
            t.sheet_measured(),
            t.sheet_certificate(),
        ];
        let heads = fixed.iter().map(|head| (*head).to_owned()).chain(modules.iter().map(|m| t.sheet_module(m.to_uppercase()))).collect();
        Ok(Sheet { name: t.sheet_title().to_owned(), heads, rows })
    }
}

/// Whole minutes, rounded down: an unfinished minute is none.
const fn minutes(time: Seconds) -> Cell {
    Cell::Number(time.0 / 60)
}

fn sheet_row(seen: &Seen, districts: &BTreeMap<String, String>, modules: &[String], t: Texts) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let enrolment = &seen.enrolment;
    let mut row = vec![
        text(&enrolment.name),
        Cell::Text(format!("{} {}", kind_label(&enrolment.document.0), enrolment.document.1)),
        text(districts.get(enrolment.district.as_str()).map_or("", String::as_str)),
        text(&enrolment.cohort_title),
        text(enrolment.programme.title.get(t.language())),
        minutes(seen.progress.required),
        minutes(seen.progress.confirmed),
        minutes(seen.progress.provisional),
        minutes(Seconds(seen.record.attributed / 1000)),
        text(seen.record.certificate.as_ref().map_or("", |c| &c.0)),
    ];
    row.extend(modules.iter().map(|id| {
        let module = seen.progress.modules.iter().find(|m| &m.id.0 == id);
        module.map_or_else(|| text(""), |m| minutes(m.confirmed))
    }));
    row
}
