//! Who may open a websocket: whoever carries the token, or one that was signed with the shared secret.
//!
//! What must hold: secrets are compared in constant time and appear in no `Debug`, no log and no answer; nothing of a token
//! is believed before its signature was checked; only HS256 is a signature.

mod jwt;

use std::fmt;
use std::time::Duration;

use hmac::digest::CtOutput;
use sha2::digest::generic_array::GenericArray;
use sha2::{Digest, Sha256};

use jwt::Fault;

/// The bytes that a shared secret has at least: as many as the hash that is made with it.
const LEAST_SECRET_BYTES: usize = 32;

/// What a client has to show in `Authorization: Bearer ...` before its websocket is opened.
#[derive(Clone)]
pub struct WebSocketAuth(Rule);

#[derive(Clone)]
enum Rule {
    /// The token that has this hash.
    Token(CtOutput<Sha256>),
    /// A signed token.
    Signed(SignedTokens),
}

/// Which signed tokens (JSON Web Tokens, HS256) are good.
#[derive(Clone)]
pub struct SignedTokens {
    secret: Vec<u8>,
    /// What `iss` must be, if anything.
    pub issuer: Option<String>,
    /// What `aud` must be or contain, if anything.
    pub audience: Option<String>,
    /// How far the clocks of signer and server may be apart.
    pub max_clock_skew: Duration,
}

impl SignedTokens {
    /// Tokens that were signed with this secret; `None` when it is too short to be one.
    #[must_use]
    pub fn new(secret: &[u8]) -> Option<Self> {
        (secret.len() >= LEAST_SECRET_BYTES).then(|| Self {
            secret: secret.to_vec(),
            issuer: None,
            audience: None,
            max_clock_skew: Duration::from_secs(30),
        })
    }
}

/// Why a client is not let in. The words go to the client and say nothing about what would be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("a bearer token is required")]
    Missing,
    #[error("the authorization header holds no bearer token")]
    NoBearer,
    #[error("the bearer token is not valid")]
    Wrong,
    #[error(transparent)]
    Jwt(#[from] Fault),
}

impl WebSocketAuth {
    /// Whoever carries this token; its hash alone is kept.
    #[must_use]
    pub fn token(token: &[u8]) -> Self {
        Self::token_sha256(Sha256::digest(token).into())
    }

    /// Whoever carries the token that has this SHA-256.
    #[must_use]
    pub fn token_sha256(hash: [u8; 32]) -> Self {
        Self(Rule::Token(CtOutput::new(GenericArray::from(hash))))
    }

    /// Whoever carries a good signed token.
    #[must_use]
    pub fn signed(tokens: SignedTokens) -> Self {
        Self(Rule::Signed(tokens))
    }

    /// Checks the `Authorization` headers of a request at a time in Unix seconds; there must be exactly one.
    pub(crate) fn check<'a>(&self, headers: impl IntoIterator<Item = &'a [u8]>, now: i64) -> Result<(), Refusal> {
        let mut headers = headers.into_iter();
        let header = headers.next().ok_or(Refusal::Missing)?;
        if headers.next().is_some() {
            return Err(Refusal::NoBearer);
        }
        let token = bearer(header).ok_or(Refusal::NoBearer)?;
        match &self.0 {
            Rule::Token(hash) if CtOutput::new(Sha256::digest(token)) == *hash => Ok(()),
            Rule::Token(_) => Err(Refusal::Wrong),
            Rule::Signed(tokens) => Ok(jwt::check(token, tokens, now)?),
        }
    }
}

/// The token behind `Bearer`, a word that is read in any case.
fn bearer(header: &[u8]) -> Option<&[u8]> {
    let header = header.trim_ascii();
    let (scheme, rest) = header.split_at_checked(b"bearer".len())?;
    let token = rest.trim_ascii();
    let is_bearer = scheme.eq_ignore_ascii_case(b"bearer") && rest.first().is_some_and(u8::is_ascii_whitespace);
    (is_bearer && !token.is_empty()).then_some(token)
}

impl fmt::Debug for WebSocketAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Rule::Token(_) => f.write_str("WebSocketAuth(token)"),
            Rule::Signed(tokens) => f.debug_tuple("WebSocketAuth").field(tokens).finish(),
        }
    }
}

impl fmt::Debug for SignedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedTokens")
            .field("issuer", &self.issuer)
            .field("audience", &self.audience)
            .field("max_clock_skew", &self.max_clock_skew)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(auth: &WebSocketAuth, header: &str) -> Result<(), Refusal> {
        auth.check([header.as_bytes()], 0)
    }

    #[test]
    fn the_token_lets_in_and_nothing_else_does() {
        let hash = Sha256::digest(b"open sesame").into();
        for auth in [WebSocketAuth::token(b"open sesame"), WebSocketAuth::token_sha256(hash)] {
            for header in ["Bearer open sesame", "bearer open sesame", "BEARER \t open sesame  "] {
                assert_eq!(check(&auth, header), Ok(()), "{header}");
            }
            for header in ["Bearer open sesam", "Bearer open sesame!", "Bearer Open sesame"] {
                assert_eq!(check(&auth, header), Err(Refusal::Wrong), "{header}");
            }
            for header in ["", "Bearer", "Bearer ", "Bearertoken", "Basic open sesame", "open sesame"] {
                assert_eq!(check(&auth, header), Err(Refusal::NoBearer), "{header}");
            }
            assert_eq!(auth.check([], 0), Err(Refusal::Missing));
            let twice = [b"Bearer open sesame".as_slice(); 2];
            assert_eq!(auth.check(twice, 0), Err(Refusal::NoBearer));
        }
    }

    #[test]
    fn a_secret_of_31_bytes_is_none() {
        assert!(SignedTokens::new(&[b's'; 31]).is_none());
        assert!(SignedTokens::new(&[b's'; 32]).is_some());
    }

    #[test]
    fn secrets_do_not_show() {
        let secret = "a-very-secret-shared-secret-of-32";
        let signed = WebSocketAuth::signed(SignedTokens::new(secret.as_bytes()).unwrap());
        for shown in [format!("{:?}", WebSocketAuth::token(secret.as_bytes())), format!("{signed:?}")] {
            assert!(!shown.contains("secret"), "{shown}");
            assert!(!shown.contains("115, 101, 99"), "{shown}");
        }
    }
}
