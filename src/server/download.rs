//! What matches, as a file in any format, written as it is sent.

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::extract::{Path, State as Shared};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::error::Error;
use crate::layer::{About, Export, FORMATS, Format, Manifest, write_features};
use crate::snapshot::parameters::{Pairs, Question};
use crate::store::Collection;

use super::State;
use super::items::{Given, known, pairs};
use super::reply::Problem;

/// Own parameters of a download.
pub(super) const OWN: [(&str, &str); 2] = [
    ("f", "the format: geojson, geojsonseq, csv, hxl, acled, ucdp, kml, flatgeobuf, gpkg"),
    ("manifest", "1: not the file but what it would be, with its hash"),
];

/// Bytes that are handed on at once.
const CHUNK: usize = 256 << 10;
/// Chunks that wait for a slow reader; then the writing waits.
const WAITING: usize = 8;

/// `GET /api/collections/{collection}/download?f=gpkg`: all that matches, not a part of it.
pub(super) async fn download(Shared(state): Shared<State>, Path(name): Path<String>, given: Given) -> Result<Response, Problem> {
    let collection = known(&name)?;
    let (own, others): (Pairs, Pairs) = pairs(given)?.into_iter().partition(|(name, _)| OWN.iter().any(|(own, _)| own == name));
    let own = |wanted: &str| own.iter().find(|(name, value)| name == wanted && !value.is_empty()).map(|(_, value)| value.as_str());
    let format = format(collection, own("f").unwrap_or("geojson"))?;
    let is_manifest = match own("manifest") {
        None | Some("0") => false,
        Some("1") => true,
        Some(other) => return Err(Error::value("manifest", format!("«{other}»"), "0 or 1").into()),
    };
    let asked = Asked { collection, question: state.question(collection, others.clone())?, given: others };
    let read_with = state.read(crate::store::Store::fingerprints).await?;
    if is_manifest {
        let made = tokio::task::spawn_blocking(move || asked.with(&state, read_with, |about, features| told(format, about, features)));
        let manifest = made.await.map_err(|e| Problem::internal(&e))?.map_err(|e| Problem::internal(&e))?;
        return Ok(axum::Json(manifest.json()).into_response());
    }
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let pipe = Pipe { sender: sender.clone(), held: Vec::with_capacity(CHUNK) };
        let write = |about, features: &[&str]| write_features(format, about, features, pipe);
        if let Err(error) = asked.with(&state, read_with, write) {
            // The answer ends here, cut off, so that nobody takes it for whole; who hung up does not hear it.
            let _ = sender.blocking_send(Err(error));
        }
    });
    let disposition = format!("attachment; filename=\"dalil-{}.{}\"", collection.name(), format.extension);
    let headers = [(header::CONTENT_TYPE, format.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

fn format(collection: Collection, name: &str) -> Result<&'static Format, Error> {
    let suiting = || FORMATS.iter().filter(|f| f.suits(collection));
    suiting().find(|f| f.name == name).ok_or_else(|| {
        Error::value("f", format!("«{name}»"), &format!("one of {}", suiting().map(|f| f.name).collect::<Vec<_>>().join(", ")))
    })
}

struct Asked {
    collection: Collection,
    question: Question,
    given: Pairs,
}

impl Asked {
    /// Gives what matches, and what is known of it, to a writer.
    fn with<T>(self, state: &State, read_with: Vec<String>, write: impl FnOnce(About, &[&str]) -> io::Result<T>) -> io::Result<T> {
        let snapshot = state.snapshot();
        let matches = snapshot.matches(self.collection, &self.question.predicate());
        let (sort, after) = (&self.question.sort, self.question.after.as_ref());
        let page = snapshot.layer(self.collection).page(&matches, sort, after, self.question.offset, usize::MAX);
        let filter = self.given.into_iter().chain(self.question.assumed).collect();
        write(About { filter, read_with, bbox: page.bbox, ..About::new(self.collection) }, &page.features)
    }
}

/// What a file would be.
fn told(format: &Format, mut about: About, features: &[&str]) -> io::Result<Manifest> {
    features.iter().try_for_each(|feature| about.columns.see(feature))?;
    let mut export = Export::begin(format, &about, io::sink())?;
    features.iter().try_for_each(|feature| export.feature(feature))?;
    Ok(export.finish()?.1)
}

/// Hands on what is written to it; waits while the reader does.
struct Pipe {
    sender: mpsc::Sender<io::Result<Bytes>>,
    held: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.held, Vec::with_capacity(CHUNK));
        self.sender.blocking_send(Ok(full.into())).map_err(|_closed| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
