//! Configuration: environment first, flags over it. Read once at start; nothing else looks at the environment.

use crate::embedded_postgres::BINARIES_VARIABLE;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;
use thiserror::Error;

const ADDRESS_DEFAULT: &str = "127.0.0.1:3000";
const STATE_DEFAULT: &str = "./var";
const DIST_DEFAULT: &str = "./dist";

/// The driver takes any scheme, and then means the database of this machine.
const DATABASE_SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

pub const HELP: &str = "\
rounds server

  verify-audit        says whether the audit log is whole, and ends
  begin-epoch         after a restore from a backup: devices send again what it lost

  --address IP:PORT   where to listen                     ROUNDS_ADDRESS       127.0.0.1:3000
  --state FOLDER      database, photos                    ROUNDS_STATE         ./var
  --dist FOLDER       the built app                       ROUNDS_DIST          ./dist
  --sample            a sample branch; loopback only
                      PostgreSQL instead of a private one DATABASE_URL
                      folder with initdb and postgres     ROUNDS_POSTGRES_BIN
                      certificate chain and key, PEM      ROUNDS_TLS_CERT, ROUNDS_TLS_KEY
                      address people use, behind a proxy  ROUNDS_ORIGIN        https://rounds.example
                      proxies that say who asks           ROUNDS_PROXY         10.0.0.1,10.0.0.2
                      what is logged                      RUST_LOG             info
";

/// What the program was started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Serve,
    VerifyAudit,
    BeginEpoch,
}

#[derive(Clone, Debug)]
pub struct Config {
    pub command: Command,
    pub address: SocketAddr,
    pub state: PathBuf,
    pub dist: PathBuf,
    /// None: a private PostgreSQL under `state`.
    pub database_url: Option<String>,
    /// Folder with `initdb` and `postgres`; None looks where systems keep them.
    pub postgres_binaries: Option<PathBuf>,
    pub is_sample: bool,
    pub tls: Option<TlsFiles>,
    /// `https://host` as people type it, when a proxy in front ends TLS.
    pub origin: Option<String>,
    /// Proxies in front: their word for who asks (`X-Forwarded-For`) is believed, nobody else's.
    pub proxies: Vec<IpAddr>,
    pub patience: Patience,
}

/// How long the other side may take; a tablet on a weak line needs some.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// To the end of a request's headers, and from the connection to the first of them.
    pub headers: Duration,
    /// For the first part of a body, which small ones are whole.
    pub body: Duration,
    /// Between two pieces of a body.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            headers: Duration::from_secs(15),
            body: Duration::from_secs(60),
            pause: Duration::from_secs(10),
        }
    }
}

#[derive(Clone, Debug)]
pub struct TlsFiles {
    pub certificates: PathBuf,
    pub key: PathBuf,
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum ConfigError {
    #[error("unknown argument {0}; --help lists them")]
    UnknownArgument(String),
    #[error("{0} needs a value")]
    MissingValue(String),
    #[error("{0} is not an address like 127.0.0.1:3000")]
    Address(String),
    #[error("a sample has known passwords: it listens on loopback only (127.0.0.1 or [::1]), not on {0}")]
    SampleBeyondLoopback(SocketAddr),
    #[error("ROUNDS_TLS_CERT and ROUNDS_TLS_KEY belong together: one is set, the other is not")]
    TlsIncomplete,
    // Never repeated: it may hold a password.
    #[error("DATABASE_URL is not like postgres://user:password@host/database")]
    DatabaseUrl,
    #[error("ROUNDS_PROXY holds IP addresses with commas between them; {0} is none")]
    Proxy(String),
    #[error("ROUNDS_ORIGIN is like https://rounds.example, not {0}")]
    Origin(String),
}

impl Config {
    /// `variable` looks up the environment.
    pub fn read(
        arguments: impl IntoIterator<Item = String>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let mut address = set("ROUNDS_ADDRESS").unwrap_or_else(|| ADDRESS_DEFAULT.to_owned());
        let mut state = set("ROUNDS_STATE").unwrap_or_else(|| STATE_DEFAULT.to_owned());
        let mut dist = set("ROUNDS_DIST").unwrap_or_else(|| DIST_DEFAULT.to_owned());
        let mut is_sample = false;
        let mut command = Command::Serve;
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| ConfigError::MissingValue(argument.clone()));
            match argument.as_str() {
                "verify-audit" => command = Command::VerifyAudit,
                "begin-epoch" => command = Command::BeginEpoch,
                "--sample" => is_sample = true,
                "--address" => address = value()?,
                "--state" => state = value()?,
                "--dist" => dist = value()?,
                _ => return Err(ConfigError::UnknownArgument(argument)),
            }
        }
        let address: SocketAddr = address.parse().map_err(|_| ConfigError::Address(address))?;
        if is_sample && !address.ip().is_loopback() {
            return Err(ConfigError::SampleBeyondLoopback(address));
        }
        let tls = match (set("ROUNDS_TLS_CERT"), set("ROUNDS_TLS_KEY")) {
            (None, None) => None,
            (Some(certificates), Some(key)) => {
                Some(TlsFiles { certificates: certificates.into(), key: key.into() })
            }
            _ => return Err(ConfigError::TlsIncomplete),
        };
        let origin = set("ROUNDS_ORIGIN");
        if let Some(origin) = origin.as_ref().filter(|text| !is_origin(text)) {
            return Err(ConfigError::Origin(origin.clone()));
        }
        let proxies = set("ROUNDS_PROXY").unwrap_or_default();
        let proxies = proxies.split(',').map(str::trim).filter(|proxy| !proxy.is_empty());
        let read = |proxy: &str| proxy.parse().map(|proxy: IpAddr| proxy.to_canonical());
        let proxies = proxies.map(|proxy| read(proxy).map_err(|_| ConfigError::Proxy(proxy.to_owned())));
        let proxies = proxies.collect::<Result<_, _>>()?;
        let database_url = set("DATABASE_URL");
        if database_url
            .as_ref()
            .is_some_and(|url| !DATABASE_SCHEMES.iter().any(|scheme| url.starts_with(scheme)))
        {
            return Err(ConfigError::DatabaseUrl);
        }
        Ok(Self {
            command,
            address,
            state: state.into(),
            dist: dist.into(),
            database_url,
            postgres_binaries: set(BINARIES_VARIABLE).map(PathBuf::from),
            is_sample,
            tls,
            origin,
            proxies,
            patience: Patience::default(),
        })
    }

    /// Whether browsers reach us by HTTPS: cookies are then `Secure`, and browsers are told to stay with it.
    pub fn is_secure(&self) -> bool {
        self.tls.is_some() || self.origin.as_deref().is_some_and(|origin| origin.starts_with("https://"))
    }

    /// The address to print and click.
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        self.origin.clone().unwrap_or_else(|| format!("{scheme}://{}", self.address))
    }
}

fn is_origin(text: &str) -> bool {
    text.strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .is_some_and(|host| !host.is_empty() && !host.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(arguments.iter().map(|&argument| argument.to_owned()), |name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn flags_win_over_the_environment() {
        let config = read(&["--address", "127.0.0.1:4000"], &[("ROUNDS_ADDRESS", "127.0.0.1:5000")]).unwrap();
        assert_eq!(config.address.port(), 4000);
        assert_eq!(config.url(), "http://127.0.0.1:4000");
        assert!(!config.is_secure());
    }

    #[test]
    fn the_server_serves_unless_told_otherwise() {
        for (arguments, command) in [
            (&[][..], Command::Serve),
            (&["verify-audit"], Command::VerifyAudit),
            (&["verify-audit", "--state", "s"], Command::VerifyAudit),
            (&["begin-epoch"], Command::BeginEpoch),
        ] {
            assert_eq!(read(arguments, &[]).unwrap().command, command, "{arguments:?}");
        }
    }

    #[test]
    fn a_sample_never_listens_beyond_loopback() {
        for (address, is_allowed) in
            [("127.0.0.1:1", true), ("[::1]:1", true), ("0.0.0.0:1", false), ("10.0.0.1:1", false)]
        {
            assert_eq!(read(&["--sample", "--address", address], &[]).is_ok(), is_allowed, "{address}");
        }
    }

    #[test]
    fn a_slip_is_named() {
        let unknown = ConfigError::UnknownArgument("--samples".to_owned());
        assert_eq!(read(&["--samples"], &[]).unwrap_err(), unknown);
        assert_eq!(read(&["--state"], &[]).unwrap_err(), ConfigError::MissingValue("--state".to_owned()));
        assert_eq!(read(&[], &[("ROUNDS_TLS_CERT", "c.pem")]).unwrap_err(), ConfigError::TlsIncomplete);
        assert!(matches!(read(&[], &[("ROUNDS_ADDRESS", "here")]), Err(ConfigError::Address(_))));
        let url = read(&[], &[("DATABASE_URL", "mysql:secret")]).unwrap_err();
        assert_eq!((&url, url.to_string().contains("secret")), (&ConfigError::DatabaseUrl, false));
        assert!(matches!(read(&[], &[("ROUNDS_ORIGIN", "example")]), Err(ConfigError::Origin(_))));
        let proxies = |list| read(&[], &[("ROUNDS_PROXY", list)]).map(|config| config.proxies.len());
        assert_eq!(proxies("10.0.0.1, ::1"), Ok(2));
        assert_eq!(proxies("10.0.0.1 proxy"), Err(ConfigError::Proxy("10.0.0.1 proxy".to_owned())));
    }
}
