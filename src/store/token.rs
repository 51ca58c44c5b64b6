//! Who may ask and write over a network: tokens, of which only hashes are kept.

use rusqlite::{OptionalExtension, Row, params};

use crate::error::{Error, Result};

use super::Store;

/// What the bearer of a token may do; each may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Ask.
    Reader,
    /// Change places, corrections and rulings.
    Editor,
    /// All that can be done over HTTP; today that is what an editor may.
    Admin,
}

impl Role {
    /// All, the least first.
    pub const ALL: [Role; 3] = [Role::Reader, Role::Editor, Role::Admin];

    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Editor => "editor",
            Role::Admin => "admin",
        }
    }

    /// The role of a word.
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A token without its secret.
///
/// `{name: "mobile team", mark: "5f1c02aa", role: Editor, hash: "$argon2id$v=19$…", created: "2026-11-22T06:00:00Z", revoked: None}`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// Whose it is; stands in the history as who made a change.
    pub name: String,
    /// The part of the token that finds this row.
    pub mark: String,
    /// What its bearer may do.
    pub role: Role,
    /// The hash of its secret, as a PHC string.
    pub hash: String,
    /// When it was made.
    pub created: String,
    /// When it was taken back. The row stays, so that a name in the history means one bearer for ever.
    pub revoked: Option<String>,
}

const COLUMNS: &str = "name, mark, role, hash, created, revoked";

fn row_of(r: &Row) -> rusqlite::Result<TokenRow> {
    let role: String = r.get(2)?;
    Ok(TokenRow {
        name: r.get(0)?,
        mark: r.get(1)?,
        // A word that nobody knows gives the least.
        role: Role::from_name(&role).unwrap_or(Role::Reader),
        hash: r.get(3)?,
        created: r.get(4)?,
        revoked: r.get(5)?,
    })
}

impl Store {
    /// Keeps a token.
    ///
    /// # Errors
    /// [`Error::Conflict`] when there is or was one of its name, [`Error::Store`].
    pub fn add_token(&self, token: &TokenRow) -> Result<()> {
        let is_taken: bool =
            self.connection.query_row("SELECT EXISTS (SELECT 1 FROM tokens WHERE name = ?)", [&token.name], |r| r.get(0))?;
        if is_taken {
            return Err(Error::conflict(&format!("token «{}»", token.name), "the name is taken", "a name that no token has or had"));
        }
        self.connection.execute(
            "INSERT INTO tokens (name, mark, role, hash, created, revoked) VALUES (?, ?, ?, ?, ?, ?)",
            params![token.name, token.mark, token.role.name(), token.hash, token.created, token.revoked],
        )?;
        Ok(())
    }

    /// All tokens by name, those taken back too.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn tokens(&self) -> Result<Vec<TokenRow>> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS} FROM tokens ORDER BY name"))?;
        Ok(statement.query_map([], row_of)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The token of a mark, unless it was taken back.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn token(&self, mark: &str) -> Result<Option<TokenRow>> {
        let sql = format!("SELECT {COLUMNS} FROM tokens WHERE mark = ? AND revoked IS NULL");
        Ok(self.connection.query_row(&sql, [mark], row_of).optional()?)
    }

    /// Takes a token back.
    ///
    /// # Errors
    /// [`Error::Missing`] when none of that name is in use, [`Error::Store`].
    pub fn revoke_token(&self, name: &str, at: &str) -> Result<()> {
        let changed = self.connection.execute("UPDATE tokens SET revoked = ? WHERE name = ? AND revoked IS NULL", [at, name])?;
        if changed == 0 { Err(Error::missing(format!("token «{name}» in use"))) } else { Ok(()) }
    }
}
