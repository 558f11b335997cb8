//! Single requests, and files of them.

use std::io::{Read, stdin};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use codex_app_server_client::{Client, ClientError};
use codex_app_server_protocol::RpcError;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::cli::args::print_result;
use crate::cli::report;
use crate::cli::wire_log::print_line;

/// Prints the result of one request; 1 when it is answered with an error.
pub(super) async fn call(client: &Client, method: &str, params: &str, key: Option<&str>) -> anyhow::Result<ExitCode> {
    let params = match params {
        "-" => all_of_stdin()?,
        params => params.to_owned(),
    };
    match answer(client, method, &params, key).await? {
        Ok(result) => {
            print_result(result.get())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            report(&format!("error {}: {}", error.code, error.message));
            if let Some(data) = &error.data {
                report(&format!("data: {data}"));
            }
            Ok(ExitCode::from(1))
        }
    }
}

/// One answer of a batch.
#[derive(Serialize)]
struct Answer<'a> {
    method: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a RpcError>,
}

/// Sends the requests of a file, each once the one before it is answered; 1 when one is answered with an error.
pub(super) async fn batch(client: &Client, file: &Path) -> anyhow::Result<ExitCode> {
    let requests = match file.to_str() {
        Some("-") => all_of_stdin()?,
        _ => std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?,
    };
    let mut failed = false;
    for (line, number) in requests.lines().map(str::trim).zip(1..) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (method, params) = line.split_once(char::is_whitespace).unwrap_or((line, "{}"));
        let answered = answer(client, method, params.trim(), None).await.with_context(|| format!("line {number}"))?;
        failed |= answered.is_err();
        let answer = Answer { method, result: answered.as_deref().ok(), error: answered.as_ref().err() };
        print_line(&serde_json::to_string(&answer)?);
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// What the server answers: a result or an error of its own.
async fn answer(
    client: &Client,
    method: &str,
    params: &str,
    key: Option<&str>,
) -> anyhow::Result<Result<Box<RawValue>, RpcError>> {
    let params =
        RawValue::from_string(params.to_owned()).map_err(|error| anyhow!("the params are no JSON: {error}"))?;
    let answered = match key {
        Some(key) => client.call_raw_with_key(method, Some(&params), key).await,
        None => client.call_raw(method, Some(&params)).await,
    };
    match answered {
        Ok(result) => Ok(Ok(result)),
        Err(ClientError::Rpc(error)) => Ok(Err(error)),
        Err(error) => Err(error.into()),
    }
}

fn all_of_stdin() -> anyhow::Result<String> {
    let mut text = String::new();
    stdin().lock().read_to_string(&mut text).context("standard input cannot be read")?;
    Ok(text)
}
