//! The table of failures: what the provider says, what clients are told, and how often we ask.

use std::time::{Duration, Instant};

use codex_model_client::{ModelClient, ModelErrorKind as Kind, Retry, Wire};
use serde_json::json;

use crate::server::{Reply, Server, drain, failure, request};

const NEVER: Retry = Retry::Never;
const STREAM: Retry = Retry::Stream { after: None };

/// A status, its headers and its body; what it means; the message.
type Row<'a> = (&'a str, &'a str, String, Kind, Option<u16>, Retry, &'a str);

/// In messages, `*` stands for our own words, `URL` for the endpoint.
#[tokio::test]
async fn statuses() {
    let coded = |code: &str| json!({"error": {"message": "said", "code": code}}).to_string();
    let typed = |kind: &str| json!({"error": {"message": "said", "type": kind}}).to_string();
    let long = "y".repeat(3000);
    let cut = format!("unexpected status 404 Not Found: {}..., url: URL", "y".repeat(1000));
    let plain = r#"{"error": {"message": "said"}}"#.to_owned();
    #[rustfmt::skip]
    let rows: Vec<Row<'_>> = vec![
        ("400 Bad Request", "", "raw body".into(), Kind::Other, None, NEVER, "raw body"),
        ("400 Bad Request", "", "".into(), Kind::Other, None, NEVER, ""),
        ("400 Bad Request", "", coded("zz"), Kind::Other, None, NEVER, r#"{"error":{"message":"said","code":"zz"}}"#),
        ("400 Bad Request", "", coded("insufficient_quota"), Kind::Other, None, NEVER,
            r#"{"error":{"message":"said","code":"insufficient_quota"}}"#),
        ("400 Bad Request", "", coded("context_length_exceeded"), Kind::ContextWindowExceeded, None, NEVER, "*"),
        ("400 Bad Request", "", coded("cyber_policy"), Kind::CyberPolicy, None, NEVER, "said"),
        ("400 Bad Request", "", coded("misalignment_policy_violation"), Kind::MisalignmentPolicyViolation, None, NEVER, "said"),
        ("400 Bad Request", "", coded("invalid_prompt"), Kind::Other, None, NEVER, "said"),
        ("400 Bad Request", "", r#"{"error":{"message":"The image data you provided does not represent a valid image"}}"#.into(),
            Kind::BadRequest, None, NEVER, "*"),
        ("401 Unauthorized", "", "bad key".into(), Kind::HttpConnectionFailed, Some(401), STREAM,
            "unexpected status 401 Unauthorized: bad key, url: URL"),
        ("401 Unauthorized", "cf-ray: ray1\r\nx-request-id: req_9\r\n", plain.clone(), Kind::HttpConnectionFailed, Some(401), STREAM,
            "unexpected status 401 Unauthorized: said, url: URL, cf-ray: ray1, request id: req_9"),
        ("402 Payment Required", "", plain.clone(), Kind::HttpConnectionFailed, Some(402), STREAM,
            "unexpected status 402 Payment Required: said, url: URL"),
        ("403 Forbidden", "", coded("policy_capacity_unavailable"), Kind::HttpConnectionFailed, Some(403), STREAM,
            "unexpected status 403 Forbidden: said, url: URL"),
        ("404 Not Found", "", coded("model_not_found"), Kind::ModelNotFound, None, NEVER, "said"),
        ("404 Not Found", "", "".into(), Kind::HttpConnectionFailed, Some(404), STREAM,
            "unexpected status 404 Not Found: Unknown error, url: URL"),
        ("404 Not Found", "", r#"{"error": "str"}"#.into(), Kind::HttpConnectionFailed, Some(404), STREAM,
            r#"unexpected status 404 Not Found: {"error": "str"}, url: URL"#),
        ("404 Not Found", "retry-after: 1\r\n", "x".into(), Kind::HttpConnectionFailed, Some(404),
            Retry::Stream { after: Some(Duration::from_secs(1)) }, "unexpected status 404 Not Found: x, url: URL"),
        ("404 Not Found", "", long, Kind::HttpConnectionFailed, Some(404), STREAM, &cut),
        ("408 Request Timeout", "", plain.clone(), Kind::HttpConnectionFailed, Some(408), STREAM,
            "unexpected status 408 Request Timeout: said, url: URL"),
        ("409 Conflict", "", plain.clone(), Kind::HttpConnectionFailed, Some(409), STREAM,
            "unexpected status 409 Conflict: said, url: URL"),
        ("413 Payload Too Large", "", "too big".into(), Kind::HttpConnectionFailed, Some(413), STREAM,
            "unexpected status 413 Payload Too Large: too big, url: URL"),
        ("422 Unprocessable Entity", "", plain.clone(), Kind::HttpConnectionFailed, Some(422), STREAM,
            "unexpected status 422 Unprocessable Entity: said, url: URL"),
        ("302 Found", "", "x".into(), Kind::HttpConnectionFailed, Some(302), STREAM,
            "unexpected status 302 Found: x, url: URL"),
        ("429 Too Many Requests", "", plain.clone(), Kind::ResponseTooManyFailedAttempts, Some(429), NEVER,
            "exceeded retry limit, last status: 429 Too Many Requests"),
        ("429 Too Many Requests", "retry-after: 2\r\nx-request-id: req_9\r\n", plain.clone(), Kind::ResponseTooManyFailedAttempts, Some(429),
            Retry::Stream { after: Some(Duration::from_secs(2)) },
            "exceeded retry limit, last status: 429 Too Many Requests, request id: req_9"),
        ("429 Too Many Requests", "", coded("rate_limit_exceeded"), Kind::ResponseTooManyFailedAttempts, Some(429), NEVER,
            "exceeded retry limit, last status: 429 Too Many Requests"),
        ("429 Too Many Requests", "", coded("insufficient_quota"), Kind::UsageLimitExceeded, None, NEVER, "*"),
        ("429 Too Many Requests", "", typed("usage_limit_reached"), Kind::UsageLimitExceeded, None, NEVER, "*"),
        ("429 Too Many Requests", "", r#"{"error":{"type":"usage_limit_reached","resets_in_seconds":3661}}"#.into(),
            Kind::UsageLimitExceeded, None, NEVER, "The usage limit of this account is reached. Try again in 1 h 2 min."),
        ("429 Too Many Requests", "", typed("usage_not_included"), Kind::UsageLimitExceeded, None, NEVER, "*"),
        ("500 Internal Server Error", "", "<html>".into(), Kind::InternalServerError, None, STREAM, "*"),
        ("500 Internal Server Error", "", coded("server_is_overloaded"), Kind::InternalServerError, None, STREAM, "*"),
        ("501 Not Implemented", "", plain.clone(), Kind::HttpConnectionFailed, Some(501), STREAM,
            "unexpected status 501 Not Implemented: said, url: URL"),
        ("502 Bad Gateway", "", "".into(), Kind::HttpConnectionFailed, Some(502), STREAM,
            "unexpected status 502 Bad Gateway: Unknown error, url: URL"),
        ("503 Service Unavailable", "", coded("server_is_overloaded"), Kind::ServerOverloaded, None, NEVER, "*"),
        ("503 Service Unavailable", "", coded("policy_capacity_unavailable"), Kind::PolicyCapacityUnavailable, None, NEVER, "*"),
        ("503 Service Unavailable", "retry-after: 3\r\n", coded("slow_down"), Kind::RateLimitExceeded, None,
            Retry::Stream { after: Some(Duration::from_secs(3)) }, "rate limit exceeded: said"),
        ("503 Service Unavailable", "", plain.clone(), Kind::HttpConnectionFailed, Some(503), STREAM,
            "unexpected status 503 Service Unavailable: said, url: URL"),
        ("504 Gateway Timeout", "", plain.clone(), Kind::HttpConnectionFailed, Some(504), STREAM,
            "unexpected status 504 Gateway Timeout: said, url: URL"),
        ("520 Odd", "", "weird".into(), Kind::HttpConnectionFailed, Some(520), STREAM,
            "unexpected status 520 <unknown status code>: weird, url: URL"),
        ("204 No Content", "", "".into(), Kind::Other, None, STREAM,
            "stream disconnected before completion: stream closed before response.completed"),
    ];
    let mut server = Server::start(rows.iter().map(|row| Reply::status(row.0, row.1, &row.2)).collect()).await;
    let client = server.client();
    for (status, _, body, kind, code, retry, message) in rows {
        let error = failure(&client).await;
        let row = format!("{status} {body}");
        assert_eq!((error.kind, error.http_status, error.retry), (kind, code, retry), "{row}");
        if message == "*" {
            assert!(error.message.len() > 20, "{row}: {}", error.message);
        } else {
            assert_eq!(error.message, message.replace("URL", &format!("{}/responses", server.base_url)), "{row}");
        }
        server.request().await;
    }
}

#[tokio::test]
async fn failed_and_incomplete_responses() {
    let failed = |error: serde_json::Value| json!({"type": "response.failed", "response": {"id": "r", "error": error}});
    let coded = |code: &str| failed(json!({"code": code, "message": "said"}));
    let incomplete =
        |reason: &str| json!({"type": "response.incomplete", "response": {"incomplete_details": {"reason": reason}}});
    const LOST: &str = "stream disconnected before completion: ";
    #[rustfmt::skip]
    let rows = vec![
        (coded("context_length_exceeded"), Kind::ContextWindowExceeded, NEVER, "*".to_owned()),
        (coded("insufficient_quota"), Kind::UsageLimitExceeded, NEVER, "*".into()),
        (coded("usage_not_included"), Kind::UsageLimitExceeded, NEVER, "*".into()),
        (failed(json!({"code": "rate_limit_exceeded", "message": "Please try again in 1.5s."})), Kind::RateLimitExceeded,
            Retry::Stream { after: Some(Duration::from_millis(1500)) }, "rate limit exceeded: Please try again in 1.5s.".into()),
        (coded("slow_down"), Kind::RateLimitExceeded, STREAM, "rate limit exceeded: said".into()),
        (coded("server_is_overloaded"), Kind::ServerOverloaded, NEVER, "*".into()),
        (coded("policy_capacity_unavailable"), Kind::PolicyCapacityUnavailable, NEVER, "*".into()),
        (coded("cyber_policy"), Kind::CyberPolicy, NEVER, "said".into()),
        (failed(json!({"code": "cyber_policy"})), Kind::CyberPolicy, NEVER, "*".into()),
        (coded("misalignment_policy_violation"), Kind::MisalignmentPolicyViolation, NEVER, "said".into()),
        (coded("model_not_found"), Kind::ModelNotFound, NEVER, "said".into()),
        (coded("invalid_prompt"), Kind::Other, NEVER, "said".into()),
        (failed(json!({"code": "invalid_prompt"})), Kind::Other, NEVER, "Invalid request.".into()),
        (coded("bio_policy"), Kind::Other, NEVER, "said".into()),
        (coded("content_policy_violation"), Kind::Other, NEVER, "said".into()),
        (coded("server_error"), Kind::Other, STREAM, format!("{LOST}said")),
        (coded("later_code"), Kind::Other, STREAM, format!("{LOST}said")),
        (failed(json!({"message": "said"})), Kind::Other, STREAM, format!("{LOST}said")),
        (failed(json!(null)), Kind::Other, STREAM, format!("{LOST}response.failed event received")),
        (json!({"type": "response.failed"}), Kind::Other, STREAM, format!("{LOST}response.failed event received")),
        (incomplete("max_output_tokens"), Kind::Other, NEVER, "Incomplete response returned, reason: max_output_tokens".into()),
        (incomplete("content_filter"), Kind::Other, STREAM, format!("{LOST}Incomplete response returned, reason: content_filter")),
        (json!({"type": "response.incomplete", "response": {}}), Kind::Other, NEVER, "Incomplete response returned, reason: unknown".into()),
        (json!({"type": "response.done", "response": {"id": "r"}}), Kind::Other, STREAM, format!("{LOST}stream closed before response.completed")),
        (json!({"type": "error", "code": "x", "message": "said"}), Kind::Other, STREAM, format!("{LOST}stream closed before response.completed")),
    ];
    let created = json!({"type": "response.created"});
    let server = Server::start(rows.iter().map(|row| Reply::events(&[created.clone(), row.0.clone()])).collect()).await;
    let client = server.client();
    for (event, kind, retry, message) in rows {
        let error = failure(&client).await;
        assert_eq!((error.kind, error.http_status, error.retry), (kind, None, retry), "{event}");
        if message == "*" {
            assert!(error.message.len() > 20, "{event}: {}", error.message);
        } else {
            assert_eq!(error.message, message, "{event}");
        }
    }
}

#[tokio::test]
async fn server_errors_are_repeated_silently() {
    let busy = || {
        Reply::status("503 Service Unavailable", "retry-after: 0\r\n", r#"{"error":{"code":"server_is_overloaded"}}"#)
    };
    let done = Reply::events(&[json!({"type": "response.completed", "response": {"id": "r"}})]);
    let mut server = Server::start(vec![busy(), busy(), done, busy(), busy(), busy()]).await;
    let mut provider = server.provider(Wire::Responses);
    provider.request_max_retries = 2;
    let client = ModelClient::new(provider);
    assert!(drain(client.stream(&request("Hi")).await.unwrap()).await.1.is_none());
    assert_eq!(client.stream(&request("Hi")).await.unwrap_err().kind, Kind::ServerOverloaded);
    for _ in 0..6 {
        assert_eq!(server.request().await.json()["model"], "mock-model");
    }
    server.no_more_requests();
}

#[tokio::test]
async fn the_pause_between_repeats_grows_unless_the_provider_names_one() {
    let fail = |headers: &str| Reply::status("500 Internal Server Error", headers, "");
    let server = Server::start(vec![fail(""), fail(""), fail(""), fail("retry-after: 1\r\n"), fail("")]).await;
    let mut provider = server.provider(Wire::Responses);
    provider.request_max_retries = 2;
    let client = ModelClient::new(provider.clone());
    let begun = Instant::now();
    failure(&client).await;
    // 200 ms and 400 ms, a tenth less at the least.
    assert!(begun.elapsed() >= Duration::from_millis(540), "{:?}", begun.elapsed());
    provider.request_max_retries = 1;
    let begun = Instant::now();
    failure(&ModelClient::new(provider)).await;
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn client_errors_are_not_repeated() {
    for status in ["400 Bad Request", "401 Unauthorized", "429 Too Many Requests"] {
        let mut server = Server::start(vec![Reply::status(status, "retry-after: 0\r\n", "no")]).await;
        let mut provider = server.provider(Wire::Responses);
        provider.request_max_retries = 3;
        failure(&ModelClient::new(provider)).await;
        server.request().await;
        server.no_more_requests();
    }
}

#[tokio::test]
async fn secrets_are_in_no_error() {
    let server = Server::start(vec![Reply::status("404 Not Found", "", "no")]).await;
    let mut provider = server.provider(Wire::Responses);
    provider.base_url = provider.base_url.replace("http://", "http://user:sk-pass@");
    provider.query_params = vec![("key".into(), "sk-query".into())];
    provider.bearer = Some("sk-bearer".into());
    let client = ModelClient::new(provider);
    let error = failure(&client).await;
    let shown = format!("{error} {error:?} {client:?}");
    assert!(!shown.contains("sk-"), "{shown}");
}

#[tokio::test]
async fn redirects_stay_with_their_host() {
    let done = Reply::events(&[json!({"type": "response.completed", "response": {"id": "r"}})]);
    let mut other = Server::start(vec![]).await;
    let away = format!("location: {}/responses\r\n", other.base_url);
    let mut server = Server::start(vec![
        Reply::status("307 Temporary Redirect", "location: /v2/responses\r\n", ""),
        done,
        Reply::status("307 Temporary Redirect", &away, "x"),
        Reply::status("302 Found", "location: /v2/responses\r\n", "x"),
    ])
    .await;
    let client = server.client();
    assert_eq!(drain(client.stream(&request("Hi")).await.unwrap()).await.1, None);
    assert_eq!(server.request().await.line, "POST /v1/responses HTTP/1.1");
    let followed = server.request().await;
    assert_eq!(followed.line, "POST /v2/responses HTTP/1.1");
    assert_eq!(followed.json()["model"], "mock-model");
    for status in [307, 302] {
        assert_eq!(failure(&client).await.http_status, Some(status));
        server.request().await;
    }
    other.no_more_requests();
    server.no_more_requests();
}
