//! `dalil token`: who may ask and write over a network.

use std::io::Write;

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::server::token::{RANDOM_BYTES, issue};
use crate::store::{Role, Store, TokenRow};

use super::arguments::Keeping;
use super::output::{Log, stdout};
use super::run::{Outcome, now, store_folder};

const MAX_NAME_CHARS: usize = 80;

#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Make a token and print it, once: only its hash is kept
    Create {
        #[command(flatten)]
        keeping: Keeping,
        /// What its bearer may do: reader asks, editor and admin change
        #[arg(long, value_parser = roles())]
        role: Role,
        /// Whose it is, as the history will say [default: made up]
        #[arg(long)]
        name: Option<String>,
    },
    /// Print name, role, and when each token was made and taken back
    List {
        #[command(flatten)]
        keeping: Keeping,
    },
    /// Take a token back, at once
    Revoke {
        /// Its name
        name: String,
        #[command(flatten)]
        keeping: Keeping,
    },
}

fn roles() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::name)).try_map(|name| Role::from_name(&name).ok_or("no role"))
}

pub(super) fn token(command: &Token, log: Log) -> anyhow::Result<Outcome> {
    let mut out = stdout();
    match command {
        Token::Create { keeping, role, name } => {
            let mut random = [0; RANDOM_BYTES];
            getrandom::fill(&mut random).map_err(|e| anyhow::anyhow!("the system gives no random bytes: {e}"))?;
            let issued = issue(&random);
            let name = name.as_deref().map_or_else(|| format!("token {}", issued.mark), |name| name.trim().to_owned());
            if name.is_empty() || name.chars().count() > MAX_NAME_CHARS || name.chars().any(char::is_control) {
                anyhow::bail!("--name: found «{name}», expected one line of at most {MAX_NAME_CHARS} characters");
            }
            let row = TokenRow { name, mark: issued.mark, role: *role, hash: issued.hash, created: now(), revoked: None };
            Store::open(&store_folder(keeping)?)?.add_token(&row)?;
            writeln!(out, "{}", issued.token)?;
            log.progress(&format!("«{}» ({}): keep it, it is not shown again", row.name, row.role.name()));
        }
        Token::List { keeping } => {
            for token in Store::open(&store_folder(keeping)?)?.tokens()? {
                let revoked = token.revoked.map(|at| format!("\trevoked {at}")).unwrap_or_default();
                writeln!(out, "{}\t{}\t{}{revoked}", token.name, token.role.name(), token.created)?;
            }
        }
        Token::Revoke { name, keeping } => Store::open(&store_folder(keeping)?)?.revoke_token(name, &now())?,
    }
    out.flush()?;
    Ok(Outcome::Whole)
}
