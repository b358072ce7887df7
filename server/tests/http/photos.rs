use crate::branch::{Branch, send_bytes};
use axum::http::{Method, StatusCode, header};
use domain::api::path;
use domain::customer::Customer;
use domain::ids::PhotoId;
use domain::mutation::{AddPhoto, RemovePhoto};
use uuid::Uuid;

/// The beginning of a JPEG of 640 × 480.
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xC0, 0, 8, 8, 0x01, 0xE0, 0x02, 0x80, 0];

#[tokio::test]
async fn a_photo_follows_its_row_and_is_seen_in_scope_only() {
    let branch = Branch::open().await;
    let (mut owner, stranger) = (branch.sign_in("1001").await, branch.sign_in("1002").await);
    let desk = branch.sign_in("3001").await;
    owner.pull(5_000).await;
    let customer_id = owner.all::<Customer>().next().unwrap().id;
    let photo_id = PhotoId(Uuid::now_v7());
    let at = path::of(path::PHOTO, photo_id);
    let put = async |cookie: &str, bytes: &[u8]| {
        send_bytes(&branch.router, Method::PUT, &at, &[("cookie", cookie)], bytes.to_vec()).await
    };
    assert_eq!(put(&owner.cookie, JPEG).await.refusal(), (409, "not_yet".to_owned()));
    let row = AddPhoto {
        photo_id,
        customer_id,
        visit_id: None,
        caption: None,
        width_px: 640,
        height_px: 480,
        bytes: 12,
    };
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
