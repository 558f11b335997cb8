//! When to try again: the growing pause between attempts, and what providers ask for.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// No pause grows beyond this.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// The pause before attempt `attempt` (from 1) is repeated: 200 ms doubled each time, a tenth more or less by `rng`
/// (0 to 1).
pub fn backoff(attempt: u64, rng: f64) -> Duration {
    let doublings = attempt.saturating_sub(1).min(32) as i32;
    let jitter = 0.9 + 0.2 * if rng.is_finite() { rng.clamp(0.0, 1.0) } else { 0.5 };
    Duration::from_secs_f64(0.2 * 2f64.powi(doublings) * jitter).min(LONGEST)
}

/// A number from 0 to 1 that differs from call to call; good enough to spread retries.
pub(crate) fn jitter() -> f64 {
    RandomState::new().build_hasher().finish() as f64 / u64::MAX as f64
}

/// `Retry-After` in whole seconds; its date form is not used by model providers.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST))
}

/// The pause that a message names: `try again in 2s`, `1.5 seconds`, `1500ms`.
pub(crate) fn named_pause(message: &str) -> Option<Duration> {
    const PHRASE: &str = "try again in";
    let lower = message.to_ascii_lowercase();
    let rest = lower.get(lower.find(PHRASE)? + PHRASE.len()..)?.trim_start();
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let (number, unit) = rest.split_at(digits);
    let number: f64 = number.trim_end_matches('.').parse().ok()?;
    let unit = unit.trim_start();
    let seconds = if unit.starts_with("ms") {
        number / 1000.0
    } else if unit.starts_with('s') {
        number
    } else {
        return None;
    };
    Some(Duration::try_from_secs_f64(seconds).ok()?.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_and_stays_within_a_tenth() {
        for (attempt, middle) in [(1, 200), (2, 400), (3, 800), (4, 1600), (5, 3200)] {
            assert_eq!(backoff(attempt, 0.5), Duration::from_millis(middle));
            assert_eq!(backoff(attempt, 0.0), Duration::from_millis(middle).mul_f64(0.9));
            assert!(
                backoff(attempt, 1.0).abs_diff(Duration::from_millis(middle).mul_f64(1.1)) < Duration::from_micros(1)
            );
        }
        assert_eq!(backoff(u64::MAX, f64::NAN), LONGEST);
        assert_eq!(backoff(0, 0.5), Duration::from_millis(200));
    }

    #[test]
    fn a_named_pause_is_found() {
        for (message, expected) in [
            ("Rate. Please try again in 1.5s.", Some(1500)),
            ("Please Try again in 1500ms", Some(1500)),
            ("try again in 2 seconds", Some(2000)),
            ("try again in 20s.", Some(20_000)),
            ("try again in a while", None),
            ("try again in 5 minutes", None),
            ("try again in ", None),
            ("nothing", None),
            ("İ try again in 1s", Some(1000)),
        ] {
            assert_eq!(named_pause(message), expected.map(Duration::from_millis), "{message}");
        }
        assert_eq!(named_pause("try again in 99999999999999999999999s"), None);
    }

    #[test]
    fn retry_after_takes_whole_seconds_only() {
        let of = |value: &str| retry_after(&HeaderMap::from_iter([(RETRY_AFTER, value.parse().unwrap())]));
        assert_eq!(of("2"), Some(Duration::from_secs(2)));
        assert_eq!(of("2.5"), None);
        assert_eq!(of("Wed, 21 Oct 2026 07:28:00 GMT"), None);
        assert_eq!(of("18446744073709551615"), Some(LONGEST));
    }
}
