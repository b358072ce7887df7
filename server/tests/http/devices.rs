//! Devices: listed, revoked with or without what they hold, and the second way into their stores.

use crate::administration::post;
use crate::branch::{Branch, send, sign_in};
use axum::http::{Method, StatusCode};
use domain::api::{Devices, RevokeDevice, path};
use domain::customer::Customer;
use domain::ids::{DeviceId, NoteId};
use domain::mutation::{AddNote, Mutation};
use domain::wire::SignedIn;
use server::sample::PASSWORD;
use uuid::Uuid;

#[tokio::test]
async fn a_device_is_revoked_by_its_owner_or_the_administrator_only() {
    let branch = Branch::open().await;
    let (tablet, other) = (branch.sign_in("1001").await, branch.sign_in("1001").await);
    let (stranger, lead) = (branch.sign_in("1002").await, branch.sign_in("2001").await);
    let devices: Devices = tablet.get(path::DEVICES).await.json();
    assert_eq!(devices.devices.len(), 2);
    let at = path::of(path::DEVICE_REVOKE, other.device_id);
    let asked = RevokeDevice { take_pending: false };
    assert_eq!(post(&stranger, &at, &asked).await.refusal(), (404, "not_found".to_owned()));
    assert_eq!(post(&lead, &at, &asked).await.refusal(), (403, "not_allowed".to_owned()));
    assert_eq!(post(&tablet, &at, &asked).await.status, StatusCode::NO_CONTENT);
    assert_eq!(other.get(path::SESSION).await.refusal(), (410, "device_revoked".to_owned()));
    assert_eq!(tablet.get(path::SESSION).await.status, StatusCode::OK);
    branch.close().await;
}

/// Whoever names another's id stands beside them in the list, and is not revoked in their place.
#[tokio::test]
async fn a_device_several_people_named_is_revoked_for_all_of_them() {
    let branch = Branch::open().await;
    let (device, administrator) = (DeviceId(Uuid::now_v7()), branch.sign_in("9001").await);
    let theirs = [branch.sign_in_on("1001", device).await, branch.sign_in_on("1002", device).await];
    let at = path::of(path::DEVICE_REVOKE, device);
    let asked = RevokeDevice { take_pending: false };
    assert_eq!(post(&administrator, &at, &asked).await.status, StatusCode::NO_CONTENT);
    for tablet in theirs {
        assert_eq!(tablet.get(path::SESSION).await.refusal(), (410, "device_revoked".to_owned()));
    }
    branch.close().await;
}

#[tokio::test]
async fn what_a_revoked_device_holds_unsent_is_taken_once_if_that_was_said() {
    let branch = Branch::open().await;
    let mut lost = [branch.sign_in("1001").await, branch.sign_in("1001").await];
    let owner = branch.sign_in("1001").await;
    for (tablet, take_pending) in lost.iter_mut().zip([true, false]) {
        tablet.pull(5_000).await;
        let customer_id = tablet.all::<Customer>().next().unwrap().id;
        let asked = RevokeDevice { take_pending };
        let at = path::of(path::DEVICE_REVOKE, tablet.device_id);
        assert_eq!(post(&owner, &at, &asked).await.status, StatusCode::NO_CONTENT);
        // Whoever says it a second time does not take back what was said first.
        let again = RevokeDevice { take_pending: !take_pending };
        assert_eq!(post(&owner, &at, &again).await.status, StatusCode::NO_CONTENT);

        let code = if take_pending { "device_revoked_push_first" } else { "device_revoked" };
        assert_eq!(tablet.get(path::SESSION).await.refusal(), (410, code.to_owned()));
        let signing_in = sign_in("1001", PASSWORD, tablet.device_id);
        let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&signing_in)).await;
        assert_eq!(answer.refusal(), (410, code.to_owned()));
        if let Some(cookie) = answer.cookie() {
            tablet.cookie = cookie;
        }

        let note = |text: &str| {
            Mutation::from(AddNote { note_id: NoteId(Uuid::now_v7()), customer_id, text: text.to_owned() })
        };
        let mut first = tablet.batch([note("丢之前写的")]);
        first.pending_after = 1;
        let status = tablet.send_push(&first).await.status;
        assert_eq!(status, if take_pending { StatusCode::OK } else { StatusCode::GONE });
        if take_pending {
            let last = tablet.batch([note("丢之前最后写的")]);
            assert_eq!(tablet.send_push(&last).await.status, StatusCode::OK);
            // Its answer was lost, and meanwhile somebody wrote on.
            assert_eq!(tablet.send_push(&last).await.status, StatusCode::OK);
            let written_on = tablet.batch([note("丢之前还在写的")]);
            assert_eq!(tablet.send_push(&written_on).await.status, StatusCode::OK);
            let nothing = tablet.push_of(Vec::new());
            assert_eq!(tablet.send_push(&nothing).await.status, StatusCode::OK);
            // Nothing was left: from now on it is any revoked device.
            let more = tablet.batch([note("丢之后写的")]);
            assert_eq!(tablet.send_push(&more).await.refusal(), (410, "device_revoked".to_owned()));
        }
    }
    assert_eq!(branch.count("select count(*) from note where text like '丢之前%'").await, 3);
    assert_eq!(branch.count("select count(*) from note where text like '丢之后%'").await, 0);
    assert_eq!(branch.count("select count(*) from recovery_key").await, 1, "theirs are forgotten");
    branch.close().await;
}

/// Put away for longer than a session lasts, it still gives what it holds, once its owner has said who they are.
#[tokio::test]
async fn a_revoked_device_gives_what_it_holds_though_its_session_is_over() {
    let branch = Branch::open().await;
    let owner = branch.sign_in("1001").await;
    for (take_pending, status) in [(true, StatusCode::OK), (false, StatusCode::UNAUTHORIZED)] {
        let mut tablet = branch.sign_in("1001").await;
        tablet.pull(5_000).await;
        let customer_id = tablet.all::<Customer>().next().unwrap().id;
        let at = path::of(path::DEVICE_REVOKE, tablet.device_id);
        assert_eq!(post(&owner, &at, &RevokeDevice { take_pending }).await.status, StatusCode::NO_CONTENT);
        let over = "update session set expires_at = now() - interval '1 second' where device_id = $1";
        sqlx::query(over).bind(tablet.device_id.0).execute(&branch.pool).await.unwrap();
        let note = Mutation::from(AddNote {
            note_id: NoteId(Uuid::now_v7()),
            customer_id,
            text: "收起以前写的".to_owned(),
        });
        let last = tablet.batch([note]);
        assert_eq!(tablet.send_push(&last).await.refusal(), (401, "not_signed_in".to_owned()));

        let signing_in = sign_in("1001", PASSWORD, tablet.device_id);
        let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&signing_in)).await;
        assert_eq!(answer.status, StatusCode::GONE);
        let Some(cookie) = answer.cookie() else {
            assert!(!take_pending);
            assert_eq!(tablet.send_push(&last).await.status, status);
            continue;
        };
        tablet.cookie = cookie;
        let told = tablet.get(path::SESSION).await.refusal();
        assert_eq!(told, (410, "device_revoked_push_first".to_owned()), "good for nothing else");
        assert_eq!(tablet.send_push(&last).await.status, status);
        assert_eq!(tablet.send_push(&tablet.push_of(Vec::new())).await.status, status, "that was all");
        assert_eq!(tablet.send_push(&last).await.refusal(), (410, "device_revoked".to_owned()));
    }
    assert_eq!(branch.count("select count(*) from note where text = '收起以前写的'").await, 1);
    branch.close().await;
}

#[tokio::test]
async fn a_revoked_device_is_told_so_and_cannot_sign_in_again() {
    let branch = Branch::open().await;
    let tablet = branch.sign_in("1001").await;
    sqlx::query("update device set revoked_at = now()").execute(&branch.pool).await.unwrap();
    assert_eq!(tablet.get(path::SESSION).await.refusal(), (410, "device_revoked".to_owned()));
    let asked = sign_in("1001", PASSWORD, tablet.device_id);
    let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&asked)).await;
    assert_eq!(answer.refusal(), (410, "device_revoked".to_owned()));
    branch.close().await;
}

/// The second way into a tablet's store, for whoever has forgotten the password.
#[tokio::test]
async fn a_device_is_given_one_recovery_key_and_only_at_signing_in() {
    let branch = Branch::open().await;
    let devices = [Uuid::now_v7(), Uuid::now_v7()].map(DeviceId);
    let key = async |employee_no: &str, device| {
        let asked = sign_in(employee_no, PASSWORD, device);
        let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&asked)).await;
        answer.json::<SignedIn>().recovery_key.0
    };
    let first = key("1001", devices[0]).await;
    assert_eq!(first.len(), 64);
    assert_eq!(key("1001", devices[0]).await, first, "a second sign-in opens what the first has sealed");
    assert_ne!(key("1001", devices[1]).await, first);
    assert_ne!(key("1002", devices[0]).await, first, "several people on one tablet are sealed apart");

    let tablet = branch.sign_in_on("1001", devices[0]).await;
    let told = tablet.get(path::SESSION).await;
    assert!(!String::from_utf8_lossy(&told.body).contains(&first), "a session kept alive tells nothing");
    // Whoever has the password alone, or a session alone, has not both: a wrong password is answered without it.
    let wrong = sign_in("1001", "wrong", devices[0]);
    let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&wrong)).await;
    assert!(!String::from_utf8_lossy(&answer.body).contains(&first));
    branch.close().await;
}

/// A tablet whose browser was cleared comes back as a new device: only the server still knows what it held.
#[tokio::test]
async fn a_new_device_is_told_what_the_persons_others_last_held_unsent() {
    let branch = Branch::open().await;
    let known = branch.sign_in("1001").await;
    let revoked = branch.sign_in("1001").await;
    sqlx::query("update device set pending = 3").execute(&branch.pool).await.unwrap();
    let at = path::of(path::DEVICE_REVOKE, revoked.device_id);
    assert_eq!(post(&known, &at, &RevokeDevice { take_pending: false }).await.status, StatusCode::NO_CONTENT);
    let told = async |employee_no: &str, device| {
        let asked = sign_in(employee_no, PASSWORD, device);
        let answer = send(&branch.router, Method::POST, path::SESSION, &[], Some(&asked)).await;
        let left = answer.json::<SignedIn>().left_behind;
        left.into_iter().map(|left| left.pending).collect::<Vec<u32>>()
    };
    let new = DeviceId(Uuid::now_v7());
    assert_eq!(told("1002", DeviceId(Uuid::now_v7())).await, [0; 0], "of others nothing");
    assert_eq!(told("1001", new).await, [3], "not of the one that was revoked");
    assert_eq!(told("1001", new).await, [0; 0], "said once");
    assert_eq!(told("1001", known.device_id).await, [0; 0]);
    branch.close().await;
}
