//! `dalil map` and `dalil serve`: the page.

use std::io::{ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;

use crate::gazetteer::Gazetteer;
use crate::server::rules::{self, Origins, Rules};
use crate::server::{self, State};
use crate::store::Store;

use super::arguments::{LogFormat, Map, Serve, Serving};
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
    answer(folder, base, &arguments.serving, log)?;
    Ok(outcome)
}

pub(super) fn serve(arguments: &Serve, log: Log) -> anyhow::Result<Outcome> {
    let base = known_places(&arguments.places, log)?;
    answer(&store_folder(&arguments.keeping)?, base, &arguments.serving, log)?;
    Ok(Outcome::Whole)
}

/// Answers until somebody ends the program.
fn answer(folder: &Path, base: Gazetteer, serving: &Serving, log: Log) -> anyhow::Result<()> {
    let state = State::open(folder, base, now)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let listener = bind(serving.listen).await?;
        let rules = rules(serving, listener.local_addr()?);
        let mut out = stdout();
        writeln!(out, "http://{}/", listener.local_addr()?)?;
        out.flush()?;
        drop(out);
        log.progress("serving; Ctrl-C ends");
        let twice = async {
            told_to_end().await;
            told_to_end().await;
        };
        tokio::select! {
            served = server::serve(listener, state, rules, told_to_end()) => Ok(served?),
            () = twice => Ok(()),
        }
    });
    // What is still worked on is waited for by nobody.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

fn rules(serving: &Serving, address: SocketAddr) -> Rules {
    Rules {
        needs_token: serving.tokens || !address.ip().is_loopback(),
        is_private: serving.private,
        opens_embed: serving.open_embed,
        rate: NonZeroU32::new(serving.rate),
        origins: serving.cors.clone().unwrap_or_default(),
        log: match serving.log {
            None => rules::Log::Failures,
            Some(LogFormat::Text) => rules::Log::Text,
            Some(LogFormat::Json) => rules::Log::Json,
            Some(LogFormat::Off) => rules::Log::Off,
        },
        limits: rules::Limits::default(),
        tiles: serving.tiles.clone().map(|tiles| tiles.credited(serving.tiles_credit.as_deref().unwrap_or_default())),
    }
}

/// Origins as they are typed.
pub(super) fn origins(text: &str) -> Result<Origins, String> {
    if text.trim() == "*" {
        return Ok(Origins::Any);
    }
    let origin = |part: &str| {
        let part = part.trim().to_ascii_lowercase();
        let host = part.strip_prefix("https://").or_else(|| part.strip_prefix("http://"));
        match host.filter(|host| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))) {
            Some(_) => Ok(part),
            None => Err(format!("found «{part}», expected an origin such as https://map.example.org, or «*» alone")),
        }
    };
    Ok(Origins::Named(text.split(',').map(origin).collect::<Result<_, _>>()?))
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
