//! Where systems keep PostgreSQL's programs.

use super::EmbeddedPostgresError;
use std::path::{Path, PathBuf};

/// Names the folder with `initdb` and `postgres`.
pub const BINARIES_VARIABLE: &str = "ROUNDS_POSTGRES_BIN";

/// Folders that hold one folder per version, each with a `bin`.
const VERSIONED: &[&str] = &["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];
const PLAIN: &[&str] = &["/usr/bin", "/usr/local/bin", "/usr/local/pgsql/bin"];

pub(super) struct Binaries {
    pub initdb: PathBuf,
    pub postgres: PathBuf,
}

impl Binaries {
    /// The given folder, or the newest found; for a cluster that exists, one of its own version.
    pub fn find(given: Option<&Path>, data: &Path) -> Result<Self, EmbeddedPostgresError> {
        let candidates: Vec<PathBuf> = match given {
            Some(folder) => vec![folder.to_owned()],
            None => candidates(),
        };
        let complete: Vec<PathBuf> = candidates
            .into_iter()
            .filter(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
            // A link in /usr/bin stands for the folder it leads to, where the version can be read.
            .filter_map(|folder| folder.join("postgres").canonicalize().ok()?.parent().map(Path::to_owned))
            .collect();
        let newest = complete.first().ok_or(EmbeddedPostgresError::NoBinaries)?;
        let wanted = std::fs::read_to_string(data.join("PG_VERSION")).ok().map(|text| text.trim().to_owned());
        let chosen = match wanted {
            None => newest,
            Some(version) => complete
                .iter()
                .find(|folder| version_of(folder).is_none_or(|found| found == version))
                .ok_or_else(|| EmbeddedPostgresError::OtherVersion {
                    folder: data.display().to_string(),
                    available: version_of(newest).unwrap_or_default(),
                    found: version,
                })?,
        };
        Ok(Self { initdb: chosen.join("initdb"), postgres: chosen.join("postgres") })
    }
}

/// The major version a folder like `/usr/lib/postgresql/15/bin` names.
fn version_of(folder: &Path) -> Option<String> {
    let name = folder.parent()?.file_name()?.to_str()?;
    let digits = name.rsplit(['@', '-']).next()?;
    digits.parse::<u32>().ok().map(|version| version.to_string())
}

/// The newest version first, then what lies on the path.
fn candidates() -> Vec<PathBuf> {
    let mut versioned: Vec<PathBuf> = VERSIONED
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path().join("bin")))
        .filter(|folder| version_of(folder).is_some())
        .collect();
    versioned.sort_by_key(|folder| {
        std::cmp::Reverse(version_of(folder).and_then(|version| version.parse::<u32>().ok()))
    });
    let path = std::env::var_os("PATH").unwrap_or_default();
    versioned.extend(std::env::split_paths(&path));
    versioned.extend(PLAIN.iter().map(PathBuf::from));
    versioned
}
