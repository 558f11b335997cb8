//! The log: on stderr, for people or as JSON, with a panic as one of its lines.

use std::panic::PanicHookInfo;

use codex_config_loader::EnvSnapshot;
use codex_utils_metrics::PANICS;
use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// Starts the log. `RUST_LOG` filters it, errors only by default; `LOG_FORMAT=json` makes every line an object.
pub(crate) fn start_log(env: &EnvSnapshot) {
    // A second start in one process (in-process servers) keeps the first log.
    if subscriber(env, std::io::stderr).try_init().is_ok() {
        std::panic::set_hook(Box::new(log_panic));
    }
}

/// The log, and beside it what is exported, which sleeps until the configuration wakes it.
fn subscriber<W>(env: &EnvSnapshot, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter =
        EnvFilter::try_new(env.text("RUST_LOG").unwrap_or("error")).unwrap_or_else(|_| EnvFilter::new("error"));
    // Panics are told from this module, whichever parts the filter names.
    let filter = match concat!(module_path!(), "=error").parse() {
        Ok(panics) => filter.add_directive(panics),
        Err(_) => filter,
    };
    // Beginnings and ends of spans are lines too, for those who let spans through.
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(writer)
        .with_ansi(false)
        .with_span_events(FmtSpan::NEW | FmtSpan::CLOSE);
    let lines = match env.text("LOG_FORMAT") {
        Some(format) if format.eq_ignore_ascii_case("json") => lines.json().boxed(),
        _ => lines.boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(filter)).with(codex_telemetry::layer())
}

/// A panic is contained where it happens (a request, a turn, a tool); here it is written down, with its place.
fn log_panic(panic: &PanicHookInfo<'_>) {
    PANICS.inc();
    let message = panic.payload_as_str().unwrap_or("a panic without a text");
    let thread = std::thread::current();
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(place, thread = thread.name().unwrap_or_default(), "panicked: {message}");
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::io;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn environment(variables: &[(&str, &str)]) -> EnvSnapshot {
        EnvSnapshot::new(variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))))
    }

    #[test]
    fn a_span_is_made_only_for_those_who_look() {
        let made = |level: Option<&str>| {
            let variables: Vec<_> = level.map(|level| ("RUST_LOG", level)).into_iter().collect();
            let log = subscriber(&environment(&variables), io::sink);
            let span = || tracing::info_span!(target: "codex_app_server::observe::request", "app_server.request");
            tracing::subscriber::with_default(log, || !span().is_none())
        };
        assert!(!made(None), "by default nobody looks");
        assert!(!made(Some("warn")));
        assert!(!made(Some("info=wrong=")), "what cannot be read counts as the default");
        assert!(made(Some("info")));
        assert!(made(Some("codex_app_server=info")));
    }

    #[test]
    fn a_panic_is_one_line_of_the_log_with_its_place() {
        let lines = Lines::default();
        let writer = lines.clone();
        let variables = [("LOG_FORMAT", "json"), ("RUST_LOG", "codex_engine=debug")];
        let log = subscriber(&environment(&variables), move || writer.clone());
        // Panics of other tests are shown as before.
        let (before, this) = (std::panic::take_hook(), std::thread::current().id());
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().id() == this { log_panic(panic) } else { before(panic) }
        }));
        let counted = PANICS.get();
        tracing::subscriber::with_default(log, || {
            let caught = std::panic::catch_unwind(|| panic!("number {}", 7));
            assert!(caught.is_err());
        });
        let written = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let line: serde_json::Value = serde_json::from_str(written.trim()).unwrap();
        assert_eq!(line["fields"]["message"], "panicked: number 7");
        assert!(line["fields"]["place"].as_str().unwrap().contains("observe/log.rs:"), "{line}");
        assert_eq!(line["level"], "ERROR");
        assert!(PANICS.get() > counted);
    }
}
