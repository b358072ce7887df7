//! 资料: every fact kept of the customer; what is missing says so and can be added.

use super::listing::holder;
use super::who::Subject;
use crate::i18n::{Language, day, fill, language, t};
use crate::words::customers as words;
use crate::workbench::Workbench;
use chrono::Datelike;
use domain::customer::{Customer, CustomerType};
use domain::lunar::LunarDay;
use domain::time::Date;
use leptos::prelude::*;

#[derive(Clone, PartialEq)]
struct Fact {
    name: &'static str,
    value: Option<String>,
    /// Whether the person can add it; some come only with the branch's list.
    is_ours: bool,
}

fn birthday(on: Date, today: Date, is_person: bool) -> String {
    let age = today.year() - on.year() - i32::from((today.month(), today.day()) < (on.month(), on.day()));
    if is_person { fill(words::AGE, &[("day", &day(on, today)), ("n", &age)]) } else { day(on, today) }
}

/// 八月十五; the figures of the lunar month and day elsewhere.
fn lunar_words(day: &LunarDay) -> String {
    match language() {
        Language::ZhCn => day.zh(),
        Language::En => day.to_string(),
    }
}

fn facts(customer: &Customer, today: Date) -> Vec<Fact> {
    let is_person = customer.customer_type != CustomerType::Company;
    let ours = |name, value: Option<String>| Fact { name: t(name), value, is_ours: true };
    let theirs = |name, value: Option<String>| Fact { name: t(name), value, is_ours: false };
    let mut facts = vec![
        ours(
            if is_person { words::BIRTHDAY } else { words::FOUNDED },
            customer.birthday.map(|on| birthday(on, today, is_person)),
        ),
        theirs(
            words::LUNAR_BIRTHDAY,
            customer.lunar_birthday.filter(|_| is_person).map(|day| lunar_words(&day)),
        ),
        ours(words::INDUSTRY, customer.industry.clone()),
        ours(words::ADDRESS, customer.address.clone()),
        theirs(words::IDENTITY, customer.identity_masked.clone()),
        theirs(words::OPENED_ON, customer.opened_on.map(|on| day(on, today))),
        theirs(words::LISTED_VISIT, customer.last_visited_on.map(|on| day(on, today))),
        ours(words::REMARK, customer.remark.clone()),
    ];
    // What is only sometimes there is no gap when it is not.
    let is_extra = |fact: &Fact| [t(words::LUNAR_BIRTHDAY), t(words::LISTED_VISIT)].contains(&fact.name);
    facts.retain(|fact| fact.value.is_some() || !is_extra(fact));
    facts
}

/// Names of the facts a person could ask for and has not.
pub fn missing_facts(customer: &Customer) -> Vec<&'static str> {
    let own = [(words::PHONE, customer.phone.is_none())];
    let facts =
        facts(customer, Date::default()).into_iter().filter(|fact| fact.is_ours && fact.value.is_none());
    let facts = facts.map(|fact| fact.name).filter(|name| *name != t(words::REMARK));
    own.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| t(name)).chain(facts).collect()
}

#[component]
pub fn FactsSection(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let facts = Memo::new(move |_| {
        let mut facts = subject
            .customer
            .with(|customer| customer.as_ref().map(|customer| facts(customer, workbench.today())))
            .unwrap_or_default();
        let held_by = workbench.read(|replica| {
            let book = replica.get::<Customer>(subject.id)?.book_id;
            (replica.actor().books.len() > 1).then(|| holder(replica, book, t(words::NO_MANAGER)))
        });
        if held_by.is_some() {
            facts.push(Fact { name: t(words::HOLDER), value: held_by, is_ours: false });
        }
        facts
    });
    let known = move || {
        facts.with(|facts| {
            let known = facts.iter().filter(|fact| fact.value.is_some()).count();
            format!("{known}/{}", facts.len())
        })
    };
    let lines = move || {
        facts
            .get()
            .into_iter()
            .map(|Fact { name, value, is_ours }| {
                let value = match value {
                    Some(value) => view! { {value} }.into_any(),
                    None if is_ours && subject.may_keep => view! {
                        <button type="button" class="link hit" on:click=move |_| subject.is_edit_open.set(true)>
                            {t(words::FILL_IN)}<span class="vh">{name}</span>
                        </button>
                    }
                    .into_any(),
                    None => view! { <span class="faint">"—"</span> }.into_any(),
                };
                view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
            })
            .collect_view()
    };
    view! {
        <section aria-labelledby="h-facts">
            <div class="head"><h3 id="h-facts">{t(words::FACTS)}</h3><span class="count">{known}</span></div>
            <dl class="facts">{lines}</dl>
        </section>
    }
}
