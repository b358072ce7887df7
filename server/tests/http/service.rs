//! What service is made of: calls, events, contracts, tasks, tiers by hand, goals, marks, preparations, figures.

use crate::branch::{Branch, Tablet, answer};
use crate::rules::{ahead, bank, book, publish, standard};
use axum::body::Body;
use axum::http::{Method, Request, header};
use domain::actor::Context;
use domain::api::{HandOver, HandOverResult, HandOverWhich, path};
use domain::call::{CallOutcome, Channel};
use domain::contract::ContractState;
use domain::customer::{Customer, CustomerField};
use domain::ids::{
    CallId, ContractId, CustomerId, EventId, MutationId, PromiseId, TaskId, TierOverrideId, TierSchemeId,
    VisitId,
};
use domain::mark::MarkKind;
use domain::money::Fen;
use domain::mutation::{
    AddContract, AddTask, AnswerEvent, CustomerEdit, EditCustomer, EndTierOverride, Goal, MarkCustomer,
    Mutation, NewPromise, PlanVisit, PrepareVisit, RecordCall, RecordVisit, RemoveEvent, ReportEvent,
    SetTier, SetTierGoal, SettleContract, SettleTask,
};
use domain::policy::Policy;
use domain::preparation::Bring;
use domain::promise::PromiseBy;
use domain::rating::{CustomerRows, Rated, Rules, RulesOn};
use domain::rejection::Rejection;
use domain::row::{FromRow, Kind, Row, RowKey};
use domain::standard::VisitStandard;
use domain::task::TaskState;
use domain::tier::TierScheme;
use domain::time::Date;
use domain::visit::VisitReport;
use domain::wire::{CLIENT_HEADER, Page};
use domain::working_set::{Changes, WorkingSet};
use server::clock;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// Pushes a mutation, and answers what it does by the same rule on the tablet's own rows.
async fn push(tablet: &mut Tablet, mutation: Mutation) -> Changes {
    let push = tablet.batch([mutation.clone()]);
    let actor = tablet.session.actor.clone();
    let context = Context {
        actor: &actor,
        mutation_id: MutationId(Uuid::nil()),
        made_at: push.mutations[0].made_at,
        now: clock::now(),
    };
    let rows = tablet.rows.clone();
    let mut set = WorkingSet::over(&rows);
    mutation.apply(&mut set, &context).unwrap();
    let changes = set.into_changes();
    let results = tablet.send_push(&push).await.json::<domain::wire::PushAnswer>().results;
    assert_eq!(results[0].refused, None, "{}", mutation.name());
    changes
}

/// One of everything; the last of each list settles, ends or takes back what stays unseen without it.
fn everything(tablet: &Tablet, customer_id: CustomerId, scheme_id: TierSchemeId) -> Vec<Mutation> {
    let today = clock::now().date();
    let new = Uuid::now_v7;
    let (event_id, visit_id, task_id) = (EventId(new()), VisitId(new()), TaskId(new()));
    let (taken_back, contract_id) = (EventId(new()), ContractId(new()));
    let (set_today, kept) = (TierOverrideId(new()), TierOverrideId(new()));
    let promise = NewPromise {
        promise_id: PromiseId(new()),
        by: PromiseBy::Customer,
        text: "回电话".to_owned(),
        due_on: ahead(3),
    };
    let event = |event_id| ReportEvent {
        event_id,
        customer_id,
        event: "churn".into(),
        on: today,
        note: Some("提到换银行".to_owned()),
    };
    let set_tier = |override_id| SetTier {
        override_id,
        customer_id,
        scheme_id,
        tier: "gold".into(),
        reason: "集团客户".to_owned(),
        until: ahead(90),
    };
    let lunar =
        CustomerEdit { field: CustomerField::LunarBirthday, base: None, new: Some("leap-04-03".to_owned()) };
    vec![
        EditCustomer { customer_id, edits: vec![lunar] }.into(),
        RecordCall {
            call_id: CallId(new()),
            customer_id,
            on: today,
            at_minute: Some(615),
            channel: Channel::Phone,
            outcome: CallOutcome::Reached,
            summary: "问了理财到期".to_owned(),
            minutes: Some(7),
            promises: vec![promise],
        }
        .into(),
        RecordCall {
            call_id: CallId(new()),
            customer_id,
            on: today,
            at_minute: None,
            channel: Channel::Message,
            outcome: CallOutcome::NoAnswer,
            summary: String::new(),
            minutes: None,
            promises: Vec::new(),
        }
        .into(),
        event(event_id).into(),
        PlanVisit { visit_id, customer_id, on: ahead(2), at_minute: Some(540), purpose: None }.into(),
        AnswerEvent { event_id, customer_id, visit_id }.into(),
        event(taken_back).into(),
        RemoveEvent { event_id: taken_back, customer_id }.into(),
        AddContract {
            contract_id,
            customer_id,
            name: "三年期大额存单".to_owned(),
            amount: Some(Fen(50_000_000)),
            ends_on: ahead(20),
        }
        .into(),
        SettleContract { contract_id, customer_id, state: ContractState::Renewed }.into(),
        AddContract {
            contract_id: ContractId(new()),
            customer_id,
            name: "车险".to_owned(),
            amount: None,
            ends_on: ahead(400),
        }
        .into(),
        AddTask {
            task_id,
            customer_id,
            owner_id: tablet.session.actor.employee_id,
            text: "补身份证复印件".to_owned(),
            due_on: ahead(5),
        }
        .into(),
        SettleTask { task_id, customer_id, state: TaskState::Done }.into(),
        set_tier(set_today).into(),
        EndTierOverride { override_id: set_today, customer_id }.into(),
        set_tier(kept).into(),
        SetTierGoal { customer_id, goal: Some(Goal { scheme_id, tier: "platinum".into(), by: ahead(60) }) }
            .into(),
        MarkCustomer { customer_id, mark: Some(MarkKind::CallFirst) }.into(),
        MarkCustomer { customer_id, mark: Some(MarkKind::Important) }.into(),
        PrepareVisit {
            visit_id,
            customer_id,
            minutes: Some(45),
            bring: vec![Bring { what: "利率表".to_owned(), is_ready: true }],
        }
        .into(),
    ]
}

/// Figures of a month before the sample's, in the stream as if an import had written them.
async fn tell(branch: &Branch, customer_id: CustomerId) {
    for statement in [
        "insert into figures (id, customer_id, book_id, month, as_of, deposit_fen, credit_points)
         select gen_random_uuid(), id, book_id, '2019-01-01', '2019-01-31', -5, 100 from customer where id = $1",
        "insert into sync_row (stream_id, kind, row_id, version, deleted, changed_at)
         select book_id, 'figures', id, 1, false, now() from figures where customer_id = $1 and month = '2019-01-01'",
    ] {
        sqlx::query(statement).bind(customer_id.0).execute(&branch.pool).await.unwrap();
    }
}

/// A branch, its lead with a customer to whom all of it happened, and where the customer is.
async fn served(branch: &Branch) -> (Tablet, CustomerId, TierSchemeId) {
    let administrator = branch.sign_in("9001").await;
    let scheme = publish(&administrator, bank(ahead(1), 10)).await;
    let mut holder = branch.sign_in("1001").await;
    holder.pull(5_000).await;
    let customer = holder.all::<Customer>().next().unwrap().id;
    tell(branch, customer).await;
    let mut lead = branch.sign_in("2001").await;
    lead.pull(5_000).await;
    (lead, customer, scheme.id)
}

fn of_customer(rows: &BTreeMap<RowKey, Row>, id: CustomerId) -> BTreeMap<RowKey, Row> {
    rows.iter()
        .filter(|(key, row)| row.customer_id() == Some(id) && key.kind != Kind::Customer)
        .map(|(key, row)| (*key, row.clone()))
        .collect()
}

#[tokio::test]
async fn what_is_pushed_comes_back_from_the_database_as_the_tablet_had_it() {
    let branch = Branch::open().await;
    let (mut lead, customer, scheme) = served(&branch).await;
    let mut names = BTreeSet::new();
    for mutation in everything(&lead, customer, scheme) {
        names.insert(mutation.name());
        let changes = push(&mut lead, mutation.clone()).await;
        lead.pull(5_000).await;
        assert!(!changes.is_empty());
        for (key, row) in changes {
            assert_eq!(lead.rows.get(&key), row.as_ref(), "{}", mutation.name());
        }
    }
    assert_eq!(names.len(), 15, "each of the new mutations, a visit to plan and a field to edit: {names:?}");
    let mut desk = branch.sign_in("3001").await;
    desk.pull(200).await;
    assert_eq!(of_customer(&desk.rows, customer), of_customer(&lead.rows, customer));
    // Taken back again, the goal and the mark are gone.
    let back: [Mutation; 2] = [
        SetTierGoal { customer_id: customer, goal: None }.into(),
        MarkCustomer { customer_id: customer, mark: None }.into(),
    ];
    for mutation in back {
        push(&mut lead, mutation).await;
    }
    desk.pull(200).await;
    assert!(
        !desk.rows.keys().any(|key| matches!(key.kind, Kind::TierGoal | Kind::Mark) && key.id == customer.0)
    );
    branch.close().await;
}

/// What the rules say of a customer by these rows, on a day.
fn rated(rows: &BTreeMap<RowKey, Row>, id: CustomerId, on: Date) -> Rated {
    fn all<T: FromRow>(rows: &BTreeMap<RowKey, Row>) -> impl Iterator<Item = &T> {
        rows.values().filter_map(T::from_row)
    }
    fn of<T: FromRow>(rows: &BTreeMap<RowKey, Row>, id: CustomerId) -> Vec<&T> {
        rows.values().filter(|row| row.customer_id() == Some(id)).filter_map(T::from_row).collect()
    }
    let rules = Rules::of(all::<TierScheme>(rows), all::<VisitStandard>(rows), all::<Policy>(rows));
    let rows = CustomerRows {
        customer: of(rows, id)[0],
        figures: of(rows, id),
        by_hand: of(rows, id),
        visits: of(rows, id),
        calls: of(rows, id),
        events: of(rows, id),
        contracts: of(rows, id),
    };
    Rated::of(&RulesOn::of(Arc::new(rules), on), &rows)
}

#[tokio::test]
async fn the_debt_a_tablet_counts_offline_is_the_one_the_database_holds() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let (mut lead, customer, scheme) = served(&branch).await;
    let published = book(&administrator).await.tier_schemes;
    publish(&administrator, standard(ahead(1), published.last().unwrap())).await;
    lead.pull(5_000).await;
    let before = lead.rows.clone();
    // The tablet's own rows, by its own rule: nothing of what it pulls meanwhile is looked at.
    let mut offline = lead.rows.clone();
    let visit = RecordVisit {
        visit_id: VisitId(Uuid::now_v7()),
        customer_id: customer,
        on: clock::now().date(),
        report: VisitReport { summary: "谈了续签".to_owned(), ..VisitReport::default() },
        at_minute: None,
        purpose: None,
        promises: Vec::new(),
    };
    for mutation in everything(&lead, customer, scheme).into_iter().chain([visit.into()]) {
        for (key, row) in push(&mut lead, mutation).await {
            match row {
                Some(row) => offline.insert(key, row),
                None => offline.remove(&key),
            };
        }
        lead.pull(5_000).await;
    }
    let mut desk = branch.sign_in("3001").await;
    desk.pull(200).await;
    let mut changed = 0;
    for day in (0..200).step_by(7).map(ahead) {
        let here = rated(&offline, customer, day);
        assert_eq!(here, rated(&desk.rows, customer, day), "{day}");
        changed += usize::from(here.debt != rated(&before, customer, day).debt);
    }
    assert!(changed > 0, "what was written pays nothing, so this compares nothing");
    branch.close().await;
}

#[tokio::test]
async fn only_a_lead_sets_a_tier_by_hand() {
    let branch = Branch::open().await;
    let (mut lead, customer, scheme) = served(&branch).await;
    let (mut tablet, mut desk) = (branch.sign_in("1001").await, branch.sign_in("3001").await);
    let everything = everything(&lead, customer, scheme);
    let set = everything.iter().find(|mutation| mutation.name() == "set_tier").unwrap();
    let end = everything.iter().find(|mutation| mutation.name() == "end_tier_override").unwrap();
    push(&mut lead, set.clone()).await;
    for device in [&mut tablet, &mut desk] {
        for mutation in [set, end] {
            assert_eq!(device.push([mutation.clone()]).await[0].refused, Some(Rejection::NotAllowed));
        }
    }
    branch.close().await;
}

#[tokio::test]
async fn a_hand_over_carries_all_of_it_along() {
    let branch = Branch::open().await;
    let (mut lead, customer, scheme) = served(&branch).await;
    for mutation in everything(&lead, customer, scheme) {
        push(&mut lead, mutation).await;
        lead.pull(5_000).await;
    }
    let (mut from, mut to) = (branch.sign_in("1001").await, branch.sign_in("1002").await);
    from.pull(5_000).await;
    to.pull(5_000).await;
    let before = of_customer(&from.rows, customer);
    let kinds: BTreeSet<Kind> = before.keys().map(|key| key.kind).collect();
    for kind in Kind::ALL.iter().filter(|kind| kind.since_schema() == 2 && kind.is_of_customer()) {
        assert!(kinds.contains(kind), "{kind:?}");
    }
    let customers = HandOverWhich::Ids(vec![customer]);
    let asked = HandOver { from_book: from.book(), to_book: to.book(), customers };
    let answer = lead.send(Method::POST, path::HAND_OVERS, Some(&asked)).await;
    assert_eq!(answer.json::<HandOverResult>().moved, 1);
    for device in [&mut from, &mut to, &mut lead] {
        device.pull(40).await;
    }
    assert_eq!(of_customer(&from.rows, customer), BTreeMap::new());
    assert_eq!(of_customer(&to.rows, customer), before);
    assert_eq!(of_customer(&lead.rows, customer), before);
    branch.close().await;
}

#[tokio::test]
async fn an_app_from_before_these_kinds_is_spared_them() {
    let branch = Branch::open().await;
    let (mut lead, customer, scheme) = served(&branch).await;
    for mutation in everything(&lead, customer, scheme) {
        push(&mut lead, mutation).await;
        lead.pull(5_000).await;
    }
    let mut old = branch.sign_in("1001").await;
    let kinds = async |tablet: &mut Tablet, schema: u32| {
        let mut kinds = BTreeSet::new();
        let mut asked = tablet.pull_of(60);
        loop {
            let request = Request::builder()
                .method(Method::POST)
                .uri(path::SYNC_PULL)
                .header(CLIENT_HEADER, "1")
                .header(header::COOKIE, &tablet.cookie)
                .header(
                    header::ACCEPT,
                    format!("application/x-rounds-page;schema={schema}, application/json"),
                )
                .body(Body::from(serde_json::to_vec(&asked).unwrap()))
                .unwrap();
            let answer = answer(&branch.router, request).await;
            let page: Page = if answer.headers[header::CONTENT_TYPE] == "application/json" {
                answer.json()
            } else {
                postcard::from_bytes(&answer.body).unwrap()
            };
            for stream in &page.streams {
                kinds.extend(stream.put.iter().map(|row| row.key().kind));
                asked.cookie.retain(|cookie| cookie.stream != stream.stream);
                asked.cookie.push(stream.cookie.clone());
            }
            if !page.more {
                return kinds;
            }
        }
    };
    let spared = kinds(&mut old, 1).await;
    let all = kinds(&mut old, 2).await;
    assert!(spared.iter().all(|kind| kind.since_schema() == 1), "{spared:?}");
    assert_eq!(spared, all.iter().copied().filter(|kind| kind.since_schema() == 1).collect());
    assert!(all.contains(&Kind::TierScheme) && all.contains(&Kind::Call) && spared.contains(&Kind::Visit));
    branch.close().await;
}
