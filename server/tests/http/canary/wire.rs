//! Between the server and its PostgreSQL: hears every statement that is prepared, and can put another in its place. So a
//! predicate can be dropped from the server that is tested, as it stands.

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixListener, UnixStream};
use tokio::task::JoinHandle;

/// In the socket's name alone.
const PORT: u16 = 5432;
/// The first message of a connection has no type before its length.
const LENGTH: usize = 4;
const PREPARE: u8 = b'P';

/// What is said of the statements that come by.
#[derive(Default)]
pub struct Said {
    pub heard: Vec<String>,
    /// The statement as the server sends it, and what PostgreSQL gets instead.
    pub instead: Option<(String, String)>,
}

pub struct Wire {
    folder: TempDir,
    said: Arc<Mutex<Said>>,
    listening: JoinHandle<()>,
}

impl Wire {
    /// To the PostgreSQL of these options.
    pub fn to(options: &PgConnectOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(socket(folder.path(), PORT)).unwrap();
        let said: Arc<Mutex<Said>> = Arc::default();
        let (to, heard_by) = (options.clone(), Arc::clone(&said));
        let listening = tokio::spawn(async move {
            while let Ok((from, _)) = listener.accept().await {
                let (to, said) = (to.clone(), Arc::clone(&heard_by));
                tokio::spawn(async move {
                    match to.get_socket() {
                        Some(folder) => {
                            let to = UnixStream::connect(socket(folder, to.get_port())).await.unwrap();
                            pass(from, tokio::io::split(to), &said).await;
                        }
                        None => {
                            let to = TcpStream::connect((to.get_host(), to.get_port())).await.unwrap();
                            to.set_nodelay(true).unwrap();
                            pass(from, tokio::io::split(to), &said).await;
                        }
                    }
                });
            }
        });
        Self { folder, said, listening }
    }

    /// The same options through here; each statement is prepared whenever it is used.
    pub fn lead(&self, options: PgConnectOptions) -> PgConnectOptions {
        let options = options.socket(self.folder.path()).port(PORT);
        options.ssl_mode(PgSslMode::Disable).statement_cache_capacity(0)
    }

    pub fn said(&self) -> std::sync::MutexGuard<'_, Said> {
        self.said.lock().unwrap()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

fn socket(folder: &Path, port: u16) -> std::path::PathBuf {
    folder.join(format!(".s.PGSQL.{port}"))
}

/// Until either side ends the connection.
async fn pass(
    server: UnixStream,
    (mut answers, mut statements): (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    said: &Mutex<Said>,
) {
    let (mut from, mut back) = server.into_split();
    let there = async {
        let mut has_begun = false;
        while let Ok(mut message) = next(&mut from, has_begun).await {
            if message.first() == Some(&PREPARE) && has_begun {
                message = prepared(&message, said);
            }
            has_begun = true;
            if statements.write_all(&message).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = there => {}
        _ = tokio::io::copy(&mut answers, &mut back) => {}
    }
}

/// A whole message, its type and length included.
async fn next(from: &mut (impl AsyncRead + Unpin), is_typed: bool) -> std::io::Result<Vec<u8>> {
    let head = LENGTH + usize::from(is_typed);
    let mut message = vec![0; head];
    from.read_exact(&mut message).await?;
    let length: [u8; LENGTH] = message[head - LENGTH..].try_into().unwrap();
    let rest = usize::try_from(u32::from_be_bytes(length)).unwrap() - LENGTH;
    message.resize(head + rest, 0);
    from.read_exact(&mut message[head..]).await?;
    Ok(message)
}

/// The message that prepares a statement (its name, its text, the types of what will be bound), with what is put in the
/// text's place.
fn prepared(message: &[u8], said: &Mutex<Said>) -> Vec<u8> {
    let mut parts = message[1 + LENGTH..].splitn(3, |byte| *byte == 0);
    let [name, text, types] = std::array::from_fn(|_| parts.next().unwrap());
    let text = std::str::from_utf8(text).unwrap();
    let mut said = said.lock().unwrap();
    if !said.heard.iter().any(|heard| heard == text) {
        said.heard.push(text.to_owned());
    }
    let instead = said.instead.as_ref().filter(|(statement, _)| statement == text);
    let text = instead.map_or(text, |(_, instead)| instead).as_bytes();
    let rest = [name, b"\0", text, b"\0", types].concat();
    let length = u32::try_from(LENGTH + rest.len()).unwrap();
    [&[PREPARE], length.to_be_bytes().as_slice(), rest.as_slice()].concat()
}
