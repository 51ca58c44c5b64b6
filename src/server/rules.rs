//! Who may do what, and how much of it, as the command line says.

use std::num::NonZeroU32;
use std::time::Duration;

/// How a server answers.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Who changes something must show the token of an editor.
    pub needs_token: bool,
    /// Who asks must show a token as well.
    pub is_private: bool,
    /// The coarse map at `/embed` is answered to everybody, whatever else needs a token.
    pub opens_embed: bool,
    /// Requests a second of each client that is not this machine; `None`: as many as it likes.
    pub rate: Option<NonZeroU32>,
    /// Whose pages may read.
    pub origins: Origins,
    /// What is written to standard error.
    pub log: Log,
    /// How much is done at once, and for how long.
    pub limits: Limits,
    /// Pictures of a base map that the page draws instead of its own.
    pub tiles: Option<Tiles>,
}

/// A base map of pictures from another server: `https://tiles.example.org/{z}/{x}/{y}.png`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiles {
    url: String,
    origin: String,
    credit: String,
}

impl Tiles {
    /// Checks an address with `{z}`, `{x}` and `{y}`.
    ///
    /// # Errors
    /// What is wrong with it, for who typed it.
    pub fn parse(url: &str) -> Result<Tiles, String> {
        let refuse = || format!("found «{url}», expected an address such as https://tiles.example.org/{{z}}/{{x}}/{{y}}.png");
        let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| ["https", "http"].contains(scheme)).ok_or_else(refuse)?;
        let (host, path) = rest.split_once('/').ok_or_else(refuse)?;
        // What would end the list of sources in a policy, or its header, is no host.
        let is_host = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
        let is_path = path.bytes().all(|b| b.is_ascii_graphic());
        let has_all = ["{z}", "{x}", "{y}"].iter().all(|part| path.contains(part));
        if !is_host || !is_path || !has_all {
            return Err(refuse());
        }
        Ok(Tiles { url: url.to_owned(), origin: format!("{scheme}://{host}"), credit: String::new() })
    }

    /// The same, with whom the map is to name for it.
    #[must_use]
    pub fn credited(self, credit: &str) -> Tiles {
        Tiles { credit: credit.to_owned(), ..self }
    }

    /// Whom the map is to name for it; empty: nobody.
    pub fn credit(&self) -> &str {
        &self.credit
    }

    /// The address with its parts to fill in.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whom the browser has to be allowed to ask.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// The origins whose pages a browser lets read answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origins {
    /// Our own page alone.
    #[default]
    Own,
    /// These too: `https://map.example.org`.
    Named(Vec<String>),
    /// All.
    Any,
}

/// What is told of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Log {
    /// A line for each that the server failed at.
    #[default]
    Failures,
    /// A line for each.
    Text,
    /// A JSON object for each.
    Json,
    /// Nothing.
    Off,
}

/// How much is done at once, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Costly questions answered at the same time.
    pub costly: usize,
    /// How long a costly question waits for its turn.
    pub patience: Duration,
    /// How long a question may take until its answer begins.
    pub request: Duration,
    /// Connections at the same time; further ones wait to be accepted.
    pub connections: usize,
    /// How long a client may read nothing of what is sent to it.
    pub stalled: Duration,
    /// How long a connection may be silent in both directions.
    pub idle: Duration,
    /// How long what began may go on once the server is told to end.
    pub ending: Duration,
}

/// Costly questions at the same time for each core: some wait for the store, the others keep the cores busy.
const COSTLY_A_CORE: usize = 4;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            costly: COSTLY_A_CORE * std::thread::available_parallelism().map_or(1, usize::from),
            // Longer than nearly all answers take, so that a short crowd is served; shorter than a person waits without a sign.
            patience: Duration::from_secs(1),
            request: Duration::from_secs(30),
            connections: 1_024,
            stalled: Duration::from_secs(30),
            // Events send something every fifteen seconds; a large edit may take a minute until it is answered.
            idle: Duration::from_mins(2),
            ending: Duration::from_secs(10),
        }
    }
}
