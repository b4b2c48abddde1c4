//! Numbers, lengths and dates in words, on the server only.

use crate::texts::Texts;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use domain::curriculum::Language;
use domain::time::Seconds;

/// "27 h 40 min", "45 min", "2 h"; under a minute "30 s".
#[must_use]
pub fn duration(seconds: Seconds) -> String {
    let total = seconds.0.max(0);
    let (hours, minutes) = (total / 3600, total % 3600 / 60);
    match (hours, minutes) {
        (0, 0) if total > 0 => format!("{total} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// "+20 min", "−5 min".
#[must_use]
pub fn signed(t: Texts, seconds: Seconds) -> String {
    if seconds < Seconds::ZERO { t.hours_minus(duration(-seconds)) } else { t.hours_plus(duration(seconds)) }
}

/// A grade of the 0–20 scale from hundredths: 17 for 1700, 12.50 for 1250.
#[must_use]
pub fn grade(hundredths: u16) -> String {
    if hundredths.is_multiple_of(100) { (hundredths / 100).to_string() } else { format!("{}.{:02}", hundredths / 100, hundredths % 100) }
}

const MONTHS_ES: [&str; 12] =
    ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre"];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS_ES: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn name_of<const N: usize>(names: [&'static str; N], index: u32) -> &'static str {
    usize::try_from(index).ok().and_then(|i| names.get(i).copied()).unwrap_or_default()
}

/// "23 de setiembre de 2026", "23 September 2026".
#[must_use]
pub fn date(t: Texts, day: NaiveDate) -> String {
    match t.language() {
        Language::Es => format!("{} de {} de {}", day.day(), name_of(MONTHS_ES, day.month0()), day.year()),
        Language::En => format!("{} {} {}", day.day(), name_of(MONTHS_EN, day.month0()), day.year()),
    }
}

/// The same with the day of the week.
#[must_use]
pub fn weekday(t: Texts, day: NaiveDate) -> String {
    let index = day.weekday().num_days_from_monday();
    match t.language() {
        Language::Es => format!("{} {}", name_of(DAYS_ES, index), date(t, day)),
        Language::En => format!("{} {}", name_of(DAYS_EN, index), date(t, day)),
    }
}

/// "11:30 a. m.", "11:30 am".
#[must_use]
pub fn clock(t: Texts, at: NaiveDateTime) -> String {
    let (afternoon, hour) = at.hour12();
    let suffix = match (t.language(), afternoon) {
        (Language::Es, false) => "a.\u{a0}m.",
        (Language::Es, true) => "p.\u{a0}m.",
        (Language::En, false) => "am",
        (Language::En, true) => "pm",
    };
    format!("{hour}:{:02}\u{a0}{suffix}", at.minute())
}

/// Day and hour: "23 de setiembre de 2026, 11:30 a. m."
#[must_use]
pub fn moment(t: Texts, at: NaiveDateTime) -> String {
    format!("{}, {}", date(t, at.date()), clock(t, at))
}

/// "8 KB", at least 1.
#[must_use]
pub fn kilobytes(bytes: usize) -> String {
    format!("{} KB", bytes.div_ceil(1024).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_said_whole() {
        for (seconds, said) in [(0, "0 min"), (30, "30 s"), (60, "1 min"), (3600, "1 h"), (99_600, "27 h 40 min")] {
            assert_eq!(duration(Seconds(seconds)), said);
        }
    }

    #[test]
    fn september_is_written_as_in_peru() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 23).expect("a date");
        assert_eq!(date(Texts(Language::Es), day), "23 de setiembre de 2026");
    }

    #[test]
    fn grades_show_what_was_compared() {
        assert_eq!((grade(1700), grade(1250)), ("17".to_owned(), "12.50".to_owned()));
    }
}
