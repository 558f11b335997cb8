//! Time, ids, randomness and the facts of the machine, injected so that tests and the scripted model are repeatable.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use uuid::Uuid;

/// The time of day.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Where ids come from.
pub trait Ids: Send + Sync {
    /// A new UUID of version 7; later ones sort after earlier ones.
    fn uuid(&self) -> Uuid;
}

/// Randomness that nothing secret depends on.
pub trait Rng: Send + Sync {
    /// A number from 0 to 1.
    fn unit(&self) -> f64;
}

/// Where and when the process runs.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The working folder of the process, absolute: what relative paths are relative to.
    pub cwd: PathBuf,
    /// The time zone of the user.
    pub zone: TimeZone,
}

/// Everything the engine does not decide itself.
#[derive(Clone)]
pub struct Env {
    /// The time of day. Pauses and deadlines use tokio's clock, which tests can stop.
    pub clock: Arc<dyn Clock>,
    /// Where ids come from.
    pub ids: Arc<dyn Ids>,
    /// Randomness of pauses.
    pub rng: Arc<dyn Rng>,
    /// Facts of the machine.
    pub machine: Machine,
}

impl Env {
    /// The real thing: the system's clock and zone, random ids, the working folder of the process.
    #[must_use]
    pub fn system() -> Self {
        let cwd = std::env::current_dir().unwrap_or_else(|error| {
            tracing::warn!(%error, "the working folder of the process is gone; relative paths are taken from the root");
            PathBuf::from("/")
        });
        let machine = Machine { cwd, zone: TimeZone::system() };
        let system = Arc::new(System);
        Self { clock: system.clone(), ids: system.clone(), rng: system, machine }
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now().as_millisecond()
    }

    pub(crate) fn now_zoned(&self) -> Zoned {
        self.clock.now().to_zoned(self.machine.zone.clone())
    }

    pub(crate) fn new_id(&self) -> String {
        self.ids.uuid().to_string()
    }
}

struct System;

impl Clock for System {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

impl Ids for System {
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}

impl Rng for System {
    fn unit(&self) -> f64 {
        RandomState::new().build_hasher().finish() as f64 / u64::MAX as f64
    }
}

/// An environment that repeats itself: a clock that stands still, ids that count, no jitter.
#[derive(Debug)]
pub struct FixedEnv {
    now: Timestamp,
    next: AtomicU64,
}

impl FixedEnv {
    /// An [`Env`] whose time is always `now`.
    #[must_use]
    pub fn env(now: Timestamp, machine: Machine) -> Env {
        let fixed = Arc::new(Self { now, next: AtomicU64::new(1) });
        Env { clock: fixed.clone(), ids: fixed.clone(), rng: fixed, machine }
    }
}

impl Clock for FixedEnv {
    fn now(&self) -> Timestamp {
        self.now
    }
}

impl Ids for FixedEnv {
    fn uuid(&self) -> Uuid {
        let count = self.next.fetch_add(1, Ordering::Relaxed);
        let millis = u64::try_from(self.now.as_millisecond()).unwrap_or_default();
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&count.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

impl Rng for FixedEnv {
    fn unit(&self) -> f64 {
        0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_ids_count_upwards_and_are_of_version_7() {
        let machine = Machine { cwd: "/".into(), zone: TimeZone::UTC };
        let env = FixedEnv::env(Timestamp::UNIX_EPOCH, machine);
        let (first, second) = (env.ids.uuid(), env.ids.uuid());
        assert!(first < second);
        assert_eq!(first.get_version_num(), 7);
        assert_eq!(env.now_ms(), 0);
    }
}
