//! Slow and silent sockets by the thousand, on loopback: whoever works is served, and the slow ones are cut.

use crate::branch::Branch;
use domain::api::path;
use domain::wire::CLIENT_HEADER;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use server::config::{Config, Patience};
use server::http;
use server::photos::Photos;
use server::serve::Listener;
use server::services::Services;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// Beyond the turns that requests take (`http::guard`).
const STALLED_BODIES: usize = 700;
const SILENT: usize = 300;
const DRIPPING_HEADERS: usize = 200;
const DRIPPING_BODIES: usize = 100;
/// Between two bytes.
const DRIP: Duration = Duration::from_millis(100);
const PATIENCE: Patience = Patience {
    headers: Duration::from_secs(10),
    body: Duration::from_secs(12),
    pause: Duration::from_secs(8),
};
/// Both ends of every socket are ours, and some more.
const FILES: u64 = 8_192;

#[derive(Clone, Copy, Debug)]
enum Slow {
    Silent,
    DrippingHeaders,
    StalledBody,
    DrippingBody,
}

/// Says what it says; answers once the server has cut it off, with what it was told.
async fn be_slow(slow: Slow, mut socket: TcpStream) -> String {
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: h\r\n{CLIENT_HEADER}: 1\r\ncontent-length: 9999\r\n",
        path::SESSION
    );
    let (at_once, then): (&str, &str) = match slow {
        Slow::Silent => ("", ""),
        Slow::DrippingHeaders => ("G", "ET / HTTP/1.1\r\n"),
        Slow::StalledBody => ("\r\n{", ""),
        Slow::DrippingBody => ("\r\n{", "                "),
    };
    let at_once = if matches!(slow, Slow::StalledBody | Slow::DrippingBody) {
        head + at_once
    } else {
        at_once.to_owned()
    };
    socket.write_all(at_once.as_bytes()).await.unwrap();
    let (mut reading, mut writing) = socket.into_split();
    let drip = async {
        let mut drops = tokio::time::interval(DRIP);
        for byte in then.bytes().cycle() {
            drops.tick().await;
            if writing.write_all(&[byte]).await.is_err() {
                break;
            }
        }
        std::future::pending::<()>().await;
    };
    let mut told = Vec::new();
    tokio::select! {
        // Cut off while it was still writing, it may hear of nothing but the end.
        _ = reading.read_to_end(&mut told) => {}
        () = drip => {}
    }
    String::from_utf8_lossy(&told).into_owned()
}

async fn answered(address: SocketAddr, cookie: &str) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let asked =
        format!("GET {} HTTP/1.1\r\nhost: h\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n", path::SESSION);
    socket.write_all(asked.as_bytes()).await.unwrap();
    let mut told = String::new();
    socket.read_to_string(&mut told).await.unwrap();
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_sockets_by_the_thousand_are_cut_while_others_are_served() {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(
        Resource::Nofile,
        Rlimit { current: limit.maximum.map_or(Some(FILES), |max| Some(max.min(FILES))), ..limit },
    )
    .unwrap();
    let branch = Branch::open().await;
    let cookie = branch.sign_in("1001").await.cookie;
    let state = tempfile::tempdir().unwrap();
    let arguments = [
        "--state".to_owned(),
        state.path().display().to_string(),
        "--address".to_owned(),
        "127.0.0.1:0".to_owned(),
    ];
    let config = Config { patience: PATIENCE, ..Config::read(arguments, |_| None).unwrap() };
    let photos = Photos::in_folder(&state.path().join("photos")).unwrap();
    let services = Services::new(&config, branch.services.db.clone(), photos);
    let listener = Listener::bind(&config).await.unwrap();
    let address = listener.address().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(listener.serve(http::router(services), async {
        let _ = stopped.await;
    }));

    let mut slow = JoinSet::new();
    for (kind, count) in [
        (Slow::StalledBody, STALLED_BODIES),
        (Slow::Silent, SILENT),
        (Slow::DrippingHeaders, DRIPPING_HEADERS),
        (Slow::DrippingBody, DRIPPING_BODIES),
    ] {
        for _ in 0..count {
            let socket = TcpStream::connect(address).await.unwrap();
            slow.spawn(async move { (kind, be_slow(kind, socket).await) });
        }
    }
    // None of them has been cut yet, or this would say nothing of them.
    for _ in 0..5 {
        let told = answered(address, &cookie).await;
        assert!(told.starts_with("HTTP/1.1 200"), "{told}");
    }
    assert!(slow.try_join_next().is_none(), "cut too early");

    let mut told_so = 0;
    while let Some(cut) = slow.join_next().await {
        let (kind, told) = cut.unwrap();
        match kind {
            Slow::StalledBody => {
                assert!(told.starts_with("HTTP/1.1 408") && told.contains("too_slow"), "{told}");
                told_so += 1;
            }
            Slow::Silent => assert_eq!(told, ""),
            Slow::DrippingHeaders | Slow::DrippingBody => {
                assert!(told.is_empty() || told.starts_with("HTTP/1.1 408"), "{kind:?}: {told}");
            }
        }
    }
    assert_eq!(told_so, STALLED_BODIES);
    assert!(answered(address, &cookie).await.starts_with("HTTP/1.1 200"));
    stop.send(()).unwrap();
    serving.await.unwrap();
    branch.close().await;
}
