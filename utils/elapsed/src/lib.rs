//! Elapsed time as people read it: `250ms`, `1.50s`, `1m 15s`.
//!
//! For whatever tells a person how long something took, so that it reads the same everywhere. The texts are those of
//! codex 0.169.0; minutes never turn into hours.
//!
//! ```
//! use std::time::Duration;
//! use codex_utils_elapsed::format_elapsed;
//! assert_eq!(format_elapsed(Duration::from_secs(75)), "1m 15s");
//! ```
#![forbid(unsafe_code)]

use std::time::Duration;

/// Formats a duration, counted in whole milliseconds.
///
/// Below one second it shows milliseconds, below one minute seconds with two decimals, and above that minutes
/// and two-digit seconds.
///
/// ```
/// use std::time::Duration;
/// assert_eq!(codex_utils_elapsed::format_elapsed(Duration::from_millis(1500)), "1.50s");
/// ```
pub fn format_elapsed(elapsed: Duration) -> String {
    let millis = elapsed.as_millis();
    match millis {
        0..1_000 => format!("{millis}ms"),
        1_000..60_000 => format!("{:.2}s", elapsed_seconds(millis)),
        _ => format!("{}m {:02}s", millis / 60_000, millis % 60_000 / 1_000),
    }
}

/// Seconds with their fraction; exact, as this is only called below one minute.
fn elapsed_seconds(millis: u128) -> f64 {
    millis as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The milliseconds that a text stands for, and how many of them it leaves out at most.
    fn read(text: &str) -> Option<(u64, u64)> {
        if let Some(millis) = text.strip_suffix("ms") {
            return Some((millis.parse().ok()?, 0));
        }
        let seconds = text.strip_suffix('s')?;
        if let Some((minutes, seconds)) = seconds.split_once("m ") {
            assert_eq!(seconds.len(), 2, "{text}");
            return Some((minutes.parse::<u64>().ok()? * 60_000 + seconds.parse::<u64>().ok()? * 1_000, 999));
        }
        let (whole, hundredths) = seconds.split_once('.')?;
        assert_eq!(hundredths.len(), 2, "{text}");
        Some((whole.parse::<u64>().ok()? * 1_000 + hundredths.parse::<u64>().ok()? * 10, 5))
    }

    proptest! {
        #[test]
        fn a_text_says_how_long_it_was(millis in prop_oneof![0..1_000u64, 0..60_000u64, 0..100_000_000u64]) {
            let text = format_elapsed(Duration::from_millis(millis));
            let (shown, tolerance) = read(&text).unwrap();
            prop_assert!(shown.abs_diff(millis) <= tolerance, "{} {}", text, millis);
        }
    }

    #[test]
    fn texts_are_those_of_the_reference() {
        let vectors = [
            (0, "0ms"),
            (250, "250ms"),
            (999, "999ms"),
            (1_000, "1.00s"),
            (1_500, "1.50s"),
            (59_999, "60.00s"),
            (60_000, "1m 00s"),
            (75_000, "1m 15s"),
            (3_600_000, "60m 00s"),
            (3_601_000, "60m 01s"),
        ];
        for (millis, text) in vectors {
            assert_eq!(format_elapsed(Duration::from_millis(millis)), text);
        }
    }

    #[test]
    fn the_longest_duration_is_formatted() {
        assert!(format_elapsed(Duration::MAX).ends_with('s'));
    }
}
