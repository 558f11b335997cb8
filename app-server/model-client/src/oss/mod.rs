//! Model servers on this machine: the HTTP and the programs that `codex-utils-oss` has them set up with.
//!
//! Answers are read up to a limit, and every wait ends.

mod lines;
mod program;

use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use codex_utils_oss::{HttpError, OssHttp, ProgramEnd, RunProgram};
use serde_json::Value;
use tokio::time::timeout;

use crate::http::{http_client, http_error_causes};
use lines::Lines;

/// The longest answer that is read as one document.
const MAX_DOCUMENT: usize = 16 * 1024 * 1024;
/// The longest line of an answer in lines.
const MAX_LINE: usize = 1024 * 1024;
/// The most of a refusal's body that is read.
const MAX_REFUSAL: usize = 16 * 1024;
/// Characters of a refusal that are shown.
const SHOWN: usize = 200;

/// How model servers on this machine are reached: with the process's HTTP client, and programs run as its children.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalModels;

impl OssHttp for LocalModels {
    async fn get_json(&self, url: &str, limit: Duration) -> Result<Value, HttpError> {
        let document = async {
            let url = parse(url)?;
            let mut response = answer(client_for(&url)?.get(url).send().await).await?;
            let mut body = Vec::new();
            while let Some(piece) = response.chunk().await.map_err(|error| broken(&error))? {
                if body.len() + piece.len() > MAX_DOCUMENT {
                    return Err(HttpError::Unreadable(format!("its answer is longer than {MAX_DOCUMENT} bytes")));
                }
                body.extend_from_slice(&piece);
            }
            serde_json::from_slice(&body)
                .map_err(|error| HttpError::Unreadable(format!("its answer is no JSON ({error})")))
        };
        timeout(limit, document).await.unwrap_or(Err(HttpError::Slow { limit }))
    }

    async fn post_json_lines(
        &self,
        url: &str,
        body: &Value,
        silence: Duration,
        on_line: &mut (dyn FnMut(&str) -> ControlFlow<()> + Send),
    ) -> Result<(), HttpError> {
        let slow = |_| HttpError::Slow { limit: silence };
        let beginning = async {
            let url = parse(url)?;
            let request = client_for(&url)?.post(url).header(reqwest::header::CONTENT_TYPE, "application/json");
            answer(request.body(body.to_string()).send().await).await
        };
        let mut response = timeout(silence, beginning).await.map_err(slow)??;
        let mut lines = Lines::new(b"\n");
        while let Some(piece) =
            timeout(silence, response.chunk()).await.map_err(slow)?.map_err(|error| broken(&error))?
        {
            if lines.push(&piece, &mut *on_line).is_break() {
                return Ok(());
            }
            if lines.pending() > MAX_LINE {
                return Err(HttpError::Unreadable(format!("a line of its answer is longer than {MAX_LINE} bytes")));
            }
        }
        let _ = lines.finish(on_line);
        Ok(())
    }
}

impl RunProgram for LocalModels {
    async fn run(
        &self,
        program: &Path,
        arguments: &[&str],
        on_line: &mut (dyn FnMut(&str) + Send),
    ) -> io::Result<ProgramEnd> {
        program::run(program, arguments, on_line).await
    }
}

fn parse(url: &str) -> Result<reqwest::Url, HttpError> {
    match reqwest::Url::parse(url) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        Ok(_) => Err(HttpError::Unreachable("the URL must begin with http:// or https://".to_owned())),
        Err(error) => Err(HttpError::Unreachable(format!("not a valid URL ({error})"))),
    }
}

fn client_for(url: &reqwest::Url) -> Result<&'static reqwest::Client, HttpError> {
    http_client(url).map_err(|error| HttpError::Unreachable(error.message))
}

/// An answer that is no refusal.
async fn answer(sent: reqwest::Result<reqwest::Response>) -> Result<reqwest::Response, HttpError> {
    let mut response = sent.map_err(|error| {
        if error.is_connect() { HttpError::Unreachable(http_error_causes(&error)) } else { broken(&error) }
    })?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let mut body = Vec::new();
    while let Ok(Some(piece)) = response.chunk().await {
        let room = MAX_REFUSAL - body.len();
        body.extend_from_slice(&piece[..piece.len().min(room)]);
        if body.len() == MAX_REFUSAL {
            break;
        }
    }
    Err(HttpError::Status { status: status.as_u16(), detail: detail(&String::from_utf8_lossy(&body)) })
}

fn broken(error: &reqwest::Error) -> HttpError {
    HttpError::Broken(http_error_causes(error))
}

/// What a refusal says: the message of a JSON error, else the beginning of its first line.
fn detail(body: &str) -> String {
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    let error = json.get("error");
    let message = error.and_then(|error| error.get("message").unwrap_or(error).as_str());
    let text = message.or_else(|| body.trim().lines().next()).unwrap_or_default();
    text.chars().filter(|character| !character.is_control()).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_shown_in_short() {
        for (body, shown) in [
            (r#"{"error":"no such model"}"#, "no such model"),
            (r#"{"error":{"message":"not so","code":1}}"#, "not so"),
            (r#"{"other":1}"#, r#"{"other":1}"#),
            ("404 page not found\nmore", "404 page not found"),
            ("\u{1b}[31mred", "[31mred"),
            ("", ""),
        ] {
            assert_eq!(detail(body), shown);
        }
        assert_eq!(detail(&"é".repeat(1000)).chars().count(), SHOWN);
    }

    #[test]
    fn only_http_is_spoken() {
        assert!(parse("http://localhost:1/x").is_ok());
        for (url, reason) in [("file:///etc/passwd", "http://"), ("localhost", "not a valid URL"), ("", "not a valid")]
        {
            let error = parse(url).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
