//! The server under load: its home, its process, and what it and the system say of it.

use std::collections::BTreeMap;
use std::fmt;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

/// Slow answers, so that turns are running when clients come and go.
const SCRIPT: &str = "
[pace]
delta_chars = 6
delay_ms = 60

[[answer]]
when = 'act'
reasoning = ['**Thinking**\\n\\nA command will do.']
calls = [{ name = 'exec_command', arguments = { cmd = 'echo one; echo two' } }]
then = [{ text = 'That is done: {{printed}}' }]

[[answer]]
when = 'talk'
text = 'A sentence that takes its time. '
repeat = 6
";

/// Threads leave memory quickly, so that a round can be looked at when it is over.
const CONFIG: &str = "model_provider = 'scripted'\nsandbox_mode = 'danger-full-access'\n\
                      thread_unload_delay_secs = 1\n";
/// A client that does not read is cut off soon.
const SETTINGS: &str = "[metrics]\nenabled = true\n[limits]\noutbound_hard_bytes = 1048576\noutbound_max_age_s = 1\n";

/// How long the server may take to come to rest.
const PATIENCE: Duration = Duration::from_secs(40);
/// What of the memory may be more than after the first round.
const MORE_MEMORY: f64 = 1.1;

/// What must be nothing once all clients are gone, as `/metrics` calls it.
const NOTHING_LEFT: &[&str] = &[
    "app_server_requests_in_flight",
    "app_server_requests_queued",
    "app_server_connections_open",
    "app_server_outbound_queued_bytes",
    "app_server_questions_open",
    "app_server_commands_open",
    "app_server_threads_loaded",
];

pub(crate) struct Server {
    child: Child,
    url: String,
    _home: TempDir,
}

/// The server at one moment.
#[derive(Clone, Default)]
pub(crate) struct Figures {
    resident_kib: u64,
    /// Of it what is not mapped from files, the program's own code above all.
    private_kib: u64,
    descriptors: u64,
    threads: u64,
    numbers: BTreeMap<String, i64>,
}

impl Server {
    pub(crate) async fn start(binary: &str) -> Self {
        // It runs in a folder of its own.
        let binary = std::fs::canonicalize(binary).expect("the server is there");
        let home = tempfile::tempdir().unwrap();
        let script = home.path().join("script.toml");
        std::fs::write(&script, SCRIPT).unwrap();
        std::fs::write(home.path().join("config.toml"), CONFIG).unwrap();
        let settings = format!("{SETTINGS}[scripted]\nscript = '{}'\n", script.display());
        std::fs::write(home.path().join("app-server.toml"), settings).unwrap();
        let mut child = Command::new(binary)
            .args(["--listen", "ws://127.0.0.1:0"])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home.path())
            .env("CODEX_HOME", home.path())
            .current_dir(home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the server could not be started");
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let url = loop {
            let line = lines.next_line().await.unwrap().expect("the server ended by itself");
            match line.split_once("listening on: ") {
                Some((_, url)) => break url.trim().to_owned(),
                None => println!("server: {line}"),
            }
        };
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                println!("server: {line}");
            }
        });
        Self { child, url, _home: home }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Ends it as its user would, and says what is wrong with how it ended.
    pub(crate) async fn end(mut self) -> Option<String> {
        let id = self.child.id().expect("the server ended by itself");
        let sent = Command::new("kill").args(["-TERM", &id.to_string()]).status().await;
        assert!(sent.is_ok_and(|status| status.success()), "the server is not there any more");
        match timeout(PATIENCE, self.child.wait()).await {
            Ok(status) => {
                let status = status.unwrap();
                (status.code() != Some(0)).then(|| format!("the server ended with {status}"))
            }
            Err(_) => Some("the server does not end".to_owned()),
        }
    }

    /// How it is now.
    pub(crate) async fn figures(&self) -> Figures {
        let proc = format!("/proc/{}", self.child.id().expect("the server ended by itself"));
        let status = std::fs::read_to_string(format!("{proc}/status")).unwrap_or_default();
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        let numbers = self.metrics().await;
        Figures {
            resident_kib: of("VmRSS:"),
            private_kib: of("RssAnon:"),
            descriptors: std::fs::read_dir(format!("{proc}/fd")).map_or(0, |listed| listed.count() as u64),
            threads: of("Threads:"),
            numbers,
        }
    }

    /// Waits until nothing is left of the load, as long as that may take; how it is then.
    pub(crate) async fn at_rest(&self, baseline: Option<&Figures>) -> Figures {
        let end = Instant::now() + PATIENCE;
        let mut quiet = 0;
        loop {
            let figures = self.figures().await;
            quiet = if figures.complaints(baseline).is_empty() { quiet + 1 } else { 0 };
            // The baseline is taken when idle threads of the runtime have ended too.
            if quiet == if baseline.is_some() { 2 } else { 24 } || Instant::now() > end {
                return figures;
            }
            sleep(Duration::from_millis(500)).await;
        }
    }

    /// The numbers of `/metrics`, those with labels summed up.
    async fn metrics(&self) -> BTreeMap<String, i64> {
        let host = self.url.strip_prefix("ws://").unwrap();
        let mut stream = TcpStream::connect(host).await.unwrap();
        let request = format!("GET /metrics HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).await.unwrap();
        let mut numbers = BTreeMap::new();
        for line in page.lines().filter(|line| line.starts_with("app_server_")) {
            let Some((name, number)) = line.rsplit_once(' ') else { continue };
            let name = name.split('{').next().unwrap_or_default();
            *numbers.entry(name.to_owned()).or_default() += number.parse::<i64>().unwrap_or(0);
        }
        numbers
    }
}

impl Figures {
    fn number(&self, name: &str) -> i64 {
        self.numbers.get(name).copied().unwrap_or(-1)
    }

    /// What is not as it should be with nobody there.
    pub(crate) fn complaints(&self, baseline: Option<&Self>) -> Vec<String> {
        let left = NOTHING_LEFT.iter().filter(|name| self.number(name) != 0);
        let mut complaints: Vec<_> = left.map(|name| format!("{name} is {}", self.number(name))).collect();
        let (started, ended) =
            (self.number("app_server_turns_started_total"), self.number("app_server_turns_ended_total"));
        if started != ended {
            complaints.push(format!("{started} turns were begun and {ended} ended"));
        }
        if self.number("app_server_panics_total") != 0 {
            complaints.push(format!("{} panics", self.number("app_server_panics_total")));
        }
        let Some(baseline) = baseline else { return complaints };
        #[expect(clippy::cast_precision_loss, reason = "a process has less than that")]
        let grown = self.resident_kib as f64 / baseline.resident_kib as f64;
        if grown > MORE_MEMORY {
            complaints
                .push(format!("{} KiB in use, {} after the first round", self.resident_kib, baseline.resident_kib));
        }
        for (what, now, then) in
            [("descriptors", self.descriptors, baseline.descriptors), ("threads", self.threads, baseline.threads)]
        {
            if now > then {
                complaints.push(format!("{now} {what}, {then} after the first round"));
            }
        }
        let tasks = "app_server_tasks_alive";
        if self.number(tasks) > baseline.number(tasks) {
            complaints.push(format!("{} tasks, {} after the first round", self.number(tasks), baseline.number(tasks)));
        }
        complaints
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |name: &str| self.number(&format!("app_server_{name}"));
        write!(
            to,
            "{:>6} KiB ({:>5} private), {:>3} descriptors, {:>2} threads, {:>4} tasks, {:>3} connections, {:>2} loaded, {:>5} turns, \
             {:>7} events, {:>3} cut off",
            self.resident_kib,
            self.private_kib,
            self.descriptors,
            self.threads,
            of("tasks_alive"),
            of("connections_open"),
            of("threads_loaded"),
            of("turns_ended_total"),
            of("events_delivered_total"),
            of("clients_too_slow_total"),
        )
    }
}
