//! The unprivileged user PostgreSQL runs as when the server runs as root.

use super::EmbeddedPostgresError;

pub(super) struct User {
    pub uid: u32,
    pub gid: u32,
}

impl User {
    /// None when we are not root: PostgreSQL then runs as we do.
    pub fn to_run_as() -> Result<Option<Self>, EmbeddedPostgresError> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| in_accounts(&accounts, name))
            .map(Some)
            .ok_or(EmbeddedPostgresError::NoUser)
    }
}

/// `name:password:uid:gid:…`
fn in_accounts(accounts: &str, name: &str) -> Option<User> {
    let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    let uid = fields.next()?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some(User { uid, gid })
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts = "root:x:0:0::/root:/bin/sh\npostgresql:x:1:1::/:\npostgres:x:101:104::/:\n";
        let user = super::in_accounts(accounts, "postgres").map(|user| (user.uid, user.gid));
        assert_eq!(user, Some((101, 104)));
        assert!(super::in_accounts(accounts, "nobody").is_none());
    }
}
