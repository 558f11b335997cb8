//! The text that Prometheus reads.

use std::fmt::{self, Write};

use crate::{HistogramSnapshot, Row, TABLE, Value};

/// All numbers, in the text format of Prometheus, version 0.0.4.
#[must_use]
pub fn prometheus_text() -> String {
    let mut text = String::with_capacity(16 << 10);
    for row in TABLE {
        // Writing to a text does not fail.
        let _ = write_row(&mut text, row);
    }
    text
}

fn write_row(text: &mut String, row: &Row) -> fmt::Result {
    writeln!(text, "# HELP {} {}", row.name, row.help)?;
    writeln!(text, "# TYPE {} {}", row.name, row.kind.name())?;
    let mut outcome = Ok(());
    row.values(&mut |labels, value| {
        let labels: Vec<_> = row.labels.iter().copied().zip(labels.iter().copied()).collect();
        let written = match value {
            Value::Number(number) => writeln!(text, "{}{} {number}", row.name, Labels(&labels, None)),
            Value::Histogram(histogram) => write_histogram(text, row.name, &labels, &histogram),
        };
        if written.is_err() {
            outcome = written;
        }
    });
    outcome
}

fn write_histogram(
    text: &mut String,
    name: &str,
    labels: &[(&str, &str)],
    histogram: &HistogramSnapshot,
) -> fmt::Result {
    let mut below = 0;
    let bounds = histogram.bounds.iter().map(|bound| bound.to_string()).chain(["+Inf".to_owned()]);
    for (bound, count) in bounds.zip(&histogram.counts) {
        below += count;
        writeln!(text, "{name}_bucket{} {below}", Labels(labels, Some(&bound)))?;
    }
    writeln!(text, "{name}_sum{} {}", Labels(labels, None), histogram.sum)?;
    writeln!(text, "{name}_count{} {below}", Labels(labels, None))
}

/// Names and values in braces; nothing when there are none.
struct Labels<'a>(&'a [(&'a str, &'a str)], Option<&'a str>);

impl fmt::Display for Labels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = self.1.map(|bound| ("le", bound));
        let mut before = '{';
        for (name, value) in self.0.iter().copied().chain(bound) {
            let value = value.replace('\\', r"\\").replace('"', "\\\"").replace('\n', "\\n");
            write!(f, "{before}{name}=\"{value}\"")?;
            before = ',';
        }
        if before == ',' { f.write_char('}') } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::time::Duration;

    use super::*;
    use crate::{Kind, OutcomeLabel, REQUESTS, TOOL_CALLS, TURN_SECONDS};

    #[test]
    fn names_are_unique_and_say_what_they_are() {
        let names: HashSet<_> = TABLE.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), TABLE.len());
        for row in TABLE {
            assert_eq!(row.kind == Kind::Counter, row.name.ends_with("_total"), "{}", row.name);
            assert!(row.help.ends_with('.') && !row.help.contains('\n'), "{}", row.name);
            assert!(row.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{}", row.name);
        }
    }

    #[test]
    fn numbers_stand_in_the_text() {
        TOOL_CALLS.of(OutcomeLabel::Error).add(3);
        TURN_SECONDS.observe(Duration::from_micros(30));
        REQUESTS.name_methods(["a/b"]);
        REQUESTS.of(Some(0)).ok.inc();
        REQUESTS.of(None).error.inc();
        crate::process::name_build("1 \"x\"", "2");
        let text = prometheus_text();
        for line in [
            "# TYPE app_server_tool_calls_total counter",
            "app_server_tool_calls_total{outcome=\"error\"} 3",
            "app_server_tool_calls_total{outcome=\"ok\"} 0",
            "app_server_turn_seconds_bucket{le=\"0.000025\"} 0",
            "app_server_turn_seconds_bucket{le=\"0.00005\"} 1",
            "app_server_turn_seconds_bucket{le=\"+Inf\"} 1",
            "app_server_turn_seconds_count 1",
            "app_server_turn_seconds_sum 0.00003",
            "app_server_requests_total{method=\"a/b\",outcome=\"ok\"} 1",
            "app_server_requests_total{method=\"other\",outcome=\"error\"} 1",
            "app_server_build_info{version=\"1 \\\"x\\\"\",wire_version=\"2\"} 1",
            "app_server_threads_loaded 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        for row in TABLE {
            assert!(text.contains(&format!("# HELP {} ", row.name)), "{}", row.name);
        }
    }
}
