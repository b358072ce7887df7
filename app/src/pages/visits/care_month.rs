//! The care calendar by marks, a month or a week of it: what falls on each day, in signs and words.

use super::care::{CareDay, CareKind, care_days};
use super::{Look, Span};
use crate::components::Icon;
use crate::i18n::{day, fill, t, weekday_short};
use crate::words::plan as words;
use crate::workbench::Workbench;
use chrono::{Datelike, Weekday};
use domain::agenda;
use domain::time::Date;
use leptos::prelude::*;

const KINDS: [(CareKind, crate::i18n::Words); 3] = [
    (CareKind::Birthday, words::KEY_BIRTHDAY),
    (CareKind::Contract, words::KEY_CONTRACT),
    (CareKind::Festival, words::KEY_FESTIVAL),
];

#[component]
pub fn CareMonth(look: Look) -> impl IntoView {
    let workbench = Workbench::expect();
    let cells = Memo::new(move |_| {
        let dates = match look.span.get() {
            Span::Month => agenda::month_weeks(look.day.get()),
            Span::Week => agenda::week_of(look.day.get()).to_vec(),
        };
        let (Some(&from), Some(&to)) = (dates.first(), dates.last()) else { return Vec::new() };
        workbench.read(|replica| {
            let mut days = care_days(replica, from, to, look.today);
            dates.into_iter().map(|date| (date, days.remove(&date).unwrap_or_default())).collect::<Vec<_>>()
        })
    });
    let head = agenda::week_of(look.today);
    view! {
        <div class="cal-month" class:cal-care-week=move || look.span.get() == Span::Week>
            <ol class="mo-head" aria-hidden="true">
                {head.into_iter().map(|date| view! { <li>{weekday_short(date)}</li> }).collect_view()}
            </ol>
            <ol class="mo-grid">
                {move || cells.get().into_iter().map(|(date, care)| view! { <CareCell date care look /> }).collect_view()}
            </ol>
            <p class="keys">
                {KINDS.into_iter().map(|(kind, name)| view! {
                    <span class="key"><Icon name=kind.icon() small=true />{t(name)}</span>
                }).collect_view()}
                <span class="key"><Icon name="check" small=true />{t(words::KEY_KEPT)}</span>
            </p>
        </div>
    }
}

#[component]
fn CareCell(date: Date, care: CareDay, look: Look) -> impl IntoView {
    let (birthdays, contracts) = (care.count(CareKind::Birthday), care.count(CareKind::Contract));
    let mut label = fill(
        words::CARE_DAY_SUM,
        &[("day", &day(date, look.today)), ("birthdays", &birthdays), ("contracts", &contracts)],
    );
    if !care.festivals.is_empty() {
        label.push_str(&fill(words::CARE_FEASTS, &[("names", &care.festivals.join("、"))]));
    }
    let is_out = move || {
        look.span.get() == Span::Month
            && look.day.with(|shown| (shown.year(), shown.month()) != (date.year(), date.month()))
    };
    let is_rest = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let current = move || {
        let is_chosen = look.day.get() == date;
        if is_chosen { Some("true") } else { (date == look.today).then_some("date") }
    };
    let is_kept = !care.lines.is_empty() && care.lines.iter().all(|line| line.kept_on.is_some());
    let counted = [
        (CareKind::Birthday, birthdays, words::BIRTHDAYS_ONE),
        (CareKind::Contract, contracts, words::CONTRACTS_ONE),
    ];
    view! {
        <li class:mo-out=is_out class:mo-rest=is_rest>
            <a href=move || look.href(date) aria-current=current>
                <span class="vh">{label}</span>
                <b aria-hidden="true">{date.day()}</b>
                <span aria-hidden="true">{is_kept.then(|| view! { <Icon name="check" small=true /> })}</span>
                <span class="care-marks" aria-hidden="true">
                    {care.festivals.into_iter().map(|name| view! { <em class="care-feast"><Icon name=CareKind::Festival.icon() small=true /><span>{name}</span></em> }).collect_view()}
                    {counted.into_iter().filter(|(_, n, _)| *n > 0).map(|(kind, n, words)| view! {
                        <em class="care-mark"><Icon name=kind.icon() small=true /><span>{fill(words, &[("n", &n)])}</span></em>
                    }).collect_view()}
                </span>
            </a>
        </li>
    }
}

/// `生日3，合同到期1`: what the shown time holds.
pub fn care_sum(look: Look) -> String {
    let workbench = Workbench::expect();
    let (from, to) = look.range();
    workbench.read(|replica| {
        let days = care_days(replica, from, to, look.today);
        let sum = |kind| days.values().map(|day| day.count(kind)).sum::<usize>();
        fill(
            words::CARE_SUM,
            &[("birthdays", &sum(CareKind::Birthday)), ("contracts", &sum(CareKind::Contract))],
        )
    })
}

/// A day's occasions in a word or two, for 走访's month.
pub fn beside(care: &CareDay) -> Option<String> {
    let birthdays = care.count(CareKind::Birthday);
    let contracts = care.count(CareKind::Contract);
    let mut parts = care.festivals.clone();
    parts.extend((birthdays > 0).then(|| fill(words::BIRTHDAYS_ONE, &[("n", &birthdays)])));
    parts.extend((contracts > 0).then(|| fill(words::CONTRACTS_ONE, &[("n", &contracts)])));
    (!parts.is_empty()).then(|| parts.join(" "))
}
