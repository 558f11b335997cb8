//! The pauses between tries to reconnect.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

/// Gives a number from 0 up to, but not including, 1.
pub type Random = Arc<dyn Fn() -> f64 + Send + Sync>;

/// Pauses that double from try to try up to a cap, half of each left to chance so that clients of one server do not come
/// back all at once.
#[derive(Clone)]
pub struct Backoff {
    /// The longest that the first pause may be.
    pub first: Duration,
    /// The longest that any pause may be.
    pub cap: Duration,
    /// Tries before the client gives up; `None` goes on until it is closed.
    pub attempts: Option<u32>,
    /// Where chance comes from.
    pub random: Random,
}

impl Default for Backoff {
    /// From a quarter of a second to half a minute, for ever.
    fn default() -> Self {
        Self {
            first: Duration::from_millis(250),
            cap: Duration::from_secs(30),
            attempts: None,
            random: Arc::new(|| {
                // A hasher begins with keys that nobody can tell beforehand: the upper 53 bits make a fraction.
                let bits = RandomState::new().hash_one(0u8) >> 11;
                bits as f64 / (1u64 << 53) as f64
            }),
        }
    }
}

impl Backoff {
    /// The pause before a try, counted from 1: between half of and the whole of what doubling gives.
    #[must_use]
    pub fn pause(&self, attempt: u32) -> Duration {
        let doublings = attempt.saturating_sub(1).min(31);
        let whole = self.first.saturating_mul(1u32 << doublings).min(self.cap);
        let chance = (self.random)().clamp(0.0, 1.0);
        whole / 2 + (whole / 2).mul_f64(chance)
    }
}

impl fmt::Debug for Backoff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backoff")
            .field("first", &self.first)
            .field("cap", &self.cap)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_cap_and_half_of_each_is_chance() {
        let pauses = |chance: f64| -> Vec<u128> {
            let backoff = Backoff { random: Arc::new(move || chance), ..Backoff::default() };
            (1..=9).map(|attempt| backoff.pause(attempt).as_millis()).collect()
        };
        assert_eq!(pauses(1.0), [250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
        assert_eq!(pauses(0.0), [125, 250, 500, 1000, 2000, 4000, 8000, 15000, 15000]);
        assert_eq!(Backoff { random: Arc::new(|| 1.0), ..Backoff::default() }.pause(u32::MAX).as_secs(), 30);
    }

    #[test]
    fn chance_is_a_fraction_and_differs() {
        let random = Backoff::default().random;
        let drawn: Vec<f64> = (0..100).map(|_| random()).collect();
        assert!(drawn.iter().all(|drawn| (0.0..1.0).contains(drawn)), "{drawn:?}");
        assert!(drawn.iter().any(|drawn| *drawn < 0.5) && drawn.iter().any(|drawn| *drawn >= 0.5), "{drawn:?}");
    }
}
