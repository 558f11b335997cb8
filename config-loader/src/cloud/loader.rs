//! Getting the bundle: from the cache, from another process that is fetching it, or from the backend.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::bundle::{CloudBundle, CloudBundleError};
use super::cache::{CacheFile, Cached, FetchLock, LIFETIME};
use super::source::{CloudAccount, CloudAnswer, CloudIdentity, CloudSource, TokenRefreshError};
use crate::loader::ConfigLoader;

/// Pauses between attempts; there is one attempt more than pauses.
const PAUSES: [Duration; 4] =
    [Duration::from_millis(200), Duration::from_millis(400), Duration::from_millis(800), Duration::from_millis(1600)];

/// How long before its end a bundle is renewed.
const RENEW_BEFORE: Duration = Duration::from_secs(10 * 60);

/// The pause after a renewal that failed.
const RENEW_AGAIN: Duration = Duration::from_secs(60);

/// The longest sleep: the clock of a sleep may stand still while the machine is suspended, that of the bundle does not.
const LONGEST_SLEEP: Duration = Duration::from_secs(5 * 60);

/// Between two looks at the lock of another process.
const LOCK_POLL: Duration = Duration::from_millis(50);

/// Why there is no bundle although the login needs one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CloudError {
    /// The backend refuses the access token, also a new one.
    #[error("the server refuses the login (401 Unauthorized); sign in again")]
    Unauthorized,
    /// The backend refused the access token, and there is no newer one.
    #[error("the server refuses the access token (401 Unauthorized), and it could not be renewed: {0}")]
    TokenRefresh(#[from] TokenRefreshError),
    /// The account was not the same at the end as at the beginning.
    #[error("another account signed in meanwhile; start again")]
    AccountChanged,
    /// Every attempt failed.
    #[error("{attempts} attempts failed, the last one so: {reason}; check the network and start again")]
    Unreachable {
        /// How often the backend was asked.
        attempts: usize,
        /// What was wrong with the last attempt.
        reason: String,
    },
    /// Something that further attempts would not change.
    #[error("{reason}")]
    Refused {
        /// What is wrong.
        reason: String,
    },
    /// The bundle came and cannot be used.
    #[error("the administrator of the workspace must repair it: {0}")]
    Invalid(CloudBundleError),
    /// It took too long.
    #[error("no answer within {} seconds; check the network and start again", limit.as_secs())]
    TimedOut {
        /// How long was waited in all.
        limit: Duration,
    },
}

/// How bundles are loaded.
#[derive(Clone, Copy, Debug)]
pub struct CloudOptions {
    /// How long one load may take in all.
    pub limit: Duration,
    /// The time of day.
    pub clock: fn() -> SystemTime,
}

impl Default for CloudOptions {
    /// 15 seconds, and the clock of the system.
    fn default() -> Self {
        Self { limit: Duration::from_secs(15), clock: SystemTime::now }
    }
}

/// Loads the bundle of the signed-in account and keeps it current.
#[derive(Debug)]
pub struct CloudLoader<A, S> {
    account: A,
    source: S,
    cache: CacheFile,
    options: CloudOptions,
    current: Mutex<Option<Current>>,
}

/// What was loaded last.
#[derive(Clone, Copy, Debug)]
struct Current {
    expires_at: SystemTime,
    /// When to try for the next one.
    due: SystemTime,
}

impl<A: CloudAccount, S: CloudSource> CloudLoader<A, S> {
    /// A loader whose cache lies in this CODEX_HOME. Nothing is read or asked yet.
    pub fn new(home: &Path, account: A, source: S, options: CloudOptions) -> Self {
        Self { account, source, cache: CacheFile::new(home), options, current: Mutex::new(None) }
    }

    /// The bundle of the signed-in account, from the cache where that holds; none when the login brings no managed
    /// configuration or an empty one.
    ///
    /// # Errors
    ///
    /// When there must be a bundle and none could be had within the limit. The caller must not go on as if there were none.
    pub async fn load(&self) -> Result<Option<Arc<CloudBundle>>, CloudError> {
        let loaded = self.load_newer(None).await;
        if loaded.is_err() {
            // Tried again like a bundle that has expired.
            let now = self.now();
            *self.current() = Some(Current { expires_at: now, due: now + RENEW_AGAIN });
        }
        loaded
    }

    /// How long to wait before [`CloudLoader::refresh`]; none when nothing was loaded that could end.
    pub fn next_refresh(&self) -> Option<Duration> {
        let current = (*self.current())?;
        Some(current.due.duration_since(self.now()).unwrap_or_default())
    }

    /// Renews the bundle and puts it in use. When that fails, the present bundle stays until it expires, and after that
    /// every load of the configuration fails until a renewal succeeds.
    pub async fn refresh(&self, config: &ConfigLoader) {
        let before = *self.current();
        let error = match self.load_newer(before.map(|current| current.expires_at)).await {
            Ok(bundle) => return config.set_cloud_bundle(bundle),
            Err(error) => error,
        };
        let Some(before) = before else { return config.set_cloud_failure(&error) };
        let now = self.now();
        let holds = before.expires_at.duration_since(now).ok().filter(|left| !left.is_zero());
        // Where the end comes before the next attempt, that attempt is made at the end.
        let pause = holds.map_or(RENEW_AGAIN, |left| left.min(RENEW_AGAIN));
        *self.current() = Some(Current { due: now + pause, ..before });
        match holds {
            Some(left) => {
                let seconds = left.as_secs();
                tracing::warn!(%error, seconds, "the managed configuration is not renewed; the present one still holds");
            }
            None => {
                tracing::error!(%error, "the managed configuration has expired and is not renewed; threads are refused");
                config.set_cloud_failure(&error);
            }
        }
    }

    /// Refreshes whenever it is time, for ever, or until the login no longer brings managed configuration.
    pub async fn keep_current(&self, config: &ConfigLoader) {
        while let Some(wait) = self.next_refresh() {
            if wait.is_zero() {
                self.refresh(config).await;
            } else {
                tokio::time::sleep(wait.min(LONGEST_SLEEP)).await;
            }
        }
    }

    /// As [`CloudLoader::load`], passing over a cache that does not last longer than `newer_than`.
    async fn load_newer(&self, newer_than: Option<SystemTime>) -> Result<Option<Arc<CloudBundle>>, CloudError> {
        let Some(identity) = self.account.identity() else {
            *self.current() = None;
            return Ok(None);
        };
        let limit = self.options.limit;
        let obtained = tokio::time::timeout(limit, self.obtain(&identity, newer_than)).await;
        let Some(cached) = obtained.map_err(|_| CloudError::TimedOut { limit })?? else {
            *self.current() = None;
            return Ok(None);
        };
        // In the backend's time the user may have signed in as somebody else.
        if self.account.identity().as_ref() != Some(&identity) {
            return Err(CloudError::AccountChanged);
        }
        *self.current() = Some(Current { expires_at: cached.expires_at, due: cached.expires_at - RENEW_BEFORE });
        Ok(Some(cached.bundle).filter(|bundle| !bundle.is_empty()).map(Arc::new))
    }

    async fn obtain(
        &self,
        identity: &CloudIdentity,
        newer_than: Option<SystemTime>,
    ) -> Result<Option<Cached>, CloudError> {
        if let Some(cached) = self.cached(identity, newer_than).await {
            return Ok(Some(cached));
        }
        let _lock = self.wait_for_lock().await;
        // Whoever held the lock before has put a bundle there.
        if let Some(cached) = self.cached(identity, newer_than).await {
            return Ok(Some(cached));
        }
        let Some(bundle) = self.fetch(identity).await? else {
            return Ok(None);
        };
        let now = self.now();
        let (cache, kept, owner) = (self.cache.clone(), bundle.clone(), identity.clone());
        let expires_at = blocking(move || cache.write(&kept, &owner, now)).await.unwrap_or_else(|error| {
            // The cache saves time; its loss is no reason to refuse.
            tracing::warn!(path = %self.cache.path().display(), %error, "the managed configuration is not cached");
            now + LIFETIME
        });
        Ok(Some(Cached { bundle, expires_at }))
    }

    /// The bundle in the cache, if it holds.
    async fn cached(&self, identity: &CloudIdentity, newer_than: Option<SystemTime>) -> Option<Cached> {
        let (cache, owner, now) = (self.cache.clone(), identity.clone(), self.now());
        let cached = match blocking(move || Ok(cache.read(&owner, now))).await {
            Ok(Ok(cached)) => cached,
            Ok(Err(reason)) => {
                tracing::debug!(path = %self.cache.path().display(), %reason, "the cache is not used");
                return None;
            }
            Err(error) => {
                tracing::warn!(path = %self.cache.path().display(), %error, "the cache is not used");
                return None;
            }
        };
        newer_than.is_none_or(|than| cached.expires_at > than).then_some(cached)
    }

    /// Waits until no other process fetches, for half of the limit at most: a process that hangs must not keep all others
    /// from starting. Without locks there is no waiting.
    async fn wait_for_lock(&self) -> Option<FetchLock> {
        let waiting = async {
            loop {
                match self.cache.try_lock() {
                    Ok(Some(lock)) => return Some(lock),
                    Ok(None) => tokio::time::sleep(LOCK_POLL).await,
                    Err(error) => {
                        tracing::debug!(%error, "the managed configuration is fetched without a lock");
                        return None;
                    }
                }
            }
        };
        tokio::time::timeout(self.options.limit / 2, waiting).await.unwrap_or_default()
    }

    /// Asks the backend, several times if need be; none when the login turned out to need no bundle.
    async fn fetch(&self, identity: &CloudIdentity) -> Result<Option<CloudBundle>, CloudError> {
        let mut pauses = PAUSES.iter();
        let mut token_renewed = false;
        loop {
            let reason = match self.source.fetch(identity).await {
                CloudAnswer::Bundle(answer) => match CloudBundle::parse(&answer) {
                    Ok(bundle) => return Ok(Some(bundle)),
                    // Something between here and the backend may have answered in its place.
                    Err(error @ CloudBundleError::Shape(_)) => error.to_string(),
                    Err(error @ CloudBundleError::Toml(_)) => return Err(CloudError::Invalid(error)),
                },
                CloudAnswer::Unauthorized if token_renewed => return Err(CloudError::Unauthorized),
                CloudAnswer::Unauthorized => {
                    token_renewed = true;
                    self.account.refresh_token().await?;
                    continue;
                }
                CloudAnswer::NotEligible => return Ok(None),
                CloudAnswer::Transient { reason } => reason,
                CloudAnswer::Permanent { reason } => return Err(CloudError::Refused { reason }),
            };
            let Some(pause) = pauses.next() else {
                return Err(CloudError::Unreachable { attempts: PAUSES.len() + 1, reason });
            };
            tracing::warn!(reason, "the managed configuration did not come; it is asked for again");
            tokio::time::sleep(*pause).await;
        }
    }

    fn now(&self) -> SystemTime {
        (self.options.clock)()
    }

    fn current(&self) -> MutexGuard<'_, Option<Current>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for the disk elsewhere.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) => Err(io::Error::other(error)),
    }
}
