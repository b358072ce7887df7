//! What a request needs: shared by all of them, cheap to clone.

use crate::config::{Config, Patience};
use crate::db::Db;
use crate::http::shell::Shell;
use crate::photos::Photos;
use crate::sync::pokes::Pokes;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone)]
pub struct Services(Arc<Shared>);

pub struct Shared {
    pub db: Db,
    pub pokes: Pokes,
    pub photos: Photos,
    pub shell: Shell,
    pub dist: PathBuf,
    /// Reached by HTTPS: cookies are `__Host-` and `Secure`, browsers are told to stay with it.
    pub is_secure: bool,
    /// Believed when they say who asks.
    pub proxies: Vec<IpAddr>,
    pub patience: Patience,
}

impl Services {
    pub fn new(config: &Config, db: Db, photos: Photos) -> Self {
        Self(Arc::new(Shared {
            db,
            pokes: Pokes::new(),
            photos,
            shell: Shell::new(&config.dist),
            dist: config.dist.clone(),
            is_secure: config.is_secure(),
            proxies: config.proxies.clone(),
            patience: config.patience,
        }))
    }
}

impl std::ops::Deref for Services {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
