//! Accepting connections: TLS where configured, a limit on their number, on the time to the first request and to headers,
//! and an end that lets requests finish.

use crate::config::{Config, Patience, TlsFiles};
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tower::ServiceExt;

const CONNECTIONS_MAX: usize = 4_096;
/// A device that went away says nothing; one that is there answers.
const PING_EVERY: Duration = Duration::from_secs(60);
const PONG_MAX: Duration = Duration::from_secs(20);
const HANDSHAKE_MAX: Duration = Duration::from_secs(10);
const HEADER_BYTES_MAX: usize = 32 * 1024;
/// How long requests may go on after the server was told to stop; pokes never end by themselves.
const FINISH_MAX: Duration = Duration::from_secs(3);
/// Out of file descriptors: wait for some to be given back.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

#[derive(Debug, Error)]
pub enum ServeError {
    #[error(
        "{0} is in use: another program listens there. Stop it, or choose another address in ROUNDS_ADDRESS or with --address"
    )]
    AddressInUse(SocketAddr),
    #[error("cannot listen on {address}: {source}")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error("{file}: {reason}")]
    Tls { file: String, reason: String },
}

pub struct Listener {
    tcp: TcpListener,
    tls: Option<TlsAcceptor>,
    patience: Patience,
}

impl Listener {
    /// Before anything else is started: a port that is taken is said at once.
    pub async fn bind(config: &Config) -> Result<Self, ServeError> {
        let tls = config.tls.as_ref().map(acceptor).transpose()?;
        let address = config.address;
        let tcp = TcpListener::bind(address).await.map_err(|source| match source.kind() {
            std::io::ErrorKind::AddrInUse => ServeError::AddressInUse(address),
            _ => ServeError::Listen { address, source },
        })?;
        Ok(Self { tcp, tls, patience: config.patience })
    }

    /// Where it listens: the system chose the port if 0 was asked for.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.tcp.local_addr()
    }

    /// Serves until `stop` is ready, then lets requests finish.
    pub async fn serve(self, router: Router, stop: impl Future<Output = ()>) {
        let graceful = GracefulShutdown::new();
        let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = self.tcp.accept() => accepted,
                () = &mut stop => break,
            };
            let Ok((tcp, address)) = accepted else {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            };
            // One connection too many is closed: the browser tries again.
            let Ok(permit) = room.clone().try_acquire_owned() else { continue };
            let (router, tls, watcher) = (router.clone(), self.tls.clone(), graceful.watcher());
            let patience = self.patience;
            tokio::spawn(async move {
                let _permit = permit;
                let _ = tcp.set_nodelay(true);
                match tls {
                    None => answer(tcp, address, router, watcher, patience).await,
                    Some(tls) => {
                        if let Some(stream) = handshake(tls, tcp).await {
                            answer(stream, address, router, watcher, patience).await;
                        }
                    }
                }
            });
        }
        drop(self.tcp);
        if tokio::time::timeout(FINISH_MAX, graceful.shutdown()).await.is_err() {
            tracing::debug!("connections were cut at the end");
        }
    }
}

async fn handshake(tls: TlsAcceptor, tcp: TcpStream) -> Option<tokio_rustls::server::TlsStream<TcpStream>> {
    tokio::time::timeout(HANDSHAKE_MAX, tls.accept(tcp)).await.ok()?.ok()
}

async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    address: SocketAddr,
    router: Router,
    watcher: hyper_util::server::graceful::Watcher,
    patience: Patience,
) {
    let has_asked = Arc::new(AtomicBool::new(false));
    let asked = has_asked.clone();
    let service = hyper::service::service_fn(move |request: Request<hyper::body::Incoming>| {
        asked.store(true, Ordering::Relaxed);
        let mut request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(ConnectInfo(address));
        router.clone().oneshot(request)
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.headers)
        .max_buf_size(HEADER_BYTES_MAX * 2);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(32 * 1024)
        .keep_alive_interval(PING_EVERY)
        .keep_alive_timeout(PONG_MAX);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    // The limit on headers begins with their first byte: who says nothing at all is cut here.
    let is_silent = async {
        tokio::time::sleep(patience.headers).await;
        if has_asked.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        // A connection that breaks is the other side's matter.
        _ = watcher.watch(connection.into_owned()) => {}
        () = is_silent => {}
    }
}

fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, ServeError> {
    let failed =
        |file: &PathBuf, reason: String| ServeError::Tls { file: file.display().to_string(), reason };
    let certificates: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&files.certificates)
        .and_then(Iterator::collect)
        .map_err(|error| failed(&files.certificates, error.to_string()))?;
    let key =
        PrivateKeyDer::from_pem_file(&files.key).map_err(|error| failed(&files.key, error.to_string()))?;
    let mut config =
        ServerConfig::builder_with_provider(Arc::new(tokio_rustls::rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(certificates, key))
            .map_err(|error| failed(&files.certificates, error.to_string()))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
