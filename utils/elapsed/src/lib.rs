//! Elapsed time as people read it: `250ms`, `1.50s`, `1m 15s`.
//!
//! The texts are those of codex 0.169.0; minutes never turn into hours.
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
