//! `dalil map` and `dalil serve`: the page.

use std::io::{ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tokio::net::TcpListener;

use crate::gazetteer::Gazetteer;
use crate::server::{self, State};
use crate::store::Store;

use super::arguments::{Map, Serve};
use super::ingest::take_in;
use super::output::{Log, stdout};
use super::run::{Outcome, known_places, now, store_folder};

const DEFAULT_PORT: u16 = 8080;

pub(super) fn map(arguments: &Map, log: Log) -> anyhow::Result<Outcome> {
    let base = known_places(&arguments.reading.places, log)?;
    let temporary = if arguments.store.is_none() { Some(Temporary::make()?) } else { None };
    let folder = arguments.store.as_ref().or(temporary.as_ref().map(|t| &t.0)).context("a folder for the store")?;
    let mut store = Store::open(folder)?;
    let outcome = take_in(&mut store, &base, &arguments.paths, &arguments.reading, log)?;
    drop(store);
    answer(folder, base, arguments.listen, log)?;
    Ok(outcome)
}

pub(super) fn serve(arguments: &Serve, log: Log) -> anyhow::Result<Outcome> {
    let base = known_places(&arguments.places, log)?;
    answer(&store_folder(&arguments.keeping)?, base, arguments.listen, log)?;
    Ok(Outcome::Whole)
}

/// Answers until somebody ends the program.
fn answer(folder: &Path, base: Gazetteer, listen: Option<SocketAddr>, log: Log) -> anyhow::Result<()> {
    let state = State::open(folder, base, now)?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = bind(listen).await?;
        let mut out = stdout();
        writeln!(out, "http://{}/", listener.local_addr()?)?;
        out.flush()?;
        drop(out);
        log.progress("serving; Ctrl-C ends");
        tokio::select! {
            served = server::serve(listener, state) => Ok(served?),
            () = told_to_end() => Ok(()),
        }
    })
}

/// The address asked for; when none was, the usual port or, if that is taken, a free one.
async fn bind(listen: Option<SocketAddr>) -> anyhow::Result<TcpListener> {
    let address = listen.unwrap_or_else(|| (Ipv4Addr::LOCALHOST, DEFAULT_PORT).into());
    match TcpListener::bind(address).await {
        Err(error) if listen.is_none() && error.kind() == ErrorKind::AddrInUse => Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?),
        bound => bound.with_context(|| format!("cannot listen on {address}")),
    }
}

async fn told_to_end() {
    let interrupted = async { tokio::signal::ctrl_c().await.unwrap_or_else(|_| std::process::exit(2)) };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! { () = interrupted => {}, _ = terminated.recv() => {} }
            return;
        }
    }
    interrupted.await;
}

/// A folder that goes when the program ends.
struct Temporary(PathBuf);

impl Temporary {
    fn make() -> anyhow::Result<Temporary> {
        let root = std::env::temp_dir();
        for number in 0..1_000 {
            let folder = root.join(format!("dalil-{}-{number}", std::process::id()));
            match private_folder(&folder) {
                Ok(()) => return Ok(Temporary(folder)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error).with_context(|| folder.display().to_string()),
            }
        }
        anyhow::bail!("{}: no name is free for a temporary store", root.display())
    }
}

/// Reports can be confidential: the folder is its owner's alone.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{}: {error}", self.0.display());
        }
    }
}
