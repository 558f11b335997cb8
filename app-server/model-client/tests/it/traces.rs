//! What a request says about the trace it belongs to, and what of a refusal is nobody's business.

use codex_model_client::{ModelClient, Wire};
use codex_utils_trace_context::{TraceContext, scope};

use crate::server::{Reply, Server, request};

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

#[tokio::test]
async fn a_request_says_where_it_stands_and_each_repeat_for_itself() {
    let failing = || Reply::status("503 Service Unavailable", "", "");
    let mut server = Server::start(vec![failing(), failing(), failing()]).await;
    let mut provider = server.provider(Wire::Responses);
    provider.request_max_retries = 1;
    provider.headers.push(("traceparent".to_owned(), "00-of-the-configuration".into()));
    provider.headers.push(("tracestate".to_owned(), "of=configuration".into()));
    let client = ModelClient::new(provider);
    let context = TraceContext::parse(PARENT, None);
    scope(context, client.stream(&request("Hi"))).await.unwrap_err();
    let (first, second) = (server.request().await, server.request().await);
    let parent = |seen: &crate::server::Seen| seen.header("traceparent").unwrap().to_owned();
    for seen in [&first, &second] {
        let parent = parent(seen);
        assert!(parent.starts_with("00-0af7651916cd43dd8448eb211c80319c-") && parent.ends_with("-00"), "{parent}");
        assert_eq!(seen.header("tracestate"), None, "the state of another trace would be wrong here");
    }
    assert_ne!(parent(&first), parent(&second));

    // Without a trace the configuration has its way.
    let mut provider = client.provider().clone();
    provider.request_max_retries = 0;
    ModelClient::new(provider).stream(&request("Hi")).await.unwrap_err();
    assert_eq!(server.request().await.header("traceparent"), Some("00-of-the-configuration"));
}

#[tokio::test]
async fn what_a_provider_says_back_is_not_passed_on() {
    let body = r#"{"error":{"message":"Bad key sk-bearer-1234 for 'x-header-1234', short: abc"}}"#;
    let server = Server::start(vec![Reply::status("401 Unauthorized", "", body)]).await;
    let mut provider = server.provider(Wire::Responses);
    provider.bearer = Some("sk-bearer-1234".into());
    provider.headers.push(("x-key".to_owned(), "x-header-1234".into()));
    provider.headers.push(("x-short".to_owned(), "abc".into()));
    let error = ModelClient::new(provider).stream(&request("Hi")).await.unwrap_err().to_string();
    assert!(error.contains("Bad key [secret] for '[secret]', short: abc"), "{error}");
}
