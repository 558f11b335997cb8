//! What can be seen of the server from outside: its log, traces, what it exports, its numbers, and that nothing secret is in any
//! of them.

use std::fs::File;
use std::path::{Path, PathBuf};

use codex_app_server_test_support::{DEADLINE, ModelEndpoint, Reply, ServerBuilder, TestServer};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::raw::{INITIALIZE, Raw};
use super::{connected, server};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// Starts it with its log in a file, which is read when the process has ended.
fn logging(builder: &ServerBuilder, log: &Path) -> Raw {
    let mut command = builder.command();
    command.stderr(File::create(log).unwrap());
    Raw::spawn(command)
}

fn log_file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("log")
}

/// Starts a thread and runs a turn that says this; the ids of both.
async fn turn(raw: &mut Raw, text: &str, trace: &Value) -> (String, String) {
    raw.send(r#"{"id":1,"method":"thread/start","params":{}}"#).await;
    let thread = raw.answer().await["result"]["thread"]["id"].as_str().unwrap().to_owned();
    let params = json!({"threadId": thread, "input": [{"type": "text", "text": text}]});
    let start = json!({"id": "t", "method": "turn/start", "params": params, "trace": trace});
    raw.send(start.to_string()).await;
    let turn = raw.answer().await["result"]["turn"]["id"].as_str().unwrap().to_owned();
    raw.note("turn/completed").await;
    (thread, turn)
}

fn json_lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
}

#[tokio::test]
async fn the_log_is_silent_by_default_and_for_people() {
    let folder = tempfile::tempdir().unwrap();
    let model = ModelEndpoint::start().await;
    model.say("Hello");
    let builder = server().model(&model);
    let mut raw = logging(&builder, &log_file(&folder));
    raw.send(INITIALIZE).await;
    raw.answer().await;
    turn(&mut raw, "Hi", &Value::Null).await;
    assert_eq!(raw.end().await.code(), Some(0));
    assert_eq!(std::fs::read_to_string(log_file(&folder)).unwrap(), "");

    let builder = server().env("RUST_LOG", "codex_app_server=debug");
    let mut raw = logging(&builder, &log_file(&folder));
    raw.send(INITIALIZE).await;
    raw.answer().await;
    raw.send(r#"{"method":"initialized"}"#).await;
    raw.send("no message").await;
    assert_eq!(raw.end().await.code(), Some(0));
    let log = std::fs::read_to_string(log_file(&folder)).unwrap();
    assert!(log.contains("WARN codex_app_server::connections::session: line dropped: no message: "), "{log}");
    assert!(log.contains("app_server.request{"), "{log}");
}

#[tokio::test]
async fn as_json_every_line_is_an_object_and_requests_are_spans() {
    let folder = tempfile::tempdir().unwrap();
    let builder = server().env("RUST_LOG", "info").env("LOG_FORMAT", "json");
    let mut raw = logging(&builder, &log_file(&folder));
    raw.send(INITIALIZE).await;
    raw.answer().await;
    raw.send(r#"{"id":"x","method":"turn/interrupt","params":{"threadId":"t","turnId":"u"}}"#).await;
    raw.answer().await;
    assert_eq!(raw.end().await.code(), Some(0));
    let lines = json_lines(&log_file(&folder));
    for line in &lines {
        let keys: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(keys.starts_with(&["timestamp", "level", "fields", "target"]), "{line}");
        assert!(line["fields"]["message"].is_string(), "{line}");
    }
    let closed: Vec<_> = lines
        .iter()
        .filter(|line| line["fields"]["message"] == "close" && line["span"]["name"] == "app_server.request")
        .map(|line| {
            assert_eq!(line["spans"], json!([]), "a request's span is inside of no other");
            &line["span"]
        })
        .collect();
    let connection = &closed[0]["app_server.connection_id"];
    let span = |method: &str, id: &str| {
        json!({
            "name": "app_server.request",
            "otel.kind": "server",
            "otel.name": method,
            "rpc.system": "jsonrpc",
            "rpc.method": method,
            "rpc.transport": "stdio",
            "rpc.request_id": id,
            "app_server.connection_id": connection,
            "app_server.api_version": "v2",
            "app_server.client_name": "raw",
            "app_server.client_version": "1",
        })
    };
    let mut interrupt = span("turn/interrupt", "x");
    for (key, value) in [("thread.id", "t"), ("turn.id", "u"), ("otel.status_code", "ERROR")] {
        interrupt[key] = json!(value);
    }
    assert_eq!(closed, [&span("initialize", "0"), &interrupt]);
}

#[tokio::test]
async fn the_trace_of_a_request_reaches_the_model() {
    let model = ModelEndpoint::start().await;
    let state = "vendor=1,other=a b";
    let cases = [
        (json!({"traceparent": PARENT, "tracestate": state}), Some(state)),
        (json!({"traceparent": PARENT, "tracestate": "no state"}), None),
    ];
    for (trace, expected) in cases {
        model.push(Reply::turn().call("call_1", "update_plan", &json!({"plan": []})));
        model.say("Hello");
        let builder = server().model_with(&model, "", "[tools.update_plan]\nenabled = true\n");
        let mut raw = Raw::spawn(builder.command());
        raw.send(INITIALIZE).await;
        raw.answer().await;
        let seen = model.requests().len();
        turn(&mut raw, "Hi", &trace).await;
        let requests = model.requests().split_off(seen);
        let parents: Vec<_> = requests.iter().map(|request| request.header("traceparent").unwrap()).collect();
        assert_eq!(parents.len(), 2);
        assert_ne!(parents[0], parents[1], "each request has a span of its own");
        for (parent, request) in parents.iter().zip(&requests) {
            let parts: Vec<_> = parent.split('-').collect();
            assert_eq!((parts[0], parts[1], parts[3]), ("00", TRACE, "01"));
            assert_ne!(parts[2], "b7ad6b7169203331", "the span is ours");
            assert_eq!(request.header("tracestate"), expected);
        }
        assert_eq!(raw.end().await.code(), Some(0));
    }
}

#[tokio::test]
async fn without_a_well_formed_trace_nothing_is_said_of_one() {
    let model = ModelEndpoint::start().await;
    let traces =
        [Value::Null, json!({}), json!({"traceparent": "00-zz", "tracestate": "a=1"}), json!({"traceparent": 5})];
    for trace in traces {
        model.say("Hello");
        let builder = server().model(&model);
        let mut raw = Raw::spawn(builder.command());
        raw.send(INITIALIZE).await;
        raw.answer().await;
        turn(&mut raw, "Hi", &trace).await;
        let request = model.requests().pop().unwrap();
        assert_eq!((request.header("traceparent"), request.header("tracestate")), (None, None), "{trace}");
        assert_eq!(raw.end().await.code(), Some(0));
    }
}

/// A collector of which nothing but the posted JSON matters. The endpoint keeps what is posted to paths that end like this.
fn exporters(collector: &ModelEndpoint, more: &str) -> String {
    let exporter = |signal: &str| {
        let url = format!("{}/{signal}/responses?as=given", collector.url());
        format!("{{ otlp-http = {{ endpoint = '{url}', protocol = 'json', headers = {{ x-key = 'sk-otel' }} }} }}")
    };
    format!(
        "[otel]\nenvironment = 'test'\nexporter = {}\ntrace_exporter = {}\nmetrics_exporter = {}\n{more}",
        exporter("logs"),
        exporter("traces"),
        exporter("metrics")
    )
}

/// All entries at the end of this path through the lists of what was posted.
fn posted(collector: &ModelEndpoint, signal: &str, path: [&str; 3]) -> Vec<Value> {
    let requests = collector.requests();
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let of_signal = requests.iter().filter(|request| request.path.contains(signal));
    of_signal
        .flat_map(|request| list(&request.body, path[0]))
        .flat_map(|resource| list(&resource, path[1]))
        .flat_map(|scope| list(&scope, path[2]))
        .collect()
}

fn attribute<'a>(record: &'a Value, key: &str) -> Option<&'a str> {
    let attributes = record["attributes"].as_array()?;
    attributes.iter().find(|attribute| attribute["key"] == *key)?["value"]["stringValue"].as_str()
}

/// A conversation whose telemetry goes to the collector, with this trace; its log is empty.
async fn exported(collector: &ModelEndpoint, trace: &Value, more: &str) -> (ModelEndpoint, String) {
    let folder = tempfile::tempdir().unwrap();
    let model = ModelEndpoint::start().await;
    collector.fallback(Reply::status(200).json(json!({})));
    model.push(Reply::turn().call("call_1", "exec_command", &json!({"cmd": "true"})));
    model.say("Hello");
    let builder = server().model_with(&model, "", &exporters(collector, more));
    let mut raw = logging(&builder, &log_file(&folder));
    raw.send(INITIALIZE).await;
    raw.answer().await;
    let (_, turn) = turn(&mut raw, "the secret prompt", trace).await;
    assert_eq!(raw.end().await.code(), Some(0));
    assert_eq!(std::fs::read_to_string(log_file(&folder)).unwrap(), "");
    (model, turn)
}

#[tokio::test]
async fn requests_are_exported_where_only_traces_are() {
    let (model, collector) = (ModelEndpoint::start().await, ModelEndpoint::start().await);
    collector.fallback(Reply::status(200).json(json!({})));
    let exporter =
        format!("{{ otlp-http = {{ endpoint = '{}/traces/responses', protocol = 'json' }} }}", collector.url());
    let builder = server().model_with(&model, "", &format!("[otel]\ntrace_exporter = {exporter}\n"));
    let mut running = builder.start().await;
    let client = running.client().await;
    client.call("thread/loaded/list", json!({})).await;
    client.ignore_rest();
    drop(client);
    running.finish().await;
    let spans = posted(&collector, "/traces/", ["resourceSpans", "scopeSpans", "spans"]);
    let names: Vec<&Value> = spans.iter().map(|span| &span["name"]).collect();
    assert_eq!(names, ["initialize", "thread/loaded/list"]);
}

#[tokio::test]
async fn a_turn_is_followed_from_the_client_to_model_and_tools() {
    let collector = ModelEndpoint::start().await;
    let (model, turn) = exported(&collector, &json!({"traceparent": PARENT}), "").await;
    let spans = posted(&collector, "/traces/", ["resourceSpans", "scopeSpans", "spans"]);
    let of_trace: Vec<_> = spans.iter().filter(|span| span["traceId"] == TRACE).collect();
    let named = |name: &str| -> Vec<&Value> { of_trace.iter().filter(|span| span["name"] == *name).copied().collect() };
    let [request] = named("turn/start")[..] else { panic!("one request: {of_trace:#?}") };
    assert_eq!((&request["parentSpanId"], &request["kind"]), (&json!("b7ad6b7169203331"), &json!(2)));
    assert_eq!(attribute(request, "rpc.method"), Some("turn/start"));
    let [turn_span] = named("turn")[..] else { panic!("one turn: {of_trace:#?}") };
    assert_eq!(turn_span["parentSpanId"], request["spanId"]);
    assert_eq!(
        (attribute(turn_span, "turn.id"), attribute(turn_span, "turn.status")),
        (Some(&*turn), Some("completed"))
    );
    let [tool] = named("tool.call")[..] else { panic!("one tool: {of_trace:#?}") };
    assert_eq!((&tool["parentSpanId"], attribute(tool, "tool.name")), (&turn_span["spanId"], Some("exec_command")));
    let asked = named("model.request");
    assert_eq!(asked.len(), 2);
    for (span, request) in asked.iter().zip(model.requests()) {
        assert_eq!((&span["parentSpanId"], &span["kind"]), (&turn_span["spanId"], &json!(3)));
        let expected = format!("00-{TRACE}-{}-01", span["spanId"].as_str().unwrap());
        assert_eq!(request.header("traceparent"), Some(&*expected), "the model is told the span that is exported");
    }
    let others = spans.iter().filter(|span| span["traceId"] != TRACE);
    assert!(others.clone().any(|span| span["name"] == "initialize" && span["parentSpanId"].as_str() == Some("")));
    for request in collector.requests() {
        assert_eq!((request.query.as_str(), request.header("x-key")), ("as=given", Some("sk-otel")));
        let resource = request.body.as_object().unwrap().values().next().unwrap()[0]["resource"].clone();
        assert_eq!(attribute(&resource, "service.name"), Some("codex_app_server"));
        assert_eq!(attribute(&resource, "env"), Some("test"));
    }
}

#[tokio::test]
async fn log_records_and_metrics_are_exported_at_the_end_at_the_latest() {
    let collector = ModelEndpoint::start().await;
    exported(&collector, &Value::Null, "").await;
    let records = posted(&collector, "/logs/", ["resourceLogs", "scopeLogs", "logRecords"]);
    let prompt = records.iter().find(|record| record["body"]["stringValue"] == "user_prompt").unwrap();
    assert_eq!(prompt["severityText"], "INFO");
    let spans = posted(&collector, "/traces/", ["resourceSpans", "scopeSpans", "spans"]);
    let turn = spans.iter().find(|span| span["name"] == "turn").unwrap();
    assert_eq!((&prompt["traceId"], &prompt["spanId"]), (&turn["traceId"], &turn["spanId"]));
    let metrics = posted(&collector, "/metrics/", ["resourceMetrics", "scopeMetrics", "metrics"]);
    let metric = |name: &str| metrics.iter().rfind(|metric| metric["name"] == *name).unwrap();
    let turns = &metric("app_server_turns_started_total")["sum"];
    assert_eq!((&turns["isMonotonic"], &turns["dataPoints"][0]["asInt"]), (&json!(true), &json!("1")));
    assert_eq!(metric("app_server_turn_seconds")["histogram"]["dataPoints"][0]["count"], "1");
    assert!(metric("app_server_threads_loaded")["gauge"]["dataPoints"][0]["asInt"].is_string());
}

#[tokio::test]
async fn prompts_are_exported_only_when_that_is_wanted() {
    for (more, is_there) in [("", false), ("log_user_prompt = true\n", true)] {
        let collector = ModelEndpoint::start().await;
        exported(&collector, &Value::Null, more).await;
        let all: String = collector.requests().iter().map(|request| request.body.to_string()).collect();
        assert!(all.contains("user_prompt"));
        assert_eq!(all.contains("the secret prompt"), is_there, "{more}");
    }
}

#[tokio::test]
async fn a_collector_that_hangs_costs_nothing_but_telemetry() {
    let collector = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", collector.local_addr().unwrap());
    let model = ModelEndpoint::start().await;
    model.say("Hello");
    let exporter = format!("{{ otlp-http = {{ endpoint = '{url}', protocol = 'binary' }} }}");
    let tail = format!("[otel]\nexporter = {exporter}\ntrace_exporter = {exporter}\nmetrics_exporter = {exporter}\n");
    let builder = server().model_with(&model, "", &tail);
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    raw.answer().await;
    turn(&mut raw, "Hi", &Value::Null).await;
    // It is asked, and never answers.
    let _held = timeout(DEADLINE, collector.accept()).await.unwrap().unwrap();
    let began = std::time::Instant::now();
    assert_eq!(raw.end().await.code(), Some(0));
    // Its promise is half a second; a busy machine gets more.
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
}

#[tokio::test]
async fn an_exporter_that_is_not_spoken_is_told_to_clients() {
    let tail = "[otel]\ntrace_exporter = { otlp-grpc = { endpoint = 'http://127.0.0.1:4317' } }\n\
                exporter = { otlp-http = { endpoint = 'nonsense', protocol = 'json' } }\n";
    let builder = server().file("config.toml", tail);
    let mut raw = Raw::spawn(builder.command());
    raw.send(INITIALIZE).await;
    let warning = raw.note("configWarning").await;
    assert!(warning["params"]["summary"].as_str().unwrap().contains("`otlp-grpc`"), "{warning}");
    assert!(warning["params"]["details"].as_str().unwrap().contains("`otlp-http`"), "{warning}");
    let warning = raw.note("configWarning").await;
    assert!(warning["params"]["summary"].as_str().unwrap().contains("endpoint is not a URL"), "{warning}");
    assert_eq!(raw.end().await.code(), Some(0));
}

/// The body that a websocket server shows under a path, and the head before it.
async fn page(server: &TestServer, path: &str, headers: &str) -> (String, String) {
    let address = server.url().unwrap().strip_prefix("ws://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{headers}\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    timeout(DEADLINE, stream.read_to_string(&mut answer)).await.expect("an answer in time").unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

#[tokio::test]
async fn metrics_are_shown_when_they_are_enabled() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::turn().call("call_1", "exec_command", &json!({"cmd": "true"})));
    model.say("Hello");
    let mut server =
        server().model(&model).file("app-server.toml", "[metrics]\nenabled = true\n").start_websocket().await;
    let client = connected(&mut server).await;
    let thread = client.start_thread(json!({})).await;
    client.run_turn(&thread, "Hi").await;
    client.call_refused("thread/read", json!({"threadId": "x"})).await;
    client.request("no/such", json!({})).await.unwrap_err();
    client.send_line("no message").await;
    client.call("model/list", json!({})).await;
    let (head, text) = page(&server, "/metrics", "").await;
    assert!(
        head.starts_with("HTTP/1.1 200 OK\r\n") && head.contains("content-type: text/plain; version=0.0.4"),
        "{head}"
    );
    for line in [
        "app_server_requests_total{method=\"turn/start\",outcome=\"ok\"} 1",
        "app_server_requests_total{method=\"thread/read\",outcome=\"error\"} 1",
        "app_server_requests_total{method=\"other\",outcome=\"error\"} 1",
        "app_server_request_seconds_count{method=\"turn/start\"} 1",
        "app_server_requests_in_flight 0",
        "app_server_requests_queued 0",
        "app_server_connections_open{transport=\"websocket\"} 1",
        "app_server_connections_total{transport=\"websocket\"} 1",
        "app_server_connections_open{transport=\"stdio\"} 0",
        "app_server_lines_dropped_total 1",
        "app_server_clients_too_slow_total 0",
        "app_server_threads_loaded 1",
        "app_server_turns_started_total 1",
        "app_server_turns_ended_total{status=\"completed\"} 1",
        "app_server_turn_seconds_count 1",
        "app_server_model_requests_total{outcome=\"ok\"} 2",
        "app_server_model_tokens_total{kind=\"input\"} 20",
        "app_server_model_tokens_total{kind=\"output\"} 10",
        "app_server_tool_calls_total{outcome=\"ok\"} 1",
        "app_server_questions_open 0",
        "app_server_panics_total 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    let number = |name: &str| -> f64 {
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name} ")));
        line.unwrap_or_else(|| panic!("{name}\n{text}")).parse().unwrap()
    };
    for name in [
        "app_server_bytes_in_total",
        "app_server_bytes_out_total",
        "app_server_events_delivered_total",
        "process_open_fds",
    ] {
        assert!(number(name) > 0.0, "{name}");
    }
    assert!(text.contains("wire_version=\"0.169.0\"} 1"), "{text}");
    let (refused, _) = page(&server, "/metrics", "Origin: http://example.org\r\n").await;
    assert!(refused.starts_with("HTTP/1.1 403 "), "{refused}");
    client.ignore_rest();
    drop(client.finish().await);
    server.finish().await;
}

#[tokio::test]
async fn metrics_are_not_shown_unless_they_are_enabled() {
    let server = server().start_websocket().await;
    let (head, _) = page(&server, "/metrics", "").await;
    assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
    server.finish().await;
}

#[tokio::test]
async fn diagnostics_name_the_process_and_its_load() {
    let mut server = server().file("config.toml", "model_provider = 'scripted'\n").start().await;
    let client = connected(&mut server).await;
    let diagnostics = client.call("server/diagnostics", json!({})).await;
    assert_eq!(diagnostics["process"]["id"], server.id());
    assert!(diagnostics["process"]["residentMemoryBytes"].as_u64().unwrap() > 1_000_000);
    assert_eq!(diagnostics["process"]["physicalFootprintBytes"], Value::Null);
    assert_eq!(diagnostics["gauges"], json!([{"name": "app.requests.in_flight", "value": 1}]));
    client.start_thread(json!({})).await;
    let diagnostics = client.call("server/diagnostics", json!({})).await;
    let gauges = json!([{"name": "app.requests.in_flight", "value": 1}, {"name": "core.threads.live", "value": 1}]);
    assert_eq!(diagnostics["gauges"], gauges);
    let error = client.request("server/diagnostics", Value::Null).await.unwrap_err();
    assert_eq!(error.message, "Invalid request: missing field `params`");
    client.ignore_rest();
    drop(client.finish().await);
    server.finish().await;
}

/// A proxy that everything but loopback has to go through, and that nobody may ask.
async fn proxied(tail: &str) -> (ServerBuilder, ModelEndpoint, TcpListener) {
    let proxy = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", proxy.local_addr().unwrap());
    let model = ModelEndpoint::start().await;
    model.say("Hello");
    let builder = server().model_with(&model, "", tail).arg("app-server").arg("--analytics-default-enabled");
    let builder =
        builder.env("HTTPS_PROXY", &url).env("HTTP_PROXY", &url).env("https_proxy", &url).env("http_proxy", &url);
    (builder, model, proxy)
}

#[tokio::test]
async fn a_turn_connects_to_the_model_and_to_nothing_else() {
    // With a collector elsewhere the proxy is asked, so it would be by anything else that is sent.
    let elsewhere =
        "[otel]\ntrace_exporter = { otlp-http = { endpoint = 'http://collector.invalid/', protocol = 'json' } }\n";
    for (tail, is_asked) in [("", false), ("[analytics]\nenabled = true\n", false), (elsewhere, true)] {
        let (builder, model, proxy) = proxied(tail).await;
        let mut raw = Raw::spawn(builder.command());
        raw.send(INITIALIZE).await;
        raw.answer().await;
        turn(&mut raw, "Hi", &Value::Null).await;
        assert_eq!(raw.end().await.code(), Some(0));
        // Whoever connected is in the queue by now: the process has ended.
        let asked = tokio::select! {
            biased;
            _ = proxy.accept() => true,
            () = std::future::ready(()) => false,
        };
        assert_eq!(asked, is_asked, "{tail}");
        assert_eq!(model.requests().len(), 1);
    }
}

/// Every kind of secret that a conversation has to do with.
const SECRETS: &str = "sk-secret-";

async fn whole_conversation(format: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let model = ModelEndpoint::start().await;
    let collector = ModelEndpoint::start().await;
    collector.fallback(Reply::status(200).json(json!({})));
    for provider in ["a", "b", "c"] {
        if provider == "c" {
            // Some say back what they were given.
            model.push(Reply::computed(|request| {
                let message = format!("Incorrect API key: {}", request.header("authorization").unwrap_or_default());
                Reply::status(401).json(json!({"error": {"message": message}}))
            }));
        } else {
            model.push(Reply::turn().call("call_1", "exec_command", &json!({"cmd": "echo done"})));
            model.say("Hello");
        }
    }
    let url = model.url();
    let url = url.strip_prefix("http://").unwrap();
    let config = format!(
        "model = 'mock-model'\napproval_policy = 'never'\nsandbox_mode = 'danger-full-access'\nmodel_provider = 'a'\n\
         [model_providers.a]\nname = 'A'\nbase_url = 'http://{url}'\nenv_key = 'A_KEY'\nrequest_max_retries = 0\n\
         stream_max_retries = 0\nhttp_headers = {{ x-key = '{SECRETS}header' }}\nenv_http_headers = {{ x-env = 'H_KEY' }}\n\
         query_params = {{ key = '{SECRETS}query' }}\n\
         [model_providers.b]\nname = 'B'\nbase_url = 'http://user:{SECRETS}password@{url}'\nrequest_max_retries = 0\n\
         stream_max_retries = 0\nexperimental_bearer_token = '{SECRETS}token'\n\
         [model_providers.c]\nname = 'C'\nbase_url = 'http://{url}'\nrequires_openai_auth = true\nrequest_max_retries = 0\n\
         stream_max_retries = 0\n\
         [otel]\ntrace_exporter = {{ otlp-http = {{ endpoint = '{}/responses?key={SECRETS}endpoint', protocol = 'json', headers = {{ x-key = '{SECRETS}otel' }} }} }}\n",
        collector.url()
    );
    let auth = json!({"auth_mode": "apikey", "OPENAI_API_KEY": format!("{SECRETS}file")}).to_string();
    let mut builder = server().file("config.toml", &config).file("auth.json", &auth);
    for name in ["A_KEY", "H_KEY", "OPENAI_API_KEY", "CODEX_API_KEY"] {
        builder = builder.env(name, format!("{SECRETS}environment"));
    }
    let builder = builder.env("RUST_LOG", "trace").env("LOG_FORMAT", format);
    let mut raw = logging(&builder, &log_file(&folder));
    raw.send(INITIALIZE).await;
    raw.answer().await;
    let bearer = |request: &codex_app_server_test_support::model::ModelRequest| {
        request.header("authorization").unwrap_or_default().to_owned()
    };
    for provider in ["a", "b", "c"] {
        let params = json!({"modelProvider": provider});
        raw.send(json!({"id": 1, "method": "thread/start", "params": params}).to_string()).await;
        let thread = raw.answer().await["result"]["thread"]["id"].clone();
        let params = json!({"threadId": thread, "input": [{"type": "text", "text": "Hi"}]});
        raw.send(json!({"id": 2, "method": "turn/start", "params": params}).to_string()).await;
        let completed = raw.note("turn/completed").await;
        assert!(!completed.to_string().contains(SECRETS), "{completed}");
        let last = model.requests().pop().unwrap();
        assert!(bearer(&last).contains(SECRETS), "{provider} has a secret to lose: {last:?}");
    }
    for method in ["config/read", "account/read", "modelProvider/list"] {
        raw.send(json!({"id": 3, "method": method, "params": {}}).to_string()).await;
        raw.answer().await;
    }
    assert_eq!(raw.end().await.code(), Some(0));
    assert!(!collector.requests().is_empty());
    let sent: String = collector.requests().iter().map(|request| request.body.to_string()).collect();
    assert!(!sent.contains(SECRETS), "exported: {sent}");
    std::fs::read_to_string(log_file(&folder)).unwrap()
}

#[tokio::test]
async fn no_secret_is_in_any_log() {
    for format in ["text", "json"] {
        let log = whole_conversation(format).await;
        assert!(log.contains("TRACE") && log.contains("app_server.request"), "the log tells everything");
        let leaks: Vec<_> = log.lines().filter(|line| line.contains(SECRETS)).take(3).collect();
        assert!(leaks.is_empty(), "{format}: {leaks:#?}");
    }
}

const BEGIN: &str = "<!-- metrics:begin -->\n";
const END: &str = "<!-- metrics:end -->";

#[test]
fn the_documents_list_every_metric() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/observability.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = text.split_once(BEGIN).unwrap();
    let (shown, tail) = rest.split_once(END).unwrap();
    let mut wanted = "| metric | kind | labels | |\n|---|---|---|---|\n".to_owned();
    for row in codex_utils_metrics::TABLE {
        let labels: Vec<_> = row.labels.iter().map(|label| format!("`{label}`")).collect();
        wanted += &format!("| `{}` | {} | {} | {} |\n", row.name, row.kind.name(), labels.join(", "), row.help);
    }
    if std::env::var_os("UPDATE_STATUS").is_some() {
        std::fs::write(&path, format!("{head}{BEGIN}{wanted}{END}{tail}")).unwrap();
        return;
    }
    assert_eq!(shown, wanted, "docs/observability.md is out of date; `just schema` refreshes it");
}
