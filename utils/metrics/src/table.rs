//! Every number there is, declared once: what it is called, what it means, how it behaves.

use crate::kinds::{Counter, Family, Gauge, Histogram};
use crate::labels::{ConnectionLabel, Label, MOST_VALUES, OutcomeLabel, TokenLabel, TurnEndLabel};
use crate::methods::{Counts, Latencies, Requests};
use crate::process::{Asked, Build, open_files, resident_bytes, tasks_alive};
use crate::{Kind, Row};

macro_rules! metrics {
    (@kind counter) => { Kind::Counter };
    (@kind gauge) => { Kind::Gauge };
    (@type counter) => { Counter };
    (@type gauge) => { Gauge };
    (@type counter $label:ident) => { Family<$label, Counter> };
    (@type gauge $label:ident) => { Family<$label, Gauge> };
    (@new counter) => { Counter::new() };
    (@new gauge) => { Gauge::new() };
    (@new counter $label:ident) => { Family::new([const { Counter::new() }; MOST_VALUES]) };
    (@new gauge $label:ident) => { Family::new([const { Gauge::new() }; MOST_VALUES]) };
    (
        { $($rows:expr,)+ }
        $($metric:ident: $kind:ident $(by $label:ident)? = $name:literal, $help:literal;)+
    ) => {
        $(
            #[doc = $help]
            pub static $metric: metrics!(@type $kind $($label)?) = metrics!(@new $kind $($label)?);
        )+

        /// The table.
        pub static TABLE: &[Row] = &[
            $($rows,)+
            $(Row {
                name: $name,
                kind: metrics!(@kind $kind),
                help: $help,
                labels: &[$($label::NAME)?],
                source: &$metric,
            },)+
        ];
    };
}

/// Requests that were answered, by method.
pub static REQUESTS: Requests = Requests::new();
/// How long turns took.
pub static TURN_SECONDS: Histogram = Histogram::new();

metrics! {
    {
        Row {
            name: "app_server_requests_total",
            kind: Kind::Counter,
            help: "Requests that were answered, by method and outcome.",
            labels: &["method", OutcomeLabel::NAME],
            source: &Counts(&REQUESTS),
        },
        Row {
            name: "app_server_request_seconds",
            kind: Kind::Histogram,
            help: "From a request's line to its answer, in seconds.",
            labels: &["method"],
            source: &Latencies(&REQUESTS),
        },
        Row {
            name: "app_server_turn_seconds",
            kind: Kind::Histogram,
            help: "From the beginning of a turn to its end, in seconds.",
            labels: &[],
            source: &TURN_SECONDS,
        },
        Row {
            name: "app_server_build_info",
            kind: Kind::Gauge,
            help: "Always 1; the labels say what runs.",
            labels: &["version", "wire_version"],
            source: &Build,
        },
        Row {
            name: "process_resident_memory_bytes",
            kind: Kind::Gauge,
            help: "Memory of the process that is held in RAM, in bytes.",
            labels: &[],
            source: &Asked(resident_bytes),
        },
        Row {
            name: "process_open_fds",
            kind: Kind::Gauge,
            help: "Open file descriptors.",
            labels: &[],
            source: &Asked(open_files),
        },
        Row {
            name: "app_server_tasks_alive",
            kind: Kind::Gauge,
            help: "Tasks of the runtime that have not ended.",
            labels: &[],
            source: &Asked(tasks_alive),
        },
    }
    REQUESTS_IN_FLIGHT: gauge = "app_server_requests_in_flight", "Requests that are not answered yet.";
    REQUESTS_QUEUED: gauge = "app_server_requests_queued", "Requests that wait for their turn in an order of requests.";
    CONNECTIONS_OPEN: gauge by ConnectionLabel = "app_server_connections_open", "Connections that are open.";
    CONNECTIONS: counter by ConnectionLabel = "app_server_connections_total", "Connections that were opened.";
    CLIENTS_TOO_SLOW: counter = "app_server_clients_too_slow_total", "Clients that were cut off because they did not take what waited for them.";
    BYTES_IN: counter = "app_server_bytes_in_total", "Bytes of the messages of clients, without line ends and framing.";
    BYTES_OUT: counter = "app_server_bytes_out_total", "Bytes written to clients.";
    LINES_DROPPED: counter = "app_server_lines_dropped_total", "Messages of clients that were no messages and were dropped.";
    EVENTS_DELIVERED: counter = "app_server_events_delivered_total", "Notifications put into the queues of clients.";
    QUEUED_BYTES: gauge = "app_server_outbound_queued_bytes", "Bytes that wait for clients to take them.";
    THREADS_LOADED: gauge = "app_server_threads_loaded", "Threads in memory.";
    TURNS_STARTED: counter = "app_server_turns_started_total", "Turns that were begun.";
    TURNS_ENDED: counter by TurnEndLabel = "app_server_turns_ended_total", "Turns that ended, by how.";
    MODEL_REQUESTS: counter by OutcomeLabel = "app_server_model_requests_total", "Requests to model providers, repeats not counted, by whether an answer began.";
    MODEL_RETRIES: counter = "app_server_model_retries_total", "Repeats of requests to model providers, of those whose answer broke off too.";
    MODEL_TOKENS: counter by TokenLabel = "app_server_model_tokens_total", "Tokens as model providers counted them.";
    TOOL_CALLS: counter by OutcomeLabel = "app_server_tool_calls_total", "Calls of tools by the model, by whether they came to an end by themselves.";
    COMMANDS_OPEN: gauge = "app_server_commands_open", "Commands that run, of the model and of clients.";
    QUESTIONS_OPEN: gauge = "app_server_questions_open", "Questions to clients that nobody has answered yet.";
    PANICS: counter = "app_server_panics_total", "Panics, every one of them a fault of this server.";
    TELEMETRY_DROPPED: counter = "app_server_telemetry_dropped_total", "Spans and log records that were not exported, because the collector was too slow or refused them.";
}
