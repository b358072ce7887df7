//! The interface as it is described, asked by schemathesis of a real server with the sample: as nobody and as each role.
//!
//! No 5xx, and no status, content type or field that the description does not name. Which requests and ids it asks with,
//! and what is left out, stands in `server/tests/described`.

use std::{env, fs, net::TcpListener, process};

use anyhow::Result;

use super::{count::Count, default_members};
use crate::{
    interrupt::Reach,
    layout::Layout,
    program::Program,
    progress::step,
    setup::{Tools, python},
};

/// By employee number of the sample. Nobody comes last: who fails to sign in as often is let wait.
const ASKERS: &[(&str, &str)] = &[
    ("a manager", "1001"),
    ("the desk", "3001"),
    ("a lead", "2001"),
    ("an auditor", "auditor"),
    ("the administrator", "9001"),
    ("nobody", "nobody"),
];
/// For one of them.
const SECONDS: &str = "12";
/// Its passwords would lock the account of whoever is signed in; nobody asks these.
const OWN_ACCOUNT: &str = "^/api/v1/session(/password)?$";

pub fn ask(layout: &Layout, tools: &Tools) -> Result<Count> {
    let programs = python::prepare(layout)?;
    let binary = default_members(layout, tools)?;
    let state = env::temp_dir().join(format!("rounds-described-{}", process::id()));
    fs::create_dir_all(&state)?;
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut server = Program::new(binary)
        .args(["--sample"])
        .env_remove("DATABASE_URL")
        .env("ROUNDS_ADDRESS", address.to_string())
        .env("ROUNDS_STATE", &state)
        .env("RUST_LOG", "warn");
    if let Some(postgres) = &tools.postgres {
        server = server.env("ROUNDS_POSTGRES_BIN", postgres);
    }
    let mut server = server.start(Reach::Alone)?;
    let folder = layout.root.join("server/tests/described");
    let origin = format!("http://{address}");
    let mut count = Count::default();
    for (who, employee_no) in ASKERS {
        step(&format!("asking as {who}"));
        let left_out: &[&str] = if *who == "nobody" { &[] } else { &["--exclude-path-regex", OWN_ACCOUNT] };
        let asked = Program::new(programs.join("st"))
            .folder(&state)
            .args(["--config-file".as_ref(), folder.join("schemathesis.toml").as_os_str()])
            .args(["run", &format!("{origin}/api/openapi.json"), "--max-time", SECONDS])
            .args([
                "--phases",
                "coverage,fuzzing",
                "--continue-on-failure",
                "--no-color",
                "--warnings",
                "off",
            ])
            .args(left_out)
            .env("SCHEMATHESIS_HOOKS", "hooks")
            .env("PYTHONPATH", &folder)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("ROUNDS_ORIGIN", &origin)
            .env("ROUNDS_WHO", employee_no)
            .run();
        if let Err(error) = &asked {
            println!("{error:#}");
        }
        count.add(if asked.is_ok() { Count::of_checks(1) } else { Count { passed: 0, failed: 1 } });
    }
    server.stop()?;
    fs::remove_dir_all(state)?;
    Ok(count)
}
