//! Tokens: made by the command line, shown once, known again by their hash.

use std::fmt::Write;

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};

/// Random bytes that a token is made of: its mark, its secret, the salt of its hash.
pub const RANDOM_BYTES: usize = MARK_BYTES + SECRET_BYTES + SALT_BYTES;
const MARK_BYTES: usize = 4;
const SECRET_BYTES: usize = 32;
const SALT_BYTES: usize = 16;
/// So that a token that lies about is known for what it is.
const PREFIX: &str = "dalil";

/// A new token: what its bearer gets, and what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// `dalil_5f1c02aa_…`; kept nowhere.
    pub token: String,
    /// The part that finds its row.
    pub mark: String,
    /// The hash of the whole token (argon2id), as a PHC string.
    pub hash: String,
}

/// Makes a token of bytes that nobody can guess.
///
/// # Panics
/// Never: the lengths are those that the hash takes.
pub fn issue(random: &[u8; RANDOM_BYTES]) -> Issued {
    let (mark, rest) = random.split_at(MARK_BYTES);
    let (secret, salt) = rest.split_at(SECRET_BYTES);
    let mark = hex(mark);
    let token = format!("{PREFIX}_{mark}_{}", hex(secret));
    let salt = SaltString::encode_b64(salt).expect("sixteen bytes are a salt");
    let hash = Argon2::default().hash_password(token.as_bytes(), &salt).expect("a token and a salt of these lengths can be hashed");
    Issued { hash: hash.to_string(), token, mark }
}

/// The mark of what may be a token.
pub(super) fn mark(token: &str) -> Option<&str> {
    let (mark, secret) = token.strip_prefix(PREFIX)?.strip_prefix('_')?.split_once('_')?;
    (mark.len() == 2 * MARK_BYTES && secret.len() == 2 * SECRET_BYTES).then_some(mark)
}

/// Whether a token has a hash; slow on purpose, some hundredths of a second.
pub(super) fn is_of(token: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(token.as_bytes(), &hash).is_ok())
}

fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_hash_and_no_other_is() {
        let issued = issue(&[7; RANDOM_BYTES]);
        assert_eq!((issued.mark.as_str(), mark(&issued.token)), ("07070707", Some("07070707")));
        assert!(issued.hash.starts_with("$argon2id$") && !issued.hash.contains(&issued.token));
        assert!(is_of(&issued.token, &issued.hash));
        assert!(!is_of(&issued.token.replace("_07", "_08"), &issued.hash) && !is_of(&issued.token, "no hash"));
        for wrong in ["", "dalil", "dalil_", "dalil_07070707_", "other_07070707_00", &issued.token.to_uppercase()] {
            assert_eq!(mark(wrong), None, "{wrong}");
        }
    }
}
