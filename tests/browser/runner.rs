//! The page's tests: the real server over the example reports, Playwright against it.
//!
//! `cargo test --test browser`; what follows `--` goes to Playwright.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on should stop")]

use std::net::Ipv4Addr;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use dalil::gazetteer::Gazetteer;
use dalil::server::{State, serve};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if let Some(missing) = missing(root) {
        eprintln!("the page's tests cannot run: {missing}");
        return ExitCode::from(2);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut ingest = Command::new(env!("CARGO_BIN_EXE_dalil"));
    ingest.args(["ingest", "--quiet"]).arg(root.join("examples/reports")).arg("--store").arg(folder.path());
    if !ingest.status().unwrap().success() {
        eprintln!("the example reports could not all be read");
        return ExitCode::from(1);
    }
    let state = State::open(folder.path(), Gazetteer::embedded(), || "2026-11-21T10:00:00Z".to_owned()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    runtime.spawn(serve(listener, state));
    let arguments = std::env::args().skip(1);
    let mut tests = Command::new("npx");
    tests.args(["--no-install", "playwright", "test"]).args(arguments).current_dir(root.join("web")).env("DALIL_URL", url);
    match tests.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => ExitCode::from(status.code().and_then(|c| u8::try_from(c).ok()).unwrap_or(1)),
        Err(error) => {
            eprintln!("npx: {error}");
            ExitCode::from(2)
        }
    }
}

/// What must be installed first, in one line.
fn missing(root: &Path) -> Option<&'static str> {
    let answers = |program: &str| Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    match () {
        () if !answers("node") || !answers("npx") => Some("Node.js is missing: apt-get install nodejs npm"),
        () if !Path::new(&chromium).exists() => Some("Chromium is missing: apt-get install chromium, or name one in CHROMIUM"),
        () if !root.join("web/node_modules/@playwright/test").exists() => Some("the page's packages are missing: npm ci in web/"),
        () if !root.join("web/dist/index.html").exists() => Some("the page is not built: make page"),
        () => None,
    }
}
