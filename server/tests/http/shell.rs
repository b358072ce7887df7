use crate::branch::{send_bytes, services};
use axum::http::{Method, StatusCode, header};
use server::db::Db;
use server::http;
use sqlx::postgres::PgConnectOptions;
use std::fs;

#[tokio::test]
async fn every_address_of_the_app_is_one_page_and_its_files_are_kept_for_ever() {
    let state = tempfile::tempdir().unwrap();
    // The shell needs no database.
    let router = http::router(services(state.path(), Db::new(PgConnectOptions::new_without_pgpass())));
    let get = async |path: &str, headers: &[(&str, &str)]| {
        send_bytes(&router, Method::GET, path, headers, Vec::new()).await
    };
    assert_eq!(get("/app/", &[]).await.status, StatusCode::SERVICE_UNAVAILABLE, "not built yet");
    let dist = state.path().join("dist");
    fs::create_dir_all(dist.join("assets")).unwrap();
    fs::write(dist.join("shell.json"), r#"{"version":"1","js":"/assets/a.js","wasm":"/assets/a.wasm","css":"/assets/a.css","boot":"/assets/b.js"}"#).unwrap();
    fs::write(dist.join("assets/a.js"), "let whole;").unwrap();
    fs::write(dist.join("assets/a.js.br"), "brotli").unwrap();
    fs::write(dist.join("manifest.webmanifest"), "{}").unwrap();

    let shell = get("/app/", &[]).await;
    assert_eq!(shell.status, StatusCode::OK);
    for path in ["/app", "/app/customers", "/app/customers/1/visits"] {
        assert_eq!(get(path, &[]).await.body, shell.body, "{path}");
    }
    let policy = shell.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"));
    let english = get("/app/", &[("accept-language", "en")]).await;
    assert!(String::from_utf8(english.body).unwrap().contains("Sign in"));

    let root = get("/", &[]).await;
    assert_eq!(root.headers[header::LOCATION], "/app/");
    let file = get("/assets/a.js", &[("accept-encoding", "br")]).await;
    assert_eq!(file.body, b"brotli");
    assert_eq!(file.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(get("/manifest.webmanifest", &[]).await.headers[header::CACHE_CONTROL], "no-cache");
    assert_eq!(get("/assets/none.js", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get("/assets/../shell.json", &[]).await.status, StatusCode::NOT_FOUND);
}
