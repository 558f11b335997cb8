//! The way to one collector.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use crate::{Encoding, Target};

/// The longest that a collector may take for one request.
const REQUEST_TIME: Duration = Duration::from_secs(10);
/// The longest that it may take to be reached.
const CONNECT_TIME: Duration = Duration::from_secs(5);
/// How often a request is repeated, when that may help, and after which pause at first.
const REPEATS: u32 = 2;
const PAUSE: Duration = Duration::from_millis(500);

/// Why nothing can be exported to a collector.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its URL is none.
    #[error("the endpoint is not a URL that begins with http:// or https://")]
    Endpoint,
    /// A header cannot be sent.
    #[error("`{0}` cannot be a header, or its value cannot be the value of one")]
    Header(String),
    /// A file of TLS cannot be read.
    #[error("{} cannot be read: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The process exports already.
    #[error("the process exports telemetry already")]
    Started,
    /// There is no client for such settings.
    #[error("the HTTP client cannot be made, check the certificates: {0}")]
    Client(String),
}

/// A collector, ready to be sent to.
#[derive(Debug)]
pub(crate) struct Collector {
    client: reqwest::Client,
    url: reqwest::Url,
    headers: HeaderMap,
    pub(crate) encoding: Encoding,
    /// What it is sent.
    signal: &'static str,
    /// Whether the last batch was in vain.
    failing: AtomicBool,
}

impl Collector {
    pub(crate) fn new(signal: &'static str, target: &Target) -> Result<Self, StartError> {
        let url = reqwest::Url::parse(&target.endpoint).map_err(|_| StartError::Endpoint)?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(StartError::Endpoint);
        }
        let mut headers = HeaderMap::new();
        for (name, value) in &target.headers {
            let bad = || StartError::Header(name.clone());
            let key: HeaderName = name.parse().map_err(|_| bad())?;
            let mut value = HeaderValue::from_str(value).map_err(|_| bad())?;
            value.set_sensitive(true);
            headers.insert(key, value);
        }
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static(match target.encoding {
                Encoding::Json => "application/json",
                Encoding::Binary => "application/x-protobuf",
            }),
        );
        let client = client(target, url.scheme() == "https")?;
        Ok(Self { client, url, headers, encoding: target.encoding, signal, failing: AtomicBool::new(false) })
    }

    /// Sends, and once more where that may help; `false` when it was in vain.
    pub(crate) async fn send(&self, body: Vec<u8>) -> bool {
        let sent = self.try_send(Bytes::from(body)).await;
        // Told when it changes, and not with every batch.
        match (&sent, self.failing.swap(sent.is_err(), Ordering::Relaxed)) {
            (Err(reason), false) => {
                tracing::error!("the collector of {} does not take telemetry: {reason}", self.signal)
            }
            (Ok(()), true) => tracing::info!("the collector of {} takes telemetry again", self.signal),
            _ => {}
        }
        sent.is_ok()
    }

    async fn try_send(&self, body: Bytes) -> Result<(), String> {
        let mut reason = String::new();
        for attempt in 0..=REPEATS {
            if attempt > 0 {
                tokio::time::sleep(PAUSE * attempt).await;
            }
            let request = self.client.post(self.url.clone()).headers(self.headers.clone()).body(body.clone());
            match request.send().await {
                Ok(response) if response.status().is_success() => return Ok(()),
                Ok(response) => {
                    reason = format!("it answers {}", response.status());
                    if !matches!(response.status().as_u16(), 429 | 502 | 503 | 504) {
                        break;
                    }
                }
                // The error's own text would hold the URL.
                Err(error) if error.is_timeout() => reason = "it does not answer in time".to_owned(),
                Err(_) => reason = "it cannot be reached".to_owned(),
            }
        }
        Err(reason)
    }
}

fn client(target: &Target, is_secure: bool) -> Result<reqwest::Client, StartError> {
    // Fails when another part of the process has chosen already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let failed = |error: reqwest::Error| StartError::Client(error.to_string());
    let mut builder = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIME)
        .timeout(REQUEST_TIME)
        // Headers may hold keys: they go where the configuration says and nowhere else.
        .redirect(reqwest::redirect::Policy::none());
    if let Some(path) = target.ca_certificate.as_deref().filter(|_| is_secure) {
        let certificates = reqwest::Certificate::from_pem_bundle(&read(path)?).map_err(failed)?;
        builder = builder.tls_certs_only(certificates);
    } else if !is_secure {
        builder = builder.tls_certs_only([]);
    }
    if let Some((certificate, key)) = &target.client_identity {
        let pem = [read(certificate)?, read(key)?].concat();
        builder = builder.identity(reqwest::Identity::from_pem(&pem).map_err(failed)?);
    }
    builder.build().map_err(failed)
}

fn read(path: &Path) -> Result<Vec<u8>, StartError> {
    std::fs::read(path).map_err(|error| StartError::File { path: path.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn target(endpoint: &str) -> Target {
        Target {
            endpoint: endpoint.to_owned(),
            headers: BTreeMap::new(),
            encoding: Encoding::Json,
            ca_certificate: None,
            client_identity: None,
        }
    }

    #[test]
    fn what_cannot_work_is_said_without_what_may_be_secret() {
        assert!(Collector::new("traces", &target("http://127.0.0.1:4318/v1/traces")).is_ok());
        for endpoint in ["", "127.0.0.1:4318", "file:///x", "collector"] {
            assert!(matches!(Collector::new("traces", &target(endpoint)), Err(StartError::Endpoint)), "{endpoint}");
        }
        let mut bad = target("http://127.0.0.1:1");
        bad.headers.insert("x-key".to_owned(), "sk-secret\n".to_owned());
        let said = Collector::new("traces", &bad).unwrap_err().to_string();
        assert!(said.contains("x-key") && !said.contains("sk-secret"), "{said}");
        let missing = Target { ca_certificate: Some("/nosuch/ca.pem".into()), ..target("https://127.0.0.1:1") };
        assert!(Collector::new("traces", &missing).unwrap_err().to_string().contains("/nosuch/ca.pem"));
        assert!(!format!("{bad:?}").contains("sk-secret"));
    }
}
