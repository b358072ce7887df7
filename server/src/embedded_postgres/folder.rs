//! Where the cluster and its socket lie.

use super::EmbeddedPostgresError;
use super::user::User;
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

/// Bytes of a socket's path on the strictest system (macOS: 104 with the ending zero), less `/.s.PGSQL.5432`.
const SOCKET_FOLDER_BYTES_MAX: usize = 103 - 14;
const PRIVATE: u32 = 0o700;
const TRAVERSE_OTHERS: u32 = 0o001;
const STICKY_BIT: u32 = 0o1000;

pub(super) struct Folder {
    /// Holds `data`, the log and usually the socket.
    pub base: PathBuf,
    pub data: PathBuf,
    pub socket: PathBuf,
}

impl Folder {
    pub fn prepare(state: &Path, user: Option<&User>) -> Result<Self, EmbeddedPostgresError> {
        let not_writable =
            |source| EmbeddedPostgresError::NotWritable { folder: state.display().to_string(), source };
        let state = state.canonicalize().map_err(not_writable)?;
        let mut base = state.join("postgres");
        if user.is_some() && !others_reach(&state) {
            base = elsewhere(&state)?;
            tracing::info!(
                "the state folder lies below one that only root may enter; the database is kept in {}",
                base.display()
            );
        }
        make_private(&base, user).map_err(not_writable)?;
        let mut socket = base.join("socket");
        if socket.as_os_str().len() > SOCKET_FOLDER_BYTES_MAX {
            socket = std::env::temp_dir().join(format!("rounds-{}", name_of(&state)));
        }
        make_private(&socket, user).map_err(not_writable)?;
        Ok(Self { data: base.join("data"), base, socket })
    }

    pub fn is_initialised(&self) -> bool {
        self.data.join("PG_VERSION").is_file()
    }
}

/// Whether somebody else may pass through every folder above.
fn others_reach(folder: &Path) -> bool {
    folder.ancestors().all(|folder| {
        fs::metadata(folder).is_ok_and(|found| found.mode() & TRAVERSE_OTHERS == TRAVERSE_OTHERS)
    })
}

fn elsewhere(state: &Path) -> io::Result<PathBuf> {
    let name = format!("rounds-{}", name_of(state));
    let lasting = Path::new("/var/lib");
    let parent = if lasting.is_dir() { lasting.to_owned() } else { std::env::temp_dir() };
    Ok(parent.join(name))
}

/// A short name that stays the same for one state folder.
fn name_of(state: &Path) -> String {
    let digest = Sha256::digest(state.as_os_str().as_encoded_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Ours alone, or the unprivileged user's. A folder somebody else made first (in a shared temporary folder) is refused.
fn make_private(folder: &Path, user: Option<&User>) -> io::Result<()> {
    match fs::create_dir(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    let found = fs::symlink_metadata(folder)?;
    let ours = rustix::process::geteuid().as_raw();
    let is_known = found.uid() == ours || user.is_some_and(|user| found.uid() == user.uid);
    if !found.is_dir() || !is_known || found.mode() & STICKY_BIT != 0 {
        return Err(io::Error::other(format!("{} belongs to somebody else", folder.display())));
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(PRIVATE))?;
    if let Some(user) = user {
        chown(folder, Some(user.uid), Some(user.gid))?;
    }
    Ok(())
}
