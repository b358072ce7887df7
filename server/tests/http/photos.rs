use crate::administration::post;
use crate::branch::{Answer, Branch, send_bytes};
use axum::http::{Method, StatusCode, header};
use domain::api::{HandOver, HandOverWhich, RevokeDevice, path};
use domain::customer::Customer;
use domain::ids::{CustomerId, PhotoId};
use domain::mutation::{AddPhoto, RemovePhoto};
use uuid::Uuid;

/// The beginning of a JPEG of 640 × 480.
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xC0, 0, 8, 8, 0x01, 0xE0, 0x02, 0x80, 0];

fn photo_of(customer_id: CustomerId) -> AddPhoto {
    AddPhoto {
        photo_id: PhotoId(Uuid::now_v7()),
        customer_id,
        visit_id: None,
        caption: None,
        width_px: 640,
        height_px: 480,
        bytes: 12,
    }
}

async fn put(branch: &Branch, cookie: &str, id: PhotoId, bytes: &[u8]) -> Answer {
    let at = path::of(path::PHOTO, id);
    send_bytes(&branch.router, Method::PUT, &at, &[("cookie", cookie)], bytes.to_vec()).await
}

#[tokio::test]
async fn a_photo_follows_its_row_and_is_seen_in_scope_only() {
    let branch = Branch::open().await;
    let (mut owner, stranger) = (branch.sign_in("1001").await, branch.sign_in("1002").await);
    let desk = branch.sign_in("3001").await;
    owner.pull(5_000).await;
    let customer_id = owner.all::<Customer>().next().unwrap().id;
    let row = photo_of(customer_id);
    let photo_id = row.photo_id;
    let at = path::of(path::PHOTO, photo_id);
    let put = async |cookie: &str, bytes: &[u8]| put(&branch, cookie, photo_id, bytes).await;
    assert_eq!(put(&owner.cookie, JPEG).await.refusal(), (409, "not_yet".to_owned()));
    owner.apply(row).await;
    assert_eq!(put(&owner.cookie, b"GIF89a").await.refusal(), (422, "not_a_photo".to_owned()));
    assert_eq!(put(&owner.cookie, &[0; 3 * 1024 * 1024]).await.refusal(), (413, "too_large".to_owned()));
    assert_eq!(put(&stranger.cookie, JPEG).await.refusal(), (409, "not_yet".to_owned()));
    for _ in 0..2 {
        assert_eq!(put(&owner.cookie, JPEG).await.status, StatusCode::NO_CONTENT);
    }
    let seen = desk.get(&at).await;
    assert_eq!((seen.status, seen.body.as_slice()), (StatusCode::OK, JPEG));
    assert_eq!(seen.headers[header::CONTENT_TYPE], "image/jpeg");
    assert_eq!(seen.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(stranger.get(&at).await.refusal(), (404, "not_found".to_owned()));
    owner.apply(RemovePhoto { photo_id, customer_id }).await;
    assert_eq!(desk.get(&at).await.refusal(), (404, "not_found".to_owned()));
    branch.close().await;
}

#[tokio::test]
async fn bytes_still_on_their_way_at_a_hand_over_are_taken_from_who_took_the_photo() {
    let branch = Branch::open().await;
    let (mut from, to) = (branch.sign_in("1001").await, branch.sign_in("1002").await);
    let (lead, stranger) = (branch.sign_in("2001").await, branch.sign_in("1003").await);
    from.pull(5_000).await;
    let row = photo_of(from.all::<Customer>().next().unwrap().id);
    let id = row.photo_id;
    let customers = HandOverWhich::Ids(vec![row.customer_id]);
    from.apply(row).await;
    let asked = HandOver { from_book: from.book(), to_book: to.book(), customers };
    assert_eq!(post(&lead, path::HAND_OVERS, &asked).await.status, StatusCode::OK);

    assert_eq!(put(&branch, &stranger.cookie, id, JPEG).await.refusal(), (409, "not_yet".to_owned()));
    assert_eq!(put(&branch, &from.cookie, id, JPEG).await.status, StatusCode::NO_CONTENT);
    let at = path::of(path::PHOTO, id);
    assert_eq!(from.get(&at).await.refusal(), (404, "not_found".to_owned()), "to give is not to see");
    assert_eq!(to.get(&at).await.body.as_slice(), JPEG);
    branch.close().await;
}

#[tokio::test]
async fn a_revoked_device_gives_its_photos_after_its_edits_and_then_nothing_more() {
    let branch = Branch::open().await;
    let (mut tablet, owner) = (branch.sign_in("1001").await, branch.sign_in("1001").await);
    tablet.pull(5_000).await;
    let row = photo_of(tablet.all::<Customer>().next().unwrap().id);
    let id = row.photo_id;
    let at = path::of(path::DEVICE_REVOKE, tablet.device_id);
    assert_eq!(post(&owner, &at, &RevokeDevice { take_pending: true }).await.status, StatusCode::NO_CONTENT);

    let mut edits = tablet.batch([row.into()]);
    edits.pending_after = 1;
    assert_eq!(tablet.send_push(&edits).await.status, StatusCode::OK);
    assert_eq!(put(&branch, &tablet.cookie, id, JPEG).await.status, StatusCode::NO_CONTENT);
    let seen = tablet.get(&path::of(path::PHOTO, id)).await;
    assert_eq!(seen.refusal().0, 410, "it gives, and is shown nothing");
    assert_eq!(tablet.send_push(&tablet.push_of(Vec::new())).await.status, StatusCode::OK);
    let late = put(&branch, &tablet.cookie, id, JPEG).await;
    assert_eq!(late.refusal(), (410, "device_revoked".to_owned()));
    branch.close().await;
}
