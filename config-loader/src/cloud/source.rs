//! What the loader needs from outside: who is signed in, and somebody who asks the backend.

use std::future::Future;
use std::sync::Arc;

/// Whose bundle it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CloudIdentity {
    /// Id of the ChatGPT user; without it nothing is kept in the cache.
    pub chatgpt_user_id: Option<String>,
    /// Id of the workspace; without it nothing is kept in the cache.
    pub account_id: Option<String>,
}

/// The login of this process.
pub trait CloudAccount: Send + Sync {
    /// The account whose plan brings managed configuration, looked up anew at each call; none for every other login and
    /// for nobody.
    fn identity(&self) -> Option<CloudIdentity>;

    /// Looks for a newer access token after the backend refused the present one.
    fn refresh_token(&self) -> impl Future<Output = Result<(), TokenRefreshError>> + Send;
}

impl<A: CloudAccount> CloudAccount for Arc<A> {
    fn identity(&self) -> Option<CloudIdentity> {
        A::identity(self)
    }

    fn refresh_token(&self) -> impl Future<Output = Result<(), TokenRefreshError>> + Send {
        A::refresh_token(self)
    }
}

/// Why there is no newer access token, as one sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TokenRefreshError(String);

impl TokenRefreshError {
    /// Takes the sentence.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

/// Asks the backend.
pub trait CloudSource: Send + Sync {
    /// Asks once for the bundle of this account. It need not limit the time it takes.
    fn fetch(&self, identity: &CloudIdentity) -> impl Future<Output = CloudAnswer> + Send;
}

/// What asking once came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloudAnswer {
    /// The body of a successful answer.
    Bundle(Vec<u8>),
    /// The backend does not take the access token.
    Unauthorized,
    /// The login is no longer one with managed configuration.
    NotEligible,
    /// It may work when asked again.
    Transient {
        /// What went wrong.
        reason: String,
    },
    /// Asking again would not help.
    Permanent {
        /// What went wrong.
        reason: String,
    },
}
