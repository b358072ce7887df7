//! 团队: exceptions first, then what each manager has done and owes.

use super::error::Error;
use super::signed::Signed;
use crate::clock;
use crate::db::team::{self, BookFigures, Days};
use crate::services::Services;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use chrono::{Datelike, Duration, Months, NaiveDate};
use domain::api::{Team, TeamException, TeamExceptionKind, TeamManager, path};
use domain::authorize::Act;
use domain::time::{Date, Timestamp, monday_of};

/// A customer nobody has visited for this long is an exception, until standards say it by tier.
const NOT_VISITED_DAYS: i64 = 90;
/// A device unheard for this long is one: the offline lease.
const SILENT_DAYS: i64 = 3;
const DAY_MS: i64 = 24 * 3_600_000;

pub fn router() -> Router<Services> {
    Router::new().route(path::TEAM, get(overview))
}

async fn overview(State(services): State<Services>, signed: Signed) -> Result<axum::Json<Team>, Error> {
    signed.require(Act::SeeTeam)?;
    let scope = signed.scope();
    let now = clock::now();
    let (days, quarter_to) = days_of(now.date());
    let mut tx = services.db.snapshot(scope).await?;
    let figures = team::books(&mut tx, scope, days, days.today - Duration::days(NOT_VISITED_DAYS)).await?;
    let mut managers = team::managers(&mut tx, scope).await?;
    let people: Vec<_> = managers.iter().map(|manager| manager.employee_id).collect();
    let mut devices = team::devices(&mut tx, scope, &people).await?;
    for manager in &mut managers {
        manager.devices = devices.remove(&manager.employee_id).unwrap_or_default();
        let holder = Some(manager.employee_id);
        for book in figures.iter().filter(|book| book.holder == holder) {
            add(manager, book);
        }
    }
    let exceptions = exceptions(&managers, &figures, now);
    Ok(axum::Json(Team {
        org_unit_name: signed.who.org_unit_name.clone(),
        as_of: now,
        quarter_from: days.quarter_from,
        quarter_to,
        managers,
        exceptions,
    }))
}

/// The quarter and the week around a day, and the quarter's last day.
fn days_of(today: Date) -> (Days, Date) {
    let first_month = today.month0() / 3 * 3 + 1;
    let quarter_from = NaiveDate::from_ymd_opt(today.year(), first_month, 1).unwrap_or(today);
    let quarter_to = (quarter_from + Months::new(3)).pred_opt().unwrap_or(today);
    let week_from = monday_of(today);
    (Days { today, quarter_from, week_from, week_to: week_from + Duration::days(6) }, quarter_to)
}

fn add(manager: &mut TeamManager, book: &BookFigures) {
    manager.books.push(book.book);
    manager.customers += book.customers;
    manager.customers_visited += book.customers_visited;
    manager.visits_done += book.visits_done;
    manager.planned_this_week += book.planned_this_week;
    manager.visits_overdue += book.visits_overdue;
    manager.promises_overdue += book.promises_overdue;
}

/// In the order of [`TeamExceptionKind`]'s weight, the largest first within one.
fn exceptions(managers: &[TeamManager], figures: &[BookFigures], now: Timestamp) -> Vec<TeamException> {
    let mut found = Vec::new();
    let mut of_managers = |kind, count: fn(&TeamManager) -> u32| {
        let mut some: Vec<_> = managers.iter().filter(|manager| count(manager) > 0).collect();
        some.sort_by_key(|manager| std::cmp::Reverse(count(manager)));
        found.extend(some.into_iter().map(|manager| TeamException {
            kind,
            employee_id: Some(manager.employee_id),
            book_id: None,
            count: count(manager),
            days: None,
        }));
    };
    of_managers(TeamExceptionKind::PromisesOverdue, |manager| manager.promises_overdue);
    of_managers(TeamExceptionKind::VisitsOverdue, |manager| manager.visits_overdue);
    for manager in managers {
        for device in &manager.devices {
            let Some(heard) = device.last_contact_at else { continue };
            let days = (now.0 - heard.0).div_euclid(DAY_MS);
            if days >= SILENT_DAYS {
                found.push(TeamException {
                    kind: TeamExceptionKind::DeviceSilent,
                    employee_id: Some(manager.employee_id),
                    book_id: None,
                    count: device.pending,
                    days: u32::try_from(days).ok(),
                });
            }
        }
    }
    let mut waiting: Vec<_> = figures.iter().filter(|book| book.not_visited > 0).collect();
    waiting.sort_by_key(|book| std::cmp::Reverse(book.not_visited));
    found.extend(waiting.into_iter().map(|book| TeamException {
        kind: TeamExceptionKind::NotVisited,
        employee_id: book.holder,
        book_id: Some(book.book),
        count: book.not_visited,
        days: u32::try_from(NOT_VISITED_DAYS).ok(),
    }));
    found.extend(figures.iter().filter(|book| book.holder.is_none() && book.customers > 0).map(|book| {
        TeamException {
            kind: TeamExceptionKind::BookWithoutHolder,
            employee_id: None,
            book_id: Some(book.book),
            count: book.customers,
            days: None,
        }
    }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_has_its_own_first_and_last_day() {
        for (today, from, to) in [
            ("2026-11-18", "2026-10-01", "2026-12-31"),
            ("2026-01-01", "2026-01-01", "2026-03-31"),
            ("2028-03-31", "2028-01-01", "2028-03-31"),
            ("2026-06-30", "2026-04-01", "2026-06-30"),
        ] {
            let (days, last) = days_of(today.parse().expect("a date"));
            assert_eq!((days.quarter_from.to_string(), last.to_string()), (from.into(), to.into()));
        }
    }
}
