use crate::branch::{Answer, Branch, Tablet, send};
use axum::http::{Method, StatusCode};
use chrono::Days;
use domain::api::{
    AskMovers, Draft, PreviewScheme, PublishDraft, Rule, RuleBook, RuleFaults, RuleKind, SaveDraft, Way, path,
};
use domain::customer::Customer;
use domain::ids::{OrgUnitId, PolicyId, TierSchemeId, VisitStandardId};
use domain::policy::{Policy, PolicyFault};
use domain::rating::{Known, Tiers};
use domain::standard::{Period, Quota, StandardFault, TierStandard, VisitStandard};
use domain::tier::{Bound, Part, Preset, SchemeFault, TierCode, TierScheme};
use domain::time::Date;
use domain::version::{VersionState, Versioned};
use serde::Serialize;
use serde::de::DeserializeOwned;
use server::clock;
use uuid::Uuid;

pub const WAN: i64 = 1_000_000; // fen

/// So many days from today.
pub fn ahead(days: u64) -> Date {
    clock::now().date() + Days::new(days)
}

pub fn preset(preset: Preset) -> TierScheme {
    preset.draft(TierSchemeId(Uuid::nil()), OrgUnitId(Uuid::nil()))
}

/// The bank's first standard, with the blank filled: gold from so many 万.
pub fn bank(effective_on: Date, gold_wan: i64) -> TierScheme {
    let mut scheme = TierScheme { effective_on: Some(effective_on), ..preset(Preset::BankStandard1) };
    for step in &mut scheme.ladders[0].steps {
        match step.tier.0.as_str() {
            "gold" => step.floor = Bound::At(gold_wan * WAN),
            "mass" => step.ceiling = Bound::At(gold_wan * WAN),
            _ => {}
        }
    }
    scheme
}

/// One visit a quarter and one call a month for every tier of the scheme.
pub fn standard(effective_on: Date, scheme: &TierScheme) -> VisitStandard {
    let quota = |per| Quota { count: Some(1), per };
    VisitStandard {
        id: VisitStandardId(Uuid::nil()),
        org_unit_id: OrgUnitId(Uuid::nil()),
        version: 1,
        state: VersionState::Draft,
        effective_on: Some(effective_on),
        carried_periods: 4,
        do_event_visits_count: false,
        tiers: scheme
            .tiers
            .iter()
            .map(|tier| TierStandard {
                tier: tier.code.clone(),
                visits: quota(Period::Quarter),
                calls: quota(Period::Month),
                on_event: Vec::new(),
            })
            .collect(),
    }
}

pub fn policy(effective_on: Date) -> Policy {
    let usual = Policy::usual(PolicyId(Uuid::nil()), OrgUnitId(Uuid::nil()));
    Policy { effective_on: Some(effective_on), ..usual }
}

async fn save<T: Rule + Serialize>(device: &Tablet, revision: Option<u32>, body: T) -> Answer {
    let at = path::of_rule(path::RULE_DRAFT, T::RULE);
    device.send(Method::PUT, &at, Some(&SaveDraft { revision, body })).await
}

async fn try_publish(device: &Tablet, kind: RuleKind, revision: u32) -> Answer {
    let at = path::of_rule(path::RULE_PUBLISH, kind);
    device.send(Method::POST, &at, Some(&PublishDraft { revision })).await
}

async fn discard(device: &Tablet, kind: RuleKind) -> Answer {
    device.send::<()>(Method::DELETE, &path::of_rule(path::RULE_DRAFT, kind), None).await
}

/// From nothing to published.
pub async fn publish<T: Rule + Serialize + DeserializeOwned>(administrator: &Tablet, body: T) -> T {
    let draft: Draft<T> = save(administrator, None, body).await.json();
    let answer = try_publish(administrator, T::RULE, draft.revision).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

pub async fn book(device: &Tablet) -> RuleBook {
    device.get(path::RULES).await.json()
}

#[tokio::test]
async fn a_draft_is_kept_with_its_blanks_and_never_saved_over_unseen() {
    let branch = Branch::open().await;
    let (one, other) = (branch.sign_in("9001").await, branch.sign_in("9001").await);
    let blank = preset(Preset::BankStandards1And2);
    let first: Draft<TierScheme> = save(&one, None, blank.clone()).await.json();
    assert_eq!((first.revision, first.saved_by_name.as_str()), (1, "程若谷"));
    assert_eq!((&first.body.ladders, &first.body.tiers), (&blank.ladders, &blank.tiers));
    assert_ne!(first.body.id, blank.id);
    assert_eq!(first.body.org_unit_id, book(&one).await.tier_scheme_draft.unwrap().body.org_unit_id);

    let changed = (409, "draft_changed".to_owned());
    assert_eq!(save(&other, None, blank.clone()).await.refusal(), changed, "there is one already");
    let second: Draft<TierScheme> = save(&other, Some(1), bank(ahead(9), 10)).await.json();
    assert_eq!((second.revision, second.body.id), (2, first.body.id));
    assert_eq!(save(&one, Some(1), blank.clone()).await.refusal(), changed, "somebody else's words");
    assert_eq!(try_publish(&one, RuleKind::TierScheme, 1).await.refusal(), changed);
    assert_eq!(book(&one).await.tier_scheme_draft, Some(second));

    assert_eq!(discard(&one, RuleKind::TierScheme).await.status, StatusCode::NO_CONTENT);
    assert_eq!(discard(&one, RuleKind::TierScheme).await.status, StatusCode::NO_CONTENT);
    assert_eq!(book(&one).await.tier_scheme_draft, None);
    assert_eq!(save(&other, Some(2), blank).await.refusal(), changed, "discarded meanwhile");
    assert_eq!(branch.count("select count(*) from audit_log where act = 'discard_rule_draft'").await, 1);
    branch.close().await;
}

#[tokio::test]
async fn a_draft_without_bounds_is_refused_and_a_faulty_one_kept() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let mut many = preset(Preset::Telecom);
    let tier = many.tiers[0].clone();
    many.tiers.resize(31, tier);
    let mut long = preset(Preset::Telecom);
    long.tiers[0].name = "名".repeat(121);
    let mut nul = preset(Preset::Telecom);
    nul.tiers[0].name = "a\0b".to_owned();
    let far = TierScheme { effective_on: Date::from_ymd_opt(12_026, 1, 1), ..preset(Preset::Telecom) };
    for (scheme, code) in
        [(many, "too_many"), (long, "too_long"), (nul, "invalid"), (far, "date_out_of_range")]
    {
        assert_eq!(save(&administrator, None, scheme).await.refusal(), (422, code.to_owned()));
    }
    let huge = serde_json::json!({ "revision": null, "body": "长".repeat(100_000) });
    let at = path::of_rule(path::RULE_DRAFT, RuleKind::TierScheme);
    assert_eq!(administrator.send(Method::PUT, &at, Some(&huge)).await.refusal().1, "too_large");
    let wrong = serde_json::json!({ "revision": null, "body": policy(ahead(1)) });
    assert_eq!(administrator.send(Method::PUT, &at, Some(&wrong)).await.refusal().1, "malformed");
    assert_eq!(branch.count("select count(*) from rule_draft").await, 0);
    branch.close().await;
}

type Change = fn(&mut TierScheme);

#[tokio::test]
async fn what_keeps_a_scheme_from_taking_effect_is_listed_and_the_draft_kept() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let tier = |code: &str| TierCode::from(code);
    let past = clock::now().date() - Days::new(1);
    let weighed = |percents: [u8; 5]| {
        let mut scheme = bank(ahead(1), 10);
        scheme.weights = preset(Preset::ValueScore).weights;
        for (weight, percent) in scheme.weights.values_mut().zip(percents) {
            weight.percent = Some(percent);
        }
        scheme
    };
    let changed = |change: Change| {
        let mut scheme = bank(ahead(1), 10);
        change(&mut scheme);
        scheme
    };
    let mass_to = |wan: i64| {
        let mut scheme = bank(ahead(1), 10);
        scheme.ladders[0].steps[3].ceiling = Bound::At(wan * WAN);
        scheme
    };
    let mut revision = None;
    for (scheme, fault) in [
        (weighed([20, 20, 20, 20, 19]), SchemeFault::WeightsTotal { total: 99 }),
        (mass_to(9), SchemeFault::Gap { ladder: 0, from: Some(9 * WAN), to: Some(10 * WAN) }),
        (mass_to(11), SchemeFault::Overlap { ladder: 0, from: Some(10 * WAN), to: Some(11 * WAN) }),
        (bank(past, 10), SchemeFault::NotAhead { on: past }),
        (bank(clock::now().date(), 10), SchemeFault::NotAhead { on: clock::now().date() }),
        (changed(|scheme| scheme.effective_on = None), SchemeFault::Blank(Part::EffectiveOn)),
        (
            changed(|scheme| scheme.ladders[0].steps[2].floor = Bound::Blank),
            SchemeFault::Blank(Part::Floor { ladder: 0, tier: tier("gold") }),
        ),
    ] {
        let draft: Draft<TierScheme> = save(&administrator, revision, scheme.clone()).await.json();
        revision = Some(draft.revision);
        let answer = try_publish(&administrator, RuleKind::TierScheme, draft.revision).await;
        assert_eq!(answer.refusal(), (422, "rule_faults".to_owned()), "also a problem like any other");
        assert_eq!(answer.json::<RuleFaults<SchemeFault>>().faults, [fault]);
        assert_eq!(book(&administrator).await.tier_scheme_draft, Some(draft));
    }
    // Several at once, each with its place: gold's floor on both ladders, what is asked besides, the day.
    let blank = preset(Preset::BankStandards1And2);
    let draft: Draft<TierScheme> = save(&administrator, revision, blank.clone()).await.json();
    let answer = try_publish(&administrator, RuleKind::TierScheme, draft.revision).await;
    let faults = answer.json::<RuleFaults<SchemeFault>>().faults;
    assert_eq!(faults, blank.check(&book(&administrator).await.tier_schemes, clock::now().date()));
    assert!(faults.len() > 4);
    assert_eq!(branch.count("select count(*) from audit_log where act like 'publish%'").await, 0);
    branch.close().await;
}

#[tokio::test]
async fn what_is_published_reaches_every_tablet_and_is_never_changed() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let mut tablet = branch.sign_in("1001").await;
    tablet.pull(5_000).await;
    let before = book(&administrator).await.tier_schemes;
    let first = publish(&administrator, bank(ahead(30), 10)).await;
    assert_eq!(first.state, VersionState::Published);
    assert_eq!(first.version, before.last().map_or(0, Versioned::version) + 1);
    assert_eq!(book(&administrator).await.tier_scheme_draft, None);

    tablet.pull(5_000).await;
    assert_eq!(tablet.all::<TierScheme>().find(|scheme| scheme.id == first.id), Some(&first));
    let tiers = Tiers::of(tablet.all::<TierScheme>());
    let placed = tablet.all::<Customer>().filter(|customer| {
        let tier = tiers.tier(&Known::of(customer, []), &[], ahead(30));
        assert_eq!(tier.is_some(), customer.holdings.as_of.is_some());
        tier.is_some()
    });
    assert!(placed.count() > 0);

    // Again under the id of what is published: it becomes a version of its own.
    let again = TierScheme { effective_on: Some(ahead(60)), ..first.clone() };
    let second: Draft<TierScheme> = save(&administrator, None, again).await.json();
    assert_ne!(second.body.id, first.id);
    assert_eq!((second.body.version, second.body.state), (first.version + 1, VersionState::Draft));
    let same_day = TierScheme { effective_on: first.effective_on, ..second.body.clone() };
    let draft: Draft<TierScheme> = save(&administrator, Some(second.revision), same_day).await.json();
    let answer = try_publish(&administrator, RuleKind::TierScheme, draft.revision).await;
    let fault = SchemeFault::SameDay { version: first.version };
    assert_eq!(answer.json::<RuleFaults<SchemeFault>>().faults, [fault]);
    let draft: Draft<TierScheme> = save(&administrator, Some(draft.revision), second.body).await.json();
    let second: TierScheme = try_publish(&administrator, RuleKind::TierScheme, draft.revision).await.json();
    let mut expected = before;
    expected.extend([first, second]);
    assert_eq!(book(&administrator).await.tier_schemes, expected);
    assert_eq!(branch.count("select count(*) from audit_log where act = 'publish_tier_scheme'").await, 2);
    branch.close().await;
}

#[tokio::test]
async fn a_standard_is_held_against_the_tiers_of_its_first_day() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let mut tablet = branch.sign_in("1001").await;
    let mut later = bank(ahead(40), 10);
    later.tiers[0].code = "star".into();
    later.ladders[0].steps[0].tier = "star".into();
    let scheme = publish(&administrator, bank(ahead(20), 10)).await;
    let later = publish(&administrator, later).await;

    let draft: Draft<VisitStandard> = save(&administrator, None, standard(ahead(40), &scheme)).await.json();
    let answer = try_publish(&administrator, RuleKind::VisitStandard, draft.revision).await;
    assert_eq!(
        answer.json::<RuleFaults<StandardFault>>().faults,
        [
            StandardFault::UnknownTier { tier: "diamond".into() },
            StandardFault::TierMissing { tier: "star".into() }
        ]
    );
    let mut too_many = standard(ahead(40), &later);
    too_many.tiers[0].visits.count = Some(1_000);
    let draft: Draft<VisitStandard> = save(&administrator, Some(draft.revision), too_many).await.json();
    let answer = try_publish(&administrator, RuleKind::VisitStandard, draft.revision).await;
    let faults = answer.json::<RuleFaults<StandardFault>>().faults;
    assert!(matches!(faults[..], [StandardFault::TooMany { count: 1_000, .. }]), "{faults:?}");
    discard(&administrator, RuleKind::VisitStandard).await;

    let first = publish(&administrator, standard(ahead(20), &scheme)).await;
    let second = publish(&administrator, standard(ahead(40), &later)).await;
    let rules = publish(&administrator, policy(ahead(1))).await;
    tablet.pull(5_000).await;
    assert!([&first, &second].into_iter().all(|own| tablet.all::<VisitStandard>().any(|row| row == own)));
    assert!(tablet.all::<Policy>().any(|row| *row == rules));
    assert_eq!(second.version, first.version + 1);
    let logged = branch.count("select count(*) from audit_log where act = 'publish_visit_standard'").await;
    assert_eq!(logged, 2);
    assert_eq!(branch.count("select count(*) from audit_log where act = 'publish_policy'").await, 1);
    branch.close().await;
}

#[tokio::test]
async fn a_policy_is_checked_like_the_others() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let blank = Policy { effective_on: None, visits_a_week: Some(71), ..policy(ahead(1)) };
    let draft: Draft<Policy> = save(&administrator, None, blank).await.json();
    let answer = try_publish(&administrator, RuleKind::Policy, draft.revision).await;
    assert_eq!(
        answer.json::<RuleFaults<PolicyFault>>().faults,
        [PolicyFault::DayBlank, PolicyFault::VisitsAWeek { visits: 71, max: 70 }]
    );
    branch.close().await;
}

#[tokio::test]
async fn each_role_sees_and_writes_what_is_its_own() {
    let branch = Branch::open().await;
    sqlx::query("update employee set role = 'auditor' where employee_no = '1006'")
        .execute(&branch.pool)
        .await
        .unwrap();
    let tried = PreviewScheme { scheme: bank(ahead(1), 10) };
    for (employee_no, sees, writes) in [
        ("1001", false, false),
        ("3001", false, false),
        ("2001", true, false),
        ("1006", true, false),
        ("9001", true, true),
    ] {
        let device = branch.sign_in(employee_no).await;
        let status = |is_allowed: bool| if is_allowed { 200 } else { 403 };
        assert_eq!(device.get(path::RULES).await.status.as_u16(), status(sees), "{employee_no}");
        let preview = device.send(Method::POST, path::TIER_SCHEME_PREVIEW, Some(&tried)).await;
        assert_eq!(preview.status.as_u16(), status(sees), "{employee_no}");
        let asked = AskMovers { scheme: tried.scheme.clone(), way: Way::Down };
        let movers = device.send(Method::POST, path::TIER_SCHEME_MOVERS, Some(&asked)).await;
        assert_eq!(movers.status.as_u16(), status(sees), "{employee_no}");
        let saved = save(&device, None, bank(ahead(1), 10)).await;
        assert_eq!(saved.status.as_u16(), status(writes), "{employee_no}");
        let published = try_publish(&device, RuleKind::TierScheme, 1).await;
        assert_eq!(published.status.as_u16(), status(writes), "{employee_no}");
        let discarded = discard(&device, RuleKind::TierScheme).await;
        assert_eq!(discarded.status.is_success(), writes, "{employee_no}");
    }
    let nobody = send::<()>(&branch.router, Method::GET, path::RULES, &[], None).await;
    assert_eq!(nobody.refusal(), (401, "not_signed_in".to_owned()));
    let device = branch.sign_in("9001").await;
    for word in ["tier_scheme", "customer", "draft"] {
        let at = path::RULE_DRAFT.replace("{kind}", word);
        assert_eq!(device.send::<()>(Method::DELETE, &at, None).await.refusal().0, 404, "{word}");
    }
    branch.close().await;
}

/// Another organisation on the same server, with an administrator of its own.
pub async fn elsewhere(branch: &Branch) -> Tablet {
    let root = Uuid::now_v7();
    for statement in [
        "insert into org_unit (id, organisation_id, parent_id, name) values ($1, $1, null, '别处')",
        "insert into stream (id, version, pruned_to) values ($1, 0, 0)",
        "insert into employee (id, organisation_id, org_unit_id, employee_no, name, role, is_active, password_hash,
             must_change_password)
         select gen_random_uuid(), $1, $1, '9002', '别处管理员', role, is_active, password_hash, must_change_password
         from employee where employee_no = '9001'",
    ] {
        sqlx::query(statement).bind(root).execute(&branch.pool).await.unwrap();
    }
    branch.sign_in("9002").await
}

#[tokio::test]
async fn another_organisation_sees_nothing_of_it() {
    let branch = Branch::open().await;
    let administrator = branch.sign_in("9001").await;
    let mut stranger = elsewhere(&branch).await;
    publish(&administrator, bank(ahead(5), 10)).await;
    let draft: Draft<TierScheme> = save(&administrator, None, bank(ahead(9), 10)).await.json();
    let theirs = book(&stranger).await;
    assert_eq!((theirs.tier_schemes.len(), theirs.tier_scheme_draft), (0, None));
    stranger.pull(5_000).await;
    assert_eq!(stranger.all::<TierScheme>().count(), 0);
    assert_eq!(try_publish(&stranger, RuleKind::TierScheme, draft.revision).await.refusal().0, 409);
    discard(&stranger, RuleKind::TierScheme).await;
    // Their own, on the same day and under the same number, stands beside ours.
    assert_eq!(publish(&stranger, bank(ahead(5), 20)).await.version, 1);
    assert_eq!(book(&administrator).await.tier_scheme_draft, Some(draft));
    branch.close().await;
}
