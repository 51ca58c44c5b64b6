//! The page in headless Chromium: starts the program on a free port and runs the specs of this folder against it.
//!
//! `cargo test --test browser`, or a part of it: `cargo test --test browser -- places -g "keyboard"`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

/// What the program reads: the examples that a new reader sees, and reports for the cases that these do not hold.
const REPORTS: [&str; 2] = ["examples/reports", "tests/browser/reports"];

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    match run(root) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all specs passed, or in one line why they could not run.
fn run(root: &Path) -> Result<bool, String> {
    let runner = root.join("web/node_modules/@playwright/test/cli.js");
    let chromium = chromium()?;
    let node = found_in_path("node").ok_or("missing: node (on Debian: apt-get install nodejs npm)")?;
    exists(&runner, "web/node_modules (npm --prefix web ci)")?;
    exists(&root.join("web/dist/basemap.json"), "web/dist (make page)")?;
    let store = tempfile::tempdir().map_err(|e| format!("no folder for the store: {e}"))?;
    let server = Server::start(root, store.path())?;
    let status = Command::new(node)
        .arg(runner)
        .args(["test", "--config", "playwright.config.mjs"])
        .args(std::env::args().skip(1))
        .current_dir(root.join("web"))
        .env("DALIL_URL", &server.url)
        .env("CHROMIUM", chromium)
        .status()
        .map_err(|e| format!("node does not start: {e}"))?;
    Ok(status.success())
}

fn exists(path: &Path, what: &str) -> Result<(), String> {
    if path.exists() { Ok(()) } else { Err(format!("missing: {what}")) }
}

/// The browser that the variable CHROMIUM names, or Debian's.
fn chromium() -> Result<PathBuf, String> {
    let name = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    found_in_path(&name).ok_or(format!("missing: {name} (on Debian: apt-get install chromium fonts-dejavu-core)"))
}

/// A program by its name or its path.
fn found_in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The program serving its page; ends with its owner.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(root: &Path, store: &Path) -> Result<Server, String> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_dalil"))
            .args(["map", "--quiet", "--listen", "127.0.0.1:0", "--store"])
            .arg(store)
            .args(REPORTS)
            .current_dir(root)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("the program does not start: {e}"))?;
        let mut line = String::new();
        let said = process.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
        let server = Server { process, url: line.trim().trim_end_matches('/').to_owned() };
        match said {
            Some(Ok(_)) if server.url.starts_with("http://") => Ok(server),
            _ => Err("the program ended before it served the page".to_owned()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
